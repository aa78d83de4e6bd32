"""The forms of a version that differ in noise only, as `versions` shows them. Writes nothing."""

from __future__ import annotations

from typing import Any

from crawler.commands.shown import local
from storage import captures, recipes
from storage.database import Database
from storage.records import CaptureRow, VersionRow


def format_only_json(db: Database, version: VersionRow) -> list[dict[str, Any]]:
    """When each form was first and last read, and its evidence."""
    return [
        {
            "captured_at": form.first_seen_at,
            "last_seen_at": form.last_seen_at,
            "sha256": capture.sha256,
            "warc": capture.warc_file,
            "offset": capture.warc_offset,
        }
        for form, capture in _forms(db, version)
    ]


def format_only_lines(db: Database, version: VersionRow) -> list[str]:
    """The same for a terminal, one line each."""
    return [
        f"仅格式不同 {local(form.first_seen_at)}  {capture.warc_file} @{capture.warc_offset}  sha256 {capture.sha256}"
        for form, capture in _forms(db, version)
    ]


def _forms(db: Database, version: VersionRow) -> list[tuple[recipes.Variant, CaptureRow]]:
    found = [(form, captures.get(db, form.capture_id)) for form in recipes.variants(db, version.id)]
    return [(form, capture) for form, capture in found if capture is not None]
