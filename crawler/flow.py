"""The shapes a page takes on its way, and nothing that acts on them.

    seeds.load          Bureau, Watch
     | schedule.due     which watches are due
     | spiders          FetchedListing, FetchedReport, FetchedAttachment, NotModified, FailedVisit
     | capture          Captured        bytes kept once, as WARC, with hash and time
     | clean            CleanReport     text, one paragraph a line; title, dates, source; fingerprint
     | compare          ChangeEvent     version kept; published, revised, withdrawn, restored, moved, attachment-changed
     | deliver          alert           in the outbox, in the same transaction as the event
     | schedule         e-mail          sent, acknowledged, marked

`ITEM_PIPELINES` in `crawler.settings` is the same list, from capture to compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from spiders.failures import Failure
from spiders.fetched import AttachmentLink, FetchedAttachment, FetchedListing, FetchedReport
from storage.captures import WarcPlace

RECIPE = 1
"""Number of the cleaning rules. Raise it whenever `clean` would give another fingerprint for the same bytes."""


class EventKind(Enum):
    """What can happen to a report or a watch. The values are the public contract (`bureauwatch events`)."""

    BASELINE = "baseline"  # a watch's first completed run: remembered, one summary, never an alert by itself
    PUBLISHED = "published"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"  # absent since …, last seen …; never "deleted on"
    RESTORED = "restored"
    MOVED = "moved"  # same report, another address
    ATTACHMENT_CHANGED = "attachment-changed"


class Significance(Enum):
    """How much a change matters, least first; alerts and lists sort by it."""

    FORMAT = "format"
    WORDING = "wording"
    CLAUSE = "clause"
    WITHDRAWN = "withdrawn"
    FIGURE = "figure"


@dataclass(frozen=True)
class Captured:
    """A fetched page or file whose bytes are now kept as evidence."""

    fetched: FetchedListing | FetchedReport | FetchedAttachment
    place: WarcPlace
    sha256: str
    captured_at: datetime  # aware UTC
    revisit_of: int | None  # id of the capture with the same bytes, where there is one


@dataclass(frozen=True)
class CleanText:
    """What cleaning reads out of one page: a report's fields and its text."""

    title: str
    published: date | None
    published_from: str  # "label", "title", "meta", "near-title", "listed", or "" where no date was found
    source: str
    body: tuple[str, ...]  # one paragraph each, exact but for white space at its ends
    attachments: tuple[AttachmentLink, ...]
    fingerprint: str  # "<recipe>:<sha256>" of title and body without spaces and punctuation width


@dataclass(frozen=True)
class CleanReport:
    """A captured report with its text."""

    captured: Captured
    text: CleanText


@dataclass(frozen=True)
class Unclean:
    """A captured report whose text could not be read; its bytes are kept all the same."""

    captured: Captured
    failure: Failure
    detail: str


@dataclass(frozen=True)
class ChangeEvent:
    """Something that happened, as it is stored and told. `id` is None until it is stored."""

    kind: EventKind
    at: datetime
    bureau_id: str
    watch_id: str
    report_id: int | None
    url: str
    title: str
    significance: Significance
    summary: str  # one Chinese line
    from_version: int | None
    to_version: int | None
