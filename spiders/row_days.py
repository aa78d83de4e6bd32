"""The day that a listing's row prints: apart from its title, beside its link, or in pieces. Reads no title and no address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from lxml.html import HtmlElement

from spiders.dates import dates_in, first_date, published_date, split_final_date, unlabelled_date
from spiders.lines import is_hidden

LONGEST_ROW = 3_000
"""Characters in which a date is looked for; rows with a summary have some hundreds."""

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
_OWN_WORDS = 80  # characters beside the link; with more there is a summary, whose dates are not the row's


def prints_year(text: str) -> bool:
    """Whether a day may be there at all: a much cheaper look than one for days."""
    return _YEAR.search(text) is not None


def days_apart(elements: Sequence[HtmlElement]) -> list[tuple[HtmlElement, date]]:
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


def the_day(days: Sequence[tuple[HtmlElement, date]]) -> tuple[HtmlElement | None, date | None]:
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


def day_of_neighbours(elements: Sequence[HtmlElement]) -> date | None:
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


def day_beside(parts: Sequence[HtmlElement | str]) -> date | None:
    """A date in the words beside the links, unless they are a summary that only mentions it."""
    words = " ".join(
        part if isinstance(part, str) else "".join(part.xpath("descendant-or-self::text()[not(ancestor::a)]"))
        for part in parts
        if isinstance(part, str) or part.tag != "a"
    )[:LONGEST_ROW]
    if not _YEAR.search(words):
        return None
    if len(words.strip()) <= _OWN_WORDS:
        return published_date(words) or unlabelled_date(words) or first_date(words)
    return published_date(words) or split_final_date(words)[1]


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
