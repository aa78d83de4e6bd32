"""How the tests speak to a server on this machine: one request, and all that came back."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Got:
    """An answer as a client understands it."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Raw:
    """All that came over the line until it was closed."""

    head: str
    body: bytes

    @property
    def status(self) -> int:
        return int(self.head.split(" ", 2)[1])

    def header(self, name: str) -> str:
        (found,) = [line for line in self.head.split("\r\n")[1:] if line.lower().startswith(name.lower() + ":")]
        return found.split(": ", 1)[1]


def get(url: str, order: Any = None, **headers: str) -> Got:
    """GET, or POST of an order as JSON; an error status is an answer too. Headers are spelled with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = None if order is None else json.dumps(order).encode()
    asked = urllib.request.Request(url, content, {**({"Content-Type": "application/json"} if order else {}), **named})
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return Got(answer.status, dict(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Got(error.code, dict(error.headers), error.read())


def get_raw(url: str) -> Raw:
    """GET over a bare socket, so that a broken answer is seen as it came."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    with socket.create_connection((str(parts.hostname), parts.port or 80), timeout=20) as line:
        line.sendall(f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
        received = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    return Raw(head.decode(), body)
