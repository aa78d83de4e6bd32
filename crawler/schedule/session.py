"""An open archive with everything a visit needs: database, lock, WARC folder, cleaning processes. Decides nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, Self

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings

from crawler import settings as scrapy_settings
from crawler.capture.warc import WarcFolder
from crawler.clean.extract import clean_page
from crawler.clean.normalise import folded
from crawler.clean.pool import CleanPool
from crawler.config import Config
from crawler.context import RunContext, Tally, attach
from crawler.deliver.subscriptions import Subscription, alerts_for
from crawler.flow import ChangeEvent, CleanText
from seeds.load import Target
from spiders.bureau_spider import BureauSpider
from storage import archive, captures, watches
from storage.database import Database, only_writer
from storage.migrations import open_archive


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
    tallies: dict[str, Tally] = field(default_factory=dict)
    stopping: bool = False
    _held: ExitStack = field(default_factory=ExitStack)
    _runner: AsyncCrawlerRunner | None = None
    _hosts: dict[str, asyncio.Lock] = field(default_factory=dict)

    @classmethod
    def open(cls, config: Config, now: Callable[[], datetime] = utc_now) -> Self:
        """Open the archive for writing, and mend what a crash may have left.

        Raises:
            DatabaseBusy: another process writes to it; names its pid.
            StorageError: it cannot be opened or is not ours.
        """
        with ExitStack() as held:
            held.enter_context(only_writer(config.database))
            db = open_archive(config.database)
            held.callback(db.close)
            warc = WarcFolder(config.warc_folder, f"bureauwatch/{version('bureauwatch')}", archive.uuid(db))
            warc.mend(lambda name: captures.indexed_end(db, name))
            held.callback(warc.close)
            return cls(config=config, db=db, warc=warc, pool=CleanPool(), now=now, _held=held.pop_all())

    @property
    def digests(self) -> frozenset[str]:
        """The names of the subscriptions whose alerts are bundled into one letter."""
        return frozenset(wanted.name for wanted in self._subscriptions() if wanted.when != "at-once")

    def context(self, *, look_at_everything: bool = False) -> RunContext:
        """What the stages of a crawl share."""
        subscriptions = self._subscriptions()

        def owed(event: ChangeEvent) -> Any:  # noqa: ANN401  alerts, as the context's protocol has them
            return alerts_for(event, subscriptions, event.at)

        return RunContext(
            config=self.config,
            db=self.db,
            evidence=self.warc,
            now=self.now,
            clean=self._clean,
            fold=folded,
            alerts_for=owed,
            look_at_everything=look_at_everything,
            tallies=self.tallies,
            bugs=[],
        )

    def scrapy_settings(self) -> dict[str, Any]:
        """What the configuration adds to Scrapy's settings."""
        return scrapy_settings.crawl_settings(self.config.settings)

    async def visit(self, target: Target, *, look_at_everything: bool = False) -> Tally | None:
        """One run of one watch, alone on its host; None where all is being stopped.

        Raises:
            Exception: whatever bug or storage error stopped the crawl.
        """
        host = self._hosts.setdefault(target.watch.listing_url.split("/")[2], asyncio.Lock())
        async with host:
            if self.stopping:
                return None
            context = self.context(look_at_everything=look_at_everything)
            crawler = self._crawler()
            attach(crawler, context)
            known = watches.get(self.db, target.watch_id)
            rendered = frozenset({target.watch_id}) if known is not None and known.rendered else frozenset[str]()
            self.tallies.pop(target.watch_id, None)
            assert self._runner is not None
            await self._runner.crawl(crawler, targets=(target,), rendered_watches=rendered)
            if context.bugs:
                raise context.bugs[0]
            await asyncio.sleep(self.config.settings.crawl.delay_s)  # the next watch of this host waits its turn too
        return self.tallies[target.watch_id]

    async def stop(self) -> None:
        """End the crawls under way in good order; each finishes the page it has in hand."""
        self.stopping = True
        if self._runner is not None:
            await self._runner.stop()
            await self._runner.join()

    async def close(self) -> None:
        """Give everything back."""
        await self.pool.close()
        self._held.close()

    def _subscriptions(self) -> tuple[Subscription, ...]:
        return tuple(
            Subscription(
                to=wanted.to, bureaus=wanted.bureaus, kinds=wanted.kinds, when=wanted.when, name=f"subscription-{position}"
            )
            for position, wanted in enumerate(self.config.settings.subscription, start=1)
        )

    async def _clean(self, url: str, body: bytes, family: str | None) -> CleanText:
        return await self.pool.run(clean_page, url, body, family)

    def _crawler(self) -> Crawler:
        if self._runner is None:
            settings = Settings()
            settings.setmodule(scrapy_settings, priority="project")
            settings.setdict(self.scrapy_settings(), priority="project")
            self._runner = AsyncCrawlerRunner(settings)
        return self._runner.create_crawler(BureauSpider)
