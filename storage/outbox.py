"""Alerts that are owed and letters that carry them. Composes and sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from storage.database import Database, inserted, stamp
from storage.records import AlertRow, LetterRow, WaitingRow
from storage.rows import record

LATEST_DUE = timedelta(days=8)
"""The longest time between an event and its alert's turn: a weekly digest, after quiet hours."""
LONGEST_WAIT = timedelta(hours=2)
"""Longer than any letter waits between two tries (`deliver.retry`: 1 h)."""

_WAITS = "letter_id IS NULL AND dropped_at IS NULL"  # of an alert: it is in no letter yet, and nobody dropped it


@dataclass(frozen=True)
class NewLetter:
    """A letter that is to be kept."""

    recipient: str
    server: str
    form: str
    language: str
    subscription: str
    message_id: str
    message: bytes
    short: bytes  # the same in few words, should its server find it too large
    period: str = ""  # of a digest or a weekly list: the day it was due; one person gets one of a form


def owe(
    db: Database,
    event_id: int,
    *,
    recipient: str,
    subscription: str,
    due_at: datetime,
    bundle: str = "at-once",
    language: str = "zh",
) -> None:
    """Note that a recipient is owed an event; belongs into the transaction that stores the event."""
    db.conn.execute(
        "INSERT INTO alert (event_id, recipient, subscription, due_at, bundle, language) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        [event_id, recipient, subscription, stamp(due_at), bundle, language],
    )


def unbound(db: Database, now: datetime) -> list[AlertRow]:
    """Alerts that are due and not in a letter yet, oldest first.

    No alert waits longer than `LATEST_DUE` for its turn: one that is due later than that has its time from a clock that was
    ahead, and is due now.
    """
    sql = (
        f"SELECT * FROM alert WHERE {_WAITS} AND (due_at <= ? OR due_at > ?)"  # noqa: S608  a constant
        " ORDER BY min(due_at, ?), id"
    )
    return [record(AlertRow, row) for row in db.query(sql, [stamp(now), stamp(now + LATEST_DUE), stamp(now)])]


def put_off_alerts(db: Database, alert_ids: Sequence[int], *, due_at: datetime, bundle: Literal["daily", "weekly"]) -> None:
    """Alerts over their recipient's cap, or too late for a digest: they come in the next one."""
    db.conn.executemany(
        f"UPDATE alert SET due_at = ?, bundle = ? WHERE id = ? AND {_WAITS}",  # noqa: S608  a constant
        [(stamp(due_at), bundle, alert_id) for alert_id in alert_ids],
    )


def still_wait(db: Database, alert_ids: Sequence[int]) -> bool:
    """Whether all of these are in no letter yet, and none was dropped; asked in the transaction that binds them."""
    sql = f"SELECT count(*) FROM alert WHERE id = ? AND {_WAITS}"  # noqa: S608  a constant
    return all(db.conn.execute(sql, [alert_id]).fetchone()[0] for alert_id in alert_ids)


def bind(db: Database, letter: NewLetter, alert_ids: Sequence[int], *, now: datetime) -> int:
    """Keep a letter whose bytes are final from here on, and put alerts that `still_wait` into it; returns its id."""
    cursor = db.conn.execute(
        "INSERT INTO letter (recipient, server, form, language, subscription, message_id, message, short, period, state,"
        " created_at, tried_since, next_attempt_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)",
        [
            letter.recipient,
            letter.server,
            letter.form,
            letter.language,
            letter.subscription,
            letter.message_id,
            letter.message,
            letter.short,
            letter.period,
            *[stamp(now)] * 3,
        ],
    )
    letter_id = inserted(cursor)
    db.conn.executemany("UPDATE alert SET letter_id = ? WHERE id = ?", [(letter_id, alert_id) for alert_id in alert_ids])
    return letter_id


def waiting(db: Database, server: str, now: datetime) -> list[WaitingRow]:
    """The letters over a server whose next try is due, oldest first."""
    sql = (
        "SELECT id, recipient, subscription FROM letter WHERE state = 'pending' AND server = ?"
        " AND (next_attempt_at <= ? OR next_attempt_at > ?) ORDER BY id"
    )
    return [record(WaitingRow, row) for row in db.query(sql, [server, stamp(now), stamp(now + LONGEST_WAIT)])]


def servers(db: Database) -> tuple[str, ...]:
    """The servers over which letters wait."""
    return tuple(str(row["server"]) for row in db.query("SELECT DISTINCT server FROM letter WHERE state = 'pending'"))


