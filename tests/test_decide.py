"""What a visit means: the table of cases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from crawler.compare.absence import AbsenceDecision, Sighting, decide_gone
from crawler.compare.attachment import decide_attachment
from crawler.compare.decide import (
    Joins,
    NewReport,
    NewVersion,
    ReadDecision,
    Suspected,
    Unchanged,
    UnlikeRecipes,
    decide_not_modified,
    decide_read,
)
from crawler.compare.identity import ENOUGH_TO_KNOW_AGAIN
from crawler.compare.memory import Known, Memory, SameTextElsewhere, Unknown, recall
from crawler.flow import ChangeEvent, EventKind, Significance
from storage.records import VersionRow
from tests.remembered import BODY, NOW, RULES, address, read, report, version


def known(*, withdrawn: bool = False, others: int = 0, here: VersionRow | None = None, **row: Any) -> Known:
    memory = recall(address(**row), report(withdrawn=withdrawn), version(), other_live_addresses=others, here=here)
    assert isinstance(memory, Known)
    return memory


def event_of(decision: ReadDecision | AbsenceDecision) -> ChangeEvent:
    assert not isinstance(decision, Suspected)
    assert decision.event is not None
    return decision.event


def test_a_report_listed_in_a_baseline_is_remembered_without_a_word() -> None:
    assert decide_read(read(), Unknown(address(report_id=None, silent=True)), now=NOW) == NewReport(None)


def test_a_report_never_seen_before_is_published() -> None:
    decision = decide_read(read(), Unknown(address(report_id=None)), now=NOW)
    event = event_of(decision)
    assert isinstance(decision, NewReport)
    assert (event.kind, event.report_id, event.from_version, event.to_version) == (EventKind.PUBLISHED, None, None, 1)
    assert event.summary == f"新发布，发布日期2021年2月18日，正文{sum(map(len, BODY))}字"
    assert (event.at, event.bureau_id, event.watch_id, event.url, event.title) == (NOW, "b", "b/w", address().url, "总结")


def elsewhere(*, withdrawn: bool = False, live: int = 1, silent: bool = False) -> SameTextElsewhere:
    memory = recall(address(report_id=None, silent=silent), report(withdrawn=withdrawn), version(), other_live_addresses=live)
    assert isinstance(memory, SameTextElsewhere)
    return memory


def test_the_same_text_under_another_address_joins_its_report_without_a_word() -> None:
    assert decide_read(read(), elsewhere(), now=NOW) == Joins(3, None)


def test_a_report_that_is_live_at_no_other_address_has_moved() -> None:
    decision = decide_read(read(), elsewhere(live=0), now=NOW)
    assert isinstance(decision, Joins)
    assert decision.moved
    assert (event_of(decision).kind, event_of(decision).report_id) == (EventKind.MOVED, 3)


def test_a_withdrawn_report_under_a_new_address_is_restored() -> None:
    decision = decide_read(read(), elsewhere(live=0, withdrawn=True), now=NOW)
    assert isinstance(decision, Joins)
    assert not decision.moved
    assert event_of(decision).kind is EventKind.RESTORED


@pytest.mark.parametrize(("length", "joins"), [(ENOUGH_TO_KNOW_AGAIN - 1, False), (ENOUGH_TO_KNOW_AGAIN, True)])
def test_short_texts_never_make_two_addresses_one_report(length: int, *, joins: bool) -> None:
    decision = decide_read(read(body=("法" * length,)), elsewhere(), now=NOW)
    assert isinstance(decision, Joins if joins else NewReport)
    assert decide_read(read(body=("法",)), elsewhere(silent=True), now=NOW) == NewReport(None)


def test_the_same_text_again_is_nothing() -> None:
    assert decide_read(read(), known(), now=NOW) == Unchanged(3, None)
    assert decide_not_modified(known(), now=NOW) == Unchanged(3, None)


def test_the_same_text_of_a_withdrawn_report_restores_it() -> None:
    for decision in (decide_read(read(), known(withdrawn=True), now=NOW), decide_not_modified(known(withdrawn=True), now=NOW)):
        assert isinstance(decision, Unchanged)
        event = event_of(decision)
        assert (event.kind, event.significance, event.summary) == (
            EventKind.RESTORED,
            Significance.WITHDRAWN,
            "恢复可见，内容未变",
        )


def test_another_text_is_a_revision_that_names_the_changed_figure() -> None:
    edited = read("1:bb", (BODY[0].replace("226", "236"), BODY[1]))
    decision = decide_read(edited, known(), now=NOW)
    event = event_of(decision)
    assert decision == NewVersion(3, 2, event)
    assert (event.kind, event.significance, event.from_version, event.to_version) == (
        EventKind.REVISED,
        Significance.FIGURE,
        1,
        2,
    )
    assert event.summary == "1处数字修改：全年共新收行政复议案件226件→236件"


def test_what_the_fold_ignores_is_not_told() -> None:
    edited = read("1:bb", (BODY[0].replace("226", "236"), f"{BODY[1]}★"))
    event = event_of(decide_read(edited, known(), now=NOW, fold=lambda text: text.replace("★", "")))
    assert event.summary == "1处数字修改：全年共新收行政复议案件226件→236件"


def test_a_withdrawn_report_that_comes_back_changed_is_one_event() -> None:
    decision = decide_read(read("1:bb", (BODY[0], "深化")), known(withdrawn=True), now=NOW)
    event = event_of(decision)
    assert isinstance(decision, NewVersion)
    assert (event.kind, event.significance) == (EventKind.RESTORED, Significance.WITHDRAWN)
    assert event.summary.startswith("恢复可见，并有改动：")


def test_a_copy_that_lags_behind_is_no_change_while_the_latest_text_is_live_elsewhere() -> None:
    behind = version("1:old")
    assert decide_read(read("1:old"), known(here=behind, others=1), now=NOW) == Unchanged(3, None)
    assert decide_read(read("1:aa"), known(here=behind, others=1), now=NOW) == Unchanged(3, None)
    assert isinstance(decide_read(read("1:old"), known(here=behind, others=0), now=NOW), NewVersion)
    assert isinstance(decide_read(read("1:new"), known(here=behind, others=1), now=NOW), NewVersion)


@pytest.mark.parametrize("here", [None, version("2:aa")])
def test_fingerprints_of_different_recipes_are_never_compared(here: VersionRow | None) -> None:
    fingerprint = "2:aa" if here is None else "1:aa"
    with pytest.raises(UnlikeRecipes, match="again"):
        decide_read(read(fingerprint), known(here=here), now=NOW)


def absent(sightings: int, hours: float, **more: Any) -> Known:
    return known(sightings=sightings, absent_since=NOW - timedelta(hours=hours) if sightings else None, **more)


@pytest.mark.parametrize(
    ("memory", "kind"),
    [
        (absent(0, 0), None),
        (absent(1, 100), None),
        (absent(2, 23.9), None),
        (absent(2, 24), EventKind.WITHDRAWN),
        (absent(9, 240), EventKind.WITHDRAWN),
        (absent(2, 24, others=1), EventKind.MOVED),
        (absent(2, 24, gone=True), None),
        (absent(2, 24, withdrawn=True), None),
        (Unknown(address(report_id=None, sightings=9, absent_since=NOW - timedelta(days=9))), None),
    ],
)
def test_an_absence_is_told_once_it_was_seen_often_and_long_enough(memory: Memory, kind: EventKind | None) -> None:
    decision = decide_gone(memory, Sighting(still_listed=False), now=NOW, rules=RULES)
    assert (decision.event and decision.event.kind) == kind
    assert decision.withdraws == (kind is EventKind.WITHDRAWN)
    assert not kind or decision.gone


def test_the_first_sighting_starts_the_clock_and_later_ones_leave_it() -> None:
    assert decide_gone(absent(0, 0), Sighting(still_listed=False), now=NOW, rules=RULES) == AbsenceDecision(1, NOW, False, None)  # noqa: FBT003
    later = decide_gone(absent(1, 5), Sighting(still_listed=False), now=NOW, rules=RULES)
    assert (later.sightings, later.absent_since) == (2, NOW - timedelta(hours=5))


def test_a_document_that_is_still_listed_is_a_broken_link_and_no_sighting() -> None:
    memory = absent(2, 240)
    decision = decide_gone(memory, Sighting(still_listed=True), now=NOW, rules=RULES)
    assert decision == AbsenceDecision(2, memory.address.absent_since, False, None)  # noqa: FBT003  it is not gone


def test_a_withdrawal_says_since_when_and_when_last_seen_in_chinese_time() -> None:
    event = event_of(decide_gone(absent(2, 24), Sighting(still_listed=False), now=NOW, rules=RULES))
    assert event.summary == "自2021年2月17日 10:30起在原址无法打开（最后一次见到：2021年2月18日 10:30）"


@pytest.mark.parametrize(
    ("row", "summary"),
    [
        ({"silent": True}, None),
        ({}, "新增附件：附件1.pdf"),
        ({"capture_id": 1, "sha256": "old"}, "附件内容变更：附件1.pdf"),
        ({"capture_id": 1, "sha256": "old", "silent": True}, "附件内容变更：附件1.pdf"),
        ({"capture_id": 1, "sha256": "new"}, None),
        ({"name": " 附\n件 "}, "新增附件：附 件"),
        ({"name": "", "url": "https://sfj.example/P02.pdf"}, "新增附件：P02.pdf"),
    ],
)
def test_an_attachment_is_news_when_it_is_added_or_has_other_bytes(row: dict[str, Any], summary: str | None) -> None:
    event = decide_attachment("new", address(**row), version(), now=NOW)
    assert (event and event.summary) == summary
    assert event is None or (event.kind, event.report_id, event.title) == (EventKind.ATTACHMENT_CHANGED, 3, "总结")
