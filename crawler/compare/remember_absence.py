"""Stores what it came to that a report's address answered "there is no such document". Opens no transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from crawler.compare.absence import AbsenceRules, Sighting, decide_gone, how_gone
from crawler.compare.memory import Known
from crawler.compare.recalling import memory_of
from crawler.compare.remember import Desk, failed
from crawler.compare.revisit import next_absence_check, next_address_visit
from crawler.compare.upheaval import EN_MASSE, is_large_share, marks_of
from spiders.failures import Failure
from spiders.fetched import FailedVisit
from storage import archive, frontier, suspicions
from storage.records import AddressRow
from storage.suspicions import Episode

_ONE_LOSS: Final = timedelta(days=1)
"""What is lost within this time was lost together."""


def gone(desk: Desk, visit: FailedVisit) -> None:
    """A report's address says that there is no such document: a sighting, perhaps the last one that was needed.

    It is none while the column itself cannot be read (a site that sends everything home has not withdrawn everything), nor
    where no report was ever read (a fresh row whose page is not there yet).
    """
    row, db, now = desk.address(visit.url), desk.context.db, desk.context.now()
    if desk.tally.listing_failure is not None or row.report_id is None:
        failed(desk, visit)
        return
    monitor = desk.context.config.settings.monitor
    wait = timedelta(seconds=monitor.confirm_after_s)
    rules = AbsenceRules(monitor.withdrawal_sightings, monitor.withdrawal_hours, wait)
    still_listed = row.last_listed_at is not None and row.last_listed_at >= desk.tally.started_at
    how = how_gone(visit.failure, visit.detail)
    en_masse = row.sightings + 1 >= rules.sightings and not row.gone and _is_en_masse(desk, row)
    memory = memory_of(desk, row)
    decision = decide_gone(memory, Sighting(still_listed, how, en_masse), now=now, rules=rules)
    if decision.event is not None:
        desk.tell(decision.event, marks_of(decision.event.kind) | ({EN_MASSE} if en_masse else frozenset()))
    if decision.withdraws and isinstance(memory, Known):
        archive.saw_report(db, memory.report.id, now=now, withdrawn=True)
    if row.suspect:
        suspicions.settle(db, row.id, blips=row.blips)
    if decision.gone or still_listed:
        due = next_address_visit(desk.target.watch, now=now)
    else:
        due = next_absence_check(desk.target.watch, sightings=rules.sightings, hours=rules.hours, now=now)
    frontier.absent(
        db,
        row.id,
        now=now,
        next_due_at=due,
        sightings=decision.sightings,
        absent_since=decision.absent_since,
        gone=decision.gone,
        how=how or "gone",
    )
    if decision.look_again and decision.absent_since is not None:
        suspicions.expect_gone(db, row.id, since=decision.absent_since, next_due_at=decision.absent_since + wait)
    if decision.gone:
        desk.close_issue("report", visit.url)  # the event has told it; it needs nobody any more
    else:
        failure = Failure.BROKEN_LINK if still_listed else visit.failure
        desk.raise_issue("report", visit.url, failure, visit.detail, now)


def _is_en_masse(desk: Desk, row: AddressRow) -> bool:
    """Whether a large share of the watch's or the host's reports that were looked at lately is gone."""
    db, this = desk.context.db, row.sightings == 0  # it is counted among the sighted from its second time on
    episode = Episode((row.absent_since or desk.tally.started_at) - _ONE_LOSS, desk.tally.started_at)
    here = suspicions.of_a_watch(db, row.watch_id, episode)
    there = suspicions.of_a_host(db, row.key.partition("/")[0], episode)
    return any(is_large_share(troubles.absent + this, troubles.looked_at) for troubles in (here, there))
