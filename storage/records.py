"""The rows we remember, as frozen records. Holds no query. Times are aware UTC; ids are those of the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class AddressRow:
    """One address on the frontier: a listing page, a report's page, or an attachment."""

    id: int
    key: str  # canonical form of the address: its identity
    url: str  # as it is fetched
    role: str  # listing | report | attachment
    bureau_id: str
    watch_id: str
    report_id: int | None
    version: int | None  # number of the report's version that was last read here
    name: str  # the row's title, or the attachment's name
    listed: date | None
    silent: bool  # its first reading is no news: listed in a baseline, or linked by a report's first version
    next_due_at: datetime
    last_visit_at: datetime | None
    last_full_at: datetime | None  # last visit that brought the bytes, not a 304
    last_listed_at: datetime | None
    etag: str
    last_modified: str
    capture_id: int | None  # latest capture
    sha256: str  # of the latest capture's bytes
    sightings: int  # visits in a row that found the document gone
    absent_since: datetime | None
    gone: bool  # sightings and hours were enough: told as withdrawn or moved
    failures: int  # failed visits in a row
    how: str = ""  # how the last sighting found it gone, in words; "" before the first
    delisted_at: datetime | None = None  # when a whole walk of its column did not show it any more
    suspect: str = ""  # fingerprint of another text that was read once, or "gone"; "" where nothing waits
    suspect_at: datetime | None = None  # when it was first read
    suspect_capture_id: int | None = None  # the bytes of that reading
    suspects: int = 0  # different texts in a row of which none was read twice
    blips: int = 0  # times that a suspicion came to nothing, less the calm visits since


@dataclass(frozen=True)
class ReportRow:
    """One report, whatever its addresses."""

    id: int
    bureau_id: str
    watch_id: str
    withdrawn: bool
    first_seen_at: datetime
    last_seen_at: datetime
    versions: int


@dataclass(frozen=True)
class VersionFields:
    """What a report's page said of the document beside title, date and source; "" where it said nothing."""

    document_number: str = ""
    index_number: str = ""
    publisher: str = ""
    category: str = ""
    validity: str = ""
    genre: str = ""
    topic: str = ""
    dates: tuple[tuple[str, date, str], ...] = ()  # (written | published | listed | address, day, what gave it)


@dataclass(frozen=True)
class VersionRow:
    """One distinct state of a report's text."""

    id: int
    report_id: int
    number: int  # 1-based within the report
    recipe: int
    fingerprint: str
    title: str
    published: date | None
    published_from: str
    source: str
    body: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]  # (url, name)
    capture_id: int
    created_at: datetime
    fields: VersionFields = field(default_factory=VersionFields)
    first_capture_id: int | None = None  # the first of two looks, where it took two; `capture_id` is the second


@dataclass(frozen=True)
class CaptureRow:
    """Where the bytes of one visit are kept."""

    id: int
    url: str
    captured_at: datetime
    status: int
    sha256: str
    size: int  # bytes
    warc_file: str
    warc_offset: int
    warc_length: int
    revisit_of: int | None  # id of the capture with the same bytes
    rendered: bool


@dataclass(frozen=True)
class EventRow:
    """One change event, as stored."""

    id: int
    at: datetime
    kind: str
    bureau_id: str
    watch_id: str
    report_id: int | None
    url: str
    title: str
    significance: str
    summary: str
    from_version: int | None  # version numbers within the report
    to_version: int | None
    silent: bool  # kept and shown, and told to nobody: an issue stands for it


@dataclass(frozen=True)
class HeldRow:
    """A change that waits for the end of its run, where it is told, or belongs to an upheaval of its whole watch."""

    id: int
    at: datetime
    kind: str
    bureau_id: str
    watch_id: str
    report_id: int
    url: str
    title: str
    significance: str
    summary: str
    from_version: int | None
    to_version: int | None
    marks: tuple[str, ...]  # what it has in common with others


@dataclass(frozen=True)
class AlertRow:
    """One change event owed to one recipient."""

    id: int
    event_id: int
    recipient: str
    subscription: str
    due_at: datetime
    bundle: str  # at-once | daily | weekly
    language: str  # zh | en
    letter_id: int | None
    dropped_at: datetime | None  # a person took it out


@dataclass(frozen=True)
class LetterRow:
    """One letter, its bytes frozen before the first try so that every try is byte-identical."""

    id: int
    recipient: str  # an e-mail address, channel:NAME or webhook:NAME
    server: str  # who takes it: mail, channel:NAME or webhook:NAME
    form: str  # single | storm | daily | weekly | backlog | cap | health | open-issues
    language: str
    subscription: str
    message_id: str
    message: bytes
    short: bytes  # the same in few words
    shortened: bool  # the short one is what is sent
    state: str  # pending | trying | sent | refused | failed | held | dropped
    attempts: int
    created_at: datetime
    tried_since: datetime  # from when its five days are counted
    next_attempt_at: datetime
    blame: str  # of the last try that failed: letter | perhaps (the server's) | server; see `deliver.retry`
    sent_at: datetime | None
    last_error: str


@dataclass(frozen=True)
class ProofRow:
    """What the archive showed of an event when it was told."""

    event_id: int
    capture_id: int | None  # the bytes of a file that changed
    absent_since: datetime | None  # of a report that is gone
    sightings: int | None  # visits in a row that found it gone (count)
    last_seen_at: datetime | None


@dataclass(frozen=True)
class WaitingRow:
    """A letter that waits, without its bytes: there may be thousands."""

    id: int
    recipient: str
    subscription: str


@dataclass(frozen=True)
class IssueRow:
    """Something a person must look at; open until a visit succeeds again."""

    id: int
    key: str
    failure: str
    outcome: str
    bureau_id: str
    watch_id: str
    url: str
    detail: str
    hint: str
    opened_at: datetime
    last_seen_at: datetime
    times: int
    closed_at: datetime | None


@dataclass(frozen=True)
class WatchRow:
    """What we remember of one watch."""

    watch_id: str
    baseline_at: datetime | None
    last_run_at: datetime | None
    last_success_at: datetime | None
    last_outcome: str
    next_due_at: datetime | None
    walked_at: datetime | None  # when its listing was last walked to the end
    walk_complete: bool  # the last walk of its listing came to its end
    rendered: bool  # its listing needs a browser
    end_seen: bool  # a walk came to the last page of its listing, once at least


@dataclass(frozen=True)
class WalkRow:
    """The listing page with which a walk that stopped short goes on."""

    watch_id: str
    url: str
    form: str  # body of a POST; "" where it is asked for by GET
    content_type: str
    headers: tuple[tuple[str, str], ...]
    family: str
    page_number: int  # 1-based
    pages: int | None  # how many the site says there are
    noted_at: datetime


@dataclass(frozen=True)
class DocumentRow:
    """What was read from an attached document."""

    sha256: str  # of its bytes
    kind: str  # pdf, docx, …, told by its bytes
    state: str  # text, needs-ocr, encrypted, partial, listing, empty, unparsed, unknown-kind
    note: str  # one line for a person; "" where all is well
    reader: str  # library and version
    file_name: str  # as its server or its link calls it, made safe
    lines: tuple[str, ...]
    read_at: datetime
