"""Keeps the distance between two requests to one host, whichever watch they are for. Decides not what is requested."""

from __future__ import annotations

import asyncio
import time
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.context import context_of


class MannersMiddleware:
    """Waits until a host's turn has come.

    Scrapy keeps a delay within one crawl. Crawls of several watches run side by side, and the reports of two of them may
    lie on a third host: the time of the last request is kept for all of them together.
    """

    def __init__(self, free_at: dict[str, float], delay_s: float) -> None:
        self._free_at = free_at  # monotonic seconds, by host
        self._delay_s = delay_s

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        context = context_of(crawler)
        return cls(context.free_at if context is not None else {}, crawler.settings.getfloat("DOWNLOAD_DELAY"))

    async def process_request(self, request: Request) -> None:
        """Take the host's next free moment, and wait for it."""
        host = (urlsplit(request.url).hostname or "").lower()
        now = time.monotonic()
        turn = max(now, self._free_at.get(host, now))
        self._free_at[host] = turn + self._delay_s
        if turn > now:
            await asyncio.sleep(turn - now)
