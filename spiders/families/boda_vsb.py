"""博达 Boda Visual SiteBuilder (VSB): static pages under one name, numbered downwards.

Recognised by: the comment `Announced by Visual SiteBuilder`, `vsb_content`, `v_news_content`, `_newscontent_fromname`,
scripts under `/system/resource/`, or a pager with `PrevDisabled`, `NextDisabled` or `p_next`.

Seen on about 160 sites of universities in public code, and on bureaus' sites that have `/info/CAT/ID.htm` addresses.

A seed needs `listing_url = ".../name.htm"`, nothing else.

What bites:

- The page after `tzgg.htm` is `tzgg/4.htm` where there are five; the last is `tzgg/1.htm`. With every document that is added
  rows move from page to page, so a list page's address says nothing of what it holds.
- 下页 is `a.Next` or `.p_next a`; on the last page it is `span.NextDisabled` or has no link.
- Dates: 2026-05-20, 2018年01月23日, 2026/05/20, or in two elements: the day, and year and month (`<h3>18</h3>` and
  `<span>/ 2026-09</span>`).
- Reports also stand at `content.jsp?urltype=news.NewsContentUrl&wbtreeid=…&wbnewsid=…`: the parameters are the identity.
- Attachments stand behind the body, in the same form: 附件【`<a href="/system/_content/download.jsp?…">…pdf</a>`】.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import islice

from lxml.html import HtmlElement

from spiders.failures import PageUnreadable
from spiders.fetched import Ask, Entry
from spiders.listing import entry_of
from spiders.own_rows import own_rows
from spiders.page import Page
from spiders.pager import following_page
from spiders.reading import Listing
from spiders.selecting import finding

NAME = "boda-vsb"
SIGNS = (
    *("Visual SiteBuilder", "vsb_content", "v_news_content", "_newscontent_fromname", "/system/resource/", "system/_content/"),
    *("PrevDisabled", "NextDisabled", "p_next", "_sitegray", "wbnewsid="),
)

_OWN = tuple(SIGNS[:6])
_ROWS_BY_ID = finding("[id^=line]")
_ROW_ID = re.compile(r"line_?(?:u?\d{1,9})_\d{1,4}")
_NEXT = (finding("a.Next[href]"), finding(".p_next a[href]"))
_BODIES = tuple(finding(css) for css in ("#vsb_content", "div[id^=vsb_content]", ".v_news_content"))
_PAGERS = (finding("[id^=fanye]"), finding(".p_pages"), finding(".pb_sys_common"))
_ARTICLE = re.compile(r"/info/\d{1,9}/\d{1,12}\.htm|[?&]wbnewsid=\d{1,12}")
_COUNTED = re.compile(r"\d{1,5}\s{0,9}/\s{0,9}(\d{1,5})")
_NEXT_WORDS = re.compile(r"[\s>]{0,9}下一?页[\s>]{0,9}")
_YEAR_MONTH = re.compile(r"[/\s]{0,4}((?:19|20)\d{2})\s{0,4}[-./年]\s{0,4}(\d{1,2})\s{0,4}月?")
_DAY = re.compile(r"(\d{1,2})日?")
_MOST_PARTS = 40  # elements of a row that are looked at for a date in two


def recognises(page: Page) -> bool:
    """Whether the page was built by VSB."""
    if any(sign in page.text for sign in _OWN):
        return True
    return any(find(page.root) for find in _NEXT) or bool(_article_links(page))


def listing(page: Page) -> Listing:
    """The rows of a list page.

    Raises:
        PageUnreadable: no rows lead to reports.
    """
    if "_newscontent_fromname" in page.text or _ARTICLE.search(page.url):
        raise PageUnreadable(page.url, "a report, no list")
    rows = [row for row in _ROWS_BY_ID(page.root) if _ROW_ID.fullmatch(row.get("id") or "")]
    entries = tuple(entry for entry in _dated(page, rows) if _ARTICLE.search(entry.url))
    if not entries:
        found = own_rows(page, _ARTICLE)
        if found is None:
            raise PageUnreadable(page.url, "expected rows that lead to /info/…/….htm or wbnewsid=, found none")
        entries = tuple(entry if entry.listed else _with_parts(page, found.element, entry) for entry in found.entries)
    following = _following(page)
    return Listing(entries, Ask(following) if following else None, _pages(page))


def container(page: Page) -> HtmlElement | None:
    """`#vsb_content`, else an element whose id begins so, else `.v_news_content`."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)


def _article_links(page: Page) -> bool:
    """Whether several links lead to the system's dynamic reports."""
    found = (link for link in page.root.iter("a") if "wbnewsid=" in (link.get("href") or ""))
    return len(list(islice(found, 2))) == 2


def _dated(page: Page, rows: list[HtmlElement]) -> tuple[Entry, ...]:
    """The rows as entries, each address once, also those with a date in two elements."""
    entries: dict[str, Entry] = {}
    for row in rows:
        entry = entry_of(page, row)
        if entry is not None:
            entries.setdefault(entry.url, entry if entry.listed else replace(entry, listed=_two_part_day(row)))
    return tuple(entries.values())


def _with_parts(page: Page, element: HtmlElement, entry: Entry) -> Entry:
    for row in element:
        own = entry_of(page, row) if isinstance(row.tag, str) else None
        if own is not None and own.url == entry.url:
            return replace(entry, listed=_two_part_day(row))
    return entry


def _two_part_day(row: HtmlElement) -> date | None:
    """The date of a row that shows the day in one element, and year and month in another."""
    texts = [(part.text or "").strip() for part in islice(row.iter(), _MOST_PARTS) if isinstance(part.tag, str)]
    month = next((found for text in texts if (found := _YEAR_MONTH.fullmatch(text))), None)
    number = next((found for text in texts if (found := _DAY.fullmatch(text))), None)
    if month is None or number is None:
        return None
    try:
        return date(int(month.group(1)), int(month.group(2)), int(number.group(1)))
    except ValueError:
        return None


def _following(page: Page) -> str | None:
    """Where 下页 leads; the links to the last page look the same but for their words."""
    for find in _NEXT:
        for link in find(page.root):
            url = page.absolute(link.get("href") or "")
            if _NEXT_WORDS.fullmatch(link.text_content()) and url is not None and url != page.url:
                return url
    ask = following_page(page)
    return ask.url if ask is not None else None


def _pages(page: Page) -> int | None:
    """The number of pages: behind the current one's, or the highest one that the pager shows."""
    for find in _PAGERS:
        for pager in find(page.root):
            words = pager.text_content()
            counted = _COUNTED.search(words)
            if counted is not None:
                return int(counted.group(1))
            numbers = [
                int(text) for link in pager.iter("a", "span") if (text := (link.text or "").strip()).isdigit() and len(text) < 6
            ]
            if numbers:
                return max(numbers)
    return None
