"""Loopback servers that say exactly the bytes they were given: for HTTP that no library would send."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

ROWS = "".join(
    f'<li><a href="/fzzf/2025032{n}/{n}.html">某某司法局{2015 + n}年法治政府建设情况报告</a><span>202{n}-03-26</span></li>'
    for n in range(6)
)
LISTING = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>法治政府建设</title></head><body><ul class='list'>{ROWS}</ul></body></html>"
REPORT = (
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>某某司法局2024年法治政府建设情况报告</title></head><body>"
    f"<h1>某某司法局2024年法治政府建设情况报告</h1><div class='article'>{'<p>一年来，本局依法履行职责，推进法治政府建设。</p>' * 40}</div></body></html>"
)

Answering = Callable[[str, bytes], bytes]  # path and whole request in, whole answer out


def answer(body: str | bytes = REPORT, *headers: str, status: str = "200 OK") -> bytes:
    """A well-formed answer, but for what the headers say."""
    whole = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {len(whole)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + whole


@dataclass
class Site:
    """Where a server listens, and what it was asked for."""

    port: int
    host: str = "127.0.0.1"
    asked: list[str] = field(default_factory=list)

    @property
    def pair(self) -> str:
        return f"{self.host}:{self.port}"

    def url(self, path: str = "/fzzf/20250326/a.html", scheme: str = "http") -> str:
        return f"{scheme}://{self.pair}{path}"


@contextmanager
def raw_site(answering: Answering, host: str = "127.0.0.1") -> Iterator[Site]:
    """A server of one answer a connection."""
    with listening(lambda line, site: _answer_once(line, site, answering), host) as site:
        yield site


@contextmanager
def listening(serve: Callable[[socket.socket, Site], None], host: str = "127.0.0.1") -> Iterator[Site]:
    """A server that does with each connection what it is told to."""
    listener = socket.create_server((host, 0))
    site = Site(int(listener.getsockname()[1]), host)

    def one(line: socket.socket) -> None:
        with line, suppress(OSError, ValueError):
            serve(line, site)

    def accept() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                threading.Thread(target=one, args=(line,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield site
    finally:
        listener.close()


def _answer_once(line: socket.socket, site: Site, answering: Answering) -> None:
    head = b""
    while b"\r\n\r\n" not in head:
        received = line.recv(65_536)
        if not received:
            return
        head += received
    path = head.split(b" ", 2)[1].decode("latin-1")
    site.asked.append(path)
    line.sendall(answering(path, head))
