"""Hands letters to whoever takes them: mail server, channel or webhook. Keeps no state and tries nothing twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from crawler.config import Config, read_secret
from crawler.config_keys import CHANNELS
from crawler.deliver.channels import send_note
from crawler.deliver.delivery import Cause, Deferred, Delivery
from crawler.deliver.letter import compose, headline, plain_text
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
class Couriers:
    """Everybody who takes letters, as the configuration names them."""

    mail: MailServer | None
    webhooks: Mapping[str, Webhook]  # by recipient: webhook:NAME
    channels: Mapping[str, str] = field(repr=False)  # their secret addresses, by recipient: channel:NAME
    archive: str  # the name of the archive that events' ids belong to

    @classmethod
    def of(cls, config: Config, archive: str) -> Self:
        """Those of a configuration, with their secrets read.

        Raises:
            ConfigError: a secret's file is missing or readable by others, or its variable is not set.
        """
        folder, settings = config.file.parent, config.settings
        return cls(
            mail=mail_server(config) if settings.mail is not None else None,
            webhooks={
                f"webhook:{hook.name}": Webhook(
                    hook.url,
                    read_secret(folder, f"webhook.{hook.name}.secret", file=hook.secret_file, variable=hook.secret_env),
                )
                for hook in settings.webhook
            },
            channels={
                f"channel:{channel.name}": read_secret(
                    folder, f"channel.{channel.name}.url", file=channel.url_file, variable=channel.url_env
                )
                for channel in settings.channel
            },
            archive=archive,
        )

    def enclose(self, content: Content, envelope: Envelope) -> bytes:
        """The bytes of a letter, in the form that its recipient takes; the same input gives the same bytes."""
        if envelope.recipient.startswith("webhook:"):
            message_id = envelope.message_id
            return as_json(
                content,
                message_id=message_id,
                archive=self.archive,
                recipient=envelope.recipient,
                shortened=envelope.shortened,
            )
        if envelope.recipient.startswith("channel:"):
            limit = SHORT_NOTE if envelope.shortened else LONGEST_NOTE
            title, text = headline(content, envelope.language), plain_text(content, envelope.language, limit=limit)
            return json.dumps({"title": title, "text": text}, ensure_ascii=False).encode()
        return compose(content, envelope)

    async def hand_over(self, letter: LetterRow, now: datetime) -> Delivery:
        """One try to hand over a letter, and what came of it."""
        message = letter.short if letter.shortened else letter.message
        if letter.server == MAIL and self.mail is not None:
            return await send(self.mail, letter.recipient, message)
        if letter.server in self.webhooks:
            return await send_json(self.webhooks[letter.server], letter.message_id, message, at=now)
        if letter.server in self.channels:
            note = json.loads(message)
            return await send_note(self.channels[letter.server], note["title"], note["text"])
        missing = "[mail]" if letter.server == MAIL else letter.server
        return Deferred(Cause.UNREACHABLE, f"the configuration has no {missing} any more; put it back, or drop the letter")
