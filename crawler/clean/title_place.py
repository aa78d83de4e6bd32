"""Finds where on a page the report's title stands, behind which its text begins. Does not find the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.clean.prose import weighed
from spiders.dates import dates_in
from spiders.lines import Line
from spiders.metadata import shown_source, title_length
from spiders.titles import names_title

_NEAR_BEFORE, _NEAR_AFTER = 2, 8  # lines around the title in which date and source stand
_BLOCK_BEFORE = 8  # lines before the title in which a block of fields may label its date
_LONGEST_HEAD = 120  # characters of such a line
_LEAST_TITLE = 8  # characters; a part of a shorter title may be anything
_RECORDED_DATE = re.compile(
    r"(?:发布|生成|成文|发文|公开|公布|印发)\s{0,4}(?:时\s{0,4}间|日\s{0,4}期)\s{0,4}[:：∶]?\s{0,4}(?:\|\s{0,4})?\d{4}"
)
_LABELLED_DATE = re.compile(r"发布(?:时间|日期)\s{0,4}[:：∶]\s{0,4}(?:\|\s{0,4})?\d{4}")


@dataclass(frozen=True)
class TitlePlace:
    """Where the page shows the title."""

    end: int  # index of the first line behind it
    block: HtmlElement
    head: HtmlElement  # the block of the last line of date and source behind it, else the same
    anchored: bool  # whether date or source stand beside it


def title_place(lines: Sequence[Line], title: str) -> TitlePlace | None:
    """The first place with a date or a source beside it, else the first one, else the line of date and source itself.

    Args:
        lines: the page's visible lines.
        title: the report's title.
    """
    found: TitlePlace | None = None
    for position, length in _titles(lines, title):
        end = position + length
        beside = (*lines[max(0, position - _NEAR_BEFORE) : position], *lines[position : end + _NEAR_AFTER])
        above = lines[max(0, position - _BLOCK_BEFORE) : position]
        anchored = any(_is_date_line(line) for line in beside) or any(_RECORDED_DATE.search(line.text) for line in above)
        head = _last_of_head(lines[end : end + _NEAR_AFTER], lines[position].block)
        place = TitlePlace(end, lines[position].block, head, anchored=anchored or _begins_at(lines, end, title))
        if place.anchored:
            return place
        found = found or place
    if found is not None:
        return found
    dated = next((position for position, line in enumerate(lines) if names_title(line, title)), None)
    if dated is None:
        dated = next(
            (position for position, line in enumerate(lines) if _LABELLED_DATE.search(line.text[:_LONGEST_HEAD])), None
        )
    return None if dated is None else TitlePlace(dated + 1, lines[dated].block, lines[dated].block, anchored=True)


def _last_of_head(lines: Sequence[Line], heading: HtmlElement) -> HtmlElement:
    """The block of the last of these lines that tells date or source, before any that may be the text's; else the heading."""
    head = list(takewhile(lambda line: len(line.text) <= _LONGEST_HEAD and "。" not in line.text, lines))
    return next((line.block for line in reversed(head) if _is_date_line(line)), heading)


def _begins_at(lines: Sequence[Line], end: int, title: str) -> bool:
    """Whether a sentence stands directly below the whole title: a text begins, and needs no date beside it."""
    return len(title) >= _LEAST_TITLE and any(one.weight > 0 for one in weighed(lines[end : end + 1]))


def _titles(lines: Sequence[Line], title: str) -> Iterator[tuple[int, int]]:
    """Index and number of the lines that spell the title, or most of it: <title> may hold the site's name too."""
    whole = "".join(title.split())
    for position, line in enumerate(lines):
        if 2 * line.linked >= len(line.text):
            continue
        length = title_length(lines[position : position + 3], title)
        if not length and len(line.text) <= len(title) and 2 * len(line.text) > len(title) >= _LEAST_TITLE:
            length = int("".join(line.text.split()) in whole)
        if length:
            yield position, length


def _is_date_line(line: Line) -> bool:
    text = line.text
    return len(text) <= _LONGEST_HEAD and (bool(shown_source(text)) or any(True for _ in dates_in(text)))
