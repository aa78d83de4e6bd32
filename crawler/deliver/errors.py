"""The errors that delivering raises on purpose. A mail server's refusals are no errors: they are a `Delivery`."""

from __future__ import annotations

from crawler.errors import CrawlerError


class DeliverError(CrawlerError):
    """Root of everything that stops a letter from being composed."""


class EmptyLetter(DeliverError):
    """A letter was to be composed of no event. Cure: compose one only where an alert is due."""

    def __init__(self, recipient: str) -> None:
        super().__init__(f"no event to tell {recipient}; compose a letter only where an alert is due")
        self.recipient = recipient
