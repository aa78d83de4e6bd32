"""The shapes a page takes on its way, and nothing that acts on them.

    seeds.load          Bureau, Watch
     | schedule.due     which watches are due
     | spiders          FetchedListing, FetchedReport, FetchedAttachment, NotModified, FailedVisit
     | capture          Captured        bytes kept once, as WARC, with hash and time
     | clean            CleanReport     text, one paragraph a line; title, dates, source; fingerprint
     |                  CleanAttachment the file's text
     | compare          ChangeEvent     version kept; published, revised, withdrawn, restored, moved, replaced, …
     | deliver          alert           in the outbox, in the same transaction as the event
     | schedule         e-mail          sent, acknowledged, marked

`ITEM_PIPELINES` in `crawler.settings` is the same list, from capture to compare.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Literal

from spiders.disclosure import Disclosure
from spiders.failures import Failure
from spiders.fetched import AttachmentLink, FetchedAttachment, FetchedListing, FetchedReport
from spiders.metadata import Dates
from storage.captures import WarcPlace

RECIPE = 3
"""Number of the cleaning rules. Raise it whenever `clean` would give another fingerprint for the same bytes."""


Language = Literal["zh", "en"]
"""Of a letter's own words."""
When = Literal["at-once", "daily", "weekly"]
"""How soon somebody wants to be told."""


class EventKind(Enum):
    """What can happen to a report or a watch. The values are the public contract (`bureauwatch events`)."""

    BASELINE = "baseline"  # a watch's first completed run: remembered, one summary, never an alert by itself
    PUBLISHED = "published"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"  # absent since …, last seen …; never "deleted on"
    RESTORED = "restored"
    MOVED = "moved"  # same report, another address
    REPLACED = "replaced"  # another report stands at its address; both are kept
    ATTACHMENT_CHANGED = "attachment-changed"
    OVERDUE = "overdue"  # a yearly report was due, and stands in no column where it would; of no report


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
    published_from: str  # see `Metadata.published_from`; also "listed" or "address" once `listed_on` was asked
    source: str
    body: tuple[str, ...]  # one paragraph each, exact but for white space at its ends
    attachments: tuple[AttachmentLink, ...]
    fingerprint: str  # "<recipe>:<sha256>" of title and body without spaces and punctuation width
    dates: Dates = field(default_factory=Dates)
    disclosure: Disclosure = field(default_factory=Disclosure)

    def listed_on(self, day: date | None) -> CleanText:
        """The same text with the day of its row, None where no row is known.

        Where the page says no day of publication, the row's stands for it, else the one in its address.
        """
        dates = self.dates.listed_on(day)
        if self.published is not None or (best := dates.of_publication()) is None:
            return replace(self, dates=dates)
        return replace(self, dates=dates, published=best.day, published_from=best.origin)


class DocumentState(Enum):
    """What reading a document came to."""

    TEXT = "text"  # all of it
    NEEDS_OCR = "needs-ocr"  # pictures only: a scan
    ENCRYPTED = "encrypted"  # nobody can read it without its password
    PARTIAL = "partial"  # a part that the file declares is missing, or something is over a cap; what is there was read
    LISTING = "listing"  # an archive: its members' names
    EMPTY = "empty"  # whole, and without text or pictures
    UNPARSED = "unparsed"  # the kind is known; the file is broken, refused, or there is no reader for it
    UNKNOWN_KIND = "unknown-kind"


@dataclass(frozen=True)
class DocumentText:
    """The text of one file.

    Attributes:
        kind: by the file's first bytes and its structure, never by its name.
        lines: one paragraph, table row, sheet row or archive member each, stripped at its ends and otherwise exact.
        state: what reading came to.
        note: one line for a person: what is missing, and the cure; "" where all is well.
        reader: the library that read it and its version. A file that killed its reader is not given to the same one again.
    """

    kind: str
    lines: tuple[str, ...]
    state: DocumentState
    note: str
    reader: str


@dataclass(frozen=True)
class CleanAttachment:
    """A captured file with its text."""

    captured: Captured
    document: DocumentText
    file_name: str  # as its server or its link calls it, made safe


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


@dataclass(frozen=True)
class Alert:
    """One event owed to one recipient."""

    recipient: str
    subscription: str  # the name of the subscription that makes it due first
    due_at: datetime  # aware UTC
    bundle: When = "at-once"
    language: Language = "zh"
