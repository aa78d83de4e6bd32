"""What any sequence of visits to one address comes to, with the rows kept as the archive keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crawler.compare.absence import AbsenceDecision, Sighting, decide_gone
from crawler.compare.decide import (
    NewReport,
    NewVersion,
    ReadDecision,
    Suspected,
    Unchanged,
    decide_not_modified,
    decide_read,
)
from crawler.compare.memory import Known, Memory, recall
from crawler.flow import EventKind
from storage.records import AddressRow, ReportRow, VersionRow
from tests.remembered import BODY, NOW, RULES, address, read, report, version


@dataclass
class Archive:
    address: AddressRow = field(default_factory=lambda: address(report_id=None))
    report: ReportRow | None = None
    versions: list[VersionRow] = field(default_factory=list)
    events: list[EventKind] = field(default_factory=list)

    def memory(self) -> Memory:
        return recall(self.address, self.report, self.versions[-1] if self.versions else None, other_live_addresses=0)

    def visit(self, seen: str, now: datetime) -> ReadDecision | AbsenceDecision | None:
        memory = self.memory()
        decision: ReadDecision | AbsenceDecision | None = None
        if seen in {"gone", "broken link"}:
            decision = decide_gone(memory, Sighting(still_listed=seen == "broken link"), now=now, rules=RULES)
            self.address = replace(
                self.address, sightings=decision.sightings, absent_since=decision.absent_since, gone=decision.gone
            )
            self.report = self.report and replace(self.report, withdrawn=self.report.withdrawn or decision.withdraws)
        elif seen == "not modified":
            decision = decide_not_modified(memory, now=now) if isinstance(memory, Known) else None
        else:
            decision = decide_read(read(f"1:{seen}", (*BODY, seen)), memory, now=now)
            if isinstance(decision, NewReport | NewVersion):
                self.versions.append(version(f"1:{seen}", len(self.versions) + 1, (*BODY, seen)))
        if isinstance(decision, NewReport | NewVersion | Unchanged):
            self.address = replace(self.address, report_id=3, sightings=0, absent_since=None, gone=False)
            self.report = report(last_seen_at=now)
        if decision and not isinstance(decision, Suspected) and decision.event:
            self.events.append(decision.event.kind)
        return decision


visits = st.lists(
    st.tuples(st.sampled_from(["甲", "乙", "gone", "gone", "gone", "broken link", "not modified"]), st.floats(0, 40)),
    max_size=40,
)


@given(visits)
def test_withdrawn_and_restored_alternate(story: list[tuple[str, float]]) -> None:
    archive, now = Archive(), NOW
    for seen, hours in story:
        archive.visit(seen, now := now + timedelta(hours=hours))
    turns = [kind for kind in archive.events if kind in {EventKind.WITHDRAWN, EventKind.RESTORED}]
    assert turns[:1] in ([], [EventKind.WITHDRAWN])
    assert all(one is not other for one, other in pairwise(turns))


@given(visits)
def test_each_new_text_is_one_event_and_the_same_text_none(story: list[tuple[str, float]]) -> None:
    archive, now = Archive(), NOW
    for seen, hours in story:
        archive.visit(seen, now := now + timedelta(hours=hours))
    texts = [seen for seen, _ in story if seen in {"甲", "乙"}]
    changes = [texts[:1], *([other] for one, other in pairwise(texts) if one != other)]
    assert [version.body[-1] for version in archive.versions] == [text for change in changes for text in change]
    told = [kind for kind in archive.events if kind in {EventKind.PUBLISHED, EventKind.REVISED}]
    assert told[:1] == [EventKind.PUBLISHED] * len(archive.versions[:1])
    assert told.count(EventKind.PUBLISHED) <= 1
    assert len(told) + archive.events.count(EventKind.RESTORED) >= len(archive.versions)


@given(visits)
def test_a_reading_starts_the_count_of_sightings_again(story: list[tuple[str, float]]) -> None:
    archive, now, in_a_row = Archive(), NOW, 0
    for seen, hours in story:
        archive.visit(seen, now := now + timedelta(hours=hours))
        if archive.report is None or seen not in {"gone", "broken link"}:
            in_a_row = 0
        in_a_row += archive.report is not None and seen == "gone"
        assert archive.address.sightings == in_a_row
        assert (archive.address.absent_since is None) == (in_a_row == 0)
        assert archive.address.absent_since is None or archive.address.absent_since <= now


@given(visits)
def test_nothing_is_withdrawn_before_enough_sightings_over_enough_time(story: list[tuple[str, float]]) -> None:
    archive, now = Archive(), NOW
    for seen, hours in story:
        decision = archive.visit(seen, now := now + timedelta(hours=hours))
        if isinstance(decision, AbsenceDecision) and decision.withdraws:
            assert decision.absent_since is not None
            assert decision.sightings >= RULES.sightings
            assert now - decision.absent_since >= timedelta(hours=RULES.hours)


@given(visits)
def test_deciding_twice_is_deciding_once(story: list[tuple[str, float]]) -> None:
    one, other, now = Archive(), Archive(), NOW
    for seen, hours in story:
        now += timedelta(hours=hours)
        assert one.visit(seen, now) == other.visit(seen, now)


def test_a_text_that_changes_and_changes_back_is_revised_twice() -> None:
    archive = Archive()
    for seen in ("甲", "乙", "乙", "甲", "甲"):
        archive.visit(seen, NOW)
    assert archive.events == [EventKind.PUBLISHED, EventKind.REVISED, EventKind.REVISED]
    assert [version.number for version in archive.versions] == [1, 2, 3]
