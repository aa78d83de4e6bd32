"""The demo's pages: whole texts in every template, and the shapes that the readers agreed on."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.demo import state as moves
from crawler.demo.bodies import BodyTemplate, body_markup
from crawler.demo.control import is_loopback
from crawler.demo.documents import MINHANG, MINHANG_SEED, SHANGHAI, SHANGHAI_SEED, Document, manuscripts, with_words_changed
from crawler.demo.pdf import pdf_of
from crawler.demo.site import ReplicaSite
from crawler.demo.state import opening_state
from spiders.page import read_page
from tests.asking import get
from tests.replica_reading import body_text, rows, squeezed

BOTH_SEEDS = pytest.mark.parametrize("report", [SHANGHAI_SEED, MINHANG_SEED])
BODY_OF = {SHANGHAI: "#ivs_content", MINHANG: "#zoom"}


@pytest.fixture
def site() -> Iterator[ReplicaSite]:
    with ReplicaSite() as replica:
        yield replica


def test_the_seed_reports_are_read_from_their_files_whole() -> None:
    shanghai, minhang = (text.document for text in manuscripts()[:2])
    assert (shanghai.title, shanghai.published, shanghai.source, shanghai.attachment_names) == (
        "上海市司法局2018年法治政府建设情况报告",
        date(2019, 4, 12),
        "上海市司法局",
        ("2018.pdf",),
    )
    assert (minhang.title, minhang.published, minhang.source) == (
        "2020年闵行区司法局行政工作总结",
        date(2021, 2, 18),
        "上海市闵行区司法局",
    )
    assert (len(shanghai.body), len(minhang.body)) == (67, 34)
    assert shanghai.body[0].startswith("2018年,市司法局在市委")
    assert shanghai.body[-1].endswith("品牌知名度。")
    assert minhang.body[0].startswith("2020年,闵行区司法局紧紧围绕")
    assert minhang.body[-1].endswith("一等奖。")
    assert all(paragraph == paragraph.strip() for text in manuscripts() for paragraph in text.document.body)


def test_an_edit_must_name_words_that_stand_once() -> None:
    document = manuscripts()[1].document
    edited = with_words_changed(document, "行政复议案件226件", "行政复议案件236件")
    assert squeezed(edited) == squeezed(document).replace("新收行政复议案件226件", "新收行政复议案件236件")
    for words in ("没有这样的话", "全面依法治区", ""):
        with pytest.raises(ValueError, match="choose words that stand there once"):
            with_words_changed(document, words, "x")


@pytest.mark.parametrize("template", list(BodyTemplate))
@BOTH_SEEDS
def test_a_reports_page_holds_its_whole_text_in_every_template(site: ReplicaSite, report: str, template: BodyTemplate) -> None:
    site.set_template(template)
    assert body_text(site, report) == squeezed(site.document(report))


@given(st.lists(st.text("一、<>&\"'{}%.,2aÉ件 ", min_size=1), max_size=5), st.sampled_from(BodyTemplate), st.integers())
def test_any_text_survives_any_template(paragraphs: list[str], template: BodyTemplate, seed: int) -> None:
    markup = body_markup(paragraphs, template, random.Random(seed))
    shown = read_page("http://x/", f"<html><body><div id=b>{markup}</div></body></html>".encode()).root
    assert "".join(shown.cssselect("#b")[0].text_content().split()) == "".join("".join(paragraphs).split())


def test_the_templates_are_really_different_and_do_what_their_names_say(site: ReplicaSite) -> None:
    pages = {}
    for template in BodyTemplate:
        site.set_template(template)
        pages[template] = get(site.address_of(MINHANG_SEED))
    gbk = pages.pop(BodyTemplate.GBK)
    assert gbk.headers["Content-Type"] == "text/html; charset=gb2312"
    assert b'<meta charset="gb2312">' in gbk.body
    assert "2020年,闵行区司法局" in gbk.body.decode("gb18030")
    early = pages[BodyTemplate.EARLY_END].text
    assert early.index("</html>") < early.index("content_title") < early.rindex("</html>")
    assert '<span lang="EN-US" style="font-size:16.0pt">226</span>' in pages[BodyTemplate.SPAN].text
    marks = {"br": "<br><br>", "div": "</div>\n<div>", "table": "<td>\n<p>", "section": "<section><div><p>"}
    for name, mark in marks.items():
        assert [template.value for template, page in pages.items() if mark in page.text] == [name]


def test_the_shanghai_pages_have_the_shape_agreed_with_its_reader(site: ReplicaSite) -> None:
    page = read_page("http://x/", get(site.listing_url(SHANGHAI)).body)
    assert site.listing_url(SHANGHAI).endswith("/jggk_fzfjsqkbg/index.html")
    assert site.listing_url(SHANGHAI, 2).endswith("/index_2.html")
    first, *_others = page.root.cssselect("ul.pageList.nowrapli > li")
    assert first.cssselect("a")[0].text_content().endswith("…")
    assert "重大执法决定" in first.cssselect("a")[0].get("title")
    assert first.cssselect("span.time")[0].text_content() == "2019-12-18"
    assert "totalPage:2,currentPage:1" in page.text
    assert not page.root.cssselect(".pagination a")
    assert re.search(r"/jggk_fzfjsqkbg/20210305/[0-9a-f]{32}\.html$", site.address_of(SHANGHAI_SEED))
    detail = read_page("http://x/", get(site.address_of(SHANGHAI_SEED)).body).root
    assert detail.cssselect(".Article_title small")[0].text_content() == "(2019-04-12)"
    assert detail.xpath("//meta[@name='PubDate']/@content") == ["2021-03-05 10:37"]
    assert [link.text_content() for link in detail.cssselect(".xgfj a")] == ["2018.pdf"]


def test_the_minhang_list_is_empty_until_its_script_runs_unless_served_statically(site: ReplicaSite) -> None:
    assert site.listing_url(MINHANG).endswith("/mh-xxgk-cms/website/mh_xxgk/xxgk_sfj_ghjh_gl/List/list_0.htm")
    assert rows(site, MINHANG) == []
    assert "下一页" not in get(site.listing_url(MINHANG)).text
    site.serve_static(on=True)
    assert len(rows(site, MINHANG)) == 5
    assert '<a href="list_1.htm">下一页</a>' in get(site.listing_url(MINHANG)).text
    assert "下一页" not in get(site.listing_url(MINHANG, 2)).text
    assert site.address_of(MINHANG_SEED).endswith("/content/D6892AC9-3697-11ED-AF87-9DDF1A16E7CE.htm")
    assert "来源：上海市闵行区司法局&nbsp;&nbsp;发布时间：2021年2月18日" in get(site.address_of(MINHANG_SEED)).text


@given(st.lists(st.text(max_size=80), max_size=8))
def test_a_pdf_finds_each_of_its_objects_where_its_table_says(lines: list[str]) -> None:
    file = pdf_of([line.encode("utf-8", "replace").decode() for line in lines])
    table = int(re.findall(rb"startxref\n(\d+)\n%%EOF\n$", file)[0])
    assert file[table : table + 5] == b"xref\n"
    offsets = [int(row) for row in re.findall(rb"^(\d{10}) 00000 n $", file[table:], re.MULTILINE)]
    assert len(offsets) == 8
    assert all(file[at:].startswith(b"%d 0 obj\n" % n) for n, at in enumerate(offsets, start=1))
    for length, content in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", file, re.DOTALL):
        assert int(length) == len(content)


def test_a_pdfs_text_is_the_text_that_was_given() -> None:
    file = pdf_of(["上海市司法局2018年", "226件", "𠀀"])
    shown = [bytes.fromhex(code.decode()).decode("utf-16-be") for code in re.findall(rb"<([0-9A-F]*)> Tj", file)]
    assert shown == ["上海市司法局2018年", "226件", "\ufffd"]
    many = pdf_of(["".join(map(chr, range(0x4E00, 0x4E00 + 250)))])
    assert [int(count) for count in re.findall(rb"(\d+) beginbfchar", many)] == [100, 100, 50]  # 100 is the most allowed
    with pytest.raises(ValueError, match="do not fit on one page"):
        pdf_of(["行"] * 41)


def test_a_document_of_ones_own_is_escaped_wherever_it_is_shown(site: ReplicaSite) -> None:
    title = '<script>alert(1)</script>--><b title="'
    hostile = Document(title, date(2022, 1, 1), "<i>x", ("<b>粗</b>&amp;{{ 7777*7777 }}",), ('"><x>.pdf',))
    for bureau in (SHANGHAI, MINHANG):
        site.add(bureau, f"hostile-{bureau}", hostile)
        site.publish(f"hostile-{bureau}")
    site.serve_static(on=True)
    for bureau in (SHANGHAI, MINHANG):
        for url in (site.listing_url(bureau), site.address_of(f"hostile-{bureau}"), site.url_of(bureau) + "/"):
            assert not any(bad in get(url).text for bad in ("<script>alert", "--><b", "<i>x", "<b>粗", "<x>", "60481729"))
        page = read_page("http://x/", get(site.address_of(f"hostile-{bureau}")).body).root
        assert page.cssselect(BODY_OF[bureau])[0].text_content().strip() == "<b>粗</b>&amp;{{ 7777*7777 }}"


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        ("192.168.0.7", False),
        ("0.0.0.0", False),
        ("example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_only_a_loopback_address_counts_as_this_machine(*, host: str | None, own: bool) -> None:
    assert is_loopback(host) is own


SLUGS = [posting.slug for posting in opening_state(SHANGHAI).listed]


@given(st.sampled_from(SLUGS), st.integers(min_value=0, max_value=20))
def test_moving_down_keeps_every_report_and_the_order_of_the_others(slug: str, places: int) -> None:
    before = opening_state(SHANGHAI)
    after = moves.moved_down(before, slug, places)
    ranks = [posting.slug for posting in after.listed]
    assert [other for other in ranks if other != slug] == [other for other in SLUGS if other != slug]
    assert ranks.index(slug) == min(SLUGS.index(slug) + places, len(SLUGS) - 1)
    assert set(after.postings) == set(before.postings)


@given(st.sampled_from(SLUGS))
def test_restoring_undoes_withdrawing_and_unlisting(slug: str) -> None:
    before = opening_state(SHANGHAI)
    assert moves.restored(moves.withdrawn(before, slug), slug) == before == moves.restored(moves.unlisted(before, slug), slug)
