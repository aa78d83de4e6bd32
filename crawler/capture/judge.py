"""Says whether an answer is the page that was asked for, or a refusal, an empty shell, a soft 404. Pure: reads bytes only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from crawler.capture.glance import Glance, glance
from crawler.capture.notices import is_challenge, names_rows, notice_on, says_captcha, says_maintenance, says_missing
from spiders.addresses import canonical_key
from spiders.failures import Failure
from spiders.fetched import Role
from spiders.page import decode

SHORTEST_PAGE = 256  # bytes; stubs of 3, 13, 54 and 215 bytes were seen with status 200, the smallest true page was over 1 kB
SMALL_PAGE = 60_000  # bytes; challenge and block pages of up to about 10 kB were seen, true pages carry long menus

_LOGIN = re.compile(r"/(login|logon|signin|sso|cas|passport)\b", re.IGNORECASE)
_HOME = re.compile(r"^/?((index|default|home|main)\.[a-z]{3,5})?$", re.IGNORECASE)
_NEVER_HTML = re.compile(r"\.(pdf|docx?|wps|ofd|zip|rar|pptx?|ceb)$", re.IGNORECASE)
_REFUSALS = frozenset({401, 403, 407, 451})
_STATUSES = {
    404: Failure.NOT_FOUND,
    410: Failure.NOT_FOUND,
    412: Failure.CHALLENGE,
    468: Failure.CHALLENGE,
    521: Failure.CHALLENGE,
    429: Failure.RATE_LIMITED,
}


@dataclass(frozen=True)
class Answer:
    """What came back for one request."""

    role: Role
    asked: str  # address
    answered: str  # address after redirects
    status: int
    body: bytes
    conditional: bool  # we said which version we have
    home_url: str  # of the bureau
    cookies: bytes = b""  # what the answer set, one below the other


def judge(answer: Answer) -> tuple[Failure, str] | None:
    """The failure that an answer amounts to, with what was seen; None where the page may be read.

    Order: what the status says, then where we were led, then what the page says of itself. A page is believed to be one of
    the site's own notices only when it is short: a report may well speak of 系统维护 or 验证码.
    """
    seen = f"status {answer.status}, {len(answer.body)} bytes"
    if _led_astray(answer):
        return Failure.REDIRECTED_HOME, f"{seen}, led to {answer.answered}"
    if answer.status == 304:
        return None if answer.conditional else (Failure.PROTOCOL, "304 to a request that named no version")
    text = decode(answer.body) if len(answer.body) < SMALL_PAGE and not _is_file(answer) else ""
    page = glance(text)
    failure = _by_status(answer, text, page)
    if failure is not None:
        return failure, seen
    if not answer.body:
        return Failure.EMPTY_BODY, seen
    if answer.role == "attachment":
        return _by_file(answer, text, page, seen)
    return _by_content(answer, text, page, seen)


def retry_after(wish: str, now: datetime) -> datetime | None:
    """The time that a Retry-After header asks for, in seconds or as a date (RFC 9110, 10.2.3); None if it is neither."""
    if re.fullmatch(r"[0-9]{1,9}", wish.strip()):
        return now + timedelta(seconds=min(int(wish), 10**8))
    try:
        asked = parsedate_to_datetime(wish)
    except (ValueError, OverflowError):
        return None
    return asked if asked.tzinfo else asked.replace(tzinfo=UTC)


def _by_status(answer: Answer, text: str, page: Glance) -> Failure | None:
    status = answer.status
    if status != 200 and is_challenge(text, answer.cookies):
        return Failure.CHALLENGE
    if status in _REFUSALS:
        return Failure.CAPTCHA if says_captcha(page) else Failure.FORBIDDEN
    if status == 503 and says_maintenance(page):
        return Failure.MAINTENANCE
    if 200 <= status < 300 and status != 202:
        return None
    return _STATUSES.get(status, Failure.HTTP_ERROR)


def _by_file(answer: Answer, text: str, page: Glance, seen: str) -> tuple[Failure, str] | None:
    """A page in a file's place says why, or is none of ours; only spreadsheets are at times HTML and meant so."""
    if _is_file(answer) or not _NEVER_HTML.search(urlsplit(answer.asked).path):
        return (Failure.NOT_FOUND, f"{seen}: a page that says so, not a file") if text and says_missing(page) else None
    return _by_content(answer, text, page, seen) or (Failure.UNEXPECTED_STRUCTURE, f"{seen}: a page in the place of a file")


def _by_content(answer: Answer, text: str, page: Glance, seen: str) -> tuple[Failure, str] | None:
    failure = notice_on(page, text, answer.cookies) if text else None
    if failure is not None:
        return failure, f"{seen}, says: {page.title[:40]} {page.words[:80]}".rstrip()
    if (len(answer.body.strip()) < SHORTEST_PAGE and not names_rows(text)) or (text and _is_blank(text, page)):
        return Failure.EMPTY_BODY, seen
    return None


def _is_blank(text: str, page: Glance) -> bool:
    """Markup with nothing in it: no word, no link, no script that could still bring some."""
    is_markup = "<html" in text[:3000].lower() or "<!doctype" in text[:3000].lower() or "<body" in text.lower()
    return is_markup and not (page.words or page.links or page.has_script or page.shows or page.refresh)


def _led_astray(answer: Answer) -> bool:
    """Redirected from a deep address to the home page or a login page, as withdrawn documents are."""
    if canonical_key(answer.asked) == canonical_key(answer.answered):
        return False
    asked, answered = urlsplit(answer.asked), urlsplit(answer.answered)
    if _LOGIN.search(answered.path) and not _LOGIN.search(asked.path):
        return True
    to_home = canonical_key(answer.answered) == canonical_key(answer.home_url) or bool(_HOME.match(answered.path))
    return to_home and not _HOME.match(asked.path)


def _is_file(answer: Answer) -> bool:
    return answer.role == "attachment" and answer.body.lstrip()[:1] != b"<"
