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
from crawler.deliver.retry import blame, next_attempt, state_after
from crawler.errors import CrawlerError
from crawler.schedule.couriers import MAIL, Courier, enclose, server_of
from crawler.schedule.desk import Desk
from crawler.schedule.draft import AtLetter, Draft
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
    """What a round over one server has done so far."""

    session: Session
    courier: Courier
    begun: Desk
    counted: Counter[str] = field(default_factory=Counter)
    last_error: str = ""

    @property
    def server(self) -> str:
        """Over which it goes."""
        return self.courier.server

    def desk(self) -> Desk:
        """What is known at this moment; a round may take long."""
        return replace(self.begun, now=self.session.now())


async def post_letters(session: Session) -> Posted:
    """One round over every server; see `post_over`."""
    rounds = await asyncio.gather(*(post_over(session, server) for server in servers(session)))
    return Posted(
        sent=sum(one.sent for one in rounds),
        waiting=sum(one.waiting for one in rounds),
        given_up=sum(one.given_up for one in rounds),
        last_error=next((one.last_error for one in rounds if one.last_error), ""),
    )


def servers(session: Session) -> tuple[str, ...]:
    """The servers over which something may be due: those of everybody who is told anything, and those of letters that wait."""
    named = (server_of(recipient) for recipient in session.config.settings.recipients)
    return tuple(dict.fromkeys((*named, *outbox.servers(session.db))))


async def post_over(session: Session, server: str) -> Posted:
    """Try every letter over a server that is due, then write and try what is owed, until nothing is left or it takes no more.

    A letter is written right before its first try, and none is written for a server that is down: what happens meanwhile
    waits as alerts, and comes as one digest when the server is back. A letter's bytes never change once written. Nothing goes
    to people whom the configuration does not name any more, nor in quiet hours.

    Returns:
        What it came to; a secret that cannot be read, or a webhook that cannot be used, is its `last_error`.
    """
    if outbox.is_down(session.db, server, session.now()):  # also for letters that came due meanwhile: logins get locked
        return Posted(0, 0, 0, "")
    try:
        courier = Courier.of(session.config, server)
    except CrawlerError as error:  # somebody will mend it; what is owed waits, and other servers are not held up
        return Posted(0, 0, 0, str(error))
    round_ = _Round(session, courier, Desk.of(session.db, session.config, session.now()))
    while await _empty(round_):
        pass
    counted = round_.counted
    given_up = counted["refused"] + counted["failed"] + counted["held"]
    return Posted(counted["sent"], counted["pending"], given_up, round_.last_error)


async def _empty(round_: _Round) -> bool:
    """Hand over what waits, then what is owed; whether it must be gathered anew, since a person dropped some of it."""
    session, again = round_.session, False
    for letter in outbox.waiting(session.db, round_.server, session.now()):
        if not _goes_on(round_):
            return False
        desk = round_.desk()
        is_wanted = letter.recipient.casefold() in desk.people and not desk.is_quiet(letter.subscription)
        if is_wanted and not await _settle(round_, letter.id):
            return False
    if not _goes_on(round_) or (round_.server == MAIL and session.config.settings.mail is None):
        return False
    for draft in _drafts(round_):
        if round_.desk().is_quiet(draft.subscription):  # they began while the round was under way
            continue
        with AtLetter(f"{draft.form} {', '.join(draft.told[:5])}", draft.recipient):
            written = _write(round_, draft)
        again = again or written is None
        if written is not None and not await _settle(round_, written):
            return False
        if not _goes_on(round_):
            return False
    return again


def _goes_on(round_: _Round) -> bool:
    """Whether the server may be given one more letter: nobody asked us to stop, and this hour has room for it."""
    session, mail = round_.session, round_.session.config.settings.mail
    if session.stopping:
        return False
    if round_.server != MAIL or mail is None:
        return True
    now = session.now()
    return outbox.sent_over(session.db, MAIL, now - timedelta(hours=1), now) < mail.most_an_hour


def _drafts(round_: _Round) -> Iterator[Draft]:
    """What is owed over the server; gathered anew, since the round may have taken long."""
    desk, server = round_.desk(), round_.server
    under_way = frozenset(round_.session.under_way)
    return chain(event_drafts(desk, server, under_way), quiet_digests(desk, server), health_drafts(desk, server))


def _write(round_: _Round, draft: Draft) -> int | None:
    """Keep a letter, together with what it settles; returns its id, or None where a person dropped some of it meanwhile."""
    session, mail = round_.session, round_.session.config.settings.mail
    sender = mail.sender if mail is not None else ""
    desk = round_.desk()
    envelope = Envelope(
        recipient=draft.recipient,
        sender=sender,
        message_id=desk.message_id(draft.recipient, draft.told),
        date=desk.now,
        language=draft.language,
        subscription=draft.subscription,
        unsubscribe=(mail.unsubscribe if mail is not None else "") or sender,
    )
    name = archive.uuid(session.db)
    letter = outbox.NewLetter(
        recipient=draft.recipient,
        server=round_.server,
        form=draft.form,
        language=draft.language,
        subscription=draft.subscription,
        message_id=envelope.message_id,
        message=enclose(draft.content, envelope, archive=name),
        short=enclose(draft.content, replace(envelope, shortened=True), archive=name),
        period=draft.period,
    )
    with writing(session.db):
        if not outbox.still_wait(session.db, draft.alerts):
            return None
        letter_id = outbox.bind(session.db, letter, draft.alerts, now=desk.now)
        outbox.note(session.db, letter_id, draft.recipient, draft.notices)
    return letter_id


async def _settle(round_: _Round, letter_id: int) -> bool:
    """Try one letter, in its short form where it is too large; returns whether its server may be given another."""
    session = round_.session
    with writing(session.db):
        still_waits = outbox.begin_try(session.db, letter_id)
    if not still_waits:  # a person dropped it while others were handed over
        return True
    letter = outbox.letter(session.db, letter_id)
    assert letter is not None, "it waited a moment ago, and no letter is ever deleted"
    delivery = await round_.courier.hand_over(letter, session.now())
    if isinstance(delivery, TooLarge) and not letter.shortened:
        with writing(session.db):
            outbox.shorten(session.db, letter_id, error=told(delivery), now=session.now())
        return await _settle(round_, letter_id)
    state = _note(session, letter, delivery)
    round_.counted[state] += 1
    if isinstance(delivery, Sent):
        return True
    round_.last_error = told(delivery)
    # The others would fare no better where it is the server's fault: refused logins get accounts locked.
    whose = blame(delivery)
    return whose == "letter" or (whose == "perhaps" and not outbox.is_down(session.db, round_.server, session.now()))


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
            outbox.put_off(session.db, letter.id, error=error, next_attempt_at=again, blame=blame(delivery))
        else:
            outbox.given_up(session.db, letter.id, error=error, state=state)
    return state
