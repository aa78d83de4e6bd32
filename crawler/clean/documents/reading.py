"""Reads a document of any kind: tells the kind, calls its reader, says what came of it. Knows no format itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from crawler.clean.documents.archives import list_7z, list_rar, list_zip
from crawler.clean.documents.compound import read_unknown_ole2
from crawler.clean.documents.document_text import (
    OURS,
    DocumentBroken,
    DocumentEncrypted,
    DocumentState,
    DocumentText,
    Read,
)
from crawler.clean.documents.docx import read_docx
from crawler.clean.documents.kinds import KNOWN_WITHOUT_READER, UNKNOWN, sniff
from crawler.clean.documents.markup import read_html, read_mht
from crawler.clean.documents.ods import read_ods
from crawler.clean.documents.ofd import read_ofd
from crawler.clean.documents.pdf import read_pdf
from crawler.clean.documents.plain import read_plain
from crawler.clean.documents.rtf import read_rtf
from crawler.clean.documents.sheets import read_xls
from crawler.clean.documents.word_binary import read_doc
from crawler.clean.documents.xlsx import read_xlsx

_OPEN_BY_HAND = "open the kept file by hand"


@dataclass(frozen=True)
class _Reader:
    read: Callable[[bytes], Read]
    name: str
    state: DocumentState = DocumentState.TEXT


def _library(name: str) -> str:
    return f"{name} {version(name)}"


_READERS = {
    "pdf": _Reader(read_pdf, _library("pypdfium2")),
    "docx": _Reader(read_docx, _library("lxml")),
    "doc": _Reader(read_doc, _library("legacy-doc")),
    "ole2": _Reader(read_unknown_ole2, _library("legacy-doc")),
    "xlsx": _Reader(read_xlsx, _library("python-calamine")),
    "xls": _Reader(read_xls, _library("python-calamine")),
    "ods": _Reader(read_ods, _library("lxml")),
    "ofd": _Reader(read_ofd, _library("lxml")),
    "html": _Reader(read_html, _library("lxml")),
    "mht": _Reader(read_mht, _library("lxml")),
    "rtf": _Reader(read_rtf, OURS),
    "txt": _Reader(read_plain, OURS),
    "zip": _Reader(list_zip, OURS, DocumentState.LISTING),
    "rar": _Reader(list_rar, OURS, DocumentState.LISTING),
    "7z": _Reader(list_7z, OURS, DocumentState.LISTING),
}

READERS = frozenset({OURS, *(reader.name for reader in _READERS.values())})
"""The readers of this installation, with their versions: what one of them could not read, it is not given again."""


def read_document(body: bytes) -> DocumentText:
    """The text of a file.

    Meant for a child process with limits of time and memory: the libraries that read hostile files may end it.

    Args:
        body: the file's bytes, already decompressed as HTTP has it.

    Returns:
        The text and what became of it. A broken, encrypted or unknown file is an answer, not an error.
    """
    kind = sniff(body)
    reader = _READERS.get(kind)
    if reader is None:
        return _without_reader(kind, body)
    try:
        read = reader.read(body)
    except DocumentEncrypted as locked:
        note = f"encrypted ({locked}); ask the bureau for an open copy"
        return DocumentText(kind, (), DocumentState.ENCRYPTED, note, reader.name)
    except DocumentBroken as broken:
        note = f"could not be read: {broken}; {_OPEN_BY_HAND}"
        return DocumentText(kind, (), DocumentState.UNPARSED, note, reader.name)
    lines = tuple(stripped for line in read.lines if (stripped := line.strip()))
    state, note = _judged(read, reader.state, has_text=bool(lines))
    return DocumentText(kind, lines, state, note, reader.name)


def _judged(read: Read, wanted: DocumentState, *, has_text: bool) -> tuple[DocumentState, str]:
    """State and note of a file that its reader got through."""
    gaps = "; ".join(read.missing)
    if not has_text and read.has_pictures:
        return DocumentState.NEEDS_OCR, f"only pictures, no text: it needs OCR; {_OPEN_BY_HAND}"
    if not has_text and gaps:
        return DocumentState.UNPARSED, f"no text could be read, missing: {gaps}; {_OPEN_BY_HAND}"
    if gaps:
        return DocumentState.PARTIAL, f"missing: {gaps}; {_OPEN_BY_HAND}"
    if not has_text:
        return DocumentState.EMPTY, "the file is whole and holds no text"
    return wanted, ""


def _without_reader(kind: str, body: bytes) -> DocumentText:
    if kind == "image":
        note = f"a picture: its text needs OCR; {_OPEN_BY_HAND}"
        return DocumentText(kind, (), DocumentState.NEEDS_OCR, note, OURS)
    if kind == "ole2-encrypted":
        note = "encrypted (an Office file with a password); ask the bureau for an open copy"
        return DocumentText("ole2", (), DocumentState.ENCRYPTED, note, OURS)
    if kind == UNKNOWN:
        seen = f"it begins with {body[:8].hex(' ')}" if body else "it is empty"
        return DocumentText(kind, (), DocumentState.UNKNOWN_KIND, f"no known kind of file: {seen}; {_OPEN_BY_HAND}", OURS)
    note = f"{KNOWN_WITHOUT_READER[kind]}: there is no reader for it; {_OPEN_BY_HAND}"
    return DocumentText(kind, (), DocumentState.UNPARSED, note, OURS)
