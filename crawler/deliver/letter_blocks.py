"""The blocks that every letter is built of, their text ready to print. Chooses no words, holds no markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal
from urllib.parse import urlsplit

from crawler.deliver.excerpt import Excerpt
from crawler.deliver.visible import cut, visible, visible_beginning

Weight = Literal["plain", "soft", "strong", "exact"]
"""How a stretch is set: `exact` is for what is compared character by character."""

_SPACE = re.compile(r"\s")
_LONGEST = 1000  # characters of any one stretch of a page's text


@dataclass(frozen=True)
class Run:
    """A stretch of a line: our words in the letter's language, or a page's, which are Chinese and set apart."""

    text: str
    theirs: bool = False
    weight: Weight = "plain"


@dataclass(frozen=True)
class Link:
    """An address, shown in full; `href` is empty where it must not be a link."""

    shown: str
    href: str


Line = tuple[Run | Link, ...]
"""One line of a letter."""


@dataclass(frozen=True)
class Tag:
    """The line above a title: what kind of news this is."""

    form: ClassVar[str] = "tag"
    kind: str
    tone: str  # for its colour
    line: Line


@dataclass(frozen=True)
class Heading:
    """A heading."""

    form: ClassVar[str] = "heading"
    level: int  # 1 is the letter's own
    line: Line


@dataclass(frozen=True)
class Text:
    """A paragraph of one line."""

    form: ClassVar[str] = "text"
    line: Line
    weight: Weight = "plain"


@dataclass(frozen=True)
class Edit:
    """One changed paragraph under its heading."""

    head: Line
    was: str  # the word for the old side
    now: str
    shown: Excerpt


@dataclass(frozen=True)
class Edits:
    """The changed paragraphs."""

    form: ClassVar[str] = "edits"
    edits: tuple[Edit, ...]
    legend: tuple[str, str]  # how old and new are told apart: in HTML, in plain text


@dataclass(frozen=True)
class Table:
    """A small table; the first cell of each row names it. A cell is some lines."""

    form: ClassVar[str] = "table"
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    narrow: bool = False  # short cells, numbers mostly: not broken within


@dataclass(frozen=True)
class Facts:
    """Names and values."""

    form: ClassVar[str] = "facts"
    rows: tuple[tuple[str, Line], ...]
    colon: str  # between them in plain text


@dataclass(frozen=True)
class Items:
    """A list; an item is some lines, the deeper the more it is moved in."""

    form: ClassVar[str] = "items"
    items: tuple[tuple[Line, ...], ...]
    ordered: bool = False
    depths: tuple[int, ...] = ()  # of the items, from 0; none: all 0


@dataclass(frozen=True)
class Break:
    """A rule between two pieces of news."""

    form: ClassVar[str] = "rule"


Block = Tag | Heading | Text | Edits | Table | Facts | Items | Break


@dataclass(frozen=True)
class Page:
    """A whole letter, ready to print."""

    lang: str  # of our words
    heading: str  # the subject
    blocks: tuple[Block, ...]
    foot: tuple[Line, ...]


def ours(text: str, weight: Weight = "plain") -> Run:
    """Words of ours."""
    return Run(text, theirs=False, weight=weight)


def theirs(text: str, limit: int = _LONGEST, weight: Weight = "plain") -> Run:
    """Words of a page, made visible, of bounded length."""
    return Run(visible_beginning(text, limit), theirs=True, weight=weight)


def link(url: str) -> Link:
    """Only an http(s) address with nothing invisible and no space in it becomes a link."""
    shown = visible(url)
    try:
        parts = urlsplit(url)
        safe = shown == url and not _SPACE.search(url) and parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        safe = False
    return Link(shown=shown if safe else cut(shown, _LONGEST), href=url if safe else "")


def said(line: Sequence[Run | Link]) -> str:
    """A line as plain text."""
    return "".join(part.shown if isinstance(part, Link) else part.text for part in line)


def texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Every text of some blocks, in order."""
    for block in blocks:
        yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Tag():
            yield said(block.line)
        case Heading() | Text():
            yield said(block.line)
        case Edits():
            for edit in block.edits:
                yield said(edit.head)
                yield from (fragment.text for fragment in edit.shown.fragments)
        case Table():
            yield from (said(line) for row in block.rows for cell in row for line in cell)
        case Facts():
            yield from (said(line) for _, line in block.rows)
        case Items():
            yield from (said(line) for item in block.items for line in item)
        case Break():
            pass
