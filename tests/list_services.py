"""Asks a family's reader what a list service answered, without a network: for the tests of the families' odd answers."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from spiders.fetched import Ask
from spiders.page import parse_page
from spiders.reading import Listing, families

HOST = "https://sfj.example.gov.cn"
SERVICES = {
    "hanweb-jcms": f"{HOST}/api-gateway/jpaas-publish-server/front/page/build/unit?pageId=1&paramJson=%7B%22pageNo%22%3A2%7D",
    "ucap": f"{HOST}/common/search/{'a' * 32}?_pageSize=15&page=2",
    "gkmlpt": f"{HOST}/gkmlpt/api/all/721?page=2&sid=755031",
    "epoint": f"{HOST}/EWB-FRONT/rest/lightfrontaction/getgovinfolist?categorynum=003&siteGuid=x&pageIndex=1&pageSize=15",
}


def read(name: str, path: str, text: str) -> Listing:
    return families()[name].listing(parse_page(HOST + path, text))


def asked(ask: Ask | None) -> dict[str, str]:
    assert ask is not None
    return dict(parse_qsl(urlsplit(ask.url).query, keep_blank_values=True))


def rows_of(listing: Listing) -> list[tuple[str, str, str | None]]:
    return [
        (entry.url.removeprefix(HOST), entry.title, entry.listed.isoformat() if entry.listed else None)
        for entry in listing.entries
    ]


def walk(name: str, path: str, text: str, serve: Callable[[Ask], str]) -> tuple[list[str], int]:
    """The addresses of all rows, and how many pages were asked for, of a service that counts."""
    listing = read(name, path, text)
    found, steps = [entry.url for entry in listing.entries], 0
    while listing.following is not None and steps < 30:
        steps += 1
        listing = families()[name].listing(parse_page(listing.following.url, serve(listing.following)))
        found += [entry.url for entry in listing.entries if entry.url not in found]
    return found, steps
