"""Looks through the records of an xls file for a password and for sheets of unbearable size. Reads no cell's value."""

from __future__ import annotations

import struct

from crawler.clean.documents.compound import CompoundFile
from crawler.clean.documents.document_text import DocumentBroken, DocumentEncrypted

_MOST_CLAIMED = 17_000_000  # 65,536 rows of 256 columns: all that BIFF8 has room for
_MOST_CELLS = 3_000_000  # of the rectangle from the first to the last cell; calamine takes 32 bytes for each
_SHEET_BEGINS = 0x0809
_DIMENSIONS, _PASSWORD = 0x0200, 0x002F  # the records DIMENSIONS and FILEPASS
_CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
"""The records of cells that have a value, [MS-XLS] 2.3.2; each begins with its row and column."""
_STREAMS = ("Workbook", "Book")


def refuse_unbearable(body: bytes) -> None:
    """Refuse what calamine does not report by itself.

    It takes an encrypted file for one of unknown format; for a sheet that claims more cells than the format has it would
    make room, and end the process; and it holds a sheet as a full rectangle, however few cells there are.

    Raises:
        DocumentBroken: there is such a sheet, or the file has no workbook in it.
        DocumentEncrypted: the file has a password.
    """
    file = CompoundFile(body)
    names = {name.casefold(): name for name in file.names()}
    stream = next((file.stream(names[name.casefold()]) for name in _STREAMS if name.casefold() in names), None)
    if stream is None:
        raise DocumentBroken("its workbook is missing")
    at, filled = 0, _Filled()
    while at + 4 <= len(stream):
        code, size = struct.unpack_from("<HH", stream, at)
        if code == _PASSWORD:
            raise DocumentEncrypted("an Excel file with a password")
        if code == _DIMENSIONS and size >= 12 and at + 16 <= len(stream):
            _refuse_claim(*struct.unpack_from("<IIHH", stream, at + 4))
        elif code == _SHEET_BEGINS:
            filled = _Filled()
        elif code in _CELLS and size >= 6 and at + 8 <= len(stream):
            filled.add(*struct.unpack_from("<HH", stream, at + 4))
        at += 4 + size


def _refuse_claim(top: int, bottom: int, left: int, right: int) -> None:
    if max(bottom - top, 0) * max(right - left, 0) > _MOST_CLAIMED:
        raise DocumentBroken(f"a sheet claims {bottom - top:,} rows of {right - left:,} cells, which is refused")


class _Filled:
    """The rectangle of the filled cells of a sheet."""

    def __init__(self) -> None:
        self._top = self._left = 0xFFFF
        self._bottom = self._right = 0

    def add(self, row: int, column: int) -> None:
        self._top, self._left = min(self._top, row), min(self._left, column)
        self._bottom, self._right = max(self._bottom, row), max(self._right, column)
        cells = (self._bottom - self._top + 1) * (self._right - self._left + 1)
        if cells > _MOST_CELLS:
            raise DocumentBroken(f"the cells of a sheet lie too far apart: a rectangle of {cells:,}, which is refused")
