"""Composes one letter: the same content and envelope give the same bytes. Chooses no words, sends nothing, keeps nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import quote

from crawler.deliver.errors import EmptyLetter
from crawler.deliver.letter_content import Content, Digest, Envelope, LetterEvent, Storm
from crawler.deliver.letter_headers import letter_policy
from crawler.deliver.letter_html import as_fragment, as_html
from crawler.deliver.letter_limits import CLIPPED, STEPS
from crawler.deliver.letter_page import page_in_short, page_of
from crawler.deliver.letter_subject import headline
from crawler.deliver.letter_text import as_text, body_lines, shortened
from crawler.deliver.wording import SHANGHAI, Words
from crawler.flow import Language

__all__ = ["compose", "headline", "place_of", "plain_text", "rich_text", "stable_message_id"]

_NAMED = 100  # ids of events that a header names


def compose(content: Content, envelope: Envelope) -> bytes:
    """The letter as it goes over the wire, lines ending in CRLF, nothing but ASCII in it.

    Args:
        content: what it tells.
        envelope: to whom, in which language, and whether it must be short; a short one is plain text alone.

    Raises:
        EmptyLetter: a storm without an event. Cure: compose a letter only where an alert is due.
    """
    if isinstance(content, Storm) and not content.events:
        raise EmptyLetter(envelope.recipient)
    message = EmailMessage(policy=letter_policy())
    message["From"] = envelope.sender
    message["To"] = envelope.recipient
    message["Subject"] = headline(content, envelope.language)
    message["Date"] = envelope.date.astimezone(SHANGHAI)
    message["Message-ID"] = envelope.message_id
    if thread := _thread_id(content, envelope.message_id):
        message["In-Reply-To"] = thread
        message["References"] = thread
    message["List-Id"] = f"bureauwatch alerts <alerts.bureauwatch.{_domain(envelope.sender)}>"
    if envelope.unsubscribe:
        subject = quote(f"unsubscribe {envelope.subscription}"[:100], safe="")
        message["List-Unsubscribe"] = f"<mailto:{quote(envelope.unsubscribe, safe='@+.-_')}?subject={subject}>"
    # No Precedence: RFC 3834 (3.1.8) recommends none, and what it was for Auto-Submitted and List-Id do.
    message["Auto-Submitted"] = "auto-generated"
    if told := _told(content):
        message["X-Bureauwatch-Event"] = told
    _set_parts(message, content, envelope)
    # Set last: setting the content clears every Content header.
    message["Content-Language"] = "zh-CN" if envelope.language == "zh" else "en, zh-CN"
    return message.as_bytes()


def plain_text(content: Content, language: Language, *, limit: int) -> str:
    """The plain part without its foot, for a channel that takes so many characters.

    Args:
        content: what to tell.
        language: of our words.
        limit: most characters, at least 1; a longer text is cut at the end of a line, and says so.
    """
    lines = body_lines(page_of(content, language, STEPS[0]).blocks)
    while lines and not lines[-1]:
        lines.pop()
    more = Words("（已截短）", "(cut short)").said(language)
    return shortened(lines, limit, f"…{more}{place_of(content)}")


def place_of(content: Content) -> str:
    """Where the whole of it can be read: our page of a single event, else the original; "" for what has no one place."""
    return content.page_url or content.url if isinstance(content, LetterEvent) else ""


def rich_text(content: Content, language: Language) -> str:
    """The HTML part without head and foot, for a feed; everything in it is escaped, and nothing is fetched by it."""
    return as_fragment(page_of(content, language, STEPS[0]))


def stable_message_id(archive: str, told: Sequence[str], recipient: str, sender: str) -> str:
    """The Message-ID of the letter that tells this to this recipient: the same however often it is asked for.

    Args:
        archive: the name of the archive that the events' ids belong to; letters and digits.
        told: what the letter tells, in its order: ids of events, or what a digest or a health letter is and of when.
        recipient: one address.
        sender: the address it comes from; its domain is the id's.
    """
    named = "\n".join([*told, recipient])
    return f"<{hashlib.sha256(named.encode()).hexdigest()[:24]}.{archive}@{_domain(sender)}>"


def _set_parts(message: EmailMessage, content: Content, envelope: Envelope) -> None:
    # Base64 keeps Chinese text from every server's line rules, and leaves no line that could end the message early.
    if envelope.shortened:
        message.set_content(as_text(page_in_short(content, envelope)), cte="base64")
        return
    for step in STEPS:
        page = page_of(content, envelope.language, step, envelope)
        markup = as_html(page)
        if not isinstance(content, LetterEvent) or len(markup.encode()) <= CLIPPED:
            break
    message.set_content(as_text(page), cte="base64")
    message.add_alternative(markup, subtype="html", cte="base64")
    message.set_boundary(f"=_{hashlib.sha256(envelope.message_id.encode()).hexdigest()[:32]}")


def _thread_id(content: Content, message_id: str) -> str:
    """The common ancestor, never sent itself, by which mail programs keep all letters of one report together.

    It ends as the letters' own ids do, in archive and domain, so that report 4 of another archive is another thread.
    """
    report = content.report_id if isinstance(content, LetterEvent) else None
    if report is None:
        return ""
    local, _, domain = message_id.strip("<>").rpartition("@")
    archive = local.partition(".")[2]
    return f"<report-{report}.{archive}@{domain}>" if archive else f"<report-{report}@{domain}>"


def _told(content: Content) -> str:
    """The ids of the events that a letter tells; of very many the first ones and how many more."""
    events = [content.event_id] if isinstance(content, LetterEvent) else []
    if isinstance(content, Digest):
        events = [event.event_id for event in content.lines]
    elif isinstance(content, Storm):
        events = [event.event_id for event in content.events]
    more = [f"+{len(events) - _NAMED}"] if len(events) > _NAMED else []
    return ", ".join([*(str(event) for event in events[:_NAMED]), *more])


def _domain(address: str) -> str:
    domain = parseaddr(address)[1].rpartition("@")[2]
    return domain if domain and domain.isascii() else "localhost"
