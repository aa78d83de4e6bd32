"""Script challenges in the shapes seen on government sites: the browser passes what any visitor's would, and gives up in time."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web

from crawler.capture.browser_limits import BrowserLimits
from crawler.capture.browser_shared import SharedBrowser
from crawler.capture.browser_visit import FileAsked
from spiders.failing import failure_of
from spiders.failures import Failure, PageRefused
from spiders.rendered import something_is_there
from tests.browser_stage import TEXT, Site, corner_of, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")
LIMITS = BrowserLimits(page_s=30, rows_s=1.5, challenge_s=2.5, poll_s=0.05)

RIVER = """<!DOCTYPE html><html><head><meta charset="utf-8"><script type="text/javascript">$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=77;$_ts.cd="qqq";</script>
<script src="/x7.js"></script></head><body></body></html>"""
RIVER_SCRIPT = "setTimeout(() => { document.cookie = 'FSSBBIl1UgzbN7NP=' + $_ts.nsd * 3; location.reload() }, 400)"
JSL = "<script>document.cookie = ('__jsl_clear' + 'ance_s=') + {value} + ';path=/'; location.href = location.pathname + location.search</script>"
C3VK = "<html><body><script>var c = 'C3VK=' + 'a1b2c3' + ';path=/'; document.cookie = c; window.location.reload();</script></body></html>"
REPORT = f"<!DOCTYPE html><html><head><title>关于公告</title></head><body><h1>关于公告</h1><p>{TEXT}</p></body></html>"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[SharedBrowser]:
    shared = SharedBrowser(LIMITS)
    yield shared
    await shared.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with serving() as served:
        yield served


def whole() -> web.Response:
    return web.Response(text=REPORT, content_type="text/html")


async def river(request: web.Request) -> web.Response:
    if request.cookies.get("FSSBBIl1UgzbN7NP") == "231":
        return whole()
    return web.Response(
        status=412, text=RIVER, content_type="text/html", headers={"Set-Cookie": "FSSBBIl1UgzbN7NO=abc; Path=/; HttpOnly"}
    )


async def river_script(_: web.Request) -> web.Response:
    return web.Response(text=RIVER_SCRIPT, content_type="text/javascript")


async def jiasule(request: web.Request) -> web.Response:
    seen = request.cookies.get("__jsl_clearance_s")
    if seen == "2":
        return whole()
    return web.Response(
        status=521,
        text=JSL.format(value=1 if seen is None else 2),
        content_type="text/html",
        headers={"Set-Cookie": "__jsluid_s=ab; Path=/"},
    )


async def wangsu(request: web.Request) -> web.Response:
    if request.cookies.get("wzws_sessionid") and request.cookies.get("wzws_cid"):
        return whole()
    name = "wzws_cid" if not request.cookies.get("wzws_cid") else "wzws_sessionid"
    return web.Response(status=302, headers={"Location": request.path_qs, "Set-Cookie": f"{name}=7; Path=/"})


async def c3vk(request: web.Request) -> web.Response:
    return whole() if request.cookies.get("C3VK") == "a1b2c3" else web.Response(text=C3VK, content_type="text/html")


@pytest.mark.parametrize("challenge", [river, jiasule, wangsu, c3vk])
async def test_the_browser_passes_a_challenge_that_only_wants_its_script_run(
    browser: SharedBrowser, site: Site, challenge: object
) -> None:
    url = site.does("/a.html", challenge)  # type: ignore[arg-type]
    site.does("/x7.js", river_script)
    async with corner_of(browser, site.pair) as corner:
        brought = await corner.visit(url, something_is_there)
    assert (brought.status, TEXT in brought.body.decode()) == (200, True)


async def test_what_was_passed_stays_passed_for_further_pages_and_files_of_the_site(browser: SharedBrowser, site: Site) -> None:
    async def file(request: web.Request) -> web.Response:
        return (
            web.Response(body=b"%PDF-1.4") if request.cookies.get("FSSBBIl1UgzbN7NP") else web.Response(status=412, text=RIVER)
        )

    site.does("/x7.js", river_script)
    first, second, attached = site.does("/a.html", river), site.does("/b.html", river), site.does("/c.pdf", file)
    async with corner_of(browser, site.pair) as corner:
        assert (await corner.fetch(FileAsked(attached))).status == 412
        await corner.visit(first, something_is_there)
        asked = len(site.asked)
        assert TEXT in (await corner.visit(second, something_is_there)).body.decode()
        assert len(site.asked) == asked + 1
        assert (await corner.fetch(FileAsked(attached))).body == b"%PDF-1.4"


@pytest.mark.parametrize("shape", ["waits for ever", "reloads for ever", "blank with status 412"])
async def test_a_challenge_that_never_lets_us_in_is_given_up_after_two_tries(
    browser: SharedBrowser, site: Site, shape: str
) -> None:
    script = {
        "waits for ever": "",
        "reloads for ever": "setTimeout(() => location.reload(), 600)",
        "blank with status 412": "document.documentElement.innerHTML = ''",
    }[shape]

    async def never(_: web.Request) -> web.Response:
        return web.Response(
            status=412,
            text=RIVER.replace('<script src="/x7.js"></script>', f"<script>{script}</script>"),
            content_type="text/html",
        )

    async with corner_of(browser, site.pair) as corner:
        with pytest.raises(PageRefused) as refused:
            await corner.visit(site.does("/a.html", never), something_is_there)
    assert (refused.value.failure, "2 tries" in refused.value.detail) == (Failure.CHALLENGE, True)
    assert 2 <= site.paths().count("/a.html") <= 2 * (LIMITS.navigations + 1)


async def test_a_redirect_that_gives_no_cookie_and_never_ends_is_a_loop(browser: SharedBrowser, site: Site) -> None:
    async def forever(request: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": request.path_qs, "Set-Cookie": "wzws_cid=7; Path=/"})

    async with corner_of(browser, site.pair) as corner:
        with pytest.raises(Exception, match="ERR_TOO_MANY_REDIRECTS") as failed:
            await corner.visit(site.does("/a.html", forever), something_is_there)
    found = failure_of(failed.value)
    assert found is not None
    assert found[0] is Failure.REDIRECT_LOOP
