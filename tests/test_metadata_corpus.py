"""Every field of pages' heads in the shapes that occur, exact: what is there is read, what is not there stays empty."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.clean.extract import clean_page
from spiders.metadata import Dated, read_metadata
from spiders.page import parse_page
from tests.page_head_blocks import BLOCKS
from tests.page_heads import BYLINES, METAS, TEXT, TITLES, Head

NOISE = [
    "<p>今天是2026年3月30日 星期一</p>",
    "<p>发布时间：2011-11-11 来源：别的单位</p>",
    "<ul><li>索引号：ZZ-9999</li><li>文号：别司〔2011〕1号</li><li>发布机构：别市司法局</li></ul>",
    "<div class='list'><a href='/1'>另一篇通知</a> 2011-11-11</div>",
    "<p>2011年11月11日</p>",
    "<p>无 / 主动公开 / 别市司法局 / 2011.11.11</p>",
]
HEADS = [*METAS, *TITLES, *BYLINES, *BLOCKS]
FIELDS = ("index_number", "document_number", "publisher", "category", "validity", "genre", "topic")


def read(head: Head, markup: str) -> dict[str, Any]:
    found = read_metadata(parse_page(head.url, f"<html>{markup}</html>"))
    block = asdict(found.disclosure)
    return {
        "title": found.title,
        "published": told(found.dates.published),
        "written": told(found.dates.written),
        "source": found.source,
        "fields": {name: block[name] for name in FIELDS if block[name]},
    }


def told(dated: Dated | None) -> str:
    return f"{dated.day} {dated.origin}" if dated else ""


def expected(head: Head) -> dict[str, Any]:
    return {name: getattr(head, name) for name in ("title", "published", "written", "source", "fields")}


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.name)
def test_the_fields_of_a_head_are_read_exactly(head: Head) -> None:
    assert read(head, head.markup) == expected(head)


@given(
    st.sampled_from([head for head in HEADS if "<p>2023年，我局坚持" in head.markup]),
    st.lists(st.sampled_from(NOISE), max_size=30),
    st.lists(st.sampled_from(NOISE), max_size=30),
)
def test_what_stands_far_from_the_head_changes_no_field(head: Head, above: list[str], below: list[str]) -> None:
    declared, mark, shown = head.markup.partition("</head>")
    noise = "".join(above) + "<p>首页</p>" * 61
    assert read(head, f"{declared}{mark}<body>{noise}{shown}{''.join(below)}") == expected(head)


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<p>某市司法局</p><p>2024年3月1日</p>", "2024-03-01 signature"),
        ("<p>某市司法局</p><p>二〇二四年三月一日</p><p>（此件公开发布）</p>", "2024-03-01 signature"),
        ("<p>某市司法局 2024年3月1日</p>", "2024-03-01 signature"),
        ("<p>会议定于2024年3月1日</p>", ""),
        ("<p>2024-03-01</p>", ""),
    ],
)
def test_the_day_under_the_text_is_the_day_it_was_written(markup: str, written: str) -> None:
    page = f'<title>某通知</title><h1>某通知</h1><div id="zoom">{TEXT}{markup}</div>'
    assert told(clean_page("https://x.gov.cn/a.html", page.encode(), None).dates.written) == written


def test_a_label_tells_better_than_a_signature_when_a_text_was_written() -> None:
    page = f'<title>某通知</title><h1>某通知</h1><p>成文日期：2024-02-20</p><div id="zoom">{TEXT}<p>2024年3月1日</p></div>'
    assert told(clean_page("https://x.gov.cn/a.html", page.encode(), None).dates.written) == "2024-02-20 label"


def test_the_four_dates_are_kept_apart_and_the_best_one_stands_for_a_missing_one() -> None:
    page = f'<title>某通知</title><h1>某通知</h1><div id="zoom">{TEXT}<p>2024年3月1日</p></div>'
    text = clean_page("https://x.gov.cn/20240304/a.html", page.encode(), None)
    assert (text.published, text.published_from) == (None, "")
    listed, unlisted = text.listed_on(date(2024, 3, 2)), text.listed_on(None)
    assert (listed.published, listed.published_from) == (date(2024, 3, 2), "listed")
    assert (unlisted.published, unlisted.published_from) == (date(2024, 3, 4), "address")
    assert listed.dates.named() == (
        ("written", date(2024, 3, 1), "signature"),
        ("listed", date(2024, 3, 2), "listed"),
        ("address", date(2024, 3, 4), "address"),
    )
    printed = clean_page(
        "https://x.gov.cn/20240304/a.html", page.replace("</h1>", "</h1><p>发布时间：2024-03-03</p>").encode(), None
    )
    assert (printed.listed_on(date(2024, 3, 2)).published, printed.fingerprint) == (date(2024, 3, 3), text.fingerprint)
