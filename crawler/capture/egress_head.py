"""Reads the heads of HTTP/1.1 messages as a proxy needs them, and writes them anew. Knows no socket's other end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

_HOP_BY_HOP = frozenset(
    {"connection", "keep-alive", "proxy-connection", "proxy-authorization", "proxy-authenticate", "te", "upgrade"}
)
"""Headers meant for the next stop only (RFC 9110, 7.6.1), and what a browser says to a proxy."""


class HeadError(Exception):
    """The head of a message cannot be understood; the message says why."""


@dataclass(frozen=True)
class Head:
    """Start line and headers of one message."""

    start: tuple[str, str, str]  # of a request: method, target, version; of an answer: version, status, reason
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str | None:
        """The first header of that name, given in lower case."""
        return next((value for known, value in self.headers if known.lower() == name), None)

    @property
    def body_bytes(self) -> int:
        """How long a request's body is.

        Raises:
            HeadError: it does not say so in bytes.
        """
        if self.header("transfer-encoding") is not None:
            raise HeadError("a request's body of unknown length is not passed on")
        told = self.header("content-length") or "0"
        if not (told.isascii() and told.isdigit() and len(told) < 12):
            raise HeadError("Content-Length is no number")
        return int(told)


@dataclass(frozen=True)
class Destination:
    """Where a request is to go."""

    url: str  # as the gate checks it
    host: str
    port: int

    @property
    def pair(self) -> str:
        """`host:port`, as `[crawl] allow_private` and the notes of a pass spell it."""
        return f"{self.host}:{self.port}"


async def read_head(reader: asyncio.StreamReader, most_bytes: int) -> tuple[Head | None, bytes]:
    """Read a message's head, ended by CRLF or, as careless servers do, by LF.

    Args:
        reader: the stream; it stands behind the head afterwards.
        most_bytes: the longest head that is read.

    Returns:
        The head and its bytes; None where what came is not one.

    Raises:
        HeadError: it is longer.
    """
    raw = b""
    while True:
        try:
            line = await reader.readline()
        except ValueError as error:
            raise HeadError("a line of the head is too long") from error
        raw += line
        if len(raw) > most_bytes:
            raise HeadError("the head is too long")
        if not line.endswith(b"\n"):
            return None, raw
        if line in (b"\r\n", b"\n"):
            return _parsed(raw), raw
        if raw is line and b"HTTP/" not in line:  # no head at all: its bytes are the sender's own business
            return None, raw


def destination(request: Head) -> Destination:
    """Where a request to the proxy is to go: `CONNECT host:port`, or `GET http://host/path`.

    Raises:
        HeadError: it names neither.
    """
    method, target, _ = request.start
    url = f"https://{target}/" if method == "CONNECT" else target
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise HeadError("the request names no proper host") from error
    if not host or (method == "CONNECT" and port is None) or (method != "CONNECT" and parts.scheme != "http"):
        raise HeadError("only CONNECT host:port and http:// addresses are passed on")
    return Destination(url, host, port or 80)


def to_origin(request: Head) -> bytes:
    """The request as the site itself expects it, on a connection of its own."""
    method, target, _ = request.start
    parts = urlsplit(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [(name, value) for name, value in request.headers if name.lower() not in _HOP_BY_HOP]
    return _written((method, path, "HTTP/1.1"), [*headers, ("Connection", "close")])


def to_browser(answer: Head) -> bytes:
    """An answer's head, saying that its connection ends with it: the browser's next request may be for another site."""
    kept = [(name, value) for name, value in answer.headers if name.lower() not in _HOP_BY_HOP]
    return _written(answer.start, [*kept, ("Connection", "close")])


def lone_answer(status: int, reason: str, *headers: tuple[str, str]) -> bytes:
    """A whole answer of the proxy's own."""
    body = reason.encode("utf-8", "replace")
    about = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body))), ("Connection", "close")]
    return _written(("HTTP/1.1", str(status), "-"), [*headers, *about]) + body


def _parsed(raw: bytes) -> Head | None:
    first, *lines = raw.decode("latin-1").replace("\r\n", "\n").strip("\n").split("\n")
    start = first.split(" ", 2)
    if len(start) < 2:
        return None
    parted = (line.partition(":") for line in lines)
    headers = tuple((name.strip(), value.strip()) for name, colon, value in parted if colon and name.strip())
    return Head((start[0], start[1], start[2] if len(start) > 2 else ""), headers)


def _written(start: tuple[str, str, str], headers: list[tuple[str, str]]) -> bytes:
    lines = [" ".join(start).strip(), *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
