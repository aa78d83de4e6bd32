"""Whatever a page tries, Chromium reaches nothing private: a listener on this machine sees nobody come."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web

from crawler.capture.browser_limits import BrowserLimits
from crawler.capture.browser_shared import SharedBrowser
from spiders.failures import Failure, PageRefused
from spiders.rendered import something_is_there
from tests.browser_stage import TEXT, Canary, Site, canary, corner_of, once_told, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")
LIMITS = BrowserLimits(poll_s=0.1, steady_polls=8)

WAYS = {
    "iframe": '<iframe src="{goal}"></iframe>',
    "img": '<img src="{goal}">',
    "script": '<script src="{goal}"></script>',
    "module": '<script type="module">import("{goal}")</script>',
    "stylesheet": '<link rel="stylesheet" href="{goal}">',
    "css url()": '<style>@import url("{goal}"); p {{ background: url("{goal}2") }} @font-face {{ font-family: x; src: url("{goal}3") }} p {{ font-family: x }}</style>',
    "fetch": '<script>fetch("{goal}"); fetch("{goal}", {{mode: "no-cors", keepalive: true}})</script>',
    "xhr": '<script>let x = new XMLHttpRequest(); x.open("GET", "{goal}"); x.send()</script>',
    "beacon": '<script>navigator.sendBeacon("{goal}", "x")</script>',
    "websocket": '<script>new WebSocket("{goal}".replace("http", "ws"))</script>',
    "event source": '<script>new EventSource("{goal}")</script>',
    "window.open": '<script>window.open("{goal}"); window.open("about:blank")?.location.replace("{goal}")</script>',
    "form": '<form id="f" method="post" target="g" action="{goal}"><input name="a" value="b"></form><iframe name="g"></iframe><script>f.submit()</script>',
    "prefetch": '<link rel="prefetch" href="{goal}"><link rel="prerender" href="{goal}"><link rel="preload" as="fetch" href="{goal}">',
    "preconnect": '<link rel="preconnect" href="{goal}"><link rel="dns-prefetch" href="{goal}"><link rel="modulepreload" href="{goal}">',
    "speculation": '<script type="speculationrules">{{"prefetch": [{{"urls": ["{goal}"], "eagerness": "immediate"}}], "prerender": [{{"urls": ["{goal}"], "eagerness": "immediate"}}]}}</script>',
    "object": '<object data="{goal}"></object><embed src="{goal}"><video src="{goal}" autoplay></video><audio src="{goal}" autoplay></audio>',
    "ping": '<a id="a" ping="{goal}" href="#x">x</a><script>a.click()</script>',
    "worker": '<script>new Worker(URL.createObjectURL(new Blob([`fetch("{goal}", {{mode: "no-cors"}}); importScripts("{goal}")`])))</script>',
    "svg and favicon": '<link rel="icon" href="{goal}"><link rel="manifest" href="{goal}"><svg><image href="{goal}"/></svg>',
    "webrtc": '<script>let c = new RTCPeerConnection({{iceServers: [{{urls: "stun:{pair}"}}, {{urls: "turn:{pair}?transport=tcp", username: "u", credential: "p"}}]}}); c.createDataChannel("x"); c.createOffer().then(o => c.setLocalDescription(o))</script>',
    "webtransport": '<script>new WebTransport("{goal}".replace("http", "https"))</script>',
    "csp report": '<meta http-equiv="Content-Security-Policy" content="img-src \'none\'; report-uri {goal}"><img src="/x.png">',
}
SPELLINGS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0.0.0.0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "localhost",
    "x.localhost",
    "１２７．０．０．１",
    "127.0.0.1.",
]
LEADING_AWAY = {
    "meta refresh": '<meta http-equiv="refresh" content="0;url={goal}">',
    "location.href": '<script>location.href = "{goal}"</script>',
    "form of the page itself": '<form id="f" method="post" action="{goal}"></form><script>f.submit()</script>',
    "link": '<a id="a" href="{goal}">x</a><script>a.click()</script>',
}  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[SharedBrowser]:
    shared = SharedBrowser(LIMITS)
    yield shared
    await shared.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with serving() as served:
        yield served


@pytest_asyncio.fixture(loop_scope="module")
async def bird() -> AsyncIterator[Canary]:
    async with canary("127.0.0.1") as listening:
        yield listening


async def test_a_page_full_of_ways_inward_is_read_and_none_of_them_arrives(
    browser: SharedBrowser, site: Site, bird: Canary
) -> None:
    pair = f"127.0.0.1:{bird.port}"
    ways = [way.format(goal=f"http://{pair}/{name.replace(' ', '-')}", pair=pair) for name, way in WAYS.items()]
    async with corner_of(browser, site.pair) as corner:
        for first in range(0, len(ways), 6):
            url = site.page(f"/{first}", f"<p>{TEXT}</p>" + "".join(ways[first : first + 6]))
            brought = await corner.visit(url, something_is_there)
            assert TEXT in brought.body.decode(), url
        assert corner.refusals_so_far > 15  # some ways Chromium itself does not go in its headless shell
    assert bird.heard == []


async def test_no_spelling_of_this_machine_is_let_through(browser: SharedBrowser, site: Site, bird: Canary) -> None:
    frames = "".join(f'<iframe src="http://{host}:{bird.port}/"></iframe>' for host in SPELLINGS)
    tries = ", ".join(f'fetch("https://{host}:{bird.port}/")' for host in SPELLINGS)
    told = f'<script>Promise.allSettled([{tries}]).then(() => document.body.append("tried"))</script>'
    url = site.page("/spellings", f"<p>{TEXT}</p>{frames}{told}")
    async with corner_of(browser, site.pair) as corner:
        assert TEXT in (await corner.visit(url, once_told("</script>tried"))).body.decode()
        assert corner.refusals_so_far >= len(SPELLINGS)
    assert bird.heard == []


async def test_a_redirect_of_a_part_of_the_page_ends_at_the_gate(browser: SharedBrowser, site: Site, bird: Canary) -> None:
    for status in (301, 302, 303, 307, 308):
        site.bytes(f"/hop{status}", b"", status, Location=f"http://127.0.0.1:{bird.port}/")
    parts = "".join(
        f'<script src="/hop{status}"></script><iframe src="/hop{status}"></iframe>' for status in (301, 302, 303, 307, 308)
    )
    url = site.page("/redirects", f"<p>{TEXT}</p>{parts}")
    async with corner_of(browser, site.pair) as corner:
        await corner.visit(url, something_is_there)
    assert {f"/hop{status}" for status in (301, 302, 303, 307, 308)} < set(site.paths())
    assert bird.heard == []


@pytest.mark.parametrize(
    ("way", "scheme"), [*((way, "http") for way in LEADING_AWAY), ("location.href", "https"), ("link", "https")]
)
async def test_a_page_that_leads_inward_itself_is_a_blocked_host(
    browser: SharedBrowser, site: Site, bird: Canary, way: str, scheme: str
) -> None:
    url = site.page("/away", LEADING_AWAY[way].format(goal=f"{scheme}://127.0.0.1:{bird.port}/x"))
    async with corner_of(browser, site.pair) as corner:
        with pytest.raises(PageRefused) as refused:
            await corner.visit(url, something_is_there)
    assert refused.value.failure is Failure.BLOCKED_HOST
    assert bird.heard == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_f208_a_redirect_of_the_page_itself_inward_is_a_blocked_host(
    browser: SharedBrowser, site: Site, bird: Canary, status: int
) -> None:
    url = site.bytes("/hop", b"", status, Location=f"http://127.0.0.1:{bird.port}/")
    async with corner_of(browser, site.pair) as corner:
        with pytest.raises(PageRefused) as refused:
            await corner.visit(url, something_is_there)
    assert refused.value.failure is Failure.BLOCKED_HOST
    assert bird.heard == []


async def test_f171_a_service_worker_is_not_installed_and_reaches_nothing(
    browser: SharedBrowser, site: Site, bird: Canary
) -> None:
    site.bytes(
        "/sw.js",
        f'fetch("http://127.0.0.1:{bird.port}/"); self.onfetch = e => e.respondWith(new Response("old"))'.encode(),
        Content_Type="text/javascript",
    )
    url = site.page(
        "/sw",
        f'<p>{TEXT}</p><script>navigator.serviceWorker.register("/sw.js").then(() => document.body.append("installed"), () => document.body.append("denied"))</script>',
    )
    async with corner_of(browser, site.pair) as corner:
        first = await corner.visit(url, something_is_there)
        second = await corner.visit(url, something_is_there)
    assert "/sw.js" not in site.paths()
    assert TEXT in first.body.decode()
    assert TEXT in second.body.decode()
    assert bird.heard == []


async def test_only_the_named_pair_of_an_allowed_host_is_open(browser: SharedBrowser, site: Site, bird: Canary) -> None:
    async with corner_of(browser, site.pair, f"127.0.0.1:{bird.port}") as corner:
        tries = f'fetch("http://127.0.0.1:{bird.port}/").finally(() => document.body.append("tried"))'
        await corner.visit(site.page("/open", f"<p>{TEXT}</p><script>{tries}</script>"), once_told("</script>tried"))
        assert bird.heard == [b"GET / HTTP/1.1"]


async def test_the_crawl_says_who_it_is_to_the_page_and_to_nobody_else(browser: SharedBrowser, site: Site) -> None:
    async def script(_: web.Request) -> web.Response:
        return web.Response(text="1", content_type="text/javascript")

    site.does("/a.js", script)
    async with corner_of(browser, site.pair) as corner:
        await corner.visit(site.page("/who", f'<p>{TEXT}</p><script src="/a.js"></script>'), something_is_there)
    page, part = site.asked
    assert page.headers["User-Agent"].endswith("bureauwatch/test (+mailto:reader@example.org)")
    assert page.headers["From"] == "reader@example.org"
    assert "From" not in part.headers
    assert page.headers["Accept-Language"].startswith("zh-CN")
    assert not [name for name in page.headers if name.lower().startswith(("proxy", "x-bureauwatch"))]
