from __future__ import annotations

import json
import os
import random
import re
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.async_api import async_playwright

from crawler.capture.find_browser import CURE, find_browser
from crawler.demo import state as moves
from crawler.demo.bodies import BodyTemplate, body_markup
from crawler.demo.control import is_loopback, read_order
from crawler.demo.documents import MINHANG, MINHANG_SEED, SHANGHAI, SHANGHAI_SEED, Document, manuscripts, with_words_changed
from crawler.demo.pdf import pdf_of
from crawler.demo.site import ReplicaSite
from crawler.demo.state import ReplicaError, Standing, opening_state
from seeds.load import load
from spiders.page import read_page

BOTH_SEEDS = pytest.mark.parametrize("report", [SHANGHAI_SEED, MINHANG_SEED])
BODY_OF = {SHANGHAI: "#ivs_content", MINHANG: "#zoom"}


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@pytest.fixture
def site() -> Iterator[ReplicaSite]:
    with ReplicaSite() as replica:
        yield replica


def get(url: str, order: dict[str, Any] | None = None, **headers: str) -> Got:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = None if order is None else json.dumps(order).encode()
    asked = urllib.request.Request(url, content, {**({"Content-Type": "application/json"} if order else {}), **named})
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return Got(answer.status, dict(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Got(error.code, dict(error.headers), error.read())


def rows(site: ReplicaSite, bureau: str, page: int = 1) -> list[str]:
    shown = read_page("http://x/", get(site.listing_url(bureau, page)).body).root
    return [link.get("href") for link in shown.cssselect("ul.pageList li a, ul.xxgk_list li a")]


def body_text(site: ReplicaSite, report: str) -> str:
    page = read_page(site.address_of(report), get(site.address_of(report)).body)
    return "".join(page.root.cssselect("#ivs_content, #zoom")[0].text_content().split())


def squeezed(document: Document) -> str:
    return "".join("".join(document.body).split())


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
    assert shanghai.body[0].startswith("2018年,市司法局在市委") and shanghai.body[-1].endswith("品牌知名度。")
    assert minhang.body[0].startswith("2020年,闵行区司法局紧紧围绕") and minhang.body[-1].endswith("一等奖。")
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
    assert b'<meta charset="gb2312">' in gbk.body and "2020年,闵行区司法局" in gbk.body.decode("gb18030")
    early = pages[BodyTemplate.EARLY_END].text
    assert early.index("</html>") < early.index("content_title") < early.rindex("</html>")
    assert '<span lang="EN-US" style="font-size:16.0pt">226</span>' in pages[BodyTemplate.SPAN].text
    for template, tag in {"br": "<br><br>", "div": "<div>", "table": "<td>\n<p>", "section": "<section><div><p>"}.items():
        assert [other.value for other, page in pages.items() if tag in page.text.split('"zoom"')[1].split("turn")[0]].count(
            template
        )


def test_lists_go_on_over_two_pages_then_three_when_something_is_published(site: ReplicaSite) -> None:
    site.serve_static(True)
    for bureau, draft in ((SHANGHAI, "shanghai-2019"), (MINHANG, "minhang-2021")):
        before = rows(site, bureau) + rows(site, bureau, 2)
        assert (len(before), len(set(before))) == (10, 10)
        assert get(site.listing_url(bureau, 3)).status == 404 and get(site.address_of(draft)).status == 404
        site.publish(draft)
        assert rows(site, bureau)[0] in site.address_of(draft)
        assert rows(site, bureau)[1:] + rows(site, bureau, 2) + rows(site, bureau, 3) == before
        assert body_text(site, draft) == squeezed(site.document(draft))


def test_the_shanghai_pages_have_the_shape_agreed_with_its_reader(site: ReplicaSite) -> None:
    page = read_page("http://x/", get(site.listing_url(SHANGHAI)).body)
    assert site.listing_url(SHANGHAI).endswith("/jggk_fzfjsqkbg/index.html")
    assert site.listing_url(SHANGHAI, 2).endswith("/index_2.html")
    first, *_others = page.root.cssselect("ul.pageList.nowrapli > li")
    assert first.cssselect("a")[0].text_content().endswith("…") and "重大执法决定" in first.cssselect("a")[0].get("title")
    assert first.cssselect("span.time")[0].text_content() == "2019-12-18"
    assert "totalPage:2,currentPage:1" in page.text and not page.root.cssselect(".pagination a")
    assert re.search(r"/jggk_fzfjsqkbg/20210305/[0-9a-f]{32}\.html$", site.address_of(SHANGHAI_SEED))
    detail = read_page("http://x/", get(site.address_of(SHANGHAI_SEED)).body).root
    assert detail.cssselect(".Article_title small")[0].text_content() == "(2019-04-12)"
    assert detail.xpath("//meta[@name='PubDate']/@content") == ["2021-03-05 10:37"]
    assert [link.text_content() for link in detail.cssselect(".xgfj a")] == ["2018.pdf"]


def test_the_minhang_list_is_empty_until_its_script_runs_unless_served_statically(site: ReplicaSite) -> None:
    assert site.listing_url(MINHANG).endswith("/mh-xxgk-cms/website/mh_xxgk/xxgk_sfj_ghjh_gl/List/list_0.htm")
    assert rows(site, MINHANG) == [] and "下一页" not in get(site.listing_url(MINHANG)).text
    site.serve_static(True)
    assert len(rows(site, MINHANG)) == 5 and '<a href="list_1.htm">下一页</a>' in get(site.listing_url(MINHANG)).text
    assert "下一页" not in get(site.listing_url(MINHANG, 2)).text
    assert site.address_of(MINHANG_SEED).endswith("/content/D6892AC9-3697-11ED-AF87-9DDF1A16E7CE.htm")
    assert "来源：上海市闵行区司法局&nbsp;&nbsp;发布时间：2021年2月18日" in get(site.address_of(MINHANG_SEED)).text


async def test_chromium_builds_the_minhang_list_and_passes_a_challenge_that_a_script_can_pass(site: ReplicaSite) -> None:
    chromium = find_browser()
    assert chromium, CURE
    site.fail(site.listing_url(MINHANG), "challenge-once")
    async with async_playwright() as playwright:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = await playwright.chromium.launch(executable_path=chromium, args=options)
        page = await browser.new_page()
        first = await page.goto(site.listing_url(MINHANG))
        assert first is not None and first.status == 412
        await page.wait_for_selector("ul.xxgk_list li", timeout=30_000)
        titles = await page.eval_on_selector_all("ul.xxgk_list li a", "links => links.map(link => link.title)")
        dates = await page.eval_on_selector_all("ul.xxgk_list li span", "dates => dates.map(date => date.textContent)")
        onward = await page.get_attribute(".page a", "href")
        await browser.close()
    listed = site.state_of(MINHANG).rows(1)
    assert titles == [posting.document.title for posting in listed]
    assert dates == [posting.document.published.isoformat() for posting in listed]
    assert onward == "list_1.htm"


def test_noise_changes_at_every_visit_while_the_article_stays(site: ReplicaSite) -> None:
    visits = [get(site.address_of(SHANGHAI_SEED)).text for _ in range(3)]
    assert len(set(visits)) == 3
    counters = [int(re.findall(r'id="visits">(\d+)', page)[0]) for page in visits]
    assert counters[0] < counters[1] < counters[2]
    assert len({page.split("相关链接")[1] for page in visits}) == 3
    assert body_text(site, SHANGHAI_SEED) == body_text(site, SHANGHAI_SEED)
    site.reseed_noise(99)
    again = int(re.findall(r'id="visits">(\d+)', get(site.address_of(SHANGHAI_SEED)).text)[0])
    assert abs(again - counters[0]) > 100


def test_the_same_seed_visit_and_day_give_the_same_page_and_another_day_another() -> None:
    def first_page(day: int) -> bytes:
        with ReplicaSite(seed=7, clock=lambda: datetime(2026, 3, day, tzinfo=ZoneInfo("Asia/Shanghai"))) as replica:
            port = replica.host_port(SHANGHAI).encode()
            return get(replica.address_of(SHANGHAI_SEED)).body.replace(port, b"")

    assert first_page(1) == first_page(1) != first_page(2)
    assert "2026年3月1日 星期日" in first_page(1).decode()


def test_a_steady_site_repeats_its_bytes_and_answers_304(site: ReplicaSite) -> None:
    url = site.address_of(MINHANG_SEED)
    assert "ETag" not in get(url).headers
    site.steady(True)
    first, second = get(url), get(url)
    assert first.body == second.body
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert [get(url, If_None_Match=tag).status, get(url, If_Modified_Since=modified).status] == [304, 304]
    assert get(url, If_None_Match=tag).body == b""
    site.revise(MINHANG_SEED, "行政复议案件226件", "行政复议案件236件")
    assert get(url, If_None_Match=tag).status == 200


def test_an_attachment_is_a_pdf_that_answers_304_until_its_bytes_change(site: ReplicaSite) -> None:
    url = site.attachment_address(SHANGHAI_SEED, "2018.pdf")
    assert re.search(r"/cmsres/[0-9a-f]{2}/[0-9a-f]{32}/[0-9a-f]{32}\.pdf$", url)
    assert url.removeprefix(site.url_of(SHANGHAI)) in get(site.address_of(SHANGHAI_SEED)).text
    first = get(url)
    assert (first.headers["Content-Type"], first.body[:5]) == ("application/pdf", b"%PDF-")
    assert get(url, If_None_Match=first.headers["ETag"]).status == 304
    site.change_attachments(SHANGHAI_SEED)
    assert get(url, If_None_Match=first.headers["ETag"]).body not in {b"", first.body}
    site.withdraw(SHANGHAI_SEED)
    assert get(url).status == 404
    minhang = get(site.attachment_address("minhang-bawu-pufa", "征求意见稿.pdf"))
    assert minhang.body.startswith(b"%PDF-")


@given(st.lists(st.text(max_size=80), max_size=8))
def test_a_pdf_finds_each_of_its_objects_where_its_table_says(lines: list[str]) -> None:
    file = pdf_of([line.encode("utf-8", "replace").decode() for line in lines])
    table = int(re.findall(rb"startxref\n(\d+)\n%%EOF\n$", file)[0])
    assert file[table : table + 5] == b"xref\n"
    offsets = [int(row) for row in re.findall(rb"^(\d{10}) 00000 n $", file[table:], re.MULTILINE)]
    assert len(offsets) == 8 and all(file[at:].startswith(b"%d 0 obj\n" % n) for n, at in enumerate(offsets, start=1))
    for length, content in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", file, re.DOTALL):
        assert int(length) == len(content)


def test_a_pdfs_text_is_the_text_that_was_given() -> None:
    file = pdf_of(["上海市司法局2018年", "226件", "𠀀"])
    shown = [bytes.fromhex(code.decode()).decode("utf-16-be") for code in re.findall(rb"<([0-9A-F]*)> Tj", file)]
    assert shown == ["上海市司法局2018年", "226件", "\ufffd"]
    with pytest.raises(ValueError, match="do not fit on one page"):
        pdf_of(["行"] * 41)


def test_withdrawing_takes_row_and_page_away_and_restoring_brings_both_back(site: ReplicaSite) -> None:
    before = rows(site, SHANGHAI)
    address = site.address_of(SHANGHAI_SEED)
    site.withdraw(SHANGHAI_SEED)
    gone = get(address)
    assert gone.status == 404 and "不存在或已被删除" in gone.text
    assert not any(row in address for row in rows(site, SHANGHAI) + rows(site, SHANGHAI, 2))
    site.restore(SHANGHAI_SEED)
    assert get(address).status == 200 and rows(site, SHANGHAI) == before


def test_moving_down_changes_places_and_nothing_else(site: ReplicaSite) -> None:
    before = rows(site, SHANGHAI) + rows(site, SHANGHAI, 2)
    site.move_down(SHANGHAI_SEED)
    first, second = rows(site, SHANGHAI), rows(site, SHANGHAI, 2)
    mine = next(row for row in before if row in site.address_of(SHANGHAI_SEED))
    assert mine not in first and second.index(mine) == 2
    assert [row for row in first + second if row != mine] == [row for row in before if row != mine]


def test_unlisting_keeps_the_page_and_readdressing_moves_it(site: ReplicaSite) -> None:
    old = site.address_of(SHANGHAI_SEED)
    site.unlist(SHANGHAI_SEED)
    assert get(old).status == 200 and not any(row in old for row in rows(site, SHANGHAI))
    site.restore(SHANGHAI_SEED)
    site.readdress(SHANGHAI_SEED)
    new = site.address_of(SHANGHAI_SEED)
    assert (get(old).status, get(new).status) == (404, 200)
    assert any(row in new for row in rows(site, SHANGHAI))


def test_a_document_of_ones_own_is_escaped_wherever_it_is_shown(site: ReplicaSite) -> None:
    title = '<script>alert(1)</script>--><b title="'
    hostile = Document(title, date(2022, 1, 1), "<i>x", ("<b>粗</b>&amp;{{ 7*7 }}",), ('"><x>.pdf',))
    for bureau in (SHANGHAI, MINHANG):
        site.add(bureau, f"hostile-{bureau}", hostile)
        site.publish(f"hostile-{bureau}")
    site.serve_static(True)
    for bureau in (SHANGHAI, MINHANG):
        for url in (site.listing_url(bureau), site.address_of(f"hostile-{bureau}"), site.url_of(bureau) + "/"):
            assert not any(bad in get(url).text for bad in ("<script>alert", "--><b", "<i>x", "<b>粗", "<x>", "49</"))
        page = read_page("http://x/", get(site.address_of(f"hostile-{bureau}")).body).root
        assert page.cssselect(BODY_OF[bureau])[0].text_content().strip() == "<b>粗</b>&amp;{{ 7*7 }}"


def test_what_makes_no_sense_is_refused_with_its_cure_and_changes_nothing(site: ReplicaSite) -> None:
    before = [site.state_of(bureau) for bureau in (SHANGHAI, MINHANG)]
    for wrong, cure in [
        (lambda: site.publish("nothing"), "there are shanghai-"),
        (lambda: site.publish(SHANGHAI_SEED), "not a draft"),
        (lambda: site.restore("shanghai-2019"), "publish"),
        (lambda: site.move_down("shanghai-2019"), "no row"),
        (lambda: site.revise(SHANGHAI_SEED, "没有", "x"), "stand there once"),
        (lambda: site.change_attachments(MINHANG_SEED), "no attachment"),
        (lambda: site.set_template("h1"), "early-end"),
        (lambda: site.add(MINHANG, SHANGHAI_SEED, site.document(SHANGHAI_SEED)), "another slug"),
        (lambda: site.url_of("beijing"), "shanghai-replica"),
        (lambda: site.fail("http://example.org/", "drop"), "not on this replica"),
        (lambda: site.fail("*", "explode"), "there are status:N"),
        (lambda: site.fail("*", "status:200"), "error status"),
        (lambda: site.fail("*", "drop:3"), "there are status:N"),
    ]:
        with pytest.raises(ReplicaError, match=cure):
            wrong()  # type: ignore[no-untyped-call]  a table of lambdas
    assert [site.state_of(bureau) for bureau in (SHANGHAI, MINHANG)] == before


def test_the_control_endpoint_does_what_the_methods_do_and_tells_the_state(site: ReplicaSite) -> None:
    control = site.url_of(MINHANG) + "/__control"
    told = json.loads(get(control, {"verb": "withdraw", "report": SHANGHAI_SEED}).text)
    assert told[SHANGHAI]["reports"][SHANGHAI_SEED]["standing"] == "withdrawn"
    assert get(site.address_of(SHANGHAI_SEED)).status == 404
    assert get(control, {"verb": "fail", "where": SHANGHAI, "fault": "status:503"}).status == 200
    assert get(site.listing_url(SHANGHAI)).status == 503
    assert get(control, {"verb": "take_down", "bureau": SHANGHAI}).status == 200
    with pytest.raises(urllib.error.URLError, match="refused"):
        get(site.listing_url(SHANGHAI))
    get(control, {"verb": "bring_up", "bureau": SHANGHAI})
    reset = json.loads(get(control, {"verb": "reset"}).text)
    assert reset[SHANGHAI]["reports"][SHANGHAI_SEED] == {"standing": "listed", "url": site.address_of(SHANGHAI_SEED)}
    assert get(site.listing_url(SHANGHAI)).status == 200
    assert json.loads(get(control).text) == reset


def test_the_control_endpoint_refuses_strangers_web_pages_and_nonsense(site: ReplicaSite) -> None:
    control = site.url_of(SHANGHAI) + "/__control"
    order = {"verb": "withdraw", "report": SHANGHAI_SEED}
    assert get(control, order, Host="evil.example").status == 403
    assert get(control, order, Content_Type="text/plain").status == 400
    for nonsense in ({"verb": "describe"}, {"verb": "_opening"}, {"verb": "withdraw"}, {**order, "x": 1}, [1]):
        assert get(control, nonsense).status == 400  # type: ignore[arg-type]  nonsense is the point
    assert get(control, {"verb": "move_down", "report": SHANGHAI_SEED, "places": True}).status == 400
    with pytest.raises(ReplicaError, match="not JSON"):
        read_order("[" * 100_000)
    assert site.state_of(SHANGHAI).posting(SHANGHAI_SEED).standing is Standing.LISTED


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
def test_only_a_loopback_address_counts_as_this_machine(host: str | None, own: bool) -> None:
    assert is_loopback(host) is own


def test_requests_are_logged_with_method_path_time_and_headers(site: ReplicaSite) -> None:
    get(site.url_of(SHANGHAI) + "/robots.txt", User_Agent="watcher/1")
    get(site.listing_url(SHANGHAI) + "?x=1")
    first, second = site.requests(SHANGHAI)
    assert (first.method, first.path, first.headers["User-Agent"]) == ("GET", "/robots.txt", "watcher/1")
    assert second.path.endswith("/index.html?x=1") and first.at_s <= second.at_s
    assert site.requests(MINHANG) == ()
    assert get(site.url_of(SHANGHAI) + "/robots.txt").text == "User-agent: *\nAllow: /\n"


def test_the_seed_file_of_the_replica_is_accepted_by_the_products_own_reader(site: ReplicaSite, tmp_path: Path) -> None:
    path = tmp_path / "replica.toml"
    path.write_text(site.seeds(), encoding="utf-8")
    shanghai, minhang = load([path], bundled=False)
    assert (shanghai.id, minhang.id, minhang.region) == (SHANGHAI, MINHANG, "上海市/闵行区")
    for bureau in (shanghai, minhang):
        (watch,) = bureau.watch
        assert (watch.listing_url, watch.family, watch.render) == (site.listing_url(bureau.id), None, "auto")
        assert (bureau.home_url, get(bureau.home_url).status) == (site.url_of(bureau.id) + "/", 200)
    assert [set(block) for block in tomllib.loads(site.seeds())["bureau"]] == [
        {"id", "name", "region", "level", "home_url", "watch"}
    ] * 2


def test_a_stopped_site_starts_again_on_the_same_ports() -> None:
    replica = ReplicaSite().start()
    address = replica.listing_url(SHANGHAI)
    replica.stop()
    with pytest.raises(urllib.error.URLError, match="refused"):
        get(address)
    with replica:
        assert get(address).status == 200
    with pytest.raises(ReplicaError, match="not running"):
        replica.bring_up(SHANGHAI)


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


def test_an_emptied_list_still_has_a_first_page(site: ReplicaSite) -> None:
    for posting in site.state_of(SHANGHAI).listed:
        site.withdraw(posting.slug)
    assert rows(site, SHANGHAI) == [] and "totalPage:1" in get(site.listing_url(SHANGHAI)).text
    assert replace(site.state_of(SHANGHAI), steady=True).page_count == 1
