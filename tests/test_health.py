"""Issues in letters: words for each kind, told once when they open and once when they heal, never per visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.config import Config, read_config
from crawler.deliver.health import FLAPS, tidings
from crawler.deliver.issue_sentences import OF_FAILURE
from crawler.deliver.issue_words import words_for
from crawler.deliver.letter_content import Health, OpenIssues
from crawler.flow import Language
from crawler.schedule.desk import Desk
from crawler.schedule.draft import Draft
from crawler.schedule.health import health_drafts, issue_line, watch_count
from spiders.failures import Failure, Outcome
from storage import issues, outbox, watches
from storage.database import Database, stamp, writing
from storage.migrations import open_archive
from storage.outbox import NewLetter
from storage.records import IssueRow

MONDAY = datetime(2026, 3, 23, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
NOW = MONDAY + timedelta(days=2)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WATCH = "city/column"
CONFIGURATION = """
[storage]
path = "archive.db"
[seeds]
bundled = false
paths = ["seeds.toml"]
[mail]
host = "127.0.0.1"
port = 9
security = "none"
sender = "bureauwatch@example.org"
[health]
to = ["it@example.org", "IT@example.org", "boss@example.org"]
"""
SEEDS = """
[[bureau]]
id = "city"
name = "某市司法局"
region = "某省/某市"
level = "city"
home_url = "https://sfj.city.gov.cn/"
[[bureau.watch]]
section = "法治政府建设"
listing_url = "https://sfj.city.gov.cn/column/"
[[bureau.watch]]
section = "规范性文件"
listing_url = "https://sfj.city.gov.cn/papers/"
[[bureau.watch]]
section = "年度报告"
listing_url = "https://sfj.city.gov.cn/yearly/"
"""


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


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "seeds.toml").write_text(SEEDS, encoding="utf-8")
    (tmp_path / "bureauwatch.toml").write_text(CONFIGURATION, encoding="utf-8")
    return read_config(tmp_path / "bureauwatch.toml")


@pytest.fixture
def db(config: Config) -> Iterator[Database]:
    db = open_archive(config.database)
    with writing(db):
        db.conn.execute("UPDATE archive SET created_at = ?", [stamp(MONDAY - 30 * DAY)])
    yield db
    db.close()


def raise_one(db: Database, number: int, failure: Failure, at: datetime) -> None:
    with writing(db):
        issues.raise_issue(
            db, key=f"{WATCH} report sfj.city.gov.cn/{number}", failure=failure.value, outcome=failure.outcome.value,
            bureau_id="city", watch_id=WATCH, url=f"https://sfj.city.gov.cn/{number}", detail="", hint="", now=at,
        )  # fmt: skip


def deliver(db: Database, config: Config, now: datetime, form: str = "health") -> list[Draft]:
    """As the post does: each draft is bound, with its notices, in one transaction."""
    drafts = [draft for draft in health_drafts(Desk.of(db, config, now), "mail") if draft.form == form]
    for draft in drafts:
        with writing(db):
            name = Desk.of(db, config, now).message_id(draft.recipient, draft.told)
            letter = NewLetter(draft.recipient, "mail", draft.form, "zh", "health", name, b"x", b"x", draft.period)
            outbox.note(db, outbox.bind(db, letter, [], now=now), draft.recipient, draft.notices)
    return drafts


def test_an_outage_of_the_network_is_one_letter_a_person_and_so_is_its_end(db: Database, config: Config) -> None:
    for number in range(60):
        for visit in range(3):
            raise_one(db, number, Failure.NETWORK, NOW + visit * HOUR)
    at = NOW + 3 * HOUR
    first, second = deliver(db, config, at)
    assert {first.recipient.casefold(), second.recipient} == {"it@example.org", "boss@example.org"}
    assert isinstance(first.content, Health)
    assert (len(first.content.opened), len(first.content.healed)) == (60, 0)
    assert first.told != second.told or first.recipient != second.recipient
    for number in range(60):
        raise_one(db, number, Failure.NETWORK, at)
    assert deliver(db, config, at + 2 * HOUR) == [], "never per visit"
    with writing(db):
        for number in range(60):
            issues.close(db, f"{WATCH} report sfj.city.gov.cn/{number}", at + 3 * HOUR)
    (healed, _) = deliver(db, config, at + 4 * HOUR)
    assert isinstance(healed.content, Health)
    assert (len(healed.content.opened), len(healed.content.healed)) == (0, 60)
    assert deliver(db, config, at + 40 * DAY) == []


def test_a_person_gets_at_most_one_letter_an_hour(db: Database, config: Config) -> None:
    raise_one(db, 1, Failure.LOGIN, NOW)
    assert len(deliver(db, config, NOW)) == 2
    raise_one(db, 2, Failure.LOGIN, NOW + HOUR / 4)
    assert deliver(db, config, NOW + HOUR / 2) == []
    raise_one(db, 3, Failure.LOGIN, NOW + HOUR / 2)
    (later, _) = deliver(db, config, NOW + HOUR)
    assert isinstance(later.content, Health)
    assert [one.issue_id for one in later.content.opened] == [2, 3]
    assert later.notices == ((2, "opened"), (3, "opened"))
    assert later.told == ("health", "2 opened", "3 opened")


def test_a_letter_from_a_clock_that_was_years_ahead_silences_nobody(db: Database, config: Config) -> None:
    raise_one(db, 1, Failure.LOGIN, NOW)
    assert len(deliver(db, config, NOW + 2000 * DAY)) == 2
    raise_one(db, 2, Failure.LOGIN, NOW)
    (told, _) = deliver(db, config, NOW)
    assert told.notices == ((2, "opened"),)


def test_letters_about_issues_go_over_the_server_of_their_reader(db: Database, config: Config) -> None:
    raise_one(db, 1, Failure.LOGIN, NOW)
    assert list(health_drafts(Desk.of(db, config, NOW), "channel:office")) == []
    assert len(list(health_drafts(Desk.of(db, config, NOW), "mail"))) == 4, "two people, what is new and the weekly list each"


def test_an_issue_of_a_column_that_nobody_watches_any_more_is_closed_and_not_called_healed(
    db: Database, config: Config
) -> None:
    raise_one(db, 1, Failure.LOGIN, NOW)
    raise_one(db, 2, Failure.LOGIN, NOW)
    assert len(deliver(db, config, NOW)) == 2
    with writing(db):
        db.conn.execute("UPDATE issue SET watch_id = 'city/gone', key = 'city/gone report 1' WHERE id = 1")
        db.conn.execute("UPDATE issue SET watch_id = 'city/gone', key = 'sfj.city.gov.cn many reports' WHERE id = 2")
        issues.close_unwatched(db, config.targets_by_id.keys(), NOW + HOUR)
    assert [row.id for row in issues.opened(db)] == [2], "that of a host is somebody's business whoever found it"
    assert deliver(db, config, NOW + 2 * HOUR) == []
    assert deliver(db, config, NOW + 30 * DAY) == []


def test_a_healing_after_a_long_silence_of_the_post_is_still_told(db: Database, config: Config) -> None:
    raise_one(db, 1, Failure.LOGIN, NOW)
    deliver(db, config, NOW)
    with writing(db):
        issues.close(db, f"{WATCH} report sfj.city.gov.cn/1", NOW + DAY)
    (told, _) = deliver(db, config, NOW + 90 * DAY)
    assert told.notices == ((1, "healed"),)


def test_the_weekly_list_comes_once_also_when_nothing_is_open(db: Database, config: Config) -> None:
    (first, _) = deliver(db, config, MONDAY, "open-issues")
    assert isinstance(first.content, OpenIssues)
    assert (first.content.issues, first.told) == ((), ("open-issues", "2026-03-23"))
    assert deliver(db, config, MONDAY + 6 * DAY, "open-issues") == []
    raise_one(db, 1, Failure.LOGIN, NOW)
    raise_one(db, 2, Failure.DNS, NOW)
    (second, _) = deliver(db, config, MONDAY + 7 * DAY, "open-issues")
    assert isinstance(second.content, OpenIssues)
    assert [one.issue_id for one in second.content.issues] == [1, 2]
    assert second.content.watches.need_you == 1


def test_an_archive_made_after_monday_morning_waits_for_the_next_one(db: Database, config: Config) -> None:
    with writing(db):
        db.conn.execute("UPDATE archive SET created_at = ?", [stamp(MONDAY + HOUR)])
    assert deliver(db, config, MONDAY + 6 * DAY, "open-issues") == []
    assert len(deliver(db, config, MONDAY + 7 * DAY, "open-issues")) == 2


def test_without_a_health_section_nobody_is_told(db: Database, config: Config) -> None:
    raise_one(db, 1, Failure.LOGIN, NOW)
    silent = Config(config.file, config.settings.model_copy(update={"health": None}), config.bureaus)
    assert list(health_drafts(Desk.of(db, silent, NOW), "mail")) == []


def test_each_watch_is_counted_once(db: Database, config: Config) -> None:
    with writing(db):
        for slug in ("column", "papers"):
            run = watches.start_run(db, watch_id=f"city/{slug}", bureau_id="city", pid=1, now=NOW)
            watches.finish_run(
                db, run, watch_id=f"city/{slug}", outcome="ok", now=NOW, next_due_at=NOW + DAY, walk_complete=True,
                walked_all=True, baseline=True, pages=1, reports=1, events=0, failures=0,
            )  # fmt: skip
    raise_one(db, 1, Failure.LOGIN, NOW)
    raise_one(db, 2, Failure.LOGIN, NOW)
    counted = watch_count(db, config, NOW)
    assert (counted.fine, counted.need_you, counted.never_read) == (1, 1, 1)
    with writing(db):
        db.conn.execute("UPDATE issue SET watch_id = 'city/yearly' WHERE id = 2")
    counted = watch_count(db, config, NOW)
    assert (counted.fine, counted.need_you, counted.never_read) == (1, 2, 0)


def test_an_issue_names_its_bureau_and_column_also_when_the_seed_is_gone(config: Config) -> None:
    line = issue_line(row(1, failure=Failure.NOT_FOUND, key=f"{WATCH} listing sfj.city.gov.cn/column"), config, "zh")
    assert (line.bureau, line.region, line.section) == ("某市司法局", "某省/某市", "法治政府建设")
    assert "搬家" in line.sentence
    gone = issue_line(replace(row(1), watch_id="old/column", bureau_id="old"), config, "en", flapping=True)
    assert (gone.bureau, gone.section) == ("old", "")
    assert gone.sentence.endswith("only the weekly list names it.")
    again = issue_line(row(1, failure=Failure.EXTRACT_FAILED, key="reclean 3 1"), config, "en")
    assert "read again" in again.sentence
    alike = issue_line(row(1, failure=Failure.UPHEAVAL, key=f"{WATCH} changed alike sfj.city.gov.cn/column"), config, "en")
    assert "changed alike" in alike.sentence
