"""Turns a report's paragraphs into the tree of its sections. Reads no figure and judges nothing.

Each style of ordinal has a rank; a heading closes what is open of its rank and below. Two rules for what has no ordinal:
- A paragraph without ordinal after a heading or a number belongs to it, until the next one.
- After the last of 一是…, 二是…, 三是… it belongs to the heading above: such an enumeration is made of sentences, and what
  follows it sums up. It belongs to 三是 where 三是 stands as a line of its own without a stop, as a heading does. Between
  二是 and 三是 it belongs to 二是. None of this asks what other plain paragraphs there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from crawler.interpret.enumerations import Item, items
from crawler.interpret.headings import LONGEST, bare, counts, is_attached, is_closed, split_heading, unnumbered
from crawler.interpret.ordinals import WORDS, Ordinal, Style, ordinal_at, without_impostors
from crawler.knowledge import Section

_CELLS = " | "  # parts the cells of a table's row (spiders.lines, crawler.clean.documents.table_rows)
_IN_WORDS = 2  # levels of a path that are written in words
_LOWEST = 5
_LEVELS = {
    Style.PART: 1,
    Style.CHAPTER: 1,
    Style.DIVISION: 2,
    Style.HAN: 1,
    Style.ARTICLE: 3,
    Style.HAN_BRACKETED: 2,
    Style.ARABIC: 3,
    Style.DECIMAL: 4,
    Style.DECIMAL_THREE: 5,
    Style.DECIMAL_FOUR: 6,
    Style.ARABIC_BRACKETED: 4,
    Style.ARABIC_HALF: 4,
    Style.CIRCLED: 4,
}
_BRACKETED = frozenset({Style.ARABIC_BRACKETED, Style.ARABIC_HALF, Style.CIRCLED})
_ATTACHED_RANK, _LIST_RANK, _HEADS_ALL_RANK, _SUBHEADING_RANK = 0, -1, 5, 25


def outline(body: Sequence[str]) -> tuple[Section, ...]:
    """The sections of a report, in reading order.

    Args:
        body: its paragraphs. Offsets count code points of these joined by newlines.
    """
    lines = [text.strip() for text in body]
    initials = without_impostors([None if _is_row(text) else ordinal_at(text) for text in lines])
    plain = unnumbered(lines, initials)
    found = items(["" if _is_row(text) or is_attached(text) else text for text in lines], initials)
    tree = _Tree(_lifted(initials, plain), _HEADS_ALL_RANK if _tops_itself(initials) else _SUBHEADING_RANK)
    start = 0
    for number, (text, line) in enumerate(zip(body, lines, strict=True)):
        paragraph = _Paragraph(number, start, start + len(text) - len(text.lstrip()), line, start + len(text))
        tree.close_paragraphs(start)
        if is_attached(line):
            tree.attach(paragraph)
        elif number in plain:
            tree.head(paragraph)
        else:
            tree.add(paragraph, found[number])
        start += len(text) + 1
    return tree.finish(max(start - 1, 0))


@dataclass(frozen=True)
class _Paragraph:
    number: int
    start: int
    text_start: int  # after the indent
    text: str
    end: int


@dataclass(eq=False)
class _Open:
    """A section whose end is not known yet."""

    style: Style | None  # None: it has no ordinal
    rank: int
    level: int
    until: int | None  # where it ends at the latest
    initial: bool = True  # it began its paragraph
    goes_on: bool = False  # the next of its run begins a later paragraph
    value: int = 0  # of its ordinal
    index: int = -1  # of its section
    path: str = ""


class _Tree:
    """The sections so far; the open ones, from the top, on a stack."""

    def __init__(self, lifted: int, plain_rank: int) -> None:
        self._lifted = lifted
        self._plain_rank = plain_rank
        self._stack: list[_Open] = []
        self._made: list[Callable[[int], Section]] = []  # each waits for its end
        self._ends: dict[int, int] = {}

    def close_paragraphs(self, start: int) -> None:
        """Close what ends with a paragraph above."""
        while self._stack and (until := self._stack[-1].until) is not None and until < start:
            self._pop(until)

    def attach(self, paragraph: _Paragraph) -> None:
        """Begin the attachments: all that is open ends."""
        while self._stack:
            self._pop(paragraph.start)
        name, colon, _ = paragraph.text.replace("：", ":").partition(":")
        heading = "".join(name.split())
        # What a list of attachments numbers are names; an attachment's own text has headings.
        rank = _LIST_RANK if colon else _ATTACHED_RANK
        self._open(_Open(None, rank, 1, None), paragraph.number, paragraph.start, "", (heading, bool(colon)))

    def head(self, paragraph: _Paragraph) -> None:
        """Begin what stands under a heading without ordinal."""
        rank = self._plain_rank
        while self._stack and self._stack[-1].rank >= rank:
            self._pop(paragraph.start)
        level = max(1 if rank == _HEADS_ALL_RANK else 2, self._level_above() + 1)
        heading = paragraph.text.strip("【】〖〗")
        self._open(_Open(None, rank, level, None), paragraph.number, paragraph.start, "", (heading, False))

    def add(self, paragraph: _Paragraph, found: Sequence[Item]) -> None:
        """Begin the sections that a paragraph's ordinals begin."""
        if found and self._stack and self._stack[0].rank == _LIST_RANK:
            if found[0].ordinal.style.value > Style.HAN.value:
                return
            self._pop(paragraph.start)
        for item, next_start, end in zip(found, *_bounds(found, len(paragraph.text)), strict=True):
            after = item.ordinal.after
            printed = split_heading(paragraph.text[after:next_start], of_enumeration=item.ordinal.style in WORDS)
            run_in = bool(paragraph.text[after + len(printed) : end].strip())
            start = paragraph.start if item.initial else paragraph.text_start + item.ordinal.start
            level = self._place(item, start)
            until = paragraph.end if _ends_with_paragraph(item, paragraph.text[after:end]) else None
            style, value = item.ordinal.style, item.ordinal.value
            begun = _Open(style, style.value, level, until, item.initial, item.goes_on, value)
            self._open(begun, paragraph.number, start, item.ordinal.printed, (printed, run_in))

    def finish(self, end: int) -> tuple[Section, ...]:
        """All sections, in reading order."""
        while self._stack:
            until = self._stack[-1].until
            self._pop(end if until is None else until)
        return tuple(self._made[index](self._ends[index]) for index in range(len(self._made)))

    def _place(self, item: Item, start: int) -> int:
        """Close what ends where an item begins; returns its level."""
        style, initial = item.ordinal.style, item.initial
        sibling = next((one for one in reversed(self._stack) if one.style is style or _mistyped(one, item.ordinal)), None)
        # Within a paragraph a new run closes the one before it there, and stands below what the paragraph begins with.
        if sibling is not None and (initial or not item.leader or not sibling.initial):
            while self._pop(start) is not sibling:
                pass
            return sibling.level
        if not initial:
            return max(_LOWEST, self._level_above() + 1)
        while self._stack and self._stack[-1].rank > style.value and not _nests(self._stack[-1], item.ordinal):
            self._pop(start)
        return max(_LEVELS.get(style, _LOWEST + self._lifted) - self._lifted, self._level_above() + 1)

    def _level_above(self) -> int:
        return self._stack[-1].level if self._stack else 0

    def _open(self, begun: _Open, paragraph: int, start: int, ordinal: str, heading: tuple[str, bool]) -> None:
        printed, run_in = heading
        words = bare(printed)
        # A sentence that states a figure is no heading: its path would change with the figure.
        named = begun.level <= _IN_WORDS and len(words) <= LONGEST and not (is_closed(printed) and counts(words))
        shown = ordinal + (words if named else "")
        above = self._stack[-1] if self._stack else None
        path = f"{above.path} > {shown}" if above else shown
        begun.index, begun.path = len(self._made), path
        self._stack.append(begun)
        parent = above.index if above else None
        self._made.append(partial(Section, begun.level, ordinal, words, run_in, path, parent, paragraph, start))

    def _pop(self, end: int) -> _Open:
        closed = self._stack.pop()
        self._ends[closed.index] = end
        return closed


