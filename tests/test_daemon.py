"""The daemon catches what is published, ends in good order, keeps others out, and does not grow.

BUREAUWATCH_RUNS says over how many runs its memory is watched (the issue asks for 50).
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.demo.documents import SHANGHAI
from crawler.demo.stage import Stage
from storage.database import StorageError
from tests.standing import failures, is_sound, opened, told

RUNS = int(os.environ.get("BUREAUWATCH_RUNS", "12"))
WARM_UP = 8  # runs; a process of Scrapy's kind is at its size after about ten
PATIENCE_S = 120
SECONDS = 1 / 3600  # in hours


@contextmanager
def daemon(stage: Stage) -> Iterator[subprocess.Popen[str]]:
    """A running daemon; killed if the test fails."""
    process = subprocess.Popen(stage.command("daemon"), stderr=subprocess.PIPE, text=True, env=stage.environment())
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stderr is not None
        print(process.stderr.read()[-4000:])


def set_pace(stage: Stage, *, hours: float, keep: tuple[str, ...] = ()) -> None:
    """Visit every watch, and look again at every report, at this pace; keep only these bureaus, where some are named."""
    pace = f'render = "auto"\nevery_hours = {hours}\nrecheck_hours = {hours}'
    seeds = stage.site.seeds().replace('render = "auto"', pace)
    blocks = ["[[bureau]]\n" + block for block in seeds.split("[[bureau]]\n")[1:]]
    chosen = [block for block in blocks if not keep or any(f'id = "{bureau}"' in block for bureau in keep)]
    (stage.folder / "replica.toml").write_text("\n".join(chosen), encoding="utf-8")


def wait_until(seen: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait for something to happen, as long as the daemon lives and patience lasts."""
    end = time.monotonic() + PATIENCE_S
    while not seen():
        assert process.poll() is None, "the daemon ended by itself"
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


def finished_runs(stage: Stage) -> int:
    try:
        db = opened(stage)
    except StorageError:  # not made yet
        return 0
    return int(next(db.query("SELECT count(*) AS n FROM run WHERE outcome = 'ok'"))["n"])


def memory_mb(pid: int) -> float:
    """Resident memory of a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    own = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
    return own + sum(memory_mb(int(child)) for child in children)


def test_a_published_report_is_caught_mailed_and_the_end_is_orderly(stage: Stage) -> None:
    set_pace(stage, hours=3 * SECONDS)
    with daemon(stage) as process:
        wait_until(lambda: finished_runs(stage) >= 4, process)
        assert set(told(stage)) == {
            ("baseline", "上海市司法局 · 法治政府建设情况报告"),
            ("baseline", "闵行区司法局 · 规划计划"),
        }
        stage.site.publish("minhang-2021")
        wait_until(stage.letters, process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert told(stage)[("published", "2021年闵行区司法局行政工作总结")] == 1
    assert len(stage.letters()) == 1
    assert failures(stage) == []
    assert is_sound(stage)
    assert not list((stage.folder / "warc").glob("*.open"))


def test_a_second_daemon_and_a_crawl_are_refused_by_the_first_ones_pid(stage: Stage) -> None:
    set_pace(stage, hours=24, keep=(SHANGHAI,))
    with daemon(stage) as process:
        wait_until(lambda: finished_runs(stage) == 1, process)
        for command in ("daemon", "crawl"):
            second = subprocess.run(
                stage.command(command), capture_output=True, text=True, env=stage.environment(), check=False
            )
            assert second.returncode == 75
            assert f"process {process.pid}" in second.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0


def test_many_runs_do_not_grow_the_daemon(stage: Stage) -> None:
    set_pace(stage, hours=SECONDS / 10, keep=(SHANGHAI,))
    with daemon(stage) as process:
        wait_until(lambda: finished_runs(stage) >= WARM_UP, process)
        before = memory_mb(process.pid)
        wait_until(lambda: finished_runs(stage) >= WARM_UP + RUNS, process)
        grown = memory_mb(process.pid) - before
        print(f"{before:.1f} MB after {WARM_UP} runs, {grown:+.1f} MB after {RUNS} more")
        assert grown < 6
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_a_site_that_takes_its_time_does_not_hold_up_the_end(stage: Stage) -> None:
    set_pace(stage, hours=24, keep=(SHANGHAI,))
    stage.site.fail(stage.site.listing_url(SHANGHAI), "slow:50000")
    with daemon(stage) as process:
        wait_until(lambda: any("index" in request.path for request in stage.site.requests(SHANGHAI)), process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    stage.site.mend()
    stage.run("crawl", "--all")
    assert is_sound(stage)
