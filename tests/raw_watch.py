"""A watch of a raw server, from a folder of its own, by the real command: for sites that no honest server would be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from storage import archive, issues
from storage.database import Database
from storage.migrations import open_for_reading
from tests.raw_sites import answer

SENTENCE = "一年来，全局坚持以人民为中心，扎实推进法治政府建设，各项工作取得新的成效。"


def listing(rows: Sequence[tuple[str, str]], below: str = "") -> str:
    """A listing of (address, title), the first as the newest."""
    items = "".join(
        f'<li><a href="{url}">{title}</a><span>2024-01-{28 - place:02}</span></li>' for place, (url, title) in enumerate(rows)
    )
    return (
        f"<html><head><meta charset=utf-8></head><body><h2>年度报告</h2><ul class='pageList'>{items}</ul>{below}</body></html>"
    )


def report(title: str, words: str = "", below: str = "") -> str:
    """A detail page."""
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1><p>发布时间：2024-01-08 来源：某市司法局</p>"
        f'<div id="zoom"><p>{title}：{words}{SENTENCE * 3}</p><p>{SENTENCE * 3}</p></div>{below}</body></html>'
    )


@dataclass
class Pages:
    """What the server answers, whole and by path; anything else is not there."""

    said: dict[str, bytes] = field(default_factory=dict)

    def __call__(self, path: str, _: bytes) -> bytes:
        return self.said.get(path) or answer("<html><body>没有</body></html>", status="404 Not Found")

    def show(self, path: str, markup: str | bytes, *headers: str) -> None:
        self.said[path] = answer(markup, *headers)


class RawWatch:
    """A folder with a configuration, a seed of one watch, and the archive that comes of it."""

    def __init__(self, folder: Path, pair: str) -> None:
        self._folder = folder
        (folder / "seed.toml").write_text(
            f'[[bureau]]\nid = "city"\nname = "某市司法局"\nregion = "某省/某市"\nlevel = "city"\nhome_url = "http://{pair}/home/"\n'
            f'[[bureau.watch]]\nsection = "年度报告"\nlisting_url = "http://{pair}/list/index.html"\nslug = "column"\nrender = "plain"\n',
            encoding="utf-8",
        )
        (folder / "bureauwatch.toml").write_text(
            '[storage]\npath = "archive.db"\n[seeds]\nbundled = false\npaths = ["seed.toml"]\n'
            f'[crawl]\ndelay_s = 0\ncontact = "test@example.org"\nallow_private = ["{pair}"]\nobey_robots = false\n',
            encoding="utf-8",
        )

    def crawl(self, code: int = 0) -> str:
        """Visit every address that is known or shown; returns what was said."""
        done = subprocess.run(
            [sys.executable, "-m", "crawler", "crawl", "--all", "--config", str(self._folder / "bureauwatch.toml")],
            capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}, timeout=180, check=False,
        )  # fmt: skip
        assert done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    @property
    def db(self) -> Database:
        return open_for_reading(self._folder / "archive.db")

    @property
    def told(self) -> list[str]:
        """The kinds of all events, in their order."""
        return [event.kind for event in archive.events(self.db)]

    @property
    def failing(self) -> list[tuple[str, str]]:
        """The open issues: class and address."""
        return [(issue.failure, issue.url) for issue in issues.opened(self.db)]

    @property
    def titles(self) -> list[str]:
        """Of the latest version of every report."""
        return [latest.title for _, latest in archive.reports(self.db)]
