"""Second stage of the flow: a captured report gets its text, in a child process with limits. Stores nothing."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from crawler.clean.errors import CleanError
from crawler.context import RunContext, the_context
from crawler.flow import RECIPE, Captured, CleanReport, Unclean
from spiders.addresses import canonical_key
from spiders.failures import Failure, VisitError
from spiders.fetched import FailedVisit, FetchedReport, NotModified
from storage import archive, frontier


class CleanPipeline:
    """Reads the text of every report whose bytes are not those that were read last time."""

    def __init__(self, context: RunContext) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(the_context(crawler))

    async def process_item(
        self, item: Captured | NotModified | FailedVisit
    ) -> Captured | CleanReport | Unclean | NotModified | FailedVisit:
        """Clean a report; pass everything else on."""
        if not isinstance(item, Captured) or not isinstance(item.fetched, FetchedReport) or self._is_read_already(item):
            return item
        visit = item.fetched.visit
        try:
            text = await self._context.clean(visit.final_url, visit.body, item.fetched.family or None, item.fetched.listed_as)
        except VisitError as error:
            return Unclean(item, error.failure, error.detail)
        except CleanError as error:
            return Unclean(item, Failure.EXTRACT_FAILED, str(error))
        return CleanReport(captured=item, text=text)

    def _is_read_already(self, captured: Captured) -> bool:
        """The same bytes as at the last reading, by the same recipe: their text is the one we have."""
        row = frontier.find(self._context.db, canonical_key(captured.fetched.visit.url))
        if row is None or row.report_id is None or row.sha256 != captured.sha256:
            return False
        latest = archive.latest_version(self._context.db, row.report_id)
        return latest is not None and latest.recipe == RECIPE
