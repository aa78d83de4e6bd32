"""Reads OpenDocument spreadsheets: each cell's text as the file shows it. Computes nothing, leaves out notes.

Not through calamine: that drops how a cell is shown, and unfolds repeated cells without a limit.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from crawler.clean.documents.document_text import Capped, DocumentBroken, DocumentEncrypted, Read
from crawler.clean.documents.table_rows import joined_cells
from crawler.clean.documents.xml_parts import attribute, local_name, parse_part
from crawler.clean.documents.zip_parts import ZipParts

_MOST_ROWS = 100_000  # of a sheet
_MOST_COLUMNS = 1_024
_MOST_BLANKS = 1_000
_MANIFEST = "META-INF/manifest.xml"
_CELLS = frozenset({"table-cell", "covered-table-cell"})


def read_ods(body: bytes) -> Read:
    """The sheets: the name as one line, then a line for each row that is not empty.

    Args:
        body: the file.

    Raises:
        DocumentBroken: cut off, damaged or refused.
        DocumentEncrypted: it has a password.
    """
    parts = ZipParts(body)
    if parts.has(_MANIFEST) and any(local_name(node) == "encryption-data" for node in _manifest(parts).iter()):
        raise DocumentEncrypted("an OpenDocument file with a password")
    root = parse_part("content.xml", parts.read("content.xml"))
    tables = [node for node in root.iter() if local_name(node) == "table"]
    if not tables:
        raise DocumentBroken("content.xml has no sheet")
    kept = Capped()
    missing: list[str] = []
    for table in tables:
        name = attribute(table, "name") or ""
        rows = _rows(table, name, missing)
        first = next(rows, None)
        if first is not None:
            kept.extend((name, first))
            kept.extend(rows)
    return Read(tuple(kept.lines), (*missing, *kept.missing))


def _manifest(parts: ZipParts) -> etree._Element:
    """The manifest, which alone of all parts may come with the document type of older OpenDocument; it is cut off."""
    content = parts.read(_MANIFEST)
    start = content.find(b"<manifest:manifest")
    return parse_part(_MANIFEST, content[start:] if start > 0 else content)


def _rows(table: etree._Element, name: str, missing: list[str]) -> Iterator[str]:
    """The lines of a table. Repeated rows are unfolded as far as the cap goes; empty ones take no part in it."""
    left = _MOST_ROWS
    for row in table.iter():
        if local_name(row) != "table-row":
            continue
        line = joined_cells(_row(row))
        times = _repeated(row, "number-rows-repeated")
        if not line:
            continue
        for _ in range(min(times, left)):
            yield line
        if times > left:
            missing.append(f"the rows after {_MOST_ROWS:,} of sheet {name}")
            return
        left -= times


def _row(row: etree._Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if local_name(cell) in _CELLS:
            times = min(_repeated(cell, "number-columns-repeated"), _MOST_COLUMNS - len(cells))
            cells.extend([_shown(cell)] * times)
    return cells


def _repeated(element: etree._Element, name: str) -> int:
    said = attribute(element, name) or "1"
    return int(said) if said.isdecimal() and len(said) <= 9 else 1


def _shown(cell: etree._Element) -> str:
    """What the cell shows; its value where it shows nothing of its own."""
    lines = [_text(child) for child in cell if local_name(child) == "p"]
    if lines:
        return " ".join(stripped for line in lines if (stripped := line.strip()))
    values = (attribute(cell, name) for name in ("value", "date-value", "time-value", "string-value", "boolean-value"))
    return next((value for value in values if value), "")


def _text(element: etree._Element) -> str:
    """The text of a paragraph, with the blanks that OpenDocument writes as elements."""
    parts = [element.text or ""]
    for child in element:
        name = local_name(child)
        if name == "s":
            parts.append(" " * min(_repeated(child, "c"), _MOST_BLANKS))
        elif name in {"tab", "line-break"}:
            parts.append(" ")
        elif name not in {"annotation", "note"}:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
