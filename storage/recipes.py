"""By which rules each version's text was read, what they altered, and texts that differ in form only. Decides nothing."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.archive import fields_json
from storage.database import Database, stamp
from storage.records import VersionFields, VersionRow
from storage.rows import record

MOST_VARIANTS = 20
"""Forms of one version that are kept (count). A page that is laid out anew at every visit must not fill the disk."""


@dataclass(frozen=True)
class Reading:
    """How one version was read, and what it takes to read it again; its text is not here."""

    version_id: int
    report_id: int
    number: int
    recipe: int
    fingerprint: str
    family: str | None  # that the seed named then, "" where it named none; None: nobody noted it
    unread: str  # why its text is still that of former rules; "" where it is not
    capture_id: int
    bureau_id: str
    watch_id: str  # whose address it is today
    url: str
    listed_as: str  # the title of the row that led there
    listed: date | None


@dataclass(frozen=True)
class Text:
    """What reading a page came to, as it is stored."""

    fingerprint: str
    title: str
    published: date | None
    published_from: str
    source: str
    body: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]  # (url, name)
    fields: VersionFields


@dataclass(frozen=True)
class Alteration:
    """What reading a version again by other rules altered, once."""

    report_id: int
    number: int
    title: str
    fields: tuple[str, ...]  # their names; title, date, source and attachments among them
    gone: int  # paragraphs that it had before, and has no more
    come: int  # paragraphs that it has now, and had not


@dataclass(frozen=True)
class Variant:
    """A text that differs from its version in form only."""

    title: str
    capture_id: int
    first_seen_at: datetime
    last_seen_at: datetime


def readings(db: Database, bureau_id: str | None = None, watch_ids: Sequence[str] = ()) -> list[Reading]:
    """How every version was read, oldest first; or only those of one bureau.

    Args:
        db: the archive.
        bureau_id: the bureau.
        watch_ids: its watches: a report that was another bureau's, and whose address one of them names now, is theirs too.
    """
    sql = (
        "SELECT v.id AS version_id, v.report_id, v.number, v.recipe, v.fingerprint, v.family, v.unread, v.capture_id,"
        " r.bureau_id, coalesce(a.watch_id, r.watch_id) AS watch_id, c.url, coalesce(a.name, '') AS listed_as, a.listed"
        " FROM report r JOIN version v ON v.report_id = r.id JOIN capture c ON c.id = v.capture_id"
        " LEFT JOIN address a ON a.id = (SELECT b.id FROM address b WHERE b.report_id = r.id AND b.role = 'report'"
        "  ORDER BY b.url != c.url, b.id LIMIT 1)"
    )
    parameters: list[str] = []
    if bureau_id is not None:
        sql += (
            " WHERE r.bureau_id = ? OR r.id IN (SELECT report_id FROM address WHERE role = 'report'"
            " AND watch_id IN (SELECT value FROM json_each(?)))"
        )
        parameters = [bureau_id, json.dumps(list(watch_ids))]
    return [record(Reading, row) for row in db.query(sql + " ORDER BY v.id", parameters)]


def note_family(db: Database, report_id: int, number: int, family: str) -> None:
    """Note which family the seed named when a version was read; "" where it named none."""
    db.conn.execute("UPDATE version SET family = ? WHERE report_id = ? AND number = ?", [family, report_id, number])


def read_again(db: Database, version: VersionRow, text: Text, *, recipe: int, family: str, now: datetime) -> None:
    """Put what the present rules read in the place of a version's text; where that alters it, keep beside it what it was."""
    fields, gone, come = _altered(version, text)
    if fields or gone or come:
        db.conn.execute(
            "INSERT INTO former_reading (version_id, recipe, family, title, published, published_from, source, text_sha256,"
            " attachments, fields, replaced_at, by_recipe, altered_fields, gone, come)"
            " SELECT id, recipe, family, title, published, published_from, source, text_sha256, attachments, fields,"
            " ?, ?, ?, ?, ? FROM version WHERE id = ?",
            [stamp(now), recipe, json.dumps(fields), gone, come, version.id],
        )
    db.conn.execute(
        "UPDATE version SET recipe = ?, family = ?, unread = '', fingerprint = ?, title = ?, published = ?,"
        " published_from = ?, source = ?, text_sha256 = ?, attachments = ?, fields = ? WHERE id = ?",
        [
            recipe,
            family,
            text.fingerprint,
            text.title,
            text.published and text.published.isoformat(),
            text.published_from,
            text.source,
            _put_text(db, text.body),
            json.dumps([list(attachment) for attachment in text.attachments], ensure_ascii=False),
            fields_json(text.fields),
            version.id,
        ],
    )


