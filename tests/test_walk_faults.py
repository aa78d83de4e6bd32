"""Walks that are taken up again where the site, the seed or the process is no longer as it was, by the real command."""

from __future__ import annotations

import signal
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.config import read_config
from crawler.context import Tally
from crawler.demo.pdf import pdf_of
from crawler.schedule.itinerary import MOST_PAGES, ItineraryMiddleware
from crawler.schedule.session import Session
from spiders.bureau_spider import Errand
from spiders.fetched import Ask, Entry, FetchedListing, Visit
from storage import issues, walks, watches
from storage.database import Database, connect, writing
from storage.migrations import open_archive
from storage.records import WatchRow
from tests.long_list import ROWS, Column, LongList

WHOLE = pdf_of(("某市司法局2024年度报告", "全年办理行政复议案件226件。"))
BROKEN = WHOLE[: len(WHOLE) // 3]
SHELL = (
    '<html><head><meta name="channelid" content="0123456789abcdef0123456789abcdef"></head><body><h2>年度报告</h2>'
    f"<div>{'<p>某市司法局 政府信息公开 年度报告 联系我们 网站地图</p>' * 20}</div></body></html>"
)
LONG_AGO = datetime(2024, 2, 15, 4, tzinfo=UTC)


@dataclass
class Odd(Column):
    """A column that can be more than long: dated later from some number on, a shell, with files."""

    dated_later_from: int = 1_000_000  # these reports' rows bear a day in March
    is_shell: bool = False  # every listing page only says where its rows are to be asked for, which is where it says so again
    file: bytes = b""  # each report's one attachment; b"" for none
    slow_reports_s: float = 0  # seconds that the page of a report takes

    def answer(self, address: str) -> tuple[int, str, bytes]:
        if address.startswith("/f/"):
            return 200, "application/pdf", self.file
        if address.startswith("/a/"):
            time.sleep(self.slow_reports_s)
        if self.is_shell and not address.startswith(("/a/", "/robots")):
            return 200, "text/html; charset=utf-8", SHELL.encode()
        return super().answer(address)

    def listing(self, page: int) -> str:
        markup = super().listing(page)
        for number in self.rows(page):
            if number >= self.dated_later_from:
                markup = markup.replace(
                    f"第{number}号事项的年度报告</a><span>2024-01-", f"第{number}号事项的年度报告</a><span>2024-03-"
                )
        return markup

    def report(self, number: int) -> str:
        link = f'<p>附件：<a href="/f/{number}.pdf">附件{number}.pdf</a></p></body>'
        return super().report(number).replace("</body>", link if self.file else "</body>")


def open_issues(site: LongList[Odd]) -> list[str]:
    return [issue.failure for issue in issues.opened(site.db())]


def kinds(site: LongList[Odd]) -> Counter[str]:
    return Counter(event["kind"] for event in site.events())


def watch_row(site: LongList[Odd]) -> WatchRow:
    row = watches.get(site.db(), "city/column")
    assert row is not None
    return row


def cut_short(tmp_path: Path) -> LongList[Odd]:
    """A column of which two of five pages were read."""
    return LongList(tmp_path, Odd(reports=23), watch="max_pages = 2")


def change_seed(site: LongList[Odd], old: str, new: str) -> None:
    seed = site.folder / "seed.toml"
    assert old in seed.read_text(encoding="utf-8")
    seed.write_text(seed.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_where_the_page_to_go_on_with_is_gone_the_next_backfill_begins_anew_and_old_reports_are_no_news(tmp_path: Path) -> None:
    with cut_short(tmp_path) as site:
        site.run("crawl")
        site.column.missing_pages = {3}
        said = site.run("crawl", "--backfill", code=1)
        assert "index_3.html, where the last walk stopped" in said
        assert site.listing_pages_asked()[-1] == 3
        site.column.missing_pages.clear()
        site.column.asked.clear()
        site.run("crawl", "--backfill")
        assert site.listing_pages_asked() == [1, 2, 3, 4, 5]
        assert kinds(site) == {"baseline": 1}
        assert open_issues(site) == []


def test_a_page_that_names_itself_as_the_place_of_its_rows_is_no_end_of_the_list(tmp_path: Path) -> None:
    with LongList(tmp_path, Odd(reports=23), watch='max_pages = 2\nrender = "plain"') as site:
        site.run("crawl")
        site.column.is_shell = True
        site.run("crawl", "city/column", code=1)
        assert [address for _, address in site.column.asked if "/common/search/" in address], "it was no shell"
        assert not watch_row(site).end_seen
        site.column.is_shell = False
        site.column.asked.clear()
        site.run("crawl", "--backfill")
        assert site.listing_pages_asked() == [3, 4, 5]
        assert kinds(site) == {"baseline": 1}


def test_a_backfill_from_the_middle_does_not_make_up_for_a_walk_that_broke_off_at_the_beginning(tmp_path: Path) -> None:
    with cut_short(tmp_path) as site:
        site.run("crawl")
        walked_at = watch_row(site).walked_at
        site.column.reports, site.column.slow_page = 30, 2
        site.column.asked.clear()
        started = site.start("crawl", "city/column")
        while 2 not in site.listing_pages_asked():
            time.sleep(0.05)
        started.kill()
        started.communicate()
        site.column.slow_page = None
        site.column.asked.clear()
        site.run("crawl", "--backfill")
        assert site.listing_pages_asked() == [3, 4, 5, 6]
        assert (watch_row(site).walk_complete, watch_row(site).walked_at) == (False, walked_at)
        site.run("crawl", "city/column")
        assert kinds(site) == {"baseline": 1, "published": 7}


def test_the_place_in_a_list_is_forgotten_where_the_seed_names_another_list(tmp_path: Path) -> None:
    with cut_short(tmp_path) as site:
        site.run("crawl")
        change_seed(site, "/list/index.html", "/list/moved/index.html")
        site.column.asked.clear()
        site.run("crawl", "--backfill")
        asked = [urlsplit(address).path for _, address in site.column.asked if "/list/" in address]
        assert asked == [f"/list/moved/index{number}.html" for number in ("", "_2", "_3", "_4", "_5")]
        assert kinds(site) == {"baseline": 1}  # what the first list's first pages did not show is as old as before


def test_a_report_on_a_page_that_was_never_read_is_news_if_its_day_is_later_than_the_baselines(tmp_path: Path) -> None:
    with cut_short(tmp_path) as site:
        site.run("crawl")
        with writing(archive := connect(site.folder / "archive.db")):  # the baseline was made long ago
            archive.conn.execute("UPDATE watch SET baseline_at = ?", [f"{LONG_AGO:%Y-%m-%dT%H:%M:%S.%fZ}"])
        archive.close()
        assert watch_row(site).baseline_at == LONG_AGO
        site.column.reports, site.column.dated_later_from = 35, 24
        site.run("crawl", "city/column")
        assert kinds(site) == {"baseline": 1, "published": 2 * ROWS}
        site.run("crawl", "--backfill")
        assert kinds(site) == {"baseline": 1, "published": 12}
        assert next(int(row["n"]) for row in site.db().query("SELECT count(*) AS n FROM report")) == 35


def test_the_issue_of_a_file_that_cannot_be_read_follows_its_bytes_also_where_they_were_met_before(tmp_path: Path) -> None:
    with LongList(tmp_path, Odd(reports=1, file=WHOLE)) as site:
        told = []
        for file in (WHOLE, BROKEN, WHOLE, BROKEN):
            site.column.file = file
            site.run("crawl", "--all")
            told.append(open_issues(site))
        assert told == [[], ["extract_failed"], [], ["extract_failed"]]
        (issue,) = issues.opened(site.db())
        assert "/f/1.pdf" in issue.url
        assert "by pypdfium2 " in issue.detail


def test_a_run_that_is_told_to_stop_is_no_failure_and_is_made_up_for_at_once(tmp_path: Path) -> None:
    with LongList(tmp_path, Odd(reports=10, slow_reports_s=0.5)) as site:
        started = site.start("crawl")
        while not any(address.startswith("/a/") for _, address in site.column.asked):
            time.sleep(0.05)
        started.send_signal(signal.SIGTERM)
        started.communicate(timeout=60)
        (run,) = site.db().query("SELECT outcome, finished_at FROM run")
        assert (run["outcome"], watch_row(site).last_outcome) == ("interrupted", "interrupted")
        due = watch_row(site).next_due_at
        assert due is not None
        assert due <= datetime.now(UTC)
        assert watches.failures_in_a_row(site.db(), "city/column") == 0
        site.column.slow_reports_s = 0
        site.run("crawl")  # only what is due
        assert watch_row(site).last_outcome == "ok"
        assert kinds(site) == {"baseline": 1}


@pytest.mark.parametrize(
    ("outcomes", "failures"), [(("unreachable", "interrupted", "unreachable"), 2), (("ok", "interrupted"), 0)]
)
def test_an_interrupted_run_neither_adds_to_the_failures_in_a_row_nor_ends_them(
    tmp_path: Path, outcomes: tuple[str, ...], failures: int
) -> None:
    db = open_archive(tmp_path / "archive.db")
    for outcome in outcomes:
        with writing(db):
            ended(db, outcome)
    assert watches.failures_in_a_row(db, "city/column") == failures


def ended(db: Database, outcome: str) -> None:
    run = watches.start_run(db, watch_id="city/column", bureau_id="city", pid=1, now=LONG_AGO)
    watches.finish_run(
        db, run, watch_id="city/column", outcome=outcome, now=LONG_AGO, next_due_at=LONG_AGO, walk_complete=False,
        walked_all=False, baseline=False, pages=0, reports=0, events=0, failures=0,
    )  # fmt: skip


@pytest.mark.parametrize(("read", "goes_on"), [(MOST_PAGES - 2, True), (MOST_PAGES - 1, False)])
async def test_a_backfill_of_a_list_without_end_ends_and_says_where_it_goes_on(
    tmp_path: Path, read: int, *, goes_on: bool
) -> None:
    with LongList(tmp_path, Odd(reports=1)) as site:
        session = Session.open(read_config(site.folder / "bureauwatch.toml"))
        try:
            context = session.context(backfill=True)
            (target,) = context.config.targets
            with writing(session.db):
                run = watches.start_run(session.db, watch_id=target.watch_id, bureau_id="city", pid=1, now=LONG_AGO)
            tally = Tally(run_id=run, started_at=LONG_AGO, baseline=True, walk_all=True, backfill=True)
            tally.walked = {f"page {number}" for number in range(read)}  # those of the pages before this one
            context.tallies[target.watch_id] = tally
            number, address = 7_000 + read, target.watch.listing_url
            errand = Errand(target, "listing", f"{address}?p={number}", number)
            ask = Ask(f"{address}?p={number + 1}")
            following = Request(ask.url, meta={"errand": Errand(target, "listing", ask.url, number + 1, ask)})
            visit = Visit(target.watch_id, errand.url, errand.url, 200, (), b"", rendered=False)
            entry = Entry(f"http://{site.host}/a/1.html", "某市司法局年度报告", date(2024, 1, 2))
            page = FetchedListing(visit, number, "", (entry,), ask, None, newest_first=True)
            passed = await what_passes(ItineraryMiddleware(context, cast("Any", SimpleNamespace())), errand, page, following)
            assert (following in passed) == goes_on
            assert bool(tally.cut_short) != goes_on
            noted = walks.position(session.db, target.watch_id)
            assert noted is not None
            assert noted.page_number == number + 1
            if not goes_on:
                assert tally.cut_short.startswith("5000 pages were read and the list goes on")
                assert "crawl --backfill city/column" in tally.cut_short
        finally:
            await session.close()


async def what_passes(middleware: ItineraryMiddleware, errand: Errand, *brought: object) -> list[object]:
    """What of the things that a page brought is let through."""

    async def result() -> Any:
        for thing in brought:
            yield thing

    response = HtmlResponse(errand.url, request=Request(errand.url, meta={"errand": errand}))
    return [thing async for thing in middleware.process_spider_output(response, result())]
