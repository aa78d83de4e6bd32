"""Which figures an edit touched, with old and new value, percent and sentence. Reads no figure and weighs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from crawler.change import FigureChange, Span
from crawler.compare.amounts import RATES, amount, percent_of, points_between
from crawler.compare.lookalikes import without_hidden
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
            if other is not None:
                sentence = _sentence(text_new, other.start - new.start(v))
            else:
                assert one is not None, "a pair has at least one side"
                sentence = _sentence(text_old, one.start - old.start(u))
            found += _compared(one, other, sentence)
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


def _compared(old: Figure | None, new: Figure | None, sentence: str) -> list[FigureChange]:
    """What differs between two statements of a figure: its value, or what it is set against."""
    if old is None or new is None:
        one = old or new
        assert one is not None, "a pair has at least one side"
        gone, come = (_printed(side) if side else None for side in (old, new))
        return [FigureChange(one.indicator, gone, come, one.unit, None, None, sentence)]
    found = []
    if (old.value_norm, old.unit_norm, old.approx) != (new.value_norm, new.unit_norm, new.approx):
        same_unit = old.unit == new.unit
        sides = [_printed(figure) + ("" if same_unit else figure.unit) for figure in (old, new)]
        delta = _delta(old.value_norm, new.value_norm, new.unit) if old.unit_norm == new.unit_norm else (None, None)
        found.append(FigureChange(without_hidden(new.indicator), sides[0], sides[1], new.unit, *delta, sentence))
    if old.qualifier_value and new.qualifier_value and old.qualifier_value != new.qualifier_value:
        before, after = amount(old.qualifier_value), amount(new.qualifier_value)
        if before is None or after is None:
            found.append(FigureChange(_qualified(new), old.qualifier_value, new.qualifier_value, "", None, None, sentence))
        elif before != after:
            unit = after.unit if before.unit == after.unit else ""
            sides = [side.removesuffix(unit) for side in (old.qualifier_value, new.qualifier_value)]
            delta = _delta(before.value, after.value, unit)
            found.append(FigureChange(_qualified(new), sides[0], sides[1], unit, *delta, sentence))
    return found


def _delta(before: Decimal, after: Decimal, unit: str) -> tuple[Decimal | None, Decimal | None]:
    """Percent and percentage points."""
    if before == after:
        return None, None
    return (None, points_between(before, after)) if unit in RATES else (percent_of(before, after), None)


def _qualified(figure: Figure) -> str:
    indicator = without_hidden(figure.indicator)
    return f"{indicator}（{figure.qualifier}）" if figure.qualifier else indicator


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
