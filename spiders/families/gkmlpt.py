"""The disclosure platform of 广东 (gkmlpt) and the static pages of the same publisher (NFCMS).

Recognised by: `window._CONFIG` beside the word gkmlpt, `NFCMS_` scripts, or links to `…/content/post_ID.html`.

Seen on sf.sz.gov.cn, www.gd.gov.cn, rsj.gz.gov.cn and departments of all cities of 广东 (platform); sft.gd.gov.cn and
sfj.gz.gov.cn have the static pages' addresses.

A seed needs `listing_url = ".../gkmlpt/index#721"` with the number of the category (without one: all of the site), or the
address of a static column, `".../tzgg/"`.

What bites:

- The list is drawn by a script from `/gkmlpt/api/all/CATEGORY?page=N&sid=SID`; SID stands in `window._CONFIG`. In front of
  /gkmlpt may stand the department's own folder.
- Not safe for an early end: pinned and back-dated documents stand anywhere, so known rows say nothing of those behind them.
- Page 2 and later of many categories answer 404, though the total says that there are some.
- A page holds 100 rows at the most, fewer where some are not shown; the number of pages is carried in the fragment of the
  address, which is not sent.
- A report's text lies in the page as markup or, escaped, in `_CONFIG.DETAIL.content`.
- Static columns: index.html, index_2.html; http only on many hosts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import urldefrag, urlsplit

from lxml.html import HtmlElement

from spiders.answers import address_in, answer_of, day_in, number, parameters, part_of, records_of, text_in, with_parameters
from spiders.failures import PageUnreadable
from spiders.fetched import Ask, Entry
from spiders.listing import numbered_page
from spiders.own_rows import own_rows
from spiders.page import Page, parse_page
from spiders.pager import following_page, page_count
from spiders.reading import Listing
from spiders.selecting import finding

NAME = "gkmlpt"
SIGNS = ("gkmlpt", "_CONFIG", "NFCMS_", "/content/post_")

_BODIES = tuple(finding(css) for css in (".article-content", "#zoomcon", ".news_cont_d_wrap", ".tyxxy_main"))
_PLATFORM = re.compile(r"^(.{0,200}?)/gkmlpt(?:/|$)")
_SERVICE = re.compile(r"/gkmlpt/api/all/\d{1,9}$")
_ARTICLE = re.compile(r"/content/(?:[\w/]{1,40}/)?m?post_\d{1,12}\.html?(?:$|[?#])")
_SID = re.compile(r"\bSID[\"']?\s{0,9}[:=]\s{0,9}[\"']?(\d{1,12})")
_CATEGORY = re.compile(r"/?(\d{1,9})$")
_DETAIL = re.compile(r"\bDETAIL[\"']?\s{0,9}[:=]\s{0,9}(?=\{)")
_OWN_NUMBER = re.compile(r"/index_(\d{1,5})\.html?$")
_ROWS = 100  # in a page of the platform, as a rule
_DAYS = ("display_publish_time", "created_at", "first_publish_time", "create_time", "date")


def recognises(page: Page) -> bool:
    """Whether the page is the platform's, or a static one of the same publisher."""
    text = page.text
    if not page.is_markup:
        return _SERVICE.search(urlsplit(page.url).path) is not None
    if ("gkmlpt" in text or "/gkmlpt" in page.url) and "_CONFIG" in text:
        return True
    if "NFCMS_" in text or _ARTICLE.search(urlsplit(page.url).path):
        return True
    own = (link.get("href") or "" for link in page.root.iter("a"))
    return sum(1 for href in own if "/content/post_" in href and _ARTICLE.search(href)) >= 2


def listing(page: Page) -> Listing:
    """Where the category's rows are to be asked for, or those of an answer or of a static column.

    Raises:
        PageUnreadable: there are neither rows nor the platform's settings; or the service failed.
    """
    if not page.is_markup:
        return _answer(page)
    path = urlsplit(page.url).path
    if _ARTICLE.search(path) or (_DETAIL.search(page.text) and _detail(page.text)):
        raise PageUnreadable(page.url, "a report, no list")
    platform, sid = _PLATFORM.match(path), _SID.search(page.text)
    if platform is not None and sid is not None:
        category = _CATEGORY.match(urldefrag(page.url).fragment)
        service = f"{platform.group(1)}/gkmlpt/api/all/{category.group(1) if category else '0'}"
        return Listing((), _ask(page, with_parameters(service, {"page": "1", "sid": sid.group(1)})), newest_first=False)
    rows = own_rows(page, _ARTICLE)
    if rows is None:
        raise PageUnreadable(page.url, "expected rows that lead to /content/post_….html, or the platform's SID; found neither")
    return Listing(rows.entries, _following_static(page), page_count(page))


def container(page: Page) -> HtmlElement | None:
    """`.article-content`, else `#zoomcon` and the other names seen."""
    return next((bodies[0] for find in _BODIES if (bodies := find(page.root))), None)


