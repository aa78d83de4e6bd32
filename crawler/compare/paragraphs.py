"""Pairs the paragraphs of two texts: the same, edited, split, merged, moved. Looks into no paragraph and judges nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.compare.align import Matcher, Pairs, align, in_order

ALIKE = 0.4
"""From this similarity on, two paragraphs are one that was edited. Measured on the seed reports: a paragraph and its first
half are at least .60 alike, two different ones of one report at most .29, but for one pair of openings that share a formula."""
_ALIKE_ELSEWHERE = 0.6
"""From this similarity on, a paragraph at another place is one that was moved and edited."""
_LONG = 20
"""Characters; a shorter paragraph at another place is the same one only where it says the very same."""
CELLS = 2_500
_CLAUSE = re.compile(r"[^，。；：、,;:]{2,}")
_CLOSELY = 30_000
"""Characters of both sides that are compared by neighbouring characters: 0.5 µs each. More are compared by their clauses."""
_FEW = 10  # paragraphs of both sides that are compared by their ends where they share no clause
_END = 1_000  # characters
_DIGITS = re.compile(r"\d+")
_STEPS = 10_000
"""How often at most two paragraphs are laid beside each other in search of split ones."""


@dataclass(frozen=True)
class Unit:
    """One paragraph, or the neighbours that one was split into or merged from."""

    first: int  # 0-based among the paragraphs
    count: int
    full: str  # folded
    bare: str  # folded, without its ordinal


def paired(old: Sequence[Unit], new: Sequence[Unit]) -> Pairs:
    """The units that belong together and kept their order; exact matches outweigh any likeness."""
    bare = {unit.full: unit.bare for unit in (*old, *new)}
    return align([unit.full for unit in old], [unit.full for unit in new], paragraph_matcher(bare))


def paragraph_matcher(bare: Mapping[str, str] | None = None) -> Matcher:
    """How paragraphs are paired where they are not the same.

    Args:
        bare: each folded paragraph without its ordinal, where it has one.
    """
    known = bare or {}

    def stripped(texts: Sequence[str]) -> list[str]:
        return [known.get(text, text) for text in texts]

    def closely(old: Sequence[str], new: Sequence[str]) -> Pairs:
        if sum(map(len, old)) + sum(map(len, new)) > _CLOSELY:
            found = roughly(old, new)
            return found or (
                _likeness(old, new, _ends(stripped(old)), _ends(stripped(new))) if len(old) + len(new) <= _FEW else []
            )
        return _likeness(old, new, stripped(old), stripped(new))

    def roughly(old: Sequence[str], new: Sequence[str]) -> Pairs:
        return _same_once(stripped(old), stripped(new)) or _shared_clauses(stripped(old), stripped(new))

    return Matcher(closely=closely, roughly=roughly, cells=CELLS)


def _ends(texts: Sequence[str]) -> list[str]:
    """Of long texts their beginning and their end."""
    return [text if len(text) <= 2 * _END else text[:_END] + text[-_END:] for text in texts]


def moved(old: Sequence[Unit], new: Sequence[Unit]) -> Pairs:
    """Which of the units left over are one that stands elsewhere now: word for word, but for its ordinal, or much alike.

    Args:
        old: the units of the old side that have no partner, in order.
        new: those of the new side.
    """
    pairs: Pairs = []
    for words in (
        ([unit.full for unit in old], [unit.full for unit in new]),
        (
            [unit.bare for unit in old],
            [unit.bare for unit in new],
        ),
    ):
        taken_old, taken_new = {i for i, _ in pairs}, {j for _, j in pairs}
        free_old = Counter(text for i, text in enumerate(words[0]) if i not in taken_old)
        places = defaultdict(list)
        for j, text in reversed(list(enumerate(words[1]))):
            if j not in taken_new:
                places[text].append(j)
        for i, text in enumerate(words[0]):
            certain = len(text) >= _LONG or free_old[text] == 1 == len(places.get(text, ()))
            if i not in taken_old and certain and places.get(text):
                pairs.append((i, places[text].pop()))
    taken_old, taken_new = {i for i, _ in pairs}, {j for _, j in pairs}
    rest_old = [i for i, unit in enumerate(old) if i not in taken_old and len(unit.bare) >= _LONG]
    rest_new = [j for j, unit in enumerate(new) if j not in taken_new and len(unit.bare) >= _LONG]
    alike = _favourites([old[i].bare for i in rest_old], [new[j].bare for j in rest_new], _ALIKE_ELSEWHERE)
    return sorted(pairs + [(rest_old[i], rest_new[j]) for i, j in alike])


def rejoined(whole: Sequence[Unit], parts: Sequence[Unit]) -> list[Unit]:
    """The parts, with those that make one of the wholes together as one unit."""
    known, wholes = {unit.full for unit in parts}, {unit.full for unit in whole}
    by_first = defaultdict(list)
    for unit in whole:
        if unit.full not in known:
            by_first[unit.full[:1]].append(unit.full)
    kept: list[Unit] = []
    at, steps = 0, _STEPS
    while at < len(parts):
        end = at + 1
        sought = steps > 0 and parts[at].full not in wholes  # what stands on the other side by itself is no part
        for text in by_first.get(parts[at].full[:1], ()) if sought else ():
            found, tried = _spelled(text, parts, at, steps)
            steps -= tried
            if found > at + 1:
                end = found
                break
        kept.append(parts[at] if end == at + 1 else _as_one(parts[at:end]))
        at = end
    return kept


def _spelled(text: str, parts: Sequence[Unit], start: int, steps: int) -> tuple[int, int]:
    """The end of the parts from `start` on that spell a text exactly, 0 where they do not; and how many were tried."""
    at, reached = start, 0
    while at < len(parts) and at - start < steps and text.startswith(parts[at].full, reached):
        reached += len(parts[at].full)
        at += 1
    return (at if reached == len(text) else 0), at - start + 1


def _as_one(units: Sequence[Unit]) -> Unit:
    first, last = units[0], units[-1]
    full = "".join(unit.full for unit in units)
    bare = first.bare + full[len(first.full) :]
    return Unit(first.first, last.first + last.count - first.first, full, bare)


def _likeness(old: Sequence[str], new: Sequence[str], bare_old: Sequence[str], bare_new: Sequence[str]) -> Pairs:
    """The choice of pairs, in order, that are most alike in sum; an exact match weighs more than any likeness."""
    shingles_old, shingles_new = [shingles(text) for text in bare_old], [shingles(text) for text in bare_new]
    width = len(new) + 1
    best = [0.0] * ((len(old) + 1) * width)
    taken = set()
    for i, here in enumerate(shingles_old):
        for j, there in enumerate(shingles_new):
            weight = 1.9 if bare_old[i] == bare_new[j] else similarity(here, there)
            weight = 2.0 if old[i] == new[j] else weight
            with_pair = best[i * width + j] + weight if weight >= ALIKE else 0.0
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


def _same_once(old: Sequence[str], new: Sequence[str]) -> Pairs:
    counts_old, counts_new = Counter(old), Counter(new)
    places = {text: j for j, text in enumerate(new) if counts_new[text] == 1}
    return in_order([(i, places[text]) for i, text in enumerate(old) if counts_old[text] == 1 and text in places])


def _shared_clauses(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Pairs that share clauses which occur in one old and one new paragraph only: where large blocks can be cut."""
    return in_order(_favourites(old, new, ALIKE))


