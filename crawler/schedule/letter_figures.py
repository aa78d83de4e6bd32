"""Chooses the figures of a letter's table: those that a revision changed, or the key ones of a new report. Reads none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.change import Change, FigureChange
from crawler.clean.normalise import folded
from crawler.compare.amounts import RATES, percent_of, points_between
from crawler.compare.side_by_side import Pair, side_by_side
from crawler.deliver.letter_content import FigureLine
from crawler.knowledge import Figure

KEY_FIGURES = 8
"""Most figures of a new report that are shown (count)."""


def changed_figures(changes: Sequence[Change]) -> tuple[FigureLine, ...]:
    """The figures that changes touched, those with two sides first.

    Args:
        changes: the weightiest first.
    """
    found = [_changed(figure, change.section) for change in changes for figure in change.figures]
    return tuple(sorted(found, key=lambda line: not (line.old and line.new)))


def key_figures(new: Sequence[Figure], last: Sequence[Figure]) -> tuple[FigureLine, ...]:
    """The figures of a new report that matter most, in the order of its text, each beside last year's where there is one.

    Only results that the vocabulary knows are key figures, each once. Those that can be set against last year's come first,
    then those that the report itself sets against something, and wholes before parts of them.

    Args:
        new: of the new report.
        last: of last year's; none where the archive does not have it.
    """
    pairs = {pair.new.start: pair for pair in side_by_side(last, new, folded).pairs if pair.new.concept}
    known = [figure for figure in new if figure.concept and not figure.plan]
    ranked = sorted(known, key=lambda figure: (_rank(figure, pairs.get(figure.start)), figure.start))
    chosen: dict[str, Figure] = {}
    for figure in ranked:
        if len(chosen) < KEY_FIGURES:
            chosen.setdefault(figure.concept, figure)
    in_order = sorted(chosen.values(), key=lambda figure: figure.start)
    return tuple(_key(figure, pairs.get(figure.start)) for figure in in_order)


def _rank(figure: Figure, pair: Pair | None) -> int:
    compared = pair is not None and pair.change is not None
    return 4 * (not compared) + 2 * (not figure.qualifier_value) + bool(figure.part_of)


def _changed(figure: FigureChange, section: str) -> FigureLine:
    delta = ""
    if figure.percent is not None:
        delta = f"{figure.percent:+f}%"
    elif figure.points is not None:
        delta = f"{figure.points:+f}个百分点"
    return FigureLine(
        figure.indicator, section, _with_unit(figure.old, figure.unit), _with_unit(figure.new, figure.unit), delta
    )


def _with_unit(side: str | None, unit: str) -> str:
    if not side:
        return ""
    return side if side.endswith(unit) else f"{side}{unit}"


def _key(figure: Figure, pair: Pair | None) -> FigureLine:
    old = _printed(pair.old) if pair is not None else ""
    return FigureLine(figure.indicator, figure.section, old, _printed(figure), "".join(_delta(pair)))


def _delta(pair: Pair | None) -> Iterator[str]:
    if pair is None or not pair.change:
        return
    before, after = pair.old.value_norm, pair.new.value_norm
    if pair.new.unit_norm in RATES:
        yield f"{points_between(before, after):+f}个百分点"
    elif (percent := percent_of(before, after)) is not None:
        yield f"{percent:+f}%"


def _printed(figure: Figure) -> str:
    """The value with its roughness and unit: 近百件, 1680余人次."""
    if figure.approx in {"余", "多"}:
        return f"{figure.value}{figure.approx}{figure.unit}"
    return f"{figure.approx}{figure.value}{figure.unit}"
