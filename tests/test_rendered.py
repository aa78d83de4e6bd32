"""A browser is started for pages that say nothing without their scripts, and for no others; what it reads is what plain reading reads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from scrapy import Request

from crawler.capture.browser_limits import BrowserLimits
from crawler.capture.browser_shared import SharedBrowser
from crawler.clean.extract import clean_page
from crawler.flow import CleanText
from spiders.page import parse_page
from spiders.rendered import Readiness, in_browser, rows_are_there, something_is_there
from spiders.shells import is_script_built, is_shell
from tests.browser_stage import Site, corner_of, serving
from tests.page_templates import BODIES, KNOWN, REPORTS, UNSEEN

MENU = "".join(f'<li><a href="/c{n}/">栏目名称{n}</a></li>' for n in range(60))
SCRIPT = '<script src="/js/app.js"></script>'
TEXT = "<p>" + "为规范行政执法行为，现将有关事项公告如下。" * 15 + "</p>"
FRAMES: dict[str, Callable[[CleanText, str], str]] = {**KNOWN, **UNSEEN}


@pytest.mark.parametrize(
    ("body", "script_built", "shell"),
    [
        (f"<ul>{MENU}</ul><div id='app'></div>{SCRIPT}", True, True),
        (f"<div id='app'></div><script>load({{id: 1}})</script><noscript>{TEXT}</noscript>", True, True),
        (f"<ul>{MENU}</ul><div>{TEXT}</div>{SCRIPT}", True, False),
        (f"<ul>{MENU}</ul><div>{TEXT}</div>", False, False),
        (f"<ul>{MENU}</ul><div id='app'></div>", False, False),
        ("<script>  </script>", False, False),
    ],
)
def test_a_shell_has_scripts_and_next_to_no_words_of_its_own(body: str, *, script_built: bool, shell: bool) -> None:
    page = parse_page("https://sfj.example.gov.cn/a.html", f"<html><body>{body}</body></html>")
    assert is_script_built(page) is script_built
    assert is_shell(page) is shell


async def test_rows_are_awaited_and_an_empty_frame_is_not_taken_for_them() -> None:
    url = "https://sfj.example.gov.cn/tzgg/index.html"
    rows = "".join(
        f'<li><a href="/tzgg/2024030{n}/t{n}.html">关于开展第{n}次执法检查的通知</a><span>2024-03-0{n}</span></li>'
        for n in range(1, 9)
    )
    assert await rows_are_there(url, f"<html><body><div id='app'></div>{SCRIPT}</body></html>", None) is Readiness.NOT_YET
    assert await rows_are_there(url, f"<html><body><ul class='list'>{rows}</ul>{SCRIPT}</body></html>", None) is Readiness.THERE


def test_listings_wait_for_rows_and_attachments_for_nothing() -> None:
    plain = Request("https://sfj.example.gov.cn/a", meta={"errand": 1})
    asked = {role: in_browser(plain, role, None).meta for role in ("listing", "report", "attachment")}
    assert [bool(meta["playwright"]) and meta["errand"] for meta in asked.values()] == [1, 1, 1]
    assert [meta["awaited"] is None for meta in asked.values()] == [False, False, True]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[SharedBrowser]:
    shared = SharedBrowser(BrowserLimits(poll_s=0.02, steady_polls=1, pages_at_once=2, pages_per_browser=1000))
    yield shared
    await shared.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with serving() as served:
        yield served


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("frame", FRAMES)
async def test_a_rendered_page_reads_as_the_plain_one(browser: SharedBrowser, site: Site, report: str, frame: str) -> None:
    async with corner_of(browser, site.pair) as corner:
        for place, (name, body) in enumerate(BODIES.items()):
            doctype = ("<!DOCTYPE html>", "")[(place + len(report) + len(frame)) % 2]  # standard and quirks mode by turns
            markup = doctype + FRAMES[frame](REPORTS[report], body(REPORTS[report]))
            url = site.bytes(f"/{frame}/{name}.html", markup.encode(), Content_Type="text/html; charset=utf-8")
            plain = clean_page(url, markup.encode(), None)
            brought = await corner.visit(url, something_is_there)
            assert clean_page(brought.url, brought.body, None) == plain, (name, doctype)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("charset", "header", "label"),
    [
        ("gb18030", "", "gb2312"),
        ("gb18030", "", ""),
        ("utf-8", "", ""),
        ("gb18030", "utf-8", "utf-8"),
        ("utf-8", "gbk", "gb2312"),
        ("utf-8", "iso-8859-1", ""),
        ("utf-8-sig", "gbk", ""),
    ],
)
async def test_charsets_are_told_by_the_bytes_and_not_by_labels(
    browser: SharedBrowser, site: Site, charset: str, header: str, label: str
) -> None:
    meta = f'<meta charset="{label}">' if label else ""
    markup = meta + KNOWN["shanghai"](REPORTS["notice"], BODIES["p"](REPORTS["notice"]))
    body = markup.encode(charset)
    url = site.bytes("/a.html", body, Content_Type="text/html" + (f"; charset={header}" if header else ""))
    async with corner_of(browser, site.pair) as corner:
        brought = await corner.visit(url, something_is_there)
    read = clean_page(brought.url, brought.body, None)
    assert read == clean_page(brought.url, body, None)
    assert read.title == REPORTS["notice"].title
    assert len(site.asked) <= 2
