"""Lists as unknown sites lay them out are read whole, and what stands beside an empty list is never taken for it."""

from __future__ import annotations

import pytest

from spiders.page_readers import ListingRead, Unread, read_listing
from tests.blind_lists import GRID_VIEW, LISTS, NO_LISTS, Blind, gkmlpt_answer


def _read(page: Blind) -> ListingRead:
    read = read_listing(page.url, page.body, None)
    assert isinstance(read, ListingRead), read
    return read


@pytest.mark.parametrize("name", LISTS)
def test_the_rows_of_an_unknown_site_are_exact(name: str) -> None:
    page = LISTS[name]
    assert [(entry.url, entry.title, entry.listed) for entry in _read(page).listing.entries] == list(page.rows)


@pytest.mark.parametrize("name", LISTS)
def test_the_next_page_is_the_lists_own_and_no_carousels(name: str) -> None:
    page = LISTS[name]
    following = _read(page).listing.following
    assert (following.url if following else None) == page.following


@pytest.mark.parametrize("name", NO_LISTS)
def test_a_page_without_its_list_is_said_to_have_none(name: str) -> None:
    page = NO_LISTS[name]
    assert isinstance(read_listing(page.url, page.body, None), Unread)


def test_pages_that_only_the_server_turns_make_a_reading_less_than_sure() -> None:
    read = _read(GRID_VIEW).listing
    assert [(entry.url, entry.title, entry.listed) for entry in read.entries] == list(GRID_VIEW.rows)
    assert read.following is None
    assert read.confidence <= 0.7


def test_an_answer_of_a_list_service_goes_on_though_no_family_was_named() -> None:
    page = gkmlpt_answer(1, 20, 53)
    read = _read(page)
    assert read.family == "gkmlpt"
    assert [(entry.url, entry.title, entry.listed) for entry in read.listing.entries] == list(page.rows)
    assert read.listing.following is not None
    assert "/gkmlpt/api/all/1234?page=2&sid=200061" in read.listing.following.url


def test_the_rest_of_a_list_service_is_its_last_page() -> None:
    read = _read(gkmlpt_answer(3, 13, 53))
    assert read.family == "gkmlpt"
    assert read.listing.following is None
