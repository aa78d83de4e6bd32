"""Where the walk of a listing stopped short of its end, so that it can go on from there. Decides nothing."""

from __future__ import annotations

import json

from storage.database import Database, moment, stamp
from storage.records import WalkRow


def position(db: Database, watch_id: str) -> WalkRow | None:
    """The listing page that a walk would have read next; None where there is none, or where it is to begin anew."""
    for row in db.query("SELECT * FROM walk WHERE watch_id = ? AND url != ''", [watch_id]):
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


def unread_from(db: Database, watch_id: str) -> int | None:
    """The number of the first listing page that no walk has read; None where one came to the listing's end, or none stopped."""
    rows = db.query("SELECT page_number FROM walk WHERE watch_id = ?", [watch_id])
    return next((int(row["page_number"]) for row in rows), None)


def note(db: Database, row: WalkRow, *, listing_url: str) -> None:
    """Remember the page to go on with, unless a page further on of the same listing is remembered already.

    Args:
        db: the archive.
        row: the page.
        listing_url: the address in the seed from which the walk began; of another listing the page would say nothing.
    """
    db.conn.execute(
        "INSERT INTO walk (watch_id, url, form, content_type, headers, family, page_number, pages, noted_at, listing_url)"
        " VALUES (:watch_id, :url, :form, :content_type, :headers, :family, :page_number, :pages, :noted_at, :listing_url)"
        " ON CONFLICT (watch_id) DO UPDATE SET url = excluded.url, form = excluded.form, content_type = excluded.content_type,"
        " headers = excluded.headers, family = excluded.family, page_number = excluded.page_number, pages = excluded.pages,"
        " noted_at = excluded.noted_at, listing_url = excluded.listing_url"
        " WHERE excluded.page_number >= walk.page_number OR walk.listing_url NOT IN ('', excluded.listing_url)",
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
            "listing_url": listing_url,
        },
    )


def begin_anew(db: Database, watch_id: str) -> None:
    """The page to go on with is no longer there: the next walk begins with the first. How far walks came stays known."""
    db.conn.execute("UPDATE walk SET url = '' WHERE watch_id = ?", [watch_id])


def leave_other_listing(db: Database, watch_id: str, listing_url: str) -> bool:
    """Where the noted walk was one of another listing, the next one begins anew; returns whether that was so.

    A walk that was noted before listings were is believed to be of this one.
    """
    sql = "UPDATE walk SET url = '' WHERE watch_id = ? AND url != '' AND listing_url NOT IN ('', ?)"
    return int(db.conn.execute(sql, [watch_id, listing_url]).rowcount) == 1


def came_to_end(db: Database, watch_id: str) -> None:
    """A walk read the listing's last page: there is nothing to go on with."""
    db.conn.execute("DELETE FROM walk WHERE watch_id = ?", [watch_id])
    db.conn.execute("UPDATE watch SET end_seen = 1 WHERE watch_id = ?", [watch_id])
