"""A text that was read, in the form in which the archive keeps it. Stores nothing."""

from __future__ import annotations

from crawler.flow import CleanText
from storage.recipes import Text
from storage.records import VersionFields


def as_stored(text: CleanText) -> Text:
    """The text with its fields, as a version of a report has them."""
    return Text(
        fingerprint=text.fingerprint,
        title=text.title,
        published=text.published,
        published_from=text.published_from,
        source=text.source,
        body=text.body,
        attachments=tuple((link.url, link.name) for link in text.attachments),
        fields=fields_of(text),
    )


def fields_of(text: CleanText) -> VersionFields:
    """What the page says of its document beside title, date and source."""
    block = text.disclosure
    return VersionFields(
        document_number=block.document_number,
        index_number=block.index_number,
        publisher=block.publisher,
        category=block.category,
        validity=block.validity,
        genre=block.genre,
        topic=block.topic,
        dates=text.dates.named(),
    )
