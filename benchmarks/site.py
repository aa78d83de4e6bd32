"""The measured site, in a process of its own so that its work is not counted: pages built beforehand, served from memory.

`python -m benchmarks.site --pages N` serves until its standard input is closed. POST /__mode/{mode} changes how it answers.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import socket
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Mapping
from enum import Enum
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from benchmarks.pages import BuiltPage, build, listing_count, listing_path, of_no_family


class Mode(Enum):
    """How the site answers."""

    TAGGED = "tagged"  # with an ETag; 304 where the visitor names it
    BARE = "bare"  # the same bytes, without ETag
    NOISY = "noisy"  # the same texts with other noise around them, without ETag
    NO_FAMILY = "no-family"  # as TAGGED, but nothing on a report's page tells its platform


class Site:
    """A running site of so many reports; a context manager.

    Args:
        reports: count.
    """

    def __init__(self, reports: int) -> None:
        self.reports = reports
        self.listings = listing_count(reports)
        self.paths: tuple[str, ...] = ()  # of every page, listings first
        self.mean_bytes = 0  # of a report's page
        self._port = 0
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "benchmarks.site", "--pages", str(self.reports)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        ready = json.loads(self._process.stdout.readline())
        self._port, self.paths, self.mean_bytes = ready["port"], tuple(ready["paths"]), ready["mean_bytes"]
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        assert self._process is not None
        self._process.communicate()  # closes its standard input

    @property
    def host_port(self) -> str:
        """As `[crawl] allow_private` wants it."""
        return f"127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        """Scheme, host and port, no slash at its end."""
        return f"http://{self.host_port}"

    @property
    def listing_url(self) -> str:
        """Address of the list's first page."""
        return self.url + listing_path()

    def begin(self, mode: Mode) -> None:
        """Answer like this from now on, and count anew."""
        self._post(f"/__mode/{mode.value}")

    def counts(self) -> dict[int, int]:
        """Answers since `begin`, by status; robots.txt is left out."""
        return {int(status): count for status, count in self._post("/__counts").items()}

    def _post(self, path: str) -> Mapping[str, Any]:
        with urllib.request.urlopen(urllib.request.Request(self.url + path, method="POST"), timeout=30) as answer:
            return dict(json.load(answer))


class _Server:
    def __init__(self, pages: list[BuiltPage]) -> None:
        self._pages = {page.path: page for page in pages}
        self._tags = {page.path: f'"{hashlib.sha256(page.first).hexdigest()[:16]}"' for page in pages}
        self._mode = Mode.TAGGED
        self._counts = Counter[int]()

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/__mode/{mode}", self._set_mode)
        app.router.add_post("/__counts", self._tell_counts)
        app.router.add_get("/{path:.*}", self._page)
        return app

    async def _set_mode(self, request: web.Request) -> web.Response:
        self._mode = Mode(request.match_info["mode"])
        self._counts.clear()
        return web.json_response({})

    async def _tell_counts(self, _request: web.Request) -> web.Response:
        return web.json_response(self._counts)

    async def _page(self, request: web.Request) -> web.Response:
        page = self._pages.get(request.path)
        if page is None:
            return web.Response(status=404)
        answer = self._answer(page, request.headers)
        self._counts[answer.status] += 1
        return answer

    def _answer(self, page: BuiltPage, asked: Mapping[str, str]) -> web.Response:
        headers = {"Content-Type": "text/html; charset=" + ("gb2312" if page.charset == "gb18030" else page.charset)}
        if self._mode in {Mode.BARE, Mode.NOISY}:
            return web.Response(body=page.later if self._mode is Mode.NOISY else page.first, headers=headers)
        headers["ETag"] = self._tags[page.path]
        if asked.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers={"ETag": headers["ETag"]})
        return web.Response(body=of_no_family(page.first) if self._mode is Mode.NO_FAMILY else page.first, headers=headers)


async def _serve(reports: int) -> None:
    pages = list(build(reports))
    runner = web.AppRunner(_Server(pages).app(), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    listener = socket.create_server(("127.0.0.1", 0))
    await web.SockSite(runner, listener).start()
    sizes = [len(page.first) for page in pages[listing_count(reports) :]]
    ready = {
        "port": listener.getsockname()[1],
        "paths": [page.path for page in pages],
        "mean_bytes": round(sum(sizes) / len(sizes)),
    }
    print(json.dumps(ready), flush=True)
    await asyncio.to_thread(sys.stdin.buffer.read)
    await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Serve the measured site until standard input is closed.")
    parser.add_argument("--pages", type=int, required=True)
    asyncio.run(_serve(parser.parse_args().pages))
