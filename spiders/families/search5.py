"""search5, the site search of 开普云: a bureau's documents as the answer of its search service, in JSON.

Recognised by: the page `/search5/html/searchResult….html?siteCode=…`, or an answer with `searchResultAll`.

Seen on sf.jiangxi.gov.cn (the page's address), chinatax.gov.cn, mdj.gov.cn and sites of 海南 (the service).

A seed needs `listing_url = ".../search5/html/searchResult.html?siteCode=…&searchWord=…"` with the word to search for, as a
person has it in the address bar; `titles` keeps the reports of what the word brings.

What bites:

- The page is a shell: its script asks `/search5/search/s` with siteCode, searchWord, column, pageSize and pageNum. It is asked
  by GET, as chinatax's own pages do; there pageNum counts from 0.
- siteCode stands in the address or in a hidden field; a guessed one brings nothing.
- Titles have the word marked up (`<span>`). Rows may lead to any site of the region, whose own family reads the report.
- The order is the service's: a page of known rows says nothing of those behind it.
- `cwrq` is the day of writing; what the list prints as its date is `pubDate`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode, urljoin, urlsplit

from lxml.html import HtmlElement

from spiders.answers import (
    address_in,
    answer_of,
    day_in,
    number,
    parameters,
    part_of,
    plain,
    records_of,
    seen,
    text_in,
    with_parameters,
)
from spiders.failures import PageUnreadable
from spiders.fetched import Ask, Entry
from spiders.page import Page
from spiders.reading import Listing
from spiders.selecting import finding

NAME = "search5"
SIGNS = ("search5", "searchResultAll", "searchWord")

_SHELL = re.compile(r"^(.{0,100}?/search5/)html/searchResult\w{0,40}\.html?$")
_SITE = finding("input[name=siteCode]")
_SAID = re.compile(r"\bsiteCode[\"']?\s{0,9}[:=]\s{0,9}[\"']?([0-9A-Za-z]{6,20})")
_TAG = re.compile(r"<[^<>]{0,300}>")
_LONGEST_TITLE = 2_000  # characters
_PAGE_SIZE = 20  # rows asked for at once; 10 and 20 were seen


def recognises(page: Page) -> bool:
    """Whether the page is the search's own."""
    return page.is_markup and _SHELL.match(urlsplit(page.url).path) is not None


def listing(page: Page) -> Listing:
    """Where the rows of a search are to be asked for, or those of an answer.

    Raises:
        PageUnreadable: the site's code is not there, or the service sent no rows.
    """
    return _answer(page) if not page.is_markup else Listing((), _first(page), newest_first=False)


def container(page: Page) -> HtmlElement | None:  # noqa: ARG001  reports are other families'
    """None: what a search finds are other systems' pages."""
    return None


def _first(page: Page) -> Ask:
    asked = parameters(page.url)
    shell = _SHELL.match(urlsplit(page.url).path)
    fields = (field.get("value") or "" for field in _SITE(page.root))
    said = _SAID.search(page.text)
    site = asked.get("siteCode") or next(filter(None, fields), "") or (said.group(1) if said else "")
    if shell is None or not site:
        raise PageUnreadable(page.url, "expected the search's page with its siteCode, found no such code")
    query = {"siteCode": site, "searchWord": asked.get("searchWord", ""), "column": asked.get("column", "")}
    query |= {"pageSize": str(_PAGE_SIZE), "pageNum": "0"}
    return _ask(urljoin(page.url, f"{shell.group(1)}search/s?{urlencode(query)}"), page.url)


def _ask(url: str, referer: str) -> Ask:
    return Ask(url, headers=(("Referer", referer), ("X-Requested-With", "XMLHttpRequest")))


def _answer(page: Page) -> Listing:
    answer = answer_of(page)
    found = part_of(answer, "searchResultAll")
    if not isinstance(found, dict):
        raise PageUnreadable(page.url, f"the service sent no result: {text_in(answer, 'msg', 'message') or seen(page.text)}")
    entries: dict[str, Entry] = {}
    records = records_of(page, found.get("searchTotal"), "searchResultAll.searchTotal")
    for record in records:
        entry = _entry(page, record)
        if entry is not None:
            entries.setdefault(entry.url, entry)
    if not entries:
        raise PageUnreadable(page.url, f"the search brought no row with an address and a title: {seen(page.text)}")
    asked = parameters(page.url)
    current, size = number(asked.get("pageNum")) or 0, number(asked.get("pageSize")) or _PAGE_SIZE
    total = number(found.get("total"))
    pages = -(-total // size) if total is not None and size else None
    goes_on = _goes_on(current, pages, len(records), total, size)
    following = with_parameters(page.url, {"pageNum": str(current + 1)})
    referer = page.absolute("/search5/html/searchResult.html") or page.url
    return Listing(tuple(entries.values()), _ask(following, referer) if goes_on else None, pages, newest_first=False)


def _goes_on(current: int, pages: int | None, rows: int, total: int | None, size: int) -> bool:
    """Whether there are pages behind this one. More rows than are left show that the service counts from 1."""
    if pages is None or total is None:
        return rows >= size
    return current + 1 < pages or (current + 1 == pages and rows > total - current * size)


def _entry(page: Page, record: Mapping[str, object]) -> Entry | None:
    title = record.get("title")
    # Marked words stand in the middle of a title: without the tags, and without a blank in their place.
    title = plain(_TAG.sub("", title[:_LONGEST_TITLE])) if isinstance(title, str) else ""
    url = address_in(page, record, "url")
    return Entry(url, title, day_in(record, "pubDate")) if url and title else None
