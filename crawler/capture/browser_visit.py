"""Visits one page in the browser: waits for what is wanted, lets challenges run, takes files as files. Opens no page."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from playwright.async_api import APIResponse, Download, Response
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout

from crawler.capture.browser_page import WatchedPage
from crawler.capture.judge import Answer, judge
from spiders.failures import Failure, PageFaulty, PageRefused
from spiders.rendered import Awaited, Readiness

_MARKUP = ("text/html", "application/xhtml+xml", "multipart/x-mixed-replace")
_OF_THE_WAY = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"})
"""Headers that held for the bytes on their way, and not for those that are handed on."""
_GONE_ON = ("interrupted by another navigation", "ERR_ABORTED", "navigating and changing", "context was destroyed")
"""What Playwright says where a page went on to another address in the middle of a question about it."""
_LATIN_1 = re.compile("[\u00c0-\u00ff][\u0080-\u00bf\u0152-\u017e\u2013-\u20ac]")  # a UTF-8 sequence read one byte at a time
_MOST_LATIN_1 = 20
_BROKEN = "\ufffd".encode()
_MOST_REDIRECTS = 5  # as for plain requests


@dataclass(frozen=True)
class Brought:
    """What a visit brought: a page as Chromium built it, or a file as it was sent."""

    url: str  # after all redirects
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class FileAsked:
    """A request that no page is opened for: a file, or a list service's answer."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


class _MisreadError(Exception):
    """Chromium has believed a wrong label, or guessed wrongly."""


async def visit(watched: WatchedPage, awaited: Awaited) -> Brought:
    """Load a page and wait until what is wanted stands in it.

    Args:
        watched: a fresh page with its rules, which bears the address.
        awaited: says of the markup how far it has come.

    Returns:
        The page; also where the wanted did not come in time, for its reader to say so.

    Raises:
        VisitError: it broke a rule, took too long, led into a private network, or stayed a challenge.
        PlaywrightError: no connection, no proper answer; `spiders.failing` knows which.
    """
    limits, tries = watched.limits, 0
    while tries < limits.challenge_tries:
        watched.begin_try()
        try:
            brought = await watched.within(_one_try(watched, awaited), limits.page_s)
        except _MisreadError:
            watched.go_by_bytes()  # from now on, so that it comes to this once
            continue
        if brought is not None:
            return brought
        tries += 1
    told = f"still a challenge after {limits.challenge_tries} tries of {limits.challenge_s:g} s in the browser"
    raise PageRefused(Failure.CHALLENGE, watched.url, told)


async def fetch(watched: WatchedPage, asked: FileAsked) -> Brought:
    """Fetch a file with the cookies that the site has given the browser, through the same way out.

    Raises:
        VisitError: it leads into a private network, or is too large.
        PlaywrightError: as `visit`.
    """
    client = watched.page.context.request
    try:
        answer = await client.fetch(
            asked.url,
            method=asked.method,
            headers=dict(asked.headers),
            data=asked.body or None,
            max_redirects=_MOST_REDIRECTS,
            timeout=watched.limits.download_s * 1000,
        )
    except PlaywrightError as error:
        raise watched.trouble(asked.url) or error from None
    try:
        watched.raise_if_unreached(answer.url, answer.headers)
        return Brought(answer.url, answer.status, _kept(await _headers(answer)), await answer.body())
    finally:
        await answer.dispose()


async def _one_try(watched: WatchedPage, awaited: Awaited) -> Brought | None:
    """One load of the page; None where it is a challenge and stays one."""
    try:
        await watched.page.goto(watched.url, wait_until="commit", timeout=watched.limits.page_s * 1000)
    except PlaywrightError as error:
        if isinstance(error, PlaywrightTimeout):
            raise
        file = await _instead(watched, error)
        if file is not None:
            return file
    return await _wait(watched, awaited)


async def _instead(watched: WatchedPage, error: PlaywrightError) -> Brought | None:
    """What came where no page came; None where the page only went on to another address."""
    if "Download is starting" in error.message or watched.download is not None:
        await watched.drop_download()
        return await fetch(watched, FileAsked(watched.url))
    if watched.main is not None and watched.main.status in (204, 205):
        raise PageFaulty(Failure.EMPTY_BODY, watched.url, f"status {watched.main.status}: no page") from error
    if not _went_on(error):
        raise watched.trouble(watched.last_asked) or error from None
    return None


