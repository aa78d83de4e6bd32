"""F148 to F155 over the whole way of a letter: passwords, encryption, sizes, outages, and the end of a dialogue."""

from __future__ import annotations

import asyncio
import logging
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.letter_stories import opened
from tests.post_desk import LI, NOBODY_LISTENS, NOON, WANG, Desk
from tests.post_offices import SECRET, make_certificate, open_office, open_socket, read_letter, speak_until


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    fresh = Desk(tmp_path)
    yield fresh
    fresh.close()


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
            desk.happen(f"报告{number}")
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
    desk.open(NOBODY_LISTENS)
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
