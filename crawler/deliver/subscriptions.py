"""Decides who is owed an alert of an event, and when it is due. Reads no clock, writes no row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from crawler.deliver.wording import SHANGHAI
from crawler.flow import ChangeEvent, EventKind, Significance

When = Literal["at-once", "daily", "weekly"]

DELIVERY_HOUR = 8
"""Hour of the day, Asia/Shanghai, at which daily and weekly letters are due."""


@dataclass(frozen=True)
class Subscription:
    """What some people want to be told, as the configuration says it."""

    to: tuple[str, ...]
    bureaus: tuple[str, ...]  # ids; none: all
    kinds: tuple[EventKind, ...]  # none: all but BASELINE
    when: When
    name: str


@dataclass(frozen=True)
class Alert:
    """One event owed to one recipient."""

    recipient: str
    subscription: str  # the name of the subscription that makes it due first
    due_at: datetime  # aware UTC


def alerts_for(event: ChangeEvent, subscriptions: Sequence[Subscription], now: datetime) -> tuple[Alert, ...]:
    """The alerts that an event owes: one for each recipient, however many subscriptions name them.

    A revision of punctuation or spaces alone is kept and shown, and owed to nobody.
    Where several subscriptions want an event, the earliest due wins, then the first of them. Two spellings of an address that
    differ in case only are one recipient, spelt as in the winning subscription.

    Args:
        event: what happened.
        subscriptions: all of them, in the order of the configuration.
        now: aware; daily and weekly letters are due at the first delivery hour after it.
    """
    owed: dict[str, Alert] = {}
    for subscription in subscriptions:
        if not _wants(subscription, event):
            continue
        due_at = _due_at(subscription.when, event, now)
        for recipient in subscription.to:
            known = owed.get(recipient.casefold())
            if known is None or due_at < known.due_at:
                owed[recipient.casefold()] = Alert(recipient, subscription.name, due_at)
    return tuple(owed.values())


def _wants(subscription: Subscription, event: ChangeEvent) -> bool:
    if event.kind is EventKind.REVISED and event.significance is Significance.FORMAT:
        return False
    kind_wanted = event.kind in subscription.kinds if subscription.kinds else event.kind is not EventKind.BASELINE
    return kind_wanted and (not subscription.bureaus or event.bureau_id in subscription.bureaus)


def _due_at(when: When, event: ChangeEvent, now: datetime) -> datetime:
    if when == "at-once":
        return event.at
    local = now.astimezone(SHANGHAI)
    due = local.replace(hour=DELIVERY_HOUR, minute=0, second=0, microsecond=0)
    if due <= local:
        due += timedelta(days=1)
    if when == "weekly":
        due += timedelta(days=-due.weekday() % 7)
    return due.astimezone(UTC)
