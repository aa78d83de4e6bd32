"""`bureauwatch add` on sites on loopback: what it reads, what it says it cannot, and what it writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from seeds.load import load
from tests.list_pages import NO_LISTS, notices, page_of

LIST = "/zwgk/fzzf/index.html"
REPORT = NO_LISTS["report"].replace("<p>上一篇", "<p>附件：<a href='/zwgk/fzzf/P02024.pdf'>2023年统计表.pdf</a></p><p>上一篇")
SHELL = """<html><head><meta charset='utf-8'><meta name='SiteName' content='某市司法局'><meta name='ColumnName' content='年度报告'></head><body><div id='app'></div>
<script>fetch('/rows.json').then(a => a.json()).then(rows => { document.getElementById('app').innerHTML = '<ul>' + rows.map(r =>
'<li><a href="' + r[0] + '">' + r[1] + '</a><span>' + r[2] + '</span></li>').join('') + '</ul>'; });</script></body></html>"""
ROWS = [[notice.path, notice.title, notice.on("%Y-%m-%d")] for notice in notices(8, "/info/1061/{n}.htm")]
RECORDS = [{"title": title, "url": url, "publishDate": day} for url, title, day in ROWS]


def paged(shape: str, first: int, last: int) -> str:
    return page_of(shape, "left-menu", notices(30, "/info/1061/{n}.htm")[first:last])


@dataclass
class Site:
    """What a site answers, and what it was asked."""

    pages: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def put(self, path: str, text: str | bytes, status: int = 200, kind: str = "text/html") -> None:
        self.pages[path] = (status, kind, text if isinstance(text, bytes) else text.encode())


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    told = Site()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            report = (200, "text/html", REPORT.encode()) if self.path.startswith("/info/1061/") else (404, "text/html", b"none")
            status, kind, body = told.pages.get(self.path, report)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    told.put(LIST, paged("li-span-after", 0, 15))
    told.put("/zwgk/fzzf/index_1.html", paged("li-span-after", 15, 30))
    told.put(
        "/gbk/index.html",
        page_of("li-cut-title", "bare", notices(9, "/info/1061/{n}.htm")).replace("utf-8", "gb2312").encode("gb18030"),
    )
    told.put("/gbk/index_1.html", page_of("li-cut-title", "bare", notices(18, "/info/1061/{n}.htm")[9:]).encode("gb18030"))
    told.put("/", NO_LISTS["home"])
    told.put("/a/report.html", REPORT)
    told.put("/a/empty.html", NO_LISTS["menu-only"].replace("<script", "<b"))
    told.put(
        "/waf.html",
        "<html><head><title>安全验证</title></head><body><p>请输入验证码</p><img src='/captcha.png'></body></html>",
        status=403,
    )
    told.put("/shell.html", SHELL)
    told.put("/rows.json", json.dumps(ROWS), kind="application/json")
    told.put("/api/list?page=1&pageSize=4", json.dumps({"total": 8, "list": RECORDS[:4]}), kind="application/json")
    told.put("/api/list?page=2&pageSize=4", json.dumps({"total": 8, "list": RECORDS[4:]}), kind="application/json")
    told.put("/part/index.html", paged("li-month-day-only", 0, 15).replace("index_1.html", "javascript:more()"))
    yield told
    server.shutdown()
    server.server_close()


def run(site: Site, folder: Path, *words: str, private: bool = True) -> subprocess.CompletedProcess[str]:
    allowed = f'allow_private = ["{site.url.removeprefix("http://")}", "127.0.0.1:9"]' if private else ""
    (folder / "bureauwatch.toml").write_text(f"[crawl]\ndelay_s = 0\n{allowed}\n[seeds]\nbundled = true\n", encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BUREAUWATCH")}
    return subprocess.run(
        [sys.executable, "-m", "crawler", "add", *words], cwd=folder, env={**clean, "PYTHONUTF8": "1"},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def told_by(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_listing_is_read_with_three_requests_and_kept_as_a_seed(site: Site, tmp_path: Path) -> None:
    site.asked.clear()
    seeds = tmp_path / "seeds.toml"
    done = run(site, tmp_path, site.url + LIST, "--write", str(seeds), "--region", "江苏省/某市", "--id", "mou-sfj")
    assert done.returncode == 0, done.stderr
    assert len([path for path in site.asked if path != "/robots.txt"]) == 3
    assert "generic (no family known, read by its structure, " in done.stdout
    assert "15 on page 1, 2024-06-20 back to 2023-12-07" in done.stdout
    assert "12; page 2 has 15 rows" in done.stdout
    assert "《报告》 2024-03-02 · 来源 某市司法局" in done.stdout
    assert "12 paragraphs, 1 attachments" in done.stdout
    (bureau,) = load([seeds], bundled=False)
    assert (bureau.id, bureau.name, bureau.region, bureau.level) == ("mou-sfj", "某市司法局", "江苏省/某市", "city")
    assert (bureau.home_url, bureau.watch[0].section) == (f"{site.url}/", "法治政府建设")
    assert bureau.watch[0].listing_url == site.url + LIST
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bureauwatch.toml", "seeds.toml"]


def test_without_write_nothing_is_left_behind_and_the_block_is_a_seed(site: Site, tmp_path: Path) -> None:
    done = run(site, tmp_path, f"{site.url}/gbk/index.html", "--json")
    told = told_by(done)
    assert (done.returncode, told["family"], told["written"]) == (0, "generic", None)
    assert [row["title"] for row in told["rows"]] == [notice.title for notice in notices(9)]
    assert (told["pages"], told["next"], told["second_page_rows"]) == (12, f"{site.url}/gbk/index_1.html", 9)
    assert told["sample"]["attachments"] == [{"name": "2023年统计表.pdf", "url": f"{site.url}/zwgk/fzzf/P02024.pdf"}]
    assert tomllib.loads(told["seed"])["bureau"][0]["watch"][0]["listing_url"] == f"{site.url}/gbk/index.html"
    assert [path.name for path in tmp_path.iterdir()] == ["bureauwatch.toml"]


def test_a_second_column_joins_the_bureau_of_the_same_host(site: Site, tmp_path: Path) -> None:
    seeds = tmp_path / "mine.toml"
    other = '[[bureau]]\nid = "z"\nname = "乙县司法局"\nregion = "乙"\nlevel = "county"\nhome_url = "https://z.example.gov.cn/"\n[[bureau.watch]]\nsection = "公告"\nlisting_url = "https://z.example.gov.cn/gg/index.html"\n'
    own = f'# my own\n[[bureau]]\nid = "mine"\nname = "甲市司法局"\nregion = "甲"\nlevel = "city"\nhome_url = "{site.url}/"\n\n[[bureau.watch]]\nsection = "其他"\nlisting_url = "{site.url}/fzzf/x.html"\n\n# the next one\n{other}'
    seeds.write_text(own, encoding="utf-8")
    done = run(site, tmp_path, site.url + LIST, "--write", str(seeds))
    assert done.returncode == 0, done.stderr
    mine, untouched = load([seeds], bundled=False)
    assert [(watch.slug, watch.listing_url) for watch in mine.watch] == [
        ("fzzf", f"{site.url}/fzzf/x.html"),
        ("fzzf-2", site.url + LIST),
    ]
    assert untouched.id == "z"
    assert seeds.read_text(encoding="utf-8").endswith(f"\n# the next one\n{other}")
    again = run(site, tmp_path, site.url + LIST, "--write", str(seeds))
    assert (again.returncode, again.stdout) == (2, "")
    assert "is watched already, as mine/fzzf-2" in again.stderr


def test_a_list_that_a_script_builds_is_read_in_a_browser(site: Site, tmp_path: Path) -> None:
    told = told_by(done := run(site, tmp_path, f"{site.url}/shell.html", "--json"))
    assert done.returncode == 0, done.stderr
    assert told["rendered"]
    assert [[row["url"].removeprefix(site.url), row["title"], row["listed"]] for row in told["rows"]] == ROWS


def test_the_address_of_a_list_service_is_read_too(site: Site, tmp_path: Path) -> None:
    told = told_by(done := run(site, tmp_path, f"{site.url}/api/list?page=1&pageSize=4", "--json", "--name", "某市司法局"))
    assert done.returncode == 0, done.stderr
    assert (told["pages"], told["second_page_rows"], len(told["rows"])) == (2, 4, 4)


def test_what_was_read_in_part_is_said_with_its_cure(site: Site, tmp_path: Path) -> None:
    done = run(site, tmp_path, f"{site.url}/part/index.html")
    assert done.returncode == 3
    assert "15 of 15 rows print no date with its year" in done.stderr
    assert "12 pages, but not where page 2 is" in done.stderr
    assert "[[bureau.watch]]" in done.stdout


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", ["% sure, a crawl takes 50% and more", "columns that this page leads to", "通知公告"]),
        ("/a/report.html", ["reads like a report, not like a list", "/zwgk/fzzf/"]),
        ("/a/empty.html", ["unexpected_structure"]),
        ("/waf.html", ["captcha"]),
        ("/nowhere.html", ["not_found"]),
    ],
)
def test_a_page_that_is_no_list_is_told_as_what_it_is(site: Site, tmp_path: Path, path: str, words: list[str]) -> None:
    seeds = tmp_path / "seeds.toml"
    done = run(site, tmp_path, site.url + path, "--write", str(seeds))
    assert (done.returncode, done.stdout, seeds.exists()) == (1, "", False)
    assert [word for word in words if word not in done.stderr] == []


def test_dead_hosts_and_private_addresses_are_not_read(site: Site, tmp_path: Path) -> None:
    dead = run(site, tmp_path, "http://127.0.0.1:9/list/index.html")
    site.asked.clear()
    private = run(site, tmp_path, site.url + LIST, private=False)
    assert (dead.returncode, private.returncode, site.asked) == (1, 1, [])
    assert "network" in dead.stderr
    assert "blocked_host" in private.stderr
    assert run(site, tmp_path, "ftp://x/").returncode == 2
