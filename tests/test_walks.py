"""The walk of a listing: to its end, cut short, taken up again where it was, by the real command over loopback."""

from __future__ import annotations

import time
from pathlib import Path

from tests.long_list import ROWS, Column, LongList


def reports_known(site: LongList[Column]) -> int:
    return next(int(row["n"]) for row in site.db().query("SELECT count(*) AS n FROM report"))


def open_issues(site: LongList[Column]) -> list[str]:
    return [row["failure"] for row in site.db().query("SELECT failure FROM issue WHERE closed_at IS NULL ORDER BY id")]


def test_a_list_longer_than_one_run_may_read_is_said_to_go_on_and_backfill_reads_the_rest_silently(tmp_path: Path) -> None:
    with LongList(tmp_path, Column(reports=23), watch="max_pages = 2") as site:
        said = site.run("crawl")
        assert "max_pages = 2 was reached" in said
        assert "crawl --backfill city/column" in said
        assert (reports_known(site), open_issues(site)) == (2 * ROWS, ["cut_short"])
        site.column.asked.clear()
        site.run("crawl", "--backfill")
        assert site.listing_pages_asked() == [3, 4, 5]  # from where the first walk stopped, to the end
        assert (reports_known(site), open_issues(site)) == (23, [])
        assert [event["kind"] for event in site.events()] == ["baseline"]  # what was always there is no news
        site.column.asked.clear()
        site.run("crawl", "--backfill")
        assert site.listing_pages_asked() == [1]  # all is known: it ends early


def test_a_backfill_that_was_killed_goes_on_with_the_page_where_it_was(tmp_path: Path) -> None:
    with LongList(tmp_path, Column(reports=30, slow_page=4)) as site:
        started = site.start("crawl", "--backfill")
        while 4 not in site.listing_pages_asked():
            time.sleep(0.05)
        started.kill()
        started.communicate()
        site.column.slow_page = None
        site.column.asked.clear()
        site.run("crawl", "--backfill")
        assert site.listing_pages_asked() == [4, 5, 6]
        assert reports_known(site) == 30
        assert [event["kind"] for event in site.events()] == ["baseline"]


def test_news_found_after_a_backfill_is_news(tmp_path: Path) -> None:
    with LongList(tmp_path, Column(reports=12)) as site:
        site.run("crawl", "--backfill")
        site.column.reports = 13
        site.run("crawl", "--all")
        assert [event["kind"] for event in site.events()] == ["baseline", "published"]


def test_a_site_that_ignores_page_numbers_is_not_walked_for_ever(tmp_path: Path) -> None:
    with LongList(tmp_path, Column(reports=40, ignores_page=True)) as site:
        said = site.run("crawl")
        assert "the site ignores page numbers" in said
        assert site.listing_pages_asked() == [1, 2]
        assert reports_known(site) == ROWS
        assert [event["kind"] for event in site.events()] == ["baseline"]


def test_a_second_page_that_is_never_there_does_not_keep_the_first_from_being_read(tmp_path: Path) -> None:
    with LongList(tmp_path, Column(reports=14, missing_pages={2})) as site:
        said = site.run("crawl")
        assert "the page behind page 1 is not there" in said
        assert (reports_known(site), open_issues(site)) == (ROWS, ["cut_short"])
        site.column.missing_pages.clear()
        site.run("crawl", "city/column")
        assert reports_known(site) == 14
        assert open_issues(site) == []
        assert [event["kind"] for event in site.events()] == ["baseline"]  # the old pages' reports are no news


def test_only_rows_of_the_wanted_titles_are_reports(tmp_path: Path) -> None:
    with LongList(tmp_path, Column(reports=9), watch='titles = ["第7号*报告", "第2号"]') as site:
        site.run("crawl")
        asked = sorted(address for _, address in site.column.asked if address.startswith("/a/"))
        assert asked == ["/a/2.html", "/a/7.html"]
        assert open_issues(site) == []


def test_addresses_of_a_watch_that_was_renamed_are_visited_by_the_one_that_lists_them_now(tmp_path: Path) -> None:
    with LongList(tmp_path, Column(reports=4)) as site:
        site.run("crawl")
        site.write_seed(slug="renamed")
        site.run("crawl")
        owners = {row["watch_id"] for row in site.db().query("SELECT watch_id FROM address WHERE role = 'report'")}
        assert owners == {"city/renamed"}
        site.column.asked.clear()
        site.run("crawl", "--all")
        assert len([address for _, address in site.column.asked if address.startswith("/a/")]) == 4
        assert [event["kind"] for event in site.events()] == ["baseline", "baseline"]


def test_two_watches_of_one_host_keep_the_hosts_distance_together(tmp_path: Path) -> None:
    more = '[[bureau.watch]]\nsection = "年度报告"\nlisting_url = "http://localhost:{port}/list/index.html"\nslug = "other"'
    with LongList(tmp_path, Column(reports=4), delay_s=0.3) as site:
        site.write_seed(
            more.format(port=site.host.partition(":")[2]).replace("localhost", "127.0.0.1").replace("/list/", "/list/x/")
        )
        site.run("crawl")
        moments = [moment for moment, _ in site.column.asked]
        asked = len(moments)
        assert asked >= 7
        # Seen from the server: one late first request may shorten the whole by a moment; two clocks would halve it.
        assert moments[-1] - moments[0] > 0.3 * (asked - 2)
