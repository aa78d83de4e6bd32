"""Districts of Shanghai with a system of their own (浦东, 长宁, 普陀, 宝山, 杨浦, 嘉定, 青浦), told by their addresses.

Recognised by: addresses of reports, its own or its links': `/{column}/YYYY/DDD/ID.html` (浦东, 长宁, 普陀),
`article.html?infoid=UUID` (宝山), `details?id=UUID` (杨浦), `/publicity/…/ID` without an ending (嘉定),
`/shqp/…/YYYYMMDD/ID.html` (青浦); or by a call of `/zwgk-search-front/api/data/…` (浦东). 闵行 is mh-xxgk-cms, 静安 and
松江 are epoint, 金山 is shanghai-bureaus.

Seen on pudong.gov.cn, shcn.gov.cn, shpt.gov.cn, shbsq.gov.cn, shyp.gov.cn, jiading.gov.cn and shqp.gov.cn.

A seed needs `listing_url` = the column's page, nothing else.

What bites:

- DDD is the day of the year (2025/90 is 31 March) and, as every address's day, not that of publication: 普陀 2024/106 says
  2024-01-16.
- 浦东: lists are asked for by POST of `{"channelList":["5144"],"pageNo":1,"pageSize":20}` in JSON (pageNo was seen with
  `…/data/search` only); `display_date` is in milliseconds or printed. What is posted is repeated in the query, where the
  answer's reader finds it again.
- 杨浦 and 宝山 build their pages by script: as sent they have no rows, which is unreadable, so that a browser is tried.
- infoid and id are the identity of a report, so parameters must not be cut off.
- 青浦 prints the disclosure block's values without their labels.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from urllib.parse import urlsplit

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
from spiders.dates import first_date
from spiders.failures import PageUnreadable
from spiders.fetched import Ask, Entry
from spiders.own_rows import own_rows
from spiders.page import Page
from spiders.pager import following_page, page_count
from spiders.reading import Listing
from spiders.selecting import finding

NAME = "shanghai-districts"
SIGNS = ("<a ", "<A ", "zwgk-search-front")  # its reports bear no sign but their address

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_ARTICLE = re.compile(
    r"/[\w.-]{1,60}/20\d{2}/(?:[1-9]|[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6])/\d{2,9}\.html?(?:$|[?#])"
    rf"|/article\.html\?(?:[\w=&-]{{0,100}}&)?infoid={_UUID}"
    rf"|/details\?(?:[\w=&-]{{0,100}}&)?id={_UUID}"
    r"|/publicity/[\w/-]{1,100}/\d{3,9}(?:$|[?#])"
    r"|/shqp/[\w/-]{1,100}/20\d{6}/\d{3,9}\.html?(?:$|[?#])"
)
_SERVICE = re.compile(r"(/zwgk-search-front/api/data/\w{1,40})")
_CHANNELS = re.compile(r"\bchannel(?:List|Id)[\"']?\s{0,9}[:=]\s{0,9}\[?\s{0,9}((?:[\"']?\d{1,9}[\"']?\s{0,5},?\s{0,5}){1,20})")
_PAGE_SIZE = re.compile(r"\bpageSize[\"']?\s{0,9}[:=]\s{0,9}[\"']?([1-9]\d{0,2})(?!\d)")
_ROWS_ASKED = 20  # where the page does not say; the only number seen
_OWN_SIGNS = ("/20", "infoid=", "details?id=", "/publicity/", "/shqp/")  # one of them stands in every link that counts
_DIRECTORY = re.compile(r"/infoDirectory\.html\?(?:[\w=&-]{0,100}&)?type=dept")
_BODIES = (finding("#ivs_content"), finding(".Article_content"))
_OPEN = re.compile(r"\s{0,40}(?:主动公开|依申请公开)\s{0,40}")
_LONGEST_BLOCK = 300  # characters of the disclosure block's values
_NEARLY_ALL = 0.9
_LEAST_LINKS = 2  # to documents of the same host; one may stand in any page's text


def recognises(page: Page) -> bool:
    """Whether the page is a report by its address, or lists some, or calls the service."""
    if "zwgk-search-front" in page.text or _ARTICLE.search(page.url) or _DIRECTORY.search(page.url):
        return True
    own: set[str] = set()
    for link in page.root.iter("a"):
        href = (link.get("href") or "").strip()
        url = page.absolute(href) if any(sign in href for sign in _OWN_SIGNS) else None
        if url is not None and _ARTICLE.search(url) and urlsplit(url).netloc == urlsplit(page.url).netloc:
            own.add(url)
            if len(own) >= _LEAST_LINKS:
                return True
    return False


def listing(page: Page) -> Listing:
    """The rows of a column's page, where they are to be asked for, or those of an answer.

    Raises:
        PageUnreadable: this is a report; or there are neither rows nor a service's channel; or the service failed.
    """
    if not page.is_markup:
        return _answer(page)
    if _ARTICLE.search(page.url):
        raise PageUnreadable(page.url, "a report, no list")
    service, channels = _SERVICE.search(page.text), _CHANNELS.search(page.text)
    if service is not None and channels is not None:
        size = _PAGE_SIZE.search(page.text)
        url = page.absolute(service.group(1)) or page.url
        return Listing((), _ask(url, re.findall(r"\d+", channels.group(1)), 1, int(size.group(1)) if size else _ROWS_ASKED))
    rows = own_rows(page, _ARTICLE)
    if rows is None:
        raise PageUnreadable(page.url, "expected rows that lead to a district's reports, found none: a script may build them")
    return Listing(rows.entries, following_page(page), page_count(page))


def container(page: Page) -> HtmlElement | None:
    """`#ivs_content` (浦东), else `.Article_content`; for 青浦 what follows the bare values; of the others no name is known."""
    named = next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)
    return named if named is not None or "/shqp/" not in page.url else _behind_bare_values(page)


def _behind_bare_values(page: Page) -> HtmlElement | None:
    """The element after the disclosure block (无 / 主动公开 / 无 / office / day), if it holds nearly all that follows."""
    value = next(
        (node for node in page.root.iter("li", "td", "dd", "span", "p", "div") if _OPEN.fullmatch(node.text or "")), None
    )
    if value is None:
        return None
    for block in islice(value.iterancestors(), 4):
        words = block.text_content()
        if len(words) > _LONGEST_BLOCK:
            return None
        following = [node for node in block.itersiblings() if isinstance(node.tag, str)]
        if first_date(words) is None or not following:
            continue
        lengths = [len("".join(node.text_content().split())) for node in following]
        return following[lengths.index(max(lengths))] if max(lengths) >= _NEARLY_ALL * sum(lengths) else None
    return None


def _ask(service: str, channels: list[str], number_of_page: int, size: int) -> Ask:
    told = {"channelList": ",".join(channels), "pageNo": str(number_of_page), "pageSize": str(size)}
    form = json.dumps({"channelList": channels, "pageNo": number_of_page, "pageSize": size})
    return Ask(with_parameters(service, told), form, "application/json;charset=UTF-8")


def _answer(page: Page) -> Listing:
    answer = answer_of(page)
    found = part_of(answer, "data")
    if not isinstance(found, dict):
        raise PageUnreadable(page.url, f"the service sent no list: {text_in(answer, 'message', 'msg') or seen(page.text)}")
    entries: dict[str, Entry] = {}
    for record in records_of(page, found.get("list"), "data.list"):
        url, title = address_in(page, record, "url"), text_in(record, "title")
        if url is not None and title:
            entries.setdefault(url, Entry(url, title, day_in(record, "display_date")))
    if not entries:
        raise PageUnreadable(page.url, f"the service's answer has no row with an address and a title: {seen(page.text)}")
    asked = parameters(page.url)
    current, size = number(asked.get("pageNo")) or 1, number(asked.get("pageSize")) or _ROWS_ASKED
    total, pages = number(found.get("totalCount")), number(found.get("totalPage"))
    if not pages and total is not None:
        pages = -(-total // size)
    goes_on = current < pages if pages else len(entries) >= size
    channels = [channel for channel in asked.get("channelList", "").split(",") if channel]
    following = _ask(page.url, channels, current + 1, size) if goes_on and channels else None
    return Listing(tuple(entries.values()), following, pages or None)
