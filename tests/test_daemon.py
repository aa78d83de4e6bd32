"""The daemon catches what is published, ends in good order, keeps others out, and does not grow.

BUREAUWATCH_RUNS says over how many runs its memory is watched (the issue asks for 50).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Self

import apscheduler.schedulers.base
import pytest

import crawler.schedule.daemon
from crawler.config import read_config
from crawler.demo.documents import SHANGHAI
from crawler.demo.stage import Stage
from crawler.schedule.daemon import Beat, Daemon
from crawler.schedule.session import Session
from storage import outbox, watches
from storage.database import StorageError, writing
from tests.long_list import Column, LongList
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


def test_letters_are_settled_by_hand_beside_a_running_daemon(stage: Stage) -> None:
    set_pace(stage, hours=3 * SECONDS)
    stage.mailbox.stop()
    with daemon(stage) as process:
        wait_until(lambda: finished_runs(stage) >= 4, process)
        stage.site.publish("minhang-2021")
        wait_until(lambda: [letter for letter in outbox.letters(opened(stage)) if letter.attempts], process)
        stage.mailbox.start()
        assert stage.letters() == ()  # its next try is minutes away
        stage.run("alerts", "retry", "--all")
        wait_until(lambda: [letter.state for letter in outbox.letters(opened(stage))] == ["sent"], process)
        again = subprocess.run(
            stage.command("alerts", "retry", "1"), capture_output=True, text=True, env=stage.environment(), check=False
        )
        assert (again.returncode, "is not sent twice" in again.stderr) == (2, True)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert len(stage.letters()) == 1
    assert is_sound(stage)


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


class Slow(Column):
    """A column whose lists take their time."""

    def answer(self, address: str) -> tuple[int, str, bytes]:
        if address.startswith("/list/"):
            time.sleep(3)
        return super().answer(address)


def test_the_watches_of_one_slow_host_leave_room_for_those_of_others(tmp_path: Path) -> None:
    with LongList(tmp_path / "slow", Slow(reports=2)) as slow, LongList(tmp_path / "other", Column(reports=2)) as other:
        config, seed = slow.folder / "bureauwatch.toml", slow.folder / "seed.toml"
        config.write_text(config.read_text().replace(f'["{slow.host}"]', f'["{slow.host}", "{other.host}"]'), encoding="utf-8")
        lists = [f"http://{slow.host}/list/{number}/index.html" for number in range(5)] + [
            f"http://{other.host}/list/index.html"
        ]
        blocks = [
            f'[[bureau.watch]]\nsection = "第{number}栏"\nlisting_url = "{url}"\nslug = "list-{number}"\nrender = "plain"\n'
            for number, url in enumerate(lists)
        ]
        seed.write_text(seed.read_text(encoding="utf-8").partition("[[bureau.watch]]")[0] + "".join(blocks), encoding="utf-8")
        process = slow.start("daemon")
        try:
            wait_until(lambda: other.listing_pages_asked() or len(slow.listing_pages_asked()) > 1, process)
            assert other.listing_pages_asked(), "it waited until the first watches of the slow host were through"
        finally:
            process.kill()
            process.communicate()


class MovedClock(dt.datetime):
    """The system's clock, as somebody sets it."""

    ahead = dt.timedelta(0)

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Self:
        shown = dt.datetime.now(tz) + cls.ahead
        return cls.fromtimestamp(shown.timestamp(), tz)


@asynccontextmanager
async def looks_of_a_daemon(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[str]]:
    """How often a daemon that has nothing to do looks for what is due; its beat is short, and its clock can be moved."""
    monkeypatch.setattr(MovedClock, "ahead", dt.timedelta(0))
    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", MovedClock)
    monkeypatch.setattr(crawler.schedule.daemon, "datetime", MovedClock)
    monkeypatch.setattr(crawler.schedule.daemon, "TICK_S", 0.05)
    never = dt.datetime(2300, 1, 1, tzinfo=dt.UTC)
    with LongList(folder, Column(reports=1)) as site:
        session = Session.open(read_config(site.folder / "bureauwatch.toml"), now=lambda: MovedClock.now(dt.UTC))
        with writing(session.db):
            run = watches.start_run(session.db, watch_id="city/column", bureau_id="city", pid=1, now=session.now())
            watches.finish_run(
                session.db, run, watch_id="city/column", outcome="ok", now=session.now(), next_due_at=never, walk_complete=True,
                walked_all=True, baseline=True, pages=1, reports=0, events=0, failures=0,
            )  # fmt: skip
        asked: list[str] = []
        session.db.conn.set_trace_callback(lambda sql: asked.append(sql) if sql == "SELECT * FROM watch" else None)
        daemon = Daemon(session)
        working = asyncio.create_task(daemon.run())
        try:
            yield asked
        finally:
            await daemon.stop()
            await working
            await session.close()


async def more_looks(looks: list[str]) -> bool:
    """Whether the daemon goes on looking."""
    before = len(looks)
    for _ in range(500):
        if len(looks) >= before + 3:
            return True
        await asyncio.sleep(0.02)
    return False


async def test_a_clock_that_is_put_back_or_forward_does_not_stop_the_beat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with looks_of_a_daemon(tmp_path, monkeypatch) as looks:
        assert await more_looks(looks)
        for hours in (-3, 5, -24 * 400, 24 * 365 * 30):
            MovedClock.ahead = dt.timedelta(hours=hours)
            assert await more_looks(looks), f"it does not look since the clock is {hours} hours off"


def test_after_a_clock_jumped_ahead_one_beat_is_made_up_for_not_each() -> None:
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert Beat(1.0).get_next_fire_time(dt.datetime(1970, 1, 1, tzinfo=dt.UTC), now) == now + dt.timedelta(seconds=1)
