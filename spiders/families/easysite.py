"""EasySite: static pages with `easysite-` class names and a pager whose addresses stand in an attribute of their own.

Recognised by: class or id names that begin with `easysite-` (`easysite-news-peruse`, `easysite-news-text`,
`easysite-total-page`, `easysite-page-wrap`), or a list called `conList_ul`.

Seen on customs.gov.cn and its branches, jyt.ln.gov.cn, zjt.ln.gov.cn and info.hebei.gov.cn; sft.ln.gov.cn has such addresses.

A seed needs `listing_url` = the column's page (`…/302249/302266/index.html`, `…/gsgg/5dbcf8b5-1.shtml`), nothing else.

What bites:

- 下一页 has its address in `tagname`, not in `href`; on the last page that says `[NEXTPAGE]`. Pages are called
  `8d25503a-2.html`, or are asked for with `currentPage=2&…&staticRequest=yes`.
- The number of pages is printed as 1/33 or 共33页 in `easysite-total-page`.
- Print and share tools (`easysite-news-operation`) stand inside the line of source and date.
- Addresses of reports, `…/ID/index.html`, look like a column's.
- customs.gov.cn answers 412 to whatever runs no script.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from spiders.failures import PageUnreadable
from spiders.fetched import Ask
from spiders.listing import entries_of
from spiders.own_rows import own_rows
from spiders.page import Page
from spiders.pager import following_page, page_count
from spiders.reading import Listing
from spiders.rows import find_rows
from spiders.selecting import finding

NAME = "easysite"
SIGNS = ("easysite-", "conList_ul")

_BODIES = tuple(finding(css) for css in (".easysite-news-peruse", ".easysite-news-text"))
_LISTS = finding("[class^=conList_ul]")
_NAMED = (finding("[class*=easysite-]"), finding("[id^=easysite-]"), _LISTS)
_NEXT = finding("a[tagname]")
_TOTAL = finding(".easysite-total-page")
_SHARE = re.compile(r"(\d{1,5})\s{0,9}/\s{0,9}(\d{1,5})|共\s{0,9}(\d{1,5})\s{0,9}页")
_NEXT_WORDS = re.compile(r"[\s>]{0,9}下一?页[\s>]{0,9}")
_DOCUMENT = re.compile(r"/\d{5,20}/index\.s?html?$")


def recognises(page: Page) -> bool:
    """Whether the page has the system's names."""
    return any(find(page.root) for find in _NAMED)


def listing(page: Page) -> Listing:
    """The rows of the page's list.

    Raises:
        PageUnreadable: this is a report, or there is no list on it.
    """
    if container(page) is not None:
        raise PageUnreadable(page.url, "a report, no list")
    entries = entries_of(page, (row for rows in _LISTS(page.root) for row in rows.iter("li")))
    if not entries:
        rows = own_rows(page, _DOCUMENT) or find_rows(page)
        if rows is None:
            raise PageUnreadable(page.url, "expected conList_ul or repeating rows, found neither")
        entries = rows.entries
    return Listing(entries, _following(page), _pages(page))


def container(page: Page) -> HtmlElement | None:
    """`.easysite-news-peruse`, else `.easysite-news-text`."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)


def _following(page: Page) -> Ask | None:
    """What 下一页 names; where no link has an address of that kind, what any pager names."""
    tagged = _NEXT(page.root)
    if not tagged:
        return following_page(page)
    for link in tagged:
        words = (link.get("title") or "").strip() or link.text_content().strip()
        address = (link.get("tagname") or "").strip()
        if _NEXT_WORDS.fullmatch(words) and address and not address.startswith("["):
            url = page.absolute(address)
            return Ask(url) if url is not None and url != page.url else None
    return None


def _pages(page: Page) -> int | None:
    for element in _TOTAL(page.root):
        said = _SHARE.search(element.text_content()[:200])
        if said:
            return int(said.group(2) or said.group(3))
    return page_count(page)
