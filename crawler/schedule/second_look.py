"""Keeps a run open until what it suspects was looked at once more, on another connection. Decides not what is suspected."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from crawler.context import RunContext, Tally, context_of
from seeds.load import Target
from spiders.bureau_spider import BureauSpider, Errand
from storage import frontier, suspicions
from storage.records import AddressRow

MOST_LOOKS = 2
"""Of one run, at one address, after the first. What is not settled then waits for the watch's next run."""
LONGEST_WAIT_S = 600.0
"""A run does not stay open longer for a second look; the address is due again, and the watch with it."""


class SecondLookExtension:
    """Whenever a run has nothing left to do, asks again for what was seen once and must be seen twice.

    What is suspected stands in the archive: a run that was killed between two looks leaves it to the next one.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: dict[str, asyncio.TimerHandle] = {}  # by the address's key

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, after the run's own extension."""
        extension = cls(crawler)
        crawler.signals.connect(extension.wait, signals.spider_idle)
        crawler.signals.connect(extension.end, signals.spider_closed)
        return extension

    def wait(self, spider: Spider) -> None:
        """Keep the run open while a second look is still to come.

        Raises:
            DontCloseSpider: there is one.
        """
        assert isinstance(spider, BureauSpider)
        context = context_of(self._crawler)
        if context is None or context.bugs:
            return
        for target in spider.targets:
            tally = context.tallies[target.watch_id]
            if not tally.site_is_closed:
                self._plan(spider, target, context, tally)
        if self._waiting:
            raise DontCloseSpider

    def end(self) -> None:
        """The run ends before its time: what was not looked at again is due in the next one."""
        for handle in self._waiting.values():
            handle.cancel()
        self._waiting.clear()

    def _plan(self, spider: BureauSpider, target: Target, context: RunContext, tally: Tally) -> None:
        now, wait = context.now(), timedelta(seconds=context.config.settings.monitor.confirm_after_s)
        unsettled = suspicions.of_watch(context.db, target.watch_id)
        for row in unsettled:
            if row.suspect_at is None or row.key in self._waiting or tally.second_looks.get(row.key, 0) >= MOST_LOOKS:
                continue
            left_s = (row.suspect_at + wait - now).total_seconds()
            is_hopeless = row.next_due_at > row.suspect_at + wait  # it changes at every visit: its own cadence is enough
            if left_s <= LONGEST_WAIT_S and not is_hopeless:
                tally.second_looks[row.key] = tally.second_looks.get(row.key, 0) + 1
                loop = asyncio.get_event_loop()
                self._waiting[row.key] = loop.call_later(max(left_s, 0), self._ask_again, spider, target, row)
        if any(row.report_id is None for row in unsettled):
            # Whether the report stands at its former address still decides what this one is: that is looked at meanwhile.
            for row in frontier.due(context.db, target.watch_id, now):
                if row.key not in tally.asked and row.key not in self._waiting:
                    tally.asked.add(row.key)
                    self._ask(spider, target, row)

    def _ask_again(self, spider: BureauSpider, target: Target, row: AddressRow) -> None:
        self._waiting.pop(row.key, None)
        self._leave_connections()
        self._ask(spider, target, row)

    def _ask(self, spider: BureauSpider, target: Target, row: AddressRow) -> None:
        engine = self._crawler.engine
        if engine is None or engine.spider is None:
            return
        errand = Errand(target, "report" if row.role == "report" else "attachment", row.url, name=row.name)
        request = spider.request(errand, rendered=spider.always_in_browser(target))
        engine.crawl(request.replace(dont_filter=True))

    def _leave_connections(self) -> None:
        """Close what stands idle: behind one address many servers may answer, and a connection is tied to one of them."""
        engine = self._crawler.engine
        if engine is None:
            return
        for scheme in ("http", "https"):
            handler = engine.downloader.handlers._get_handler(scheme)  # noqa: SLF001  Scrapy offers no way to its connections
            pool = getattr(handler, "_pool", None)
            if pool is not None:
                pool.closeCachedConnections()
