"""One browser for a session: renewed, restarted, ended in good order, shut in, and missed without harm where there is none."""

from __future__ import annotations

import asyncio
import logging
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from crawler.capture.browser_launch import _sweep
from crawler.capture.browser_limits import BrowserLimits
from crawler.capture.browser_memory import browser_processes
from crawler.capture.browser_shared import SharedBrowser
from crawler.capture.find_browser import ENVIRONMENT, find_browser
from crawler.demo.stage import Stage
from spiders.failures import Failure, PageFaulty
from spiders.rendered import something_is_there
from tests.browser_stage import TEXT, Site, corner_of, open_files, serving, until
from tests.standing import failures, texts

FAST = BrowserLimits(page_s=10, rows_s=2, poll_s=0.05, steady_polls=1)


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as served:
        served.page("/good", f"<p>{TEXT}</p>")
        yield served


def executable(folder: Path, script: str) -> str:
    made = folder / "chromium-of-the-test"
    made.write_text(f"#!/bin/sh\n{script}\n")
    made.chmod(0o755)
    folder.chmod(0o755)
    return str(made)


async def test_f169_the_browser_is_renewed_after_its_pages_and_cookies_are_carried_over(site: Site) -> None:
    async def greet(request: web.Request) -> web.Response:
        response = web.Response(text=f"<p>{TEXT} {request.cookies.get('a', 'none')}</p>", content_type="text/html")
        response.set_cookie("a", "known")
        return response

    url = site.does("/cookie", greet)
    browser = SharedBrowser(BrowserLimits(poll_s=0.05, steady_polls=1, pages_per_browser=3, pages_at_once=2))
    folders: set[Path] = set()
    async with corner_of(browser, site.pair) as corner:
        assert "none" in (await corner.visit(url, something_is_there)).body.decode()
        for _ in range(3):
            for brought in await asyncio.gather(corner.visit(url, something_is_there), corner.visit(url, something_is_there)):
                assert "known" in brought.body.decode()
            assert browser.running is not None
            newest = browser.running.folder.path
            folders.add(newest)
        assert [path for path in folders if path.exists()] == [newest]
    assert (browser.launches, len(folders)) == (3, 3)
    await browser.close()
    assert not [path for path in folders if path.exists()]


async def test_an_idle_browser_is_ended_and_started_again_when_it_is_wanted(site: Site) -> None:
    browser = SharedBrowser(BrowserLimits(poll_s=0.05, steady_polls=1, idle_s=0.2))
    async with corner_of(browser, site.pair) as corner:
        await corner.visit(site.url("/good"), something_is_there)
        running = browser.running
        assert running is not None
        await until(lambda: browser.running is None and not running.folder.path.exists())
        assert not browser_processes(running.folder.profile)
        assert TEXT in (await corner.visit(site.url("/good"), something_is_there)).body.decode()
    await browser.close()


async def test_nothing_is_left_of_a_closed_browser(site: Site) -> None:
    before = set(asyncio.all_tasks())
    files = open_files()
    browser = SharedBrowser(FAST)
    async with corner_of(browser, site.pair) as corner:
        await corner.visit(site.url("/good"), something_is_there)
        running = browser.running
        assert running is not None
        assert len(browser_processes(running.folder.profile)) > 2
    await browser.close()
    assert not browser_processes(running.folder.profile)
    assert not running.folder.path.exists()
    assert running.proxy.open_connections == 0
    await asyncio.sleep(0.1)
    assert open_files() <= files + 2  # the test's own server may hold a connection for a while
    assert not [
        task for task in asyncio.all_tasks() - before if "aiohttp" not in repr(task) and "web_protocol" not in repr(task)
    ]


async def test_a_driver_that_was_killed_is_replaced(site: Site) -> None:
    browser = SharedBrowser(FAST)
    async with corner_of(browser, site.pair) as corner:
        await corner.visit(site.url("/good"), something_is_there)
        running = browser.running
        assert running is not None
        chromium = {process.pid for process in browser_processes(running.folder.profile)}
        (driver,) = {_parent(pid) for pid in chromium} - chromium - {os.getpid(), 1}
        os.kill(driver, signal.SIGKILL)
        assert TEXT in (await corner.visit(site.url("/good"), something_is_there)).body.decode()
        assert not browser_processes(running.folder.profile)
    await browser.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
async def test_root_does_not_run_chromium_itself(site: Site) -> None:
    browser = SharedBrowser(FAST)
    async with corner_of(browser, site.pair) as corner:
        await corner.visit(site.url("/good"), something_is_there)
        users, commands, _ = seen_of(browser)
    await browser.close()
    assert users == {pwd.getpwnam("nobody").pw_uid}
    assert not [command for command in commands if b"--no-sandbox" in command]


