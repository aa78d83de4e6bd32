"""What the stages of one run share: archive, configuration, clock, and the one way to record an event. Never global."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from scrapy.crawler import Crawler

from crawler.config import Config
from crawler.event_rows import as_columns
from crawler.flow import Alert, ChangeEvent, CleanText, DocumentText, EventKind
from crawler.knowledge import Tell
from spiders.addresses import canonical_key
from spiders.failures import Failure, Outcome
from spiders.fetched import Visit
from storage import archive, outbox, proofs
from storage.captures import WarcPlace
from storage.database import Database


class Evidence(Protocol):
    """Where bytes are kept, as `capture` writes them."""

    def keep(self, visit: Visit, at: datetime, refers_to: datetime | None) -> WarcPlace:
        """Write one record; see `crawler.capture.warc`."""
        ...

    def settle(self) -> None:
        """Bring everything written so far to disk."""
        ...


Clean = Callable[[str, bytes, str | None, str], Awaitable[CleanText]]
"""Reads in another process, with limits, the text of a page, by address, bytes, family and title in the list: see `clean`."""


@dataclass
class Tally:
    """What one run of one watch has done so far. The only thing in a run that counts."""

    run_id: int
    started_at: datetime
    baseline: bool  # this watch has no baseline yet: this run is to make it
    walk_all: bool  # no early end this time: the last walk broke off, or the whole list is due
    backfill: bool = False  # the list is walked to its end, however long it is
    resumed: bool = False  # from the page where the last walk stopped short: what is known there ends nothing
    silent_from: int | None = None  # listing pages from this number on were never read: what they show is no news
    pages: int = 0
    reports: int = 0
    failures: int = 0
    events: list[int] = field(default_factory=list)
    walk_ended: bool = False  # the listing was walked to its end, or to where all is known
    listing_failure: Failure | None = None
    not_before: datetime | None = None  # when the site asked to be visited again, at the earliest
    listing_answered: asyncio.Event = field(default_factory=asyncio.Event)  # its walk has ended, well or not
    walked: set[str] = field(default_factory=set)  # listing pages, by their keys
    shown: set[frozenset[str]] = field(default_factory=set)  # the rows of each listing page, by their keys
    asked: set[str] = field(default_factory=set)  # reports and attachments asked for in this run, by their keys
    page_number: int = 0  # of the listing page read last
    pages_in_all: int | None = None  # that the site says its listing has
    gap: bool = False  # a page in the middle was not there: the next run walks the whole list again
    cut_short: str = ""  # why the walk ended before the listing did; "" where it did not
    came_to_end: bool = False  # of the listing, from its first page on, without a gap
    second_looks: dict[str, int] = field(default_factory=dict)  # how often an address was asked for once more, by its key
    rendered: bool = False
    broken_off: bool = False  # by a stop, before the listing was walked

    @property
    def site_is_closed(self) -> bool:
        """Whether the site itself is not to be had now: whoever visits its other pages only troubles it."""
        return self.listing_failure is not None and self.listing_failure.outcome is not Outcome.UNREADABLE

    @property
    def succeeded(self) -> bool:
        """Whether the watch's listing was read as it should be."""
        return self.listing_failure is None and self.walk_ended and not self.broken_off


@dataclass(frozen=True)
class RunContext:
    """Everything a stage may use besides the page in its hand."""

    config: Config
    db: Database
    evidence: Evidence
    now: Callable[[], datetime]
    clean: Clean
    like_with_like: Callable[[str], Awaitable[None]]  # by watch id: what other rules read of its bureau is read again first
    read_document: Callable[[bytes], Awaitable[DocumentText]]  # a file's text, likewise
    document_readers: frozenset[str]  # with their versions
    fold: Callable[[str], str]  # what a fingerprint ignores
    tell: Tell  # what a text says
    alerts_for: Callable[[ChangeEvent], Sequence[Alert]]
    look_at_everything: bool  # `--all`: every known address, due or not
    backfill: bool  # `--backfill`: listings to their ends, from where the last walk stopped short
    tallies: dict[str, Tally]  # by watch id
    free_at: dict[str, float]  # when each host may be asked again, monotonic seconds; shared by all runs of a session
    bugs: list[BaseException]  # what stopped a crawl: no visit's failure, but a bug or a storage error


def attach(crawler: Crawler, context: RunContext) -> None:
    """Give a crawl its context, before it starts. Scrapy makes every component from the crawler, so it travels there."""
    crawler.bureauwatch_context = context  # type: ignore[attr-defined]


def context_of(crawler: Crawler) -> RunContext | None:
    """The context of a crawl; None before one was attached."""
    return getattr(crawler, "bureauwatch_context", None)


def the_context(crawler: Crawler) -> RunContext:
    """The context of a crawl that has one."""
    context = context_of(crawler)
    assert context is not None, "the run extension attaches the context before any stage is made"
    return context


def record_event(context: RunContext, event: ChangeEvent, *, silent: bool = False) -> int:
    """Store an event together with everything that it owes to people. Belongs into the caller's transaction.

    Args:
        context: of the run.
        event: what happened.
        silent: it is kept and shown, and nobody is told: an issue stands for it.
    """
    event_id = archive.add_event(context.db, report_id=event.report_id, silent=silent, **as_columns(event))
    if event.kind is EventKind.ATTACHMENT_CHANGED:
        proofs.keep_file(context.db, event_id, canonical_key(event.url))
    if event.kind is EventKind.WITHDRAWN and event.report_id is not None:
        proofs.keep_absence(context.db, event_id, event.report_id)
    for alert in () if silent else context.alerts_for(event):
        outbox.owe(
            context.db,
            event_id,
            recipient=alert.recipient,
            subscription=alert.subscription,
            due_at=alert.due_at,
            bundle=alert.bundle,
            language=alert.language,
        )
    return event_id
