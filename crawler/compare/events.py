"""Makes the event of what was decided: its report, its versions, its place. Decides nothing and stores nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from crawler.compare.memory import Memory, Unknown
from crawler.flow import ChangeEvent, EventKind, Significance

_SHANGHAI: Final = timezone(timedelta(hours=8))  # without summer time since 1991


@dataclass(frozen=True)
class News:
    """What happened, before it is known where and to what."""

    kind: EventKind
    significance: Significance
    summary: str


def event_of(news: News, memory: Memory, now: datetime, title: str, to_version: int) -> ChangeEvent:
    """The event of some news.

    Args:
        news: what happened.
        memory: what it happened to.
        now: aware time of the visit.
        title: of the report.
        to_version: number of the version that is there now.
    """
    known = None if isinstance(memory, Unknown) else memory.latest
    return ChangeEvent(
        kind=news.kind,
        at=now,
        bureau_id=memory.address.bureau_id,
        watch_id=memory.address.watch_id,
        report_id=known.report_id if known else None,
        url=memory.address.url,
        title=title,
        significance=news.significance,
        summary=news.summary,
        from_version=known.number if known else None,
        to_version=to_version,
    )


def day(one: date) -> str:
    """A day as Chinese offices write it."""
    return f"{one.year}年{one.month}月{one.day}日"


def minute(moment: datetime) -> str:
    """A moment in Asia/Shanghai, to the minute."""
    local = moment.astimezone(_SHANGHAI)
    return f"{day(local.date())} {local:%H:%M}"
