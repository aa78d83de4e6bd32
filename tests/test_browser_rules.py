"""What a page may not do to the browser: each ends as one clear failure or is let pass, and the next page is read."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from crawler.capture.browser_corner import Corner
from crawler.capture.browser_limits import BrowserLimits
from crawler.capture.browser_memory import browser_processes
from crawler.capture.browser_shared import SharedBrowser
from spiders.failures import Failure, PageFaulty
from spiders.rendered import something_is_there
from tests.browser_stage import TEXT, Site, corner_of, is_well, once_told, serving, until

pytestmark = pytest.mark.asyncio(loop_scope="module")
LIMITS = BrowserLimits(
    page_s=30,
    rows_s=20,
    poll_s=0.05,
    download_s=1.5,
    requests=40,
    requests_in_all=120,
    renderer_bytes=300 * 1024**2,
    memory_s=0.05,
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[SharedBrowser]:
    shared = SharedBrowser(LIMITS)
    yield shared
    await shared.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with serving() as served:
        served.page("/good", f"<p>{TEXT}</p>")
        yield served


@pytest_asyncio.fixture(loop_scope="module")
async def corner(browser: SharedBrowser, site: Site) -> AsyncIterator[Corner]:
    async with corner_of(browser, site.pair) as fresh:
        yield fresh


async def fails(corner: Corner, url: str) -> PageFaulty:
    with pytest.raises(PageFaulty) as failed:
        await corner.visit(url, something_is_there)
    return failed.value


async def test_f160_a_page_that_crashes_its_renderer_fails_alone(browser: SharedBrowser, corner: Corner, site: Site) -> None:
    visiting = asyncio.ensure_future(fails(corner, site.page("/crash", "<script>fetch('/beat')</script>")))
    await until(lambda: _renderers(browser, "/beat", site))
    for pid in _renderers(browser, "/beat", site):
        os.kill(pid, signal.SIGKILL)
    failed = await visiting
    assert (failed.failure, "crashed" in failed.detail) == (Failure.UNEXPECTED_STRUCTURE, True)
    assert await is_well(corner, site)


async def test_f161_a_browser_killed_mid_page_is_replaced_and_the_page_read_after_all(
    browser: SharedBrowser, corner: Corner, site: Site
) -> None:
    url = site.page("/slow", "<ul id='u'></ul><script>setTimeout(() => u.innerHTML = '<li>第一行', 700)</script>")
    assert await is_well(corner, site)
    running = browser.running
    assert running is not None
    old = {process.pid for process in browser_processes(running.folder.profile)}
    visiting = asyncio.ensure_future(corner.visit(url, once_told("<li>第一行")))
    await until(lambda: "/slow" in site.paths())
    os.kill(min(old), signal.SIGKILL)
    assert "第一行" in (await visiting).body.decode()
    assert await is_well(corner, site)
    assert not browser_processes(running.folder.profile)
    await until(lambda: not _still_there(old))  # the machine's first process inherits them, and buries them when it likes
    assert not running.folder.path.exists()


async def test_f162_a_page_that_never_ends_loading_is_taken_once_its_rows_are_there(corner: Corner, site: Site) -> None:
    async def never(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    site.does("/never.js", never)
    url = site.page(
        "/endless",
        "<ul><li>第一行</ul><script async src='/never.js'></script><script>setInterval(() => fetch('/good'), 20)</script><script src='/never.js'></script>",
    )
    assert "第一行" in (await corner.visit(url, once_told("<li>第一行"))).body.decode()


async def test_f162_a_page_that_never_answers_is_cut_off(browser: SharedBrowser, site: Site) -> None:
    async def never(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    impatient = SharedBrowser(BrowserLimits(page_s=1, poll_s=0.05))
    async with corner_of(impatient, site.pair) as corner:
        assert (await fails(corner, site.does("/never", never))).failure is Failure.TIMEOUT
    await impatient.close()


async def test_f163_dialogs_are_dismissed_and_a_loop_of_them_is_a_failure(corner: Corner, site: Site) -> None:
    url = site.page(
        "/two", f"<script>alert(1); if (!confirm('?')) document.write('<p>{TEXT}</p>'); onbeforeunload = () => 'stay'</script>"
    )
    assert TEXT in (await corner.visit(url, something_is_there)).body.decode()
    failed = await fails(corner, site.page("/many", "<script>while (true) alert('again')</script>"))
    assert (failed.failure, "dialogs" in failed.detail) == (Failure.UNEXPECTED_STRUCTURE, True)
    assert await is_well(corner, site)


@pytest.mark.parametrize(
    "markup",
    [
        "<script>setTimeout(() => location.href = '/loop?' + Math.random(), 5)</script>",
        "<meta http-equiv='refresh' content='0'>",
        "<script>setInterval(() => history.pushState({}, '', '/p' + Math.random()), 5)</script>",
        "<script>setInterval(() => location.hash = Math.random(), 5)</script>",
        "<script>location.reload()</script>",
    ],
    ids=["location", "meta refresh", "pushState", "hash", "reload"],
)
async def test_f165_a_page_that_goes_round_in_circles_is_a_redirect_loop(corner: Corner, site: Site, markup: str) -> None:
    url = site.page("/loop", markup)
    assert (await fails(corner, url)).failure is Failure.REDIRECT_LOOP
    assert site.paths().count("/loop") <= 15


async def test_f165_windows_that_a_page_opens_are_closed_and_never_loaded(
    browser: SharedBrowser, corner: Corner, site: Site
) -> None:
    url = site.page(
        "/storm",
        f"<p>{TEXT}</p><a id='a' target='_blank' href='/popup'>x</a><script>for (let i = 0; i < 30; i++) {{ window.open('/popup'); a.click() }}</script>",
    )
    assert TEXT in (await corner.visit(url, something_is_there)).body.decode()
    assert "/popup" not in site.paths()
    assert browser.running is not None
    assert [len(context.pages) for context in browser.running.browser.contexts] == [0]


async def test_f166_a_script_that_never_ends_is_killed_and_other_pages_are_unharmed(site: Site) -> None:
    impatient = SharedBrowser(BrowserLimits(page_s=5, rows_s=5, poll_s=0.05, closing_s=2))
    spinning = site.page("/spin", "<script>while (true) {}</script>")
    slow = site.page("/slow", "<ul id='u'></ul><script>setTimeout(() => u.innerHTML = '<li>第一行', 1000)</script>")
    async with corner_of(impatient, site.pair) as corner, corner_of(impatient, site.pair) as other:
        failed, read = await asyncio.gather(fails(corner, spinning), other.visit(slow, once_told("<li>第一行")))
        assert failed.failure is Failure.TIMEOUT
        assert "第一行" in read.body.decode()
        await until(lambda: not _renderers(impatient, "/spin", site))  # the well-behaved page's own takes a moment to leave
        assert await is_well(corner, site)
    await impatient.close()


@pytest.mark.parametrize(
    "script",
    [
        "let all = []; while (true) all.push(new Uint8Array(8 << 20).fill(7))",
        "let all = []; while (true) all.push({a: 'b' + all.length, c: [1, 2, 3]})",
    ],
    ids=["buffers", "objects"],
)
async def test_f167_a_page_that_wants_all_memory_loses_its_renderer_only(corner: Corner, site: Site, script: str) -> None:
    failed = await fails(corner, site.page("/greedy", f"<script>setTimeout(() => {{ {script} }}, 50)</script>"))
    assert (failed.failure, "memory" in failed.detail) == (Failure.UNEXPECTED_STRUCTURE, True)
    assert await is_well(corner, site)


async def test_f168_requests_are_capped_and_pictures_not_asked_for(corner: Corner, site: Site) -> None:
    many = f"<p>{TEXT}</p><img src='/i.png'><style>@font-face {{ font-family: x; src: url(/f.woff) }} p {{ font-family: x }}</style><script>for (let i = 0; i < 70; i++) fetch('/good?' + i)</script>"
    brought = await corner.visit(site.page("/many", many), something_is_there)
    assert TEXT in brought.body.decode()
    assert len(site.asked) <= LIMITS.requests < 70
    assert not {"/i.png", "/f.woff"} & set(site.paths())
    failed = await fails(corner, site.page("/storm", "<script>for (let i = 0; i < 400; i++) fetch('/good?' + i)</script>"))
    assert (failed.failure, "requests" in failed.detail) == (Failure.UNEXPECTED_STRUCTURE, True)
    assert await is_well(corner, site)


async def test_f170_permissions_are_denied_and_print_does_no_harm(corner: Corner, site: Site) -> None:
    script = """
    const told = [];
    const tell = (name, value) => { told.push(name + '=' + value); document.getElementById('t').textContent = told.sort().join(' ') };
    navigator.geolocation.getCurrentPosition(() => tell('geo', 'granted'), () => tell('geo', 'denied'));
    Notification.requestPermission().then(state => tell('notify', state));
    navigator.mediaDevices ? navigator.mediaDevices.getUserMedia({audio: true}).then(() => tell('mic', 'granted'), () => tell('mic', 'denied')) : tell('mic', 'denied');
    navigator.usb ? navigator.usb.requestDevice({filters: []}).then(() => tell('usb', 'granted'), () => tell('usb', 'denied')) : tell('usb', 'denied');
    document.documentElement.requestFullscreen().then(() => tell('full', 'granted'), () => tell('full', 'denied'));
    window.print(); window.print(); tell('print', 'survived');
    """
    told = '<p id="t">full=denied geo=denied mic=denied notify=denied print=survived usb=denied</p>'
    brought = await corner.visit(site.page("/asks", f"<p id='t'></p><script>{script}</script>"), once_told(told))
    assert told in brought.body.decode()


async def test_each_corner_has_cookies_of_its_own(browser: SharedBrowser, site: Site) -> None:
    async def greet(request: web.Request) -> web.Response:
        response = web.Response(text=f"<p>{TEXT} {request.cookies.get('a', 'none')}</p>", content_type="text/html")
        response.set_cookie("a", "known")
        return response

    url = site.does("/cookie", greet)
    async with corner_of(browser, site.pair) as one, corner_of(browser, site.pair) as two:
        told = [(await corner.visit(url, something_is_there)).body.decode() for corner in (one, one, two)]
    assert ["known" in page for page in told] == [False, True, False]


def _renderers(browser: SharedBrowser, path: str, site: Site) -> list[int]:
    """The renderers of the browser, once this path has been asked for."""
    if browser.running is None or path not in site.paths():
        return []
    return [process.pid for process in browser_processes(browser.running.folder.profile) if process.is_renderer]


def _still_there(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}/stat").exists()}
