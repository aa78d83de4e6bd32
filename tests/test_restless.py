"""A report that changes at every visit is one issue, a list that shrinks is one, a column that falls silent is one."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.compare.restless import MOST_REVISIONS, WINDOW, is_calm, is_restless, is_weightier
from crawler.compare.silence import A_YEAR_SEEN, Silence, silent_since
from crawler.flow import Significance
from storage.database import connect, stamp, writing
from tests.post_desk import MAIL_TO_NOBODY
from tests.shelves import Paper, Watched, shelf_of

WEEKLY = f"""{MAIL_TO_NOBODY}
[[subscription]]
to = ["reader@example.org"]
when = "weekly"
"""
NOW = datetime(2026, 3, 26, 8, tzinfo=UTC)
MOMENTS = st.lists(st.integers(0, 60 * 24 * 30).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=12)
DAYS = st.lists(st.dates(date(2005, 1, 1), date(2026, 6, 1)), max_size=25)


@pytest.mark.parametrize(
    ("hours_ago", "restless"),
    [
        ([], False),
        ([0, 1, 2], False),
        ([0, 1, 2, 3], True),
        ([0, 24, 48, 72], True),
        ([0, 60, 120, 7 * 24 - 1], True),
        ([0, 60, 120, 7 * 24], False),
        ([24, 48, 72, 96, 120], True),
    ],
)
def test_a_report_is_restless_from_its_fourth_change_within_a_week(hours_ago: list[int], restless: bool) -> None:  # noqa: FBT001
    assert is_restless([NOW - timedelta(hours=hours) for hours in hours_ago], NOW) is restless


@settings(max_examples=60, deadline=None)
@given(MOMENTS, MOMENTS)
def test_more_changes_never_make_a_report_calm_and_none_make_it_restless_for_ever(
    some: list[datetime], more: list[datetime]
) -> None:
    assert is_restless([*some, *more], NOW) or not is_restless(some, NOW)
    assert is_restless(some, NOW) is is_restless(some[::-1], NOW)
    assert not is_restless(some, NOW + WINDOW)
    assert len(some) > MOST_REVISIONS or not is_restless(some, NOW)


def test_only_a_change_that_weighs_more_than_all_before_is_something_else() -> None:
    wording, clause, figure = Significance.WORDING, Significance.CLAUSE, Significance.FIGURE
    assert is_weightier(figure, [wording, clause, wording])
    assert not is_weightier(figure, [wording, figure])
    assert not is_weightier(wording, [wording])


def test_a_week_or_three_readings_alike_are_calm() -> None:
    assert not is_calm(NOW - timedelta(days=6), 2, NOW)
    assert is_calm(NOW - timedelta(days=6), 3, NOW)
    assert is_calm(NOW - timedelta(days=7), 0, NOW)


def every(days: int, count: int, start: date = date(2020, 1, 15)) -> list[date]:
    return [start + timedelta(days=days * number) for number in range(count)]


YEARLY = [date(2021, 3, 10), date(2022, 2, 20), date(2023, 3, 28), date(2024, 1, 30), date(2025, 3, 30)]
FILLED_IN_SPRING = [date(2025, 1, 5) + timedelta(days=4 * number) for number in range(20)]  # to 2025-03-22


@pytest.mark.parametrize(
    ("dates", "today", "silent"),
    [
        ([], date(2026, 1, 1), None),
        (every(30, 3), date(2026, 1, 1), None),  # three days show no rhythm
        ([date(2020, 1, 1)] * 9, date(2026, 1, 1), None),  # nor does one
        (YEARLY, date(2026, 11, 1), None),  # longest gap 425 days, 637 are waited
        (YEARLY, date(2026, 12, 27), Silence(date(2025, 3, 30), 425, date(2026, 12, 27))),
        (FILLED_IN_SPRING, date(2026, 3, 1), None),  # perhaps filled once a year
        (FILLED_IN_SPRING, date(2026, 9, 21), Silence(date(2025, 3, 22), 365, date(2026, 9, 20))),
        (every(30, 20), date(2021, 11, 4), None),  # last 2021-08-07
        (every(30, 20), date(2021, 11, 6), Silence(date(2021, 8, 7), 30, date(2021, 11, 5))),
        (every(7, 100), date(2022, 3, 8), Silence(date(2021, 12, 8), 7, date(2022, 3, 8))),
        ([*every(30, 20), date(2062, 1, 1)], date(2021, 11, 6), Silence(date(2021, 8, 7), 30, date(2021, 11, 5))),
        # A hole of three years that ended seven years ago is forgotten; one that ended last year is not.
        ([date(2012, 1, 1), *every(30, 90, date(2015, 1, 1))], date(2023, 1, 1), Silence(date(2022, 4, 24), 30, date(2022, 7, 23))),
        ([*every(30, 20), *every(30, 20, date(2024, 8, 7))], date(2027, 1, 1), None),
    ],
)  # fmt: skip
def test_a_silence_is_measured_by_the_columns_own_history(dates: list[date], today: date, silent: Silence | None) -> None:
    assert silent_since(dates, today) == silent


@settings(max_examples=60, deadline=None)
@given(DAYS, st.dates(date(2006, 1, 1), date(2027, 1, 1)), st.integers(1, 4000))
def test_laws_of_silence(dates: list[date], today: date, later: int) -> None:
    silence = silent_since(dates, today)
    assert silence == silent_since(dates[::-1] * 2, today), "neither order nor repetition counts"
    assert silent_since([*dates, today], today) is None, "a report of today ends every silence"
    if silence is None:
        return
    assert silence.last == max(day for day in dates if day <= today)
    assert silence.since <= today
    assert silence.since - silence.last >= timedelta(days=90)
    assert silence.since - silence.last > timedelta(days=silence.longest_gap_days)
    past = [day for day in dates if day <= today]
    assert silent_since(past, today + timedelta(days=later)) == silence, "a silence does not end by itself"
    if silence.last - min(past) < A_YEAR_SEEN:
        assert (silence.since - silence.last).days >= 365


def counted(number: int) -> Paper:
    """A page whose body says how often it was opened, in words."""
    return Paper.about(1).edited("取得新进展", f"取得新进展（本页已阅读{'零一二三四五六七八九'[number]}回）")


def alerts(site: Watched) -> int:
    return next(int(row["n"]) for row in site.db().query("SELECT count(*) AS n FROM alert"))


def let_time_pass(site: Watched, days: int) -> None:
    """As if all events, issues and readings had happened so many days before."""
    db = sqlite3.connect(site.folder / "archive.db")
    shift = f"strftime('%Y-%m-%dT%H:%M:%f000Z', {{}}, '-{days} days')"
    with db:
        db.execute(f"UPDATE event SET at = {shift.format('at')}")
        db.execute(f"UPDATE capture SET captured_at = {shift.format('captured_at')}")
        db.execute(f"UPDATE issue SET opened_at = {shift.format('opened_at')}, last_seen_at = {shift.format('last_seen_at')}")
        db.execute(f"UPDATE issue SET closed_at = {shift.format('closed_at')}")
    db.close()


def test_a_page_that_changes_at_every_visit_is_mailed_three_times_and_is_one_issue(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(3))) as site:
        file = site.folder / "bureauwatch.toml"
        file.write_text(file.read_text(encoding="utf-8") + WEEKLY, encoding="utf-8")
        site.crawl()
        title = Paper.about(1).title
        for number in range(1, 6):
            site.shelf.papers["/a/1.html"] = counted(number)
            assert site.crawl() == [("revised", title)], "every change is kept and shown"
            assert alerts(site) == min(number, 3)
        (issue,) = site.issues()
        assert (issue.failure, issue.times, issue.url.endswith("/a/1.html")) == ("restless", 2, True)
        # A figure that is put right is something else than the counter.
        site.shelf.papers["/a/1.html"] = counted(6).edited("107件", "109件")
        assert site.crawl() == [("revised", title)]
        assert alerts(site) == 4
        # Three readings that agree end it, and what was before is not held against it.
        assert site.crawl(2) == []
        assert [one.failure for one in site.issues()] == ["restless"]
        assert site.crawl() == []
        assert site.issues() == []
        site.shelf.papers["/a/1.html"] = counted(7).edited("107件", "109件")
        assert site.crawl() == [("revised", title)]
        assert (alerts(site), site.issues()) == (5, [])
        # So does a week without a change, however seldom the page was read.
        let_time_pass(site, 30)
        db = connect(site.folder / "archive.db")
        with writing(db):
            almost = datetime.now(UTC) - WINDOW + timedelta(hours=1)
            db.conn.execute("UPDATE issue SET closed_at = NULL, last_seen_at = ?", [stamp(almost)])
        db.close()
        assert site.crawl() == []
        assert [one.failure for one in site.issues()] == ["restless"]
        let_time_pass(site, 1)
        assert site.crawl() == []
        assert site.issues() == []


def test_a_list_that_lost_more_than_half_is_an_issue_until_it_is_whole_or_has_become_the_usual_one(tmp_path: Path) -> None:
    with Watched(tmp_path, shelf_of(range(10))) as site:
        site.crawl()
        whole = site.shelf.lists["list"]

        def walk(rows: int) -> list[str]:
            site.shelf.lists["list"] = [whole[0][:rows]]
            site.let_the_walk_be_overdue()
            site.crawl()
            return [one.failure for one in site.issues()]

        assert walk(5) == []  # half of them
        assert walk(10) == []
        assert walk(4) == ["shrunk"]
        assert walk(4) == ["shrunk"]  # compared with what was usual, not with itself
        assert walk(10) == []
        assert walk(4) == ["shrunk"]
        let_time_pass(site, 30)
        assert walk(4) == []
        assert walk(1) == []  # a quarter, and only three fewer


def test_a_column_that_falls_silent_is_an_issue_and_one_that_was_so_from_the_first_is_not(tmp_path: Path) -> None:
    shelf = shelf_of(range(8))
    long_ago = datetime.now(UTC).date() - timedelta(days=1000)
    for number, path in enumerate(list(shelf.papers)):
        paper = Paper.about(number)
        shelf.papers[path] = Paper(paper.title, paper.body, f"{long_ago + timedelta(days=80 * number):%Y-%m-%d}")
    with Watched(tmp_path, shelf) as site:
        site.crawl(2)
        assert site.issues() == []
        db = connect(site.folder / "archive.db")
        with writing(db):
            db.conn.execute("UPDATE watch SET baseline_at = ?", [f"{long_ago + timedelta(days=600):%Y-%m-%d}T00:00:00.000000Z"])
        db.close()
        site.crawl()
        (issue,) = site.issues()
        assert (issue.failure, "longest gap before was 80 days" in issue.detail) == ("silent", True)
        fresh = Paper.about(9)
        site.shelf.papers["/a/9.html"] = Paper(fresh.title, fresh.body, f"{datetime.now(UTC):%Y-%m-%d}")
        site.shelf.lists["list"][0].insert(0, "/a/9.html")
        assert [kind for kind, _ in site.crawl()] == ["published"]
        assert site.issues() == []
