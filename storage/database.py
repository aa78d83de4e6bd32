"""Opens the one SQLite file, safely, and brackets what is written. Knows no table."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlite_utils
from pysqlite3 import dbapi2 as sqlite3

APPLICATION_ID = 0x42575443  # "BWTC"
OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL that two connections check-point at once

Database = sqlite_utils.Database


class StorageError(Exception):
    """Root of everything that stops a run for the sake of what is stored. The message names the file and the cure."""


class DatabaseBusy(StorageError):
    """Another process is writing to this database."""

    def __init__(self, path: Path, pid: int | None) -> None:
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"{path} is in use by {who} (bureauwatch daemon or crawl). Wait for it, or stop it, then try again")
        self.pid = pid


def connect(path: Path | str) -> Database:
    """Open (or create) the database file with the settings that the promises rest on.

    Args:
        path: the file, or ":memory:" for a test.

    Raises:
        StorageError: SQLite is too old, the folder cannot be written, or the file is not ours.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError(f"SQLite {sqlite3.sqlite_version} is too old; reinstall pysqlite3 (>= 0.6.1)")
    try:
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        # autocommit: every write is bracketed by `writing`, nothing is left open by accident
        connection = sqlite3.connect(str(path), isolation_level=None, timeout=10)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    except (sqlite3.Error, OSError) as error:
        raise StorageError(f"cannot open the database {path}: {error}. Check [storage] path and the folder's owner") from error
    if owner != APPLICATION_ID and not empty:
        raise StorageError(f"{path} is not a bureauwatch database; choose another [storage] path")
    return Database(connection)


def claim(db: Database) -> None:
    """Mark an empty file as ours; only who makes an archive does, so that a reader never writes into one that is being made."""
    if db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """One transaction that has the write lock from its first moment; all of it is kept, or none.

    Raises:
        StorageError: the disk is full or failing, or another programme holds the lock. Nothing of the transaction was kept.
    """
    with said_plainly(db):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.conn.execute("COMMIT")
        finally:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")


@contextmanager
def said_plainly(db: Database) -> Iterator[None]:
    """What SQLite says of a file that cannot be written, as one sentence with the room that is left.

    Raises:
        StorageError: in place of SQLite's own error.
    """
    try:
        yield
    except sqlite3.Error as error:
        file = _file_of(db)
        raise StorageError(f"{file} cannot be written: {error} ({_room(file)}). Nothing stored was changed") from error


@contextmanager
def only_writer(database: Path) -> Iterator[None]:
    """Hold the right to write to a database; the kernel gives it back however this process ends.

    Raises:
        DatabaseBusy: another process holds it; names its pid.
    """
    path = database.with_name(database.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StorageError(f"cannot write beside the database {database}: {error.strerror}. Check [storage] path") from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            written = os.pread(file, 32, 0).decode("ascii", "replace").strip()
            raise DatabaseBusy(database, int(written) if written.isdigit() else None) from None
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(file)


def inserted(cursor: sqlite3.Cursor) -> int:
    """The id of the row that was just inserted."""
    assert cursor.lastrowid is not None
    return int(cursor.lastrowid)


def _file_of(db: Database) -> str:
    return next((str(row[2]) for row in db.conn.execute("PRAGMA database_list") if row[1] == "main"), "") or ":memory:"


def _room(path: str) -> str:
    """How much room the disk has; said with every write that fails."""
    try:
        free = shutil.disk_usage(Path(path).parent).free
    except OSError as error:
        return f"the disk does not answer: {error.strerror}"
    return f"{free:,} bytes free on that disk"


def stamp(moment: datetime) -> str:
    """A time as it is stored: UTC, microseconds, sortable as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(stamped: str) -> datetime:
    """A stored time as an aware UTC datetime."""
    return datetime.fromisoformat(stamped)
