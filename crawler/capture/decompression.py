"""Undoes a page's content encoding; one that lies about it is a fault of the visit. Judges nothing else."""

from __future__ import annotations

import zlib

import brotli
from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response
from scrapy.utils import _compression
from scrapy.utils.gz import gunzip

from spiders.bureau_spider import Errand
from spiders.failures import Failure, PageFaulty


class HonestCompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's own lets a decoder's exception through, which would pass for a bug of ours."""

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Request | Response:  # noqa: ARG002  Scrapy's signature
        """Decompress, a second time where that was forgotten; raise PageFaulty where the bytes are not what the header says."""
        try:
            answer = super().process_response(request, response)
            return _once_more(request, answer) if isinstance(answer, Response) else answer
        except (OSError, EOFError, zlib.error, brotli.error, _ZSTD_ERROR) as error:
            raise PageFaulty(Failure.PROTOCOL, response.url, f"the Content-Encoding is not what it says: {error}") from error


def _once_more(request: Request, response: Response) -> Response:
    """A page that is still compressed: gzip upon gzip, or gzip that no header speaks of. Files may well be archives."""
    errand: Errand | None = request.meta.get("errand")
    if errand is None or errand.role == "attachment" or not response.body.startswith(b"\x1f\x8b"):
        return response
    try:
        return response.replace(body=gunzip(response.body, max_size=request.meta["download_maxsize"]))
    except _compression._DecompressionMaxSizeExceeded as error:  # noqa: SLF001  it has no other name
        raise PageFaulty(Failure.TOO_LARGE, response.url, f"compressed twice, and over the cap: {error}") from error


_ZSTD_ERROR: type[Exception] = _compression.zstd.ZstdError  # type: ignore[attr-defined]  # Python's own, or its backport
