"""Finds the element that holds a report's body. Does not clean what is inside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from lxml.html import HtmlElement

from crawler.clean.prose import weighed
from crawler.clean.structure import Body, body_by_structure
from spiders.lines import Line, is_hidden, visible_lines
from spiders.page import Page, parse_page
from spiders.reading import Family

# Names that bodies had on real pages of Chinese government CMSs (TRS, Hanweb, UCAP, VSB, WeChat and others).
_IDS = frozenset(
    {
        "zoom",
        "zoomcon",
        "UCAP-CONTENT",
        "ivs_content",
        "con_con",
        "js_content",
        "articleWrap",
        "fontzoom",
        "conN",
        "BodyLabel",
        "artibody",
    }
)
_CLASSES = frozenset(
    {"TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "pages_content", "v_news_content", "bt_content", "article-content"}
    | {"Article_content", "newscontnet", "xl-nr", "zwxl-article", "szf_lfNewsDetail", "m-txt-article", "wenzhang-content"}
    | {"details-main", "contt_cont", "DetialCon"}
)
_NAMES = (*_IDS, *_CLASSES, "vsb_content", "ucapcontent", "UCAPCONTENT")
_MARKUP = re.compile(r"<(?:p|div|br|span|section|table)[\s>/]", re.IGNORECASE)
_LONGEST_OPENING = 2_000  # characters of a <textarea> in which its markup must begin
_LEAST_OF_BODY = 0.5  # of the characters that the structure tells; a named element with less is a part of the furniture
_NEARLY_ALL = 0.9  # of the largest match's text; TRS_Editor nests, and #zoom may hold the 索引号 block beside the body


class Found(Enum):
    """What told us where the body is, most trusted first."""

    FAMILY = "family"
    KNOWN_NAME = "known-name"
    STRUCTURE = "structure"
    BOX = "box"  # markup that a script would show


@dataclass(frozen=True)
class Container:
    """The element of the body, its lines, and what told us."""

    element: HtmlElement
    lines: tuple[Line, ...]
    found: Found


def find_container(page: Page, family: Family | None, title: str) -> Container | None:
    """The body's element: the family's own, else one that CMSs name so, else the one where the prose is.

    This order beat every single library on about 100 real pages. The list of names matched fewer than half of the templates
    that it was not written from, hence the third step.

    Args:
        page: the page.
        family: the family that reads it, or None.
        title: the report's title; the third step begins after it.

    Returns:
        None where not even the structure shows a body (a page that is only a PDF or a picture, an error page, a shell).
    """
    if family is not None and (own := family.container(page)) is not None:
        return Container(own, visible_lines(own), Found.FAMILY)
    body = body_by_structure(page.root, tuple(page.lines()), title)
    if (named := _known(page)) is not None:
        lines = visible_lines(named)
        if _is_the_text(named, lines, body):
            return Container(named, lines, Found.KNOWN_NAME)
    if body is not None:
        return Container(body.element, body.lines, Found.STRUCTURE)
    return _in_a_box(page)


def _in_a_box(page: Page) -> Container | None:
    """The text that waits, as escaped markup, in a hidden <textarea> from which a script of the page's own shows it."""
    for box in page.root.iter("textarea"):
        markup = box.text or ""
        if _MARKUP.search(markup[:_LONGEST_OPENING]) and (inside := visible_lines(parse_page(page.url, markup).root)):
            return Container(box, inside, Found.BOX)
    return None


def _is_the_text(named: HtmlElement, lines: Sequence[Line], body: Body | None) -> bool:
    """Whether a known name tells the truth: `zoom` may be the buttons for the size of letters, `article-content` a menu."""
    if body is not None and named in {body.element, *body.element.iterancestors()}:
        return _length(body.lines) >= _LEAST_OF_BODY * _length(lines)  # else it holds the site's columns too
    links = -sum(one.weight for one in weighed(lines) if one.line.linked and one.weight < 0)
    return 2 * links <= _length(lines) and (body is None or _length(lines) >= _LEAST_OF_BODY * _length(body.lines))


def _known(page: Page) -> HtmlElement | None:
    """The innermost known element that still has nearly all text of the largest one."""
    if not any(name in page.text for name in _NAMES):  # most pages: their elements need not be looked at
        return None
    matches = [element for element in page.root.iter() if _is_known(element) and not _is_out_of_sight(element)]
    if len(matches) < 2:
        return next(iter(matches), None)
    sizes = {match: _size(match) for match in matches}
    largest = max(sizes.values())
    best = next(match for match, size in sizes.items() if size == largest)
    for match, size in sizes.items():
        if size >= _NEARLY_ALL * largest and best in match.iterancestors():
            best = match
    return best


def _is_known(element: HtmlElement) -> bool:
    name = element.get("id") or ""
    if name in _IDS or name.startswith("vsb_content") or element.tag == "ucapcontent":
        return True
    return not _CLASSES.isdisjoint((element.get("class") or "").split())


def _size(element: HtmlElement) -> int:
    return _length(visible_lines(element))


def _length(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _is_out_of_sight(element: HtmlElement) -> bool:
    return any(is_hidden(node) for node in (element, *element.iterancestors()))
