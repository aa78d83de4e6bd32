"""开普云 Kaipuyun UCAP: lists as static pages, or from a search service that answers with full texts in JSON.

Recognised by: the elements `<UCAPTITLE>`, `<UCAPCONTENT>` and `<PUBLISHTIME>`, `meta[name=channelid]` with 32 hexadecimal
digits, or `createPageHTML('page_div',…)`.

Seen on csrc.gov.cn, hlj.gov.cn, harbin.gov.cn, nhc.gov.cn; sft.gansu.gov.cn, sft.hlj.gov.cn and sft.xinjiang.gov.cn have its
addresses.

A seed needs `listing_url = ".../cN/common_list.shtml"` (or another list page of the site), nothing else.

What bites:

- Where a page names its channel and has no rows, they come from `/common/search/CHANNEL`, on some sites from
  `/searchList/CHANNEL` or `/search/CHANNEL`, by number of page.
- In `createPageHTML('page_div', 22, 1, 'common_list', 'shtml', 325)` the current page counts from 1, and the second page is
  `common_list_2.shtml` (TRS, which has a function of the same name, counts from 0).
- `publishedTime` is in milliseconds and was seen to differ from `publishedTimeStr`, which the site shows and which counts.
- A service may send fewer rows a page than asked for, and says so in `rows`.
- Addresses may begin with `//`; titles may hold markup.
- A report page names its channel too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from spiders.answers import (
    address_in,
    answer_of,
    day_in,
    number,
    parameters,
    part_of,
    records_of,
    seen,
    text_in,
    with_parameters,
)
from spiders.failures import PageUnreadable
from spiders.fetched import Ask, Entry
from spiders.own_rows import own_rows
from spiders.page import Page
from spiders.pager import following_page, page_count
from spiders.reading import Listing
from spiders.rows import Rows, find_rows
from spiders.selecting import finding

NAME = "ucap"
SIGNS = ("UCAP", "ucap", "channelid", "channelId", "page_div", "PUBLISHTIME", "publishtime", "zoomcon")

_OWN_ELEMENTS = tuple(finding(css) for css in ("ucapcontent", "ucaptitle", "publishtime"))
_BODIES = tuple(finding(css) for css in ("ucapcontent", "#zoomcon", "#UCAP-CONTENT", ".article-content", ".detail-news"))
_METAS = finding("meta[name]")
_CHANNEL = re.compile(r"[0-9a-fA-F]{32}")
_SERVICE = re.compile(r"[\"'`]((?:/[\w-]{1,40}){0,3}/(?:common/search|searchList|search)/)(?=[\"'`]|\$\{|[0-9a-f]{32})")
_TURNS = re.compile(
    r"createPageHTML\(\s{0,9}[\"']page_div[\"']\s{0,9},\s{0,9}(\d{1,5})\s{0,9},\s{0,9}(\d{1,5})\s{0,9},"
    r"\s{0,9}[\"']([\w.-]{1,60})[\"']\s{0,9},\s{0,9}[\"'](\w{1,6})[\"']"
)
_ARTICLE = re.compile(r"/(?:\d{6}/|\d{4}/\d{1,2}/\d{1,2}/)[0-9a-f]{32}\.s?html?$|/c\d{3,12}/content\.s?html?$")
_SIZE = re.compile(r"_pageSize[\"']?\s{0,9}[=:]\s{0,9}[\"']?([1-9]\d{0,2})(?!\d)")
_PAGE_SIZE = "20"  # rows asked for at once where the page does not say; 10, 15, 18 and 20 were seen


def recognises(page: Page) -> bool:
    """Whether the page has the system's elements, channel or pager."""
    if "page_div" in page.text and _TURNS.search(page.text):
        return True
    return bool(_channel(page)) or any(find(page.root) for find in _OWN_ELEMENTS)


