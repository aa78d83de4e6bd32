"""How the `read` command shows a report or a listing: for a terminal, and as JSON. Reads nothing."""

from __future__ import annotations

from typing import Any

from crawler.commands.shown import FIELDS, dates_json, field_lines, say
from crawler.commands.understood import Shown, check_lines, kind_line, knowledge_json, knowledge_lines
from crawler.flow import CleanText
from crawler.knowledge import Knowledge
from spiders.reading import Listing


def report_json(text: CleanText, knowledge: Knowledge) -> dict[str, Any]:
    """A report with all that was read of it."""
    block = text.disclosure
    return {
        "title": text.title,
        "published": text.published,
        "published_from": text.published_from,
        "source": text.source,
        "number": knowledge.number,
        **{name: getattr(block, name) for name in FIELDS if name != "document_number"},
        "dates": dates_json(text.dates.named()),
        "body": list(text.body),
        "attachments": [{"name": link.name, "url": link.url} for link in text.attachments],
        "fingerprint": text.fingerprint,
        **knowledge_json(knowledge),
    }


def show_report(family: str, text: CleanText, knowledge: Knowledge, show: Shown) -> None:
    """A report for a terminal: its head, then what was asked for."""
    say(f"《{text.title}》")
    say(kind_line(knowledge))
    day, source = text.published or "日期不明", text.source or "未注明"
    say(f"发布 {day} ({text.published_from or '—'}) · 来源 {source} · {family or '按结构'}")
    for line in field_lines([(name, getattr(text.disclosure, name)) for name in FIELDS], text.dates.named()):
        say(line)
    for link in text.attachments:
        say(f"附件 {link.name} {link.url}")
    for line in check_lines(knowledge, failed_only=True):
        say(line)
    say()
    for line in text.body if show is Shown.TEXT else knowledge_lines(knowledge, show):
        say(line)


def listing_json(listing: Listing) -> dict[str, Any]:
    """A listing page as it was read."""
    return {
        "rows": [{"title": row.title, "url": row.url, "listed": row.listed} for row in listing.entries],
        "next": listing.following.url if listing.following else None,
        "pages": listing.pages,
        "confidence": round(listing.confidence, 2),
    }


def show_listing(url: str, family: str, listing: Listing) -> None:
    """A listing page for a terminal."""
    pages = f", {listing.pages} pages" if listing.pages else ""
    say(f"{url}  ({family}, {listing.confidence:.0%} sure, {len(listing.entries)} rows{pages})")
    for row in listing.entries:
        say(f"{row.listed or '日期不明'}  {row.title}  {row.url}")
    say(f"next: {listing.following.url if listing.following else 'none, this is the last page'}")
