"""What sites do to addresses, lists and files between two visits, on raw servers: told once, or rightly not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import archive
from storage.database import connect, stamp, writing
from tests.raw_sites import Site, answer, raw_site
from tests.raw_watch import Pages, RawWatch, listing, report

LISTING = "/list/index.html"
COUNT = 5


def title(number: int) -> str:
    return f"某市司法局关于第{number}号事项的年度报告"


def rows(*numbers: int) -> list[tuple[str, str]]:
    return [(f"/a/{number}.html", title(number)) for number in numbers]


@dataclass
class Column:
    """A site with one column of reports, and the watch of it."""

    site: Site
    pages: Pages
    watch: RawWatch
    numbers: list[int] = field(default_factory=lambda: list(range(COUNT, 0, -1)))

    def show(self, *numbers: int, words: str = "", below: str = "") -> None:
        """List these reports, and serve their pages."""
        self.pages.show(LISTING, listing(rows(*(numbers or self.numbers))))
        for number in numbers or self.numbers:
            self.pages.show(f"/a/{number}.html", report(title(number), words, below))


@pytest.fixture
def column(tmp_path: Path) -> Iterator[Column]:
    pages = Pages()
    with raw_site(pages) as site:
        made = Column(site, pages, RawWatch(tmp_path, site.pair))
        made.show()
        yield made


def test_f031_a_change_under_a_tag_that_never_changes_is_found_once_the_bytes_are_due(column: Column, tmp_path: Path) -> None:
    said = {"words": ""}

    def constant(path: str, head: bytes) -> bytes:
        if path == LISTING:
            return answer(listing(rows(1, 2, 3)))
        if b'if-none-match: "constant"' in head.lower():
            return answer("", status="304 Not Modified")
        return answer(report(title(int(path[3])), said["words"]), 'ETag: "constant"')

    with raw_site(constant) as site:
        watch = RawWatch(tmp_path, site.pair)
        watch.crawl()
        said["words"] = "全年办理行政复议案件412件。"
        watch.crawl()
        assert watch.told == ["baseline"]  # the site says that nothing has changed, and is believed for a while
        with connect(tmp_path / "archive.db") as db, writing(db):
            db.conn.execute("UPDATE address SET last_full_at = ?", [stamp(datetime.now(UTC) - timedelta(days=31))])
        watch.crawl()
        assert watch.told == ["baseline", *["revised"] * 3]


def test_f059_counters_clocks_and_todays_date_are_no_event(column: Column) -> None:
    for day, reads in ((8, 17), (9, 40_312)):
        noise = f"<p>今天是2026年1月{day}日 星期{'四五'[day - 8]}</p><p>阅读次数：<span id='hits'>{reads}</span></p>"
        column.show(words=noise, below=noise)
        column.watch.crawl()
    assert column.watch.told == ["baseline"]


def test_f064_a_list_in_another_order_is_no_event(column: Column) -> None:
    column.watch.crawl()
    column.show(3, 1, 5, 2, 4)
    column.watch.crawl()
    assert column.watch.told == ["baseline"]
    assert next(column.watch.db.query("SELECT count(*) AS n FROM address WHERE role = 'report'"))["n"] == COUNT


def test_f065_a_report_that_slides_to_the_second_page_is_neither_gone_nor_new(column: Column) -> None:
    column.watch.crawl()
    column.show(6, 5, 4, 3, 2, 1)
    column.pages.show(LISTING, listing(rows(6, 5, 4, 3, 2), "<div class='page'><a href='/list/index_2.html'>下一页</a></div>"))
    column.pages.show("/list/index_2.html", listing(rows(1)))
    for _ in range(2):
        column.watch.crawl()
    assert column.watch.told == ["baseline", "published"]


def test_f066_one_document_under_two_addresses_is_one_report_with_both(column: Column) -> None:
    twice = {
        "/b/1.html": title(1),
        "/a/2.html;jsessionid=0F2A": title(2),
        "/a/3.html#top": title(3),
        f"http://{column.site.pair}/a/4.html?t=9": title(4),
    }
    column.watch.crawl()
    column.pages.show("/b/1.html", report(title(1)))
    column.pages.show("/a/2.html;jsessionid=0F2A", report(title(2)))
    column.pages.show("/a/4.html?t=9", report(title(4)))
    column.pages.show(LISTING, listing([*twice.items(), *rows(*column.numbers)]))
    column.watch.crawl()
    assert column.watch.told == ["baseline"]
    assert sorted(column.watch.titles) == sorted(map(title, column.numbers))
    addresses = {row["key"] for row in column.watch.db.query("SELECT key FROM address WHERE role = 'report'")}
    assert {key.partition("/")[2] for key in addresses} == {"b/1.html", *(f"a/{number}.html" for number in column.numbers)}


def test_f067_another_document_under_an_old_address_is_told_and_both_are_kept(column: Column) -> None:
    column.watch.crawl()
    column.pages.show("/a/3.html", report(title(9), "本件另有所述，与前件无关。" * 5))
    column.watch.crawl()
    (kind,) = column.watch.told[1:]
    assert kind in {"revised", "replaced"}
    kept = {
        version.title for row, _ in archive.reports(column.watch.db) for version in archive.versions(column.watch.db, row.id)
    }
    assert {title(3), title(9)} <= kept


def test_f069_a_redesign_of_every_page_at_once_is_no_event(column: Column) -> None:
    column.watch.crawl()
    for number in column.numbers:
        plain = report(title(number))
        body = re.search(r'<div id="zoom">(.*?)</div>', plain)
        assert body is not None
        menu = "".join(f"<li><a href='/lm{n}/'>栏目{n}</a></li>" for n in range(20))
        column.pages.show(
            f"/a/{number}.html",
            f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title(number)}-某市司法局</title></head><body><ul>{menu}</ul>"
            f"<div class='detail'><h2 class='tit'>{title(number)}</h2><div class='sub'>来源：某市司法局 日期：2024-01-08</div>"
            f"<div class='TRS_Editor'>{body[1]}</div></div><div class='foot'>版权所有：某市司法局</div></body></html>",
        )
    column.watch.crawl()
    assert column.watch.told == ["baseline"]


def test_f080_a_file_that_is_not_there_is_the_files_issue_and_not_its_reports(column: Column) -> None:
    column.show(below="<p>附件：<a href='/f/1.pdf'>附件1.pdf</a></p>")
    column.watch.crawl()
    assert column.watch.failing == [("not_found", column.site.url("/f/1.pdf"))]
    assert sorted(column.watch.titles) == sorted(map(title, column.numbers))


def test_f086_a_file_over_the_cap_is_named_and_its_link_is_kept(column: Column) -> None:
    column.show(below="<p>附件：<a href='/f/1.pdf'>附件1.pdf</a></p>")
    column.pages.said["/f/1.pdf"] = b"HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\nConnection: close\r\n\r\n%PDF-1.7\n"
    column.watch.crawl()
    assert column.watch.failing == [("too_large", column.site.url("/f/1.pdf"))]
    links = {url for _, latest in archive.reports(column.watch.db) for url, _ in latest.attachments}
    assert links == {column.site.url("/f/1.pdf")}


def test_f089_one_file_of_many_reports_is_fetched_once_and_named_by_each(column: Column) -> None:
    column.show(below="<p>附件：<a href='/f/1.txt'>附件1.txt</a></p>")
    column.pages.show("/f/1.txt", "填表说明。" * 200)
    column.watch.crawl()
    assert column.site.asked.count("/f/1.txt") == 1
    links = [[url for url, _ in latest.attachments] for _, latest in archive.reports(column.watch.db)]
    assert links == [[column.site.url("/f/1.txt")]] * COUNT
    assert next(column.watch.db.query("SELECT count(*) AS n FROM document"))["n"] == 1


def test_f203_what_leads_to_a_service_of_this_machine_is_never_asked_for(column: Column) -> None:
    with raw_site(lambda _, __: answer()) as ours, raw_site(lambda _, __: answer(), "127.0.0.2") as second:
        inward = [ours.url("/watch/1/delete"), f"http://localhost:{ours.port}/delete", second.url("/delete")]
        below = "".join(f"<p>附件：<a href='{url}.pdf'>附件{place}.pdf</a></p>" for place, url in enumerate(inward))
        column.show(1, 2, below=below + f"<img src='{ours.url('/delete')}'><iframe src='{ours.url('/delete')}'></iframe>")
        further = f"<div class='page'><a href='{ours.url('/list/index_2.html')}'>下一页</a></div>"
        shown = [(f"{url}/{place}.html", title(70 + place)) for place, url in enumerate(inward)]
        column.pages.show(LISTING, listing([*shown, *rows(1, 2)], further))
        column.watch.crawl(code=1)  # the list itself goes on inward
        assert ours.asked == second.asked == []
    assert {failure for failure, _ in column.watch.failing} == {"blocked_host"}
    assert sorted(column.watch.titles) == [title(1), title(2)]
