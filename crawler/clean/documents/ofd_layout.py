"""Puts the text objects of an OFD page into lines by where they are. Opens no file."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from crawler.clean.documents.layout import VisualLine
from crawler.clean.documents.xml_parts import attribute, local_name

_A4_WIDTH_MM = 210.0
_SAME_LINE_EM = 0.5  # two texts whose baselines differ by less stand on one line
_BLANK_FROM_EM = 0.6  # a gap between two texts that is shown as a blank
_MOST_ADVANCES = 10_000  # characters of one text


@dataclass(frozen=True, slots=True)
class _Text:
    """A text where it stands; in mm from the top left of the page."""

    text: str
    left: float
    right: float
    baseline: float
    em: float


def page_width(document: etree._Element) -> float:
    """The width of the pages in mm, as the document has it for all of them; A4 where it does not say."""
    for node in document.iter():
        if local_name(node) == "PhysicalBox":
            numbers = _numbers(node.text)
            return numbers[2] if len(numbers) == 4 and numbers[2] > 0 else _A4_WIDTH_MM
    return _A4_WIDTH_MM


def page_lines(roots: Sequence[etree._Element]) -> tuple[VisualLine, ...]:
    """The lines of a page, from top to bottom and from left to right.

    Args:
        roots: the page's content and its templates'.
    """
    texts = sorted((text for root in roots for text in _texts(root)), key=lambda one: (one.baseline, one.left))
    rows: list[list[_Text]] = []
    for text in texts:
        if rows and text.baseline - rows[-1][0].baseline < _SAME_LINE_EM * rows[-1][0].em:
            rows[-1].append(text)
        else:
            rows.append([text])
    return tuple(_line(sorted(row, key=lambda one: one.left)) for row in rows)


def _texts(root: etree._Element) -> Iterator[_Text]:
    for node in root.iter():
        if local_name(node) != "TextObject" or attribute(node, "Visible") == "false":
            continue
        box = _numbers(attribute(node, "Boundary"))
        x, y = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
        size = next(iter(_numbers(attribute(node, "Size"))), 0.0)
        across, down = _scale(attribute(node, "CTM"))
        for code in node:
            text = "".join((code.text or "").splitlines()) if local_name(code) == "TextCode" else ""
            if text:
                left = x + across * _number(attribute(code, "X"))
                width = across * _width(text, size, attribute(code, "DeltaX"))
                baseline = y + down * _number(attribute(code, "Y"))
                yield _Text(text, left, left + width, baseline, (down * size) or 1.0)


def _scale(matrix: str | None) -> tuple[float, float]:
    """How far the object's own unit reaches on the page, across and down."""
    numbers = _numbers(matrix)
    if len(numbers) != 6:
        return 1.0, 1.0
    a, b, c, d = numbers[:4]
    return math.hypot(a, b) or 1.0, math.hypot(c, d) or 1.0


def _width(text: str, size: float, advances: str | None) -> float:
    """The width of a text: by the advances of its characters where they are given, else by the usual ones."""
    widths = [size if unicodedata.east_asian_width(character) in "WFA" else size / 2 for character in text[:_MOST_ADVANCES]]
    given = _advances(advances)[: len(widths) - 1]
    return sum(given) + sum(widths[len(given) :])


def _advances(written: str | None) -> list[float]:
    """DeltaX; `g 3 5.2` stands for three times 5.2 (GB/T 33190-2016, 11.3)."""
    words = (written or "").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < _MOST_ADVANCES:
        if words[at] == "g" and at + 2 < len(words):
            times = int(min(max(_number(words[at + 1]), 0.0), _MOST_ADVANCES))
            found.extend([_number(words[at + 2])] * times)
            at += 3
        else:
            found.append(_number(words[at]))
            at += 1
    return found


def _line(row: Sequence[_Text]) -> VisualLine:
    shown, previous = "", None
    for text in row:
        if previous is not None and text.left - previous.right > _BLANK_FROM_EM * previous.em:
            shown += " "
        shown += text.text
        previous = text
    return VisualLine(shown, row[0].left, max(text.right for text in row), row[0].em)


def _numbers(written: str | None) -> list[float]:
    return [_number(word) for word in (written or "").split()[:8]]


def _number(written: str | None) -> float:
    """A number; 0 for what is none, as a damaged file may have it."""
    try:
        value = float(written or 0)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0
