"""广东's platform: its categories, its days, and reports whose text lies in a script."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import urlsplit

import pytest

from spiders.attachments import attachment_links
from spiders.fetched import Ask
from spiders.metadata import read_metadata
from spiders.page import parse_page
from spiders.reading import LaysOut, families
from tests.list_services import HOST, SERVICES, asked, read, rows_of, walk

# gkmlpt


def gkmlpt_page(detail: str = "null") -> str:
    return (
        f"<script>window._CONFIG = {{ SID: '755031', TREE: [], SERVICE_AREA_ID: 1, DETAIL: {detail} }};</script><p>gkmlpt</p>"
    )


def articles(count: int, total: int) -> str:
    made = [
        {"title": f"第{n}号", "url": f"/gkmlpt/content/1/{n}/post_{n}.html", "created_at": "2026-06-18 16:25:04"}
        for n in range(count)
    ]
    return json.dumps({"classify": {"post_count": total}, "articles": made})


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/gkmlpt/index#721", "/gkmlpt/api/all/721"),
        ("/gkmlpt/policy#/721", "/gkmlpt/api/all/721"),
        ("/gkmlpt/index", "/gkmlpt/api/all/0"),
        ("/nsqkcj/gkmlpt/mindex#9", "/nsqkcj/gkmlpt/api/all/9"),
    ],
)
def test_the_category_is_the_addresss_own_and_the_folder_stays(address: str, path: str) -> None:
    listing = read("gkmlpt", address, gkmlpt_page())
    assert listing.following is not None
    assert urlsplit(listing.following.url).path == path
    assert asked(listing.following) == {"page": "1", "sid": "755031"}
    assert listing.newest_first is False


def test_the_number_of_pages_is_carried_along_since_a_last_page_does_not_show_it() -> None:
    served = {"1": articles(2, 5), "2": articles(2, 5), "3": articles(1, 5)}
    found, steps = walk("gkmlpt", "/gkmlpt/index#721", gkmlpt_page(), lambda ask: served[asked(ask)["page"]])
    assert (len(found), steps) == (2, 3)


def test_where_nothing_was_carried_a_page_counts_as_the_platforms_hundred() -> None:
    page = parse_page(f"{HOST}/gkmlpt/api/all/721?page=3&sid=755031", articles(3, 203))
    listing = families()["gkmlpt"].listing(page)
    assert (listing.following, listing.pages, listing.newest_first) == (None, 3, False)


@pytest.mark.parametrize("value", ["2026-06-18 16:25:04", 1781771108, "1781771108", 1781771108000, 1781771108.5])
def test_days_are_read_in_all_their_kinds(value: object) -> None:
    row = {"title": "某号", "url": "/a/post_1.html", "display_publish_time": value}
    listing = families()["gkmlpt"].listing(parse_page(SERVICES["gkmlpt"], json.dumps({"articles": [row]})))
    assert listing.entries[0].listed == date(2026, 6, 18)


@pytest.mark.parametrize("value", [None, True, [], {}, -5, 0, 10**30, "不详", "9" * 40, float("inf"), "2026-02-30"])
def test_a_value_that_is_no_day_is_none_and_the_row_stays(value: object) -> None:
    row = {"title": "某号", "url": "/a/post_1.html", "display_publish_time": value}
    listing = families()["gkmlpt"].listing(parse_page(SERVICES["gkmlpt"], json.dumps({"articles": [row]})))
    assert listing.entries[0].listed is None


def test_a_report_in_a_script_is_laid_out_with_its_fields_body_and_files() -> None:
    content = (
        '<p>一、总体情况</p><p>全年办理"案件"12件。</p><p>附件：<a href="/attachment/0/1/a.pdf" alt="甲.pdf">甲.pdf</a></p>'
    )
    detail = {
        "title": "某局<b>报告</b>",
        "content": content,
        "source": "某局",
        "created_at": "2026-01-04 10:00:00",
        "attachment": [{"name": "乙.docx", "url": "/attachment/0/1/b.docx"}],
    }
    written = json.dumps(detail).replace("<", "\\u003C").replace(">", "\\u003E").replace("/", "\\/")
    family = families()["gkmlpt"]
    assert isinstance(family, LaysOut)
    page = family.laid_out(parse_page(HOST + "/gkmlpt/content/1/2/post_2.html", gkmlpt_page(written)))
    fields, body = read_metadata(page), family.container(page)
    assert (fields.title, fields.source, fields.published) == ("某局 报告", "某局", date(2026, 1, 4))
    assert body is not None
    assert [p.text_content() for p in body.iter("p")][:2] == ["一、总体情况", '全年办理"案件"12件。']
    assert [(link.url.removeprefix(HOST), link.name) for link in attachment_links(page, body)] == [
        ("/attachment/0/1/a.pdf", "甲.pdf"),
        ("/attachment/0/1/b.docx", "乙.docx"),
    ]


def test_a_report_whose_object_is_no_json_is_laid_out_from_the_values_that_are() -> None:
    detail = '{id: 7, views: f(), title: "某局报告", "content": "\\u003Cp\\u003E正文一段。\\u003C/p\\u003E", date: 1781771108}'
    family = families()["gkmlpt"]
    assert isinstance(family, LaysOut)
    page = family.laid_out(parse_page(HOST + "/gkmlpt/content/1/2/post_2.html", gkmlpt_page(detail)))
    body = family.container(page)
    assert body is not None
    assert body.text_content() == "正文一段。"
    assert read_metadata(page).title == "某局报告"


@pytest.mark.parametrize(
    "detail", ["null", "{", '{"content": 5}', '{"content": ""}', '{"a":' * 100_000, '{"content":"' + "\\" * 9_999]
)
def test_a_report_that_holds_no_text_is_left_as_it_is(detail: str) -> None:
    family = families()["gkmlpt"]
    assert isinstance(family, LaysOut)
    page = parse_page(HOST + "/gkmlpt/content/1/2/post_2.html", gkmlpt_page(detail))
    assert family.laid_out(page) is page


def test_static_pages_of_the_same_publisher_are_read_and_counted() -> None:
    rows = "".join(
        f'<li><a href="content/post_{n}.html">关于第{n}号事项的公告</a><span>2026-03-0{n}</span></li>' for n in (3, 2, 1)
    )
    markup = f'<div class="menu"><a href="/a/">甲</a></div><ul>{rows}</ul><div>共 3 页</div>'
    listing = read("gkmlpt", "/sfw/zwgk/tzgg/index.html", markup)
    assert rows_of(listing)[0] == ("/sfw/zwgk/tzgg/content/post_3.html", "关于第3号事项的公告", "2026-03-03")
    assert listing.following == Ask(HOST + "/sfw/zwgk/tzgg/index_2.html")
    assert read("gkmlpt", "/sfw/zwgk/tzgg/index_3.html", markup).following is None
