"""Brackets one crawl: what a run begins with, and what it comes to. Visits nothing itself."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure as TwistedFailure

from crawler.capture.guard import Gate
from crawler.compare.closing import close_books
from crawler.compare.remember import Desk
from crawler.compare.rhythm import watch_list_size, watch_silence
from crawler.config import find_config, read_config
from crawler.context import RunContext, Tally, attach, context_of, record_event
from crawler.flow import ChangeEvent, EventKind, Significance
from crawler.schedule import engine
from crawler.schedule.due import next_run
from crawler.schedule.overdue import tell_overdue
from crawler.schedule.session import Session
from seeds.load import Target
from spiders.bureau_spider import BureauSpider
from spiders.failures import Failure
from storage import frontier, walks, watches
from storage.database import StorageError, writing
from storage.records import WatchRow


class RunExtension:
    """Opens a run for each watch of the spider, and closes it with an outcome, a due time and, the first time, a baseline.

    Under `scrapy crawl` there is no session yet: it opens one from the configuration, and closes it again.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._own_session: Session | None = None
        self._stopping: asyncio.Future[None] | None = None
        context = context_of(crawler)
        if context is None:
            self._own_session = Session.open(read_config(find_config(None)))
            context = self._own_session.context()
            attach(crawler, context)
            for name, value in self._own_session.scrapy_settings().items():
                crawler.settings.set(name, value, priority="project")
        self._context: RunContext = context

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, before every other component."""
        extension = cls(crawler)
        crawler.signals.connect(extension.begin, signals.spider_opened)
        crawler.signals.connect(extension.end, signals.spider_closed)
        crawler.signals.connect(extension.leave, signals.engine_stopped)
        crawler.signals.connect(extension.stop_on_bug, signals.spider_error)
        crawler.signals.connect(extension.stop_on_bug, signals.item_error)
        return extension

    def begin(self, spider: Spider) -> None:
        """A run of each watch begins."""
        assert isinstance(spider, BureauSpider)
        if self._own_session is not None:  # Scrapy's own process has put its resolver in place by now
            engine.guard_names(Gate.of(self._context.config.settings.crawl.allow_private))
        now, db = self._context.now(), self._context.db
        with self._storage_errors_told(), writing(db):
            for target in spider.targets:
                known = watches.get(db, target.watch_id)
                if walks.leave_other_listing(db, target.watch_id, target.watch.listing_url):
                    spider.begin_with = None
                unread_from = walks.unread_from(db, target.watch_id)
                is_resumed = self._context.backfill and walks.position(db, target.watch_id) is not None
                # A backfill that must begin anew, behind a walk that stopped short, does not end where all is known.
                begins_anew = self._context.backfill and unread_from is not None and not is_resumed
                run_id = watches.start_run(db, watch_id=target.watch_id, bureau_id=target.bureau.id, pid=os.getpid(), now=now)
                self._context.tallies[target.watch_id] = Tally(
                    run_id=run_id,
                    started_at=now,
                    baseline=known is None or known.baseline_at is None,
                    walk_all=begins_anew or known is None or self._must_walk_all(target, known),
                    backfill=self._context.backfill,
                    resumed=is_resumed,
                    silent_from=unread_from if known and not known.end_seen else None,
                )

    def end(self, spider: Spider, reason: str) -> None:
        """The runs end, each for itself; what a stop or a bug broke off is not called complete."""
        assert isinstance(spider, BureauSpider)
        is_told_to_stop = reason == "shutdown" and not self._context.bugs
        for target in spider.targets:
            with self._storage_errors_told(), writing(self._context.db):
                tally = self._context.tallies[target.watch_id]
                tally.broken_off = reason != "finished" or bool(self._context.bugs)
                # What the site refused before the stop is a failure all the same.
                self._finish(target, is_interrupted=is_told_to_stop and tally.listing_failure is None)

    async def leave(self) -> None:
        """Give back what was opened for this crawl alone."""
        if self._own_session is not None:
            await self._own_session.close()

    def stop_on_bug(self, failure: TwistedFailure) -> None:
        """An exception that is no visit's failure is a bug, or a storage error: the crawl stops, and says so."""
        assert failure.value is not None
        self._context.bugs.append(failure.value)
        if self._stopping is None:
            self._stopping = asyncio.ensure_future(self._crawler.stop_async())

    def _must_walk_all(self, target: Target, known: WatchRow) -> bool:
        """Whether the whole list is walked this time.

        Now and then it is, since news may stand below pinned rows or under an old date; so it is after a walk that broke
        off, and where a report seems gone: only the whole list tells whether it is still listed.
        """
        longest = timedelta(hours=target.watch.recheck_hours)
        overdue = known.walked_at is None or self._context.now() - known.walked_at >= longest
        return not known.walk_complete or overdue or frontier.seems_gone(self._context.db, target.watch_id)

    @contextmanager
    def _storage_errors_told(self) -> Iterator[None]:
        """Scrapy only logs what goes wrong in a signal's handler; a storage error must reach whoever started the crawl."""
        try:
            yield
        except StorageError as error:
            self._context.bugs.append(error)

    def _finish(self, target: Target, *, is_interrupted: bool) -> None:
        db, now = self._context.db, self._context.now()
        tally = self._context.tallies[target.watch_id]
        if not (tally.walk_ended or tally.listing_failure or tally.broken_off):
            # Nothing may fall silent: a listing that was neither walked nor refused is somebody's business.
            tally.listing_failure = Failure.UNEXPECTED_STRUCTURE
            Desk(self._context, target).raise_issue(
                "listing", target.watch.listing_url, tally.listing_failure, "the walk of the listing stopped halfway", now
            )
        self._tell_of_cut(target, tally, now)
        complete = tally.succeeded
        former = watches.get(db, target.watch_id)
        if complete and tally.came_to_end and not tally.gap and not tally.cut_short:
            # What two whole walks did not show is delisted: one might have fallen between two spellings or two columns.
            walked_at = former.walked_at if former is not None else None
            frontier.not_listed(db, target.watch_id, before=min(walked_at or now, tally.started_at), now=now)
        close_books(Desk(self._context, target))
        if complete:
            self._watch_over(target, tally, former.baseline_at if former is not None else None, now)
        if tally.baseline and complete:
            self._tell_baseline(target, tally)
        # A walk that was taken up again saw none of the first pages: of them is known what was known before.
        begins_behind = tally.resumed and not tally.baseline
        was_complete = former is not None and former.walk_complete
        walk_complete = (complete and not tally.gap) or (not tally.walked and not tally.walk_all)
        watches.finish_run(
            db,
            tally.run_id,
            watch_id=target.watch_id,
            outcome=_outcome(tally, is_interrupted=is_interrupted),
            now=now,
            next_due_at=self._due(target, tally, now, is_interrupted=is_interrupted),
            walk_complete=was_complete if begins_behind else walk_complete,
            walked_all=complete and not begins_behind and (tally.baseline or tally.walk_all),
            baseline=tally.baseline and complete,
            pages=tally.pages,
            reports=tally.reports,
            events=len(tally.events),
            failures=tally.failures,
        )
        if complete:
            tally.events.extend(tell_overdue(self._context, target.bureau))
        if tally.pages:
            watches.remember_rendering(db, target.watch_id, rendered=tally.rendered)

    def _due(self, target: Target, tally: Tally, now: datetime, *, is_interrupted: bool) -> datetime:
        """When the watch is due again: where it was told to stop, at once, unless its site asked to be left alone."""
        if is_interrupted and tally.not_before is None:
            return now
        failures = 0 if tally.succeeded else watches.failures_in_a_row(self._context.db, target.watch_id)
        return next_run(
            target.watch,
            failures_in_a_row=failures if tally.succeeded or is_interrupted else failures + 1,
            soonest_retry=frontier.soonest_retry(self._context.db, target.watch_id),
            not_before=tally.not_before,
            now=now,
        )

    def _tell_of_cut(self, target: Target, tally: Tally, now: datetime) -> None:
        """A walk that ended before its listing did is an issue until one comes to the end, or to where all is known."""
        desk = Desk(self._context, target)
        if tally.cut_short:
            desk.raise_issue("walk", target.watch.listing_url, Failure.CUT_SHORT, tally.cut_short, now)
        elif tally.walk_ended and (tally.walk_all or tally.baseline or tally.backfill):
            desk.close_issue("walk", target.watch.listing_url)

    def _watch_over(self, target: Target, tally: Tally, baseline_at: datetime | None, now: datetime) -> None:
        desk = Desk(self._context, target)
        if tally.came_to_end and not tally.gap and not tally.cut_short:
            watch_list_size(desk, now)
        watch_silence(desk, baseline_at, now)

    def _tell_baseline(self, target: Target, tally: Tally) -> None:
        db = self._context.db
        count = watches.report_count(db, target.watch_id)
        event = ChangeEvent(
            kind=EventKind.BASELINE,
            at=self._context.now(),
            bureau_id=target.bureau.id,
            watch_id=target.watch_id,
            report_id=None,
            url=target.watch.listing_url,
            title=f"{target.bureau.name} · {target.watch.section}",
            significance=Significance.FORMAT,
            summary=f"首次读完本栏目：{count} 份报告，此后有变化才会通知",
            from_version=None,
            to_version=None,
        )
        tally.events.append(record_event(self._context, event))


def _outcome(tally: Tally, *, is_interrupted: bool) -> str:
    if tally.succeeded:
        return "ok"
    if is_interrupted:
        return "interrupted"
    return tally.listing_failure.value if tally.listing_failure else "broken_off"
