"""Reads the listing of a site that no family knows, from the structure of its page, and says how sure it is of it.

A list is rows of a link and a day that repeat, the page's own matter, beside a pager if there is one. A menu, a hot list, a
list of related pages and a home page of many lists look alike in parts, so that every reading has a confidence; who asks
decides from which one on it counts. Rows may also lie in an answer (JSON, XML), or in an island of XML within the page.
"""

from __future__ import annotations

import re
from html import unescape

from lxml.html import HtmlElement

from spiders.failures import PageUnreadable
from spiders.json_rows import find_records, is_answer
from spiders.page import Page, parse_page
from spiders.pager import ends_here, following_page, page_count
from spiders.reading import Listing
from spiders.rows import find_rows

NAME = "generic"
SIGNS: tuple[str, ...] = ()

_SURE = 0.5  # below it, an island is looked into
_FIRST_PAGE_ONLY = 0.7  # at the most, where there are more pages and it is not known where
_POSTED_PAGES = re.compile(r"__doPostBack\([^()]{1,200}Page\$(?:Next|\d)")  # ASP.NET's own pager: its pages are not asked for
_ISLAND = re.compile(r"<script[^<>]{0,200}\btype\s{0,5}=\s{0,5}[\"']?text/xml[\"']?[^<>]{0,200}>", re.IGNORECASE)
_ISLAND_END = re.compile(r"</script\s{0,9}>", re.IGNORECASE)
_RECORD_WRAP = re.compile(r"<!\[CDATA\[|\]\]>|</?(?:datastore|recordset|record|nextgroup)\b[^<>]{0,200}>", re.IGNORECASE)


def recognises(page: Page) -> bool:  # noqa: ARG001  it is asked last, when no family has
    """Never: it reads what no family recognises."""
    return False


def listing(page: Page) -> Listing:
    """The rows of whatever on the page, or in the answer, looks most like a list of documents.

    Raises:
        PageUnreadable: nothing looks like one.
    """
    if is_answer(page):
        answered = find_records(page)
        if answered is None:
            raise PageUnreadable(page.url, "the answer holds no records with a title and an address, and no rows of links")
        return Listing(answered.entries, answered.following, answered.pages, newest_first=True, confidence=answered.confidence)
    rows = find_rows(page)
    if (rows is None or rows.confidence < _SURE) and _ISLAND.search(page.text):
        rows = find_rows(_unfolded(page)) or rows
    if rows is None:
        raise PageUnreadable(page.url, "found no repeating rows of links with titles or dates")
    following, pages = following_page(page), page_count(page)
    is_whole = following is not None or ((pages is None or ends_here(page)) and not _POSTED_PAGES.search(page.text))
    confidence = rows.confidence if is_whole else min(rows.confidence, _FIRST_PAGE_ONLY)
    return Listing(rows.entries, following, pages, newest_first=True, confidence=confidence)


def container(page: Page) -> HtmlElement | None:  # noqa: ARG001  reports of unknown sites are read by their own structure
    """None: the body of a report is found by its structure elsewhere."""
    return None


def _unfolded(page: Page) -> Page:
    """The page with the markup that lies in islands of XML (`<script type="text/xml">`) in their places."""
    text, kept, position = page.text, [], 0
    for start in _ISLAND.finditer(text):
        end = _ISLAND_END.search(text, start.end())
        if start.start() < position or end is None:
            continue
        inner = _RECORD_WRAP.sub("", text[start.end() : end.start()])
        kept += [text[position : start.start()], "<div>", unescape(inner) if "&lt;" in inner else inner, "</div>"]
        position = end.end()
    return parse_page(page.url, "".join([*kept, text[position:]]))