def is_down(db: Database, server: str, now: datetime) -> bool:
    """Whether a server took nothing the last time, and is left alone still: by its fault, or perhaps so with two letters."""
    sql = (
        "SELECT coalesce(sum(CASE blame WHEN 'server' THEN 2 WHEN 'perhaps' THEN 1 ELSE 0 END), 0) AS doubt FROM letter"
        " WHERE state = 'pending' AND server = ? AND next_attempt_at > ? AND next_attempt_at <= ?"
    )
    return any(int(row["doubt"]) > 1 for row in db.query(sql, [server, stamp(now), stamp(now + LONGEST_WAIT)]))


def begin_try(db: Database, letter_id: int) -> bool:
    """The letter is about to be handed over: should we die now, nobody can know whether it was.

    Returns:
        False where it waits no more: a person dropped it meanwhile (`alerts drop`), and it must not be handed over.
    """
    return bool(db.conn.execute("UPDATE letter SET state = 'trying' WHERE id = ? AND state = 'pending'", [letter_id]).rowcount)


def end_broken_tries(db: Database, *, hold: bool) -> int:
    """Settle what a process that died left half tried: sent again with the same bytes, or held for a person; counts them."""
    state, error = ("held" if hold else "pending"), "in doubt: bureauwatch was ended while it handed this letter over"
    return int(
        db.conn.execute(
            "UPDATE letter SET state = ?, attempts = attempts + 1, last_error = ? WHERE state = 'trying'", [state, error]
        ).rowcount
    )


def sent(db: Database, letter_id: int, now: datetime) -> None:
    """The server took the letter."""
    db.conn.execute(
        "UPDATE letter SET state = 'sent', attempts = attempts + 1, sent_at = ?, last_error = '', blame = 'letter'"
        " WHERE id = ?",
        [stamp(now), letter_id],
    )


def put_off(
    db: Database,
    letter_id: int,
    *,
    error: str,
    next_attempt_at: datetime,
    blame: Literal["letter", "perhaps", "server"] = "letter",
) -> None:
    """The letter could not be handed over this time."""
    db.conn.execute(
        "UPDATE letter SET state = 'pending', attempts = attempts + 1, last_error = ?, next_attempt_at = ?, blame = ?"
        " WHERE id = ?",
        [error, stamp(next_attempt_at), blame, letter_id],
    )


def given_up(db: Database, letter_id: int, *, error: str, state: Literal["refused", "failed", "held"]) -> None:
    """The letter is not tried again by itself: refused for good, too many days have passed, or it is held in doubt."""
    db.conn.execute(
        "UPDATE letter SET state = ?, attempts = attempts + 1, last_error = ?, blame = 'letter' WHERE id = ?",
        [state, error, letter_id],
    )


def shorten(db: Database, letter_id: int, *, error: str, now: datetime) -> None:
    """From now on a letter's short form is sent, with the same Message-ID: its server finds the long one too large."""
    db.conn.execute(
        "UPDATE letter SET state = 'pending', shortened = 1, attempts = attempts + 1, last_error = ?, next_attempt_at = ?"
        " WHERE id = ?",
        [error, stamp(now), letter_id],
    )


def sent_over(db: Database, server: str, since: datetime, until: datetime) -> int:
    """Letters that a server took in a time (count); none from a clock that was ahead."""
    sql = "SELECT count(*) AS n FROM letter WHERE server = ? AND sent_at > ? AND sent_at <= ?"
    return next(int(row["n"]) for row in db.query(sql, [server, stamp(since), stamp(until)]))


def letters(db: Database, *, states: Sequence[str] = (), newest: int | None = None) -> list[LetterRow]:
    """All letters, or those in some states, oldest first; or so many of the newest, the newest first."""
    where = f" WHERE state IN ({', '.join('?' * len(states))})" if states else ""
    order = " ORDER BY id" if newest is None else " ORDER BY id DESC LIMIT ?"
    values = [*states, *([] if newest is None else [newest])]
    return [record(LetterRow, row) for row in db.query(f"SELECT * FROM letter{where}{order}", values)]  # noqa: S608  only ? marks


def letter(db: Database, letter_id: int) -> LetterRow | None:
    """One letter."""
    return next((record(LetterRow, row) for row in db.query("SELECT * FROM letter WHERE id = ?", [letter_id])), None)


