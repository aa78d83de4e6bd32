"""Renders an element as the lines a reader sees, one block a line. Does not know which lines are worth reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
_AS_TYPED = frozenset({"pre", "xmp", "listing"})
_SOURCE_BREAK = re.compile(r"[\n\t\r\f]+")
_COLONS = frozenset(":：")
SAYS_TEXT = re.compile(r"(?:信息|文章|公告|新闻|文件|详细|主要)?(?:内\s{0,4}容|正\s{0,4}文)\s{0,4}[:：]?")
_LONG_CELL = 8  # lines; a cell with more is a page's layout, not a table's value
_LONGEST_HEAD_CELL = 12  # characters; beside 内容 without a colon a shorter cell is the next column's head
_PARTING = ("h1", "h2", "h3", "hr", "form", "table")
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

    A line end in the markup is one space, as in a browser, but in `pre`. The cells of a table's row are joined by " | "; a
    row that only serves the layout (one filled cell, a whole article in one, a menu in one) is read as if there were no
    table. What a browser does not show (scripts, `display:none`, `hidden`, `ng-hide`) is left out; `visibility:hidden` is
    kept, since WeChat serves whole articles so.
    """
    return tuple(lines_of(element))


def lines_of(element: HtmlElement) -> Iterator[Line]:
    """The same lines one by one, for readers that need the first ones only: a whole page costs milliseconds."""
    writer = _LineWriter(element)
    walk = etree.iterwalk(element, events=("start", "end", "comment"))
    skipped: HtmlElement | None = None
    for event, node in walk:
        if event == "start":
            tag = node.tag
            hidden = node is not element and is_hidden(node)
            row = _row(node) if tag == "tr" and not hidden else None
            if row is None and not hidden:
                writer.open(node, tag)
                continue
            if row is not None:
                writer.add(row)
            skipped = node
            walk.skip_subtree()
        else:
            if event == "end" and node is not skipped:
                writer.close(node, node.tag)
            if node is not element and (tail := node.tail):
                writer.write(tail)
        if writer.lines:
            yield from writer.lines
            writer.lines.clear()
    writer.break_line(element)
    yield from writer.lines


def is_hidden(element: HtmlElement) -> bool:
    """Whether a browser shows nothing of this element, as far as its own tag and attributes tell."""
    attribute = element.get
    if element.tag in _UNSEEN or attribute("hidden") is not None:
        return True
    style, names = attribute("style"), attribute("class")
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
        self.lines: list[Line] = []  # finished, not yet taken
        self._parts: list[str] = []
        self._block = block
        self._links_open = 0
        self._as_typed = 0  # elements open in which a line end is one
        self._linked = 0

    def open(self, node: HtmlElement, tag: str) -> None:
        if tag in _INLINE:
            self._links_open += tag == "a"
        elif ":" not in tag:
            self.break_line(node)
            self._as_typed += tag in _AS_TYPED
        if text := node.text:
            self.write(text)

    def close(self, node: HtmlElement, tag: str) -> None:
        if tag in _INLINE:
            self._links_open -= tag == "a"
        elif ":" not in tag:
            self._as_typed -= tag in _AS_TYPED
            self.break_line(node.getparent())

    def write(self, text: str) -> None:
        if self._as_typed and "\n" in text:
            for line in text.splitlines(keepends=True):
                self._parts.append(line)
                self._linked += len(line.strip()) if self._links_open else 0
                if line.endswith("\n"):
                    self.break_line(self._block)
            return
        self._parts.append(text)
        if self._links_open:
            self._linked += len(text.strip())

    def add(self, lines: Iterable[Line]) -> None:
        """Take over lines that are finished."""
        self.break_line(self._block)
        self.lines.extend(lines)

    def break_line(self, block: HtmlElement | None) -> None:
        """End the line; the next one begins in `block`."""
        if self._parts:
            whole = "".join(self._parts).strip()
            if whole:
                self.lines.append(Line(_one_line(whole), self._linked, self._block))
            self._parts.clear()
            self._linked = 0
        if block is not None:
            self._block = block


def _one_line(text: str) -> str:
    """The text with one space in place of the line ends of its markup."""
    if _SOURCE_BREAK.search(text) is None:
        return text
    pieces = (piece.strip(" ") for piece in _SOURCE_BREAK.split(text))
    return " ".join(filter(None, pieces)).strip()


def _row(row: HtmlElement) -> tuple[Line, ...] | None:
    """A table's row as its lines, or None where the row is to be read as plain blocks."""
    cells = [cell for cell in row if cell.tag in {"td", "th"} and not is_hidden(cell)]
    if len(cells) < 2:
        return None
    contents = [visible_lines(cell) for cell in cells]
    filled = [lines for lines in contents if lines]
    if len(filled) < 2 or any(len(lines) > _LONG_CELL for lines in filled) or _is_layout(cells, filled):
        return tuple(line for lines in filled for line in lines)
    text = _joined_cells([" ".join(line.text for line in lines) for lines in contents])
    return (Line(text.strip(), sum(line.linked for lines in filled for line in lines), row),)


def _labels_text(filled: Sequence[Sequence[Line]]) -> bool:
    """Whether a row says 内容 and then the text; 信息内容 | 本年制发件数 | 现行有效件数 is the head of a table."""
    label, text = filled[0], filled[1]
    if len(label) > 1 or len(filled) > 2 or SAYS_TEXT.fullmatch(label[0].text) is None:
        return False
    return label[0].text[-1] in _COLONS or len(text) > 1 or len(text[0].text) > _LONGEST_HEAD_CELL


def _is_of_boxes(cell: HtmlElement) -> bool:
    """Whether a template's boxes stand in a cell: several, each with a class of its own. Editors leave none."""
    return len({box.get("class") for box in cell.iterchildren("div")} - {None}) > 1


def _joined_cells(texts: Sequence[str]) -> str:
    """The cells of a row as one line; a cell that is only a colon belongs to the label before it."""
    joined: list[str] = []
    for text in texts:
        if joined and text in _COLONS:
            joined[-1] += text
        else:
            joined.append(text)
    return " | ".join(joined)


def _is_layout(cells: Sequence[HtmlElement], filled: Sequence[Sequence[Line]]) -> bool:
    """Whether a row stands for the page's columns: a heading, a rule or a table in a cell, a menu or 内容 beside a text."""
    if _labels_text(filled):
        return True
    if any(_is_of_boxes(cell) for cell in cells):
        return True
    if any(next(cell.iter(*_PARTING), None) is not None for cell in cells):
        return True
    menus = [len(lines) > 1 and all(2 * line.linked > len(line.text) for line in lines) for lines in filled]
    return any(menus) and any(len(lines) > 1 for lines, menu in zip(filled, menus, strict=True) if not menu)
