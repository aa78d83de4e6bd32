"""What the listings of all families share: a row becomes an entry, a pager becomes the next address. Selects no list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from lxml.html import HtmlElement

from spiders.dates import dates_in, first_date, split_final_date
from spiders.fetched import Entry
from spiders.page import Page
from spiders.selecting import finding

_LINKS = finding("a[href]")
_CUT = re.compile(r"(?:…|⋯|\.{3}).{0,3}$")
_PINNED = re.compile(r"^[\[【(（]\s{0,4}(?:置顶|头条|最新|NEW)\s{0,4}[\]】)）]\s{0,4}|^[·•▪●■◆>]\s{0,4}", re.IGNORECASE)
_AROUND_DATE = re.compile(r"[\s\[\]()（）【】:：0-9]*")
_NEXT = re.compile(r"\W*(?:下一?页|后一?页|next(?: page)?)\W*", re.IGNORECASE)


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
    dated = next((part for part in row.iterdescendants() if _is_just_a_date(part)), None)
    found: list[Entry] = []
    for link in _LINKS(row):
        url, text = page.absolute(link.get("href") or ""), _text_of(link)
        if dated is not None:
            title, listed = (
                _without(text, _text_of(dated)) if link in dated.iterancestors() else text,
                first_date(_text_of(dated)),
            )
        else:
            title, at_end = split_final_date(text)
            listed = first_date("".join(row.xpath("descendant::text()[not(ancestor::a)]"))) or at_end
        title = _full_title(_PINNED.sub("", title), link.get("title") or "")
        if url is not None and title:
            found.append(Entry(url=url, title=title, listed=listed))
    return max(found, key=lambda entry: len(entry.title), default=None)


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


def _full_title(shown: str, full: str) -> str:
    """What the link shows, or its `title` where what it shows is nothing or was cut with …."""
    full = " ".join(full.split())
    stem = _CUT.sub("", shown)
    was_cut = stem != shown or not shown
    return full if was_cut and _squeezed(full).startswith(_squeezed(stem)) and full else shown


def _is_just_a_date(part: HtmlElement) -> bool:
    if not isinstance(part.tag, str):
        return False
    text = part.text_content()
    return len(text) <= 120 and any(
        _AROUND_DATE.fullmatch(text[: found.start] + text[found.end :]) is not None for found in dates_in(text)
    )


def _without(text: str, part: str) -> str:
    before, _, after = text.rpartition(part)
    return f"{before} {after}".strip()


def _text_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _squeezed(text: str) -> str:
    return "".join(text.split())
