"""Decides which of the things a site shows are worth a visit: what is new, and what is due. Fetches and reads nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.compare.remember import Desk
from crawler.context import RunContext, Tally, the_context
from seeds.load import Target
from spiders.addresses import canonical_key, other_spellings
from spiders.bureau_spider import BureauSpider, Errand
from spiders.fetched import Entry, FetchedListing
from storage import frontier, walks, watches
from storage.database import writing
from storage.records import AddressRow, WalkRow

MOST_PAGES: Final = 5_000
"""Listing pages that one `--backfill` reads of one list (count); the next one goes on from there.

Ours, against lists without end: at 2 s a page it is a walk of close to three hours.
"""
_BUREAU_TIME: Final = timezone(timedelta(hours=8))


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
                if row.key not in tally.asked:
                    tally.asked.add(row.key)
                    yield spider.request(
                        Errand(target, "report" if row.role == "report" else "attachment", row.url, name=row.name),
                        rendered=spider.always_in_browser(target),
                    )

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """What one page brought: first everything it names is made known, in one transaction, then what is due passes."""
        errand: Errand = response.meta["errand"]
        brought = [thing async for thing in result]
        requests = [thing for thing in brought if isinstance(thing, Request)]
        again = {id(request) for request in requests if request.meta["errand"].key == errand.key}  # the same page in a browser
        page = next((thing for thing in brought if isinstance(thing, FetchedListing)), None)
        others = [request for request in requests if id(request) not in again]
        named = [request for request in others if request.meta["errand"].role != "listing"]
        following = next((request for request in others if request.meta["errand"].role == "listing"), None)
        wanted = again | self._register(errand, page, named, following)
        for thing in brought:
            if not isinstance(thing, Request) or id(thing) in wanted:
                yield thing

    def _register(
        self, errand: Errand, page: FetchedListing | None, named: list[Request], following: Request | None
    ) -> set[int]:
        """Make what a page names known; return the ids of those requests that are new or due, and of the walk's next one."""
        if page is None and not named:
            return set()
        entries = page.entries if page is not None else ()
        with writing(self._context.db):
            listed = {self._known_key(errand.target, canonical_key(entry.url), entry.url): entry for entry in entries}
            wanted = self._make_known(errand, listed, named)
            if page is not None and self._goes_on(errand, page, following, frozenset(listed), anything_new=bool(wanted)):
                wanted.add(id(following))
        return wanted

    def _make_known(self, errand: Errand, listed: Mapping[str, Entry], named: list[Request]) -> set[int]:
        now, db = self._context.now(), self._context.db
        tally = self._context.tallies[errand.target.watch_id]
        wanted: set[int] = set()
        keys: set[str] = set()  # a page may name one document by several spellings of its address
        for request in named:
            asked: Errand = request.meta["errand"]
            key = self._known_key(asked.target, asked.key, asked.url)
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
                silent=_is_no_news(asked, errand.page_number, owner, tally, is_older=not self._is_later(asked.target, entry)),
                now=now,
            )
            row = frontier.find(db, key)
            as_known = key == asked.key  # in another spelling it is asked for as it is known, among what is due
            if key not in keys and as_known and (is_new or (row is not None and row.last_visit_at is None)):
                wanted.add(id(request))
                tally.asked.add(key)
            keys.add(key)
        frontier.seen_on_listing(db, list(listed), now)
        frontier.take_over(
            db, list(keys), watch_id=errand.target.watch_id, bureau_id=errand.target.bureau.id, live=self._live_watches
        )
        if listed and wanted and not tally.resumed:  # the next run does not begin where this one did
            # What is new here may go on overleaf: a crash before that is read must not let the next run stop at this page.
            watches.walk_begins(db, errand.target.watch_id)
        return wanted

    def _known_key(self, target: Target, key: str, url: str) -> str:
        """The key under which an address is known, however the page spells it; where the known spelling fails, this one's."""
        db = self._context.db
        if frontier.find(db, key) is not None:
            return key
        known = frontier.spelled_otherwise(db, other_spellings(key))
        if known is None or known.role == "listing":
            return key
        if known.failures or known.how:
            Desk(self._context, target).close_issue(known.role, known.url)
            frontier.respell(db, known.id, key=key, url=url, now=self._context.now())
            return key
        return known.key

    def _goes_on(
        self, errand: Errand, page: FetchedListing, following: Request | None, rows: frozenset[str], *, anything_new: bool
    ) -> bool:
        """Whether the walk of the listing goes to its next page; where it ends too early, the page to go on with is noted.

        It does not go on where all is known, unless all must be walked, nor behind the last page that one run may read.
        """
        tally = self._context.tallies[errand.target.watch_id]
        if not page.entries:  # it only says where its rows are to be asked for, maybe under its own address: no end of a list
            return following is not None
        repeats = bool(rows) and errand.page_number > 1 and rows in tally.shown
        tally.walked.add(errand.key)
        tally.shown.add(rows)
        tally.page_number, tally.pages_in_all = errand.page_number, page.pages or tally.pages_in_all
        is_walking = anything_new or tally.baseline or tally.walk_all or tally.resumed or not page.newest_first
        if repeats:
            tally.cut_short = f"page {errand.page_number} shows an earlier page's rows again: the site ignores page numbers"
        elif following is None or following.meta["errand"].key in tally.walked:  # a last page may point back to itself
            walks.came_to_end(self._context.db, errand.target.watch_id)
            tally.came_to_end = not tally.resumed
        elif is_walking:
            position = _position(following.meta["errand"], tally.pages_in_all, self._context.now())
            walks.note(self._context.db, position, listing_url=errand.target.watch.listing_url)
            tally.cut_short = _reached(errand, tally)
            if not tally.cut_short:
                return True
        tally.walk_ended = True
        return False

    def _is_later(self, target: Target, entry: Entry | None) -> bool:
        """Whether a row bears a day behind that of the watch's baseline."""
        known = watches.get(self._context.db, target.watch_id)
        if entry is None or entry.listed is None or known is None or known.baseline_at is None:
            return False
        return entry.listed > known.baseline_at.astimezone(_BUREAU_TIME).date()

    @property
    def _live_watches(self) -> frozenset[str]:
        return frozenset(target.watch_id for target in self._context.config.targets)


