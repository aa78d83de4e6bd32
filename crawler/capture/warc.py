"""Writes what was received into WARC files, and mends the ones that a crash tore. Knows no database."""

from __future__ import annotations

import base64
import hashlib
import io
import os
from collections.abc import Callable
from datetime import datetime
from http.client import responses
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

from spiders.fetched import Visit
from storage.captures import WarcPlace
from storage.database import StorageError

LARGEST_FILE = 1_000_000_000  # bytes; the usual size of web archives
_OPEN = ".open"  # a file that is being written; what a crash leaves behind bears it still
_RECODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class WarcFolder:
    """A folder of WARC files that is written by one process at a time.

    Each record is a gzip member of its own, so that it can be read alone by its offset. A file under way is called
    `….warc.gz.open`.
    """

    def __init__(self, folder: Path, software: str, archive: str) -> None:
        self._folder = folder
        self._software = software
        self._prefix = f"bureauwatch-{archive}"  # two archives may share a folder, and must not mend each other's files
        self._file: BinaryIO | None = None
        self._name = ""
        self._settled = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def keep(self, visit: Visit, at: datetime, refers_to: datetime | None) -> WarcPlace:
        """Write one record and return where it stands.

        A page that Chromium built becomes a `resource` record: those bytes were never sent by the server. Headers are kept as
        received; those that describe an encoding we undid stand under `X-Archive-Orig-…`.

        Args:
            visit: the address that answered, and what it sent.
            at: when, aware UTC.
            refers_to: time of the capture with the same bytes: a `revisit` record is written.

        Raises:
            StorageError: the disk is full or failing. What was torn is cut off at the next start.
        """
        try:
            return self._write(visit, at, refers_to)
        except OSError as error:
            raise StorageError(
                f"the evidence in {self._folder} cannot be written: {error.strerror}. Make room, then go on"
            ) from error

    def settle(self) -> None:
        """Bring everything written so far to disk; a row that names a record is only stored after this."""
        if self._file is not None and not self._settled:
            os.fdatasync(self._file.fileno())
            self._settled = True

    def close(self) -> None:
        """Finish the current file under its final name."""
        if self._file is not None:
            self.settle()
            self._file.close()
            self._file = None
            (self._folder / (self._name + _OPEN)).rename(self._folder / self._name)

    def mend(self, indexed_end: Callable[[str], int]) -> list[str]:
        """Cut what a crash tore off the files it left open, and give them their final names.

        Args:
            indexed_end: for a file's name, how many of its bytes stored rows vouch for. What lies beyond belongs to visits
                that were never stored; they are made again.

        Returns:
            The names of the files that were mended.
        """
        mended = []
        for left in sorted(self._folder.glob(f"{self._prefix}-*.warc.gz{_OPEN}")):
            name = left.name.removesuffix(_OPEN)
            end = indexed_end(name)
            if end == 0:
                left.unlink()
                continue
            with left.open("r+b") as file:
                file.truncate(end)
                os.fsync(file.fileno())
            left.rename(self._folder / name)
            mended.append(name)
        return mended

    def _write(self, visit: Visit, at: datetime, refers_to: datetime | None) -> WarcPlace:
        file, writer = self._current(at)
        url = visit.final_url
        when = {"WARC-Date": _iso(at)}
        http = _http_headers(visit)
        if refers_to is not None:
            record = writer.create_revisit_record(
                url,
                digest="sha1:" + base64.b32encode(hashlib.sha1(visit.body, usedforsecurity=False).digest()).decode(),
                refers_to_uri=url,
                refers_to_date=_iso(refers_to),
                http_headers=http,
                warc_headers_dict=when,
            )
        elif visit.rendered:
            record = writer.create_warc_record(
                url,
                "resource",
                payload=io.BytesIO(visit.body),
                warc_content_type="text/html; charset=utf-8",
                warc_headers_dict=when,
            )
        else:
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(visit.body), http_headers=http, warc_headers_dict=when
            )
        offset = file.tell()
        writer.write_record(record)
        file.flush()
        self._settled = False
        return WarcPlace(self._name, offset, file.tell() - offset)

    def _current(self, at: datetime) -> tuple[BinaryIO, WARCWriter]:
        if self._file is not None and self._file.tell() >= LARGEST_FILE:
            self.close()
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._name = f"{self._prefix}-{at:%Y%m%d%H%M%S%f}-{os.getpid()}.warc.gz"
            self._file = (self._folder / (self._name + _OPEN)).open("xb")
            writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
            writer.write_record(
                writer.create_warcinfo_record(self._name, {"software": self._software, "format": "WARC File Format 1.1"})
            )
            return self._file, writer
        return self._file, WARCWriter(self._file, gzip=True, warc_version="1.1")


def replay(folder: Path, place: WarcPlace) -> bytes:
    """The payload of one record, read back from its file.

    Raises:
        FileNotFoundError: the file is missing from the archive's folder.
    """
    path = folder / place.file
    with (path if path.exists() else folder / (place.file + _OPEN)).open("rb") as file:
        file.seek(place.offset)
        record = next(iter(ArchiveIterator(io.BytesIO(file.read(place.length)))))
        return bytes(record.content_stream().read())


def _http_headers(visit: Visit) -> StatusAndHeaders:
    kept = [(f"X-Archive-Orig-{name}" if name.lower() in _RECODED else name, _one_line(value)) for name, value in visit.headers]
    line = f"{visit.status} {responses.get(visit.status, 'Unknown')}"
    return StatusAndHeaders(line, [*kept, ("Content-Length", str(len(visit.body)))], protocol="HTTP/1.1")


def _iso(at: datetime) -> str:
    return str(datetime_to_iso_date(at.replace(tzinfo=None), use_micros=True))


def _one_line(value: str) -> str:
    return "".join(character if character.isprintable() else " " for character in value)
