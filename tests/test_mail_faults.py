"""F140 to F155 over the whole way of a letter: alert, outbox, mail server, and back into the outbox."""

from __future__ import annotations

import asyncio
import logging
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.config import read_config
from crawler.schedule.post import Posted, post_letters
from crawler.schedule.session import Session
from storage import archive, outbox
from storage.database import writing
from storage.records import LetterRow
from tests.letter_stories import opened
from tests.post_offices import SECRET, PostOffice, make_certificate, open_office, open_socket, read_letter, speak_until

NOON = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
LI, WANG = "li@example.org", "wang@example.org"
SEED = """
[[bureau]]
id = "city"
name = "某市司法局"
region = "某省/某市"
level = "city"
home_url = "https://sfj.city.gov.cn/"
[[bureau.watch]]
section = "法治政府建设"
slug = "column"
listing_url = "https://sfj.city.gov.cn/column/"
"""


@dataclass
class Desk:
    """An archive in which events happen when they are told to, with a clock that is moved by hand."""

    folder: Path
    now: datetime = NOON
    mail: str = 'security = "none"'
    session: Session | None = None

    def open(self, port: int) -> Session:
        """The session over a mail server on a port; opened anew, as by another process."""
        self.close()
        (self.folder / "seed.toml").write_text(SEED, encoding="utf-8")
        (self.folder / "bureauwatch.toml").write_text(
            '[storage]\npath = "archive.db"\n[seeds]\nbundled = false\npaths = ["seed.toml"]\n'
            f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsender = "watch@example.org"\n{self.mail}\n'
            f'[[subscription]]\nto = ["{LI}", "{WANG}"]\n'
        )
        self.session = Session.open(read_config(self.folder / "bureauwatch.toml"), lambda: self.now)
        return self.session

    def close(self) -> None:
        if self.session is not None:
            self.session._held.close()  # all that was opened but a pool and a browser that nobody asked for
        self.session = None

    def happen(self, title: str, *people: str) -> int:
        """A report is published, and some people are owed it."""
        assert self.session is not None
        db = self.session.db
        with writing(db):
            event = archive.add_event(
                db, at=self.now, kind="published", bureau_id="city", watch_id="city/column", report_id=None,
                url="https://sfj.city.gov.cn/1.html", title=title, significance="clause", summary="新发布",
                from_version=None, to_version=None,
            )  # fmt: skip
            for person in people or (LI,):
                outbox.owe(db, event, recipient=person, subscription="subscription-1", due_at=self.now)
        return event

    async def post(self) -> Posted:
        assert self.session is not None
        return await post_letters(self.session)

    @property
    def letters(self) -> list[LetterRow]:
        assert self.session is not None
        return outbox.letters(self.session.db)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    fresh = Desk(tmp_path)
    yield fresh
    fresh.close()


async def test_f140_a_server_that_is_down_is_tried_for_five_days_and_then_called_failed(desk: Desk) -> None:
    desk.open(1)  # nobody listens there
    desk.happen("报告", LI)
    desk.happen("另一份报告", WANG)
    tries = []
    while not desk.letters or desk.letters[0].state == "pending":
        await desk.post()
        tries.append(desk.now)
        desk.now = max(desk.letters[0].next_attempt_at, desk.now + timedelta(seconds=5))
    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40)]
    assert set(waits[4:-1]) == {timedelta(hours=1)}
    assert timedelta(days=4, hours=23) < tries[-1] - tries[0] <= timedelta(days=5)
    assert desk.letters[0].state == "failed"
    assert "unreachable" in desk.letters[0].last_error
    assert outbox.counts(desk.open(1).db)["unbound"] == 1, "the other one waits as an alert: no letter was frozen for it"


@pytest.mark.parametrize("place", ["MAIL", "RCPT", "END"])
async def test_f141_f153_an_answer_of_4xx_puts_off_and_the_next_try_brings_one_letter(desk: Desk, place: str) -> None:
    async with open_office({place: "450 4.2.0 later"}) as office:
        desk.open(office.port)
        desk.happen("报告")
        assert (await desk.post()).waiting == 1
        await desk.post()  # at once again: it is not due
        assert desk.letters[0].attempts == 1
        office.answers = {}
        desk.now += timedelta(minutes=6)
        assert (await desk.post()).sent == 1
        await desk.post()
    assert len(office.letters) == 1
    assert office.letters == [desk.letters[0].message]


