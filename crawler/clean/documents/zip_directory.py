"""Parses the headers of zip files: the central directory, or where it is of no use the members' own. Inflates to no memory."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

_END = b"PK\5\6"
_END_64, _LOCATOR_64 = b"PK\6\6", b"PK\6\7"
_CENTRAL, _LOCAL, _DESCRIPTOR = b"PK\1\2", b"PK\3\4", b"PK\7\x08"
_LONGEST_END = 22 + 65_535  # the end record with the longest comment (APPNOTE 4.3.16)
_IN_ZIP64 = 0xFFFFFFFF
_FLAG_ENCRYPTED, _FLAG_SIZES_FOLLOW, _FLAG_UTF8 = 0x1, 0x8, 0x800
_CHUNK_BYTES = 65_536
_FARTHEST_WALK_BYTES = 200_000_000  # inflated, to find where members end


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a zip file, by its headers. Sizes in bytes; `size` is a claim."""

    name: str  # with `/` between folders, also where the file has back-slashes
    header_start: int
    start: int  # of its packed bytes
    packed_size: int
    size: int
    crc: int
    method: int
    is_encrypted: bool


class ZipBroken(Exception):
    """No usable headers."""


def central_directory(body: bytes, most: int) -> list[Member]:
    """The members by the directory at the end of the file.

    Args:
        body: the file.
        most: members to read; the rest is left alone.

    Raises:
        ZipBroken: no directory, or one that does not fit the file.
    """
    end = body.rfind(_END, max(0, len(body) - _LONGEST_END))
    if end < 0 or end + 22 > len(body):
        raise ZipBroken("no zip directory at its end")
    count, size, offset = struct.unpack_from("<HLL", body, end + 10)
    directory_end = end
    if body[max(0, end - 20) : end - 16] == _LOCATOR_64 and (count == 0xFFFF or _IN_ZIP64 in {size, offset}):
        directory_end = body.rfind(_END_64, 0, end)
        if directory_end < 0 or directory_end + 56 > len(body):
            raise ZipBroken("its zip64 directory is missing")
        count, size, offset = struct.unpack_from("<QQQ", body, directory_end + 32)
    start = directory_end - size
    shift = start - offset  # bytes before the zip proper, as in self-extracting files
    if start < 0 or shift < 0:
        raise ZipBroken("its zip directory does not fit the file")
    members: list[Member] = []
    try:
        while start < directory_end and len(members) < most:
            member, start = _central_entry(body, start, shift)
            members.append(member)
    except struct.error as error:
        raise ZipBroken("its zip directory is cut off") from error
    if len(members) < min(count, most) or not members:
        raise ZipBroken(f"its zip directory promises {count:,} members and has {len(members):,}")
    return members


def walked_members(body: bytes, most: int) -> list[Member]:
    """The members by their own headers, one after the other, as far as they can be followed.

    Raises:
        ZipBroken: not one was found.
    """
    members: list[Member] = []
    left = _FARTHEST_WALK_BYTES
    at = body.find(_LOCAL)
    while at >= 0 and len(members) < most and left > 0:
        try:
            flags, method, crc, packed, size, name_size, extra_size = struct.unpack_from("<2xHH4xLLLHH", body, at + 4)
        except struct.error:
            break
        start = at + 30 + name_size + extra_size
        if flags & _FLAG_SIZES_FOLLOW and not packed and method == 8:
            packed, size, crc = _measured(body, start, left)
            left -= size
        if packed < 0 or start + packed > len(body):
            break
        name = _name(body[at + 30 : at + 30 + name_size], flags)
        members.append(Member(name, at, start, packed, size, crc, method, bool(flags & _FLAG_ENCRYPTED)))
        at = body.find(_LOCAL, start + packed)
    if not members:
        raise ZipBroken("no zip member's header can be read")
    return members


def _central_entry(body: bytes, at: int, shift: int) -> tuple[Member, int]:
    """A member by its entry in the directory, and where the next entry begins."""
    if body[at : at + 4] != _CENTRAL:
        raise ZipBroken("its zip directory is damaged")
    flags, method, crc, packed, size, name_size, extra_size, comment_size = struct.unpack_from("<HH4xLLLHHH", body, at + 8)
    (offset,) = struct.unpack_from("<L", body, at + 42)
    name = body[at + 46 : at + 46 + name_size]
    extra = body[at + 46 + name_size : at + 46 + name_size + extra_size]
    size, packed, offset = _wide(extra, size, packed, offset)
    header = offset + shift
    if body[header : header + 4] != _LOCAL:
        raise ZipBroken("its zip directory points to no member")
    local_name, local_extra = struct.unpack_from("<HH", body, header + 26)
    start = header + 30 + local_name + local_extra
    member = Member(_name(name, flags), header, start, packed, size, crc, method, bool(flags & _FLAG_ENCRYPTED))
    return member, at + 46 + name_size + extra_size + comment_size


def _wide(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Sizes and offset, from the zip64 extra field where the plain ones are full (APPNOTE 4.5.3)."""
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, at)
        if tag == 1:
            wide = list(struct.unpack_from(f"<{min(length, len(extra) - at - 4) // 8}Q", extra, at + 4))
            size, packed, offset = (wide.pop(0) if value == _IN_ZIP64 and wide else value for value in (size, packed, offset))
            break
        at += 4 + length
    return size, packed, offset


def _name(raw: bytes, flags: int) -> str:
    """A member's name: UTF-8 where it says so or is so, else GB18030, which Chinese Windows writes without saying so."""
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("utf-8" if flags & _FLAG_UTF8 else "gb18030", "replace")
    return name.replace("\\", "/")


def _measured(body: bytes, start: int, left: int) -> tuple[int, int, int]:
    """Packed size, size and checksum of a deflated member whose header has none; packed size -1 where it has no end."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size, crc, at, waiting = 0, 0, start, b""
    try:
        while not inflater.eof and size <= left:
            if not waiting:
                waiting, at = body[at : at + _CHUNK_BYTES], at + _CHUNK_BYTES
                if not waiting:
                    return -1, size, crc
            piece = inflater.decompress(waiting, _CHUNK_BYTES)
            waiting = inflater.unconsumed_tail
            size, crc = size + len(piece), zlib.crc32(piece, crc)
    except zlib.error:
        return -1, size, crc
    return (min(at, len(body)) - len(inflater.unused_data) - start if inflater.eof else -1), size, crc
