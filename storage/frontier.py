"""The addresses we know, and when each is due. Decides nothing: what a visit meant is told to it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime

from storage.database import Database, moment, stamp
from storage.records import AddressRow
from storage.rows import record


def find(db: Database, key: str) -> AddressRow | None:
    """The address with this canonical key."""
    for row in db.query("SELECT * FROM address WHERE key = ?", [key]):
        return record(AddressRow, row)
    return None


def register(
    db: Database,
    *,
    key: str,
    url: str,
    role: str,
    bureau_id: str,
    watch_id: str,
    report_id: int | None = None,
    name: str = "",
    listed: date | None = None,
    silent: bool,
    now: datetime,
) -> bool:
    """Make an address known, due at once; return whether it is new. What is known already stays as it is."""
    cursor = db.conn.execute(
        "INSERT INTO address (key, url, role, bureau_id, watch_id, report_id, name, listed, silent, next_due_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        [key, url, role, bureau_id, watch_id, report_id, name, listed and listed.isoformat(), silent, stamp(now)],
    )
    return int(cursor.rowcount) == 1


def seen_on_listing(db: Database, keys: Sequence[str], now: datetime) -> None:
    """Note that a listing page shows these addresses."""
    sql = "UPDATE address SET last_listed_at = ?, delisted_at = NULL WHERE key = ?"
    db.conn.executemany(sql, [(stamp(now), key) for key in keys])


def not_listed(db: Database, watch_id: str, *, before: datetime, now: datetime) -> None:
    """Note that a whole walk did not show the reports that no listing page has shown since a time before it."""
    db.conn.execute(
        "UPDATE address SET delisted_at = ? WHERE watch_id = ? AND role = 'report' AND delisted_at IS NULL"
        " AND last_listed_at < ?",
        [stamp(now), watch_id, stamp(before)],
    )


def spelled_otherwise(db: Database, keys: Sequence[str]) -> AddressRow | None:
    """The first known address among these other spellings of one."""
    for row in db.query("SELECT * FROM address WHERE key IN (SELECT value FROM json_each(?)) ORDER BY id", [json.dumps(keys)]):
        return record(AddressRow, row)
    return None


def respell(db: Database, address_id: int, *, key: str, url: str, now: datetime) -> None:
    """The site spells an address otherwise now, and the former spelling fails: the new one takes its place, due at once."""
    db.conn.execute(
        "UPDATE address SET key = ?, url = ?, sightings = 0, absent_since = NULL, failures = 0, next_due_at = ? WHERE id = ?",
        [key, url, stamp(now), address_id],
    )


def take_over(db: Database, keys: Sequence[str], *, watch_id: str, bureau_id: str, live: Collection[str]) -> None:
    """Give addresses whose watch is no longer in the seeds to the watch that names them now, so that they are visited again.

    Args:
        db: the archive.
        keys: the canonical keys that a page names.
        watch_id: the watch of that page.
        bureau_id: its bureau.
        live: the ids of all watches that there are.
    """
    db.conn.execute(
        "UPDATE address SET watch_id = ?, bureau_id = ? WHERE key IN (SELECT value FROM json_each(?))"
        " AND watch_id NOT IN (SELECT value FROM json_each(?))",
        [watch_id, bureau_id, json.dumps(list(keys)), json.dumps(list(live))],
    )


def due(db: Database, watch_id: str, now: datetime | None) -> list[AddressRow]:
    """The reports and attachments of a watch that are due, longest waiting first; all of them where `now` is None."""
    sql = "SELECT * FROM address WHERE watch_id = ? AND role != 'listing'"
    parameters = [watch_id]
    if now is not None:
        sql += " AND next_due_at <= ?"
        parameters.append(stamp(now))
    return [record(AddressRow, row) for row in db.query(sql + " ORDER BY next_due_at, id", parameters)]


def soonest_retry(db: Database, watch_id: str) -> datetime | None:
    """When the first address of a watch that failed, or seems to be gone, is to be looked at again."""
    sql = (
        "SELECT min(next_due_at) AS due FROM address"
        " WHERE watch_id = ? AND role != 'listing' AND gone = 0 AND (failures > 0 OR sightings > 0 OR suspect != '')"
    )
    return next((moment(row["due"]) for row in db.query(sql, [watch_id]) if row["due"]), None)


def seems_gone(db: Database, watch_id: str) -> bool:
    """Whether a report of this watch was found gone lately, and is not told as withdrawn yet."""
    sql = "SELECT 1 FROM address WHERE watch_id = ? AND role = 'report' AND sightings > 0 AND gone = 0 LIMIT 1"
    return any(True for _ in db.query(sql, [watch_id]))


def unread(db: Database, bureau_id: str) -> list[AddressRow]:
    """The addresses that a bureau's lists show and of which no report could be made yet, oldest first."""
    sql = (
        "SELECT * FROM address WHERE bureau_id = ? AND role = 'report' AND report_id IS NULL AND NOT gone"
        " AND delisted_at IS NULL ORDER BY id"
    )
    return [record(AddressRow, row) for row in db.query(sql, [bureau_id])]


