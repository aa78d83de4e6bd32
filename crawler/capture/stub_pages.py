"""Follows a page that only says where the page is: by meta refresh, a Refresh header or `location.href`. Runs no script."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.capture.glance import Glance, glance
from crawler.capture.judge import SMALL_PAGE
from crawler.capture.notices import is_challenge, notice_on
from crawler.capture.redirects import check_downgrade
from spiders.addresses import canonical_key
from spiders.bureau_spider import Errand
from spiders.failures import Failure, PageFaulty
from spiders.page import decode

_MOST_WORDS = 200  # characters of a page that only leads on: "正在跳转，如未自动跳转请点击这里"
_MOST_LINKS = 3
_LONGEST_WAIT_S = 10  # a page that reloads later than this is meant to be read, or to be waited on
_REFRESH = re.compile(r"^\s{0,9}([0-9.]{1,9})\s{0,9}[;,]\s{0,9}url\s{0,9}=\s{0,9}[\"']?([^\"'\s]{1,2000})", re.IGNORECASE)
_LOCATION = re.compile(
    r"\blocation(?:\.href)?\s{0,8}=\s{0,8}[\"']([^\"'<>\s]{1,2000})[\"']"
    r"|\blocation\.(?:replace|assign)\s{0,8}\(\s{0,8}[\"']([^\"'<>\s]{1,2000})[\"']\s{0,8}\)"
)
_HOPS = "stub_hops"


class StubPageMiddleware:
    """Takes one hop on the same host, or says why not.

    Column roots of government sites often hold nothing but such a line. Two stubs in a row, or one that leads to another
    host, are somebody's business.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Follow a stub page; let every other answer pass.

        Raises:
            PageFaulty: it leads to another host, or on and on. Cure: write where it ends into the seed.
        """
        errand: Errand | None = request.meta.get("errand")
        if errand is None or response.status != 200 or request.method != "GET" or request.meta.get("playwright"):
            return response
        target = _leads_to(response)
        if target is None or canonical_key(target) == canonical_key(response.url):
            return response
        if _site(target) != _site(response.url):
            detail = f"the page only leads on, to another host: {target[:300]}"
            raise PageFaulty(Failure.UNEXPECTED_STRUCTURE, response.url, detail)
        if request.meta.get(_HOPS):
            chain = " -> ".join([*request.meta.get("redirect_urls", []), response.url, target[:300]])
            raise PageFaulty(Failure.REDIRECT_LOOP, response.url, f"pages that only lead on: {chain}")
        check_downgrade(request, target)
        meta = {**request.meta, _HOPS: 1, "redirect_urls": [*request.meta.get("redirect_urls", []), response.url]}
        return request.replace(url=target, meta=meta, dont_filter=True)


def _leads_to(response: Response) -> str | None:
    """Where a stub page leads; None where the page is more than that, or only a browser could say."""
    if len(response.body) >= SMALL_PAGE or response.body[:1] in {b"{", b"["}:
        return None
    text = decode(response.body)
    page = glance(text)
    if len(page.words) > _MOST_WORDS or page.links > _MOST_LINKS or page.shows or page.asks_password:
        return None
    cookies = b"\n".join(response.headers.getlist("Set-Cookie"))
    if is_challenge(text, cookies) or "document.cookie" in text or notice_on(page, text, cookies) is not None:
        return None
    found = _from_header(response) or page.refresh
    if found is not None:
        return _absolute(response.url, found[1]) if found[0] <= _LONGEST_WAIT_S else None
    return _from_scripts(response.url, page)


def _from_header(response: Response) -> tuple[float, str] | None:
    found = _REFRESH.match((response.headers.get("Refresh") or b"").decode("latin-1"))
    try:
        return (float(found[1]), found[2]) if found else None
    except ValueError:
        return None


def _from_scripts(url: str, page: Glance) -> str | None:
    """The one address that the scripts name; where they name several, they choose, and only a browser can tell how."""
    named = {found[1] or found[2] for found in _LOCATION.finditer(page.scripts)}
    return _absolute(url, named.pop()) if len(named) == 1 else None


def _absolute(url: str, href: str) -> str | None:
    try:
        target = urljoin(url, href)
        parts = urlsplit(target)
        host, _ = parts.hostname, parts.port  # a port that is no number is an error of its own
    except ValueError:
        return None
    return target if parts.scheme in {"http", "https"} and host else None


def _site(url: str) -> str:
    """The host, with and without www. alike, and its port where that is not the scheme's own."""
    parts = urlsplit(url)
    port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    return (parts.hostname or "").lower().removeprefix("www.") + port
