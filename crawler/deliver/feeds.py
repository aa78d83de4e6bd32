"""Writes events as an Atom feed (RFC 4287) and a JSON Feed (1.1). Chooses no events, opens no file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from crawler.deliver.letter import headline, plain_text, rich_text
from crawler.deliver.letter_content import LetterEvent
from crawler.deliver.visible import visible
from crawler.deliver.wording import KINDS
from crawler.flow import Language

ATOM = "http://www.w3.org/2005/Atom"
GENERATOR = "bureauwatch"
"""The name that our own files carry, by which they are known from others in the same folder."""

_SUMMARY = 500  # characters
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::[0-9]{1,5})?")
_NO_REFERENCE = re.compile(r'["<>\\^`{|}\[\]#]|%(?![0-9a-fA-F]{2})')
# What XML 1.0 cannot hold (its production 2). `visible` names most of it; two noncharacters are left.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself, with its entries."""

    title: str
    archive: str  # the name of the archive that the events' ids belong to
    archive_made: datetime  # aware; when nothing happened yet, the feed is as old as this
    name: str  # of the subscription; "all"
    language: Language
    home_url: str  # where these files are served, ending in /; "" where that is not known
    entries: tuple[LetterEvent, ...]  # newest first


def as_atom(feed: Feed) -> bytes:
    """The feed as Atom, UTF-8; the same entries give the same bytes."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # the stubs know no default namespace
    root.set("{http://www.w3.org/XML/1998/namespace}lang", _tongue(feed.language))
    _put(root, "id", _tag(feed, f"feed/{feed.name}"))
    _put(root, "title", feed.title)
    _put(root, "updated", _time(_updated(feed)))
    _put(root, "generator", GENERATOR)
    if feed.home_url:
        address = f"{feed.home_url}{feed.name}.atom"
        etree.SubElement(root, f"{{{ATOM}}}link", rel="self", type="application/atom+xml", href=address)
    for event in feed.entries:
        _put_entry(etree.SubElement(root, f"{{{ATOM}}}entry"), feed, event)
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def as_json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1, UTF-8; the same entries give the same bytes."""
    shown: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _plain(feed.title),
        "language": _tongue(feed.language),
        "_bureauwatch": {"generator": GENERATOR, "feed": feed.name, "archive": feed.archive},
        "items": [_item(feed, event) for event in feed.entries],
    }
    if feed.home_url:
        shown["feed_url"] = f"{feed.home_url}{feed.name}.json"
    return (json.dumps(shown, ensure_ascii=False, indent=1) + "\n").encode()


def is_web_address(url: str) -> bool:
    """Whether a reader may be given this as a link: http or https, a plain host, and nothing in it that cannot be seen."""
    if not url.startswith(("http://", "https://")) or _NO_XML.search(url) or visible(url) != url or any(map(str.isspace, url)):
        return False
    try:
        return _HOST.fullmatch(urlsplit(url).netloc) is not None
    except ValueError:  # "http://[x"
        return False


def _put_entry(entry: etree._Element, feed: Feed, event: LetterEvent) -> None:
    _put(entry, "id", _tag(feed, f"event/{event.event_id}"))
    _put(entry, "title", headline(event, feed.language))
    _put(entry, "published", _time(event.at))
    _put(entry, "updated", _time(event.at))
    _put(etree.SubElement(entry, f"{{{ATOM}}}author"), "name", event.bureau or GENERATOR)
    for term in _terms(feed, event):
        etree.SubElement(entry, f"{{{ATOM}}}category", term=_plain(term))
    if address := _address(event):
        etree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=address)
    if _is_beside(event, address):
        etree.SubElement(entry, f"{{{ATOM}}}link", rel="related", href=_reference(event.url))
    _put(entry, "summary", plain_text(event, feed.language, limit=_SUMMARY))
    content = etree.SubElement(entry, f"{{{ATOM}}}content", type="html")
    content.text = _without_forbidden(rich_text(event, feed.language))


def _item(feed: Feed, event: LetterEvent) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": _tag(feed, f"event/{event.event_id}"),
        "title": _plain(headline(event, feed.language)),
        "content_html": _without_forbidden(rich_text(event, feed.language)),
        "summary": _without_forbidden(plain_text(event, feed.language, limit=_SUMMARY)),
        "date_published": _time(event.at),
        "authors": [{"name": _plain(event.bureau or GENERATOR)}],
        "tags": [_plain(term) for term in _terms(feed, event)],
    }
    address = _address(event)
    if address:
        item["url"] = address
    if _is_beside(event, address):
        item["external_url"] = _reference(event.url)
    return item


def _terms(feed: Feed, event: LetterEvent) -> list[str]:
    kind = KINDS[event.kind].said(feed.language)
    return [term for term in (kind, event.region, event.report_kind) if term]


def _address(event: LetterEvent) -> str:
    """Our own page of the event where one is served, else the report itself; only a plain web address."""
    return next((_reference(url) for url in (event.page_url, event.url) if is_web_address(url)), "")


def _is_beside(event: LetterEvent, address: str) -> bool:
    """Whether the report itself is a second address, beside our own page of it."""
    return is_web_address(event.url) and address != _reference(event.url)


def _reference(url: str) -> str:
    """A web address with what browsers let pass, and RFC 3987 does not, percent-encoded: queries of sites have [ and |."""
    host = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}"
    path, mark, fragment = url.removeprefix(host).partition("#")
    return host + mark.join(_NO_REFERENCE.sub(lambda found: f"%{ord(found[0]):02X}", part) for part in (path, fragment))


def _tag(feed: Feed, what: str) -> str:
    """A name that stays the same wherever the feed is served (RFC 4151)."""
    return f"tag:bureauwatch.invalid,{feed.archive_made:%Y-%m-%d}:{feed.archive}/{what}"


def _updated(feed: Feed) -> datetime:
    return max((event.at for event in feed.entries), default=feed.archive_made)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _tongue(language: Language) -> str:
    return "zh-CN" if language == "zh" else "en"


def _put(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = _without_forbidden(text)


def _plain(text: str) -> str:
    return _without_forbidden(visible(text))


def _without_forbidden(text: str) -> str:
    return _NO_XML.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", text)