def note(db: Database, letter_id: int, recipient: str, notices: Sequence[tuple[int, str]]) -> None:
    """Note which openings and healings of issues a letter tells; belongs into the transaction that binds it."""
    rows = [(issue_id, what, recipient.casefold(), letter_id) for issue_id, what in notices]
    db.conn.executemany("INSERT INTO notice (issue_id, what, recipient, letter_id) VALUES (?, ?, ?, ?)", rows)


def noted(db: Database, recipient: str) -> frozenset[tuple[int, str]]:
    """Which openings and healings of issues a recipient was told."""
    sql = "SELECT issue_id, what FROM notice WHERE recipient = ?"
    return frozenset((int(row["issue_id"]), str(row["what"])) for row in db.query(sql, [recipient.casefold()]))


def alert(db: Database, alert_id: int) -> AlertRow | None:
    """One alert."""
    return next((record(AlertRow, row) for row in db.query("SELECT * FROM alert WHERE id = ?", [alert_id])), None)


def alerts_of(db: Database, letter_id: int) -> list[AlertRow]:
    """The alerts that a letter carries, oldest first."""
    sql = "SELECT * FROM alert WHERE letter_id = ? ORDER BY due_at, id"
    return [record(AlertRow, row) for row in db.query(sql, [letter_id])]


def alerts_alone(db: Database) -> list[AlertRow]:
    """Alerts that are in no letter, dropped ones too, oldest first."""
    return [record(AlertRow, row) for row in db.query("SELECT * FROM alert WHERE letter_id IS NULL ORDER BY due_at, id")]


def retry(db: Database, letter_id: int, now: datetime) -> bool:
    """Try a letter again that was put off, held, refused, given up or dropped; whether there was such a one.

    Its server is believed to be well: no other letter's blame leaves this one waiting.
    """
    db.conn.execute(
        "UPDATE letter SET blame = 'letter' WHERE state = 'pending' AND server = (SELECT server FROM letter WHERE id = ?)",
        [letter_id],
    )
    sql = (
        "UPDATE letter SET state = 'pending', next_attempt_at = ?, tried_since = ?, blame = 'letter'"
        " WHERE id = ? AND state IN ('pending', 'held', 'refused', 'failed', 'dropped')"
    )
    return bool(db.conn.execute(sql, [stamp(now), stamp(now), letter_id]).rowcount)


def drop(db: Database, letter_id: int) -> bool:
    """Never send a letter that was not sent yet; whether there was such a one. Its bytes are kept."""
    sql = "UPDATE letter SET state = 'dropped' WHERE id = ? AND state IN ('pending', 'held', 'refused', 'failed')"
    return bool(db.conn.execute(sql, [letter_id]).rowcount)


def waiting_for(db: Database) -> dict[str, tuple[list[int], list[int]]]:
    """Ids of the alerts in no letter yet, and of the letters that wait, by recipient in lower case."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for place, sql in enumerate(
        (
            f"SELECT id, recipient FROM alert WHERE {_WAITS} ORDER BY id",  # noqa: S608  a constant
            "SELECT id, recipient FROM letter WHERE state = 'pending' ORDER BY id",
        )
    ):
        for row in db.query(sql):
            found.setdefault(str(row["recipient"]).casefold(), ([], []))[place].append(int(row["id"]))
    return found


def drop_alert(db: Database, alert_id: int, now: datetime) -> bool:
    """Never tell an alert that is in no letter yet; whether there was such a one."""
    sql = f"UPDATE alert SET dropped_at = ? WHERE id = ? AND {_WAITS}"  # noqa: S608  a constant
    return bool(db.conn.execute(sql, [stamp(now), alert_id]).rowcount)


def take_back(db: Database, alert_id: int) -> bool:
    """Tell a dropped alert after all; whether there was such a one."""
    sql = "UPDATE alert SET dropped_at = NULL WHERE id = ? AND letter_id IS NULL AND dropped_at IS NOT NULL"
    return bool(db.conn.execute(sql, [alert_id]).rowcount)


def counts(db: Database) -> dict[str, int]:
    """Letters by state, dropped alerts with the dropped letters, and alerts not yet in a letter as `unbound`."""
    found = {str(row["state"]): int(row["n"]) for row in db.query("SELECT state, count(*) AS n FROM letter GROUP BY state")}
    sql = "SELECT dropped_at IS NULL AS waits, count(*) AS n FROM alert WHERE letter_id IS NULL GROUP BY waits"
    alone = {bool(row["waits"]): int(row["n"]) for row in db.query(sql)}
    if False in alone:
        found["dropped"] = found.get("dropped", 0) + alone[False]
    return {**found, "unbound": alone.get(True, 0)}
