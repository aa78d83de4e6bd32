"""Second stage of the flow: a captured report gets its text, in a child process with limits. Stores nothing."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from crawler.clean.documents.document_text import OURS
from crawler.clean.documents.file_names import file_name
from crawler.clean.errors import CleanError
from crawler.context import RunContext, the_context
from crawler.flow import RECIPE, Captured, CleanAttachment, CleanReport, DocumentState, DocumentText, Unclean
from spiders.addresses import canonical_key
from spiders.failures import Failure, VisitError
from spiders.fetched import FailedVisit, FetchedAttachment, FetchedReport, NotModified
from storage import archive, documents, frontier


class CleanPipeline:
    """Reads the text of every report whose bytes are not those that were read last time, and of every file once."""

    def __init__(self, context: RunContext) -> None:
        self._context = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(the_context(crawler))

    async def process_item(
        self, item: Captured | NotModified | FailedVisit
    ) -> Captured | CleanReport | CleanAttachment | Unclean | NotModified | FailedVisit:
        """Clean a report or an attachment; pass everything else on."""
        if isinstance(item, Captured) and isinstance(item.fetched, FetchedAttachment):
            return await self._attachment(item, item.fetched)
        if not isinstance(item, Captured) or not isinstance(item.fetched, FetchedReport):
            return item
        visit = item.fetched.visit
        await self._context.like_with_like(visit.watch_id)
        if self._is_read_already(item):
            return item
        try:
            text = await self._context.clean(visit.final_url, visit.body, item.fetched.family or None, item.fetched.listed_as)
        except VisitError as error:
            return Unclean(item, error.failure, error.detail)
        except CleanError as error:
            return Unclean(item, Failure.EXTRACT_FAILED, str(error))
        return CleanReport(captured=item, text=text)

    async def _attachment(self, captured: Captured, fetched: FetchedAttachment) -> Captured | CleanAttachment:
        """Read a file's text; bytes that a reader of this version has met before are not given to it again."""
        known = documents.find(self._context.db, captured.sha256)
        if known is not None and known.reader in self._context.document_readers:
            return captured
        try:
            document = await self._context.read_document(fetched.visit.body)
        except CleanError as error:
            note = f"its reader was stopped: {error}; open the kept file by hand"
            document = DocumentText("unknown", (), DocumentState.UNPARSED, note, OURS)
        name = file_name(fetched.visit.headers, fetched.visit.final_url, fetched.name, document.kind)
        return CleanAttachment(captured, document, name)

    def _is_read_already(self, captured: Captured) -> bool:
        """The same bytes as at the last reading, by the same recipe: their text is the one we have."""
        row = frontier.find(self._context.db, canonical_key(captured.fetched.visit.url))
        if row is None or row.report_id is None or row.sha256 != captured.sha256:
            return False
        latest = archive.latest_version(self._context.db, row.report_id)
        return latest is not None and latest.recipe == RECIPE
