"""RAR and 7z archives, as far as their headers go: the members' bytes are made up."""

from __future__ import annotations

import struct
from collections.abc import Sequence

Member = tuple[str, int]
"""Name and claimed size."""


def rar4_of(members: Sequence[Member], *, hides_names: bool = False) -> bytes:
    body = bytearray(b"Rar!\x1a\x07\x00" + _block4(0x73, 0x80 if hides_names else 0, bytes(6)))
    for name, size in members:
        raw = name.encode("gb18030")
        packed = b"packed"
        about = struct.pack("<IIBIIBBHI", len(packed), size, 2, 0, 0, 29, 0x33, len(raw), 0x20)
        body += _block4(0x74, 0x8000, about + raw) + packed
    return bytes(body + _block4(0x7B, 0x4000, b""))


def rar4_with_unicode(plain: bytes, packed: bytes, size: int) -> bytes:
    raw = plain + b"\0" + packed
    about = struct.pack("<IIBIIBBHI", 0, size, 2, 0, 0, 29, 0x33, len(raw), 0x20)
    return b"Rar!\x1a\x07\x00" + _block4(0x73, 0, bytes(6)) + _block4(0x74, 0x8200, about + raw) + _block4(0x7B, 0x4000, b"")


def rar5_of(members: Sequence[Member], *, hides_names: bool = False) -> bytes:
    body = bytearray(b"Rar!\x1a\x07\x01\x00")
    body += _block5(bytes([4, 0, 0, 0, 15])) if hides_names else _block5(bytes([1, 0, 0]))
    for name, size in members:
        raw = name.encode()
        packed = b"packed"
        about = bytes([2, 2, len(packed), 0]) + _number(size) + bytes([0x20, 0, 1, len(raw)]) + raw
        body += _block5(about) + packed
    return bytes(body + _block5(bytes([5, 0, 0])))


def seven_zip(header: bytes = b"\x17\x06\x00") -> bytes:
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(4) + struct.pack("<QQL", 4, len(header), 0) + b"pack" + header


def _block4(kind: int, flags: int, content: bytes) -> bytes:
    return struct.pack("<HBHH", 0, kind, flags, 7 + len(content)) + content


def _block5(content: bytes) -> bytes:
    return bytes(4) + _number(len(content)) + content


def _number(value: int) -> bytes:
    found = bytearray()
    while value >= 0x80:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
