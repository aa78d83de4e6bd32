"""Pairs the sections of two reports by what their headings and texts say, not by their numbers. Compares no figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from crawler.knowledge import Section, Told

_DEPTHS = 3  # of the tree: 一、 （一） 1. in most reports, 一、 一是 in others
_LONGEST = 60  # code points of a heading that names a topic; what is longer is a sentence
_MOST = 400  # topics of one report that are looked at; the longest seed has 41
_PIECES = 6000  # code points of a section's text that are looked at
_COMMON = 12  # sections that hold a piece of text; what stands in more is a set phrase

# Likeness is the share of pieces in common (Dice), 0 to 1.
_SAME_HEADING = 0.6  # from which a heading alone pairs two sections
_SAME_TEXT = 0.35  # from which the text alone does
_ALIKE = 0.7  # of both added, where neither suffices
_NEAR = 0.3  # weight of the headings above: 一是 under one 一、 rather than under another


@dataclass(frozen=True)
class Topic:
    """A section with a heading in words."""

    section: Section
    words: frozenset[str]  # pairs of characters of its heading
    above: frozenset[str]  # of the heading above it
    text: frozenset[str]  # runs of four characters of its text


def topics(told: Told, fold: Callable[[str], str]) -> tuple[Topic, ...]:
    """The sections of a report that name a topic: the upper three levels of its tree, with a heading, begun by a paragraph.

    Args:
        told: the report, with its sections.
        fold: takes white space and width from a text.
    """
    body = "\n".join(told.body)
    starts = [0, *accumulate(len(text) + 1 for text in told.body)]
    depths: list[int] = []
    words: list[frozenset[str]] = []
    found: list[Topic] = []
    for section in told.sections:
        parent = section.parent
        depths.append(0 if parent is None else depths[parent] + 1)
        heading = fold(section.heading) if len(section.heading) <= _LONGEST else ""
        words.append(_pieces("".join(one for one in heading if not one.isdecimal()), 2))
        begins = section.start == starts[section.paragraph]
        if begins and depths[-1] < _DEPTHS and words[-1] and len(found) < _MOST:
            text = _pieces(fold(body[section.start : min(section.end, section.start + _PIECES)]), 4)
            found.append(Topic(section, words[-1], frozenset() if parent is None else words[parent], text))
    return tuple(found)


def paired(old: Sequence[Topic], new: Sequence[Topic]) -> list[tuple[Topic, Topic]]:
    """The topics that both reports have, in the order of the new one. Each is paired once, the most alike first."""
    shared = _shared(old, new)
    scored = []
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            heading = _dice(len(one.words & other.words), one.words, other.words)
            text = _dice(shared[i, j], one.text, other.text)
            if heading >= _SAME_HEADING or text >= _SAME_TEXT or heading + text >= _ALIKE:
                near = _dice(len(one.above & other.above), one.above, other.above)
                scored.append((heading + text + _NEAR * near, i, j))
    scored.sort(key=lambda found: (-found[0], abs(found[1] - found[2]), found[1]))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in scored:
        if j not in pairs and i not in taken:
            pairs[j] = i
            taken.add(i)
    return [(old[i], new[j]) for j, i in sorted(pairs.items())]


def _pieces(text: str, length: int) -> frozenset[str]:
    return frozenset(text[at : at + length] for at in range(max(1, len(text) - length + 1))) - {""}


def _shared(old: Sequence[Topic], new: Sequence[Topic]) -> Counter[tuple[int, int]]:
    """How many pieces of text each two sections share."""
    holders: dict[str, list[int]] = {}
    for j, topic in enumerate(new):
        for piece in topic.text:
            holders.setdefault(piece, []).append(j)
    return Counter(
        (i, j)
        for i, topic in enumerate(old)
        for piece in topic.text
        if len(holding := holders.get(piece, [])) <= _COMMON
        for j in holding
    )


def _dice(common: int, one: frozenset[str], other: frozenset[str]) -> float:
    if not one and not other:
        return 1.0
    return 2 * common / (len(one) + len(other))
