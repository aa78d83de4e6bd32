"""What the `crawl` command does: visits watches side by side, tells how it goes, and posts the letters that come of it."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import scrapy.core.downloader.contextfactory  # noqa: F401  first: it walks the whole stack, 0.2 s where imports stand deep

from crawler.capture.guard import Gate
from crawler.commands.progress import progress_line
from crawler.commands.shown import complain, event_json, event_line, say, say_json
from crawler.config import Config
from crawler.context import Tally
from crawler.schedule import engine
from crawler.schedule.due import due_targets
from crawler.schedule.post import Posted, post_letters
from crawler.schedule.session import Session
from seeds.load import Target
from storage import archive, issues, watches

AT_ONCE = 4
"""Watches visited side by side (count), always on different hosts."""
FAILED = 1
"""Exit code of a crawl in which a watch failed."""


@dataclass(frozen=True)
class Wanted:
    """How much of the chosen watches is wanted."""

    due_or_not: bool  # all of them; else only those whose time has come
    everything: bool  # look again at every known report and attachment
    backfill: bool  # walk each list to its end, from where the last walk stopped short


def visit_now(config: Config, chosen: Sequence[Target], wanted: Wanted, *, as_json: bool) -> int:
    """Visit watches, show what happened, post what is owed.

    Args:
        config: where to store, how to visit.
        chosen: the watches that may be visited.
        wanted: how much of them.
        as_json: events as JSON lines.

    Returns:
        The exit code: 0, or 1 when a watch failed.
    """
    session = Session.open(config)

    async def work() -> tuple[dict[str, Tally], Posted]:
        try:
            visited = tuple(chosen) if wanted.due_or_not else due_targets(chosen, watches.every(session.db), session.now())
            meter = asyncio.create_task(_show_progress(session, len(visited)))
            try:
                await _visit_all(session, visited, wanted)
            finally:
                meter.cancel()
            tallies = {
                target.watch_id: session.tallies[target.watch_id] for target in visited if target.watch_id in session.tallies
            }
            posted = await post_letters(session)
            _report(session, tallies, posted, as_json=as_json)
            return tallies, posted
        finally:
            await session.close()

    tallies, _ = engine.run(work, gate=Gate.of(config.settings.crawl.allow_private), on_stop=session.stop)
    return FAILED if any(not tally.succeeded for tally in tallies.values()) else 0


async def _visit_all(session: Session, targets: Sequence[Target], wanted: Wanted) -> None:
    places = asyncio.Semaphore(AT_ONCE)

    async def visit(target: Target) -> None:
        async with places:
            if not session.stopping:
                well = False
                try:
                    await session.visit(target, look_at_everything=wanted.everything, backfill=wanted.backfill)
                    well = True
                finally:
                    if not well:
                        await session.stop()

    # A crawl must never be cancelled (Scrapy's engine leaks): after a bug in one, the others end by themselves.
    ended = await asyncio.gather(*(visit(target) for target in targets), return_exceptions=True)
    for bug in ended:
        if isinstance(bug, BaseException):
            raise bug


async def _show_progress(session: Session, watches_in_all: int) -> None:
    """One line that is written over, on a terminal only."""
    begun = time.monotonic()
    while sys.stderr.isatty():
        await asyncio.sleep(0.5)
        line = progress_line(session.tallies.values(), watches_in_all, time.monotonic() - begun)
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def _report(session: Session, tallies: dict[str, Tally], posted: Posted, *, as_json: bool) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    happened = [event for tally in tallies.values() for number in tally.events if (event := archive.event(session.db, number))]
    for event in sorted(happened, key=lambda event: event.id):
        say_json(event_json(event)) if as_json else say(event_line(event))
    for watch_id, tally in tallies.items():
        for issue in issues.opened(session.db, watch_id):
            if issue.last_seen_at >= tally.started_at:
                complain(f"! {watch_id}  {issue.failure}  {issue.url}\n  {issue.detail} — {issue.hint}")
    if not as_json:
        say(_closing_line(tallies, posted))
    if posted.last_error:
        complain(f"! mail  {posted.last_error}")


def _closing_line(tallies: dict[str, Tally], posted: Posted) -> str:
    if not tallies:
        return "nothing is due; `bureauwatch status` says when, `bureauwatch crawl --all` visits everything now"
    failed = sum(not tally.succeeded for tally in tallies.values())
    parts: dict[str, Any] = {
        "watches visited": len(tallies),
        "failed": failed,
        "reports read": sum(tally.reports for tally in tallies.values()),
        "events": sum(len(tally.events) for tally in tallies.values()),
        "letters sent": posted.sent,
        "letters waiting": posted.waiting,
    }
    return ", ".join(f"{count} {words}" for words, count in parts.items())
