"""Title, date and source of detail pages: which of several that disagree is believed."""

from __future__ import annotations

from datetime import date

import pytest

from spiders.metadata import Metadata, heading_of, read_metadata, shown_source
from spiders.page import parse_page

TITLE = "某市司法局2023年法治政府建设年度报告"
METAS = (
    f'<meta name="SiteName" content="某市司法局"><meta content="{TITLE}" name="ArticleTitle">'
    '<meta name="pubdate" content="2022-04-24 09:00:00"><meta name="ContentSource" content="某市网站">'
)


def read(head: str, body: str) -> Metadata:
    return read_metadata(parse_page("https://x.gov.cn/a.html", f"<html><head>{head}</head><body>{body}</body></html>"))


def published(body: str, head: str = METAS) -> tuple[str, str]:
    found = read(head, body)
    return (found.published.isoformat() if found.published else "", found.published_from)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<h1>{TITLE}</h1><div>来源：甲 发布时间：2017-05-15</div><p>正文</p>", ("2017-05-15", "label")),
        (f"<h1>{TITLE}<small>(2018-01-01)</small></h1><div>发布日期：2017-05-15</div>", ("2017-05-15", "label")),
        (f"<h1>{TITLE} <small>(2018-01-01)</small></h1><div>2017-05-15</div>", ("2018-01-01", "title")),
        (f"<h1>{TITLE}（2018年1月1日）</h1>", ("2018-01-01", "title")),
        (f"<h1>{TITLE}</h1><div>2017-05-15</div>", ("2022-04-24", "meta")),
        (f"<h1>{TITLE}</h1><div>成文日期：2017-05-15</div>", ("2022-04-24", "meta")),
        ("<table><tr><td>成文日期：</td><td>2017-05-01</td><td>发布日期：</td><td>2017-05-15</td></tr></table>"
         f"<h1>{TITLE}</h1><p>正文</p>", ("2017-05-15", "label")),
        (f"<h1>{TITLE}</h1><dl><dt>发布日期：</dt><dd>2017-05-15</dd></dl>", ("2017-05-15", "label")),
        (f"<h1>{TITLE}</h1><span>2017-\n05-\n15</span><b>发布时间：2026-\n 01-\n 23</b>", ("2026-01-23", "label")),
        (f"<div>日期：2026-03-30 星期一</div><h1>{TITLE}</h1>", ("2022-04-24", "meta")),
        (f"<ul><li><a href=/>{TITLE}</a></li></ul><div>发布时间：2015-01-01</div>" + "<p>栏目</p>" * 30
         + f"<h1>{TITLE}</h1><div>发布时间：2017-05-15</div>", ("2017-05-15", "label")),
        (f"<h1>{TITLE}</h1>" + "<p>短</p>" * 12 + "<p>发布时间：2017-05-15</p>", ("2022-04-24", "meta")),
        (f"<h1>{TITLE}</h1><p>{'本报告较长，' * 30}</p><p>发布时间：2017-05-15</p>", ("2022-04-24", "meta")),
        ("<h1>某市司法局2023年<br>法治政府建设年度报告</h1><p>发布时间：2017-05-15</p>", ("2017-05-15", "label")),
    ],
)  # fmt: skip
def test_the_printed_date_of_publication_beats_the_meta_and_every_other_date(body: str, expected: tuple[str, str]) -> None:
    assert published(body) == expected


def test_without_label_and_meta_an_unlabelled_date_near_the_title_counts() -> None:
    head = f"<title>{TITLE}_某市司法局</title>"
    assert published(f"<h1>{TITLE}</h1><div>生成日期：2017-01-01 2017-05-15 10:00</div>", head) == ("2017-05-15", "near-title")


def test_the_guidelines_own_doubled_dashes_are_read() -> None:
    head = METAS.replace("2022-04-24 09:00:00", "2017——04——12 21:37")
    assert published(f"<h1>{TITLE}</h1>", head) == ("2017-04-12", "meta")


def test_an_index_number_is_no_date() -> None:
    assert published(f"<h1>{TITLE}</h1><div>索引号：2026-02-00018</div>", f"<title>{TITLE}</title>") == ("", "")


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (METAS + "<title>别的_某市司法局</title>", "<h1>又一个</h1>", TITLE),
        (f"<title>{TITLE}_政务公开_某市司法局</title>", "<h1>某市司法局</h1>", TITLE),
        (f"<title>{TITLE}-某市司法局</title>", "", TITLE),
        (f"<title>政务公开 - {TITLE} - 某市政府</title>", "", TITLE),
        (
            f"<title>政务-{TITLE}（试行）-站</title>",
            f"<h2>政务</h2><div class='bt title'>{TITLE}（试行）</div>",
            TITLE + "（试行）",
        ),
        (METAS.replace("ArticleTitle", "x") + "<title>某市司法局</title>", f"<h1>某市司法局</h1><h2>{TITLE}</h2>", TITLE),
        (f"<title>{TITLE} (2019-04-12)</title>", f"<h2>{TITLE} <small>(2019-04-12)</small></h2>", TITLE),
        ("", f"<h2>  {TITLE[:9]}\n{TITLE[9:]} </h2>", f"{TITLE[:9]} {TITLE[9:]}"),
        ("", "<p>正文</p>", ""),
    ],
)
def test_the_title_is_the_article_s_and_not_the_site_s(head: str, body: str, title: str) -> None:
    assert read(head, body).title == title


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：上海市闵行区司法局\xa0\xa0发布时间：2021年2月18日", "上海市闵行区司法局"),
        ("来源:辽阳日报 作者:张三", "辽阳日报"),
        ("信息来源： | 某市司法局 | 浏览次数： | 3", "某市司法局"),
        ("发布时间：2021-02-18 来源：上海发布", "上海发布"),
        ("来源：某市司法局发布时间：2021-02-18", "某市司法局"),
        ("来源：Shanghai Daily　浏览：3", "Shanghai Daily"),
        ("来源： 发布时间：2021-02-18", ""),
        ("来源：", ""),
        ("资金来源于财政", ""),
    ],
)
def test_the_shown_source_ends_where_the_next_field_begins(line: str, source: str) -> None:
    assert shown_source(line) == source


def test_the_shown_source_beats_the_meta_and_the_meta_beats_nothing() -> None:
    assert read(METAS, f"<h1>{TITLE}</h1><div>来源：某市日报</div>").source == "某市日报"
    assert read(METAS, f"<h1>{TITLE}</h1><div>来源：</div>").source == "某市网站"


def test_a_page_that_says_nothing_of_itself_has_empty_fields() -> None:
    assert read("", "<p>正文。</p>") == Metadata("", None, "", "")


def test_the_heading_is_the_smallest_element_that_shows_the_title() -> None:
    page = parse_page("https://x/", f"<title>{TITLE}</title><div class='title-box'><p>栏目</p><h1>{TITLE}</h1></div>")
    heading = heading_of(page)
    assert heading is not None
    assert heading.tag == "h1"


def test_a_hidden_or_scripted_date_is_not_shown() -> None:
    body = f"<h1>{TITLE}</h1><div style='display: none'>发布时间：2011-01-01</div><script>var a='发布时间：2011-01-01'</script>"
    assert read(METAS, body).published == date(2022, 4, 24)
