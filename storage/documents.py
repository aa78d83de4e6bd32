"""The texts of attached documents, each kept once by the hash of its bytes. Reads no document."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime

from storage.database import Database, stamp
from storage.records import DocumentRow
from storage.rows import record


def find(db: Database, sha256: str) -> DocumentRow | None:
    """What was read from the document with these bytes; None where it was never tried."""
    for row in db.query("SELECT * FROM document WHERE sha256 = ?", [sha256]):
        lines = zlib.decompress(row["deflated"]).decode("utf-8", "surrogatepass")
        return record(DocumentRow, {**row, "lines": tuple(lines.split("\n")) if lines else ()})
    return None


def keep(
    db: Database,
    sha256: str,
    *,
    kind: str,
    state: str,
    note: str,
    reader: str,
    file_name: str,
    lines: Sequence[str],
    now: datetime,
) -> None:
    """Keep what a reader made of a document; what an earlier version of the reader made of it is replaced."""
    text = "\n".join(line.replace("\n", " ") for line in lines).encode("utf-8", "surrogatepass")
    db.conn.execute(
        "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [sha256, kind, state, note, reader, file_name, zlib.compress(text, 6), stamp(now)],
    )
