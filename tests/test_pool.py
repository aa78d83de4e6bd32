"""Reading in child processes: answers, errors, limits, and nothing left behind. Real processes throughout."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from crawler.clean.errors import ReadingCrashed, ReadingTimedOut
from crawler.clean.extract import clean_page
from crawler.clean.pool import CleanPool
from spiders.failures import Failure, PageRefused, PageUnreadable, VisitError

PAGE = '<title>某报告</title><div id="zoom"><p>正文一段，完整。</p></div>'.encode()


def sleep_for_ever() -> None:
    time.sleep(3600)


def take_memory(size: int) -> int:
    return len(bytearray(size))


def die() -> None:
    os._exit(3)


def divide(number: int) -> float:
    return number / 0


async def test_a_page_is_read_in_another_process(pool: CleanPool) -> None:
    text = await pool.run(clean_page, "https://x/", PAGE, None)
    assert text.body == ("正文一段，完整。",)
    assert await pool.run(os.getpid) != os.getpid()


async def test_an_unreadable_page_is_told_as_itself(pool: CleanPool) -> None:
    with pytest.raises(PageUnreadable) as told:
        await pool.run(clean_page, "https://x/", b"<p>x", None)
    assert (told.value.failure, told.value.url) == (Failure.UNEXPECTED_STRUCTURE, "https://x/")


@pytest.mark.parametrize(
    "error",
    [
        PageUnreadable("https://x/", "why"),
        PageRefused(Failure.CHALLENGE, "https://x/", "why"),
        VisitError(Failure.DNS, "u", "d"),
    ],
)
def test_a_visits_failure_survives_pickling(error: VisitError) -> None:
    revived = pickle.loads(pickle.dumps(error))
    assert (type(revived), revived.failure, revived.url, revived.detail, str(revived)) == (
        type(error),
        error.failure,
        error.url,
        error.detail,
        str(error),
    )


async def test_a_child_is_replaced_before_it_grows_old() -> None:
    pool = CleanPool(1, readings_per_child=4)
    try:
        children = [await pool.run(os.getpid) for _ in range(7)]
        assert [children.count(child) for child in dict.fromkeys(children)] == [3, 3, 1]
        assert not any(is_running(child) for child in {*children} - {children[-1]})
    finally:
        await pool.close()


async def test_a_stuck_reading_is_stopped_and_its_lane_replaced() -> None:
    pool = CleanPool(1, longest_s=0.5)
    stuck = await pool.run(os.getpid)
    with pytest.raises(ReadingTimedOut):
        await pool.run(sleep_for_ever)
    assert await pool.run(os.getpid) != stuck
    await pool.close()
    await gone(stuck)


async def test_a_child_that_ends_is_a_crash_and_the_next_page_is_read(pool: CleanPool) -> None:
    with pytest.raises(ReadingCrashed):
        await pool.run(die)
    assert (await pool.run(clean_page, "https://x/", PAGE, None)).title == "某报告"


async def test_a_child_that_was_killed_between_two_pages_is_a_crash_and_then_replaced(pool: CleanPool) -> None:
    child = await pool.run(os.getpid)
    os.kill(child, signal.SIGKILL)
    await gone(child)
    with pytest.raises(ReadingCrashed):
        await pool.run(os.getpid)
    assert await pool.run(os.getpid) != child


async def test_a_reading_that_wants_too_much_memory_is_a_crash_of_its_child_alone(pool: CleanPool) -> None:
    assert await pool.run(take_memory, 100 * 1024 * 1024) == 100 * 1024 * 1024
    with pytest.raises(ReadingCrashed, match="MemoryError"):
        await pool.run(take_memory, 2 * 1024**3)
    assert await pool.run(take_memory, 10) == 10


async def test_an_error_of_ours_is_a_crash_that_names_it(pool: CleanPool) -> None:
    with pytest.raises(ReadingCrashed, match="ZeroDivisionError"):
        await pool.run(divide, 1)


async def test_two_lanes_read_at_the_same_time() -> None:
    pool = CleanPool(2)
    waiting = asyncio.create_task(pool.run(sleep_for_ever))
    assert await pool.run(os.getpid) > 0
    assert not waiting.done()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await pool.close()


async def test_a_cancelled_reading_leaves_no_child() -> None:
    pool = CleanPool(1)
    child = await pool.run(os.getpid)
    waiting = asyncio.create_task(pool.run(sleep_for_ever))
    await asyncio.sleep(0.2)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await gone(child)
    await pool.close()


async def test_closing_ends_every_child_a_busy_one_too() -> None:
    pool = CleanPool(2)
    first, second = await asyncio.gather(pool.run(os.getpid), pool.run(os.getpid))
    waiting = asyncio.create_task(pool.run(sleep_for_ever))
    await asyncio.sleep(0.2)
    await pool.close()
    await asyncio.gather(waiting, return_exceptions=True)
    await gone(first)
    await gone(second)


def test_a_parent_that_is_killed_takes_its_children_along(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent("""
        import asyncio, os, time
        from crawler.clean.pool import CleanPool

        async def main():
            print(await CleanPool(1).run(os.getpid), flush=True)
            await asyncio.sleep(3600)

        if __name__ == "__main__":
            asyncio.run(main())
        """),
        encoding="utf-8",
    )
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    asyncio.run(gone(child))


def test_the_pool_works_inside_the_loop_that_twisted_runs(tmp_path: Path) -> None:
    script = tmp_path / "twisted_parent.py"
    script.write_text(
        textwrap.dedent("""
        from twisted.internet import asyncioreactor
        asyncioreactor.install()
        from twisted.internet import defer, reactor, task
        from crawler.clean.extract import clean_page
        from crawler.clean.pool import CleanPool

        async def main():
            pool = CleanPool(1)
            page = '<title>t</title><div id="zoom"><p>x</p></div>'.encode()
            text = await defer.Deferred.fromFuture(__import__("asyncio").ensure_future(pool.run(clean_page, "u", page, None)))
            print(text.title)
            await defer.Deferred.fromFuture(__import__("asyncio").ensure_future(pool.close()))

        if __name__ == "__main__":
            task.react(lambda _: defer.ensureDeferred(main()))
        """),
        encoding="utf-8",
    )
    ran = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.stdout, ran.returncode) == ("t\n", 0), ran.stderr


async def gone(child: int) -> None:
    """Wait until a process has ended (a zombie has); fail where it does not within 10 seconds."""
    for _ in range(200):
        if not is_running(child):
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"process {child} is still there")


def is_running(child: int) -> bool:
    try:
        stat = Path(f"/proc/{child}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
