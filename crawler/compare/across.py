"""Compares two reports that are not versions of one: this year's and last year's, or those of two bureaus.

It says what is carried over word for word, which topics and indicators are new or gone, and how each figure moved. It does not
say what was edited: that is `crawler.compare.diff`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crawler.compare.carried import Carried
from crawler.compare.side_by_side import Figures, side_by_side
from crawler.compare.topics import paired, topics
from crawler.knowledge import Section, Told


@dataclass(frozen=True)
class Share:
    """How much of a text stands word for word in the other report."""

    carried: int  # characters, white space not counted, in runs of `carried.RUN` or more
    length: int  # characters in all

    @property
    def part(self) -> float:
        """From 0 to 1; 0 of no text."""
        return self.carried / self.length if self.length else 0.0


@dataclass(frozen=True)
class Matched:
    """A topic of both reports."""

    old: Section
    new: Section
    share: Share  # of the new section's text, found anywhere in the old report


@dataclass(frozen=True)
class Comparison:
    """Two reports set beside each other."""

    share: Share  # of the new report's text
    matched: tuple[Matched, ...]  # in the order of the new report
    added: tuple[Section, ...]  # topics
    dropped: tuple[Section, ...]
    figures: Figures


def across(old: Told, new: Told, *, fold: Callable[[str], str] = lambda text: "".join(text.split())) -> Comparison:
    """Compare two reports of different years or bureaus.

    Args:
        old: the earlier report, or the one bureau's.
        new: the later one, or the other bureau's.
        fold: takes from a text what is no change (white space, width of punctuation); without it white space only.
    """
    carried = Carried("\n".join(old.body), body := "\n".join(new.body), fold)
    topics_old, topics_new = topics(old, fold), topics(new, fold)
    pairs = paired(topics_old, topics_new)
    kept_old, kept_new = {id(one) for one, _ in pairs}, {id(one) for _, one in pairs}
    return Comparison(
        share=Share(*carried.within(0, len(body))),
        matched=tuple(
            Matched(one.section, other.section, Share(*carried.within(other.section.start, other.section.end)))
            for one, other in pairs
        ),
        added=tuple(one.section for one in topics_new if id(one) not in kept_new),
        dropped=tuple(one.section for one in topics_old if id(one) not in kept_old),
        figures=side_by_side(old.figures, new.figures, fold),
    )
