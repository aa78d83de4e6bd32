"""Reads what a script says of a listing's pages: how many, which one this is, how they are named. Runs no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from spiders.page import Page

# createPageHTML(5, 0, "index", "html"): TRS, pages counted from 0.
_FROM_ZERO = re.compile(
    r"createPage\w{0,12}\(\s{0,9}(\d{1,5})\s{0,9},\s{0,9}(\d{1,5})\s{0,9},\s{0,9}[\"']([\w.-]{1,80})[\"']\s{0,9},\s{0,9}[\"'](\w{1,6})[\"']"
)
# createPageHTML('page_div', 8, 1, 'list', 'shtml', 118): pages counted from 1, the second is list_2.shtml (Kaipuyun, CSRC).
_FROM_ONE = re.compile(
    r"createPage\w{0,12}\(\s{0,9}[\"'][\w#.-]{1,40}[\"']\s{0,9},\s{0,9}(\d{1,5})\s{0,9},\s{0,9}(\d{1,5})\s{0,9},"
    r"\s{0,9}[\"']([\w.-]{1,80})[\"']\s{0,9},\s{0,9}[\"'](\w{1,6})[\"']"
)
_VALUE = r"[\"']?\s{0,5}[:=]\s{0,5}(?:parseInt\()?[\"']?(\d{1,6})\b"
_COUNT = re.compile(
    r"\b(?:totalPages?|pageCount|countPage|pagesCount|page_count|totalPageCount|pageTotal|totalpagenum|allPage)" + _VALUE,
    re.IGNORECASE,
)
_CURRENT = re.compile(
    r"\b(?:currentPage|pageIndex|curPage|pageNo|pageNum|curr|currPage|nowPage|current|page_index)" + _VALUE, re.IGNORECASE
)
_TOTAL = re.compile(
    r"\b(?:totalRecords?|totalCount|total|recordCount|count|totalRow|totalSize|totalNum)" + _VALUE, re.IGNORECASE
)
_SIZE = re.compile(r"\b(?:perPage|pageSize|page_size|limit|rows|perPageCount|pageRows)" + _VALUE, re.IGNORECASE)
_ABOUT_PAGES = re.compile(
    r"countPage|totalPage|pageCount|\.pagination\(|laypage|totalRecord|perPage|pageSize|createPage|pageTotal|pagination|paging",
    re.IGNORECASE,
)
_LOCATION = re.compile(
    r"location(?:\.href)?\s{0,5}=\s{0,5}(?!=)([^;\n]{1,300})|location\.(?:assign|replace)\(([^;\n]{1,300})\)|window\.open\(([^;\n,]{1,300})[,)]"
)
_CALL = re.compile(r"(?:return\s{1,5})?([A-Za-z_$][\w$]{0,60})\(\s{0,5}[\"']?(\d{1,5})[\"']?\s{0,5}[,)]")
_LITERAL = re.compile(r"\s{0,9}(?:\"([^\"\n]{0,300})\"|'([^'\n]{0,300})')\s{0,9}")
_NAME = re.compile(
    r"\s{0,9}\(?\s{0,5}([A-Za-z_$][\w.$]{0,60}(?:\(\s{0,5}[\w$.]{0,40}\s{0,5}\))?)\s{0,5}(?:([-+])\s{0,5}1\s{0,5}\))?\s{0,9}\)?\s{0,9}"
)
_OWN_NUMBER = re.compile(r"_(\d{1,5})\.\w{3,6}$")
_NEAR = 1_500  # characters of a script that belong together
_LONGEST_SCRIPT = 60_000
_MOST_SCRIPTS = 60


@dataclass(frozen=True)
class DrawnPager:
    """A pager that a script draws."""

    count: int  # pages
    current: int | None  # 1-based
    name: str = ""  # of its pages' files, without number and ending
    extension: str = ""
    counts_from: int = 1  # what the first page is called: a TRS page k bears the number k - 1
    script: str = ""


def drawn_pager(page: Page) -> DrawnPager | None:
    """What a script of the page says of its pages, or None where none does."""
    if "createPage" in page.text:
        for pattern, first in ((_FROM_ONE, 1), (_FROM_ZERO, 0)):
            called = pattern.search(page.text)
            if called:
                count, current = int(called.group(1)), int(called.group(2)) + 1 - first
                return DrawnPager(count, max(1, current), called.group(3), called.group(4), first)
    for script in _scripts(page):
        counted = _counted(page, script)
        if counted is not None:
            return counted
    return None


def address_drawn(page: Page, count: int | None, current: int | None) -> str | None:
    """The address of the next page as the script that draws the pager names it.

    Args:
        page: the page.
        count: how many pages there are, if known from anywhere.
        current: the number of this one (1-based), if known from anywhere.
    """
    drawn = drawn_pager(page)
    here = current or 1
    if drawn is not None and drawn.name:
        return _named_after(page, drawn, here) if here < drawn.count else None
    if drawn is None or here >= drawn.count or (count is not None and here >= count):
        return None
    for assigned in _LOCATION.finditer(drawn.script):
        url = _evaluated(page, next(filter(None, assigned.groups())), here + 1, drawn.script, needs_number=True)
        if url is not None:
            return url
    if "countPage" in drawn.script:  # TRS's own script: index_1 is the second page
        return urljoin(page.url, f"{_own_name(page)}_{here}.{_own_extension(page)}")
    if ".pagination(" in drawn.script and "location" not in drawn.script:
        # Shanghai's platform, whose second page is index_2.
        return urljoin(page.url, f"{_own_name(page)}_{here + 1}.{_own_extension(page)}")
    return None


def address_in_script(page: Page, script: str) -> str | None:
    """The address that an element's own script (`onclick`, `javascript:`) sets as a plain text."""
    assigned = _LOCATION.search(script[:2_000])
    if assigned is None:
        return None
    return _evaluated(page, next(filter(None, assigned.groups())), None, "", needs_number=False)


