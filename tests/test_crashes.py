"""kill -9 at random moments changes nothing: the next normal run ends where it would have ended without the crash.

BUREAUWATCH_KILLS says how many kills (`make faults`: 20), BUREAUWATCH_SEED which ones.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from dataclasses import replace
from pathlib import Path

from crawler.demo.documents import SHANGHAI
from crawler.demo.stage import Stage
from crawler.demo.story import Step, story
from tests.standing import failures, is_sound, opened, subjects, texts, told

KILLS = int(os.environ.get("BUREAUWATCH_KILLS", "3"))
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


def test_news_on_the_second_page_survives_a_crash_between_the_pages(tmp_path: Path) -> None:
    with Stage(tmp_path / "stage") as stage:
        stage.run("crawl", "--all", "--bureau", SHANGHAI)
        model = stage.site.document("shanghai-chengzheng")
        for number in range(7):  # five rows a page: two of the new reports stand overleaf
            news = replace(model, title=f"关于第{number}号事项的通知", body=(f"第{number}号事项。" * 30, *model.body))
            stage.site.add(SHANGHAI, f"news-{number}", news)
            stage.site.publish(f"news-{number}")
        overleaf = stage.site.listing_url(SHANGHAI, 2)
        stage.site.fail(overleaf, "slow:60000")
        asked = len(stage.site.requests(SHANGHAI))
        crawl = subprocess.Popen(stage.command("crawl", "--all", "--bureau", SHANGHAI), env=stage.environment())
        while not any(overleaf.endswith(request.path) for request in stage.site.requests(SHANGHAI)[asked:]):
            time.sleep(0.05)
        crawl.kill()
        crawl.wait()
        (watch,) = opened(stage).query("SELECT walk_complete FROM watch WHERE bureau_id = ?", [SHANGHAI])
        assert not watch["walk_complete"], "the next run must not stop where all seems known"
        stage.site.mend()
        stage.run("crawl", "--all", "--bureau", SHANGHAI)
        published = [title for kind, title in told(stage).elements() if kind == "published"]
        assert sorted(published) == [f"关于第{number}号事项的通知" for number in range(7)]
