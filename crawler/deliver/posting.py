"""Posts one body over HTTP, and says what its answer means, or why there was none. Tries nothing twice, logs nothing."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from crawler.deliver.delivery import Cause, Deferred, Delivery, InDoubt, Refused, Sent, TooLarge
from crawler.deliver.visible import header_line

_NOT_NOW = frozenset({408, 425, 429, 503})  # they ask to come back, with whatever it is
_SAID_BYTES = 2048  # of an answer's body that are read
_SAID_S = 5.0  # waited for them; the answer's head has said what matters
_SHOWN = 300  # most characters of a detail


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    said: bytes  # how its body begins


async def post(url: str, body: bytes, headers: Mapping[str, str], *, timeout_s: float) -> Answer | Deferred | InDoubt:
    """Post a body over a connection of its own; redirects are not followed.

    Once the head of an answer is there, what happens to its body changes nothing.

    Args:
        url: where to; http or https.
        body: sent byte for byte.
        headers: beside those of HTTP itself.
        timeout_s: until the head of an answer is there.

    Returns:
        The answer; Deferred where the request was never sent, InDoubt where it was on its way when the line broke or the
        time was up.
    """
    on_its_way = False

    async def begin(*_: object) -> None:
        nonlocal on_its_way
        on_its_way = True

    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(begin)
    try:
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),  # one clock, ours
            auto_decompress=False,
            trace_configs=[trace],
        ) as session:
            sent = {"Accept-Encoding": "identity", **headers}
            async with asyncio.timeout(timeout_s):
                response = await session.post(url, data=body, headers=sent, allow_redirects=False)
            async with response:
                return Answer(response.status, await _beginning(response))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:  # ValueError: a head that is no HTTP
        return _in_doubt(error, timeout_s) if on_its_way else _not_sent(error, timeout_s)


def judged(answer: Answer, url: str) -> Delivery:
    """What an answer's status means.

    Args:
        answer: what the server said.
        url: it was asked at; the detail does not repeat what of it may be secret, though some servers do.
    """
    status, detail = answer.status, without(url, f"{answer.status} {answer.said.decode('utf-8', 'replace')}")
    if 200 <= status < 300:
        return Sent(detail)
    if status == 413:
        return TooLarge(None, detail)
    if status in _NOT_NOW or 500 <= status < 600:
        return Deferred(Cause.SERVER_NOT_NOW if status in _NOT_NOW else Cause.FAULTY, detail)
    if 300 <= status < 400:
        return Refused(status, f"{detail}; redirects are not followed: name the final address")
    if status == 410:
        return Refused(status, f"{detail}; the receiver wants no more: take it out of the configuration")
    return Refused(status, detail)


def without(url: str, text: str) -> str:
    """The text as one bounded line in which the user, password, path and query of the address are not to be read."""
    parts = urlsplit(url)
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    hidden = {user, password, parts.query, parts.path, *parts.path.split("/")}
    hidden |= {value for pair in parts.query.split("&") for value in pair.split("=", 1)[1:]}
    for secret in sorted((one for one in hidden if len(one) >= 6), key=len, reverse=True):
        text = text.replace(secret, "…")
    return header_line(text, _SHOWN)


async def _beginning(response: aiohttp.ClientResponse) -> bytes:
    said = b""
    with suppress(aiohttp.ClientError, TimeoutError, OSError):
        async with asyncio.timeout(_SAID_S):
            while more := await response.content.read(_SAID_BYTES - len(said)):
                said += more
    return said


def _in_doubt(error: Exception, timeout_s: float) -> InDoubt:
    if isinstance(error, TimeoutError):
        return InDoubt(f"no answer within {timeout_s:g} s of sending it")
    return InDoubt(f"the connection broke off before an answer ({type(error).__name__})")


def _not_sent(error: Exception, timeout_s: float) -> Deferred:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return Deferred(Cause.CERTIFICATE, header_line(str(error.certificate_error), _SHOWN))
    if isinstance(error, (aiohttp.ClientConnectorSSLError, ssl.SSLError)):
        return Deferred(Cause.ENCRYPTION, header_line(str(error), _SHOWN))
    if isinstance(error, TimeoutError):
        return Deferred(Cause.UNREACHABLE, f"no connection within {timeout_s:g} s")
    if isinstance(error, aiohttp.ClientConnectorError):
        return Deferred(Cause.UNREACHABLE, header_line(str(error), _SHOWN))
    return Deferred(Cause.UNREACHABLE, type(error).__name__)  # its text may hold the address
