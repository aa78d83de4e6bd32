"""What differs between two texts, paragraph by paragraph and then piece by piece. Judges no change and shows none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Literal

from crawler.compare.align import Matcher, Pairs, align, in_order, nothing
from crawler.compare.tokens import tokens
from crawler.compare.told import Told
from crawler.numbers import numbers

Op = Literal["equal", "delete", "insert", "replace"]

_ALIKE = 0.4
"""From this similarity on, two paragraphs are one that was edited. Measured on the seed reports: a paragraph and its first
half are at least .60 alike, two different ones of one report at most .29, but for one pair of openings that share a formula."""
_CRUMB = 4
"""Characters. An unchanged stretch up to this length between two rewritten ones tells a reader nothing."""

_CLAUSE_MARK = re.compile("[,，.。;；:：、!！?？()（）《》]")


@dataclass(frozen=True)
class Span:
    """A stretch of an edited paragraph. `equal` spans may differ in what the comparison folds away."""

    op: Op
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One paragraph that was edited, added or removed; the old sides of its spans make `old`, the new sides `new`."""

    kind: Literal["edited", "added", "removed"]
    position_old: int | None  # 0-based; None where it was added
    position_new: int | None  # 0-based; None where it was removed
    old: str
    new: str
    spans: tuple[Span, ...]


def compare_texts(old: Sequence[str], new: Sequence[str], *, fold: Callable[[str], str] = str) -> tuple[Change, ...]:
    """The changes that lead from one text to another, in reading order.

    Args:
        old: paragraphs as they were.
        new: paragraphs as they are.
        fold: maps text to what counts of it, character by character (say, without spaces and in half width);
            what folds to the same is the same, and a paragraph that folds to nothing is none. By default every character
            counts.
    """
    folded_old, folded_new = [fold(paragraph) for paragraph in old], [fold(paragraph) for paragraph in new]
    changes: list[Change] = []
    at_old = at_new = 0
    for i, j in [*align(folded_old, folded_new, _PARAGRAPHS), (len(old), len(new))]:
        changes += (_removed(position, old[position]) for position in range(at_old, i) if folded_old[position])
        changes += (_added(position, new[position]) for position in range(at_new, j) if folded_new[position])
        if i < len(old) and folded_old[i] != folded_new[j]:
            changes.append(Change("edited", i, j, old[i], new[j], _spans(old[i], new[j], fold)))
        at_old, at_new = i + 1, j + 1
    return tuple(changes)


def compare_reports(old: Told, new: Told, *, fold: Callable[[str], str] = str) -> tuple[Change, ...]:
    """The changes that lead from one version of a report to another, in reading order; titles count as first paragraphs."""
    return compare_texts((old.title, *old.body), (new.title, *new.body), fold=fold)


def _removed(position: int, text: str) -> Change:
    return Change("removed", position, None, text, "", (Span("delete", text, ""),))


def _added(position: int, text: str) -> Change:
    return Change("added", None, position, "", text, (Span("insert", "", text),))


