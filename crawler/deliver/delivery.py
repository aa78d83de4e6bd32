"""What one try to send a letter came to: a closed set of answers, each with its words for a person. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Self, assert_never


class Cause(Enum):
    """Why a letter has to wait: its name, and what a person can do about it."""

    hint: str

    def __new__(cls, name: str, hint: str) -> Self:
        """Make the member's value its name; keep the hint beside it."""
        member = object.__new__(cls)
        member._value_ = name
        member.hint = hint
        return member

    UNREACHABLE = (
        "unreachable",
        "no connection; check the address (mail.host and mail.port, or the channel's or webhook's) and this machine's network",
    )
    TIMEOUT = ("timeout", "no answer in time")
    LOST = ("lost", "the connection broke off before the letter was handed over")
    NOT_NOW = ("not_now", "the server asks to come back later with this letter")
    SERVER_NOT_NOW = (
        "server_not_now",
        "the server takes nothing from this machine for now; if that goes on, ask its keeper, or send less (mail.most_an_hour)",
    )
    FAULTY = ("faulty", "the server had a fault of its own, or said none that we know")
    NO_STARTTLS = (
        "no_starttls",
        (
            "the mail server does not offer encryption (STARTTLS), or somebody between strips it; nothing was sent. "
            'Check mail.port, or try mail.security = "tls" with port 465'
        ),
    )
    CERTIFICATE = (
        "certificate",
        (
            "the server's certificate cannot be verified; nothing was sent. Check the server's name; if a mail server's "
            "certificate comes from your own authority, name that authority's certificate as the CA file (mail.ca_file)"
        ),
    )
    ENCRYPTION = (
        "encryption",
        'no encrypted connection could be made; for mail check mail.port and mail.security ("tls": 465, "starttls": 587)',
    )


@dataclass(frozen=True)
class Sent:
    """The server took the letter: it is now responsible for it."""

    detail: str  # its answer to the final dot


@dataclass(frozen=True)
class Deferred:
    """Not sent, for a reason that may pass: the same bytes are tried again later."""

    cause: Cause
    detail: str


@dataclass(frozen=True)
class Refused:
    """The server will not take this letter for this recipient, now or later: final, and shown."""

    code: int | None  # SMTP's, 500-599; None where the address itself cannot be written in SMTP
    detail: str


@dataclass(frozen=True)
class InDoubt:
    """The connection was lost between the final dot and its answer: nobody can know whether it was taken.

    Sent again with the same bytes and Message-ID, so that a mailbox can drop the second one.
    """

    detail: str


@dataclass(frozen=True)
class AuthFailed:
    """The server did not accept user name and password. Tried again slowly: fast tries get accounts locked."""

    detail: str


@dataclass(frozen=True)
class SenderRefused:
    """The server does not take letters from our own address, whoever they are for. Tried again slowly."""

    detail: str


@dataclass(frozen=True)
class TooLarge:
    """The server takes no letter of this size: it is sent once more, shortened, with the same Message-ID."""

    limit: int | None  # bytes, where the server says so
    detail: str


Delivery = Sent | Deferred | Refused | InDoubt | AuthFailed | SenderRefused | TooLarge


def told(delivery: Delivery) -> str:  # noqa: PLR0911  one answer for each member of the set
    """One English line for a person: what happened, what the server said, what to do. Holds no password."""
    match delivery:
        case Sent():
            return f"sent: {delivery.detail}"
        case Deferred():
            return f"waits ({delivery.cause.value}): {delivery.detail}; {delivery.cause.hint}"
        case Refused():
            return f"refused for good: {delivery.detail}; check the recipient's address, or the channel's or webhook's"
        case InDoubt():
            return f"in doubt: {delivery.detail}; it may have been taken; mail.in_doubt says what follows"
        case AuthFailed():
            return (
                f"not logged in: {delivery.detail}; check mail.username and mail.password_file. Tried hourly, to lock nothing"
            )
        case SenderRefused():
            return f"the sender is not taken: {delivery.detail}; check mail.sender with the server's keeper. Tried hourly"
        case TooLarge():
            return f"too large: {delivery.detail}; only a short letter is sent, with the same Message-ID"
        case _:
            assert_never(delivery)
