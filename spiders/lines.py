"""Renders an element as the lines a reader sees, one block a line. Does not know which lines are worth reading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

_UNSEEN = frozenset(
    "head script style noscript template select datalist textarea button iframe object svg audio video".split()  # noqa: SIM905  reads as a list
)
# Every other element is a block, so that an unknown one (ucapcontent, publishtime) separates; `o:p` and its like do not.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr q s samp small span "  # noqa: SIM905  reads as a list
    "strike strong sub sup time tt u var wbr".split()
)
_UNDISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HIDING_CLASSES = frozenset({"ng-hide", "hidden", "hide"})
_SOURCE_BREAK = re.compile(r"[\n\t\r\f]+")
_LONG_CELL = 8  # lines; a cell with more is a page's layout, not a table's value
_CHROME_TAGS = frozenset({"nav", "header", "footer", "aside"})
_CHROME_NAMES = re.compile(
    r"(?:^|[-_\s])(?:foot|footer|bottom|nav|navbar|menu|sidebar|crumbs?|breadcrumb|copyright|hotlist|related)(?:$|[-_\s\d])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, how many of its characters stand in links, and the block in which it began."""

    text: str
    linked: int  # characters
    block: HtmlElement


def visible_lines(element: HtmlElement) -> tuple[Line, ...]:
    """The non-empty lines of an element, stripped at their ends and otherwise exact.

    A line end in the markup is one space, as in a browser. The cells of a table's row are joined by " | "; a row that
    only serves the layout (one filled cell, or a whole article in one) is read as if there were no table. What a browser
    does not show (scripts, `display:none`, `hidden`, `ng-hide`) is left out; `visibility:hidden` is kept, since WeChat
    serves whole articles so.
    """
    writer = _LineWriter(element)
    walk = etree.iterwalk(element, events=("start", "end", "comment"))
    skipped: HtmlElement | None = None
    for event, node in walk:
        if event == "start":
            hidden = node is not element and is_hidden(node)
            row = _row(node) if node.tag == "tr" and not hidden else None
            if row is None and not hidden:
                writer.open(node)
                continue
            if row is not None:
                writer.add(row)
            skipped = node
            walk.skip_subtree()
        else:
            if event == "end" and node is not skipped:
                writer.close(node)
            if node is not element:
                writer.write(node.tail)
    return tuple(writer.finished())


def is_hidden(element: HtmlElement) -> bool:
    """Whether a browser shows nothing of this element, as far as its own tag and attributes tell."""
    if element.tag in _UNSEEN or "hidden" in element.attrib:
        return True
    style, names = element.get("style"), element.get("class")
    return bool(style and _UNDISPLAYED.search(style)) or bool(names and not _HIDING_CLASSES.isdisjoint(names.split()))


def is_block(element: HtmlElement) -> bool:
    """Whether a line ends before and after this element. Comments are no blocks."""
    return isinstance(element.tag, str) and element.tag not in _INLINE and ":" not in element.tag


def is_chrome(element: HtmlElement) -> bool:
    """Whether this element is the site's furniture (navigation, header, footer, side list), by its tag, role or names."""
    if element.tag in {"body", "html"}:
        return False
    if element.tag in _CHROME_TAGS or element.get("role") in {"navigation", "banner", "contentinfo"}:
        return True
    return any(_CHROME_NAMES.search(names) for names in (element.get("class"), element.get("id")) if names)


class _LineWriter:
    """Gathers text until a block begins or ends."""

    def __init__(self, block: HtmlElement) -> None:
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._block = block
        self._links_open = 0
        self._linked = 0

    def open(self, node: HtmlElement) -> None:
        if is_block(node):
            self.break_line(node)
        self._links_open += node.tag == "a"
        self.write(node.text)

    def close(self, node: HtmlElement) -> None:
        self._links_open -= node.tag == "a"
        if is_block(node):
            self.break_line(node.getparent())

    def write(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            if self._links_open:
                self._linked += len(text.strip())

    def add(self, lines: tuple[Line, ...]) -> None:
        """Take over lines that are finished."""
        self.break_line(None)
        self.lines.extend(lines)

    def break_line(self, block: HtmlElement | None) -> None:
        """End the line; the next one begins in `block`."""
        if self._parts:
            pieces = (piece.strip(" ") for piece in _SOURCE_BREAK.split("".join(self._parts)))
            text = " ".join(filter(None, pieces)).strip()
            if text:
                self.lines.append(Line(text, self._linked, self._block))
            self._parts.clear()
            self._linked = 0
        if block is not None:
            self._block = block

    def finished(self) -> list[Line]:
        self.break_line(None)
        return self.lines


def _row(row: HtmlElement) -> tuple[Line, ...] | None:
    """A table's row as its lines, or None where the row is to be read as plain blocks."""
    cells = [cell for cell in row if cell.tag in {"td", "th"} and not is_hidden(cell)]
    if len(cells) < 2:
        return None
    contents = [visible_lines(cell) for cell in cells]
    filled = [lines for lines in contents if lines]
    if len(filled) < 2 or any(len(lines) > _LONG_CELL for lines in filled):
        return tuple(line for lines in filled for line in lines)
    text = " | ".join(" ".join(line.text for line in lines) for lines in contents)
    return (Line(text.strip(), sum(line.linked for lines in filled for line in lines), row),)
