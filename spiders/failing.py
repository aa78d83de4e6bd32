"""Says which class of failure an exception means. Knows Scrapy's and Playwright's exceptions, decides nothing else."""

from __future__ import annotations

import socket

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout
from scrapy import exceptions as scrapy
from twisted.internet import error as twisted
from twisted.web import client, http, http_headers
from twisted.web._newclient import ParseError, ResponseFailed, ResponseNeverReceived

from spiders.failures import Failure, VisitError

_BY_TYPE: tuple[tuple[type[BaseException], Failure], ...] = (
    (scrapy.DownloadTimeoutError, Failure.TIMEOUT),
    (twisted.TimeoutError, Failure.TIMEOUT),
    (TimeoutError, Failure.TIMEOUT),
    (PlaywrightTimeout, Failure.TIMEOUT),
    (scrapy.CannotResolveHostError, Failure.DNS),
    (twisted.DNSLookupError, Failure.DNS),
    (socket.gaierror, Failure.DNS),
    (scrapy.ResponseDataLossError, Failure.TRUNCATED),
    (scrapy.DownloadCancelledError, Failure.TOO_LARGE),
    (scrapy.UnsupportedURLSchemeError, Failure.BLOCKED_HOST),
    (http.PotentialDataLoss, Failure.TRUNCATED),
    (ParseError, Failure.PROTOCOL),
)
_IN_WORDS: tuple[tuple[str, Failure], ...] = (
    ("robots.txt", Failure.ROBOTS_DENIED),
    ("max redirections", Failure.REDIRECT_LOOP),
    ("ERR_TOO_MANY_REDIRECTS", Failure.REDIRECT_LOOP),
    ("Executable doesn't exist", Failure.NO_BROWSER),
    ("Failed to launch", Failure.NO_BROWSER),
    ("BrowserType.launch", Failure.NO_BROWSER),
    ("exceeded DOWNLOAD_MAXSIZE", Failure.TOO_LARGE),
    ("ERR_CERT", Failure.TLS_CERTIFICATE),
    ("ERR_SSL_VERSION_OR_CIPHER_MISMATCH", Failure.TLS_CIPHER),
    ("ERR_SSL", Failure.TLS),
    # As OpenSSL 3 and 4 word them (measured with 3.0.19 servers and a 4.0.3 client).
    ("unsafe legacy renegotiation", Failure.TLS_RENEGOTIATION),
    ("alert protocol version", Failure.TLS_VERSION),
    ("unsupported protocol", Failure.TLS_VERSION),
    ("wrong version number", Failure.TLS_UNSUPPORTED),
    ("http request", Failure.TLS_UNSUPPORTED),
    ("packet length too long", Failure.TLS_UNSUPPORTED),
    ("record layer failure", Failure.TLS_UNSUPPORTED),
    ("handshake failure", Failure.TLS_CIPHER),
    ("key too small", Failure.TLS_CIPHER),
    ("insufficient security", Failure.TLS_CIPHER),
    ("bad ecpoint", Failure.TLS_CIPHER),
    ("signature type", Failure.TLS_CIPHER),
    ("signature algorithm", Failure.TLS_CIPHER),
    ("no shared cipher", Failure.TLS_CIPHER),
    ("certificate", Failure.TLS_CERTIFICATE),
    ("SSL", Failure.TLS),
    ("ERR_NAME_NOT_RESOLVED", Failure.DNS),
    ("ERR_EMPTY_RESPONSE", Failure.EMPTY_BODY),
    ("ERR_CONTENT_LENGTH_MISMATCH", Failure.TRUNCATED),
    ("ERR_INCOMPLETE_CHUNKED_ENCODING", Failure.TRUNCATED),
    ("ERR_INVALID_HTTP_RESPONSE", Failure.PROTOCOL),
    ("ERR_CONTENT_DECODING_FAILED", Failure.PROTOCOL),
    ("failed to decompress", Failure.PROTOCOL),
)
_NETWORK: tuple[type[BaseException], ...] = (
    scrapy.DownloadConnectionRefusedError,
    scrapy.DownloadFailedError,
    twisted.ConnectError,
    twisted.ConnectionLost,
    twisted.ConnectionDone,
    ResponseFailed,
    ResponseNeverReceived,
    client.ResponseFailed,
    ConnectionError,
    PlaywrightError,
    scrapy.IgnoreRequest,
)


def failure_of(error: BaseException) -> tuple[Failure, str] | None:
    """The class of a failed visit and one line about it; None where the exception is none of a visit's: a bug."""
    chain = _chain(error)
    for link in chain:
        if isinstance(link, VisitError):
            return link.failure, link.detail
    text = " | ".join(dict.fromkeys(" ".join(str(link).split())[:200] or type(link).__name__ for link in chain))
    for kind, failure in _BY_TYPE:
        if any(isinstance(link, kind) for link in chain):
            return failure, text
    if not isinstance(error, _NETWORK):
        return None
    for words, failure in _IN_WORDS:
        if words.lower() in text.lower():
            return failure, text
    broken_head = any(isinstance(link, (ValueError, http_headers.InvalidHeaderName)) for link in chain[1:])
    return (Failure.PROTOCOL if broken_head else Failure.NETWORK), text


def _chain(error: BaseException) -> list[BaseException]:
    """An exception with everything it wraps: Twisted keeps the reasons of a broken response in a list of failures."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        link = waiting.pop(0)
        if link is None or link in found:
            continue
        found.append(link)
        waiting += [link.__cause__, link.__context__]
        waiting += [reason.value for reason in getattr(link, "reasons", ()) if hasattr(reason, "value")]
    return found
