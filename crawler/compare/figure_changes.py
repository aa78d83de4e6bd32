"""Which figures an edit touched, with old and new value, percent and sentence. Reads no figure and weighs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from crawler.compare.amounts import RATES, amount, percent_of, points_between
from crawler.compare.change import FigureChange, Span
from crawler.compare.paragraphs import Unit
from crawler.compare.sides import Side
from crawler.knowledge import Figure

_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
_LONGEST_SENTENCE = 200  # characters on each side of the figure


def figures_changed(old: Side, u: Unit, new: Side, v: Unit, spans: Sequence[Span]) -> tuple[FigureChange, ...]:
    """The figures that two versions of a paragraph state differently, in order.

    Args:
        old: the old side, and
        u: the paragraph on it.
        new: the new side, and
        v: the paragraph on it.
        spans: that lead from one to the other.
    """
    text_old, text_new = old.text(u), new.text(v)
    found: list[FigureChange] = []
    at_old, at_new = old.start(u), new.start(v)
    left, right = list(old.figures(u)), list(new.figures(v))
    for span in spans:
        here, left = _within(left, at_old, at_old + len(span.old))
        there, right = _within(right, at_new, at_new + len(span.new))
        for one, other in _pairs(here, there, edited=span.op != "equal"):
            if change := _compared(one, other):
                found += [_with_sentence(each, one, other, text_old, old.start(u), text_new, new.start(v)) for each in change]
        at_old, at_new = at_old + len(span.old), at_new + len(span.new)
    return tuple(found)


def figures_of(side: Side, unit: Unit, *, came: bool) -> tuple[FigureChange, ...]:
    """The figures of a paragraph that came or went."""
    text, start = side.text(unit), side.start(unit)
    return tuple(
        FigureChange(
            indicator=figure.indicator,
            old=None if came else _printed(figure),
            new=_printed(figure) if came else None,
            unit=figure.unit,
            percent=None,
            points=None,
            sentence=_sentence(text, figure.start - start),
        )
        for figure in side.figures(unit)
    )


def _within(figures: list[Figure], start: int, end: int) -> tuple[list[Figure], list[Figure]]:
    """Those that begin in a stretch, and the rest; figures are in order."""
    count = 0
    while count < len(figures) and figures[count].start < end:
        count += 1
    return [figure for figure in figures[:count] if figure.start >= start], figures[count:]


def _pairs(old: Sequence[Figure], new: Sequence[Figure], *, edited: bool) -> Iterator[tuple[Figure | None, Figure | None]]:
    if len(old) == len(new):
        yield from zip(old, new, strict=True)
        return
    rest = list(new)
    for figure in old:
        same = next((other for other in rest if other.indicator == figure.indicator), None)
        if same is not None:
            rest.remove(same)
            yield figure, same
        elif edited:
            yield figure, None
    if edited:
        yield from ((None, other) for other in rest)


def _compared(old: Figure | None, new: Figure | None) -> list[FigureChange]:
    """What differs between two statements of a figure, without its sentence: its value, or what it is set against."""
    if old is None or new is None:
        one = old or new
        assert one is not None, "a pair has at least one side"
        return [_change(one.indicator, old and _printed(old), new and _printed(new), one.unit, None, None)]
    found = []
    if (old.value_norm, old.unit_norm, old.approx) != (new.value_norm, new.unit_norm, new.approx):
        same_unit = old.unit == new.unit
        sides = [_printed(figure) + ("" if same_unit else figure.unit) for figure in (old, new)]
        values = (old.value_norm, new.value_norm) if old.unit_norm == new.unit_norm else (None, None)
        found.append(_change(new.indicator, sides[0], sides[1], new.unit, *values))
    if old.qualifier_value and new.qualifier_value and old.qualifier_value != new.qualifier_value:
        before, after = amount(old.qualifier_value), amount(new.qualifier_value)
        if before is None or after is None:
            found.append(_change(_qualified(new), old.qualifier_value, new.qualifier_value, "", None, None))
        elif before != after:
            unit = after.unit if before.unit == after.unit else ""
            sides = [side.removesuffix(unit) for side in (old.qualifier_value, new.qualifier_value)]
            found.append(_change(_qualified(new), sides[0], sides[1], unit, before.value, after.value))
    return found


def _change(
    indicator: str, old: str | None, new: str | None, unit: str, before: Decimal | None, after: Decimal | None
) -> FigureChange:
    percent = points = None
    if before is not None and after is not None and before != after:
        if unit in RATES:
            points = points_between(before, after)
        else:
            percent = percent_of(before, after)
    return FigureChange(indicator, old, new, unit, percent, points, "")


def _with_sentence(
    change: FigureChange, old: Figure | None, new: Figure | None, text_old: str, start_old: int, text_new: str, start_new: int
) -> FigureChange:
    if new is not None:
        sentence = _sentence(text_new, new.start - start_new)
    else:
        assert old is not None, "a pair has at least one side"
        sentence = _sentence(text_old, old.start - start_old)
    return FigureChange(
        change.indicator, change.old, change.new, change.unit, change.percent, change.points, sentence
    )


def _qualified(figure: Figure) -> str:
    return f"{figure.indicator}（{figure.qualifier}）" if figure.qualifier else figure.indicator


def _printed(figure: Figure) -> str:
    """The value with its roughness, as a reader says it: 近百, 1680余."""
    if not figure.approx:
        return figure.value
    return f"{figure.value}{figure.approx}" if figure.approx in {"余", "多"} else f"{figure.approx}{figure.value}"


def _sentence(text: str, at: int) -> str:
    before = list(_SENTENCE_END.finditer(text, max(0, at - _LONGEST_SENTENCE), at))
    start = before[-1].end() if before else max(0, at - _LONGEST_SENTENCE)
    after = _SENTENCE_END.search(text, at, at + _LONGEST_SENTENCE)
    return text[start : after.end() if after else at + _LONGEST_SENTENCE].strip()
