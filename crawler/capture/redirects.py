"""Follows redirects as a polite reader does: few, without a Referer, on the same errand, never in a circle. Judges no page."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from seeds.schema import Watch
from spiders.bureau_spider import Errand
from spiders.failures import Failure, PageFaulty, PageRefused

_LONGEST_ADDRESS = 8_000  # characters, as for links (`spiders.page`)
_LONGEST_SHOWN = 120  # characters of an address in a chain


class QuietRedirectMiddleware(RedirectMiddleware):
    """Scrapy's own, which expects a referer middleware; ours sends no Referer at all."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; not told of the engine's start, at which Scrapy's own warns at length of the missing referer."""
        middleware = cls(crawler.settings)
        middleware.crawler = crawler
        return middleware

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Request | Response:  # noqa: ARG002  Scrapy's signature
        """Follow a redirect even to an address that was asked for before, if a cookie was given on the way.

        Sites hand out a cookie with a redirect to the very same address; Scrapy would drop that as a duplicate, in silence.

        Raises:
            VisitError: it leads nowhere, in a circle, on too often, or out of encryption. Cure: see the failure's hint.
        """
        if response.status in _REDIRECTS and "Location" in response.headers:
            _check_count(request, response, self.max_redirect_times)
        try:
            answer = super().process_response(request, response)
        except ValueError as error:
            raise PageFaulty(Failure.PROTOCOL, response.url, f"redirects to no proper address: {error}") from error
        if not isinstance(answer, Request):
            return answer
        if len(answer.url) > _LONGEST_ADDRESS:
            raise PageFaulty(Failure.PROTOCOL, response.url, f"redirects to an address of {len(answer.url)} characters")
        check_downgrade(request, answer.url)
        answer.meta[_COOKIE_GIVEN] = bool(request.meta.get(_COOKIE_GIVEN)) or "Set-Cookie" in response.headers
        _check_circle(answer)
        return answer.replace(dont_filter=True)

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002  Scrapy's signature
        """Send none: where we come from is nobody's business, and a page's policy is not obeyed blindly."""
        request.headers.pop("Referer", None)


def check_downgrade(request: Request, target: str) -> None:
    """Pass a way on that stays encrypted, or need not.

    Raises:
        PageRefused: it leads from https to http and the watch's seed does not allow that.
    """
    errand: Errand | None = request.meta.get("errand")
    if errand is None or urlsplit(request.url).scheme != "https" or urlsplit(target).scheme != "http":
        return
    watch: Watch = errand.target.watch
    if not watch.allow_http and urlsplit(watch.listing_url).scheme == "https":
        raise PageRefused(Failure.DOWNGRADE, request.url, f"redirects to {target[:_LONGEST_SHOWN]}")


def _check_count(request: Request, response: Response, most: int) -> None:
    if request.meta.get("redirect_times", 0) >= most:
        chain = [*request.meta.get("redirect_urls", []), request.url, (response.headers["Location"] or b"").decode("latin-1")]
        raise PageFaulty(Failure.REDIRECT_LOOP, request.url, f"more than {most} redirects: {_chain(chain)}")


def _check_circle(answer: Request) -> None:
    """An address may come a second time once a cookie was given; a third time, or without one, it is a circle."""
    before: list[str] = answer.meta["redirect_urls"]
    if before.count(answer.url) > (1 if answer.meta[_COOKIE_GIVEN] else 0):
        raise PageFaulty(Failure.REDIRECT_LOOP, answer.url, f"leads back to itself: {_chain([*before, answer.url])}")


def _chain(urls: list[str]) -> str:
    return " -> ".join(url[:_LONGEST_SHOWN] for url in urls)


_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_COOKIE_GIVEN = "cookie_given"
