"""Opens OLE2 compound files (Word, Excel and PowerPoint up to 2003, WPS). Reads no stream's content."""

from __future__ import annotations

import struct

from legacy_doc.exceptions import LegacyDocError
from legacy_doc.ole import OleReader
from legacy_doc.types import ExtractionOptions

from crawler.clean.documents.document_text import DocumentBroken, Read

OLE2_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES = 200_000_000
_KNOWN_STREAMS = ("WordDocument", "Workbook", "Book", "PowerPoint Document", "EncryptedPackage")


class CompoundFile:
    """The streams of an OLE2 file.

    Args:
        body: the file.

    Raises:
        DocumentBroken: its tables lead nowhere.
    """

    def __init__(self, body: bytes) -> None:
        try:
            self._reader = OleReader(body, options=ExtractionOptions(max_file_bytes=_MOST_BYTES, max_chain_sectors=400_000))
        except (LegacyDocError, struct.error) as error:
            raise DocumentBroken(f"its OLE2 tables are damaged ({error})") from error

    def names(self) -> tuple[str, ...]:
        """The names of its streams."""
        return tuple(self._reader.list_streams())

    def stream(self, name: str) -> bytes:
        """The bytes of a stream, whatever folder it is in.

        Raises:
            DocumentBroken: not there, or damaged.
        """
        try:
            content = self._reader.read_stream(name)
        except (LegacyDocError, struct.error) as error:
            raise DocumentBroken(f"the stream {name} cannot be read ({error})") from error
        assert isinstance(content, bytes)
        return content


def read_unknown_ole2(body: bytes) -> Read:
    """Nothing, since it is neither Word nor Excel.

    Raises:
        DocumentBroken: always, saying what is in it.
    """
    names = ", ".join(CompoundFile(body).names()[:8])
    raise DocumentBroken(f"an OLE2 file that is neither Word nor Excel, with the streams {names[:200]!r}")


def stream_names(body: bytes) -> tuple[str, ...]:
    """The names of the streams; of a damaged file those well-known ones whose names can be seen in it."""
    try:
        return CompoundFile(body).names()
    except DocumentBroken:
        return tuple(name for name in _KNOWN_STREAMS if name.encode("utf-16-le") + b"\0\0" in body)
