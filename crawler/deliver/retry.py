"""Decides when a letter is tried again, and when no more. Reads no clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from crawler.deliver.delivery import AuthFailed, Cause, Deferred, Delivery, InDoubt, Refused, SenderRefused, Sent, TooLarge

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=5)
"""How long a letter is tried: what mail servers do among themselves (RFC 5321, 4.5.4.1: 4-5 days)."""

_PERHAPS_OF_THE_SERVER = frozenset({Cause.LOST, Cause.FAULTY})

Blame = Literal["letter", "perhaps", "server"]
"""Whose fault a failed try was. Two letters in a row that are perhaps the server's fault are the server's."""

State = Literal["pending", "sent", "refused", "failed", "held"]


def next_attempt(attempts: int, first_at: datetime, now: datetime, delivery: Delivery) -> datetime | None:
    """When to try again: after 5 min, doubling to 1 h, for 5 days; hourly after a refused login or sender; None for never.

    The last try falls on the end of the five days, never after it.

    Args:
        attempts: tries so far, this one included (count, at least 1).
        first_at: aware; when the first of them was made.
        now: aware; when this one ended.
        delivery: what it came to.
    """
    if isinstance(delivery, Sent | Refused | TooLarge) or now >= first_at + GIVE_UP_AFTER:
        return None
    return min(now + _wait(attempts, delivery), first_at + GIVE_UP_AFTER)


def state_after(delivery: Delivery, next_at: datetime | None, *, in_doubt: Literal["resend", "hold"] = "resend") -> State:
    """The state of a letter after a try, as its row says it.

    Args:
        delivery: what the try came to.
        next_at: the answer of `next_attempt`.
        in_doubt: what becomes of a letter that may have been taken or not.
    """
    match delivery:
        case Sent():
            return "sent"
        case Refused() | TooLarge():  # too large even in its short form
            return "refused"
        case InDoubt() if in_doubt == "hold":
            return "held"
        case Deferred() | InDoubt() | AuthFailed() | SenderRefused():
            return "failed" if next_at is None else "pending"


def blame(delivery: Delivery) -> Blame:
    """Whether every other letter would meet the same now.

    Where it is the server's fault the letters still due are best put off with this one: a login that is refused once for each
    of a hundred letters locks the account, and a server that is down would be waited for a hundred times. A connection that
    breaks may be either's: one letter that a server cannot digest must not stop all the others for five days.

    Args:
        delivery: what a try came to.
    """
    match delivery:
        case AuthFailed() | SenderRefused():
            return "server"
        case InDoubt():
            return "perhaps"
        case Deferred() if delivery.cause in _PERHAPS_OF_THE_SERVER:
            return "perhaps"
        case Deferred() if delivery.cause is not Cause.NOT_NOW:
            return "server"
    return "letter"


def _wait(attempts: int, delivery: Deferred | InDoubt | AuthFailed | SenderRefused) -> timedelta:
    if isinstance(delivery, AuthFailed | SenderRefused):
        return LONGEST_WAIT
    doublings = min(attempts - 1, 10)  # beyond these it is the longest wait anyhow; a power without bound would overflow
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
