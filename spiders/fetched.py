"""What a spider hands on: a listing page, a report, an attachment, or a visit that failed. Plain values, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from spiders.failures import Failure

Role = Literal["listing", "report", "attachment"]


@dataclass(frozen=True)
class Entry:
    """One row of a listing page."""

    url: str
    title: str
    listed: date | None  # the date the row prints, Asia/Shanghai


@dataclass(frozen=True)
class Ask:
    """One listing page to ask for: its address, and what list services want to be told beside it."""

    url: str
    form: str = ""  # body of a POST, as it goes over the wire; "" asks by GET
    content_type: str = "application/x-www-form-urlencoded; charset=UTF-8"  # of the form
    headers: tuple[tuple[str, str], ...] = ()  # beside our own, e.g. X-Requested-With


@dataclass(frozen=True)
class AttachmentLink:
    """A document that a report links to."""

    url: str
    name: str  # the link's text, or the file's name where the text says nothing


@dataclass(frozen=True)
class Visit:
    """One answered visit: what was asked, what came."""

    watch_id: str
    url: str  # as asked
    final_url: str  # after redirects
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    rendered: bool = False  # the body is the page as Chromium built it, not as it was sent


@dataclass(frozen=True)
class FetchedListing:
    """A listing page whose rows were read; one without rows only says where they are to be asked for."""

    visit: Visit
    page_number: int  # 1-based
    family: str
    entries: tuple[Entry, ...]
    following: Ask | None
    pages: int | None  # how many the site says there are
    newest_first: bool  # whether a page of known rows means that all behind it is known


@dataclass(frozen=True)
class FetchedReport:
    """A detail page; its text is read later, by `crawler.clean`."""

    visit: Visit
    family: str
    attachments: tuple[AttachmentLink, ...]
    listed_as: str  # the title of the row that led here; "" where none did


@dataclass(frozen=True)
class FetchedAttachment:
    """A file linked by a report."""

    visit: Visit
    report_url: str
    name: str


@dataclass(frozen=True)
class NotModified:
    """The server said 304: the document is as it was at our last visit."""

    watch_id: str
    role: Role
    url: str


@dataclass(frozen=True)
class FailedVisit:
    """A visit that brought nothing usable, and why."""

    watch_id: str
    role: Role
    url: str
    failure: Failure
    detail: str


Fetched = FetchedListing | FetchedReport | FetchedAttachment | NotModified | FailedVisit
