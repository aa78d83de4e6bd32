"""What the `read` command does: saved or live pages through the product's own readers. Stores nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

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
from crawler.commands.read_shown import listing_json, report_json, show_listing, show_report
from crawler.commands.shown import complain, say_json
from crawler.commands.understood import Shown
from crawler.config_keys import Settings
from crawler.errors import CrawlerError
from crawler.flow import CleanText
from crawler.interpret.read import Interpreter
from crawler.knowledge import Knowledge
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
    interpret: Interpreter
    show: Shown  # of a report, where it is not JSON
    as_json: bool  # one JSON object a page, with all of it

    @classmethod
    def of_files(cls, settings: Settings, interpret: Interpreter) -> Self:
        """Reports in files of unknown address, of whatever family."""
        return cls("", "report", None, "auto", settings, interpret, Shown.TEXT, as_json=True)


@dataclass(frozen=True)
class ReadReport:
    """A report's page as it was read."""

    url: str
    family: str  # a document's kind; "" where a page was read by structure
    text: CleanText
    knowledge: Knowledge


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
            return await pool.run(_report, Path(page).name, address, body, reading.family, reading.interpret)
    except (VisitError, CleanError, UnreadableFile) as error:
        return error


def _show(page: str, read: Read, reading: Reading) -> bool:
    """Show one page, or why it could not be read; returns whether it could."""
    match read:
        case ReadListing():
            listing = read.listing
            if reading.as_json:
                say_json({"file": page, "url": read.url, "family": read.family, **listing_json(listing)})
            else:
                show_listing(read.url, read.family, listing)
        case ReadReport():
            if reading.as_json:
                say_json({"file": page, "url": read.url, "family": read.family, **report_json(read.text, read.knowledge)})
            else:
                show_report(read.family, read.text, read.knowledge, reading.show)
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


def _report(name: str, url: str, body: bytes, named: str | None, interpret: Interpreter) -> ReadReport:
    """Read a page, a document or a text file. Runs in a child process."""
    if is_document(body):
        family, text = sniff(body), clean_report(url, body, named, "")
    elif b"<" not in body[:4096]:
        family, text = "", clean_text_file(name, decode(body))
    else:
        text = clean_report(url, body, named, "")
        known = detail_family(read_page(url, body), named)
        family = known.NAME if known is not None else ""
    text = text.listed_on(None)
    number = text.disclosure.document_number
    return ReadReport(
        url, family, text, interpret(text.title, text.body, published=text.published, source=text.source, number=number)
    )


def _listing(url: str, body: bytes, named: str | None) -> ReadListing:
    """Read a listing page. Runs in a child process."""
    read = read_listing(url, body, named)
    if isinstance(read, Unread):
        raise PageUnreadable(url, read.detail)
    return ReadListing(url, read.family, read.listing)
