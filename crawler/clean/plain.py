"""Finds a text without a sentence (a telephone number, a list of names) by its place below the title. Weighs no prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.clean.noise import is_closing, is_furniture, is_head, is_tool_line, is_turn
from crawler.clean.prose import Weighed, is_end
from crawler.clean.title_place import TitlePlace
from spiders.lines import Line, is_chrome

_LEAST = 12  # characters; a shorter first line may be a button, a label or a tag
_LONGEST_HEADING = 10  # characters of the name of a column
_LONGEST_BUTTONS = 60  # characters of a line of them
_LEAST_TITLE = 8  # characters, where nothing but the title tells the place; an error page may be called 404
_MOST_OF_COLUMN = 160  # characters of prose that the site's own column may hold
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "legend", "strong"})
_COUNT = re.compile(
    r"(?:阅读|浏览|点击|访问|评论|点赞|收藏|人气)[量数次]{0,2}\s?[:：]?\s?\d{1,9}|约?\s?\d{1,5}\s?(?:分钟|字|次|人|条|个)|[（(]\s?\d{1,5}\s?[）)]"
)
_HEADING_END = re.compile(r"[：:，。；]$|^[一二三四五六七八九十\d(（第]")


def plain_text(lines: Sequence[Weighed], place: TitlePlace, title: str) -> list[Weighed]:
    """The lines that stand where a text would begin, directly below title, date and source; none where a tool or link does.

    Args:
        lines: those behind the title.
        place: where the title is; without date or source beside it, only a paragraph directly below and beside it counts.
        title: it may stand there once more.
    """
    skipped = False
    for position, one in enumerate(lines):
        text, is_hint = one.line.text, one.weight < 0 and (not one.line.linked or is_furniture(one.line.text))
        if text in title or is_head(one.line) or is_tool_line(text):
            continue
        if _says_little(one) or is_hint:
            skipped = skipped or is_hint
            continue
        if len(text) < _LEAST or one.line.linked or any(is_chrome(node) for node in one.path):
            return []
        if skipped and not _is_near(one, place):
            return []
        if not place.anchored and (
            len(title) < _LEAST_TITLE or position > 0 or one.line.block.getparent() is not place.block.getparent()
        ):
            return []
        return _group(lines[position:])
    return []


def is_small(found: Sequence[Weighed]) -> bool:
    """Whether the prose of what looks like the text is no more than a column of the site's may hold."""
    return sum(max(0, one.weight) for one in found) <= _MOST_OF_COLUMN


def nearer(found: Sequence[Weighed], plain: Sequence[Weighed], behind: Sequence[Weighed], place: TitlePlace) -> bool:
    """Whether the plain lines are the text, and what looks like it is a column of the site's: little prose, and apart.

    Args:
        found: the lines with the prose, perhaps none.
        plain: the plain lines, perhaps none.
        behind: all lines behind the title, in which both are.
        place: where the title is.
    """
    if not found or not plain:
        return not found
    positions = {id(one): at for at, one in enumerate(behind)}
    ends, begins = positions[id(plain[-1])], positions[id(found[0])]
    if ends >= begins:
        return False
    others = {one.line.block.tag for one in found[1:]}
    if _is_heading(found[0].line) and found[0].line.block.tag not in others:
        return True
    between = behind[ends + 1 : begins]
    if any(_is_heading(one.line) or is_closing(one.line) or is_turn(one.line.text) for one in between):
        return True
    above = {place.head, *place.head.iterancestors()}
    is_in_own_box = plain[0].line.block.getparent() not in above or plain[0].line.block is place.head
    closeness = [sum(node in above for node in one.path) for one in (plain[0], *found)]
    return max(closeness[1:]) < closeness[0] and (is_in_own_box or not any(_is_near(one, place) for one in found))


def _is_heading(line: Line) -> bool:
    return line.block.tag in _HEADINGS and len(line.text) <= _LONGEST_HEADING and not _HEADING_END.search(line.text)


def _says_little(one: Weighed) -> bool:
    """Whether this is a button of a few characters between byline and text."""
    if one.line.linked and len(one.line.text) <= _LONGEST_BUTTONS and _are_buttons(one.line.block):
        return True
    text = _COUNT.sub("", one.line.text)
    return len(text) <= _LONGEST_HEADING and one.weight <= 0 and not any(map(str.isdigit, text))


def _are_buttons(block: HtmlElement) -> bool:
    """Whether every link of a line leads nowhere without a script."""
    addresses = [(link.get("href") or "#").strip().lower() for link in block.iter("a")]
    return all(address.startswith(("#", "javascript:")) for address in addresses)


def _is_near(one: Weighed, place: TitlePlace) -> bool:
    """Whether an element smaller than the page holds title and line."""
    above: set[HtmlElement] = {place.head, *place.head.iterancestors()}
    return any(node in above and node.tag not in {"body", "html", "form"} for node in one.path)


def _group(lines: Sequence[Weighed]) -> list[Weighed]:
    """The first line and those that go with it: made alike or in the same element; links between them are passed over."""
    first = lines[0]
    block, above = first.line.block, first.line.block.getparent()
    made = _make(first)

    def goes_with(other: Weighed) -> bool:
        beside = other.line.block is block or other.line.block.getparent() is above or above in other.path[:-1]
        return (beside or _make(other) == made) and _is_plain(other)

    group = list(takewhile(goes_with, lines))
    behind = takewhile(lambda one: not is_end(one.line), lines[len(group) :])
    return group + [one for one in behind if one.line.block.getparent() is above and _make(one) == made and _is_plain(one)]


def _make(one: Weighed) -> tuple[object, ...]:
    """How a line's block is made, from the page's root on."""
    return (*(node.tag for node in one.path), one.line.block.get("class"), one.line.block.get("style"))


def _is_plain(one: Weighed) -> bool:
    return one.weight >= 0 and not one.line.linked and not is_tool_line(one.line.text)
