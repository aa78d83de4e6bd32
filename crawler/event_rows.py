"""Turns events into what the archive keeps of them, and back. Stores nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from crawler.flow import ChangeEvent, EventKind, Significance
from storage.records import EventRow, HeldRow


class EventColumns(TypedDict):
    """An event as the archive's columns have it."""

    at: datetime
    kind: str
    bureau_id: str
    watch_id: str
    url: str
    title: str
    significance: str
    summary: str
    from_version: int | None
    to_version: int | None


def as_columns(event: ChangeEvent) -> EventColumns:
    """All of an event but the report it is about."""
    return EventColumns(
        at=event.at,
        kind=event.kind.value,
        bureau_id=event.bureau_id,
        watch_id=event.watch_id,
        url=event.url,
        title=event.title,
        significance=event.significance.value,
        summary=event.summary,
        from_version=event.from_version,
        to_version=event.to_version,
    )


def as_event(row: EventRow | HeldRow) -> ChangeEvent:
    """An event that was stored, or held until its run's end, as it was decided."""
    return ChangeEvent(
        kind=EventKind(row.kind),
        at=row.at,
        bureau_id=row.bureau_id,
        watch_id=row.watch_id,
        report_id=row.report_id,
        url=row.url,
        title=row.title,
        significance=Significance(row.significance),
        summary=row.summary,
        from_version=row.from_version,
        to_version=row.to_version,
    )
