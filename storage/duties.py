"""Which overdue reports were told, so that each is told once. Decides nothing: what is overdue is told to it."""

from __future__ import annotations

from storage.database import Database


def told(db: Database, bureau_id: str) -> set[tuple[str, int]]:
    """Kind of report and year reported on of all that was told of a bureau."""
    return {(row["kind"], row["year"]) for row in db.query("SELECT kind, year FROM told_duty WHERE bureau_id = ?", [bureau_id])}


def tell(db: Database, bureau_id: str, kind: str, year: int, *, event_id: int) -> None:
    """Note that an overdue report was told. Belongs into the transaction of the event.

    Raises:
        sqlite3.IntegrityError: it was told before; `writing` makes it a StorageError. Cure: ask `told` first.
    """
    sql = "INSERT INTO told_duty (bureau_id, kind, year, event_id) VALUES (?, ?, ?, ?)"
    db.conn.execute(sql, [bureau_id, kind, year, event_id])
