"""Letters about issues: one a person, at most one an hour, a weekly list; what was told once is never told again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from crawler.config import Config, read_config
from crawler.deliver.letter_content import Health, OpenIssues
from crawler.schedule.desk import Desk
from crawler.schedule.draft import Draft
from crawler.schedule.health import health_drafts, issue_line, watch_count
from spiders.failures import Failure
from storage import issues, outbox, watches
from storage.database import Database, stamp, writing
from storage.migrations import open_archive
from storage.outbox import NewLetter
from tests.post_desk import MAIL_TO_NOBODY, SEED
from tests.test_health import DAY, HOUR, MONDAY, NOW, WATCH, row

CONFIGURATION = f"""
[storage]
path = "archive.db"
[seeds]
bundled = false
paths = ["seeds.toml"]
{MAIL_TO_NOBODY}[health]
to = ["it@example.org", "IT@example.org", "boss@example.org"]
"""
SEEDS = f"""{SEED}[[bureau.watch]]
section = "规范性文件"
listing_url = "https://sfj.city.gov.cn/papers/"
[[bureau.watch]]
section = "年度报告"
listing_url = "https://sfj.city.gov.cn/yearly/"
"""


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
