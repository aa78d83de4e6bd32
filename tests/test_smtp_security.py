"""Encryption, certificates and logins, against real servers on loopback. The numbers F1xx are those of the fault catalogue."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.deliver.delivery import AuthFailed, Cause, Deferred, Sent, told
from crawler.deliver.smtp import send
from tests.post_offices import LETTER, RECIPIENT, SECRET, make_certificate, open_office, open_socket, sent_to, server


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


async def test_a_missing_ca_file_makes_the_letter_wait(tmp_path: Path) -> None:
    context, _ = make_certificate(tmp_path)
    async with open_office(wrapped=context) as office:
        delivery = await send(server(office.port, security="tls", ca_file=str(tmp_path / "none.pem")), RECIPIENT, LETTER)
    assert isinstance(delivery, Deferred)
    assert "none.pem" in delivery.detail or "No such file" in delivery.detail
