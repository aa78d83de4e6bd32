"""Reads a report that was handed over as plain text, in the shape of the seed documents. Reads no page."""

from __future__ import annotations

import re

from crawler.clean.normalise import fingerprint
from crawler.flow import CleanText
from spiders.bylines import shown_source
from spiders.dates import published_date, split_dated_title
from spiders.failures import PageUnreadable
from spiders.fetched import AttachmentLink
from spiders.metadata import Dated, Dates

_BREADCRUMB = re.compile(r"(?:当前|您的|所在)位置\s*[:：]")
_ATTACHMENTS = re.compile(r"(?:相关)?附件(?:下载|列表)?\s*[:：]?")


def clean_text_file(name: str, text: str) -> CleanText:
    """Read a text file: perhaps a 当前位置 line, the title, perhaps a line of source and date, the body, perhaps 附件下载.

    Args:
        name: the file's name; it stands where a page has its address, in errors.
        text: the file's content; blank lines count for nothing.

    Returns:
        The report's fields and text. Its attachments have a name and, since a text file links to nothing, the address "".

    Raises:
        PageUnreadable: there is no title, or nothing after it.
    """
    lines = [stripped for line in text.splitlines() if (stripped := line.strip())]
    if lines and _BREADCRUMB.match(lines[0]):
        del lines[0]
    if len(lines) < 2:
        raise PageUnreadable(name, f"expected a title and a text, found {len(lines)} lines")
    title, title_date = split_dated_title(lines.pop(0))
    source, labelled = shown_source(lines[0]), published_date(lines[0])
    if source or labelled:
        del lines[0]
    end = next((position for position, line in enumerate(lines) if _ATTACHMENTS.fullmatch(line)), len(lines))
    body = tuple(lines[:end])
    attachments = tuple(AttachmentLink("", attached) for attached in lines[end + 1 :])
    if not body and not attachments:
        raise PageUnreadable(name, "neither text nor attachment after the title")
    published = Dated(labelled, "label") if labelled else Dated(title_date, "title") if title_date else None
    return CleanText(
        title=title,
        published=published.day if published else None,
        published_from=published.origin if published else "",
        source=source,
        body=body,
        attachments=attachments,
        fingerprint=fingerprint(title, body),
        dates=Dates(published=published).signed(body),
    )
