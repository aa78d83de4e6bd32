"""Mail servers for tests, real ones on loopback: aiosmtpd with a scripted handler, and raw ones that break off."""

# ruff: noqa: ARG002, N802  names and arguments are those that aiosmtpd calls its handlers with

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler.deliver.delivery import Delivery
from crawler.deliver.smtp import MailServer, send
from tests.letter_stories import letter, revised

HOST = "127.0.0.1"
RECIPIENT = "li@example.org"
SECRET = "canary-8f2c6f0e9d"
LETTER = letter(revised())


@dataclass
class PostOffice:
    """An aiosmtpd handler: accepts every letter, but for the commands it was told to answer otherwise."""

    answers: Mapping[str, str] = field(default_factory=dict)  # "MAIL", "RCPT", or "END" (the final dot) -> the answer
    port: int = 0
    letters: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)  # method, and name and password

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        answer = self.answers.get("RCPT", "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.get("END", "250 taken")
        if answer.startswith("250"):
            content = envelope.content or b""
            self.letters.append(content.encode("ascii") if isinstance(content, str) else content)
            self.recipients.extend(envelope.rcpt_tos)
        return answer

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: LoginPassword
    ) -> AuthResult:
        name, password = login.login.decode(), login.password.decode()
        self.logins.append((mechanism, f"{name}:{password}"))
        return AuthResult(success=password == "correct horse", handled=False)


@asynccontextmanager
async def open_office(
    answers: Mapping[str, str] | None = None,
    *,
    wrapped: ssl.SSLContext | None = None,
    office: PostOffice | None = None,
    **options: Any,
) -> AsyncIterator[Any]:
    """An aiosmtpd server on a free port of this machine.

    `wrapped` encrypts from the first byte; `options` are those of `aiosmtpd.smtp.SMTP`.
    """
    office = office or PostOffice(answers or {})

    def connected() -> SMTP:
        return SMTP(office, hostname="post.example", authenticator=office.authenticate, **options)

    server = await asyncio.get_running_loop().create_server(connected, HOST, 0, ssl=wrapped)
    office.port = server.sockets[0].getsockname()[1]
    async with server:
        yield office


Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def open_socket(script: Script) -> AsyncIterator[int]:
    """A server that follows a script of bytes, for what no honest server does; yields its port."""

    async def follow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await script(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(follow, HOST, 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def server(port: int, **different: object) -> MailServer:
    plain = MailServer(
        HOST, port, "none", username="", password="", sender="watch@example.org", timeout_s=20, answer_timeout_s=20
    )
    return replace(plain, **different)  # type: ignore[arg-type]


async def sent_to(script: Script, **different: object) -> Delivery:
    async with open_socket(script) as port:
        return await send(server(port, **different), RECIPIENT, LETTER)


async def speak_until(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, last: bytes) -> None:
    """Greet, and answer 250 to every command before `last`, which is read and left unanswered."""
    writer.write(b"220 post.example\r\n")
    while not (line := await reader.readline()).upper().startswith(last):
        assert line, "the client went away too early"
        writer.write(b"250 OK\r\n")


async def read_letter(reader: asyncio.StreamReader) -> bytes:
    """The content after 354, up to and with the final dot."""
    return await reader.readuntil(b"\r\n.\r\n")


def make_certificate(folder: Path, name: str = HOST) -> tuple[ssl.SSLContext, Path]:
    """A certificate that signs itself, in force for a day: the server's context, and the file that a client may trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post.example")])
    now = datetime.now(UTC)
    alternative: x509.GeneralName = x509.IPAddress(ip_address(name)) if name == HOST else x509.DNSName(name)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, secret = folder / f"{name}.pem", folder / f"{name}.key"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, secret)
    return context, public
