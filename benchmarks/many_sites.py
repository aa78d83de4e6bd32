"""`python -m benchmarks sites`: the memory of one crawl over a thousand sites, each on a loopback address of its own."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Self

from benchmarks.measure import Measured, measured

REPORTS = 3
"""Reports of each site (count)."""
_PARAGRAPH = "一年来，全局坚持以人民为中心，扎实推进法治政府建设，共办理各类案件{}件，同比上升{}%，各项工作取得新的成效。"
_MENU = "".join(f'<li><a href="/column{number}/">栏目{number}</a></li>' for number in range(60))


class ManySites:
    """So many sites on one port, told apart by their addresses 127.x.y.z. A context manager; its server is another process."""

    def __init__(self, sites: int, *, by_script: bool) -> None:
        self.sites = sites
        self._by_script = by_script
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "benchmarks.many_sites", "--serve", *(["--by-script"] if self._by_script else [])]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        assert self._process is not None
        self._process.communicate()

    @property
    def hosts(self) -> list[str]:
        """host:port of each site."""
        return [f"127.{1 + number // 250}.{number % 250}.1:{self.port}" for number in range(self.sites)]


def crawl(sites: ManySites, folder: Path) -> Measured:
    """One crawl over all of them, by the real command, measured."""
    blocks = (
        f'[[bureau]]\nid = "site-{number}"\nname = "第{number}区司法局"\nregion = "某市/第{number}区"\nlevel = "district"\n'
        f'home_url = "http://{host}/home/"\n[[bureau.watch]]\nsection = "年度报告"\nlisting_url = "http://{host}/list/index.html"\n'
        for number, host in enumerate(sites.hosts)
    )
    (folder / "sites.toml").write_text("\n".join(blocks), encoding="utf-8")
    (folder / "bureauwatch.toml").write_text(
        '[storage]\npath = "archive.db"\n[seeds]\nbundled = false\npaths = ["sites.toml"]\n'
        f'[crawl]\ndelay_s = 0\ncontact = "bench@example.org"\nallow_private = {json.dumps(sites.hosts)}\n',
        encoding="utf-8",
    )
    return measured([sys.executable, "-m", "crawler", "crawl", "--config", str(folder / "bureauwatch.toml")])


def report_of(done: Measured, sites: int) -> str:
    """What a crawl of so many sites took, in words: the peak, and the median of each tenth of the time."""
    looks = done.usage.memory_over_time
    tenth = max(1, len(looks) // 10)
    tenths = [median(looks[start : start + tenth]) / 2**20 for start in range(0, len(looks) - tenth + 1, tenth)]
    return (
        f"{sites} sites, {sites * (REPORTS + 1)} pages: peak {done.usage.memory_bytes / 2**20:.0f} MiB (PSS of all processes), "
        f"{done.usage.wall_s:.0f} s, {done.usage.cpu_s:.0f} s of processor time\n"
        f"median of each tenth of the time, MiB: {' '.join(f'{value:.0f}' for value in tenths)}\n"
        f"{done.stdout.strip().splitlines()[-1]}"
    )


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; or, with --serve, be the sites until standard input is closed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks sites", description=__doc__)
    parser.add_argument("--sites", type=int, default=1_000, help="how many sites (default: 1000)")
    parser.add_argument("--by-script", action="store_true", help="lists that a script builds: every site needs Chromium")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.serve:
        return _serve(by_script=asked.by_script)
    with ManySites(asked.sites, by_script=asked.by_script) as sites, tempfile.TemporaryDirectory() as folder:
        print(report_of(crawl(sites, Path(folder)), asked.sites))
    return 0


def _serve(*, by_script: bool) -> int:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = _listing(by_script=by_script) if self.path.startswith("/list/") else _report(self.headers["Host"], self.path)
            content = page.encode()
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
            pass

    server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)  # every 127.x.y.z is this machine
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    return 0


def _listing(*, by_script: bool) -> str:
    rows = "".join(
        f'<li><a href="/a/{number}.html">关于第{number}号事项的年度工作情况报告</a><span>2024-03-{number + 10}</span></li>'
        for number in range(REPORTS)
    )
    shown = f"<script>document.getElementById('l').innerHTML = {json.dumps(rows)}</script>" if by_script else ""
    return f"""<html><head><title>年度报告</title></head><body><ul class="menu">{_MENU}</ul>
<ul id="l" class="pageList">{"" if by_script else rows}</ul>{shown}</body></html>"""


def _report(host: str, path: str) -> str:
    number = sum(map(ord, host + path))
    body = "".join(f"<p>{_PARAGRAPH.format(number + row, row)}</p>" for row in range(60))
    title = f"关于第{path[3:].partition('.')[0]}号事项的年度工作情况报告"
    return f"""<html><head><title>{title}</title></head><body><ul class="menu">{_MENU}</ul><h1>{title}</h1>
<p>发布时间：2024-03-11 来源：{host}</p><div id="ivs_content">{body}</div></body></html>"""


if __name__ == "__main__":
    sys.exit(main())
