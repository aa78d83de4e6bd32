"""Keeps one page of the browser within its bounds while it is visited, and notes what came of it. Reads no text."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.async_api import Dialog, Download, Frame, Page, Request, Response, Route
from playwright.async_api import Error as PlaywrightError

from crawler.capture.browser_limits import BrowserLimits
from crawler.capture.egress_proxy import OURS, EgressPass
from spiders.failures import Failure, PageFaulty, PageRefused, VisitError
from spiders.page import decode

_HEAVY = frozenset({"image", "media", "font"})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MOST_ANSWERS_KEPT = 100
_SETTLING_S = 0.1  # Chromium 156 at times does not hear that a page is to be closed just when an answer takes its place

T = TypeVar("T")


class WatchedPage:
    """A page with its rules: what it may not do ends the visit, by an exception out of `within`.

    Args:
        page: fresh, nothing loaded yet.
        url: the address it is opened for.
        limits: what it may cost.
        egress: the pass of its context.
        mail: whom the site may write to, for the From header of the pages themselves; "" says nothing.
    """

    def __init__(self, page: Page, url: str, limits: BrowserLimits, egress: EgressPass, mail: str) -> None:
        self.page = page
        self.url = url
        self.limits = limits
        self.download: Download | None = None  # the first that the page began
        self._download_begun = asyncio.Event()
        self.main: Response | None = None  # the page's own answer, the last one if it was loaded several times
        self._egress = egress
        self._mail = mail
        self.goes_by_bytes = False  # what charset the page is in, its bytes say, and not its labels
        self.last_asked = url  # where the page itself went last
        self._answers: dict[str, Response] = {}
        self._dialogs = self._popups = self._requests = self._navigations = 0
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def begin(self) -> None:
        """Set the rules up, before anything is loaded."""
        self.page.on("dialog", self._dismiss)
        self.page.on("popup", self._close_popup)
        self.page.on("download", self._note_download)
        self.page.on("framenavigated", self._count_navigation)
        self.page.on("request", self._note_asked)
        self.page.on("response", self._note_answer)
        self.page.on("requestfailed", self._note_failure)
        self.page.on("crash", lambda _: self._end("the page crashed: it needed too much memory, or broke the browser"))
        await self.page.route("**/*", self._route)

    def go_by_bytes(self) -> None:
        """Further tries are read in the charset of the page's bytes, whatever the site says."""
        if self.main is not None:
            self.url = self.main.url
        self.goes_by_bytes = True

    def begin_try(self) -> None:
        """A further try of the same page starts with nothing noted."""
        self.download = self.main = None
        self._download_begun.clear()
        self._navigations = 0

    async def within(self, work: Awaitable[T], longest_s: float) -> T:
        """What `work` comes to, unless the page breaks a rule first.

        Raises:
            VisitError: it did, or it took too long.
        """
        task = asyncio.ensure_future(work)
        try:
            ending: set[asyncio.Future[Any]] = {task, self._over}
            await asyncio.wait(ending, timeout=longest_s, return_when=asyncio.FIRST_COMPLETED)
            if self._over.done():
                self._over.result()
            if not task.done():
                raise PageFaulty(Failure.TIMEOUT, self.url, f"the page was not there after {longest_s:g} s in the browser")
            return task.result()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def end(self) -> bool:
        """Close the page, whatever it says to that. Whether it is closed: the browser of one that is not had better go."""
        if self._over.done():
            self._over.exception()  # heard, even where nobody waits any more
            await asyncio.sleep(_SETTLING_S)
        try:
            async with asyncio.timeout(self.limits.closing_s):
                await self.page.close(run_before_unload=False)
        except TimeoutError:
            return False
        except PlaywrightError:  # it went with its browser
            return True
        return True

    async def drop_download(self) -> None:
        """End a download that has begun, or is about to, and remove its file."""
        with suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_SETTLING_S * 10):
                await self._download_begun.wait()
                if self.download is not None:
                    await self.download.cancel()
                    await self.download.delete()

    def answer_to(self, url: str) -> Response | None:
        """The answer that a request of this page got, if it is still known."""
        return self._answers.get(url)

    def trouble(self, url: str) -> VisitError | None:
        """Why the host of this address was not reached, if it was not."""
        parts = urlsplit(url)
        found = self._egress.troubles.get(f"{parts.hostname}:{parts.port or _DEFAULT_PORTS.get(parts.scheme)}")
        if found is None:
            return None
        kind = PageRefused if found.failure is Failure.BLOCKED_HOST else PageFaulty
        return kind(found.failure, url, found.detail)

    def raise_if_unreached(self, url: str, headers: dict[str, str]) -> None:
        """Raise what kept us from a host, where this answer is the proxy's own and not the site's."""
        if headers.get(OURS) == self._egress.secret:
            raise self.trouble(url) or PageFaulty(Failure.NETWORK, url, "no connection")

    def _fail(self, error: VisitError | PlaywrightError) -> None:
        if not self._over.done():
            self._over.set_exception(error)

    def _end(self, why: str) -> None:
        self._fail(PageFaulty(Failure.UNEXPECTED_STRUCTURE, self.url, why))

    async def _dismiss(self, dialog: Dialog) -> None:
        self._dialogs += 1
        if self._dialogs > self.limits.dialogs:
            self._end(f"the page opened more than {self.limits.dialogs} dialogs")
        with suppress(PlaywrightError):  # it went away by itself
            await dialog.dismiss()

    async def _close_popup(self, popup: Page) -> None:
        self._popups += 1
        if self._popups > self.limits.popups:
            self._end(f"the page opened more than {self.limits.popups} windows")
        with suppress(PlaywrightError):
            await popup.close()

    def _note_download(self, download: Download) -> None:
        if self.download is None:
            self.download = download
            self._download_begun.set()

    def _count_navigation(self, frame: Frame) -> None:
        if frame != self.page.main_frame:
            return
        self._navigations += 1
        if self._navigations > self.limits.navigations:
            told = f"the page went on to another address more than {self.limits.navigations} times"
            self._fail(PageFaulty(Failure.REDIRECT_LOOP, self.url, told))

    def _note_asked(self, request: Request) -> None:
        if self._is_main(request):
            self.last_asked = request.url

    def _note_answer(self, response: Response) -> None:
        if len(self._answers) < _MOST_ANSWERS_KEPT:
            self._answers[response.url] = response
        if not self._is_main(response.request) or 300 <= response.status < 400:
            return
        self.main = response
        try:
            self.raise_if_unreached(response.url, response.headers)
        except VisitError as error:
            self._fail(error)

    def _note_failure(self, request: Request) -> None:
        """A page that broke off, or that a script led nowhere: `goto` only tells of its own way there."""
        told = request.failure or ""
        if self._is_main(request) and told.startswith("net::ERR_") and "ERR_ABORTED" not in told:
            is_unreached = "ERR_TUNNEL_CONNECTION_FAILED" in told
            self._fail((self.trouble(request.url) if is_unreached else None) or PlaywrightError(f"{told} at {request.url}"))

    def _is_main(self, request: Request) -> bool:
        try:
            return request.is_navigation_request() and request.frame == self.page.main_frame
        except PlaywrightError:  # the frame of a window that is not there yet
            return False

    async def _route(self, route: Route, request: Request) -> None:
        self._requests += 1
        if self._requests > self.limits.requests_in_all:
            self._end(f"the page made more than {self.limits.requests_in_all} requests")
        with suppress(PlaywrightError):  # the page has been closed meanwhile
            if self._requests > self.limits.requests or request.resource_type in _HEAVY:
                await route.abort("blockedbyclient")
            elif self._is_main(request):
                await self._let_out(route, request)
            else:
                await route.continue_()

    async def _let_out(self, route: Route, request: Request) -> None:
        """A request for the page itself says whom to write to; a page that was misread gets the right label."""
        headers = {**await request.all_headers(), **({"from": self._mail} if self._mail else {})}
        if not self.goes_by_bytes:
            await route.continue_(headers=headers)
            return
        answer = await route.fetch(headers=headers, max_redirects=0)
        label = {"content-type": f"text/html; charset={charset_of(await answer.body())}"}
        await route.fulfill(response=answer, headers={**answer.headers, **label})


def charset_of(body: bytes) -> str:
    """The charset that `spiders.page.decode` reads these bytes in; labels are not asked, and a byte order mark needs none."""
    return "utf-8" if body.decode("utf-8", "replace") == decode(body) else "gb18030"