def leave(db: Database, version_id: int, *, fingerprint: str, family: str, why: str) -> None:
    """A version cannot be read again: its text stays, and its recipe's number with it.

    Args:
        db: the archive.
        version_id: the version.
        fingerprint: of the text as it stands, by the present rules, so that it can be compared at all.
        family: that the seed names now.
        why: what hindered it, for a person.
    """
    db.conn.execute(
        "UPDATE version SET fingerprint = ?, family = ?, unread = ? WHERE id = ?", [fingerprint, family, why[:500], version_id]
    )


def unread(db: Database, version_id: int) -> str:
    """Why a version's text is still that of former rules; "" where it is not."""
    return next((str(row["unread"]) for row in db.query("SELECT unread FROM version WHERE id = ?", [version_id])), "")


def alterations(db: Database, recipe: int) -> list[Alteration]:
    """What the rules of this recipe altered in versions that others had read, by report, version and time."""
    sql = (
        "SELECT f.*, v.report_id, v.number, v.title AS today FROM former_reading f JOIN version v ON v.id = f.version_id"
        " WHERE f.by_recipe = ? ORDER BY v.report_id, v.number, f.id"
    )
    return [
        Alteration(
            row["report_id"], row["number"], row["today"], tuple(json.loads(row["altered_fields"])), row["gone"], row["come"]
        )
        for row in db.query(sql, [recipe])
    ]


def alike(db: Database) -> list[tuple[int, int, int]]:
    """Neighbouring versions that share a fingerprint, as they did not when they were stored: report, number, next number."""
    sql = (
        "SELECT v.report_id, v.number, w.number AS following FROM version v JOIN version w ON w.report_id = v.report_id"
        " AND w.number = v.number + 1 AND w.fingerprint = v.fingerprint ORDER BY v.report_id, v.number"
    )
    return [(int(row["report_id"]), int(row["number"]), int(row["following"])) for row in db.query(sql)]


def keep_variant(db: Database, version: VersionRow, *, title: str, body: Sequence[str], capture_id: int, now: datetime) -> None:
    """Keep a text that differs from its version in form only, once, however often it comes back."""
    if title == version.title and tuple(body) == version.body:
        return
    key = [version.id, _sha256(body), title]
    again = "UPDATE variant SET last_seen_at = ? WHERE version_id = ? AND text_sha256 = ? AND title = ?"
    if db.conn.execute(again, [stamp(now), *key]).rowcount:
        return
    count = next(int(row["n"]) for row in db.query("SELECT count(*) AS n FROM variant WHERE version_id = ?", [version.id]))
    if count < MOST_VARIANTS:
        _put_text(db, body)
        db.conn.execute("INSERT INTO variant VALUES (?, ?, ?, ?, ?, ?)", [*key, capture_id, stamp(now), stamp(now)])


def variants(db: Database, version_id: int) -> list[Variant]:
    """The texts that differ from a version in form only, oldest first."""
    sql = "SELECT * FROM variant WHERE version_id = ? ORDER BY first_seen_at, capture_id"
    return [record(Variant, row) for row in db.query(sql, [version_id])]


def _altered(version: VersionRow, text: Text) -> tuple[list[str], int, int]:
    """The names of the fields that differ, and how many paragraphs are gone and have come."""
    plain = ("title", "published", "source", "attachments")
    fields = [name for name in plain if getattr(version, name) != getattr(text, name)]
    fields += [name for name, value in vars(text.fields).items() if value != getattr(version.fields, name)]
    before, after = Counter(version.body), Counter(text.body)
    gone, come = (before - after).total(), (after - before).total()
    if not (gone or come) and version.body != text.body:
        fields.append("order of paragraphs")
    return fields, gone, come


def _put_text(db: Database, body: Sequence[str]) -> str:
    """Store a text once; returns its SHA-256, by which it is found."""
    sha256 = _sha256(body)
    db.conn.execute("INSERT INTO text VALUES (?, ?) ON CONFLICT DO NOTHING", [sha256, zlib.compress(_exact(body), 6)])
    return sha256


def _sha256(body: Sequence[str]) -> str:
    return hashlib.sha256(_exact(body)).hexdigest()


def _exact(body: Sequence[str]) -> bytes:
    return "\n".join(body).encode("utf-8", "surrogatepass")
