"""Every family reads the pages of its fixture folder, and only those."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.clean.extract import clean_page
from spiders.attachments import attachment_links
from spiders.failures import PageUnreadable
from spiders.metadata import read_metadata
from spiders.page import Page, parse_page, read_page
from spiders.reading import Family, families, family_of

FIXTURES = Path(__file__).parent / "families"
NAMES = sorted(families())
PAGES = ("listing", "detail")


def fixture(family: str, kind: str) -> Page:
    return read_page(expected(family)[f"{kind}_url"], (FIXTURES / family / f"{kind}.html").read_bytes())


def expected(family: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((FIXTURES / family / "expected.json").read_text(encoding="utf-8"))
    return answer


def test_every_family_has_a_fixture_folder_and_every_folder_a_family() -> None:
    assert sorted(folder.name for folder in FIXTURES.iterdir() if folder.is_dir()) == NAMES
    assert all(
        (FIXTURES / name / part).is_file() for name in NAMES for part in ("listing.html", "detail.html", "expected.json")
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_family_module_is_a_family_and_its_docstring_is_its_manual(name: str) -> None:
    family = families()[name]
    assert isinstance(family, Family)
    assert all(word in (family.__doc__ or "") for word in ("Recognised by", "Seen on", "A seed needs", "What bites"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_recognised_by_its_own_family_alone(name: str, kind: str) -> None:
    page = fixture(name, kind)
    assert [other for other in NAMES if families()[other].recognises(page)] == [name]
    assert family_of(page, None) is families()[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_of_a_listing_are_read(name: str) -> None:
    listing = families()[name].listing(fixture(name, "listing"))
    assert [[entry.url, entry.title, entry.listed and entry.listed.isoformat()] for entry in listing.entries] == expected(name)[
        "entries"
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_address_of_the_next_page_is_found(name: str) -> None:
    assert families()[name].listing(fixture(name, "listing")).next_url == expected(name)["next_url"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", ["title", "published", "published_from", "source"])
def test_a_field_of_a_detail_page_is_read(name: str, field: str) -> None:
    found = getattr(read_metadata(fixture(name, "detail")), field)
    assert (found.isoformat() if isinstance(found, date) else found) == expected(name)[field]


@pytest.mark.parametrize("name", NAMES)
def test_attachments_come_from_the_article_and_not_from_the_furniture(name: str) -> None:
    page = fixture(name, "detail")
    links = attachment_links(page, families()[name].container(page))
    assert [[link.url, link.name] for link in links] == expected(name)["attachments"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("named", [True, False])
def test_the_body_is_read_paragraph_for_paragraph(name: str, named: bool) -> None:  # noqa: FBT001  a parameter of the test
    page = (FIXTURES / name / "detail.html").read_bytes()
    text = clean_page(expected(name)["detail_url"], page, name if named else None)
    assert list(text.body) == expected(name)["body"]


@pytest.mark.parametrize("name", NAMES)
def test_a_detail_page_is_no_listing(name: str) -> None:
    with pytest.raises(PageUnreadable):
        families()[name].listing(fixture(name, "detail"))


@pytest.mark.parametrize("name", NAMES)
def test_a_list_without_rows_is_unreadable_and_never_no_news(name: str) -> None:
    page = fixture(name, "listing")
    for row in page.root.xpath("//ul[contains(@class, 'List') or contains(@class, 'xxgk_list')]/li"):
        row.drop_tree()
    with pytest.raises(PageUnreadable):
        families()[name].listing(page)


@pytest.mark.parametrize(
    ("address", "following"),
    [
        ("https://x.gov.cn/jggk/", "https://x.gov.cn/jggk/index_2.html"),
        ("https://x.gov.cn/jggk/index.html", "https://x.gov.cn/jggk/index_2.html"),
        ("https://x.gov.cn/jggk/index_2.html", "https://x.gov.cn/jggk/index_3.html"),
        ("https://x.gov.cn/jggk/index_3.html", None),
    ],
)
def test_shanghai_pages_are_counted_from_the_second_to_the_last(address: str, following: str | None) -> None:
    markup = (FIXTURES / "shanghai-bureaus" / "listing.html").read_text(encoding="utf-8")
    assert families()["shanghai-bureaus"].listing(parse_page(address, markup)).next_url == following


def test_a_minhang_list_with_other_names_is_found_by_its_rows() -> None:
    markup = (FIXTURES / "mh-xxgk-cms" / "listing.html").read_text(encoding="utf-8").replace("xxgk_list", "other")
    page = parse_page(expected("mh-xxgk-cms")["listing_url"], markup)
    assert len(family_of(page, None).listing(page).entries) == 2


def test_another_sites_link_to_minhang_does_not_make_a_page_its_own() -> None:
    markup = '<a href="https://zwgk.shmh.gov.cn/mh-xxgk-cms/website/mh_xxgk/a/List/list_0.htm">闵行</a>'
    assert not families()["mh-xxgk-cms"].recognises(parse_page("https://x.gov.cn/", markup))


def test_a_last_page_whose_next_link_leads_to_itself_ends_the_list() -> None:
    markup = (FIXTURES / "mh-xxgk-cms" / "listing.html").read_text(encoding="utf-8").replace("list_2.htm", "list_1.htm#")
    page = parse_page(expected("mh-xxgk-cms")["listing_url"], markup)
    assert families()["mh-xxgk-cms"].listing(page).next_url is None
