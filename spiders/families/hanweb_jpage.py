"""大汉 Hanweb with jpage: records of a list as XML, in the page itself and behind `dataproxy.jsp`.

Recognised by: `.jpage({…})` or `dataproxy.jsp` with the column's number, `<datastore>` with `<record>`s, the addresses
`/col/colN/index.html` (list) and `/art/…/art_….html` (report). Pages that say jpaas are hanweb-jcms, and those whose
`<nextgroup>` tells no column are another system's.

Seen on sft.jiangsu.gov.cn, www.jiangsu.gov.cn and many departments, cities and districts of 江苏, 山东 and 浙江 (older sites).

A seed needs `listing_url = ".../col/colN/index.html"`, nothing else.

What bites:

- The page holds a group of records, as a rule three pages' worth (`perPage` times `groupSize`); they may be HTML-escaped.
- What a service wants to be told (columnid, unitid, webid, path, webname, permissiontype) stands in the page: in
  `<nextgroup>`, in `var param_UNIT={…}` or in `ajaxParam`. Some services go by `startrecord` and `endrecord`, some by `page`
  and `perpage` alone; both are told, and the next group begins behind the records that came.
- A group may come with one record more than asked for, which the next group repeats.
- The date is broken over lines: "2026-⏎01-⏎23". Month and day of an address are not padded.
- An empty answer of about 54 characters is no end of the list: the total that the page prints says where that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from spiders.answers import number, parameters, seen, with_parameters
from spiders.failures import PageUnreadable
from spiders.fetched import Ask, Entry
from spiders.listing import entry_of
from spiders.own_rows import own_rows
from spiders.page import Page, parse_page
from spiders.pager import following_page, page_count
from spiders.reading import Listing
from spiders.selecting import finding

NAME = "hanweb-jpage"
SIGNS = ("dataproxy.jsp", "jpage", "<record>", "&lt;record&gt;", "artile_zw", "/col/col", "/art/", "/module/download/")

_BODIES = tuple(finding(css) for css in ("#zoom", ".artile_zw", ".bt-content", ".main-txt", ".con_text"))
_COLUMN = re.compile(r"/col/col(\d{1,12})/(?:index(?:_\d{1,5})?\.html?)?$")
_ARTICLE = re.compile(r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_[0-9A-Za-z_-]{3,80}\.html?(?:$|[?#])")
_TOLD = re.compile(
    r"\b(col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype|page|startrecord|endrecord|"
    r"perpage|totalRecord|perPage|groupSize|proxyUrl)"
    r"[\"']?\s{0,9}[:=]\s{0,9}(?:'([^'\n]{0,200})'|\"([^\"\n]{0,200})\"|([^\s\"'<>{}&,;]{1,200}))"
)
_PLACES = (".jpage(", "dataproxy.jsp", "ajaxParam", "var param_")
_CALL = re.compile(r"[\"']#([\w-]{1,60})[\"']\s{0,9}\)\s{0,9}\.jpage\(")
_REACH = 1_500  # characters around a place in which a unit's settings stand
_APART = 80  # characters between two settings of one unit
_MOST_PLACES = 12
_MOST_RECORDS = 5_000  # in one answer; services cut a page at about 300
_PLAIN_COLUMN = re.compile(r"columnid=\d{1,12}(?:$|[&\"'])")  # encrypted, it is trs-recordset's
_SERVICE = "/module/web/jpage/dataproxy.jsp"
_LONGEST_SERVICE = 120  # characters of its path
_SERVICE_PATH = re.compile(r"/[\w/.-]{0,100}dataproxy\.jsp")
_NOT_TOLD = {"totalRecord", "perPage", "groupSize", "proxyUrl", "page", "perpage", "startrecord", "endrecord"}
_GROUP = 3  # pages in a group, where the page does not say


@dataclass(frozen=True)
class _Store:
    """One `<datastore>`: its records and what it says of those that follow."""

    records: tuple[str, ...]
    total: int | None
    following: str  # what stands in <nextgroup>


def recognises(page: Page) -> bool:
    """Whether the page is one of the system's lists or reports."""
    text = page.text
    if "jpaas" in text:
        return False
    path = urlsplit(page.url).path
    stores = _stores(text)
    if any("dataproxy.jsp?" in store.following and not _PLAIN_COLUMN.search(store.following) for store in stores):
        return False
    if stores or ".jpage(" in text or "jpage/dataproxy.jsp" in text or _COLUMN.search(path):
        return True
    return bool(_ARTICLE.search(path)) and "TRS_" not in text and "trs_" not in text


