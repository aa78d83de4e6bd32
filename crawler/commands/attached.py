"""How a report's attachments are shown with the words that were read from them. Reads no document."""

from __future__ import annotations

from typing import Any

from spiders.addresses import canonical_key
from storage import documents, frontier
from storage.database import Database
from storage.records import DocumentRow, VersionRow

STATES = {
    "text": "已读",
    "needs-ocr": "扫描件，需 OCR",
    "encrypted": "已加密",
    "partial": "部分可读",
    "listing": "压缩包目录",
    "empty": "无文字",
    "unparsed": "无法读取",
    "unknown-kind": "未知格式",
}
"""What reading a document came to, in Chinese."""


def attachments_json(db: Database, version: VersionRow) -> list[dict[str, Any]]:
    """A version's attachments; those that were received with the hash of their bytes, what was read, and its words."""
    return [{"name": name, "url": url, **_document_json(_document_at(db, url))} for url, name in version.attachments]


def attachment_lines(db: Database, version: VersionRow) -> list[str]:
    """A version's attachments in a line each: name, kind, what reading came to, address."""
    return [f"附件 {name}  {_state(_document_at(db, url))}{url}" for url, name in version.attachments]


def _document_at(db: Database, url: str) -> DocumentRow | None:
    address = frontier.find(db, canonical_key(url))
    return documents.find(db, address.sha256) if address is not None else None


def _document_json(document: DocumentRow | None) -> dict[str, Any]:
    if document is None:
        return {}
    return {
        "sha256": document.sha256,
        "file_name": document.file_name,
        "kind": document.kind,
        "state": document.state,
        "note": document.note,
        "lines": list(document.lines),
    }


def _state(document: DocumentRow | None) -> str:
    if document is None:
        return ""
    return f"[{document.kind}，{STATES[document.state]}，{sum(map(len, document.lines))} 字]  "
