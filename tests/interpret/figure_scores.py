"""Scores the figures of a report against what a person read in it. Holds no report and no rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.knowledge import Figure
from tests.interpret.composed_reports import Expected


@dataclass(frozen=True)
class Score:
    """How well figures agree with what was expected."""

    found: int
    expected: int
    right: int  # place, value, unit, both norms, approx, qualifier with value and direction agree
    wholes: int  # part_of agrees exactly, of the expected
    phrases: int  # indicators agree exactly
    phrase_f1: float  # of characters, mean over the expected
    faults: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.expected)


def scored(figures: Sequence[Figure], expected: Sequence[Expected]) -> Score:
    by_start = {figure.start: figure for figure in figures}
    faults = [f"too much: {figure}" for figure in figures if figure.start not in {one.start for one in expected}]
    right = wholes = phrases = 0
    agreement = 0.0
    for one in expected:
        figure = by_start.get(one.start)
        if figure is None:
            faults.append(f"missed: {one}")
            continue
        if said(figure) == said(one):
            right += 1
        else:
            faults.append(f"read {said(figure)}, expected {said(one)}")
        wholes += figure.part_of == one.part_of
        phrases += figure.indicator == one.indicator
        agreement += character_f1(figure.indicator, one.indicator)
    return Score(len(figures), len(expected), right, wholes, phrases, agreement / max(1, len(expected)), tuple(faults))


def said(one: Figure | Expected) -> tuple[object, ...]:
    """What must agree for a row to count."""
    return (
        one.value,
        one.unit,
        one.value_norm,
        one.unit_norm,
        one.approx,
        one.qualifier,
        one.qualifier_value,
        one.direction,
    )


def character_f1(one: str, other: str) -> float:
    """Harmonic mean of the shares of characters that two phrases have in common; 1 where both are empty."""
    if not one and not other:
        return 1.0
    return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))
