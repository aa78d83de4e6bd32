"""Bodies on templates that no rule knows: composed of furniture without telling names, and of names that lie.

A rotating sample of the matrix runs always; BUREAUWATCH_BODIES=all runs every text in every setting on every template.
"""

from __future__ import annotations

import os

import pytest

from benchmarks.frames import COMPOSED, FRAMES, Manuscript, framed
from benchmarks.manuscripts import manuscripts
from benchmarks.scores import score
from crawler.clean.extract import clean_page
from spiders.failures import PageUnreadable

URL = "https://sfj.example.gov.cn/a/20190412/1.html"
ALL = manuscripts()
EACH = 1 if os.environ.get("BUREAUWATCH_BODIES") == "all" else 25  # every so many manuscripts, another start on each template


def body_of(number: int, manuscript: Manuscript) -> tuple[str, ...]:
    try:
        text = clean_page(URL, framed(number, manuscript).encode(), None)
    except PageUnreadable:
        assert not manuscript.paragraphs
        assert not manuscript.attachments or manuscript.name == "pictures-only"  # only where the page shows a title and a date
        return ()
    assert [link.url.removeprefix("https://sfj.example.gov.cn") for link in text.attachments] == [*manuscript.attachments]
    return text.body


@pytest.mark.parametrize("number", range(FRAMES))
def test_a_body_is_read_whole_and_alone_from_a_template_never_seen(number: int) -> None:
    for manuscript in ALL[number % EACH :: EACH]:
        scored = score(body_of(number, manuscript), manuscript.paragraphs)
        assert (manuscript.name, scored.f1 >= 0.98, scored.exact) == (manuscript.name, True, True)


@pytest.mark.parametrize("number", [0, 1, 6, 7, COMPOSED, COMPOSED + 13])
def test_a_page_without_the_report_s_text_brings_none_of_the_furniture(number: int) -> None:
    empty = Manuscript(
        "pdf", "某市司法局2022年度报告", "2023-03-31", "某市司法局", (), "<p><embed src='/f/n.pdf'></p>", ("/f/n.pdf",)
    )
    assert body_of(number, empty) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "免责声明的效力，依照本办法执行。",
        "满意度调查由第三方开展。",
        "本网站公布的名单每季更新一次。",
        "转载本通知须注明来源。",
        "群众可以扫一扫二维码申请。",
    ],
)
def test_a_paragraph_that_reads_like_furniture_stays_between_its_neighbours(sentence: str) -> None:
    paragraphs = ("各区司法局：", "现将有关事项通知如下。", sentence, "请认真贯彻执行，确保落实到位。")
    markup = "".join(f"<p>{text}</p>" for text in paragraphs)
    manuscript = Manuscript("t", "关于做好有关工作的通知", "2024-01-02", "某市司法局", paragraphs, markup)
    for number in (0, 1, 4, 5, COMPOSED + 8):
        assert body_of(number, manuscript) == paragraphs


def test_lines_typed_in_pre_are_lines() -> None:
    page = "<title>通知</title><div id='zoom'><pre>第一段，完整。\n  第二段。<b>粗\n第三</b>段。</pre></div>"
    assert clean_page(URL, page.encode(), None).body == ("第一段，完整。", "第二段。粗", "第三段。")


def test_a_row_of_columns_is_no_row_of_a_table() -> None:
    menu = "<a href='/1'>首页</a><br><a href='/2'>机构</a><br><a href='/3'>法规</a>"
    page = f"<title>通知全文</title><table><tr><td>{menu}</td><td><b>通知全文</b><br>2024-01-02<hr>甲乙丙丁，戊己庚辛。<br>某局</td></tr></table>"
    assert clean_page(URL, page.encode(), None).body == ("甲乙丙丁，戊己庚辛。", "某局")


def test_a_merged_cell_keeps_its_row() -> None:
    table = "<table><tr><td rowspan=2>合计</td><td>一</td><td>1</td></tr><tr><td>二</td><td>2</td></tr><tr><td colspan=3>注：无。</td></tr></table>"
    page = f"<title>通知</title><div id='zoom'><p>见下表。</p>{table}</div>"
    assert clean_page(URL, page.encode(), None).body == ("见下表。", "合计 | 一 | 1", "二 | 2", "注：无。")
