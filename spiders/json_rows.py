"""Finds the rows in what a list service answered, JSON or XML, by what its members look like. Knows no service, asks none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from spiders.answers import day, number, plain
from spiders.fetched import Ask, Entry
from spiders.page import Page, parse_page
from spiders.pager_words import PAGE_KEY
from spiders.rows import find_rows

Record = Mapping[str, object]

_MOST_NODES = 200_000  # values of an answer that are looked at
_DEEPEST = 12  # levels
_SAMPLE = 40  # records whose members are weighed
_TITLE_NAMES = re.compile(r"(?:doc|news|info|article|xx|show)?_?(?:title|bt|biaoti|subject|headline|mc|name)$", re.IGNORECASE)
_URL_NAMES = re.compile(r"\w{0,20}(?:url|link|href|path|uri)$", re.IGNORECASE)
_DAY_NAMES = (  # the better the earlier
    re.compile(r"\w{0,20}(?:publi?sh|pubdate|pubtime|release|display|show|fbrq|fbsj|reltime)\w{0,20}$", re.IGNORECASE),
    re.compile(r"(?:date|time|rq|sj|day|updated|\w{0,12}[_-]?(?:date|time))$", re.IGNORECASE),
    re.compile(r"\w{0,20}$"),
)
_LATE_NAMES = re.compile(r"creat|updat|modif|edit|expire|end|valid|write|成文", re.IGNORECASE)
_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|bmp|svg|ico|css|js)(?:\?|$)", re.IGNORECASE)
_CUT = re.compile(r"(?:…|⋯|\.{3})\W{0,3}$")
_TAG = re.compile(r"</?(?!br)[a-zA-Z][^<>]{0,300}>", re.IGNORECASE)  # of the words that were searched for
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PAGES = re.compile(r"(?:total_?pages?|page_?count|pages|page_?total|total_?page_?(?:num|count))$", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:total|count|total_?(?:count|records?|num|rows|size|hits)|record_?count|post_count|num_?found|rows_?count)$",
    re.IGNORECASE,
)
_SIZE = re.compile(r"_?(?:page_?size|per_?page|page_?rows|rows|limit|size|page_?num_?size)$", re.IGNORECASE)
_OFFSET = re.compile(r"(?:start|end|offset|from|begin)\w{0,10}|paramJson", re.IGNORECASE)
_LINK = re.compile(r"<a\s[^<>]{0,2000}href", re.IGNORECASE)


@dataclass(frozen=True)
class Answered:
    """The rows of a list service's answer."""

    entries: tuple[Entry, ...]
    confidence: float  # 0 to 1
    pages: int | None  # how many the answer says there are
    following: Ask | None  # the same question with the next page's number, where it stands in the address


def is_answer(page: Page) -> bool:
    """Whether this is what a list service answers (JSON, XML) rather than a page."""
    if not page.is_markup:
        return True
    beginning = page.text[:2_000].lstrip("\ufeff \t\r\n").lower()
    is_xml = beginning.startswith("<?xml") and "<html" not in beginning
    return is_xml or beginning.startswith(("<rss", "<feed", "<datastore"))


def find_records(page: Page) -> Answered | None:
    """The rows of an answer: records with a title and an address, or markup in its texts; None where neither is there."""
    answer = _parsed(page)
    if answer is None:
        return None
    values = list(islice(_values(answer), _MOST_NODES))
    best: tuple[float, tuple[Entry, ...], float] | None = None
    for value in values:
        if isinstance(value, list):
            found = _entries(page, [_flat(record) for record in value if isinstance(record, dict)])
            if found is not None and (best is None or found[0] > best[0]):
                best = found
    if best is None:
        best = _in_markup(page, values)
    if best is None:
        return None
    pages, size = _counts(page, values)
    return Answered(best[1], best[2], pages, _following(page, pages, is_full=size is None or len(best[1]) >= size))


