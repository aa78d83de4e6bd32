"""Writes what a webhook says: one JSON object, the same bytes for the same content. Sends and signs nothing.

The format is `docs/webhook.md` and `docs/webhook.schema.json`; texts stand as the page has them, invisible characters too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, assert_never

from crawler.change import Change
from crawler.deliver.letter_content import (
    Absence,
    Content,
    Digest,
    EventLine,
    Evidence,
    Health,
    IssueLine,
    LetterEvent,
    LetterVersion,
    OpenIssues,
    Storm,
    WatchCount,
)

SCHEMA: Final = "bureauwatch.webhook/1"
"""Name and version of the format. A key that is taken away or means something else makes it another."""

_FEW: Final = 100  # lines of a list in a shortened body; the weightiest stand first


def as_json(content: Content, *, message_id: str, archive: str, recipient: str, shortened: bool = False) -> bytes:
    """One letter as JSON in UTF-8, without spaces between.

    Args:
        content: what it tells.
        message_id: the letter's stable Message-ID; written without angle brackets, as the header `webhook-id`.
        archive: the name of the archive that the ids of events, reports and issues belong to.
        recipient: whom it is for: "webhook:NAME".
        shortened: the receiver found it too large: no paragraphs, no outlines, no events in full, lists of 100 at most.

    Raises:
        ValueError: a time without a zone. Cure: give aware times.
    """
    whole = {
        "schema": SCHEMA,
        "type": _type_of(content),
        "timestamp": _time(_moment(content)),
        "message_id": message_id.strip("<>"),
        "archive": archive,
        "recipient": recipient,
        "shortened": shortened,
        "data": _told(content, shortened=shortened),
    }
    # A lone surrogate is no character and cannot stand in UTF-8: it becomes U+FFFD.
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _type_of(content: Content) -> str:
    match content:
        case LetterEvent():
            return f"event.{content.kind.value}"
        case Digest():
            return f"digest.{content.reason}"
        case Storm():
            return "storm"
        case Health():
            return "health"
        case OpenIssues():
            return "issues.open"
        case _:
            assert_never(content)


def _moment(content: Content) -> datetime | None:
    """When the newest thing that is told happened; None where nothing is told."""
    match content:
        case LetterEvent():
            return content.at
        case Digest():
            return content.until
        case Storm():
            return max((event.at for event in content.events), default=None)
        case Health():
            opened, healed = (issue.opened_at for issue in content.opened), (issue.healed_at for issue in content.healed)
            return max((at for at in (*opened, *healed) if at is not None), default=None)
        case OpenIssues():
            return max((issue.last_seen_at for issue in content.issues), default=None)
        case _:
            assert_never(content)


def _told(content: Content, *, shortened: bool) -> dict[str, Any]:
    most = _FEW if shortened else None
    match content:
        case LetterEvent():
            return _event(content, shortened=shortened)
        case Digest():
            return {
                "reason": content.reason,
                "since": _time(content.since),
                "until": _time(content.until),
                "event_count": len(content.lines),
                "events": [_line(line) for line in content.lines[:most]],
                "detailed": _in_full(content.detailed, shortened=shortened),
                "watches": _watches(content.watches),
                "needing": _issues(content.needing[:most]),
            }
        case Storm():
            return {
                "host": content.host,
                "event_count": len(content.events),
                "events": [_line(line) for line in content.events[:most]],
                "detailed": _in_full(content.detailed, shortened=shortened),
            }
        case Health():
            return {
                "opened": _issues(content.opened[:most]),
                "healed": _issues(content.healed[:most]),
                "watches": _watches(content.watches),
            }
        case OpenIssues():
            return {"issues": _issues(content.issues[:most]), "watches": _watches(content.watches)}
        case _:
            assert_never(content)


def _event(event: LetterEvent, *, shortened: bool) -> dict[str, Any]:
    return {
        **_line(event),
        "report_id": event.report_id,
        "report_kind": event.report_kind,
        "former_url": event.former_url,
        "old": _version(event.old),
        "new": _version(event.new),
        "changes": [] if shortened else [_change(change) for change in event.changes],
        "figures": [
            {"indicator": one.indicator, "section": one.section, "old": one.old, "new": one.new, "delta": one.delta}
            for one in event.figures
        ],
        "checks": [{"relation": check.relation, "note": check.note} for check in event.checks],
        "outline": [] if shortened else [{"level": heading.level, "text": heading.text} for heading in event.outline],
        "attachments": [{"url": link.url, "name": link.name} for link in event.attachments],
        "file": _evidence(event.file),
        "absence": _absence(event.absence),
    }


def _line(event: LetterEvent | EventLine) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "kind": event.kind.value,
        "at": _time(event.at),
        "bureau": event.bureau,
        "region": event.region,
        "title": event.title,
        "url": event.url,
        "page_url": event.page_url,
        "summary": event.summary,
        "significance": event.significance.value,
    }


def _in_full(events: Iterable[LetterEvent], *, shortened: bool) -> list[dict[str, Any]]:
    return [] if shortened else [_event(event, shortened=False) for event in events]


def _version(version: LetterVersion | None) -> dict[str, Any] | None:
    if version is None:
        return None
    return {
        "number": version.number,
        "published": _day(version.published),
        "source": version.source,
        "opening": version.opening,
        "evidence": _evidence(version.evidence),
        "first_evidence": _evidence(version.first_evidence),
    }


def _evidence(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {"sha256": evidence.sha256, "captured_at": _time(evidence.captured_at), "size": evidence.size}


def _change(change: Change) -> dict[str, Any]:
    """Under the names that `bureauwatch diff --json` gives to the same things."""
    return {
        "kind": change.kind,
        "section": change.section,
        "old": change.old,
        "new": change.new,
        "spans": [[span.op, span.old, span.new] for span in change.spans],
    }


def _absence(absence: Absence | None) -> dict[str, Any] | None:
    if absence is None:
        return None
    return {
        "since": _time(absence.since),
        "sightings": absence.sightings,
        "last_seen": _time(absence.last_seen),
    }


def _issues(issues: Sequence[IssueLine]) -> list[dict[str, Any]]:
    return [
        {
            "issue_id": issue.issue_id,
            "bureau": issue.bureau,
            "region": issue.region,
            "section": issue.section,
            "url": issue.url,
            "failure": issue.failure,
            "sentence": issue.sentence,
            "cure": issue.cure,
            "opened_at": _time(issue.opened_at),
            "last_seen_at": _time(issue.last_seen_at),
            "times": issue.times,
            "healed_at": _time(issue.healed_at),
        }
        for issue in issues
    ]


def _watches(count: WatchCount) -> dict[str, int]:
    return {"fine": count.fine, "need_you": count.need_you, "never_read": count.never_read}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _time(at: datetime | None) -> str | None:
    """In UTC, as RFC 3339 writes it."""
    if at is None:
        return None
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone; give aware times")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
