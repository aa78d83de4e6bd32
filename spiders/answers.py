"""What list services answer in JSON, read without trusting a value's kind or size. Knows no service and reads no markup."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from spiders.dates import first_date
from spiders.failures import PageUnreadable
from spiders.page import Page

_CHINA = timedelta(hours=8)
_LONGEST_TEXT = 2_000  # characters of a title or an address
_TAG = re.compile(r"<[^<>]{0,2000}>")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_UNIX = re.compile(r"[0-9]{9,13}")
_MILLISECONDS = 100_000_000_000  # a larger number of seconds lies beyond the year 5000
_EARLIEST, _LATEST = 1990, 2100


def answer_of(page: Page) -> Mapping[str, object]:
    """The JSON object that a list service answered.

    Raises:
        PageUnreadable: it is no JSON, nested beyond reason, or no object; the message says how it begins.
    """
    try:
        answer = json.loads(page.text.lstrip("\ufeff"), strict=False)  # line ends within texts were seen
    except (ValueError, RecursionError) as error:
        raise PageUnreadable(page.url, f"expected JSON ({type(error).__name__}), found {seen(page.text)}") from None
    if not isinstance(answer, dict):
        raise PageUnreadable(page.url, f"expected a JSON object, found {seen(page.text)}")
    return answer


def part_of(record: object, *names: str) -> object:
    """What lies under these names, one within the other; None where one of them is missing."""
    for name in names:
        record = record.get(name) if isinstance(record, dict) else None
    return record


def records_of(page: Page, value: object, where: str) -> list[Mapping[str, object]]:
    """A list of objects; anything else in it is left out.

    Raises:
        PageUnreadable: it is no list; the message says what stands there instead.
    """
    if not isinstance(value, list):
        raise PageUnreadable(page.url, f"expected a list in {where}, found {seen(repr(value))} in {seen(page.text)}")
    return [record for record in value if isinstance(record, dict)]


def text_in(record: Mapping[str, object], *names: str) -> str:
    """The first of these values that is a text, without markup, on one line; "" where none is."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and (text := plain(value)):
            return text
    return ""


def address_in(page: Page, record: Mapping[str, object], *names: str) -> str | None:
    """The first of these values that is an address to which a page may lead."""
    values = (record.get(name) for name in names)
    return next(
        (url for value in values if isinstance(value, str) and value.strip() and (url := page.absolute(plain(value)))), None
    )


def day_in(record: Mapping[str, object], *names: str) -> date | None:
    """The first of these values that is a day."""
    return next((found for name in names if (found := day(record.get(name)))), None)


def plain(markup: str) -> str:
    """A text on one line, without tags, entities, and characters that cannot be written."""
    text = unescape(_TAG.sub(" ", markup[:_LONGEST_TEXT])) if "<" in markup or "&" in markup else markup[:_LONGEST_TEXT]
    return " ".join(_UNPRINTABLE.sub("", text.encode("utf-8", "ignore").decode("utf-8")).split())


def number(value: object) -> int | None:
    """A count from 0 to 9,999,999: as a number or in digits."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    digits = str(value).strip() if isinstance(value, str) or 0 <= value < 10_000_000 else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 7 else None


def day(value: object) -> date | None:
    """The day of a printed date, or of seconds or milliseconds since 1970, in China; None for anything else."""
    if isinstance(value, str):
        if not _UNIX.fullmatch(value.strip()):
            return first_date(value[:100])
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < _MILLISECONDS * 1_000:
        return None
    seconds = value / 1_000 if value >= _MILLISECONDS else value
    found = (datetime.fromtimestamp(seconds, UTC) + _CHINA).date()
    return found if _EARLIEST <= found.year <= _LATEST else None


def parameters(url: str) -> dict[str, str]:
    """The parameters of an address; of a name that stands twice, the last."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def with_parameters(url: str, changed: Mapping[str, str]) -> str:
    """An address with these parameters set; the others stay as they are."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode({**parameters(url), **changed}), fragment=""))


def seen(text: str) -> str:
    """How a text begins, for a message."""
    start = plain(text[:200])[:60]
    return f"{len(text)} characters that begin {start!r}" if start else "an empty text"
