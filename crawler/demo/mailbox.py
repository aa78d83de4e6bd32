"""A mail server on this machine that keeps every letter it accepts as a file, and refuses on demand. Sends nothing on."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from crawler.demo.background import BackgroundLoop


class Mood(Enum):
    """How the server meets a letter."""

    ACCEPTING = "accepting"
    TRY_LATER = "try later"  # 450 to every recipient
    CLOSING = "closing"  # 421 to the sender's name, and the line is closed
    DROPPING_KEPT = "dropping kept"  # the letter is kept, but the line is cut before the final dot is answered
    DROPPING_LOST = "dropping lost"  # the same, and the letter is not kept


@dataclass(frozen=True)
class Letter:
    """One accepted letter, in one recipient's copy."""

    number: int  # 1-based, in order of arrival
    recipient: str
    sender: str
    path: Path  # NNN-<recipient>.eml, byte for byte as it came

    def read(self) -> bytes:
        """The letter's bytes."""
        return self.path.read_bytes()


class Mailbox:
    """An SMTP server on 127.0.0.1 in a thread of its own.

    Args:
        folder: where the letters are saved; made if missing.
        port: 0 takes any free one, and keeps it.
    """

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        self.folder = folder
        self.port = port
        self.mood = Mood.ACCEPTING
        self._refused: frozenset[str] = frozenset()
        self._letters: list[Letter] = []
        self._kept_before = len(list(folder.glob("*.eml")))  # by a server before this one; its files stay
        self._lock = threading.Lock()
        self._loop: BackgroundLoop | None = None
        self._server: asyncio.Server | None = None

    def start(self) -> Self:
        """Listen.

        Raises:
            OSError: the port is taken; choose another, or 0.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._loop = BackgroundLoop("mailbox")
        try:
            self._server = self._loop.run(self._listen())
        except OSError:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Be down: connections are refused. `start` opens the same port again."""
        if self._loop is not None:
            if self._server is not None:
                self._loop.run(_close(self._server))
                self._server = None
            self._loop.close()
            self._loop = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.stop()

    def refuse(self, recipients: Iterable[str]) -> None:
        """Answer 550 to these addresses from now on, and to no others."""
        self._refused = frozenset(address.lower() for address in recipients)

    def letters(self) -> tuple[Letter, ...]:
        """What this server accepted, in order of arrival; not what stood in the folder before."""
        with self._lock:
            return tuple(self._letters)

    def answer_to(self, recipient: str) -> str:
        """The reply to a recipient, by the present mood."""
        if recipient.lower() in self._refused:
            return "550 5.1.1 no such mailbox here"
        if self.mood is Mood.TRY_LATER:
            return "450 4.2.1 mailbox busy, try again later"
        return "250 OK"

    def keep(self, envelope: Envelope) -> None:
        """Save a letter, one copy for each recipient."""
        content = envelope.original_content or b""
        with self._lock:
            for recipient in envelope.rcpt_tos:
                number = self._kept_before + len(self._letters) + 1
                path = self.folder / f"{number:03d}-{re.sub(r'[^A-Za-z0-9@._+-]', '_', recipient)[:100]}.eml"
                path.write_bytes(content)
                self._letters.append(Letter(number, recipient, envelope.mail_from or "", path))

    async def _listen(self) -> asyncio.Server:
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        loop = asyncio.get_running_loop()
        return await loop.create_server(lambda: SMTP(_Desk(self), hostname="mailbox.demo", enable_SMTPUTF8=True), sock=listener)


class _Desk:
    """What aiosmtpd asks at each step of the dialogue; the names are its own."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self._mailbox.mood is Mood.CLOSING:
            _cut_soon(server)
            return "421 4.3.2 mailbox.demo is closing, try again later"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        said = self._mailbox.answer_to(address)
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        mood = self._mailbox.mood
        if mood is not Mood.DROPPING_LOST:
            self._mailbox.keep(envelope)
        if mood in {Mood.DROPPING_KEPT, Mood.DROPPING_LOST}:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK: kept"


def _cut_soon(server: SMTP) -> None:
    """Close the line after the answer that is about to be written."""
    assert server.transport is not None
    asyncio.get_running_loop().call_soon(server.transport.close)


async def _close(server: asyncio.Server) -> None:
    server.close()  # open dialogues end with the loop
