"""How many rows a watch's listing usually shows, when its reports came, and how often one was revised. Decides nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from storage.database import Database, moment, stamp

_CHINA = timezone(timedelta(hours=8))


def usual_rows(db: Database, watch_id: str) -> int | None:
    """How many rows the last whole walk of a listing that counts showed (count); None before the first one."""
    rows = db.query("SELECT usual_rows FROM watch WHERE watch_id = ? AND usual_rows IS NOT NULL", [watch_id])
    return next((int(row["usual_rows"]) for row in rows), None)


def remember_rows(db: Database, watch_id: str, rows: int) -> None:
    """Note how many rows a whole walk showed."""
    db.conn.execute("UPDATE watch SET usual_rows = ? WHERE watch_id = ?", [rows, watch_id])


def report_days(db: Database, watch_id: str, *, baseline_at: datetime) -> list[date]:
    """The days of a watch's reports, one each: as the page prints it, else as the list does.

    A report without any has the day on which it was first seen, unless it was there when the watch was first read.

    Args:
        db: the archive.
        watch_id: the watch.
        baseline_at: when it was first read; aware.
    """
    sql = (
        "SELECT coalesce(v.published, (SELECT max(a.listed) FROM address a WHERE a.report_id = r.id AND a.role = 'report'))"
        " AS day, r.first_seen_at AS seen FROM report r JOIN version v ON v.report_id = r.id AND v.number = r.versions"
        " WHERE r.watch_id = ?"
    )
    days: list[date] = []
    for row in db.query(sql, [watch_id]):
        seen = moment(str(row["seen"]))
        if row["day"]:
            days.append(date.fromisoformat(str(row["day"])))
        elif seen > baseline_at:
            days.append(seen.astimezone(_CHINA).date())
    return days


def revisions(db: Database, report_id: int, *, since: datetime) -> list[tuple[datetime, str]]:
    """When a report was revised since a time, and the significance of each; changes of form alone are left out."""
    sql = (
        "SELECT at, significance FROM event WHERE report_id = ? AND kind = 'revised' AND significance != 'format' AND at > ?"
        " ORDER BY id"
    )
    return [(moment(str(row["at"])), str(row["significance"])) for row in db.query(sql, [report_id, stamp(since)])]


def told_version(db: Database, report_id: int) -> int | None:
    """The version of a report that people were told of last; None where they were told of none."""
    # A change of form, or an event without another text (moved, restored), does not tell what was kept silent.
    sql = (
        "SELECT to_version FROM event WHERE report_id = ? AND to_version IS NOT NULL AND NOT silent"
        " AND significance != 'format' AND (from_version IS NULL OR from_version < to_version) ORDER BY id DESC LIMIT 1"
    )
    return next((int(row["to_version"]) for row in db.query(sql, [report_id])), None)


def readings_since(db: Database, url: str, since: datetime) -> int:
    """How often the bytes of an address were received since a time (count)."""
    sql = "SELECT count(*) AS n FROM capture WHERE url = ? AND captured_at > ?"
    return next(int(row["n"]) for row in db.query(sql, [url, stamp(since)]))
