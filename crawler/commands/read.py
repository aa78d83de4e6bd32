"""The `read` command: saved or live pages through the product's own readers. Stores nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from scrapy.settings import Settings

from crawler import settings as scrapy_settings
from crawler.capture.fetch_one import fetch_one
from crawler.capture.guard import Gate
from crawler.clean.errors import CleanError
from crawler.clean.extract import clean_page
from crawler.clean.pool import CleanPool
from crawler.clean.text_file import clean_text_file
from crawler.commands.options import AsJson, ConfigFile
from crawler.commands.shown import complain, say, say_json
from crawler.config import Settings as ConfigSettings
from crawler.config import find_config, read_config
from crawler.errors import ConfigError, CrawlerError
from crawler.flow import CleanText
from crawler.schedule import engine
from spiders.failures import PageUnreadable, VisitError
from spiders.fetched import FailedVisit, FetchedListing, FetchedReport, Role
from spiders.page import decode, read_page
from spiders.reading import Listing, family_of

FAILED = 1
"""Exit code when a page could not be read."""


def read(
    pages: Annotated[list[str], typer.Argument(metavar="FILE|URL...", help="Saved pages, text files, or addresses.")],
    url: Annotated[str, typer.Option(help="The address that a saved page came from; links are made whole with it.")] = "",
    listing: Annotated[bool, typer.Option("--listing", help="Read them as listing pages: rows and next page.")] = False,
    family: Annotated[
        str | None, typer.Option(help="Name of the CMS family; recognised from the page where none is given.")
    ] = None,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Read pages the way a crawl does, and show what was read. Stores nothing, sends nothing.

    Examples:
        bureauwatch read saved.html --url https://sfj.example.gov.cn/fzzf/20250326/a.html
        bureauwatch read --listing https://sfj.example.gov.cn/fzzf/index.html --json
    """
    role: Role = "listing" if listing else "report"
    live = [page for page in pages if _is_address(page)]
    settings = _crawl_settings(config) if live else ConfigSettings()

    async def work() -> bool:
        pool = CleanPool()
        try:
            shown = [_one(pool, page, url, role, family, settings, as_json=as_json) for page in pages]
            return all([await task for task in [asyncio.ensure_future(one) for one in shown]])
        finally:
            await pool.close()

    async def nothing_to_stop() -> None:
        """A single fetch ends by itself."""

    gate = Gate.of(settings.crawl.allow_private)
    well = engine.run(work, gate=gate, on_stop=nothing_to_stop) if live else asyncio.run(work())
    if not well:
        raise typer.Exit(FAILED)


async def _one(
    pool: CleanPool, page: str, url: str, role: Role, family: str | None, settings: ConfigSettings, *, as_json: bool
) -> bool:
    """Read and show one page; returns whether it could be read."""
    try:
        address, body = await _bytes_of(page, url, role, settings)
        if role == "listing":
            _show_listing(page, *await pool.run(_listing, address, body, family), as_json=as_json)
        else:
            _show_text(page, address, *await pool.run(_report, Path(page).name, address, body, family), as_json=as_json)
    except (VisitError, CleanError, UnreadableFile) as error:
        complain(f"{page}: {error}" + (f" — {error.failure.hint}" if isinstance(error, VisitError) else ""))
        return False
    return True


class UnreadableFile(CrawlerError):
    """A file that cannot be opened, or of a kind that no reader knows."""


async def _bytes_of(page: str, url: str, role: Role, settings: ConfigSettings) -> tuple[str, bytes]:
    if not _is_address(page):
        try:
            return url or Path(page).resolve().as_uri(), Path(page).read_bytes()
        except OSError as error:
            raise UnreadableFile(f"cannot be opened: {error.strerror}") from error
    wanted = Settings()
    wanted.setmodule(scrapy_settings, priority="project")
    wanted.setdict(scrapy_settings.crawl_settings(settings), priority="project")
    fetched = await fetch_one(page, role, wanted)
    if isinstance(fetched, FailedVisit):
        raise VisitError(fetched.failure, fetched.url, fetched.detail)
    assert isinstance(fetched, FetchedListing | FetchedReport)
    return fetched.visit.final_url, fetched.visit.body


def _report(name: str, url: str, body: bytes, family: str | None) -> tuple[str, CleanText]:
    """Family and text of a page or text file. Runs in a child process."""
    if body[:5] == b"%PDF-" or body[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}:
        raise VisitError(
            PageUnreadable(url, "").failure, url, "this is a document file; this version reads pages and text files"
        )
    if b"<" not in body[:4096]:
        return "", clean_text_file(name, decode(body))
    text = clean_page(url, body, family)
    try:
        return family_of(read_page(url, body), family).NAME, text
    except PageUnreadable:
        return "", text


def _listing(url: str, body: bytes, family: str | None) -> tuple[str, str, Listing]:
    """Address, family and rows of a listing page. Runs in a child process."""
    page = read_page(url, body)
    known = family_of(page, family)
    return url, known.NAME, known.listing(page)


def _show_text(page: str, url: str, family: str, text: CleanText, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "file": page,
                "url": url,
                "family": family,
                "title": text.title,
                "published": text.published,
                "published_from": text.published_from,
                "source": text.source,
                "body": list(text.body),
                "attachments": [{"name": link.name, "url": link.url} for link in text.attachments],
                "fingerprint": text.fingerprint,
            }
        )
        return
    say(f"《{text.title}》")
    say(
        f"发布 {text.published or '日期不明'} ({text.published_from or '—'}) · 来源 {text.source or '未注明'} · {family or '按结构阅读'}"
    )
    for link in text.attachments:
        say(f"附件 {link.name} {link.url}")
    say()
    for paragraph in text.body:
        say(paragraph)


def _show_listing(page: str, url: str, family: str, listing: Listing, *, as_json: bool) -> None:
    rows: Sequence[dict[str, Any]] = [{"title": row.title, "url": row.url, "listed": row.listed} for row in listing.entries]
    if as_json:
        say_json({"file": page, "url": url, "family": family, "rows": rows, "next": listing.next_url})
        return
    say(f"{url}  ({family}, {len(rows)} rows)")
    for row in rows:
        say(f"{row['listed'] or '日期不明'}  {row['title']}  {row['url']}")
    say(f"next: {listing.next_url or 'none, this is the last page'}")


def _is_address(page: str) -> bool:
    return page.startswith(("http://", "https://"))


def _crawl_settings(config: Path | None) -> ConfigSettings:
    """The configuration's manners where there is one; the defaults where there is none: a page can be tried without."""
    try:
        return read_config(find_config(config)).settings
    except ConfigError:
        if config is not None:
            raise
        return ConfigSettings()
