"""An archive over real servers in which events happen when they are told to, and a clock that is moved by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.config import read_config
from crawler.schedule.post import Posted, post_letters
from crawler.schedule.session import Session
from storage import archive, outbox
from storage.database import Database, writing
from storage.records import AlertRow, LetterRow

NOON = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
"""A Thursday, 12:00 in Shanghai."""
LI, WANG = "li@example.org", "wang@example.org"
SEED = """
[[bureau]]
id = "city"
name = "某市司法局"
region = "某省/某市"
level = "city"
home_url = "https://sfj.city.gov.cn/"
[[bureau.watch]]
section = "法治政府建设"
slug = "column"
listing_url = "https://sfj.city.gov.cn/column/"
"""
NOBODY_LISTENS = 1  # a port
MAIL_TO_NOBODY = f"""
[mail]
host = "127.0.0.1"
port = {NOBODY_LISTENS}
security = "none"
sender = "bureauwatch@example.org"
"""


def alerts_waiting(db: Database) -> list[AlertRow]:
    """Alerts that are in no letter yet, due or not, oldest first."""
    return [alert for alert in outbox.alerts_alone(db) if alert.dropped_at is None]


@dataclass
class Desk:
    """One session over one archive, opened anew as by another process whenever the configuration is another."""

    folder: Path
    now: datetime = NOON
    mail: str = 'security = "none"'
    rest: str = f'[[subscription]]\nname = "mine"\nto = ["{LI}", "{WANG}"]\n'  # of the configuration
    session: Session | None = field(default=None, repr=False)

    def open(self, port: int | None) -> Session:
        """The session over a mail server on a port; None: without a mail server."""
        self.close()
        (self.folder / "seed.toml").write_text(SEED, encoding="utf-8")
        mail = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsender = "watch@example.org"\n{self.mail}\n' if port else ""
        (self.folder / "bureauwatch.toml").write_text(
            f'[storage]\npath = "archive.db"\n[seeds]\nbundled = false\npaths = ["seed.toml"]\n{mail}{self.rest}',
            encoding="utf-8",
        )
        self.session = Session.open(read_config(self.folder / "bureauwatch.toml"), lambda: self.now)
        return self.session

    def close(self) -> None:
        """Give the archive back."""
        if self.session is not None:
            self.session._held.close()  # all that was opened but a pool and a browser that nobody asked for
        self.session = None

    @property
    def db(self) -> Database:
        """The archive."""
        assert self.session is not None
        return self.session.db

    def happen(self, title: str, *people: str, subscription: str = "mine", bundle: str = "at-once", in_s: float = 0) -> int:
        """A report is published, and some people are owed it; due in so many seconds. Returns the event's id."""
        with writing(self.db):
            event = archive.add_event(
                self.db, at=self.now, kind="published", bureau_id="city", watch_id="city/column", report_id=None,
                url="https://sfj.city.gov.cn/1.html", title=title, significance="clause", summary="新发布",
                from_version=None, to_version=None,
            )  # fmt: skip
            for person in people or (LI,):
                due_at = self.now + timedelta(seconds=in_s)
                outbox.owe(self.db, event, recipient=person, subscription=subscription, due_at=due_at, bundle=bundle)
        return event

    async def post(self, later: timedelta = timedelta()) -> Posted:
        """One round over every server, so much later."""
        assert self.session is not None
        self.now += later
        return await post_letters(self.session)

    @property
    def letters(self) -> list[LetterRow]:
        """All that were written, oldest first."""
        return outbox.letters(self.db)
