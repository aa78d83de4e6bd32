"""Reports, their versions, and the events that happened to them. Decides nothing."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from storage.database import Database, inserted, moment, stamp
from storage.records import EventRow, ReportRow, VersionFields, VersionRow
from storage.rows import record

_NO_FIELDS = VersionFields()


def uuid(db: Database) -> str:
    """The name of this archive, 16 hexadecimal digits, made with it."""
    return next(str(row["uuid"]) for row in db.query("SELECT uuid FROM archive"))


def created_at(db: Database) -> datetime:
    """When this archive was made. Aware UTC."""
    return next(moment(str(row["created_at"])) for row in db.query("SELECT created_at FROM archive"))


def add_report(db: Database, *, bureau_id: str, watch_id: str, now: datetime) -> int:
    """A report nobody has seen before; returns its id."""
    cursor = db.conn.execute(
        "INSERT INTO report (bureau_id, watch_id, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?)",
        [bureau_id, watch_id, stamp(now), stamp(now)],
    )
    return inserted(cursor)


def add_version(
    db: Database,
    report_id: int,
    *,
    recipe: int,
    fingerprint: str,
    title: str,
    published: date | None,
    published_from: str,
    source: str,
    body: Sequence[str],
    attachments: Sequence[tuple[str, str]],
    capture_id: int,
    now: datetime,
    fields: VersionFields = _NO_FIELDS,
    first_capture_id: int | None = None,
) -> int:
    """A new state of a report; returns its number (1-based). The text is stored once, however often it comes back."""
    exact = _exact(body)
    sha256 = _text_sha256(exact)
    db.conn.execute("INSERT INTO text VALUES (?, ?) ON CONFLICT DO NOTHING", [sha256, zlib.compress(exact, 6)])
    number = next(int(row["n"]) for row in db.query("SELECT versions + 1 AS n FROM report WHERE id = ?", [report_id]))
    db.conn.execute(
        "INSERT INTO version (report_id, number, recipe, fingerprint, title, published, published_from, source, text_sha256,"
        " attachments, capture_id, created_at, fields, first_capture_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            report_id,
            number,
            recipe,
            fingerprint,
            title,
            published and published.isoformat(),
            published_from,
            source,
            sha256,
            json.dumps([list(attachment) for attachment in attachments], ensure_ascii=False),
            capture_id,
            stamp(now),
            fields_json(fields),
            first_capture_id,
        ],
    )
    db.conn.execute("UPDATE report SET versions = ? WHERE id = ?", [number, report_id])
    return number


def saw_report(db: Database, report_id: int, *, now: datetime, withdrawn: bool) -> None:
    """Note that a report was read just now (or found withdrawn)."""
    if withdrawn:
        db.conn.execute("UPDATE report SET withdrawn = 1 WHERE id = ?", [report_id])
    else:
        db.conn.execute("UPDATE report SET withdrawn = 0, last_seen_at = ? WHERE id = ?", [stamp(now), report_id])


def report(db: Database, report_id: int) -> ReportRow | None:
    """The report with this id."""
    for row in db.query("SELECT * FROM report WHERE id = ?", [report_id]):
        return record(ReportRow, row)
    return None


def reports(db: Database, *, bureau_id: str | None = None) -> list[tuple[ReportRow, VersionRow]]:
    """All reports, or those of one bureau, with their latest versions, newest publication first."""
    sql = _LATEST_VERSION + ("" if bureau_id is None else " WHERE r.bureau_id = :bureau") + _NEWEST_FIRST
    latest = [_version(row) for row in db.query(sql, {"bureau": bureau_id})]
    return [(found, version) for version in latest if (found := report(db, version.report_id)) is not None]


def latest_versions(db: Database, bureau_id: str, *, published: tuple[date, date] | None) -> list[VersionRow]:
    """The latest versions of a bureau's reports, newest publication first.

    Args:
        db: the archive.
        bureau_id: whose.
        published: the first and the last day that are looked for, to which one without a day may belong; None: all.
    """
    first, last = published or (date.min, date.max)
    sql = _LATEST_VERSION + " WHERE r.bureau_id = ? AND (v.published IS NULL OR v.published BETWEEN ? AND ?)" + _NEWEST_FIRST
    return [_version(row) for row in db.query(sql, [bureau_id, first.isoformat(), last.isoformat()])]


def versions(db: Database, report_id: int) -> list[VersionRow]:
    """All versions of a report, first to last: its timemap."""
    return [_version(row) for row in db.query(_VERSION + " WHERE v.report_id = ? ORDER BY v.number", [report_id])]


def version(db: Database, report_id: int, number: int) -> VersionRow | None:
    """One version of a report."""
    for row in db.query(_VERSION + " WHERE v.report_id = ? AND v.number = ?", [report_id, number]):
        return _version(row)
    return None


def latest_version(db: Database, report_id: int) -> VersionRow | None:
    """The latest version of a report."""
    for row in db.query(_VERSION + " WHERE v.report_id = ? ORDER BY v.number DESC LIMIT 1", [report_id]):
        return _version(row)
    return None


def with_fingerprint(db: Database, bureau_id: str, fingerprint: str) -> VersionRow | None:
    """A report of this bureau whose latest version has this fingerprint; the oldest one where there are several."""
    sql = _LATEST_VERSION + " WHERE v.fingerprint = ? AND r.bureau_id = ? ORDER BY v.report_id LIMIT 1"
    for row in db.query(sql, [fingerprint, bureau_id]):
        return _version(row)
    return None


def with_former_fingerprint(db: Database, bureau_id: str, fingerprint: str) -> VersionRow | None:
    """A version, not the latest one of its report, of this bureau and with this fingerprint."""
    sql = (
        _VERSION + " JOIN report r ON r.id = v.report_id AND r.versions != v.number"
        " WHERE v.fingerprint = ? AND r.bureau_id = ? ORDER BY v.report_id, v.number DESC LIMIT 1"
    )
    for row in db.query(sql, [fingerprint, bureau_id]):
        return _version(row)
    return None


def perhaps_copies(db: Database, bureau_id: str, *, title: str, body: Sequence[str]) -> list[VersionRow]:
    """The latest versions of this bureau's reports that have the very title or the very body; 20 at most, newest first."""
    sql = (
        _VERSION + " JOIN report r ON r.id = v.report_id AND r.versions = v.number"
        " WHERE (v.title = ? OR v.text_sha256 = ?) AND r.bureau_id = ? ORDER BY v.id DESC LIMIT 20"
    )
    return [_version(row) for row in db.query(sql, [title, _text_sha256(_exact(body)), bureau_id])]


