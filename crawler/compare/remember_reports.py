"""Stores what a visit of a report's page came to, as `decide` says. Opens no transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from crawler.compare import anew
from crawler.compare.confirm import MOST_BLIPS, MOST_TEXTS, blips_after
from crawler.compare.decide import (
    Found,
    Joins,
    NewReport,
    NewVersion,
    Replaced,
    Suspected,
    Unchanged,
    decide_not_modified,
    decide_read,
)
from crawler.compare.memory import AlikeElsewhere, Known
from crawler.compare.recalling import memory_of
from crawler.compare.remember import Desk
from crawler.compare.revisit import next_address_visit, next_failure_check
from crawler.compare.stored import fields_of
from crawler.flow import RECIPE, Captured, ChangeEvent, CleanReport, CleanText, Unclean
from spiders.failures import Failure
from storage import archive, frontier, recipes, suspicions
from storage.records import AddressRow


@dataclass(frozen=True)
class _Reading:
    """One reading, about to be stored."""

    desk: Desk
    row: AddressRow  # as it was before
    text: CleanText
    captured: Captured
    capture_id: int

    @property
    def first_look(self) -> int | None:
        """The capture of the first look, where this is the second one."""
        return self.row.suspect_capture_id if self.row.suspect == self.text.fingerprint else None


def read(desk: Desk, clean: CleanReport) -> None:
    """A report's text was read."""
    captured, text, db = clean.captured, clean.text, desk.context.db
    row = desk.address(captured.fetched.visit.url)
    text = text.listed_on(row.listed)
    memory = memory_of(desk, row, text)
    if isinstance(memory, Known) and anew.must_begin(desk, memory, text):
        _begin_anew(_Reading(desk, row, text, captured, desk.add_capture(captured)), memory.report.id)
        return
    wait = timedelta(seconds=desk.context.config.settings.monitor.confirm_after_s)
    decision = decide_read(
        text, memory, now=captured.captured_at, fold=desk.context.fold, tell=desk.context.tell, confirm_after=wait
    )
    capture_id = desk.add_capture(captured)
    desk.tally.reports += 1
    if isinstance(decision, Suspected):
        if isinstance(memory, AlikeElsewhere):
            suspicions.look_now(db, memory.report.id, captured.captured_at)
        _suspect(desk, row, decision, captured, capture_id)
        return
    settle(desk, row, confirmed=row.suspect == text.fingerprint)
    report_id, version = _store(_Reading(desk, row, text, captured, capture_id), decision)
    archive.saw_report(db, report_id, now=captured.captured_at, withdrawn=False)
    latest = archive.latest_version(db, report_id)
    assert latest is not None
    # A copy that lags behind the report's latest text keeps the number of the version that it shows.
    shown = latest.number if latest.fingerprint == text.fingerprint else version
    if latest.fingerprint == text.fingerprint:
        anew.note_same(desk, latest, text, capture_id)
    desk.mark_read(row, captured, capture_id, report_id=report_id, version=shown)
    frontier.adopt_attachments(db, report_id, [link.url for link in text.attachments])


def same_bytes(desk: Desk, captured: Captured) -> None:
    """The page's bytes are those that were read last time, and so is its text."""
    row = desk.address(captured.fetched.visit.url)
    memory = memory_of(desk, row)
    assert isinstance(memory, Known), "bytes are only known where a report was read"
    decision = decide_not_modified(memory, now=captured.captured_at)
    desk.tell(decision.event)
    settle(desk, row)
    capture_id = desk.add_capture(captured)
    archive.saw_report(desk.context.db, decision.report_id, now=captured.captured_at, withdrawn=False)
    desk.mark_read(row, captured, capture_id, report_id=decision.report_id, version=row.version)
    desk.tally.reports += 1


def not_modified(desk: Desk, url: str) -> None:
    """The server said that a report's page is as it was."""
    now, row = desk.context.now(), desk.address(url)
    memory = memory_of(desk, row)
    settle(desk, row)
    if isinstance(memory, Known):
        desk.tell(decide_not_modified(memory, now=now).event)
        archive.saw_report(desk.context.db, memory.report.id, now=now, withdrawn=False)
    frontier.not_modified(desk.context.db, row.id, now=now, next_due_at=next_address_visit(desk.target.watch, now=now))
    desk.close_issue("report", url)
    desk.tally.reports += 1


def unclean(desk: Desk, item: Unclean) -> None:
    """A page came whose text could not be read: its bytes are kept, nothing is concluded from it."""
    captured = item.captured
    row = desk.address(captured.fetched.visit.url)
    desk.add_capture(captured)
    due = next_failure_check(desk.target.watch, failures_in_a_row=row.failures, now=captured.captured_at)
    frontier.failed(desk.context.db, row.id, now=captured.captured_at, next_due_at=due)
    desk.raise_issue("report", row.url, item.failure, item.detail, captured.captured_at)


