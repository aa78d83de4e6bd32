"""Finds a page's list of documents by its structure: repeating rows of link and date. Turns no page, knows no family."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from spiders.fetched import Entry
from spiders.lines import is_chrome, is_hidden
from spiders.listing import SAYS_NOTHING, read_row
from spiders.page import Page
from spiders.page_kind import has_empty_list, is_detail, pager_nodes, prose_outside, side_words
from spiders.row_groups import Group, Part, groups_of, has_day, may_print_days

_LEAST_TITLE = 4  # characters, on average: the columns of a menu have two to four
_FULL_TITLE = 24  # characters; a longer title tells no more
_LONGEST = 2_000  # characters of a row in which a day is looked for
_SAMPLE = 60  # rows from which a group is weighed before it is read
_BESIDE = 25  # characters beside a bare link: a date in brackets has about 15
_FEW = 12  # links
_LIKELY = 40  # groups that are looked at closer
_READ = 6  # groups that are read row by row
_SIDE_NAMES = re.compile(
    r"(?:^|[-_\s])(?:hot\w{0,4}|rank\w{0,4}|top10|recommend|rec|relat\w{1,3}|xgyd|xiangguan|tuijian|side\w{0,5}|aside|links?|friend\w{0,4}|"
    r"slide\w{0,3}|swiper\w{0,9}|banner|focus|carousel|crumbs?|position|location|dropdown|sub-?menu|sub-?nav|calendar|tags?|"
    r"tree|turn|page-?turn|prenext)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_DOCUMENT_TITLE = re.compile(
    r"(?:法|条例|规则|通则|细则|程序|报告|年报|总结|要点|通知|公告|通报|公示|决定|意见|办法|规定|方案|批复|清单|预算|决算)(?:\s{0,4}[(（].{0,30}[)）])?$"
)
_TURN = re.compile(r"[上下前后]一[篇条个则]")
_DOCUMENT = re.compile(r"\d{4,}|[0-9a-f]{16}|[?&]\w{0,12}id=|/(?:show|detail|content|article|view)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Rows:
    """A page's list of documents."""

    entries: tuple[Entry, ...]  # in the order of the page, one for each address
    element: HtmlElement  # the smallest element that holds them all
    confidence: float  # 0 to 1


@dataclass(eq=False)
class _Weighed:
    """A group with what speaks for it."""

    group: Group
    weight: float
    is_aside: bool
    beside_pager: bool = False
    entries: dict[str, Entry] = field(default_factory=dict)
    dated: float = 0.0  # share of the rows that print a day
    title_length: float = 0.0  # characters, on average
    under_folder: float = 0.0  # share of the rows whose address lies under the page's own folder
    documents: float = 0.0  # share of the rows whose address looks like a document's


def find_rows(page: Page, *, address: re.Pattern[str] | None = None) -> Rows | None:
    """The page's list of documents, told from menus, hot lists, related lists and friend links.

    Args:
        page: the page.
        address: only rows with a link whose full address it matches (`search`) count.

    Returns:
        The list that is most likely meant, with how sure that is; None where nothing on the page looks like one.
    """
    weighed = [found for group in groups_of(page, address) if (found := _weigh(group)) is not None]
    weighed = sorted(weighed, key=lambda found: found.weight, reverse=True)[:_LIKELY]
    _favour_beside_pager(page, weighed)
    weighed.sort(key=lambda found: found.weight, reverse=True)
    for found in weighed[:_READ]:
        _favour_own_folder(page, found)
    likely = sorted(weighed[:_READ], key=lambda found: found.weight, reverse=True)
    best = next((found for found in likely if _read(page, found)), None)
    if best is None:
        return None
    own = set(best.group.links)
    rivals = [found for found in likely if not found.is_aside and own.isdisjoint(found.group.links)]
    return Rows(tuple(best.entries.values()), _holder(best.group), _confidence(page, best, rivals))


def _weigh(group: Group) -> _Weighed | None:
    """How likely a group is the list, by a look at its rows; None where it cannot be one."""
    if any(is_hidden(node) for node in (group.parents[0], *islice(group.parents[0].iterancestors(), 12))):
        return None
    if group.heads[0].tag == "a" and _stands_in_prose(group):
        return None
    rows = group.rows[:_SAMPLE]
    titles: list[tuple[int, int]] = []  # its length, and how many of the row's links are as long as titles
    for head in group.heads[:_SAMPLE]:
        shown = [_shown(link) for link in ([head] if head.tag == "a" else head.iter("a"))]
        title = max(map(len, shown), default=0)
        if title < 8 and any(SAYS_NOTHING.fullmatch(words) for words in shown):
            title = len(head.text_content().strip()) - 16  # the title stands beside 查看详情, with a date
        titles.append((title, sum(1 for words in shown if len(words) >= 10)))
    count = len(rows)
    if sum(title for title, _ in titles) / count < _LEAST_TITLE:
        return None
    good, dated = 0.0, may_print_days(group)
    for row, (title, long_ones) in zip(rows, titles, strict=False):
        worth = 1.0 if dated and has_day(_words(row)[:_LONGEST]) else 0.3
        good += worth * min(title, _FULL_TITLE) / _FULL_TITLE / max(1, long_ones)
    mean = good / count
    is_aside = _is_aside(group) or any(_TURN.search(_words(row)) for row in rows[:2])
    return _Weighed(group, min(good * len(group.rows) / count, 25 * mean) * mean * (0.02 if is_aside else 1), is_aside)