def fingerprints(db: Database, report_id: int) -> list[str]:
    """The fingerprints of a report's versions, first to last."""
    sql = "SELECT fingerprint FROM version WHERE report_id = ? ORDER BY number"
    return [str(row["fingerprint"]) for row in db.query(sql, [report_id])]


def delisted(db: Database) -> dict[int, datetime]:
    """Since when no listing shows a report at any address that is not gone; reports that one shows are left out."""
    sql = (
        "SELECT report_id, max(delisted_at) AS since FROM address WHERE role = 'report' AND report_id IS NOT NULL AND gone = 0"
        " GROUP BY report_id HAVING count(*) = count(delisted_at)"
    )
    return {int(row["report_id"]): moment(row["since"]) for row in db.query(sql)}


def add_event(
    db: Database,
    *,
    at: datetime,
    kind: str,
    bureau_id: str,
    watch_id: str,
    report_id: int | None,
    url: str,
    title: str,
    significance: str,
    summary: str,
    from_version: int | None,
    to_version: int | None,
    silent: bool = False,
) -> int:
    """Store one event and return its id."""
    told = [stamp(at), kind, bureau_id, watch_id, report_id, url, title, significance, summary, from_version, to_version]
    cursor = db.conn.execute(
        "INSERT INTO event (at, kind, bureau_id, watch_id, report_id, url, title, significance, summary,"
        " from_version, to_version, silent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*told, silent],
    )
    return inserted(cursor)


def event(db: Database, event_id: int) -> EventRow | None:
    """The event with this id."""
    for row in db.query("SELECT * FROM event WHERE id = ?", [event_id]):
        return record(EventRow, row)
    return None


def events(db: Database, *, after_id: int = 0, since: datetime | None = None) -> list[EventRow]:
    """Events in the order they happened: those after an id, or from a time on."""
    if since is not None:
        rows = db.query("SELECT * FROM event WHERE at >= ? ORDER BY id", [stamp(since)])
    else:
        rows = db.query("SELECT * FROM event WHERE id > ? ORDER BY id", [after_id])
    return [record(EventRow, row) for row in rows]


def latest_events(db: Database, most: int) -> list[EventRow]:
    """The latest events, newest first."""
    return [record(EventRow, row) for row in db.query("SELECT * FROM event ORDER BY id DESC LIMIT ?", [most])]


_VERSION = "SELECT v.*, t.deflated FROM version v JOIN text t ON t.sha256 = v.text_sha256"
_LATEST_VERSION = _VERSION + " JOIN report r ON r.id = v.report_id AND r.versions = v.number"
_NEWEST_FIRST = " ORDER BY coalesce(v.published, '') DESC, v.id"


def _version(row: Mapping[str, Any]) -> VersionRow:
    text = zlib.decompress(row["deflated"]).decode("utf-8", "surrogatepass")
    attachments = tuple((str(url), str(name)) for url, name in json.loads(row["attachments"]))
    body = tuple(text.split("\n")) if text else ()
    return record(VersionRow, {**row, "body": body, "attachments": attachments, "fields": _fields(row["fields"])})


def _exact(body: Sequence[str]) -> bytes:
    return "\n".join(body).encode("utf-8", "surrogatepass")


def _text_sha256(exact: bytes) -> str:
    return hashlib.sha256(exact).hexdigest()


def fields_json(fields: VersionFields) -> str:
    """Fields as they are stored.

    Only what is there: {} is a version without fields, as all are that were stored before there were any.
    """
    texts = {name: value for name, value in vars(fields).items() if name != "dates" and value}
    dates = {name: [day.isoformat(), origin] for name, day, origin in fields.dates}
    return json.dumps({**texts, "dates": dates} if dates else texts, ensure_ascii=False)


def _fields(text: str) -> VersionFields:
    stored = json.loads(text)
    dates = tuple((name, date.fromisoformat(day), origin) for name, (day, origin) in stored.pop("dates", {}).items())
    return VersionFields(**stored, dates=dates)
