"""Every family reads the sites of its fixture folders, page by page, and only those."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from crawler.clean.extract import clean_page
from spiders.failures import PageUnreadable
from spiders.fetched import Ask
from spiders.page import Page, parse_page, read_page
from spiders.reading import Family, Listing, families, family_of
from tests.family_sites import Fixture, fixtures

NAMES = sorted(families())
FIXTURES = fixtures()
by_fixture = pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
REPORTS = [(fixture, path) for fixture in FIXTURES for path in fixture.expected["reports"]]
by_report = pytest.mark.parametrize(("fixture", "path"), REPORTS, ids=lambda part: getattr(part, "name", part))


def walk(fixture: Fixture) -> Iterator[tuple[Page, Listing]]:
    """The listing's pages from the one address on, each as its family reads it."""
    ask = Ask(fixture.base + fixture.listing)
    family = family_of(fixture.page(ask), None)
    for _ in range(40):
        page = fixture.page(ask)
        listing = family.listing(page)
        yield page, listing
        if listing.following is None:
            return
        ask = listing.following
    raise AssertionError(f"{fixture.name}: the list goes on for ever")


@cache
def walked(fixture: Fixture) -> tuple[tuple[Page, Listing], ...]:
    return tuple(walk(fixture))


def path_of(fixture: Fixture, url: str) -> str:
    return url.replace("http://", "https://", 1).removeprefix(fixture.base).partition("#")[0]


def rows_of(fixture: Fixture, listing: Listing) -> list[list[str | None]]:
    return [
        [path_of(fixture, entry.url), entry.title, entry.listed.isoformat() if entry.listed else None]
        for entry in listing.entries
    ]


def same_ask(fixture: Fixture, ask: Ask | None, expected: dict[str, Any]) -> bool:
    """Whether the next page is the one expected; queries and forms are compared as the site compares them."""
    if ask is None or expected["following"] is None:
        return ask is None and expected["following"] is None
    form = expected.get("following_form", "")
    wanted = fixture.answer("POST" if form else "GET", expected["following"], form)
    return wanted is not None and wanted.fits("POST" if ask.form else "GET", ask.url.removeprefix(fixture.base), ask.form)


def test_every_family_has_a_fixture_and_every_fixture_a_family() -> None:
    assert sorted({fixture.family for fixture in FIXTURES}) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_family_module_is_a_family_and_its_docstring_is_its_manual(name: str) -> None:
    family = families()[name]
    assert isinstance(family, Family)
    assert family.__name__ == f"spiders.families.{name.replace('-', '_')}"  # type: ignore[attr-defined]
    assert all(word in (family.__doc__ or "") for word in ("Recognised by", "Seen on", "A seed needs", "What bites"))


@by_fixture
def test_a_listing_is_recognised_by_its_own_family_alone(fixture: Fixture) -> None:
    for page, _ in walked(fixture):
        if not page.is_markup or page.text.lstrip().startswith("<?xml"):
            continue  # a service's answer goes to the family that asked
        assert [name for name in NAMES if families()[name].recognises(page)] == [fixture.family], page.url
        assert fixture.family == family_of(page, None).NAME, f"none of the family's SIGNS stands in {page.url}"


@by_report
def test_a_report_is_recognised_by_its_own_family_alone(fixture: Fixture, path: str) -> None:
    page = read_page(fixture.base + path, fixture.report(path))
    own = fixture.reports_are_of
    assert [name for name in NAMES if families()[name].recognises(page)] == ([own] if own else [])
    if own:
        assert own == family_of(page, None).NAME


@by_fixture
def test_all_rows_of_all_pages_are_read(fixture: Fixture) -> None:
    expected = fixture.expected["listings"]
    read = walked(fixture)
    assert len(read) == len(expected)
    assert [rows_of(fixture, listing) for _, listing in read] == [listing["rows"] for listing in expected]


@by_fixture
def test_each_page_leads_to_the_next_one_and_the_last_to_none(fixture: Fixture) -> None:
    for (_, listing), expected in zip(walked(fixture), fixture.expected["listings"], strict=True):
        assert same_ask(fixture, listing.following, expected), f"{listing.following} is not {expected['following']}"


@by_fixture
def test_the_number_of_pages_is_right_where_it_is_told(fixture: Fixture) -> None:
    counts = {listing.pages for _, listing in walked(fixture) if listing.pages is not None}
    with_rows = sum(1 for _, listing in walked(fixture) if listing.entries)
    assert counts in (set(), {with_rows})


@by_report
def test_a_report_is_read_exactly_with_no_family_named(fixture: Fixture, path: str) -> None:
    text = clean_page(fixture.base + path, fixture.report(path), None)
    expected = fixture.expected["reports"][path]
    assert list(text.body) == expected["body"]
    attachments = [[path_of(fixture, link.url), link.name] for link in text.attachments]
    assert attachments == expected["attachments"]
    found = {"title": text.title, "published": text.published and text.published.isoformat(), "source": text.source}
    assert found == {name: expected[name] for name in found}
    # A page without a date of its own has that of its row, which the archive adds.
    assert text.published_from == ("" if expected["published_from"] == "listed" else expected["published_from"])


@by_report
def test_a_report_is_no_listing(fixture: Fixture, path: str) -> None:
    page = read_page(fixture.base + path, fixture.report(path))
    if fixture.reports_are_of:
        with pytest.raises(PageUnreadable):
            families()[fixture.reports_are_of].listing(page)


@by_fixture
def test_a_list_without_rows_is_unreadable_and_never_no_news(fixture: Fixture) -> None:
    page = next(page for page, listing in walked(fixture) if listing.entries)
    family = families()[fixture.family]
    try:
        empty = family.listing(_without_rows(page))
    except PageUnreadable:
        return
    assert (empty.entries, empty.following is not None) == ((), True), "no rows, and no place to ask for them either"


def _without_rows(page: Page) -> Page:
    """The same page with nothing in it to which a row could lead; a service's answer without any record."""
    if not page.is_markup:
        return parse_page(page.url, "{}")
    text = page.text.replace("<a ", "<b ").replace("<record>", "<nothing>").replace("&lt;record&gt;", "")
    return parse_page(page.url, text)


def test_dates_of_rows_are_days_of_the_calendar() -> None:
    for fixture in FIXTURES:
        for listing in fixture.expected["listings"]:
            assert all(day is None or date.fromisoformat(day) for _, _, day in listing["rows"])
