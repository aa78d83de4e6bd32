"""Shows Scrapy one spider per bureau, from the configuration's seeds, or from the bundled ones where there is none."""

from __future__ import annotations

import builtins
from typing import Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from crawler.config import find_config, read_config
from crawler.errors import ConfigError
from seeds.load import load, targets
from spiders.generated import spider_classes


class SeedSpiderLoader:
    """`scrapy list` prints the bureaus' ids; `scrapy crawl <id>` visits all watches of one."""

    def __init__(self) -> None:
        try:
            watched = read_config(find_config(None)).targets
        except ConfigError:
            watched = targets(load())
        self._classes = spider_classes(watched)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:  # noqa: ARG003  Scrapy's interface
        """Made by Scrapy."""
        return cls()

    def load(self, spider_name: str) -> type[Spider]:
        """The spider class of a bureau.

        Raises:
            KeyError: no bureau has this id; `scrapy list` shows those that there are.
        """
        return self._classes[spider_name]

    def list(self) -> list[str]:
        """The ids of all bureaus."""
        return sorted(self._classes)

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """The bureaus whose watches lie on the request's host."""
        return [
            name
            for name, spider in self._classes.items()
            if any(request.url.startswith(target.bureau.home_url) for target in spider.targets)
        ]
