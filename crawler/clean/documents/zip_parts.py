"""Reads the members of a zip file with caps on what is really inflated. Trusts no size in a header, unpacks nothing to disk."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.clean.documents.document_text import DocumentBroken, DocumentEncrypted
from crawler.clean.documents.zip_directory import Member, ZipBroken, central_directory, walked_members

MOST_MEMBERS = 5_000
MOST_INFLATED_BYTES = 200_000_000  # of one document, all parts that are read
_HIGHEST_RATIO = 200  # a page of text in XML reaches 20 to 50, deflate cannot exceed 1032
_RATIO_COUNTS_FROM_BYTES = 1_000_000  # small parts of blanks are no bombs
_CHUNK_BYTES = 65_536
_STORED, _DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class ZipShape:
    """The members of a zip file, and whether its directory was whole."""

    members: tuple[Member, ...]
    has_directory: bool
    is_cut: bool  # there were more than MOST_MEMBERS


def zip_shape(body: bytes) -> ZipShape:
    """The members as the central directory has them, else as their own headers have them (OFD writers leave it out).

    Args:
        body: the file.

    Raises:
        ZipBroken: not one member's header can be read.
    """
    try:
        members, has_directory = central_directory(body, MOST_MEMBERS + 1), True
    except ZipBroken:
        members, has_directory = walked_members(body, MOST_MEMBERS + 1), False
    return ZipShape(tuple(members[:MOST_MEMBERS]), has_directory, is_cut=len(members) > MOST_MEMBERS)


class ZipParts:
    """The parts of a document that is a zip file.

    Args:
        body: the file.
        may_walk: whether a file without a proper directory is read by its members' own headers. Only OFD files come so;
            elsewhere it means that the file was cut off.

    Raises:
        DocumentBroken: no such zip, or refused: over 5,000 members, overlapping ones, names that lead out of it.
        DocumentEncrypted: a member wants a password.
    """

    def __init__(self, body: bytes, *, may_walk: bool = False) -> None:
        try:
            shape = zip_shape(body)
        except ZipBroken as broken:
            raise DocumentBroken(str(broken)) from broken
        if not shape.has_directory and not may_walk:
            raise DocumentBroken("the zip directory at its end is missing: the file was cut off or is damaged")
        if shape.is_cut:
            raise DocumentBroken(f"more than {MOST_MEMBERS:,} zip members, which is refused")
        _refuse_escapes(shape.members)
        if shape.has_directory:
            _refuse_overlaps(shape.members)
        if any(member.is_encrypted for member in shape.members):
            raise DocumentEncrypted("a zip with a password")
        self._body = body
        self._checks_sizes = shape.has_directory
        self._members: dict[str, list[Member]] = {}
        for member in shape.members:
            self._members.setdefault(_folded(member.name), []).append(member)
        self._left = MOST_INFLATED_BYTES

    def names(self) -> list[str]:
        """The names of all parts, with `/` between folders."""
        return [same[0].name for same in self._members.values()]

    def has(self, name: str) -> bool:
        """Whether there is such a part; case counts for nothing, as in the OOXML standard (ECMA-376-2, 6.2.2)."""
        return _folded(name) in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            DocumentBroken: missing, twice there, damaged, or over a cap.
        """
        same = self._members.get(_folded(name))
        if not same:
            raise DocumentBroken(f"the part {name or 'without a name'} is missing")
        if len(same) > 1:
            raise DocumentBroken(f"the part {name} is there {len(same)} times, which is refused")
        member = same[0]
        content = self._inflated(member)
        if zlib.crc32(content) != member.crc or (self._checks_sizes and len(content) != member.size):
            raise DocumentBroken(f"the part {name} is damaged: its checksum or size is not what the header says")
        return content

    def _inflated(self, member: Member) -> bytes:
        packed = self._body[member.start : member.start + member.packed_size]
        if len(packed) < member.packed_size:
            raise DocumentBroken(f"the part {member.name} is cut off")
        if member.method == _STORED:
            self._take(len(packed))
            return packed
        if member.method != _DEFLATED:
            raise DocumentBroken(f"the part {member.name} is packed by method {member.method}, which office files do not use")
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        pieces, size, waiting = [], 0, packed
        try:
            while not inflater.eof:
                piece = inflater.decompress(waiting, _CHUNK_BYTES)
                if not piece and not inflater.unconsumed_tail and not inflater.eof:
                    raise DocumentBroken(f"the part {member.name} is cut off")
                waiting = inflater.unconsumed_tail
                size += len(piece)
                self._take(len(piece))
                if size > _RATIO_COUNTS_FROM_BYTES and size > _HIGHEST_RATIO * len(packed):
                    raise DocumentBroken(f"the part {member.name} inflates to over {_HIGHEST_RATIO} times its size: a zip bomb")
                pieces.append(piece)
        except zlib.error as error:
            raise DocumentBroken(f"the part {member.name} is damaged ({error})") from error
        return b"".join(pieces)

    def _take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise DocumentBroken(f"inflates to more than {MOST_INFLATED_BYTES:,} bytes: a zip bomb")


def _folded(name: str) -> str:
    return name.removeprefix("/").casefold()


def _refuse_escapes(members: Iterable[Member]) -> None:
    for member in members:
        if member.name.startswith("/") or ".." in member.name.split("/") or member.name[1:2] == ":":
            raise DocumentBroken(f"a zip member's name leads out of the file: {member.name[:80]!r}")


def _refuse_overlaps(members: Iterable[Member]) -> None:
    """Members that share bytes are how a small zip becomes a huge one (CVE-2024-0450)."""
    end = 0
    for member in sorted(members, key=lambda one: one.header_start):
        if member.header_start < end:
            raise DocumentBroken(f"zip members overlap at {member.name[:80]!r}, which is refused")
        end = member.start + member.packed_size