def address_called(page: Page, script: str) -> str | None:
    """The address behind `toPage(2)`, if a script of this page shows what the function does with its number."""
    call = _CALL.search(script[:500])
    if call is None:
        return None
    function, number = call.group(1), int(call.group(2))
    defined = re.compile(
        rf"(?:function\s{{1,5}}{re.escape(function)}\s{{0,5}}\(|\b{re.escape(function)}\s{{0,5}}=\s{{0,5}}function\s{{0,5}}\()"
    )
    for text in _scripts(page):
        found = defined.search(text)
        if found is None:
            continue
        body = text[found.end() : found.end() + _NEAR]
        for assigned in _LOCATION.finditer(body):
            url = _evaluated(page, next(filter(None, assigned.groups())), number, text, needs_number=True)
            if url is not None:
                return url
    return None


def _scripts(page: Page) -> Iterator[str]:
    for position, script in enumerate(page.root.iter("script")):
        if position >= _MOST_SCRIPTS:
            return
        if script.text and len(script.text) <= _LONGEST_SCRIPT:
            yield script.text


def _counted(page: Page, script: str) -> DrawnPager | None:
    if not _ABOUT_PAGES.search(script):
        return None
    count = _COUNT.search(script)
    pages = int(count.group(1)) if count else None
    if pages is None:
        total, size = _TOTAL.search(script), _SIZE.search(script)
        if not (total and size and int(size.group(1))):
            return None
        pages = max(1, -(-int(total.group(1)) // int(size.group(1))))
    here = _CURRENT.search(script)
    current = int(here.group(1)) if here else None
    if current is not None and "countPage" in script and "currentPage" in script:
        current += 1  # TRS counts from 0
    if current is None and ".pagination(" in script:
        own = _OWN_NUMBER.search(urlsplit(page.url).path)
        current = int(own.group(1)) if own else None
    return DrawnPager(pages, max(1, current) if current is not None else None, script=script)


def _named_after(page: Page, drawn: DrawnPager, here: int) -> str:
    number = here + drawn.counts_from
    return urljoin(page.url, f"{drawn.name}_{number}.{drawn.extension}")


def _evaluated(page: Page, expression: str, number: int | None, script: str, *, needs_number: bool) -> str | None:
    """The address that an expression of texts, joined by +, comes to; names in it stand for the page's number."""
    made, rest, used, told = "", expression.strip().rstrip(")} "), False, False
    while rest:
        literal = _LITERAL.match(rest)
        if literal:
            made += literal.group(1) if literal.group(1) is not None else literal.group(2)
            rest, told = rest[literal.end() :], True
        else:
            name = _NAME.match(rest)
            if name is None:
                return None
            value = _value_of(page, name.group(1), script)
            if value is None:
                if number is None:
                    return None
                shift = {"+": 1, "-": -1}.get(name.group(2) or "", 0)
                value, used = str(number + shift), True
            made += value
            rest = rest[name.end() :]
        if rest.startswith("+"):
            rest = rest[1:]
        elif rest.strip(" )}\"'"):
            return None
        else:
            break
    return page.absolute(made) if told and made and (used or not needs_number) else None


def _value_of(page: Page, name: str, script: str) -> str | None:
    """The value of a name that stands for a text; None for one that stands for the page's number."""
    if name.endswith("location.pathname"):
        return urlsplit(page.url).path
    if "." in name or "(" in name:
        return None
    known = re.search(rf"\b{re.escape(name)}\s{{0,5}}=\s{{0,5}}(?:\"([^\"\n]{{0,300}})\"|'([^'\n]{{0,300}})')", script)
    return None if known is None else known.group(1) if known.group(1) is not None else known.group(2)


def _own_name(page: Page) -> str:
    own = urlsplit(page.url).path.rpartition("/")[2].rpartition(".")[0]
    return re.sub(r"_\d{1,5}$", "", own) or "index"


def _own_extension(page: Page) -> str:
    return urlsplit(page.url).path.rpartition("/")[2].rpartition(".")[2] or "html"
