"""Reads Excel workbooks through python-calamine: xls and et, and what xlsx.py has made safe. Computes no formula.

A number stands as Excel stores it, not as a cell's format shows it: 12.5 % is 0.125.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import AbstractContextManager
from io import BytesIO
from types import TracebackType

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from crawler.clean.documents.biff import refuse_unbearable
from crawler.clean.documents.document_text import Capped, DocumentBroken, DocumentEncrypted, Read
from crawler.clean.documents.table_rows import joined_cells

MOST_ROWS = 100_000  # of a sheet
_RUST_PANIC = "pyo3_runtime"

_Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read_xls(body: bytes) -> Read:
    """The sheets of an Excel 97-2003 file.

    Raises:
        DocumentBroken: damaged, or refused for the size that a sheet claims.
        DocumentEncrypted: it has a password.
    """
    refuse_unbearable(body)
    return read_workbook(body)


def read_workbook(body: bytes) -> Read:
    """The visible sheets: the name as one line, then a line for each row that is not empty. Empty sheets are left out.

    Args:
        body: a file whose sheets are known to be of bearable size: calamine holds a sheet as a full rectangle.

    Raises:
        DocumentBroken: calamine cannot open it.
        DocumentEncrypted: it has a password.
    """
    try:
        with _Panics():
            return _read(body)
    except PasswordError as locked:
        raise DocumentEncrypted("an Excel file with a password") from locked
    except (CalamineError, OSError, ValueError) as error:
        raise DocumentBroken(f"calamine cannot open it ({str(error)[:120]})") from error


class _Panics(AbstractContextManager[object]):
    """Makes of a panic of the Rust library an error: it is no `Exception`, and its class cannot be imported to be named."""

    def __exit__(self, kind: type[BaseException] | None, panic: BaseException | None, _trace: TracebackType | None) -> None:
        """Everything else goes on its way."""
        if kind is not None and kind.__module__ == _RUST_PANIC:
            raise DocumentBroken(f"calamine gave up on it ({str(panic)[:120]})") from panic


def _read(body: bytes) -> Read:
    kept = Capped()
    missing: list[str] = []
    workbook = CalamineWorkbook.from_filelike(BytesIO(body))
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible or kept.is_full:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        if sheet.height > MOST_ROWS:
            missing.append(f"the rows after {MOST_ROWS:,} of sheet {about.name}")
        rows = list(_rows(sheet))
        if rows:
            kept.add(about.name)
            kept.extend(rows)
    return Read(tuple(kept.lines), (*missing, *kept.missing))


def _rows(sheet: CalamineSheet) -> Iterator[str]:
    for number, row in enumerate(sheet.iter_rows()):
        if number >= MOST_ROWS:
            return
        line = joined_cells([shown_cell(cell) for cell in row])
        if line:
            yield line


def shown_cell(cell: _Cell) -> str:
    """A cell's value as a person would write it: 12 and not 12.0, dates by ISO 8601, on one line."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.15g}"  # Excel shows 15 digits at most
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return " ".join(piece.strip() for piece in str(cell).splitlines())
