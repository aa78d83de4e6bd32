"""The schema, as named steps that are applied once each and never taken back. Holds no query."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Migrations

from storage.database import Database, StorageError, claim, connect, said_plainly
from storage.later_steps import RECIPES, SECOND_LOOKS, TOLD_DUTIES, WALKS_AND_DOCUMENTS
from storage.outbox_steps import OUTBOX, PERIODS
from storage.walk_steps import WALK_LISTING

steps = Migrations("bureauwatch")


def open_archive(path: Path | str) -> Database:
    """Open the database and bring its schema up to date, after a backup where there is something to lose.

    Args:
        path: the file, or ":memory:" for a test.

    Raises:
        StorageError: the file was written by a newer bureauwatch, or cannot be opened or written.
    """
    db = connect(path)
    with said_plainly(db):
        claim(db)
        _bring_up_to_date(db, path)
    return db


def open_for_reading(path: Path) -> Database:
    """Open an existing archive to look at it; writes nothing.

    Raises:
        StorageError: there is none yet, or its schema is not this version's.
    """
    db = connect(path) if path.exists() else None
    if db is None or not steps.applied(db):  # the first crawl may be making it at this very moment
        raise StorageError(f"there is no archive at {path} yet. Make the first visit with: bureauwatch crawl")
    if [step.name for step in steps.applied(db)] != [step.name for step in steps._migrations]:  # noqa: SLF001  as above
        raise StorageError(
            f"{path} was written by another version of bureauwatch; run `bureauwatch crawl` once to bring it up to date"
        )
    return db


def _bring_up_to_date(db: Database, path: Path | str) -> None:
    applied = {step.name for step in steps.applied(db)}
    pending = [step.name for step in steps.pending(db)]
    unknown = applied - {step.name for step in steps._migrations}  # noqa: SLF001  the library offers no public list of its steps
    if unknown:
        raise StorageError(f"{path} was written by a newer bureauwatch (knows {min(unknown)}); install that version")
    if pending and applied:
        backup = Path(f"{path}.before-{pending[0]}.bak")
        backup.unlink(missing_ok=True)
        db.conn.execute("VACUUM INTO ?", [str(backup)])
    if pending:
        steps.apply(db)


@steps()
def m001_first_schema(db: Database) -> None:
    """Watches, frontier, captures, texts, reports, versions, events, outbox, issues."""
    for statement in _FIRST_SCHEMA.split(";"):
        if statement.strip():
            db.conn.execute(statement)


@steps()
def m002_walks_and_documents(db: Database) -> None:
    """Where walks stopped short, and whether one ever came to the end; the texts of attached documents."""
    for statement in WALKS_AND_DOCUMENTS.split(";"):
        db.conn.execute(statement)


@steps()
def m003_fields(db: Database) -> None:
    """What a page says of its document beside title, date and source: numbers, publisher, validity, four dates."""
    db.conn.execute("ALTER TABLE version ADD COLUMN fields TEXT NOT NULL DEFAULT '{}'")  # JSON, see storage.archive


@steps()
def m004_second_looks(db: Database) -> None:
    """Changes that wait for a second look, or for the end of their run; how an address is gone; what a list dropped."""
    for statement in SECOND_LOOKS.split(";"):
        db.conn.execute(statement)


@steps()
def m005_recipes(db: Database) -> None:
    """By which rules a version was read and what was read before; texts that differ from a version in form only."""
    for statement in RECIPES.split(";"):
        db.conn.execute(statement)


@steps()
def m006_duties(db: Database) -> None:
    """Which overdue reports were told, each once."""
    db.conn.execute(TOLD_DUTIES)


@steps()
def m007_walk_listing(db: Database) -> None:
    """Of which listing a walk was that stopped short."""
    db.conn.execute(WALK_LISTING)


@steps()
def m008_outbox(db: Database) -> None:
    """Letters of several forms, over several servers, held and dropped; which issues were told to whom."""
    for statement in OUTBOX.split(";"):
        db.conn.execute(statement)


@steps()
def m009_usual_rows(db: Database) -> None:
    """How many rows the last whole walk of a listing showed."""
    db.conn.execute("ALTER TABLE watch ADD COLUMN usual_rows INTEGER")


@steps()
def m010_periods(db: Database) -> None:
    """Of which period a digest is; since when somebody gets digests; indexes for what is asked for every few seconds."""
    for statement in PERIODS.split(";"):
        db.conn.execute(statement)


_FIRST_SCHEMA = """
CREATE TABLE archive (
    uuid TEXT NOT NULL,                       -- names this archive in Message-IDs
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE watch (
    watch_id TEXT PRIMARY KEY,
    bureau_id TEXT NOT NULL,
    baseline_at TEXT,
    last_run_at TEXT,
    last_success_at TEXT,
    last_outcome TEXT NOT NULL DEFAULT '',
    next_due_at TEXT,
    walked_at TEXT,
    walk_complete INTEGER NOT NULL DEFAULT 0,
    rendered INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    watch_id TEXT NOT NULL REFERENCES watch,
    pid INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL,                    -- running | ok | failed | interrupted
    pages INTEGER NOT NULL DEFAULT 0,
    reports INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX run_of_watch ON run (watch_id, id);

CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    warc_file TEXT NOT NULL,
    warc_offset INTEGER NOT NULL,
    warc_length INTEGER NOT NULL,
    revisit_of INTEGER REFERENCES capture,
    rendered INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX capture_of_url ON capture (url, id);
CREATE INDEX capture_in_warc ON capture (warc_file, warc_offset);

CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    bureau_id TEXT NOT NULL,
    watch_id TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    versions INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE address (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('listing', 'report', 'attachment')),
    bureau_id TEXT NOT NULL,
    watch_id TEXT NOT NULL,
    report_id INTEGER REFERENCES report,
    version INTEGER,
    name TEXT NOT NULL DEFAULT '',
    listed TEXT,
    silent INTEGER NOT NULL DEFAULT 0,
    next_due_at TEXT NOT NULL,
    last_visit_at TEXT,
    last_full_at TEXT,
    last_listed_at TEXT,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    capture_id INTEGER REFERENCES capture,
    sha256 TEXT NOT NULL DEFAULT '',
    sightings INTEGER NOT NULL DEFAULT 0,
    absent_since TEXT,
    gone INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX address_due ON address (watch_id, role, next_due_at);
CREATE INDEX address_of_report ON address (report_id, role);

CREATE TABLE text (
    sha256 TEXT PRIMARY KEY,                  -- of the exact text in UTF-8, one paragraph a line
    deflated BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    report_id INTEGER NOT NULL REFERENCES report,
    number INTEGER NOT NULL,
    recipe INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    published_from TEXT NOT NULL,
    source TEXT NOT NULL,
    text_sha256 TEXT NOT NULL REFERENCES text,
    attachments TEXT NOT NULL,                -- JSON: [[url, name], ...]
    capture_id INTEGER NOT NULL REFERENCES capture,
    created_at TEXT NOT NULL,
    UNIQUE (report_id, number)
) STRICT;
CREATE INDEX version_by_fingerprint ON version (fingerprint);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    bureau_id TEXT NOT NULL,
    watch_id TEXT NOT NULL,
    report_id INTEGER REFERENCES report,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    significance TEXT NOT NULL,
    summary TEXT NOT NULL,
    from_version INTEGER,
    to_version INTEGER
) STRICT;
CREATE INDEX event_of_report ON event (report_id, id);

CREATE TABLE letter (
    id INTEGER PRIMARY KEY,
    recipient TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    message BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'refused', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    next_attempt_at TEXT NOT NULL,
    sent_at TEXT,
    last_error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX letter_waiting ON letter (state, next_attempt_at);

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES event,
    recipient TEXT NOT NULL,
    subscription TEXT NOT NULL,
    due_at TEXT NOT NULL,
    letter_id INTEGER REFERENCES letter,
    UNIQUE (event_id, recipient)
) STRICT;
CREATE INDEX alert_unbound ON alert (letter_id, due_at);

CREATE TABLE issue (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    failure TEXT NOT NULL,
    outcome TEXT NOT NULL,
    bureau_id TEXT NOT NULL,
    watch_id TEXT NOT NULL,
    url TEXT NOT NULL,
    detail TEXT NOT NULL,
    hint TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1,
    closed_at TEXT
) STRICT;
CREATE UNIQUE INDEX issue_open ON issue (key) WHERE closed_at IS NULL;

INSERT INTO archive VALUES (lower(hex(randomblob(8))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
"""
