"""Gathers what is owed into letters, and hands them to the mail server. Lays out no letter, speaks no SMTP itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler.clean.normalise import folded
from crawler.compare.change import Change
from crawler.compare.diff import compare_reports
from crawler.compare.significance import significance
from crawler.deliver.delivery import Delivery, Sent, told
from crawler.deliver.letter import compose, stable_message_id
from crawler.deliver.letter_content import Absence, Evidence, LetterEvent, LetterVersion
from crawler.deliver.retry import concerns_server, next_attempt, state_after
from crawler.deliver.smtp import send
from crawler.flow import EventKind, Significance
from crawler.schedule.mail_server import mail_server
from crawler.schedule.session import Session
from crawler.schedule.tell import tell
from spiders.fetched import AttachmentLink
from storage import archive, captures, frontier, outbox
from storage.database import Database, writing
from storage.records import AlertRow, EventRow, LetterRow, VersionRow

_WEIGHTS = list(Significance)  # least first


@dataclass(frozen=True)
class Posted:
    """What one round of posting came to."""

    sent: int
    waiting: int  # will be tried again
    given_up: int
    last_error: str


async def post_letters(session: Session) -> Posted:
    """Put every due alert into a letter, then try every letter that is due. A letter's bytes never change once written."""
    mail = session.config.settings.mail
    if mail is None:
        return Posted(0, 0, 0, "")
    names = {target.bureau.id: target.bureau.name for target in session.config.targets}
    with writing(session.db):
        for alerts in _bundles(outbox.unbound(session.db, session.now()), session.digests):
            _write_letter(session, alerts, names, mail.sender)
    server = mail_server(session.config)
    counted: Counter[str] = Counter()
    last_error = ""
    letters = outbox.waiting(session.db, session.now())
    for position, letter in enumerate(letters):
        delivery = await send(server, letter.recipient, letter.message)
        counted[_note(session, letter, delivery)] += 1
        if isinstance(delivery, Sent):
            continue
        last_error = told(delivery)
        if concerns_server(delivery):  # the others would fare no better: refused logins get accounts locked
            for spared in letters[position + 1 :]:
                counted[_note(session, spared, delivery)] += 1
            break
    return Posted(counted["sent"], counted["pending"], counted["refused"] + counted["failed"], last_error)


def _note(session: Session, letter: LetterRow, delivery: Delivery) -> str:
    """Write down what became of a letter; returns its state."""
    now = session.now()
    again = next_attempt(letter.attempts + 1, letter.created_at, now, delivery)
    state, error = state_after(delivery, again), told(delivery)
    with writing(session.db):
        if state == "sent":
            outbox.sent(session.db, letter.id, now)
        elif again is not None:
            outbox.put_off(session.db, letter.id, error=error, next_attempt_at=again)
        else:
            outbox.given_up(session.db, letter.id, error=error, refused=state == "refused")
    return state


def _bundles(alerts: Sequence[AlertRow], digests: frozenset[str]) -> Iterator[list[AlertRow]]:
    """At-once alerts one by one; those of daily and weekly subscriptions together, a letter for each recipient."""
    yield from ([alert] for alert in alerts if alert.subscription not in digests)
    bundled = sorted(
        (alert for alert in alerts if alert.subscription in digests), key=lambda alert: (alert.recipient, alert.id)
    )
    for _, group in groupby(bundled, key=lambda alert: alert.recipient):
        yield list(group)


def _write_letter(session: Session, alerts: Sequence[AlertRow], names: Mapping[str, str], sender: str) -> None:
    db, now, recipient = session.db, session.now(), alerts[0].recipient
    known = [event for alert in alerts if (event := archive.event(db, alert.event_id)) is not None]
    happened = sorted(known, key=lambda event: (-_WEIGHTS.index(Significance(event.significance)), event.id))
    message_id = stable_message_id(archive.uuid(db), [event.id for event in happened], recipient, sender)
    message = compose(
        [letter_event(db, event, names.get(event.bureau_id, event.bureau_id)) for event in happened],
        recipient=recipient,
        sender=sender,
        message_id=message_id,
        date=now,
    )
    outbox.bind(db, [alert.id for alert in alerts], recipient=recipient, message_id=message_id, message=message, now=now)


def letter_event(db: Database, event: EventRow, bureau_name: str) -> LetterEvent:
    """Everything a letter says about one event, gathered from the archive."""
    old = _version(db, event, event.from_version)
    new = _version(db, event, event.to_version)
    changes = _weightiest_first(old, new) if old and new and old is not new else ()
    known = old or new
    attachments = known.attachments if known else ()
    return LetterEvent(
        event_id=event.id,
        report_id=event.report_id,
        kind=EventKind(event.kind),
        at=event.at,
        bureau=bureau_name,
        title=event.title,
        url=event.url,
        summary=event.summary,
        significance=Significance(event.significance),
        old=_told(db, old),
        new=_told(db, new),
        changes=changes,
        attachments=tuple(AttachmentLink(url, name) for url, name in attachments),
        absence=_absence(db, event),
        former_url=_former_address(db, event),
    )


def _weightiest_first(old: VersionRow, new: VersionRow) -> tuple[Change, ...]:
    changes = compare_reports(tell(old.title, old.body), tell(new.title, new.body), fold=folded)
    return tuple(sorted(changes, key=lambda change: -_WEIGHTS.index(significance([change]))))


def _version(db: Database, event: EventRow, number: int | None) -> VersionRow | None:
    return archive.version(db, event.report_id, number) if event.report_id is not None and number is not None else None


def _told(db: Database, version: VersionRow | None) -> LetterVersion | None:
    capture = captures.get(db, version.capture_id) if version is not None else None
    if version is None or capture is None:
        return None
    return LetterVersion(
        number=version.number,
        published=version.published,
        source=version.source,
        evidence=Evidence(sha256=capture.sha256, captured_at=capture.captured_at, size=capture.size),
        opening=version.body[0] if version.body else "",
    )


def _absence(db: Database, event: EventRow) -> Absence | None:
    if event.kind != EventKind.WITHDRAWN.value or event.report_id is None:
        return None
    report = archive.report(db, event.report_id)
    gone = [row for row in frontier.of_report(db, event.report_id) if row.role == "report" and row.absent_since is not None]
    if report is None or not gone:
        return None
    latest = max(gone, key=lambda row: row.sightings)
    assert latest.absent_since is not None
    return Absence(since=latest.absent_since, sightings=latest.sightings, last_seen=report.last_seen_at)


def _former_address(db: Database, event: EventRow) -> str:
    """Where a report that has moved stood before; "" for any other event."""
    if event.kind != EventKind.MOVED.value or event.report_id is None:
        return ""
    left = [row.url for row in frontier.of_report(db, event.report_id) if row.role == "report" and row.gone]
    return next((url for url in left if url != event.url), "")
