"""What is no page is handed on as it was sent, through the same way out: files, downloads, list services' answers, odd answers."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Error as PlaywrightError

from crawler.capture.browser_corner import Corner
from crawler.capture.browser_limits import BrowserLimits
from crawler.capture.browser_shared import SharedBrowser
from crawler.capture.browser_visit import FileAsked
from spiders.failing import failure_of
from spiders.failures import Failure, PageFaulty
from spiders.rendered import something_is_there
from tests.browser_stage import TEXT, Site, corner_of, is_well, once_told, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")
LIMITS = BrowserLimits(page_s=30, rows_s=1.5, poll_s=0.05, download_s=1.5)


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


async def test_f164_a_download_in_the_pages_place_is_its_bytes_and_headers(
    browser: SharedBrowser, corner: Corner, site: Site
) -> None:
    url = site.bytes("/a.pdf", b"%PDF-1.4 text", Content_Type="application/pdf", ETag='"v1"')
    brought = await corner.visit(url, something_is_there)
    assert (brought.status, brought.body, dict(brought.headers)["content-type"], dict(brought.headers)["etag"]) == (
        200,
        b"%PDF-1.4 text",
        "application/pdf",
        '"v1"',
    )
    assert browser.running is not None
    assert not list(browser.running.folder.downloads.iterdir())


async def test_f164_a_download_that_a_script_begins_is_taken_too_and_its_file_removed(
    browser: SharedBrowser, corner: Corner, site: Site
) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("报告.txt", TEXT)
    site.bytes("/b.zip", archive.getvalue(), Content_Type="application/zip", Content_Disposition="attachment; filename=b.zip")
    url = site.page("/pops", "<a id='a' href='/b.zip'>附件</a><script>a.click()</script>")
    brought = await corner.visit(url, once_told("<li>第一行"))
    assert (brought.url, brought.body) == (site.url("/b.zip"), archive.getvalue())
    assert dict(brought.headers)["content-disposition"] == "attachment; filename=b.zip"
    assert browser.running is not None
    assert not list(browser.running.folder.downloads.iterdir())


async def test_f164_a_download_that_never_ends_is_one_clear_failure(corner: Corner, site: Site) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/zip", "Content-Disposition": "attachment"})
        await response.prepare(request)
        for _ in range(600):
            await response.write(b"PK")
            await asyncio.sleep(0.1)
        return response

    site.does("/drip.zip", drip)
    with pytest.raises((PageFaulty, PlaywrightError)) as failed:
        await corner.visit(
            site.page("/drips", "<a id='a' href='/drip.zip'>x</a><script>a.click()</script>"), once_told("<li>第一行")
        )
    assert _class_of(failed.value) is Failure.TIMEOUT
    with pytest.raises((PageFaulty, PlaywrightError)) as failed:
        await corner.visit(site.url("/drip.zip"), something_is_there)
    assert _class_of(failed.value) is Failure.TIMEOUT
    assert await is_well(corner, site)


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({}, b"", Failure.EMPTY_BODY),
        (
            {"Content_Type": "application/zip", "Content_Disposition": "attachment", "Content_Encoding": "x-odd"},
            b"PK\x03\x04",
            None,
        ),
        ({"Content_Type": "application/pdf", "Content_Encoding": "gzip"}, b"%PDF-1.4 no gzip at all", Failure.PROTOCOL),
        ({"Content_Type": "text/html", "Content_Encoding": "gzip"}, b"<p>no gzip at all</p>", Failure.PROTOCOL),
    ],
    ids=["204", "odd encoding", "lying encoding of a file", "lying encoding of a page"],
)
async def test_f173_an_odd_answer_freezes_nothing(
    corner: Corner, site: Site, headers: dict[str, str], body: bytes, expected: Failure | None
) -> None:
    url = site.bytes("/odd", body, 200 if body else 204, **headers)
    try:
        brought = await corner.visit(url, something_is_there)
    except (PageFaulty, PlaywrightError) as error:
        assert _class_of(error) is expected  # noqa: PT017
    else:
        assert (expected, brought.body) == (None, body)
    assert await is_well(corner, site)


async def test_an_answer_in_another_charset_is_not_spoilt_on_its_way(corner: Corner, site: Site) -> None:
    body = '{"rows": [{"title": "关于公告"}]}'.encode("gb18030")
    assert (await corner.visit(site.bytes("/list", body, Content_Type="application/json"), something_is_there)).body == body


async def test_an_answer_of_a_list_service_is_handed_on_as_it_was_sent(corner: Corner, site: Site) -> None:
    body = '{"rows": [{"title": "关于<b>公告</b>"}]}'.encode()
    url = site.bytes("/list", body, Content_Type="application/json;charset=UTF-8")
    assert (await corner.visit(url, something_is_there)).body == body
    assert (await corner.fetch(FileAsked(url, "POST", (("x-requested-with", "XMLHttpRequest"),), b"page=2"))).body == body
    assert (site.asked[-1].method, site.asked[-1].headers["X-Requested-With"]) == ("POST", "XMLHttpRequest")


def _class_of(error: BaseException) -> Failure | None:
    found = failure_of(error)
    return found[0] if found else None
