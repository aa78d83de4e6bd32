"""The same loop through a real browser, for pages that a script builds. Solves no challenge and forges nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import Enum
from functools import partial

from scrapy import Request

from spiders.failures import PageUnreadable
from spiders.fetched import Role
from spiders.page import parse_page
from spiders.page_readers import LEAST_SURE, ReadIn, listing_family, read_here


class Readiness(Enum):
    """How far a page has come, as its scripts build it."""

    NOT_YET = "not yet"
    PERHAPS = "perhaps"  # there is something to read: it is taken once it stays as it is
    THERE = "there"


Awaited = Callable[[str, str], Awaitable[Readiness]]
"""Says of a page's address and markup how far it has come."""


def in_browser(request: Request, role: Role, family: str | None, read_in: ReadIn = read_here) -> Request:
    """The same request, fetched by Chromium, which waits for rows (or for a text at rest), never for network silence.

    Attachments are fetched by the browser's own client, with its cookies and without a page.

    Args:
        request: the plain one.
        role: of the page.
        family: that the listing's rows are read by; None to recognise it.
        read_in: where the listing is looked at: as often as it grows, and it may be large.
    """
    awaited = partial(rows_are_there, family=family, read_in=read_in) if role == "listing" else something_is_there
    return request.replace(
        dont_filter=True,  # the plain try of the same address is no reason to skip this one
        meta={**request.meta, "playwright": True, "awaited": None if role == "attachment" else awaited},
    )


async def rows_are_there(url: str, markup: str, family: str | None, read_in: ReadIn = read_here) -> Readiness:
    """How far the listing's own reader finds it, looked at where pages are read.

    Raises:
        VisitError: looking at it took too long or broke off.
    """
    return await read_in(rows_in, url, markup.encode("utf-8", "replace"), family)


def rows_in(url: str, body: bytes, family: str | None) -> Readiness:
    """Whether a listing has rows. A place to ask for them is something, if no script brings them.

    Args:
        url: the page's address.
        body: its markup in UTF-8, whatever it says of itself.
        family: as in `in_browser`.
    """
    page = parse_page(url, body.decode())
    try:
        listing = listing_family(page, family).listing(page)
    except PageUnreadable:
        return Readiness.NOT_YET
    if listing.entries and listing.confidence >= LEAST_SURE:
        return Readiness.THERE
    return Readiness.PERHAPS if listing.entries or listing.following else Readiness.NOT_YET


async def something_is_there(_url: str, _markup: str) -> Readiness:
    """A report has no rows to wait for: its text is taken once it has stopped growing."""
    return Readiness.PERHAPS
