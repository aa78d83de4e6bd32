"""Which alerts of a person make a letter, and which wait for the next morning."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.deliver.bundling import BACKLOG_AFTER, STORM, STORM_OF_BASELINES, Owed, Plan, plan
from crawler.flow import EventKind

NOW = datetime(2026, 3, 5, 8, 20, tzinfo=UTC)
ONE = Owed(1, 11, EventKind.REVISED, "a.gov.cn", NOW, "at-once", "zh")


def many(count: int, *, hosts: int | None = None, late: timedelta = timedelta(0), kind: EventKind = ONE.kind) -> list[Owed]:
    """Alerts, each a second younger than the one before; of so many hosts, else each of its own."""
    return [
        replace(
            ONE, alert_id=at, event_id=at + 10, kind=kind, host=f"h{at % (hosts or count)}.gov.cn",
            due_at=NOW - late - timedelta(seconds=count - at),
        )
        for at in range(1, count + 1)
    ]  # fmt: skip


def planned(owed: list[Owed], *, sent_today: int = 0, most_a_day: int = 20) -> Plan:
    return plan(owed, sent_today=sent_today, most_a_day=most_a_day, now=NOW)


def forms(found: Plan) -> list[tuple[str, int]]:
    return [(bundle.form, len(bundle.owed)) for bundle in found.bundles]


@pytest.mark.parametrize(
    ("owed", "expected"),
    [
        ([], []),
        ([ONE], [("single", 1)]),
        (many(STORM - 1, hosts=1), [("single", 1)] * (STORM - 1)),
        (many(STORM, hosts=1), [("storm", STORM)]),
        (many(STORM, hosts=2), [("single", 1)] * STORM),
        (many(1, kind=EventKind.BASELINE), [("single", 1)]),
        (many(STORM_OF_BASELINES, hosts=1, kind=EventKind.BASELINE), [("storm", STORM_OF_BASELINES)]),
        ([replace(ONE, bundle="weekly"), replace(ONE, alert_id=2, bundle="daily")], [("daily", 1), ("weekly", 1)]),
        ([ONE, replace(ONE, alert_id=2, bundle="daily")], [("single", 1), ("daily", 1)]),
        (many(20), [("single", 1)] * 20),
    ],
)
def test_alerts_are_bundled(owed: list[Owed], expected: list[tuple[str, int]]) -> None:
    found = planned(owed)
    assert forms(found) == expected
    assert found.put_off == ()


def test_baselines_and_changes_of_a_host_are_not_one_storm() -> None:
    changes, firsts = many(STORM - 1, hosts=1), many(2, hosts=1, kind=EventKind.BASELINE)
    found = planned([*changes, *(replace(one, alert_id=one.alert_id + 90) for one in firsts)])
    assert Counter(forms(found)) == Counter([("single", 1)] * (STORM - 1) + [("storm", 2)])


def test_what_is_over_the_cap_waits_for_the_morning_the_oldest_go_first() -> None:
    owed = many(8)
    found = planned(owed[::-1], sent_today=2, most_a_day=5)
    assert [bundle.owed for bundle in found.bundles] == [(one,) for one in owed[:3]]
    assert found.put_off == tuple(owed[3:])


def test_a_storm_is_one_letter_of_the_cap() -> None:
    assert forms(planned(many(50, hosts=1), sent_today=19)) == [("storm", 50)]
    assert planned(many(50, hosts=1), sent_today=20).put_off == tuple(many(50, hosts=1))


def test_digests_go_out_though_the_cap_is_reached() -> None:
    found = planned([*many(3), replace(ONE, alert_id=99, bundle="daily")], sent_today=25)
    assert forms(found) == [("daily", 1)]
    assert found.put_off == tuple(many(3))


def test_an_outage_ends_with_one_digest_oldest_first() -> None:
    owed = many(5_000, late=BACKLOG_AFTER)
    found = planned(owed[::-1], sent_today=19)
    assert [(bundle.form, bundle.owed) for bundle in found.bundles] == [("backlog", tuple(owed))]
    assert found.put_off == ()


def test_few_letters_after_an_outage_come_each_for_itself() -> None:
    assert forms(planned(many(5, late=timedelta(days=2)))) == [("single", 1)] * 5


def test_after_an_outage_the_cap_still_holds_where_it_was_reached() -> None:
    owed = many(30, late=BACKLOG_AFTER)
    assert planned(owed, sent_today=20) == Plan((), tuple(owed))


def test_a_letters_language_is_its_oldest_alerts() -> None:
    old, young = many(2)
    both = [replace(young, bundle="daily", language="zh"), replace(old, bundle="daily", language="en")]
    (bundle,) = planned(both).bundles
    assert (bundle.language, bundle.owed[0].alert_id) == ("en", 1)


alerts = st.builds(
    replace,
    st.just(ONE),
    alert_id=st.integers(1, 10_000),
    kind=st.sampled_from([EventKind.BASELINE, EventKind.REVISED, EventKind.PUBLISHED]),
    host=st.sampled_from(["a.gov.cn", "b.gov.cn", "c.gov.cn"]),
    due_at=st.integers(0, 10_000).map(lambda seconds: NOW - timedelta(seconds=seconds)),
    bundle=st.sampled_from(["at-once", "at-once", "daily", "weekly"]),
    language=st.sampled_from(["zh", "en"]),
)
people = st.lists(alerts, max_size=40, unique_by=lambda one: one.alert_id)
counts = st.integers(0, 12)


@given(people, counts, st.integers(1, 12))
def test_every_alert_is_in_exactly_one_bundle_or_put_off(owed: list[Owed], sent_today: int, most_a_day: int) -> None:
    found = planned(owed, sent_today=sent_today, most_a_day=most_a_day)
    placed = [one.alert_id for bundle in found.bundles for one in bundle.owed] + [one.alert_id for one in found.put_off]
    assert sorted(placed) == sorted(one.alert_id for one in owed)
    assert all(bundle.owed for bundle in found.bundles)


@given(people, counts, st.integers(1, 12))
def test_a_person_gets_never_more_letters_at_once_than_the_cap_leaves(
    owed: list[Owed], sent_today: int, most_a_day: int
) -> None:
    found = planned(owed, sent_today=sent_today, most_a_day=most_a_day)
    at_once = [bundle for bundle in found.bundles if bundle.form not in {"daily", "weekly"}]
    assert len(at_once) <= max(0, most_a_day - sent_today)
    assert all(len([one for one in found.bundles if one.form == form]) <= 1 for form in ("daily", "weekly", "backlog"))
    assert all(one.bundle == "at-once" for bundle in at_once for one in bundle.owed)
    assert all(one.bundle == "at-once" for one in found.put_off)


@given(people, counts, st.integers(1, 12))
def test_the_oldest_go_first_and_within_a_letter_stand_first(owed: list[Owed], sent_today: int, most_a_day: int) -> None:
    found = planned(owed, sent_today=sent_today, most_a_day=most_a_day)
    at_once = [bundle.owed[0].due_at for bundle in found.bundles if bundle.form not in {"daily", "weekly"}]
    assert at_once == sorted(at_once)
    for stretch in (*(bundle.owed for bundle in found.bundles), found.put_off):
        assert [one.due_at for one in stretch] == sorted(one.due_at for one in stretch)


@given(people, counts, st.integers(1, 12))
def test_the_order_in_which_alerts_are_given_changes_nothing(owed: list[Owed], sent_today: int, most_a_day: int) -> None:
    turned = owed[::-1]
    assert planned(owed, sent_today=sent_today, most_a_day=most_a_day) == planned(
        turned, sent_today=sent_today, most_a_day=most_a_day
    )
