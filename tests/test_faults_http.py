"""HTTP as no library would send it: each oddity ends as a page or as one named failure, never as a bug or a hang."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from crawler.capture.judge import retry_after
from crawler.capture.middleware import PAGE_CAP
from tests.lone_visits import Came, LoneVisits
from tests.raw_sites import REPORT, Site, answer, raw_site

HOME = (
    "<html><head><title>首页</title></head><body>"
    + "".join(f"<a href='/{n}/'>栏目{n}</a>" for n in range(30))
    + "</body></html>"
)


@pytest.fixture(scope="module")
def visits() -> Iterator[LoneVisits]:
    with LoneVisits() as child:
        yield child


def came_of(visits: LoneVisits, said: bytes, path: str = "/fzzf/20250326/a.html", role: str = "report") -> Came:
    """What a visit of a server comes to that says the same to everybody."""
    with raw_site(lambda _, __: said) as site:
        return visits.to(site.url(path), role, allow=(site.pair,))


def moved(to: str, *headers: str, status: str = "302 Found") -> bytes:
    return answer("", f"Location: {to}", *headers, status=status)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_f023_a_server_error_is_unreachable(visits: LoneVisits, status: int) -> None:
    assert came_of(visits, answer("<html>busy</html>", "Retry-After: 120", status=f"{status} Busy")).outcome == "http_error"


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("Thu, 01 Jan 2026 00:01:00 GMT", 60),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("9" * 300, None),
    ],
)
def test_f023_retry_after_is_read_as_seconds_or_as_a_date(wish: str, seconds: int | None) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert retry_after(wish, now) == (None if seconds is None else now + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        ("404 Not Found", "not_found"),
        ("410 Gone", "not_found"),
        ("429 Too Many Requests", "rate_limited"),
        ("403 Forbidden", "forbidden"),
        ("412 Precondition Failed", "challenge"),
        ("468 Blocked", "challenge"),
        ("521 Down", "challenge"),
        ("999 Odd", "http_error"),
        ("200", "ok"),
    ],
    ids=["f020", "f021", "f024", "f025-403", "f025-412", "f025-468", "f025-521", "f035-999", "f035-no-reason"],
)
def test_f020_f021_f024_f025_f035_a_status_says_what_happened(visits: LoneVisits, status: str, failure: str) -> None:
    assert came_of(visits, answer(status=status)).outcome == failure


def test_f028_nothing_with_status_200_is_an_empty_body(visits: LoneVisits) -> None:
    assert came_of(visits, answer("")).outcome == "empty_body"


@pytest.mark.parametrize("target", ["/", "/index.html", "/sso/login?next=x"])
def test_f029_a_deep_page_that_leads_home_or_to_a_login_is_gone(visits: LoneVisits, target: str) -> None:
    with raw_site(lambda path, _: moved(target) if path.startswith("/fzzf") else answer(HOME)) as site:
        assert visits.to(site.url(), allow=(site.pair,)).outcome == "redirected_home"


def test_f030b_a_304_that_nobody_asked_for_is_a_fault(visits: LoneVisits) -> None:
    assert came_of(visits, answer("", status="304 Not Modified")).outcome == "protocol"


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", "application/pdf", "image/png", "nonsense", ""])
def test_f032_a_page_is_read_whatever_its_content_type_says(visits: LoneVisits, kind: str) -> None:
    said = answer().replace(b"Content-Type: text/html", f"Content-Type: {kind}".encode())
    came = came_of(visits, said)
    assert (came.outcome, came.text) == ("ok", REPORT.encode()[:2000].decode("utf-8", "replace"))


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "zstd"])
def test_f033_an_encoding_that_lies_is_a_fault(visits: LoneVisits, encoding: str) -> None:
    assert came_of(visits, answer("x" * 400, f"Content-Encoding: {encoding}")).outcome == "protocol"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(REPORT.encode()), ("Content-Encoding: gzip",)),
        (gzip.compress(gzip.compress(REPORT.encode())), ("Content-Encoding: gzip",)),
        (gzip.compress(gzip.compress(REPORT.encode())), ("Content-Encoding: gzip, gzip",)),
        (gzip.compress(REPORT.encode()), ()),
        (zlib.compress(REPORT.encode()), ("Content-Encoding: deflate",)),
    ],
    ids=["once", "twice, said once", "twice, said twice", "unsaid", "deflate"],
)
def test_f033_a_compressed_page_is_read(visits: LoneVisits, body: bytes, headers: tuple[str, ...]) -> None:
    came = came_of(visits, answer(body, *headers))
    assert (came.outcome, came.size) == ("ok", len(REPORT.encode()))


@pytest.mark.parametrize("layers", [1, 2])
def test_f036_what_unpacks_to_more_than_the_cap_is_too_large(visits: LoneVisits, layers: int) -> None:
    bomb = gzip.compress(b"<p>" * (PAGE_CAP // 3 + 1000))
    said = answer(bomb if layers == 1 else gzip.compress(bomb), "Content-Encoding: gzip")
    assert came_of(visits, said).outcome == "too_large"


def test_f036_what_announces_more_than_the_cap_is_too_large(visits: LoneVisits) -> None:
    came = came_of(visits, b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n<html>")
    assert came.outcome == "too_large"
    assert str(PAGE_CAP) in came.detail


ODD_HEADERS = {
    "doubled length": (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n<html>x", {"protocol"}),
    "length and chunks": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        {"protocol", "empty_body", "truncated"},
    ),
    "negative length": (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<html>", {"protocol"}),
    "length in words": (b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n<html>", {"protocol"}),
    "no colon": (answer(REPORT, "this is no header"), {"ok"}),
    "NUL": (answer(REPORT, "X-Odd: a\0b"), {"ok", "protocol"}),
    "NUL in a name": (answer(REPORT, "X-\0Odd: b"), {"ok", "protocol"}),
    "64 kB": (answer(REPORT, "X-Long: " + "a" * 65_536), {"ok"}),
    "over the limit": (answer(REPORT, "X-Long: " + "a" * 300_000), {"protocol"}),
    "two types": (answer(REPORT, "Content-Type: application/pdf"), {"ok"}),
    "two cookies": (answer(REPORT, "Set-Cookie: a=1", "Set-Cookie: \xff=\x01"), {"ok"}),
    "Latin-1": (answer(REPORT, "X-Odd: \xe9\xff"), {"ok"}),
}


@pytest.mark.parametrize("name", ODD_HEADERS)
def test_f034_odd_headers_are_read_or_a_fault(visits: LoneVisits, name: str) -> None:
    said, may_be = ODD_HEADERS[name]
    assert came_of(visits, said).outcome in may_be


@pytest.mark.parametrize(
    "said", [b"<html>just this</html>\r\n", b"SSH-2.0-OpenSSH_9.2\r\n", b"\0\0\0\0\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n"]
)
def test_f015_f035_what_is_no_http_1_is_a_protocol_fault(visits: LoneVisits, said: bytes) -> None:
    assert came_of(visits, said).outcome == "protocol"


def test_f037_a_cookie_with_a_redirect_to_the_same_address_is_followed_once(visits: LoneVisits) -> None:
    def answering(path: str, head: bytes) -> bytes:
        return answer() if b"CT6T=1" in head else moved(path, "Set-Cookie: CT6T=1; path=/")

    with raw_site(answering) as site:
        assert visits.to(site.url(), allow=(site.pair,)).outcome == "ok"
        assert len(site.asked) == 2


def test_f037_a_cookie_given_elsewhere_on_the_way_is_followed_too(visits: LoneVisits) -> None:
    def answering(path: str, head: bytes) -> bytes:
        if path == "/gate":
            return moved("/fzzf/20250326/a.html", "Set-Cookie: wzws_cid=1; path=/")
        return answer() if b"wzws_cid=1" in head else moved("/gate")

    with raw_site(answering) as site:
        assert visits.to(site.url(), allow=(site.pair,)).outcome == "ok"


@pytest.mark.parametrize("cookie", [(), ("Set-Cookie: a=1; path=/",)])
def test_f016_a_circle_is_left_at_once_and_told_with_its_chain(visits: LoneVisits, cookie: tuple[str, ...]) -> None:
    with raw_site(lambda path, _: moved("/b" if path == "/a" else "/a", *cookie)) as site:
        came = visits.to(site.url("/a"), allow=(site.pair,))
    assert came.outcome == "redirect_loop"
    assert f"{site.url('/a')} -> {site.url('/b')} -> {site.url('/a')}" in came.detail
    assert len(site.asked) == (4 if cookie else 2)


def test_f016_a_long_chain_ends_after_five_redirects(visits: LoneVisits) -> None:
    with raw_site(lambda path, _: moved(f"/{int(path[1:]) + 1}")) as site:
        came = visits.to(site.url("/1"), allow=(site.pair,))
    assert (came.outcome, site.asked) == ("redirect_loop", ["/1", "/2", "/3", "/4", "/5", "/6"])
    assert "/1 -> " in came.detail


@pytest.mark.parametrize("target", ["http://[", "http://127.0.0.1:99999/", "http:///x", "//"])
def test_f016_a_redirect_to_no_address_is_a_failure(visits: LoneVisits, target: str) -> None:
    assert came_of(visits, moved(target)).failure in {
        "protocol",
        "blocked_host",
        "http_error",
        "redirect_loop",
        "redirected_home",
    }


@pytest.mark.parametrize("how", ["302", "meta", "script", "Refresh"])
def test_f208_nothing_leads_inward(visits: LoneVisits, how: str) -> None:
    with raw_site(lambda _, __: answer(), "127.0.0.1") as inner:
        leading = {
            "302": moved(inner.url()),
            "meta": answer(f"<meta http-equiv=refresh content='0;url={inner.url()}'>" + " " * 300),
            "script": answer(f"<script>location.href='{inner.url()}'</script>" + " " * 300),
            "Refresh": answer("<p>…</p>", f"Refresh: 0; url={inner.url()}"),
        }[how]
        with raw_site(lambda _, __: leading, "127.0.0.2") as site:
            came = visits.to(site.url(), allow=(site.pair,))
    assert came.outcome == ("blocked_host" if how == "302" else "unexpected_structure")
    assert inner.asked == []


def test_f208_a_name_whose_second_answer_leads_inward_is_refused(visits: LoneVisits) -> None:
    """The first look-up is allowed, the second, for the redirect, is private: the very answer is what is connected to."""
    sites: list[Site] = []

    def answering(path: str, _: bytes) -> bytes:
        return moved(f"http://rebind.example:{sites[0].port}/inner") if path.startswith("/fzzf") else answer()

    with raw_site(answering) as site:
        sites.append(site)
        came = visits.to(site.url(), allow=(site.pair,), names={"rebind.example": ["127.0.0.1"]})
    assert (came.outcome, site.asked) == ("blocked_host", ["/fzzf/20250326/a.html"])
    assert "rebind.example resolves to the private address 127.0.0.1" in came.detail


@pytest.mark.parametrize(
    "spelled", ["soon", "Thu, 31 Dec 9999 23:59:59 GMT", "-1", "0", "\xff\xfe", "Mon, 99 Foo 2025 99:99:99 GMT"]
)
def test_f038_garbage_dates_hinder_nothing(visits: LoneVisits, spelled: str) -> None:
    said = answer(REPORT, f"Last-Modified: {spelled}", f"Expires: {spelled}", f"Date: {spelled}", f"ETag: {spelled}")
    assert came_of(visits, said).outcome == "ok"
