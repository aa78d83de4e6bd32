"""Hands letters to whoever takes them: mail server, channel or webhook. Keeps no state and tries nothing twice."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from crawler.config import Config, read_secret
from crawler.config_keys import CHANNELS
from crawler.deliver.channels import send_note
from crawler.deliver.delivery import Cause, Deferred, Delivery
from crawler.deliver.letter import compose, headline, place_of, plain_text
from crawler.deliver.letter_content import Content, Envelope
from crawler.deliver.smtp import MailServer, send
from crawler.deliver.webhook import Webhook, send_json
from crawler.deliver.webhook_body import as_json
from crawler.schedule.mail_server import mail_server
from storage.records import LetterRow

MAIL = "mail"
"""The name of the mail server, as letters have it."""
LONGEST_NOTE = 20_000
"""Characters kept of a channel's note; each service has its own, smaller limit, that is met when it is sent."""
SHORT_NOTE = 600
"""Characters of a channel's shortened note."""


def server_of(recipient: str) -> str:
    """Who takes the letters of a recipient: the mail server, or the channel or webhook itself."""
    return recipient if recipient.startswith(CHANNELS) else MAIL


@dataclass(frozen=True)
class Courier:
    """Who takes the letters of one server, with the secret read; a channel is its secret address."""

    server: str
    way: MailServer | Webhook | str | None = field(repr=False)  # None: the configuration has none of this name

    @classmethod
    def of(cls, config: Config, server: str) -> Self:
        """The one that the configuration names.

        Raises:
            ConfigError: the secret's file is missing or readable by others, or its variable is not set.
            WebhookUnusable: its address or secret cannot be used.
        """
        return cls(server, _way(config, server))

    async def hand_over(self, letter: LetterRow, now: datetime) -> Delivery:
        """One try to hand over a letter, and what came of it."""
        message = letter.short if letter.shortened else letter.message
        match self.way:
            case MailServer():
                return await send(self.way, letter.recipient, message)
            case Webhook():
                return await send_json(self.way, letter.message_id, message, at=now)
            case str():
                note = json.loads(message)
                return await send_note(self.way, note["title"], note["text"], rest_at=note.get("rest_at", ""))
            case None:
                named = "[mail]" if self.server == MAIL else self.server
                said = f"the configuration has no {named} any more; put it back, or drop the letter"
                return Deferred(Cause.UNREACHABLE, said)


def enclose(content: Content, envelope: Envelope, *, archive: str) -> bytes:
    """The bytes of a letter, in the form that its recipient takes; the same input gives the same bytes.

    Args:
        content: what it tells.
        envelope: to whom, and in which form.
        archive: the name of the archive that events' ids belong to.
    """
    recipient, language = envelope.recipient, envelope.language
    if recipient.startswith("webhook:"):
        name = envelope.message_id
        return as_json(content, message_id=name, archive=archive, recipient=recipient, shortened=envelope.shortened)
    if recipient.startswith("channel:"):
        limit = SHORT_NOTE if envelope.shortened else LONGEST_NOTE
        note = {"title": headline(content, language), "text": plain_text(content, language, limit=limit)}
        return json.dumps({**note, "rest_at": place_of(content)}, ensure_ascii=False).encode()
    return compose(content, envelope)


def _way(config: Config, server: str) -> MailServer | Webhook | str | None:
    folder, settings = config.file.parent, config.settings
    if server == MAIL:
        return mail_server(config) if settings.mail is not None else None
    for channel in settings.channel:
        if server == f"channel:{channel.name}":
            return read_secret(folder, f"channel.{channel.name}.url", file=channel.url_file, variable=channel.url_env)
    for hook in settings.webhook:
        if server == f"webhook:{hook.name}":
            secret = read_secret(folder, f"webhook.{hook.name}.secret", file=hook.secret_file, variable=hook.secret_env)
            return Webhook(hook.url, secret)
    return None
