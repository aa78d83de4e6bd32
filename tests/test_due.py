"""What is due, and when it is due again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.capture.judge import retry_after
from crawler.compare.revisit import next_absence_check, next_address_visit, next_failure_check
from crawler.schedule.due import due_targets, next_run
from seeds.load import Target
from seeds.schema import Bureau, Watch
from storage.records import WatchRow

NOW = datetime(2026, 3, 26, 8, 0, tzinfo=UTC)
WATCH = Watch(section="报告", listing_url="https://sfj.example.gov.cn/fzzf/index.html", every_hours=24, recheck_hours=168)


def target(slug: str) -> Target:
    watch = WATCH.model_copy(update={"slug": slug})
    return Target(
        Bureau(id="b", name="某司法局", region="某省", level="city", home_url="https://x.gov.cn/", watch=(watch,)), watch
    )


def row(slug: str, due: datetime | None) -> WatchRow:
    return WatchRow(f"b/{slug}", None, None, None, "ok", due, None, walk_complete=True, rendered=False, end_seen=True)


def test_what_never_ran_comes_first_then_what_waits_longest_and_nothing_early() -> None:
    known = {
        "b/late": row("late", NOW - timedelta(days=3)),
        "b/now": row("now", NOW),
        "b/soon": row("soon", NOW + timedelta(seconds=1)),
    }
    due = due_targets([target("soon"), target("now"), target("late"), target("fresh")], known, NOW)
    assert [found.watch.slug for found in due] == ["fresh", "late", "now"]


def due_after(
    watch: Watch = WATCH, *, failures: int = 0, retry: datetime | None = None, wish: datetime | None = None
) -> timedelta:
    return next_run(watch, failures_in_a_row=failures, soonest_retry=retry, not_before=wish, now=NOW) - NOW


def test_a_success_keeps_to_the_cadence_and_failures_come_back_sooner_but_ever_later() -> None:
    assert due_after() == timedelta(hours=24)
    waits = [due_after(failures=count) for count in range(1, 8)]
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=25), timedelta(minutes=125)]
    assert waits == sorted(waits)
    assert max(waits) == timedelta(hours=6)


@given(st.integers(0, 10_000), st.floats(0.001, 700))
def test_no_failure_ever_waits_longer_than_the_cadence(failures: int, hours: float) -> None:
    watch = WATCH.model_copy(update={"every_hours": hours})
    assert timedelta(0) < due_after(watch, failures=failures) <= timedelta(hours=hours)


def test_a_report_that_seems_gone_brings_its_watch_back_in_time() -> None:
    assert due_after(retry=NOW + timedelta(hours=8)) == timedelta(hours=8)
    assert due_after(retry=NOW + timedelta(hours=800)) == timedelta(hours=24)
    assert due_after(retry=NOW - timedelta(hours=1)) == timedelta(minutes=5), "not at once, and not without end"


def test_what_a_site_asks_for_is_heeded_for_a_day_at_most() -> None:
    assert due_after(failures=1, wish=NOW + timedelta(hours=2)) == timedelta(hours=2)
    assert due_after(failures=1, wish=NOW + timedelta(days=400)) == timedelta(days=1)
    assert due_after(wish=NOW + timedelta(minutes=1)) == timedelta(hours=24)
    assert due_after(failures=1, wish=NOW - timedelta(days=1)) == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("wish", "asked"),
    [
        ("120", NOW + timedelta(seconds=120)),
        ("Thu, 26 Mar 2026 09:00:00 GMT", NOW + timedelta(hours=1)),
        ("999999999", NOW + timedelta(seconds=10**8)),
        ("9" * 5000, None),
        ("\xb2", None),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(wish: str, asked: datetime | None) -> None:
    assert retry_after(wish, NOW) == asked


def test_the_required_sightings_fit_into_the_required_hours() -> None:
    assert next_absence_check(WATCH, sightings=3, hours=24, now=NOW) == NOW + timedelta(hours=8)
    assert next_absence_check(WATCH, sightings=1, hours=9999, now=NOW) == next_address_visit(WATCH, now=NOW)


def test_a_document_that_can_never_be_read_costs_one_visit_a_day() -> None:
    assert next_failure_check(WATCH, failures_in_a_row=0, now=NOW) == NOW + timedelta(minutes=5)
    assert next_failure_check(WATCH, failures_in_a_row=10_000, now=NOW) == NOW + timedelta(days=1)
