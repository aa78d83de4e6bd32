"""Stores what a visit of a report's page came to, as `decide` says. Opens no transaction."""

from __future__ import annotations

from dataclasses import replace

from crawler.compare.decide import (
    AbsenceRules,
    Joins,
    NewReport,
    NewVersion,
    ReadDecision,
    Unchanged,
    decide_gone,
    decide_not_modified,
    decide_read,
)
from crawler.compare.memory import Known, Memory, recall
from crawler.compare.remember import Desk, failed
from crawler.compare.revisit import next_absence_check, next_address_visit, next_failure_check
from crawler.flow import RECIPE, Captured, CleanReport, CleanText, Unclean
from spiders.failures import Failure
from spiders.fetched import FailedVisit
from storage import archive, frontier
from storage.records import AddressRow, VersionFields


def read(desk: Desk, clean: CleanReport) -> None:
    """A report's text was read."""
    captured, text, db = clean.captured, clean.text, desk.context.db
    row = desk.address(captured.fetched.visit.url)
    text = text.listed_on(row.listed)
    decision = decide_read(text, _memory(desk, row, text.fingerprint), now=captured.captured_at, fold=desk.context.fold)
    capture_id = desk.add_capture(captured)
    report_id = _store(desk, decision, text, captured, capture_id)
    archive.saw_report(db, report_id, now=captured.captured_at, withdrawn=False)
    latest = archive.latest_version(db, report_id)
    assert latest is not None
    # A copy that lags behind the report's latest text keeps the number of the version that it shows.
    version = latest.number if latest.fingerprint == text.fingerprint else row.version
    desk.mark_read(row, captured, capture_id, report_id=report_id, version=version)
    frontier.adopt_attachments(db, report_id, [link.url for link in text.attachments])
    desk.tally.reports += 1


def same_bytes(desk: Desk, captured: Captured) -> None:
    """The page's bytes are those that were read last time, and so is its text."""
    row = desk.address(captured.fetched.visit.url)
    memory = _memory(desk, row, "")
    assert isinstance(memory, Known), "bytes are only known where a report was read"
    decision = decide_not_modified(memory, now=captured.captured_at)
    desk.tell(decision.event)
    capture_id = desk.add_capture(captured)
    archive.saw_report(desk.context.db, decision.report_id, now=captured.captured_at, withdrawn=False)
    desk.mark_read(row, captured, capture_id, report_id=decision.report_id, version=row.version)
    desk.tally.reports += 1


def not_modified(desk: Desk, url: str) -> None:
    """The server said that a report's page is as it was."""
    now, row = desk.context.now(), desk.address(url)
    memory = _memory(desk, row, "")
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


def gone(desk: Desk, visit: FailedVisit) -> None:
    """A report's address says that there is no such document: a sighting, perhaps the last one that was needed.

    It is none while the column itself cannot be read (a site that sends everything home has not withdrawn everything), nor
    where no report was ever read (a fresh row whose page is not there yet).
    """
    if desk.tally.listing_failure is not None or desk.address(visit.url).report_id is None:
        failed(desk, visit)
        return
    now, row, monitor = desk.context.now(), desk.address(visit.url), desk.context.config.settings.monitor
    rules = AbsenceRules(monitor.withdrawal_sightings, monitor.withdrawal_hours)
    still_listed = row.last_listed_at is not None and row.last_listed_at >= desk.tally.started_at
    memory = _memory(desk, row, "")
    decision = decide_gone(memory, now=now, rules=rules, still_listed=still_listed)
    desk.tell(decision.event)
    if decision.withdraws and isinstance(memory, Known):
        archive.saw_report(desk.context.db, memory.report.id, now=now, withdrawn=True)
    if decision.gone or still_listed:
        due = next_address_visit(desk.target.watch, now=now)
    else:
        due = next_absence_check(desk.target.watch, sightings=rules.sightings, hours=rules.hours, now=now)
    frontier.absent(
        desk.context.db,
        row.id,
        now=now,
        next_due_at=due,
        sightings=decision.sightings,
        absent_since=decision.absent_since,
        gone=decision.gone,
    )
    if decision.gone:
        desk.close_issue("report", visit.url)  # the event has told it; it needs nobody any more
    else:
        failure = Failure.BROKEN_LINK if still_listed else visit.failure
        desk.raise_issue("report", visit.url, failure, visit.detail, now)


def _memory(desk: Desk, row: AddressRow, fingerprint: str) -> Memory:
    """What is remembered of the report at an address, or, where none was read there, of one with the same text."""
    db = desk.context.db
    report_id = row.report_id
    if report_id is None and fingerprint:
        twin = archive.with_fingerprint(db, row.bureau_id, fingerprint)
        report_id = twin.report_id if twin is not None else None
    if report_id is None:
        return recall(row, None, None, other_live_addresses=0)
    others = [
        other
        for other in frontier.of_report(db, report_id)
        if other.role == "report" and other.id != row.id and not other.gone and not other.sightings
    ]
    report, latest = archive.report(db, report_id), archive.latest_version(db, report_id)
    here = archive.version(db, report_id, row.version) if row.version is not None else None
    return recall(row, report, latest, other_live_addresses=len(others), here=here)


def _store(desk: Desk, decision: ReadDecision, text: CleanText, captured: Captured, capture_id: int) -> int:
    """Carry out what was decided; returns the report's id."""
    db, now = desk.context.db, captured.captured_at
    match decision:
        case NewReport(event=event):
            report_id = archive.add_report(db, bureau_id=desk.target.bureau.id, watch_id=desk.target.watch_id, now=now)
            _add_version(desk, report_id, text, captured, capture_id)
            desk.tell(replace(event, report_id=report_id) if event is not None else None)
            return report_id
        case NewVersion(report_id=report_id, event=event):
            _add_version(desk, report_id, text, captured, capture_id)
            desk.tell(event)
            return report_id
        case Joins(report_id=report_id, moved=moved, event=event):
            if moved:
                frontier.leave_for_good(db, report_id)
            desk.tell(event)
            return report_id
        case Unchanged(report_id=report_id, event=event):
            desk.tell(event)
            return report_id


def _add_version(desk: Desk, report_id: int, text: CleanText, captured: Captured, capture_id: int) -> None:
    archive.add_version(
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
        capture_id=capture_id,
        now=captured.captured_at,
        fields=_fields(text),
    )


def _fields(text: CleanText) -> VersionFields:
    block = text.disclosure
    return VersionFields(
        document_number=block.document_number,
        index_number=block.index_number,
        publisher=block.publisher,
        category=block.category,
        validity=block.validity,
        genre=block.genre,
        topic=block.topic,
        dates=text.dates.named(),
    )
