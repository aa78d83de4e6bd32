"""What the listings of all families share: a row becomes an entry, a pager becomes the next address. Selects no list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from lxml.html import HtmlElement

from spiders.dates import first_date, split_final_date
from spiders.fetched import Entry
from spiders.lines import is_block, is_hidden
from spiders.page import Page
from spiders.row_days import LONGEST_ROW, day_beside, day_of_neighbours, days_apart, prints_year, the_day
from spiders.selecting import finding

_LINKS = finding("a[href]")
_CUT = re.compile(r"(?:…|⋯|\.{3}).{0,3}$")
_PINNED = re.compile(r"^[\[【(（]\s{0,4}(?:置顶|头条|最新|NEW)\s{0,4}[\]】)）]\s{0,4}|^[·•▪●■◆>]\s{0,4}", re.IGNORECASE)
_NEXT = re.compile(r"[\W_]{0,9}(?:下一?页|后一?页|next(?: page)?)[\W_]{0,9}", re.IGNORECASE)
SAYS_NOTHING = re.compile(
    r"[\W_]{0,9}(?:点击|立即|在线)?(?:查看|阅读|下载|详情|详细|全文|更多|原文|附件|展开|进入|浏览|more|detail)"
    r"(?:查看|详情|详细|全文|更多|原文|内容|附件|信息|>>)?[\W_]{0,9}",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(r"解读|图解|一图|读懂")  # beside a document, what explains it
_COLUMN_NAME = re.compile(r"[\[【(（〔<《][^\]】)）〕>》]{1,16}[\]】)）〕>》]\W{0,3}")
_TITLE_NAMES = re.compile(r"(?:^|[-_\s])(?:\w{0,8}title|tit|bt|biaoti|name)(?:$|[-_\s\d])", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SAYS_WORDS = re.compile(r"[^\W\d_年月日]")  # "2024.06" is no title
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONG_ENOUGH = 12  # characters; of links that all have as many, the first is the title


@dataclass(frozen=True)
class RowRead:
    """A row as it was read: its entry, and how many days it prints apart from its title."""

    entry: Entry
    days: int


def entries_of(page: Page, rows: Iterable[HtmlElement]) -> tuple[Entry, ...]:
    """The entries of a list's rows, in their order; rows without a usable link, and repeated addresses, are left out."""
    by_url: dict[str, Entry] = {}
    for row in rows:
        entry = entry_of(page, row)
        if entry is not None:
            by_url.setdefault(entry.url, entry)
    return tuple(by_url.values())


def entry_of(page: Page, row: HtmlElement) -> Entry | None:
    """One row as an entry, or None where none of its links leads to a page by http(s) and has a title.

    Args:
        page: the page, for the full address.
        row: the element of the row. It holds the link; of several (a column's name may be one) the longest title counts.
            It prints the date in an element of its own, beside the link, or at the end of the link's text.
    """
    read = read_row(page, [row])
    return read.entry if read else None


def read_row(page: Page, parts: Sequence[HtmlElement | str]) -> RowRead | None:
    """A row that may be spread over several elements, and over text between them; None as `entry_of`.

    Args:
        page: the page, for the full address.
        parts: the row's elements and texts, in the order of the page.
    """
    elements = [part for part in parts if not isinstance(part, str)]
    whole = " ".join(part if isinstance(part, str) else part.text_content() for part in parts)[:LONGEST_ROW]
    days = days_apart(elements) if prints_year(whole) else []
    dated, day = the_day(days)
    titles: dict[str, str] = {}  # by address; the first that says something
    at_end: dict[str, date] = {}
    for element in elements:
        for link in _LINKS(element):
            url = page.absolute(link.get("href") or "")
            if url is None:
                continue
            title, final = _title_of(link, dated if day else None)
            if title and not (url in titles and _HAN.search(titles[url])):
                titles[url] = title
                if final is not None:
                    at_end[url] = final
    url = _main(titles)
    if url is None:
        return None
    title = titles[url]
    if SAYS_NOTHING.fullmatch(title):
        title = _heading_of(elements) or title
    if day is None:
        day = day_beside(parts) or at_end.get(url) or (day_of_neighbours(elements) if prints_year(whole) else None)
    return RowRead(Entry(url=url, title=title, listed=day), max(len(days), int(day is not None)))


