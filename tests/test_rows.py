"""The list of documents is found by its structure, in every shape of row and frame, and nothing else is taken for one."""

from __future__ import annotations

import asyncio
import re
from datetime import date

import pytest

from crawler.clean.pool import CleanPool
from spiders.page import parse_page
from spiders.pager import following_page
from spiders.rows import Rows, find_rows
from tests import page_templates
from tests.list_pages import ADDRESSES, FRAMES, NO_LISTS, ROWS, URL, expected, notices, page_of
from tests.wild_lists import WILD

SURE = 0.5
HARD = {("li-no-date", 1)}
"""Shape and number of rows that no reader can know for a list: one link without a day."""


def found_in(markup: str, url: str = URL) -> tuple[list[tuple[str, str, date | None]], float]:
    rows = find_rows(parse_page(url, markup))
    return ([(row.url, row.title, row.listed) for row in rows.entries], rows.confidence) if rows else ([], 0.0)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("shape", ROWS)
def test_every_shape_of_row_is_read_in_every_frame(shape: str, frame: str) -> None:
    for size in (15, 6, 3, 2, 1):
        listed = notices(size, ADDRESSES[(size + len(shape)) % len(ADDRESSES)])
        rows, confidence = found_in(page_of(shape, frame, listed))
        is_exact = rows == expected(shape, listed)
        assert is_exact or ((shape, size) in HARD and confidence < SURE), (size, confidence, rows[:2])


@pytest.mark.parametrize("shape", ROWS)
def test_a_list_beside_a_pager_is_read_with_confidence(shape: str) -> None:
    listed = notices(15)
    for frame in ("plain", "left-menu", "hot-right", "hot-left", "tables", "script-pager"):
        assert found_in(page_of(shape, frame, listed))[1] >= SURE, frame


def test_rows_without_days_are_less_sure_than_rows_with_days() -> None:
    dated, undated = (found_in(page_of(shape, "plain", notices(15)))[1] for shape in ("li-span-after", "li-no-date"))
    assert SURE <= undated < dated


@pytest.mark.parametrize("name", NO_LISTS)
def test_what_is_no_list_of_documents_is_not_read_with_confidence(name: str) -> None:
    assert found_in(NO_LISTS[name])[1] < SURE


@pytest.mark.parametrize("body", page_templates.BODIES)
@pytest.mark.parametrize("frame", [*page_templates.KNOWN, *page_templates.UNSEEN])
def test_a_report_is_no_list(frame: str, body: str) -> None:
    for report in page_templates.REPORTS.values():
        markup = {**page_templates.KNOWN, **page_templates.UNSEEN}[frame](report, page_templates.BODIES[body](report))
        assert found_in(markup, page_templates.URL)[1] < SURE


@pytest.mark.parametrize("name", WILD)
def test_a_page_in_a_manner_never_seen_is_read(name: str) -> None:
    url, markup, rows, *_ = WILD[name]
    read, confidence = found_in(markup, url)
    assert read == rows
    assert confidence >= SURE


def test_the_element_holds_all_rows_and_little_else() -> None:
    page = parse_page(URL, page_of("ul-of-five", "hot-left", notices(12)))
    rows = find_rows(page)
    assert rows is not None
    held = rows.element.text_content()
    assert all(entry.title in held for entry in rows.entries)
    assert "点击排行" not in held


def test_only_rows_that_lead_where_they_should_count() -> None:
    page = parse_page(URL, page_of("li-span-after", "hot-no-pager", notices(6)))
    hot = find_rows(page, address=re.compile(r"/xwzx/"))
    own = find_rows(page, address=re.compile(r"/zwgk/fzzf/\d"))
    assert isinstance(hot, Rows)
    assert isinstance(own, Rows)
    assert {entry.url.split("/")[3] for entry in hot.entries} == {"xwzx"}
    assert [entry.url for entry in own.entries] == [notice.url for notice in notices(6)]
    assert find_rows(page, address=re.compile(r"/nowhere/")) is None


def test_an_address_is_one_entry_in_the_order_of_the_page() -> None:
    doubled = notices(4)
    rows, _ = found_in(page_of("li-span-after", "plain", [*doubled, doubled[1]]))
    assert rows == expected("li-span-after", doubled)


def test_two_lists_of_one_size_are_not_told_apart_with_confidence() -> None:
    one, other = (page_of("li-span-after", "bare", notices(8, address)) for address in ADDRESSES[2:4])
    body = re.search(r"<ul.*</ul>", other, re.DOTALL)
    assert body is not None
    without_pager = re.sub(r"<div class='fy'>.*?</div>", f"<h2>其他文件</h2>{body.group()}", one, flags=re.DOTALL)
    assert found_in(without_pager)[1] < SURE


@pytest.mark.parametrize(
    "hostile",
    [
        "<ul>" + "<li><a href='/a/{}.html'>通知公告第某号文件</a><i>2024-01-02</i></li>".replace("{}", "1") * 20_000 + "</ul>",
        "".join(f"<a href='/a/{n}'>某某通知{n}</a>" for n in range(60_000)),
        "<div>" * 240 + "".join(f"<p><a href='/a/{n}'>某某通知{n}</a></p>" for n in range(20_000)),
        "<table>" + "<tr><td>" * 70 + "<a href='/a'>x</a>",
        "<ul><li><a href='/a/1'>" + "2024-" * 100_000 + "</a></li><li><a href='/a/2'>乙某某某</a></li></ul>",
        "<ul><li>"
        + " " * 400_000
        + "<a href='/a/1'>某某某某通知</a></li><li><a href='/a/2'>某某某某公告</a> 2024-01-02</li></ul>",
        "<div class='page'>" * 200 + "<a href='/a/1'>1</a>" * 30_000,
    ],
    ids=["one-address", "flat", "deep", "nested-tables", "digits", "blanks", "numbers"],
)
def test_a_hostile_page_comes_to_an_end(hostile: str) -> None:
    """In a child with the pool's limits: what is quadratic in it would not end."""
    assert asyncio.run(_in_a_child(f"<html><body>{hostile}</body></html>"))


async def _in_a_child(markup: str) -> bool:
    pool = CleanPool(lanes=1)
    try:
        return await pool.run(_ends, markup)
    finally:
        await pool.close()


def _ends(markup: str) -> bool:
    page = parse_page(URL, markup)
    find_rows(page)
    following_page(page)
    return True
