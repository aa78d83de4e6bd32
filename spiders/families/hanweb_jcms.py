"""大汉 Hanweb JCMS on jpaas: units of a page, the list among them, that a script fetches as JSON with markup inside.

Recognised by: the word jpaas (its gateway, its unitbuild.js), or an element with `queryData`.

Seen on miit.gov.cn, mohurd.gov.cn, sft.zj.gov.cn and other departments of 浙江, jiashan.gov.cn.

A seed needs `listing_url = ".../col/colN/index.html"` (or the column's own address), nothing else.

What bites:

- The list's unit is fetched from `…/front/page/build/unit` with what stands in `queryData="{'webId':'…',…}"`. The service
  wants the cookie of the page, so the page is asked for first, and its Referer.
- Small columns have all rows in the page. Large ones have the first page's there, beside an element with `count`, `rows`,
  `pageNo` and `unitUrl`.
- A later page is named in `paramJson`; services were seen that heed nothing else, so `pageNo` and `rows` alone are not enough.
- From abroad the number is ignored and page 1 comes always. An answer that prints another number than was asked for is
  unreadable, not a page; one that prints none cannot be told from a real one here.
- Rows have six shapes: the date in a `<span>`, a `<b>`, a table's cell "[2024-01-02]" …
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders.answers import answer_of, number, parameters, part_of, seen, text_in, with_parameters
from spiders.failures import PageUnreadable
from spiders.fetched import Ask
from spiders.own_rows import own_rows
from spiders.page import Page, parse_page
from spiders.pager import following_page
from spiders.reading import Listing
from spiders.rows import Rows, find_rows
from spiders.selecting import finding

NAME = "hanweb-jcms"
SIGNS = ("jpaas", "unitbuild", "queryData", "querydata", "parseType", "parsetype")

_BODIES = tuple(finding(css) for css in ("#zoom", "#con_con", ".jpaas-ai-content", ".editor-content"))
_UNITS = finding("[querydata]")
_SERVICE = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_PAIR = re.compile(r"[\"'](\w{1,40})[\"']\s{0,9}:\s{0,9}(?:'([^'\n]{0,300})'|\"([^\"\n]{0,300})\")")
_LISTLIKE = re.compile(r"list|列表|栏目|分页|内容", re.IGNORECASE)
_ARTICLE = re.compile(r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_[0-9A-Za-z_-]{3,80}\.html?(?:$|[?#])")
_SURELY = 4  # of a unit's likeness: its name says list
_ROWS = 15  # in a page, where the unit does not say


@dataclass(frozen=True)
class _Pager:
    """What the element beside a list says of it."""

    url: str
    query: dict[str, str]
    rows: int
    count: int | None  # of all rows
    number: int | None  # of this page, 1-based


def recognises(page: Page) -> bool:
    """Whether the page is built of the system's units."""
    return "jpaas" in page.text or bool(_UNITS(page.root))


def listing(page: Page) -> Listing:
    """The rows in a column's page, or where its list is to be asked for, or the rows of an answer.

    Raises:
        PageUnreadable: there is no list and no unit that could be one; or the service failed, or sent another page.
    """
    if not page.is_markup:
        return _answer(page)
    if _ARTICLE.search(urlsplit(page.url).path):
        raise PageUnreadable(page.url, "a report, no list")
    units = [unit for unit in _UNITS(page.root) if unit.tag == "script"]
    unit = max(units, key=_likeness, default=None)
    pager = _pager(page)
    rows = _rows(page)
    if pager is not None and rows is not None:
        return _turned(page, rows, pager, pager.number or 1)
    if unit is not None and (_likeness(unit) >= _SURELY or not _is_list(rows)):
        query = _query(unit)
        if query:
            return Listing((), _ask(page, unit.get("url"), query))
    if rows is None or not _is_list(rows):
        raise PageUnreadable(page.url, "expected rows, or a script with queryData; found neither")
    return Listing(rows.entries, following_page(page), confidence=rows.confidence)


