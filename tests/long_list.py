"""A site on this machine with one long column, and a folder from which the real command watches it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar
from urllib.parse import urlsplit

from storage.database import Database
from storage.migrations import open_for_reading

ROWS = 5
SENTENCE = "一年来，全局坚持以人民为中心，扎实推进法治政府建设，各项工作取得新的成效。"


class Site(Protocol):
    """What a served site offers; it notes each request and the port that it came from."""

    asked: list[tuple[float, str]]
    ports: list[int]

    def answer(self, address: str) -> tuple[int, str, bytes]:
        """Status, content type, body."""
        ...


Served = TypeVar("Served", bound=Site)


@dataclass
class Column:
    """What the site shows: report 1 is the oldest; the newest stands first on page 1."""

    reports: int
    missing_pages: set[int] = field(default_factory=set)  # answer 404
    ignores_page: bool = False  # every page shows the rows of page 1
    slow_page: int | None = None  # is answered after a minute
    asked: list[tuple[float, str]] = field(default_factory=list)  # monotonic time and address of each request
    ports: list[int] = field(default_factory=list)  # from which each request came: its connection

    @property
    def pages(self) -> int:
        return -(-self.reports // ROWS)

    def rows(self, page: int) -> list[int]:
        first = self.reports - (0 if self.ignores_page else (page - 1) * ROWS)
        return [number for number in range(first, first - ROWS, -1) if number > 0]

    def listing(self, page: int) -> str:
        rows = "".join(
            f'<li><a href="/a/{number}.html">某市司法局关于第{number}号事项的年度报告</a><span>2024-01-{number % 28 + 1:02}</span></li>'
            for number in self.rows(page)
        )
        pager = f"<script>$('.pagination').pagination({{totalPage:{self.pages},cur:{page}}})</script>"
        return (
            f'<html><body><h2>年度报告</h2><ul class="pageList">{rows}</ul><div class="pagination"></div>{pager}</body></html>'
        )

    def report(self, number: int) -> str:
        return (
            f"<html><head><title>某市司法局关于第{number}号事项的年度报告</title></head><body>"
            f"<h1>某市司法局关于第{number}号事项的年度报告</h1><p>发布时间：2024-01-{number % 28 + 1:02} 来源：某市司法局</p>"
            f'<div id="zoom"><p>第{number}号事项办理{number}件。{SENTENCE * 3}</p><p>{SENTENCE * 3}</p></div></body></html>'
        )

    def answer(self, address: str) -> tuple[int, str, bytes]:
        """Status, content type, body."""
        status, page = self.page(urlsplit(address).path)
        return status, "text/html; charset=utf-8", page.encode()

    def page(self, path: str) -> tuple[int, str]:
        """Status and markup."""
        if path == "/robots.txt":
            return 404, ""
        if path.startswith("/a/"):
            return 200, self.report(int(path[3:].partition(".")[0]))
        name = path.rpartition("/")[2] or "index.html"
        page = int(name.partition("_")[2].partition(".")[0] or 1)
        if page in self.missing_pages or page > self.pages:
            return 404, "<html><body>没有</body></html>"
        if page == self.slow_page:
            time.sleep(60)
        return 200, self.listing(page)


class LongList(Generic[Served]):
    """The site and the watching folder, as a context manager."""

    def __init__(self, folder: Path, column: Served, *, delay_s: float = 0, watch: str = "") -> None:
        self.folder, self.column, self._delay_s, self._watch = folder, column, delay_s, watch

    def __enter__(self) -> Self:
        column = self.column

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                column.asked.append((time.monotonic(), self.path))
                column.ports.append(self.client_address[1])
                status, kind, content = column.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.write_seed(self._watch)
        (self.folder / "bureauwatch.toml").write_text(
            f'[storage]\npath = "archive.db"\n[seeds]\nbundled = false\npaths = ["seed.toml"]\n'
            f'[crawl]\ndelay_s = {self._delay_s}\ncontact = "test@example.org"\nallow_private = ["{self.host}"]\n',
            encoding="utf-8",
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def write_seed(self, watch: str = "", *, slug: str = "column") -> None:
        """The seed file: one watch named `slug`, and whatever more lines `watch` holds."""
        (self.folder / "seed.toml").write_text(
            f'[[bureau]]\nid = "city"\nname = "某市司法局"\nregion = "某省/某市"\nlevel = "city"\nhome_url = "http://{self.host}/home/"\n'
            f'[[bureau.watch]]\nsection = "年度报告"\nlisting_url = "http://{self.host}/list/index.html"\nslug = "{slug}"\n{watch}\n',
            encoding="utf-8",
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        """The real command, started."""
        return subprocess.Popen(
            [sys.executable, "-m", "crawler", *words, "--config", str(self.folder / "bureauwatch.toml")],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip

    def run(self, *words: str, code: int = 0) -> str:
        """Run the real command to its end; returns what it printed."""
        started = self.start(*words)
        out, err = started.communicate(timeout=180)
        assert started.returncode == code, f"exit {started.returncode}\n{out}\n{err}"
        return out + err

    def events(self, *words: str) -> list[dict[str, Any]]:
        """The events so far."""
        return [json.loads(line) for line in self.run("events", "--json", *words).splitlines()]

    def db(self) -> Database:
        """The archive."""
        return open_for_reading(self.folder / "archive.db")

    def listing_pages_asked(self) -> list[int]:
        """The numbers of the listing pages asked for so far."""
        names = [urlsplit(address).path.rpartition("/")[2] for _, address in self.column.asked if "/list/" in address]
        return [int(name.partition("_")[2].partition(".")[0] or 1) for name in names]
