"""Decides whether a column has been silent for longer than its history suggests. Pure: reads no archive and no clock."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

FEWEST_DAYS: Final = 4
"""Different days with a report that a history must have (count): three gaps are the least that show a rhythm."""
YEARS_THAT_COUNT: Final = timedelta(days=5 * 366)
"""A longer gap that ended before then is forgotten."""
A_YEAR_SEEN: Final = timedelta(days=400)
"""A history that is shorter cannot show that the column is not one of those filled once a year, from January to March."""
_YEARLY = timedelta(days=365)
_LEAST_GRACE = timedelta(days=30)
_SHORTEST = timedelta(days=90)


@dataclass(frozen=True)
class Silence:
    """A column that has been silent for too long."""

    last: date  # day of its latest report
    longest_gap_days: int  # between two days with a report, as its history shows them
    since: date  # first day on which the silence was too long


def silent_since(dates: Collection[date], today: date) -> Silence | None:
    """The silence of a column that is longer than its history suggests; None where there is none, or no history.

    A silence is too long behind the longest gap so far and half of it again, or 30 days where that is more, and never within
    90 days. Days to come are misprints and are not counted. The numbers are ours; no source gives any.

    Args:
        dates: of the column's reports, in any order; several on one day are one.
        today: in Asia/Shanghai.
    """
    days = sorted({day for day in dates if day <= today})
    if len(days) < FEWEST_DAYS:
        return None
    last = days[-1]
    gaps = [(later - earlier, later) for earlier, later in pairwise(days)]
    recent = [gap for gap, end in gaps if last - end <= YEARS_THAT_COUNT]
    longest = max(recent if len(recent) >= FEWEST_DAYS - 1 else [gap for gap, _ in gaps[1 - FEWEST_DAYS :]])
    if last - days[0] < A_YEAR_SEEN:
        longest = max(longest, _YEARLY)
    since = last + max(longest + max(longest / 2, _LEAST_GRACE), _SHORTEST)
    return Silence(last, longest.days, since) if since <= today else None
