"""An open archive with everything a visit needs: database, lock, WARC folder, cleaning processes. Decides nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any, Self, TypeVar

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings

from crawler import settings as scrapy_settings
from crawler.capture.browser import attach_browser
from crawler.capture.browser_limits import BrowserLimits
from crawler.capture.browser_shared import SharedBrowser
from crawler.capture.warc import WarcFolder
from crawler.clean.documents.reading import READERS, read_document
from crawler.clean.errors import CleanError
from crawler.clean.normalise import folded
from crawler.clean.pool import CleanPool
from crawler.clean.report import clean_report
from crawler.config import Config
from crawler.context import RunContext, Tally, attach
from crawler.flow import Alert, ChangeEvent, CleanText, DocumentText
from crawler.schedule.recleaning import Progress, Recleaner
from crawler.schedule.subscribed import bureaus_by_id, digests_wanted, owed_for, subscriptions
from crawler.schedule.tell import tell
from crawler.schedule.ways import ways
from seeds.load import Target
from spiders.bureau_spider import BureauSpider, Errand
from spiders.failures import Failure, PageFaulty
from spiders.fetched import Ask
from storage import archive, captures, issues, outbox, readers, walks, watches
from storage.database import Database, only_writer, writing
from storage.migrations import open_archive

T = TypeVar("T")


def utc_now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)


@dataclass
class Session:
    """The right to write to one archive, and the means to visit sites with it. Make it with `open`, end it with `close`."""

    config: Config
    db: Database
    warc: WarcFolder
    pool: CleanPool
    now: Callable[[], datetime]
    browser: SharedBrowser
    tallies: dict[str, Tally] = field(default_factory=dict)
    stopping: bool = False
    under_way: set[str] = field(default_factory=set)  # ids of the watches that are being visited
    _held: ExitStack = field(default_factory=ExitStack)
    _runner: AsyncCrawlerRunner | None = None
    _hosts: dict[str, asyncio.Lock] = field(default_factory=dict)
    _free_at: dict[str, float] = field(default_factory=dict)
    _alike: dict[str, asyncio.Future[Progress]] = field(default_factory=dict)  # by bureau: all was read by the present rules

    @classmethod
    def open(cls, config: Config, now: Callable[[], datetime] = utc_now) -> Self:
        """Open the archive for writing, and mend what a crash may have left.

        Raises:
            ConfigError: a channel or webhook of the configuration cannot be used; lists every one.
            DatabaseBusy: another process writes to it; names its pid.
            StorageError: it cannot be opened or is not ours.
        """
        ways(config)
        with ExitStack() as held:
            held.enter_context(only_writer(config.database))
            db = open_archive(config.database)
            held.callback(db.close)
            warc = WarcFolder(config.warc_folder, f"bureauwatch/{version('bureauwatch')}", archive.uuid(db))
            warc.mend(lambda name: captures.indexed_end(db, name))
            mail = config.settings.mail
            with writing(db):
                outbox.end_broken_tries(db, hold=mail is not None and mail.in_doubt == "hold")
                readers.note_readers(db, digests_wanted(config), now())
                issues.close_unwatched(db, config.targets_by_id.keys(), now())
            held.callback(warc.close)
            browser = SharedBrowser(BrowserLimits.waiting(config.settings.crawl.browser_wait_s))
            return cls(config=config, db=db, warc=warc, pool=CleanPool(), now=now, browser=browser, _held=held.pop_all())

    def context(self, *, look_at_everything: bool = False, backfill: bool = False) -> RunContext:
        """What the stages of a crawl share."""
        wanted, bureaus = subscriptions(self.config), bureaus_by_id(self.config)

        def owed(event: ChangeEvent) -> tuple[Alert, ...]:
            return owed_for(self.db, event, wanted, bureaus.get(event.bureau_id))

        return RunContext(
            config=self.config,
            db=self.db,
            evidence=self.warc,
            now=self.now,
            clean=self._clean,
            like_with_like=self._like_with_like,
            read_document=self._read_document,
            document_readers=READERS,
            fold=folded,
            tell=tell,
            alerts_for=owed,
            look_at_everything=look_at_everything,
            backfill=backfill,
            tallies=self.tallies,
            free_at=self._free_at,
            bugs=[],
        )

    def scrapy_settings(self) -> dict[str, Any]:
        """What the configuration adds to Scrapy's settings."""
        return scrapy_settings.crawl_settings(self.config.settings)

    async def visit(self, target: Target, *, look_at_everything: bool = False, backfill: bool = False) -> Tally | None:
        """One run of one watch, alone on its host; None where all is being stopped.

        Raises:
            Exception: whatever bug or storage error stopped the crawl.
        """
        host = self._hosts.setdefault(target.watch.listing_url.split("/")[2], asyncio.Lock())
        async with host:
            if self.stopping:
                return None
            context = self.context(look_at_everything=look_at_everything, backfill=backfill)
            crawler = self._crawler()
            attach(crawler, context)
            attach_browser(crawler, self.browser)
            self.tallies.pop(target.watch_id, None)
            self._alike.pop(target.bureau.id, None)
            assert self._runner is not None
            self.under_way.add(target.watch_id)
            try:
                await self._runner.crawl(
                    crawler,
                    targets=(target,),
                    rendered_watches=self._rendered(target),
                    begin_with=self._stopped_at(target) if backfill else None,
                    read_in=self._read,
                )
            finally:
                self.under_way.discard(target.watch_id)
            if context.bugs:
                raise context.bugs[0]
        return self.tallies[target.watch_id]

    @property
    def recleaner(self) -> Recleaner:
        """Reads captures again that other rules have read."""
        return Recleaner(self.db, self.config.warc_folder, self._clean, self.config.targets, self.now)

    async def stop(self) -> None:
        """End the crawls under way in good order; each finishes the page it has in hand."""
        self.stopping = True
        if self._runner is not None:
            await self._runner.stop()
            await self._runner.join()

    async def close(self) -> None:
        """Give everything back."""
        await self.browser.close()
        await self.pool.close()
        self._held.close()

    async def _like_with_like(self, watch_id: str) -> None:
        """Before a bureau's first text is compared in a run, all its versions are those of the present rules."""
        bureau_id = next((target.bureau.id for target in self.config.targets if target.watch_id == watch_id), None)
        if bureau_id is None:
            return
        if bureau_id not in self._alike:
            self._alike[bureau_id] = asyncio.ensure_future(self.recleaner.run(bureau_id))
        await asyncio.shield(self._alike[bureau_id])

    async def _clean(self, url: str, body: bytes, family: str | None, listed_as: str) -> CleanText:
        return await self.pool.run(clean_report, url, body, family, listed_as)

    async def _read_document(self, body: bytes) -> DocumentText:
        return await self.pool.run(read_document, body)

    async def _read(self, read: Callable[[str, bytes, str | None], T], url: str, body: bytes, named: str | None, /) -> T:
        """Read a page in a child, as far as the crawl loop needs it."""
        try:
            return await self.pool.run(read, url, body, named)
        except CleanError as error:
            raise PageFaulty(Failure.EXTRACT_FAILED, url, str(error)) from error

    def _rendered(self, target: Target) -> frozenset[str]:
        """The watch, if its listing needed a browser last time; whenever the whole list is due it is tried plain again."""
        known = watches.get(self.db, target.watch_id)
        if known is None or not known.rendered or known.walked_at is None:
            return frozenset()
        is_recent = self.now() - known.walked_at < timedelta(hours=target.watch.recheck_hours)
        return frozenset({target.watch_id}) if is_recent else frozenset()

    def _stopped_at(self, target: Target) -> Errand | None:
        """Where the last walk of a listing stopped short of its end; None where it did not."""
        row = walks.position(self.db, target.watch_id)
        if row is None:
            return None
        ask = Ask(row.url, row.form, row.content_type, row.headers)
        return Errand(target, "listing", row.url, row.page_number, ask, row.family or None)

    def _crawler(self) -> Crawler:
        if self._runner is None:
            settings = Settings()
            settings.setmodule(scrapy_settings, priority="project")
            settings.setdict(self.scrapy_settings(), priority="project")
            self._runner = AsyncCrawlerRunner(settings)
        return self._runner.create_crawler(BureauSpider)
