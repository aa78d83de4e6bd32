"""Finds last year's report beside one that was read: of the same bureau, kind and issuer. Compares nothing."""

from __future__ import annotations

from datetime import timedelta

from crawler.interpret.kinds import recognise
from crawler.knowledge import Knowledge, ReportKind
from storage import archive
from storage.database import Database
from storage.records import VersionRow

_EARLIEST, _LATEST = timedelta(days=700), timedelta(days=60)
"""Reports of a kind come out once a year; one that is 11 months late still counts as last year's."""


def last_years_report(db: Database, version: VersionRow, knowledge: Knowledge) -> VersionRow | None:
    """The latest version of the report of the year before; None where the archive has none or the year is not known.

    Only the reports of one bureau are looked at, and of these only those whose day of publication may be right.

    Args:
        db: the archive.
        version: this year's.
        knowledge: what it says.
    """
    this = archive.report(db, version.report_id)
    if this is None or knowledge.year is None or knowledge.kind is ReportKind.OTHER:
        return None
    wanted = (knowledge.kind, knowledge.year - 1, knowledge.issuer)
    day = version.published
    published = (day - _EARLIEST, day - _LATEST) if day is not None else None
    for latest in archive.latest_versions(db, this.bureau_id, published=published):
        if latest.report_id == this.id:
            continue
        known = recognise(
            latest.title,
            latest.body,
            published=latest.published,
            source=latest.source,
            number=latest.fields.document_number,
        )
        if (known.kind, known.year, known.issuer) == wanted:
            return latest
    return None
