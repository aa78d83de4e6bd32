"""The demo's bureaus as sites: lists, pages, attachments and how they change, as a visitor sees them."""

from __future__ import annotations

import json
import os
import re
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import async_playwright

from crawler.capture.find_browser import CURE, find_browser
from crawler.demo.control import read_order
from crawler.demo.documents import MINHANG, MINHANG_SEED, SHANGHAI, SHANGHAI_SEED
from crawler.demo.site import ReplicaSite
from crawler.demo.state import ReplicaError, Standing
from seeds.load import load
from tests.asking import get
from tests.replica_reading import body_text, rows, squeezed


@pytest.fixture
def site() -> Iterator[ReplicaSite]:
    with ReplicaSite() as replica:
        yield replica


def test_lists_go_on_over_two_pages_then_three_when_something_is_published(site: ReplicaSite) -> None:
    site.serve_static(on=True)
    for bureau, draft in ((SHANGHAI, "shanghai-2019"), (MINHANG, "minhang-2021")):
        before = rows(site, bureau) + rows(site, bureau, 2)
        assert (len(before), len(set(before))) == (10, 10)
        assert get(site.listing_url(bureau, 3)).status == 404
        assert get(site.address_of(draft)).status == 404
        site.publish(draft)
        assert rows(site, bureau)[0] in site.address_of(draft)
        assert rows(site, bureau)[1:] + rows(site, bureau, 2) + rows(site, bureau, 3) == before
        assert body_text(site, draft) == squeezed(site.document(draft))


async def test_chromium_builds_the_minhang_list_and_passes_a_challenge_that_a_script_can_pass(site: ReplicaSite) -> None:
    chromium = find_browser()
    assert chromium, CURE
    site.fail(site.listing_url(MINHANG), "challenge-once")
    async with async_playwright() as playwright:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = await playwright.chromium.launch(executable_path=chromium, args=options)
        page = await browser.new_page()
        first = await page.goto(site.listing_url(MINHANG))
        assert first is not None
        assert first.status == 412
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
    assert len({tuple(re.findall(r'\?from=\w+">(.*?)</a>', page)) for page in visits}) == 3
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
    site.steady(on=True)
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


def test_withdrawing_takes_row_and_page_away_and_restoring_brings_both_back(site: ReplicaSite) -> None:
    before = rows(site, SHANGHAI)
    address = site.address_of(SHANGHAI_SEED)
    site.withdraw(SHANGHAI_SEED)
    gone = get(address)
    assert gone.status == 404
    assert "不存在或已被删除" in gone.text
    assert not any(row in address for row in rows(site, SHANGHAI) + rows(site, SHANGHAI, 2))
    site.restore(SHANGHAI_SEED)
    assert get(address).status == 200
    assert rows(site, SHANGHAI) == before


def test_moving_down_changes_places_and_nothing_else(site: ReplicaSite) -> None:
    before = rows(site, SHANGHAI) + rows(site, SHANGHAI, 2)
    site.move_down(SHANGHAI_SEED)
    first, second = rows(site, SHANGHAI), rows(site, SHANGHAI, 2)
    mine = next(row for row in before if row in site.address_of(SHANGHAI_SEED))
    assert mine not in first
    assert second.index(mine) == 2
    assert [row for row in first + second if row != mine] == [row for row in before if row != mine]


def test_unlisting_keeps_the_page_and_readdressing_moves_it(site: ReplicaSite) -> None:
    old = site.address_of(SHANGHAI_SEED)
    site.unlist(SHANGHAI_SEED)
    assert get(old).status == 200
    assert not any(row in old for row in rows(site, SHANGHAI))
    site.restore(SHANGHAI_SEED)
    site.readdress(SHANGHAI_SEED)
    new = site.address_of(SHANGHAI_SEED)
    assert (get(old).status, get(new).status) == (404, 200)
    assert any(row in new for row in rows(site, SHANGHAI))


def test_what_makes_no_sense_is_refused_with_its_cure_and_changes_nothing(site: ReplicaSite) -> None:
    before = [site.state_of(bureau) for bureau in (SHANGHAI, MINHANG)]
    wrongs: list[tuple[Callable[[], object], str]] = [
        (lambda: site.publish("nothing"), "there are shanghai-"),
        (lambda: site.publish(SHANGHAI_SEED), "not a draft"),
        (lambda: site.restore("shanghai-2019"), "publish"),
        (lambda: site.move_down("shanghai-2019"), "no row"),
        (lambda: site.revise(SHANGHAI_SEED, "没有这样的话", "x"), "stand there once"),
        (lambda: site.change_attachments(MINHANG_SEED), "no attachment"),
        (lambda: site.set_template("h1"), "early-end"),
        (lambda: site.add(MINHANG, SHANGHAI_SEED, site.document(SHANGHAI_SEED)), "another slug"),
        (lambda: site.url_of("beijing"), "shanghai-replica"),
        (lambda: site.fail("http://example.org/", "drop"), "not on this replica"),
        (lambda: site.fail("*", "explode"), "there are status:N"),
        (lambda: site.fail("*", "status:200"), "error status"),
        (lambda: site.fail("*", "drop:3"), "there are status:N"),
    ]
    for wrong, cure in wrongs:
        with pytest.raises(ReplicaError, match=cure):
            wrong()
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
        assert get(control, nonsense).status == 400
    assert get(control, {"verb": "move_down", "report": SHANGHAI_SEED, "places": True}).status == 400
    with pytest.raises(ReplicaError, match="not JSON"):
        read_order("[" * 100_000)
    assert site.state_of(SHANGHAI).posting(SHANGHAI_SEED).standing is Standing.LISTED


def test_requests_are_logged_with_method_path_time_and_headers(site: ReplicaSite) -> None:
    get(site.url_of(SHANGHAI) + "/robots.txt", User_Agent="watcher/1")
    get(site.listing_url(SHANGHAI) + "?x=1")
    first, second = site.requests(SHANGHAI)
    assert (first.method, first.path, first.headers["User-Agent"]) == ("GET", "/robots.txt", "watcher/1")
    assert second.path.endswith("/index.html?x=1")
    assert first.at_s <= second.at_s
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


def test_an_emptied_list_still_has_a_first_page(site: ReplicaSite) -> None:
    for posting in site.state_of(SHANGHAI).listed:
        site.withdraw(posting.slug)
    assert rows(site, SHANGHAI) == []
    assert "totalPage:1" in get(site.listing_url(SHANGHAI)).text
