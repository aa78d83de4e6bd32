"""What the archive showed of an event when it was told: the bytes of a file, the sightings of an absence. Judges nothing."""

from __future__ import annotations

from storage.database import Database
from storage.records import ProofRow
from storage.rows import record


def keep_file(db: Database, event_id: int, address_key: str) -> None:
    """Note as an event's proof the bytes that an address brought last; belongs into the event's transaction."""
    db.conn.execute(
        "INSERT INTO proof (event_id, capture_id) SELECT ?, capture_id FROM address WHERE key = ? AND capture_id IS NOT NULL",
        [event_id, address_key],
    )


def keep_absence(db: Database, event_id: int, report_id: int) -> None:
    """Note as an event's proof since when and how often a report was found gone; belongs into the event's transaction."""
    db.conn.execute(
        "INSERT INTO proof (event_id, absent_since, sightings, last_seen_at)"
        " SELECT ?, absent_since, sightings, last_seen_at FROM address JOIN report ON report.id = report_id"
        " WHERE report_id = ? AND role = 'report' AND absent_since IS NOT NULL ORDER BY sightings DESC LIMIT 1",
        [event_id, report_id],
    )


def find(db: Database, event_id: int) -> ProofRow | None:
    """The proof of an event; None where it needs none, or none was there."""
    return next((record(ProofRow, row) for row in db.query("SELECT * FROM proof WHERE event_id = ?", [event_id])), None)