def listing(page: Page) -> Listing:
    """The records of a column's page, or of a service's answer.

    Raises:
        PageUnreadable: there are neither records nor rows, nor what the service wants to be told.
    """
    path = urlsplit(page.url).path
    if path.endswith("dataproxy.jsp"):
        return _answer(page)
    if _ARTICLE.search(path):
        raise PageUnreadable(page.url, "a report, no list")
    column = _COLUMN.search(path)
    told = _told(page.text, column.group(1) if column else "")
    store = _main_store(page.text, told.get("columnid", ""))
    if store is not None and store.records:
        store = replace(store, total=store.total or number(told.get("totalRecord")))
        return _group(page, page, told, store, 1)
    rows = own_rows(page, _ARTICLE)
    if rows is not None and "jpage" not in page.text:
        return Listing(rows.entries, following_page(page), page_count(page))
    if "columnid" in told:
        return Listing((), _ask(page, told, 1))
    raise PageUnreadable(page.url, "expected records, or a jpage call that tells the column; found neither")


def container(page: Page) -> HtmlElement | None:
    """`#zoom`, else `.artile_zw` (sic) and the other names seen."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)


def _answer(page: Page) -> Listing:
    """The group of records that a service sent."""
    told = parameters(page.url)
    store = _main_store(page.text, "")
    if store is None or not store.records:
        raise PageUnreadable(page.url, f"expected records, found {seen(page.text)}")
    column = page.absolute(f"/col/col{told.get('columnid', '')}/index.html") or page.url
    start = number(told.get("startrecord")) or 1
    return _group(page, Page(column, ""), told, store, start)


def _group(page: Page, column: Page, told: Mapping[str, str], store: _Store, start: int) -> Listing:
    """A group of records and the place of the next: behind those that came, but for one that came beyond those asked for."""
    entries, read = _entries(column, store.records), len(store.records)
    if not entries:
        raise PageUnreadable(page.url, f"{read} records, none with a link and a title")
    per_page, window = _sizes(told, read)
    nearest = start + min(read, window)
    goes_on = nearest <= store.total if store.total is not None else read >= per_page
    following = _ask(page, told, nearest) if goes_on and "columnid" in told else None
    return Listing(entries, following, -(-store.total // window) if store.total else None)


def _sizes(told: Mapping[str, str], otherwise: int) -> tuple[int, int]:
    """How many records a page has, and a group: as an earlier request had it, or as the page's call has it."""
    said = number(told.get("perPage")) or number(told.get("perpage"))
    per_page = said or otherwise
    start, end = number(told.get("startrecord")), number(told.get("endrecord"))
    if start and end and end >= start:
        return per_page, end - start + 1
    return per_page, per_page * (number(told.get("groupSize")) or _GROUP) if said else per_page


