"""What never ends, ends: answers in drips, lists that lead back to themselves, browsers that hang, listings too large to look at."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from crawler.capture.browser_limits import BrowserLimits
from crawler.capture.browser_memory import browser_processes
from crawler.capture.browser_shared import SharedBrowser
from crawler.capture.find_browser import ENVIRONMENT
from crawler.capture.manners import MannersMiddleware
from crawler.clean.errors import ReadingTimedOut
from crawler.clean.pool import CleanPool
from seeds.load import Target
from seeds.schema import Bureau, Watch
from spiders.bureau_spider import BureauSpider, Errand
from spiders.failures import Failure, PageFaulty
from spiders.page_readers import read_listing
from spiders.rendered import something_is_there
from tests.browser_stage import TEXT, corner_of, serving
from tests.lone_visits import LoneVisits
from tests.long_list import Column, LongList
from tests.raw_sites import Site, listening

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
DRIPS = {
    "silence": (b"", b""),
    "the status line": (b"HTTP/1.1 200 O", b"K"),
    "one header": (b"HTTP/1.1 200 OK\r\nX: ", b"a"),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X: a\r\n"),
    "a body of a length": (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"a"),
    "a body without a length": (b"HTTP/1.1 200 OK\r\n\r\n", b"a"),
    "chunks": (CHUNKED, b"1\r\na\r\n"),
    "a chunk's size": (CHUNKED, b"0"),
    "a chunk's extension": (CHUNKED + b"1;", b"a"),
    "trailers": (CHUNKED + b"1\r\na\r\n0\r\n", b"X: a\r\n"),
}


@pytest.fixture(scope="module")
def visits() -> Iterator[LoneVisits]:
    with LoneVisits() as child:
        yield child


def dripping(head: bytes, drop: bytes) -> Callable[[socket.socket, Site], None]:
    def serve(line: socket.socket, _: Site) -> None:
        line.recv(65_536)
        line.sendall(head)
        for _drop in range(200):  # far longer than the visits wait, and not beyond the test
            line.sendall(drop)
            time.sleep(0.05)

    return serve


@pytest.mark.parametrize("what", DRIPS)
def test_an_answer_that_drips_for_ever_is_a_timeout(visits: LoneVisits, what: str) -> None:
    with listening(dripping(*DRIPS[what])) as site:
        assert visits.to(site.url(), "attachment", allow=(site.pair,), DOWNLOAD_TIMEOUT=0.5).outcome == "timeout"


def test_a_robots_txt_that_never_comes_keeps_nobody_waiting_for_ever(visits: LoneVisits) -> None:
    with listening(dripping(*DRIPS["chunks"])) as site:
        came = visits.to(site.url(), allow=(site.pair,), DOWNLOAD_TIMEOUT=0.5, ROBOTSTXT_OBEY=True)
    assert came.outcome == "timeout"


async def test_a_host_that_lets_everything_run_into_the_time_limit_is_asked_no_more_in_this_run() -> None:
    manners = MannersMiddleware({}, 0)
    page, elsewhere = Request("https://sfj.example.gov.cn/a.html"), Request("https://example.gov.cn/")
    for answered in (5, 6):
        for _ in range(answered):
            await manners.process_request(page)
            manners.process_exception(page, DownloadTimeoutError())
        if answered == 5:
            manners.process_response(page, Response(page.url))  # it lives: the count begins anew
    with pytest.raises(PageFaulty, match="not asked for") as raised:
        await manners.process_request(page)
    assert raised.value.failure is Failure.TIMEOUT
    await manners.process_request(elsewhere)


class LeadsBack(Column):
    """Its next page is itself, under an address that differs each time by what names no document."""

    def listing(self, page: int) -> str:
        times = len(self.asked)
        further = f'<div class="page"><a href="/list/index.html?t={times}">下一页</a></div>' if times < 30 else ""
        return super().listing(page).partition("<div")[0] + further + "</body></html>"


@pytest.mark.parametrize("words", [("crawl",), ("crawl", "--backfill")])
def test_a_list_whose_next_page_is_itself_ends_there(tmp_path: Path, words: tuple[str, ...]) -> None:
    with LongList(tmp_path, LeadsBack(reports=4)) as site:
        site.run(*words)
        assert site.listing_pages_asked() == [1]
        assert [event["kind"] for event in site.events()] == ["baseline"]


async def test_a_browser_that_hangs_between_two_pages_is_renewed_and_the_page_is_read() -> None:
    browser = SharedBrowser(BrowserLimits(opening_s=3, closing_s=1, rows_s=2, poll_s=0.05, steady_polls=1))
    async with serving() as site, corner_of(browser, site.pair) as corner:
        url = site.page("/good", f"<p>{TEXT}</p>")
        await corner.visit(url, something_is_there)
        stop(browser)
        async with asyncio.timeout(60):  # a watchdog for the test alone
            assert TEXT in (await corner.visit(url, something_is_there)).body.decode()
    await browser.close()
    assert browser.launches == 2


async def test_a_browser_that_does_not_start_in_time_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, silent_browser(tmp_path))
    browser = SharedBrowser(BrowserLimits(starting_s=2, closing_s=1))
    async with corner_of(browser, "127.0.0.1:1") as corner:
        with pytest.raises(PageFaulty) as raised:
            await corner.visit("http://127.0.0.1:1/", something_is_there)
    await browser.close()
    assert raised.value.failure is Failure.NO_BROWSER
    assert "within 2 s" in raised.value.detail


async def test_the_rows_of_a_rendered_listing_are_looked_for_where_pages_are_read() -> None:
    """A listing of 20 MB takes seconds for each look; the process of all crawls must not take part in that."""
    asked: list[tuple[str, bytes, str | None]] = []

    async def read_in(read: object, url: str, body: bytes, named: str | None) -> object:
        asked.append((url, body, named))
        raise PageFaulty(Failure.EXTRACT_FAILED, url, "it took too long")

    watch = Watch(section="年度报告", listing_url="http://127.0.0.1/list/", slug="column", family="trs_wcm", render="browser")
    bureau = Bureau(id="city", name="某市司法局", region="-", level="city", home_url="http://127.0.0.1/", watch=(watch,))
    target = Target(bureau, watch)
    spider = BureauSpider(targets=(target,), read_in=read_in)  # type: ignore[arg-type]
    request: Request = spider.request(Errand(target, "listing", watch.listing_url), rendered=True)
    with pytest.raises(PageFaulty):
        await request.meta["awaited"](watch.listing_url, "<html>列表")
    assert asked == [(watch.listing_url, "<html>列表".encode(), "trs_wcm")]


async def test_f204_a_million_links_are_read_or_stopped_and_the_next_page_is_read() -> None:
    pool = CleanPool(1, longest_s=1.5)
    try:
        with suppress(ReadingTimedOut):
            await pool.run(read_listing, "http://a.gov.cn/", b"<html><body>" + b"<a href=x>" * 1_000_000, None)
        assert await pool.run(len, b"next") == 4
    finally:
        await pool.close()


def silent_browser(folder: Path) -> str:
    made = folder / "chromium"
    made.write_text("#!/bin/sh\nexec sleep 60\n")
    made.chmod(0o755)
    folder.chmod(0o755)
    return str(made)


def stop(browser: SharedBrowser) -> None:
    """Freeze every process of the browser: the connection to it stands, and nobody answers."""
    assert browser.running is not None
    for process in browser_processes(browser.running.folder.profile):
        with suppress(OSError):
            os.kill(process.pid, signal.SIGSTOP)
