"""Where the story is played: a folder with a configuration, the replica, a mail server, and the real command. Tells nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawler.demo.documents import MINHANG, SHANGHAI
from crawler.demo.mailbox import Letter, Mailbox
from crawler.demo.site import ReplicaSite
from crawler.demo.story import SIGHTINGS
from crawler.errors import CrawlerError

READER = "reader@example.org"
_MARK = ".bureauwatch-demo"


class DemoError(CrawlerError):
    """The demo cannot be played, or did not come out as told; the message says what was seen."""


class Stage:
    """A folder in which `bureauwatch` watches the replica. Use as a context manager.

    Args:
        folder: made anew; an earlier demo's is replaced, any other folder is left alone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = ReplicaSite()
        self.mailbox = Mailbox(folder / "mails")

    def __enter__(self) -> Self:
        if self.folder.exists():
            if not (self.folder / _MARK).exists():
                raise DemoError(f"{self.folder} exists and is no earlier demo; remove it, or name another with --folder")
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)
        (self.folder / _MARK).touch()
        self.site.start()
        self.mailbox.start()
        (self.folder / "replica.toml").write_text(self.site.seeds(), encoding="utf-8")
        self.config.write_text(self._configuration(), encoding="utf-8")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.mailbox.stop()
        self.site.stop()

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.folder / "bureauwatch.toml"

    def command(self, *words: str) -> list[str]:
        """The real command with this stage's configuration."""
        return [sys.executable, "-m", "crawler", *words, "--config", str(self.config)]

    def run(self, *words: str, accept: Sequence[int] = (0,)) -> str:
        """Run a command and return what it printed.

        Raises:
            DemoError: it ended with an exit code that was not accepted.
        """
        done = subprocess.run(  # noqa: S603  our own command
            self.command(*words), capture_output=True, text=True, encoding="utf-8", check=False, env=self.environment()
        )
        if done.returncode not in accept:
            raise DemoError(
                f"`bureauwatch {' '.join(words)}` ended with exit code {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done.stdout

    def json_lines(self, *words: str) -> list[dict[str, Any]]:
        """What a command with `--json` printed."""
        return [json.loads(line) for line in self.run(*words, "--json").splitlines()]

    def letters(self) -> tuple[Letter, ...]:
        """What the mail server received."""
        return self.mailbox.letters()

    @staticmethod
    def environment() -> dict[str, str]:
        """For the command: output in UTF-8 whatever the machine's locale."""
        return {**os.environ, "PYTHONUTF8": "1"}

    def _configuration(self) -> str:
        hosts = json.dumps([self.site.host_port(bureau) for bureau in (SHANGHAI, MINHANG)])
        return f"""\
[storage]
path = "archive.db"

[seeds]
bundled = false
paths = ["replica.toml"]

[crawl]
delay_s = 0.02  # the replica is ours; real sites get 2 s
browser_wait_s = 8  # in earnest 45
contact = "demo@example.org"
allow_private = {hosts}

[monitor]
withdrawal_sightings = {SIGHTINGS}
withdrawal_hours = 0  # in earnest 24

[mail]
host = "127.0.0.1"
port = {self.mailbox.port}
security = "none"
sender = "bureauwatch@example.org"

[[subscription]]
to = ["{READER}"]
"""
