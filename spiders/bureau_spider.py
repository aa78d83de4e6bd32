"""The one crawl loop: listing -> next page -> detail -> attachment. Holds no selector and no memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from seeds.load import Target
from spiders.attachments import attachment_links
from spiders.failing import failure_of
from spiders.failures import PageUnreadable, VisitError
from spiders.fetched import (
    FailedVisit,
    Fetched,
    FetchedAttachment,
    FetchedListing,
    FetchedReport,
    NotModified,
    Role,
    Visit,
)
from spiders.page import Page, read_page
from spiders.reading import Family, family_of
from spiders.rendered import in_browser, is_script_built, is_shell


@dataclass(frozen=True)
class Errand:
    """What one request is sent for. Travels with it as `meta["errand"]`."""

    target: Target
    role: Role
    url: str
    page_number: int = 1  # of a listing
    report_url: str = ""  # of an attachment
    name: str = ""  # of an attachment


class BureauSpider(Spider):
    """Reads the watches of one bureau.

    What it yields is everything the site shows; which of it is worth a visit is decided outside (`crawler.schedule`), so
    that a family or a seed can be tried without a memory.
    """

    name = "bureau"  # the generated classes bear their bureau's id
    targets: tuple[Target, ...] = ()
    rendered_watches: frozenset[str] = frozenset()  # known from earlier runs to need a browser

    def __init__(
        self,
        *,
        targets: tuple[Target, ...] = (),
        rendered_watches: frozenset[str] = frozenset(),
        **kwargs: Any,  # noqa: ANN401  Scrapy's own signature
    ) -> None:
        super().__init__(**kwargs)
        self.targets = targets or type(self).targets
        self.rendered_watches = rendered_watches

    async def start(self) -> AsyncIterator[Request]:
        """The first listing page of every watch."""
        for target in self.targets:
            errand = Errand(target, "listing", target.watch.listing_url)
            yield self.request(errand, rendered=self._begins_in_browser(target))

    def request(self, errand: Errand, *, rendered: bool = False) -> Request:
        """The request for an errand, in a browser or plain."""
        callback = {"listing": self.read_listing, "report": self.read_report, "attachment": self.read_attachment}[errand.role]
        request = Request(
            errand.url,
            callback=callback,
            errback=self.failed,
            meta={"errand": errand},
            dont_filter=rendered or errand.role == "listing",  # listing pages are kept apart by the walk itself
        )
        return in_browser(request, errand.role, errand.target.watch.family) if rendered else request

    def read_listing(self, response: Response) -> Iterator[Fetched | Request]:
        """Hand on the page's rows, then ask for each report and for the next page."""
        errand: Errand = response.meta["errand"]
        if response.status == 304:
            yield NotModified(errand.target.watch_id, "listing", errand.url)
            return
        try:
            page = read_page(response.url, response.body)
            family = family_of(page, errand.target.watch.family)
            listing = family.listing(page)
        except PageUnreadable as unreadable:
            yield self._again_in_browser(response, unreadable)
            return
        yield FetchedListing(_visit(errand, response), errand.page_number, family.NAME, listing.entries, listing.next_url)
        for entry in listing.entries:
            yield self.request(
                Errand(errand.target, "report", entry.url, name=entry.title), rendered=self._always_in_browser(errand.target)
            )
        if listing.next_url is not None:
            following = Errand(errand.target, "listing", listing.next_url, errand.page_number + 1)
            yield self.request(following, rendered="playwright" in response.meta)

    def read_report(self, response: Response) -> Iterator[Fetched | Request]:
        """Hand on the page and ask for the documents it links to. Its text is read later, in another process."""
        errand: Errand = response.meta["errand"]
        if response.status == 304:
            yield NotModified(errand.target.watch_id, "report", errand.url)
            return
        try:
            page = read_page(response.url, response.body)
            family = _detail_family(page, errand.target.watch.family)
        except PageUnreadable as unreadable:
            yield self._again_in_browser(response, unreadable)
            return
        container = family.container(page) if family else None
        links = attachment_links(page, container)
        if container is None and not links and is_shell(page) and self._may_render(response):
            yield self._again_in_browser(response, PageUnreadable(response.url, "a script builds this page"))
            return
        yield FetchedReport(_visit(errand, response), family.NAME if family else "", links)
        for link in links:
            yield self.request(Errand(errand.target, "attachment", link.url, report_url=errand.url, name=link.name))

    def read_attachment(self, response: Response) -> Iterator[Fetched]:
        """Hand on the file."""
        errand: Errand = response.meta["errand"]
        if response.status == 304:
            yield NotModified(errand.target.watch_id, "attachment", errand.url)
            return
        yield FetchedAttachment(_visit(errand, response), errand.report_url, errand.name)

    def failed(self, failure: TwistedFailure) -> Iterator[Fetched]:
        """Every request that brought no page ends here: as a failed visit, or, if a bug, as an error that stops the run."""
        request: Request = failure.request  # type: ignore[attr-defined]
        errand: Errand = request.meta["errand"]
        assert failure.value is not None
        found = failure_of(failure.value)
        if found is None:
            failure.raiseException()
        else:
            yield FailedVisit(errand.target.watch_id, errand.role, errand.url, *found)

    def _again_in_browser(self, response: Response, why: VisitError) -> Fetched | Request:
        """The same errand in a browser where a script may build the page; else the failure itself."""
        errand: Errand = response.meta["errand"]
        if self._may_render(response) and is_script_built(read_page(response.url, response.body)):
            return self.request(errand, rendered=True)
        return FailedVisit(errand.target.watch_id, errand.role, errand.url, why.failure, why.detail)

    def _may_render(self, response: Response) -> bool:
        errand: Errand = response.meta["errand"]
        return errand.target.watch.render != "plain" and "playwright" not in response.meta

    def _begins_in_browser(self, target: Target) -> bool:
        return self._always_in_browser(target) or (target.watch.render == "auto" and target.watch_id in self.rendered_watches)

    def _always_in_browser(self, target: Target) -> bool:
        return target.watch.render == "browser"


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
        rendered="playwright" in response.meta,
    )


def _detail_family(page: Page, named: str | None) -> Family | None:
    """The family whose container is tried first; a detail page of an unknown family is still read, by structure."""
    try:
        return family_of(page, named)
    except PageUnreadable:
        return None
