"""Posts one body over HTTP, and says what was answered, or why nothing was. Tries nothing twice, logs nothing.

aiohttp takes a tenth of a second to import, so this module is imported where something is posted.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import suppress

import aiohttp

from crawler.deliver.answer import MOST_SHOWN, Answer
from crawler.deliver.delivery import Cause, Deferred, InDoubt
from crawler.deliver.visible import header_line

_SAID_BYTES = 2048  # of an answer's body that are read
_SAID_S = 5.0  # waited for them; the answer's head has said what matters


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
        return Deferred(Cause.CERTIFICATE, header_line(str(error.certificate_error), MOST_SHOWN))
    if isinstance(error, (aiohttp.ClientConnectorSSLError, ssl.SSLError)):
        return Deferred(Cause.ENCRYPTION, header_line(str(error), MOST_SHOWN))
    if isinstance(error, TimeoutError):
        return Deferred(Cause.UNREACHABLE, f"no connection within {timeout_s:g} s")
    if isinstance(error, aiohttp.ClientConnectorError):
        return Deferred(Cause.UNREACHABLE, header_line(str(error), MOST_SHOWN))
    return Deferred(Cause.UNREACHABLE, type(error).__name__)  # its text may hold the address
