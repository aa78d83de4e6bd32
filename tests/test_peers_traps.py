"""The traps that caught a peer, each with a test.

Some stand elsewhere already; each row names its test, and one test here sees to it that those are there.

    trap                                                caught                      test
    A, B, A must be two events                          Klaxon                      test_quiet::test_there_and_back_again_is_two_revisions
    challenge page stored as content                    OTA, CourtListener          here
    a frozen page is watched, the real list moved       zavod                       here
    list links alternate between two forms of address   crawler-planning            here
    content depends on a cookie                         zavod                       test_faults_http::test_f037_a_cookie_with_a_redirect_to_the_same_address_is_followed_once
    upgrade of a parser is a flood of alerts            OTA                         test_reclean::test_a_crawl_after_an_upgrade_tells_nothing_and_theirs_is_told_once_before_and_after
    one template change on a host is a storm            OTA                         test_quiet::test_a_redesign_of_all_pages_is_no_event, and here
    swallowed exceptions hide an outage                 CourtListener               here
    gb2312 said, GBK or GB18030 sent                    changedetection.io          test_clean::test_a_page_in_gb18030_that_says_gb2312_is_read
    a revised copy appears as a duplicate               CourtListener               here
    only four versions are kept                         webchanges                  here
    transposed figures (119, 191) go unseen             Firecrawl                   test_quiet::test_there_and_back_again_is_two_revisions
    one token a Chinese sentence in the diff            changedetection.io          test_tokens::test_the_longest_sensible_unit_is_one_piece, and here
    zero items count as success                         juriscraper, City Scrapers  here
    a reordered list is a change                        changedetection.io          test_faults_memory::test_f064_a_list_in_another_order_is_no_event
"""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import archive, captures, issues, watches
from tests.raw_sites import Site, raw_site
from tests.raw_watch import Pages, RawWatch, listing

TITLES = [f"某市司法局{year}年法治政府建设情况报告" for year in range(2017, 2023)]
KINDS = ("行政复议", "法律援助", "人民调解", "公证办理", "律师管理", "普法宣传")


class Column:
    """A watch of six reports, their texts as they stand, and the archive."""

    def __init__(self, folder: Path, pages: Pages, site: Site) -> None:
        self.folder, self.pages, self.site, self.watch = folder, pages, site, RawWatch(folder, site.pair)
        self.bodies = {title: tuple(body(place)) for place, title in enumerate(TITLES)}
        self.rows = [(f"/a/{place}.html", title) for place, title in enumerate(TITLES)]
        self.show()

    def show(self, above: str = "") -> None:
        """Serve list and reports as they stand now."""
        self.pages.show("/list/index.html", listing(self.rows))
        for url, title in self.rows:
            self.pages.show(url, page(title, self.bodies[title], above))

    def crawl(self, code: int = 0) -> list[str]:
        """What the next crawl tells."""
        before = len(self.watch.told) if (self.folder / "archive.db").exists() else 0
        self.watch.crawl(code)
        return self.watch.told[before:]

    def json_lines(self, *words: str) -> list[dict[str, object]]:
        done = subprocess.run(
            [sys.executable, "-m", "crawler", *words, "--json", "--config", str(self.folder / "bureauwatch.toml")],
            capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}, check=True,
        )  # fmt: skip
        return [json.loads(line) for line in done.stdout.splitlines()]


def body(place: int) -> Iterator[str]:
    """Six reports that nobody could take for one another."""
    for number, kind in enumerate(KINDS):
        count = 100 * (place + 1) + 7 * number
        yield (
            f"{'一二三四五六'[number]}、扎实做好{kind}工作。{2017 + place}年全年办理{kind}事项{count}件，较上年增长{place + number + 1}.{place}%，"
            f"召开{kind}专题会议{place + 2}次，培训{kind}骨干{count + 3}人次，群众对{kind}的满意率达{90 + number}.{place}%。"
        )


def page(title: str, paragraphs: tuple[str, ...], above: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1><p>发布时间：2024-01-08 来源：某市司法局</p>"
        f'<div id="zoom">{above}{text}</div></body></html>'
    )


@pytest.fixture
def column(tmp_path: Path) -> Iterator[Column]:
    pages = Pages()
    with raw_site(pages) as site:
        made = Column(tmp_path, pages, site)
        assert made.crawl() == ["baseline"]
        yield made


def test_every_test_named_above_is_there() -> None:
    named = re.findall(r"(test_\w+)::(test_\w+)", __doc__ or "")
    assert len(named) == 8
    for module, name in named:
        text = (Path(__file__).with_name(f"{module}.py")).read_text(encoding="utf-8")
        assert re.search(rf"^(?:async )?def {name}\(", text, re.MULTILINE), f"{module}::{name}"


CHALLENGES = (
    "<html><body><script>document.cookie='__jsl_clearance=1';location.reload()</script></body></html>",
    "<html><head><title>安全验证</title></head><body><h1>请完成安全验证</h1><p>您的访问过于频繁，请拖动滑块完成验证后继续访问。</p></body></html>",
    "<html><head><title>访问被拒绝</title></head><body><p>您的请求可能对网站造成安全威胁，已被拦截。事件编号：20240108</p></body></html>",
)


