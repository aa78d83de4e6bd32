"""The distance between two requests to one host, over all watches of a session."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.capture.manners import MannersMiddleware

PAGE = Request("https://sfj.example.gov.cn/a.html")


async def test_two_crawls_of_one_session_take_turns_at_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))

    monkeypatch.setattr("crawler.capture.manners.asyncio.sleep", sleep)
    monkeypatch.setattr("crawler.capture.manners.time.monotonic", lambda: 100.0)
    free_at: dict[str, float] = {}
    one, other = MannersMiddleware(free_at, 2.0), MannersMiddleware(free_at, 2.0)
    await one.process_request(PAGE)
    await other.process_request(Request("https://SFJ.example.gov.cn/b.html"))
    await one.process_request(Request("https://another.example.gov.cn/"))
    await one.process_request(PAGE)
    assert slept == [2.0, 4.0]


def test_f024_a_429_doubles_the_hosts_distance_for_this_run_and_only_that_hosts() -> None:
    manners = MannersMiddleware({}, 2.0)
    for expected_s in (4.0, 8.0, 16.0, 32.0, 64.0, 64.0):
        manners.process_response(PAGE, Response(PAGE.url, status=429))
        assert manners.distance_s("sfj.example.gov.cn") == expected_s
    manners.process_response(PAGE, Response(PAGE.url, status=200))
    assert manners.distance_s("sfj.example.gov.cn") == 64.0
    assert manners.distance_s("another.example.gov.cn") == 2.0
