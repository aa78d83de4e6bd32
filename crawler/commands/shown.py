"""How the commands show things: JSON lines, times in Asia/Shanghai, text that cannot steer a terminal. Queries nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from crawler.deliver.wording import KINDS, SHANGHAI
from crawler.flow import EventKind
from storage.database import stamp
from storage.records import EventRow, ReportRow, VersionRow

FIELDS = {
    "document_number": "文号",
    "index_number": "索引号",
    "publisher": "发布机构",
    "category": "公开类别",
    "validity": "有效性",
    "genre": "体裁",
    "topic": "主题",
}
"""A report's fields beside title, date and source, in Chinese."""
DATES = {"written": "成文", "published": "发布", "listed": "列表", "address": "网址"}
"""The four dates of a report, in Chinese."""


def say(text: str = "") -> None:
    """One line on standard output."""
    sys.stdout.write(plain(text) + "\n")


def complain(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(plain(text) + "\n")


def say_json(value: Mapping[str, Any]) -> None:
    """One JSON object on one line; times are UTC with a Z."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=_as_json) + "\n")


def kind_zh(kind: str) -> str:
    """The Chinese word for a kind of event, as letters use it."""
    return KINDS[EventKind(kind)].zh


def local(moment: datetime | None) -> str:
    """A time as a person in China reads it, to the minute; a dash where there is none."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if moment is not None else "—"


def plain(text: str) -> str:
    """Text from a page may hold characters that steer a terminal or hide words; they are shown by number instead."""
    return "".join(
        character if character.isprintable() or character in "\n\t\u3000\u00a0\u2003" else f"⟦U+{ord(character):04X}⟧"
        for character in text
    )


def event_json(event: EventRow) -> dict[str, Any]:
    """An event in the form of `bureauwatch events --json`."""
    return {
        "id": event.id,
        "at": event.at,
        "kind": event.kind,
        "bureau": event.bureau_id,
        "watch": event.watch_id,
        "report": event.report_id,
        "url": event.url,
        "title": event.title,
        "significance": event.significance,
        "summary": event.summary,
        "from_version": event.from_version,
        "to_version": event.to_version,
    }


def event_line(event: EventRow) -> str:
    """An event in one line."""
    return f"{event.id:>5}  {local(event.at)}  {kind_zh(event.kind)}  {event.bureau_id}  《{event.title}》 {event.summary}"


def report_json(report: ReportRow, latest: VersionRow) -> dict[str, Any]:
    """A report in the form of `bureauwatch reports --json`."""
    return {
        "report": report.id,
        "bureau": report.bureau_id,
        "watch": report.watch_id,
        "title": latest.title,
        "published": latest.published,
        "source": latest.source,
        "versions": report.versions,
        "withdrawn": report.withdrawn,
        "first_seen_at": report.first_seen_at,
        "last_seen_at": report.last_seen_at,
    }


def version_json(version: VersionRow) -> dict[str, Any]:
    """A version with its text."""
    shown = asdict(version)
    del shown["fields"]
    fields = version.fields
    return {
        **shown,
        "document_number": fields.document_number,
        "index_number": fields.index_number,
        "publisher": fields.publisher,
        "category": fields.category,
        "validity": fields.validity,
        "genre": fields.genre,
        "topic": fields.topic,
        "dates": dates_json(fields.dates),
        "body": list(version.body),
        "attachments": [{"name": name, "url": url} for url, name in version.attachments],
    }


def dates_json(dates: Iterable[tuple[str, date, str]]) -> dict[str, dict[str, Any] | None]:
    """The four dates of a report, each with what gave it; null where there is none."""
    shown = {name: {"day": day, "from": origin} for name, day, origin in dates}
    return {name: shown.get(name) for name in DATES}


def field_lines(named: Iterable[tuple[str, str]], dates: Iterable[tuple[str, date, str]]) -> list[str]:
    """What a page says of its document, in two lines at most: its fields, then its dates with what gave each.

    Args:
        named: field and value; fields without a value are left out.
        dates: which of the four, the day, what gave it.
    """
    days = {name: f"{DATES[name]} {day} ({origin})" for name, day, origin in dates}
    parts = [f"{FIELDS[name]} {value}" for name, value in named if value]
    return [" · ".join(line) for line in (parts, [days[name] for name in DATES if name in days]) if line]


def _as_json(value: object) -> str:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot show {type(value).__name__} as JSON")
