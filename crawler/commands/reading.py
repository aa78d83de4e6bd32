"""What the `read` command does: saved or live pages through the product's own readers. Stores nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from scrapy.settings import Settings as ScrapySettings

from crawler import settings as scrapy_settings
from crawler.capture.fetch_one import fetch_one
from crawler.capture.guard import Gate
from crawler.clean.documents.kinds import sniff
from crawler.clean.errors import CleanError
from crawler.clean.pool import CleanPool
from crawler.clean.report import clean_report
from crawler.clean.text_file import clean_text_file
from crawler.commands.read import is_address
from crawler.commands.shown import FIELDS, complain, dates_json, field_lines, say, say_json
from crawler.config import Settings
from crawler.errors import CrawlerError
from crawler.flow import CleanText
from crawler.schedule import engine
from seeds.schema import Render
from spiders.failures import PageUnreadable, VisitError
from spiders.fetched import FailedVisit, FetchedListing, FetchedReport, Role
from spiders.page import decode, read_page
from spiders.page_readers import Unread, detail_family, is_document, read_listing
from spiders.reading import Listing

NOWHERE = "https://saved.invalid/"
"""Stands for the address of a saved page whose own is not known; its relative links are made whole with it."""
Result = TypeVar("Result")

_AT_ONCE = 8  # pages held in memory (count)


class UnreadableFile(CrawlerError):
    """A file that cannot be opened, or of a kind that no reader knows."""


@dataclass(frozen=True)
class Reading:
    """How pages are to be read and shown."""

    url: str  # the address that saved pages came from; "" where it is not known
    role: Role
    family: str | None  # None: recognised from the page
    render: Render
    settings: Settings  # manners towards live sites
    as_json: bool  # one JSON object a page


@dataclass(frozen=True)
class ReadReport:
    """A report's page as it was read."""

    url: str
    family: str  # a document's kind; "" where a page was read by structure
    text: CleanText


@dataclass(frozen=True)
class ReadListing:
    """A listing page as it was read."""

    url: str
    family: str
    listing: Listing


Read = ReadReport | ReadListing | VisitError | CleanError | UnreadableFile


def read_pages(pages: Sequence[str], reading: Reading) -> bool:
    """Read and show pages, in the order they are named; returns whether all of them could be read.

    Args:
        pages: files or addresses.
        reading: how.
    """

    async def work() -> bool:
        shown = True
        async with _reader(reading) as read:
            under_way = [asyncio.ensure_future(read(page)) for page in pages]
            for page, task in zip(pages, under_way, strict=True):  # read side by side; each is shown when its turn comes
                shown = _show(page, await task, reading) and shown
        return shown

    return _run(work, pages, reading)


def read_each(pages: Sequence[str], reading: Reading) -> list[Read]:
    """Read pages side by side and show nothing; what they came to, in the order they are named."""

    async def work() -> list[Read]:
        async with _reader(reading) as read:
            return list(await asyncio.gather(*map(read, pages)))

    return _run(work, pages, reading)


def _run(work: Callable[[], Coroutine[Any, Any, Result]], pages: Sequence[str], reading: Reading) -> Result:
    if any(is_address(page) for page in pages):
        return engine.run(work, gate=Gate.of(reading.settings.crawl.allow_private))
    return asyncio.run(work())


@asynccontextmanager
async def _reader(reading: Reading) -> AsyncIterator[Callable[[str], Awaitable[Read]]]:
    pool = CleanPool()
    places = asyncio.Semaphore(_AT_ONCE)
    try:
        yield partial(_read, pool, reading, places)
    finally:
        await pool.close()


async def _read(pool: CleanPool, reading: Reading, places: asyncio.Semaphore, page: str) -> Read:
    try:
        async with places:
            address, body, family = await _bytes_of(page, reading)
            if reading.role == "listing":
                return await pool.run(_listing, address, body, reading.family or family)
            return await pool.run(_report, Path(page).name, address, body, reading.family)
    except (VisitError, CleanError, UnreadableFile) as error:
        return error


