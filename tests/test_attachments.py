"""Which links of a page are the report's documents, and what they are called."""

from __future__ import annotations

import pytest

from spiders.attachments import attachment_links
from spiders.page import parse_page

TITLE = "某市司法局2023年法治政府建设年度报告"
URL = "https://x.gov.cn/a/b.html"


def links(inside: str = "", beside: str = "", outside: str = "", *, with_container: bool = True) -> list[tuple[str, str]]:
    markup = (
        f"<title>{TITLE}</title><div class='nav'><a href='/nav.pdf'>指南</a></div>"
        f"<div class='article'><h1>{TITLE}</h1><div id='zoom'><p>正文。</p>{inside}</div>{beside}</div>{outside}"
        "<div class='footer'><a href='/foot.doc'>声明</a></div>"
    )
    page = parse_page(URL, f"<html><body>{markup}</body></html>")
    container = page.root.get_element_by_id("zoom") if with_container else None
    return [(link.url.removeprefix("https://x.gov.cn"), link.name) for link in attachment_links(page, container)]


@pytest.mark.parametrize(
    "extension", ["pdf", "doc", "docx", "wps", "xls", "XLSX", "et", "ofd", "zip", "rar", "ceb", "txt", "csv", "ppt", "pptx"]
)
def test_every_kind_of_document_is_known_by_its_address(extension: str) -> None:
    assert links(f"<a href='f.{extension}'>年报</a>") == [(f"/a/f.{extension}", "年报")]


@pytest.mark.parametrize(
    ("href", "said", "name"),
    [
        ("/f/2018.pdf", "2018.pdf", "2018.pdf"),
        ("/f/%E5%B9%B4%E6%8A%A5.pdf", "点击下载", "年报.pdf"),
        ("/f/a.pdf", "", "a.pdf"),
        ("/f/a.pdf", " 附件1：\n 年报 ", "附件1： 年报"),
        ("/f/a.pdf", "年\u202e报\u200b", "年 报"),
        ("/gwk/resource/file?pathname=1/2.bin&filename=年报.docx", "附件下载", "年报.docx"),
        ("/system/download.jsp?wbfileid=12", "年报.doc", "年报.doc"),
        ("/f/a.pdf#page=2", "年报", "年报"),
        ("/f/a.pdf", "长" * 500, "长" * 200),
    ],
)
def test_a_document_has_a_decent_name(href: str, said: str, name: str) -> None:
    assert [found for _, found in links(f"<a href='{href}'>{said}</a>")] == [name]


@pytest.mark.parametrize(
    "href", ["/a/1.html", "javascript:void(0)", "mailto:a@b.pdf", "file:///etc/a.pdf", "/list?x=1", "#a.pdf"]
)
def test_what_is_no_document_on_the_web_is_not_taken(href: str) -> None:
    assert links(f'<a href="{href}">年报</a>') == []


def test_each_address_counts_once_and_in_the_order_of_the_page() -> None:
    inside = "<a href='b.pdf'><img></a><a href='a.doc'>甲</a><a href='b.pdf#page=2'>乙</a><a href='b.pdf'>丙</a>"
    assert links(inside) == [("/a/b.pdf", "乙"), ("/a/a.doc", "甲")]


@pytest.mark.parametrize(
    "block",
    [
        "<div class='xgfj'><ul><li><a href='/f.pdf'>年报</a></li></ul></div>",
        "<div class='pdf-content'><iframe src='/f.pdf'></iframe></div>",
        "<p>附件：<a href='/f.pdf'>年报</a></p>",
        "<div><p>相关附件</p><div class='list'><a href='/f.pdf'>年报</a></div></div>",
        "<div class='content_attach'><a href='/f.pdf'>年报</a></div>",
    ],
)
def test_an_attachment_block_is_the_report_s_inside_and_outside_of_its_article(block: str) -> None:
    assert [url for url, _ in links(beside=block)] == ["/f.pdf"]
    assert [url for url, _ in links(outside=block)] == ["/f.pdf"]


def test_a_list_of_documents_beside_the_body_is_the_report_s_even_without_a_caption() -> None:
    assert links(beside="<ul><li><a href='/f.pdf'>年报</a></li></ul>") == [("/f.pdf", "年报")]


@pytest.mark.parametrize(
    "block",
    [
        "<div class='related'><a href='/f.pdf'>年报</a></div>",
        "<footer><p>附件：<a href='/f.pdf'>声明</a></p></footer>",
        "<ul><li><a href='/1.html'>一</a></li><li><a href='/2.html'>二</a></li><li><a href='/f.pdf'>三</a></li></ul>",
        "<div style='display:none'><a href='/f.pdf'>年报</a></div>",
    ],
)
def test_furniture_and_lists_of_articles_hold_no_attachments(block: str) -> None:
    assert links(beside=block) == []


