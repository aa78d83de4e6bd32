"""What tests ask of a document that was read: why it was not, and how much memory reading it took."""

from __future__ import annotations

from pathlib import Path

from crawler.clean.documents import DocumentState, DocumentText, read_document

MIB = 1024 * 1024


def unparsed(body: bytes) -> str:
    """The note of a file that must not be read."""
    read = read_document(body)
    assert (read.state, read.lines) == (DocumentState.UNPARSED, ()), read
    return read.note


def peak_bytes() -> int:
    """The most memory this process ever had."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


def read_and_measure(body: bytes) -> tuple[DocumentText, int]:
    """In a child: the document, and by how much reading it raised the most memory ever had."""
    before = peak_bytes()
    return read_document(body), peak_bytes() - before
