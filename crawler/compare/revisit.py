"""When an address is looked at again, after what its last visit brought. Pure: the time is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta

from seeds.schema import Watch

_FIRST_RETRY = timedelta(minutes=5)


def next_address_visit(watch: Watch, *, now: datetime) -> datetime:
    """When a report or attachment that was read is looked at again."""
    return now + timedelta(hours=watch.recheck_hours)


def next_absence_check(watch: Watch, *, sightings: int, hours: float, now: datetime) -> datetime:
    """When an address found gone is looked at again: so that the required sightings fit into the required hours."""
    wait: timedelta = min(timedelta(hours=hours / max(sightings, 1)), timedelta(hours=watch.recheck_hours))
    return now + wait


def next_failure_check(watch: Watch, *, failures_in_a_row: int, now: datetime) -> datetime:
    """When an address whose visit failed is tried again: 5 min, 25 min, … at most a day, never later than its own cadence.

    Bounded retries: a document that can never be read costs one visit a day, not one a run.
    """
    wait: timedelta = min(_FIRST_RETRY * 5 ** min(failures_in_a_row, 6), timedelta(days=1))
    longest = timedelta(hours=max(watch.recheck_hours, 24))
    return now + min(wait, longest)
