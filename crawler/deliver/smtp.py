"""Sends one letter to one recipient over SMTP and says what came of it. Keeps no state, tries nothing twice, logs nothing."""

from __future__ import annotations

import base64
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

import aiosmtplib

from crawler.deliver.delivery import AuthFailed, Cause, Deferred, Delivery, InDoubt, Refused, SenderRefused, Sent, TooLarge
from crawler.deliver.visible import header_line

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LOGIN_CODES = frozenset({530, 534, 535, 538})  # RFC 4954: they speak of the login, whichever command they answer
_SIZE_CODES = frozenset({523, 552})  # 552: RFC 5321, 4.2.3; 523: as some servers say it
_SIZE_SAID = re.compile(r"^\s*5\.(?:3\.4|2\.3)\b")  # RFC 3463: message too big for system; message length exceeds limit
_SHUTTING_DOWN = 421  # RFC 5321, 3.8: whichever command it answers, the server closes the channel
_FAREWELL_S = 5.0  # the letter is already theirs; nothing is waited for longer


@dataclass(frozen=True)
class MailServer:
    """The server that takes our letters, and how we speak to it."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]  # starttls: required, not merely tried
    username: str  # "": no login
    password: str = field(repr=False)
    sender: str  # the address letters come from
    verify: bool = True  # its certificate
    ca_file: str | None = None  # PEM; accepted beside the system's authorities
    timeout_s: float = 60.0  # for a connection and for the answer to each command
    answer_timeout_s: float = 600.0  # for the answer to the final dot (RFC 5321, 4.5.3.2.6: 10 minutes)


async def send(server: MailServer, recipient: str, message: bytes) -> Delivery:
    """Send a letter over a connection of its own.

    Nothing is sent, and no password, unless the connection is as safe as `server.security` demands; a password travels
    in the clear only to this machine itself. A server that breaks off after it has answered 250 has the letter.

    Args:
        server: where to.
        recipient: one address.
        message: the letter, as `compose` made it; sent byte for byte.

    Returns:
        What came of it; only a 5xx that speaks of this letter is final, and 5xx at the greeting, login or sender is not.
    """
    if server.username and server.security == "none" and server.host not in _LOOPBACK:
        return AuthFailed('the password is not sent in the clear; set mail.security to "tls" or "starttls"')
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        timeout=server.timeout_s,
        use_tls=server.security == "tls",
        start_tls=False,  # done below, where "not offered" can be told from other faults
        validate_certs=server.verify,
        cert_bundle=server.ca_file,
    )
    try:
        delivery = await _dialogue(client, server, recipient, message)
        await _farewell(client)
    except (aiosmtplib.SMTPException, OSError, UnicodeError) as error:  # UnicodeError: a host that is no host name
        delivery = _put_off(error)
    finally:
        client.close()
    return replace(delivery, detail=header_line(_without_secrets(delivery.detail, server), 300))


async def _dialogue(client: aiosmtplib.SMTP, server: MailServer, recipient: str, message: bytes) -> Delivery:
    """All of it but the farewell. Raises what breaks before the letter's bytes are on their way."""
    await client.connect()
    if server.security == "starttls":
        await client.ehlo()
        if not client.supports_extension("starttls"):
            return Deferred(Cause.NO_STARTTLS, "STARTTLS is not offered")
        try:
            await client.starttls()
        except aiosmtplib.SMTPResponseException as refusal:
            return Deferred(Cause.NO_STARTTLS, f"{refusal.code} {refusal.message}")
    if server.username:
        refused = await _log_in(client, server)
        if refused is not None:
            return refused
    return await _announce(client, server, recipient, message) or await _hand_over(client, server, message)


async def _log_in(client: aiosmtplib.SMTP, server: MailServer) -> Delivery | None:
    """One try with one method: trying a wrong password with each would be three failures for one."""
    await client.ehlo()
    methods = (("plain", client.auth_plain), ("login", client.auth_login), ("cram-md5", client.auth_crammd5))
    for name, log_in in methods:
        if name in client.server_auth_methods:
            try:
                await log_in(server.username, server.password)
            except aiosmtplib.SMTPAuthenticationError as refusal:
                said = f"{refusal.code} {refusal.message}"
                return Deferred(Cause.SERVER_NOT_NOW, said) if 400 <= refusal.code < 500 else AuthFailed(said)
            return None
    return AuthFailed("the server offers no login that we know (PLAIN, LOGIN, CRAM-MD5)")


