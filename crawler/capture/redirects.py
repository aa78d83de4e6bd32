"""Follows redirects as a polite reader does: without a Referer, and on the same errand. Judges none of them."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response


class QuietRedirectMiddleware(RedirectMiddleware):
    """Scrapy's own, which expects a referer middleware; ours sends no Referer at all."""

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002  Scrapy's signature
        """Send none: where we come from is nobody's business, and a page's policy is not obeyed blindly."""
        request.headers.pop("Referer", None)