def _ask(page: Page, told: Mapping[str, str], start: int) -> Ask:
    """The request for the group that begins with record `start`."""
    per_page, window = _sizes(told, 15)
    asked = {name: value for name, value in told.items() if name not in _NOT_TOLD}
    asked |= {"startrecord": str(start), "endrecord": str(start + window - 1), "perpage": str(per_page)}
    if "page" in told:
        asked["page"] = str((start - 1) // per_page + 1)
    own_service = _SERVICE_PATH.search(urlsplit(page.url).path) or _SERVICE_PATH.search(told.get("proxyUrl", ""))
    service = page.absolute(own_service.group() if own_service else _SERVICE) or page.url
    referer = page.absolute(f"/col/col{told.get('columnid', '')}/index.html") or page.url
    headers = (("X-Requested-With", "XMLHttpRequest"), ("Referer", referer))
    return Ask(with_parameters(service.partition("?")[0], asked), headers=headers)


def _told(text: str, column: str) -> dict[str, str]:
    """What the page's script says of the unit that shows this column: what the service wants to be told, and the counts."""
    settings = [run for run in _runs(text) if "columnid" in run or "unitid" in run]
    own = max(settings, key=lambda run: (run.get("columnid") == column, "unitid" in run, len(run)), default={})
    calls = [(call.group(1), text[call.end() : call.end() + _REACH]) for call in islice(_CALL.finditer(text), _MOST_PLACES)]
    _, call = max(calls, key=lambda found: found[0] == own.get("unitid"), default=("", ""))
    counts = _values(unescape(call.partition(".jpage(")[0]))
    told = dict(counts)
    for run in settings:  # the unit may be spoken of twice: in <nextgroup> and in its call
        if run.get("unitid") == own.get("unitid") and run.get("columnid", column) == own.get("columnid", column):
            told |= run
    position = text.find("dataproxy.jsp")
    beside = text[max(0, position - _LONGEST_SERVICE) : position + len("dataproxy.jsp")] if position >= 0 else ""
    service = _SERVICE_PATH.search(told.get("proxyUrl", "")) or _SERVICE_PATH.search(beside)
    if service is not None:
        told["proxyUrl"] = service.group()
    return {"columnid": column, **told} if column and told else told


def _runs(text: str) -> Iterator[dict[str, str]]:
    """Settings that stand together, each time the page speaks of the service."""
    end = 0
    places = sorted(position for place in _PLACES for position in islice(_positions(text, place), _MOST_PLACES))
    for position in places:
        window = unescape(text[max(end, position - _REACH) : position + _REACH])
        end = max(end, position + _REACH)
        run: dict[str, str] = {}
        last = 0
        for match in _TOLD.finditer(window):
            if match.start() - last > _APART or match.group(1) in run:
                yield run
                run = {}
            run[match.group(1)] = _value(match)
            last = match.end()
        yield run


def _values(script: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _TOLD.finditer(script):
        found.setdefault(match.group(1), _value(match))
    return found


def _value(match: re.Match[str]) -> str:
    return next((value for value in match.groups()[1:] if value is not None), "")


def _positions(text: str, place: str) -> Iterator[int]:
    position = text.find(place)
    while position >= 0:
        yield position
        position = text.find(place, position + len(place))


def _stores(text: str) -> tuple[_Store, ...]:
    """Every `<datastore>` of a text, be it escaped or not; what stands in comments is not looked at."""
    if "<record>" not in text and "&lt;record&gt;" in text:
        text = unescape(text)
    if "<record>" not in text:
        return ()
    parts = _without_comments(text).split("<datastore>")
    return tuple(_Store(tuple(_records(part)), _total(part), _between(part, "<nextgroup>", "</nextgroup>")) for part in parts)


def _main_store(text: str, column: str) -> _Store | None:
    """The datastore of the column itself; of several that could be it, the one with the most records."""
    own = f"columnid={column}"
    return max(_stores(text), key=lambda store: (bool(column) and own in store.following, len(store.records)), default=None)


def _records(part: str) -> Iterator[str]:
    for piece in part.split("<record>")[1 : _MOST_RECORDS + 1]:
        record, closed, _ = piece.partition("</record>")
        if closed:
            yield record.strip().removeprefix("<![CDATA[").removesuffix("]]>")


def _entries(page: Page, records: tuple[str, ...]) -> tuple[Entry, ...]:
    """Each record is a row of its own, read apart: what one leaves open does not swallow the next."""
    by_url: dict[str, Entry] = {}
    for record in records:
        row = parse_page(page.url, f"<div>{record}</div>").root
        entry = entry_of(page, row)
        if entry is not None:
            by_url.setdefault(entry.url, entry)
    return tuple(by_url.values())


def _total(part: str) -> int | None:
    return number(_between(part[:2_000], "<totalrecord>", "</totalrecord>"))


def _between(text: str, opening: str, closing: str) -> str:
    inside = text.partition(opening)[2]
    found, closed, _ = inside.partition(closing)
    return unescape(found) if closed else ""


def _without_comments(text: str) -> str:
    kept, position = [], 0
    for opened in _positions(text, "<!--"):
        if opened >= position:
            kept.append(text[position:opened])
            closed = text.find("-->", opened)
            position = closed + 3 if closed >= 0 else len(text)
    return "".join([*kept, text[position:]])
