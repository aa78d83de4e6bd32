"""Cuts Chinese text into the smallest pieces that a diff may touch. Interprets no number and judges no change.

Longest first: a number with its qualifiers and its unit (近百家, 1680余万元, 12.5个百分点, 第3批), a word, a run of Latin
letters, a run of white space, a single other character. The marks 《》 are pieces of their own, so the name between them
is cut as the words that it is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from crawler.numbers import NUMBER

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇"

_PIECE = re.compile(rf"\s+|([{_HAN}]+)|(?:(?![{_HAN}])[^\W\d_])+|.", re.DOTALL)


def tokens(text: str) -> tuple[str, ...]:
    """The smallest pieces of a text that a diff may touch, in order.

    Joined together they are the text again, and no boundary lies inside a run of digits with its separators.
    """
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    found = [match.span() for match in NUMBER.finditer(text)]
    for (_, start), (end, after) in pairwise([(0, 0), *found, (len(text), len(text))]):
        for piece in _PIECE.finditer(text, start, end):
            yield from _words(piece[0]) if piece[1] else (piece[0],)
        if end < after:
            yield text[end:after]


def _words(han: str) -> list[str]:
    import rjieba  # noqa: PLC0415  its dictionary takes 150 ms to load; most visits change nothing and never need it

    # Without guessing unknown words (hmm=False): the same word is cut the same way whatever stands next to it more often.
    return rjieba.cut(han, False)  # noqa: FBT003  the library takes it by position
