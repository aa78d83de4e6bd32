"""Groups of elements on a page that repeat and hold a link or a few: whatever may be a list. Judges none of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from lxml.html import HtmlElement

from spiders.lines import is_hidden
from spiders.page import Page
from spiders.page_kind import beginning_of

Part: TypeAlias = HtmlElement | str

_MOST_LINKS = 10_000  # links looked at; the longest lists seen on one page have some hundreds
_ROW_DEPTH = 8  # levels between a row and its link
_ROW_LINKS = 4  # links of one row: title, column, interpretation, file
_LIFTS = 3  # levels of wrappers around a list that hold nothing else
_LONGEST_PART = 200  # characters
_MOST_PARTS = 12  # elements and texts of one row
_ROW_TAGS = frozenset({"li", "tr", "dl", "article"})
_MANY = 5  # rows; of so many that look alike none is a list of one row
_PLAIN_ROWS = frozenset({"li", "tr", "dd", "p"})
_SINGLE = frozenset({"li", "tr", "td", "dt", "dl", "p", "div", "table", "article", "a"})
_DAY = re.compile(
    r"(?:19|20)\d\d\s{0,40}(?:年|[-./]{1,2})\s{0,40}\d{1,2}|(?<![\d.])(?:0?[1-9]|1[0-2])\s?[-/.月]\s?[0-3]?\d(?=(?:19|20)\d\d|[^\d.]|$)"
)
_LIKE_DAY = re.compile(r"\d\s{0,40}[-./年月]")  # whatever `_DAY` finds has this in it
_TURNS = re.compile(
    r"[\W_]{0,5}(?:首页|上一?[页篇]|前一页|下一?[页篇]|后一页|尾页|末页|最后一页|第一页|返回\w{0,3}|\d{1,5}|更多|more|GO)?[\W_]{0,5}",
    re.IGNORECASE,
)
_YEAR_HEAD = re.compile(r"\W{0,9}(?:(?:19|20)\d\d\s?年?(?:度)?)?\s?(?:\d{1,2}月)?(?:份)?\W{0,9}")
_LETTERS = re.compile(r"[a-z]+", re.IGNORECASE)
_POSITIONS = frozenset("odd even first last line left right l r fl fr bg nobg noborder mt mb clearfix cl".split())  # noqa: SIM905  reads as a list


@dataclass(eq=False)
class Group:
    """Children of one element, or of several of one shape, that look alike and hold few links each."""

    parents: list[HtmlElement]
    rows: list[list[Part]]  # a row may be spread over siblings and the texts between them
    links: list[HtmlElement]  # of all rows
    heads: list[HtmlElement] = field(default_factory=list)  # the element of each row that holds its link
    is_one_of_tabs: bool = False


def has_day(words: str) -> bool:
    """Whether a text prints something like a day, with or without its year."""
    return _DAY.search(words) is not None


def may_print_days(group: Group) -> bool:
    """Whether a look at the whole group, which costs much less than one at each row, leaves days possible."""
    return any(_LIKE_DAY.search(parent.text_content()) for parent in group.parents)


def groups_of(page: Page, address: re.Pattern[str] | None) -> list[Group]:
    """Every group of the page that may be a list.

    Args:
        page: the page.
        address: only links whose full address it matches count.
    """
    links_of: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    links = [link for link in islice(page.root.iter("a"), _MOST_LINKS) if _leads_on(page, link, address)]
    holders: dict[HtmlElement, HtmlElement | None] = {}
    ways_up = [_upwards(link, holders) for link in links]
    for link, way_up in zip(links, ways_up, strict=True):
        for node in way_up:
            links_of[node].append(link)
    places: dict[tuple[HtmlElement, str], dict[HtmlElement, None]] = defaultdict(dict)
    for way_up in ways_up:
        for position, node in enumerate(way_up):
            if len(links_of[node]) > _ROW_LINKS:
                break
            parent = way_up[position + 1] if position + 1 < len(way_up) else node.getparent()
            if parent is not None:
                places[parent, str(node.tag)][node] = None
    alike = {place: list(heads) for place, heads in places.items() if len(heads) == 1 or _are_alike(list(heads), links_of)}
    of_many = {
        head
        for heads in alike.values()
        if len(heads) >= _MANY and heads[0].tag in _PLAIN_ROWS and all(len(links_of[head]) == 1 for head in heads)
        for head in heads
    }
    found = [
        Group([parent], [[head] for head in heads], [link for head in heads for link in links_of[head]], list(heads))
        for (parent, tag), heads in alike.items()
        if len(heads) > 1 or (tag in _SINGLE and parent not in of_many)  # the link of a row is no list of its own
    ]
    return list(_without_nested_singles([_spread(group) for group in _merged(found)]))


def _are_alike(heads: list[HtmlElement], links_of: dict[HtmlElement, list[HtmlElement]]) -> bool:
    """Whether elements can be rows of one list: most reach their link the same way, and not each has a name of its own."""
    if len(heads) == 1:
        return True
    address = links_of[heads[0]][0].get("href")
    if all(link.get("href") == address for head in heads for link in links_of[head]):
        return False  # a picture and a title that lead to one document
    ways = Counter(_way(head, links_of[head][0]) for head in heads)
    if ways.most_common(1)[0][1] * 2 < len(heads):
        return False
    if len(heads) > 8:
        return True
    names = [_name(head) for head in heads]
    return not all(names) or len(set(names)) < len(names)


def _way(head: HtmlElement, link: HtmlElement) -> tuple[str, ...]:
    """The tags from a row down to its link; of wrappers in the text the outer ones tell enough."""
    way: list[str] = []
    node: HtmlElement | None = link
    while node is not None and node is not head:
        way.append(str(node.tag))
        node = node.getparent()
    return tuple(way)


def _name(node: HtmlElement) -> str:
    names, own = node.get("class"), node.get("id")
    if names is None and own is None:
        return ""
    found = _LETTERS.findall(f"{names or ''} {own or ''}")
    return " ".join(name for name in found if name.lower() not in _POSITIONS)


def _merged(groups: list[Group]) -> list[Group]:
    """Groups of one shape whose elements are siblings with nothing but years between them, as one group."""
    by_shape: dict[object, list[tuple[HtmlElement, Group]]] = defaultdict(list)
    for group in groups:
        lifted = _lifted(group.parents[0])
        way = _way(lifted, group.heads[0])
        names = _name(lifted), _name(group.parents[0]), _name(group.heads[0])
        by_shape[lifted.getparent(), lifted.tag, names, way].append((lifted, group))
    whole: list[Group] = []
    for alike in by_shape.values():
        if len(alike) > 1 and not any(len(group.heads) > 1 for _, group in alike):
            continue  # rows with one link each: they are rows of what holds them
        if len(alike) > 1 and _are_tabs(alike[0][0], len(alike)):
            for _, group in alike:
                group.is_one_of_tabs = True
            whole.extend(group for _, group in alike)
            continue
        latest: HtmlElement | None = None
        for lifted, group in alike:
            if latest is not None and _adjoin(latest, lifted) and may_print_days(whole[-1]) == may_print_days(group):
                whole[-1].parents.extend(group.parents)
                whole[-1].rows.extend(group.rows)
                whole[-1].heads.extend(group.heads)
                whole[-1].links.extend(group.links)
            else:
                whole.append(group)
            latest = lifted
    return whole


def _lifted(parent: HtmlElement) -> HtmlElement:
    """The outermost element that holds this one and, but for a year above it, nothing else."""
    for _ in range(_LIFTS):
        above = parent.getparent()
        if above is None or above.tag in {"body", "html"} or next(islice(above, 3, None), None) is not None:
            break
        others = [above.text or "", *(child.tail or "" for child in above)]
        others += [beginning_of(child, 40) for child in above if child is not parent and isinstance(child.tag, str)]
        if not all(_YEAR_HEAD.fullmatch(words.strip()) for words in others):
            break
        parent = above
    return parent


def _adjoin(first: HtmlElement, second: HtmlElement) -> bool:
    for node in islice(first.itersiblings(), 6):
        if node is second:
            return True
        if isinstance(node.tag, str) and not is_hidden(node) and not _YEAR_HEAD.fullmatch(beginning_of(node, 40).strip()):
            return False
    return False


def _without_nested_singles(groups: list[Group]) -> Iterator[Group]:
    """The groups, but of those of one dated row only the innermost `li`, `tr` … about a link, or else the innermost."""
    singles: dict[str, Group] = {}
    for group in groups:
        if len(group.rows) > 1:
            yield group
        elif _any_day(group.rows[0]):
            url = group.links[0].get("href") or ""
            if url not in singles or (group.heads[0].tag in _ROW_TAGS and singles[url].heads[0].tag not in _ROW_TAGS):
                singles[url] = group
    yield from singles.values()


def _are_tabs(first: HtmlElement, count: int) -> bool:
    """Whether lists of one shape are the panes of tabs: as many short words stand before them as there are lists."""
    above = first.getparent()
    for node in (first, above):
        before = None if node is None else node.getprevious()
        if before is None or not isinstance(before.tag, str):
            continue
        holder = before
        while next(islice(holder, 1, None), None) is None and len(holder) and isinstance(holder[0].tag, str):
            holder = holder[0]
        children = list(islice(holder, count + 1))
        if any(part and part.strip() for part in (holder.text, *(child.tail for child in children))):
            continue  # a path of columns (首页 > 政务公开) is no head of tabs
        words = [beginning_of(child, 20).strip() for child in children if isinstance(child.tag, str)]
        if len(words) == count and all(0 < len(word) <= 12 and not _YEAR_HEAD.fullmatch(word) for word in words):
            return True
    return False


def _spread(group: Group) -> Group:
    """The group with what belongs to its rows but stands beside them: a `dd`, a date before or after an `a`."""
    if may_print_days(group) and sum(has_day(head.text_content()[:2_000]) for head in group.heads) * 2 >= len(group.heads):
        return group
    rows: list[list[Part]] = []
    heads_of: dict[HtmlElement | None, set[HtmlElement]] = defaultdict(set)
    for head in group.heads:
        heads_of[head.getparent()].add(head)
    for parent in group.parents:
        heads = heads_of[parent]
        between = list(_between(parent, heads))  # what stands before the first head, between heads, after the last one
        leads = not _any_day(between[-1]) and _any_day(between[0][-3:])
        for position, head in enumerate(head for head in parent if head in heads):
            beside = between[position] if leads else between[position + 1]
            rows.append([*_small(beside[-_MOST_PARTS:]), head] if leads else [head, *_small(beside[:_MOST_PARTS])])
    group.rows = rows
    return group


def _between(parent: HtmlElement, heads: set[HtmlElement]) -> Iterator[list[Part]]:
    run: list[Part] = [parent.text or ""]
    for child in parent:
        if child in heads:
            yield run
            run = []
        elif isinstance(child.tag, str) and next(child.iter("a"), None) is None:
            run.append(child)
        run.append(child.tail or "")
    yield run


def _small(parts: list[Part]) -> list[Part]:
    """Those of the parts that can belong to one row: an article's paragraphs do not."""
    return [
        part for part in parts if len(part if isinstance(part, str) else beginning_of(part, _LONGEST_PART)) <= _LONGEST_PART
    ]


def _any_day(parts: list[Part]) -> bool:
    return any(has_day(part if isinstance(part, str) else part.text_content()[:2_000]) for part in parts)


def _leads_on(page: Page, link: HtmlElement, address: re.Pattern[str] | None) -> bool:
    href = (link.get("href") or "").strip()
    if not href or href.startswith("#") or href[:11].lower().startswith(("javascript:", "mailto:", "tel:")):
        return False
    if link.text and len(link.text) < 12 and _TURNS.fullmatch(link.text):
        return False
    return address is None or address.search(page.absolute(href) or "") is not None


def _upwards(link: HtmlElement, holders: dict[HtmlElement, HtmlElement | None]) -> list[HtmlElement]:
    """An element and what holds it, below the body; links share most of their way, so that `holders` keeps it."""
    way: list[HtmlElement] = []
    node: HtmlElement | None = link
    while node is not None and len(way) < _ROW_DEPTH:
        way.append(node)
        if node not in holders:
            above = node.getparent()
            holders[node] = None if above is None or above.tag in {"body", "html"} else above
        node = holders[node]
    return way
