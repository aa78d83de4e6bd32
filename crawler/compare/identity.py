"""Whether two texts are one report or two, by their titles and by the stretches they share. Knows no address and no time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Final

ENOUGH_TO_KNOW_AGAIN: Final = 100
"""Characters of body. Shorter texts (a line and an attachment) are alike by chance and never make two addresses one report."""
ENOUGH_TO_KNOW_A_COPY: Final = 300
"""Characters of body from which a text that is not quite the same may be a corrected copy: below it two notices made from
one form are as alike as that."""
SAME_WORK: Final = 0.7
"""From this resemblance on two texts are one report, whatever their titles (CourtListener's lower bound)."""
CORRECTED_COPY: Final = 0.9
"""The same for two addresses, where the price of a mistake is a report that nobody hears of (CourtListener's upper bound)."""
SAME_TITLE: Final = 0.7
SAME_LENGTH: Final = 0.7
"""The shorter copy's share of the longer one's length."""
PART_KEPT: Final = 0.5
"""A text of which half stands in the other one was cut or added to, and is still that report."""

_SHINGLE: Final = 5  # characters
_LONGEST_TITLE: Final = 300  # characters of it that are compared
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_DIGITS: Final = re.compile(r"\d+")

Fold = Callable[[str], str]


def shingles(body: Sequence[str], fold: Fold = str) -> frozenset[str]:
    """All stretches of five characters of a text, as `fold` leaves it."""
    text = fold("".join(body))
    return frozenset(text[at : at + _SHINGLE] for at in range(max(len(text) - _SHINGLE + 1, 1)))


def resemblance(one: Sequence[str], other: Sequence[str], fold: Fold = str) -> float:
    """The share of stretches that two texts have in common, 0 to 1 (Broder's resemblance)."""
    mine, its = shingles(one, fold), shingles(other, fold)
    return len(mine & its) / len(mine | its)


def containment(one: Sequence[str], other: Sequence[str], fold: Fold = str) -> float:
    """The share of the smaller text's stretches that stand in the other, 0 to 1."""
    mine, its = shingles(one, fold), shingles(other, fold)
    return len(mine & its) / min(len(mine), len(its))


def title_likeness(one: str, other: str, fold: Fold = str) -> float:
    """How alike two titles are, 0 to 1."""
    mine, its = fold(one)[:_LONGEST_TITLE], fold(other)[:_LONGEST_TITLE]
    return SequenceMatcher(None, mine, its, autojunk=False).ratio()


def is_same_report(old: tuple[str, Sequence[str]], new: tuple[str, Sequence[str]], fold: Fold = str) -> bool:
    """Whether what stands at an address is still the report that stood there, however edited.

    A doubt is decided for the same report: a page that fell to pieces is told as a revision, never as a new report.

    Args:
        old: title and body as they were.
        new: title and body as they are.
        fold: what counts of a text, as in `compare_texts`.
    """
    (old_title, old_body), (new_title, new_body) = old, new
    if min(_length(old_body), _length(new_body)) < ENOUGH_TO_KNOW_AGAIN:
        return True
    if resemblance(old_body, new_body, fold) >= SAME_WORK:
        return True
    years = set(_YEAR.findall(old_title)), set(_YEAR.findall(new_title))
    if years[0] and years[1] and years[0].isdisjoint(years[1]):
        return False  # 2020年工作总结 became 2021年工作总结: the address is used again every year
    return title_likeness(old_title, new_title, fold) >= SAME_TITLE or containment(old_body, new_body, fold) >= PART_KEPT


def is_corrected_copy(old: tuple[str, Sequence[str]], new: tuple[str, Sequence[str]], fold: Fold = str) -> bool:
    """Whether the text at another address is the same report with a few corrections.

    A doubt is decided for two reports: none may be lost. Titles must have the same numbers in them, and where the bodies
    differ the titles must not.

    Args:
        old: title and body of the known report.
        new: title and body at the other address.
        fold: what counts of a text, as in `compare_texts`.
    """
    (old_title, old_body), (new_title, new_body) = old, new
    lengths = sorted((_length(old_body), _length(new_body)))
    if lengths[0] < ENOUGH_TO_KNOW_A_COPY or lengths[0] < SAME_LENGTH * lengths[1]:
        return False
    if fold(old_title) == fold(new_title):
        return resemblance(old_body, new_body, fold) >= CORRECTED_COPY
    same_numbers = _DIGITS.findall(old_title) == _DIGITS.findall(new_title)
    same_body = fold("".join(old_body)) == fold("".join(new_body))
    return same_body and same_numbers and title_likeness(old_title, new_title, fold) >= SAME_TITLE


def _length(body: Sequence[str]) -> int:
    return sum(map(len, body))