def _likeness(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """The choice of pairs, in order, that are most alike in sum; an exact match weighs more than any likeness."""
    shingles_old, shingles_new = [_shingles(text) for text in old], [_shingles(text) for text in new]
    width = len(new) + 1
    best = [0.0] * ((len(old) + 1) * width)
    taken = set()
    for i, here in enumerate(shingles_old):
        for j, there in enumerate(shingles_new):
            weight = 2.0 if old[i] == new[j] else _similarity(here, there)
            with_pair = best[i * width + j] + weight if weight >= _ALIKE else 0.0
            without = max(best[i * width + j + 1], best[(i + 1) * width + j])
            best[(i + 1) * width + j + 1] = max(with_pair, without)
            if with_pair > without:
                taken.add((i, j))
    pairs: Pairs = []
    i, j = len(old), len(new)
    while i and j:
        if (i - 1, j - 1) in taken:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif best[(i - 1) * width + j] >= best[i * width + j - 1]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def _rare_shingles(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Pairs that share pieces which occur in one old and one new paragraph only: where large blocks can be cut."""
    shingles_old, shingles_new = [_shingles(text) for text in old], [_shingles(text) for text in new]
    homes_old, homes_new = _only_homes(shingles_old), _only_homes(shingles_new)
    votes = Counter((homes_old[shingle], homes_new[shingle]) for shingle in homes_old.keys() & homes_new.keys())
    favourites: dict[int, int] = {}
    for (i, j), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        favourites.setdefault(i, j)
    return in_order([(i, j) for i, j in favourites.items() if _similarity(shingles_old[i], shingles_new[j]) >= _ALIKE])


def _only_homes(shingles: Sequence[frozenset[str]]) -> dict[str, int]:
    paragraphs = Counter(shingle for paragraph in shingles for shingle in paragraph)
    return {shingle: at for at, paragraph in enumerate(shingles) for shingle in paragraph if paragraphs[shingle] == 1}


def _shingles(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters; digits count alike, since a number is what is most often edited."""
    padded = "\n" + re.sub(r"\d+", "0", text) + "\n"
    return frozenset(map("".join, pairwise(padded)))


def _similarity(here: frozenset[str], there: frozenset[str]) -> float:
    """Dice's coefficient, 0 to 1."""
    return 2 * len(here & there) / (len(here) + len(there))


def _longest_matches(old: Sequence[str], new: Sequence[str]) -> Pairs:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]


def _spans(old: str, new: str, fold: Callable[[str], str]) -> tuple[Span, ...]:
    spans = []
    for _, neighbours in groupby(_stretches(old, new, fold), key=lambda stretch: stretch.op == "equal"):
        stretches = list(neighbours)
        sides = "".join(stretch.old for stretch in stretches), "".join(stretch.new for stretch in stretches)
        if any(sides):
            spans.append(Span("equal", *sides) if stretches[0].op == "equal" else _edit(*sides))
    return tuple(_without_crumbs(spans))


def _stretches(old: str, new: str, fold: Callable[[str], str]) -> Iterator[Span]:
    """The paired pieces as equal spans, and what stands between them as edits, or as equal where it folds to the same."""
    pieces_old, pieces_new = tokens(old), tokens(new)
    pairs = align([fold(piece) for piece in pieces_old], [fold(piece) for piece in pieces_new], _PIECES)
    start_old = start_new = at_old = at_new = 0
    for i, j in [*pairs, (len(pieces_old) + 1, len(pieces_new) + 1)]:
        if (i, j) != (at_old, at_new):  # the run of paired pieces that began at `start` ends here
            yield Span("equal", "".join(pieces_old[start_old:at_old]), "".join(pieces_new[start_new:at_new]))
            between = _edit("".join(pieces_old[at_old:i]), "".join(pieces_new[at_new:j]))
            yield Span("equal", between.old, between.new) if fold(between.old) == fold(between.new) else between
            start_old, start_new = i, j
        at_old, at_new = i + 1, j + 1


def _edit(old: str, new: str) -> Span:
    return Span("replace" if old and new else "delete" if old else "insert", old, new)


def _without_crumbs(spans: Sequence[Span]) -> list[Span]:
    """Join rewritten stretches across unchanged ones too short to be read; never across a number or a clause's mark."""
    joined: list[Span] = []
    for span in spans:
        joined.append(span)
        if len(joined) >= 3 and _is_crumb(*joined[-3:]):
            before, between, after = joined[-3:]
            joined[-3:] = [_edit(before.old + between.old + after.old, before.new + between.new + after.new)]
    return joined


def _is_crumb(before: Span, between: Span, after: Span) -> bool:
    if between.op != "equal":
        return False
    size = max(len(between.old), len(between.new))
    smaller_edit = min(max(len(edit.old), len(edit.new)) for edit in (before, after))
    everything = "".join(side for span in (before, between, after) for side in (span.old, "\n", span.new, "\n"))
    return size <= min(_CRUMB, smaller_edit) and not numbers(everything) and not _CLAUSE_MARK.search(between.old)


_PARAGRAPHS = Matcher(closely=_likeness, roughly=_rare_shingles, cells=2_500)
_PIECES = Matcher(closely=_longest_matches, roughly=nothing, cells=100_000)
