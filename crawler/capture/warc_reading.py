"""Reads kept bytes back from the archive's WARC files, and trusts none that are not what they were. Knows no database."""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler.errors import CrawlerError
from storage.captures import WarcPlace

# What reading raises on other bytes than a record: files and gzip theirs, warcio its own and, in a half-read head, Python's.
_SPOILT = (OSError, EOFError, StopIteration, ValueError, AttributeError, TypeError, LookupError, zlib.error, ArchiveLoadFailed)


class EvidenceLost(CrawlerError):
    """A record is missing from its file, or is not what was kept. Cure: put the WARC file back from a backup."""


@dataclass(frozen=True)
class Kept:
    """What a record holds of a visit."""

    url: str  # that answered, after redirects
    body: bytes


def read_back(folder: Path, place: WarcPlace, sha256: str) -> Kept:
    """One full record (no revisit), checked.

    Args:
        folder: of the archive's WARC files.
        place: where the record stands; a file under way is read as well.
        sha256: of the bytes, as the capture's row has it.

    Raises:
        EvidenceLost: the file or the record is not there, is torn, or holds other bytes.
    """
    path = folder / place.file
    try:
        with (path if path.exists() else path.with_name(path.name + ".open")).open("rb") as file:
            file.seek(place.offset)
            record = next(iter(ArchiveIterator(io.BytesIO(file.read(place.length)))))
            url, body = record.rec_headers.get_header("WARC-Target-URI") or "", bytes(record.content_stream().read())
    except _SPOILT as error:
        raise EvidenceLost(f"{place.file} @{place.offset}: {error or 'there is no record'}") from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise EvidenceLost(f"{place.file} @{place.offset}: the record's bytes are not those that were kept")
    return Kept(url, body)
