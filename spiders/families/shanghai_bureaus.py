"""The intensive platform (集约化) of the Shanghai municipal bureaus: static pages, flat column names.

Recognised by: on a report `#ivs_content` or `.Article_content`; on a listing `ul.pageList` or `ul.nowrapli` beside a
`.pagination` that a script fills.

Seen on sfj.sh.gov.cn (reports of 2018 to 2025), fgw.sh.gov.cn, yjj.sh.gov.cn; 浦东 uses `#ivs_content` on a system of its own.

A seed needs `listing_url = ".../{column}/index.html"`, nothing else.

What bites:

- The second page is `index_2.html` (TRS, which looks alike, calls its second page index_1). No `<a>` leads to it: the pager is
  drawn by `$(".pagination").pagination({totalPage:3,…})`, so the number of pages is read from the script.
- The same list may stand a second time in a comment; a hot list (`ul.hotlist`) and menus stand beside it.
- The address `/{column}/YYYYMMDD/{32hex}.html` and meta PubDate hold the day of an import: the reports of 2017 and 2020
  both say 2021-03-05. The date in the title's `<small>` is right.
- Attachments stand outside the body, in `.xgfj` or `.pdf-content`.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from spiders.failures import PageUnreadable
from spiders.fetched import Ask
from spiders.listing import entries_of, numbered_page
from spiders.page import Page
from spiders.reading import Listing
from spiders.selecting import finding

NAME = "shanghai-bureaus"
SIGNS = ("ivs_content", "Article_content", "pageList", "nowrapli")

_LISTS = (finding("ul.pageList"), finding("ul.nowrapli"))
_BODIES = (finding("#ivs_content"), finding(".Article_content"))
_PAGER = re.compile(r"\.pagination\(\s*\{[^{}]{0,400}?\btotalPage\s*:\s*[\"']?(\d{1,5})")
_OWN_NUMBER = re.compile(r"/index_(\d{1,5})\.s?html?(?:[?#]|$)")


def recognises(page: Page) -> bool:
    """Whether the page has the platform's list or body."""
    return any(find(page.root) for find in (*_LISTS, *_BODIES))


def listing(page: Page) -> Listing:
    """The rows of the page's list.

    Raises:
        PageUnreadable: the list is not there or has no usable row.
    """
    lists = next((lists for find in _LISTS if (lists := find(page.root))), [])
    if not lists:
        raise PageUnreadable(page.url, "expected ul.pageList or ul.nowrapli, found neither")
    entries = entries_of(page, (row for rows in lists for row in rows.iterchildren("li")))
    if not entries:
        raise PageUnreadable(page.url, "the list is there but has no row with a link and a title")
    following = _next_url(page)
    return Listing(entries, Ask(following) if following else None)


def container(page: Page) -> HtmlElement | None:
    """`#ivs_content`, else `.Article_content`."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)


def _next_url(page: Page) -> str | None:
    """The page after this one, as far as the pager's script counts."""
    pager = _PAGER.search(page.text)
    own = _OWN_NUMBER.search(page.url)
    number = int(own.group(1)) if own else 1
    return numbered_page(page, number + 1) if pager and number < int(pager.group(1)) else None
