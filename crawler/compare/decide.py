"""Decides what a visit means for a report, from what was read and what is remembered. No clock, no database, no network.

Whoever stores a decision also stores its event, in one transaction. An event's `report_id` is None only for a `NewReport`,
whose id does not exist yet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from crawler.compare.diff import compare_texts
from crawler.compare.memory import Known, Memory, SameTextElsewhere, Unknown
from crawler.compare.significance import heavier, significance, summarise
from crawler.flow import ChangeEvent, CleanText, EventKind, Significance
from storage.records import AddressRow, VersionRow

ENOUGH_TO_KNOW_AGAIN: Final = 100
"""Characters of body. Shorter texts (a line and an attachment) are alike by chance and never make two addresses one report."""

_SHANGHAI: Final = timezone(timedelta(hours=8))  # without summer time since 1991


class UnlikeRecipes(ValueError):
    """Two fingerprints of different recipes were about to be compared: our change would look like theirs."""

    def __init__(self, read: str, remembered: str) -> None:
        super().__init__(
            f"a text of recipe {_recipe(read)} cannot be compared with one of recipe {_recipe(remembered)}: "
            "clean the remembered version's capture again with the present recipe first, and compare with that"
        )


@dataclass(frozen=True)
class NewReport:
    """Store a new report with this text as version 1; the address is its first. Without an event: part of a baseline."""

    event: ChangeEvent | None


@dataclass(frozen=True)
class Joins:
    """Store the address as another one of a known report."""

    report_id: int
    event: ChangeEvent | None

    @property
    def moved(self) -> bool:
        """Whether the report's other addresses are told as gone with this event: they are stored as gone, not told again."""
        return self.event is not None and self.event.kind is EventKind.MOVED


@dataclass(frozen=True)
class Unchanged:
    """Store that the report was seen; the event tells that it is back."""

    report_id: int
    event: ChangeEvent | None


@dataclass(frozen=True)
class NewVersion:
    """Store the text as this version of the report."""

    report_id: int
    number: int  # 1-based
    event: ChangeEvent


ReadDecision = NewReport | Joins | Unchanged | NewVersion
"""Each of them also means: the document is there (sightings 0, absent since never, not gone) and is not withdrawn."""


@dataclass(frozen=True)
class AbsenceRules:
    """When an absence becomes news."""

    sightings: int  # visits in a row that found the document gone
    hours: float  # at least, between the first sighting and the last


@dataclass(frozen=True)
class AbsenceDecision:
    """Store these counters with the address; the report is withdrawn if `withdraws`."""

    sightings: int
    absent_since: datetime | None
    gone: bool
    event: ChangeEvent | None

    @property
    def withdraws(self) -> bool:
        """Whether the report is withdrawn from now on."""
        return self.event is not None and self.event.kind is EventKind.WITHDRAWN


def decide_read(read: CleanText, memory: Memory, *, now: datetime, fold: Callable[[str], str] = str) -> ReadDecision:
    """What it means that a report's page was read.

    Args:
        read: the page's text.
        memory: see `crawler.compare.memory.recall`.
        now: aware time of the visit.
        fold: what the fingerprint ignores, as in `compare_texts`.

    Raises:
        UnlikeRecipes: read and remembered fingerprints have different recipes. Clean the remembered capture again first.
    """
    if isinstance(memory, Known):
        return _decide_known(read, memory, now, fold)
    length = sum(map(len, read.body))
    if isinstance(memory, SameTextElsewhere) and length >= ENOUGH_TO_KNOW_AGAIN:
        return _decide_joining(read, memory, now)
    if memory.address.silent:
        return NewReport(None)
    day = f"，发布日期{_day(read.published)}" if read.published else ""
    news = _News(EventKind.PUBLISHED, Significance.CLAUSE, f"新发布{day}，正文{length}字")
    return NewReport(_event(news, Unknown(memory.address), now, read.title, 1))


