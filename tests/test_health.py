"""Issues in letters: words for each kind, told once when they open and once when they heal, never per visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.deliver.health import FLAPS, tidings
from crawler.deliver.issue_sentences import OF_FAILURE
from crawler.deliver.issue_words import words_for
from crawler.flow import Language
from spiders.failures import Failure, Outcome
from storage.records import IssueRow

MONDAY = datetime(2026, 3, 23, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
NOW = MONDAY + timedelta(days=2)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WATCH = "city/column"


def row(
    number: int,
    *,
    failure: Failure = Failure.FORBIDDEN,
    key: str = "",
    opened: datetime = NOW,
    closed: datetime | None = None,
    times: int = 1,
) -> IssueRow:
    where = "https://sfj.city.gov.cn/column/"
    return IssueRow(
        number, key or f"{WATCH} report sfj.city.gov.cn/{number}", failure.value, failure.outcome.value, "city", WATCH, where,
        "", "", opened, opened, times, closed,
    )  # fmt: skip


def ids(rows: Sequence[IssueRow]) -> list[int]:
    return [one.id for one in rows]


@pytest.mark.parametrize("role", ["listing", "report", "attachment", "document", "walk", "changed alike", "many reports", "x"])
@pytest.mark.parametrize("failure", list(Failure))
def test_each_failure_has_a_plain_sentence_and_a_cure_in_both_languages(failure: Failure, role: str) -> None:
    words = words_for(failure.value, role)
    for language in get_args(Language):
        for said in (words.sentence.said(language), words.cure.said(language)):
            assert 8 <= len(said) <= 240
            assert said.endswith("。" if language == "zh" else "."), said
            assert not any(sign in said for sign in "{}\n"), said
    assert any("\u4e00" <= sign <= "\u9fff" for sign in words.sentence.zh)
    assert set(OF_FAILURE) == set(Failure)


def test_a_listing_that_is_gone_is_a_column_that_moved_and_a_report_that_is_gone_is_not() -> None:
    assert "搬家" in words_for("not_found", "listing").sentence.zh
    assert "listing_url" in words_for("not_found", "listing").cure.en
    assert "一份报告" in words_for("not_found", "report").sentence.zh
    assert "attachment" in words_for("extract_failed", "document").sentence.en
    assert words_for("a class of a later version", "report").sentence.zh
    assert len({words_for(failure.value, "report").sentence for failure in Failure}) == len(Failure)


def test_an_issue_for_a_person_is_told_at_once_and_then_never_again() -> None:
    one = row(1)
    assert ids(tidings([one], frozenset(), NOW).opened) == [1]
    told = frozenset({(1, "opened")})
    assert not tidings([replace(one, times=99, last_seen_at=NOW + DAY)], told, NOW + 9 * DAY)


@pytest.mark.parametrize(
    ("failure", "wanted"), [(Failure.NOT_FOUND, False), (Failure.REDIRECTED_HOME, False), (Failure.BROKEN_LINK, True)]
)
def test_a_report_that_is_gone_is_an_event_and_no_health_matter(failure: Failure, *, wanted: bool) -> None:
    gone = row(1, failure=failure, times=9, key=f"{WATCH} report sfj.city.gov.cn/1")
    assert bool(tidings([gone], frozenset(), NOW + 48 * HOUR)) is wanted


@pytest.mark.parametrize("failure", list(Failure))
def test_what_may_pass_by_itself_is_told_after_three_visits_or_a_day(failure: Failure) -> None:
    passing = failure.outcome in {Outcome.UNREACHABLE, Outcome.MAINTENANCE}
    column = f"{WATCH} listing sfj.city.gov.cn/1"
    assert bool(tidings([row(1, failure=failure, times=2, key=column)], frozenset(), NOW + 23 * HOUR)) is not passing
    assert tidings([row(1, failure=failure, times=3, key=column)], frozenset(), NOW)
    assert tidings([row(1, failure=failure, key=column)], frozenset(), NOW + DAY)


def test_what_healed_before_it_was_told_is_never_told_and_what_was_told_is_told_healed_once() -> None:
    healed = row(1, closed=NOW + HOUR)
    assert not tidings([healed], frozenset(), NOW + 2 * HOUR)
    news = tidings([healed], frozenset({(1, "opened")}), NOW + 2 * HOUR)
    assert (ids(news.opened), ids(news.healed)) == ([], [1])
    assert not tidings([healed], frozenset({(1, "opened"), (1, "healed")}), NOW + 2 * HOUR)


def flaps(count: int, *, open_at_last: bool) -> list[IssueRow]:
    """The same issue so many times, a day apart, each open for an hour."""
    found = [row(number, key="k", opened=NOW + number * DAY, closed=NOW + number * DAY + HOUR) for number in range(count)]
    return [*found[:-1], replace(found[-1], closed_at=None)] if open_at_last else found


def test_an_issue_that_comes_and_goes_is_told_as_such_once_and_healed_after_a_week() -> None:
    rows = flaps(FLAPS + 2, open_at_last=True)
    at = rows[-1].opened_at
    news = tidings(rows, frozenset(), at)
    assert (ids(news.opened), news.flapping) == ([4], frozenset({4}))
    told = frozenset({(4, "opened")})
    more = flaps(FLAPS + 6, open_at_last=False)
    assert not tidings(more, told, more[-1].opened_at + 2 * HOUR)
    assert not tidings(more, told, more[-1].opened_at + 7 * DAY)
    over = tidings(more, told, more[-1].opened_at + 7 * DAY + HOUR)
    assert [(one.id, one.closed_at) for one in over.healed] == [(4, more[-1].closed_at)]
    assert over.opened == ()
    # Three times are none too many, and each is told for itself.
    assert tidings(flaps(FLAPS + 1, open_at_last=True), frozenset(), NOW + 4 * DAY).flapping == frozenset()


def test_one_that_came_and_went_before_anybody_was_told_is_told_while_it_goes_on() -> None:
    rows = [replace(one, outcome="unreachable") for one in flaps(FLAPS + 3, open_at_last=False)]
    assert ids(tidings(rows, frozenset(), rows[-1].opened_at + 2 * HOUR).opened) == [5]
    assert not tidings(rows, frozenset(), rows[-1].opened_at + 9 * DAY)


@st.composite
def histories(draw: st.DrawFn) -> list[IssueRow]:
    """Openings and healings of a few keys, never two open with one key."""
    rows: list[IssueRow] = []
    for key in range(draw(st.integers(1, 3))):
        marks = sorted(draw(st.lists(st.integers(0, 40 * 24), unique=True, max_size=16)))
        failure = draw(st.sampled_from([Failure.FORBIDDEN, Failure.DNS]))
        rows += [
            row(0, key=str(key), failure=failure, opened=NOW + begin * HOUR, closed=NOW + end * HOUR)
            for begin, end in list(pairwise([*marks, 10_000]))[::2]
        ]
    rows.sort(key=lambda one: one.opened_at)
    return [replace(one, id=number) for number, one in enumerate(rows)]


@settings(max_examples=50, deadline=None)
@given(histories(), st.integers(1, 30))
def test_nothing_is_told_twice_and_no_healing_without_its_opening(history: list[IssueRow], every_hours: int) -> None:
    noted: set[tuple[int, str]] = set()
    opened_at = {one.id: one.opened_at for one in history}
    for hour in range(0, 60 * 24, every_hours):
        now = NOW + hour * HOUR
        seen = [
            replace(one, closed_at=one.closed_at if one.closed_at and one.closed_at <= now else None)
            for one in history
            if one.opened_at <= now
        ]
        news = tidings(seen, frozenset(noted), now)
        for one in news.opened:
            assert (one.id, "opened") not in noted
            assert opened_at[one.id] <= now
            assert one.closed_at is None or one.id in news.flapping
            noted.add((one.id, "opened"))
        for one in news.healed:
            assert {(one.id, "opened"), (one.id, "healed")} & noted == {(one.id, "opened")}
            noted.add((one.id, "healed"))
    assert not tidings(seen, frozenset(noted), now), "what was told is no news"
    for one in history:
        if (one.id, "opened") in noted and one.closed_at and one.closed_at < now - 30 * DAY:
            assert (one.id, "healed") in noted, "whoever was told that it opened is told that it healed"
