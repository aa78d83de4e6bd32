"""Last stage of the flow: what a visit brought is decided on and stored, in one transaction. Fetches and cleans nothing."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from crawler.compare import remember, remember_absence, remember_reports
from crawler.context import RunContext, the_context
from crawler.flow import Captured, CleanAttachment, CleanReport, Unclean
from spiders.bureau_spider import BureauSpider
from spiders.failures import Outcome
from spiders.fetched import FailedVisit, FetchedAttachment, FetchedListing, NotModified
from storage.database import writing

Brought = Captured | CleanReport | CleanAttachment | Unclean | NotModified | FailedVisit


class ComparePipeline:
    """Version, event, outbox rows, frontier and issue of one visit are stored together, or none of them."""

    def __init__(self, context: RunContext, crawler: Crawler) -> None:
        self._context = context
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(the_context(crawler), crawler)

    def process_item(self, item: Brought) -> Brought:
        """Store what one visit came to."""
        self._context.evidence.settle()  # a row may only name bytes that are on disk
        desk = remember.Desk(self._context, self._watch_of(item))
        with writing(self._context.db):
            match item:
                case CleanReport():
                    remember_reports.read(desk, item)
                case Captured(fetched=FetchedListing() as listing):
                    remember.listing(desk, item, listing)
                case Captured(fetched=FetchedAttachment()) | CleanAttachment():
                    remember.attachment(desk, item)
                case Captured():
                    remember_reports.same_bytes(desk, item)
                case Unclean():
                    remember_reports.unclean(desk, item)
                case NotModified(role="report"):
                    remember_reports.not_modified(desk, item.url)
                case NotModified():
                    remember.not_modified(desk, item)
                case FailedVisit(role="report") if item.failure.outcome is Outcome.GONE:
                    remember_absence.gone(desk, item)
                case FailedVisit():
                    remember.failed(desk, item)
        return item

    def _watch_of(self, item: Brought) -> remember.Watched:
        watch_id = item.watch_id if isinstance(item, NotModified | FailedVisit) else _captured(item).fetched.visit.watch_id
        spider = self._crawler.spider
        assert isinstance(spider, BureauSpider)
        return next(target for target in spider.targets if target.watch_id == watch_id)


def _captured(item: Captured | CleanReport | CleanAttachment | Unclean) -> Captured:
    return item if isinstance(item, Captured) else item.captured
