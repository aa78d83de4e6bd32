"""The schema, as named steps that are applied once each and never taken back. Holds no query."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Migrations

from storage.database import Database, StorageError, claim, connect, said_plainly
from storage.first_step import FIRST_SCHEMA
from storage.later_steps import RECIPES, SECOND_LOOKS, TOLD_DUTIES, WALKS_AND_DOCUMENTS
from storage.outbox_steps import OUTBOX, PERIODS, PROOFS
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
    for statement in FIRST_SCHEMA.split(";"):
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


@steps()
def m011_proofs(db: Database) -> None:
    """What the archive showed of an event when it was told; of older events, what it shows now."""
    for statement in PROOFS.split(";"):
        db.conn.execute(statement)
