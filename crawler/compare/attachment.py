"""Decides what it means that an attachment was captured. No clock, no database, no network."""

from __future__ import annotations

from datetime import datetime

from crawler.flow import ChangeEvent, EventKind, Significance
from storage.records import AddressRow, VersionRow


def decide_attachment(sha256: str, address: AddressRow, report: VersionRow, *, now: datetime) -> ChangeEvent | None:
    """What it means that an attachment was captured.

    Args:
        sha256: of its bytes.
        address: the attachment's address as it was before the visit.
        report: the latest version of the report that links it.
        now: aware time of the visit.
    """
    first = address.capture_id is None
    if (first and address.silent) or address.sha256 == sha256:
        return None
    name = " ".join(address.name.split()) or address.url.rpartition("/")[2]
    summary = f"新增附件：{name}" if first else f"附件内容变更：{name}"
    return ChangeEvent(
        kind=EventKind.ATTACHMENT_CHANGED,
        at=now,
        bureau_id=address.bureau_id,
        watch_id=address.watch_id,
        report_id=report.report_id,
        url=address.url,
        title=report.title,
        significance=Significance.CLAUSE,
        summary=summary,
        from_version=None,
        to_version=None,
    )