def _stands_in_prose(group: Group) -> bool:
    """Whether bare links stand in sentences rather than in rows."""
    parent = group.parents[0]
    if len(group.parents) > 1 or parent.tag not in {"p", "span", "font", "strong"}:
        return False
    beside = len(parent.text_content()) - sum(len(link.text_content()) for link in group.links)
    return beside > _BESIDE * len(group.rows)


def _words(row: list[Part]) -> str:
    return " ".join(part if isinstance(part, str) else part.text_content() for part in row)


def _shown(link: HtmlElement) -> str:
    words = (link.text_content() if len(link) else link.text or "").strip()
    return words or link.get("title") or ""


def _favour_own_folder(page: Page, found: _Weighed) -> None:
    """A column's documents lie often in its own folder; those of the lists beside it hardly ever."""
    folder = urljoin(page.url, ".")
    if urlsplit(folder).path.strip("/"):
        urls = [page.absolute(link.get("href") or "") or "" for link in found.group.links[:_FEW]]
        found.under_folder = sum(1 for url in urls if url.startswith(folder)) / len(urls)
        found.weight *= 1.5 if found.under_folder >= 0.5 else 1


def _read(page: Page, found: _Weighed) -> bool:
    """Read the group's rows; returns whether they are rows of a list."""
    days_of_rows: list[int] = []
    previous: list[Part] = []
    for row in found.group.rows:
        read = read_row(page, row)
        if read is None:
            continue
        known = found.entries.get(read.entry.url)
        if known is not None and previous:  # picture and title, or title and 详细, in rows of their own: one row
            again = read_row(page, [*previous, *row])
            if again is not None and again.entry.url == known.url:
                found.entries[known.url] = again.entry if known.listed is None else known
            continue
        found.entries.setdefault(read.entry.url, read.entry)
        days_of_rows.append(read.days or int(has_day(_words(row)[:_LONGEST])))
        previous = row
    count = len(found.entries)
    if not count:
        return False
    urls = list(found.entries)
    found.dated = sum(1 for days in days_of_rows if days) / len(days_of_rows)
    found.title_length = sum(len(entry.title) for entry in found.entries.values()) / count
    found.documents = sum(1 for url in urls if _DOCUMENT.search(url)) / count
    return found.title_length >= _LEAST_TITLE and (count > 1 or found.dated == 1)


def _is_aside(group: Group) -> bool:
    """Whether the group's place or heading says that it is not the page's matter."""
    top = group.parents[0]
    for node in (top, *islice(top.iterancestors(), 10)):
        if node.tag in {"body", "html"}:
            break
        if is_chrome(node) or _SIDE_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
    return side_words(top)


def _favour_beside_pager(page: Page, weighed: list[_Weighed]) -> None:
    """The list that shares the nearest element with a pager, and ends before it, is the one that it turns."""
    places: dict[HtmlElement, list[tuple[_Weighed, HtmlElement]]] = defaultdict(list)
    for found in weighed:
        if not found.is_aside:
            inner = found.group.heads[-1]
            for node in islice(inner.iterancestors(), 13):
                places[node].append((found, inner))
                inner = node
    for pager in pager_nodes(page):
        inner = pager
        for node in islice(pager.iterancestors(), 20):
            if node in places:
                order = node.index(inner)
                before = [(node.index(child), found) for found, child in places[node] if node.index(child) <= order]
                nearest = max((position for position, _ in before), default=None)
                for position, found in before:
                    if position == nearest and not found.beside_pager:
                        found.beside_pager = True
                        found.weight *= 3
                break
            inner = node


def _confidence(page: Page, best: _Weighed, rivals: list[_Weighed]) -> float:
    """How sure it is that `best` is the list of documents, and the whole of it."""
    sure = 0.75 if best.dated >= 0.8 else 0.6 if best.dated >= 0.5 else 0.3
    sure += 0.15 * best.beside_pager + 0.1 * (best.under_folder >= 0.5) + 0.05 * (len(best.entries) >= 5)
    sure += (0.05 if best.dated >= 0.5 else 0.1) * (best.documents >= 0.8)
    if best.dated < 0.5 and not best.is_aside and _speak_of_documents(best):
        sure += 0.2
    elif best.dated < 0.5 and best.title_length < 12:
        sure -= 0.25
    if len(best.entries) == 1:
        sure = min(sure - 0.1, 1.0 if best.beside_pager or best.under_folder else 0.45)
    nearest = max((found.weight / best.weight for found in rivals if best.weight), default=0.0)
    if nearest > 0.35:
        sure -= 0.6 * nearest
    if not best.beside_pager and best.under_folder < 0.5 and has_empty_list(page):
        sure = min(sure, 0.4)  # the list is still to come, and what stands there is another
    if best.is_aside or best.group.is_one_of_tabs or (best.title_length < 8 and len(best.entries) < 5):
        sure = min(sure, 0.4)
    if is_detail(page, prose_outside(page, _elements(best.group)), beside_pager=best.beside_pager):
        sure = min(sure, 0.3)
    return round(max(0.0, min(1.0, sure)), 2)


def _speak_of_documents(found: _Weighed) -> bool:
    """Whether nearly all titles end in what a document is called: lists of yearly reports are often without days."""
    named = sum(1 for entry in found.entries.values() if _DOCUMENT_TITLE.search(entry.title))
    return found.title_length >= 7 and named >= 3 and named >= 0.8 * len(found.entries)  # columns have names of four


def _elements(group: Group) -> set[HtmlElement]:
    return {part for row in group.rows for part in row if not isinstance(part, str)}


def _holder(group: Group) -> HtmlElement:
    first = group.parents[0]
    if len(group.parents) == 1:
        return first
    last = set(group.parents[-1].iterancestors())
    return next((above for above in first.iterancestors() if above in last), first)
