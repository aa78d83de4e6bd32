"""Our letters through a real Postfix: taken, refused, put off, too large, encrypted; and what arrives is what was written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.deliver.delivery import Cause, Deferred, Delivery, Refused, Sent, TooLarge
from crawler.deliver.smtp import send
from crawler.flow import Language
from tests.letter_stories import EVENTS, LANGUAGES, letter, opened, parts, revised
from tests.post_offices import LETTER, make_certificate, server
from tests.postfix_office import PostfixOffice, open_postfix
from tests.test_letter_hostile import HIDDEN, MARKUP, SEPARATORS, filled


@pytest.fixture(scope="module")
def started() -> Iterator[PostfixOffice]:
    folder = Path(tempfile.mkdtemp(prefix="pf"))
    office = open_postfix(folder)
    yield office
    office.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def office(started: PostfixOffice) -> Iterator[PostfixOffice]:
    """The running instance with an empty mailbox, put back to its first settings afterwards."""
    first = (started.folder / "main.cf").read_text()
    shutil.rmtree(started.folder / "mail" / "inbox", ignore_errors=True)
    yield started
    if (started.folder / "main.cf").read_text() != first or (started.folder / "access").read_text():
        (started.folder / "main.cf").write_text(first)
        started.answer("")


async def sent(
    office: PostfixOffice, message: bytes = LETTER, recipient: str = "li@example.org", **different: object
) -> Delivery:
    return await send(server(office.port, **different), recipient, message)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_kind_of_letter_arrives_as_it_was_written(office: PostfixOffice, language: Language) -> None:
    written = [letter(told, language) for told in EVENTS.values()]
    for message in written:
        assert isinstance(await sent(office, message), Sent)
    arrived = {opened(message)["Message-ID"]: message for message in office.letters(len(written))}
    for message in written:
        came = arrived[opened(message)["Message-ID"]]
        assert opened(came)["Subject"] == opened(message)["Subject"]
        assert [part.replace("\r\n", "\n") for part in parts(came)] == [part.replace("\r\n", "\n") for part in parts(message)]
        assert max(map(len, came.splitlines())) <= 998  # RFC 5322, 2.1.1
        for name in ("List-Unsubscribe", "Auto-Submitted", "In-Reply-To", "List-Id"):
            assert opened(came)[name] == opened(message)[name]


async def test_what_a_page_says_adds_no_header_and_no_recipient(office: PostfixOffice) -> None:
    hostile = replace(
        revised(), title="报告\r\nBcc: thief@example.org\r\n\r\n<script>x</script>", bureau="局\nTo: x@example.org"
    )
    assert isinstance(await sent(office, letter(hostile)), Sent)
    (came,) = office.letters(1)
    assert opened(came)["Bcc"] is None
    assert opened(came).get_all("To") == ["li@example.org"]
    assert "<script>" not in parts(came)[1]
    assert opened(came)["Delivered-To"] == "li@example.org"


@pytest.mark.parametrize("text", [f"总结{SEPARATORS}Bcc: eve@example.net", f"总结{HIDDEN}", *MARKUP])
async def test_hostile_text_in_every_field_arrives_with_the_headers_of_any_letter(office: PostfixOffice, text: str) -> None:
    written = letter(filled(text))
    assert isinstance(await sent(office, written), Sent)
    (came,) = office.letters(1)
    added = {"return-path", "x-original-to", "delivered-to", "received"}
    assert [name for name in opened(came) if name.lower() not in added] == opened(letter(filled("总结"))).keys()
    assert opened(came)["Subject"] == opened(written)["Subject"]
    assert [part.replace("\r\n", "\n") for part in parts(came)] == [part.replace("\r\n", "\n") for part in parts(written)]
    assert max(map(len, came.splitlines())) <= 998  # RFC 5322, 2.1.1


async def test_f143_one_is_refused_and_the_other_one_has_the_letter(office: PostfixOffice) -> None:
    office.answer("/^gone@/ 550 5.1.1 no such person\n")
    refused = await sent(office, recipient="gone@example.org")
    assert isinstance(refused, Refused)
    assert refused.code == 550
    assert isinstance(await sent(office), Sent)
    assert len(office.letters(1)) == 1


async def test_f153_greylisted_first_and_taken_later_is_one_letter(office: PostfixOffice) -> None:
    office.answer("/^li@/ 450 4.7.1 come back later\n")
    assert await sent(office) == Deferred(
        Cause.NOT_NOW, "450 4.7.1 <li@example.org>: Recipient address rejected: come back later"
    )
    office.answer("")
    assert isinstance(await sent(office), Sent)
    assert len(office.letters(1)) == 1


async def test_f151_a_size_limit_is_seen_before_the_letter_is_sent(office: PostfixOffice) -> None:
    office.set(message_size_limit="8000", virtual_mailbox_limit="8000")
    delivery = await sent(office)
    assert isinstance(delivery, TooLarge)
    assert delivery.limit == 8000
    short = letter(revised(), shortened=True)
    assert len(short) <= 4000
    assert len(LETTER) > 8000
    assert isinstance(await sent(office, short), Sent)
    (came,) = office.letters(1)
    assert opened(came)["Message-ID"] == opened(LETTER)["Message-ID"]


async def test_f150_starttls_with_the_ca_file_is_taken_and_a_wrong_name_is_not(office: PostfixOffice, tmp_path: Path) -> None:
    _, right = make_certificate(tmp_path)
    _, wrong = make_certificate(tmp_path, "elsewhere.example")
    key = {"smtpd_tls_security_level": "encrypt"}
    for file in (right, right.with_suffix(".key"), wrong, wrong.with_suffix(".key")):
        shutil.copy(file, office.folder / file.name)
    office.set(
        **key, smtpd_tls_cert_file=f"{office.folder}/{right.name}", smtpd_tls_key_file=f"{office.folder}/{right.stem}.key"
    )
    assert isinstance(await sent(office, security="starttls", ca_file=str(right)), Sent)
    unknown = await sent(office, security="starttls")
    assert isinstance(unknown, Deferred)
    assert unknown.cause is Cause.CERTIFICATE
    assert "CA file" in unknown.cause.hint
    office.set(
        **key, smtpd_tls_cert_file=f"{office.folder}/{wrong.name}", smtpd_tls_key_file=f"{office.folder}/{wrong.stem}.key"
    )
    misnamed = await sent(office, security="starttls", ca_file=str(wrong))
    assert isinstance(misnamed, Deferred)
    assert misnamed.cause is Cause.CERTIFICATE
    assert len(office.letters(1)) == 1


async def test_f149_a_server_without_starttls_gets_nothing_where_it_is_demanded(office: PostfixOffice) -> None:
    delivery = await sent(office, security="starttls", username="li", password="secret")
    assert isinstance(delivery, Deferred)
    assert delivery.cause is Cause.NO_STARTTLS
    assert "ehlo=1 quit=1 commands=2" in office.log("ehlo=1 quit=1")  # of a whole connection: no AUTH, no MAIL
    assert office.letters(0) == []
