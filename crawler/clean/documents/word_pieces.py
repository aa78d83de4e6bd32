"""Finds the text of a Word 97-2003 file in its streams, by [MS-DOC]. Gives raw characters: resolves no field or table."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass

from crawler.clean.documents.document_text import DocumentBroken

_MAGIC = 0xA5EC
_WORD_97 = 0xC1  # nFib; older files have another header
_FLAG_ENCRYPTED, _FLAG_TABLE_1 = 0x0100, 0x0200
_COUNTS_AT = 0x4C  # ccpText and the seven after it
_PAPX_AT, _CLX_AT = 0x102, 0x1A2
_HEADER_BYTES = 0x1AA
_COMPRESSED = 0x40000000
_FKP_BYTES = 512
_IN_TABLE, _ROW_END = 0x2416, 0x2417  # sprmPFInTable, sprmPFTtp
_DEFINES_TABLE = 0xD608  # sprmTDefTable, whose length takes two bytes
_OPERAND_BYTES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


@dataclass(frozen=True)
class WordHeader:
    """What the file information block says.

    Attributes:
        is_encrypted: whether there is a password.
        table_name: the stream with the tables.
        counts: characters of the main text, footnotes, headers, macros, comments, endnotes, text boxes, header text boxes.
        clx: offset and size of the table of pieces.
        papx: offset and size of the table of paragraph properties.
    """

    is_encrypted: bool
    table_name: str
    counts: tuple[int, ...]
    clx: tuple[int, int]
    papx: tuple[int, int]

    def shown_ranges(self) -> tuple[tuple[int, int], ...]:
        """Where the main text, footnotes, endnotes and text boxes stand among the characters."""
        starts = [sum(self.counts[:part]) for part in range(len(self.counts))]
        return tuple((starts[part], starts[part] + self.counts[part]) for part in (0, 1, 5, 6))


@dataclass(frozen=True)
class Characters:
    """All characters of a file in their order.

    Attributes:
        text: one UTF-16 unit each, so that positions are Word's.
        starts: position of the first character of each piece.
        places: for each piece the offset of its bytes in the main stream, and the bytes of a character.
        lost: characters whose bytes are not in the file; they are U+FFFD in the text.
    """

    text: str
    starts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    lost: int

    def offset(self, position: int) -> int:
        """Where in the main stream a character stands."""
        piece = bisect_right(self.starts, position) - 1
        offset, width = self.places[piece]
        return offset + (position - self.starts[piece]) * width


@dataclass(frozen=True)
class TableMarks:
    """Which paragraphs are in tables, and which end a row, by their offsets. `is_known` is False where nothing tells."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    row_ends: tuple[bool, ...]
    is_known: bool

    def is_in_table(self, offset: int) -> bool:
        """Whether the paragraph whose mark stands there is in a cell."""
        return self._found(offset) is not None

    def is_row_end(self, offset: int) -> bool:
        """Whether the mark there ends a row."""
        found = self._found(offset)
        return found is not None and self.row_ends[found]

    def _found(self, offset: int) -> int | None:
        place = bisect_right(self.starts, offset) - 1
        return place if place >= 0 and offset < self.ends[place] else None


def word_header(document: bytes) -> WordHeader:
    """Read the file information block.

    Raises:
        DocumentBroken: it is none, or of Word 6 or 95.
    """
    if len(document) < _HEADER_BYTES or struct.unpack_from("<H", document)[0] != _MAGIC:
        raise DocumentBroken("the stream WordDocument does not begin as one")
    (version,) = struct.unpack_from("<H", document, 2)
    if version < _WORD_97:
        raise DocumentBroken(f"it is older than Word 97 (version {version})")
    (flags,) = struct.unpack_from("<H", document, 10)
    counts = struct.unpack_from("<8i", document, _COUNTS_AT)
    if min(counts) < 0:
        raise DocumentBroken("its header has negative counts of characters")
    clx, papx = struct.unpack_from("<II", document, _CLX_AT), struct.unpack_from("<II", document, _PAPX_AT)
    table = "1Table" if flags & _FLAG_TABLE_1 else "0Table"
    return WordHeader(bool(flags & _FLAG_ENCRYPTED), table, counts, (clx[0], clx[1]), (papx[0], papx[1]))


