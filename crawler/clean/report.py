"""Reads a report from whatever its address gave: a page, or a document in a page's place. Pure; runs in a child process."""

from __future__ import annotations

import hashlib

from crawler.clean.documents.file_names import file_name
from crawler.clean.documents.reading import read_document
from crawler.clean.extract import clean_page
from crawler.clean.normalise import fingerprint
from crawler.flow import CleanText
from spiders.dates import split_final_date
from spiders.failures import PageUnreadable
from spiders.fetched import AttachmentLink
from spiders.page_readers import is_document


def clean_report(url: str, body: bytes, family: str | None, listed_as: str) -> CleanText:
    """Read a report.

    Args:
        url: its address, after redirects.
        body: the bytes, decompressed.
        family: the family that the seed names, or None to recognise it.
        listed_as: the title of the row that led here, "" where none did; a document has no better one.

    Raises:
        PageUnreadable: no title, or neither text nor attachment.
    """
    return _document(url, body, listed_as) if is_document(body) else clean_page(url, body, family)


def _document(url: str, body: bytes, listed_as: str) -> CleanText:
    """A document as a report: it is its own attachment, and, where it cannot be read, its bytes stand for its text."""
    document = read_document(body)
    name = file_name((), url, listed_as, document.kind)
    title, lines = split_final_date(listed_as)[0], document.lines
    if lines and (not title or _squeezed(lines[0]) == _squeezed(title)):
        title, lines = title or lines[0], lines[1:]
    if not title:
        raise PageUnreadable(url, f"a {document.kind} without a title: no row led to it, and {document.note or 'it is empty'}")
    return CleanText(
        title=title[:500],
        published=None,
        published_from="",
        source="",
        body=lines,
        attachments=(AttachmentLink(url, name),),
        fingerprint=fingerprint(title, lines or (hashlib.sha256(body).hexdigest(),)),
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())
