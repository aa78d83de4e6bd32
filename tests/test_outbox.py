"""Alerts and letters in the archive: each state, and what may become of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage import archive, outbox, readers
from storage.database import Database, StorageError, writing
from storage.migrations import open_archive
from tests.post_desk import alerts_waiting

NOW = datetime(2026, 3, 26, 8, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def db() -> Database:
    return open_archive(":memory:")


def owed(db: Database, recipient: str = "a@b.cn") -> int:
    """An event with an alert; the alert's id."""
    event = archive.add_event(
        db, at=NOW, kind="published", bureau_id="b", watch_id="b/w", report_id=None, url="u", title="t",
        significance="clause", summary="s", from_version=None, to_version=1,
    )  # fmt: skip
    for _ in range(2):
        outbox.owe(db, event, recipient=recipient, subscription="s", due_at=NOW)
    return next(alert.id for alert in alerts_waiting(db) if alert.event_id == event)


def new_letter(number: int = 1, *, recipient: str = "a@b.cn", form: str = "single") -> outbox.NewLetter:
    return outbox.NewLetter(recipient, "mail", form, "zh", "s", f"<{number}@x>", b"whole", b"short")


def state_of(db: Database, letter_id: int) -> str:
    found = outbox.letter(db, letter_id)
    assert found is not None
    return found.state


def test_an_alert_is_owed_once_and_a_letter_binds_it(db: Database) -> None:
    with writing(db):
        alert = owed(db)
        assert [one.recipient for one in outbox.unbound(db, NOW)] == ["a@b.cn"]
        assert outbox.unbound(db, NOW - timedelta(seconds=1)) == []
        letter = outbox.bind(db, new_letter(), [alert], now=NOW)
    assert outbox.unbound(db, NOW) == alerts_waiting(db) == []
    assert [one.id for one in outbox.alerts_of(db, letter)] == [alert]
    assert [(found.id, found.recipient) for found in outbox.waiting(db, "mail", NOW)] == [(letter, "a@b.cn")]
    assert outbox.waiting(db, "channel:office", NOW) == []
    assert outbox.servers(db) == ("mail",)
    with writing(db):
        outbox.put_off(db, letter, error="450", next_attempt_at=NOW + timedelta(minutes=5))
    assert outbox.waiting(db, "mail", NOW) == []
    with writing(db):
        outbox.sent(db, letter, NOW)
    assert outbox.counts(db) == {"sent": 1, "unbound": 0}
    hour = timedelta(hours=1)
    assert outbox.sent_over(db, "mail", NOW - hour, NOW) == 1
    assert outbox.sent_over(db, "webhook:x", NOW - hour, NOW) == outbox.sent_over(db, "mail", NOW, NOW + hour) == 0
    assert outbox.servers(db) == ()


@pytest.mark.parametrize(("hold", "state"), [(False, "pending"), (True, "held")])
def test_a_letter_that_a_dead_process_was_handing_over_is_in_doubt(db: Database, hold: bool, state: str) -> None:  # noqa: FBT001  a column of the table
    with writing(db):
        first, second = (outbox.bind(db, new_letter(number), [], now=NOW) for number in (1, 2))
        assert outbox.begin_try(db, first)
    assert state_of(db, first) == "trying"
    assert [found.id for found in outbox.waiting(db, "mail", NOW)] == [second]
    with writing(db):
        assert outbox.end_broken_tries(db, hold=hold) == 1
    assert [state_of(db, first), state_of(db, second)] == [state, "pending"]
    found = outbox.letter(db, first)
    assert found is not None
    assert found.attempts == 1
    assert "in doubt" in found.last_error


def test_a_server_that_is_down_is_left_alone_until_its_letters_next_try(db: Database) -> None:
    later = NOW + timedelta(minutes=5)
    with writing(db):
        letter = outbox.bind(db, new_letter(), [], now=NOW)
        outbox.put_off(db, letter, error="450 greylisted", next_attempt_at=later)
        assert not outbox.is_down(db, "mail", NOW), "that concerned the letter alone"
        outbox.put_off(db, letter, error="no connection", next_attempt_at=later, blame="server")
    assert outbox.is_down(db, "mail", NOW)
    assert not outbox.is_down(db, "channel:office", NOW)
    assert not outbox.is_down(db, "mail", later)


