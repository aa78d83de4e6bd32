"""Pages that only say where the page is: one hop on the same host is taken, every other way on is told and not taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lone_visits import LoneVisits
from tests.raw_sites import REPORT, answer, raw_site


@pytest.fixture(scope="module")
def visits() -> Iterator[LoneVisits]:
    with LoneVisits() as child:
        yield child


STUBS = {
    "meta": "<html><head><meta http-equiv='refresh' content='0; url=b.html'></head><body></body></html>",
    "meta the other way round": '<META content="0;URL=b.html" HTTP-EQUIV=Refresh>' + " " * 300,
    "href": "<script>window.location.href = 'b.html';</script>正在跳转",
    "location": '<html><body><script>top.location="b.html"</script></body></html>',
    "replace": "<script>location.replace('/fzzf/20250326/b.html')</script>",
}


@pytest.mark.parametrize("stub", STUBS.values(), ids=STUBS)
def test_a_page_that_only_leads_on_is_followed_one_hop(visits: LoneVisits, stub: str) -> None:
    with raw_site(lambda path, _: answer(stub) if path.endswith("a.html") else answer()) as site:
        came = visits.to(site.url(), allow=(site.pair,))
    assert (came.outcome, came.final_url) == ("ok", site.url("/fzzf/20250326/b.html"))


def test_f207_a_refresh_header_is_one_hop_and_no_other_advice_is_taken(visits: LoneVisits) -> None:
    advice = ('Alt-Svc: h2="127.0.0.1:1"', "Strict-Transport-Security: max-age=99999999; includeSubDomains", "X-Robots-Tag: none",
              "Link: </c.html>; rel=canonical, </d.css>; rel=preload")  # fmt: skip
    with raw_site(
        lambda path, _: answer("<p>…</p>", "Refresh: 0; url=/b.html", *advice) if path != "/b.html" else answer(REPORT, *advice)
    ) as site:
        came = [visits.to(site.url(), allow=(site.pair,)) for _ in range(2)]
    assert [found.final_url for found in came] == [site.url("/b.html")] * 2
    assert site.asked == ["/fzzf/20250326/a.html", "/b.html"] * 2


def test_two_stubs_in_a_row_are_a_failure_that_names_them(visits: LoneVisits) -> None:
    with raw_site(lambda path, _: answer(f"<script>location.href='/{len(path)}/x{path}'</script>")) as site:
        came = visits.to(site.url("/a"), allow=(site.pair,))
    assert (came.outcome, len(site.asked)) == ("redirect_loop", 2)
    assert f"{site.url('/a')} -> " in came.detail


def test_a_stub_that_leads_to_another_host_is_not_followed(visits: LoneVisits) -> None:
    with raw_site(lambda _, __: answer(), "127.0.0.2") as other:
        stub = answer(f"<meta http-equiv=refresh content='0;url={other.url()}'>")
        with raw_site(lambda _, __: stub) as site:
            came = visits.to(site.url(), allow=(site.pair, other.pair))
    assert (came.outcome, other.asked) == ("unexpected_structure", [])
    assert other.url() in came.detail


@pytest.mark.parametrize(
    "page",
    [
        REPORT.replace("</body>", "<script>if (/Android/.test(navigator.userAgent)) location.href='/m/';</script></body>"),
        REPORT.replace("<meta", "<meta http-equiv=refresh content='0;url=/b.html'><meta", 1),
        "<p>本页将在60秒后自动刷新，请稍候，感谢您的理解与支持。</p><meta http-equiv=refresh content='60;url=/b.html'>"
        + " " * 300,
        "<script>if (x) location.href='/a'; else location.href='/b';</script>" + " " * 300,
        "<script>document.cookie='a=1';location.href='/b.html'</script>" + " " * 300,
    ],
)
def test_a_page_with_words_a_choice_or_a_cookie_is_no_stub(visits: LoneVisits, page: str) -> None:
    with raw_site(lambda _, __: answer(page)) as site:
        visits.to(site.url(), allow=(site.pair,))
    assert len(site.asked) == 1
