"""kill -9 at random moments changes nothing: the next normal run ends where it would have ended without the crash.

BUREAUWATCH_KILLS says how many kills (`make faults`: 20), BUREAUWATCH_SEED which ones.
"""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

from crawler.demo.stage import Stage
from crawler.demo.story import Step, story
from tests.standing import failures, is_sound, subjects, texts, told

KILLS = int(os.environ.get("BUREAUWATCH_KILLS", "6"))
SEED = int(os.environ.get("BUREAUWATCH_SEED", "20261122"))
EARLIEST_S, LATEST_S = 0.6, 3.4  # a crawl of the replica takes about 3 s; before 0.6 s it only imports


def play(folder: Path, chance: random.Random, kills: int) -> tuple[object, ...]:
    """The whole story with so many crashes in it; returns what the archive and the mailbox hold at its end."""
    crawls = [(step, number) for step in story() for number in range(step.crawls)]
    crashes = set(chance.sample(range(len(crawls)), min(kills, len(crawls))))
    with Stage(folder) as stage:
        for position, (step, number) in enumerate(crawls):
            if number == 0:
                step.move(stage.site)
            if position in crashes:
                kill_a_crawl(stage, step, chance.uniform(EARLIEST_S, LATEST_S))
            stage.run("crawl", "--all")
        assert is_sound(stage)
        assert failures(stage) == []
        return told(stage), texts(stage), subjects(stage)


def kill_a_crawl(stage: Stage, step: Step, after_s: float) -> None:
    """Start a crawl and kill it without warning; it may have ended before, which is a moment like any other."""
    crawl = subprocess.Popen(
        stage.command("crawl", "--all"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=stage.environment()
    )
    try:
        crawl.wait(timeout=after_s)
    except subprocess.TimeoutExpired:
        crawl.kill()
        crawl.wait()
    print(f"killed after {after_s:.2f} s in: {step.english} (exit {crawl.returncode})")


def test_a_story_with_crashes_ends_like_one_without(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    calm = play(tmp_path / "calm", chance, 0)
    left = KILLS
    while left > 0:
        crashed = play(tmp_path / f"crashed-{left}", chance, left)
        assert crashed == calm
        left -= sum(step.crawls for step in story())