def test_times_of_a_clock_that_was_years_ahead_hold_up_nothing(db: Database) -> None:
    years = timedelta(days=2000)
    with writing(db):
        event = archive.add_event(
            db, at=NOW + years, kind="published", bureau_id="b", watch_id="b/w", report_id=None, url="u", title="t",
            significance="clause", summary="s", from_version=None, to_version=1,
        )  # fmt: skip
        outbox.owe(db, event, recipient="a@b.cn", subscription="s", due_at=NOW + years)
        sent = outbox.bind(db, new_letter(1), [], now=NOW + years)
        outbox.sent(db, sent, NOW + years)
        put_off = outbox.bind(db, new_letter(2), [], now=NOW + years)
        outbox.put_off(db, put_off, error="no connection", next_attempt_at=NOW + years, blame="server")
    assert [alert.event_id for alert in outbox.unbound(db, NOW)] == [event]
    assert [found.id for found in outbox.waiting(db, "mail", NOW)] == [put_off]
    assert not outbox.is_down(db, "mail", NOW)
    assert outbox.sent_over(db, "mail", NOW - timedelta(hours=1), NOW) == 0
    assert readers.meant_for(db, "a@b.cn", NOW - timedelta(days=1), NOW) == 1, "the one that waits"


def test_an_alert_that_was_dropped_while_its_letter_was_written_is_seen(db: Database) -> None:
    with writing(db):
        one, other = owed(db), owed(db, "c@d.cn")
        assert outbox.still_wait(db, [one, other])
        outbox.drop_alert(db, other, NOW)
        outbox.put_off_alerts(db, [other], due_at=NOW + timedelta(days=1), bundle="daily")
        assert outbox.still_wait(db, [one])
        assert not outbox.still_wait(db, [one, other])
    found = outbox.alert(db, other)
    assert found is not None
    assert (found.bundle, found.due_at) == ("at-once", NOW), "what was dropped stays as it was"


def test_a_persons_letters_are_those_that_came_today_and_those_that_wait(db: Database) -> None:
    day = timedelta(days=1)
    with writing(db):
        letters = [outbox.bind(db, new_letter(number, recipient="A@b.cn"), [], now=NOW - day) for number in range(4)]
        outbox.bind(db, new_letter(9, recipient="c@d.cn"), [], now=NOW)
        outbox.sent(db, letters[0], NOW - day - timedelta(hours=1))
        outbox.sent(db, letters[1], NOW)
        outbox.drop(db, letters[2])
    assert readers.meant_for(db, "a@B.cn", NOW - day, NOW) == 2


def test_a_digest_is_written_once_a_period_however_its_reader_is_spelt(db: Database) -> None:
    daily = replace(new_letter(form="daily"), period="2026-03-26")
    with writing(db):
        outbox.bind(db, daily, [], now=NOW)
    assert readers.is_written(db, "A@B.cn", "daily", "2026-03-26")
    assert not readers.is_written(db, "a@b.cn", "daily", "2026-03-27")
    assert not readers.is_written(db, "a@b.cn", "weekly", "2026-03-26")
    with pytest.raises(StorageError, match="UNIQUE"), writing(db):
        outbox.bind(db, replace(daily, recipient="A@B.CN", message_id="<other@y>"), [], now=NOW)


def test_readers_of_digests_are_known_from_when_they_came_until_they_go(db: Database) -> None:
    later = NOW + timedelta(days=3)
    with writing(db):
        readers.note_readers(db, [("A@b.cn", "daily"), ("c@d.cn", "weekly")], NOW)
        readers.note_readers(db, [("a@b.cn", "daily"), ("a@b.cn", "weekly")], later)
    assert readers.digest_readers(db) == {("a@b.cn", "daily"): NOW, ("a@b.cn", "weekly"): later}


