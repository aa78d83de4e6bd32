"""The calendar of duties: due days, and how a body stands to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crawler.interpret.duties import Duty, Held, State, covered, due_years, duty, overdue
from crawler.knowledge import ReportKind

LAW, OPEN = ReportKind.RULE_OF_LAW, ReportKind.DISCLOSURE
OWED = Duty("b", LAW, 2023, date(2024, 3, 31))
HELD = Held(7, "b", "b/law", LAW, 2023, "2023年法治政府建设年度报告", date(2024, 3, 20), date(2024, 3, 21), withdrawn=False)
AFTER, BEFORE = date(2024, 6, 1), date(2024, 2, 1)


@pytest.mark.parametrize(
    ("kind", "is_government", "due"),
    [
        (LAW, False, date(2024, 3, 31)),
        (LAW, True, date(2024, 3, 31)),
        (OPEN, False, date(2024, 1, 31)),
        (OPEN, True, date(2024, 3, 31)),
    ],
)
def test_each_kind_has_its_last_day_in_time(kind: ReportKind, is_government: bool, due: date) -> None:  # noqa: FBT001
    assert duty("b", kind, 2023, is_government=is_government) == Duty("b", kind, 2023, due)


def test_there_is_no_duty_of_other_kinds_or_before_the_rules() -> None:
    assert duty("b", ReportKind.WORK_SUMMARY, 2023) is None
    assert duty("b", OPEN, 2018) is None
    assert duty("b", LAW, 2017) is None


def test_a_year_counts_as_due_from_the_day_after_its_last() -> None:
    assert due_years(OPEN, date(2024, 1, 31), 2) == (2022, 2021)
    assert due_years(OPEN, date(2024, 2, 1), 2) == (2023, 2022)
    assert due_years(LAW, date(2024, 2, 1), 3) == (2022, 2021, 2020)
    assert due_years(LAW, date(2020, 5, 1), 3) == (2019, 2018)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, State.PUBLISHED),
        ({"published": date(2024, 3, 31)}, State.PUBLISHED),
        ({"published": date(2024, 4, 1)}, State.LATE),
        ({"published": None}, State.PUBLISHED),
        ({"published": None, "first_seen": date(2025, 1, 1)}, State.PUBLISHED),
        ({"withdrawn": True}, State.WITHDRAWN),
        ({"year": 2022}, State.MISSING),
        ({"kind": OPEN}, State.MISSING),
        ({"bureau_id": "other"}, State.MISSING),
    ],
)
def test_what_we_hold_decides_how_a_body_stands(changes: dict[str, object], state: State) -> None:
    held = replace(HELD, **changes)  # type: ignore[arg-type]
    row = covered(OWED, [held], read_until=AFTER, today=AFTER)
    assert row.state is state
    assert (row.report is held) is (state is not State.MISSING)


def test_the_first_public_one_of_several_counts() -> None:
    late = replace(HELD, report_id=8, published=date(2024, 5, 1))
    gone = replace(HELD, report_id=9, published=date(2024, 1, 1), withdrawn=True)
    assert covered(OWED, [late, HELD, gone], read_until=AFTER, today=AFTER).report == HELD
    assert covered(OWED, [late, gone], read_until=AFTER, today=AFTER).state is State.LATE


@pytest.mark.parametrize(
    ("read_until", "today", "state"),
    [
        (AFTER, AFTER, State.MISSING),
        (None, AFTER, State.UNKNOWN),
        (BEFORE, AFTER, State.UNKNOWN),
        (date(2024, 3, 31), AFTER, State.UNKNOWN),
        (date(2024, 4, 1), AFTER, State.MISSING),
        (date(2024, 3, 31), date(2024, 3, 31), State.NOT_DUE),
        (None, BEFORE, State.NOT_DUE),
    ],
)
def test_silence_is_missing_only_where_a_column_was_read_after_the_due_day(
    read_until: date | None, today: date, state: State
) -> None:
    assert covered(OWED, [], read_until=read_until, today=today).state is state


def test_an_overdue_report_is_told_once_and_only_of_days_that_we_watched() -> None:
    missing = covered(OWED, [], read_until=AFTER, today=AFTER)
    there = covered(replace(OWED, bureau_id="c"), [], read_until=None, today=AFTER)
    since = {"b": date(2024, 3, 31), "c": date(2020, 1, 1)}
    assert overdue([missing, there], told=(), watched_since=since) == [OWED]
    assert overdue([missing], told={OWED}, watched_since=since) == []
    assert overdue([missing], told=(), watched_since={"b": date(2024, 4, 1)}) == []
    assert overdue([missing], told=(), watched_since={}) == []
