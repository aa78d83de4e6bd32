"""Makes of each figure of a report a row: what, how many, of when, against what. Checks no sum and compares no reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.interpret.finding import found_numbers
from crawler.interpret.indicators import indicators
from crawler.interpret.numerals import folded
from crawler.interpret.periods import is_planned, periods
from crawler.interpret.qualifiers import Stated, stated_figures
from crawler.interpret.table_figures import Columns, row_figures
from crawler.interpret.wholes import wholes
from crawler.knowledge import LEAD, Figure, Section, section_at
from seeds.vocabulary import Vocabulary


def figures(body: Sequence[str], sections: Sequence[Section], *, concepts: Vocabulary) -> tuple[Figure, ...]:
    """The figures of a report in reading order; no two overlap.

    Args:
        body: its paragraphs.
        sections: its outline; without one every figure stands in the lead.
        concepts: the vocabulary that gives indicators their common names.
    """
    rows: list[Figure] = []
    offset, columns = 0, Columns()
    for paragraph in body:
        text = folded(paragraph)
        cells = row_figures(text, columns)
        told = (
            _in_sentences(text) if cells is None else [_Told(Stated(cell.found), cell.phrase, "", cell.year) for cell in cells]
        )
        rows.extend(one.figure(paragraph, text, offset, sections, concepts) for one in told)
        columns = columns.below(text)
        offset += len(paragraph) + 1
    return tuple(rows)


def _in_sentences(text: str) -> list[_Told]:
    found = found_numbers(text)
    if not found:
        return []
    rows = stated_figures(text, found)
    phrases = indicators(text, rows)
    parents = wholes(text, [row.found for row in rows], phrases)
    times = periods(text, [row.found.start for row in rows])
    return [_Told(*row) for row in zip(rows, phrases, parents, times, strict=True)]


@dataclass(frozen=True)
class _Told:
    """A figure and what its paragraph tells of it."""

    row: Stated
    phrase: str
    parent: str = ""
    period: str = ""

    def figure(self, paragraph: str, text: str, offset: int, sections: Sequence[Section], concepts: Vocabulary) -> Figure:
        one = self.row.found
        place = section_at(sections, offset + one.start)
        return Figure(
            indicator=self.phrase,
            concept=concepts.concept_of(self.phrase, one.unit_norm),
            value=paragraph[one.start : one.value_end],
            value_norm=one.value_norm,
            unit=one.unit,
            unit_norm=one.unit_norm,
            approx=one.approx,
            qualifier=self.row.qualifier,
            qualifier_value=self.row.qualifier_value,
            direction=self.row.direction,
            part_of=self.parent,
            period=self.period,
            plan=is_planned(text, one.start, sections, place),
            section=place.path if place is not None else LEAD,
            start=offset + one.start,
            end=offset + one.end,
        )
