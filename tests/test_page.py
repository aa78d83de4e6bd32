"""Addresses and markup from hostile pages never raise: they are no address, or an empty page."""

from __future__ import annotations

import pytest

from spiders.page import parse_page, read_page


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("a.html", "https://sfj.example.gov.cn/fzzf/a.html"),
        ("//other.gov.cn/b", "https://other.gov.cn/b"),
        ("http://sfj.example.gov.cn:8080/c", "http://sfj.example.gov.cn:8080/c"),
        ("http://x.gov.cn:99999/", None),
        ("http://x.gov.cn:8o/", None),
        ("http://x y.gov.cn/", None),
        ("http://[", None),
        ("javascript:void(0)", None),
        ("mailto:a@b.cn", None),
        ("http:///x", None),
        ("a" * 10_000, None),
    ],
)
def test_an_href_is_made_whole_or_is_none(href: str, address: str | None) -> None:
    page = parse_page("https://sfj.example.gov.cn/fzzf/index.html", "<html><body></body></html>")
    assert page.absolute(href) == address


@pytest.mark.parametrize("body", [b"", b"<!-- nothing -->", b"<!doctype html>", b"\x00\x01", b"</body>" * 50_000])
def test_a_page_of_nothing_is_an_empty_page(body: bytes) -> None:
    assert not read_page("https://sfj.example.gov.cn/", body).root.text_content().strip()
