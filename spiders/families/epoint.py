"""新点 Epoint WebBuilder: static pages in a tree of numbered columns, or shells whose lists a rest action sends as JSON.

Recognised by: `EpointWebBuilder`, `EWB-FRONT`, `webBuilderCommon`, `lightfrontaction`, `downloadZtbAttach`,
`/Template/dynamic/`, class names that begin with `ewb-`, or links of its own to `/…/002017002/YYYYMMDD/UUID.html`.

Seen on jingan.gov.cn, songjiang.gov.cn and shcm.gov.cn (addresses), xz.gov.cn and its departments (service), yingkou.gov.cn and
exchanges of many provinces (both).

A seed needs `listing_url = ".../xxgk/002017/002017002/"`, or the address of a shell with `?categorynum=002017002`.

What bites:

- A shell says nothing; its script posts siteGuid, the column's number, pageIndex (from 0) and pageSize to
  `/EWB-FRONT/rest/lightfrontaction/getgovinfolist` as JSON, or to `…/frontAppCustomAction/getPageInfoListNew` as the form
  `params={…}`. What is posted is repeated in the query, where the answer's reader finds it again.
- siteGuid may stand in `/js/webBuilderCommon.js` alone: that file is then asked for first. Where even this is missing the
  page is unreadable, so that a browser is tried.
- `custom` of an answer is an object, or JSON in a string. The rows are `data` or `infodata`, the total `total` or `count`.
- Static columns: the second page of `list.html` is `2.html`.
- Attachments: `…/attach/downloadZtbAttach.jspx?attachGuid=…`, told to be documents by their names alone.
"""

from __future__ import annotations

import json
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
from spiders.selecting import finding

NAME = "epoint"
SIGNS = (
    *("pointWebBuilder", "pointwebbuilder", "EWB-FRONT", "webBuilderCommon", "lightfrontaction", "ewb-", "ownloadZtbAttach"),
    *("/Template/dynamic/", "siteGuid", "categorynum", "categoryNum", "epoint-", "/00", "/govxxgk/"),
)

_TELLING = SIGNS[:5]
_OWN_NAMES = finding("[class^=ewb-]")
_BODIES = tuple(finding(css) for css in (".epoint-article-content", "#mainContent", "#infoContentM", "#newsText", ".mian-cont"))
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_ARTICLE = re.compile(rf"/(?:\d{{6,21}}/\d{{8}}|govxxgk/\w{{1,20}}/\d{{4}}-\d{{2}}-\d{{2}})/{_UUID}\.html?(?:$|[?#])")
_SITE = re.compile(rf"\bsiteGuid[\"']?\s{{0,9}}[:=]\s{{0,9}}[\"']({_UUID})[\"']", re.IGNORECASE)
_PROJECT = re.compile(r"\bprojectName[\"']?\s{0,9}[:=]\s{0,9}[\"'](/?[\w-]{1,60})/?[\"']")
_CATEGORY = re.compile(r"\bcategory_?num[\"']?\s{0,9}[:=]\s{0,9}[\"']?(\d{3,21})\b", re.IGNORECASE)
_IN_PATH = re.compile(r"/(\d{6,21})(?=/|$)")
_PAGE_SIZE = re.compile(r"\bpageSize[\"']?\s{0,9}[:=]\s{0,9}[\"']?([1-9]\d{0,2})(?!\d)")
_ACTION = re.compile(
    r"[\"'`]((?:https?://[\w.:-]{1,100})?(?:/[\w.-]{1,60}){0,4}/rest/\w{1,60}/(?i:get)\w{0,40}(?i:list)\w{0,20})[\"'`?]"
)
_SETTINGS = re.compile(r"/[\w/.-]{0,100}webBuilderCommon\.js$")
_NUMBERED = re.compile(r"/(\d{1,5})\.html?$")
_DISCLOSED_IN = "/rest/lightfrontaction/getgovinfolist"
_DISCLOSED = f"/EWB-FRONT{_DISCLOSED_IN}"
_STATE = ("categorynum", "deptcode", "siteGuid", "pageIndex", "pageSize")


def recognises(page: Page) -> bool:
    """Whether the page was built by WebBuilder."""
    if any(sign in page.text for sign in _TELLING) or "ownloadZtbAttach" in page.text or "/Template/dynamic/" in page.text:
        return True
    if "ewb-" in page.text and _OWN_NAMES(page.root):
        return True
    if _ARTICLE.search(urlsplit(page.url).path):
        return True
    own = (link.get("href") or "" for link in page.root.iter("a"))
    return sum(1 for href in own if href.startswith(("/", ".")) and _ARTICLE.search(href)) >= 2


def listing(page: Page) -> Listing:
    """The rows of a static column, where a shell's are to be asked for, or those of an answer.

    Raises:
        PageUnreadable: there are neither rows nor all that the service wants to be told; or the service failed.
    """
    path = urlsplit(page.url).path
    if not page.is_markup:
        return _answer(page)
    if _SETTINGS.search(path):
        return _asked_for(page, page.text)
    if _ARTICLE.search(path):
        raise PageUnreadable(page.url, "a report, no list")
    rows = own_rows(page, _ARTICLE)
    if rows is not None and _belongs(page, rows.entries):
        return Listing(rows.entries, _following_static(page), page_count(page))
    return _asked_for(page, page.text)


