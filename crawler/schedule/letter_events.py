"""Gathers from the archive what a letter tells of an event. Lays out no letter, writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from crawler.change import Change
from crawler.clean.normalise import folded
from crawler.compare.diff import compare_reports
from crawler.compare.significance import significance
from crawler.deliver.letter_content import (
    Absence,
    EventLine,
    Evidence,
    FailedCheck,
    FigureLine,
    LetterEvent,
    LetterVersion,
    OutlineLine,
)
from crawler.flow import EventKind, Significance
from crawler.interpret.checks import against_last_year
from crawler.knowledge import Knowledge, ReportKind, Section, Told, Verdict
from crawler.schedule.last_year import last_years_report
from crawler.schedule.letter_figures import changed_figures, key_figures
from crawler.schedule.tell import the_interpreter
from seeds.schema import Bureau
from spiders.fetched import AttachmentLink
from storage import archive, captures, frontier, proofs
from storage.database import Database
from storage.records import EventRow, VersionRow

_WEIGHTS = list(Significance)  # least first
_HEADINGS = 200  # of an outline (count)
_ABSENT = frozenset({EventKind.WITHDRAWN, EventKind.REPLACED})


def event_line(event: EventRow, bureau: Bureau | None, *, base_url: str) -> EventLine:
    """One line of an event. Reads no text.

    Args:
        event: what happened.
        bureau: to which one; None where it is in no seed any more.
        base_url: of our own pages; "" where none are served.
    """
    return EventLine(
        event_id=event.id,
        kind=EventKind(event.kind),
        at=event.at,
        bureau=bureau.name if bureau is not None else event.bureau_id,
        region=bureau.region if bureau is not None else "",
        title=event.title,
        url=event.url,
        summary=event.summary,
        significance=Significance(event.significance),
        page_url=_page_url(event, base_url),
    )


def letter_event(db: Database, event: EventRow, bureau: Bureau | None, *, base_url: str) -> LetterEvent:
    """Everything a letter says about one event, its texts compared and interpreted.

    Args:
        db: the archive.
        event: what happened.
        bureau: as in `event_line`, and
        base_url: likewise.
    """
    line = event_line(event, bureau, base_url=base_url)
    old, new = _sides(db, event)
    changes = _weightiest_first(old, new) if old is not None and new is not None else ()
    known = new or old
    published = line.kind is EventKind.PUBLISHED and new is not None
    last = _last_year(db, new) if new is not None and line.kind in {EventKind.PUBLISHED, EventKind.REVISED} else None
    return LetterEvent(
        event_id=event.id,
        report_id=event.report_id,
        kind=line.kind,
        at=event.at,
        bureau=line.bureau,
        title=event.title,
        url=event.url,
        summary=event.summary,
        significance=line.significance,
        old=_told(db, old),
        new=_told(db, new),
        changes=changes,
        attachments=tuple(AttachmentLink(url, name) for url, name in known.row.attachments) if known is not None else (),
        absence=_absence(db, event),
        former_url=_former_address(db, event),
        file=_file(db, event),
        region=line.region,
        report_kind=_report_kind(known),
        outline=_outline(new.knowledge.sections) if published and new is not None else (),
        figures=_figures(new, last) if published and new is not None else changed_figures(changes),
        checks=_failed(new, last) if new is not None else (),
        page_url=line.page_url,
    )


@dataclass(frozen=True)
class _Side:
    """A version with what it says, interpreted once at the most."""

    row: VersionRow

    @cached_property
    def knowledge(self) -> Knowledge:
        row = self.row
        number = row.fields.document_number
        return the_interpreter()(row.title, row.body, published=row.published, source=row.source, number=number)

    @property
    def told(self) -> Told:
        return Told(self.row.title, self.row.body, self.knowledge.sections, self.knowledge.figures)


def _page_url(event: EventRow, base_url: str) -> str:
    return f"{base_url.rstrip('/')}/events/{event.id}" if base_url else ""


def _sides(db: Database, event: EventRow) -> tuple[_Side | None, _Side | None]:
    """The version before and the one that is there now; one that did not change is only there, or only gone."""
    old, new = _version(db, event, event.from_version), _version(db, event, event.to_version)
    if EventKind(event.kind) in _ABSENT:
        return old or new, None
    if event.from_version == event.to_version:
        return None, new
    return old, new


def _version(db: Database, event: EventRow, number: int | None) -> _Side | None:
    if event.report_id is None or number is None:
        return None
    row = archive.version(db, event.report_id, number)
    return _Side(row) if row is not None else None


def _weightiest_first(old: _Side, new: _Side) -> tuple[Change, ...]:
    changes = compare_reports(old.told, new.told, fold=folded)
    return tuple(sorted(changes, key=lambda change: -_WEIGHTS.index(significance([change]))))


def _last_year(db: Database, new: _Side) -> _Side | None:
    row = last_years_report(db, new.row, new.knowledge)
    return _Side(row) if row is not None else None


def _report_kind(known: _Side | None) -> str:
    if known is None or known.knowledge.kind is ReportKind.OTHER:
        return ""
    return str(known.knowledge.kind.value)


def _outline(sections: Sequence[Section]) -> tuple[OutlineLine, ...]:
    """The headings of the two upper levels that there are."""
    levels = sorted({section.level for section in sections})[:2]
    upper = [section for section in sections if section.level in levels]
    return tuple(OutlineLine(levels.index(one.level) + 1, one.ordinal + one.heading) for one in upper[:_HEADINGS])


def _figures(new: _Side, last: _Side | None) -> tuple[FigureLine, ...]:
    return key_figures(new.knowledge.figures, last.knowledge.figures if last is not None else ())


def _failed(new: _Side, last: _Side | None) -> tuple[FailedCheck, ...]:
    beside = against_last_year(new.knowledge.figures, last.knowledge.figures) if last is not None else ()
    found = (*new.knowledge.checks, *beside)
    return tuple(FailedCheck(check.relation, check.note) for check in found if check.verdict is Verdict.FAILS)


def _told(db: Database, side: _Side | None) -> LetterVersion | None:
    version = side.row if side is not None else None
    evidence = _evidence(db, version.capture_id) if version is not None else None
    if version is None or evidence is None:
        return None
    return LetterVersion(
        number=version.number,
        published=version.published,
        source=version.source,
        evidence=evidence,
        opening=version.body[0] if version.body else "",
        first_evidence=_evidence(db, version.first_capture_id) if version.first_capture_id is not None else None,
    )


def _evidence(db: Database, capture_id: int) -> Evidence | None:
    capture = captures.get(db, capture_id)
    if capture is None:
        return None
    return Evidence(sha256=capture.sha256, captured_at=capture.captured_at, size=capture.size)


def _absence(db: Database, event: EventRow) -> Absence | None:
    """Since when and how often a report was found gone when that was told; it may be back by now. None for any other event."""
    proof = proofs.find(db, event.id)
    if proof is None or proof.absent_since is None or proof.sightings is None or proof.last_seen_at is None:
        return None
    return Absence(since=proof.absent_since, sightings=proof.sightings, last_seen=proof.last_seen_at)


def _former_address(db: Database, event: EventRow) -> str:
    """Where a report that has moved stood before; "" for any other event."""
    if event.kind != EventKind.MOVED.value or event.report_id is None:
        return ""
    left = [row.url for row in frontier.of_report(db, event.report_id) if row.role == "report" and row.gone]
    return next((url for url in left if url != event.url), "")


def _file(db: Database, event: EventRow) -> Evidence | None:
    """The bytes of an attachment that this event tells of; it may have changed again since. None for any other event."""
    proof = proofs.find(db, event.id)
    return _evidence(db, proof.capture_id) if proof is not None and proof.capture_id is not None else None
