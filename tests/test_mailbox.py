"""The demo's mail server: what it keeps, refuses, puts off and drops, by real SMTP dialogues."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest

from crawler.demo.mailbox import Mailbox, Mood

RECIPIENTS = ["reader@example.cn", "second@example.cn"]


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with Mailbox(tmp_path / "mail") as server:
        yield server


def letter(subject: str = "【闵行区司法局】修订：226件改为236件") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = "watch@example.cn", RECIPIENTS[0], subject, "<1@watch>"
    made.set_content("正文\n.以点开头的一行\n")
    return made


def send(mailbox: Mailbox, recipients: list[str] = RECIPIENTS) -> dict[str, tuple[int, bytes]]:
    with smtplib.SMTP("127.0.0.1", mailbox.port, timeout=20) as client:
        return client.send_message(letter(), to_addrs=recipients)


def test_a_letter_is_kept_once_for_each_recipient_byte_for_byte(mailbox: Mailbox) -> None:
    assert send(mailbox) == {}
    first, second = mailbox.letters()
    assert [kept.path.name for kept in (first, second)] == ["001-reader@example.cn.eml", "002-second@example.cn.eml"]
    assert (first.sender, first.recipient, first.read()) == ("watch@example.cn", RECIPIENTS[0], second.read())
    opened = BytesParser(policy=default).parsebytes(first.read())
    assert opened["Subject"] == "【闵行区司法局】修订：226件改为236件"
    assert opened["Message-ID"] == "<1@watch>"
    assert opened.get_content().splitlines() == ["正文", ".以点开头的一行"]


def test_a_refused_recipient_gets_550_and_the_other_his_letter(mailbox: Mailbox) -> None:
    mailbox.refuse(["Reader@example.cn"])
    refused = send(mailbox, ["reader@EXAMPLE.cn", "second@example.cn"])
    assert [(who, code) for who, (code, _said) in refused.items()] == [("reader@EXAMPLE.cn", 550)]
    assert [kept.recipient for kept in mailbox.letters()] == ["second@example.cn"]
    mailbox.refuse([])
    assert send(mailbox) == {}


def test_try_later_is_a_450_and_keeps_nothing(mailbox: Mailbox) -> None:
    mailbox.mood = Mood.TRY_LATER
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(mailbox)
    assert {code for code, _said in refused.value.recipients.values()} == {450}
    assert mailbox.letters() == ()
    mailbox.mood = Mood.ACCEPTING
    assert send(mailbox) == {}


def test_closing_is_a_421_and_ends_the_line(mailbox: Mailbox) -> None:
    mailbox.mood = Mood.CLOSING
    with socket.create_connection(("127.0.0.1", mailbox.port), timeout=20) as line:
        dialogue = line.makefile("rwb")
        assert dialogue.readline().startswith(b"220")
        dialogue.write(b"HELO x\r\nMAIL FROM:<a@b.cn>\r\n")
        dialogue.flush()
        assert dialogue.readline().startswith(b"250")
        assert dialogue.readline().startswith(b"421")
        assert dialogue.read() == b""
    assert mailbox.letters() == ()


@pytest.mark.parametrize(("mood", "kept"), [(Mood.DROPPING_KEPT, 2), (Mood.DROPPING_LOST, 0)])
def test_a_line_dropped_after_the_final_dot_leaves_the_sender_in_doubt(mailbox: Mailbox, mood: Mood, kept: int) -> None:
    mailbox.mood = mood
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(mailbox)
    assert len(mailbox.letters()) == kept == len(list(mailbox.folder.glob("*.eml")))


def test_a_stopped_server_refuses_connections_and_starts_again_on_its_port(mailbox: Mailbox) -> None:
    send(mailbox)
    mailbox.stop()
    with pytest.raises(ConnectionRefusedError):
        send(mailbox)
    mailbox.start()
    send(mailbox)
    assert len(mailbox.letters()) == 4


def test_a_later_server_in_the_same_folder_overwrites_no_letter(mailbox: Mailbox) -> None:
    send(mailbox)
    with Mailbox(mailbox.folder) as later:
        send(later)
        assert [kept.number for kept in later.letters()] == [3, 4]
    assert len(list(mailbox.folder.glob("*.eml"))) == 4


def test_a_recipients_name_cannot_lead_out_of_the_folder(mailbox: Mailbox) -> None:
    send(mailbox, ['"../../x/y"@example.cn'])
    (kept,) = mailbox.letters()
    assert kept.path.parent == mailbox.folder
    assert kept.path.name == "001-.._.._x_y@example.cn.eml"


def test_an_open_dialogue_does_not_keep_the_server_from_stopping(mailbox: Mailbox) -> None:
    with socket.create_connection(("127.0.0.1", mailbox.port), timeout=20) as line:
        assert line.recv(3) == b"220"
        mailbox.stop()
        assert line.recv(10_000).endswith(b"\r\n")
        assert line.recv(1) == b""
