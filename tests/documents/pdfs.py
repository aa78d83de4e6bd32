"""PDF files of several pages, scans and encrypted ones."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.demo.pdf import _DESCENDANT, _DESCRIPTOR, _FONT, _file, _stream, _to_unicode

Placed = tuple[float, float, str]
"""A line: points from the left and from the bottom, and its text."""
_PICTURE = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"


def pdf_pages(pages: Sequence[Sequence[Placed]]) -> bytes:
    """A PDF whose pages hold these lines in 13 points; a page without lines holds a picture, as a scan does."""
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(len(pages)))
    texts = sorted({character for page in pages for _, _, text in page for character in text})
    descendant = _DESCENDANT.replace("7 0 R", "4 0 R")
    font = _FONT.replace("6 0 R", "5 0 R").replace("8 0 R", "6 0 R")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.encode(),
        _DESCRIPTOR.encode(),
        descendant.encode(),
        _stream(_to_unicode(texts)),
    ]
    picture = len(objects) + 2 * len(pages) + 1
    for number, page in enumerate(pages):
        resources = f"<< /Font << /F1 3 0 R >> /XObject << /I1 {picture} 0 R >> >>"
        about = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} /Contents {8 + 2 * number} 0 R >>"
        objects += [about.encode(), _stream(_content(page))]
    return _file([*objects, _PICTURE])


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password nobody knows."""
    keys = f"/O <{'41' * 32}> /U <{'42' * 32}>"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 {keys} /P -4 >> /ID [<00> <00>] /Root".encode()
    return pdf_pages([[(72, 700, "密")]]).replace(b"/Root", lock)


def _content(page: Sequence[Placed]) -> bytes:
    if not page:
        return b"q 595 0 0 842 0 0 cm /I1 Do Q"
    shown = [f"BT /F1 13 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET" for x, y, text in page]
    return "\n".join(shown).encode()
