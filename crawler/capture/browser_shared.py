"""One Chromium for a whole session, renewed now and then, restarted when it has died, ended when idle. Opens no page."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

from playwright.async_api import Browser, CDPSession, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from crawler.capture.browser_launch import BrowserFolder, launch, weakness
from crawler.capture.browser_limits import BrowserLimits
from crawler.capture.browser_memory import end_large_renderers
from crawler.capture.egress_proxy import EgressProxy
from spiders.failures import Failure, PageFaulty, VisitError

_LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class RunningBrowser:
    """A browser that runs, with all that was started for it."""

    playwright: Playwright
    browser: Browser
    proxy: EgressProxy
    folder: BrowserFolder
    line: CDPSession  # to the browser itself
    user_agent: str  # its own
    memory: asyncio.Task[None]
    served: int = 0  # pages
    is_worn: bool = False  # a page of it could not be closed

    async def is_alive(self, longest_s: float) -> bool:
        """Whether it still answers; where it does not, it is worn out."""
        try:
            async with asyncio.timeout(longest_s):
                await self.line.send("Browser.getVersion")
        except (PlaywrightError, OSError, TimeoutError):
            self.is_worn = True
        return not self.is_worn

    async def close(self, longest_s: float) -> None:
        """End all of it, in good order as far as it lets us; its processes end with Playwright's driver at the latest."""
        self.memory.cancel()
        for ending in (self.browser.close(), self.playwright.stop()):
            with suppress(PlaywrightError, OSError, TimeoutError):
                async with asyncio.timeout(longest_s):
                    await ending
        await self.proxy.close()
        self.folder.close()


Pack = Callable[[RunningBrowser], Awaitable[None]]
"""Saves what somebody has in a browser that is about to go."""


class SharedBrowser:
    """The browser of a session; started by the first page that needs it. Whoever makes it closes it.

    Args:
        limits: what pages and the browser may cost.
    """

    def __init__(self, limits: BrowserLimits | None = None) -> None:
        self.limits = limits or BrowserLimits()
        self.launches = 0
        self._running: RunningBrowser | None = None
        self._lodgers: set[Pack] = set()
        self._pages = 0
        self._change = asyncio.Condition()
        self._resting: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None
        self._refused: tuple[float, VisitError] | None = None  # when it did not start, and why
        self._told_weakness = False
        self._closed = False

    @property
    def running(self) -> RunningBrowser | None:
        """What runs at the moment."""
        return self._running

    def enrol(self, pack: Pack) -> None:
        """Tell a lodger before the browser is closed or renewed."""
        self._lodgers.add(pack)

    def forget(self, pack: Pack) -> None:
        """It has gone."""
        self._lodgers.discard(pack)

    @asynccontextmanager
    async def for_page(self, url: str) -> AsyncIterator[RunningBrowser]:
        """A running browser, for the time of one page.

        Raises:
            PageFaulty: there is none, or it does not start. Cure: see `find_browser`.
        """
        async with self._change:
            await self._change.wait_for(self._has_room)
            if self._resting is not None:
                self._resting.cancel()
            if self._running is None or self._is_worn:
                await self._renew(url)
            running = self._running
            assert running is not None
            running.served += 1
            self._pages += 1
        try:
            yield running
        finally:
            async with self._change:
                self._pages -= 1
                if self._pages == 0 and not self._closed:
                    self._resting = asyncio.get_running_loop().call_later(self.limits.idle_s, self._rest)
                self._change.notify_all()

    async def close(self) -> None:
        """End the browser and everything that belongs to it."""
        self._closed = True
        if self._resting is not None:
            self._resting.cancel()
        async with self._change:
            await self._end()

    @property
    def _is_worn(self) -> bool:
        running = self._running
        return running is not None and (
            running.is_worn or running.served >= self.limits.pages_per_browser or not running.browser.is_connected()
        )

    def _has_room(self) -> bool:
        return self._pages < self.limits.pages_at_once and not (self._is_worn and self._pages > 0)

    def _rest(self) -> None:
        self._ending = asyncio.ensure_future(self._end_if_idle())

    async def _end_if_idle(self) -> None:
        async with self._change:
            if self._pages == 0:
                await self._end()

    async def _renew(self, url: str) -> None:
        now = asyncio.get_running_loop().time()
        if self._closed:
            raise PageFaulty(Failure.NO_BROWSER, url, "the browser has been closed")
        if self._refused is not None and now - self._refused[0] < self.limits.again_s:
            raise PageFaulty(Failure.NO_BROWSER, url, self._refused[1].detail)
        await self._end()
        try:
            self._running = await self._start(url)
        except VisitError as error:
            self._refused = (now, error)
            raise
        self._refused = None

    async def _end(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        for pack in list(self._lodgers):
            await pack(running)
        await running.close(self.limits.closing_s)

    async def _start(self, url: str) -> RunningBrowser:
        self.launches += 1
        async with AsyncExitStack() as undo:
            folder, proxy = BrowserFolder(), EgressProxy()
            undo.callback(folder.close)
            undo.push_async_callback(proxy.close)
            try:
                await proxy.start()
                async with asyncio.timeout(self.limits.starting_s):
                    playwright = await async_playwright().start()
                    undo.push_async_callback(self._stop, playwright)
                    browser, standing = await launch(playwright, folder, proxy.url, url)
                    line = await browser.new_browser_cdp_session()
                    user_agent = str((await line.send("Browser.getVersion"))["userAgent"])
            except TimeoutError as error:
                late = f"Chromium has not started within {self.limits.starting_s:g} s"
                raise PageFaulty(Failure.NO_BROWSER, url, late) from error
            except (PlaywrightError, OSError) as error:
                raise PageFaulty(Failure.NO_BROWSER, url, f"Chromium does not start: {str(error)[:200]}") from error
            undo.pop_all()  # all is well: the browser is ours to end
        if not self._told_weakness and (told := weakness(standing)):
            _LOG.warning("%s", told)
            self._told_weakness = True
        watch = end_large_renderers(folder.profile, self.limits.renderer_bytes, self.limits.memory_s)
        return RunningBrowser(playwright, browser, proxy, folder, line, user_agent, asyncio.ensure_future(watch))

    async def _stop(self, playwright: Playwright) -> None:
        """End a driver whose browser did not start."""
        with suppress(PlaywrightError, OSError, TimeoutError):
            async with asyncio.timeout(self.limits.closing_s):
                await playwright.stop()
