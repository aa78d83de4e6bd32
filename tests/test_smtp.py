"""Sending a letter, against real servers on loopback. The numbers F1xx are those of the fault catalogue."""

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy

import pytest

from crawler.deliver.delivery import Cause, Deferred, Delivery, InDoubt, Refused, SenderRefused, Sent, TooLarge
from crawler.deliver.smtp import MailServer, send
from tests.post_offices import HOST, LETTER, RECIPIENT, open_office, read_letter, sent_to, server, speak_until


async def test_a_letter_arrives_byte_for_byte() -> None:
    async with open_office() as office:
        assert isinstance(await send(server(office.port), RECIPIENT, LETTER), Sent)
    assert office.letters == [LETTER]
    assert office.recipients == [RECIPIENT]


async def test_a_resent_letter_is_byte_identical_to_the_first_try_f153() -> None:
    async with open_office({"RCPT": "450 greylisted, come back later"}) as office:
        assert isinstance(await send(server(office.port), RECIPIENT, LETTER), Deferred)
        office.answers = {}
        assert isinstance(await send(server(office.port), RECIPIENT, LETTER), Sent)
        assert isinstance(await send(server(office.port), RECIPIENT, LETTER), Sent)
    assert office.letters == [LETTER, LETTER]


async def test_lines_that_begin_with_a_dot_arrive_as_they_were() -> None:
    dotted = b"Subject: dots\r\n\r\n.\r\n..\r\n.MAIL FROM:<eve@example.net>\r\nend without a line end"
    async with open_office() as office:
        assert isinstance(await send(server(office.port), RECIPIENT, dotted), Sent)
    assert office.letters == [dotted + b"\r\n"]


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "END"])
@pytest.mark.parametrize("answer", ["450 greylisted", "451 local error", "452 disk full", "421 shutting down"])
async def test_a_4xx_at_any_command_makes_the_letter_wait_f141_f144_f145(command: str, answer: str) -> None:
    async with open_office({command: answer}) as office:
        delivery = await send(server(office.port), RECIPIENT, LETTER)
    of_all = command == "MAIL" or answer.startswith("421")
    assert delivery == Deferred(Cause.SERVER_NOT_NOW if of_all else Cause.NOT_NOW, answer)
    assert office.letters == []


async def test_a_5xx_that_speaks_of_our_own_address_is_not_final_f142() -> None:
    async with open_office({"MAIL": "553 not your address"}) as office:
        assert await send(server(office.port), RECIPIENT, LETTER) == SenderRefused("553 not your address")
    assert office.letters == []


@pytest.mark.parametrize("command", ["RCPT", "END"])
async def test_a_5xx_that_speaks_of_the_letter_is_final_f142_f143(command: str) -> None:
    async with open_office({command: "550 no such user"}) as office:
        assert await send(server(office.port), RECIPIENT, LETTER) == Refused(550, "550 no such user")
    assert office.letters == []


async def test_a_letter_over_the_servers_size_limit_is_not_even_begun_f151() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 post.example\r\n")
        await reader.readline()
        writer.write(b"250-post.example\r\n250 SIZE 1000\r\n")
        assert await reader.readline() == b"QUIT\r\n"

    assert await sent_to(script) == TooLarge(1000, f"the server takes 1,000 bytes, and this letter has {len(LETTER):,}")


@pytest.mark.parametrize(
    ("answer", "is_size"),
    [
        ("552 too much", True),
        ("554 5.3.4 too big", True),
        ("550 5.2.3 longer than allowed", True),
        ("550 5.1.1 no user", False),
    ],
)
async def test_an_answer_that_speaks_of_the_size_asks_for_a_short_letter_f151(answer: str, *, is_size: bool) -> None:
    async with open_office({"END": answer}) as office:
        delivery = await send(server(office.port), RECIPIENT, LETTER)
    assert isinstance(delivery, TooLarge) is is_size
    assert answer in delivery.detail


@pytest.mark.parametrize("answer", [b"554 no service for your address", b"421 too busy"])
async def test_a_server_that_greets_with_a_refusal_makes_the_letter_wait(answer: bytes) -> None:
    async def script(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer + b"\r\n")
        await writer.drain()

    assert await sent_to(script) == Deferred(Cause.SERVER_NOT_NOW, answer.decode())


async def test_a_server_that_is_down_makes_the_letter_wait_f140() -> None:
    async with open_office() as office:
        port = office.port
    delivery = await send(server(port), RECIPIENT, LETTER)
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.UNREACHABLE


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "x" * 300])
async def test_a_host_that_is_not_known_makes_the_letter_wait(host: str) -> None:
    delivery = await send(server(25, host=host), RECIPIENT, LETTER)
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.UNREACHABLE


