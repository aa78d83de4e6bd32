"""What one person's digests hold and say, whatever else that person is told: several subscriptions, quiet hours, a cap, a pause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from crawler.deliver.subscriptions import delivery_after
from tests.letter_stories import opened, parts
from tests.post_desk import LI, Desk, alerts_waiting
from tests.post_offices import open_office

EARLY_AND_LATE = f"""
[[subscription]]
name = "late"
to = ["{LI}"]
when = "{{late}}"
kinds = ["published"]
quiet = "22:00-09:00"
most_a_day = 1
[[subscription]]
name = "early"
to = ["{LI}"]
when = "{{early}}"
kinds = ["withdrawn"]
"""
AT_ONCE_AND_DAILY = f"""
[[subscription]]
name = "mine"
to = ["{LI}"]
[[subscription]]
name = "day"
to = ["{LI}"]
when = "daily"
"""
EIGHT = datetime(2026, 3, 6, 0, 0, 5, tzinfo=UTC)
"""A Friday, a little after 08:00 in Shanghai; the desk's clock stands at noon of the day before."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    fresh = Desk(tmp_path)
    yield fresh
    fresh.close()


def happen_for_digest(
    desk: Desk, title: str, *, subscription: str = "mine", when: Literal["daily", "weekly"] = "daily"
) -> None:
    """An event that is owed with the next digest, as its own subscription would have it."""
    wait = delivery_after(desk.now, when) - desk.now
    desk.happen(title, LI, subscription=subscription, bundle=when, in_s=wait.total_seconds())


def subjects(desk: Desk) -> list[str]:
    """Of all letters, oldest first."""
    return [str(opened(letter.message)["Subject"]) for letter in desk.letters]


def told_in(desk: Desk, number: int) -> str:
    """The plain text of a letter."""
    return parts(desk.letters[number].message)[0]


async def days_pass(desk: Desk, days: int) -> None:
    """Rounds at eight, nine and sixteen o'clock of each day."""
    for day in range(days):
        for hours in (0, 1, 8):
            desk.now = EIGHT + timedelta(days=day, hours=hours)
            await desk.post()


@pytest.mark.parametrize("when", ["daily", "weekly"])
async def test_what_quiet_hours_held_back_at_eight_comes_when_they_end_though_another_digest_went_out(
    desk: Desk, when: Literal["daily", "weekly"]
) -> None:
    desk.rest = EARLY_AND_LATE.format(late=when, early=when)
    async with open_office() as office:
        desk.open(office.port)
        happen_for_digest(desk, "甲报告", subscription="late", when=when)
        happen_for_digest(desk, "乙报告", subscription="late", when=when)
        await days_pass(desk, 5)
    told = [letter for letter in desk.letters if "甲报告" in parts(letter.message)[0]]
    assert [("乙报告" in parts(letter.message)[0], letter.form) for letter in told] == [(True, when)]
    expected = EIGHT + timedelta(days=3 if when == "weekly" else 0, hours=1)
    assert told[0].created_at == expected
    assert alerts_waiting(desk.db) == []


async def test_what_a_cap_put_off_comes_after_quiet_hours_though_another_digest_went_out(desk: Desk) -> None:
    desk.rest = EARLY_AND_LATE.format(late="at-once", early="daily")
    async with open_office() as office:
        desk.open(office.port)
        for title in ("甲报告", "乙报告"):
            desk.happen(title, LI, subscription="late")
            await desk.post()
        await days_pass(desk, 3)
    assert [letter.created_at for letter in desk.letters if "乙报告" in parts(letter.message)[0]] == [
        EIGHT + timedelta(hours=1)
    ]


async def test_a_digest_after_a_pause_names_the_whole_time_that_it_tells_of(desk: Desk) -> None:
    desk.rest = f'[[subscription]]\nname = "mine"\nto = ["{LI}"]\nwhen = "daily"\n'
    async with open_office() as office:
        desk.open(office.port)
        happen_for_digest(desk, "甲报告")
        desk.now += timedelta(days=1)
        happen_for_digest(desk, "乙报告")
        await desk.post(timedelta(days=3))
        assert "2026年3月5日 12:00 至 2026年3月9日 08:00" in told_in(desk, 0)
        happen_for_digest(desk, "丙报告")
        await desk.post(timedelta(days=1))
        assert "2026年3月9日 08:00 至 2026年3月10日 08:00" in told_in(desk, 1)


async def test_a_first_digest_tells_of_no_time_before_its_reader_came(desk: Desk) -> None:
    desk.rest = f'[[subscription]]\nname = "mine"\nto = ["{LI}"]\nwhen = "daily"\n'
    async with open_office() as office:
        desk.open(office.port)
        desk.now += timedelta(hours=2)
        happen_for_digest(desk, "甲报告")
        await desk.post(timedelta(days=1))
    assert "2026年3月5日 12:00 至 2026年3月6日 08:00" in told_in(desk, 0)


async def test_a_digest_does_not_say_that_nothing_changed_where_its_reader_was_told_in_other_letters(desk: Desk) -> None:
    desk.rest = AT_ONCE_AND_DAILY
    async with open_office() as office:
        desk.open(office.port)
        for title in ("甲报告", "乙报告"):
            desk.happen(title)
        await desk.post()
        desk.now = EIGHT
        await desk.post()
        await desk.post(timedelta(days=1))
    assert "没有其他变化" in subjects(desk)[2]
    assert "另有 2 项变化由其他邮件通知" in told_in(desk, 2)
    assert "：没有变化" in subjects(desk)[3]
    assert "另有" not in told_in(desk, 3)


async def test_digests_do_not_use_up_the_letters_that_a_person_gets_at_once_in_a_day(desk: Desk) -> None:
    desk.rest = f'[[subscription]]\nname = "mine"\nto = ["{LI}"]\nmost_a_day = 1\n'
    async with open_office() as office:
        desk.open(office.port)
        desk.happen("甲报告")
        desk.happen("乙报告")
        await desk.post()
        desk.now = EIGHT
        await desk.post()
        desk.now = EIGHT + timedelta(hours=4)
        desk.happen("丙报告")
        await desk.post()
    assert [letter.form for letter in desk.letters] == ["single", "daily", "single"]
