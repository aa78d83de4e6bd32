"""From bytes to paragraphs: the seeds' texts in every template, templates never seen, hostile and empty pages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from crawler.clean.extract import clean_page
from crawler.clean.normalise import fingerprint
from crawler.clean.text_file import clean_text_file
from spiders.failures import PageUnreadable
from tests.page_templates import (
    BODIES,
    FOOT,
    KNOWN,
    MENU,
    NOTICE,
    RELATED,
    REPORTS,
    TURN,
    UNSEEN,
    URL,
    minhang,
    nested,
    shanghai,
)


@pytest.mark.parametrize("number", sorted(REPORTS))
@pytest.mark.parametrize("template", sorted(BODIES))
@pytest.mark.parametrize("frame", [*sorted(KNOWN), *sorted(UNSEEN)])
def test_a_report_comes_out_of_every_template_paragraph_for_paragraph(number: str, template: str, frame: str) -> None:
    report = REPORTS[number]
    markup = {**KNOWN, **UNSEEN}[frame](report, BODIES[template](report))
    text = clean_page(URL, markup.encode(), None)
    assert text.body == report.body
    assert (text.title, text.published) == (report.title, report.published)
    assert text.fingerprint == fingerprint(report.title, report.body)


@pytest.mark.parametrize("number", ["000", "003"])
@pytest.mark.parametrize("frame", sorted(KNOWN))
def test_a_page_that_ends_before_its_article_is_read_to_its_end(number: str, frame: str) -> None:
    report = REPORTS[number]
    markup = KNOWN[frame](report, BODIES["p"](report)).replace("<!--EARLY-->", "</body></html>")
    assert clean_page(URL, markup.encode(), None).body == report.body


@pytest.mark.parametrize("number", ["000", "003"])
def test_a_page_in_gb18030_that_says_gb2312_is_read(number: str) -> None:
    report = REPORTS[number]
    markup = minhang(report, BODIES["p"](report)).replace("utf-8", "gb2312")
    assert clean_page(URL, markup.encode("gb18030"), None).body == report.body


def test_the_seed_of_2018_brings_its_fields_and_its_attachment() -> None:
    report = REPORTS["003"]
    text = clean_page(URL, shanghai(report, BODIES["p"](report)).encode(), "shanghai-bureaus")
    assert (text.published, text.published_from, text.source) == (date(2019, 4, 12), "title", "上海市司法局")
    assert [(link.url, link.name) for link in text.attachments] == [("https://sfj.example.gov.cn/cmsres/a/1.pdf", "2018.pdf")]


def test_counters_dates_and_related_lists_change_no_fingerprint() -> None:
    report = REPORTS["000"]
    for frame in (*KNOWN.values(), *UNSEEN.values()):
        markup = frame(report, BODIES["p"](report))
        noisy = (
            markup.replace("<i>12</i>", "<i>99999</i>")
            .replace("甲乙丙丁戊己庚辛", "另一篇报告")
            .replace("次会议。学习传达精神", "次全会")
        )
        assert clean_page(URL, markup.encode(), None) == clean_page(URL, noisy.encode(), None)


@pytest.mark.parametrize("at", [3, 4])
def test_a_box_of_links_in_mid_text_neither_ends_the_text_nor_joins_it(at: int) -> None:
    halves = NOTICE.body[:at], NOTICE.body[at:]
    box = '<div class="tj"><ul>' + "".join(f'<li><a href="/t{n}">推荐文章{n}</a></li>' for n in range(4)) + "</ul></div>"
    body = box.join("".join(f"<p>{text}</p>" for text in half) for half in halves)
    assert clean_page(URL, nested(NOTICE, body).encode(), None).body == NOTICE.body


def test_a_box_of_links_in_the_middle_of_a_long_text_is_left_out() -> None:
    report = REPORTS["003"]
    box = "<div><ul>" + "".join(f'<li><a href="/t{n}">推荐文章{n}，欢迎阅读</a></li>' for n in range(4)) + "</ul></div>"
    body = BODIES["p"](report).replace("</p>\n", f"</p>{box}\n", 40).replace(f"</p>{box}\n", "</p>\n", 39)
    assert body.count(box) == 1
    assert clean_page(URL, nested(report, body).encode(), None).body == report.body


@pytest.mark.parametrize(
    "attribute", ['id="zoom"', 'id="vsb_content_2"', 'id="UCAP-CONTENT"', 'class="a xl-nr"', 'class="TRS_Editor"']
)
def test_a_known_name_holds_even_a_body_without_prose(attribute: str) -> None:
    page = f"<title>{NOTICE.title}</title>{MENU}<div {attribute}><p>张三</p><p>李四</p></div>{RELATED}{FOOT}"
    assert clean_page(URL, page.encode(), None).body == ("张三", "李四")


@pytest.mark.parametrize(
    "text", ["作者：张三 本文共三部分，分述如下。", "时间：2024年3月1日上午", "小 结", "上篇 总论", "附件", "编辑出版工作"]
)
def test_a_line_of_text_that_resembles_a_tool_line_stays(text: str) -> None:
    body = f"<p>{text}</p><p>正文一段，完整。</p><p>{text}</p>"
    page = f'<title>{NOTICE.title}</title><div id="zoom">{body}</div>'
    assert clean_page(URL, page.encode(), None).body == (text, "正文一段，完整。", text)


@pytest.mark.parametrize(
    "markup",
    [
        '<div id="zoom">@</div>',
        '<div class="TRS_Editor"><div class="TRS_Editor">@</div></div>',
        '<div id="vsb_content_501"><div class="v_news_content">@</div></div>',
        "<ucapcontent>@</ucapcontent>",
        '<div class="ng-hide"><div id="zoom"><p>打印稿。</p>@</div></div><div id="zoom">@</div>',
        '<div id="js_content" style="visibility: hidden">@</div>',
        '<div class="article-content"><div style="display:none">旧文，勿读。</div><script>var a = "文。"</script>@</div>',
        f'<div id="zoom"><h1>{NOTICE.title}</h1><p>来源：甲 发布时间：2024-03-02</p>@<p>【打印】【关闭窗口】</p>{TURN}</div>',
        f'<div id="zoom">@<p>责任编辑：张三</p><div>相关链接</div>{MENU}</div>',
    ],
)
def test_a_body_with_a_known_name_is_read_without_its_surroundings(markup: str) -> None:
    page = f"<title>{NOTICE.title}</title>{MENU}" + markup.replace("@", BODIES["p"](NOTICE)) + FOOT
    assert clean_page(URL, page.encode(), None).body == NOTICE.body


@pytest.mark.parametrize(
    "paragraph",
    [
        "a\xa0b",
        "一\u3000二",
        "零宽\u200b字",
        "双  空格",
        "１２３",
        "<五>&《六》",
        "e\u0301",
        "\u202e反向",
        "来源：统计局。共3件",
    ],
)
def test_the_inside_of_a_paragraph_is_exact(paragraph: str) -> None:
    body = f"<p>第一段，完整。</p><p>\xa0\u3000 {escape(paragraph)} \u2003\n</p><p>最后一段，完整。</p>"
    text = clean_page(URL, f'<title>{NOTICE.title}</title><div id="zoom">{body}</div>'.encode(), None)
    assert text.body == ("第一段，完整。", paragraph, "最后一段，完整。")


@given(
    st.lists(
        st.text(alphabet="一二三，。；ab12（）\u200b", min_size=3).filter(lambda text: text.strip() == text),
        min_size=1,
        max_size=8,
    )
)
def test_paragraphs_in_a_known_body_come_out_as_they_went_in(paragraphs: list[str]) -> None:
    body = "".join(f"<p>{escape(text)}</p>" for text in ("首段为文。", *paragraphs, "末段为文。"))
    text = clean_page(URL, f'<title>{NOTICE.title}</title><div id="zoom">{body}</div>'.encode(), None)
    assert text.body == ("首段为文。", *paragraphs, "末段为文。")


def test_a_data_table_is_read_row_by_row_and_cell_by_cell() -> None:
    head = "<tr><th>指标</th><th>2023年</th><th>2024年</th></tr>"
    table = f"<table>{head}<tr><td>案件</td><td></td><td><p>31</p><p>件</p></td></tr></table>"
    text = clean_page(URL, f'<title>{NOTICE.title}</title><div id="zoom"><p>见表。</p>{table}</div>'.encode(), None)
    assert text.body == ("见表。", "指标 | 2023年 | 2024年", "案件 |  | 31 件")


def test_a_report_that_is_only_its_attachment_has_an_empty_body() -> None:
    page = f'<title>{NOTICE.title}</title><div id="zoom"><p><a href="x.pdf">全文.pdf</a></p></div>'
    text = clean_page(URL, page.encode(), None)
    assert (text.body, [link.name for link in text.attachments]) == ((), ["全文.pdf"])


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("", "no title"),
        ('<div id="zoom"><p>只有正文，没有题目。</p></div>', "no title"),
        ("<title>某报告</title>", "neither text nor attachment"),
        (f"<title>某报告</title>{MENU}{RELATED}{FOOT}", "neither text nor attachment"),
        ("<title>404</title><h2>404</h2><p>抱歉，您访问的页面不存在或已被删除。</p>", "neither text nor attachment"),
        ('<title>某报告</title><div id="zoom"></div><script>load()</script>', "neither text nor attachment"),
        ("<title>某报告</title>" + "<div>" * 400 + "<p>很深，很深。</p>", "nested deeper"),
    ],
)
def test_a_page_without_title_or_text_is_unreadable_and_never_empty_news(page: str, why: str) -> None:
    with pytest.raises(PageUnreadable, match=why):
        clean_page(URL, page.encode(), None)


def test_a_family_that_does_not_exist_is_named() -> None:
    with pytest.raises(PageUnreadable, match="no-such-family"):
        clean_page(URL, b"<title>a</title>", "no-such-family")


def test_the_seed_documents_are_read_from_their_text_files() -> None:
    first, second = REPORTS["000"], REPORTS["003"]
    assert (first.title, first.published, first.source) == (
        "2020年闵行区司法局行政工作总结",
        date(2021, 2, 18),
        "上海市闵行区司法局",
    )
    assert (second.title, second.published) == ("上海市司法局2018年法治政府建设情况报告", date(2019, 4, 12))
    assert (len(first.body), len(second.body)) == (34, 67)
    assert first.body[0].startswith("2020年,闵行区司法局")
    assert [link.name for link in second.attachments] == ["2018.pdf"]


@pytest.mark.parametrize("text", ["", "当前位置:\n只有题目", "题目\n来源：甲"])
def test_a_text_file_without_text_is_unreadable(text: str) -> None:
    with pytest.raises(PageUnreadable):
        clean_text_file("a.txt", text)
