"""Keeps the distance between two requests to one host, and gives up a silent one for a run. Decides not what is requested."""

from __future__ import annotations

import asyncio
import time
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.context import context_of
from spiders.failing import failure_of
from spiders.failures import Failure, PageFaulty

_TOO_MANY = 429
_MOST_DOUBLINGS = 5  # 2 s become 64 s at the most; whoever wants more says so with Retry-After
_MOST_SILENCES = 6
"""Requests to a host in a row that ran into the time limit, second tries included: each costs a minute of everybody's time."""


class MannersMiddleware:
    """Waits until a host's turn has come.

    Scrapy keeps a delay within one crawl. Crawls of several watches run side by side, and the reports of two of them may
    lie on a third host: the time of the last request is kept for all of them together.
    """

    def __init__(self, free_at: dict[str, float], delay_s: float) -> None:
        self._free_at = free_at  # monotonic seconds, by host
        self._delay_s = delay_s
        self._times: dict[str, int] = {}  # how often a host's distance was doubled in this run
        self._silences: dict[str, int] = {}  # requests in a row that a host let go unanswered in this run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        context = context_of(crawler)
        return cls(context.free_at if context is not None else {}, crawler.settings.getfloat("DOWNLOAD_DELAY"))

    async def process_request(self, request: Request) -> None:
        """Take the host's next free moment, and wait for it.

        Raises:
            PageFaulty: the host has not answered for so long that this run asks it nothing more.
        """
        host, now = _host(request), time.monotonic()
        if self._silences.get(host, 0) >= _MOST_SILENCES:
            detail = f"not asked for: {host} let {_MOST_SILENCES} requests in a row run into the time limit"
            raise PageFaulty(Failure.TIMEOUT, request.url, detail)
        turn = max(now, self._free_at.get(host, now))
        self._free_at[host] = turn + self.distance_s(host)
        if turn > now:
            await asyncio.sleep(turn - now)

    def process_response(self, request: Request, response: Response) -> Response:
        """A host that says "too many requests" gets them at twice the distance for the rest of this run."""
        self._silences.pop(_host(request), None)
        if response.status == _TOO_MANY:
            self._times[_host(request)] = min(self._times.get(_host(request), 0) + 1, _MOST_DOUBLINGS)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count what ran into the time limit."""
        found = failure_of(exception)
        if found is not None and found[0] is Failure.TIMEOUT:
            self._silences[_host(request)] = self._silences.get(_host(request), 0) + 1

    def distance_s(self, host: str) -> float:
        """The least time between two requests to a host, seconds."""
        return self._delay_s * 2.0 ** self._times.get(host, 0)


def _host(request: Request) -> str:
    return (urlsplit(request.url).hostname or "").lower()
