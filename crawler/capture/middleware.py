"""Sends what we know of a page with each request, keeps requests out of private networks, judges each answer."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.capture.guard import Gate
from crawler.capture.judge import Answer, judge, retry_after
from crawler.context import RunContext, context_of, the_context
from spiders.addresses import canonical_key
from spiders.bureau_spider import Errand
from spiders.failures import Outcome, PageFaulty, PageGone, PageRefused
from storage import frontier
from storage.records import AddressRow

PAGE_CAP = 20 * 1024 * 1024  # bytes
ATTACHMENT_CAP = 100 * 1024 * 1024  # bytes


class GuardMiddleware:
    """Refuses requests, redirects included, that would leave the public internet."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(Gate.of(crawler.settings.getlist("BUREAUWATCH_ALLOW_PRIVATE")))

    def process_request(self, request: Request) -> None:
        """Raise PageRefused for an address that may not be visited."""
        self._gate.check(request.url)
        errand: Errand | None = request.meta.get("errand")
        request.meta["download_maxsize"] = ATTACHMENT_CAP if errand is not None and errand.role == "attachment" else PAGE_CAP


class ConditionalMiddleware:
    """Says which version we have, so that an unchanged page costs a 304; but never for longer than the full check allows."""

    def __init__(self, context: RunContext) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(the_context(crawler))

    def process_request(self, request: Request) -> None:
        """Add If-None-Match and If-Modified-Since where a 304 would tell us enough."""
        errand: Errand | None = request.meta.get("errand")
        if errand is None or request.meta.get("playwright"):
            return
        row = frontier.find(self._context.db, canonical_key(errand.url))
        tally = self._context.tallies[errand.target.watch_id]
        must_read = errand.role == "listing" and (tally.baseline or tally.walk_all)
        if row is None or must_read or not self._recently_full(row, self._context.now()):
            return
        if _TAG.fullmatch(row.etag):
            request.headers["If-None-Match"] = row.etag
        if _is_date(row.last_modified):
            request.headers["If-Modified-Since"] = row.last_modified

    def _recently_full(self, row: AddressRow, now: datetime) -> bool:
        """ETags of government sites cannot be trusted for ever: every N days the bytes themselves are looked at."""
        longest = timedelta(days=self._context.config.settings.crawl.full_check_days)
        return row.last_full_at is not None and now - row.last_full_at < longest


class JudgeMiddleware:
    """Lets an answer through to the spider only if it is the page that was asked for."""

    def __init__(self, context: RunContext | None) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; a single fetch has no run."""
        return cls(context_of(crawler))

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise PageRefused, PageGone or PageFaulty for anything else."""
        errand: Errand | None = request.meta.get("errand")
        if errand is None:  # robots.txt: Scrapy's own business
            return response
        verdict = judge(
            Answer(
                role=errand.role,
                asked=errand.url,
                answered=response.url,
                status=response.status,
                body=response.body,
                conditional="If-None-Match" in request.headers or "If-Modified-Since" in request.headers,
                home_url=errand.target.bureau.home_url,
                cookies=b"\n".join(response.headers.getlist("Set-Cookie")),
            )
        )
        if verdict is not None:
            failure, detail = verdict
            self._heed(errand, response)
            raise _EXCEPTIONS.get(failure.outcome, PageFaulty)(failure, response.url, detail)
        return response

    def _heed(self, errand: Errand, response: Response) -> None:
        """Remember when the site wants to see us again."""
        wish = response.headers.get("Retry-After")
        if self._context is not None and wish is not None:
            now, tally = self._context.now(), self._context.tallies[errand.target.watch_id]
            asked = retry_after(wish.decode("latin-1"), now)
            tally.not_before = max(filter(None, (tally.not_before, asked)), default=None)


def _is_date(spelled: str) -> bool:
    """Whether a Last-Modified can be meant: sites send garbage, and the year 9999, and would be sent it back."""
    try:
        return bool(spelled) and 1990 <= parsedate_to_datetime(spelled).year <= 2100
    except (ValueError, OverflowError):
        return False


_TAG = re.compile(r'(W/)?"?[\x21\x23-\x7e]{1,500}"?')
_EXCEPTIONS: dict[Outcome, type[PageRefused | PageGone | PageFaulty]] = {Outcome.REFUSED: PageRefused, Outcome.GONE: PageGone}
