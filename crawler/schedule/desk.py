"""What letters are gathered from: archive and configuration at a moment, and which letters are written. Gathers none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.config import Config
from crawler.deliver.letter import stable_message_id
from crawler.deliver.subscriptions import Subscription
from crawler.schedule.subscribed import bureaus_by_id, subscriptions
from seeds.schema import Bureau
from storage import archive, outbox
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

    def message_id(self, recipient: str, told: Sequence[str]) -> str:
        """The Message-ID of the letter that tells something to somebody: the same however often it is asked for."""
        mail = self.config.settings.mail
        return stable_message_id(archive.uuid(self.db), told, recipient, mail.sender if mail else "")

    def is_written(self, recipient: str, told: Sequence[str]) -> bool:
        """Whether the letter that tells something to somebody is kept already."""
        return outbox.is_known(self.db, self.message_id(recipient, told))
