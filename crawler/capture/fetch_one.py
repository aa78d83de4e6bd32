"""Fetches single pages with the crawl's own manners (guard, robots, judge, browser) and without a memory. Stores nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure as TwistedFailure

from seeds.load import Target
from seeds.schema import Bureau, Render, Tls, Watch
from spiders.bureau_spider import BureauSpider, Errand
from spiders.fetched import Fetched, FetchedListing, Role


class SinglePage(BureauSpider):
    """Reads exactly the page it is sent to: asks neither for its rows nor for its attachments."""

    name = "single-page"

    def __init__(self, *, brought: list[Fetched], role: Role, **kwargs: Any) -> None:  # noqa: ANN401  Scrapy's own signature
        super().__init__(**kwargs)
        self._brought = brought
        self._role = role

    async def start(self) -> AsyncIterator[Request]:
        """The one request."""
        for target in self.targets:
            yield self.request(Errand(target, self._role, target.watch.listing_url), rendered=target.watch.render == "browser")

    def read_listing(self, response: Response) -> AsyncIterator[Fetched | Request]:
        """As in a crawl, but for the page alone."""
        return self._page_alone(response, super().read_listing(response))

    def read_report(self, response: Response) -> AsyncIterator[Fetched | Request]:
        """As in a crawl, but for the page alone."""
        return self._page_alone(response, super().read_report(response))

    def failed(self, failure: TwistedFailure) -> Iterator[Fetched | Request]:
        """As in a crawl."""
        for thing in super().failed(failure):
            if isinstance(thing, Request):
                yield thing
            else:
                self._brought.append(thing)

    async def _page_alone(
        self, response: Response, things: AsyncIterator[Fetched | Request]
    ) -> AsyncIterator[Fetched | Request]:
        errand: Errand = response.meta["errand"]
        async for thing in things:
            if not isinstance(thing, Request):
                if not (isinstance(thing, FetchedListing) and not thing.entries):  # it only says where its rows are
                    self._brought.append(thing)
            # The same page once more, in a browser; or the rows of this very page, from where it says they are.
            elif thing.meta["errand"].key == errand.key or thing.meta["errand"].preludes > errand.preludes:
                yield thing


async def fetch_one(  # noqa: PLR0913  the keys of a seed
    url: str, role: Role, render: Render, settings: Settings, *, tls: Tls = "standard", allow_http: bool = False
) -> Fetched:
    """Fetch one page as a crawl would.

    Args:
        url: its address.
        role: how it is to be read: as a listing, or as a report.
        render: plainly, in a browser, or as the page needs it.
        settings: Scrapy's, as for a crawl; what needs an archive is taken out of a copy.
        tls: what its host is offered, as in a seed.
        allow_http: whether it may lead from https to http, as in a seed.

    Returns:
        The page, or the failed visit that says why there is none.
    """
    brought: list[Fetched] = []
    watch = Watch(section="-", listing_url=url, slug="page", render=render, tls=tls, allow_http=allow_http)
    target = Target(Bureau(id="single", name="单页", region="-", level="city", home_url=url, watch=(watch,)), watch)
    await AsyncCrawlerRunner(without_memory(settings)).crawl(SinglePage, targets=(target,), brought=brought, role=role)
    return brought[0]


def without_memory(settings: Settings) -> Settings:
    """A copy of a crawl's settings without what needs an archive."""
    alone = settings.copy()
    alone.set("ITEM_PIPELINES", {}, priority="cmdline")
    for kind, needs_archive in (
        ("EXTENSIONS", "crawler.schedule.run.RunExtension"),
        ("SPIDER_MIDDLEWARES", "crawler.schedule.itinerary.ItineraryMiddleware"),
        ("DOWNLOADER_MIDDLEWARES", "crawler.capture.middleware.ConditionalMiddleware"),
    ):
        alone.set(kind, {**alone.getdict(kind), needs_archive: None}, priority="cmdline")
    return alone
