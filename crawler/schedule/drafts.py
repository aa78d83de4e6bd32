"""Gathers what is owed into letters, one by one, oldest first. Keeps nothing but what a cap puts off, and sends nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Literal
from urllib.parse import urlsplit

from crawler.deliver.bundling import Bundle, Owed, plan
from crawler.deliver.letter_content import Content, Digest, EventLine, LetterEvent, Storm
from crawler.deliver.subscriptions import Subscription, delivery_after, delivery_before
from crawler.deliver.wording import SHANGHAI
from crawler.flow import EventKind, Language, Significance
from crawler.schedule.couriers import server_of
from crawler.schedule.desk import Desk
from crawler.schedule.draft import AtLetter, Draft
from crawler.schedule.health import issue_line, open_issues, watch_count
from crawler.schedule.letter_events import event_line, letter_event
from storage import archive, outbox, readers
from storage.database import writing
from storage.records import AlertRow, EventRow

IN_FULL = 20
"""Events of a digest that are told in full (count); the others have a line each. Their texts must be compared: 20 ms each."""
IN_FULL_OF_A_STORM = 3
"""The same for a storm."""
RUN_MAY_TAKE = timedelta(minutes=10)
"""So long an alert waits for the end of the run that raised it, so that what belongs together comes together."""

_WEIGHTS = list(Significance)  # least first


def event_drafts(desk: Desk, server: str, under_way: frozenset[str]) -> Iterator[Draft]:
    """The letters that tell events, each gathered when it is asked for; the person who waits longest comes first.

    Args:
        desk: what is known.
        server: for whose recipients.
        under_way: ids of watches that are being visited: what their run raised waits for its end.
    """
    of_person: dict[str, list[AlertRow]] = defaultdict(list)
    for alert in outbox.unbound(desk.db, desk.now):
        person = alert.recipient.casefold()
        if server_of(alert.recipient) == server and person in desk.people and not desk.is_quiet(alert.subscription):
            of_person[person].append(alert)
    for alerts in of_person.values():
        yield from _of_person(desk, alerts, under_way)


def quiet_digests(desk: Desk, server: str) -> Iterator[Draft]:
    """Digests of a day or week in which nothing happened: a silence would mean a fault.

    Somebody's first digest is the one that is due after the subscription was first seen: nothing is known of the time before.
    """
    for when in ("daily", "weekly"):
        due = delivery_before(desk.now, when)
        people = {one.casefold(): (one, wanted) for wanted in desk.wanted if wanted.when == when for one in wanted.to}
        for person, (recipient, wanted) in people.items():
            begun, told = desk.readers.get((person, when)), (when, f"{due:%Y-%m-%d}")
            if begun is None or due <= begun <= desk.now or server_of(recipient) != server or desk.is_quiet(wanted.name):
                continue
            if not desk.is_written(recipient, told):
                content = _digest(desk, recipient, when, (), wanted.language)
                yield Draft(recipient, when, wanted.language, wanted.name, told, content)


def _of_person(desk: Desk, alerts: Sequence[AlertRow], under_way: frozenset[str]) -> Iterator[Draft]:
    recipient = alerts[0].recipient
    events = {alert.id: event for alert in alerts if (event := archive.event(desk.db, alert.event_id)) is not None}
    held = _held(desk, [(alert, events[alert.id]) for alert in alerts if alert.id in events], under_way)
    with AtLetter(_named(alert.event_id for alert in alerts), recipient):
        owed = [_owed(alert, events[alert.id]) for alert in alerts if alert.id in events and alert.id not in held]
    if not owed:
        return
    cap = min((wanted.most_a_day for wanted in _of(desk, recipient)), default=20)
    sent_today = readers.meant_for(desk.db, recipient, _midnight(desk.now), desk.now)
    decided = plan(owed, sent_today=sent_today, most_a_day=cap, now=desk.now)
    subscribed = {alert.id: alert.subscription for alert in alerts}
    letters = [letter for bundle in decided.bundles for letter in _letters(desk, recipient, bundle, subscribed)]
    told = {one.alert_id for letter in letters for one in letter.bundle.owed}
    put_off = (*decided.put_off, *(one for bundle in decided.bundles for one in bundle.owed if one.alert_id not in told))
    if put_off:
        with writing(desk.db):
            for one in put_off:
                when = _when(one.bundle)
                outbox.put_off_alerts(desk.db, [one.alert_id], due_at=delivery_after(desk.now, when), bundle=when)
    for letter in letters:
        with AtLetter(_named(one.event_id for one in letter.bundle.owed), recipient):
            draft = _draft(desk, recipient, letter, events)
        yield draft


def _named(event_ids: Iterable[int]) -> str:
    """The first of these events, by their ids."""
    return f"events {', '.join(str(event_id) for event_id in islice(event_ids, 5))}"


def _held(desk: Desk, alerts: Sequence[tuple[AlertRow, EventRow]], under_way: frozenset[str]) -> frozenset[int]:
    """Alerts that wait for the end of the run that raised them; of a long run all that is there comes together now and then."""
    of_watch: dict[str, list[tuple[AlertRow, EventRow]]] = defaultdict(list)
    for alert, event in alerts:
        if alert.bundle == "at-once" and event.watch_id in under_way:
            of_watch[event.watch_id].append((alert, event))
    return frozenset(
        alert.id
        for together in of_watch.values()
        if timedelta() <= desk.now - min(event.at for _, event in together) < RUN_MAY_TAKE
        for alert, _ in together
    )


def _of(desk: Desk, recipient: str) -> list[Subscription]:
    """The subscriptions of one person."""
    return [wanted for wanted in desk.wanted if recipient.casefold() in {one.casefold() for one in wanted.to}]


@dataclass(frozen=True)
class _Letter:
    bundle: Bundle
    told: tuple[str, ...]  # what makes its Message-ID
    subscription: str


def _letters(desk: Desk, recipient: str, bundle: Bundle, subscribed: Mapping[int, str]) -> Iterator[_Letter]:
    """The letters of a bundle: one, but for digests.

    What was stored after this morning's digest went out is left out: it comes with the next one. But what quiet hours hold
    back each time a digest goes out would never come with one: it has a digest of its own, for each subscription.
    """
    if bundle.form not in {"daily", "weekly"}:
        yield _Letter(bundle, tuple(str(one.event_id) for one in bundle.owed), subscribed[bundle.owed[0].alert_id])
        return
    when = _when(bundle.form)
    told = (bundle.form, f"{delivery_before(desk.now, when):%Y-%m-%d}")
    if not desk.is_written(recipient, told):
        yield _Letter(bundle, told, subscribed[bundle.owed[0].alert_id])
        return
    for name in dict.fromkeys(subscribed[one.alert_id] for one in bundle.owed):
        own = (bundle.form, f"{told[1]} {name}")
        if desk.is_quiet_at(name, delivery_after(desk.now, when)) and not desk.is_written(recipient, own):
            owed = tuple(one for one in bundle.owed if subscribed[one.alert_id] == name)
            yield _Letter(Bundle(bundle.form, owed), own, name)


def _when(form: str) -> Literal["daily", "weekly"]:
    """The digest that something comes in; what a cap puts off comes next morning."""
    return "weekly" if form == "weekly" else "daily"


def _draft(desk: Desk, recipient: str, letter: _Letter, events: Mapping[int, EventRow]) -> Draft:
    bundle = letter.bundle
    heaviest = sorted(
        (events[one.alert_id] for one in bundle.owed),
        key=lambda event: (-_WEIGHTS.index(Significance(event.significance)), event.id),
    )
    content: Content
    if bundle.form == "single":
        content = _in_full(desk, heaviest[0])
    elif bundle.form == "storm":
        full = tuple(_in_full(desk, event) for event in heaviest[:IN_FULL_OF_A_STORM])
        content = Storm(bundle.owed[0].host, tuple(_line(desk, event) for event in heaviest), full)
    elif bundle.form == "daily" and not any(wanted.when == "daily" for wanted in _of(desk, recipient)):
        content = _digest(desk, recipient, "cap", heaviest, bundle.language)
    else:
        content = _digest(desk, recipient, bundle.form, heaviest, bundle.language)
    return Draft(
        recipient=recipient,
        form=bundle.form,
        language=bundle.language,
        subscription=letter.subscription,
        told=letter.told,
        content=content,
        alerts=tuple(one.alert_id for one in bundle.owed),
    )


def _owed(alert: AlertRow, event: EventRow) -> Owed:
    language: Language = "en" if alert.language == "en" else "zh"
    return Owed(
        alert_id=alert.id,
        event_id=event.id,
        kind=EventKind(event.kind),
        host=urlsplit(event.url).hostname or "",
        due_at=alert.due_at,
        bundle="daily" if alert.bundle == "daily" else "weekly" if alert.bundle == "weekly" else "at-once",
        language=language,
    )


def _digest(
    desk: Desk,
    recipient: str,
    reason: Literal["daily", "weekly", "backlog", "cap"],
    heaviest: Sequence[EventRow],
    language: Language,
) -> Digest:
    lines = [_line(desk, event) for event in heaviest]
    lines.sort(key=lambda line: (line.region, line.bureau, -_WEIGHTS.index(line.significance), line.event_id))
    since, until, elsewhere = None, desk.now, 0
    if reason in {"daily", "weekly"}:
        since, until = _told_of(desk, recipient, reason, heaviest)
        elsewhere = readers.told_elsewhere(desk.db, recipient, reason, since, until)
    return Digest(
        reason=reason,
        since=since,
        until=until,
        detailed=tuple(_in_full(desk, event) for event in heaviest[:IN_FULL]),
        lines=tuple(lines),
        watches=watch_count(desk.db, desk.config, desk.now),
        elsewhere=elsewhere,
        needing=tuple(issue_line(row, desk.config, language) for row in open_issues(desk.db, desk.now)),
    )


def _told_of(desk: Desk, recipient: str, form: str, events: Sequence[EventRow]) -> tuple[datetime, datetime]:
    """From when until when a digest tells: of its day or week, not before its reader came, and of all that waited for it."""
    when = _when(form)
    until = delivery_before(desk.now, when)
    since, begun = until - timedelta(days=7 if when == "weekly" else 1), desk.readers.get((recipient.casefold(), when))
    if begun is not None and begun < until:
        since = max(since, begun)
    return min([since, *(event.at for event in events)]), until


def _in_full(desk: Desk, event: EventRow) -> LetterEvent:
    return letter_event(desk.db, event, desk.bureaus.get(event.bureau_id), base_url=desk.config.settings.web.base_url)


def _line(desk: Desk, event: EventRow) -> EventLine:
    return event_line(event, desk.bureaus.get(event.bureau_id), base_url=desk.config.settings.web.base_url)


def _midnight(now: datetime) -> datetime:
    return now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
