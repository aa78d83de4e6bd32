"""What letters are gathered from: archive and configuration at a moment, and which letters are written. Gathers none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from crawler.config import Config
from crawler.deliver.letter import stable_message_id
from crawler.deliver.subscriptions import Subscription, end_of_quiet
from crawler.schedule.subscribed import bureaus_by_id, subscriptions
from seeds.schema import Bureau
from storage import archive, readers
from storage.database import Database


@dataclass(frozen=True)
class Desk:
    """What letters are gathered from."""

    db: Database
    config: Config
    now: datetime
    bureaus: Mapping[str, Bureau]
    wanted: tuple[Subscription, ...]

    @classmethod
    def of(cls, db: Database, config: Config, now: datetime) -> Desk:
        """The archive and the configuration at a moment."""
        return cls(db, config, now, bureaus_by_id(config), subscriptions(config))

    @cached_property
    def people(self) -> frozenset[str]:
        """Everybody who is told anything, in lower case."""
        return frozenset(recipient.casefold() for recipient in self.config.settings.recipients)

    @cached_property
    def readers(self) -> Mapping[tuple[str, str], datetime]:
        """Since when somebody gets digests, by recipient in lower case and form."""
        return readers.digest_readers(self.db)

    def message_id(self, recipient: str, told: Sequence[str]) -> str:
        """The Message-ID of the letter that tells something to somebody: the same however often it is asked for."""
        mail = self.config.settings.mail
        return stable_message_id(archive.uuid(self.db), told, recipient, mail.sender if mail else "")

    def is_written(self, recipient: str, told: tuple[str, str]) -> bool:
        """Whether somebody's digest or weekly list of a period is kept already.

        Args:
            recipient: whose.
            told: its form and its period.
        """
        return readers.is_written(self.db, recipient, *told)

    def is_quiet(self, subscription: str) -> bool:
        """Whether it is now in the quiet hours of the subscription by whose name something is owed."""
        return self.is_quiet_at(subscription, self.now)

    def is_quiet_at(self, subscription: str, moment: datetime) -> bool:
        """The same for another moment."""
        quiet = next((wanted.quiet for wanted in self.wanted if wanted.name == subscription), None)
        return quiet is not None and end_of_quiet(moment, quiet) is not None