def settle(desk: Desk, row: AddressRow, *, confirmed: bool = False) -> None:
    """A visit brought what is believed: nothing is suspected of the address any more, and false alarms are counted.

    Args:
        desk: where the visit is written up.
        row: the address as it was before the visit.
        confirmed: the visit brought what was suspected.
    """
    if not row.suspect and not row.blips:
        return
    blips = 0 if confirmed else blips_after(row, came_to_nothing=bool(row.suspect))
    suspicions.settle(desk.context.db, row.id, blips=blips)
    if blips >= MOST_BLIPS and row.suspect:
        detail = f"{blips} times another text came and was gone at the second look"
        desk.raise_issue("unsettled", row.url, Failure.UNSETTLED, detail, desk.context.now())
    elif not blips:
        desk.close_issue("unsettled", row.url)


def _begin_anew(reading: _Reading, report_id: int) -> None:
    """Store another version of a report, and tell nobody: see `crawler.compare.anew`."""
    desk, row, captured = reading.desk, reading.row, reading.captured
    desk.tally.reports += 1
    settle(desk, row)
    version = _add_version(reading, report_id)
    archive.saw_report(desk.context.db, report_id, now=captured.captured_at, withdrawn=False)
    desk.mark_read(row, captured, reading.capture_id, report_id=report_id, version=version)
    frontier.adopt_attachments(desk.context.db, report_id, [link.url for link in reading.text.attachments])


def _suspect(desk: Desk, row: AddressRow, suspected: Suspected, captured: Captured, capture_id: int) -> None:
    """Remember what was read once, and when to look again; nothing else that is known changes."""
    now, is_known = captured.captured_at, row.suspect == suspected.what
    is_unsettled = suspected.stands_elsewhere or suspected.texts >= MOST_TEXTS
    wait = timedelta(seconds=desk.context.config.settings.monitor.confirm_after_s)
    suspicions.suspect(
        desk.context.db,
        row.id,
        what=suspected.what,
        since=suspected.since,
        capture_id=row.suspect_capture_id if is_known else capture_id,
        texts=suspected.texts,
        now=now,
        next_due_at=next_address_visit(desk.target.watch, now=now) if is_unsettled else suspected.since + wait,
    )
    desk.close_issue("report", row.url)  # it can be read
    if is_unsettled:
        detail = f"{suspected.why}; {suspected.texts} different texts in a row"
        if suspected.stands_elsewhere:
            detail = f"{suspected.why}, and the same text stands in the place of other reports: an error page?"
        desk.raise_issue("unsettled", row.url, Failure.UNSETTLED, detail, now)


def _store(reading: _Reading, decision: Found) -> tuple[int, int | None]:
    """Carry out what was decided; returns the id of the report that stands there, and the version that is shown."""
    desk, row, db = reading.desk, reading.row, reading.desk.context.db
    match decision:
        case NewReport(event=event):
            return _new_report(reading, event), None
        case NewVersion(report_id=report_id, event=event):
            if decision.moved:
                frontier.leave_for_good(db, report_id)
            _add_version(reading, report_id)
            desk.tell(event, decision.marks)
            return report_id, row.version
        case Joins(report_id=report_id, event=event):
            if decision.moved:
                frontier.leave_for_good(db, report_id)
            desk.tell(event)
            return report_id, decision.former
        case Unchanged(report_id=report_id, event=event):
            desk.tell(event)
            return report_id, row.version
        case Replaced(former_id=former_id, joins=report_id, event=event, other=other):
            if decision.withdraws:
                archive.saw_report(db, former_id, now=reading.captured.captured_at, withdrawn=True)
            desk.tell(event)
            if report_id is None:
                return _new_report(reading, other), None
            desk.tell(other)
            return report_id, None


def _new_report(reading: _Reading, event: ChangeEvent | None) -> int:
    desk, target, now = reading.desk, reading.desk.target, reading.captured.captured_at
    report_id = archive.add_report(desk.context.db, bureau_id=target.bureau.id, watch_id=target.watch_id, now=now)
    _add_version(reading, report_id)
    desk.tell(replace(event, report_id=report_id) if event is not None else None)
    return report_id


def _add_version(reading: _Reading, report_id: int) -> int:
    desk, text = reading.desk, reading.text
    number = archive.add_version(
        desk.context.db,
        report_id,
        recipe=RECIPE,
        fingerprint=text.fingerprint,
        title=text.title,
        published=text.published,
        published_from=text.published_from,
        source=text.source,
        body=text.body,
        attachments=[(link.url, link.name) for link in text.attachments],
        capture_id=reading.capture_id,
        now=reading.captured.captured_at,
        fields=fields_of(text),
        first_capture_id=reading.first_look,
    )
    recipes.note_family(desk.context.db, report_id, number, desk.target.watch.family or "")
    return number
