"""Starts Chromium, once a page really needs it, and fetches that page through it. Decides not which pages those are."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Request as BrowserRequest
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.capture.find_browser import find_browser
from crawler.capture.guard import Gate, GuardedResolver
from spiders.failures import Failure, PageFaulty, PageRefused

_QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
]
_HEAVY = frozenset({"image", "media", "font"})


class BrowserOnDemand(HTTP11DownloadHandler):
    """Plain requests go out plainly; the first one that asks for a browser starts it.

    scrapy-playwright's own handler starts Playwright's driver with every crawl (80 MB, 0.6 s); most crawls need none.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._browser: ScrapyPlaywrightDownloadHandler | None = None

    async def download_request(self, request: Request) -> Response:
        """Fetch a page, plainly or through Chromium as its `meta["playwright"]` says.

        Raises:
            PageFaulty: no browser was found. Cure: see `find_browser`.
        """
        if not request.meta.get("playwright"):
            return await self._plainly(request)
        if self._browser is None:
            self._browser = await self._start(request.url)
        response: Response = await self._browser.download_request(request)
        Gate.of(self._crawler.settings.getlist("BUREAUWATCH_ALLOW_PRIVATE")).check(response.url)  # where redirects led
        return response

    async def _plainly(self, request: Request) -> Response:
        from twisted.internet import reactor  # noqa: PLC0415  importing it installs one

        try:
            return await super().download_request(request)
        except CannotResolveHostError:
            resolver = getattr(reactor, "resolver", None)
            host = urlsplit(request.url).hostname or ""
            why = resolver.why_refused(host) if isinstance(resolver, GuardedResolver) else None
            if why is None:
                raise
            raise PageRefused(Failure.BLOCKED_HOST, request.url, why) from None

    async def close(self) -> None:
        """Close the browser, if one was started, and the plain connections."""
        if self._browser is not None:
            await self._browser.close()
        await super().close()

    async def _start(self, url: str) -> ScrapyPlaywrightDownloadHandler:
        if not self._crawler.settings.getdict("PLAYWRIGHT_LAUNCH_OPTIONS"):
            raise PageFaulty(Failure.NO_BROWSER, url, "no Chromium found")
        gate = Gate.of(self._crawler.settings.getlist("BUREAUWATCH_ALLOW_PRIVATE"))
        handler = ScrapyPlaywrightDownloadHandler.from_crawler(self._crawler)
        handler.abort_request = lambda request: _not_wanted(request, gate)
        # The handler waits for a signal that has passed by the time it is made: it is told by hand.
        await handler._launch()  # noqa: SLF001  scrapy-playwright 0.0.48 offers no public start
        return handler


def launch_options() -> dict[str, object]:
    """How Chromium is started; empty where none was found."""
    executable = find_browser()
    if executable is None:
        return {}
    # Root cannot use Chromium's sandbox; everybody else must.
    return {"executable_path": executable, "args": _QUIET, "chromium_sandbox": os.geteuid() != 0}


def _not_wanted(request: BrowserRequest, gate: Gate) -> bool:
    """Requests of a page that are not let out: pictures, and whatever would reach a private network or a file."""
    if request.resource_type in _HEAVY:
        return True
    try:
        gate.check(request.url)
    except PageRefused:
        return not request.url.startswith(("data:", "blob:", "about:"))
    return False


async def browser_headers(
    *, browser_type_name: str, playwright_request: BrowserRequest, scrapy_request_data: dict[str, Any]
) -> dict[str, str]:
    """The headers that Chromium sends: its own, with who we are behind its user agent."""
    headers = await playwright_request.all_headers()
    ours = scrapy_request_data["headers"].to_unicode_dict()
    headers["user-agent"] = f"{headers.get('user-agent', browser_type_name)} {ours.get('User-Agent', '')}".strip()
    return {**headers, "from": ours["From"]} if "From" in ours else headers
