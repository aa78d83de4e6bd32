"""F140 to F147 over the whole way of a letter: alert, outbox, mail server, and back into the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from storage import outbox
from storage.database import writing
from tests.post_desk import LI, NOBODY_LISTENS, WANG, Desk
from tests.post_offices import PostOffice, open_office, open_socket, read_letter, speak_until


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    fresh = Desk(tmp_path)
    yield fresh
    fresh.close()


async def test_f140_a_server_that_is_down_is_tried_for_five_days_and_then_called_failed(desk: Desk) -> None:
    desk.open(NOBODY_LISTENS)
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
    assert outbox.counts(desk.open(NOBODY_LISTENS).db)["unbound"] == 1, (
        "the other one waits as an alert: no letter was frozen for it"
    )


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


async def test_f142_an_answer_of_5xx_is_final_and_shown_and_the_others_go_on(desk: Desk) -> None:
    async with open_office({"END": "554 5.7.1 not wanted"}) as office:
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


@pytest.mark.parametrize("answer", ["553 5.7.1 not your address", "451 4.7.1 too many letters"])
async def test_f142_what_is_said_of_our_own_address_makes_no_letter_final_and_no_second_one_is_tried(
    desk: Desk, answer: str
) -> None:
    async with open_office({"MAIL": answer}) as office:
        desk.open(office.port)
        for number in range(5):
            desk.happen(f"报告{number}", LI if number % 2 else WANG)
        for _ in range(3):
            await desk.post(timedelta(seconds=5))
        (letter,) = desk.letters
        assert (letter.state, letter.attempts) == ("pending", 1)
        assert answer in letter.last_error
        office.answers = {}
        assert (await desk.post(timedelta(minutes=61))).sent == 5
    assert outbox.counts(desk.db) == {"sent": 5, "unbound": 0}


@pytest.mark.parametrize("place", ["greeting", "RCPT"])
async def test_f141_a_server_that_is_closing_is_left_alone_by_all_letters(desk: Desk, place: str) -> None:
    greeted = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        greeted.append(1)
        if place == "RCPT":
            await speak_until(reader, writer, b"RCPT")
        writer.write(b"421 too busy\r\n")

    async with open_socket(script) as port:
        desk.open(port)
        for number in range(5):
            desk.happen(f"报告{number}", LI if number % 2 else WANG)
        for _ in range(3):
            await desk.post(timedelta(seconds=5))
    assert (len(greeted), len(desk.letters)) == (1, 1)


async def test_f145_a_connection_that_breaks_with_two_letters_is_the_servers_fault_and_with_one_it_may_be_the_letters(
    desk: Desk,
) -> None:
    breaks = [True, False]

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen = len(tried)
        tried.append(1)
        await speak_until(reader, writer, b"DATA")
        if seen < len(breaks) and not breaks[seen]:
            writer.write(b"354 go on\r\n")
            await read_letter(reader)
            writer.write(b"250 taken\r\n")

    async with open_socket(script) as port:
        tried: list[int] = []
        desk.open(port)
        for number in range(2):
            desk.happen(f"报告{number}")
        assert (await desk.post()).sent == 1, "the second one; the first one may be to blame itself"
        tried, breaks = [], [True, True, True, True]
        for number in range(5):
            desk.happen(f"另一份{number}", WANG)
            await desk.post()
        assert len(tried) == 1, "with the one that waits it makes two: the server is left alone"


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
        with writing(desk.db):
            outbox.begin_try(desk.db, desk.letters[0].id)  # and dies here
        office.answers = {}
        desk.now += timedelta(hours=1)
        desk.open(office.port)
        await desk.post()
        assert (desk.letters[0].state, office.letters) == ("held", [])
        with writing(desk.db):
            assert outbox.retry(desk.db, desk.letters[0].id, desk.now)
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
