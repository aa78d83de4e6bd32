"""Alerts that are owed and letters that carry them. Composes and sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from storage.database import Database, inserted, stamp
from storage.records import AlertRow, LetterRow
from storage.rows import record


def owe(db: Database, event_id: int, *, recipient: str, subscription: str, due_at: datetime) -> None:
    """Note that a recipient is owed an event; belongs into the transaction that stores the event."""
    db.conn.execute(
        "INSERT INTO alert (event_id, recipient, subscription, due_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [event_id, recipient, subscription, stamp(due_at)],
    )


def unbound(db: Database, now: datetime) -> list[AlertRow]:
    """Alerts that are due and not in a letter yet, oldest first."""
    sql = "SELECT * FROM alert WHERE letter_id IS NULL AND due_at <= ? ORDER BY due_at, id"
    return [record(AlertRow, row) for row in db.query(sql, [stamp(now)])]


def bind(db: Database, alert_ids: Sequence[int], *, recipient: str, message_id: str, message: bytes, now: datetime) -> int:
    """Put alerts into one letter whose bytes are final from here on; returns the letter's id."""
    cursor = db.conn.execute(
        "INSERT INTO letter (recipient, message_id, message, state, created_at, next_attempt_at)"
        " VALUES (?, ?, ?, 'pending', ?, ?)",
        [recipient, message_id, message, stamp(now), stamp(now)],
    )
    letter_id = inserted(cursor)
    db.conn.executemany("UPDATE alert SET letter_id = ? WHERE id = ?", [(letter_id, alert_id) for alert_id in alert_ids])
    return letter_id


def waiting(db: Database, now: datetime) -> list[LetterRow]:
    """Letters whose next try is due, oldest first."""
    sql = "SELECT * FROM letter WHERE state = 'pending' AND next_attempt_at <= ? ORDER BY id"
    return [record(LetterRow, row) for row in db.query(sql, [stamp(now)])]


def sent(db: Database, letter_id: int, now: datetime) -> None:
    """The server took the letter."""
    db.conn.execute(
        "UPDATE letter SET state = 'sent', attempts = attempts + 1, sent_at = ?, last_error = '' WHERE id = ?",
        [stamp(now), letter_id],
    )


def put_off(db: Database, letter_id: int, *, error: str, next_attempt_at: datetime) -> None:
    """The letter could not be handed over this time."""
    db.conn.execute(
        "UPDATE letter SET attempts = attempts + 1, last_error = ?, next_attempt_at = ? WHERE id = ?",
        [error, stamp(next_attempt_at), letter_id],
    )


def given_up(db: Database, letter_id: int, *, error: str, refused: bool) -> None:
    """The letter will not be tried again: refused for good, or too many days have passed."""
    db.conn.execute(
        "UPDATE letter SET state = ?, attempts = attempts + 1, last_error = ? WHERE id = ?",
        ["refused" if refused else "failed", error, letter_id],
    )


def letters(db: Database) -> list[LetterRow]:
    """All letters, oldest first."""
    return [record(LetterRow, row) for row in db.query("SELECT * FROM letter ORDER BY id")]


def counts(db: Database) -> dict[str, int]:
    """Letters by state, and alerts not yet in a letter as `unbound`."""
    found = {str(row["state"]): int(row["n"]) for row in db.query("SELECT state, count(*) AS n FROM letter GROUP BY state")}
    waiting_alerts = next(int(row["n"]) for row in db.query("SELECT count(*) AS n FROM alert WHERE letter_id IS NULL"))
    return {**found, "unbound": waiting_alerts}
