"""After an outage of the mail server 5,000 waiting alerts come as one digest for each person, the longest waiting first."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from crawler.config import read_config
from crawler.demo.mailbox import Mailbox
from crawler.schedule.post import post_letters
from crawler.schedule.session import Session
from storage import archive, outbox
from storage.database import writing
from tests.test_letter_events import BODY, Office

EVENTS = 5000
REPORTS = 40
HOSTS = 50  # more than the letters that a person wants in a day: they come as one
MOST_CPU_S = 60.0  # the promise is 60 s of work
PEOPLE = ("zhou@example.org", "li@example.org", "wang@example.org")  # by how long they wait
BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class Outage:
    """An archive whose mail server can be away, and a clock that is moved by hand."""

    session: Session
    mailbox: Mailbox
    clock: list[datetime]
    cpu_s: float = 0.0

    async def post(self, later: timedelta = timedelta()) -> int:
        """Post what is owed, so much later; returns how many letters were sent."""
        self.clock[0] += later
        begun = time.process_time()
        posted = await post_letters(self.session)
        self.cpu_s += time.process_time() - begun
        return posted.sent

    def happens(self, first: int, last: int, reports: list[int]) -> None:
        """Events, each owed to everybody; the last of the people wait the least."""
        db = self.session.db
        with writing(db):
            for number in range(first, last):
                at = self.clock[0] + timedelta(seconds=number)
                event = archive.add_event(
                    db, at=at, kind="revised", bureau_id="minhang", watch_id="minhang/gzzj", report_id=reports[number % REPORTS],
                    url=f"https://sfj{number % HOSTS}.example.gov.cn/gzzj/{number}.html", title=title(number),
                    significance="figure", summary="修改 1 处", from_version=1, to_version=2,
                )  # fmt: skip
                for behind, person in reversed(list(enumerate(PEOPLE))):  # their rows come in the other order
                    outbox.owe(db, event, recipient=person, subscription="every", due_at=at + timedelta(milliseconds=behind))

    def arrived(self) -> list[EmailMessage]:
        """What the server took, in order."""
        return [BytesParser(policy=policy.default).parsebytes(letter.read()) for letter in self.mailbox.letters()]


def title(number: int) -> str:
    """No title is the beginning of another."""
    return f"第{number:04d}号工作总结"


@asynccontextmanager
async def outage(folder: Path, most_an_hour: int) -> AsyncIterator[Outage]:
    mailbox = Mailbox(folder / "mails")
    mailbox.start()
    config = folder / "bureauwatch.toml"
    people = ", ".join(f'"{person}"' for person in PEOPLE)
    config.write_text(
        '[storage]\npath = "archive.db"\n[mail]\nhost = "127.0.0.1"\nsecurity = "none"\n'
        f'port = {mailbox.port}\nsender = "watch@example.org"\nmost_an_hour = {most_an_hour}\n'
        f'[[subscription]]\nname = "every"\nto = [{people}]\n',
        encoding="utf-8",
    )
    clock = [BEGIN]
    session = Session.open(read_config(config), now=lambda: clock[0])
    try:
        yield Outage(session, mailbox, clock)
    finally:
        await session.close()
        mailbox.stop()


def known_reports(session: Session) -> list[int]:
    """Reports of two versions each, of which a figure differs."""
    office = Office(session.db)
    found = []
    with writing(session.db):
        for number in range(REPORTS):
            report = office.report(f"https://sfj.example.gov.cn/gzzj/known{number}.html")
            for count in (226, 236):
                body = [line.replace("行政复议案件226件", f"行政复议案件{count}件") for line in BODY]
                office.version(report, [f"第{number}份。", *body])
            found.append(report)
    return found


async def test_after_an_outage_each_person_gets_one_digest_within_the_hours_limit(tmp_path: Path) -> None:
    async with outage(tmp_path, most_an_hour=1) as away:
        reports = known_reports(away.session)
        db = away.session.db
        away.mailbox.stop()
        away.happens(0, 1, reports)
        assert await away.post(timedelta(seconds=5)) == 0
        away.happens(1, EVENTS, reports)
        for _ in range(3):  # nobody answers: what happens meanwhile is not written into letters
            assert await away.post(timedelta(hours=2)) == 0
        assert outbox.counts(db) == {"pending": 1, "unbound": EVENTS * len(PEOPLE) - 1}
        away.mailbox.start()
        sent = [await away.post(timedelta(hours=2)), *[await away.post(timedelta(minutes=61)) for _ in range(4)]]
        assert sent == [1, 1, 1, 1, 0]
        assert outbox.counts(db) == {"sent": 4, "unbound": 0}
        arrived = away.arrived()
        assert [letter["To"] for letter in arrived] == [
            PEOPLE[0],
            *PEOPLE[1:],
            PEOPLE[0],
        ]  # he got his oldest, so they wait longest
        assert [one.form for one in outbox.letters(db)] == ["single", "backlog", "backlog", "backlog"]
        for letter, first in zip(arrived[1:], (0, 0, 1), strict=True):
            plain = letter.get_body(("plain",))
            assert plain is not None
            text = plain.get_content()
            assert [number for number in range(first, EVENTS) if title(number) not in text] == []
        sizes = [len(one.message) for one in outbox.letters(db)]
        print(f"{EVENTS:,} events for {len(PEOPLE)} people: {away.cpu_s:.1f} s CPU in all, letters of {sizes} bytes")
        assert away.cpu_s <= MOST_CPU_S


async def test_without_such_a_limit_all_go_at_once(tmp_path: Path) -> None:
    async with outage(tmp_path, most_an_hour=300) as away:
        reports = known_reports(away.session)
        away.mailbox.stop()
        away.happens(0, 200, reports)
        assert await away.post(timedelta(hours=2)) == 0
        assert outbox.counts(away.session.db)["pending"] == 1
        away.mailbox.start()
        assert await away.post(timedelta(hours=2)) == 3
        assert [letter["To"] for letter in away.arrived()] == list(PEOPLE)
