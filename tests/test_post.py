"""What is handed over when, and to whom: over the alerts, the outbox and real servers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.schedule.couriers import enclose
from crawler.schedule.daemon import Daemon
from crawler.schedule.post import post_letters
from storage import archive, issues, outbox
from storage.database import writing
from tests.hook_receivers import receiving
from tests.post_desk import LI, NOBODY_LISTENS, WANG, Desk, alerts_waiting
from tests.post_offices import PostOffice, open_office, open_socket

HOOK_SECRET = "whsec_" + "c2VjcmV0" * 6


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    fresh = Desk(tmp_path)
    yield fresh
    fresh.close()


def secret(desk: Desk, name: str, text: str) -> None:
    path = desk.folder / name
    path.write_text(text)
    path.chmod(0o600)


QUIET = f'[[subscription]]\nname = "mine"\nto = ["{LI}"]\nquiet = "22:00-07:00"\n'


async def test_a_letter_whose_server_comes_back_at_night_waits_for_the_morning(desk: Desk) -> None:
    desk.rest, desk.now = QUIET, datetime(2026, 3, 5, 13, 0, tzinfo=UTC)  # 21:00 in Shanghai
    desk.open(NOBODY_LISTENS)
    desk.happen("报告")
    desk.happen("另一份报告")  # waits as an alert: no letter is written for a server that is down
    await desk.post()
    async with open_office() as office:
        desk.open(office.port)
        assert (await desk.post(timedelta(hours=2))).sent == 0, "it is 23:00"
        assert office.letters == []
        assert (await desk.post(timedelta(hours=7, minutes=59))).sent == 0, "it is 06:59"
        assert (await desk.post(timedelta(minutes=1))).sent == 2


async def test_quiet_hours_that_begin_while_a_round_is_under_way_are_kept(desk: Desk) -> None:
    class Slow(PostOffice):
        async def handle_DATA(self, *told: Any) -> str:  # noqa: N802  aiosmtpd's
            desk.now += timedelta(hours=2)
            return await super().handle_DATA(*told)

    desk.rest, desk.now = QUIET, datetime(2026, 3, 5, 13, 0, tzinfo=UTC)
    async with open_office(office=Slow()) as office:
        desk.open(office.port)
        desk.happen("报告")
        desk.happen("另一份报告")
        assert (await desk.post()).sent == 1
        assert (await desk.post(timedelta(hours=8))).sent == 1


async def test_an_alert_that_is_dropped_while_its_round_is_under_way_is_not_told(desk: Desk) -> None:
    class Dropping(PostOffice):
        async def handle_DATA(self, *told: Any) -> str:  # noqa: N802  aiosmtpd's
            with writing(desk.db):
                for alert in alerts_waiting(desk.db):
                    if archive.event(desk.db, alert.event_id).title == "撤下":  # type: ignore[union-attr]
                        outbox.drop_alert(desk.db, alert.id, desk.now)
            return await super().handle_DATA(*told)

    async with open_office(office=Dropping()) as office:
        desk.open(office.port)
        for title in ("第一", "撤下", "第三"):
            desk.happen(title)
        assert (await desk.post()).sent == 2
    subjects = [event.title for letter in desk.letters for event in told_in(desk, letter.id)]
    assert subjects == ["第一", "第三"]


async def test_an_alert_of_a_digest_that_is_dropped_while_it_is_written_leaves_the_others_in_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped: list[int] = []

    def dropping(*given: Any, **named: Any) -> bytes:
        if not dropped:
            dropped.append(alerts_waiting(desk.db)[1].id)
            with writing(desk.db):
                outbox.drop_alert(desk.db, dropped[0], desk.now)
        return enclose(*given, **named)

    monkeypatch.setattr("crawler.schedule.post.enclose", dropping)  # the moment between gathering and binding is chance
    async with open_office() as office:
        desk.open(office.port)
        events = [desk.happen(title, bundle="daily") for title in ("第一", "撤下", "第三")]
        assert (await desk.post()).sent == 1
    assert [alert.event_id for alert in outbox.alerts_of(desk.db, desk.letters[0].id)] == [events[0], events[2]]


def told_in(desk: Desk, letter_id: int) -> list[Any]:
    return [archive.event(desk.db, alert.event_id) for alert in outbox.alerts_of(desk.db, letter_id)]


async def test_the_events_of_a_long_run_come_together_every_ten_minutes_and_at_its_end(desk: Desk) -> None:
    async with open_office() as office:
        session = desk.open(office.port)
        session.under_way.add("city/column")
        for number in range(21):  # one a minute
            desk.happen(f"报告{number}")
            await desk.post(timedelta(minutes=1))
        session.under_way.clear()
        await desk.post()
    assert [(letter.form, len(told_in(desk, letter.id))) for letter in desk.letters] == [
        ("storm", 10),
        ("storm", 10),
        ("single", 1),
    ]


async def test_somebody_who_is_in_the_configuration_no_more_gets_nothing_and_nothing_is_lost(desk: Desk) -> None:
    desk.open(NOBODY_LISTENS)
    desk.happen("报告", LI, WANG)
    await desk.post()
    desk.happen("另一份报告", LI, WANG)
    both = desk.rest
    async with open_office() as office:
        desk.rest = f'[[subscription]]\nname = "mine"\nto = ["{WANG.upper()}"]\n'
        desk.open(office.port)
        await desk.post(timedelta(hours=2))
        assert set(office.recipients) == {WANG}
        desk.rest = both
        desk.open(office.port)
        await desk.post(timedelta(hours=2))
    assert sorted(office.recipients) == [LI, LI, WANG, WANG]


DAILY = '[[subscription]]\nname = "mine"\nto = ["{}"]\nwhen = "daily"\n'


async def test_a_digest_comes_once_a_day_though_address_and_sender_are_spelt_anew(desk: Desk) -> None:
    async with open_office() as office:
        desk.rest = DAILY.format(LI)
        desk.open(office.port)
        assert (await desk.post(timedelta(days=1))).sent == 1
        desk.rest, desk.mail = DAILY.format(LI.upper()), 'security = "none"'
        desk.open(office.port)
        config = desk.folder / "bureauwatch.toml"
        config.write_text(config.read_text().replace("watch@example.org", "watch@example.com"))
        desk.open(office.port)
        assert (await desk.post(timedelta(hours=1))).sent == 0


async def test_a_new_reader_of_digests_is_not_told_that_nothing_happened_before_he_came(desk: Desk) -> None:
    async with open_office() as office:
        desk.open(office.port)
        desk.now += timedelta(days=3)
        desk.rest = DAILY.format(LI)
        desk.open(office.port)
        assert (await desk.post()).sent == 0
        assert (await desk.post(timedelta(hours=20))).sent == 1, "next morning at eight"


async def test_letters_that_wait_count_for_the_day_as_those_that_were_sent(desk: Desk) -> None:
    desk.rest += "most_a_day = 2\n"
    async with open_office({"RCPT": "450 greylisted"}) as office:
        desk.open(office.port)
        for number in range(4):
            desk.happen(f"报告{number}")
            await desk.post()
        office.answers = {}
        await desk.post(timedelta(minutes=10))
        assert len(office.letters) == 2
        assert outbox.counts(desk.db) == {"sent": 2, "unbound": 2}


async def test_a_letter_that_is_retried_by_hand_waits_for_no_other_letters_blame(desk: Desk) -> None:
    async with open_office({"RCPT": "450 greylisted"}) as office:
        desk.open(office.port)
        desk.happen("甲报告", LI)
        desk.happen("乙报告", WANG)
        await desk.post()
        office.answers = {"MAIL": "451 not now"}
        await desk.post(timedelta(minutes=6))
        assert {letter.blame for letter in desk.letters} == {"server", "letter"}
        office.answers = {}
        later = next(letter for letter in desk.letters if letter.blame == "letter")
        with writing(desk.db):
            assert outbox.retry(desk.db, later.id, desk.now)
        assert (await desk.post(timedelta(seconds=10))).sent == 1


async def test_a_secret_that_cannot_be_read_holds_up_its_own_server_alone(desk: Desk) -> None:
    async with open_office() as office, receiving((200, "")) as hook:
        secret(desk, "secret", HOOK_SECRET)
        desk.rest = (
            f'[[webhook]]\nname = "hook"\nurl = "{hook.url()}"\nsecret_file = "secret"\n'
            f'[[subscription]]\nname = "mine"\nto = ["{LI}", "webhook:hook"]\n'
        )
        desk.open(office.port)
        (desk.folder / "secret").unlink()
        desk.happen("报告", LI, "webhook:hook")
        posted = await desk.post()
        assert (posted.sent, len(office.letters), hook.requests) == (1, 1, [])
        assert "secret" in posted.last_error
        assert outbox.counts(desk.db)["unbound"] == 1
        secret(desk, "secret", HOOK_SECRET)
        assert (await desk.post()).sent == 1
        assert len(hook.requests) == 1


async def test_a_mail_server_that_takes_its_time_does_not_hold_up_a_webhook(desk: Desk) -> None:
    silent = asyncio.Event()

    async def keep_silent(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        await silent.wait()

    async with open_socket(keep_silent) as port, receiving((200, "")) as hook:
        secret(desk, "secret", HOOK_SECRET)
        desk.rest = (
            f'[[webhook]]\nname = "hook"\nurl = "{hook.url()}"\nsecret_file = "secret"\n'
            f'[[subscription]]\nname = "mine"\nto = ["{LI}", "webhook:hook"]\n'
        )
        daemon = Daemon(desk.open(port))
        for number in range(2):
            desk.happen(f"报告{number}", LI, "webhook:hook")
            await daemon._post()
            await asyncio.wait_for(daemon._posting["webhook:hook"], 30)
            assert len(hook.requests) == number + 1
        assert [letter.state for letter in desk.letters if letter.server == "mail"] == ["trying"]
        silent.set()
        await asyncio.gather(*daemon._posting.values())
    assert daemon.bug is None


async def test_a_bug_says_at_which_letter_it_came(desk: Desk) -> None:
    async with open_office() as office:
        desk.open(office.port)
        event = desk.happen("报告")
        with writing(desk.db):
            desk.db.conn.execute("UPDATE event SET kind = 'of a later version'")
        with pytest.raises(ValueError, match="of a later version") as bug:
            await post_letters(desk.session)  # type: ignore[arg-type]
    assert f"events {event} to {LI}" in "".join(bug.value.__notes__)
    assert "alerts drop" in "".join(bug.value.__notes__)


async def test_a_note_to_a_group_keeps_where_the_whole_text_is(desk: Desk) -> None:
    secret(desk, "url", "json://127.0.0.1:1/")
    desk.rest = (
        '[web]\nbase_url = "https://watch.example.org"\n[[channel]]\nname = "office"\nurl_file = "url"\n'
        '[[subscription]]\nname = "mine"\nto = ["channel:office"]\n'
    )
    desk.open(None)
    desk.happen("报告", "channel:office")
    await desk.post()
    (letter,) = desk.letters
    assert json.loads(letter.message)["rest_at"] == "https://watch.example.org/events/1"


async def test_whoever_opens_the_archive_closes_the_issues_of_columns_that_are_watched_no_more(desk: Desk) -> None:
    desk.open(NOBODY_LISTENS)
    with writing(desk.db):
        for key, watch in (
            ("city/column report a", "city/column"),
            ("old/column report a", "old/column"),
            ("reclean 3 1", "old/column"),
        ):
            issues.raise_issue(
                desk.db, key=key, failure="login", outcome="refused", bureau_id="b", watch_id=watch, url="u", detail="", hint="",
                now=desk.now,
            )  # fmt: skip
    desk.open(NOBODY_LISTENS)
    assert [row.key for row in issues.opened(desk.db)] == ["city/column report a", "reclean 3 1"]
