"""大汉's two list services, in every shape that was seen: records as XML, and units as markup in JSON."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

from spiders.failures import PageUnreadable
from spiders.fetched import Ask
from spiders.page import parse_page
from spiders.reading import families
from tests.list_services import HOST, SERVICES, asked, read, rows_of, walk

# Hanweb jpage

COLUMN = "/col/col48525/index.html"
CALL = (
    "<script>var param_297={col:1,webid:12,path:'/',columnid:48525,unitid:'297',webname:'某司法局',permissiontype:0};"
    "$('#297').jpage({totalRecord:%d,perPage:15,groupSize:3,proxyUrl:'/module/web/jpage/dataproxy.jsp',ajaxParam:param_297});</script>"
)


def record(number: int) -> str:
    address = f"/art/2026/3/{number % 28 + 1}/art_48525_{number}.html"
    return f"<record><![CDATA[<li><a href='{address}'>第{number}号通知书</a><span>2026-03-{number % 28 + 1:02d}</span></li>]]></record>"


def store(first: int, last: int, total: int | None = None) -> str:
    counted = f"<totalrecord>{total}</totalrecord>" if total else ""
    records = "".join(record(number) for number in range(first, last + 1))
    return f"<datastore>{counted}<recordset>{records}</recordset></datastore>"


def column_page(total: int, inline: int) -> str:
    return f'<div id="297"><script type="text/xml">{store(1, inline)}</script></div>' + CALL % total


def test_jpage_follows_a_service_that_goes_by_the_numbers_of_records() -> None:
    def serve(ask: Ask) -> str:
        told = asked(ask)
        assert (told["columnid"], told["unitid"], told["webid"], told["webname"]) == ("48525", "297", "12", "某司法局")
        return store(int(told["startrecord"]), min(int(told["endrecord"]), 100), 100)

    found, steps = walk("hanweb-jpage", COLUMN, column_page(100, 45), serve)
    assert (len(found), steps) == (100, 2)


def test_jpage_follows_a_service_that_goes_by_pages_and_ignores_the_numbers_of_records() -> None:
    group = '<nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&webid=12&columnid=48525&unitid=297"></a>]]></nextgroup>'
    text = column_page(100, 45).replace("<recordset>", group + "<recordset>")

    def serve(ask: Ask) -> str:
        first = (int(asked(ask)["page"]) - 1) * int(asked(ask)["perpage"]) + 1
        return store(first, min(first + int(asked(ask)["perpage"]) - 1, 100), 100)

    found, steps = walk("hanweb-jpage", COLUMN, text, serve)
    assert (len(found), steps) == (100, 4)


def test_jpage_loses_nothing_where_a_group_brings_one_record_more_than_asked_for() -> None:
    def serve(ask: Ask) -> str:
        told = asked(ask)
        return store(int(told["startrecord"]), min(int(told["endrecord"]) + 1, 137), 137)

    found, steps = walk("hanweb-jpage", COLUMN, column_page(137, 45), serve)
    assert (len(found), steps) == (137, 3)


def test_jpage_reads_records_that_are_escaped() -> None:
    escaped = store(1, 3).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    listing = read("hanweb-jpage", COLUMN, f"<html><body><script type='text/xml'>{escaped}</script></body></html>")
    assert rows_of(listing)[0] == ("/art/2026/3/2/art_48525_1.html", "第1号通知书", "2026-03-02")
    assert len(listing.entries) == 3


def test_jpage_asks_for_the_first_records_where_the_page_has_none() -> None:
    listing = read("hanweb-jpage", COLUMN, '<div id="297"></div>' + CALL % 100)
    assert listing.entries == ()
    assert {"startrecord": "1", "endrecord": "45", "perpage": "15"}.items() <= asked(listing.following).items()


@pytest.mark.parametrize("service", ["/module/jpage/dataproxy.jsp", "/module/jslib/jquery/jpage/dataproxy.jsp"])
def test_jpage_asks_where_the_page_says_and_as_it_says(service: str) -> None:
    call = f"<script>load('{service}?startrecord=1&endrecord=66&perpage=22&columnid=48525&unitid=98&webid=84')</script>"
    following = read("hanweb-jpage", COLUMN, call).following
    assert following is not None
    assert urlsplit(following.url).path == service
    assert asked(following) == {
        "columnid": "48525",
        "unitid": "98",
        "webid": "84",
        "startrecord": "1",
        "endrecord": "66",
        "perpage": "22",
    }
    assert ("Referer", HOST + COLUMN) in following.headers


def test_of_two_columns_on_a_page_its_own_is_asked_for() -> None:
    other = (
        CALL.replace("48525", "74001").replace("297", "9900").replace("webid:12", "webid:12,appid:1,sourceContentType:1") % 38
    )
    following = read("hanweb-jpage", COLUMN, other + "<p>.</p>" * 40 + CALL % 100).following
    assert {"columnid": "48525", "unitid": "297"}.items() <= asked(following).items()


def test_jpage_takes_nothing_from_comments_and_survives_a_record_left_open() -> None:
    text = f"<datastore><recordset><!-- {record(9)} -->{record(1)}<record><![CDATA[<li><div><a href='/art/x'>{record(2)}</recordset></datastore>"
    assert [url for url, _, _ in rows_of(read("hanweb-jpage", COLUMN, text + CALL % 2))] == [
        "/art/2026/3/2/art_48525_1.html",
        "/art/2026/3/3/art_48525_2.html",
    ]


def test_jpage_rows_may_be_a_tables() -> None:
    row = "<record><![CDATA[<tr><td>1</td><td><a href='/art/2024/1/2/art_1_2.html'>年度报告</a></td><td>[2024-01-02]</td></tr>]]></record>"
    assert rows_of(read("hanweb-jpage", COLUMN, f"<datastore>{row}</datastore>")) == [
        ("/art/2024/1/2/art_1_2.html", "年度报告", "2024-01-02")
    ]


@pytest.mark.parametrize(
    "answer", ["", "<datastore><recordset></recordset></datastore>", "<html><body>请稍候</body></html>", '{"a":1}']
)
def test_a_jpage_answer_without_records_is_unreadable_and_never_the_end(answer: str) -> None:
    with pytest.raises(PageUnreadable, match="expected records"):
        read("hanweb-jpage", "/module/web/jpage/dataproxy.jsp?columnid=1&startrecord=46&endrecord=90&perpage=15", answer)


def test_a_column_of_static_rows_is_read_without_a_service() -> None:
    rows = "".join(
        f'<li><a href="/art/2026/3/{day}/art_1_{day}.html">某某工作通知第{day}号</a><i>2026-03-{day:02d}</i></li>'
        for day in (9, 8, 7)
    )
    listing = read("hanweb-jpage", COLUMN, f'<div><ul>{rows}</ul><a href="index_2.html">下一页</a></div>')
    assert len(listing.entries) == 3
    assert listing.following == Ask(HOST + "/col/col48525/index_2.html")


# Hanweb JCMS

QUERY = "{'webId':'3818','pageId':'122','parseType':'bulidstatic','pageType':'column','tagId':'信息列表','tplSetId':'Lpc'}"
UNIT = (
    f'<script src="/x/unitbuild.js" url="/api-gateway/jpaas-publish-server/front/page/build/unit" queryData="{QUERY}"></script>'
)
TURNS = f'<div class="q" count="31" rows="15" pageNo="%d" unitUrl="/api-gateway/jpaas-publish-server/front/page/build/unit" queryData="{QUERY}"></div>'
SHAPES = {
    "span": '<ul>{}</ul>|<li class="clearfix"><a class="bt-left" title="{t}" href="{u}">{t}</a><span class="bt-right">{d}</span></li>',
    "plain": '<ul>{}</ul>|<li><a href="{u}" title="{t}">{t}</a><span>{d}</span></li>',
    "paragraphs": '<div>{}</div>|<p class="lb-list"><a href="{u}" title="{t}">{t}</a> <span>{d}</span></p>',
    "bold": '<ul>{}</ul>|<li><a target="_blank" href=" {u} ">{t}</a><b>{d}</b></li>',
    "table": '<table>{}</table>|<tr><td><a href="{u}" title="{t}">{t}</a></td><td>[{d}]</td></tr>',
    "far": '<ul>{}</ul>|<li><em>·</em><div><a href="{u}" title="{t}">{t}</a></div><div><p>{d}</p></div></li>',
}


def fragment(shape: str = "plain", count: int = 15) -> str:
    outer, row = SHAPES[shape].split("|")
    made = (
        row.format(u=f"/art/2026/3/{n + 1}/art_9_{n}.html", t=f"关于做好第{n}项工作的通知", d=f"2026-03-{n + 1:02d}")
        for n in range(count)
    )
    return outer.format("".join(made))


def sent(markup: str) -> str:
    return json.dumps({"success": True, "code": "200", "data": {"html": markup}})


@pytest.mark.parametrize("shape", SHAPES)
def test_a_units_rows_are_read_in_each_of_their_shapes(shape: str) -> None:
    listing = read("hanweb-jcms", "/api-gateway/x/unit?pageId=122", sent(fragment(shape) + TURNS % 1))
    assert rows_of(listing)[2] == ("/art/2026/3/3/art_9_2.html", "关于做好第2项工作的通知", "2026-03-03")
    assert (len(listing.entries), listing.pages) == (15, 3)
    assert {"pageNo": "2", "rows": "15", "paramJson": '{"pageNo":2,"pageSize":"15"}'}.items() <= asked(
        listing.following
    ).items()


def test_of_several_units_the_lists_is_asked_for() -> None:
    menu = UNIT.replace("信息列表", "主导航")
    listing = read("hanweb-jcms", COLUMN, menu + UNIT + menu)
    assert listing.entries == ()
    assert asked(listing.following)["tagId"] == "信息列表"
    assert listing.following is not None
    assert ("Referer", HOST + COLUMN) in listing.following.headers


def test_a_column_with_its_first_page_in_it_goes_on_with_the_second() -> None:
    listing = read("hanweb-jcms", COLUMN, f'<div id="信息列表">{fragment()}{TURNS % 1}</div>')
    assert len(listing.entries) == 15
    assert asked(listing.following)["pageNo"] == "2"


def test_a_small_column_has_all_its_rows_and_no_service() -> None:
    menu = UNIT.replace("信息列表", "主导航")
    listing = read("hanweb-jcms", COLUMN, menu + fragment("bold", 4))
    assert (len(listing.entries), listing.following) == (4, None)


def test_a_service_that_ignores_the_number_of_the_page_is_found_out() -> None:
    ask = asked(read("hanweb-jcms", "/api-gateway/x/unit?pageId=122", sent(fragment() + TURNS % 1)).following)
    assert ask["pageNo"] == "2"
    with pytest.raises(PageUnreadable, match="asked for page 2, found page 1"):
        families()["hanweb-jcms"].listing(parse_page(SERVICES["hanweb-jcms"], sent(fragment() + TURNS % 1)))


def test_a_service_that_says_it_failed_is_believed() -> None:
    answer = json.dumps({"success": False, "msg": "系统繁忙", "data": {"html": fragment()}})
    with pytest.raises(PageUnreadable, match="系统繁忙"):
        read("hanweb-jcms", "/api-gateway/x/unit?pageId=122", answer)


def test_the_last_page_of_a_unit_is_the_last() -> None:
    url = SERVICES["hanweb-jcms"].replace("A2", "A3")
    listing = families()["hanweb-jcms"].listing(parse_page(url, sent(fragment(count=1) + TURNS % 3)))
    assert (len(listing.entries), listing.following) == (1, None)


def test_line_ends_within_an_answers_texts_are_borne() -> None:
    answer = '{"success":true,"data":{"html":"<ul>\n\t<li><a href=\'/art/2026/3/1/art_1_1.html\'>关于某事的通知</a><b>2026-03-01</b></li>\r\n</ul>"}}'
    assert rows_of(read("hanweb-jcms", "/api-gateway/x/unit?pageId=122", answer)) == [
        ("/art/2026/3/1/art_1_1.html", "关于某事的通知", "2026-03-01")
    ]
