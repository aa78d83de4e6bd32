"""Remembers where the bytes of each visit are kept. Writes no WARC itself (see `crawler.capture`)."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import datetime

from storage.database import Database, inserted, stamp
from storage.records import CaptureRow
from storage.rows import record


@dataclass(frozen=True)
class WarcPlace:
    """Where one record stands: file name within the archive's WARC folder, offset and length in bytes."""

    file: str
    offset: int
    length: int


def add(
    db: Database,
    *,
    url: str,
    captured_at: datetime,
    status: int,
    sha256: str,
    size: int,
    place: WarcPlace,
    revisit_of: int | None,
    rendered: bool,
) -> int:
    """Store one capture's index row and return its id. The WARC record must be on disk already."""
    cursor = db.conn.execute(
        "INSERT INTO capture (url, captured_at, status, sha256, size, warc_file, warc_offset, warc_length, revisit_of,"
        " rendered)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [url, stamp(captured_at), status, sha256, size, *astuple(place), revisit_of, rendered],
    )
    return inserted(cursor)


def get(db: Database, capture_id: int) -> CaptureRow | None:
    """The capture with this id."""
    for row in db.query("SELECT * FROM capture WHERE id = ?", [capture_id]):
        return record(CaptureRow, row)
    return None


def latest_full(db: Database, url: str) -> CaptureRow | None:
    """The latest capture of an address that holds the bytes themselves, not a revisit."""
    sql = "SELECT * FROM capture WHERE url = ? AND revisit_of IS NULL ORDER BY id DESC LIMIT 1"
    for row in db.query(sql, [url]):
        return record(CaptureRow, row)
    return None


def indexed_end(db: Database, warc_file: str) -> int:
    """Bytes of a WARC file that index rows vouch for; what lies beyond was torn off by a crash. 0 if none."""
    sql = "SELECT max(warc_offset + warc_length) AS end FROM capture WHERE warc_file = ?"
    return next((int(row["end"] or 0) for row in db.query(sql, [warc_file])), 0)
