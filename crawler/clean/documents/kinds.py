"""Tells the kind of a file by its first bytes and its structure. Never looks at a name or a declared type."""

from __future__ import annotations

import re

from crawler.clean.documents.compound import OLE2_MAGIC, stream_names
from crawler.clean.documents.zip_directory import ZipBroken
from crawler.clean.documents.zip_parts import zip_shape
from spiders.page import decode

UNKNOWN = "unknown"
KNOWN_WITHOUT_READER = {
    "ooxml": "an Office file without its main part, perhaps cut off",
    "ppt": "a PowerPoint file",
    "pptx": "a PowerPoint file",
    "xlsb": "a binary Excel workbook",
    "odt": "an OpenDocument text",
    "odp": "an OpenDocument presentation",
    "xml": "an XML file (perhaps of Office 2003)",
}
_PDF_WITHIN_BYTES = 1024  # where viewers look for the header (ISO 32000-1, annex H, note 13)
_BEGINNINGS = {
    b"Rar!\x1a\x07\x00": "rar",
    b"Rar!\x1a\x07\x01\x00": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"{\\rt": "rtf",
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "image",
    b"\x89PNG\r\n\x1a\n": "image",
    b"GIF87a": "image",
    b"GIF89a": "image",
    b"II*\0": "image",
    b"MM\0*": "image",
}
_OOXML = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OPEN_DOCUMENT = {"spreadsheet": "ods", "text": "odt", "presentation": "odp"}
_OPEN_DOCUMENT_TYPE = "application/vnd.oasis.opendocument."
_HTML = re.compile(
    r"(?:<!--.{0,4000}?-->\s{0,200})?<(?:!doctype\s{1,20}html|html|head|meta|title|body|table|style|script|div|p|span|font|center|br)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"<\?xml\b[^>]{0,300}>", re.IGNORECASE)
_MHT = re.compile(
    r"(?:[\w-]{1,60}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,20}){0,40}?(?:MIME-Version|Content-Type):", re.IGNORECASE
)
_MHT_CONTENT = re.compile(r"\bmultipart/|\btext/html", re.IGNORECASE)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT_BYTES = 65_536


def sniff(body: bytes) -> str:
    """The kind of a file: pdf, docx, xlsx, ofd, doc, xls, html, zip and so on; "unknown" where nothing fits.

    A .wps is a Word file and an .et an Excel file inside, so they are "doc" and "xls" (or "docx" and "xlsx").

    Args:
        body: the file.
    """
    if body.startswith(OLE2_MAGIC):
        return _ole2_kind(body)
    if body.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08PK")):
        return _zip_kind(body)
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "image"
    certain = next((kind for begin, kind in _BEGINNINGS.items() if body.startswith(begin)), None)
    return certain or _text_kind(body)


def _ole2_kind(body: bytes) -> str:
    names = {name.casefold() for name in stream_names(body)}
    if "encryptedpackage" in names:
        return "ole2-encrypted"
    if "worddocument" in names:
        return "doc"
    if names & {"workbook", "book"}:
        return "xls"
    return "ppt" if "powerpoint document" in names else "ole2"


def _zip_kind(body: bytes) -> str:
    try:
        shape = zip_shape(body)
    except ZipBroken:
        return "zip"
    names = {member.name.removeprefix("/").casefold() for member in shape.members}
    if "ofd.xml" in names:
        return "ofd"
    # Of a file that was cut off, what would tell its kind may be missing.
    if "[content_types].xml" in names or ("_rels/.rels" in names and not shape.has_directory):
        kind = next((kind for folder, kind in _OOXML.items() if any(name.startswith(folder) for name in names)), "ooxml")
        return "xlsb" if kind == "xlsx" and "xl/workbook.bin" in names else kind
    if "mimetype" in names and ("content.xml" in names or not shape.has_directory):
        said = body[:200].decode("latin-1").partition(_OPEN_DOCUMENT_TYPE)[2]
        return next((kind for name, kind in _OPEN_DOCUMENT.items() if said.startswith(name)), "zip")
    return "zip"


def _text_kind(body: bytes) -> str:
    """html, mht, xml or txt; pdf where its header comes after some junk; unknown for what is neither."""
    head = decode(body[:_LOOKED_AT_BYTES]).lstrip("\ufeff \t\r\n\f\v")
    declared = _XML.match(head)
    is_page = bool(_HTML.match(head[declared.end() :].lstrip() if declared else head))
    if not is_page and b"%PDF-" in body[:_PDF_WITHIN_BYTES]:  # a page may speak of PDF files
        return "pdf"
    if body.startswith(b"BM") and body[6:10] == b"\0\0\0\0":
        return "image"
    if not head or _has_binary(body):
        return UNKNOWN
    if is_page or declared:
        return "html" if is_page else "xml"
    is_archive = _MHT.match(head.replace("\r\n", "\n")) and _MHT_CONTENT.search(head[:4000])
    return "mht" if is_archive else "txt"


def _has_binary(body: bytes) -> bool:
    """Whether there are bytes that no text has: control characters, or too many that are no characters at all."""
    head = body[:_LOOKED_AT_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    replaced = decode(head).count("\ufffd")
    return bool(_NO_TEXT.search(head.rstrip(b"\x1a"))) or replaced > 2 + len(head) // 100
