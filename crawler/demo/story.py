"""The demo's story: what happens on the replica, step by step, and which events that must give. Runs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crawler.demo.documents import MINHANG_SEED, SHANGHAI_SEED
from crawler.demo.site import ReplicaSite

NEW_REPORT = "minhang-2021"
OLD_FIGURE, NEW_FIGURE = "行政复议案件226件", "行政复议案件236件"
SIGHTINGS = 3
"""Visits that must find a report gone; in the demo they follow each other within seconds, in earnest within a day."""


@dataclass(frozen=True)
class Step:
    """One thing that happens to the sites, then visits, then what these visits must have told."""

    chinese: str
    english: str
    move: Callable[[ReplicaSite], None]
    expected: tuple[str, ...]  # kinds of the events, in any order
    crawls: int = 1


def story() -> tuple[Step, ...]:
    """All steps, in order."""
    return (
        Step(
            "首次访问：记住现状，不打扰任何人",
            "first visit: everything is remembered, nobody is disturbed",
            lambda _site: None,
            ("baseline", "baseline"),
        ),
        Step(
            "闵行区司法局发布一份新报告",
            "a new report appears",
            lambda site: site.publish(NEW_REPORT),
            ("published",),
        ),
        Step(
            f"一份旧报告里的一个数字被悄悄改动：{OLD_FIGURE} → {NEW_FIGURE}",
            "one number in an old report is silently changed",
            lambda site: site.revise(MINHANG_SEED, OLD_FIGURE, NEW_FIGURE),
            ("revised",),
        ),
        Step(
            "一份报告在列表中下移到第二页（不是变化）",
            "a report moves down the list (nothing)",
            lambda site: site.move_down(SHANGHAI_SEED),
            (),
        ),
        Step(
            "只有计数器、日期、相关链接和随机参数变化（不是变化）",
            "only the noise changes (nothing)",
            lambda site: site.reseed_noise(20260331),
            (),
        ),
        Step(
            f"一份报告被撤下：要连续 {SIGHTINGS} 次访问不到才告知",
            f"a report is withdrawn: told after {SIGHTINGS} sightings, once",
            lambda site: site.withdraw(SHANGHAI_SEED),
            ("withdrawn",),
            crawls=SIGHTINGS + 1,
        ),
        Step(
            "它又回来了",
            "it comes back",
            lambda site: site.restore(SHANGHAI_SEED),
            ("restored",),
        ),
    )
