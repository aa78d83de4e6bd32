"""Rows of listings, in the shapes that were seen."""

from __future__ import annotations

from datetime import date

import pytest

from spiders.fetched import Entry
from spiders.listing import entries_of, entry_of, next_link
from spiders.page import parse_page

URL = "https://x.gov.cn/col/index.html"
FULL = "某市司法局关于印发2024年工作要点的通知"


def entry(row: str) -> Entry | None:
    page = parse_page(URL, f"<html><body><ul><li id='row'>{row}</li></ul></body></html>")
    return entry_of(page, page.root.get_element_by_id("row"))


@pytest.mark.parametrize(
    "row",
    [
        f"<a href='1.html'>{FULL}</a><span>2024-01-02</span>",
        f"<span>[2024-01-02]</span><a href='1.html'>{FULL}</a>",
        f"<a href='1.html'>{FULL}<em>2024.01.02</em></a>",
        f"<a href='1.html'>{FULL} [2024-01-02]</a>",
        f"<a href='1.html'>{FULL}</a> 2024年1月2日",
        f"<a href='1.html' title='{FULL}'>某市司法局关于印发…</a><i>2024-\n01-\n02</i>",
        f"<a href='1.html' title='{FULL}'>某市司法局关于...</a><b>2024/1/2 10:00</b>",
        f"<a href='1.html' title='{FULL}'><img></a><b>2024/1/2</b>",
        f"<a href='1.html' title='{FULL}（点击 3 次）'>{FULL}</a><b>2024/1/2</b>",
        f"<a href='1.html' title='点击查看'>{FULL}</a><b>2024/1/2</b>",
        f"<a href='/zc/'>[政策]</a><a href='1.html'>{FULL}</a><b>2024/1/2</b>",
        f"<a href='1.html'>[置顶] {FULL}</a><b>2024/1/2</b>",
    ],
)
def test_a_row_gives_its_full_title_its_date_and_its_address(row: str) -> None:
    assert entry(row) == Entry("https://x.gov.cn/col/1.html", FULL, date(2024, 1, 2))


def test_a_date_in_the_title_is_not_the_rows() -> None:
    found = entry("<a href='1.html'>关于2020年5月1日停办业务的通知</a><span>2020-04-28</span>")
    assert found == Entry("https://x.gov.cn/col/1.html", "关于2020年5月1日停办业务的通知", date(2020, 4, 28))


def test_a_row_without_a_year_has_no_date() -> None:
    assert entry(f"<a href='1.html'>{FULL}</a><span>01-02</span>") == Entry("https://x.gov.cn/col/1.html", FULL, None)


@pytest.mark.parametrize(
    "row", ["", "<a>无址</a>", "<a href='javascript:;'>甲</a>", "<a href='1.html'> </a>", "<a href='data:,x'>甲</a>"]
)
def test_a_row_without_a_usable_link_is_no_entry(row: str) -> None:
    assert entry(row) is None


def test_an_address_that_is_listed_twice_is_one_entry() -> None:
    page = parse_page(URL, "<ul><li><a href='1'>甲</a></li><li><a href='2'>乙</a></li><li><a href='1'>丙</a></li></ul>")
    assert [found.title for found in entries_of(page, page.root.iter("li"))] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("<a href='list_1.htm'>下一页</a>", "https://x.gov.cn/col/list_1.htm"),
        ("<a href='list_1.htm'>下页 &gt;&gt;</a>", "https://x.gov.cn/col/list_1.htm"),
        ("<a href='javascript:;'>下一页</a>", None),
        ("<a href='#'>下一页</a>", None),
        ("<a href='2.html'>下一页的说明</a>", None),
    ],
)
def test_the_next_page_is_where_the_pager_leads(link: str, address: str | None) -> None:
    assert next_link(parse_page(URL, f"<div>{link}</div>")) == address
