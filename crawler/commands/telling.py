"""What the `demo` command does: plays the story on a replica of two bureaus' sites and tells it on the terminal."""

from __future__ import annotations

import time
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from crawler.commands.shown import kind_zh, say
from crawler.demo.documents import MINHANG, SHANGHAI
from crawler.demo.stage import DemoError, Stage
from crawler.demo.story import Step, story


def play(folder: Path) -> None:
    """Play the story in a folder.

    Raises:
        DemoError: the folder is in use, or the story did not come out as told.
    """
    begun = time.monotonic()
    with Stage(folder) as stage:
        say("bureauwatch 演示：两个司法局网站的复制品，在本机上")
        say(f"  静态列表  {stage.site.listing_url(SHANGHAI)}")
        say(f"  脚本列表  {stage.site.listing_url(MINHANG)}  (Chromium)")
        told: list[dict[str, Any]] = []
        for number, step in enumerate(story(), start=1):
            told += _play_step(stage, number, step)
        _close(stage, told, time.monotonic() - begun)


def _play_step(stage: Stage, number: int, step: Step) -> list[dict[str, Any]]:
    """One step: the site changes, the real command visits it, and what it tells must be what the story says."""
    say(f"\n{number}. {step.chinese}\n   {step.english}")
    step.move(stage.site)
    letters_before = len(stage.letters())
    events: list[dict[str, Any]] = []
    for _ in range(step.crawls):
        events += stage.json_lines("crawl", "--all")
    for event in events:
        say(f"   → {kind_zh(event['kind'])}《{event['title']}》{event['summary']}")
    if not events:
        say("   → 没有事件 (no event)")
    for letter in stage.letters()[letters_before:]:
        say(f"   ✉ {_subject(letter.read())}")
    if sorted(event["kind"] for event in events) != sorted(step.expected):
        raise DemoError(f"step {number} should have told {list(step.expected)}, but told {[event['kind'] for event in events]}")
    return events


def _close(stage: Stage, told: list[dict[str, Any]], seconds: float) -> None:
    say("\n事件 events")
    say(stage.run("events").rstrip())
    say("\n邮件 mails")
    for letter in stage.letters():
        say(f"  {letter.path}  {_subject(letter.read())}")
    revised = next(event for event in told if event["kind"] == "revised")
    say("\n被改动的数字 the edited number")
    say(stage.run("diff", str(revised["report"])).rstrip())
    say(f"\n数据库 database  {stage.folder / 'archive.db'}    证据 evidence (WARC)  {stage.folder / 'warc'}")
    say(f"look around:  bureauwatch status --config {stage.config}")
    say(f"{len(told)} events, {len(stage.letters())} mails, {seconds:.0f} s")


def _subject(message: bytes) -> str:
    return str(BytesParser(policy=policy.default).parsebytes(message)["Subject"])
