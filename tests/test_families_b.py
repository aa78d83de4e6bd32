"""UCAP, VSB and Epoint in every shape that was seen: counted pages, services, days in two elements, shells."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from spiders.failures import PageUnreadable
from spiders.fetched import Ask
from spiders.page import parse_page
from spiders.reading import families, family_of
from tests.list_services import HOST, SERVICES, asked, read, rows_of, walk

# UCAP

CHANNEL = "5b80c5ff2bb349d6948d17015fa43ddf"
META = f'<meta name="channelid" content="{CHANNEL}">'


def static_list(number: int) -> str:
    rows = "".join(
        f'<li><h4><a href="/gz/tzgg/202603/{n:032x}.shtml" title="关于第{n}批事项的通告">关于第{n}批事项的…</a><span>2026-03-0{n}</span></h4></li>'
        for n in (3, 2, 1)
    )
    return f"<div>{rows}</div><div id='page_div'></div><script>createPageHTML('page_div',3, {number},'common_list','shtml',9);</script>"


@pytest.mark.parametrize(("number", "following"), [(1, "common_list_2.shtml"), (2, "common_list_3.shtml"), (3, None)])
def test_static_ucap_pages_are_counted_from_one(number: int, following: str | None) -> None:
    own = "common_list.shtml" if number == 1 else f"common_list_{number}.shtml"
    listing = read("ucap", f"/gz/tzgg/{own}", META + static_list(number))
    assert rows_of(listing)[0] == (f"/gz/tzgg/202603/{3:032x}.shtml", "关于第3批事项的通告", "2026-03-03")
    assert (listing.following.url if listing.following else None) == (f"{HOST}/gz/tzgg/{following}" if following else None)
    assert listing.pages == 3


@pytest.mark.parametrize(
    ("script", "path"), [("", "/common/search/"), ("'/searchList/'", "/searchList/"), ('"/search/"', "/search/")]
)
def test_a_channels_rows_are_asked_for_where_the_page_says(script: str, path: str) -> None:
    listing = read("ucap", "/csrc/c100028/common_xq_list.shtml", f"<head>{META}</head><script>var u={script or 0};</script>")
    assert listing.following is not None
    assert urlsplit(listing.following.url).path == path + CHANNEL
    assert {"_isJson": "true", "_template": "index", "page": "1"}.items() <= asked(listing.following).items()


def ucap_answer(count: int, total: Any, rows: Any = 15) -> str:
    results = [
        {"title": f"第{n}条", "url": f"/c1/c{n + 1000}/content.shtml", "publishedTime": 1772328600000} for n in range(count)
    ]
    return json.dumps({"data": {"total": total, "page": 2, "rows": rows, "results": results}})


@pytest.mark.parametrize(
    ("answer", "goes_on"),
    [
        (ucap_answer(15, 40), True),
        (ucap_answer(15, "40", "15"), True),
        (ucap_answer(15, 30), False),
        (ucap_answer(10, 40, 10), True),  # the service has a limit of its own: 10 of 15
        (ucap_answer(5, 20), False),
        (ucap_answer(15, None), True),
        (ucap_answer(3, "viele"), False),
    ],
)
def test_a_channel_goes_on_as_long_as_its_total_says(answer: str, goes_on: bool) -> None:  # noqa: FBT001
    listing = families()["ucap"].listing(parse_page(SERVICES["ucap"], answer))
    assert (listing.following is not None) is goes_on
    assert listing.entries[0].listed == date(2026, 3, 1)
    assert not goes_on or asked(listing.following)["page"] == "3"


def test_a_service_with_a_limit_of_its_own_is_walked_to_its_end() -> None:
    def serve(ask: Ask) -> str:
        first = (int(asked(ask)["page"]) - 1) * 10
        rows = [{"title": f"第{n}条", "url": f"/c1/c{n + 1000}/content.shtml"} for n in range(first, min(first + 10, 35))]
        return json.dumps({"data": {"total": 35, "rows": 10, "results": rows}})

    found, steps = walk("ucap", "/a/c1/list.shtml", f"<head>{META}</head>", serve)
    assert (len(found), steps) == (35, 4)


def test_a_report_that_names_its_channel_is_no_list_wherever_it_stands() -> None:
    with pytest.raises(PageUnreadable, match="a report, no list"):
        read(
            "ucap",
            "/a/show.shtml?id=7",
            f"<head>{META}</head><h1><UCAPTITLE>报告</UCAPTITLE></h1><UCAPCONTENT><p>正文</p></UCAPCONTENT>",
        )


def test_the_day_that_the_site_shows_beats_its_milliseconds_and_titles_lose_their_markup() -> None:
    result = {
        "title": "<b>第&nbsp;一</b><br />号",
        "url": f"//sfj.example.gov.cn/a/202603/{CHANNEL}.shtml",
        "publishedTime": 1,
        "publishedTimeStr": "2026-03-05 08:00",
    }
    listing = families()["ucap"].listing(parse_page(SERVICES["ucap"], json.dumps({"data": {"results": [result]}})))
    assert rows_of(listing) == [(f"/a/202603/{CHANNEL}.shtml", "第 一 号", "2026-03-05")]


def test_a_link_to_the_sites_search_is_no_list_service() -> None:
    markup = f'{META}<form action="/search/index.shtml"></form>{static_list(1).partition("<div id=")[0]}<a href="/gz/tzgg/list_2.shtml">下一页</a>'
    listing = read("ucap", "/gz/tzgg/list.shtml", markup)
    assert (len(listing.entries), listing.following) == (3, Ask(HOST + "/gz/tzgg/list_2.shtml"))


# Boda VSB

VSB = "<!--Announced by Visual SiteBuilder 9-->"


def test_days_in_two_elements_are_put_together() -> None:
    rows = "".join(
        f'<li class="clearfix" id="line_u9_{n}"><div><h2>{20 - n}</h2><p>2026.05</p></div><div><a href="../info/1222/{n}.htm"><h2>关于第{n}项安排的通知</h2></a><p>摘要</p></div></li>'
        for n in range(3)
    )
    listing = read("boda-vsb", "/xwtg/tztg.htm", f"{VSB}<ul>{rows}</ul>")
    assert rows_of(listing)[1] == ("/info/1222/1.htm", "关于第1项安排的通知", "2026-05-19")


def test_a_day_and_its_month_may_be_parted_by_a_stroke() -> None:
    rows = "".join(
        f'<li id="line_u8_{n}"><h3>{n}8</h3><span>/ 2026-09</span><a href="../info/1/{n}.htm">关于第{n}项安排的通知</a></li>'
        for n in (1, 2)
    )
    assert [row[2] for row in rows_of(read("boda-vsb", "/a/tzgg.htm", f"{VSB}<ul>{rows}</ul>"))] == ["2026-09-18", "2026-09-28"]


def test_the_last_page_is_not_the_next_one() -> None:
    row = '<li id="line_u8_0"><a href="info/1/1.htm">关于某项安排的通知</a><span>2026-03-01</span></li>'
    pager = '<td id="fanyeu8">共49条&nbsp;&nbsp;1/5&nbsp;</td><a href="tzgg/1.htm" class="Next">尾页</a><a href="tzgg/4.htm" class="Next">下页</a>'
    listing = read("boda-vsb", "/tzgg.htm", f"{VSB}<ul>{row}</ul><table><tr>{pager}</tr></table>")
    assert (listing.following, listing.pages) == (Ask(HOST + "/tzgg/4.htm"), 5)


def test_a_pager_of_spans_counts_downwards_and_says_how_many_pages_there_are() -> None:
    pager = (
        '<div class="pb_sys_common"><span class="p_pages"><span class="p_no_d">1</span><span class="p_no"><a href="tztg/230.htm">2</a></span>'
        '<span class="p_no"><a href="tztg/1.htm">231</a></span><span class="p_next p_fun"><a href="tztg/230.htm">下页</a></span>'
        '<span class="p_last p_fun"><a href="tztg/1.htm">尾页</a></span></span></div>'
    )
    rows = "".join(
        f'<tr id="line134388_{n}"><td><a href="../info/1/{n}.htm">通知第{n}号内容</a></td><td>2026/3/{n + 1}</td></tr>'
        for n in range(2)
    )
    listing = read("boda-vsb", "/xwtg/tztg.htm", f"{VSB}<table>{rows}</table>{pager}")
    assert listing.following == Ask(HOST + "/xwtg/tztg/230.htm")
    assert (listing.pages, rows_of(listing)[1][2]) == (231, "2026-03-02")


def test_a_dynamic_list_is_known_by_its_reports_and_keeps_their_parameters() -> None:
    rows = "".join(
        f'<li><a href="content.jsp?urltype=news.NewsContentUrl&amp;wbtreeid=1303&amp;wbnewsid={n}">关于第{n}项工作的意见</a> 2026年3月{n}日</li>'
        for n in (9, 8)
    )
    page = parse_page(
        HOST + "/lm_list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1460",
        f'<ul>{rows}</ul><a href="?totalpage=9&PAGENUM=2">下页</a>',
    )
    assert family_of(page, None).NAME == "boda-vsb"
    listing = families()["boda-vsb"].listing(page)
    assert rows_of(listing)[0] == (
        "/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1303&wbnewsid=9",
        "关于第9项工作的意见",
        "2026-03-09",
    )
    assert listing.following == Ask(HOST + "/lm_list.jsp?totalpage=9&PAGENUM=2")


# Epoint

UUID = "aad42151-cf95-4d74-90ea-35725e57c155"


def tree(category: str = "002017002") -> str:
    return "".join(
        f'<li><a href="/xxgk/002017/{category}/2026032{n}/{UUID[:-1]}{n}.html">第{n}期法治工作通报</a><span>2026-03-2{n}</span></li>'
        for n in (4, 3, 2)
    )


def test_static_columns_of_the_numbered_tree_are_read_and_their_second_page_is_2() -> None:
    page = parse_page(HOST + "/xxgk/002017/002017002/list.html", f"<ul>{tree()}</ul><p>共2页</p>")
    assert family_of(page, None).NAME == "epoint"
    listing = families()["epoint"].listing(page)
    assert rows_of(listing)[0] == (f"/xxgk/002017/002017002/20260324/{UUID[:-1]}4.html", "第4期法治工作通报", "2026-03-24")
    assert listing.following == Ask(HOST + "/xxgk/002017/002017002/2.html")
    assert read("epoint", "/xxgk/002017/002017002/2.html", f"<ul>{tree()}</ul><p>共2页</p>").following is None


def test_another_columns_latest_beside_an_empty_list_is_not_the_list() -> None:
    script = f"<script>var siteInfo={{siteGuid:'{UUID}',projectName:'/EWB_YK_Mid'}}</script>"
    listing = read("epoint", "/dynamic/zw/openlist.html?categorynum=001001003", f"<ul>{tree('009')}</ul>{script}")
    assert listing.following is not None
    assert urlsplit(listing.following.url).path == "/EWB_YK_Mid/rest/lightfrontaction/getgovinfolist"
    assert json.loads(listing.following.form) == {
        "siteGuid": UUID,
        "pageIndex": 0,
        "pageSize": 20,
        "categorynum": "001001003",
        "deptcode": "",
    }
    assert listing.following.content_type.startswith("application/json")


def test_the_sites_settings_are_asked_for_where_they_lie_in_a_file_and_lead_to_the_rows() -> None:
    shell = '<script src="/js/webBuilderCommon.js"></script>'
    first = read("epoint", "/goverDetail.html?deptcode=004&categorynum=004", shell)
    assert first.following == Ask(
        HOST + "/js/webBuilderCommon.js?categorynum=004&deptcode=004",
        headers=(("Referer", HOST + "/goverDetail.html?deptcode=004&categorynum=004"),),
    )
    second = families()["epoint"].listing(
        parse_page(first.following.url, f'var siteInfo = {{"siteGuid":"{UUID}","projectName":"/EWB-FRONT"}};')
    )
    assert second.following is not None
    assert json.loads(second.following.form)["deptcode"] == "004"


def test_an_action_that_wants_a_form_gets_one_and_its_rows_are_infodata() -> None:
    script = f"<script>$.post('/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew',{{siteGuid:'{UUID}',categoryNum:'003002',pageSize:2}})</script>"
    first = read("epoint", "/jyxx/list.html", script).following
    assert first is not None
    told = json.loads(dict(parse_qsl(first.form))["params"])
    assert (told["categoryNum"], told["pageIndex"], told["pageSize"]) == ("003002", 0, 2)
    made = [
        {"title": f"第{n}号", "infourl": f"/jyxx/003002/20260301/{UUID[:-1]}{n}.html", "infodate": "2026-03-01"} for n in (1, 2)
    ]
    listing = families()["epoint"].listing(parse_page(first.url, json.dumps({"custom": {"count": 3, "infodata": made}})))
    assert (len(listing.entries), listing.pages) == (2, 2)
    assert listing.following is not None
    assert json.loads(dict(parse_qsl(listing.following.form))["params"])["pageIndex"] == 1


def test_a_shell_that_tells_nothing_is_unreadable_so_that_a_browser_is_tried() -> None:
    with pytest.raises(PageUnreadable, match="a script may build the list"):
        read("epoint", "/dynamic/infoOpenFile.html", '<script src="/EpointWebBuilder/js/app.js"></script>')


def test_rows_of_a_department_belong_to_the_shell_that_a_script_has_filled() -> None:
    rows = "".join(
        f'<li><a href="/govxxgk/JB0/2026-03-0{n}/{UUID[:-1]}{n}.html">第{n}号行政工作总结</a><span>2026-03-0{n}</span></li>'
        for n in (3, 2, 1)
    )
    listing = read("epoint", "/goverDetail.html?deptcode=JB0&categorynum=004001", f"<ul>{rows}</ul>")
    assert rows_of(listing)[0][1:] == ("第3号行政工作总结", "2026-03-03")