def _show(page: str, read: Read, reading: Reading) -> bool:
    """Show one page, or why it could not be read; returns whether it could."""
    match read:
        case ReadListing():
            _show_listing(page, read, as_json=reading.as_json)
        case ReadReport():
            _show_report(page, read, as_json=reading.as_json)
        case VisitError():
            complain(f"{page}: {read} — {read.failure.hint}")
        case _:
            complain(f"{page}: {read}")
    return isinstance(read, ReadListing | ReadReport)


async def _bytes_of(page: str, reading: Reading) -> tuple[str, bytes, str | None]:
    """A page's address, its bytes, and the family that a list service's answer belongs to, where one was asked."""
    if not is_address(page):
        try:
            return reading.url or NOWHERE, await asyncio.to_thread(Path(page).read_bytes), None
        except OSError as error:
            raise UnreadableFile(f"cannot be opened: {error.strerror}") from error
    wanted = ScrapySettings()
    wanted.setmodule(scrapy_settings, priority="project")
    wanted.setdict(scrapy_settings.crawl_settings(reading.settings), priority="project")
    fetched = await fetch_one(page, reading.role, reading.render, wanted)
    if isinstance(fetched, FailedVisit):
        raise VisitError(fetched.failure, fetched.url, fetched.detail)
    assert isinstance(fetched, FetchedListing | FetchedReport)
    return fetched.visit.final_url, fetched.visit.body, fetched.family or None


def _report(name: str, url: str, body: bytes, named: str | None) -> ReadReport:
    """Read a page, a document or a text file. Runs in a child process."""
    if is_document(body):
        return ReadReport(url, sniff(body), clean_report(url, body, named, ""))
    if b"<" not in body[:4096]:
        return ReadReport(url, "", clean_text_file(name, decode(body)))
    text = clean_report(url, body, named, "")
    family = detail_family(read_page(url, body), named)
    return ReadReport(url, family.NAME if family is not None else "", text)


def _listing(url: str, body: bytes, named: str | None) -> ReadListing:
    """Read a listing page. Runs in a child process."""
    read = read_listing(url, body, named)
    if isinstance(read, Unread):
        raise PageUnreadable(url, read.detail)
    return ReadListing(url, read.family, read.listing)


def _show_report(page: str, read: ReadReport, *, as_json: bool) -> None:
    text = read.text.listed_on(None)
    block, dates = text.disclosure, text.dates.named()
    if as_json:
        fields = {
            "title": text.title,
            "published": text.published,
            "published_from": text.published_from,
            "source": text.source,
            "number": block.document_number,
            **{name: getattr(block, name) for name in FIELDS if name != "document_number"},
            "dates": dates_json(dates),
        }
        attachments = [{"name": link.name, "url": link.url} for link in text.attachments]
        whole = {"body": list(text.body), "attachments": attachments, "fingerprint": text.fingerprint}
        say_json({"file": page, "url": read.url, "family": read.family, **fields, **whole})
        return
    say(f"《{text.title}》")
    day, source = text.published or "日期不明", text.source or "未注明"
    say(f"发布 {day} ({text.published_from or '—'}) · 来源 {source} · {read.family or '按结构'}")
    for line in field_lines([(name, getattr(block, name)) for name in FIELDS], dates):
        say(line)
    for link in text.attachments:
        say(f"附件 {link.name} {link.url}")
    say()
    for paragraph in text.body:
        say(paragraph)


def _show_listing(page: str, read: ReadListing, *, as_json: bool) -> None:
    rows = [{"title": row.title, "url": row.url, "listed": row.listed} for row in read.listing.entries]
    following = read.listing.following.url if read.listing.following else None
    sure = round(read.listing.confidence, 2)
    if as_json:
        whole = {"rows": rows, "next": following, "pages": read.listing.pages, "confidence": sure}
        say_json({"file": page, "url": read.url, "family": read.family, **whole})
        return
    pages = f", {read.listing.pages} pages" if read.listing.pages else ""
    say(f"{read.url}  ({read.family}, {sure:.0%} sure, {len(rows)} rows{pages})")
    for row in rows:
        say(f"{row['listed'] or '日期不明'}  {row['title']}  {row['url']}")
    say(f"next: {following or 'none, this is the last page'}")