def test_a_challenge_is_never_a_reports_text(column: Column) -> None:
    challenged = column.rows[: len(CHALLENGES)]
    for (url, _), challenge in zip(challenged, CHALLENGES, strict=True):
        column.pages.show(url, challenge)
    assert column.crawl() == []
    assert {version.number for _, version in archive.reports(column.watch.db)} == {1}
    assert column.watch.failing, "it is somebody's business"
    column.show()
    assert column.crawl() == []
    assert column.watch.failing == []


def test_a_frozen_list_whose_reports_moved_on_is_no_silence(column: Column) -> None:
    for url, _ in column.rows:
        del column.pages.said[url]  # the list stands as it always did; what it leads to is elsewhere now
    assert column.crawl() == [], "a list that still names them has not withdrawn them"
    assert column.watch.failing, "and what it leads to nowhere is somebody's business"


def test_addresses_that_alternate_between_two_forms_are_one_report(column: Column) -> None:
    plain, other = column.rows, [(url.replace("/a/", "/a/../a/") + "?from=list#top", title) for url, title in column.rows]
    for turn in range(4):
        column.rows = [other, plain][turn % 2]
        column.show()
        for (url, _), (_, title) in zip(plain, other, strict=True):
            column.pages.show(url, page(title, column.bodies[title]))
            column.pages.show(url + "?from=list", page(title, column.bodies[title]))
        assert column.crawl() == []
    assert len(archive.reports(column.watch.db)) == len(TITLES)


def test_a_line_that_a_new_template_puts_above_every_text_is_no_storm(column: Column) -> None:
    column.show(above="<p>当前栏目内容由市司法局政务公开办公室统一发布，欢迎社会各界监督。</p>")
    told = column.crawl()
    told += column.crawl()
    assert "revised" not in told, "one issue, not one event for each report"
    assert len({issue.key for issue in issues.opened(column.watch.db)}) == 1


@pytest.mark.parametrize("status", ["500 Internal Server Error", "403 Forbidden"])
def test_an_outage_is_said_aloud_and_its_end_too(column: Column, status: str) -> None:
    well = column.pages.said["/list/index.html"]
    column.pages.said["/list/index.html"] = well.replace(b"200 OK", status.encode())
    assert column.crawl(code=1) == []
    row = watches.get(column.watch.db, "city/column")
    assert row is not None
    assert row.last_outcome != "ok"
    assert [url for _, url in column.watch.failing] == [column.site.url("/list/index.html")]
    column.show()
    assert column.crawl() == []
    assert column.watch.failing == []


def test_a_list_without_rows_is_no_success(column: Column) -> None:
    column.rows = []
    column.show()
    assert column.crawl(code=1) == [], "nothing was withdrawn either"
    assert [url for _, url in column.watch.failing] == [column.site.url("/list/index.html")]
    assert not any(report.withdrawn for report, _ in archive.reports(column.watch.db))


def test_a_corrected_copy_in_the_place_of_the_first_is_a_revision_and_no_second_report(column: Column) -> None:
    corrected = tuple(paragraph.replace("300件", "330件") for paragraph in column.bodies[TITLES[2]])
    assert corrected != column.bodies[TITLES[2]]
    del column.pages.said[column.rows[2][0]]
    column.bodies[TITLES[2]] = corrected
    column.rows[2] = ("/c/2.html", TITLES[2])
    column.show()
    told = [kind for _ in range(3) for kind in column.crawl()]
    assert "published" not in told
    assert "withdrawn" not in told
    assert len(archive.reports(column.watch.db)) == len(TITLES)
    (latest,) = [version for _, version in archive.reports(column.watch.db) if version.title == TITLES[2]]
    assert (latest.number, "330件" in latest.body[0]) == (2, True)


def test_every_version_is_kept_for_ever_with_its_text_and_its_evidence(column: Column) -> None:
    title, counts = TITLES[0], ["100件", "201件", "302件", "403件", "504件", "605件"]
    for old, new in itertools.pairwise(counts):
        column.bodies[title] = tuple(paragraph.replace(old, new) for paragraph in column.bodies[title])
        column.show()
        assert column.crawl() == ["revised"]
    (report,) = [report for report, version in archive.reports(column.watch.db) if version.title == title]
    kept = archive.versions(column.watch.db, report.id)
    assert [count for version in kept for count in counts if count in version.body[0]] == counts
    evidence = [captures.get(column.watch.db, version.capture_id) for version in kept]
    assert len({capture.sha256 for capture in evidence if capture is not None}) == len(counts)


def test_one_figure_in_a_long_sentence_is_all_that_the_diff_marks(column: Column) -> None:
    title = TITLES[1]
    column.bodies[title] = tuple(paragraph.replace("200件", "260件") for paragraph in column.bodies[title])
    column.show()
    assert column.crawl() == ["revised"]
    report = archive.events(column.watch.db)[-1].report_id
    (shown,) = column.json_lines("diff", str(report))
    changes = shown["changes"]
    assert isinstance(changes, list)
    (change,) = changes
    assert [span for span in change["spans"] if span[0] != "equal"] == [["replace", "200件", "260件"]]
