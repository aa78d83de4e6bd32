"""Reads a report from whatever its address gave: a page, or a document in a page's place. Pure; runs in a child process."""

from __future__ import annotations

from crawler.clean.extract import clean_page
from crawler.flow import CleanText


def clean_report(url: str, body: bytes, family: str | None, listed_as: str) -> CleanText:
    """Read a report.

    Args:
        url: its address, after redirects.
        body: the bytes, decompressed.
        family: the family that the seed names, or None to recognise it.
        listed_as: the title of the row that led here; a document's own title.

    Raises:
        PageUnreadable: no title, or neither text nor attachment.
    """
    del listed_as
    return clean_page(url, body, family)
