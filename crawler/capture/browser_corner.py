"""One site's corner of the shared browser: its cookies, its pass through the proxy, its pages. Decides not what is visited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from playwright.async_api import BrowserContext, StorageState
from playwright.async_api import Error as PlaywrightError

from crawler.capture.browser_page import WatchedPage
from crawler.capture.browser_shared import RunningBrowser, SharedBrowser
from crawler.capture.browser_visit import Brought, FileAsked, fetch, visit
from crawler.capture.egress_proxy import EgressPass
from crawler.capture.guard import Gate
from spiders.failures import Failure, PageFaulty
from spiders.rendered import Awaited


@dataclass(frozen=True)
class Caller:
    """Who asks, as sites are told."""

    name: str  # behind the browser's own user agent
    mail: str = ""  # for the From header; "" says nothing


@dataclass(frozen=True)
class _Furnished:
    running: RunningBrowser
    context: BrowserContext
    egress: EgressPass


class Corner:
    """What the browser knows of one site. Fresh for each crawl; no other one sees it.

    Args:
        browser: the session's.
        gate: what this crawl may connect to.
        caller: who asks.
    """

    def __init__(self, browser: SharedBrowser, gate: Gate, caller: Caller) -> None:
        self._browser = browser
        self._gate = gate
        self._caller = caller
        self._furnished: _Furnished | None = None
        self._cookies: StorageState | None = None  # of a browser that has gone
        self._furnishing = asyncio.Lock()
        self._refusals = 0  # of passes that were given back
        browser.enrol(self.pack)

    @property
    def is_known(self) -> bool:
        """Whether the site has been in the browser in this crawl."""
        return self._furnished is not None or self._cookies is not None

    @property
    def refusals_so_far(self) -> int:
        """How many connections into private networks its pages have asked for."""
        return self._refusals + (self._furnished.egress.refusals if self._furnished is not None else 0)

    async def visit(self, url: str, awaited: Awaited) -> Brought:
        """A page as Chromium builds it; see `crawler.capture.browser_visit.visit`.

        Raises:
            VisitError: no browser, or no page.
            PlaywrightError: no connection, no proper answer.
        """
        return await self._twice(url, lambda watched: visit(watched, awaited))

    async def fetch(self, asked: FileAsked) -> Brought:
        """A file, by the browser's own client; see `crawler.capture.browser_visit.fetch`."""
        return await self._twice(asked.url, lambda watched: watched.within(fetch(watched, asked), watched.limits.page_s))

    async def pack(self, running: RunningBrowser) -> None:
        """Keep the cookies: this browser is about to go. A solved challenge stays solved in the next one."""
        furnished = self._furnished
        if furnished is None or furnished.running is not running:
            return
        self._furnished = None
        self._give_back(furnished)
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(self._browser.limits.closing_s):
                self._cookies = await furnished.context.storage_state()

    async def close(self) -> None:
        """Leave nothing of the site behind."""
        furnished, self._furnished, self._cookies = self._furnished, None, None
        self._browser.forget(self.pack)
        if furnished is not None:
            self._give_back(furnished)
            with suppress(PlaywrightError, TimeoutError):
                async with asyncio.timeout(self._browser.limits.closing_s):
                    await furnished.context.close()

    async def _twice(self, url: str, work: Callable[[WatchedPage], Awaitable[Brought]]) -> Brought:
        """Do it, and once more if the browser died over it: it may have been another page's fault."""
        for _ in range(2):
            async with self._browser.for_page(url) as running:
                try:
                    async with self._page(running, url) as watched:
                        return await work(watched)
                except PlaywrightError:
                    if await running.is_alive(self._browser.limits.closing_s):
                        raise
        raise PageFaulty(Failure.UNEXPECTED_STRUCTURE, url, "Chromium ended or hung over the page, and so did the next one")

    @asynccontextmanager
    async def _page(self, running: RunningBrowser, url: str) -> AsyncIterator[WatchedPage]:
        watched: WatchedPage | None = None
        limits = self._browser.limits
        try:
            try:
                async with asyncio.timeout(limits.opening_s):  # Playwright itself would wait for ever
                    furnished = await self._furnish(running)
                    page = await furnished.context.new_page()
                    watched = WatchedPage(page, url, limits, furnished.egress, self._caller.mail)
                    await watched.begin()
            except TimeoutError as error:
                running.is_worn = True
                raise PlaywrightError(f"Chromium opens no page within {limits.opening_s:g} s") from error
            yield watched
        finally:
            if watched is not None and not await watched.end():
                running.is_worn = True

    async def _furnish(self, running: RunningBrowser) -> _Furnished:
        async with self._furnishing:
            if self._furnished is None or self._furnished.running is not running:
                egress = running.proxy.admit(self._gate)
                context = await running.browser.new_context(
                    proxy={
                        "server": running.proxy.url,
                        "bypass": "<-loopback>",
                        "username": egress.user,
                        "password": egress.secret,
                    },
                    user_agent=f"{running.user_agent} {self._caller.name}".strip(),
                    locale="zh-CN",
                    service_workers="block",
                    accept_downloads=True,
                    storage_state=self._cookies,
                )
                context.set_default_timeout(self._browser.limits.page_s * 1000)
                await context.grant_permissions([])  # which denies all others
                self._furnished = _Furnished(running, context, egress)
            return self._furnished

    def _give_back(self, furnished: _Furnished) -> None:
        self._refusals += furnished.egress.refusals
        furnished.running.proxy.withdraw(furnished.egress)