def container(page: Page) -> HtmlElement | None:
    """`#zoom`, else `#con_con` and the other names seen."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)


def _rows(page: Page) -> Rows | None:
    """The list that holds reports of the system; else, since columns may hold reprints alone, the one of the page."""
    return own_rows(page, _ARTICLE) or find_rows(page)


def _likeness(unit: HtmlElement) -> int:
    """How much a unit's settings look like those of a page's list: its name weighs most."""
    query = _query(unit)
    named = 4 if _LISTLIKE.search(query.get("tagId", "")) else 0
    return named + 2 * (query.get("pageType") == "column") + bool(query.get("parseType") or unit.get("parsetype"))


def _is_list(rows: Rows | None) -> bool:
    return rows is not None and rows.confidence >= 0.5


def _query(unit: HtmlElement) -> dict[str, str]:
    pairs = _PAIR.findall((unit.get("querydata") or "")[:4_000])
    return {name: single or double for name, single, double in pairs}


def _pager(page: Page) -> _Pager | None:
    for element in page.root.iterfind(".//*[@uniturl]"):
        query = _query(element)
        url = page.absolute(element.get("uniturl") or "") or page.absolute(_SERVICE)
        if query and url is not None:
            rows = number(element.get("rows")) or _ROWS
            return _Pager(url, query, rows, number(element.get("count")), number(element.get("pageno")))
    return None


def _ask(page: Page, service: str | None, query: dict[str, str]) -> Ask:
    """The request for a unit, as the page's script makes it."""
    url = page.absolute(service or _SERVICE) or page.url
    return Ask(with_parameters(url, query), headers=(("X-Requested-With", "XMLHttpRequest"), ("Referer", page.url)))


def _answer(page: Page) -> Listing:
    answer = answer_of(page)
    markup = part_of(answer, "data", "html") or answer.get("data")
    if answer.get("success") is False or not isinstance(markup, str):
        said = text_in(answer, "msg", "message", "code") or seen(page.text)
        raise PageUnreadable(page.url, f"the service sent no list: {said}")
    shown = parse_page(page.url, markup)
    asked = _number_asked(page.url)
    rows, pager = _rows(shown), _pager(shown)
    if pager is not None and pager.number is not None and pager.number != asked:
        raise PageUnreadable(page.url, f"asked for page {asked}, found page {pager.number}: the service ignores the number")
    if rows is None:
        raise PageUnreadable(page.url, f"the service's markup has no rows: {seen(markup)}")
    if pager is None:
        query = {name: value for name, value in parameters(page.url).items() if name not in {"paramJson", "pageNo", "rows"}}
        wanted = number(parameters(page.url).get("rows")) or _ROWS
        pager = _Pager(page.url.partition("?")[0], query, wanted, None, asked)
    return _turned(page, rows, pager, asked)


def _turned(page: Page, rows: Rows, pager: _Pager, current: int) -> Listing:
    """The rows, and the request for the page after them."""
    pages = -(-pager.count // pager.rows) if pager.count is not None else None
    goes_on = current < pages if pages is not None else len(rows.entries) >= pager.rows
    if not goes_on:
        return Listing(rows.entries, None, pages)
    named = json.dumps({"pageNo": current + 1, "pageSize": str(pager.rows)}, separators=(",", ":"))
    query = {**pager.query, "rows": str(pager.rows), "pageNo": str(current + 1), "paramJson": named}
    return Listing(rows.entries, _ask(page, pager.url, query), pages)


def _number_asked(url: str) -> int:
    """The number of the page that an address asks for."""
    asked = parameters(url)
    try:
        named = json.loads(asked.get("paramJson", "{}"))
    except (ValueError, RecursionError):
        named = {}
    return number(part_of(named, "pageNo")) or number(asked.get("pageNo")) or 1