def decide_not_modified(memory: Known, *, now: datetime) -> Unchanged:
    """What it means that the server answered 304: the document is there, as it was. It may have been withdrawn before."""
    event = None
    if memory.report.withdrawn:
        news = _News(EventKind.RESTORED, Significance.WITHDRAWN, "恢复可见，内容未变")
        event = _event(news, memory, now, memory.latest.title, memory.latest.number)
    return Unchanged(memory.report.id, event)


def decide_gone(memory: Memory, *, now: datetime, rules: AbsenceRules, still_listed: bool) -> AbsenceDecision:
    """What it means that a report's address answered that there is no such document.

    Args:
        memory: see `crawler.compare.memory.recall`.
        now: aware time of the visit.
        rules: how much it takes.
        still_listed: its column still lists it: a broken link, no sighting.
    """
    address = memory.address
    if still_listed or not isinstance(memory, Known):
        return AbsenceDecision(address.sightings, address.absent_since, address.gone, None)
    sightings, since = address.sightings + 1, address.absent_since or now
    gone = sightings >= rules.sightings and now - since >= timedelta(hours=rules.hours)
    if address.gone or not gone or memory.report.withdrawn:
        return AbsenceDecision(sightings, since, address.gone or gone, None)
    absent = f"自{_minute(since)}起在原址无法打开"
    if memory.other_live_addresses:
        news = _News(EventKind.MOVED, Significance.WORDING, f"{absent}，在其他地址仍可见")
    else:
        last_seen = f"（最后一次见到：{_minute(memory.report.last_seen_at)}）"
        news = _News(EventKind.WITHDRAWN, Significance.WITHDRAWN, f"{absent}{last_seen}")
    event = _event(news, memory, now, memory.latest.title, memory.latest.number)
    return AbsenceDecision(sightings, since, gone, event)


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


@dataclass(frozen=True)
class _News:
    kind: EventKind
    significance: Significance
    summary: str


def _decide_known(read: CleanText, memory: Known, now: datetime, fold: Callable[[str], str]) -> ReadDecision:
    report, latest, here = memory.report, memory.latest, memory.here
    for remembered in (latest, here):
        if _recipe(read.fingerprint) != _recipe(remembered.fingerprint):
            raise UnlikeRecipes(read.fingerprint, remembered.fingerprint)
    # A copy that was not updated yet is no change while the report's latest text can be read elsewhere.
    lagging = read.fingerprint == here.fingerprint and memory.other_live_addresses > 0 and not report.withdrawn
    if read.fingerprint == latest.fingerprint or lagging:
        return decide_not_modified(memory, now=now)
    changes = compare_texts((latest.title, *latest.body), (read.title, *read.body), fold=fold)
    news = _News(EventKind.REVISED, significance(changes), summarise(changes))
    if report.withdrawn:
        weight = heavier(news.significance, Significance.WITHDRAWN)
        news = _News(EventKind.RESTORED, weight, f"恢复可见，并有改动：{news.summary}")
    number = latest.number + 1
    return NewVersion(report.id, number, _event(news, memory, now, read.title, number))


def _decide_joining(read: CleanText, memory: SameTextElsewhere, now: datetime) -> Joins:
    news = None
    if memory.report.withdrawn:
        news = _News(EventKind.RESTORED, Significance.WITHDRAWN, "在新地址恢复可见，内容未变")
    elif memory.live_addresses == 0:
        news = _News(EventKind.MOVED, Significance.WORDING, "内容未变，地址已更换")
    event = _event(news, memory, now, read.title, memory.latest.number) if news else None
    return Joins(memory.report.id, event)


def _event(news: _News, memory: Memory, now: datetime, title: str, to_version: int) -> ChangeEvent:
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


def _recipe(fingerprint: str) -> str:
    return fingerprint.partition(":")[0]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _minute(moment: datetime) -> str:
    local = moment.astimezone(_SHANGHAI)
    return f"{_day(local.date())} {local:%H:%M}"
