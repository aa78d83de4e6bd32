"""What we remember of each watch and of its runs: baseline, last success, when it is due. Decides nothing."""

from __future__ import annotations

from datetime import datetime

from storage.database import Database, inserted, stamp
from storage.records import WatchRow
from storage.rows import record


def get(db: Database, watch_id: str) -> WatchRow | None:
    """The watch with this id, if it ever ran."""
    for row in db.query("SELECT * FROM watch WHERE watch_id = ?", [watch_id]):
        return record(WatchRow, row)
    return None


def every(db: Database) -> dict[str, WatchRow]:
    """All watches that ever ran, by id."""
    return {row["watch_id"]: record(WatchRow, row) for row in db.query("SELECT * FROM watch")}


def start_run(db: Database, *, watch_id: str, bureau_id: str, pid: int, now: datetime) -> int:
    """A run begins; a run of this watch that was left running by a crash is marked interrupted. Returns the run's id."""
    db.conn.execute("INSERT INTO watch (watch_id, bureau_id) VALUES (?, ?) ON CONFLICT DO NOTHING", [watch_id, bureau_id])
    db.conn.execute(
        "UPDATE run SET outcome = 'interrupted', finished_at = ? WHERE watch_id = ? AND outcome = 'running'",
        [stamp(now), watch_id],
    )
    db.conn.execute("UPDATE watch SET last_run_at = ? WHERE watch_id = ?", [stamp(now), watch_id])
    cursor = db.conn.execute(
        "INSERT INTO run (watch_id, pid, started_at, outcome) VALUES (?, ?, ?, 'running')", [watch_id, pid, stamp(now)]
    )
    return inserted(cursor)


def walk_begins(db: Database, watch_id: str) -> None:
    """The walk of the listing is under way: until `finish_run` says otherwise it counts as broken off."""
    db.conn.execute("UPDATE watch SET walk_complete = 0 WHERE watch_id = ?", [watch_id])


def finish_run(
    db: Database,
    run_id: int,
    *,
    watch_id: str,
    outcome: str,
    now: datetime,
    next_due_at: datetime,
    walk_complete: bool,
    walked_all: bool,
    baseline: bool,
    pages: int,
    reports: int,
    events: int,
    failures: int,
) -> None:
    """A run ends.

    Its `outcome` is "ok", "interrupted" where it was told to stop, or the name of what kept the listing from being read.
    """
    succeeded = outcome == "ok"
    kind = outcome if outcome in {"ok", "interrupted"} else "failed"
    db.conn.execute(
        "UPDATE run SET finished_at = ?, outcome = ?, pages = ?, reports = ?, events = ?, failures = ? WHERE id = ?",
        [stamp(now), kind, pages, reports, events, failures, run_id],
    )
    db.conn.execute(
        "UPDATE watch SET last_outcome = :outcome, next_due_at = :due, walk_complete = :complete,"
        " last_success_at = CASE WHEN :succeeded THEN :now ELSE last_success_at END,"
        " walked_at = CASE WHEN :walked THEN :now ELSE walked_at END,"
        " baseline_at = CASE WHEN :baseline THEN :now ELSE baseline_at END WHERE watch_id = :watch",
        {
            "outcome": outcome,
            "due": stamp(next_due_at),
            "complete": walk_complete,
            "walked": walked_all,
            "succeeded": succeeded,
            "now": stamp(now),
            "baseline": baseline,
            "watch": watch_id,
        },
    )


def failures_in_a_row(db: Database, watch_id: str) -> int:
    """How many runs of a watch have failed since the last good one (count); those that were interrupted say nothing."""
    sql = (
        "SELECT count(*) AS n FROM run WHERE watch_id = :watch AND outcome = 'failed'"
        " AND id > (SELECT coalesce(max(id), 0) FROM run WHERE watch_id = :watch AND outcome = 'ok')"
    )
    return next(int(row["n"]) for row in db.query(sql, {"watch": watch_id}))


def remember_rendering(db: Database, watch_id: str, *, rendered: bool) -> None:
    """Remember whether the listing of a watch needs a browser."""
    db.conn.execute("UPDATE watch SET rendered = ? WHERE watch_id = ?", [rendered, watch_id])


def report_count(db: Database, watch_id: str) -> int:
    """How many reports a watch knows."""
    return next(int(row["n"]) for row in db.query("SELECT count(*) AS n FROM report WHERE watch_id = ?", [watch_id]))
