"""Sites on this machine for the browser's tests: one that may be visited, and a canary that nobody may come near."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from crawler.capture.browser_corner import Caller, Corner
from crawler.capture.browser_shared import SharedBrowser
from crawler.capture.guard import Gate
from spiders.rendered import Awaited, Readiness, something_is_there

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]
TEXT = "为规范行政执法行为，现将有关事项公告如下。" * 30
CALLER = Caller("bureauwatch/test (+mailto:reader@example.org)", "reader@example.org")


@dataclass
class Site:
    """A site whose every path is answered as the test says."""

    answers: dict[str, Answering] = field(default_factory=dict)
    asked: list[web.Request] = field(default_factory=list)
    port: int = 0

    @property
    def pair(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.pair}{path}"

    def paths(self) -> list[str]:
        return [request.path for request in self.asked]

    def page(self, path: str, markup: str, status: int = 200, **headers: str) -> str:
        """Serve a page; returns its address. Headers are spelled with underscores."""
        return self.bytes(
            path,
            f"<!DOCTYPE html><html><body>{markup}</body></html>".encode(),
            status,
            **{"Content_Type": "text/html; charset=utf-8", **headers},
        )

    def bytes(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(
                body=body, status=status, headers={name.replace("_", "-"): value for name, value in headers.items()}
            )

        return self.does(path, answer)

    def does(self, path: str, answering: Answering) -> str:
        self.answers[path] = answering
        return self.url(path)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        answering = self.answers.get(request.path)
        return web.Response(status=404, text="404 not found") if answering is None else await answering(request)


@asynccontextmanager
async def serving() -> AsyncIterator[Site]:
    """A site on a free port."""
    site = Site()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", site._answer)
    runner = web.AppRunner(application, handle_signals=False, shutdown_timeout=0.1)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    site.port = runner.addresses[0][1]
    try:
        yield site
    finally:
        await runner.cleanup()


@dataclass
class Canary:
    """A listener that counts who comes."""

    port: int
    heard: list[bytes] = field(default_factory=list)  # the first line of each connection


@asynccontextmanager
async def canary(host: str | None = None) -> AsyncIterator[Canary]:
    """Listens on all addresses of this machine, or on one."""
    bird = Canary(0)

    async def count(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        bird.heard.append(b"")
        place = len(bird.heard) - 1
        bird.heard[place] = (await reader.read(4096)).partition(b"\r\n")[0]
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\nsecret"
        )
        await writer.drain()
        writer.close()

    listening = await asyncio.start_server(count, host, 0)
    bird.port = listening.sockets[0].getsockname()[1]
    for socket in listening.sockets[1:]:  # each address gets a port of its own; one of them is watched
        socket.close()
    try:
        yield bird
    finally:
        listening.close()


@asynccontextmanager
async def corner_of(browser: SharedBrowser, *pairs: str) -> AsyncIterator[Corner]:
    """A fresh corner of the browser that may connect to these pairs."""
    corner = Corner(browser, Gate.of(pairs), CALLER)
    try:
        yield corner
    finally:
        await corner.close()


async def until(holds: Callable[[], object], longest_s: float = 20) -> None:
    """Wait for what happens in other processes, which tell nobody when it does."""
    async with asyncio.timeout(longest_s):
        while not holds():  # noqa: ASYNC110  nothing there could set an event
            await asyncio.sleep(0.05)


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def once_told(words: str) -> Awaited:
    """Wait for words that a script writes, however late: a page at rest may only be a busy machine's."""

    async def told(_url: str, markup: str) -> Readiness:
        return Readiness.THERE if words in markup else Readiness.NOT_YET

    return told


async def is_well(corner: Corner, site: Site) -> bool:
    return TEXT in (await corner.visit(site.url("/good"), something_is_there)).body.decode()
