"""Stores what a visit of a listing page or an attachment came to, and every failed visit. Opens no transaction."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from crawler.compare.attachment import decide_attachment
from crawler.compare.revisit import next_address_visit, next_failure_check
from crawler.compare.upheaval import marks_of
from crawler.context import RunContext, Tally, record_event
from crawler.event_rows import as_columns
from crawler.flow import Captured, ChangeEvent, CleanAttachment, DocumentState, EventKind
from seeds.load import Target
from spiders.addresses import canonical_key
from spiders.failures import Failure
from spiders.fetched import FailedVisit, FetchedAttachment, FetchedListing, NotModified
from storage import archive, captures, documents, frontier, held, issues, walks
from storage.records import AddressRow

Watched = Target
_AT_THE_END = frozenset(EventKind) - {EventKind.BASELINE, EventKind.PUBLISHED, EventKind.ATTACHMENT_CHANGED}
_ENDS_EARLY = frozenset({Failure.NOT_FOUND, Failure.EMPTY_BODY})


@dataclass(frozen=True)
class Desk:
    """Where one visit is written up: the run's context, and the watch that the visit belongs to."""

    context: RunContext
    target: Target

    @property
    def tally(self) -> Tally:
        """What the watch's run has done so far."""
        return self.context.tallies[self.target.watch_id]

    def address(self, url: str) -> AddressRow:
        """The frontier's row of an address; whatever is visited was made known before."""
        row = frontier.find(self.context.db, canonical_key(url))
        assert row is not None, f"{url} was visited and is not on the frontier"
        return row

    def add_capture(self, captured: Captured) -> int:
        """Store the index row of kept bytes."""
        visit = captured.fetched.visit
        return captures.add(
            self.context.db,
            url=visit.url,
            captured_at=captured.captured_at,
            status=visit.status,
            sha256=captured.sha256,
            size=len(visit.body),
            place=captured.place,
            revisit_of=captured.revisit_of,
            rendered=visit.rendered,
        )

    def mark_read(
        self, row: AddressRow, captured: Captured, capture_id: int, *, report_id: int | None = None, version: int | None = None
    ) -> None:
        """The address lives: note its bytes, what was read from them, and when it is due again."""
        headers = {name.lower(): value for name, value in captured.fetched.visit.headers}
        frontier.read(
            self.context.db,
            row.id,
            now=captured.captured_at,
            next_due_at=next_address_visit(self.target.watch, now=captured.captured_at),
            report_id=report_id,
            version=version,
            capture_id=capture_id,
            sha256=captured.sha256,
            # What a browser built may change behind a shell that never does.
            etag="" if captured.fetched.visit.rendered else headers.get("etag", ""),
            last_modified="" if captured.fetched.visit.rendered else headers.get("last-modified", ""),
        )
        self.close_issue(row.role, row.url)

    def tell(self, event: ChangeEvent | None, marks: AbstractSet[str] = frozenset()) -> None:
        """Store an event with what it owes to people; one that may be part of an upheaval waits for the run's end.

        Args:
            event: what happened; None: nothing.
            marks: what it has in common with others, where more than its kind; see `crawler.compare.upheaval`.
        """
        if event is None:
            return
        if event.report_id is None or event.kind not in _AT_THE_END:
            self.tally.events.append(record_event(self.context, event))
            return
        kept = as_columns(event)
        held.keep(self.context.db, report_id=event.report_id, marks=marks or marks_of(event.kind), **kept)

    def raise_issue(self, role: str, url: str, failure: Failure, detail: str, now: datetime) -> None:
        """Open an issue, or count it once more."""
        self.raise_under(self.issue_key(role, url), url, failure, detail, now)

    def raise_under(self, key: str, url: str, failure: Failure, detail: str, now: datetime) -> None:
        """Open an issue that has a key of its own, or count it once more."""
        issues.raise_issue(
            self.context.db,
            key=key,
            failure=failure.value,
            outcome=failure.outcome.value,
            bureau_id=self.target.bureau.id,
            watch_id=self.target.watch_id,
            url=url,
            detail=detail[:500],
            hint=failure.hint,
            now=now,
        )
        self.tally.failures += 1

    def close_issue(self, role: str, url: str) -> None:
        """What an issue complained of works again."""
        issues.close(self.context.db, self.issue_key(role, url), self.context.now())

    def issue_key(self, role: str, url: str) -> str:
        """What makes two issues of this watch one."""
        return f"{self.target.watch_id} {role} {canonical_key(url)}"


