"""Visits single pages as a crawl would, in a child process that stays for many of them: a reactor starts once only."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Any, Self, TextIO

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Came:
    """What a visit came to."""

    failure: str  # "" where a page was read
    detail: str
    final_url: str
    size: int  # bytes
    rows: int  # of a listing
    text: str  # the body's first characters

    @property
    def outcome(self) -> str:
        return self.failure or "ok"


class LoneVisits:
    """The child, and the way to send it out."""

    def __init__(self, **environment: str) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tests.lone_visits"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            env={**os.environ, **environment},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.close()
        self._child.wait(20)
        self._child.stdout.close()

    @property
    def pid(self) -> int:
        return self._child.pid

    def to(
        self,
        url: str,
        role: str = "report",
        *,
        allow: tuple[str, ...] = (),
        tls: str = "standard",
        allow_http: bool = False,
        names: Mapping[str, list[str]] | None = None,
        **settings: Any,
    ) -> Came:
        """One visit. `names` answers look-ups in a name server's place, the last address for ever."""
        order = {"url": url, "role": role, "tls": tls, "allow_http": allow_http, "names": dict(names or {})}
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        order["settings"] = {"BUREAUWATCH_ALLOW_PRIVATE": list(allow), "DOWNLOAD_TIMEOUT": 20, **settings}
        self._child.stdin.write(json.dumps(order) + "\n")
        self._child.stdin.flush()
        answer = self._child.stdout.readline()
        assert answer, "the child died: a bug, not a visit's failure"
        return Came(**json.loads(answer))


def _serve(orders: TextIO, answers: TextIO) -> None:
    from crawler.capture.guard import Gate  # noqa: PLC0415  only the child needs it
    from crawler.schedule import engine  # noqa: PLC0415

    async def work() -> None:
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, orders.readline):
            answer = await _visit(json.loads(line))
            answers.write(json.dumps(answer) + "\n")
            answers.flush()

    engine.run(work, gate=Gate.of(()))


async def _visit(order: dict[str, Any]) -> dict[str, Any]:
    from scrapy.settings import Settings  # noqa: PLC0415

    from crawler import settings as ours  # noqa: PLC0415
    from crawler.capture.fetch_one import fetch_one  # noqa: PLC0415
    from crawler.capture.guard import Gate  # noqa: PLC0415
    from crawler.schedule import engine  # noqa: PLC0415

    engine.guard_names(Gate.of(order["settings"]["BUREAUWATCH_ALLOW_PRIVATE"]))
    _answer_names(order["names"])
    settings = Settings()
    settings.setmodule(ours, priority="project")
    settings.setdict({"ROBOTSTXT_OBEY": False, "RETRY_TIMES": 0, **order["settings"]}, priority="cmdline")
    came = await fetch_one(order["url"], order["role"], "plain", settings, tls=order["tls"], allow_http=order["allow_http"])
    visit = getattr(came, "visit", None)
    return {
        "failure": came.failure.value if hasattr(came, "failure") else "",
        "detail": getattr(came, "detail", ""),
        "final_url": visit.final_url if visit else "",
        "size": len(visit.body) if visit else 0,
        "rows": len(getattr(came, "entries", ())),
        "text": visit.body[:2000].decode("utf-8", "replace") if visit else "",
    }


def _answer_names(names: dict[str, list[str]]) -> None:
    """Stand in for the name server: `socket` asks the machine's own, which a test cannot change."""
    answers = {name: chain(addresses, repeat(addresses[-1])) for name, addresses in names.items()}
    socket.gethostbyname = lambda name: next(answers[name]) if name in answers else _ASK(name)


_ASK = socket.gethostbyname

if __name__ == "__main__":
    _serve(sys.stdin, sys.stdout)
