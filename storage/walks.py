"""Where the walk of a listing stopped short of its end, so that it can go on from there. Decides nothing."""

from __future__ import annotations

import json

from storage.database import Database, moment, stamp
from storage.records import WalkRow


def position(db: Database, watch_id: str) -> WalkRow | None:
    """The listing page that a walk would have read next; None where the last one came to the listing's end."""
    for row in db.query("SELECT * FROM walk WHERE watch_id = ?", [watch_id]):
        headers = tuple((str(name), str(value)) for name, value in json.loads(row["headers"]))
        return WalkRow(
            watch_id=row["watch_id"],
            url=row["url"],
            form=row["form"],
            content_type=row["content_type"],
            headers=headers,
            family=row["family"],
            page_number=row["page_number"],
            pages=row["pages"],
            noted_at=moment(row["noted_at"]),
        )
    return None


def note(db: Database, row: WalkRow) -> None:
    """Remember the page to go on with, unless a page further on is remembered already."""
    db.conn.execute(
        "INSERT INTO walk VALUES (:watch_id, :url, :form, :content_type, :headers, :family, :page_number, :pages, :noted_at)"
        " ON CONFLICT (watch_id) DO UPDATE SET url = excluded.url, form = excluded.form, content_type = excluded.content_type,"
        " headers = excluded.headers, family = excluded.family, page_number = excluded.page_number, pages = excluded.pages,"
        " noted_at = excluded.noted_at WHERE excluded.page_number >= walk.page_number",
        {
            "watch_id": row.watch_id,
            "url": row.url,
            "form": row.form,
            "content_type": row.content_type,
            "headers": json.dumps(row.headers),
            "family": row.family,
            "page_number": row.page_number,
            "pages": row.pages,
            "noted_at": stamp(row.noted_at),
        },
    )


def came_to_end(db: Database, watch_id: str) -> None:
    """A walk read the listing's last page: there is nothing to go on with."""
    db.conn.execute("DELETE FROM walk WHERE watch_id = ?", [watch_id])
    db.conn.execute("UPDATE watch SET end_seen = 1 WHERE watch_id = ?", [watch_id])
