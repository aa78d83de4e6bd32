"""The same loop through a real browser, for pages that a script builds. Solves no challenge and forges nothing."""

from __future__ import annotations

from functools import partial

from playwright.async_api import Page as BrowserPage
from scrapy import Request
from scrapy_playwright.page import PageMethod

from spiders.failures import PageUnreadable
from spiders.fetched import Role
from spiders.page import Page, parse_page
from spiders.reading import family_of

LONGEST_WAIT_MS = 30_000  # slow sites seen from abroad need about 15 s for a list
_FEWEST_WORDS = 200  # characters; the shells seen hold a menu, a footer and no sentence
_OWN_WORDS = "//body//text()[not(ancestor::a or ancestor::script or ancestor::style or ancestor::noscript)]"
_STEP_MS = 250
_STEADY_STEPS = 3


def in_browser(request: Request, role: Role, family: str | None) -> Request:
    """The same request, fetched by Chromium, which waits for rows (or for a text at rest), never for network silence."""
    settled = partial(_rows_are_there, family=family) if role == "listing" else _text_is_at_rest
    return request.replace(
        dont_filter=True,  # the plain try of the same address is no reason to skip this one
        meta={
            **request.meta,
            "playwright": True,
            "playwright_context_kwargs": {"service_workers": "block", "accept_downloads": False},
            "playwright_page_methods": [PageMethod(settled)],
        },
    )


def is_script_built(page: Page) -> bool:
    """Whether a script may build what is missing: the page has scripts of its own to run."""
    return bool(page.root.xpath("//script[@src or string-length(normalize-space()) > 0]"))


def is_shell(page: Page) -> bool:
    """Whether a page says next to nothing before its scripts have run: a report's own words stand outside its links."""
    own_words = 0
    for text in page.root.xpath(_OWN_WORDS):
        own_words += len(text.strip())
        if own_words >= _FEWEST_WORDS:
            return False
    return is_script_built(page)


async def _rows_are_there(browser_page: BrowserPage, family: str | None) -> None:
    """Wait until the listing's own reader finds rows; no longer than the longest wait, and without an error then."""
    for _ in range(LONGEST_WAIT_MS // _STEP_MS):
        page = parse_page(browser_page.url, await browser_page.content())
        try:
            family_of(page, family).listing(page)
        except PageUnreadable:
            await browser_page.wait_for_timeout(_STEP_MS)
        else:
            return


async def _text_is_at_rest(browser_page: BrowserPage) -> None:
    """Wait until the visible text has stopped growing."""
    steady, length = 0, -1
    for _ in range(LONGEST_WAIT_MS // _STEP_MS):
        latest = await browser_page.evaluate("document.body ? document.body.innerText.length : 0")
        steady = steady + 1 if latest == length and latest > 0 else 0
        length = latest
        if steady >= _STEADY_STEPS:
            return
        await browser_page.wait_for_timeout(_STEP_MS)