async def test_f141_a_server_that_does_not_want_to_speak_at_all_gets_no_second_letter_in_the_round(desk: Desk) -> None:
    greeted = []

    async def script(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        greeted.append(1)
        writer.write(b"421 too busy\r\n")

    async with open_socket(script) as port:
        desk.open(port)
        desk.happen("报告", LI)
        posted = await desk.post()
    assert (posted.sent, posted.waiting) == (0, 1)
    assert desk.letters[0].state == "pending"


@pytest.mark.parametrize("place", ["MAIL", "END"])
async def test_f142_an_answer_of_5xx_is_final_and_shown_and_the_others_go_on(desk: Desk, place: str) -> None:
    async with open_office({place: "554 5.7.1 not wanted"}) as office:
        desk.open(office.port)
        desk.happen("报告")
        assert (await desk.post()).given_up == 1
        office.answers = {}
        desk.now += timedelta(days=1)
        desk.happen("另一份报告")
        assert (await desk.post()).sent == 1
        await desk.post()
    assert [letter.state for letter in desk.letters] == ["refused", "sent"]
    assert "554 5.7.1 not wanted" in desk.letters[0].last_error
    assert len(office.letters) == 1


@pytest.mark.parametrize(("code", "state"), [("550 no such person", "refused"), ("450 later", "pending")])
async def test_f143_f144_one_recipient_fails_and_the_other_one_is_never_mailed_again(desk: Desk, code: str, state: str) -> None:
    class Choosy(PostOffice):
        async def handle_RCPT(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, N802
            self.answers = {"RCPT": code} if address == LI and self.choosy else {}
            return await super().handle_RCPT(server, session, envelope, address, options)

        choosy = True

    async with open_office(office=Choosy()) as office:
        desk.open(office.port)
        desk.happen("报告", LI, WANG)
        await desk.post()
        assert {letter.recipient: letter.state for letter in desk.letters} == {LI: state, WANG: "sent"}
        office.choosy = False
        for _ in range(3):
            desk.now += timedelta(hours=2)
            await desk.post()
    expected = [WANG] if state == "refused" else [WANG, LI]
    assert office.recipients == expected


async def test_f145_a_421_in_the_middle_marks_nothing_as_sent(desk: Desk) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await speak_until(reader, writer, b"RCPT")
        writer.write(b"421 shutting down\r\n")

    async with open_socket(script) as port:
        desk.open(port)
        desk.happen("报告")
        assert (await desk.post()).waiting == 1
    assert desk.letters[0].state == "pending"
    async with open_office() as office:
        desk.now += timedelta(hours=1)
        desk.open(office.port)
        assert (await desk.post()).sent == 1


@pytest.mark.parametrize("policy", ["resend", "hold"])
async def test_f146_lost_after_the_dot_is_sent_again_byte_for_byte_or_held(desk: Desk, policy: str) -> None:
    taken: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await speak_until(reader, writer, b"DATA")
        writer.write(b"354 go on\r\n")
        taken.append((await read_letter(reader)).removesuffix(b".\r\n"))

    desk.mail = f'security = "none"\nin_doubt = "{policy}"'
    async with open_socket(script) as port:
        desk.open(port)
        desk.happen("报告")
        await desk.post()
    assert desk.letters[0].state == ("pending" if policy == "resend" else "held")
    assert "in doubt" in desk.letters[0].last_error
    async with open_office() as office:
        desk.now += timedelta(days=1)
        desk.open(office.port)
        await desk.post()
    assert office.letters == (taken if policy == "resend" else [])


async def test_f146_a_process_that_died_with_a_letter_in_hand_is_in_doubt_too(desk: Desk) -> None:
    desk.mail = 'security = "none"\nin_doubt = "hold"'
    async with open_office({"RCPT": "450 later"}) as office:
        desk.open(office.port)
        desk.happen("报告")
        await desk.post()
        assert desk.session is not None
        with writing(desk.session.db):
            outbox.begin_try(desk.session.db, desk.letters[0].id)  # and dies here
        office.answers = {}
        desk.now += timedelta(hours=1)
        desk.open(office.port)
        await desk.post()
        assert (desk.letters[0].state, office.letters) == ("held", [])
        with writing(desk.session.db):
            assert outbox.retry(desk.session.db, desk.letters[0].id, desk.now)
        await desk.post()
    assert (desk.letters[0].state, len(office.letters)) == ("sent", 1)


async def test_f147_while_the_answer_to_the_dot_is_awaited_nothing_is_sent_again(desk: Desk) -> None:
    dotted, answered, asked = asyncio.Event(), asyncio.Event(), []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(1)
        if len(asked) > 1:  # a second connection is what must not be: it ends at once, so that nobody waits for it
            return
        await speak_until(reader, writer, b"DATA")
        writer.write(b"354 go on\r\n")
        await read_letter(reader)
        dotted.set()
        await answered.wait()
        writer.write(b"250 at last\r\n")
        await speak_until(reader, writer, b"QUIT")

    async with open_socket(script) as port:
        desk.open(port)
        desk.happen("报告")
        posting = asyncio.create_task(desk.post())
        await dotted.wait()
        await desk.post()  # the daemon's next beat
        answered.set()
        assert (await posting).sent == 1
    assert (len(asked), desk.letters[0].state) == (1, "sent")


async def test_f148_a_refused_password_is_tried_hourly_once_for_all_letters_and_is_written_nowhere(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = desk.folder / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    desk.mail = 'security = "none"\nusername = "li"\npassword_file = "secret"'
    async with open_office(auth_require_tls=False) as office:
        desk.open(office.port)
        for person in (LI, WANG):
            desk.happen("报告", person)
        for minutes in range(0, 180, 5):
            desk.now = NOON + timedelta(minutes=minutes)
            await desk.post()
    assert len(office.logins) == 3
    assert office.letters == []
    forms = [SECRET, *(b64encode(said.encode()).decode() for said in (SECRET, f"\0li\0{SECRET}"))]
    assert not any(form in caplog.text for form in forms)
    kept = [file for file in desk.folder.rglob("archive.db*") if file.is_file()]
    assert kept
    assert not any(form.encode() in file.read_bytes() for file in kept for form in forms)


async def test_f148_letters_that_were_put_off_before_cost_no_further_logins(desk: Desk) -> None:
    secret = desk.folder / "secret"
    secret.write_text("correct horse")
    secret.chmod(0o600)
    desk.mail = 'security = "none"\nusername = "li"\npassword_file = "secret"'
    async with open_office({"RCPT": "450 later"}, auth_require_tls=False) as office:
        desk.open(office.port)
        for number in range(4):
            desk.happen("报告", f"p{number}@example.org")
        await desk.post()
        assert [letter.attempts for letter in desk.letters] == [1] * 4
        secret.write_text(SECRET)
        office.logins.clear()
        for seconds in range(360, 420, 5):
            desk.now = NOON + timedelta(seconds=seconds)
            await desk.post()
    assert len(office.logins) == 1


async def test_f149_without_starttls_neither_password_nor_letter_is_sent(desk: Desk) -> None:
    secret = desk.folder / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    desk.mail = 'security = "starttls"\nusername = "li"\npassword_file = "secret"'
    async with open_office(auth_require_tls=False) as office:
        desk.open(office.port)
        desk.happen("报告")
        posted = await desk.post()
    assert (office.logins, office.letters) == ([], [])
    assert "STARTTLS" in posted.last_error


async def test_f150_a_certificate_that_cannot_be_verified_stops_the_letter_and_the_hint_names_the_cure(desk: Desk) -> None:
    context, ca_file = make_certificate(desk.folder)
    desk.mail = 'security = "tls"'
    async with open_office(wrapped=context) as office:
        desk.open(office.port)
        desk.happen("报告")
        posted = await desk.post()
        assert office.letters == []
        assert "CA file" in posted.last_error
        desk.mail = f'security = "tls"\nca_file = "{ca_file.name}"'
        desk.now += timedelta(hours=1)
        desk.open(office.port)
        assert (await desk.post()).sent == 1


async def test_f151_too_large_is_sent_short_once_with_the_same_message_id(desk: Desk) -> None:
    async with open_office(data_size_limit=4_000) as office:
        desk.open(office.port)
        desk.happen("报告")
        assert len(desk.letters) == 0
        assert (await desk.post()).sent == 1
    (row,) = desk.letters
    assert row.shortened
    assert office.letters == [row.short]
    assert opened(row.short)["Message-ID"] == opened(row.message)["Message-ID"] == row.message_id
    async with open_office(data_size_limit=100) as narrow:
        desk.open(narrow.port)
        desk.happen("另一份报告")
        assert (await desk.post()).given_up == 1
    assert (desk.letters[1].state, narrow.letters) == ("refused", [])


async def test_f152_a_server_without_any_extension_gets_a_readable_letter(desk: Desk) -> None:
    async with open_office(enable_SMTPUTF8=False, decode_data=True) as office:
        desk.open(office.port)
        desk.happen("2025年法治政府建设情况报告")
        assert (await desk.post()).sent == 1
    (came,) = office.letters
    assert came.isascii()
    assert opened(came)["Subject"] == "[新发布] 某市司法局《2025年法治政府建设情况报告》"


async def test_f154_what_waited_since_an_outage_comes_as_one_digest_each(desk: Desk) -> None:
    desk.open(1)
    for number in range(30):
        desk.now += timedelta(minutes=1)
        desk.happen(f"第{number}号报告", LI, WANG)
        await desk.post()
    assert len(desk.letters) == 1, "one letter is tried; the others are not even written"
    desk.now += timedelta(hours=8)
    async with open_office() as office:
        desk.open(office.port)
        await desk.post()
    forms = [(letter.recipient, letter.form, letter.state) for letter in desk.letters]
    assert forms[0] == (LI, "single", "sent")
    assert sorted(forms[1:]) == [(LI, "storm", "sent"), (WANG, "storm", "sent")]
    assert sorted(office.recipients) == [LI, LI, WANG]


async def test_f155_a_connection_that_drops_at_quit_is_a_letter_that_was_sent(desk: Desk) -> None:
    connections = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        await speak_until(reader, writer, b"DATA")
        writer.write(b"354 go on\r\n")
        await read_letter(reader)
        writer.write(b"250 taken\r\n")
        await reader.readline()  # QUIT, and nobody answers

    async with open_socket(script) as port:
        desk.open(port)
        desk.happen("报告")
        assert (await desk.post()).sent == 1
        desk.now += timedelta(days=2)
        await desk.post()
    assert (len(connections), desk.letters[0].state) == (1, "sent")