async def test_chromium_sees_nothing_of_our_environment(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUREAUWATCH_SECRET_OF_THE_TEST", "canary")
    browser = SharedBrowser(FAST)
    async with corner_of(browser, site.pair) as corner:
        await corner.visit(site.url("/good"), something_is_there)
        _, _, seen = seen_of(browser)
    await browser.close()
    assert any(b"HOME=" in environment for environment in seen)
    assert not [environment for environment in seen if b"canary" in environment]


async def test_without_a_sandbox_chromium_goes_on_and_one_line_says_so(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = find_browser()
    refusing = executable(
        tmp_path, f'case "$*" in *--no-sandbox*) exec {real} "$@";; esac\necho "No usable sandbox!" >&2; exit 1'
    )
    monkeypatch.setenv(ENVIRONMENT, refusing)
    browser = SharedBrowser(BrowserLimits(poll_s=0.05, steady_polls=1, pages_per_browser=1))
    with caplog.at_level(logging.WARNING):
        async with corner_of(browser, site.pair) as corner:
            for _ in range(2):
                assert TEXT in (await corner.visit(site.url("/good"), something_is_there)).body.decode()
    await browser.close()
    (warning,) = [record.getMessage() for record in caplog.records if record.name.startswith("crawler")]
    assert "without its sandbox" in warning
    assert "user namespaces" in warning
    assert "\n" not in warning


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 3", "does not start"),
        ("echo 'error while loading shared libraries: libnss3.so' >&2; exit 127", "libnss3.so"),
        ("kill -SEGV $$", "does not start"),
    ],
    ids=["ends at once", "lacks a library", "crashes"],
)
async def test_f172_a_chromium_that_does_not_start_is_one_line(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    monkeypatch.setenv(ENVIRONMENT, executable(tmp_path, script))
    browser = SharedBrowser(FAST)
    async with corner_of(browser, site.pair) as corner:
        for _ in range(2):
            with pytest.raises(PageFaulty) as failed:
                await corner.visit(site.url("/good"), something_is_there)
            assert failed.value.failure is Failure.NO_BROWSER
            assert told in failed.value.detail
            assert "\n" not in failed.value.detail
    assert browser.launches == 1  # it is not tried anew for every page
    await browser.close()


async def test_f172_no_chromium_at_all_names_the_cure(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, "/no/such/chromium")
    browser = SharedBrowser(FAST)
    async with corner_of(browser, site.pair) as corner:
        with pytest.raises(PageFaulty) as failed:
            await corner.visit(site.url("/good"), something_is_there)
    assert failed.value.failure is Failure.NO_BROWSER
    assert "playwright install" in failed.value.detail


def test_f172_without_chromium_plain_sites_are_read_all_the_same(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, "/no/such/chromium")
    stage.run("crawl", accept=range(5))
    assert [failure for failure, _ in failures(stage)] == ["no_browser"]
    assert len(texts(stage)) > 5


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["in good order", "killed"])
def test_no_browser_outlives_a_session_that_is_ended(tmp_path: Path, number: signal.Signals) -> None:
    program = """
import asyncio, signal, sys
from tests.browser_stage import *
from spiders.rendered import something_is_there
async def main():
    browser, ended = SharedBrowser(), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    async with serving() as site, corner_of(browser, site.pair) as corner:
        await corner.visit(site.page("/good", TEXT), something_is_there)
        print(browser.running.folder.profile, flush=True)
        await ended.wait()
    await browser.close()
asyncio.run(main())
"""
    running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    profile = Path(running.stdout.readline().strip())
    assert browser_processes(profile)
    running.send_signal(number)
    running.wait(20)
    running.stdout.close()
    for _ in range(100):
        if not browser_processes(profile):
            break
        subprocess.run(["sleep", "0.1"], check=True)
    assert not browser_processes(profile)
    _sweep()
    assert not profile.exists()


def seen_of(browser: SharedBrowser) -> tuple[set[int], list[bytes], list[bytes]]:
    """The users, commands and environments of the browser's processes, but for those that end while they are looked at."""
    assert browser.running is not None
    users, commands, environments = set(), [], []
    for process in browser_processes(browser.running.folder.profile):
        place = Path(f"/proc/{process.pid}")
        with suppress(FileNotFoundError, ProcessLookupError):
            user, command, environment = place.stat().st_uid, (place / "cmdline").read_bytes(), (place / "environ").read_bytes()
            users.add(user)
            commands.append(command)
            environments.append(environment)
    return users, commands, environments


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
