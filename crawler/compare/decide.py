"""Decides what a reading means for a report, from what was read and what is remembered. No clock, no database, no network.

Whoever stores a decision also stores its event, in one transaction. An event's `report_id` is None only where a new report
is published, whose id does not exist yet. What a missing document means stands in `crawler.compare.absence`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler.change import Change
from crawler.compare.confirm import SHRUNK, is_confirmed, why_large, why_odd
from crawler.compare.diff import compare_reports
from crawler.compare.events import News, day, event_of, minute
from crawler.compare.identity import ENOUGH_TO_KNOW_AGAIN, is_same_report
from crawler.compare.memory import AlikeElsewhere, Known, Memory, SameTextElsewhere, Unknown
from crawler.compare.significance import heavier, significance, summarise
from crawler.compare.upheaval import marks_of
from crawler.flow import ChangeEvent, CleanText, EventKind, Significance
from crawler.knowledge import Tell, Told
from storage.records import AddressRow, VersionRow

Fold = Callable[[str], str]


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
    former: int | None = None  # the version that it shows, where that is not the latest

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
    """Store the text as this version of the report; where it has moved, its other addresses as gone."""

    report_id: int
    number: int  # 1-based
    event: ChangeEvent
    moved: bool = False
    marks: frozenset[str] = field(default=frozenset(), compare=False)  # see `crawler.compare.upheaval`


@dataclass(frozen=True)
class Replaced:
    """Store the address with another report, the new one where `joins` is None. The former one keeps its last text."""

    former_id: int
    joins: int | None
    withdraws: bool  # the former one stands nowhere any more
    event: ChangeEvent | None  # tells what became of the former report
    other: ChangeEvent | None  # tells of the other one, where the first event does not


@dataclass(frozen=True)
class Suspected:
    """Store nothing but that another text was read, and look again: it is told when it is read a second time."""

    what: str  # the text's fingerprint
    since: datetime
    texts: int  # different ones in a row, none of them read twice
    why: str
    stands_elsewhere: bool = False  # the same text stands in the place of other reports: it is none, however often it is read


Found = NewReport | Joins | Unchanged | NewVersion | Replaced
"""Each of them also means: the document is there (sightings 0, absent since never, not gone) and is not withdrawn."""
ReadDecision = Found | Suspected


@dataclass(frozen=True)
class _Comparing:
    """How two texts are compared, and how long a doubtful change waits for its second look."""

    fold: Fold
    tell: Tell
    wait: timedelta

    def changes(self, latest: VersionRow, read: CleanText) -> tuple[Change, ...]:
        return compare_reports(self.tell(latest.title, latest.body), self.tell(read.title, read.body), fold=self.fold)


def decide_read(  # noqa: PLR0913  how texts are compared has three parts, each with a default
    read: CleanText,
    memory: Memory,
    *,
    now: datetime,
    fold: Fold = str,
    tell: Tell = Told,
    confirm_after: timedelta = timedelta(0),
) -> ReadDecision:
    """What it means that a report's page was read.

    Args:
        read: the page's text.
        memory: see `crawler.compare.memory.recall`.
        now: aware time of the visit.
        fold: what the fingerprint ignores, as in `compare_reports`.
        tell: what a text says, by its title and paragraphs: its sections and figures. By default nothing is known of it.
        confirm_after: least time between two looks at a large or odd change; none: such a change is told at once.

    Raises:
        UnlikeRecipes: read and remembered fingerprints have different recipes. Clean the remembered capture again first.
    """
    if isinstance(memory, Known):
        return _decide_known(read, memory, now, _Comparing(fold, tell, confirm_after))
    if isinstance(memory, AlikeElsewhere):
        return _decide_alike(read, memory, now, _Comparing(fold, tell, confirm_after))
    if isinstance(memory, SameTextElsewhere) and _length(read) >= ENOUGH_TO_KNOW_AGAIN:
        return _decide_joining(read, memory, now)
    return _decide_new(read, memory.address, now)


def decide_not_modified(memory: Known, *, now: datetime) -> Unchanged:
    """What it means that the server answered 304: the document is there, as it was. It may have been withdrawn before."""
    event = None
    if memory.report.withdrawn:
        news = News(EventKind.RESTORED, Significance.WITHDRAWN, "恢复可见，内容未变")
        event = event_of(news, memory, now, memory.latest.title, memory.latest.number)
    return Unchanged(memory.report.id, event)


def _decide_new(read: CleanText, address: AddressRow, now: datetime) -> NewReport:
    return NewReport(None if address.silent else _published(read, address, now))


def _published(read: CleanText, address: AddressRow, now: datetime) -> ChangeEvent:
    on = f"，发布日期{day(read.published)}" if read.published else ""
    news = News(EventKind.PUBLISHED, Significance.CLAUSE, f"新发布{on}，正文{_length(read)}字")
    return event_of(news, Unknown(address), now, read.title, 1)


def _decide_known(read: CleanText, memory: Known, now: datetime, by: _Comparing) -> ReadDecision:
    report, latest, here = memory.report, memory.latest, memory.here
    for remembered in (latest, here):
        if _recipe(read.fingerprint) != _recipe(remembered.fingerprint):
            raise UnlikeRecipes(read.fingerprint, remembered.fingerprint)
    # A copy that was not updated yet is no change while the report's latest text can be read elsewhere.
    lagging = read.fingerprint == here.fingerprint and memory.other_live_addresses > 0 and not report.withdrawn
    if read.fingerprint == latest.fingerprint or lagging:
        return decide_not_modified(memory, now=now)
    changes = by.changes(latest, read)
    is_same = is_same_report((latest.title, latest.body), (read.title, read.body), by.fold)
    suspicion = _suspicion(read, memory, changes, by.fold, is_same=is_same) if by.wait else ""
    is_no_report = not is_same and memory.suspected_too > 0 and bool(by.wait)
    if suspicion and (is_no_report or not is_confirmed(memory.address, read.fingerprint, now=now, wait=by.wait)):
        return _suspected(read, memory.address, now, suspicion, is_no_report=is_no_report)
    if not is_same:
        return _decide_replaced(read, memory, now)
    news = News(EventKind.REVISED, significance(changes), summarise(changes))
    if report.withdrawn:
        weight = heavier(news.significance, Significance.WITHDRAWN)
        news = News(EventKind.RESTORED, weight, f"恢复可见，并有改动：{news.summary}")
    number = latest.number + 1
    shrunk = {"shrunk"} if _length(read) < SHRUNK * sum(map(len, latest.body)) else set()
    marks = marks_of(news.kind, changes) | shrunk
    return NewVersion(report.id, number, event_of(news, memory, now, read.title, number), marks=marks)


def _suspicion(read: CleanText, memory: Known, changes: Sequence[Change], fold: Fold, *, is_same: bool) -> str:
    """Why a change is to be seen twice; "" where once is enough."""
    if not is_same:
        return "another report seems to stand here"
    latest = memory.latest
    large = why_large((latest.title, latest.body), (read.title, read.body), removed=_removed(changes), fold=fold)
    old, new = (latest.title, *latest.body), (read.title, *read.body)
    return large or why_odd(old, new, former=memory.fingerprints, read=read.fingerprint)


def _suspected(read: CleanText, address: AddressRow, now: datetime, why: str, *, is_no_report: bool = False) -> Suspected:
    known = address.suspect == read.fingerprint and address.suspect_at is not None
    since = address.suspect_at if known and address.suspect_at is not None else now
    return Suspected(read.fingerprint, since, address.suspects + (not known), why, stands_elsewhere=is_no_report)


def _decide_replaced(read: CleanText, memory: Known, now: datetime) -> Replaced:
    former, latest, twin = memory.report, memory.latest, memory.twin
    lost = memory.other_live_addresses == 0 and not former.withdrawn
    event = other = None
    if lost:
        summary = f"原址现为另一份报告《{read.title[:60]}》，原文保留（最后一次见到：{minute(former.last_seen_at)}）"
        news = News(EventKind.REPLACED, Significance.WITHDRAWN, summary)
        event = event_of(news, memory, now, latest.title, latest.number)
    if twin is None or _length(read) < ENOUGH_TO_KNOW_AGAIN:
        other = None if lost else _published(read, memory.address, now)
        return Replaced(former.id, None, lost, event, other)
    if twin.report.withdrawn:
        other = _decide_joining(read, twin, now).event
    return Replaced(former.id, twin.report.id, lost, event, other)


def _decide_joining(read: CleanText, memory: SameTextElsewhere, now: datetime) -> Joins:
    news = None
    if memory.report.withdrawn:
        news = News(EventKind.RESTORED, Significance.WITHDRAWN, "在新地址恢复可见，内容未变")
    elif memory.live_addresses == 0:
        news = News(EventKind.MOVED, Significance.WORDING, "内容未变，地址已更换")
    event = event_of(news, memory, now, read.title, memory.latest.number) if news else None
    return Joins(memory.report.id, event)


def _decide_alike(read: CleanText, memory: AlikeElsewhere, now: datetime, by: _Comparing) -> ReadDecision:
    """A report that has nearly this text: it has moved, or was corrected in a copy; or these are two reports.

    Both may stand in one column. Then the list tells them apart, or a second look, by which it is known whether the former
    one is still there. In doubt they are two: no report may be lost.
    """
    report, latest, number = memory.report, memory.latest, memory.latest.number + 1
    if memory.live_addresses and memory.former is not None:
        return Joins(report.id, None, memory.former)  # a copy that was not updated yet
    if memory.live_addresses and (memory.address.silent or memory.standing == "beside"):
        return _decide_new(read, memory.address, now)
    changes = by.changes(latest, read)
    if memory.live_addresses == 0:
        kind, weight, words = EventKind.MOVED, heavier(significance(changes), Significance.WORDING), "地址已更换"
        if report.withdrawn:
            kind, weight, words = EventKind.RESTORED, heavier(weight, Significance.WITHDRAWN), "在新地址恢复可见"
        event = event_of(News(kind, weight, f"{words}，并有改动：{summarise(changes)}"), memory, now, read.title, number)
        return NewVersion(report.id, number, event, moved=True, marks=marks_of(kind))
    if memory.standing == "apart":
        news = News(EventKind.REVISED, significance(changes), f"另一地址的文本有改动：{summarise(changes)}")
        event = event_of(news, memory, now, read.title, number)
        return NewVersion(report.id, number, event, marks=marks_of(news.kind, changes))
    if is_confirmed(memory.address, read.fingerprint, now=now, wait=by.wait):
        return _decide_new(read, memory.address, now)
    return _suspected(read, memory.address, now, f"nearly the text of report {report.id}, which may stand beside it")


def _removed(changes: Sequence[Change]) -> int:
    """Characters of the old text that are gone or rewritten; what only stands elsewhere is neither."""
    return sum(
        sum(len(span.old) for span in change.spans if span.op != "equal") if change.spans else len(change.old)
        for change in changes
        if change.old != change.new
    )


def _length(read: CleanText) -> int:
    return sum(map(len, read.body))


def _recipe(fingerprint: str) -> str:
    return fingerprint.partition(":")[0]
