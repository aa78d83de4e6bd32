"""What the listings of all families share: a row becomes an entry, a pager becomes the next address. Selects no list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from urllib.parse import urljoin

from lxml.html import HtmlElement

from spiders.dates import dates_in, first_date, published_date, split_final_date, unlabelled_date
from spiders.fetched import Entry
from spiders.lines import is_block, is_hidden
from spiders.page import Page
from spiders.selecting import finding

_LINKS = finding("a[href]")
_CUT = re.compile(r"(?:…|⋯|\.{3}).{0,3}$")
_PINNED = re.compile(r"^[\[【(（]\s{0,4}(?:置顶|头条|最新|NEW)\s{0,4}[\]】)）]\s{0,4}|^[·•▪●■◆>]\s{0,4}", re.IGNORECASE)
_LABEL = r"(?:[\u4e00-\u9fff]{0,4}(?:时\s{0,4}间|日\s{0,4}期)|发布于)?\s{0,9}[:：]?"
_BEFORE_DATE = re.compile(rf"[\s\[(（【]{{0,40}}{_LABEL}[\s\[\]()（）【】:：0-9]{{0,60}}")
_AFTER_DATE = re.compile(r"[\s\])）】:：0-9T]{0,60}(?:星期[一二三四五六日])?\s{0,40}")
_YEAR = re.compile(r"(?:19|20|１９|２０)[0-9０-９]{2}")
_DAY_APART = (  # "05" above "2024-03", "03-05" above "2024", and the like
    (
        re.compile(r"\W{0,9}(\d{2}(?=\D|(?:19|20)\d\d)|\d(?=\D))日?\s{0,20}((?:19|20)\d{2})\s?[-./年]\s?(\d{1,2})月?\W{0,9}"),
        (2, 3, 1),
    ),
    (re.compile(r"\W{0,9}((?:19|20)\d{2})\s?[-./年]\s?(\d{1,2})月?\s{1,20}(\d{1,2})日?\W{0,9}"), (1, 2, 3)),
    (re.compile(r"\W{0,9}(\d{1,2})\s?[-./月]\s?(\d{1,2})日?\s{0,20}((?:19|20)\d{2})年?\W{0,9}"), (3, 1, 2)),
    (re.compile(r"\W{0,9}((?:19|20)\d{2})年?\s{1,20}(\d{1,2})\s?[-./月]\s?(\d{1,2})日?\W{0,9}"), (1, 2, 3)),
)
_PUBLISHED_COLUMN = re.compile(r"发布|公开|公布|上网|刊登")
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
_LONGEST_ROW = 3_000  # characters in which a date is looked for; rows with a summary have some hundreds
_LONG_ENOUGH = 12  # characters; of links that all have as many, the first is the title
_OWN_WORDS = 80  # characters beside the link; with more there is a summary, whose dates are not the row's


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
    whole = " ".join(part if isinstance(part, str) else part.text_content() for part in parts)[:_LONGEST_ROW]
    days = _days_apart(elements) if _YEAR.search(whole) else []
    dated, day = _the_day(days)
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
        day = _day_beside(parts) or at_end.get(url) or (_day_of_neighbours(elements) if _YEAR.search(whole) else None)
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


def _days_apart(elements: Sequence[HtmlElement]) -> list[tuple[HtmlElement, date]]:
    """Elements that hold a day and nothing else, the outermost of each."""
    found: list[tuple[HtmlElement, date]] = []
    within: set[HtmlElement] = set()
    for element in elements:
        for node in element.iter():
            if not isinstance(node.tag, str):
                continue
            if node.getparent() in within:
                within.add(node)
                continue
            day = _only_day_of(node)
            if day is not None:
                found.append((node, day))
                within.add(node)
    return found


def _only_day_of(node: HtmlElement) -> date | None:
    words = node.text_content()
    if not 6 <= len(words) <= 120 or not _YEAR.search(words) or is_hidden(node):
        return None
    for found in dates_in(words):
        if _BEFORE_DATE.fullmatch(words[: found.start]) and _AFTER_DATE.fullmatch(words[found.end :]):
            return found.day
    if len(words) < 40 and (len(node) or " " in words.strip()):
        return _day_in_pieces(" ".join(node.itertext()))
    return None


def _day_in_pieces(text: str) -> date | None:
    words = " ".join(text.split())
    for pattern, (year, month, day) in _DAY_APART:
        apart = pattern.fullmatch(words)
        if apart:
            return first_date(f"{apart.group(year)}-{apart.group(month)}-{apart.group(day)}")
    return None


def _day_of_neighbours(elements: Sequence[HtmlElement]) -> date | None:
    """A day whose figures stand in two elements side by side, with nothing around them."""
    leaves = [node for element in elements for node in element.iter() if isinstance(node.tag, str) and not len(node)]
    for one, other in pairwise(leaves):
        first, second = (one.text or "").strip(), (other.text or "").strip()
        if (
            0 < len(first) <= 8
            and 0 < len(second) <= 8
            and one.getnext() is other
            and (day := _day_in_pieces(f"{first} {second}"))
        ):
            return day
    return None


def _the_day(days: Sequence[tuple[HtmlElement, date]]) -> tuple[HtmlElement | None, date | None]:
    """Of several days the one that is called the day of publication: by its own label, else by its column's head."""
    if not days:
        return None, None
    if len(days) == 1:
        return days[0]
    for node, day in days:
        if published_date(node.text_content()) == day or _PUBLISHED_COLUMN.search(_column_head(node)):
            return node, day
    plain = [(node, day) for node, day in days if unlabelled_date(node.text_content()) == day] or list(days)
    return plain[-1]  # 成文日期 stands before 发布日期


def _column_head(cell: HtmlElement) -> str:
    """What stands in the first row of the cell's table, in its column."""
    row = next((above for above in cell.iterancestors("tr")), None)
    own = next((above for above in (cell, *cell.iterancestors()) if above.tag in {"td", "th"}), None)
    table = next((above for above in cell.iterancestors("table")), None)
    if row is None or own is None or own.getparent() is not row or table is None:
        return ""
    head = next(table.iter("tr"), None)
    position = row.index(own)
    return head[position].text_content()[:20] if head is not None and head is not row and position < len(head) else ""


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


def _day_beside(parts: Sequence[HtmlElement | str]) -> date | None:
    """A date in the words beside the links, unless they are a summary that only mentions it."""
    words = " ".join(
        part if isinstance(part, str) else "".join(part.xpath("descendant-or-self::text()[not(ancestor::a)]"))
        for part in parts
        if isinstance(part, str) or part.tag != "a"
    )[:_LONGEST_ROW]
    if not _YEAR.search(words):
        return None
    if len(words.strip()) <= _OWN_WORDS:
        return published_date(words) or unlabelled_date(words) or first_date(words)
    return published_date(words) or split_final_date(words)[1]


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