def test_a_letter_that_was_dropped_is_not_handed_over_any_more(db: Database) -> None:
    with writing(db):
        letter = outbox.bind(db, new_letter(), [owed(db)], now=NOW)
        assert outbox.drop(db, letter)
        assert not outbox.begin_try(db, letter), "whoever read it a moment ago must not send it"
    assert state_of(db, letter) == "dropped"
    assert outbox.unbound(db, NOW) == [], "its alerts are not told in another letter either"


@pytest.mark.parametrize(
    ("state", "retried", "dropped"),
    [
        ("pending", True, True),
        ("held", True, True),
        ("refused", True, True),
        ("failed", True, True),
        ("dropped", True, False),
        ("trying", False, False),
        ("sent", False, False),
    ],
)
def test_what_a_person_may_do_with_a_letter_hangs_on_its_state(
    db: Database, state: str, retried: bool, dropped: bool  # noqa: FBT001  columns of the table
) -> None:  # fmt: skip
    later = NOW + timedelta(days=6)
    with writing(db):
        one, other = (outbox.bind(db, new_letter(number), [], now=NOW) for number in (1, 2))
        db.conn.execute("UPDATE letter SET state = ?, blame = 'server', attempts = 9", [state])
        assert outbox.retry(db, one, later) is retried
        assert outbox.drop(db, other) is dropped
    found = outbox.letter(db, one)
    assert found is not None
    assert found.state == ("pending" if retried else state)
    assert (found.tried_since == later, found.next_attempt_at == later, found.blame == "letter") == (retried,) * 3
    assert state_of(db, other) == ("dropped" if dropped else state)


def test_an_alert_is_dropped_once_and_only_outside_a_letter(db: Database) -> None:
    with writing(db):
        free, bound = owed(db), owed(db, "c@d.cn")
        outbox.bind(db, new_letter(), [bound], now=NOW)
        assert [outbox.drop_alert(db, alert, NOW) for alert in (free, free, bound, 99)] == [True, False, False, False]
    assert outbox.unbound(db, NOW) == []
    found = outbox.alert(db, free)
    assert found is not None
    assert found.dropped_at == NOW
    assert outbox.alert(db, 99) is None


def test_alerts_that_are_put_off_come_in_the_next_digest(db: Database) -> None:
    morning = NOW + timedelta(hours=16)
    with writing(db):
        outbox.put_off_alerts(db, [owed(db)], due_at=morning, bundle="daily")
    assert outbox.unbound(db, NOW) == []
    assert [(alert.bundle, alert.due_at) for alert in outbox.unbound(db, morning)] == [("daily", morning)]


def test_a_shortened_letter_waits_with_both_its_forms(db: Database) -> None:
    with writing(db):
        letter = outbox.bind(db, new_letter(), [], now=NOW)
        outbox.begin_try(db, letter)
        outbox.shorten(db, letter, error="552 too large", now=NOW)
    assert [waiting.id for waiting in outbox.waiting(db, "mail", NOW)] == [letter]
    found = outbox.letter(db, letter)
    assert found is not None
    assert (found.shortened, found.message, found.short, found.attempts) == (True, b"whole", b"short", 1)


def test_a_message_id_is_written_once(db: Database) -> None:
    with writing(db):
        outbox.bind(db, new_letter(), [], now=NOW)
    with pytest.raises(StorageError, match="UNIQUE"), writing(db):
        outbox.bind(db, new_letter(), [], now=NOW)


def test_letters_are_listed_by_state_oldest_first_or_the_newest(db: Database) -> None:
    with writing(db):
        ids = [outbox.bind(db, new_letter(number), [], now=NOW) for number in range(4)]
        outbox.given_up(db, ids[1], error="550", state="refused")
        outbox.given_up(db, ids[2], error="in doubt", state="held")
    assert [found.id for found in outbox.letters(db)] == ids
    assert [found.id for found in outbox.letters(db, newest=2)] == ids[:1:-1]
    assert [found.id for found in outbox.letters(db, states=("held", "refused"))] == ids[1:3]
    assert [found.id for found in outbox.letters(db, states=("held", "refused"), newest=1)] == [ids[2]]
    assert outbox.counts(db) == {"pending": 2, "refused": 1, "held": 1, "unbound": 0}
