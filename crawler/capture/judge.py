"""Says whether an answer is the page that was asked for, or a refusal, an empty shell, a soft 404. Pure: reads bytes only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from spiders.addresses import canonical_key
from spiders.failures import Failure
from spiders.fetched import Role
from spiders.page import decode

SHORTEST_PAGE = 256  # bytes; stubs of 3, 13, 54 and 215 bytes were seen with status 200, the smallest true page was over 1 kB
_SMALL_PAGE = 60_000  # bytes; challenge and block pages of up to about 10 kB were seen, true pages carry long menus
_SHORT_TEXT = 400  # characters; more visible text than this is a document, whatever words it uses

_NOT_TEXT = re.compile(r"<(script|style|noscript|title|head)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>|&nbsp;", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_CHALLENGE = re.compile(r"\$_ts\b|__jsl_clearance|wzws[-_]|C3VK|acw_sc__v2|_\$jsvmprt", re.IGNORECASE)
_CAPTCHA = re.compile(r"验证码|人机验证|滑动验证|安全验证|拖动滑块|captcha", re.IGNORECASE)
_TOO_OFTEN = re.compile(r"访问过于频繁|请求过于频繁|操作过于频繁|访问频率")
_BLOCKED = re.compile(
    r"访问被(拒绝|阻断|拦截)|请求被(拒绝|阻断|拦截)|网站防火墙|Web应用防火墙|\bWAF\b|已被拦截|access denied", re.IGNORECASE
)
_MAINTENANCE = re.compile(
    r"(网站|系统|平台)?(正在)?(维护|升级|改版)(中|期间|公告)|暂停(服务|访问)|系统(维护|升级)|under maintenance", re.IGNORECASE
)
_MISSING = re.compile(
    r"(页面|网页|内容|文章|信息|文件)(不存在|已删除|已被删除|找不到|未找到|已下线)|您(要)?访问的(页面|内容|网页)|找不到(该)?(页面|网页)"
    r"|\b404\b|not found",
    re.IGNORECASE,
)
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
    text = decode(answer.body) if len(answer.body) < _SMALL_PAGE and not _is_file(answer) else ""
    failure = _by_status(answer.status, text)
    if failure is not None:
        return failure, seen
    if not answer.body:
        return Failure.EMPTY_BODY, seen
    if answer.role == "attachment":
        return _by_file(answer, text, seen)
    return _by_content(answer, text, seen)


def retry_after(wish: str, now: datetime) -> datetime | None:
    """The time that a Retry-After header asks for, in seconds or as a date (RFC 9110, 10.2.3); None if it is neither."""
    if re.fullmatch(r"[0-9]{1,9}", wish.strip()):
        return now + timedelta(seconds=min(int(wish), 10**8))
    try:
        asked = parsedate_to_datetime(wish)
    except ValueError:
        return None
    return asked if asked.tzinfo else asked.replace(tzinfo=UTC)


def _by_status(status: int, text: str) -> Failure | None:
    if status != 200 and _CHALLENGE.search(text):
        return Failure.CHALLENGE
    if status in _REFUSALS:
        return Failure.CAPTCHA if _CAPTCHA.search(text) else Failure.FORBIDDEN
    if status == 503 and _MAINTENANCE.search(text):
        return Failure.MAINTENANCE
    if 200 <= status < 300 and status != 202:
        return None
    return _STATUSES.get(status, Failure.HTTP_ERROR)


def _by_file(answer: Answer, text: str, seen: str) -> tuple[Failure, str] | None:
    """A page in a file's place says why, or is none of ours; only spreadsheets are at times HTML and meant so."""
    if _is_file(answer) or not _NEVER_HTML.search(urlsplit(answer.asked).path):
        return (Failure.NOT_FOUND, f"{seen}: a page that says so, not a file") if _says_missing(text) else None
    return _by_content(answer, text, seen) or (Failure.UNEXPECTED_STRUCTURE, f"{seen}: a page in the place of a file")


def _by_content(answer: Answer, text: str, seen: str) -> tuple[Failure, str] | None:
    visible = _visible(text)
    is_short = bool(text) and len(visible) < _SHORT_TEXT
    if is_short and _CHALLENGE.search(text):
        return Failure.CHALLENGE, seen
    if is_short and not _links(text):
        for pattern, failure in (
            (_CAPTCHA, Failure.CAPTCHA),
            (_TOO_OFTEN, Failure.RATE_LIMITED),
            (_BLOCKED, Failure.FORBIDDEN),
            (_MAINTENANCE, Failure.MAINTENANCE),
        ):
            if pattern.search(visible) or pattern.search(_title(text)):
                return failure, f"{seen}, says: {visible[:80]}"
    if _says_missing(text):
        return Failure.NOT_FOUND, f"{seen}, says: {visible[:80]}"
    if len(answer.body.strip()) < SHORTEST_PAGE:
        return Failure.EMPTY_BODY, seen
    return None


def _led_astray(answer: Answer) -> bool:
    """Redirected from a deep address to the home page or a login page, as withdrawn documents are."""
    if canonical_key(answer.asked) == canonical_key(answer.answered):
        return False
    asked, answered = urlsplit(answer.asked), urlsplit(answer.answered)
    if _LOGIN.search(answered.path) and not _LOGIN.search(asked.path):
        return True
    to_home = canonical_key(answer.answered) == canonical_key(answer.home_url) or bool(_HOME.match(answered.path))
    return to_home and not _HOME.match(asked.path)


def _says_missing(text: str) -> bool:
    visible = _visible(text)
    if not text or len(visible) >= _SHORT_TEXT:
        return False
    return bool(_MISSING.search(_title(text)) or (_MISSING.search(visible) and len(visible) < _SHORT_TEXT // 2))


def _visible(text: str) -> str:
    return " ".join(_NOT_TEXT.sub(" ", text).split())


def _title(text: str) -> str:
    found = _TITLE.search(text)
    return found.group(1) if found else ""


def _links(text: str) -> bool:
    """Whether the page offers more than a handful of ways on: a block page does not."""
    return len(re.findall(r"<a\s", text, re.IGNORECASE)) > 8


def _is_file(answer: Answer) -> bool:
    return answer.role == "attachment" and answer.body.lstrip()[:1] != b"<"
