"""Says what a replica site answers to a path: a pure function of its state and the visit's noise. Opens no socket."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from http import HTTPStatus

from crawler.demo import templates
from crawler.demo.bodies import BodyTemplate
from crawler.demo.noise import Noise
from crawler.demo.state import BureauState

ROBOTS = "User-agent: *\nAllow: /\n"


@dataclass(frozen=True)
class Answer:
    """Status, headers and whole body of an answer without faults."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


def answer(state: BureauState, path: str, noise: Noise, *, empty_listing: bool = False) -> Answer:
    """What the site says to a GET of `path`.

    Args:
        state: the site as it stands.
        path: without the query, which changes nothing here as on the real sites.
        noise: this visit's.
        empty_listing: lists come without rows.
    """
    if path in {"/", "/index.html"}:
        return _page(state, templates.home_page(state, noise))
    if path == "/robots.txt":
        return Answer(200, "text/plain", ROBOTS.encode())
    if path.removeprefix("/static/") in templates.ASSETS:
        name = path.removeprefix("/static/")
        return Answer(200, f"{templates.ASSETS[name]}; charset=utf-8", templates.asset(name).encode())
    return (
        _listing(state, path, noise, empty=empty_listing)
        or _report(state, path, noise)
        or _attachment(state, path)
        or Answer(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", templates.missing_page(state, noise).encode())
    )


def entity_tag(body: bytes) -> str:
    """The ETag of a body."""
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def listing_of_rows(state: BureauState, path: str) -> str:
    """The address of the list that takes its rows from `path`, or `path` itself: a fault of a list is one of its rows too."""
    return path.replace(".json", ".htm") if re.fullmatch(r".*/list_\d+\.json", path) and state.script_built else path


def _listing(state: BureauState, path: str, noise: Noise, *, empty: bool) -> Answer | None:
    for page in range(1, state.page_count + 1):
        if path == state.listing_path(page):
            return _page(state, templates.listing_page(state, page, noise, empty=empty))
        if state.script_built and path == state.rows_path(page):
            rows = templates.listing_rows(state, page, empty=empty)
            return Answer(200, "application/json; charset=utf-8", rows.encode())
    return None


def _report(state: BureauState, path: str, noise: Noise) -> Answer | None:
    for posting in state.postings:
        if posting.served and path == state.path_of(posting):
            markup = templates.report_page(state, posting, noise)
            if posting.template is BodyTemplate.GBK:
                return _page(state, markup, label="gb2312", charset="gb18030", day=posting.document.published)
            return _page(state, markup, day=posting.document.published)
    return None


def _attachment(state: BureauState, path: str) -> Answer | None:
    for posting in state.postings:
        for name in posting.document.attachment_names if posting.served else ():
            if path == state.attachment_path(posting, name):
                body = templates.attachment(posting, name)
                changed = posting.document.published + timedelta(days=posting.attachment_edition - 1)
                return Answer(200, "application/pdf", body, _validators(body, changed))
    return None


def _page(state: BureauState, markup: str, *, label: str = "utf-8", charset: str = "utf-8", day: date | None = None) -> Answer:
    """A page of the site; only a steady one says how it can be asked for again, as pages with counters do not."""
    body = markup.encode(charset)
    newest = day or max((posting.document.published for posting in state.listed), default=date(2000, 1, 1))
    return Answer(200, f"text/html; charset={label}", body, _validators(body, newest) if state.steady else ())


def _validators(body: bytes, changed: date) -> tuple[tuple[str, str], ...]:
    modified = format_datetime(datetime.combine(changed, time(1, 15), UTC), usegmt=True)
    return (("ETag", entity_tag(body)), ("Last-Modified", modified))
