"""Decides which of the things a site shows are worth a visit: what is new, and what is due. Fetches and reads nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.context import RunContext, Tally, the_context
from spiders.addresses import canonical_key
from spiders.bureau_spider import BureauSpider, Errand
from spiders.fetched import FetchedListing
from storage import frontier, watches
from storage.database import writing
from storage.records import AddressRow


class ItineraryMiddleware:
    """Stands between spider and engine: makes every address known before it is visited, and lets through what is due."""

    def __init__(self, context: RunContext, crawler: Crawler) -> None:
        self._context = context
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(the_context(crawler), crawler)

    async def process_start(self, start: AsyncIterator[Request]) -> AsyncIterator[Request]:
        """The spider's first requests; then, unless the site turns out to be closed, what is known and due.

        A site that is down, or that refuses us, is asked one question a run, not one for each report.
        """
        spider = self._crawler.spider
        assert isinstance(spider, BureauSpider)
        async for request in start:
            yield request
        for target in spider.targets:
            tally = self._context.tallies[target.watch_id]
            await tally.listing_answered.wait()
            if tally.site_is_closed:
                continue
            until = None if self._context.look_at_everything else self._context.now()
            for row in frontier.due(self._context.db, target.watch_id, until):
                yield spider.request(
                    Errand(target, "report" if row.role == "report" else "attachment", row.url, name=row.name),
                    rendered=target.watch.render == "browser" and row.role == "report",
                )

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """What one page brought: first everything it names is made known, in one transaction, then what is due passes."""
        errand: Errand = response.meta["errand"]
        brought = [thing async for thing in result]
        requests = [thing for thing in brought if isinstance(thing, Request) and thing.meta["errand"].role != "listing"]
        again = [thing for thing in requests if thing.meta["errand"].url == errand.url]
        wanted = {id(request) for request in again} | self._register(errand, brought, [r for r in requests if r not in again])
        goes_on = self._goes_on(errand, brought, anything_new=bool(wanted))
        for thing in brought:
            if (
                not isinstance(thing, Request)
                or id(thing) in wanted
                or (thing.meta["errand"].role == "listing" and (goes_on or thing.meta["errand"].url == errand.url))
            ):
                yield thing

    def _register(self, errand: Errand, brought: list[Any], requests: list[Request]) -> set[int]:
        """Make the addresses known; return the ids of those requests that are new or due."""
        now, db = self._context.now(), self._context.db
        tally = self._context.tallies[errand.target.watch_id]
        listed = {
            canonical_key(entry.url): entry for thing in brought if isinstance(thing, FetchedListing) for entry in thing.entries
        }
        wanted: set[int] = set()
        keys: set[str] = set()  # a page may name one document by several spellings of its address
        if not requests and not listed:
            return wanted
        with writing(db):
            for request in requests:
                asked: Errand = request.meta["errand"]
                key = canonical_key(asked.url)
                entry = listed.get(key)
                owner = frontier.find(db, canonical_key(errand.url)) if asked.role == "attachment" else None
                is_new = frontier.register(
                    db,
                    key=key,
                    url=asked.url,
                    role=asked.role,
                    bureau_id=asked.target.bureau.id,
                    watch_id=asked.target.watch_id,
                    report_id=owner.report_id if owner else None,
                    name=asked.name,
                    listed=entry.listed if entry else None,
                    silent=_is_no_news(asked, owner, tally),
                    now=now,
                )
                row = frontier.find(db, key)
                if key not in keys and (is_new or (row is not None and row.last_visit_at is None)):
                    wanted.add(id(request))
                keys.add(key)
            frontier.seen_on_listing(db, list(listed), now)
            if listed and wanted:
                # What is new here may go on overleaf: a crash before that is read must not let the next run stop at this page.
                watches.walk_begins(db, errand.target.watch_id)
        return wanted

    def _goes_on(self, errand: Errand, brought: list[Any], *, anything_new: bool) -> bool:
        """Whether the walk of the listing goes to its next page: not where all is known, unless all must be walked."""
        tally = self._context.tallies[errand.target.watch_id]
        pages = [thing for thing in brought if isinstance(thing, FetchedListing)]
        if not pages:
            return False
        tally.walked.add(canonical_key(errand.url))
        following = pages[0].next_url
        goes_on = (
            following is not None
            and canonical_key(following) not in tally.walked  # a list whose last page points back to itself
            and errand.page_number < errand.target.watch.max_pages
            and (anything_new or tally.baseline or tally.walk_all)
        )
        tally.walk_ended = not goes_on
        return goes_on


def _is_no_news(asked: Errand, owner: AddressRow | None, tally: Tally) -> bool:
    """A report listed in a baseline, and an attachment linked by a report's first version, are no news when first read."""
    if asked.role == "attachment":
        return owner is None or owner.report_id is None
    return tally.baseline
