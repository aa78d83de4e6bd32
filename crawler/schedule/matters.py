"""Gathers from the archive what subscriptions may ask of an event. Judges nothing: `deliver.subscriptions` does."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.change import TITLE
from crawler.clean.normalise import folded
from crawler.compare.diff import compare_reports
from crawler.deliver.matter import Matter, Passage, touched
from crawler.flow import ChangeEvent, EventKind
from crawler.interpret.kinds import recognise
from crawler.knowledge import Told, path_at
from crawler.schedule.tell import tell, the_vocabulary
from seeds.schema import Bureau
from storage import archive
from storage.database import Database
from storage.records import VersionRow


def matter_of(db: Database, event: ChangeEvent, bureau: Bureau | None, *, with_content: bool = True) -> Matter:
    """An event with what its bureau and its report are, and what it says.

    Args:
        db: the archive; the event's versions are in it.
        event: what happened.
        bureau: whose it is; None where it is in no seed any more.
        with_content: also the kind of report and the passages, which costs some 10 ms for a report.
    """
    region, level = (bureau.region, bureau.level) if bureau is not None else ("", "")
    if not with_content:
        return Matter(event, region, level, None)
    old, new = _version(db, event, event.from_version), _version(db, event, event.to_version)
    known = new or old
    recognised = recognise(
        known.title if known else event.title,
        known.body if known else (),
        published=known.published if known else None,
        source=known.source if known else "",
        number=known.fields.document_number if known else "",
    )
    names_a_report = known is not None or event.kind is EventKind.OVERDUE
    return Matter(event, region, level, recognised.kind if names_a_report else None, tuple(_passages(event, old, new)))


def _version(db: Database, event: ChangeEvent, number: int | None) -> VersionRow | None:
    return archive.version(db, event.report_id, number) if event.report_id is not None and number is not None else None


def _passages(event: ChangeEvent, old: VersionRow | None, new: VersionRow | None) -> Iterator[Passage]:
    if old is not None and new is not None and old.id != new.id and event.kind is EventKind.REVISED:
        changes = compare_reports(tell(old.title, old.body), tell(new.title, new.body), fold=folded)
        for change in changes:
            counted = [(figure.indicator, figure.unit) for figure in change.figures]
            yield Passage(change.section, touched(change), tuple(_named(counted)))
        return
    known = new or old
    yield Passage(TITLE, known.title if known else event.title)
    if known is None or event.kind is EventKind.ATTACHMENT_CHANGED:
        yield Passage("", event.summary)
        return
    yield from _paragraphs(tell(known.title, known.body))


def _paragraphs(told: Told) -> Iterator[Passage]:
    """All of a report, a paragraph each."""
    at, left = 0, list(told.figures)
    for paragraph in told.body:
        end = at + len(paragraph)
        counted = []
        while left and left[0].start < end:
            figure = left.pop(0)
            counted.append((figure.indicator, figure.unit_norm))
        yield Passage(path_at(told.sections, at), paragraph, tuple(_named(counted)))
        at = end + 1


def _named(counted: list[tuple[str, str]]) -> Iterator[str]:
    """Indicators in the report's words, and by the vocabulary's names for them."""
    for indicator, unit in counted:
        yield indicator
        if concept := the_vocabulary().concept_of(indicator, unit):
            yield concept