def laid_out(page: Page) -> Page:
    """The report that lies in `_CONFIG.DETAIL` as plain markup; the page itself where its text is markup already."""
    here = container(page)
    if here is not None and here.text_content().strip():
        return page
    detail = _detail(page.text)
    content = detail.get("content")
    if not isinstance(content, str) or not content.strip():
        return page
    if "<" not in content and "&lt;" in content:
        content = unescape(content)
    title, source = text_in(detail, "title"), text_in(detail, "source", "publisher")
    shown = day_in(detail, *_DAYS)
    files = _files(detail)
    return parse_page(
        page.url,
        f'<html><head><title>{escape(title)}</title><meta name="ArticleTitle" content="{escape(title)}">'
        f'<meta name="PubDate" content="{shown.isoformat() if shown else ""}">'
        f'<meta name="ContentSource" content="{escape(source)}"></head><body><h1>{escape(title)}</h1>'
        f'<div class="article-content">{content}</div>{files}</body></html>',
    )


def _answer(page: Page) -> Listing:
    answer = answer_of(page)
    entries: dict[str, Entry] = {}
    records = records_of(page, answer.get("articles"), "articles")
    for record in records:
        title = text_in(record, "title")
        address = address_in(page, record, "url", "post_url")
        if address is not None and title:
            entries.setdefault(address, Entry(address, title, day_in(record, *_DAYS)))
    current = number(parameters(page.url).get("page")) or 1
    total = number(part_of(answer, "classify", "post_count")) or number(answer.get("total"))
    if not entries:
        raise PageUnreadable(page.url, f"page {current} has no articles with an address and a title; the total says {total}")
    pages = _pages(page.url, current, total or 0, len(records))
    url = with_parameters(page.url, {"page": str(current + 1)})
    following = _ask(page, f"{url}#{pages}") if current < pages else None
    return Listing(tuple(entries.values()), following, pages, newest_first=False)


def _pages(url: str, current: int, total: int, came: int) -> int:
    """How many pages there are: as the first one told, since a later one does not show how many rows a page has."""
    told = number(urldefrag(url).fragment)
    if told is not None:
        return max(told, current)
    before = total - came
    each = before // (current - 1) if current > 1 else 0
    if each % 5 == 0 and 0 < came <= each and before == each * (current - 1):
        return current  # the pages before this one were of one round size, and this is the rest
    size = came if current == 1 or total <= _ROWS else _ROWS
    return max(-(-total // max(size, 1)), current)


def _ask(page: Page, url: str) -> Ask:
    """The platform's script says that it asks, and from where."""
    path = urlsplit(page.url).path
    platform = _PLATFORM.match(path)
    referer = page.absolute(f"{platform.group(1) if platform else ''}/gkmlpt/index") or page.url
    return Ask(page.absolute(url) or page.url, headers=(("X-Requested-With", "XMLHttpRequest"), ("Referer", referer)))


def _following_static(page: Page) -> Ask | None:
    following, pages = following_page(page), page_count(page)
    if following is not None or pages is None:
        return following
    own = _OWN_NUMBER.search(urlsplit(page.url).path)
    current = int(own.group(1)) if own else 1
    return Ask(numbered_page(page, current + 1)) if current < pages else None


def _detail(text: str) -> Mapping[str, object]:
    """`_CONFIG.DETAIL`, as far as it is JSON; of an object that is none as a whole, the values that are."""
    found = _DETAIL.search(text)
    if found is None:
        return {}
    decoder = json.JSONDecoder()
    try:
        detail, _ = decoder.raw_decode(text, found.end())
    except (ValueError, RecursionError):
        return _values(decoder, text, found.end())
    return detail if isinstance(detail, dict) else {}


def _values(decoder: json.JSONDecoder, text: str, start: int) -> Mapping[str, object]:
    detail: dict[str, object] = {}
    for name in ("title", "content", "source", "publisher", *_DAYS):
        key = re.compile(rf"\b{name}[\"']?\s{{0,9}}:\s{{0,9}}(?=[\"\d])").search(text, start)
        if key is not None:
            try:
                detail[name], _ = decoder.raw_decode(text, key.end())
            except (ValueError, RecursionError):
                continue
    return detail


def _files(detail: Mapping[str, object]) -> str:
    """The attachments that DETAIL lists, as links below the text."""
    listed = detail.get("attachment")
    files = [file for file in listed if isinstance(file, dict)] if isinstance(listed, list) else []
    links = [(text_in(file, "url", "path", "file_url"), text_in(file, "name", "title", "file_name")) for file in files]
    items = "".join(f'<li><a href="{escape(url)}">{escape(name or url)}</a></li>' for url, name in links if url)
    return f'<div class="fj"><p>附件：</p><ul>{items}</ul></div>' if items else ""
