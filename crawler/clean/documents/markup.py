"""Reads web pages that come as documents: HTML under the name .xls or .doc, and MHT. Follows no link and runs nothing."""

from __future__ import annotations

import email
import email.policy

from crawler.clean.documents.document_text import Capped, DocumentBroken, Read
from spiders.lines import visible_lines
from spiders.page import decode, parse_page

_MOST_PAGES = 100  # in one MHT: a workbook has one for each sheet
_MOST_BOUNDARIES = 10_000


def read_html(body: bytes) -> Read:
    """The lines that a browser would show; the row of a table is one line.

    Args:
        body: the page.
    """
    kept = Capped()
    kept.extend(_lines(decode(body)))
    return Read(tuple(kept.lines), kept.missing)


def read_mht(body: bytes) -> Read:
    """The lines of all pages in a web archive, as Word and Excel write it (RFC 2557).

    Args:
        body: the file.

    Raises:
        DocumentBroken: no page is in it.
    """
    if body.count(b"\n--") > _MOST_BOUNDARIES:
        raise DocumentBroken(f"more than {_MOST_BOUNDARIES:,} lines that may part a web archive, which is refused")
    message = email.message_from_bytes(body, policy=email.policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise DocumentBroken("no page is in the web archive")
    kept = Capped()
    for page in pages[:_MOST_PAGES]:
        content = page.get_payload(decode=True)
        if isinstance(content, bytes):
            kept.extend(_lines(decode(content)))
    missing = (f"the pages after {_MOST_PAGES}",) if len(pages) > _MOST_PAGES else ()
    return Read(tuple(kept.lines), (*missing, *kept.missing))


def _lines(markup: str) -> list[str]:
    return [line.text for line in visible_lines(parse_page("", markup).root)]