def _position(errand: Errand, pages: int | None, now: datetime) -> WalkRow:
    assert errand.ask is not None
    return WalkRow(
        watch_id=errand.target.watch_id,
        url=errand.url,
        form=errand.ask.form,
        content_type=errand.ask.content_type,
        headers=errand.ask.headers,
        family=errand.family or "",
        page_number=errand.page_number,
        pages=pages,
        noted_at=now,
    )


def _reached(errand: Errand, tally: Tally) -> str:
    """Why no page behind this one is read in this run, though the list goes on; "" where one may be."""
    goes_on = f"`bureauwatch crawl --backfill {errand.target.watch_id}` reads"
    if tally.backfill and len(tally.walked) >= MOST_PAGES:
        return f"{MOST_PAGES} pages were read and the list goes on; if it is truly that long, {goes_on} on from there"
    if not tally.backfill and errand.page_number >= errand.target.watch.max_pages:
        return f"max_pages = {errand.target.watch.max_pages} was reached and the list goes on; {goes_on} the rest"
    return ""


def _is_no_news(asked: Errand, page_number: int, owner: AddressRow | None, tally: Tally, *, is_older: bool) -> bool:
    """Whether the first reading of what a page names is no news.

    It is none for a report listed in a baseline, or, unless it bears a later day, on a listing page that no run came to
    before, and for an attachment linked by a report's first version.
    """
    if asked.role == "attachment":
        return owner is None or owner.report_id is None
    return tally.baseline or (tally.silent_from is not None and page_number >= tally.silent_from and is_older)
