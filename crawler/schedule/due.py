"""When a watch or an address is due again. Pure: the time is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from seeds.load import Target
from seeds.schema import Watch
from storage.records import WatchRow

_FIRST_RETRY = timedelta(minutes=5)
_LONGEST_RETRY = timedelta(hours=6)


def due_targets(targets: Iterable[Target], known: Mapping[str, WatchRow], now: datetime) -> tuple[Target, ...]:
    """The watches whose time has come, longest overdue first; those that never ran come before all others."""

    def waiting_since(target: Target) -> datetime | None:
        row = known.get(target.watch_id)
        return row.next_due_at if row is not None else None

    due = [target for target in targets if (since := waiting_since(target)) is None or since <= now]
    return tuple(sorted(due, key=lambda target: (waiting_since(target) is not None, waiting_since(target) or now)))


def next_listing_visit(watch: Watch, *, failures_in_a_row: int, now: datetime) -> datetime:
    """When a watch is due again: its own cadence, or sooner after a failure (5 min, 25 min, … at most 6 h, never later)."""
    cadence = timedelta(hours=watch.every_hours)
    if failures_in_a_row == 0:
        return now + cadence
    return now + min(cadence, _FIRST_RETRY * 5 ** min(failures_in_a_row - 1, 5), _LONGEST_RETRY)


def next_address_visit(watch: Watch, *, now: datetime) -> datetime:
    """When a report or attachment that was read is looked at again."""
    return now + timedelta(hours=watch.recheck_hours)


def next_absence_check(watch: Watch, *, sightings: int, hours: float, now: datetime) -> datetime:
    """When an address found gone is looked at again: so that the required sightings fit into the required hours."""
    return now + min(timedelta(hours=hours / max(sightings, 1)), timedelta(hours=watch.recheck_hours))


def next_failure_check(watch: Watch, *, failures_in_a_row: int, now: datetime) -> datetime:
    """When an address whose visit failed is tried again: 5 min, 25 min, … at most a day, never later than its own cadence.

    Bounded retries: a document that can never be read costs one visit a day, not one a run.
    """
    wait = min(_FIRST_RETRY * 5 ** min(failures_in_a_row, 6), timedelta(days=1))
    return now + min(wait, timedelta(hours=max(watch.recheck_hours, 24)))
