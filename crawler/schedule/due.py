"""When a watch or an address is due again. Pure: the time is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from seeds.load import Target
from seeds.schema import Watch
from storage.records import WatchRow

_FIRST_RETRY = timedelta(minutes=5)
_LONGEST_RETRY = timedelta(hours=6)
_LONGEST_REQUEST = timedelta(days=1)


def due_targets(targets: Iterable[Target], known: Mapping[str, WatchRow], now: datetime) -> tuple[Target, ...]:
    """The watches whose time has come, longest overdue first; those that never ran come before all others."""

    def waiting_since(target: Target) -> datetime | None:
        row = known.get(target.watch_id)
        return row.next_due_at if row is not None else None

    due = [target for target in targets if (since := waiting_since(target)) is None or since <= now]
    return tuple(sorted(due, key=lambda target: (waiting_since(target) is not None, waiting_since(target) or now)))


def next_run(
    watch: Watch, *, failures_in_a_row: int, soonest_retry: datetime | None, not_before: datetime | None, now: datetime
) -> datetime:
    """When a watch is due again.

    Args:
        watch: its seed, with its cadence.
        failures_in_a_row: runs that failed since the last good one; they are made up for after 5 min, 25 min, … at most 6 h.
        soonest_retry: when the first report of the watch that failed, or seems gone, wants another look.
        not_before: what the site itself asked for (Retry-After); believed for a day at most, and stronger than all else.
        now: aware.
    """
    wait: timedelta = timedelta(hours=watch.every_hours)
    if failures_in_a_row:
        wait = min(wait, _FIRST_RETRY * 5 ** min(failures_in_a_row - 1, 5), _LONGEST_RETRY)
    if soonest_retry is not None:
        wait = min(wait, max(soonest_retry - now, _FIRST_RETRY))
    if not_before is not None:
        wait = max(wait, min(not_before - now, _LONGEST_REQUEST))
    return now + wait
