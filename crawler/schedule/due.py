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
    wait: timedelta = min(cadence, _FIRST_RETRY * 5 ** min(failures_in_a_row - 1, 5), _LONGEST_RETRY)
    return now + wait
