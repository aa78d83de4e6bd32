"""Changes that wait for the end of their run, stored with the versions they speak of. Decides nothing and tells nobody."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from storage.database import Database, stamp
from storage.records import HeldRow
from storage.rows import record


def keep(
    db: Database,
    *,
    at: datetime,
    kind: str,
    bureau_id: str,
    watch_id: str,
    report_id: int,
    url: str,
    title: str,
    significance: str,
    summary: str,
    from_version: int | None,
    to_version: int | None,
    marks: Collection[str],
) -> None:
    """Keep a change until its run ends; it survives a crash, and the next run of its watch goes on with it."""
    db.conn.execute(
        "INSERT INTO held (at, kind, bureau_id, watch_id, report_id, url, title, significance, summary, from_version,"
        " to_version, marks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            stamp(at),
            kind,
            bureau_id,
            watch_id,
            report_id,
            url,
            title,
            significance,
            summary,
            from_version,
            to_version,
            json.dumps(sorted(marks), ensure_ascii=False),
        ],
    )


def of_watch(db: Database, watch_id: str) -> list[HeldRow]:
    """What waits for the end of a watch's run, oldest first."""
    rows = db.query("SELECT * FROM held WHERE watch_id = ? ORDER BY id", [watch_id])
    return [record(HeldRow, {**row, "marks": tuple(json.loads(row["marks"]))}) for row in rows]


def let_go(db: Database, ids: Sequence[int]) -> None:
    """These were told, or belong to an upheaval that was."""
    db.conn.execute("DELETE FROM held WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))])
