"""Writes the letters that are owed and hands them over, each server for itself. Lays out no letter, speaks no SMTP itself."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain

from crawler.deliver.delivery import Delivery, Sent, TooLarge, told
from crawler.deliver.letter_content import Envelope
from crawler.deliver.retry import concerns_server, next_attempt, state_after
from crawler.schedule.couriers import MAIL, Couriers, server_of
from crawler.schedule.desk import Desk
from crawler.schedule.draft import Draft
from crawler.schedule.drafts import event_drafts, quiet_digests
from crawler.schedule.health import health_drafts
from crawler.schedule.session import Session
from storage import archive, outbox
from storage.database import writing
from storage.records import LetterRow


@dataclass(frozen=True)
class Posted:
    """What one round of posting came to."""

    sent: int
    waiting: int  # will be tried again
    given_up: int  # refused, failed for five days, or held for a person
    last_error: str


@dataclass
class _Round:
    """What a round has done so far, all servers together."""

    session: Session
    couriers: Couriers
    counted: Counter[str] = field(default_factory=Counter)
    last_error: str = ""


async def post_letters(session: Session) -> Posted:
    """Try every letter that is due, then write and try what is owed, until nothing is left or nobody takes more.

    A letter is written right before its first try, and none is written for a server that is down: what happens meanwhile
    waits as alerts, and comes as one digest when the server is back. A letter's bytes never change once written.

    Raises:
        ConfigError: a secret cannot be read.
    """
    round_ = _Round(session, Couriers.of(session.config, archive.uuid(session.db)))
    servers = dict.fromkeys(server_of(recipient) for recipient in session.config.settings.recipients)
    waiting = (letter.server for letter in outbox.waiting(session.db, session.now()))
    await asyncio.gather(*(_serve(round_, server) for server in dict.fromkeys((*servers, *waiting))))
    counted = round_.counted
    given_up = counted["refused"] + counted["failed"] + counted["held"]
    return Posted(counted["sent"], counted["pending"], given_up, round_.last_error)


async def _serve(round_: _Round, server: str) -> None:
    """Everything for one server: what waits first, oldest first, then what is owed."""
    session = round_.session
    if server == MAIL and session.config.settings.mail is None:
        return
    if server in outbox.down(session.db, session.now()):  # also for letters that came due meanwhile: logins get locked
        return
    for letter in outbox.waiting(session.db, session.now()):
        if letter.server != server:
            continue
        if session.stopping or not _has_room(session, server) or not await _settle(round_, letter):
            return
    for draft in _drafts(session, server):
        if session.stopping or not _has_room(session, server):
            return
        letter_id = _write(round_, draft)
        written = outbox.letter(session.db, letter_id)
        assert written is not None, "it was written a moment ago"
        if not await _settle(round_, written):
            return


def _drafts(session: Session, server: str) -> Iterator[Draft]:
    """What is owed over one server; gathered anew, since the round may have taken long."""
    desk = Desk.of(session.db, session.config, session.now())
    owed = chain(
        event_drafts(desk, server, frozenset(session.under_way)),
        quiet_digests(desk),
        health_drafts(session.db, session.config, session.now()),
    )
    return (draft for draft in owed if server_of(draft.recipient) == server)


def _has_room(session: Session, server: str) -> bool:
    """Whether the mail server may be given one more letter this hour."""
    mail = session.config.settings.mail
    if server != MAIL or mail is None:
        return True
    last_hour = outbox.sent_since(session.db, session.now() - timedelta(hours=1))
    return sum(count for (known, _), count in last_hour.items() if known == MAIL) < mail.most_an_hour


def _write(round_: _Round, draft: Draft) -> int:
    """Keep a letter, together with what it settles; returns its id."""
    session, mail = round_.session, round_.session.config.settings.mail
    sender = mail.sender if mail is not None else ""
    now = session.now()
    envelope = Envelope(
        recipient=draft.recipient,
        sender=sender,
        message_id=Desk.of(session.db, session.config, now).message_id(draft.recipient, draft.told),
        date=now,
        language=draft.language,
        subscription=draft.subscription,
        unsubscribe=(mail.unsubscribe if mail is not None else "") or sender,
    )
    letter = outbox.NewLetter(
        recipient=draft.recipient,
        server=server_of(draft.recipient),
        form=draft.form,
        language=draft.language,
        subscription=draft.subscription,
        message_id=envelope.message_id,
        message=round_.couriers.enclose(draft.content, envelope),
        short=round_.couriers.enclose(draft.content, replace(envelope, shortened=True)),
    )
    with writing(session.db):
        letter_id = outbox.bind(session.db, letter, draft.alerts, now=now)
        outbox.note(session.db, letter_id, draft.recipient, draft.notices)
    return letter_id


async def _settle(round_: _Round, letter: LetterRow) -> bool:
    """Try one letter, in its short form where it is too large; returns whether its server may be given another."""
    session = round_.session
    with writing(session.db):
        still_waits = outbox.begin_try(session.db, letter.id)
    if not still_waits:  # a person dropped it while others were handed over
        return True
    delivery = await round_.couriers.hand_over(letter, session.now())
    if isinstance(delivery, TooLarge) and not letter.shortened:
        with writing(session.db):
            outbox.shorten(session.db, letter.id, error=told(delivery), now=session.now())
        return await _settle(round_, replace(letter, shortened=True, attempts=letter.attempts + 1))
    state = _note(session, letter, delivery)
    round_.counted[state] += 1
    if isinstance(delivery, Sent):
        return True
    round_.last_error = told(delivery)
    return not concerns_server(delivery)  # the others would fare no better: refused logins get accounts locked


def _note(session: Session, letter: LetterRow, delivery: Delivery) -> str:
    """Write down what became of a letter; returns its state."""
    now, mail = session.now(), session.config.settings.mail
    again = next_attempt(letter.attempts + 1, letter.tried_since, now, delivery)
    policy = mail.in_doubt if mail is not None else "resend"
    state, error = state_after(delivery, again, in_doubt=policy), told(delivery)
    with writing(session.db):
        if state == "sent":
            outbox.sent(session.db, letter.id, now)
        elif state == "pending":
            assert again is not None, "what waits has a time"
            down = concerns_server(delivery)
            outbox.put_off(session.db, letter.id, error=error, next_attempt_at=again, server_down=down)
        else:
            outbox.given_up(session.db, letter.id, error=error, state=state)
    return state
