"""Sending a letter, against real servers on loopback. The numbers F1xx are those of the fault catalogue."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from letter_stories import revised
from post_offices import HOST, Script, make_certificate, open_office, open_socket, read_letter, speak_until

from crawler.deliver.delivery import AuthFailed, Cause, Deferred, Delivery, InDoubt, Refused, Sent, told
from crawler.deliver.letter import compose
from crawler.deliver.smtp import MailServer, send

RECIPIENT = "li@example.org"
SECRET = "canary-8f2c6f0e9d"
LETTER = compose(
    [revised()],
    recipient=RECIPIENT,
    sender="watch@example.org",
    message_id="<1.9f86d081884c7d65@example.org>",
    date=datetime(2026, 3, 12, 3, 0, tzinfo=UTC),
)


def server(port: int, **different: object) -> MailServer:
    plain = MailServer(
        HOST, port, "none", username="", password="", sender="watch@example.org", timeout_s=20, answer_timeout_s=20
    )
    return replace(plain, **different)  # type: ignore[arg-type]


async def sent_to(script: Script, **different: object) -> Delivery:
    async with open_socket(script) as port:
        return await send(server(port, **different), RECIPIENT, LETTER)


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
    assert delivery == Deferred(Cause.NOT_NOW, answer)
    assert office.letters == []


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "END"])
async def test_a_5xx_that_speaks_of_the_letter_is_final_f142_f143(command: str) -> None:
    async with open_office({command: "550 no such user"}) as office:
        assert await send(server(office.port), RECIPIENT, LETTER) == Refused(550, "550 no such user")
    assert office.letters == []


async def test_a_letter_over_the_servers_size_limit_is_refused_before_it_is_sent_f151() -> None:
    async with open_office(data_size_limit=1000) as office:
        delivery = await send(server(office.port), RECIPIENT, LETTER)
    assert isinstance(delivery, Refused)
    assert delivery.code == 552


@pytest.mark.parametrize("answer", [b"554 no service for your address", b"421 too busy"])
async def test_a_server_that_greets_with_a_refusal_makes_the_letter_wait(answer: bytes) -> None:
    async def script(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer + b"\r\n")
        await writer.drain()

    assert await sent_to(script) == Deferred(Cause.NOT_NOW, answer.decode())


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
        ("421 shutting down", Deferred(Cause.NOT_NOW, "421 shutting down")),
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
    assert read["Subject"] == "[修订] 闵行区司法局《2020年闵行区司法局行政工作总结》226件→236件"


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_an_encrypted_letter_arrives_where_the_certificate_is_known(security: str, tmp_path: Path) -> None:
    context, ca_file = make_certificate(tmp_path)
    options: dict[str, Any] = {"wrapped": context} if security == "tls" else {"tls_context": context, "require_starttls": True}
    async with open_office(**options) as office:
        delivery = await send(server(office.port, security=security, ca_file=str(ca_file)), RECIPIENT, LETTER)
    assert isinstance(delivery, Sent)
    assert office.letters == [LETTER]


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_certificate_that_nobody_vouches_for_is_refused_f150(security: str, tmp_path: Path) -> None:
    context, _ = make_certificate(tmp_path)
    options: dict[str, Any] = {"wrapped": context} if security == "tls" else {"tls_context": context}
    async with open_office(**options) as office:
        asked = server(office.port, security=security, username="watch", password=SECRET)
        delivery = await send(asked, RECIPIENT, LETTER)
        unchecked = await send(replace(asked, username="", password="", verify=False), RECIPIENT, LETTER)
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.CERTIFICATE
    assert "CA file" in told(delivery)
    assert office.logins == []
    assert isinstance(unchecked, Sent)


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_certificate_for_another_name_is_refused(security: str, tmp_path: Path) -> None:
    context, ca_file = make_certificate(tmp_path, "other.example")
    options: dict[str, Any] = {"wrapped": context} if security == "tls" else {"tls_context": context}
    async with open_office(**options) as office:
        delivery = await send(server(office.port, security=security, ca_file=str(ca_file)), RECIPIENT, LETTER)
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.CERTIFICATE
    assert office.letters == []


async def test_where_starttls_is_not_offered_neither_login_nor_letter_is_sent_f149() -> None:
    async with open_office(auth_require_tls=False) as office:
        asked = server(office.port, security="starttls", username="watch", password=SECRET)
        delivery = await send(asked, RECIPIENT, LETTER)
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.NO_STARTTLS
    assert (office.logins, office.letters) == ([], [])


async def test_where_starttls_is_offered_and_then_denied_nothing_is_sent() -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 post.example\r\n")
        await reader.readline()
        writer.write(b"250-post.example\r\n250 STARTTLS\r\n")
        assert await reader.readline() == b"STARTTLS\r\n"
        writer.write(b"454 TLS not available\r\n")
        assert (await reader.readline()) in {b"QUIT\r\n", b""}

    delivery = await sent_to(script, security="starttls", username="watch", password=SECRET)
    assert delivery == Deferred(Cause.NO_STARTTLS, "454 TLS not available")


async def test_a_server_that_speaks_no_tls_on_a_tls_port_makes_the_letter_wait() -> None:
    async with open_office() as office:
        delivery = await send(server(office.port, security="tls"), RECIPIENT, LETTER)
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.ENCRYPTION


async def test_a_refused_login_is_told_apart_and_tried_with_one_method_only_f148() -> None:
    async with open_office(auth_require_tls=False) as office:
        delivery = await send(server(office.port, username="watch", password=SECRET), RECIPIENT, LETTER)
    assert isinstance(delivery, AuthFailed)
    assert "535" in delivery.detail
    assert len(office.logins) == 1
    assert office.letters == []


async def test_an_accepted_login_sends_the_letter() -> None:
    async with open_office(auth_require_tls=False, auth_required=True) as office:
        delivery = await send(server(office.port, username="watch", password="correct horse"), RECIPIENT, LETTER)
    assert isinstance(delivery, Sent)
    assert office.letters == [LETTER]


async def test_a_server_that_wants_a_login_where_none_is_set_does_not_lose_the_letter() -> None:
    async with open_office(auth_require_tls=False, auth_required=True) as office:
        delivery = await send(server(office.port), RECIPIENT, LETTER)
    assert isinstance(delivery, AuthFailed)
    assert "530" in delivery.detail


async def test_a_login_that_the_server_does_not_offer_is_told() -> None:
    async with open_office(auth_require_tls=True) as office:  # AUTH is offered after encryption only
        delivery = await send(server(office.port, username="watch", password=SECRET), RECIPIENT, LETTER)
    assert isinstance(delivery, AuthFailed)
    assert office.logins == []


async def test_a_password_never_travels_in_the_clear_to_another_machine() -> None:
    delivery = await send(server(25, host="mail.invalid", username="watch", password=SECRET), RECIPIENT, LETTER)
    assert isinstance(delivery, AuthFailed)
    assert "in the clear" in delivery.detail


async def test_a_password_is_in_no_repr_and_no_answer_even_where_the_server_repeats_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    token = base64.b64encode(b"\0watch\0" + SECRET.encode())

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 post.example\r\n")
        await reader.readline()
        writer.write(b"250-post.example\r\n250 AUTH PLAIN\r\n")
        assert await reader.readline() == b"AUTH PLAIN " + token + b"\r\n"
        writer.write(b"535 no: " + token + b" which is " + SECRET.encode() + b"\r\n")
        await reader.readline()

    caplog.set_level("DEBUG")
    async with open_socket(script) as port:
        asked = server(port, username="watch", password=SECRET)
        delivery = await send(asked, RECIPIENT, LETTER)
    assert isinstance(delivery, AuthFailed)
    for text in (repr(asked), repr(delivery), told(delivery), caplog.text):
        assert SECRET not in text
        assert token.decode() not in text


@pytest.mark.parametrize("recipient", ["李@example.org", "li@例子.cn"])
async def test_an_address_that_smtp_cannot_write_is_refused_and_never_sent(recipient: str) -> None:
    async with open_office() as office:
        delivery = await send(server(office.port), recipient, LETTER)
    assert isinstance(delivery, Refused)
    assert delivery.code is None
    assert office.letters == []


async def test_a_missing_ca_file_makes_the_letter_wait(tmp_path: Path) -> None:
    context, _ = make_certificate(tmp_path)
    async with open_office(wrapped=context) as office:
        delivery = await send(server(office.port, security="tls", ca_file=str(tmp_path / "none.pem")), RECIPIENT, LETTER)
    assert isinstance(delivery, Deferred)
    assert "none.pem" in delivery.detail or "No such file" in delivery.detail


async def test_what_a_server_answers_is_kept_on_one_short_line_without_controls() -> None:
    async with open_office({"RCPT": f"550 \x1b[31m{'x' * 400}"}) as office:
        delivery = await send(server(office.port), RECIPIENT, LETTER)
    assert len(delivery.detail) <= 300
    assert "\x1b" not in delivery.detail
