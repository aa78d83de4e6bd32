"""Undoes a page's content encoding; one that lies about it is a fault of the visit. Judges nothing else."""

from __future__ import annotations

import zlib

import brotli
from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response

from spiders.failures import Failure, PageFaulty


class HonestCompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's own lets a decoder's exception through, which would pass for a bug of ours."""

    def process_response(self, request: Request, response: Response, spider: Spider | None = None) -> Request | Response:  # noqa: ARG002  Scrapy's signature
        """Decompress; raise PageFaulty where the bytes are not what the header says."""
        try:
            return super().process_response(request, response)
        except (OSError, EOFError, zlib.error, brotli.error) as error:
            raise PageFaulty(Failure.PROTOCOL, response.url, f"the Content-Encoding is not what it says: {error}") from error
