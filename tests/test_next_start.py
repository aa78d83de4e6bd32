"""How long the next start after a kill -9 takes, measured with nothing beside it: printed in seconds, judged by a ratio."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
from pathlib import Path

from crawler.demo.documents import SHANGHAI
from tests.crash_stage import CrashStage
from tests.pages import ROOT
from tests.test_crashes import KILLS, SEED, START_CPU_S

STARTS = max(3, KILLS // 10)
"""Kills, each with a start after it (count)."""
MOST_OF_BARE = 4.0
"""Times the CPU time of an interpreter that imports the libraries and does nothing. Measured 2026-11-23: 2.3."""

WORDS = ("crawl", "--all", "--bureau", SHANGHAI)
BARE = "import time, scrapy.crawler, scrapy_playwright.handler, trafilatura; print(time.process_time())"


def test_the_next_start_after_a_kill_takes_little_more_than_importing_the_libraries(tmp_path: Path) -> None:
    chance, bare = random.Random(SEED), list[float]()
    with CrashStage(tmp_path / "stage") as stage:
        stage.recover(*WORDS)
        for _ in range(STARTS):
            stage.kill(*WORDS, after_s=chance.uniform(0.05, 0.6))
            stage.recover(*WORDS)
            bare.append(float(subprocess.run([sys.executable, "-c", BARE], cwd=ROOT, check=True, capture_output=True).stdout))
        kills, (_, *starts) = stage.tries.kills, stage.tries.starts
    cpu, opening, wall = (sorted(column) for column in zip(*starts, strict=True))
    print(
        f"\n{kills} kills, {len(starts)} starts until the archive is open: CPU median {statistics.median(cpu):.2f} s, slowest"
        f" {cpu[-1]:.2f} s (the archive {opening[-1] * 1000:.0f} ms); wall median {statistics.median(wall):.2f} s, slowest"
        f" {wall[-1]:.2f} s; importing the libraries alone takes {statistics.median(bare):.2f} s CPU"
    )
    assert kills >= STARTS // 2, "most crawls were still at work"
    assert opening[-1] <= START_CPU_S
    assert statistics.median(cpu) <= MOST_OF_BARE * statistics.median(bare)
