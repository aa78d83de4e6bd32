"""Follows redirects as a polite reader does: without a Referer, and on the same errand. Judges none of them."""

from __future__ import annotations

from typing import Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from spiders.failures import Failure, PageFaulty


class QuietRedirectMiddleware(RedirectMiddleware):
    """Scrapy's own, which expects a referer middleware; ours sends no Referer at all."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; not told of the engine's start, at which Scrapy's own warns at length of the missing referer."""
        middleware = cls(crawler.settings)
        middleware.crawler = crawler
        return middleware

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Request | Response:  # noqa: ARG002  Scrapy's signature
        """Follow a redirect even to an address that was asked for before.

        Sites hand out a cookie with a redirect to the very same address; Scrapy would drop that as a duplicate, in silence.
        """
        try:
            answer = super().process_response(request, response)
        except ValueError as error:
            raise PageFaulty(Failure.PROTOCOL, response.url, f"redirects to no proper address: {error}") from error
        return answer.replace(dont_filter=True) if isinstance(answer, Request) else answer

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002  Scrapy's signature
        """Send none: where we come from is nobody's business, and a page's policy is not obeyed blindly."""
        request.headers.pop("Referer", None)