def listing(desk: Desk, captured: Captured, fetched: FetchedListing) -> None:
    """A listing page was read. Its rows were made known before (see `schedule.itinerary`)."""
    capture_id = desk.add_capture(captured)
    row = _listing_row(desk, fetched.visit.url, captured.captured_at)
    if not fetched.entries:  # it only says where its rows are to be asked for
        desk.mark_read(row, captured, capture_id)
        return
    desk.tally.pages += 1
    if desk.tally.walk_ended:
        desk.tally.listing_answered.set()
    desk.tally.rendered = fetched.visit.rendered
    least = desk.target.watch.expect.min_entries
    if fetched.page_number == 1 and len(fetched.entries) < least:
        desk.tally.listing_failure = Failure.UNEXPECTED_STRUCTURE
        detail = f"{len(fetched.entries)} rows on the first page, at least {least} are expected"
        desk.raise_issue("listing", fetched.visit.url, Failure.UNEXPECTED_STRUCTURE, detail, captured.captured_at)
        return
    desk.mark_read(row, captured, capture_id)


def attachment(desk: Desk, brought: Captured | CleanAttachment) -> None:
    """A file was received: new, changed, or as it was; its words come with it unless they are known."""
    captured = brought.captured if isinstance(brought, CleanAttachment) else brought
    fetched = captured.fetched
    assert isinstance(fetched, FetchedAttachment)
    db, row = desk.context.db, desk.address(fetched.visit.url)
    report_id = row.report_id or _report_at(desk, fetched.report_url)
    report = archive.latest_version(db, report_id) if report_id is not None else None
    capture_id = desk.add_capture(captured)
    desk.mark_read(row, captured, capture_id, report_id=report_id)
    if report is not None:
        desk.tell(decide_attachment(captured.sha256, row, report, now=captured.captured_at))
    if isinstance(brought, CleanAttachment):
        _keep_document(desk, captured, brought)
    _tell_whether_read(desk, captured)


def not_modified(desk: Desk, visit: NotModified) -> None:
    """The server said that a listing page or an attachment is as it was."""
    now = desk.context.now()
    row = desk.address(visit.url)
    if visit.role == "listing":
        desk.tally.pages += 1
        desk.tally.listing_answered.set()
        desk.tally.walk_ended = True
    frontier.not_modified(desk.context.db, row.id, now=now, next_due_at=next_address_visit(desk.target.watch, now=now))
    desk.close_issue(visit.role, visit.url)


def failed(desk: Desk, visit: FailedVisit) -> None:
    """A visit brought nothing usable: an issue, a later try, and nothing else."""
    now = desk.context.now()
    if visit.role == "listing":
        if desk.tally.pages and visit.failure in _ENDS_EARLY:
            # Some list services know no page behind the first; what was read stands, and the gap is said aloud.
            desk.tally.cut_short = f"the page behind page {desk.tally.page_number} is not there: {visit.detail}"
            desk.tally.gap = desk.tally.walk_ended = True
            desk.tally.listing_answered.set()
            return
        desk.tally.listing_failure = visit.failure
        desk.tally.listing_answered.set()
        if desk.tally.resumed and not desk.tally.pages and visit.failure in _ENDS_EARLY:
            _noted_page_is_gone(desk, visit, now)
            return
    else:
        row = desk.address(visit.url)
        due = next_failure_check(desk.target.watch, failures_in_a_row=row.failures, now=now)
        frontier.failed(desk.context.db, row.id, now=now, next_due_at=due)
    desk.raise_issue(visit.role, visit.url, visit.failure, visit.detail, now)


def _noted_page_is_gone(desk: Desk, visit: FailedVisit, now: datetime) -> None:
    """The page with which a walk was to go on is not there: the next one begins anew, and closes the issue when it does."""
    walks.begin_anew(desk.context.db, desk.target.watch_id)
    detail = f"{visit.url}, where the last walk stopped: {visit.detail}; the next one begins with the first page"
    desk.raise_issue("listing", desk.target.watch.listing_url, visit.failure, detail, now)


def _keep_document(desk: Desk, captured: Captured, read: CleanAttachment) -> None:
    """What a file's reader made of it."""
    text = read.document
    documents.keep(
        desk.context.db,
        captured.sha256,
        kind=text.kind,
        state=text.state.value,
        note=text.note,
        reader=text.reader,
        file_name=read.file_name,
        lines=text.lines,
        now=captured.captured_at,
    )


def _tell_whether_read(desk: Desk, captured: Captured) -> None:
    """A file that no reader could read is somebody's business, wherever its bytes were met first; its bytes are kept."""
    visit, text = captured.fetched.visit, documents.find(desk.context.db, captured.sha256)
    if text is not None and text.state == DocumentState.UNPARSED.value:
        detail = f"{text.kind}, {len(visit.body)} bytes, by {text.reader}: {text.note}"
        desk.raise_issue("document", visit.url, Failure.EXTRACT_FAILED, detail, captured.captured_at)
    else:
        desk.close_issue("document", visit.url)


def _listing_row(desk: Desk, url: str, now: datetime) -> AddressRow:
    frontier.register(
        desk.context.db,
        key=canonical_key(url),
        url=url,
        role="listing",
        bureau_id=desk.target.bureau.id,
        watch_id=desk.target.watch_id,
        silent=True,
        now=now,
    )
    return desk.address(url)


def _report_at(desk: Desk, url: str) -> int | None:
    row = frontier.find(desk.context.db, canonical_key(url)) if url else None
    return row.report_id if row is not None else None
