"""Walks the headers of RAR archives, version 4 and 5. Unpacks nothing and checks no checksum."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from spiders.page import decode

_RAR_4, _RAR_5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
_MAIN_4, _FILE_4, _END_4 = 0x73, 0x74, 0x7B
_FILE_5, _ENCRYPTION_5, _END_5 = 2, 4, 5
_HEADERS_ENCRYPTED_4, _IS_LARGE_4, _HAS_UNICODE_4, _IS_FOLDER_4, _HAS_BODY_4 = 0x80, 0x100, 0x200, 0xE0, 0x8000
_LONGEST_NAME = 2_048


@dataclass(frozen=True, slots=True)
class RarMember:
    """A file in the archive, by its header."""

    name: str
    size: int  # bytes, unpacked, as claimed


@dataclass(frozen=True)
class RarListing:
    """The files of an archive; `is_whole` where its end was reached."""

    members: tuple[RarMember, ...]
    is_whole: bool
    is_encrypted: bool = False


class _HeadersEncrypted(Exception):
    """The names cannot be read without the password."""


def rar_members(body: bytes, most: int) -> RarListing:
    """The files of an archive, folders left out.

    Args:
        body: the archive.
        most: files to read; an archive with more is not whole.
    """
    members: list[RarMember] = []
    is_whole = False
    try:
        is_whole = _walk_5(body, members, most) if body.startswith(_RAR_5) else _walk_4(body, members, most)
    except _HeadersEncrypted:
        return RarListing((), is_whole=False, is_encrypted=True)
    except (struct.error, IndexError):  # the headers end before they should
        pass
    return RarListing(tuple(members), is_whole)


def _walk_4(body: bytes, members: list[RarMember], most: int) -> bool:
    at = len(_RAR_4)
    while at < len(body) and len(members) < most:
        kind, flags, size = struct.unpack_from("<BHH", body, at + 2)
        if size < 7:
            return False
        packed = struct.unpack_from("<I", body, at + 7)[0] if flags & _HAS_BODY_4 or kind == _FILE_4 else 0
        if kind == _END_4:
            return True
        if kind == _MAIN_4 and flags & _HEADERS_ENCRYPTED_4:
            raise _HeadersEncrypted
        if kind == _FILE_4:
            if flags & _IS_LARGE_4:
                packed += struct.unpack_from("<I", body, at + 32)[0] << 32
            if flags & _IS_FOLDER_4 != _IS_FOLDER_4:
                members.append(_member_4(body, at, flags))
        at += size + packed
    return at == len(body)  # archives before 3.0 have no end block


def _member_4(body: bytes, at: int, flags: int) -> RarMember:
    (size,) = struct.unpack_from("<I", body, at + 11)
    (name_size,) = struct.unpack_from("<H", body, at + 26)
    start = at + 32
    if flags & _IS_LARGE_4:
        size += struct.unpack_from("<I", body, at + 36)[0] << 32
        start += 8
    raw = body[start : start + min(name_size, _LONGEST_NAME)]
    plain, separator, packed = raw.partition(b"\0")
    name = _unicode_name(plain, packed) if flags & _HAS_UNICODE_4 and separator else decode(plain)
    return RarMember(name.replace("\\", "/"), size)


def _unicode_name(plain: bytes, packed: bytes) -> str:
    """A name as RAR 3 packs it: two bits say how each character is written, the high byte may be shared by many."""
    if not packed:
        return decode(plain)
    high, at, units = packed[0], 1, bytearray()
    while at < len(packed) and len(units) < 2 * _LONGEST_NAME:
        flags, at = packed[at], at + 1
        for shift in (6, 4, 2, 0):
            if at >= len(packed):
                break
            kind = flags >> shift & 3
            if kind == 3:
                at = _copied(plain, packed, at, high, units)
            else:
                low = packed[at]
                top = (0, high, packed[at + 1] if kind == 2 and at + 1 < len(packed) else 0)[kind]
                units += bytes((low, top))
                at += 2 if kind == 2 else 1
    return units.decode("utf-16-le", "replace")


def _copied(plain: bytes, packed: bytes, at: int, high: int, units: bytearray) -> int:
    """A run taken over from the plain name, perhaps shifted; returns where to read on."""
    length = packed[at]
    correction = packed[at + 1] if length & 0x80 and at + 1 < len(packed) else None
    for _ in range((length & 0x7F) + 2):
        position = len(units) // 2
        low = plain[position] if position < len(plain) else 0
        units += bytes((low, 0) if correction is None else ((low + correction) & 0xFF, high))
    return at + (1 if correction is None else 2)


def _walk_5(body: bytes, members: list[RarMember], most: int) -> bool:
    at = len(_RAR_5)
    while at < len(body) and len(members) < most:
        size, content = _number_5(body, at + 4)
        kind, place = _number_5(body, content)
        flags, place = _number_5(body, place)
        if flags & 1:
            _, place = _number_5(body, place)
        packed = 0
        if flags & 2:
            packed, place = _number_5(body, place)
        if kind == _END_5:
            return True
        if kind == _ENCRYPTION_5:
            raise _HeadersEncrypted
        if kind == _FILE_5:
            _add_5(body, place, members)
        if not size:
            return False
        at = content + size + packed
    return False


def _add_5(body: bytes, place: int, members: list[RarMember]) -> None:
    flags, place = _number_5(body, place)
    size, place = _number_5(body, place)
    _, place = _number_5(body, place)  # attributes
    place += 4 * bool(flags & 2) + 4 * bool(flags & 4)  # time, checksum
    _, place = _number_5(body, place)  # how it is packed
    _, place = _number_5(body, place)  # system
    length, place = _number_5(body, place)
    if not flags & 1:
        members.append(RarMember(body[place : place + min(length, _LONGEST_NAME)].decode("utf-8", "replace"), size))


def _number_5(body: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where to read on."""
    value = 0
    for shift in range(0, 70, 7):
        byte = body[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return value, at
