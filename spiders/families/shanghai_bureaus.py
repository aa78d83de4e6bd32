"""The intensive platform (集约化) of the Shanghai municipal bureaus: static pages, flat column names.

Recognised by: on a report `#ivs_content` or `.Article_content`; on a listing `ul.pageList` or `ul.nowrapli`; on both addresses
`/{column}/YYYYMMDD/{32hex}.html` (`/nwNNNNN/YYYYMMDD/…` on the older portal), its own or its links'. Pages whose own address
is a district's are shanghai-districts.

Seen on sfj.sh.gov.cn (reports of 2018 to 2025), fgw.sh.gov.cn, yjj.sh.gov.cn, shanghai.gov.cn; 浦东 uses `#ivs_content` on a
system of its own.

A seed needs `listing_url = ".../{column}/index.html"`, nothing else.

What bites:

- The second page is `index_2.html` (TRS, which looks alike, calls its second page index_1). No `<a>` leads to it: the pager is
  drawn by `$(".pagination").pagination({totalPage:3,…})`, so the number of pages is read from the script.
- The same list may stand a second time in a comment; a hot list (`ul.hotlist`) and menus stand beside it.
- The address `/{column}/YYYYMMDD/{32hex}.html` and meta PubDate hold the day of an import: the reports of 2017 and 2020
  both say 2021-03-05. The date in the title's `<small>` is right.
- Attachments stand outside the body, in `.xgfj` or `.pdf-content`, also as `/gwk/resource/file?pathname=…&filename=…`. A report
  may be nothing but its PDF.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders.failures import PageUnreadable
from spiders.fetched import Ask, Entry
from spiders.listing import entries_of, numbered_page
from spiders.own_rows import own_rows
from spiders.page import Page
from spiders.pager import following_page
from spiders.reading import Listing
from spiders.selecting import finding

NAME = "shanghai-bureaus"
SIGNS = ("ivs_content", "Article_content", "pageList", "nowrapli", "/19", "/20")

_LISTS = (finding("ul.pageList"), finding("ul.nowrapli"))
_BODIES = (finding("#ivs_content"), finding(".Article_content"))
_ARTICLE = re.compile(r"/[\w.-]{1,80}/(?:19|20)\d{6}/(?:[0-9a-f]{32}|0001-\d{1,9}_\d{1,12})\.html?(?:$|[?#])")
_DISTRICTS = re.compile(r"/20\d{2}/\d{1,3}/\d{2,9}\.html?$|/shqp/")
_PAGER = re.compile(r"\.pagination\(\s{0,9}\{[^{}]{0,400}?\btotalPage\s{0,9}:\s{0,9}[\"']?(\d{1,5})")
_OWN_NUMBER = re.compile(r"/index_(\d{1,5})\.s?html?$")
_LEAST_LINKS = 2  # to its reports; one may stand in any page's text


def recognises(page: Page) -> bool:
    """Whether the page has the platform's list or body, or its addresses."""
    path = urlsplit(page.url).path
    if _DISTRICTS.search(path):
        return False
    if _ARTICLE.search(path) or any(find(page.root) for find in (*_LISTS, *_BODIES)):
        return True
    links = (page.absolute(link.get("href") or "") for link in page.root.iter("a"))
    own = {
        url for url in links if url is not None and _ARTICLE.search(url) and urlsplit(url).netloc == urlsplit(page.url).netloc
    }
    return len(own) >= (1 if _PAGER.search(page.text) else _LEAST_LINKS)


def listing(page: Page) -> Listing:
    """The rows of the page's list.

    Raises:
        PageUnreadable: this is a report; or the list is not there or has no usable row.
    """
    if _ARTICLE.search(urlsplit(page.url).path):
        raise PageUnreadable(page.url, "a report, no list")
    entries = _named_rows(page)
    if not entries and _is_hollow(page):
        raise PageUnreadable(page.url, "the list is there but has no row with a link and a title: a script may build it")
    if not entries:
        rows = own_rows(page, _ARTICLE)
        if rows is None:
            raise PageUnreadable(page.url, "expected ul.pageList, ul.nowrapli or rows of /YYYYMMDD/{32hex}.html, found none")
        entries = rows.entries
    pages = _pages(page)
    return Listing(entries, following_page(page) if pages is None else _next(page, pages), pages)


def container(page: Page) -> HtmlElement | None:
    """`#ivs_content`, else `.Article_content`."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)


def _named_rows(page: Page) -> tuple[Entry, ...]:
    lists = next((lists for find in _LISTS if (lists := find(page.root))), [])
    if len(lists) > 1 and own_rows(page, _ARTICLE) is not None:
        return ()  # a hot list may bear the name too: which one is meant is told by its rows
    return entries_of(page, (row for rows in lists for row in rows.iterchildren("li")))


def _is_hollow(page: Page) -> bool:
    """Whether the list is there without a link in it: what stands elsewhere on the page, a hot list say, is not it."""
    lists = [rows for find in _LISTS for rows in find(page.root)]
    return bool(lists) and not any(link.get("href") for rows in lists for link in rows.iter("a"))


def _pages(page: Page) -> int | None:
    """As far as the pager's script counts; a pager in a comment is an old one."""
    called = (_PAGER.search(script.text or "") for script in page.root.iter("script"))
    return next((int(pager.group(1)) for pager in called if pager), None)


def _next(page: Page, pages: int) -> Ask | None:
    own = _OWN_NUMBER.search(urlsplit(page.url).path)
    current = int(own.group(1)) if own else 1
    return Ask(numbered_page(page, current + 1)) if current < pages else None
