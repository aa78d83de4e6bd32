"""Makes a small one-page PDF with Chinese text that can be read back. Lays nothing out beyond lines."""

from __future__ import annotations

from collections.abc import Sequence

_LINE_LENGTH = 34  # characters of 13 pt between the margins of an A4 page
_MOST_LINES = 40
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    " /DescendantFonts [6 0 R] /ToUnicode 8 0 R >>"
)
_DESCENDANT = (
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>"
)
_DESCRIPTOR = (
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
    " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
)


def pdf_of(lines: Sequence[str]) -> bytes:
    """A one-page A4 PDF 1.4 with the given lines of text.

    The font is one of the standard Chinese ones that a reader brings along (ISO 32000-1, 9.7.5.2), so the file stays
    under a few kB; a ToUnicode map makes its text extractable without that font.

    Args:
        lines: text; long lines are broken at 34 characters. A character outside the Basic Multilingual Plane has no code
            in this font and becomes U+FFFD.

    Raises:
        ValueError: more than 40 lines after breaking; shorten the text.
    """
    known = ["".join(character if ord(character) < 0x10000 else "\ufffd" for character in line) for line in lines]
    broken = [line[at : at + _LINE_LENGTH] for line in known for at in range(0, max(len(line), 1), _LINE_LENGTH)]
    if len(broken) > _MOST_LINES:
        raise ValueError(f"{len(broken)} lines do not fit on one page of {_MOST_LINES}; shorten the text")
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
            _stream(_content(broken)),
            _FONT.encode(),
            _DESCENDANT.encode(),
            _DESCRIPTOR.encode(),
            _stream(_to_unicode(sorted(set("".join(broken))))),
        ]
    )


def _content(lines: Sequence[str]) -> bytes:
    shown = [f"<{line.encode('utf-16-be').hex().upper()}> Tj T*" for line in lines]
    return "\n".join(["BT", "/F1 13 Tf", "18 TL", "72 770 Td", *shown, "ET"]).encode()


def _to_unicode(characters: Sequence[str]) -> bytes:
    """The CMap that says which character a code stands for (Adobe technical note 5411)."""
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Replica def /CMapType 2 def"
    space = "1 begincodespacerange <0000> <FFFF> endcodespacerange"
    maps = []
    for start in range(0, len(characters), 100):  # a block may hold 100 at most
        block = characters[start : start + 100]
        codes = " ".join(f"<{ord(character):04X}> <{ord(character):04X}>" for character in block)
        maps.append(f"{len(block)} beginbfchar {codes} endbfchar")
    return "\n".join([head, space, *maps, "endcmap end end"]).encode()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)


def _file(objects: Sequence[bytes]) -> bytes:
    """Number the objects, and close the file with the table of their offsets."""
    written = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(written)
