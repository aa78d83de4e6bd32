"""Reads the bytes of a listing or a report as far as the crawl loop needs it. Pure, so that it may run in another process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar, cast

from spiders import generic_list
from spiders.attachments import attachment_links
from spiders.failures import PageUnreadable
from spiders.fetched import AttachmentLink
from spiders.page import Page, read_page
from spiders.pictures import picture_links
from spiders.reading import Family, LaysOut, Listing, families, family_of
from spiders.shells import is_script_built, is_shell

LEAST_SURE = 0.5
"""A list read by its structure counts from this confidence on; below it, saying "no list" is the honest answer."""
_DOCUMENTS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"{\\rtf")

_GENERIC = cast("Family", generic_list)  # a module, as every family is

T = TypeVar("T")


class ReadIn(Protocol):
    """Where pages are read: in this process, or in a child with limits."""

    def __call__(
        self, read: Callable[[str, bytes, str | None], T], url: str, body: bytes, named: str | None, /
    ) -> Awaitable[T]:
        """What `read(url, body, named)` returns.

        Raises:
            VisitError: it broke off or took too long.
        """
        ...


@dataclass(frozen=True)
class ListingRead:
    """A listing page that was read, and by whom."""

    family: str
    listing: Listing


@dataclass(frozen=True)
class ReportRead:
    """A report's page as far as the loop needs it."""

    family: str  # "" where none recognises it: it is read by its structure
    attachments: tuple[AttachmentLink, ...]


@dataclass(frozen=True)
class Unread:
    """A page that its reader does not know, and whether a script may build what is missing."""

    detail: str
    by_script: bool


def read_listing(url: str, body: bytes, named: str | None) -> ListingRead | Unread:
    """Read a listing page, or a list service's answer, by its family or, where none recognises it, by its structure.

    Args:
        url: the page's address, after redirects.
        body: its bytes, decompressed.
        named: the family that the seed names or that asked for this page; None to recognise it.
    """
    page = read_page(url, body)
    try:
        family = listing_family(page, named)
        listing = family.listing(page)
    except PageUnreadable as unreadable:
        return Unread(unreadable.detail, by_script=page.is_markup and is_script_built(page))
    if listing.confidence < LEAST_SURE:
        seen = f"{len(listing.entries)} rows that may be the list, but only {listing.confidence:.0%} sure"
        return Unread(f"{seen}; `bureauwatch add {url}` shows them", by_script=is_script_built(page))
    return ListingRead(family.NAME, listing)


def read_report(url: str, body: bytes, named: str | None) -> ReportRead | Unread:
    """Read what a report's page links to. A document in a page's place links to nothing.

    Args:
        url: the page's address, after redirects.
        body: its bytes, decompressed.
        named: the family that the seed names; None to recognise it.
    """
    if is_document(body):
        return ReportRead("", ())
    page = read_page(url, body)
    family = detail_family(page, named)
    page = laid_out(page, family)
    container = family.container(page) if family else None
    links = attachment_links(page, container) or picture_links(page)
    if container is None and not links and is_shell(page):
        return Unread("a script builds this page", by_script=True)
    return ReportRead(family.NAME if family else "", links)


def listing_family(page: Page, named: str | None) -> Family:
    """The family that reads a listing page; the generic reader where none recognises it.

    Raises:
        PageUnreadable: the seed names a family that does not exist.
    """
    if named == generic_list.NAME:
        return _GENERIC
    try:
        return family_of(page, named)
    except PageUnreadable:
        if named is not None and named not in families():
            raise
        return _GENERIC


def detail_family(page: Page, named: str | None) -> Family | None:
    """The family whose container is tried first; None for a report of no family, which is read by its structure."""
    if named == generic_list.NAME:
        named = None
    try:
        return family_of(page, named)
    except PageUnreadable:
        if named is not None:
            raise
        return None


def laid_out(page: Page, family: Family | None) -> Page:
    """The page with its text in plain markup, if its family keeps it elsewhere."""
    return family.laid_out(page) if isinstance(family, LaysOut) else page


def is_document(body: bytes) -> bool:
    """Whether these bytes are a document file: told by how it begins, never by its name."""
    return body.startswith(_DOCUMENTS)


async def read_here(read: Callable[[str, bytes, str | None], T], url: str, body: bytes, named: str | None, /) -> T:
    """Read in this process: for a page or two, where nothing hostile is expected to hold up others."""
    return read(url, body, named)
