"""Decides whether a report's text changes so often that its changes are kept and nobody is told. Pure: the time is given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from crawler.flow import Significance

MOST_REVISIONS: Final = 3
"""Revisions of one report that are told within `WINDOW` (count). Ours: an office corrects a report once or twice, not daily."""
WINDOW: Final = timedelta(days=7)
"""And so long a report must have stood unchanged to be told of again."""
SAME_READINGS: Final = 3
"""Or so many readings behind a change must have shown one and the same text (count)."""

_WEIGHTS = list(Significance)  # least first


def is_restless(revisions: Sequence[datetime], now: datetime) -> bool:
    """Whether this is at least the fourth revision within a week.

    Args:
        revisions: when the report was revised, in any order; this time included.
        now: aware.
    """
    return sum(now - WINDOW < at <= now for at in revisions) > MOST_REVISIONS


def is_weightier(this: Significance, former: Sequence[Significance]) -> bool:
    """Whether a change weighs more than all former ones: then it is something else than what changes at every visit."""
    return all(_WEIGHTS.index(this) > _WEIGHTS.index(one) for one in former)


def is_calm(last_revision: datetime, same_readings: int, now: datetime) -> bool:
    """Whether a restless report has come to rest.

    Args:
        last_revision: when it was revised last; aware.
        same_readings: how often its page was read since then, and always showed the text of that revision (count).
        now: aware.
    """
    return now - last_revision >= WINDOW or same_readings >= SAME_READINGS