def listing(page: Page) -> Listing:
    """The rows of a static list page, or where the channel's are to be asked for, or those of an answer.

    Raises:
        PageUnreadable: there are neither rows nor a channel; or the service failed.
    """
    if not page.is_markup:
        return _answer(page)
    if _ARTICLE.search(urlsplit(page.url).path) or any(find(page.root) for find in _OWN_ELEMENTS):
        raise PageUnreadable(page.url, "a report, no list")
    turns, channel = _TURNS.search(page.text), _channel(page)
    rows = own_rows(page, _ARTICLE) or find_rows(page)
    is_static = turns is not None or not channel or (_SERVICE.search(page.text) is None and _is_list(rows))
    if rows is not None and is_static:
        return _static(page, rows, turns)
    if not channel:
        raise PageUnreadable(page.url, "expected rows, or a channel whose rows can be asked for; found neither")
    named = _SERVICE.search(page.text)
    service = page.absolute((named.group(1) if named else "/common/search/") + channel) or page.url
    size = _SIZE.search(page.text)
    query = {"_isAgg": "true", "_isJson": "true", "_pageSize": size.group(1) if size else _PAGE_SIZE, "_template": "index"}
    query |= {"_rangeTimeGte": "", "_channelName": "", "page": "1"}
    return Listing((), Ask(with_parameters(service, query), headers=(("Referer", page.url),)))


def container(page: Page) -> HtmlElement | None:
    """`ucapcontent`, else `#zoomcon` and the other names seen."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)


def _channel(page: Page) -> str:
    for meta in _METAS(page.root):
        value = (meta.get("content") or "").strip()
        if (meta.get("name") or "").lower() == "channelid" and _CHANNEL.fullmatch(value):
            return value
    return ""


def _is_list(rows: Rows | None) -> bool:
    return rows is not None and rows.confidence >= 0.5


def _static(page: Page, rows: Rows, turns: re.Match[str] | None) -> Listing:
    if turns is None:
        return Listing(rows.entries, following_page(page), page_count(page), confidence=rows.confidence)
    pages, current = int(turns.group(1)), int(turns.group(2))
    following = urljoin(page.url, f"{turns.group(3)}_{current + 1}.{turns.group(4)}") if current < pages else None
    return Listing(rows.entries, Ask(following) if following else None, pages)


def _answer(page: Page) -> Listing:
    answer = answer_of(page)
    found = part_of(answer, "data") or part_of(answer, "results", "data")
    if not isinstance(found, dict):
        raise PageUnreadable(page.url, f"the service sent no list: {text_in(answer, 'msg', 'message') or seen(page.text)}")
    entries: dict[str, Entry] = {}
    records = records_of(page, found.get("results"), "data.results")
    for record in records:
        address, title = address_in(page, record, "url"), text_in(record, "title", "subTitle")
        if address is not None and title:
            entries.setdefault(address, Entry(address, title, day_in(record, "publishedTimeStr", "publishedTime")))
    if not entries:
        raise PageUnreadable(page.url, f"the service's answer has no row with an address and a title: {seen(page.text)}")
    current = number(parameters(page.url).get("page")) or 1
    size, total = _size(page.url, found, current, len(records)), number(found.get("total"))
    goes_on = (current - 1) * size + len(records) < total if total is not None else len(records) >= size
    following = Ask(
        with_parameters(page.url, {"page": str(current + 1)}), headers=(("Referer", page.absolute("/") or page.url),)
    )
    return Listing(tuple(entries.values()), following if goes_on else None, -(-total // size) if total else None)


def _size(url: str, found: Mapping[str, object], current: int, came: int) -> int:
    """How many rows the service puts into a page: as many as were asked for, unless it has a limit of its own."""
    asked, total = number(parameters(url).get("_pageSize")) or came, number(found.get("total"))
    if came == asked or total is None or (current - 1) * asked + came == total:
        return max(asked, 1)
    return max(number(found.get("rows")) or came, came, 1)