def _favourites(old: Sequence[str], new: Sequence[str], least: float) -> Pairs:
    """For each old paragraph the new one that it shares most clauses with which occur nowhere else; each at most once.

    Args:
        old: paragraphs.
        new: paragraphs.
        least: the least share of characters in such clauses, 0 to 1.
    """
    homes_old, homes_new = _only_homes(old), _only_homes(new)
    shared: Counter[tuple[int, int]] = Counter()
    for clause in homes_old.keys() & homes_new.keys():
        shared[homes_old[clause], homes_new[clause]] += len(clause)
    chosen: dict[int, int] = {}
    given: set[int] = set()
    for (i, j), size in sorted(shared.items(), key=lambda vote: (-vote[1], vote[0])):
        if i not in chosen and j not in given and 2 * size >= least * (len(old[i]) + len(new[j])):
            chosen[i] = j
            given.add(j)
    return sorted(chosen.items())


def _only_homes(paragraphs: Sequence[str]) -> dict[str, int]:
    """By clause, the paragraph that alone has it; digits count alike, since a number is what is most often edited."""
    homes: dict[str, int] = {}
    for at, paragraph in enumerate(paragraphs):
        for clause in _CLAUSE.findall(_DIGITS.sub("0", paragraph)):
            homes[clause] = at if homes.get(clause, at) == at else -1
    return {clause: at for clause, at in homes.items() if at >= 0}


def shingles(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters; digits count alike."""
    padded = "\n" + _DIGITS.sub("0", text) + "\n"
    return frozenset(map("".join, pairwise(padded)))


def similarity(here: frozenset[str], there: frozenset[str]) -> float:
    """Dice's coefficient, 0 to 1."""
    both = len(here) + len(there)
    if 2 * min(len(here), len(there)) < ALIKE * both:
        return 0.0  # less than anyone asks for, whatever they share
    return 2 * len(here & there) / both
