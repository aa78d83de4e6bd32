"""Finds the enumerations of a text: 一是…二是…, （1）…（2）…, 首先…其次…. Decides which ordinals count, and builds no tree.

An ordinal in the middle of a paragraph counts only in a run of its kind that begins with the first and goes on, so that
统一是, 一方面 alone, or a clause cited in brackets makes no section. The same holds for words at a paragraph's beginning;
a number there (二、 （三） 4.) counts by itself, since sources miss and repeat numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.interpret.ordinals import LAST, WORDS, Ordinal, Style, ordinal_at

_LEAST_WORDS = 2  # code points from one ordinal to the next; cited clauses, （一）（二）项, have none
_SKIP = 2  # 一是 … 三是: how far the next of a run may lie from the last one; sources lose items
_STOPS = frozenset("。；;：:！？!?”’」』\"'…— \t\u00a0\u2003\u3000")
_BOUNDARY = frozenset(_STOPS | set("，,、》）)】%％.．"))
_INTRODUCING = "中括含为"  # 其中（1）…, 包括（1）…
# What may begin an ordinal within a paragraph, after a mark or a space. A word from the second on may lack its mark.
_INLINE = re.compile(
    "(?<=[。；;：:！？!?，,、”’」』》）)】\"'…—%％.． \t\u00a0\u2003\u3000])"
    "(?=[一二三四五六七八九十首其再最另第0-9０-９（(①-⑳⑴-⒇⒈-⒛])"
    "|(?<=[一-鿿])(?=[二三四五六七八九十]{1,2}[是要]|[①-⑳])|(?<=[中括含为])(?=[（(⑴])"
)
# 周二是, 第三是, 十二是, 其二是: no mark is missing here.
_NO_MARK_MISSING = frozenset("一二三四五六七八九十百千万零两期周拜第其初前后老小大数统唯单独")


@dataclass(frozen=True)
class Item:
    """An ordinal that counts."""

    ordinal: Ordinal
    initial: bool  # it begins its paragraph
    leader: bool  # it begins a run within its paragraph, or its paragraph
    goes_on: bool  # a later paragraph begins with the next of its run


def items(body: Sequence[str], initials: Sequence[Ordinal | None]) -> list[list[Item]]:
    """The ordinals of each paragraph that count, in order.

    Args:
        body: paragraphs.
        initials: the ordinal that each begins with; None where it begins with none.
    """
    runs = [_runs(text, initial) for text, initial in zip(body, initials, strict=True)]
    following = _following(runs)
    found: list[list[Item]] = []
    before: Ordinal | None = None  # the last of the words' run that the paragraphs above may have left open
    for marks, after in zip(runs, following, strict=True):
        kept: list[Item] = []
        for run in marks:
            first, last = run[0], run[-1]
            goes_on = after is not None and last.style in WORDS and _follows(last, after)
            alone = len(run) == 1 and not goes_on
            initial = _is_initial(first, marks)
            if alone and not _counts_alone(first, before, initial=initial):
                continue
            kept += [Item(one, initial and one is first, one is first, goes_on and one is last) for one in run]
        found.append(sorted(kept, key=lambda item: item.ordinal.start))
        before = _left_open(kept, before)
    return found


def _runs(text: str, initial: Ordinal | None) -> list[list[Ordinal]]:
    """The runs within one paragraph, each of one style; the paragraph's own ordinal begins one, however long."""
    opened: dict[Style, list[Ordinal]] = {}
    done: list[list[Ordinal]] = []
    if initial is not None:
        opened[initial.style] = [initial]
        done.append(opened[initial.style])
    for mark in _marks(text, initial.after if initial is not None else 0):
        run = opened.get(mark.style)
        if run is not None and mark.start - run[-1].after < _LEAST_WORDS:
            continue
        if run is not None and _follows(run[-1], mark):
            run.append(mark)
        elif mark.value == 1:
            opened[mark.style] = [mark]
            done.append(opened[mark.style])
    return [run for run in done if len(run) > 1 or run[0] is initial or run[0].style in WORDS]


def _marks(text: str, start: int) -> Iterator[Ordinal]:
    for place in _INLINE.finditer(text, start):
        at = place.start()
        mark = ordinal_at(text, at)
        if mark is not None and _stands_free(text, mark):
            yield mark


def _stands_free(text: str, mark: Ordinal) -> bool:
    """Whether what stands before an ordinal within a paragraph lets it be one."""
    before = text[mark.start - 1]
    if mark.style in WORDS:
        if before in _BOUNDARY:
            return before != "、"
        return mark.style is Style.COUNTED and mark.value > 1 and before not in _NO_MARK_MISSING
    if mark.style is Style.CIRCLED:
        return True
    if mark.style is Style.ARABIC_BRACKETED:
        return before != "、" and (before in _BOUNDARY or before in _INTRODUCING)
    if mark.style in {Style.HAN_BRACKETED, Style.ARABIC, Style.ARABIC_HALF, Style.HAN}:
        return before in _STOPS
    return False


def _follows(last: Ordinal, mark: Ordinal) -> bool:
    """Whether an ordinal is the next of a run, a repeated or a lost one forgiven."""
    if last.style is not mark.style or mark.value == 1 or last.value == LAST:
        return False
    return mark.value == LAST or 0 <= mark.value - last.value <= _SKIP


def _following(runs: Sequence[list[list[Ordinal]]]) -> list[Ordinal | None]:
    """For each paragraph the words that a later one begins with, before any number of the two upper levels."""
    found: list[Ordinal | None] = []
    after: Ordinal | None = None
    for marks in reversed(runs):
        found.append(after)
        first = marks[0][0] if marks and _is_initial(marks[0][0], marks) else None
        if first is not None and first.style in WORDS:
            after = first
        elif first is not None and first.style.value <= Style.HAN_BRACKETED.value:
            after = None
    return found[::-1]


def _is_initial(mark: Ordinal, marks: Sequence[Sequence[Ordinal]]) -> bool:
    return mark is marks[0][0] and mark.start == 0


def _counts_alone(mark: Ordinal, before: Ordinal | None, *, initial: bool) -> bool:
    """Whether an ordinal without a second one in its paragraph and none following counts."""
    if not initial:
        return False
    return mark.style not in WORDS or (before is not None and _follows(before, mark))


def _left_open(kept: Sequence[Item], before: Ordinal | None) -> Ordinal | None:
    words = [item for item in kept if item.ordinal.style in WORDS]
    if words:
        return words[-1].ordinal
    upper = any(item.initial and item.ordinal.style.value <= Style.HAN_BRACKETED.value for item in kept)
    return None if upper else before
