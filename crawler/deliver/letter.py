"""Composes one letter of one or several events: the same input gives the same bytes. Sends nothing, keeps nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import parseaddr
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from crawler.deliver.errors import EmptyLetter
from crawler.deliver.letter_content import LetterEvent
from crawler.deliver.letter_view import CHANGES_ALONE, CHANGES_IN_DIGEST, DETAILED, panel, subject
from crawler.deliver.wording import SHANGHAI


def compose(events: Sequence[LetterEvent], *, recipient: str, sender: str, message_id: str, date: datetime) -> bytes:
    """The letter as it goes over the wire, lines ending in CRLF, nothing but ASCII in it.

    One event makes a letter of that event; several make a digest, in the order given.

    Args:
        events: what to tell, at least one.
        recipient: one address.
        sender: the address it comes from.
        message_id: with angle brackets; see `stable_message_id`.
        date: aware; when it was composed.

    Raises:
        EmptyLetter: there is no event. Cure: compose a letter only where an alert is due.
    """
    if not events:
        raise EmptyLetter(recipient)
    message = EmailMessage(policy=_policy())
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = subject(events)
    message["Date"] = date.astimezone(SHANGHAI)
    message["Message-ID"] = message_id
    thread = _thread_id(events, message_id)
    if thread:
        message["In-Reply-To"] = thread
        message["References"] = thread
    message["List-Id"] = f"bureauwatch alerts <alerts.bureauwatch.{_domain(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Bureauwatch-Event"] = ", ".join(str(event.event_id) for event in events)
    shown = _shown(events)
    for template, subtype in (("letter.txt.j2", "plain"), ("letter.html.j2", "html")):
        text = _templates().get_template(template).render(shown)
        # Base64 keeps Chinese text from every server's line rules, and leaves no line that could end the message early.
        if subtype == "plain":
            message.set_content(text, cte="base64")
        else:
            message.add_alternative(text, subtype=subtype, cte="base64")
    message["Content-Language"] = "zh-CN, en"  # set last: setting the content clears every Content header
    message.set_boundary(f"=_{hashlib.sha256(message_id.encode()).hexdigest()[:32]}")
    return message.as_bytes()


def stable_message_id(archive: str, events: Sequence[int], recipient: str, sender: str) -> str:
    """The Message-ID of the letter that tells these events to this recipient: the same however often it is asked for.

    Args:
        archive: the name of the archive that the events' ids belong to; letters and digits.
        events: ids of the events, in the letter's order.
        recipient: one address.
        sender: the address it comes from; its domain is the id's.
    """
    told = "\n".join([*(str(event) for event in events), recipient])
    return f"<{hashlib.sha256(told.encode()).hexdigest()[:24]}.{archive}@{_domain(sender)}>"


def _thread_id(events: Sequence[LetterEvent], message_id: str) -> str:
    """The common ancestor, never sent itself, by which mail programs keep all letters of one report together.

    It ends as the letters' own ids do, in archive and domain, so that report 4 of another archive is another thread.
    """
    reports = {event.report_id for event in events}
    report = reports.pop()
    if reports or report is None:
        return ""
    local, _, domain = message_id.strip("<>").rpartition("@")
    archive = local.partition(".")[2]
    return f"<report-{report}.{archive}@{domain}>" if archive else f"<report-{report}@{domain}>"


def _domain(address: str) -> str:
    domain = parseaddr(address)[1].rpartition("@")[2]
    return domain if domain and domain.isascii() else "localhost"


def _shown(events: Sequence[LetterEvent]) -> dict[str, object]:
    """What the templates print."""
    most_changes = CHANGES_ALONE if len(events) == 1 else CHANGES_IN_DIGEST
    panels = [panel(event, most_changes) for event in events]
    return {
        "heading": subject(events),
        "contents": panels if len(panels) > 1 else [],
        "panels": panels[:DETAILED],
        "detailed": DETAILED,
        "has_markers": any(shown.has_markers for shown in panels),
    }


class _Verbatim(UnstructuredHeader, BaseHeader):
    """A header of ids. The library's own folding turns an id of more than a line into encoded words, which are no id."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


@cache
def _policy() -> Policy:
    registry = HeaderRegistry()
    for name in ("message-id", "in-reply-to", "references", "list-id"):
        registry.map_to_type(name, _Verbatim)
    return SMTP.clone(header_factory=registry)


@cache
def _templates() -> Environment:
    # Escaping is on for every name but plain text's: Jinja2's own choice by ending would leave ".html.j2" unescaped.
    escaping = select_autoescape(disabled_extensions=("txt.j2",), default=True, default_for_string=True)
    return Environment(
        loader=PackageLoader("crawler.deliver"),
        autoescape=escaping,  # noqa: S701  this is select_autoescape, by a name of ours
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
