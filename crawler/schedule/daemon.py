"""One long process that visits what is due and posts what is owed, until it is told to stop. Decides no due time."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import scrapy.core.downloader.contextfactory  # noqa: F401  first: it walks the whole stack, 0.2 s where imports stand deep
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from crawler.capture.guard import Gate
from crawler.config import Config
from crawler.schedule import engine
from crawler.schedule.due import due_targets
from crawler.schedule.post import Posted, post_over, servers
from crawler.schedule.session import Session
from seeds.load import Target
from storage import watches

TICK_S = 1.0
"""Seconds between two looks at what is due."""
AT_ONCE = 4
"""Watches that are visited side by side (count); always on different hosts."""

log = logging.getLogger("bureauwatch.daemon")


def run_daemon(config: Config) -> bool:
    """Run a daemon until it is told to stop; returns whether it ended in good order.

    Raises:
        DatabaseBusy: another process writes to this archive; names its pid.
    """
    session = Session.open(config)
    daemon = Daemon(session)

    async def work() -> None:
        try:
            log.info("watching %d columns", len(config.targets))
            await daemon.run()
        finally:
            await session.close()

    engine.run(work, gate=Gate.of(config.settings.crawl.allow_private), on_stop=daemon.stop, code_if_late=0)
    return daemon.bug is None


class Beat(BaseTrigger):  # type: ignore[misc]  # the library ships no types
    """A time for a job every so many seconds, counted from now.

    APScheduler's own interval counts from the last time, through every beat in between: after a clock that jumps ahead by
    years it would be long at it, with every one of them in memory.
    """

    def __init__(self, every_s: float) -> None:
        self.every = timedelta(seconds=every_s)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:  # noqa: ARG002  the library's
        """The next time."""
        return now + self.every


class Daemon:
    """Keeps the watches of a session up to date.

    APScheduler only beats the time, from a memory store; the truth about what is due lies in the database. It beats by the
    system's clock; that a clock that jumps does not stop it is seen to by the event loop's own, which never jumps.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._scheduler = AsyncIOScheduler(timezone="Asia/Shanghai")
        self._stopped = asyncio.Event()
        self._under_way: dict[str, asyncio.Task[None]] = {}  # by host: a second watch of one would only wait for the first
        self._posting: dict[str, asyncio.Task[None]] = {}  # by server: a slow one does not hold up the others
        self._said: dict[
            str, str
        ] = {}  # by server: the fault that was logged last, so that one is not logged every five seconds
        self.bug: BaseException | None = None  # what ended it, if a bug did

    async def run(self) -> None:
        """Work until `stop` is called; what is under way then is ended in good order."""
        settings = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._scheduler.add_job(self._look, Beat(TICK_S), **settings)
        self._scheduler.add_job(self._post, Beat(TICK_S * 5), **settings)
        self._scheduler.start()
        while not self._stopped.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), TICK_S)
            self._keep_beating()
        self._scheduler.shutdown(wait=False)
        await self._session.stop()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)
        # The letters in hand are settled: else nobody would know whether they were taken.
        await asyncio.gather(*self._posting.values(), return_exceptions=True)

    async def stop(self) -> None:
        """Ask the daemon to end."""
        self._stopped.set()

    def _keep_beating(self) -> None:
        """After a clock was put back, let the jobs go on now, not when it comes to where it was."""
        now = datetime.now(UTC)
        for job in self._scheduler.get_jobs():
            if job.next_run_time > now + 2 * job.trigger.every:
                job.modify(next_run_time=now)

    async def _look(self) -> None:
        session = self._session
        for target in due_targets(session.config.targets, watches.every(session.db), session.now()):
            if len(self._under_way) >= AT_ONCE:
                return
            host = _host(target)
            if host not in self._under_way and not self._stopped.is_set():
                self._under_way[host] = asyncio.create_task(self._visit(target))

    async def _visit(self, target: Target) -> None:
        """One run of one watch."""
        try:
            with self._ended_by_bugs(target.watch_id):
                tally = await self._session.visit(target)
                if tally is not None:
                    log.info(
                        "%s: %d pages, %d reports, %d events", target.watch_id, tally.pages, tally.reports, len(tally.events)
                    )
        finally:
            del self._under_way[_host(target)]

    async def _post(self) -> None:
        """A round over each server. One may take ten minutes to answer: its own next round waits for that, and nothing else."""
        with self._ended_by_bugs("posting"):
            for server in servers(self._session):
                if server not in self._posting and not self._stopped.is_set():
                    self._posting[server] = asyncio.create_task(self._post_over(server))

    async def _post_over(self, server: str) -> None:
        try:
            with self._ended_by_bugs(f"letters over {server}"):
                self._log(server, await post_over(self._session, server))
        finally:
            del self._posting[server]

    def _log(self, server: str, posted: Posted) -> None:
        if posted.last_error and posted.last_error != self._said.get(server):
            log.warning("%s: %s", server, posted.last_error)
        if posted.last_error or posted.sent:
            self._said[server] = posted.last_error
        if posted.sent:
            log.info("%s: %d sent", server, posted.sent)

    @contextlib.contextmanager
    def _ended_by_bugs(self, what: str) -> Iterator[None]:
        """The second of the two places that may catch everything: a bug or a storage error ends the daemon, said aloud."""
        try:
            yield
        except Exception as error:
            log.exception("%s: stopped by a bug or a storage error; the daemon ends", what)
            self.bug = error
            self._stopped.set()


def _host(target: Target) -> str:
    return target.watch.listing_url.split("/")[2]