def container(page: Page) -> HtmlElement | None:
    """`.epoint-article-content`, else `#mainContent` and the other names seen."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)


def _belongs(page: Page, entries: tuple[Entry, ...]) -> bool:
    """Whether rows are the column's own: a shell may show other columns' latest beside its empty list."""
    asked = parameters(page.url)
    own = asked.get("categorynum") or asked.get("categoryNum")
    columns = [found for entry in entries for found in _IN_PATH.findall(urlsplit(entry.url).path)]
    return not own or not columns or any(column.startswith(own) for column in columns)


def _asked_for(page: Page, script: str) -> Listing:
    """Where the rows are to be asked for, as far as the page or its settings tell."""
    asked = parameters(page.url)
    category = asked.get("categorynum") or asked.get("categoryNum") or _told(_CATEGORY, script)
    in_path = _IN_PATH.findall(urlsplit(page.url).path)
    category = category or (in_path[-1] if in_path else "")
    site = _told(_SITE, script)
    if category and site:
        service = page.absolute(_action(script)) or urljoin(page.url, _DISCLOSED)
        size = _told(_PAGE_SIZE, script) or "20"
        state = {"categorynum": category, "deptcode": asked.get("deptcode", ""), "siteGuid": site}
        return Listing((), _ask(service, {**state, "pageIndex": "0", "pageSize": size}))
    for element in page.root.iter("script"):
        url = page.absolute(element.get("src") or "")
        if category and url is not None and _SETTINGS.search(urlsplit(url).path):
            state = {"categorynum": category, "deptcode": asked.get("deptcode", "")}
            return Listing((), Ask(with_parameters(url, state), headers=(("Referer", page.url),)))
    raise PageUnreadable(page.url, "expected rows, or a script that tells siteGuid and column; a script may build the list")


def _action(script: str) -> str:
    """The path of the action that a script names; it may name the project apart from what lies in it."""
    project, action = _told(_PROJECT, script).strip("/"), _told(_ACTION, script)
    if not action:
        return f"/{project}{_DISCLOSED_IN}" if project else _DISCLOSED
    return f"/{project}{action}" if project and action.startswith("/rest/") else action


def _told(pattern: re.Pattern[str], script: str) -> str:
    found = pattern.search(script)
    return found.group(1) if found else ""


def _ask(service: str, state: Mapping[str, str]) -> Ask:
    """The request for a page of rows, in the way that the action takes it."""
    url = with_parameters(service.partition("?")[0], state)
    headers = (("X-Requested-With", "XMLHttpRequest"), ("Referer", urljoin(service, "/")))
    told: dict[str, object] = {
        "siteGuid": state["siteGuid"],
        "pageIndex": int(state["pageIndex"]),
        "pageSize": int(state["pageSize"]),
    }
    if "lightfrontaction" in service:
        told |= {"categorynum": state["categorynum"], "deptcode": state["deptcode"]}
        return Ask(url, json.dumps(told), "application/json; charset=UTF-8", headers)
    told |= {"categoryNum": state["categorynum"], "kw": "", "startDate": "", "endDate": ""}
    return Ask(url, urlencode({"params": json.dumps(told)}), headers=headers)


def _answer(page: Page) -> Listing:
    custom = answer_of(page).get("custom")
    if isinstance(custom, str):
        custom = answer_of(Page(page.url, custom))
    rows = part_of(custom, "data") or part_of(custom, "infodata")
    entries: dict[str, Entry] = {}
    records = records_of(page, rows, "custom.data")
    for record in records:
        address = address_in(page, record, "infourl", "visiturl", "linkurl")
        title = text_in(record, "realtitle", "title")
        if address is not None and title:
            listed = day_in(record, "infodate", "handsdate", "webdate")
            entries.setdefault(address, Entry(address, title, listed))
    if not entries:
        raise PageUnreadable(page.url, f"the service's answer has no row with an address and a title: {seen(page.text)}")
    asked = parameters(page.url)
    index, size = number(asked.get("pageIndex")) or 0, number(asked.get("pageSize")) or len(records)
    total = number(part_of(custom, "total")) or number(part_of(custom, "count"))
    goes_on = index * size + len(records) < total if total else len(records) >= size
    state = {name: asked.get(name, "") for name in _STATE} | {"pageIndex": str(index + 1), "pageSize": str(size)}
    return Listing(
        tuple(entries.values()), _ask(page.url, state) if goes_on else None, -(-total // size) if total and size else None
    )


def _following_static(page: Page) -> Ask | None:
    """What the pager names; else, where the page says how many there are, the next number."""
    following, pages = following_page(page), page_count(page)
    if following is not None or pages is None:
        return following
    own = _NUMBERED.search(urlsplit(page.url).path)
    current = int(own.group(1)) if own else 1
    return Ask(urljoin(page.url, f"{current + 1}.html")) if current < pages else None
