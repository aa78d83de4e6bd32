"""Checks the arithmetic of a report: totals, rates, changes, counts of names. Adds nothing up: each has its module."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from crawler.interpret.changes_of_year import against_last_year, yearly_changes
from crawler.interpret.listed_names import listed_names
from crawler.interpret.rates import rates
from crawler.interpret.sentences import sentences
from crawler.interpret.told_twice import parts_of_wholes, repeated
from crawler.interpret.totals import totals
from crawler.knowledge import Check, Figure, Section, Verdict

__all__ = ["against_last_year", "checks"]
_MOST_REPEATED = 200


def checks(body: Sequence[str], sections: Sequence[Section], figures: Sequence[Figure]) -> tuple[Check, ...]:
    """Every relation between the figures of a report that can be worked out, in the order of the text.

    FAILS is said only of what the text itself contradicts; a relation that may be meant otherwise is UNDECIDABLE or not told.

    Args:
        body: the report's paragraphs.
        sections: its outline; no sum reaches beyond a paragraph, or a 一是 within one.
        figures: its figures, their offsets in the body joined by newlines.
    """
    read = sentences(body, sections, figures)
    sums = tuple(totals(read))
    summed = {place for check in sums for place in check.places}
    parts = (part for part in parts_of_wholes(read) if part.verdict is Verdict.HOLDS or not summed & set(part.places))
    found = (*sums, *rates(read), *yearly_changes(read), *listed_names(read), *parts, *islice(repeated(read), _MOST_REPEATED))
    return tuple(sorted(found, key=lambda check: (check.places[0], check.kind)))
