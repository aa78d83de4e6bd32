"""Tells a site that was rebuilt, moved or lost from reports that were changed one by one. No clock, database or network."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from crawler.compare.diff import Change
from crawler.flow import EventKind, Significance

LEAST: Final = 5
"""Reports; fewer that change alike are told one by one."""
SHARE: Final = 0.3
"""Of the known reports."""
EN_MASSE: Final = "en masse"
"""The mark of what belongs to an upheaval by itself, because the state of its whole site says so."""

_LEAST_WORDS: Final = 4  # letters of a stretch that is common by more than chance; a number with its unit has fewer
_MOST_MARKS: Final = 50


def is_large_share(some: int, of_all: int) -> bool:
    """Whether so many of a site's reports are no coincidence.

    Args:
        some: in the same trouble (count).
        of_all: that there are, or that were looked at (count).
    """
    return some >= max(LEAST, math.ceil(SHARE * of_all))


def marks_of(kind: EventKind, changes: Sequence[Change] = ()) -> frozenset[str]:
    """What a change may have in common with others: for a revision each stretch of words that came or went, else its kind.

    Numbers alone are no mark: five figures corrected on one day are five corrections.
    """
    if kind is not EventKind.REVISED:
        return frozenset({kind.value})
    stretches: dict[str, None] = {}
    for change in changes:
        spans = [(span.old, span.new) for span in change.spans if span.op != "equal"] or [(change.old, change.new)]
        for old, new in spans:
            for sign, words in (("-", old.strip()), ("+", new.strip())):
                if sum(map(str.isalpha, words)) >= _LEAST_WORDS:
                    stretches[f"{sign}{words[:100]}"] = None
    return frozenset(list(stretches)[:_MOST_MARKS])


def stand_out(weights: Mapping[int, Significance], *, known: int) -> frozenset[int]:
    """Which of the changes of an upheaval are told by themselves all the same: a few figures among many other changes.

    Args:
        weights: of the changes that belong to one, by their ids.
        known: reports of the watch (count).
    """
    figures = frozenset(at for at, weight in weights.items() if weight is Significance.FIGURE)
    return figures if not is_large_share(len(figures), known) else frozenset()


def upheaval(held: Mapping[int, AbstractSet[str]], *, known: int) -> frozenset[int]:
    """Which of the changes of one run belong to a change of the whole site.

    Those that share a mark with a large share of all; and those marked `EN_MASSE`.

    Args:
        held: marks by the change's id.
        known: reports of the watch (count).
    """
    counted = Counter(mark for marks in held.values() for mark in marks)
    common = {mark for mark, count in counted.items() if mark == EN_MASSE or is_large_share(count, known)}
    return frozenset(at for at, marks in held.items() if not common.isdisjoint(marks))
