"""Reads what a page declares to machines: the national metas, Open Graph, JSON-LD. Does not believe a template's values.

The standard is 政府网站发展指引 (国办发〔2017〕47号), annex: SiteName, ColumnName, ArticleTitle, PubDate, ContentSource. It is
read with its departures: any case, any order of attributes, `property` for `name`, seconds or no time at all, doubled dashes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from html import unescape
from typing import Any

from spiders.dates import first_date
from spiders.page import Page
from spiders.selecting import finding

_METAS = finding("meta[content]")
_SCRIPTS = finding("script[type]")
_DAYS = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:published_time",
    "og:release_date",
    "publishtime",
    "pubtime",
    "firstpublishedtime",
)
_TAG = re.compile(r"<[^<>]{1,60}>")
_TEMPLATE = re.compile(r"[{}]|\$\w|<%|%>|\[!--|^#\w+#$|^@\w+$")
_PLACEHOLDERS = frozenset(
    {"null", "undefined", "none", "nan", "标题", "文章标题", "title", "articletitle", "来源", "source", "无", "-"}
)
_EPOCH = date(1970, 1, 1)  # what a system writes that knows no day
_CHINA = timezone(timedelta(hours=8))
_LONGEST_SCRIPT = 500_000  # characters
_MOST_NODES = 5_000  # of JSON-LD
_ARTICLES = re.compile(r"(?:\w{0,30}Article|Report|BlogPosting|WebPage|GovernmentDocument|Legislation)$")


@dataclass(frozen=True)
class Declared:
    """What the metas say; "" and None where they say nothing that can be believed."""

    title: str  # ArticleTitle
    named_like_site: str  # an ArticleTitle that only repeats the site's or the column's name
    open_graph_title: str
    published: date | None
    source: str  # ContentSource
    names: frozenset[str]  # of site and column, without blanks: they are no article's title


@dataclass(frozen=True)
class Structured:
    """What the page's JSON-LD says of its article; "" and None where it says nothing."""

    title: str
    published: date | None
    source: str  # name of the publisher


def read_declared(page: Page) -> Declared:
    """The metas of a page, by lower-case name; of several the first one that is not empty counts."""
    metas: dict[str, str] = {}
    for meta in _METAS(page.root):
        name, content = (meta.get("name") or meta.get("property") or "").strip().lower(), (meta.get("content") or "").strip()
        if name and content:
            metas.setdefault(name, content)
    names = frozenset(filter(None, (_squeezed(metas.get(name, "")) for name in ("sitename", "columnname", "sitedomain"))))
    title = _believed(metas.get("articletitle", ""))
    is_name = _squeezed(title) in names
    days = (_day(metas[name]) for name in _DAYS if name in metas)
    return Declared(
        title="" if is_name else title,
        named_like_site=title if is_name else "",
        open_graph_title=_believed(metas.get("og:title", "")),
        published=next((day for day in days if day), None),
        source=_believed(metas.get("contentsource", "")),
        names=names,
    )


def read_structured(page: Page) -> Structured:
    """The article in the page's JSON-LD. What cannot be parsed is passed over: browsers do so too."""
    title, published, source = "", None, ""
    for script in _SCRIPTS(page.root):
        text = script.text or ""
        if "ld+json" not in script.get("type", "").lower() or len(text) > _LONGEST_SCRIPT:
            continue
        try:
            whole = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for article in _articles(whole):
            title = title or _text(article, "headline", "title", "name")
            published = published or _day(_text(article, "datePublished", "pubDate"))
            source = source or _name(article.get("publisher"))
    return Structured(title, published, source)


def _articles(whole: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401  JSON may hold anything
    """The articles in a JSON-LD document: itself, in a list, in its @graph, or as a page's mainEntity."""
    waiting, seen = [whole], 0
    while waiting and seen < _MOST_NODES:
        node, seen = waiting.pop(0), seen + 1
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            kinds = node.get("@type", "Article" if "pubDate" in node else "")
            if any(isinstance(kind, str) and _ARTICLES.match(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield node
            waiting.extend(node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node)


def _text(node: Mapping[str, Any], *keys: str) -> str:
    found = (node[key] for key in keys if isinstance(node.get(key), str))
    return next((text for value in found if (text := _believed(value))), "")


def _name(publisher: Any) -> str:  # noqa: ANN401  JSON may hold anything
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    if isinstance(publisher, dict):
        return _text(publisher, "name")
    return _believed(publisher) if isinstance(publisher, str) else ""


def _believed(text: str) -> str:
    """A declared text on one line, without markup; "" where it is a template's and not the article's."""
    plain = _TAG.sub("", unescape(text)) if "&" in text or "<" in text else text
    plain = " ".join(plain.split())
    return "" if _TEMPLATE.search(plain) or plain.isdigit() or plain.lower() in _PLACEHOLDERS else plain


def _day(text: str) -> date | None:
    """A declared day. Times of another zone than China's are turned; without a zone they are China's (none is ever given)."""
    day = first_date(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None if day == _EPOCH else day
    if 1950 < moment.year < 2200:
        day = moment.astimezone(_CHINA).date() if moment.tzinfo is not None else moment.date()
    return None if day == _EPOCH else day


def _squeezed(text: str) -> str:
    return "".join(text.split())
