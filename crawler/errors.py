"""The root of every error that the crawler raises on purpose, and those that concern the whole programme."""

from __future__ import annotations

from collections.abc import Sequence


class CrawlerError(Exception):
    """Root of the crawler's own errors. The message says what is wrong and what cures it."""


class ConfigError(CrawlerError):
    """The configuration cannot be used; lists every fault with file and key, not just the first."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)
