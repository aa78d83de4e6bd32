"""Finds the figure that another is a part of: behind 其中, or one step further on the way of a case. Adds nothing up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from crawler.interpret.finding import Found
from crawler.interpret.units import PERCENT

_AMONG = re.compile(r"其中|包括|包含|含(?=[^,。;]{0,12}$)")
_SETTLED = re.compile(r"处理|移交|转办|办结|移送|查实")
_STOP = re.compile(r"[。!?\n]")
_STEPS = (
    re.compile(r"(?:接收|收到).{0,40}调解"),
    re.compile(r"启动调解$|受理.{0,14}(?:纠纷|调解)"),
    re.compile(r"(?:调解成功|成功调解|调处成功)$"),
)
"""Steps of mediation: whatever is one step further is counted out of the step before."""


def wholes(paragraph: str, found: Sequence[Found], phrases: Sequence[str]) -> list[str]:
    """For each figure `indicator=value` of the figure that it is a part of, or "".

    Args:
        paragraph: folded to ASCII.
        found: its figures in order.
        phrases: their indicators.
    """
    parents: list[int | None] = []
    opened: int | None = None  # the last figure before 其中
    told: dict[int, Decimal] = {}  # of each whole: the sum of its parts so far
    aside = False  # whether 其中 stands in brackets
    for position, one in enumerate(found):
        between = paragraph[found[position - 1].end : one.start] if position else ""
        if _STOP.search(between) or (")" in between and "(" not in between.split(")")[0] and aside):
            opened = None
        if position and _AMONG.search(between):
            opened, aside = position - 1, "(" in between
        parent = _parent(found, opened, position)
        if parent is not None and opened is not None and _SETTLED.match(phrases[position]):
            parent = _taken_on(found, phrases, opened, position, parent)
        step = _step_before(paragraph, found, phrases, position)
        parents.append(step if step is not None and (parent is None or step > parent) else parent)
        if parent is not None:
            told[parent] = told.get(parent, Decimal(0)) + one.value_norm
            if told[parent] == found[parent].value_norm != one.value_norm:
                opened = None  # the parts make up the whole: what follows is no part of it
    return ["" if parent is None else f"{phrases[parent]}={found[parent].value_norm.normalize():f}" for parent in parents]


def _step_before(paragraph: str, found: Sequence[Found], phrases: Sequence[str], position: int) -> int | None:
    """The figure in the sentence that counts the step before this one on a case's way: 受理 before 调解成功."""
    later = max((step for step, words in enumerate(_STEPS) if words.search(phrases[position])), default=0)
    if not later:
        return None
    for candidate in range(position - 1, max(-1, position - 4), -1):
        if _STOP.search(paragraph, found[candidate].end, found[candidate + 1].start):
            return None
        whole, one = found[candidate], found[position]
        is_earlier = any(words.search(phrases[candidate]) for words in _STEPS[:later]) and not _STEPS[later].search(
            phrases[candidate]
        )
        if is_earlier and whole.unit_norm == one.unit_norm and whole.value_norm >= one.value_norm:
            return candidate
    return None


def _taken_on(found: Sequence[Found], phrases: Sequence[str], opened: int, position: int, parent: int) -> int:
    """Of the parts behind 其中 that which was taken on (受理), where this one says what became of it (处理, 移交)."""
    for candidate in range(position - 1, opened, -1):
        whole, one = found[candidate], found[position]
        if phrases[candidate].startswith("受理") and whole.unit_norm == one.unit_norm and whole.value_norm >= one.value_norm:
            return candidate
    return parent


def _parent(found: Sequence[Found], opened: int | None, position: int) -> int | None:
    """The nearest figure at or before 其中 that has the part's unit and is not smaller."""
    if opened is None or found[position].unit in PERCENT:
        return None
    one = found[position]
    for candidate in range(opened, max(-1, opened - 3), -1):
        whole = found[candidate]
        if whole.unit_norm == one.unit_norm and whole.value_norm >= one.value_norm:
            return candidate
    return None
