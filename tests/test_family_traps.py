"""Single traps of TRS, Shanghai's systems, EasySite and search5 that no whole site of ours shows."""

from __future__ import annotations

import json

import pytest

from spiders.failures import PageUnreadable
from spiders.page import parse_page
from spiders.reading import families, family_of

SEARCH = "https://x.gov.cn/search5/search/s?siteCode=3600000041&searchWord=&column=&pageSize=2&pageNum={}"
MINHANG = "https://x.gov.cn/mh-xxgk-cms/website/mh_xxgk/xxgk_sfj_ghjh_gl/List/list_1.htm"
GROUP = '<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page={}&columnid=Ab%2F9%3D"></a>]]></nextgroup>'
RECORD = '<record><![CDATA[<li><a href="/art/2024/3/5/art_1_2.html">关于开展法治督察的通知</a><span>2024-03-05</span></li>]]></record>'


def found(count: int, total: int, page: int, first: int = 0) -> object:
    """What a search answers: `count` rows of `total` as page `page`."""
    rows = [
        {"title": f"第{first + row}号通告", "url": f"/a/{first + row}.html", "pubDate": "2024-03-05"} for row in range(count)
    ]
    answer = json.dumps({"searchResultAll": {"total": total, "searchTotal": rows}})
    return families()["search5"].listing(parse_page(SEARCH.format(page), answer)).following


def test_an_answer_of_54_characters_is_unreadable_and_no_end_of_the_records() -> None:
    empty = '<?xml version="1.0" encoding="utf-8"?>\n<datastore></datastore>'
    page = parse_page("https://x.gov.cn/module/web/jpage/dataproxy.jsp?page=1&columnid=Ab%2F9%3D", empty)
    with pytest.raises(PageUnreadable, match="expected records, found"):
        families()["trs-recordset"].listing(page)


def test_an_answer_that_names_its_own_page_again_means_the_one_after_it() -> None:
    address = "https://x.gov.cn/module/web/jpage/dataproxy.jsp?page=2&columnid=Ab%2F9%3D"
    page = parse_page(address, f"<datastore>{GROUP.format(2)}<recordset>{RECORD}</recordset></datastore>")
    following = families()["trs-recordset"].listing(page).following
    assert following is not None
    assert following.url == address.replace("page=2", "page=3")


def test_records_that_are_all_there_are_have_no_page_behind_them() -> None:
    store = f"<datastore>{GROUP.format(1)}<totalrecord>1</totalrecord><recordset>{RECORD}</recordset></datastore>"
    page = parse_page("https://x.gov.cn/col/col1/index.html", f"<html><script>{store}</script></html>")
    assert family_of(page, None).NAME == "trs-recordset"
    assert family_of(page, None).listing(page).following is None


def test_editors_that_stand_one_after_the_other_are_one_body() -> None:
    editors = '<div class="TRS_Editor"><p>一、总体情况。</p></div><div class="TRS_Editor"><p>二、存在问题。</p></div>'
    page = parse_page("https://x.gov.cn/a/202403/t20240305_1.html", f"<h1>报告</h1><div>{editors}</div><p>某市司法局网站</p>")
    body = families()["trs-wcm"].container(page)
    assert body is not None
    assert body.text_content() == "一、总体情况。二、存在问题。"


def test_a_link_to_another_sites_documents_does_not_make_a_page_trs() -> None:
    page = parse_page("https://x.gov.cn/a/1.html", '<a href="https://y.gov.cn/a/202403/t20240305_1.html">转载</a>')
    assert not families()["trs-wcm"].recognises(page)


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
    rows = '<ul class="pageList"><li><a href="/jggk/1.html">2018年法治政府建设情况报告</a><span>2019-04-12</span></li></ul>'
    page = parse_page(address, f'{rows}<script>$(".pagination").pagination({{totalPage:3}});</script>')
    asked = families()["shanghai-bureaus"].listing(page).following
    assert (asked and asked.url) == following


def test_another_sites_link_to_minhang_does_not_make_a_page_its_own() -> None:
    markup = '<a href="https://zwgk.shmh.gov.cn/mh-xxgk-cms/website/mh_xxgk/a/List/list_0.htm">闵行</a>'
    assert not families()["mh-xxgk-cms"].recognises(parse_page("https://x.gov.cn/", markup))


def test_a_last_page_whose_next_link_leads_to_itself_ends_the_list() -> None:
    rows = '<ul class="xxgk_list"><li><a href="../content/1.htm">2020年行政工作总结</a><span>2021-02-18</span></li></ul>'
    page = parse_page(MINHANG, f'{rows}<a href="list_1.htm#">下一页</a>')
    assert families()["mh-xxgk-cms"].listing(page).following is None


@pytest.mark.parametrize(
    ("rows", "total", "page", "goes_on"), [(2, 5, 0, True), (2, 5, 1, True), (1, 5, 2, False), (2, 4, 1, False)]
)
def test_a_search_is_turned_until_all_that_it_found_has_come(rows: int, total: int, page: int, goes_on: bool) -> None:  # noqa: FBT001  a parameter of the test
    assert (found(rows, total, page) is not None) is goes_on


def test_a_search_that_counts_its_pages_from_1_is_asked_for_one_more() -> None:
    assert found(2, 5, 2) is not None  # a whole page where a single row was left: it was the one before the last
    assert found(1, 5, 3) is None


def test_a_search_whose_site_has_no_code_cannot_be_asked() -> None:
    page = parse_page("https://x.gov.cn/search5/html/searchResult.html?searchWord=a", "<html><body>搜索</body></html>")
    with pytest.raises(PageUnreadable, match="siteCode"):
        family_of(page, "search5").listing(page)


@pytest.mark.parametrize(
    "answer", ["{}", '{"data": null}', '{"data": {"list": "x"}}', '{"data": {"list": [{"title": 1}]}}', "[" * 9_000]
)
def test_a_service_that_sends_no_list_is_unreadable(answer: str) -> None:
    for name in ("shanghai-districts", "search5"):
        with pytest.raises(PageUnreadable):
            families()[name].listing(parse_page("https://x.gov.cn/zwgk-search-front/api/data/affair?pageNo=1", answer))


def test_easysite_ends_where_the_next_page_is_a_place_holder() -> None:
    rows = "".join(
        f'<li><a href="/a/302{row}5/index.html">第{row}号公告的全称</a><span>2024-03-0{row}</span></li>' for row in range(1, 4)
    )
    pager = '<div class="easysite-page-wrap"><a title="下一页" tagname="[NEXTPAGE]">下一页</a></div>'
    page = parse_page("https://x.gov.cn/a/index.html", f'<ul class="conList_ul">{rows}</ul>{pager}')
    listing = family_of(page, None).listing(page)
    assert (len(listing.entries), listing.following) == (3, None)
