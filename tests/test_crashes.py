"""kill -9 at random moments changes nothing: the next normal run ends where it would have ended without the crash.

BUREAUWATCH_KILLS says how many kills (`make faults`: 200), BUREAUWATCH_SEED which ones.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.demo.documents import MINHANG_SEED, SHANGHAI, SHANGHAI_SEED
from crawler.demo.stage import Stage
from crawler.demo.story import NEW_FIGURE, NEW_REPORT, OLD_FIGURE, SIGHTINGS
from tests.crash_stage import CrashStage, copies, faults, publish_news
from tests.standing import failures, opened, told

KILLS = int(os.environ.get("BUREAUWATCH_KILLS", "3"))
SEED = int(os.environ.get("BUREAUWATCH_SEED", "20261122"))
OF_A_STORY = 50
"""Kills in one playing of the story (count)."""
LATEST_S = 1.5
"""At first: how long after its start a crawl is killed at the latest; then, how long the last whole one took."""
START_CPU_S = 2.0
"""Of the next start, at most: mending and opening the archive. The whole start is printed; 2 s are promised for it."""

BASELINES = (("上海市司法局", "法治政府建设情况报告"), ("闵行区司法局", "规划计划"))

Expected = Counter[tuple[str, str]]


def news(stage: CrashStage, count: int, expected: Expected) -> None:
    """New reports in Shanghai."""
    for _ in range(count):
        publish_news(stage)
        expected["published", stage.news[-1]] += 1


def both_change(stage: CrashStage, expected: Expected) -> None:
    """A report in Minhang, and a figure of one in Shanghai."""
    stage.site.publish(NEW_REPORT)
    expected["published", stage.site.document(NEW_REPORT).title] += 1
    stage.site.revise("news-1", "共办理101件", "共办理109件")
    expected["revised", stage.news[0]] += 1


def figure_changes(stage: CrashStage, expected: Expected) -> None:
    """A figure of a report in Minhang."""
    stage.site.revise(MINHANG_SEED, OLD_FIGURE, NEW_FIGURE)
    expected["revised", stage.site.document(MINHANG_SEED).title] += 1


def goes(stage: CrashStage, expected: Expected) -> None:
    """A report in Shanghai is withdrawn."""
    stage.site.withdraw(SHANGHAI_SEED)
    expected["withdrawn", stage.site.document(SHANGHAI_SEED).title] += 1


def comes_back(stage: CrashStage, expected: Expected) -> None:
    """It is there again."""
    stage.site.restore(SHANGHAI_SEED)
    expected["restored", stage.site.document(SHANGHAI_SEED).title] += 1


def nothing(_stage: CrashStage, _expected: Expected) -> None:
    """Another visit."""


CRAWLS: tuple[Callable[[CrashStage, Expected], None], ...] = (
    nothing,
    lambda stage, expected: news(stage, 1, expected),
    both_change,
    lambda stage, expected: news(stage, 2, expected),
    figure_changes,
    goes,
    *[nothing] * SIGHTINGS,
    comes_back,
    lambda stage, expected: news(stage, 1, expected),
)
"""What happens before each crawl of the story."""


def play(stage: CrashStage, chance: random.Random, kills: int) -> Expected:
    """The story with so many crashes in it, several in a row; returns the events that it should have told."""
    expected: Expected = Counter(("baseline", f"{bureau} · {section}") for bureau, section in BASELINES)
    latest = LATEST_S
    for number, move in enumerate(CRAWLS):
        move(stage, expected)
        due = kills * (number + 1) // len(CRAWLS)
        crashed = stage.tries.kills < due
        while stage.tries.kills < due:
            latest = crash(stage, chance, latest)
        stage.slow.pause_s = 0
        if crashed:
            stage.recover("crawl", "--all")
        else:
            assert stage.die_at("", "crawl", "--all") == 0
    return expected


def crash(stage: CrashStage, chance: random.Random, latest_s: float) -> float:
    """One crawl, killed anywhere in it, or while it posts letters; returns how long the last whole one took."""
    stage.slow.pause_s = chance.uniform(0.2, 0.5)
    mailing = chance.random() < 0.5
    after_s = chance.uniform(0, 1.5 if mailing else latest_s)
    begun = time.monotonic()
    killed = stage.kill("crawl", "--all", after_s=after_s, once_mailing=mailing)
    return latest_s if killed else max(latest_s, time.monotonic() - begun)


@pytest.mark.parametrize("number", range(-(-KILLS // OF_A_STORY)))
def test_a_story_with_crashes_ends_like_one_without(number: int, tmp_path: Path) -> None:
    with CrashStage(tmp_path / "stage") as stage:
        expected = play(stage, random.Random(SEED + number), min(OF_A_STORY, KILLS - number * OF_A_STORY))
        assert faults(stage, expected) == []
        assert failures(stage) == []
        versions = opened(stage).query("SELECT count(*) AS n, count(DISTINCT text_sha256) AS texts FROM version")
        assert next(row["n"] == row["texts"] for row in versions), "no text became a version twice"
        tries, arrived = stage.tries, copies(stage)
        doubled = sum(len(some) - 1 for some in arrived.values())
        print(
            f"{tries.kills} kills, {tries.tried.total()} of them while a letter was handed over: {expected.total()} events told"
            f" once, {len(arrived)} letters, {doubled} of them came twice, with the same bytes; slowest start until the archive"
            f" is open {max(wall for *_, wall in tries.starts):.2f} s ({max(cpu for cpu, *_ in tries.starts):.2f} s CPU, of"
            f" which the archive {max(opening for _, opening, _ in tries.starts) * 1000:.0f} ms)"
        )
        assert max(opening for _, opening, _ in tries.starts) <= START_CPU_S


def test_news_on_the_second_page_survives_a_crash_between_the_pages(tmp_path: Path) -> None:
    with Stage(tmp_path / "stage") as stage:
        stage.run("crawl", "--all", "--bureau", SHANGHAI)
        model = stage.site.document("shanghai-chengzheng")
        for number in range(7):  # five rows a page: two of the new reports stand overleaf
            report = replace(model, title=f"关于第{number}号事项的通知", body=(f"第{number}号事项。" * 30, *model.body))
            stage.site.add(SHANGHAI, f"news-{number}", report)
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
