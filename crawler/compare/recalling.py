"""Gathers from the archive what is remembered of the report at an address, or of the one it may be. Decides nothing."""

from __future__ import annotations

from dataclasses import replace

from crawler.compare.identity import ENOUGH_TO_KNOW_AGAIN, is_corrected_copy
from crawler.compare.memory import AlikeElsewhere, Known, Memory, SameTextElsewhere, Standing, Unknown, recall
from crawler.compare.remember import Desk
from crawler.flow import CleanText
from storage import archive, frontier, suspicions
from storage.records import AddressRow, VersionRow


def memory_of(desk: Desk, row: AddressRow, text: CleanText | None = None) -> Memory:
    """What is remembered at an address.

    Args:
        desk: where the visit is written up.
        row: the address as it was before the visit.
        text: what was read there now; None where nothing was.
    """
    if row.report_id is None:
        return _of_new(desk, row, text) if text is not None else Unknown(row)
    db = desk.context.db
    report, latest = archive.report(db, row.report_id), archive.latest_version(db, row.report_id)
    here = archive.version(db, row.report_id, row.version) if row.version is not None else None
    others = len(_live(desk, row.report_id, row))
    memory = recall(row, report, latest, other_live_addresses=others, here=here)
    if text is None or not isinstance(memory, Known) or text.fingerprint == memory.latest.fingerprint:
        return memory
    twin = archive.with_fingerprint(db, row.bureau_id, text.fingerprint)
    return replace(
        memory,
        fingerprints=tuple(archive.fingerprints(db, row.report_id)),
        twin=_same_text(desk, row, twin) if twin is not None and twin.report_id != row.report_id else None,
        suspected_too=suspicions.of_same_text(db, row.bureau_id, text.fingerprint, but=row.id),
    )


def _of_new(desk: Desk, row: AddressRow, text: CleanText) -> Memory:
    """An address where nothing was ever read: which report of the bureau has its text, had it once, or has nearly it."""
    db = desk.context.db
    twin = archive.with_fingerprint(db, row.bureau_id, text.fingerprint)
    if twin is not None:
        return _same_text(desk, row, twin)
    if sum(map(len, text.body)) < ENOUGH_TO_KNOW_AGAIN:
        return Unknown(row)
    former = archive.with_former_fingerprint(db, row.bureau_id, text.fingerprint)
    if former is not None:
        return _alike(desk, row, former.report_id, former.number)
    for copy in archive.perhaps_copies(db, row.bureau_id, title=text.title, body=text.body):
        same_day = copy.published is None or text.published is None or copy.published == text.published
        if same_day and is_corrected_copy((copy.title, copy.body), (text.title, text.body), desk.context.fold):
            return _alike(desk, row, copy.report_id, None)
    return Unknown(row)


def _same_text(desk: Desk, row: AddressRow, twin: VersionRow) -> SameTextElsewhere:
    report = archive.report(desk.context.db, twin.report_id)
    assert report is not None
    # An address that was only sighted as gone may be back at the next look: that the report has moved is told when it is sure.
    standing = [other for other in _of_report(desk, twin.report_id, row) if not other.gone]
    return SameTextElsewhere(row, report, twin, len(standing))


def _alike(desk: Desk, row: AddressRow, report_id: int, former: int | None) -> AlikeElsewhere:
    report, latest = archive.report(desk.context.db, report_id), archive.latest_version(desk.context.db, report_id)
    assert report is not None
    assert latest is not None
    live = _live(desk, report_id, row)
    return AlikeElsewhere(row, report, latest, len(live), _standing(desk, row, live), former)


def _standing(desk: Desk, row: AddressRow, live: list[AddressRow]) -> Standing:
    beside = [other for other in live if other.watch_id == row.watch_id and other.delisted_at is None]
    if not beside:
        return "apart"
    listed = [other.last_listed_at for other in beside if other.last_listed_at is not None]
    return "beside" if any(at >= desk.tally.started_at for at in listed) else "unsure"


def _live(desk: Desk, report_id: int, row: AddressRow) -> list[AddressRow]:
    """The report's addresses, without this one, that were found there at their last visit."""
    return [other for other in _of_report(desk, report_id, row) if not other.gone and not other.sightings]


def _of_report(desk: Desk, report_id: int, row: AddressRow) -> list[AddressRow]:
    return [other for other in frontier.of_report(desk.context.db, report_id) if other.role == "report" and other.id != row.id]
