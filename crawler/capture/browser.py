"""Fetches what asks for a browser through Chromium, and all else plainly. Decides not which pages those are."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.capture.browser_corner import Caller, Corner
from crawler.capture.browser_shared import SharedBrowser
from crawler.capture.browser_visit import Brought, FileAsked
from crawler.capture.guard import Gate, GuardedResolver
from spiders.failures import Failure, PageRefused
from spiders.rendered import Awaited

_CHALLENGED = frozenset({412, 468, 521})
"""Statuses of challenges; what a site answers so plainly, it gives to the browser that has passed its challenge."""
_OWN_HEADERS = frozenset({"user-agent", "from", "accept-encoding", "cookie", "host", "content-length", "connection"})
"""Headers that the browser's client sets by itself, or that stand in its context."""


class BrowserOnDemand(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # it ships no types
    """Plain requests go out plainly; the first one that asks for a browser starts it.

    scrapy-playwright's own handler starts a driver and a browser with every crawl (80 MB, 0.6 s), and holds a page to no
    limits. Of it remain the way in, the settings and the meta keys; the browser is the session's (`attach_browser`).
    """

    async def download_request(self, request: Request) -> Response:
        """Fetch a page, plainly or through Chromium as its `meta["playwright"]` says.

        Raises:
            VisitError: see `crawler.capture.browser_visit.visit`.
        """
        if request.meta.get("playwright"):
            return await self._download_request(request)
        response = await self._plainly(request)
        corner = _corner_of(self._crawler)
        if response.status in _CHALLENGED and corner is not None and corner.is_known:
            return _response(request, await corner.fetch(_file(request)), ())
        return response

    async def close(self) -> None:
        """Close the plain connections, and this crawl's corner of the browser."""
        await HTTP11DownloadHandler.close(self)
        corner, own = _corner_of(self._crawler), getattr(self._crawler, _OWN, None)
        if corner is not None:
            await corner.close()
        if own is not None:
            await own.close()

    async def _launch(self) -> None:
        """Start nothing with the crawl: most crawls need no browser."""

    async def _download_request(self, request: Request, spider: object = None) -> Response:  # noqa: ARG002  as it is called
        corner = _corner_of(self._crawler) or self._new_corner()
        awaited: Awaited | None = request.meta.get("awaited")
        if awaited is None or request.method != "GET":
            return _response(request, await corner.fetch(_file(request)), ("playwright",))
        brought = await corner.visit(request.url, awaited)
        self._gate.check(brought.url)  # where scripts and redirects led
        return _response(request, brought, ("playwright",))

    async def _plainly(self, request: Request) -> Response:
        from twisted.internet import reactor  # noqa: PLC0415  importing it installs one

        try:
            return await HTTP11DownloadHandler.download_request(self, request)
        except CannotResolveHostError:
            resolver = getattr(reactor, "resolver", None)
            host = urlsplit(request.url).hostname or ""
            why = resolver.why_refused(host) if isinstance(resolver, GuardedResolver) else None
            if why is None:
                raise
            raise PageRefused(Failure.BLOCKED_HOST, request.url, why) from None

    @property
    def _gate(self) -> Gate:
        return Gate.of(self._crawler.settings.getlist("BUREAUWATCH_ALLOW_PRIVATE"))

    def _new_corner(self) -> Corner:
        """This crawl's corner; http and https share it. Without a session the crawl has a browser of its own."""
        settings = self._crawler.settings
        browser: SharedBrowser | None = getattr(self._crawler, _SHARED, None)
        if browser is None:
            browser = SharedBrowser()
            setattr(self._crawler, _OWN, browser)
        caller = Caller(settings.get("USER_AGENT", ""), settings.getdict("DEFAULT_REQUEST_HEADERS").get("From", ""))
        corner = Corner(browser, self._gate, caller)
        setattr(self._crawler, _CORNER, corner)
        return corner


_SHARED = "bureauwatch_browser"
_OWN = "bureauwatch_own_browser"
_CORNER = "bureauwatch_corner"


def attach_browser(crawler: Crawler, browser: SharedBrowser) -> None:
    """Give a crawl the session's browser, before it starts; whoever made the browser closes it."""
    setattr(crawler, _SHARED, browser)


def _corner_of(crawler: Crawler) -> Corner | None:
    return cast("Corner | None", getattr(crawler, _CORNER, None))


def _file(request: Request) -> FileAsked:
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in request.headers.items()
        for value in values
        if name.decode("latin-1").lower() not in _OWN_HEADERS
    )
    return FileAsked(request.url, request.method, headers, request.body)


def _response(request: Request, brought: Brought, flags: tuple[str, ...]) -> Response:
    headers = Headers()
    for name, value in brought.headers:
        headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=brought.url, body=brought.body)
    return kind(url=brought.url, status=brought.status, headers=headers, body=brought.body, request=request, flags=list(flags))