@pytest.mark.parametrize(
    ("answer", "delivery"),
    [
        ("451 later", Deferred(Cause.NOT_NOW, "451 later")),
        ("421 shutting down", Deferred(Cause.SERVER_NOT_NOW, "421 shutting down")),
        ("554 no valid recipients", Refused(554, "554 no valid recipients")),
    ],
)
async def test_a_letter_that_is_not_asked_for_is_not_sent(answer: str, delivery: Delivery) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await speak_until(reader, writer, b"DATA")
        writer.write(f"{answer}\r\n".encode())
        assert (await reader.readline()) in {b"QUIT\r\n", b""}

    assert await sent_to(script) == delivery


@pytest.mark.parametrize("last", [b"EHLO", b"MAIL", b"RCPT", b"DATA"])
async def test_a_connection_lost_before_the_letter_is_handed_over_makes_it_wait(last: bytes) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await speak_until(reader, writer, last)

    delivery = await sent_to(script)
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.LOST


@pytest.mark.parametrize("last", [b"EHLO", b"MAIL", b"RCPT", b"DATA"])
async def test_a_server_that_falls_silent_before_the_letter_makes_it_wait(last: bytes) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await speak_until(reader, writer, last)
        await reader.read()

    delivery = await sent_to(script, timeout_s=0.2)
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.TIMEOUT


async def test_a_connection_lost_after_the_final_dot_leaves_the_letter_in_doubt_f146() -> None:
    read: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await speak_until(reader, writer, b"DATA")
        writer.write(b"354 go ahead\r\n")
        read.append(await read_letter(reader))

    assert isinstance(await sent_to(script), InDoubt)
    assert read == [LETTER + b".\r\n"]


@pytest.mark.parametrize("answer", [b"", b"what?\r\n"])
async def test_no_proper_answer_to_the_final_dot_leaves_the_letter_in_doubt(answer: bytes) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await speak_until(reader, writer, b"DATA")
        writer.write(b"354 go ahead\r\n")
        await read_letter(reader)
        writer.write(answer)
        await reader.read()

    assert isinstance(await sent_to(script, answer_timeout_s=0.3), InDoubt)


async def test_the_answer_to_the_final_dot_may_take_longer_than_any_other_f147() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await speak_until(reader, writer, b"DATA")
        writer.write(b"354 go ahead\r\n")
        await read_letter(reader)
        await asyncio.sleep(2)  # longer than timeout_s
        writer.write(b"250 taken\r\n")
        await reader.readline()  # QUIT

    assert await sent_to(script, timeout_s=1.5) == Sent("250 taken")


def test_ten_minutes_are_waited_for_the_answer_to_the_final_dot_unless_told_otherwise() -> None:
    assert MailServer(HOST, 25, "none", "", "", "watch@example.org").answer_timeout_s == 600


async def test_a_connection_lost_at_the_farewell_is_a_letter_sent_f155() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await speak_until(reader, writer, b"DATA")
        writer.write(b"354 go ahead\r\n")
        await read_letter(reader)
        writer.write(b"250 taken\r\n")
        await reader.readline()  # QUIT

    assert await sent_to(script) == Sent("250 taken")


async def test_a_chinese_subject_needs_neither_smtputf8_nor_8bitmime_f152() -> None:
    async with open_office(enable_SMTPUTF8=False, decode_data=True) as office:
        assert isinstance(await send(server(office.port), RECIPIENT, LETTER), Sent)
    (arrived,) = office.letters
    read = message_from_bytes(arrived, policy=policy.default)
    assert read["Subject"] == "[修订] 闵行区司法局《2020年闵行区司法局行政工作总结》新收行政复议案件 226件→236件"


@pytest.mark.parametrize("recipient", ["李@example.org", "li@例子.cn"])
async def test_an_address_that_smtp_cannot_write_is_refused_and_never_sent(recipient: str) -> None:
    async with open_office() as office:
        delivery = await send(server(office.port), recipient, LETTER)
    assert isinstance(delivery, Refused)
    assert delivery.code is None
    assert office.letters == []


async def test_what_a_server_answers_is_kept_on_one_short_line_without_controls() -> None:
    async with open_office({"RCPT": f"550 \x1b[31m{'x' * 400}"}) as office:
        delivery = await send(server(office.port), RECIPIENT, LETTER)
    assert len(delivery.detail) <= 300
    assert "\x1b" not in delivery.detail
