"""The one crawl loop: listing -> next page -> detail -> attachment. Holds no selector and no memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urldefrag

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from seeds.load import Target
from spiders.addresses import canonical_key
from spiders.failing import failure_of
from spiders.failures import Failure, PageUnreadable, VisitError
from spiders.fetched import (
    Ask,
    FailedVisit,
    Fetched,
    FetchedAttachment,
    FetchedListing,
    FetchedReport,
    NotModified,
    Role,
    Visit,
)
from spiders.page_readers import ReadIn, Unread, is_document, read_here, read_listing, read_report
from spiders.reading import Listing
from spiders.rendered import in_browser

_MOST_PRELUDES = 2  # pages in a row that only say where the rows are to be asked for


@dataclass(frozen=True)
class Errand:
    """What one request is sent for. Travels with it as `meta["errand"]`."""

    target: Target
    role: Role
    url: str
    page_number: int = 1  # of a listing
    ask: Ask | None = None  # of a listing page behind the first
    family: str | None = None  # that asked for a listing page
    preludes: int = 0  # pages without rows before this listing page
    report_url: str = ""  # of an attachment
    name: str = ""  # of a report, its row's title; of an attachment, its link's text

    @property
    def key(self) -> str:
        """The identity of what is asked for: of a list service, the form is part of it."""
        form = self.ask.form if self.ask is not None else ""
        return canonical_key(self.url) + (f" {form}" if form else "")


class BureauSpider(Spider):
    """Reads the watches of one bureau.

    What it yields is everything the site shows; which of it is worth a visit is decided outside (`crawler.schedule`), so
    that a family or a seed can be tried without a memory. Pages are read where `read_in` says.
    """

    name = "bureau"  # the generated classes bear their bureau's id
    targets: tuple[Target, ...] = ()
    rendered_watches: frozenset[str] = frozenset()  # known from earlier runs to need a browser

    def __init__(
        self,
        *,
        targets: tuple[Target, ...] = (),
        rendered_watches: frozenset[str] = frozenset(),
        begin_with: Errand | None = None,
        read_in: ReadIn = read_here,
        **kwargs: Any,  # noqa: ANN401  Scrapy's own signature
    ) -> None:
        super().__init__(**kwargs)
        self.targets = targets or type(self).targets
        self.rendered_watches = rendered_watches
        self.begin_with = begin_with
        self.read_in = read_in

    async def start(self) -> AsyncIterator[Request]:
        """The first listing page of every watch, or the page that a walk is to go on with."""
        for target in self.targets:
            errand = self.begin_with or Errand(target, "listing", target.watch.listing_url)
            yield self.request(errand, rendered=self.begins_in_browser(target))

    def request(self, errand: Errand, *, rendered: bool = False) -> Request:
        """The request for an errand, in a browser or plain; what a list service is told beside its address goes plain."""
        callback = {"listing": self.read_listing, "report": self.read_report, "attachment": self.read_attachment}[errand.role]
        ask = errand.ask or Ask(errand.url)
        request = Request(
            errand.url,
            callback=callback,
            errback=self.failed,
            method="POST" if ask.form else "GET",
            body=ask.form,
            headers={"Content-Type": ask.content_type, **dict(ask.headers)} if ask.form else dict(ask.headers),
            meta={"errand": errand},
            dont_filter=rendered or errand.role == "listing",  # listing pages are kept apart by the walk itself
        )
        is_plain = bool(ask.form or ask.headers)
        return in_browser(request, errand.role, _family_named(errand), self.read_in) if rendered and not is_plain else request

    async def read_listing(self, response: Response) -> AsyncIterator[Fetched | Request]:
        """Hand on the page's rows, then ask for each report and for the next page."""
        errand: Errand = response.meta["errand"]
        if response.status == 304:
            yield NotModified(errand.target.watch_id, "listing", errand.url)
            return
        try:
            read = await self.read_in(read_listing, _address(errand, response), response.body, _family_named(errand))
        except VisitError as error:
            yield _failed(errand, error)
            return
        if isinstance(read, Unread):
            yield self._again_in_browser(response, read)
            return
        listing = read.listing
        following = _following(errand, read.family, listing)
        if not listing.entries and (following is None or following.preludes > _MOST_PRELUDES):
            detail = f"{errand.preludes + 1} pages in a row without rows, each naming another place to ask for them"
            yield _failed(errand, PageUnreadable(response.url, detail))
            return
        yield FetchedListing(
            _visit(errand, response),
            errand.page_number,
            read.family,
            listing.entries,
            listing.following,
            listing.pages,
            listing.newest_first,
        )
        for entry in filter(lambda entry: errand.target.watch.is_report(entry.title), listing.entries):
            asked = Errand(errand.target, "report", entry.url, name=entry.title)
            yield self.request(asked, rendered=self.always_in_browser(errand.target))
        if following is not None:
            yield self.request(following, rendered="playwright" in response.meta)

    async def read_report(self, response: Response) -> AsyncIterator[Fetched | Request]:
        """Hand on the page and ask for the documents it links to. Its text is read later."""
        errand: Errand = response.meta["errand"]
        if response.status == 304:
            yield NotModified(errand.target.watch_id, "report", errand.url)
            return
        try:
            read = await self.read_in(read_report, response.url, response.body, errand.target.watch.family)
        except VisitError as error:
            yield _failed(errand, error)
            return
        if isinstance(read, Unread):
            # A page that stays a shell is handed on all the same: why it cannot be read is said where its text is.
            if self._may_render(response):
                yield self._again_in_browser(response, read)
                return
            yield FetchedReport(_visit(errand, response), "", (), errand.name)
            return
        yield FetchedReport(_visit(errand, response), read.family, read.attachments, errand.name)
        for link in read.attachments:
            attached = Errand(errand.target, "attachment", link.url, report_url=errand.url, name=link.name)
            yield self.request(attached, rendered=self.always_in_browser(errand.target))

    async def read_attachment(self, response: Response) -> AsyncIterator[Fetched]:
        """Hand on the file."""
        errand: Errand = response.meta["errand"]
        if response.status == 304:
            yield NotModified(errand.target.watch_id, "attachment", errand.url)
            return
        yield FetchedAttachment(_visit(errand, response), errand.report_url, errand.name)

    def failed(self, failure: TwistedFailure) -> Iterator[Fetched | Request]:
        """Every request that brought no page ends here: as a failed visit, or, if a bug, as an error that stops the run.

        A challenge is tried once more in a browser, which runs its script as any visitor's would.
        """
        request: Request = failure.request  # type: ignore[attr-defined]
        errand: Errand = request.meta["errand"]
        assert failure.value is not None
        found = failure_of(failure.value)
        if found is None:
            failure.raiseException()
        elif found[0] is Failure.CHALLENGE and errand.role != "attachment" and self._may_render(request):
            yield self.request(errand, rendered=True)
        else:
            yield FailedVisit(errand.target.watch_id, errand.role, errand.url, *found)

    def begins_in_browser(self, target: Target) -> bool:
        """Whether the listing of a watch is asked for in a browser at once."""
        return self.always_in_browser(target) or (target.watch.render == "auto" and target.watch_id in self.rendered_watches)

    def always_in_browser(self, target: Target) -> bool:
        """Whether every page of a watch is asked for in a browser."""
        return target.watch.render == "browser"

    def _again_in_browser(self, response: Response, why: Unread) -> Fetched | Request:
        """The same errand in a browser where a script may build the page; else the failure itself."""
        errand: Errand = response.meta["errand"]
        if self._may_render(response) and why.by_script:
            return self.request(errand, rendered=True)
        return _failed(errand, PageUnreadable(response.url, why.detail))

    def _may_render(self, asked: Request | Response) -> bool:
        errand: Errand = asked.meta["errand"]
        is_plain = errand.ask is not None and (errand.ask.form or errand.ask.headers)
        return errand.target.watch.render != "plain" and "playwright" not in asked.meta and not is_plain


