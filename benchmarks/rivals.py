"""What bureauwatch is measured against: Scrapy as it comes, fetching the same addresses, perhaps extracting their texts.

`python -m benchmarks.rivals ADDRESSES [--items N] [--extract]` prints how many pages and texts it got, as JSON.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import AsyncIterator
from pathlib import Path

import trafilatura
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

AT_ONCE = 8
"""Requests under way (count), for every contestant: the most that bureauwatch allows on one host."""


class Fetching(Spider):
    """Fetches addresses and does nothing with them."""

    name = "fetching"
    addresses: tuple[str, ...] = ()
    pages = 0
    texts = 0

    async def start(self) -> AsyncIterator[Request]:
        """Every address."""
        for address in self.addresses:
            yield Request(address)

    def parse(self, response: Response) -> None:
        """Count."""
        assert response.body
        type(self).pages += 1


class Extracting(Fetching):
    """Extracts each page's text where the page arrives, as most projects do."""

    name = "extracting"

    def parse(self, response: Response) -> None:
        """Count, and extract."""
        super().parse(response)
        type(self).texts += bool(trafilatura.extract(response.text, url=response.url))


def main() -> None:
    """Fetch the addresses of a file, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("addresses", type=Path)
    parser.add_argument("--items", type=int, default=100, help="CONCURRENT_ITEMS; Scrapy's default is 100")
    parser.add_argument("--extract", action="store_true")
    asked = parser.parse_args()
    spider = Extracting if asked.extract else Fetching
    spider.addresses = tuple(asked.addresses.read_text().split())
    process = CrawlerProcess(
        {
            "CONCURRENT_ITEMS": asked.items,
            "CONCURRENT_REQUESTS": AT_ONCE,
            "CONCURRENT_REQUESTS_PER_DOMAIN": AT_ONCE,
            "DOWNLOAD_DELAY": 0,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "LOG_LEVEL": "WARNING",
        }
    )
    process.crawl(spider)
    process.start()
    print(json.dumps({"pages": spider.pages, "texts": spider.texts}))


if __name__ == "__main__":
    main()
