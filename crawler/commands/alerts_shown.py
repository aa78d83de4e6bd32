"""How the `alerts` commands show a letter, or an alert that is in none yet. Changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from enum import Enum
from typing import Any, Final

from crawler.commands.shown import event_line, kind_zh, local
from storage import archive, outbox
from storage.database import Database
from storage.records import AlertRow, LetterRow

STATES: Final = {
    "waiting": "alerts that are in no letter yet",
    "pending": "letters that wait for their next try",
    "trying": "letters that are being handed over",
    "sent": "letters that were taken",
    "held": "letters that may have been taken or not, and wait for you (mail.in_doubt)",
    "refused": "letters that were refused for good",
    "failed": "letters that were given up after five days",
    "dropped": "letters and alerts that you dropped",
}
"""Every state with its meaning."""
NEEDY: Final = ("held", "refused", "failed")
"""States that a person must settle."""


class State(Enum):
    """What `alerts list --state` takes."""

    WAITING = "waiting"
    PENDING = "pending"
    TRYING = "trying"
    SENT = "sent"
    HELD = "held"
    REFUSED = "refused"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Item:
    """One letter, or one alert that is in none, as the list shows it."""

    id: str  # 12 of a letter, a12 of an alert
    recipient: str
    form: str  # of a letter; of an alert: when it is wanted
    language: str
    subscription: str
    subject: str
    events: tuple[int, ...]  # their numbers
    state: str
    shortened: bool
    tries: int
    due_at: datetime | None  # the next try, or when the alert is put into a letter; None where there is none
    sent_at: datetime | None
    last_error: str


@dataclass(frozen=True)
class Unasked:
    """What waits for somebody whom the configuration names no more: it is kept, and not sent."""

    recipient: str
    alerts: int  # in no letter yet (count)
    letters: int  # that wait (count)


def unasked(waiting: Mapping[str, tuple[Sequence[int], Sequence[int]]], recipients: Sequence[str]) -> tuple[Unasked, ...]:
    """What waits in vain, by recipient.

    Args:
        waiting: ids of alerts and of letters, by recipient in lower case.
        recipients: everybody whom the configuration names.
    """
    named = {recipient.casefold() for recipient in recipients}
    return tuple(
        Unasked(recipient, len(of_them), len(letters))
        for recipient, (of_them, letters) in sorted(waiting.items())
        if recipient not in named
    )


def unasked_line(one: Unasked) -> str:
    """The same for a person, with the cure."""
    return (
        f"{one.alerts} alerts and {one.letters} letters wait for {one.recipient}, whom the configuration names no more: "
        f"put it back, or `bureauwatch alerts drop --to {one.recipient}`"
    )


def letter_item(db: Database, letter: LetterRow) -> Item:
    """A letter with the events that it tells."""
    return Item(
        id=str(letter.id),
        recipient=letter.recipient,
        form=letter.form,
        language=letter.language,
        subscription=letter.subscription,
        subject=_subject(letter),
        events=tuple(alert.event_id for alert in outbox.alerts_of(db, letter.id)),
        state=letter.state,
        shortened=letter.shortened,
        tries=letter.attempts,
        due_at=letter.next_attempt_at if letter.state == "pending" else None,
        sent_at=letter.sent_at,
        last_error=letter.last_error,
    )


def alert_item(db: Database, alert: AlertRow) -> Item:
    """An alert that is in no letter yet, with what its event is called."""
    event = archive.event(db, alert.event_id)
    return Item(
        id=f"a{alert.id}",
        recipient=alert.recipient,
        form=alert.bundle,
        language=alert.language,
        subscription=alert.subscription,
        subject=f"[{kind_zh(event.kind)}] 《{event.title}》" if event is not None else "",
        events=(alert.event_id,),
        state="dropped" if alert.dropped_at is not None else "waiting",
        shortened=False,
        tries=0,
        due_at=alert.due_at if alert.dropped_at is None else None,
        sent_at=None,
        last_error="",
    )


def item_json(item: Item) -> dict[str, Any]:
    """The same for other programmes."""
    return {**asdict(item), "events": list(item.events)}


def item_lines(item: Item) -> Iterator[str]:
    """The same for a terminal: one line, and another one where something is left to say."""
    yield f"{item.id:>6}  {item.state:<8}  {item.recipient}  {item.form}  {item.subject or '—'}"
    when = f"sent {local(item.sent_at)}" if item.sent_at else f"due {local(item.due_at)}" if item.due_at else ""
    tries = f"tries {item.tries}" if item.tries else ""
    said = "; ".join(part for part in (tries, when, item.last_error) if part)
    if said:
        yield f"        {said}"


def alert_lines(db: Database, alert: AlertRow) -> Iterator[str]:
    """An alert with its event."""
    yield from item_lines(alert_item(db, alert))
    yield f"        subscription {alert.subscription}, language {alert.language}"
    if alert.letter_id is not None:
        yield f"        in letter {alert.letter_id}: bureauwatch alerts show {alert.letter_id}"
    event = archive.event(db, alert.event_id)
    if event is not None:
        yield f"event {event_line(event).lstrip()}"


def letter_lines(db: Database, letter: LetterRow) -> Iterator[str]:
    """A letter with the events that it tells, its headers and its plain text."""
    yield from item_lines(letter_item(db, letter))
    yield f"        subscription {letter.subscription}, language {letter.language}, written {local(letter.created_at)}"
    if letter.shortened:
        yield "        shortened: its server found it too large"
    for alert in outbox.alerts_of(db, letter.id):
        event = archive.event(db, alert.event_id)
        if event is not None:
            yield f"event {event_line(event).lstrip()}"
    yield ""
    yield from _content(letter)


def _content(letter: LetterRow) -> Iterator[str]:
    message = letter.short if letter.shortened else letter.message
    if letter.server.startswith("webhook:"):
        yield from json.dumps(json.loads(message), ensure_ascii=False, indent=2).splitlines()
    elif letter.server.startswith("channel:"):
        note = json.loads(message)
        yield str(note["title"])
        yield ""
        yield from str(note["text"]).splitlines()
    else:
        whole = message_from_bytes(message, _class=EmailMessage, policy=default)
        for name, value in whole.items():
            yield f"{name}: {value}"
        yield ""
        text = whole.get_body(("plain",))
        yield from text.get_content().splitlines() if text is not None else ()


def _subject(letter: LetterRow) -> str:
    """What the letter is called: an e-mail's subject, a note's title; of a webhook's body its type."""
    if letter.server.startswith("webhook:"):
        return str(json.loads(letter.message)["type"])
    if letter.server.startswith("channel:"):
        return str(json.loads(letter.message)["title"])
    return str(BytesHeaderParser(policy=default).parsebytes(letter.message)["Subject"] or "")