def _address(errand: Errand, response: Response) -> str:
    """The address of the page that came; with the asked one's fragment, which servers never see and lists may depend on."""
    return errand.url if response.url == urldefrag(errand.url).url else str(response.url)


def _family_named(errand: Errand) -> str | None:
    return errand.family or errand.target.watch.family


def _following(errand: Errand, family: str, listing: Listing) -> Errand | None:
    """The errand for the next page, or for the rows that this page only says where to ask for."""
    if listing.following is None:
        return None
    following = Errand(errand.target, "listing", listing.following.url, ask=listing.following, family=family)
    if listing.entries:
        # A last page may lead back to itself, under a fresh `?t=` each time: that is no other page, and would never end.
        return replace(following, page_number=errand.page_number + 1) if following.key != errand.key else None
    return replace(following, page_number=errand.page_number, preludes=errand.preludes + 1)


def _failed(errand: Errand, error: VisitError) -> FailedVisit:
    return FailedVisit(errand.target.watch_id, errand.role, errand.url, error.failure, error.detail)


def _visit(errand: Errand, response: Response) -> Visit:
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in response.headers.items() for value in values
    )
    return Visit(
        watch_id=errand.target.watch_id,
        url=errand.url,
        final_url=response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        rendered="playwright" in response.meta and errand.role != "attachment" and not is_document(response.body),
    )
