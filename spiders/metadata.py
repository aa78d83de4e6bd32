"""Reads the fields of a detail page of any family, each with where it came from. Leaves the body to `crawler.clean`.

The order of the sources of each field is the one that was right most often on 40 real government pages: a labelled date
near the title beats meta PubDate, which was the day of a site's migration on 3 of them; ArticleTitle alone was right on 34,
ContentSource alone on 36, and where a page shows a source of its own, that one is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from spiders.address_dates import address_date
from spiders.bylines import are_siblings, labelled_in, publisher_in, shown_source, source_in, unlabelled_in, updated_in
from spiders.dates import signature_date, split_dated_title, unlabelled_date
from spiders.declared import Declared, read_declared, read_structured
from spiders.disclosure import Disclosure, read_disclosure
from spiders.lines import Line
from spiders.page import Page
from spiders.titles import heading_of, is_site_name, names_title, title_length, title_of

__all__ = ["Dated", "Dates", "Metadata", "heading_of", "read_metadata", "shown_source", "title_length"]

_NEAR_AFTER = 9  # short lines after the title in which a page prints date and source
_NEAR_BEFORE = 24  # lines before it in which a labelled date counts
_BLOCK_BEFORE = 60  # lines before it: the 信息公开 block, two lines a field at most, and the tools between
_BLOCK_AFTER = 40  # short lines after it
_SHORT = 120  # characters; a longer line is the body's first
_LONGEST_FIELDS = 400  # characters of a line that prints fields; a block may stand on one line
_SENTENCE = 30  # characters; a shorter line with a comma may be a salutation or a name
_STOPS = re.compile(r"[，。；]")
_SALUTATION = re.compile(r"[局厅处室所院会司府委位][：:]$")
_FIELD = re.compile(
    r"(?:来源(?:单位|部门)?|(?:发布|发文|编发|供稿)(?:单位|部门)|时间|日期|发布|作者|索引号|文号|机构|有效性|公开)\s?[:：∶]|^(?:打印|分享|扫一扫)"
)
_PUBLISHED_LINE = re.compile(r"发布(?:时间|日期)\s{0,4}[:：∶]\s{0,4}(?:19|20)\d\d")
_PUBLISHED_LABEL = re.compile(r"(?:发布|公开|公布)(?:时间|日期)\s{0,4}[:：∶]?")
_YEAR = re.compile(r"(?:19|20)\d\d\s?[-./年]")
_BESIDE = 3  # lines around a label below the text
_TITLE_REACH = 5  # lines over which a title may be broken


@dataclass(frozen=True)
class Dated:
    """A day, and what gave it."""

    day: date
    origin: str


@dataclass(frozen=True)
class Dates:
    """The four days of a report, which are hardly ever the same; None where there is none."""

    written: Dated | None = None  # from "label" (成文日期) or "signature" (below the text)
    published: Dated | None = None  # as the page says, see `Metadata.published_from`
    listed: Dated | None = None  # from "listed", the row of its listing
    address: Dated | None = None  # from "address", its URL: the day on which a system stored it

    def signed(self, paragraphs: Sequence[str]) -> Dates:
        """The same, with the day under which the text is signed where no label says when it was written."""
        day = None if self.written else signature_date(paragraphs)
        return replace(self, written=Dated(day, "signature")) if day else self

    def listed_on(self, day: date | None) -> Dates:
        """The same, with the day of the row."""
        return replace(self, listed=Dated(day, "listed") if day else None)

    def named(self) -> tuple[tuple[str, date, str], ...]:
        """Name, day and origin of those that there are."""
        four = (("written", self.written), ("published", self.published), ("listed", self.listed), ("address", self.address))
        return tuple((name, dated.day, dated.origin) for name, dated in four if dated is not None)

    def of_publication(self) -> Dated | None:
        """What comes nearest to the day of publication: what the page says, else the row's day, else the address's."""
        return self.published or self.listed or self.address


@dataclass(frozen=True)
class Metadata:
    """What a detail page says of itself."""

    title: str  # "" where the page has none
    published: date | None
    published_from: str  # "label", "title", "block", "meta", "json-ld", "near-title", or "" where no date was found
    source: str  # "" where the page names none
    dates: Dates = field(default_factory=Dates)
    disclosure: Disclosure = field(default_factory=Disclosure)


@dataclass(frozen=True)
class _Neighbourhood:
    """The lines around a title."""

    before: tuple[Line, ...]
    heading: str  # the title's own lines as one; "" where the page does not show it
    after: tuple[Line, ...]  # short ones


def read_metadata(page: Page) -> Metadata:
    """Title, dates, source and 信息公开 block of a detail page."""
    declared = read_declared(page)
    title, title_date = split_dated_title(title_of(page, declared))
    near = _around(page.lines(), title)
    block = read_disclosure(near.before, near.after, title)
    if not title or is_site_name(title) or (block.title and not declared.title and _is_another(block.title, title)):
        title = block.title or read_structured(page).title or title
        near = _around(page.lines(), title)
    beside = (
        unlabelled_date(near.heading[len(title) :]) if near.heading.startswith(title) else split_dated_title(near.heading)[1]
    )
    published = _published(page, near, declared, block, beside or title_date)
    by_address = address_date(page.url)
    dates = Dates(
        written=Dated(block.written, "label") if block.written else None,
        published=published,
        address=Dated(by_address, "address") if by_address else None,
    )
    return Metadata(
        title=title,
        published=published.day if published else None,
        published_from=published.origin if published else "",
        source=_source(page, near, declared, block),
        dates=dates,
        disclosure=block,
    )


def _is_another(named: str, title: str) -> bool:
    """Whether the 信息公开 block names another title, and a longer one: that of a column was read instead."""
    one, other = "".join(named.split()), "".join(title.split())
    return len(one) > len(other) and other not in one


def _published(page: Page, near: _Neighbourhood, declared: Declared, block: Disclosure, titled: date | None) -> Dated | None:
    """The day of publication from the most trusted of its places."""
    after = near.after[:_NEAR_AFTER]
    labelled = labelled_in(after, plain=True) or labelled_in(near.before[-_NEAR_BEFORE:], plain=False)
    found = (
        ("label", labelled or (block.published if block.labelled else None)),
        ("title", titled),
        ("block", block.published),
        ("meta", declared.published),
    )
    for origin, day in found:
        if day:
            return Dated(day, origin)
    if structured := read_structured(page).published:
        return Dated(structured, "json-ld")
    if day := unlabelled_in(after):
        return Dated(day, "near-title")
    below = labelled_in(_below(page), plain=False)
    if below is None and (day := updated_in(after)):  # some article systems call the day of publication so
        return Dated(day, "near-title")
    return Dated(below, "label") if below else None


def _source(page: Page, near: _Neighbourhood, declared: Declared, block: Disclosure) -> str:
    """What the page shows, else what its metas say, else who publishes it."""
    shown = source_in(near.after[:_NEAR_AFTER]) or source_in(near.before[-_NEAR_BEFORE:])
    stated = shown or declared.source or block.publisher or read_structured(page).source
    return stated or publisher_in(near.after[:_NEAR_AFTER]) or source_in(_below(page))


def _below(page: Page) -> list[Line]:
    """The short lines that label the day of publication below the text, in an element that holds the title too.

    Where label and value have a line each, the fields beside them come with them.
    """
    lines = [line for line in page.lines() if len(line.text) <= _SHORT]
    labelled = [at for at, line in enumerate(lines) if _PUBLISHED_LINE.search(line.text) or _is_label(lines[at : at + 2])]
    heading = heading_of(page) if labelled else None
    if heading is None:
        return []
    article = {node for node in heading.iterancestors() if node.tag not in {"body", "html"}}
    own = [at for at in labelled if not lines[at].linked and not article.isdisjoint(lines[at].block.iterancestors())]
    apart = {at for at in own if _PUBLISHED_LINE.search(lines[at].text) is None}
    near = {beside for at in apart for beside in range(max(0, at - _BESIDE), at + _BESIDE + 1)}
    return [line for at, line in enumerate(lines) if at in own or at in near]


def _is_label(pair: Sequence[Line]) -> bool:
    """Whether the first of two lines is nothing but a label of the day of publication, and the second one a day."""
    if len(pair) < 2 or _PUBLISHED_LABEL.fullmatch(pair[0].text) is None:
        return False
    return _YEAR.match(pair[1].text) is not None and are_siblings(*pair)


def _around(walk: Iterator[Line], title: str) -> _Neighbourhood:
    """The lines near the title's own, or the page's head as `before` where no line shows the title. Walks no further."""
    lines: list[Line] = []
    named: int | None = None
    for position, line in enumerate(_ahead(walk, lines)):
        named = position if named is None and names_title(line, title) else named
        if line.linked * 2 < len(line.text) and (length := title_length(lines[position : position + _TITLE_REACH], title)):
            lines.extend(islice(walk, length + _BLOCK_AFTER))
            heading = " ".join(item.text for item in lines[position : position + length])
            after = lines[position + length : position + length + _BLOCK_AFTER]
            return _Neighbourhood(_fields_only(lines[max(0, position - _BLOCK_BEFORE) : position]), heading, _short_run(after))
    if named is not None:
        behind = lines[named + 1 : named + 1 + _BLOCK_AFTER]
        return _Neighbourhood(_fields_only(lines[max(0, named - _BLOCK_BEFORE) : named]), "", _short_run(behind))
    return _Neighbourhood(_fields_only(lines[: _NEAR_BEFORE + _NEAR_AFTER]), "", ())


def _fields_only(lines: list[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if len(line.text) <= _LONGEST_FIELDS)


def _ahead(walk: Iterator[Line], lines: list[Line]) -> Iterator[Line]:
    """The lines one by one, with those that a title may be broken over already taken into `lines`."""
    lines.extend(islice(walk, _TITLE_REACH))
    position = 0
    while position < len(lines):
        yield lines[position]
        lines.extend(islice(walk, 1))
        position += 1


def _short_run(lines: list[Line]) -> tuple[Line, ...]:
    begun = next((position for position, line in enumerate(lines) if _is_text(line.text)), len(lines))
    return tuple(lines[:begun])


def _is_text(line: str) -> bool:
    """Whether a line is the body's: long, or a sentence or salutation that is no line of source and date."""
    if len(line) > _SHORT or line.endswith("。"):
        return True
    is_sentence = len(line) > _SENTENCE and _STOPS.search(line) is not None
    return (is_sentence or _SALUTATION.search(line) is not None) and _FIELD.search(line) is None
