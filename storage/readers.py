"""What one recipient gets: digests of which periods and since when, and how many letters. Keeps and changes no letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from storage.database import Database, moment, stamp


def is_written(db: Database, recipient: str, form: str, period: str) -> bool:
    """Whether somebody's digest or weekly list of a period is kept already, however the address is spelt now."""
    sql = "SELECT 1 FROM letter WHERE recipient = ? COLLATE NOCASE AND form = ? AND period = ?"
    return any(True for _ in db.query(sql, [recipient, form, period]))


def told_elsewhere(db: Database, recipient: str, form: str, since: datetime, until: datetime) -> int:
    """Events of a time that somebody is told in letters other than digests of this form (count)."""
    sql = (
        "SELECT count(*) AS n FROM alert a JOIN event e ON e.id = a.event_id LEFT JOIN letter l ON l.id = a.letter_id"
        " WHERE a.recipient = ? COLLATE NOCASE AND a.dropped_at IS NULL AND coalesce(l.state, '') <> 'dropped'"
        " AND coalesce(l.form, a.bundle) <> ? AND e.at >= ? AND e.at < ?"
    )
    return next(int(row["n"]) for row in db.query(sql, [recipient, form, stamp(since), stamp(until)]))


def meant_for(db: Database, recipient: str, since: datetime, until: datetime) -> int:
    """Letters at once that somebody was sent in a time, or that wait to be sent (count)."""
    sql = (
        "SELECT count(*) AS n FROM letter WHERE recipient = ? COLLATE NOCASE AND form IN ('single', 'storm', 'backlog')"
        " AND (state IN ('pending', 'trying') OR (sent_at >= ? AND sent_at <= ?))"
    )
    return next(int(row["n"]) for row in db.query(sql, [recipient, stamp(since), stamp(until)]))


def note_readers(db: Database, readers: Sequence[tuple[str, str]], now: datetime) -> None:
    """Note who gets daily and weekly digests from now on, and forget who gets none any more.

    Args:
        db: the archive, in a transaction.
        readers: recipient and form of everybody who wants them.
        now: aware.
    """
    wanted, known = {(recipient.casefold(), form) for recipient, form in readers}, digest_readers(db)
    gone, fresh = sorted(known.keys() - wanted), sorted(wanted - known.keys())
    db.conn.executemany("DELETE FROM digest_reader WHERE recipient = ? AND form = ?", gone)
    db.conn.executemany("INSERT INTO digest_reader VALUES (?, ?, ?)", [(*reader, stamp(now)) for reader in fresh])


def digest_readers(db: Database) -> dict[tuple[str, str], datetime]:
    """Since when somebody gets digests, by recipient in lower case and form."""
    rows = db.query("SELECT recipient, form, since FROM digest_reader")
    return {(str(row["recipient"]), str(row["form"])): moment(str(row["since"])) for row in rows}


def last_of_form(db: Database, recipient: str, form: str, *, until: datetime) -> datetime | None:
    """When the last letter of a form was written to somebody; none from a clock that was ahead."""
    sql = "SELECT max(created_at) AS last FROM letter WHERE recipient = ? COLLATE NOCASE AND form = ? AND created_at <= ?"
    return next((moment(str(row["last"])) for row in db.query(sql, [recipient, form, stamp(until)]) if row["last"]), None)