def characters(document: bytes, table: bytes, header: WordHeader) -> Characters:
    """Put the pieces of text together.

    Raises:
        DocumentBroken: no table of pieces, or one that claims more characters than the file can hold.
    """
    plan = _piece_table(table, header)
    count = (len(plan) - 4) // 12
    positions = struct.unpack_from(f"<{count + 1}I", plan)
    if list(positions) != sorted(positions) or positions[0] != 0 or positions[-1] > 2 * len(document):
        raise DocumentBroken("its table of pieces is damaged")
    texts, places, lost = [], [], 0
    for piece in range(count):
        (packed,) = struct.unpack_from("<I", plan, 4 * (count + 1) + 8 * piece + 2)
        length = positions[piece + 1] - positions[piece]
        width = 1 if packed & _COMPRESSED else 2
        offset = (packed & (_COMPRESSED - 1)) // (2 if width == 1 else 1)
        raw = document[offset : offset + length * width]
        raw = raw[: len(raw) // width * width]
        units = raw.decode("cp1252", "replace") if width == 1 else "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))
        lost += length - len(units)
        texts.append(units.ljust(length, "\ufffd"))
        places.append((offset, width))
    return Characters("".join(texts), tuple(positions[:-1]), tuple(places), lost)


def _piece_table(table: bytes, header: WordHeader) -> bytes:
    offset, size = header.clx
    clx = table[offset : offset + size]
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:  # Prc: properties that pieces refer to
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        raise DocumentBroken("its table of pieces is missing")
    plan = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
    if len(plan) < 16 or (len(plan) - 4) % 12:
        raise DocumentBroken("its table of pieces is damaged")
    return plan


def table_marks(document: bytes, table: bytes, header: WordHeader) -> TableMarks:
    """Find the paragraphs in tables by their properties (PlcBtePapx and its pages). What is damaged of them is passed over."""
    offset, size = header.papx
    plan = table[offset : offset + size]
    count = (len(plan) - 4) // 8
    found: dict[int, tuple[int, bool]] = {}
    pages = struct.unpack_from(f"<{count}I", plan, 4 * (count + 1)) if count > 0 else ()
    for page in set(pages):
        start = (page & 0x3FFFFF) * _FKP_BYTES
        found.update(_page_marks(document[start : start + _FKP_BYTES]))
    starts = tuple(sorted(found))
    return TableMarks(
        starts, tuple(found[one][0] for one in starts), tuple(found[one][1] for one in starts), is_known=bool(pages)
    )


def _page_marks(page: bytes) -> dict[int, tuple[int, bool]]:
    """The paragraphs in tables of one page of properties: start, and then end and whether it ends a row."""
    if len(page) < _FKP_BYTES:
        return {}
    count = page[-1]
    if 4 * (count + 1) + 13 * count >= _FKP_BYTES:
        return {}
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    found = {}
    for paragraph in range(count):
        at = 2 * page[4 * (count + 1) + 13 * paragraph]
        if not at:
            continue
        size, at = (2 * page[at] - 1, at + 1) if page[at] or at + 1 >= _FKP_BYTES else (2 * page[at + 1], at + 2)
        flags = _set_flags(page[at + 2 : at + size])
        if flags & {_IN_TABLE, _ROW_END}:
            found[bounds[paragraph]] = (bounds[paragraph + 1], _ROW_END in flags)
    return found


def _set_flags(properties: bytes) -> set[int]:
    """The properties of one byte that are switched on."""
    flags, at = set(), 0
    while at + 3 <= len(properties):
        (code,) = struct.unpack_from("<H", properties, at)
        at += 2
        kind = code >> 13
        if kind == 6 and code == _DEFINES_TABLE:
            at += 1 + struct.unpack_from("<H", properties, at)[0] if at + 2 <= len(properties) else 2
        elif kind == 6:
            at += 1 + properties[at]
        else:
            if kind < 2 and properties[at]:
                flags.add(code)
            at += _OPERAND_BYTES[kind]
    return flags
