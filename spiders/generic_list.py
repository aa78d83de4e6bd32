"""Reads the listing of a site that no family knows, from the structure of its page, and says how sure it is of it.

A list is rows of a link and a day that repeat, the page's own matter, beside a pager if there is one. A menu, a hot list, a
list of related pages and a home page of many lists look alike in parts, so that every reading has a confidence; who asks
decides from which one on it counts.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from spiders.failures import PageUnreadable
from spiders.pager import following_page, page_count
from spiders.page import Page
from spiders.reading import Listing
from spiders.rows import find_rows

NAME = "generic"
SIGNS: tuple[str, ...] = ()


def recognises(page: Page) -> bool:  # noqa: ARG001  it is asked last, when no family has
    """Never: it reads what no family recognises."""
    return False


def listing(page: Page) -> Listing:
    """The rows of whatever on the page looks most like a list of documents.

    Raises:
        PageUnreadable: nothing on the page looks like one.
    """
    rows = find_rows(page)
    if rows is None:
        raise PageUnreadable(page.url, "found no repeating rows of links with titles or dates")
    return Listing(rows.entries, following_page(page), page_count(page), newest_first=True, confidence=rows.confidence)


def container(page: Page) -> HtmlElement | None:  # noqa: ARG001  reports of unknown sites are read by their own structure
    """None: the body of a report is found by its structure elsewhere."""
    return None
