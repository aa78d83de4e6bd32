"""When a letter is tried again, and what state a try leaves it in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.deliver.delivery import (
    AuthFailed,
    Cause,
    Deferred,
    Delivery,
    InDoubt,
    Refused,
    SenderRefused,
    Sent,
    TooLarge,
    told,
)
from crawler.deliver.retry import GIVE_UP_AFTER, blame, next_attempt, state_after

FIRST = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
BUSY = Deferred(Cause.NOT_NOW, "450 greylisted")
DOUBT = InDoubt("no answer to the final dot")
LOGIN = AuthFailed("535 no")
WAITING: list[Delivery] = [BUSY, DOUBT, LOGIN]


@pytest.mark.parametrize("delivery", [BUSY, DOUBT])
@pytest.mark.parametrize(("attempts", "minutes"), [(1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (6, 60), (100_000, 60)])
def test_the_wait_doubles_from_five_minutes_to_an_hour(delivery: Delivery, attempts: int, minutes: int) -> None:
    now = FIRST + timedelta(hours=7)
    assert next_attempt(attempts, FIRST, now, delivery) == now + timedelta(minutes=minutes)


@pytest.mark.parametrize("attempts", [1, 2, 9])
def test_a_refused_login_is_tried_hourly_from_the_first_time_on(attempts: int) -> None:
    assert next_attempt(attempts, FIRST, FIRST, LOGIN) == FIRST + timedelta(hours=1)


@pytest.mark.parametrize("delivery", [Sent("250 ok"), Refused(550, "550 unknown"), TooLarge(None, "552 too big")])
def test_what_is_final_is_never_tried_again(delivery: Delivery) -> None:
    assert next_attempt(1, FIRST, FIRST, delivery) is None


@pytest.mark.parametrize("delivery", WAITING)
def test_the_last_try_falls_on_the_end_of_the_fifth_day(delivery: Delivery) -> None:
    end = FIRST + GIVE_UP_AFTER
    assert next_attempt(99, FIRST, end - timedelta(minutes=3), delivery) == end
    assert next_attempt(100, FIRST, end, delivery) is None


@given(st.integers(1, 10_000), st.timedeltas(timedelta(0), timedelta(days=9)), st.sampled_from(WAITING))
def test_a_next_try_lies_ahead_within_an_hour_and_within_five_days(
    attempts: int, gone_by: timedelta, delivery: Delivery
) -> None:
    now = FIRST + gone_by
    again = next_attempt(attempts, FIRST, now, delivery)
    if again is None:
        assert gone_by >= GIVE_UP_AFTER
    else:
        assert timedelta(0) < again - now <= timedelta(hours=1)
        assert again <= FIRST + GIVE_UP_AFTER


@pytest.mark.parametrize(
    ("delivery", "again", "state"),
    [
        (Sent("250 ok"), None, "sent"),
        (Refused(550, "550 unknown"), None, "refused"),
        (TooLarge(1000, "552 too big"), None, "refused"),
        (BUSY, FIRST, "pending"),
        (DOUBT, FIRST, "pending"),
        (LOGIN, FIRST, "pending"),
        (BUSY, None, "failed"),
        (DOUBT, None, "failed"),
        (LOGIN, None, "failed"),
    ],
)
def test_a_try_leaves_a_letter_in_one_state(delivery: Delivery, again: datetime | None, state: str) -> None:
    assert state_after(delivery, again) == state


@pytest.mark.parametrize(
    ("delivery", "state"), [(DOUBT, "held"), (BUSY, "pending"), (LOGIN, "pending"), (Sent("250 ok"), "sent")]
)
def test_only_a_letter_in_doubt_is_held_where_that_is_the_policy(delivery: Delivery, state: str) -> None:
    assert state_after(delivery, FIRST, in_doubt="hold") == state


@pytest.mark.parametrize(
    ("delivery", "whose"),
    [
        (LOGIN, "server"),
        (SenderRefused("553 not your address"), "server"),
        (Deferred(Cause.UNREACHABLE, "connection refused"), "server"),
        (Deferred(Cause.TIMEOUT, "no greeting"), "server"),
        (Deferred(Cause.SERVER_NOT_NOW, "421 too busy"), "server"),
        (Deferred(Cause.CERTIFICATE, "self-signed"), "server"),
        (Deferred(Cause.ENCRYPTION, "no common cipher"), "server"),
        (Deferred(Cause.NO_STARTTLS, "not offered"), "server"),
        (BUSY, "letter"),  # greylisting speaks of one sender and recipient
        (Deferred(Cause.LOST, "lost"), "perhaps"),  # or a filter that dislikes this letter
        (Deferred(Cause.FAULTY, "500"), "perhaps"),
        (DOUBT, "perhaps"),
        (Refused(550, "550 unknown"), "letter"),
        (TooLarge(None, "552"), "letter"),
        (Sent("250 ok"), "letter"),
    ],
)
def test_a_failure_of_the_server_is_told_apart_from_one_of_the_letter(delivery: Delivery, whose: str) -> None:
    assert blame(delivery) == whose


def test_a_refused_sender_is_tried_hourly_as_a_refused_login_is() -> None:
    refused = SenderRefused("553 not your address")
    assert next_attempt(1, FIRST, FIRST, refused) == FIRST + timedelta(hours=1)
    assert state_after(refused, FIRST) == "pending"
    assert state_after(refused, None) == "failed"
    assert "mail.sender" in told(refused)


@pytest.mark.parametrize("cause", Cause)
def test_every_wait_is_told_with_its_name_the_servers_words_and_a_cure(cause: Cause) -> None:
    line = told(Deferred(cause, "what the server said"))
    assert cause.value in line
    assert "what the server said" in line
    assert cause.hint in line