def of_report(db: Database, report_id: int) -> list[AddressRow]:
    """All addresses of a report, its attachments too."""
    return [record(AddressRow, row) for row in db.query("SELECT * FROM address WHERE report_id = ? ORDER BY id", [report_id])]


def read(
    db: Database,
    address_id: int,
    *,
    now: datetime,
    next_due_at: datetime,
    report_id: int | None,
    version: int | None,
    capture_id: int,
    sha256: str,
    etag: str,
    last_modified: str,
) -> None:
    """A visit brought the bytes: the address lives, whatever was counted against it is forgotten."""
    db.conn.execute(
        "UPDATE address SET last_visit_at = :now, last_full_at = :now, next_due_at = :due, report_id = :report,"
        " version = :version, capture_id = :capture, sha256 = :sha256, etag = :etag, last_modified = :modified,"
        " sightings = 0, absent_since = NULL, how = '', gone = 0, failures = 0 WHERE id = :id",
        {
            "now": stamp(now),
            "due": stamp(next_due_at),
            "report": report_id,
            "version": version,
            "capture": capture_id,
            "sha256": sha256,
            "etag": etag,
            "modified": last_modified,
            "id": address_id,
        },
    )


def not_modified(db: Database, address_id: int, *, now: datetime, next_due_at: datetime) -> None:
    """The server said 304: the address lives, as it was."""
    db.conn.execute(
        "UPDATE address SET last_visit_at = ?, next_due_at = ?, sightings = 0, absent_since = NULL, how = '', gone = 0,"
        " failures = 0 WHERE id = ?",
        [stamp(now), stamp(next_due_at), address_id],
    )


def absent(
    db: Database,
    address_id: int,
    *,
    now: datetime,
    next_due_at: datetime,
    sightings: int,
    absent_since: datetime | None,
    gone: bool,
    how: str = "",
) -> None:
    """A visit found the document gone; the counters are those that `compare` decided."""
    db.conn.execute(
        "UPDATE address SET last_visit_at = ?, next_due_at = ?, sightings = ?, absent_since = ?, gone = ?, how = ?"
        " WHERE id = ?",
        [stamp(now), stamp(next_due_at), sightings, absent_since and stamp(absent_since), gone, how, address_id],
    )


def failed(db: Database, address_id: int, *, now: datetime, next_due_at: datetime) -> None:
    """A visit brought nothing usable; what was known before stays."""
    db.conn.execute(
        "UPDATE address SET last_visit_at = ?, next_due_at = ?, failures = failures + 1 WHERE id = ?",
        [stamp(now), stamp(next_due_at), address_id],
    )


def adopt_attachments(db: Database, report_id: int, urls: Sequence[str]) -> None:
    """The report that links these attachments has an id now."""
    db.conn.executemany(
        "UPDATE address SET report_id = ? WHERE url = ? AND role = 'attachment' AND report_id IS NULL",
        [(report_id, url) for url in urls],
    )


def leave_for_good(db: Database, report_id: int) -> None:
    """A report has moved away: its addresses so far are told as gone, and will not be told again."""
    db.conn.execute("UPDATE address SET gone = 1 WHERE report_id = ? AND role = 'report'", [report_id])