def _parsed(page: Page) -> object:
    text = page.text.lstrip("\ufeff \t\r\n")
    if text[:1] in {"{", "["}:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(re.sub(r"^<\?xml[^>]{0,200}\?>", "", text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return None if root is None else _as_members(root, 0)


def _as_members(element: etree._Element, depth: int) -> object:
    """An element as a text, or as its members by name; those of one name as a list."""
    children = [child for child in element if isinstance(child.tag, str)]
    if not children or depth > _DEEPEST:
        return element.text or element.get("href") or ""
    members: dict[str, object] = {}
    by_name: dict[str, list[object]] = {}
    for child in children:
        by_name.setdefault(etree.QName(child).localname, []).append(_as_members(child, depth + 1))
    for name, values in by_name.items():
        members[name] = values if len(values) > 1 or isinstance(values[0], dict) else values[0]
    return members


def _values(answer: object) -> Iterator[object]:
    """Every value of an answer: records, lists and texts."""
    waiting: list[tuple[object, int]] = [(answer, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str) and value[:2] in {'{"', "[{"}:  # JSON within JSON
            with suppress(ValueError, RecursionError):
                value = json.loads(value)
        yield value
        if depth < _DEEPEST:
            inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            waiting.extend((member, depth + 1) for member in reversed(list(inner)) if isinstance(member, dict | list | str))


def _flat(record: Record) -> Record:
    """A record with the members of the records in it, which bear their own names."""
    inner: dict[str, object] = {}
    for member in record.values():
        if isinstance(member, dict):
            inner.update(member)
    return {**inner, **{name: member for name, member in record.items() if not isinstance(member, dict)}}


def _entries(page: Page, records: Sequence[Record]) -> tuple[float, tuple[Entry, ...], float] | None:
    """What the records of one list come to: weight, entries, confidence."""
    sample = records[:_SAMPLE]
    title, url = _best_name(sample, _title_worth), _best_name(sample, _address_worth)
    if title is None or url is None:
        return None
    days = _best_name(sample, _day_worth)
    entries: dict[str, Entry] = {}
    for record in records:
        address, words = record.get(url), record.get(title)
        full = page.absolute(plain(address)) if isinstance(address, str) else None
        if full and isinstance(words, str) and plain(words):
            title_here = _whole(plain(_TAG.sub("", words)), record)
            entries.setdefault(full, Entry(full, title_here, day(record.get(days)) if days else None))
    if not entries:
        return None
    dated = sum(1 for entry in entries.values() if entry.listed) / len(entries)
    whole = len(entries) / len(records)
    sure = (0.55 + 0.35 * dated) * whole - (0.1 if len(entries) == 1 else 0)
    return len(entries) * (0.5 + dated), tuple(entries.values()), round(sure, 2)


def _whole(title: str, record: Record) -> str:
    """The title, or where it was cut with … the member that goes on where it breaks off."""
    stem = _CUT.sub("", title)
    if stem == title:
        return title
    return next(
        (
            text
            for value in record.values()
            if isinstance(value, str) and (text := plain(value)).startswith(stem) and text != title
        ),
        title,
    )


def _best_name(records: Sequence[Record], worth: Callable[[str, object], float]) -> str | None:
    names = {name: 0.0 for record in records for name in record}
    for name in names:
        names[name] = sum(worth(name, record.get(name)) for record in records) / len(records)
    best = max(names, key=names.__getitem__, default=None)
    return best if best is not None and names[best] >= 0.5 else None


def _title_worth(name: str, value: object) -> float:
    if not isinstance(value, str) or not 3 < len(value) <= 600 or not _HAN.search(value) or _LINK.search(value):
        return 0.0
    return 0.5 + min(len(value), 40) / 100 + 2 * bool(_TITLE_NAMES.fullmatch(name))


def _address_worth(name: str, value: object) -> float:
    if not isinstance(value, str) or len(value) > 2_000 or _NO_PAGE.search(value) or _HAN.search(value):
        return 0.0
    leads = value.startswith(("http://", "https://", "/", "./", "../")) or re.search(r"\.s?html?(?:$|[?#])|\.jsp|\.pdf$", value)
    return (0.6 + 1.0 * bool(_URL_NAMES.fullmatch(name)) - 0.1 * len(name) / 20) if leads and len(value) > 3 else 0.0


def _day_worth(name: str, value: object) -> float:
    if isinstance(value, bool) or day(value) is None or (isinstance(value, str) and len(value) > 40):
        return 0.0
    rank = next(position for position, names in enumerate(_DAY_NAMES) if names.fullmatch(name) or position == 2)
    if isinstance(value, int | float) and rank == 2:
        return 0.0  # a number of no telling name is more likely an id
    return 2.0 - 0.5 * rank - (0.4 if _LATE_NAMES.search(name) else 0) + (0.1 if isinstance(value, str) else 0)


def _in_markup(page: Page, values: Sequence[object]) -> tuple[float, tuple[Entry, ...], float] | None:
    """The rows of the markup in an answer's texts: one with all rows, or one text a row."""
    markup = [value for value in values if isinstance(value, str) and _LINK.search(value[:200_000])]
    if not markup:
        return None
    rows = find_rows(parse_page(page.url, "<html><body><div>" + "\n".join(markup) + "</div></body></html>"))
    return (0.0, rows.entries, rows.confidence) if rows is not None else None


def _counts(page: Page, values: Sequence[object]) -> tuple[int | None, int | None]:
    """How many pages there are, and how many rows a full one has."""
    found: dict[str, int] = {}
    asked = dict(parse_qsl(urlsplit(page.url).query))
    for record in (asked, *(value for value in values if isinstance(value, dict))):
        for kind, names in (("pages", _PAGES), ("total", _TOTAL), ("size", _SIZE)):
            for name, value in record.items():
                count = number(value)
                if count and names.fullmatch(name):
                    found.setdefault(kind, count)
    if "pages" in found:
        return found["pages"], found.get("size")
    known = "total" in found and "size" in found
    return (max(1, -(-found["total"] // found["size"])) if known else None), found.get("size")


def _following(page: Page, pages: int | None, *, is_full: bool) -> Ask | None:
    """The same question for the next page. Some count from 0: a page that may be the last, and is not full, is the last."""
    parts = urlsplit(page.url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if pages is None or any(_OFFSET.fullmatch(name) for name, _ in pairs):
        return None  # raising the page's number alone would ask for the same rows
    for position, (name, value) in enumerate(pairs):
        if PAGE_KEY.fullmatch(name) and value.isdecimal() and len(value) < 6:
            last = pages - 1 if value == "0" or not is_full else pages
            if int(value) >= last:
                return None
            pairs[position] = (name, str(int(value) + 1))
            return Ask(urlunsplit(parts._replace(query=urlencode(pairs), fragment="")))
    return None
