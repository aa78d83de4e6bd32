"""A stage on which `bureauwatch` is killed, and the judgement of what it left: events, letters, duplicates, soundness.

The replica, the mail server and the command are real. The server answers the final dot slowly on demand, so that a crash
falls there as often as elsewhere.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email import policy
from email.parser import BytesParser
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import Envelope

from crawler.demo.documents import SHANGHAI
from crawler.demo.mailbox import Mailbox
from crawler.demo.stage import READER, Stage
from storage import archive, outbox
from storage.database import connect
from tests.standing import is_sound, opened, told

EVERYTHING = ("wang@example.org", "zhao@example.org")
"""Who is told of first readings too; the stage's own reader is told of all but them."""
KILLED = -9
ROOT = Path(__file__).parents[1]

_MORE = """
[[subscription]]
to = ["wang@example.org", "zhao@example.org"]
kinds = ["baseline", "published", "revised", "withdrawn", "restored", "moved", "replaced", "attachment-changed"]
language = "en"
most_a_day = 1000
"""


class SlowMailbox(Mailbox):
    """Takes a letter, and answers its final dot only after a while."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.pause_s = 0.0
        self.is_asked = threading.Event()  # somebody was named who is to get a letter

    def answer_to(self, recipient: str) -> str:
        """As any mailbox."""
        self.is_asked.set()
        return super().answer_to(recipient)

    def keep(self, envelope: Envelope) -> None:
        """Kept at once; what is waited for is the answer."""
        super().keep(envelope)
        time.sleep(self.pause_s)


@dataclass
class Tries:
    """What was seen at the crashes."""

    kills: int = 0
    tried: Counter[str] = field(default_factory=Counter)  # by Message-ID: crashes that left it half tried
    starts: list[tuple[float, float, float]] = field(default_factory=list)  # CPU s of all, CPU s of the opening, wall s


class CrashStage(Stage):
    """A stage with three people who are told, and commands that are killed."""

    def __init__(self, folder: Path, more: str = "", *, in_doubt: str = "resend") -> None:
        super().__init__(folder)
        self.slow = SlowMailbox(folder / "mails")
        self.mailbox = self.slow
        self.tries = Tries()
        self.news: list[str] = []  # titles of the reports that were published on the way
        self._more, self._in_doubt = more, in_doubt
        self._forks: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        super().__enter__()
        self._forks = subprocess.Popen(
            [sys.executable, "-m", "tests.crash_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=self.environment(),
            bufsize=0,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._forks is not None
        assert self._forks.stdin is not None
        self._forks.stdin.close()
        self._forks.wait()
        super().__exit__(kind, error, trace)

    def die_at(self, step: str, *words: str, nth: int = 1, planted: bool = False) -> int:
        """Run the command until the n-th time of a step kills it; returns its exit code, -9 where it was killed."""
        self._begin(step, words, nth, planted=planted)
        return self._end()

    def kill(self, *words: str, after_s: float, once_mailing: bool = False) -> bool:
        """Kill the command so many seconds after its start, or after its first letter is announced; whether it still ran."""
        self.slow.is_asked.clear()
        pid = self._begin("", words, 0, planted=False)
        while once_mailing and not self.slow.is_asked.wait(0.02) and not self._has_ended(0):
            pass
        if not self._has_ended(after_s):
            with suppress(ProcessLookupError):  # it ended this very moment
                os.kill(pid, signal.SIGKILL)
        return self._end() == KILLED

    def recover(self, *words: str) -> None:
        """The next normal run, from the start of its process; how long its archive took to open is noted."""
        marks = self.folder / "opened.json"
        command = [sys.executable, "-m", "tests.crash_child", str(marks), *words, "--config", str(self.config)]
        environment = {**self.environment(), "BEGUN": str(time.time())}
        ended = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        cpu, opening, wall = json.loads(marks.read_text(encoding="utf-8"))
        self.tries.starts.append((cpu, opening, wall))

    def _configuration(self) -> str:
        plain = super()._configuration()
        plain = plain.replace("[mail]\n", f'[mail]\nin_doubt = "{self._in_doubt}"\nmost_an_hour = 100000\n')
        return plain.replace(f'to = ["{READER}"]', f'to = ["{READER}"]\nmost_a_day = 1000') + _MORE + self._more

    def _begin(self, step: str, words: tuple[str, ...], nth: int, *, planted: bool) -> int:
        order = {
            "step": step,
            "nth": nth,
            "planted": planted,
            "words": [*words, "--config", str(self.config)],
            "log": str(self.folder / "command.log"),
        }
        assert self._forks is not None
        assert self._forks.stdin is not None
        self._forks.stdin.write(json.dumps(order).encode() + b"\n")
        return self._line()

    def _end(self) -> int:
        code = self._line()
        if code == KILLED:
            self.tries.kills += 1
            self.tries.tried.update(half_tried(self))
        return code

    def _has_ended(self, within_s: float) -> bool:
        assert self._forks is not None
        assert self._forks.stdout is not None
        return bool(select.select([self._forks.stdout], [], [], within_s)[0])

    def _line(self) -> int:
        assert self._forks is not None
        assert self._forks.stdout is not None
        return int(self._forks.stdout.readline())


def half_tried(stage: Stage) -> list[str]:
    """The letters that a crash left half tried: Message-IDs. Read from a copy, since looking at an archive may mend it."""
    with tempfile.TemporaryDirectory(prefix="bureauwatch-crash-") as folder:
        for left in stage.folder.glob("archive.db*"):
            shutil.copy(left, folder)
        db = connect(Path(folder) / "archive.db")
        try:
            has_letters = any(True for _ in db.query("SELECT 1 FROM sqlite_master WHERE name = 'letter'"))
            return [letter.message_id for letter in outbox.letters(db, states=["trying"])] if has_letters else []
        finally:
            db.close()


def publish_news(stage: CrashStage) -> str:
    """A new report goes on top of the Shanghai list; returns its slug."""
    number = len(stage.news) + 1
    slug, title = f"news-{number}", f"关于第{number}号事项的通知"
    body = (
        f"第{number}号事项已于本月办结，共办理{number}01件。",
        *(f"第{number}号事项的第{line}项工作。" for line in range(40)),
    )
    stage.site.add(SHANGHAI, slug, replace(stage.site.document("shanghai-chengzheng"), title=title, body=body))
    stage.site.publish(slug)
    stage.news.append(title)
    return slug


def faults(stage: CrashStage, expected: Counter[tuple[str, str]]) -> list[str]:
    """What crashes did that they must not: nothing, where all promises were kept.

    Args:
        stage: after a last normal run.
        expected: how often each event should have been told: kind and title.
    """
    found = [] if is_sound(stage) else ["the archive or its evidence is not sound"]
    seen = told(stage)
    found += [f"event lost: {event}" for event in (expected - seen).elements()]
    found += [f"event doubled: {event}" for event in (seen - expected).elements()]
    return [*found, *_lost_mail(stage), *_doubled_mail(stage)]


def copies(stage: Stage) -> dict[str, list[bytes]]:
    """Every letter that the server took, by its Message-ID."""
    taken: dict[str, list[bytes]] = defaultdict(list)
    for letter in stage.letters():
        content = letter.read()
        taken[str(BytesParser(policy=policy.default).parsebytes(content, headersonly=True)["Message-ID"])].append(content)
    return taken


def _lost_mail(stage: CrashStage) -> Iterator[str]:
    db, taken = opened(stage), copies(stage)
    owed = {(alert["event_id"], alert["recipient"]): alert["letter_id"] for alert in db.query("SELECT * FROM alert")}
    for event in archive.events(db):
        for person in EVERYTHING if event.kind == "baseline" else (READER, *EVERYTHING):
            letter_id = owed.get((event.id, person))
            letter = outbox.letter(db, letter_id) if letter_id is not None else None
            if letter is None:
                yield f"mail lost: nobody owes {person} the event {event.kind} {event.title}"
            elif letter.state != "sent" or letter.message_id not in taken:
                yield f"mail lost: {letter.state} {letter.message_id} to {person}"


def _doubled_mail(stage: CrashStage) -> Iterator[str]:
    known = {letter.message_id: letter for letter in outbox.letters(opened(stage))}
    for message_id, arrived in copies(stage).items():
        if message_id not in known:
            yield f"mail of nobody: {message_id}"
        if len(set(arrived)) > 1:
            yield f"copies differ: {message_id}"
        if len(arrived) - 1 > stage.tries.tried[message_id]:
            yield f"mail doubled: {message_id} came {len(arrived)} times, {stage.tries.tried[message_id]} crashes left it half tried"
