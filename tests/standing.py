"""What an archive holds, in a form two archives can be compared by: no ids, no times."""

from __future__ import annotations

from collections import Counter
from email import policy
from email.parser import BytesParser

from warcio.checker import Checker

from crawler.demo.stage import Stage
from storage import archive, issues
from storage.database import Database
from storage.migrations import open_for_reading


def opened(stage: Stage) -> Database:
    """The stage's archive."""
    return open_for_reading(stage.folder / "archive.db")


def told(stage: Stage) -> Counter[tuple[str, str]]:
    """How often each event was stored: kind and title."""
    return Counter((event.kind, event.title) for event in archive.events(opened(stage)))


def texts(stage: Stage) -> Counter[tuple[str, int, tuple[str, ...]]]:
    """Every version of every report: title, number, text."""
    db = opened(stage)
    return Counter(
        (version.title, version.number, version.body)
        for report, _ in archive.reports(db)
        for version in archive.versions(db, report.id)
    )


def subjects(stage: Stage) -> Counter[str]:
    """The letters that reached the mail server, a repeated Message-ID counted once, as a mailbox would."""
    parsed = [BytesParser(policy=policy.default).parsebytes(letter.read()) for letter in stage.letters()]
    return Counter({str(letter["Message-ID"]): str(letter["Subject"]) for letter in parsed}.values())


def failures(stage: Stage) -> list[tuple[str, str]]:
    """The open issues: class and address."""
    return [(issue.failure, issue.url) for issue in issues.opened(opened(stage))]


def is_sound(stage: Stage) -> bool:
    """Whether SQLite and warcio find nothing wrong with what is kept."""

    class Options:
        verbose = False
        inputs = [str(path) for path in sorted((stage.folder / "warc").glob("*.warc.gz"))]  # noqa: RUF012  a bag of options

    db = opened(stage)
    checked = db.conn.execute("PRAGMA integrity_check").fetchall(), db.conn.execute("PRAGMA foreign_key_check").fetchall()
    return checked == ([("ok",)], []) and not Checker(Options()).process_all()
