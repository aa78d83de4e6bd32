"""Turns a report's paragraphs into a tree of sections. Reads no figure, and changes no text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Final

from crawler.interpret.ordinals import LEVELS, RUNNING, Mark, Style, mark_at_start, marks_within
from crawler.knowledge import Section

_LONGEST_HEADING: Final = 60  # characters; the longest of the seed reports has 45
_IN_WORDS: Final = 2  # levels whose headings stand in a path with their words
_ENDS: Final = "。．.;；：:"
_SENTENCE: Final = re.compile(r"[。！？!?；;](?=[”’\"]?)")
_TAIL: Final = re.compile(r"附\s{0,4}件\s{0,4}(?:\d{1,2}|[一二三四五六七八九十])?\s{0,4}[:：]?")
_UNNUMBERED: Final = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff、与和及“”\"（）()《》\s]{1,28}[\u4e00-\u9fff”\"）)》]")
_MUCH_TEXT: Final = 40  # characters; what follows a heading without ordinal has as many, or an ordinal


@dataclass(frozen=True)
class _Start:
    """Where a section begins: its ordinal, or the whole paragraph where it has none."""

    paragraph: int
    mark: Mark | None
    inline: bool  # ends with its paragraph, whatever follows
    last: int | None = None  # paragraph after which it ends, where something says so


def outline(body: Sequence[str]) -> tuple[Section, ...]:
    """The sections of a report, in reading order.

    A paragraph begins a section by its ordinal; 一是 and the like do so only where a second one follows. Numbers in order are
    not asked for: real reports skip and repeat them. What is counted within a paragraph ends with the paragraph. Where
    一是, 二是 begin paragraphs, what stands between them belongs to the one before; what follows the last belongs to it
    only if earlier ones have such paragraphs too, else to the heading above.

    Args:
        body: paragraphs.

    Returns:
        Sections whose offsets count code points of the paragraphs joined by newlines.
    """
    starts = list(_starts(body))
    return _Tree(body, starts).sections()


def _starts(body: Sequence[str]) -> list[_Start]:
    first = [mark_at_start(paragraph) for paragraph in body]
    end = _tail(body, first)
    runs = _runs_of_paragraphs(first[:end])
    numbered = any(mark is not None and LEVELS[mark.style] <= _IN_WORDS for mark in first[:end])
    found: list[_Start] = []
    for at, paragraph in enumerate(body[:end]):
        mark = first[at]
        inline = _inline(paragraph, mark)
        if mark is not None and mark.style in RUNNING:
            if at in runs:
                found.append(_Start(at, mark, inline=False, last=runs[at]))
            elif inline and inline[0].style is mark.style:
                found.append(_Start(at, mark, inline=True))
        elif mark is not None:
            found.append(_Start(at, mark, inline=False))
        elif not numbered and _is_heading(body, first, at):
            found.append(_Start(at, None, inline=False))
        found.extend(_Start(at, inner, inline=True) for inner in inline)
    return found


def _tail(body: Sequence[str], first: Sequence[Mark | None]) -> int:
    """Where the list of attachments begins: its numbers are no headings."""
    for at, paragraph in enumerate(body):
        found = _TAIL.match(paragraph.strip())
        if found and (found[0].endswith((":", "：")) or found.end() == len(paragraph.strip())):
            later = (mark for mark in first[at + 1 :] if mark is not None)
            if not any(LEVELS[mark.style] <= _IN_WORDS for mark in later):
                return at
    return len(body)


def _runs_of_paragraphs(first: Sequence[Mark | None]) -> dict[int, int | None]:
    """Paragraphs that begin with 一是, 二是 … in turn, each with the paragraph after which it ends at the latest."""
    found: dict[int, int | None] = {}
    run: list[int] = []

    def close() -> None:
        if len(run) > 1:
            carries_on = any(later - earlier > 1 for earlier, later in pairwise(run))
            found.update(dict.fromkeys(run))
            if not carries_on:
                found[run[-1]] = run[-1]
        run.clear()

    for at, mark in enumerate(first):
        if mark is None:
            continue
        if mark.style not in RUNNING:
            close()
            continue
        before = first[run[-1]] if run else None
        if before is not None and (mark.style is not before.style or mark.number <= before.number):
            close()
        if run or mark.number == 1:
            run.append(at)
    close()
    return found


def _inline(paragraph: str, mark: Mark | None) -> list[Mark]:
    """The ordinals within a paragraph that count on, from 1, or from the one that the paragraph begins with."""
    found: list[Mark] = []
    chains: dict[Style, list[Mark]] = {}
    if mark is not None:
        chains[mark.style] = [mark]
    for inner in marks_within(paragraph, mark.end if mark is not None else 1):
        chain = chains.get(inner.style)
        if chain and _follows(chain[-1], inner):
            chain.append(inner)
        elif inner.number == 1:
            found.extend(_kept(chain or [], mark))
            chains[inner.style] = [inner]
    for chain in chains.values():
        found.extend(_kept(chain, mark))
    return sorted(found, key=lambda inner: inner.start)


def _follows(before: Mark, after: Mark) -> bool:
    return after.number == before.number + 1 or (after.style is Style.TURN and after.number > before.number)


def _kept(chain: Sequence[Mark], first: Mark | None) -> Sequence[Mark]:
    if len(chain) < 2:
        return ()
    return chain[1:] if chain[0] is first else chain


def _is_heading(body: Sequence[str], first: Sequence[Mark | None], at: int) -> bool:
    """Whether a paragraph without ordinal is a heading, in a report that numbers none: short, without a stop, text after it."""
    if at + 1 >= len(body) or not _UNNUMBERED.fullmatch(body[at].strip()):
        return False
    return len(body[at + 1]) >= _MUCH_TEXT or (first[at + 1] is not None and not _UNNUMBERED.fullmatch(body[at + 1].strip()))


class _Tree:
    """Sections as they open and close from start to start."""

    def __init__(self, body: Sequence[str], starts: Sequence[_Start]) -> None:
        self._body = body
        self._starts = starts
        self._offsets = [0, *accumulate(len(paragraph) + 1 for paragraph in body)]
        self._made: list[Section] = []
        self._open: list[tuple[int, Style | None, int]] = []  # section, its style, where it ends at the latest
        levels = {LEVELS[start.mark.style] for start in starts if start.mark is not None}
        self._top = min(levels, default=1)

    def sections(self) -> tuple[Section, ...]:
        for start in self._starts:
            self._begin(start)
        self._close_to(0, max(self._offsets[-1] - 1, 0))
        return tuple(self._made)

    def _begin(self, start: _Start) -> None:
        paragraph = self._body[start.paragraph]
        style = start.mark.style if start.mark is not None else None
        begins = self._offsets[start.paragraph] + (start.mark.start if start.mark is not None else 0)
        last = start.paragraph if start.inline else len(self._body) - 1 if start.last is None else start.last
        ends_at = self._offsets[last + 1] - 1
        self._close_to(self._depth_for(style, begins), begins)
        parent = self._open[-1][0] if self._open else None
        heading, run_in = _heading(paragraph, start)
        ordinal = start.mark.ordinal if start.mark is not None else ""
        level = LEVELS[style] if style is not None else 1
        label = self._label(level, ordinal, heading)
        path = f"{self._made[parent].path} > {label}" if parent is not None else label
        self._open.append((len(self._made), style, ends_at))
        self._made.append(Section(level, ordinal, heading, run_in, path, parent, start.paragraph, begins, ends_at))

    def _depth_for(self, style: Style | None, begins: int) -> int:
        """How many of the open sections stay open: those above one of this style that have not ended yet."""
        depth = 0
        while depth < len(self._open) and begins < self._open[depth][2] and self._is_above(self._open[depth][1], style):
            depth += 1
        return depth

    @staticmethod
    def _is_above(above: Style | None, style: Style | None) -> bool:
        if above is style or style is None:
            return False
        if above is None:
            return True
        if above is Style.ARTICLE:  # in a statute （一） and 1. are items of an article
            return style not in {Style.CHAPTER, Style.PART}
        if style is Style.ARTICLE:
            return above in {Style.CHAPTER, Style.PART}
        if LEVELS[above] == LEVELS[style]:  # ① below （1）, 一要 below 一是, 一、 below 第一章
            return list(Style).index(above) < list(Style).index(style)
        return LEVELS[above] < LEVELS[style]

    def _close_to(self, depth: int, at: int) -> None:
        while len(self._open) > depth:
            index, _, latest = self._open.pop()
            end = max(min(at, latest), self._made[index].start + 1)
            self._made[index] = replace(self._made[index], end=end)

    def _label(self, level: int, ordinal: str, heading: str) -> str:
        if level <= _IN_WORDS or (level == self._top and level < max(LEVELS.values())):
            return f"{ordinal}{heading}"
        return ordinal


def _heading(paragraph: str, start: _Start) -> tuple[str, bool]:
    """A heading's words, and whether text follows them in the paragraph."""
    begin = start.mark.end if start.mark is not None else 0
    rest = paragraph[begin:].rstrip()
    stop = _SENTENCE.search(rest, 0, _LONGEST_HEADING + 1)
    if stop is None or stop.end() >= len(rest.rstrip('”’"')):
        whole = rest.rstrip(_ENDS).strip()
        if len(whole) <= _LONGEST_HEADING and not start.inline:
            return whole, False
        return "", True
    return rest[: stop.start()].strip(), True
