"""The crawl's own way to the browser: one for all crawls of a session, none for a crawl that needs none, plain where plain will do."""

from __future__ import annotations

import json
import subprocess
import sys

PROGRAM = """
import asyncio, json, logging
from aiohttp import web
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from crawler import settings as scrapy_settings
from crawler.capture.browser import attach_browser
from crawler.capture.browser_limits import BrowserLimits
from crawler.capture.browser_memory import browser_processes
from crawler.capture.browser_shared import SharedBrowser
from crawler.capture.guard import Gate
from crawler.schedule import engine
from spiders.failing import failure_of
from spiders.rendered import in_browser
from tests.browser_stage import TEXT, canary, serving
from tests.test_browser_challenges import RIVER, river, river_script

told, gate = [], None


class Sender(Spider):
    name = "sender"
    custom_settings = {"ITEM_PIPELINES": {}, "EXTENSIONS": {}, "SPIDER_MIDDLEWARES": {}, "DOWNLOADER_MIDDLEWARES": {
        **{name: None for name in scrapy_settings.DOWNLOADER_MIDDLEWARES}}}

    def __init__(self, asks=(), **kwargs):
        super().__init__(**kwargs)
        self.asks = asks

    async def start(self):
        yield self.ask(0)

    def ask(self, place):
        role, url, method = self.asks[place]
        request = Request(url, method=method, body="page=2" if method == "POST" else "", callback=self.note, errback=self.failed, dont_filter=True, meta={"place": place})
        return request if role == "plain" else in_browser(request, role, None)

    def note(self, response):
        told.append([response.meta["place"], response.status, response.body.decode() if response.body.startswith(b"%PDF") else TEXT in response.text, sorted(response.flags)])
        yield from self.further(response.meta["place"])

    def failed(self, failure):
        told.append([failure.request.meta["place"], failure_of(failure.value)[0].value])
        yield from self.further(failure.request.meta["place"])

    def further(self, place):
        if place + 1 < len(self.asks):
            yield self.ask(place + 1)


async def main():
    async with serving() as site, canary("127.0.0.1") as bird:
        async def attached(request):
            known = request.cookies.get("FSSBBIl1UgzbN7NP")
            return web.Response(body=b"%PDF-1.4 " + request.method.encode(), content_type="application/pdf") if known else web.Response(status=412, text=RIVER, content_type="text/html")
        site.does("/x7.js", river_script)
        page, file = site.does("/a.html", river), site.does("/c.pdf", attached)
        inward = site.bytes("/in", b"", 302, Location=f"http://127.0.0.1:{bird.port}/")
        engine.guard_names(Gate.of([site.pair]))
        settings = Settings()
        settings.setmodule(scrapy_settings)
        settings.setdict({"USER_AGENT": "bureauwatch/test", "BUREAUWATCH_ALLOW_PRIVATE": [site.pair], "ROBOTSTXT_OBEY": False})
        shared = SharedBrowser(BrowserLimits(poll_s=0.05))
        asks = [("plain", file, "GET"), ("report", page, "GET"), ("plain", file, "GET"), ("plain", file, "POST"), ("attachment", file, "GET"), ("report", inward, "GET")]
        runs = []
        for browser in (shared, shared, None):
            runner = AsyncCrawlerRunner(settings)
            crawler = runner.create_crawler(Sender)
            if browser is not None:
                attach_browser(crawler, browser)
            await runner.crawl(crawler, asks=asks)
            runs.append([told[:], shared.launches, len(shared.running.browser.contexts)])
            told.clear()
        profile = shared.running.folder.profile
        await shared.close()
        print(json.dumps({"runs": runs, "left": len(browser_processes(profile)), "heard": len(bird.heard), "agent": site.asked[0].headers["User-Agent"]}))


engine.run(main, gate=Gate.of([]))
"""


def test_crawls_share_the_sessions_browser_but_no_cookies_and_one_without_a_session_has_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    expected = [
        [0, 412, False, []],  # before the browser has passed the challenge, a plain request is just refused
        [1, 200, True, ["playwright"]],  # the status is that of the page, not that of the challenge before it
        [2, 200, "%PDF-1.4 GET", []],
        [3, 200, "%PDF-1.4 POST", []],
        [4, 200, "%PDF-1.4 GET", ["playwright"]],
        [5, "blocked_host"],
    ]
    assert [run[0] for run in told["runs"]] == [expected] * 3
    assert [run[1:] for run in told["runs"]] == [[1, 0]] * 3
    assert (told["left"], told["heard"]) == (0, 0)
    assert done.stderr == ""
