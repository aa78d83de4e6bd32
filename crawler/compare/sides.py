"""One side of a comparison of reports: paragraphs with their ordinals, places and sections. Compares nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate

from crawler.compare.paragraphs import Unit
from crawler.knowledge import LEAD, Figure, Section, Told


class Side:
    """A report, cut into what is compared."""

    def __init__(self, told: Told, fold: Callable[[str], str]) -> None:
        """Take a report.

        Args:
            told: the report.
            fold: as in `compare_texts`.
        """
        self.told = told
        self._fold = fold
        self._starts = [0, *accumulate(len(paragraph) + 1 for paragraph in told.body)]

    @cached_property
    def units(self) -> list[Unit]:
        """Its paragraphs; one that folds to nothing is none."""
        found = []
        for at, paragraph in enumerate(self.told.body):
            full = self._fold(paragraph)
            if full:
                found.append(Unit(at, 1, full, self._bare(at, paragraph, full)))
        return found

    @cached_property
    def headings(self) -> dict[int, Section]:
        """The sections that begin with a paragraph, by its position."""
        found: dict[int, Section] = {}
        for section in self.told.sections:
            if section.paragraph < len(self.told.body) and section.start == self._starts[section.paragraph]:
                found.setdefault(section.paragraph, section)
        return found

    @cached_property
    def places(self) -> dict[int, int]:
        """By a section's start, how many sections of its parent begin before it."""
        counted: Counter[int | None] = Counter()
        found = {}
        for section in self.told.sections:
            found[section.start] = counted[section.parent]
            counted[section.parent] += 1
        return found

    def text(self, unit: Unit) -> str:
        """A unit's text as it is printed, paragraphs joined by newlines."""
        return "\n".join(self.told.body[unit.first : unit.first + unit.count])

    def start(self, unit: Unit) -> int:
        """Where a unit begins in the joined body."""
        return self._starts[unit.first]

    def path(self, unit: Unit, offset: int) -> str:
        """The path of the deepest section around a place in a unit's text.

        Args:
            unit: the unit.
            offset: in its text; where it lies at the end, what counts is the character before.
        """
        start = self._starts[unit.first]
        end = self._starts[unit.first + unit.count] - 1
        return self._path_at(max(start, min(start + offset, end - 1)))

    def figures(self, unit: Unit) -> tuple[Figure, ...]:
        """The figures of a unit, in order."""
        first = bisect_left(self._figure_starts, self._starts[unit.first])
        return self.told.figures[first : bisect_left(self._figure_starts, self._starts[unit.first + unit.count])]

    @cached_property
    def _figure_starts(self) -> list[int]:
        return [figure.start for figure in self.told.figures]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.told.sections]

    def _path_at(self, offset: int) -> str:
        """As `knowledge.path_at`, from the nearest section upwards."""
        at: int | None = bisect_right(self._section_starts, offset) - 1
        while at is not None and at >= 0:
            section = self.told.sections[at]
            if offset < section.end:
                return section.path
            at = section.parent
        return LEAD

    def _bare(self, at: int, paragraph: str, full: str) -> str:
        section = self.headings.get(at)
        if section is None or not section.ordinal:
            return full
        reached = 0
        for place, character in enumerate(paragraph):
            if character == section.ordinal[reached]:
                reached += 1
                if reached == len(section.ordinal):
                    return full[len(self._fold(paragraph[: place + 1])) :] or full
            elif not character.isspace():
                break
        return full
