"""TRS with records in the page: a column's page holds its newest documents as XML, the rest lies behind an encrypted address.

Recognised by: `<record>`s beside a `<nextgroup>` whose `dataproxy.jsp` address tells no column in digits (with digits it is
hanweb-jpage), and reports under `/art/` with an editor of TRS.

Seen on nhsa.gov.cn and nrta.gov.cn.

A seed needs `listing_url = ".../col/colN/index.html"`, nothing else.

What bites:

- The column's page carries about 45 records. Those behind it are asked for at the `<nextgroup>`'s address, page by page; an
  answer of 54 characters without a record was often seen: that is unreadable, and neither the end nor "no news".
- A record may print several dates; the last one is that of publication. An index number such as 2026-02-00018 is none.
- `<nextgroup>` may be escaped like any attribute of an address: `&amp;`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders.answers import number, parameters, seen, with_parameters
from spiders.dates import dates_in
from spiders.failures import PageUnreadable
from spiders.fetched import Ask, Entry
from spiders.listing import entry_of
from spiders.page import Page, parse_page
from spiders.reading import Listing
from spiders.selecting import finding

NAME = "trs-recordset"
SIGNS = ("<nextgroup>", "TRS_", "trs_")

_BODIES = tuple(finding(css) for css in ("#zoom", ".TRS_UEDITOR", ".TRS_Editor", ".trs_editor_view"))
_EDITORS = _BODIES[1:]
_ARTICLE = re.compile(r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_[0-9A-Za-z_-]{3,80}\.html?$")
_NEXT = re.compile(r"href=[\"']([^\"'<>\s]{0,400}dataproxy\.jsp\?[^\"'<>\s]{1,4000})[\"']")
_PLAIN_COLUMN = re.compile(r"[?&]columnid=\d{1,12}(?:&|$)")
_MOST_RECORDS = 5_000


def recognises(page: Page) -> bool:
    """Whether the page is a column with an encrypted continuation, or a report of such a site."""
    if "<record>" in page.text:
        following = _nextgroup(page)
        return following is not None and _PLAIN_COLUMN.search(following) is None
    is_article = _ARTICLE.search(urlsplit(page.url).path)
    return bool(is_article) and "easysite-" not in page.text and any(find(page.root) for find in _EDITORS)


def listing(page: Page) -> Listing:
    """The records of a column's page, or of an answer.

    Raises:
        PageUnreadable: there is no record, or none with a link and a title.
    """
    records = _records(page.text)
    if not records:
        raise PageUnreadable(page.url, f"expected records, found {seen(page.text)}")
    by_url: dict[str, Entry] = {}
    for record in records:
        entry = _entry(page, record)
        if entry is not None:
            by_url.setdefault(entry.url, entry)
    if not by_url:
        raise PageUnreadable(page.url, f"{len(records)} records, none with a link and a title")
    return Listing(tuple(by_url.values()), _following(page, len(records)))


def container(page: Page) -> HtmlElement | None:
    """`#zoom`, else the editor's element."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)


def _records(text: str) -> list[str]:
    found = []
    for piece in text.split("<record>")[1 : _MOST_RECORDS + 1]:
        record, closed, _ = piece.partition("</record>")
        if closed:
            found.append(record.strip().removeprefix("<![CDATA[").removesuffix("]]>"))
    return found


def _entry(page: Page, record: str) -> Entry | None:
    row = parse_page(page.url, f"<div>{record}</div>").root
    entry = entry_of(page, row)
    if entry is None:
        return None
    last = _last_date(row)
    return replace(entry, listed=last) if last is not None else entry


def _last_date(row: HtmlElement) -> date | None:
    """The last date beside the links: a title may hold one of its own."""
    beside = " | ".join(row.xpath(".//text()[not(ancestor::a)]"))
    return next((found.day for found in reversed(list(dates_in(beside[:3_000])))), None)


def _nextgroup(page: Page) -> str | None:
    group = page.text.partition("<nextgroup>")[2].partition("</nextgroup>")[0]
    found = _NEXT.search(group[:9_000])
    return unescape(found.group(1)) if found else None


def _following(page: Page, read: int) -> Ask | None:
    """Where the records behind these are asked for. An answer that names its own page again means the one after it."""
    address = _nextgroup(page)
    url = page.absolute(address) if address else None
    total = number(page.text.partition("<totalrecord>")[2].partition("</totalrecord>")[0])
    is_answer = urlsplit(page.url).path.endswith("dataproxy.jsp")
    if url is None or (not is_answer and total is not None and total <= read):
        return None
    own, named = number(parameters(page.url).get("page")), number(parameters(url).get("page"))
    if is_answer and own is not None and named is not None and named <= own:
        url = with_parameters(url, {"page": str(own + 1)})
    return Ask(url, headers=(("Referer", page.absolute("/") or page.url),)) if url != page.url else None
