"""Things a person must look at: opened once, counted when seen again, closed when healed. Mails nobody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from storage.database import Database, moment, stamp
from storage.records import IssueRow
from storage.rows import record


def raise_issue(
    db: Database,
    *,
    key: str,
    failure: str,
    outcome: str,
    bureau_id: str,
    watch_id: str,
    url: str,
    detail: str,
    hint: str,
    now: datetime,
) -> None:
    """Open an issue, or count it once more where one with this key is open."""
    db.conn.execute(
        "INSERT INTO issue (key, failure, outcome, bureau_id, watch_id, url, detail, hint, opened_at, last_seen_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) WHERE closed_at IS NULL DO UPDATE SET"
        " times = times + 1, last_seen_at = excluded.last_seen_at, failure = excluded.failure, outcome = excluded.outcome,"
        " detail = excluded.detail, hint = excluded.hint",
        [key, failure, outcome, bureau_id, watch_id, url, detail, hint, stamp(now), stamp(now)],
    )


def close(db: Database, key: str, now: datetime) -> None:
    """Close the open issue with this key, if there is one: what it complained of works again."""
    db.conn.execute("UPDATE issue SET closed_at = ? WHERE key = ? AND closed_at IS NULL", [stamp(now), key])


def close_if_quiet(db: Database, key: str, now: datetime, *, days: int) -> None:
    """Close an open issue that was not seen again for so many days: it told of something that happened once."""
    sql = "UPDATE issue SET closed_at = ? WHERE key = ? AND closed_at IS NULL AND last_seen_at < ?"
    db.conn.execute(sql, [stamp(now), key, stamp(now - timedelta(days=days))])


def close_those_of_reports(db: Database, watch_id: str, now: datetime) -> None:
    """Close the issues of a watch's single reports: one issue stands for all of them."""
    like = f"{watch_id} "
    sql = "UPDATE issue SET closed_at = ? WHERE watch_id = ? AND closed_at IS NULL AND (instr(key, ?) = 1 OR instr(key, ?) = 1)"
    db.conn.execute(sql, [stamp(now), watch_id, f"{like}report ", f"{like}unsettled "])


def close_unwatched(db: Database, watch_ids: Collection[str], now: datetime) -> None:
    """Close the open issues of watches that are no more: nobody looks there. Nobody is told that they healed.

    Args:
        db: the archive, in a transaction.
        watch_ids: of all that are watched.
        now: aware.
    """
    # Those of a host or of a text that cannot be read again are somebody's business whoever found them.
    gone = [row for row in opened(db) if row.watch_id not in watch_ids and row.key.startswith(f"{row.watch_id} ")]
    silence = (
        "INSERT INTO notice (issue_id, what, recipient, letter_id) SELECT issue_id, 'healed', recipient, letter_id FROM notice"
        " WHERE issue_id = ? AND what = 'opened' ON CONFLICT DO NOTHING"
    )
    for row in gone:
        close(db, row.key, now)
        db.conn.execute(silence, [row.id])


def opened(db: Database, watch_id: str | None = None) -> list[IssueRow]:
    """Open issues, oldest first; those of one watch, or all."""
    sql, parameters = "SELECT * FROM issue WHERE closed_at IS NULL", []
    if watch_id is not None:
        sql, parameters = sql + " AND watch_id = ?", [watch_id]
    return [record(IssueRow, row) for row in db.query(sql + " ORDER BY id", parameters)]


def perhaps_news(db: Database, recipient: str, *, since: datetime) -> list[IssueRow]:
    """Issues that may be news to a recipient, with all others of the same keys, oldest first.

    Args:
        db: the archive.
        recipient: who was told of some of them.
        since: those that are open, were closed since then, or whose healing the recipient was not told although he was told of
            their opening.
    """
    sql = (
        "SELECT * FROM issue WHERE key IN (SELECT key FROM issue WHERE closed_at IS NULL OR closed_at >= :since"
        " UNION SELECT i.key FROM notice n JOIN issue i ON i.id = n.issue_id WHERE n.recipient = :recipient"
        " AND n.what = 'opened' AND NOT EXISTS (SELECT 1 FROM notice h WHERE h.issue_id = n.issue_id"
        " AND h.recipient = n.recipient AND h.what = 'healed')) ORDER BY id"
    )
    return [record(IssueRow, row) for row in db.query(sql, {"since": stamp(since), "recipient": recipient.casefold()})]


def last_closed_at(db: Database, key: str) -> datetime | None:
    """When the last issue with this key was closed; None where none was."""
    sql = "SELECT closed_at FROM issue WHERE key = ? AND closed_at IS NOT NULL ORDER BY id DESC LIMIT 1"
    return next((moment(str(row["closed_at"])) for row in db.query(sql, [key])), None)
