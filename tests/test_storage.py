"""What is written is there for a second connection; what is interrupted leaves no trace."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from storage import archive, captures, frontier, issues, watches
from storage.captures import WarcPlace
from storage.database import APPLICATION_ID, Database, DatabaseBusy, StorageError, connect, only_writer, writing
from storage.migrations import open_archive, open_for_reading, steps

NOW = datetime(2026, 3, 26, 8, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def db(path: Path) -> Database:
    return open_archive(path)


def add_version(db: Database, report_id: int, body: tuple[str, ...], fingerprint: str = "1:a") -> int:
    capture = captures.add(
        db, url="https://x.gov.cn/a", captured_at=NOW, status=200, sha256="f" * 64, size=3,
        place=WarcPlace("w.warc.gz", 10, 20), revisit_of=None, rendered=False,
    )  # fmt: skip
    return archive.add_version(
        db, report_id, recipe=1, fingerprint=fingerprint, title="报告", published=date(2026, 3, 1), published_from="label",
        source="某司法局", body=body, attachments=[("https://x.gov.cn/a.pdf", "a.pdf")], capture_id=capture, now=NOW,
    )  # fmt: skip


def test_a_version_comes_back_exact_to_another_connection(db: Database, path: Path) -> None:
    body = ("第一段 䶮㛃𠮷", "第二段\u3000“引号”\u202e", "\ud800 lone surrogate")
    with writing(db):
        report_id = archive.add_report(db, bureau_id="b", watch_id="b/w", now=NOW)
        assert add_version(db, report_id, body) == 1
        assert add_version(db, report_id, (*body, "新"), "1:b") == 2
    other = open_for_reading(path)
    first, second = archive.versions(other, report_id)
    assert first.body == body
    assert second.number == 2
    assert first.published == date(2026, 3, 1)
    assert first.attachments == (("https://x.gov.cn/a.pdf", "a.pdf"),)
    assert first.created_at == NOW
    assert archive.latest_version(other, report_id) == second
    assert archive.with_fingerprint(other, "b", "1:b") == second
    assert archive.with_fingerprint(other, "b", "1:a") is None, "only latest versions are known again"
    assert archive.with_fingerprint(other, "elsewhere", "1:b") is None


def test_an_interrupted_transaction_leaves_nothing(db: Database, path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(db):
        archive.add_report(db, bureau_id="b", watch_id="b/w", now=NOW)
        raise ZeroDivisionError
    assert archive.report(open_for_reading(path), 1) is None
    with writing(db):
        archive.add_report(db, bureau_id="b", watch_id="b/w", now=NOW)
    assert archive.report(open_for_reading(path), 1) is not None


def test_the_same_text_is_stored_once(db: Database) -> None:
    with writing(db):
        report_id = archive.add_report(db, bureau_id="b", watch_id="b/w", now=NOW)
        for body in (("甲",), ("乙",), ("甲",)):
            add_version(db, report_id, body)
    assert next(db.query("SELECT count(*) AS n FROM text"))["n"] == 2
    assert [version.body for version in archive.versions(db, report_id)] == [("甲",), ("乙",), ("甲",)]


def test_durability_is_set_as_promised(db: Database) -> None:
    pragmas = {
        name: db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert db.conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID


def test_an_issue_is_opened_once_counted_and_closed(db: Database) -> None:
    def seen(detail: str) -> None:
        issues.raise_issue(
            db,
            key="k",
            failure="dns",
            outcome="unreachable",
            bureau_id="b",
            watch_id="b/w",
            url="u",
            detail=detail,
            hint="h",
            now=NOW,
        )

    with writing(db):
        seen("one")
        seen("two")
        assert [(issue.times, issue.detail) for issue in issues.opened(db)] == [(2, "two")]
        issues.close(db, "k", NOW)
        assert issues.opened(db, "b/w") == []
        seen("again")
        assert [issue.times for issue in issues.opened(db, "b/w")] == [1]


def test_an_address_is_known_once_and_forgets_its_absence_when_read(db: Database) -> None:
    def register() -> bool:
        return frontier.register(
            db, key="x.gov.cn/a", url="https://x.gov.cn/a", role="report", bureau_id="b", watch_id="b/w", silent=True, now=NOW
        )

    with writing(db):
        assert register()
        assert not register()
        row = frontier.find(db, "x.gov.cn/a")
        assert row is not None
        frontier.absent(db, row.id, now=NOW, next_due_at=NOW, sightings=2, absent_since=NOW, gone=True)
        gone = frontier.find(db, "x.gov.cn/a")
        assert gone is not None
        assert (gone.sightings, gone.gone) == (2, True)
        frontier.not_modified(db, row.id, now=NOW, next_due_at=NOW + timedelta(days=7))
        back = frontier.find(db, "x.gov.cn/a")
        assert back is not None
        assert (back.sightings, back.gone, back.absent_since) == (0, False, None)
        assert frontier.due(db, "b/w", NOW) == []
        assert [found.id for found in frontier.due(db, "b/w", None)] == [row.id]


def test_a_run_left_by_a_crash_is_called_interrupted(db: Database) -> None:
    with writing(db):
        watches.start_run(db, watch_id="b/w", bureau_id="b", pid=1, now=NOW)
        watches.start_run(db, watch_id="b/w", bureau_id="b", pid=2, now=NOW)
    assert [row["outcome"] for row in db.query("SELECT outcome FROM run ORDER BY id")] == ["interrupted", "running"]


def test_a_foreign_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "notes.db"
    other = connect(":memory:")
    other.conn.execute("PRAGMA application_id = 1")
    other.conn.execute("CREATE TABLE note (text)")
    other.conn.execute("VACUUM INTO ?", [str(foreign)])
    before = foreign.read_bytes()
    with pytest.raises(StorageError, match="not a bureauwatch database"):
        connect(foreign)
    assert foreign.read_bytes()[100:] == before[100:]


def test_a_database_of_a_newer_version_is_refused(db: Database, path: Path) -> None:
    steps._record_applied(db, "m999_from_the_future")
    with pytest.raises(StorageError, match="m999_from_the_future"):
        open_archive(path)


def test_nothing_to_read_is_said_with_the_cure(path: Path) -> None:
    with pytest.raises(StorageError, match="bureauwatch crawl"):
        open_for_reading(path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"storage\] path"), only_writer(tmp_path / "file" / "archive.db"):
        pass
    with pytest.raises(StorageError, match=r"storage\] path"):
        open_archive(tmp_path / "file" / "archive.db")


def test_a_second_writer_is_refused_by_the_firsts_pid_and_let_in_when_it_is_killed(path: Path) -> None:
    hold = (
        "import sys,time; from pathlib import Path; from storage.database import only_writer\n"
        "with only_writer(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    first = subprocess.Popen([sys.executable, "-c", hold, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(DatabaseBusy, match=f"process {first.pid}") as busy, only_writer(path):
            pass
        assert busy.value.pid == first.pid
    finally:
        first.kill()
        first.wait()
    with only_writer(path):
        pass


def _count_up(path: str, times: int) -> None:
    db = connect(path)
    for _ in range(times):
        with writing(db):
            seen = db.conn.execute("SELECT times FROM issue WHERE key = 'k'").fetchone()[0]
            db.conn.execute("UPDATE issue SET times = ? WHERE key = 'k'", [seen + 1])


def test_writers_side_by_side_lose_nothing(db: Database, path: Path) -> None:
    with writing(db):
        issues.raise_issue(
            db, key="k", failure="f", outcome="o", bureau_id="b", watch_id="w", url="u", detail="", hint="", now=NOW
        )
    context = multiprocessing.get_context("spawn")
    children = [context.Process(target=_count_up, args=(str(path), 50)) for _ in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert issues.opened(db)[0].times == 151
