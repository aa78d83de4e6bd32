"""Decides when a letter is tried again, and when no more. Reads no clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from crawler.deliver.delivery import AuthFailed, Cause, Deferred, Delivery, InDoubt, Refused, Sent, TooLarge

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=5)
"""How long a letter is tried: what mail servers do among themselves (RFC 5321, 4.5.4.1: 4-5 days)."""

_OF_THE_SERVER = frozenset({Cause.UNREACHABLE, Cause.TIMEOUT, Cause.NO_STARTTLS, Cause.CERTIFICATE, Cause.ENCRYPTION})

State = Literal["pending", "sent", "refused", "failed", "held"]


def next_attempt(attempts: int, first_at: datetime, now: datetime, delivery: Delivery) -> datetime | None:
    """When to try again: after 5 min, doubling to 1 h, for 5 days; hourly after a refused login; None for never.

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
        case Deferred() | InDoubt() | AuthFailed():
            return "failed" if next_at is None else "pending"


def concerns_server(delivery: Delivery) -> bool:
    """Whether the try failed for a reason that every other letter would meet now, too.

    Then the letters still due are best put off with this one: a login that is refused once for each of a hundred letters
    locks the account, and a server that is down would be waited for a hundred times.
    """
    return isinstance(delivery, AuthFailed) or (isinstance(delivery, Deferred) and delivery.cause in _OF_THE_SERVER)


def _wait(attempts: int, delivery: Deferred | InDoubt | AuthFailed) -> timedelta:
    if isinstance(delivery, AuthFailed):
        return LONGEST_WAIT
    doublings = min(attempts - 1, 10)  # beyond these it is the longest wait anyhow; a power without bound would overflow
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
