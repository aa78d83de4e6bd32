"""Reads PDF files through pypdfium2. Does no OCR, and reads no form, comment or embedded file."""

from __future__ import annotations

import ctypes
import re

import pypdfium2
import pypdfium2.raw as pdfium

from crawler.clean.documents.document_text import MOST_CHARACTERS, Capped, DocumentBroken, DocumentEncrypted, Read
from crawler.clean.documents.layout import LaidOutPage, VisualLine, paragraphs

_MOST_PAGES = 2_000
_TAIL_BYTES = 4_096  # where the end of a PDF is looked for; ISO 32000-1, annex H, asks for 1,024
_LINEARIZED = re.compile(rb"/Linearized\b.{0,200}?/L\s{1,4}(\d{1,12})", re.DOTALL)
_LINE_ENDS = {0x0A, 0x0D}
_UNSEEN = {0, 2, 0xAD, 0xFEFF, 0xFFFE, 0xFFFF}  # 2 and U+FFFE: PDFium's marks of a hyphen at a line's end
_FIRST_CHINESE = 0x2E80
_SPACING_EM = 0.4
_MOST_NAMED_PAGES = 20


def read_pdf(body: bytes) -> Read:
    """The paragraphs of all pages.

    Args:
        body: the file.

    Raises:
        DocumentBroken: cut off, or PDFium cannot open it.
        DocumentEncrypted: it wants a password. A file that only forbids printing or the like opens without one.
    """
    _refuse_cut_off(body)
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise DocumentEncrypted("a PDF with a password") from error
        raise DocumentBroken(f"PDFium cannot open it ({error})") from error
    try:
        return _read_pages(document)
    finally:
        document.close()


def _refuse_cut_off(body: bytes) -> None:
    """PDFium mends what is cut off, and would give half a report as if it were all of it."""
    tail = body[-_TAIL_BYTES:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise DocumentBroken("the end of the PDF is missing: the file was cut off")
    linearized = _LINEARIZED.search(body[:1024])
    if linearized and len(body) < int(linearized[1]):
        raise DocumentBroken(f"the PDF says that it has {int(linearized[1]):,} bytes, and {len(body):,} came: cut off")


def _read_pages(document: pypdfium2.PdfDocument) -> Read:
    count = len(document)
    if not count:
        raise DocumentBroken("the PDF has no pages")
    pages: list[LaidOutPage] = []
    wordless: list[int] = []
    unread: list[int] = []
    size = 0
    for number in range(min(count, _MOST_PAGES)):
        page = _laid_out(document, number)
        if page is None:
            unread.append(number + 1)
        elif not page.lines:
            wordless.append(number + 1)
        else:
            pages.append(page)
            size += sum(len(line.text) for line in page.lines)
        if size > MOST_CHARACTERS:
            break
    kept = Capped()
    kept.extend(paragraphs(pages))
    if not pages and not unread:
        return Read((), has_pictures=True)
    missing = [f"page {_listed(unread)} cannot be opened"] if unread else []
    if wordless:
        missing.append(f"page {_listed(wordless)} has no text (a scan needs OCR)")
    if count > _MOST_PAGES:
        missing.append(f"the pages after {_MOST_PAGES:,}")
    return Read(tuple(kept.lines), (*missing, *kept.missing))


def _laid_out(document: pypdfium2.PdfDocument, number: int) -> LaidOutPage | None:
    """The lines of a page; None where it cannot be opened."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    try:
        text = page.get_textpage()
        try:
            return LaidOutPage(page.get_width(), tuple(_visual_lines(text)))
        finally:
            text.close()
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()


def _visual_lines(text: pypdfium2.PdfTextPage) -> list[VisualLine]:
    codes = [pdfium.FPDFText_GetUnicode(text, index) for index in range(min(text.count_chars(), MOST_CHARACTERS))]
    lines, start = [], 0
    for index, code in enumerate([*codes, 0x0A]):
        if code in _LINE_ENDS:
            line = _visual_line(text, codes, start, index)
            if line is not None:
                lines.append(line)
            start = index + 1
    return lines


def _visual_line(text: pypdfium2.PdfTextPage, codes: list[int], start: int, end: int) -> VisualLine | None:
    shown = [index for index in range(start, end) if codes[index] not in _UNSEEN and not chr(codes[index]).isspace()]
    if not shown:
        return None
    kept = [index for index in range(shown[0], shown[-1] + 1) if codes[index] not in _UNSEEN]
    content = "".join(chr(codes[index]) for index in kept if not _is_spacing(text, codes, index))
    first, last = _box(text, shown[0]), _box(text, shown[-1])
    left, right = min(first[0], last[0]), max(first[1], last[1])
    # Two halves of a character outside the Basic Multilingual Plane come one by one.
    paired = content.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return VisualLine(paired, left, right, first[2] or 1.0)


def _is_spacing(text: pypdfium2.PdfTextPage, codes: list[int], index: int) -> bool:
    """Whether a blank is only the quarter of a character that typesetters put between Chinese and Latin.

    PDFium makes a blank of it, since the font changes there.
    """
    if codes[index] != 0x20 or pdfium.FPDFText_IsGenerated(text, index) != 1:
        return False
    before, after = codes[index - 1], codes[index + 1]
    if max(before, after) < _FIRST_CHINESE:
        return False
    left, right = _box(text, index - 1), _box(text, index + 1)
    return right[0] - left[1] < _SPACING_EM * max(left[2], right[2])


def _box(text: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float]:
    """Left and right of a character, and its font's size."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
        return 0.0, 0.0, 0.0
    return box.left, box.right, abs(box.top - box.bottom)


def _listed(numbers: list[int]) -> str:
    """Page numbers for a person; a long list is cut."""
    more = f" and {len(numbers) - _MOST_NAMED_PAGES:,} more" if len(numbers) > _MOST_NAMED_PAGES else ""
    return ", ".join(str(number) for number in numbers[:_MOST_NAMED_PAGES]) + more