def next_link(page: Page) -> str | None:
    """The address behind 下一页, or None where there is none or it leads to this very page."""
    for link in _LINKS(page.root):
        if _NEXT.fullmatch(_text_of(link)):
            url = page.absolute(link.get("href") or "")
            if url is not None and url.partition("#")[0] != page.url.partition("#")[0]:
                return url
    return None


def numbered_page(page: Page, number: int, extension: str = "html") -> str:
    """The address of listing page `number` (1-based) where the pages are index.html, index_2.html, index_3.html and so on."""
    return urljoin(page.url, f"index.{extension}" if number == 1 else f"index_{number}.{extension}")


def _title_of(link: HtmlElement, dated: HtmlElement | None) -> tuple[str, date | None]:
    """What a link says without the date in it, and a date that ends it."""
    final = None
    title = _words_of(link, dated) if len(link) else " ".join((link.text or "").split())
    if dated is None or link not in dated.iterancestors():
        title, final = split_final_date(title)
    full = link.get("title") or next((node.get("title") for node in link.iterdescendants() if node.get("title")), None)
    return _full_title(_PINNED.sub("", title).strip(), full or ""), final


def _words_of(link: HtmlElement, dated: HtmlElement | None) -> str:
    """A link's words; where it wraps a whole row with summary and date, those of the heading in it."""
    inner = [node for node in link.iterdescendants() if isinstance(node.tag, str)]
    if any(is_block(node) for node in inner):
        for node in inner:
            if node.tag in _HEADINGS or _TITLE_NAMES.search(node.get("class") or ""):
                words = _without_part(node, dated)
                if words:
                    return words
        lines = [_without_part(node, dated) for node in inner if not any(is_block(below) for below in node.iterdescendants())]
        return next(
            (line for line in lines if len(line) > 3 and _SAYS_WORDS.search(line) and first_date(line) is None), ""
        ) or _without_part(link, dated)
    number = inner[0] if inner and (inner[0].text_content().strip().isdecimal()) and not (link.text or "").strip() else None
    return _without_part(link, dated, number)


def _without_part(element: HtmlElement, *left_out: HtmlElement | None) -> str:
    pieces = list(_pieces(element, left_out))
    return " ".join("".join(pieces).split())


def _pieces(element: HtmlElement, left_out: Sequence[HtmlElement | None]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child not in left_out and isinstance(child.tag, str) and not is_hidden(child):
            yield from _pieces(child, left_out)
        elif child in left_out:
            yield " "
        yield child.tail or ""


def _main(titles: dict[str, str]) -> str | None:
    """Of a row's links the one to its document: the longest title; 查看 and a column's name in brackets only where alone."""

    def weight(url: str) -> tuple[bool, bool, int]:
        title = titles[url]
        says = not (SAYS_NOTHING.fullmatch(title) or _COLUMN_NAME.fullmatch(title))
        return says, not _EXPLAINS.search(title), min(len(title), _LONG_ENOUGH)

    return max(titles, key=weight, default=None)


def _heading_of(elements: Sequence[HtmlElement]) -> str:
    """The title of a row whose link only says 查看."""
    for element in elements:
        for node in element.iter():
            if isinstance(node.tag, str) and (node.tag in _HEADINGS or _TITLE_NAMES.search(node.get("class") or "")):
                words = _text_of(node)
                if words and not SAYS_NOTHING.fullmatch(words):
                    return words
    return ""


def _full_title(shown: str, full: str) -> str:
    """What the link shows, or its `title` where what it shows is nothing, or was cut with … or in mid-word."""
    full = " ".join(full.split())
    stem = _CUT.sub("", shown)
    was_cut = stem != shown or not shown or bool(full.startswith(shown) and _HAN.match(full[len(shown) :]))
    return full if was_cut and _squeezed(full).startswith(_squeezed(stem)) and full else shown


def _text_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _squeezed(text: str) -> str:
    return "".join(text.split())
