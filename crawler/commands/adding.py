"""What the `add` command does: tries a listing, says what was read and what was not, and makes its seed block."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from scrapy.settings import Settings as ScrapySettings

from crawler import settings as scrapy_settings
from crawler.capture.guard import Gate
from crawler.capture.probe import Probed, probe
from crawler.clean.errors import CleanError
from crawler.clean.pool import CleanPool
from crawler.clean.report import clean_report
from crawler.commands.add import UNREAD, UNSURE
from crawler.commands.added import Added, Sample, notices_of, show
from crawler.commands.seed_block import SeedNotWritten, Wishes, bureaus_in, seed_block, watched_as, write_seed
from crawler.commands.shown import complain
from crawler.config_keys import Settings
from crawler.schedule import engine
from seeds.schema import Bureau
from spiders.about_column import AboutColumn, about_column
from spiders.failures import Failure, PageFaulty, PageUnreadable, VisitError
from spiders.fetched import FailedVisit, FetchedListing
from spiders.page import read_page
from spiders.page_readers import ListingRead, Unread, listing_family, read_listing
from spiders.reading import Listing

SURE = 0.75
"""From this confidence on a list read by its structure needs no second look; families are always sure."""

T = TypeVar("T")


@dataclass(frozen=True)
class Adding:
    """What is to be tried, and what is known already."""

    url: str
    wishes: Wishes
    write: Path | None
    settings: Settings  # manners towards live sites
    known: tuple[Bureau, ...]  # bundled and the person's own
    as_json: bool


@dataclass(frozen=True)
class Looked:
    """A listing page as a crawl reads it, and what else it says; read in a child."""

    read: ListingRead | Unread
    listing: Listing | None  # also where a crawl would not rely on it
    about: AboutColumn


@dataclass
class _Reader:
    """Reads pages in a child, and keeps what was seen of each listing page by its address."""

    pool: CleanPool
    looked: dict[str, Looked] = field(default_factory=dict)

    async def read(self, read: Callable[[str, bytes, str | None], T], url: str, body: bytes, named: str | None, /) -> T:
        """As `spiders.page_readers.ReadIn`."""
        try:
            if read is not cast("Any", read_listing):
                return await self.pool.run(read, url, body, named)
            self.looked[url] = await self.pool.run(look, url, body, named)
            return cast("T", self.looked[url].read)
        except CleanError as error:
            raise PageFaulty(Failure.EXTRACT_FAILED, url, str(error)) from error


def try_listing(adding: Adding) -> int:
    """Try a listing, show what was read, and keep its block if that is wished; returns the exit code.

    Raises:
        SeedNotWritten: the block cannot go into the file; nothing was changed.
    """
    own = bureaus_in(adding.write) if adding.write is not None else ()
    already = watched_as(adding.url, (*own, *adding.known))
    if already is not None and adding.write is not None:
        raise SeedNotWritten(f"{adding.url} is watched already, as {already}; nothing was written")
    added = engine.run(partial(_tried, adding, already), gate=Gate.of(adding.settings.crawl.allow_private))
    if isinstance(added, int):
        return added
    if adding.write is not None:
        write_seed(adding.write, added.block)
    show(added, adding.write, as_json=adding.as_json)
    return 0 if added.confidence >= SURE else UNSURE


def look(url: str, body: bytes, named: str | None) -> Looked:
    """Read a listing page with all doubts. Runs in a child process."""
    page = read_page(url, body)
    try:
        listing = listing_family(page, named).listing(page)
    except PageUnreadable:
        listing = None
    return Looked(read_listing(url, body, named), listing, about_column(page))


async def _tried(adding: Adding, already: str | None) -> Added | int:
    pool = CleanPool(lanes=1)
    reader = _Reader(pool)
    try:
        wanted = ScrapySettings()
        wanted.setmodule(scrapy_settings, priority="project")
        wanted.setdict(scrapy_settings.crawl_settings(adding.settings), priority="project")
        probed = await probe(adding.url, wanted, reader.read)
        sample = await _sample(pool, probed)
    finally:
        await pool.close()
    if not isinstance(probed.first, FetchedListing):
        _explain(adding, probed.first, reader.looked)
        return UNREAD
    return _added(adding, probed, reader.looked, sample, already)


async def _sample(pool: CleanPool, probed: Probed) -> Sample | VisitError | CleanError | None:
    if isinstance(probed.sample, FailedVisit):
        return VisitError(probed.sample.failure, probed.sample.url, probed.sample.detail)
    if probed.sample is None:
        return None
    visit = probed.sample.visit
    try:
        text = await pool.run(clean_report, visit.final_url, visit.body, None, probed.sample.listed_as)
    except (VisitError, CleanError) as error:
        return error
    return Sample(visit.final_url, text, probed.sample.attachments)


def _added(
    adding: Adding,
    probed: Probed,
    looked: Mapping[str, Looked],
    sample: Sample | VisitError | CleanError | None,
    already: str | None,
) -> Added:
    first = probed.first
    assert isinstance(first, FetchedListing)
    look_at = looked[first.visit.final_url]
    confidence = look_at.listing.confidence if look_at.listing else 1.0
    about = next((seen.about for seen in looked.values() if seen.about.name), look_at.about)  # an answer in JSON says nothing
    taken = {bureau.id for bureau in adding.known}
    own = bureaus_in(adding.write) if adding.write is not None else ()
    elsewhere = {bureau.id for bureau in adding.known} - {bureau.id for bureau in own}
    if adding.wishes.id in elsewhere:
        raise SeedNotWritten(f"id {adding.wishes.id!r} is used by a bureau of another seed file; choose another --id")
    block = seed_block(adding.url, about, adding.wishes, own, taken)
    second = probed.second
    return Added(
        url=adding.url,
        family=first.family,
        confidence=confidence,
        rendered=first.visit.rendered,
        entries=first.entries,
        pages=first.pages,
        following=first.following,
        second=second,
        sample=sample if isinstance(sample, Sample) else None,
        block=block,
        notices=notices_of(first, second, sample, already, _same_host(adding, block.extends)),
    )


def _same_host(adding: Adding, extends: Bureau | None) -> str:
    """The bureau of another file that has the same host, "" where there is none."""
    host = urlsplit(adding.url).hostname
    if extends is not None:
        return ""
    return next((bureau.id for bureau in adding.known if urlsplit(bureau.home_url).hostname == host), "")


def _explain(adding: Adding, failed: FailedVisit | None, looked: Mapping[str, Looked]) -> None:
    """Say why there is no list, what was seen instead, and where one may be."""
    if failed is None:
        complain(f"{adding.url}: nothing came back")
        return
    complain(f"{adding.url}: {failed.failure.value}: {failed.detail} — {failed.failure.hint}")
    seen = next(reversed(list(looked.values())), None)
    if seen is None:
        return
    if seen.about.is_report:
        complain("this page reads like a report, not like a list: name the address of the column that lists it")
    if seen.listing is not None and seen.listing.entries:
        complain(f"what looks most like a list on it ({seen.listing.confidence:.0%} sure, a crawl takes 50% and more):")
        for entry in seen.listing.entries[:5]:
            complain(f"  {entry.listed or '日期不明'}  {entry.title}  {entry.url}")
    if seen.about.columns:
        complain("columns that this page leads to:")
        for words, url in seen.about.columns:
            complain(f"  {words}  {url}")