def test_a_side_list_of_forms_outside_the_article_holds_no_attachments() -> None:
    assert links(outside="<div class='right'><h3>常用表格</h3><ul><li><a href='/f.doc'>申请表</a></li></ul></div>") == []


def test_without_a_body_the_title_tells_where_the_attachments_are() -> None:
    assert links(beside="<div class='fj'><a href='/f.pdf'>年报</a></div>", with_container=False) == [("/f.pdf", "年报")]


def test_a_page_without_body_and_title_has_no_attachments() -> None:
    assert attachment_links(parse_page(URL, "<a href='/f.pdf'>年报</a>"), None) == ()


@pytest.mark.parametrize(
    ("markup", "url", "name"),
    [
        ("<a href=\"javascript:download('/f/1.pdf')\">年报</a>", "/f/1.pdf", "年报"),
        ("<a href='#' onclick=\"window.open('f/1.docx','_blank')\">年报</a>", "/a/f/1.docx", "年报"),
        ("<span onclick='downloadFile(\"/f/1.xls\")'>统计表</span>", "/f/1.xls", "统计表"),
        ("<a href='javascript:;' data-url='/f/1.ofd'>年报</a>", "/f/1.ofd", "年报"),
        ("<li data-file='/f/1.zip'>全部材料</li>", "/f/1.zip", "全部材料"),
        ("<iframe src='/js/pdfjs/web/viewer.html?file=/f/1.pdf'></iframe>", "/f/1.pdf", "1.pdf"),
        ("<iframe src='/pdf/viewer.html?file=%2Ff%2F%E5%B9%B4%E6%8A%A5.pdf#page=1'></iframe>", "/f/年报.pdf", "年报.pdf"),
        ("<embed src='1.pdf'>", "/a/1.pdf", "1.pdf"),
        ("<object data='1.pdf' type='application/pdf'></object>", "/a/1.pdf", "1.pdf"),
        ("<a href='/zt/downloadZtbAttach.jspx?attachGuid=7f'>招标文件</a>", "/zt/downloadZtbAttach.jspx?attachGuid=7f", "招标文件"),
        ("<p>附件【<a href='/system/_content/download.jsp?urltype=tree.DownloadAttachUrl&wbfileid=3'>年报.doc</a>】</p>",
         "/system/_content/download.jsp?urltype=tree.DownloadAttachUrl&wbfileid=3", "年报.doc"),
        ("<a href='/download?id=3'>年报（扫描件）.pdf</a>", "/download?id=3", "年报（扫描件）.pdf"),
    ],
)  # fmt: skip
def test_a_document_is_found_wherever_its_address_can_be_read(markup: str, url: str, name: str) -> None:
    assert links(markup) == [(url, name)]


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='javascript:void(0)' onclick='closeWindow()'>关闭</a>",
        "<a href='#' onclick=\"window.open('/a/2.html')\">下一篇</a>",
        "<img src='/pic/1.jpg'><img data-src='/pic/2.png'>",
        "<iframe src='/js/pdfjs/web/viewer.html?file=/f/1.html'></iframe>",
        "<a href='/about/download'>下载中心</a>",
        "<a href=\"javascript:download('" + "a" * 5000 + ".pdf')\">年报</a>",
        "<a href=\"javascript:download('file:///etc/passwd.txt')\">年报</a>",
    ],
)
def test_what_leads_to_no_document_is_no_attachment(markup: str) -> None:
    assert links(markup) == []


@pytest.mark.parametrize("frame", ["<iframe src='/f.pdf'></iframe>", "<embed src='/f.pdf'>", "<object data='/f.pdf'></object>"])
def test_a_document_that_the_page_shows_is_its_own_wherever_it_stands(frame: str) -> None:
    assert links(outside=f"<div><div>{frame}</div></div>") == [("/f.pdf", "f.pdf")]
    assert links(outside=f"<div class='related'>{frame}</div>") == [("/f.pdf", "f.pdf")]
    assert links(outside=f"<div style='display:none'>{frame}</div>") == []


def test_a_hot_list_that_holds_documents_beside_the_article_is_not_the_report_s() -> None:
    rows = "".join(f"<li><a href='/hot/{n}.{kind}'>热点{n}</a></li>" for n, kind in enumerate(("pdf", "html", "html", "html")))
    assert links(outside=f"<div class='q'><h3>热点</h3><ul>{rows}</ul></div>", inside="<a href='f.pdf'>年报</a>") == [
        ("/a/f.pdf", "年报")
    ]
