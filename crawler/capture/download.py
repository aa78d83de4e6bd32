"""Downloads pages within limits that Scrapy and Twisted do not set: headers' size, encryption by host. Judges nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import ParseError
from twisted.web._newclient import Request as TwistedRequest
from twisted.web.iweb import IResponse

from crawler.capture.browser import BrowserOnDemand
from crawler.capture.tls import PerHostTls
from spiders.bureau_spider import BureauSpider

MOST_HEADER_BYTES = 256 * 1024
"""Of one answer, `100 Continue` and its like included; Twisted would read headers for as long as they come."""


class BoundedDownload(BrowserOnDemand):
    """The way out of every request of a crawl."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory  # noqa: SLF001  as Scrapy's own handler does
        self._contextFactory = PerHostTls(self._is_legacy)

    def _is_legacy(self, host: str) -> bool:
        """Whether a seed of this crawl says that a host's encryption is from before 2010."""
        spider = self._crawler.spider
        targets = spider.targets if isinstance(spider, BureauSpider) else ()
        return any(
            target.watch.tls == "legacy" and (urlsplit(target.watch.listing_url).hostname or "") == host for target in targets
        )


class _BoundedParser(_LenientHTTPClientParser):
    _header_bytes = 0
    MAX_LENGTH = MOST_HEADER_BYTES  # of one line

    def lineReceived(self, line: bytes) -> None:  # noqa: N802  Twisted's name
        self._header_bytes += len(line) + 2
        if self._header_bytes > MOST_HEADER_BYTES:
            raise ParseError("the headers do not end", line[:80])  # type: ignore[no-untyped-call]
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802  Twisted's name
        raise ParseError("a header does not end", line[:80])  # type: ignore[no-untyped-call]


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: TwistedRequest) -> Deferred[IResponse]:
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _BoundedParser  # Scrapy puts its own in Twisted's place in the same way
        return answer


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:  # noqa: ARG002, N802  Twisted's signature
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
