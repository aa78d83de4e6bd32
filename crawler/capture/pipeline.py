"""First stage of the flow: bytes become evidence. Reads no text and stores no row (compare does, in its transaction)."""

from __future__ import annotations

import hashlib
from typing import Self

from scrapy.crawler import Crawler

from crawler.context import RunContext, the_context
from crawler.flow import Captured
from spiders.fetched import FailedVisit, Fetched, NotModified
from storage import captures


class CapturePipeline:
    """Keeps every page and file that was received as a WARC record."""

    def __init__(self, context: RunContext) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(the_context(crawler))

    def process_item(self, item: Fetched) -> Captured | NotModified | FailedVisit:
        """Write one record; bytes that are kept already are only referred to."""
        if isinstance(item, NotModified | FailedVisit):
            return item
        visit, at = item.visit, self._context.now()
        sha256 = hashlib.sha256(visit.body).hexdigest()
        former = captures.latest_full(self._context.db, visit.url)
        same = former if former is not None and former.sha256 == sha256 else None
        place = self._context.evidence.keep(visit, at, refers_to=same.captured_at if same is not None else None)
        return Captured(fetched=item, place=place, sha256=sha256, captured_at=at, revisit_of=same.id if same else None)
