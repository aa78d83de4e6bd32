"""Who is owed an alert, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.deliver.matter import Matter, Passage
from crawler.deliver.subscriptions import Subscription, alerts_for, delivery_before, judge
from crawler.deliver.wording import SHANGHAI
from crawler.flow import Alert, ChangeEvent, EventKind, Significance, When
from crawler.knowledge import ReportKind

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
FIGURE = Passage("一、行政复议", "全年共收行政复议案件226件\n全年共收行政复议案件236件", ("行政复议案件", "行政复议收案"))
WORDING = Passage("二、人民调解", "调解组织进一步健全", ())
MATTER = Matter(EVENT, "上海市/闵行区", "district", ReportKind.WORK_SUMMARY, (FIGURE, WORDING))
ALL = Subscription("all", ("li@example.org",))


def of(**changed: Any) -> Matter:
    """The matter with another event."""
    return replace(MATTER, event=replace(EVENT, **changed))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind is not EventKind.BASELINE])
def test_a_subscription_that_names_no_kind_gets_every_kind_but_the_baseline(kind: EventKind) -> None:
    assert alerts_for(of(kind=kind), [ALL], AT) == (Alert("li@example.org", "all", AT),)


def test_a_baseline_is_told_only_to_those_who_ask_for_it_by_name() -> None:
    baseline = of(kind=EventKind.BASELINE)
    asking = replace(ALL, kinds=(EventKind.BASELINE,), name="asking")
    assert alerts_for(baseline, [ALL], AT) == ()
    assert alerts_for(baseline, [ALL, asking], AT) == (Alert("li@example.org", "asking", AT),)


def test_a_change_of_format_alone_is_mailed_to_nobody() -> None:
    asking = replace(ALL, kinds=(EventKind.REVISED,))
    assert alerts_for(of(significance=Significance.FORMAT), [ALL, asking], AT) == ()
    assert alerts_for(of(significance=Significance.WORDING), [ALL], AT) != ()


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
    assert bool(alerts_for(MATTER, [chosen], AT)) is wanted


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ({"regions": ("上海市",)}, True),
        ({"regions": ("上海市/闵行区",)}, True),
        ({"regions": ("上海",)}, False),  # a region ends at a stroke
        ({"regions": ("江苏省", "上海市/黄浦区")}, False),
        ({"levels": ("district", "county")}, True),
        ({"levels": ("city",)}, False),
        ({"reports": (ReportKind.WORK_SUMMARY,)}, True),
        ({"reports": (ReportKind.RULE_OF_LAW,)}, False),
        ({"words": ("行政复议",)}, True),
        ({"words": ("普法", "调解组织")}, True),
        ({"words": ("行政 复议 案件 ２２６ 件",)}, True),  # spaces and width do not count
        ({"words": ("普法",)}, False),
        ({"words": ("人民调解",)}, False),  # stands in a heading only
        ({"indicators": ("行政复议案件",)}, True),
        ({"indicators": ("行政复议收案",)}, True),  # by the vocabulary's name
        ({"indicators": ("调解组织",)}, False),  # no figure of it
        ({"sections": ("行政复议",)}, True),
        ({"sections": ("普法",)}, False),
        ({"words": ("调解组织",), "sections": ("人民调解",)}, True),
        ({"words": ("调解组织",), "sections": ("行政复议",)}, False),  # each is there, not in one place
        ({"indicators": ("行政复议案件",), "sections": ("人民调解",)}, False),
        ({"least": Significance.FIGURE}, True),
        ({"regions": ("上海市",), "levels": ("city",)}, False),
    ],
)
def test_every_condition_that_is_set_must_hold(condition: dict[str, Any], wanted: bool) -> None:  # noqa: FBT001  a column of the table
    chosen = replace(ALL, **condition)
    verdict = judge(chosen, MATTER)
    assert verdict.wanted is wanted
    assert bool(alerts_for(MATTER, [chosen], AT)) is wanted
    assert set(verdict.against) <= set(verdict.reasons)
    assert wanted is not bool(verdict.against), "the reasons against are those that say no"


@pytest.mark.parametrize(
    ("least", "significance", "wanted"),
    [
        (Significance.WORDING, Significance.FORMAT, False),
        (Significance.WORDING, Significance.WORDING, True),
        (Significance.CLAUSE, Significance.WORDING, False),
        (Significance.CLAUSE, Significance.CLAUSE, True),
        (Significance.FIGURE, Significance.CLAUSE, False),
        (Significance.FIGURE, Significance.FIGURE, True),
    ],
)
def test_a_revision_must_be_weighty_enough(least: Significance, significance: Significance, wanted: bool) -> None:  # noqa: FBT001  likewise
    assert bool(alerts_for(of(significance=significance), [replace(ALL, least=least)], AT)) is wanted
    published = of(significance=significance, kind=EventKind.PUBLISHED)
    assert alerts_for(published, [replace(ALL, least=least)], AT), "a new report has no weight to be asked for"


def test_an_event_without_a_report_is_no_kind_of_report_and_says_no_words() -> None:
    bare = replace(MATTER, report=None, passages=())
    assert alerts_for(bare, [ALL], AT)
    for condition in ({"reports": tuple(ReportKind)}, {"words": ("行政复议",)}, {"sections": ("一",)}, {"indicators": ("件",)}):
        assert not alerts_for(bare, [replace(ALL, **condition)], AT)
        assert replace(ALL, **condition).asks_for_content
    assert not replace(ALL, regions=("上海市",), least=Significance.FIGURE).asks_for_content


def test_a_bureau_that_is_in_no_seed_any_more_lies_nowhere() -> None:
    lost = replace(MATTER, region="", level="")
    assert not alerts_for(lost, [replace(ALL, regions=("上海市",))], AT)
    assert not alerts_for(lost, [replace(ALL, levels=("district",))], AT)


@pytest.mark.parametrize(
    ("quiet", "at", "due"),
    [
        ("22:00-07:00", "2026-03-05 21:59:59", "2026-03-05 21:59:59"),
        ("22:00-07:00", "2026-03-05 22:00:00", "2026-03-06 07:00:00"),
        ("22:00-07:00", "2026-03-05 23:59:59", "2026-03-06 07:00:00"),
        ("22:00-07:00", "2026-03-06 00:00:00", "2026-03-06 07:00:00"),
        ("22:00-07:00", "2026-03-06 06:59:59", "2026-03-06 07:00:00"),
        ("22:00-07:00", "2026-03-06 07:00:00", "2026-03-06 07:00:00"),
        ("22:00-07:00", "2026-12-31 23:00:00", "2027-01-01 07:00:00"),
        ("12:00-14:30", "2026-03-05 11:59:59", "2026-03-05 11:59:59"),
        ("12:00-14:30", "2026-03-05 12:00:00", "2026-03-05 14:30:00"),
        ("12:00-14:30", "2026-03-05 14:30:00", "2026-03-05 14:30:00"),
        ("22:00-00:00", "2026-03-05 22:30:00", "2026-03-06 00:00:00"),
        ("00:00-07:00", "2026-03-06 00:00:00", "2026-03-06 07:00:00"),
    ],
)
def test_nothing_is_due_in_quiet_hours(quiet: str, at: str, due: str) -> None:
    begin, _, end = quiet.partition("-")
    asked = replace(ALL, quiet=(time.fromisoformat(begin), time.fromisoformat(end)))
    (alert,) = alerts_for(of(at=local(at)), [asked], local(at))
    assert alert.due_at == local(due)


def test_an_alert_has_the_language_and_the_turn_of_its_subscription() -> None:
    (alert,) = alerts_for(MATTER, [replace(ALL, language="en", when="weekly")], AT)
    assert (alert.language, alert.bundle, alert.subscription) == ("en", "weekly", "all")


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
    (alert,) = alerts_for(MATTER, [replace(ALL, when=when)], local(now))
    assert (alert.due_at, alert.bundle) == (local(due), when)


def test_an_at_once_alert_is_due_at_the_events_own_time() -> None:
    (alert,) = alerts_for(MATTER, [ALL], AT + timedelta(hours=3))
    assert alert.due_at == AT


def test_one_person_in_several_subscriptions_is_owed_one_alert_the_earliest() -> None:
    weekly = Subscription("weekly", ("wang@example.org", "li@example.org"), when="weekly")
    alerts = alerts_for(MATTER, [weekly, ALL], AT)
    assert {(alert.recipient, alert.subscription) for alert in alerts} == {
        ("wang@example.org", "weekly"),
        ("li@example.org", "all"),
    }


def test_of_equally_early_subscriptions_the_first_one_is_named() -> None:
    (alert,) = alerts_for(MATTER, [ALL, replace(ALL, name="second")], AT)
    assert alert.subscription == "all"


def test_an_address_in_another_case_is_the_same_person() -> None:
    (alert,) = alerts_for(MATTER, [ALL, replace(ALL, to=("Li@Example.org",), name="second")], AT)
    assert alert.recipient == "li@example.org"


people = st.sampled_from(["li@example.org", "LI@example.org", "wang@example.org", "zhao@example.org"])
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
some = st.builds(
    Subscription,
    to=st.lists(people, max_size=4).map(tuple),
    bureaus=st.lists(st.sampled_from(["sh", "sh-minhang"]), max_size=2).map(tuple),
    kinds=st.lists(st.sampled_from(EventKind), max_size=3).map(tuple),
    least=st.sampled_from([Significance.WORDING, Significance.CLAUSE, Significance.FIGURE]),
    words=st.lists(st.sampled_from(["行政复议", "普法"]), max_size=2).map(tuple),
    quiet=st.none() | st.tuples(clocks, clocks).filter(lambda hours: hours[0] != hours[1]),
    when=st.sampled_from(["at-once", "daily", "weekly"]),
    name=st.text(max_size=3),
)
zones = st.sampled_from([UTC, SHANGHAI, timezone(timedelta(hours=-9))])
moments = st.builds(lambda later, zone: (AT + later).astimezone(zone), st.timedeltas(timedelta(0), timedelta(days=3000)), zones)


@given(st.lists(some, max_size=6), moments, st.sampled_from(EventKind))
def test_everybody_who_is_owed_something_is_owed_it_once(
    subscriptions: list[Subscription], now: datetime, kind: EventKind
) -> None:
    event = of(kind=kind)
    owed = [alert.recipient.casefold() for alert in alerts_for(event, subscriptions, now)]
    alone = {alert.recipient.casefold() for one in subscriptions for alert in alerts_for(event, [one], now)}
    assert len(owed) == len(set(owed))
    assert set(owed) == alone


@given(st.lists(some, max_size=6), moments)
def test_the_order_of_subscriptions_changes_no_due_time(subscriptions: list[Subscription], now: datetime) -> None:
    due = {alert.recipient.casefold(): alert.due_at for alert in alerts_for(MATTER, subscriptions, now)}
    turned = {alert.recipient.casefold(): alert.due_at for alert in alerts_for(MATTER, subscriptions[::-1], now)}
    assert due == turned


@given(st.sampled_from(["daily", "weekly"]), moments)
def test_a_digest_is_due_after_now_at_eight_and_within_its_period(when: When, now: datetime) -> None:
    (alert,) = alerts_for(MATTER, [replace(ALL, when=when)], now)
    there = alert.due_at.astimezone(SHANGHAI)
    assert timedelta(0) < alert.due_at - now <= timedelta(days=7 if when == "weekly" else 1)
    assert (there.hour, there.minute, there.second, there.microsecond) == (8, 0, 0, 0)
    assert when == "daily" or there.weekday() == 0
    assert alert.due_at.tzinfo is UTC


@given(st.lists(some, max_size=6), moments)
def test_the_order_of_subscriptions_changes_nobody_who_is_told(subscriptions: list[Subscription], now: datetime) -> None:
    told = {alert.recipient.casefold() for alert in alerts_for(MATTER, subscriptions, now)}
    assert told == {alert.recipient.casefold() for alert in alerts_for(MATTER, subscriptions[::-1], now)}


@given(some, moments)
def test_every_alert_is_due_at_or_after_its_event_and_never_in_quiet_hours(wanted: Subscription, at: datetime) -> None:
    for alert in alerts_for(of(at=at), [wanted], at):
        assert at <= alert.due_at <= at + timedelta(days=7)
        if wanted.when == "at-once" and wanted.quiet is not None:
            begin, end = wanted.quiet
            clock = alert.due_at.astimezone(SHANGHAI).time()
            assert not (begin <= clock < end if begin < end else clock >= begin or clock < end)


@given(st.sampled_from(["daily", "weekly"]), moments)
def test_the_last_delivery_is_not_in_the_future_and_its_next_one_is(when: Any, now: datetime) -> None:
    before = delivery_before(now, when)
    assert before <= now < before + timedelta(days=7 if when == "weekly" else 1)
