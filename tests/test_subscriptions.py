"""Who is owed an alert, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.deliver.subscriptions import Alert, Subscription, When, alerts_for
from crawler.deliver.wording import SHANGHAI
from crawler.flow import ChangeEvent, EventKind, Significance

AT = datetime(2026, 3, 5, 8, 20, 7, tzinfo=UTC)  # a Thursday, 16:20 in Shanghai

EVENT = ChangeEvent(
    kind=EventKind.REVISED,
    at=AT,
    bureau_id="sh-minhang",
    watch_id="sh-minhang.ndbg",
    report_id=4,
    url="https://www.shmh.gov.cn/1.html",
    title="2020年闵行区司法局行政工作总结",
    significance=Significance.FIGURE,
    summary="1 处数据改动",
    from_version=1,
    to_version=2,
)
ALL = Subscription(to=("li@example.org",), bureaus=(), kinds=(), when="at-once", name="all")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind is not EventKind.BASELINE])
def test_a_subscription_that_names_no_kind_gets_every_kind_but_the_baseline(kind: EventKind) -> None:
    assert alerts_for(replace(EVENT, kind=kind), [ALL], AT) == (Alert("li@example.org", "all", AT),)


def test_a_baseline_is_told_only_to_those_who_ask_for_it_by_name() -> None:
    baseline = replace(EVENT, kind=EventKind.BASELINE)
    asking = replace(ALL, kinds=(EventKind.BASELINE,), name="asking")
    assert alerts_for(baseline, [ALL], AT) == ()
    assert alerts_for(baseline, [ALL, asking], AT) == (Alert("li@example.org", "asking", AT),)


def test_a_change_of_format_alone_is_mailed_to_nobody() -> None:
    asking = replace(ALL, kinds=(EventKind.REVISED,))
    assert alerts_for(replace(EVENT, significance=Significance.FORMAT), [ALL, asking], AT) == ()
    assert alerts_for(replace(EVENT, significance=Significance.WORDING), [ALL], AT) != ()


@pytest.mark.parametrize(
    ("bureaus", "kinds", "wanted"),
    [
        ((), (EventKind.REVISED,), True),
        ((), (EventKind.PUBLISHED, EventKind.REVISED), True),
        ((), (EventKind.PUBLISHED,), False),
        (("sh-minhang",), (), True),
        (("sh", "sh-minhang"), (), True),
        (("sh",), (), False),
        (("sh-minhang-2",), (), False),
        (("sh-minhang",), (EventKind.WITHDRAWN,), False),
    ],
)
def test_bureaus_and_kinds_must_both_fit(bureaus: tuple[str, ...], kinds: tuple[EventKind, ...], wanted: bool) -> None:  # noqa: FBT001  a column of the table
    chosen = replace(ALL, bureaus=bureaus, kinds=kinds)
    assert bool(alerts_for(EVENT, [chosen], AT)) is wanted


@pytest.mark.parametrize(
    ("when", "now", "due"),
    [
        ("daily", "2026-03-05 16:20:07", "2026-03-06 08:00"),
        ("daily", "2026-03-05 07:59:59", "2026-03-05 08:00"),
        ("daily", "2026-03-05 08:00:00", "2026-03-06 08:00"),  # that letter is being written already
        ("daily", "2026-12-31 23:30:00", "2027-01-01 08:00"),
        ("weekly", "2026-03-05 16:20:07", "2026-03-09 08:00"),
        ("weekly", "2026-03-09 07:59:59", "2026-03-09 08:00"),
        ("weekly", "2026-03-09 08:00:00", "2026-03-16 08:00"),
        ("weekly", "2026-03-08 23:59:59", "2026-03-09 08:00"),
    ],
)
def test_daily_and_weekly_letters_are_due_at_eight_in_shanghai(when: When, now: str, due: str) -> None:
    (alert,) = alerts_for(EVENT, [replace(ALL, when=when)], local(now))
    assert alert.due_at == local(due)


def test_an_at_once_alert_is_due_at_the_events_own_time() -> None:
    (alert,) = alerts_for(EVENT, [ALL], AT + timedelta(hours=3))
    assert alert.due_at == AT


def test_one_person_in_several_subscriptions_is_owed_one_alert_the_earliest() -> None:
    weekly = Subscription(("wang@example.org", "li@example.org"), (), (), "weekly", "weekly")
    alerts = alerts_for(EVENT, [weekly, ALL], AT)
    assert {(alert.recipient, alert.subscription) for alert in alerts} == {
        ("wang@example.org", "weekly"),
        ("li@example.org", "all"),
    }


def test_of_equally_early_subscriptions_the_first_one_is_named() -> None:
    (alert,) = alerts_for(EVENT, [ALL, replace(ALL, name="second")], AT)
    assert alert.subscription == "all"


def test_an_address_in_another_case_is_the_same_person() -> None:
    (alert,) = alerts_for(EVENT, [ALL, replace(ALL, to=("Li@Example.org",), name="second")], AT)
    assert alert.recipient == "li@example.org"


people = st.sampled_from(["li@example.org", "LI@example.org", "wang@example.org", "zhao@example.org"])
some = st.builds(
    Subscription,
    to=st.lists(people, max_size=4).map(tuple),
    bureaus=st.lists(st.sampled_from(["sh", "sh-minhang"]), max_size=2).map(tuple),
    kinds=st.lists(st.sampled_from(EventKind), max_size=3).map(tuple),
    when=st.sampled_from(["at-once", "daily", "weekly"]),
    name=st.text(max_size=3),
)
zones = st.sampled_from([UTC, SHANGHAI, timezone(timedelta(hours=-9))])
moments = st.builds(lambda later, zone: (AT + later).astimezone(zone), st.timedeltas(timedelta(0), timedelta(days=3000)), zones)


@given(st.lists(some, max_size=6), moments, st.sampled_from(EventKind))
def test_everybody_who_is_owed_something_is_owed_it_once(
    subscriptions: list[Subscription], now: datetime, kind: EventKind
) -> None:
    event = replace(EVENT, kind=kind)
    owed = [alert.recipient.casefold() for alert in alerts_for(event, subscriptions, now)]
    alone = {alert.recipient.casefold() for one in subscriptions for alert in alerts_for(event, [one], now)}
    assert len(owed) == len(set(owed))
    assert set(owed) == alone


@given(st.lists(some, max_size=6), moments)
def test_the_order_of_subscriptions_changes_no_due_time(subscriptions: list[Subscription], now: datetime) -> None:
    due = {alert.recipient.casefold(): alert.due_at for alert in alerts_for(EVENT, subscriptions, now)}
    turned = {alert.recipient.casefold(): alert.due_at for alert in alerts_for(EVENT, subscriptions[::-1], now)}
    assert due == turned


@given(st.sampled_from(["daily", "weekly"]), moments)
def test_a_digest_is_due_after_now_at_eight_and_within_its_period(when: When, now: datetime) -> None:
    (alert,) = alerts_for(EVENT, [replace(ALL, when=when)], now)
    there = alert.due_at.astimezone(SHANGHAI)
    assert timedelta(0) < alert.due_at - now <= timedelta(days=7 if when == "weekly" else 1)
    assert (there.hour, there.minute, there.second, there.microsecond) == (8, 0, 0, 0)
    assert when == "daily" or there.weekday() == 0
    assert alert.due_at.tzinfo is UTC
