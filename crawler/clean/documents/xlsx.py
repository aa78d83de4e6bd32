"""Makes an xlsx file safe for calamine: bounded parts, no document types, no far-away cells. Reads no cell's value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from crawler.clean.documents.document_text import DocumentBroken, Read
from crawler.clean.documents.sheets import MOST_ROWS, read_workbook
from crawler.clean.documents.xml_parts import local_name, parse_part, refuse_document_type
from crawler.clean.documents.zip_parts import ZipParts

_MOST_COLUMNS = 1_024
_MOST_CELLS = 3_000_000  # of the rectangle from the first to the last filled cell; calamine takes 32 bytes for each
_NOT_NEEDED = re.compile(r"(?:docProps|customXml|xl/(?:media|drawings|charts|theme|printerSettings|externalLinks|pivot))")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_FARTHEST = 20_000_000  # row or column of a reference that is none


@dataclass(frozen=True)
class _Extent:
    """The last filled row and column of a sheet, and the first ones; from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_bearable(self) -> bool:
        cells = (self.bottom - self.top + 1) * (self.right - self.left + 1)
        return self.bottom <= MOST_ROWS and self.right <= _MOST_COLUMNS and cells <= _MOST_CELLS


def read_xlsx(body: bytes) -> Read:
    """The sheets of an xlsx file.

    Args:
        body: the file. What is read of it is packed anew, so that calamine sees what was checked, and nothing else.

    Raises:
        DocumentBroken: cut off, damaged or refused.
        DocumentEncrypted: the zip has a password.
    """
    parts = ZipParts(body)
    packed = BytesIO()
    missing: list[str] = []
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as clean:
        for name in parts.names():
            if not name.casefold().endswith((".xml", ".rels")) or _NOT_NEEDED.match(name.removeprefix("/")):
                continue
            content = parts.read(name)
            refuse_document_type(name, content)
            if b"sheetData" in content or b"\0" in content:  # whatever its name; in UTF-16 the word cannot be seen
                content = _bearable(name, content, missing)
            clean.writestr(name, content)
    read = read_workbook(packed.getvalue())
    return Read(read.lines, (*missing, *read.missing))


def _bearable(name: str, content: bytes, missing: list[str]) -> bytes:
    """The sheet as it is, or without the cells that would make its rectangle too big."""
    extent = _extent(name, content)
    if extent is None or extent.is_bearable:
        return content
    columns = min(extent.right, _MOST_COLUMNS)
    rows = min(extent.bottom, MOST_ROWS, _MOST_CELLS // columns)
    missing.append(f"the cells of {name} below row {rows:,} or right of column {columns:,}")
    root = parse_part(name, content)
    for row, column, cell in list(_cells(root.iter())):
        parent = cell.getparent()
        if (row > rows or column > columns) and parent is not None:
            parent.remove(cell)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _extent(name: str, content: bytes) -> _Extent | None:
    """The rectangle of the filled cells; None where there are none. The declared dimension is not believed."""
    top = left = _FARTHEST
    bottom = right = 0
    try:
        walk = etree.iterparse(
            BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        for row, column, _ in _cells(_passing(walk)):
            top, left, bottom, right = min(top, row), min(left, column), max(bottom, row), max(right, column)
    except etree.XMLSyntaxError as error:
        raise DocumentBroken(f"{name} is no well-formed XML ({str(error)[:120]})") from error
    return _Extent(top, left, bottom, right) if bottom else None


def _passing(walk: etree.iterparse[tuple[str, etree._Element]]) -> Iterator[etree._Element]:
    """Rows as they begin, cells as they end; both are forgotten afterwards, so that a sheet of any length takes no memory."""
    for event, element in walk:
        name = local_name(element)
        if (event, name) in {("start", "row"), ("end", "c")}:
            yield element
        if event == "end" and name in {"row", "c"}:
            element.clear()
            parent = element.getparent()
            while name == "row" and parent is not None and element.getprevious() is not None:
                del parent[0]


def _cells(elements: Iterator[etree._Element]) -> Iterator[tuple[int, int, etree._Element]]:
    """The filled cells with their places, among the elements of a sheet. One without a reference follows the one before."""
    row = column = 0
    for element in elements:
        name = local_name(element)
        if name == "row":
            said = element.get("r") or ""
            row, column = int(said) if said.isdecimal() and len(said) <= 7 else row + 1, 0
        elif name == "c":
            reference = _REFERENCE.fullmatch(element.get("r") or "")
            if reference:
                row, column = int(reference[2]), _column(reference[1])
            else:
                column += 1
            if len(element):
                yield row, column, element


def _column(letters: str) -> int:
    """A column's number from its letters: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