async def _wait(watched: WatchedPage, awaited: Awaited) -> Brought | None:
    """Look at the page again and again until what is wanted is there, or time is up."""
    limits, now = watched.limits, asyncio.get_running_loop().time
    began, is_challenge, steady, length = now(), False, 0, -1
    markup = ""
    while now() - began < (limits.challenge_s if is_challenge else limits.rows_s):
        await asyncio.sleep(limits.poll_s if markup else 0)
        try:
            if (file := await _file_in_place(watched)) is not None:
                return file
            markup = await watched.page.content()
            latest = await watched.page.evaluate("document.body ? document.body.innerText.length : 0")
            is_loading = await watched.page.evaluate("document.readyState") == "loading"
        except PlaywrightError as error:
            if not _went_on(error):
                raise
            steady, length = 0, -1
            continue
        if len(markup) > limits.page_bytes:
            raise PageFaulty(Failure.TOO_LARGE, watched.url, f"{len(markup)} characters of markup")
        is_challenge = _is_challenge(watched, markup)
        if not (is_loading or is_challenge or watched.goes_by_bytes) and _is_misread(markup):
            raise _MisreadError
        steady = steady + 1 if latest == length and latest > 0 and not is_loading else 0
        length = latest
        if is_challenge:
            continue
        readiness = await awaited(watched.page.url, markup)
        if readiness is Readiness.THERE or (readiness is Readiness.PERHAPS and steady >= limits.steady_polls):
            return await _page(watched, markup)
        if watched.download is not None:
            return await _downloaded(watched, watched.download)
    return None if is_challenge else await _page(watched, markup)


async def _file_in_place(watched: WatchedPage) -> Brought | None:
    """The main answer as it was sent, where it is no markup: Chromium would lay JSON, text and XML out as pages of its own."""
    main = watched.main
    kind = main.headers.get("content-type", "").partition(";")[0].strip().lower() if main is not None else ""
    if main is None or not kind or kind in _MARKUP:
        return None
    body = await main.body()
    if _BROKEN in body:  # Chromium tells text in its own reading only; this one was wrong
        return await fetch(watched, FileAsked(main.url))
    return Brought(main.url, main.status, _kept(await _headers(main)), body)


async def _downloaded(watched: WatchedPage, download: Download) -> Brought:
    """A file that the page itself began to download."""
    try:
        async with asyncio.timeout(watched.limits.download_s):
            path = await download.path()
    except TimeoutError as error:
        await watched.drop_download()
        told = f"the download of {download.url} took more than {watched.limits.download_s:g} s"
        raise PageFaulty(Failure.TIMEOUT, watched.url, told) from error
    body = Path(path).read_bytes()  # noqa: ASYNC240  a local file, kept small by the proxy
    await download.delete()
    answer = watched.answer_to(download.url)
    if answer is None:  # made by a script: nobody sent it
        return Brought(watched.page.url, 200, (("content-disposition", "attachment"),), body)
    return Brought(answer.url, answer.status, _kept(await _headers(answer)), body)


async def _page(watched: WatchedPage, markup: str) -> Brought:
    """The page as it stands. Its text goes on as UTF-8, whatever it came in: so Chromium has read it."""
    main = watched.main
    headers = [pair for pair in await _headers(main) if pair[0] != "content-type"] if main is not None else []
    kept = _kept([*headers, ("content-type", "text/html; charset=utf-8")])
    return Brought(watched.page.url, main.status if main is not None else 200, kept, markup.encode("utf-8", "replace"))


def _is_challenge(watched: WatchedPage, markup: str) -> bool:
    url, status = watched.page.url, watched.main.status if watched.main is not None else 200
    body = markup.encode("utf-8", "replace")
    verdict = judge(Answer("report", asked=url, answered=url, status=status, body=body, conditional=False, home_url=url))
    return verdict is not None and verdict[0] is Failure.CHALLENGE


def _is_misread(markup: str) -> bool:
    """Whether a page's text shows that it was read in a wrong charset: broken characters, or Chinese taken for Latin-1."""
    return "\ufffd" in markup or next(islice(_LATIN_1.finditer(markup), _MOST_LATIN_1, None), None) is not None


def _went_on(error: PlaywrightError) -> bool:
    return any(words in error.message for words in _GONE_ON)


async def _headers(answer: Response | APIResponse) -> list[tuple[str, str]]:
    if isinstance(answer, APIResponse):
        return [(header["name"].lower(), header["value"]) for header in answer.headers_array]
    return [(header["name"].lower(), header["value"]) for header in await answer.headers_array()]


def _kept(headers: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in headers if name not in _OF_THE_WAY)
