"""Finds what two sequences have in common, in order, in bounded time. Knows neither paragraphs nor words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Pairs = list[tuple[int, int]]
"""Positions that belong together, (old, new); both rise from pair to pair."""


@dataclass(frozen=True)
class Matcher:
    """How the items between two certain matches are paired."""

    closely: Callable[[Sequence[str], Sequence[str]], Pairs]  # for blocks of up to `cells` pairs; may take its time
    roughly: Callable[[Sequence[str], Sequence[str]], Pairs]  # for larger blocks without a unique common item
    cells: int  # length of old times length of new


def align(old: Sequence[str], new: Sequence[str], matcher: Matcher) -> Pairs:
    """Pair the items of two sequences in order.

    A common beginning and end are certain. Between them, a small block goes to `matcher.closely`; a large one is cut at
    the items that occur exactly once on both sides (patience diff, Bram Cohen), or where `matcher.roughly` says, and its
    parts are treated alike. What cannot be cut stays unpaired, so that no input takes quadratic time.
    """
    pairs: Pairs = []
    blocks = [(0, len(old), 0, len(new))]
    while blocks:
        start_old, end_old, start_new, end_new = blocks.pop()
        while start_old < end_old and start_new < end_new and old[start_old] == new[start_new]:
            pairs.append((start_old, start_new))
            start_old, start_new = start_old + 1, start_new + 1
        while start_old < end_old and start_new < end_new and old[end_old - 1] == new[end_new - 1]:
            end_old, end_new = end_old - 1, end_new - 1
            pairs.append((end_old, end_new))
        if start_old == end_old or start_new == end_new:
            continue
        block_old, block_new = old[start_old:end_old], new[start_new:end_new]
        if len(block_old) * len(block_new) <= matcher.cells:
            pairs += [(start_old + i, start_new + j) for i, j in matcher.closely(block_old, block_new)]
            continue
        anchors = _unique_common(block_old, block_new) or matcher.roughly(block_old, block_new)
        before_old, before_new = start_old, start_new
        for i, j in anchors:
            pairs.append((start_old + i, start_new + j))
            blocks.append((before_old, start_old + i, before_new, start_new + j))
            before_old, before_new = start_old + i + 1, start_new + j + 1
        if anchors:
            blocks.append((before_old, end_old, before_new, end_new))
    return sorted(pairs)


def in_order(pairs: Pairs) -> Pairs:
    """The longest choice among pairs, each old position at most once, whose positions rise on both sides."""
    tails: list[int] = []  # the smallest new position that ends a chain of each length
    ends: list[int] = []  # and which pair that is
    before: list[int | None] = []
    ordered = sorted(pairs)
    for index, (_, j) in enumerate(ordered):
        place = bisect_left(tails, j)
        before.append(ends[place - 1] if place else None)
        tails[place : place + 1] = [j]
        ends[place : place + 1] = [index]
    chain: Pairs = []
    at = ends[-1] if ends else None
    while at is not None:
        chain.append(ordered[at])
        at = before[at]
    return chain[::-1]


def nothing(_old: Sequence[str], _new: Sequence[str]) -> Pairs:
    """Pair nothing."""
    return []


def _unique_common(old: Sequence[str], new: Sequence[str]) -> Pairs:
    counts_old, counts_new = Counter(old), Counter(new)
    places = {item: j for j, item in enumerate(new) if counts_new[item] == 1}
    return in_order([(i, places[item]) for i, item in enumerate(old) if counts_old[item] == 1 and item in places])
