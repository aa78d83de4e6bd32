"""Reads Word 97-2003 files, and WPS files, which are the same inside. Leaves out headers, footers, comments and fields' codes.

What a reviser has marked as deleted stays in the text: the mark is a character property, which is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.clean.documents.compound import CompoundFile
from crawler.clean.documents.document_text import Capped, DocumentBroken, DocumentEncrypted, Read
from crawler.clean.documents.table_rows import row_lines
from crawler.clean.documents.word_pieces import Characters, TableMarks, characters, table_marks, word_header

_CELL = "\x07"
_FIELD_BEGINS, _FIELD_SHOWS, _FIELD_ENDS = "\x13", "\x14", "\x15"
_FIELD_MARKS = {_FIELD_BEGINS, _FIELD_SHOWS, _FIELD_ENDS}
_MARKS = re.compile("[\r\x07\x0b\x0c\x13\x14\x15]")  # paragraph, cell, line, page, and those of fields
_PICTURES = re.compile("[\x01\x08]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1d\x1f\ufeff]")
_HARD_HYPHEN = "\x1e"


def read_doc(body: bytes) -> Read:
    """The paragraphs and table rows of the main text, then those of foot- and endnotes and of text boxes.

    legacy-doc opens the file; of its text, what stands in one table would be one line, with the headers and fields' codes.

    Args:
        body: the file.

    Raises:
        DocumentBroken: its tables lead nowhere, or it is older than Word 97.
        DocumentEncrypted: it has a password.
    """
    file = CompoundFile(body)
    document = file.stream("WordDocument")
    header = word_header(document)
    if header.is_encrypted:
        raise DocumentEncrypted("a Word file with a password")
    table = file.stream(header.table_name)
    found = characters(document, table, header)
    if found.lost == len(found.text):
        raise DocumentBroken("its pieces of text lie outside the file")
    marks = table_marks(document, table, header)
    kept = Capped()
    for start, end in header.shown_ranges():
        kept.extend(_shown(line) for line in _lines(found, marks, start, min(end, len(found.text))))
    promised = sum(header.counts)
    missing = [f"{found.lost:,} characters that lie outside the file"] if found.lost else []
    if promised > len(found.text):
        missing.append(f"{promised - len(found.text):,} characters that its header promises")
    return Read(tuple(kept.lines), (*missing, *kept.missing), has_pictures=bool(_PICTURES.search(found.text)))


def _lines(found: Characters, marks: TableMarks, start: int, end: int) -> Iterator[str]:
    """The paragraphs and rows between two positions."""
    writer = _RowWriter()
    for text, mark, position in _shown_parts(found.text, start, end):
        offset = found.offset(position) if mark else 0
        if mark == _CELL:
            ends_row = marks.is_row_end(offset) if marks.is_known else writer.is_between_cells and not text
            yield from writer.end_row() if ends_row else writer.end_cell(text)
        else:
            yield from writer.end_line(text, stays_in_cell=mark != "" and marks.is_in_table(offset))
    yield from writer.end_row()


class _RowWriter:
    """Gathers the lines of a cell and the cells of a row."""

    def __init__(self) -> None:
        self._cell: list[str] = []
        self._cells: list[list[str]] = []

    @property
    def is_between_cells(self) -> bool:
        """Whether a cell has just ended and nothing came after it."""
        return bool(self._cells) and not self._cell

    def end_line(self, text: str, *, stays_in_cell: bool) -> tuple[str, ...]:
        self._cell.append(text)
        return () if stays_in_cell else self.end_row()

    def end_cell(self, text: str) -> tuple[str, ...]:
        self._cells.append([*self._cell, text])
        self._cell = []
        return ()

    def end_row(self) -> tuple[str, ...]:
        lines = (*row_lines(self._cells), *self._cell)
        self._cell, self._cells = [], []
        return lines


def _shown_parts(text: str, start: int, end: int) -> Iterator[tuple[str, str, int]]:
    """The text up to each mark, the mark ("" at the end) and its position. What is only the code of a field is left out."""
    are_paired = text.count(_FIELD_BEGINS, start, end) == text.count(_FIELD_ENDS, start, end)
    in_code: list[bool] = []  # of each field that is open: whether its code is still going on
    parts: list[str] = []
    at = start
    for match in _MARKS.finditer(text, start, end):
        mark = match[0]
        if not any(in_code):
            parts.append(text[at : match.start()])
        at = match.end()
        if mark in _FIELD_MARKS:
            if are_paired:
                _follow(in_code, mark)
        elif not any(in_code):
            yield "".join(parts), mark, match.start()
            parts = []
    parts.append(text[at:end] if not any(in_code) else "")
    yield "".join(parts), "", end


def _follow(in_code: list[bool], mark: str) -> None:
    if mark == _FIELD_BEGINS:
        in_code.append(True)
    elif in_code and mark == _FIELD_SHOWS:
        in_code[-1] = False
    elif in_code:
        in_code.pop()


def _shown(line: str) -> str:
    """The line with its surrogates paired and without marks that nobody sees."""
    visible = _UNSEEN.sub("", line.replace(_HARD_HYPHEN, "-"))
    return visible.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
