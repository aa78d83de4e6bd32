"""Visits a listing the way a crawl does, and as little of it as shows how it reads: its first two pages and one report."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure as TwistedFailure

from crawler.capture.fetch_one import without_memory
from seeds.load import Target
from seeds.schema import Bureau, Watch
from spiders.bureau_spider import BureauSpider, Errand
from spiders.fetched import FailedVisit, Fetched, FetchedListing, FetchedReport
from spiders.page_readers import ReadIn

_REPORT = re.compile(r"法治政府|年度|报告|总结|要点")


@dataclass
class Probed:
    """What a probe brought; None where it was not asked for."""

    first: FetchedListing | FailedVisit | None = None
    second: FetchedListing | FailedVisit | None = None
    sample: FetchedReport | FailedVisit | None = None
    visits: list[str] = field(default_factory=list)  # every address that was asked for, in order


class _Probe(BureauSpider):
    """Asks for a listing's first page, for the one behind it, and for one report."""

    name = "probe"

    def __init__(self, *, probed: Probed, **kwargs: Any) -> None:  # noqa: ANN401  Scrapy's own signature
        super().__init__(**kwargs)
        self._probed = probed

    async def read_listing(self, response: Response) -> AsyncIterator[Fetched | Request]:
        """As in a crawl, but for the page behind the first and one report at the most."""
        errand: Errand = response.meta["errand"]
        self._probed.visits.append(response.url)
        reports: list[Request] = []
        async for thing in super().read_listing(response):
            if not isinstance(thing, Request):
                self._keep(errand, thing)
            elif thing.meta["errand"].role == "report":
                reports.append(thing)
            elif thing.meta["errand"].page_number <= 2:
                yield thing
        if errand.page_number == 1 and reports:
            yield next((asked for asked in reports if _REPORT.search(asked.meta["errand"].name)), reports[0])

    async def read_report(self, response: Response) -> AsyncIterator[Fetched | Request]:
        """As in a crawl, but without its attachments."""
        errand: Errand = response.meta["errand"]
        self._probed.visits.append(response.url)
        async for thing in super().read_report(response):
            if not isinstance(thing, Request):
                self._keep(errand, thing)
            elif thing.meta["errand"].role == "report":  # once more, in a browser
                yield thing

    def failed(self, failure: TwistedFailure) -> Iterator[Fetched | Request]:
        """As in a crawl."""
        errand: Errand = failure.request.meta["errand"]  # type: ignore[attr-defined]
        for thing in super().failed(failure):
            if isinstance(thing, Request):
                yield thing
            else:
                self._keep(errand, thing)

    def _keep(self, errand: Errand, thing: Fetched) -> None:
        if errand.role == "report":
            assert isinstance(thing, FetchedReport | FailedVisit)
            self._probed.sample = thing
        elif isinstance(thing, FailedVisit) or (isinstance(thing, FetchedListing) and thing.entries):
            if errand.page_number == 1:
                self._probed.first = thing
            else:
                self._probed.second = thing


async def probe(url: str, settings: Settings, read_in: ReadIn) -> Probed:
    """Visit a listing: three requests, and more only where the site demands it (cookie first, a browser).

    Args:
        url: its address.
        settings: Scrapy's, as for a crawl; what needs an archive is taken out of a copy.
        read_in: where pages are read.
    """
    probed = Probed()
    watch = Watch(section="-", listing_url=url, slug="page")
    target = Target(Bureau(id="probe", name="试读", region="-", level="city", home_url=url, watch=(watch,)), watch)
    runner = AsyncCrawlerRunner(without_memory(settings))
    await runner.crawl(_Probe, targets=(target,), probed=probed, read_in=read_in)
    return probed
