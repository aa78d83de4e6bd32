"""Rows as the archive remembers them, for the tests of what `compare` decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from crawler.compare.absence import AbsenceRules
from crawler.flow import CleanText
from storage.records import AddressRow, ReportRow, VersionRow

NOW = datetime(2021, 2, 18, 2, 30, tzinfo=UTC)
RULES = AbsenceRules(sightings=3, hours=24)
BODY = ("全年共新收行政复议案件226件,同比上升43.04%。", "一是注重规划引领,精心谋划依法治区规划。" * 5)


def address(**changes: Any) -> AddressRow:
    row = AddressRow(
        id=7, key="k", url="https://sfj.example/1.html", role="report", bureau_id="b", watch_id="b/w", report_id=3, version=1,
        name="附件1.pdf", listed=None, silent=False, next_due_at=NOW, last_visit_at=None, last_full_at=None,
        last_listed_at=None, etag="", last_modified="", capture_id=None, sha256="", sightings=0, absent_since=None,
        gone=False, failures=0,
    )  # fmt: skip
    return replace(row, **changes)


def read(fingerprint: str = "1:aa", body: tuple[str, ...] = BODY) -> CleanText:
    return CleanText("总结", date(2021, 2, 18), "label", "区司法局", body, (), fingerprint)


def report(**changes: Any) -> ReportRow:
    return replace(ReportRow(3, "b", "b/w", withdrawn=False, first_seen_at=NOW, last_seen_at=NOW, versions=1), **changes)


def version(fingerprint: str = "1:aa", number: int = 1, body: tuple[str, ...] = BODY) -> VersionRow:
    return VersionRow(
        id=number, report_id=3, number=number, recipe=1, fingerprint=fingerprint, title="总结",
        published=None, published_from="", source="", body=body, attachments=(), capture_id=1, created_at=NOW,
    )  # fmt: skip