def _bounds(found: Sequence[Item], length: int) -> tuple[list[int], list[int]]:
    """For each item of a paragraph where the next one begins, and where the next one of its style does."""
    nexts, ends = [], []
    following = length
    of_style: dict[Style, int] = {}
    for item in reversed(found):
        nexts.append(following)
        ends.append(of_style.get(item.ordinal.style, length))
        following = of_style[item.ordinal.style] = item.ordinal.start
    return nexts[::-1], ends[::-1]


def _is_row(text: str) -> bool:
    """Whether a paragraph is the row of a table: its cells are parted as such, or a number stands in a last column."""
    cells = text.split()
    return _CELLS in text or "\t" in text or (len(cells) > 1 and cells[-1].isdecimal())


def _tops_itself(initials: Sequence[Ordinal | None]) -> bool:
    """Whether headings without ordinal are the uppermost of a report: no 一、 and no chapter stands in it."""
    return all(one is None or one.style.value > Style.HAN.value for one in initials)


def _lifted(initials: Sequence[Ordinal | None], plain: frozenset[int]) -> int:
    """By how many levels the numbers of a report rise that has neither 一、 nor （一）: its 1. is the first level."""
    levels = [_LEVELS[one.style] for one in initials if one is not None and one.style not in WORDS]
    return 0 if plain or not levels else min(levels) - 1 if min(levels) > 2 else 0


def _ends_with_paragraph(item: Item, words: str) -> bool:
    """Whether an item holds no paragraph but its own, as the module's head says."""
    if not item.initial:
        return True
    return (
        item.ordinal.style in WORDS
        and not item.goes_on
        and ("。" in words or words.rstrip()[-1:] in {"；", ";", ".", "！", "!"})
    )


def _mistyped(above: _Open, ordinal: Ordinal) -> bool:
    """Whether an ordinal is the next of a list whose last one has other brackets: （1） 2）."""
    return {above.style, ordinal.style} <= _BRACKETED and above.value + 1 == ordinal.value


def _nests(above: _Open, ordinal: Ordinal) -> bool:
    """Whether an ordinal of higher rank begins a list below another: ① and （1） in any order, （1） below an open 一是."""
    if ordinal.value != 1:
        return False
    if above.style in _BRACKETED and ordinal.style in _BRACKETED:
        return True
    return above.style in WORDS and above.goes_on and ordinal.style.value > Style.HAN_BRACKETED.value