async def _announce(client: aiosmtplib.SMTP, server: MailServer, recipient: str, message: bytes) -> Delivery | None:
    """MAIL and RCPT; None where the server wants to have the letter."""
    try:
        options, limit = await _size_option(client, message)
        if limit is not None and len(message) > limit:
            return TooLarge(limit, f"the server takes {limit:,} bytes, and this letter has {len(message):,}")
        await client.mail(server.sender, options=options)
        await client.rcpt(recipient)
    except aiosmtplib.SMTPSenderRefused as refusal:
        return _of_sender(_judged(refusal.code, refusal.message))
    except aiosmtplib.SMTPRecipientRefused as refusal:
        return _judged(refusal.code, refusal.message)
    except ValueError as error:  # before anything of it was sent: not ASCII, or no address
        return Refused(None, f"this address cannot be written in SMTP: {error}")
    return None


async def _size_option(client: aiosmtplib.SMTP, message: bytes) -> tuple[list[str], int | None]:
    """The letter's size, where the server can judge it beforehand, and the most it takes, where it says so (RFC 1870)."""
    if client.is_ehlo_or_helo_needed:
        await client.ehlo()
    if not client.supports_extension("size"):
        return [], None
    most = client.esmtp_extensions.get("size", "").strip()
    return [f"SIZE={len(message)}"], int(most) if most.isascii() and most.isdigit() and int(most) else None  # 0: no limit


async def _hand_over(client: aiosmtplib.SMTP, server: MailServer, message: bytes) -> Delivery:
    """DATA, the letter, the final dot, and its answer.

    aiosmtplib's own `data()` raises the same for a connection lost before and after the dot; that difference is the one
    between "send again" and "may be there twice", so the bytes are written here.
    """
    go_ahead = await client.execute_command(b"DATA")
    if go_ahead.code != 354:
        return _judged(go_ahead.code, go_ahead.message)
    if client.protocol is None:
        return Deferred(Cause.LOST, "lost after 354")
    protocol = client.protocol
    protocol.write(re.sub(rb"(?m)^\.", b"..", message) + (b"" if message.endswith(b"\r\n") else b"\r\n") + b".\r\n")
    try:
        answer = await protocol.read_response(timeout=server.answer_timeout_s)
    except aiosmtplib.SMTPException as error:
        client.close()
        return InDoubt(f"no answer to the final dot: {error.message}")
    return _judged(answer.code, answer.message)


def _judged(code: int, said: str) -> Delivery:
    """What an answer that speaks of this letter means."""
    detail = f"{code} {said}"
    if 200 <= code < 300:
        return Sent(detail)
    if code in _LOGIN_CODES:
        return AuthFailed(detail)
    if code in _SIZE_CODES or (500 <= code < 600 and _SIZE_SAID.match(said)):
        return TooLarge(None, detail)
    if 500 <= code < 600:
        return Refused(code, detail)
    return Deferred(Cause.SERVER_NOT_NOW if code == _SHUTTING_DOWN else Cause.NOT_NOW, detail)


def _of_sender(delivery: Delivery) -> Delivery:
    """The same as an answer to MAIL, which speaks of our own address and so of every letter."""
    match delivery:
        case Refused():
            return SenderRefused(delivery.detail)
        case Deferred():
            return Deferred(Cause.SERVER_NOT_NOW, delivery.detail)
    return delivery


async def _farewell(client: aiosmtplib.SMTP) -> None:
    """QUIT, politely; whatever happens to it, the delivery stands as it was judged."""
    try:
        if client.is_connected:
            await client.quit(timeout=_FAREWELL_S)
    except (aiosmtplib.SMTPException, OSError):
        return


def _put_off(error: Exception) -> Deferred:
    """What a dialogue that broke off before the letter was handed over means: always that it waits."""
    causes = list(_chain(error))
    detail = str(error) or type(error).__name__
    if isinstance(error, aiosmtplib.SMTPResponseException):
        detail = f"{error.code} {error.message}"
    for kind, cause in (
        (ssl.SSLCertVerificationError, Cause.CERTIFICATE),
        (ssl.SSLError, Cause.ENCRYPTION),
        (aiosmtplib.SMTPResponseException, Cause.SERVER_NOT_NOW),  # the greeting, or what every dialogue begins with
        (TimeoutError, Cause.TIMEOUT),
        (aiosmtplib.SMTPServerDisconnected, Cause.LOST),
    ):
        if any(isinstance(link, kind) for link in causes):
            return Deferred(cause, detail)
    return Deferred(Cause.UNREACHABLE, detail)


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__


def _without_secrets(detail: str, server: MailServer) -> str:
    """A server's answer without the password: some repeat the command that they refuse."""
    if not server.password:
        return detail
    name, secret = server.username.encode(), server.password.encode()
    encoded = (base64.b64encode(token).decode() for token in (b"\0" + name + b"\0" + secret, secret))
    for form in (*encoded, server.password):
        detail = detail.replace(form, "…")
    return detail
