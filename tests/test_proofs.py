"""What the archive showed of an event when it was told stays with the event, whatever comes after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage import archive, frontier, proofs, readers
from storage.database import Database, connect, writing
from storage.migrations import open_archive, steps

NOW = datetime(2026, 3, 26, 8, 0, tzinfo=UTC)
FILE = "https://sfj.example.gov.cn/t.xlsx"
PAGE = "https://sfj.example.gov.cn/1.html"


@pytest.fixture
def db() -> Database:
    return open_archive(":memory:")


def event(db: Database, kind: str, report_id: int | None, url: str) -> int:
    return archive.add_event(
        db, at=NOW, kind=kind, bureau_id="b", watch_id="b/w", report_id=report_id, url=url, title="t",
        significance="clause", summary="s", from_version=None, to_version=None,
    )  # fmt: skip


def address(db: Database, url: str, role: str) -> int:
    key = url.removeprefix("https://")
    frontier.register(
        db, key=key, url=url, role=role, bureau_id="b", watch_id="b/w", name="", listed=None, silent=False, now=NOW
    )  # fmt: skip
    row = frontier.find(db, key)
    assert row is not None
    return row.id


def capture(db: Database, sha256: str) -> int:
    db.conn.execute(
        "INSERT INTO capture (url, captured_at, status, sha256, size, warc_file, warc_offset, warc_length)"
        " VALUES (?, '2026-03-26T08:00:00.000000Z', 200, ?, 1, 'w', 0, 1)",
        [FILE, sha256],
    )
    return int(db.conn.execute("SELECT max(id) FROM capture").fetchone()[0])


def test_a_file_that_changes_again_keeps_the_proof_of_its_first_change(db: Database) -> None:
    with writing(db):
        row = address(db, FILE, "attachment")
        nothing = event(db, "attachment-changed", None, FILE)
        proofs.keep_file(db, nothing, FILE.removeprefix("https://"))
        first = capture(db, "one")
        db.conn.execute("UPDATE address SET capture_id = ? WHERE id = ?", [first, row])
        told = event(db, "attachment-changed", None, FILE)
        proofs.keep_file(db, told, FILE.removeprefix("https://"))
        db.conn.execute("UPDATE address SET capture_id = ? WHERE id = ?", [capture(db, "two"), row])
    found = proofs.find(db, told)
    assert found is not None
    assert found.capture_id == first
    assert proofs.find(db, nothing) is None


def test_a_report_that_came_back_keeps_the_proof_of_its_absence(db: Database) -> None:
    since = NOW - timedelta(days=2)
    with writing(db):
        report = archive.add_report(db, bureau_id="b", watch_id="b/w", now=NOW)
        for sightings, url in enumerate((PAGE, PAGE + "?other"), start=3):
            row = address(db, url, "report")
            db.conn.execute(
                "UPDATE address SET report_id = ?, absent_since = ?, sightings = ? WHERE id = ?",
                [report, f"{since:%Y-%m-%dT%H:%M:%S.%fZ}", sightings, row],
            )
        told = event(db, "withdrawn", report, PAGE)
        proofs.keep_absence(db, told, report)
        db.conn.execute("UPDATE address SET absent_since = NULL, sightings = 0")
        back = event(db, "withdrawn", report, PAGE)
        proofs.keep_absence(db, back, report)
    found = proofs.find(db, told)
    assert found is not None
    assert (found.absent_since, found.sightings, found.last_seen_at) == (since, 4, NOW)
    assert proofs.find(db, back) is None


def test_an_archive_of_before_gets_periods_readers_and_the_proofs_that_are_left() -> None:
    db = connect(":memory:")
    steps.apply(db, stop_before="m010_periods")
    with writing(db):
        for number, (recipient, form, at) in enumerate(
            [
                ("Li@b.cn", "daily", "2026-03-25T00:00:05.000000Z"),
                ("li@b.cn", "daily", "2026-03-25T09:00:00.000000Z"),  # spelt otherwise: the second of that day
                ("li@b.cn", "weekly", "2026-03-25T00:00:05.000000Z"),  # a Wednesday
                ("li@b.cn", "open-issues", "2026-03-23T00:00:05.000000Z"),  # a Monday
                ("li@b.cn", "single", "2026-03-23T00:00:05.000000Z"),
            ]
        ):
            db.conn.execute(
                "INSERT INTO letter (recipient, server, form, language, subscription, message_id, message, short, state,"
                " created_at, tried_since, next_attempt_at) VALUES (?, 'mail', ?, 'zh', 's', ?, x'', x'', 'sent', ?, ?, ?)",
                [recipient, form, f"<{number}@x>", at, at, at],
            )
        db.conn.execute("UPDATE letter SET server_down = 1 WHERE form = 'weekly'")
        row = address(db, FILE, "attachment")
        known = capture(db, "one")
        db.conn.execute("UPDATE address SET capture_id = ? WHERE id = ?", [known, row])
        told = db.conn.execute(
            "INSERT INTO event (at, kind, bureau_id, watch_id, url, title, significance, summary)"
            " VALUES ('2026-03-26T08:00:00.000000Z', 'attachment-changed', 'b', 'b/w', ?, 't', 'clause', 's')",
            [FILE],
        ).lastrowid
        assert told is not None
    steps.apply(db)
    periods = [(found["form"], found["period"]) for found in db.query("SELECT form, period FROM letter ORDER BY id")]
    assert periods == [
        ("daily", "2026-03-25"),
        ("daily", ""),
        ("weekly", "2026-03-23"),
        ("open-issues", "2026-03-23"),
        ("single", ""),
    ]
    blamed = [found["form"] for found in db.query("SELECT form FROM letter WHERE blame = 'server'")]
    assert blamed == ["weekly"]
    since = datetime(2026, 3, 25, 0, 0, 5, tzinfo=UTC)
    assert readers.digest_readers(db) == {("li@b.cn", "daily"): since, ("li@b.cn", "weekly"): since}
    found = proofs.find(db, told)
    assert found is not None
    assert found.capture_id == known
