"""Weighs the lines of a page: prose for itself, links and the site's furniture against. Chooses nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.clean.noise import is_closing, is_furniture, is_related, is_tool_line, is_turn
from spiders.lines import Line, is_chrome

_SENTENCE_MARKS = frozenset("。；！？;!?")
_ENDS = ("。", "；", "！", "？", "：", ".")
_LEAST_LEAD = 20  # characters; a shorter line with a comma and a colon may be a label
_LEAST_LINK = 6  # characters that any line of links weighs: menus are many short ones
_LEAST_BESIDE_LINKS = 12  # characters; a sentence says as much beside the links in it, a row of a list only its date
_SITE_END = re.compile(r"版权所有|ICP备|公网安备|网站标识码", re.IGNORECASE)
_FOOTER = re.compile(
    r"(?:主办|承办|主管)(?:单位|部门)?\s?[:：]|技术支持\s?[:：]|建议使用.{0,40}(?:浏览|分辨率)|最佳(?:浏览|显示)?(?:效果|分辨率)|copyright",
    re.IGNORECASE,
)
_LONGEST_FOOTER = 120  # characters; a longer line that holds such words is text
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar)\s{0,4}$", re.IGNORECASE)
_LEAST_WORDS = 5
_LEAST_ROWS = 3  # a table with fewer may be two labels and their values
_ROW_SHARE = 4
_SMALL = frozenset({"p", "li", "td", "dd"})
_WHOLE_PAGE = 0.5  # of the page's prose; what holds so much is no furniture, whatever its name


@dataclass(frozen=True, slots=True)
class Weighed:
    """A line, what it counts for, and the elements from the page's root down to its block."""

    line: Line
    weight: int  # characters; above 0 for prose, below for links and furniture
    path: tuple[HtmlElement, ...]


def weighed(lines: Sequence[Line]) -> list[Weighed]:
    """What each line counts for as part of a text.

    Short plain lines weigh nothing: they belong to the text where they stand beside its paragraphs (称谓, 落款, date), not
    where another block has them (the heading of the next list).
    """
    paths: dict[HtmlElement, tuple[HtmlElement, ...]] = {}
    tables = Counter(line.block.getparent() for line in lines if is_data_row(line))
    weights = [
        _row_weight(line) if tables[line.block.getparent()] >= _LEAST_ROWS and is_data_row(line) else _weight(line)
        for line in lines
    ]
    found = [Weighed(line, weight, _path(line.block, paths)) for line, weight in zip(lines, weights, strict=True)]
    furniture = _furniture(found)
    if not furniture:
        return found
    return [
        Weighed(one.line, min(one.weight, -len(one.line.text)), one.path) if not furniture.isdisjoint(one.path) else one
        for one in found
    ]


def without_references(lines: Sequence[Weighed]) -> Sequence[Weighed]:
    """The lines; links that an editor put below 相关链接 in the text's own element do not count against it."""
    at = next((position for position, one in enumerate(lines[1:], 1) if is_related(one.line.text)), None)
    if at is None:
        return lines
    above = lines[at].line.block.getparent()
    if lines[at - 1].line.block.getparent() is not above:
        return lines
    below = [*takewhile(lambda one: one.line.linked and one.line.block.getparent() is above, lines[at + 1 :])]
    behind = lines[at + 1 + len(below) :]
    return [*lines[: at + 1], *(Weighed(one.line, max(0, one.weight), one.path) for one in below), *behind]


def is_end(line: Line) -> bool:
    """Whether no text goes on behind this line: 上一篇, the site's licence, the tools to print, close and go back."""
    return (
        is_turn(line.text)
        or is_closing(line)
        or (len(line.text) <= _LONGEST_FOOTER and _SITE_END.search(line.text) is not None)
    )


def is_data_row(line: Line) -> bool:
    """Whether this is a row of a table's values."""
    return line.block.tag == "tr" and " | " in line.text


def _row_weight(line: Line) -> int:
    """A row of a table of values is worth a part of its length: a report may be nothing but a table."""
    weight = _weight(line)
    return weight or (0 if is_tool_line(line.text) else len(line.text) // _ROW_SHARE)


def _weight(line: Line) -> int:
    text = line.text
    beside = len(text) - line.linked
    if 2 * line.linked > len(text):
        is_sentence = beside >= _LEAST_BESIDE_LINKS and text.endswith(_ENDS)
        if is_sentence or _leads_to_document(line):
            return beside if is_sentence else 0
        return -max(line.linked, _LEAST_LINK)
    if is_furniture(text) or (len(text) <= _LONGEST_FOOTER and (_FOOTER.search(text) or _SITE_END.search(text))):
        return -len(text)
    return 0 if _SENTENCE_MARKS.isdisjoint(text) and not _is_english(text) and not _leads_in(text) else beside


def _leads_in(text: str) -> bool:
    """Whether this is the sentence before a list (根据…，现将…公告如下：), perhaps the only one of a text."""
    return text.endswith(("：", ":")) and "，" in text and len(text) >= _LEAST_LEAD


def _is_english(text: str) -> bool:
    """Whether this is a sentence of a translation: several words of letters, and a full stop."""
    return text.endswith(".") and text.count(" ") >= _LEAST_WORDS and text[:_LONGEST_FOOTER].isascii()


def _leads_to_document(line: Line) -> bool:
    """Whether a line of links is one of attachments, which stand in a text or at its end."""
    if _DOCUMENT.search(line.text[-_LONGEST_FOOTER:]):
        return True
    link = next(line.block.iter("a"), None) if line.block.tag in _SMALL else None
    return link is not None and _DOCUMENT.search((link.get("href") or "")[-_LONGEST_FOOTER:]) is not None


def _path(block: HtmlElement, paths: dict[HtmlElement, tuple[HtmlElement, ...]]) -> tuple[HtmlElement, ...]:
    if block not in paths:
        missing = [block]
        for above in block.iterancestors():
            if above in paths:
                break
            missing.append(above)
        path = paths.get(missing[-1].getparent(), ())
        for node in reversed(missing):
            path = (*path, node)
            paths[node] = path
    return paths[block]


def _furniture(lines: Sequence[Weighed]) -> set[HtmlElement]:
    """The elements that are the site's furniture by tag, role or name, and do not hold most of the prose all the same."""
    prose: dict[HtmlElement, int] = {}
    judged: dict[HtmlElement, bool] = {}
    whole = 0
    for one in lines:
        own = max(0, one.weight)
        whole += own
        for node in one.path:
            if node not in judged:
                judged[node] = is_chrome(node)
            if judged[node]:
                prose[node] = prose.get(node, 0) + own
    return {node for node, own in prose.items() if own <= _WHOLE_PAGE * whole}
