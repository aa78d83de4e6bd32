"""What a letter says about one event, as plain values. Gathers nothing and lays nothing out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from crawler.change import Change
from crawler.flow import EventKind, Language, Significance
from spiders.fetched import AttachmentLink


@dataclass(frozen=True)
class Evidence:
    """The kept bytes that prove a version."""

    sha256: str  # of the bytes, hexadecimal
    captured_at: datetime  # aware
    size: int  # bytes


@dataclass(frozen=True)
class LetterVersion:
    """What a letter says about one version of a report."""

    number: int  # 1-based within the report
    published: date | None  # as the page prints it
    source: str
    evidence: Evidence
    opening: str  # its first paragraph; "" where it has no text
    first_evidence: Evidence | None = None  # of the first of two looks, where it took two


@dataclass(frozen=True)
class Absence:
    """How long a report could not be reached. It says nothing about why."""

    since: datetime  # aware; the first of the sightings
    sightings: int  # visits in a row that did not find it
    last_seen: datetime  # aware


@dataclass(frozen=True)
class FigureLine:
    """One figure as a letter's table shows it: what is counted, as it was, as it is."""

    indicator: str  # in the report's words
    section: str  # path
    old: str  # as printed, with its unit: of the version before, or of last year's report; "" where there is none
    new: str  # as printed, with its unit; "" where it fell away
    delta: str  # +4.4% or +0.3个百分点; "" where none can be said


@dataclass(frozen=True)
class FailedCheck:
    """A sum or a rate of a report that does not come out."""

    relation: str  # the sum written out
    note: str  # Chinese; ""


@dataclass(frozen=True)
class OutlineLine:
    """One heading of a new report."""

    level: int  # 1 is the highest
    text: str  # with its ordinal


@dataclass(frozen=True)
class LetterEvent:
    """One event as a letter tells it."""

    event_id: int
    report_id: int | None  # None for a watch's baseline and for an overdue report
    kind: EventKind
    at: datetime  # aware
    bureau: str  # its name
    title: str
    url: str
    summary: str  # one Chinese line
    significance: Significance
    old: LetterVersion | None  # the version before; for a report that is absent: its last one
    new: LetterVersion | None  # the version that is there now
    changes: Sequence[Change] = ()
    attachments: Sequence[AttachmentLink] = ()
    absence: Absence | None = None  # of a withdrawn report
    former_url: str = ""  # of a moved report
    file: Evidence | None = None  # the bytes of an attachment that changed
    region: str = ""  # of the bureau: 上海市/闵行区
    report_kind: str = ""  # 法治政府建设年度报告 …; "" where it is none of the known ones
    outline: Sequence[OutlineLine] = ()  # of a new report
    figures: Sequence[FigureLine] = ()  # of a new report: its key figures beside last year's; of a revised one: those changed
    checks: Sequence[FailedCheck] = ()  # of the version that is there now
    page_url: str = ""  # of this event in our own reading room; "" where none is served


@dataclass(frozen=True)
class EventLine:
    """One event as a list of many shows it: no text was compared for it."""

    event_id: int
    kind: EventKind
    at: datetime  # aware
    bureau: str
    region: str
    title: str
    url: str
    summary: str  # one Chinese line
    significance: Significance
    page_url: str = ""


@dataclass(frozen=True)
class WatchCount:
    """How the watches fare: what makes silence mean that nothing happened."""

    fine: int
    need_you: int  # with an open issue
    never_read: int  # no baseline yet


@dataclass(frozen=True)
class IssueLine:
    """Something that a person must look at, as a letter tells it."""

    issue_id: int
    bureau: str
    region: str
    section: str  # name of the watch's column; "" where it is known no more
    url: str
    failure: str  # its class: waf, unreachable, silent, …
    sentence: str  # what is wrong, plainly, in the letter's language
    cure: str  # what a person can do, in the letter's language
    opened_at: datetime  # aware
    last_seen_at: datetime
    times: int  # seen (count)
    healed_at: datetime | None = None


@dataclass(frozen=True)
class Digest:
    """Everything of a day or a week; of a backlog after an outage; or what a person's cap for a day put off."""

    reason: Literal["daily", "weekly", "backlog", "cap"]
    since: datetime | None  # aware; where the period began; None for a backlog
    until: datetime  # aware
    detailed: Sequence[LetterEvent]  # the weightiest, told in full
    lines: Sequence[EventLine]  # all of them, those in `detailed` too; region, bureau, weightiest first
    watches: WatchCount
    needing: Sequence[IssueLine] = ()  # open issues
    elsewhere: int = 0  # events of this time that come in other letters (count)


@dataclass(frozen=True)
class Storm:
    """Many events of one host at one time: one letter with a table."""

    host: str
    events: Sequence[EventLine]  # weightiest first
    detailed: Sequence[LetterEvent] = ()  # the few weightiest, told in full


@dataclass(frozen=True)
class Health:
    """Issues that opened, and issues that healed, since the last letter about them."""

    opened: Sequence[IssueLine]
    healed: Sequence[IssueLine]
    watches: WatchCount


@dataclass(frozen=True)
class OpenIssues:
    """The weekly list of everything that still needs a person."""

    issues: Sequence[IssueLine]
    watches: WatchCount


Content = LetterEvent | Digest | Storm | Health | OpenIssues
"""What one letter tells."""


@dataclass(frozen=True)
class Envelope:
    """Whom a letter goes to, and how."""

    recipient: str  # one address
    sender: str  # the address it comes from
    message_id: str  # with angle brackets; see `stable_message_id`
    date: datetime  # aware; when it was composed
    language: Language
    subscription: str  # by whose name it is owed; named in its foot
    unsubscribe: str  # the address that takes the wish to be told no more
    shortened: bool = False  # the server found it too large: only what one must know, and where the rest is
