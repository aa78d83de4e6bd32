"""What a letter says about one event, as plain values. Gathers nothing and lays nothing out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from crawler.flow import EventKind, Significance
from spiders.fetched import AttachmentLink


class Span(Protocol):
    """One stretch of a changed paragraph: the same on both sides, or an edit whose units (226件) are whole."""

    @property
    def op(self) -> str:
        """What was done: "equal" where nothing was that counts, though width or spaces may differ."""
        ...

    @property
    def old(self) -> str:
        """As it was; "" where something was put in."""
        ...

    @property
    def new(self) -> str:
        """As it is; "" where something was taken out."""
        ...


class Change(Protocol):
    """One changed paragraph."""

    @property
    def kind(self) -> str:
        """What happened to it: edited, moved, split, merged, added or removed."""
        ...

    @property
    def section(self) -> str:
        """The path of the section that it stands in; "" where that is not known."""
        ...

    @property
    def old(self) -> str:
        """The paragraph as it was; "" where it is new."""
        ...

    @property
    def new(self) -> str:
        """The paragraph as it is; "" where it is gone."""
        ...

    @property
    def spans(self) -> Sequence[Span]:
        """The paragraph in stretches, in order; none where it is wholly new or wholly gone."""
        ...


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


@dataclass(frozen=True)
class Absence:
    """How long a report could not be reached. It says nothing about why."""

    since: datetime  # aware; the first of the sightings
    sightings: int  # visits in a row that did not find it
    last_seen: datetime  # aware


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
