"""Reads one page or seed document into a report's fields and text. Pure; runs in a child process, see `crawler.clean.pool`."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy

import trafilatura
from lxml import html

from crawler.clean.containers import Container, Found, find_container
from crawler.clean.noise import without_noise
from crawler.clean.normalise import fingerprint
from crawler.flow import CleanText
from spiders.attachments import attachment_links
from spiders.failures import PageUnreadable
from spiders.fetched import AttachmentLink
from spiders.lines import Line
from spiders.metadata import Metadata, read_metadata
from spiders.page import Page, read_page
from spiders.page_readers import detail_family, laid_out
from spiders.pictures import picture_links

_TRUSTED_SHARE = 0.9  # of the body's characters; an extractor that keeps less has lost text, not noise


def clean_page(url: str, body: bytes, family: str | None) -> CleanText:
    """Read a report's page.

    Args:
        url: the page's address, after redirects.
        body: its bytes, decompressed.
        family: the family that the seed names, or None to recognise it; a page of no family is read by its structure.

    Returns:
        The report's fields and text. `body` may be empty where the report is nothing but its attachments; the pictures of a
        report that is nothing but pictures are its attachments.

    Raises:
        PageUnreadable: no title, or neither text nor attachment, or nested deeper than can be read.
    """
    page = read_page(url, body)
    known = detail_family(page, family)
    page = laid_out(page, known)
    metadata = read_metadata(page)
    container = find_container(page, known, metadata.title)
    attachments = attachment_links(page, container.element if container else None, metadata.title)
    paragraphs = _paragraphs(container, metadata, attachments) if container else ()
    if not paragraphs and not attachments:
        attachments = picture_links(page)
    if not metadata.title:
        raise PageUnreadable(url, "no title: neither ArticleTitle nor a heading nor <title>")
    if not paragraphs and not attachments:
        raise PageUnreadable(url, f"neither text nor attachment ({_place(container, page)})")
    return CleanText(
        title=metadata.title,
        published=metadata.published,
        published_from=metadata.published_from,
        source=metadata.source,
        body=paragraphs,
        attachments=attachments,
        fingerprint=fingerprint(metadata.title, paragraphs),
        dates=metadata.dates.signed(paragraphs),
        disclosure=metadata.disclosure,
    )


def _place(container: Container | None, page: Page) -> str:
    """What there is instead of a text."""
    pictures = sum(1 for _ in (page.root if container is None else container.element).iter("img"))
    where = f"found by {container.found.value}" if container else "not found"
    return (
        f"body's element: {where}; {pictures} pictures there, whose text would need OCR"
        if pictures
        else f"body's element: {where}"
    )


def _paragraphs(container: Container, metadata: Metadata, attachments: Collection[AttachmentLink]) -> tuple[str, ...]:
    lines = _lines(container)
    return without_noise(lines, metadata.title, attachments, published=metadata.published, source=metadata.source)


def _lines(container: Container) -> tuple[Line, ...]:
    """The container's lines; where only the page's structure told where the body is, without links that trafilatura drops.

    The lines are always our own, since they are exact: of the seed report of 2018, trafilatura 2.3.1 makes one line where
    it stands in a layout table, and loses one paragraph of 67 where they are parted by <br>. For the same reason its
    opinion counts for lines that hold links only: it knows related and recommended reading well.
    """
    if container.found is not Found.STRUCTURE or not any(_is_link(line) for line in container.lines):
        return container.lines
    document = html.document_fromstring("<body></body>")
    document[0].append(deepcopy(container.element))  # alone: trafilatura would search the whole page otherwise
    kept = trafilatura.extract(
        document, include_comments=False, include_tables=True, favor_recall=True, fast=True, deduplicate=False
    )
    wanted = _bare(kept or "")
    chosen = tuple(line for line in container.lines if not _is_link(line) or _bare(line.text) in wanted)
    share = sum(len(line.text) for line in chosen) / sum(len(line.text) for line in container.lines)
    return chosen if share >= _TRUSTED_SHARE else container.lines


def _is_link(line: Line) -> bool:
    return 2 * line.linked > len(line.text)


def _bare(text: str) -> str:
    """Without what either of the two may put between cells and words."""
    return "".join(text.replace("|", "").split())
