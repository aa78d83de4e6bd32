"""Overdue reports: told once, of what fell due while we watched, and never of a column that was not read. By a given clock, and over loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.config import read_config
from crawler.flow import EventKind, Significance
from crawler.schedule.overdue import tell_overdue
from crawler.schedule.session import Session
from storage import archive, captures, duties, frontier, watches
from storage.database import StorageError, writing

LAW, OPEN = "法治政府建设年度报告", "政府信息公开年度报告"
SEEDS = """
[[bureau]]
id = "linjiang"
name = "临江区司法局"
region = "临江省/临江区"
level = "district"
home_url = "http://127.0.0.1:9/"
[[bureau.watch]]
section = "法治政府建设情况报告"
slug = "law"
listing_url = "http://127.0.0.1:9/law/"
[[bureau.watch]]
section = "通知公告"
slug = "news"
titles = ["法治政府建设", "工作总结"]
listing_url = "http://127.0.0.1:9/news/"
[[bureau.watch]]
section = "政府信息公开年报"
slug = "open"
listing_url = "http://127.0.0.1:9/open/"
[[bureau.watch]]
section = "依法行政"
slug = "former"
listing_url = "http://127.0.0.1:9/former/"
visit = false
"""
ALL = ("law", "news", "open")
BEGIN = datetime(2025, 6, 1, 3, tzinfo=UTC)
LAW_2025 = ("law", f"{LAW}（2025年度）")
OPEN_2025 = ("open", f"{OPEN}（2025年度）")
APRIL = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)  # midnight in China


class Office:
    """One bureau's archive and a clock that is set by hand; nothing is fetched."""

    def __init__(self, session: Session) -> None:
        self.session, self.db, self.time = session, session.db, BEGIN

    def read(self, *slugs: str, at: datetime, well: bool = True) -> None:
        """The runs of these columns end."""
        with writing(self.db):
            for slug in slugs:
                watch_id = f"linjiang/{slug}"
                known = watches.get(self.db, watch_id)
                run = watches.start_run(self.db, watch_id=watch_id, bureau_id="linjiang", pid=1, now=at)
                watches.finish_run(
                    self.db, run, watch_id=watch_id, outcome="ok" if well else "http_error", now=at, next_due_at=at,
                    walk_complete=well, walked_all=well, baseline=well and (known is None or known.baseline_at is None),
                    pages=1, reports=0, events=0, failures=0,
                )  # fmt: skip

    def tell(self, at: datetime) -> list[tuple[str, str]]:
        """Column and title of what is told at a time."""
        self.time = at
        with writing(self.db):
            ids = tell_overdue(self.session.context(), self.session.config.bureaus[0])
        events = [event for number in ids if (event := archive.event(self.db, number))]
        assert {(event.kind, event.report_id) for event in events} <= {(EventKind.OVERDUE.value, None)}
        return [(event.watch_id.partition("/")[2], event.title) for event in events]

    def store(self, slug: str, title: str, day: date, *, withdrawn: bool = False) -> None:
        """A report of a column."""
        at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        with writing(self.db):
            capture = captures.add(
                self.db, url=f"http://127.0.0.1:9/{title}", captured_at=at, status=200, sha256=title, size=1,
                place=captures.WarcPlace("a.warc.gz", 0, 1), revisit_of=None, rendered=False,
            )  # fmt: skip
            report = archive.add_report(self.db, bureau_id="linjiang", watch_id=f"linjiang/{slug}", now=at)
            archive.add_version(
                self.db, report, recipe=1, fingerprint=f"1:{title}", title=title, published=day, published_from="label",
                source="", body=("一、主要举措和成效",), attachments=(), capture_id=capture, now=at,
            )  # fmt: skip
            archive.saw_report(self.db, report, now=at, withdrawn=withdrawn)

    def show_row(self, title: str) -> None:
        """A list shows a row whose page could not be read."""
        with writing(self.db):
            frontier.register(
                self.db, key=title, url=f"http://127.0.0.1:9/{title}", role="report", bureau_id="linjiang",
                watch_id="linjiang/law", name=title, listed=None, silent=False, now=BEGIN,
            )  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Watched since June 2025."""
    (tmp_path / "own.toml").write_text(SEEDS, encoding="utf-8")
    config = tmp_path / "bureauwatch.toml"
    config.write_text('[storage]\npath = "a.db"\n[seeds]\nbundled = false\npaths = ["own.toml"]\n', encoding="utf-8")
    with clocked(config) as made:
        yield made


@contextmanager
def clocked(config: Path) -> Iterator[Office]:
    time: list[Office] = []
    session = Session.open(read_config(config), now=lambda: time[0].time if time else BEGIN)
    time.append(Office(session))
    try:
        yield time[0]
    finally:
        asyncio.run(session.close())


def test_a_report_is_overdue_once_the_due_day_has_ended_in_china_and_its_columns_were_read(office: Office) -> None:
    office.read(*ALL, at=BEGIN)
    before = APRIL - timedelta(seconds=1)
    office.read(*ALL, at=before)
    assert office.tell(before) == [OPEN_2025]
    assert office.tell(APRIL) == []
    office.read("law", "news", at=APRIL)
    assert office.tell(APRIL) == [LAW_2025]


def test_it_is_told_once(office: Office) -> None:
    office.read(*ALL, at=BEGIN)
    office.read(*ALL, at=APRIL)
    assert office.tell(APRIL) == [LAW_2025, OPEN_2025]
    office.read(*ALL, at=APRIL + timedelta(days=9))
    assert office.tell(APRIL + timedelta(days=9)) == []
    assert duties.told(office.db, "linjiang") == {(LAW, 2025), (OPEN, 2025)}
    with pytest.raises(StorageError, match="UNIQUE"), writing(office.db):
        duties.tell(office.db, "linjiang", LAW, 2025, event_id=1)


def test_a_fresh_archive_tells_nothing_of_the_years_before_it(office: Office) -> None:
    office.read(*ALL, at=APRIL)
    assert office.tell(APRIL) == []


def test_a_column_that_came_later_tells_nothing_of_the_time_before_it(office: Office) -> None:
    office.read("law", "news", at=BEGIN)
    office.read(*ALL, at=APRIL)
    assert office.tell(APRIL) == [LAW_2025]


@pytest.mark.parametrize("unread", ["law", "news"])
def test_a_report_may_stand_in_the_one_column_that_was_not_read(office: Office, unread: str) -> None:
    office.read(*ALL, at=BEGIN)
    office.read(*(slug for slug in ALL if slug != unread), at=APRIL)
    office.read(unread, at=APRIL, well=False)
    assert office.tell(APRIL) == [OPEN_2025]


def test_a_column_that_was_never_read_keeps_its_bureau_from_being_told_of(office: Office) -> None:
    office.read("law", "open", at=BEGIN)
    office.read("law", "open", at=APRIL)
    assert office.tell(APRIL) == [OPEN_2025]


def test_a_column_that_showed_such_a_report_before_counts_whatever_it_is_called(office: Office) -> None:
    office.read(*ALL, at=BEGIN)
    office.store("news", "2024年政府信息公开工作年度报告", date(2025, 1, 20))
    office.read("open", at=APRIL)
    assert office.tell(APRIL) == []
    office.read("news", at=APRIL)
    assert office.tell(APRIL) == [("news", f"{OPEN}（2025年度）")]


@pytest.mark.parametrize("withdrawn", [False, True])
def test_what_was_published_is_not_overdue_even_if_it_was_withdrawn(office: Office, withdrawn: bool) -> None:  # noqa: FBT001
    office.read(*ALL, at=BEGIN)
    office.store("law", "临江区司法局2025年法治政府建设年度报告", date(2026, 3, 1), withdrawn=withdrawn)
    office.store("law", "永安区司法局2025年政府信息公开年度报告", date(2026, 1, 1))
    office.read(*ALL, at=APRIL)
    assert office.tell(APRIL) == [OPEN_2025]


@pytest.mark.parametrize(
    ("row", "silences"),
    [
        ("临江区司法局2025年法治政府建设年度报告", True),
        ("法治政府建设年度报告", True),
        ("临江区司法局2024年法治政府建设年度报告", False),
        ("关于做好2025年法治政府建设年度报告的通知", False),
    ],
)
def test_a_listed_report_whose_page_cannot_be_read_is_not_called_missing(office: Office, row: str, silences: bool) -> None:  # noqa: FBT001
    office.read(*ALL, at=BEGIN)
    office.show_row(row)
    office.read(*ALL, at=APRIL)
    assert (LAW_2025 in office.tell(APRIL)) is not silences


def test_the_event_says_by_when_it_was_due_and_until_when_which_columns_were_read(office: Office) -> None:
    office.read(*ALL, at=BEGIN)
    office.read("law", at=APRIL + timedelta(days=2))
    office.read("news", "open", at=APRIL)
    office.tell(APRIL + timedelta(days=2))
    event, _ = archive.events(office.db)
    assert event.summary == "应于2026年4月1日之前公开，截至2026年4月1日，栏目“法治政府建设情况报告”、“通知公告”中未见"
    assert (event.url, event.significance) == ("http://127.0.0.1:9/law/", Significance.CLAUSE.value)
