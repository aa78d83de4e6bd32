"""The benchmark measures what it says, on a small site. Its times are nobody's business here."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from benchmarks import contest
from benchmarks.contest import Outcome, Run
from benchmarks.measure import BenchError, Usage, measured
from benchmarks.pages import ROWS, BuiltPage, build, listing_count, of_no_family
from benchmarks.site import Mode, Site
from benchmarks.table import table
from crawler.clean.extract import clean_page
from spiders.page import read_page
from spiders.reading import family_of

REPORTS = 30
BURNS_HALF_A_SECOND = "import time\nwhile time.process_time() < 0.5: pass\n"
LEAVES_AN_ORPHAN = (
    "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', "
    f"{BURNS_HALF_A_SECOND + 'print(flush=True); time.sleep(600)'!r}], stdout=subprocess.PIPE); child.stdout.readline()"
)


@pytest.fixture(scope="module")
def pages() -> list[BuiltPage]:
    return list(build(REPORTS))


def url(page: BuiltPage) -> str:
    return f"http://127.0.0.1:1{page.path}"


def test_the_command_measures_every_run_and_each_did_its_work() -> None:
    command = [sys.executable, "-m", "benchmarks", "--pages", str(REPORTS), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["reports"] == REPORTS
    assert {"date", "processor", "python", "scrapy", "bureauwatch"} <= set(told["machine"])
    first, again = REPORTS + listing_count(REPORTS), REPORTS + 1
    assert [(run["name"], run["pages"]) for run in told["runs"]] == [
        ("Scrapy", first),
        ("Scrapy, CONCURRENT_ITEMS=8", first),
        ("Scrapy + trafilatura", first),
        ("bureauwatch, first crawl", first),
        ("bureauwatch again, 304", again),
        ("bureauwatch again, same bytes", again),
        ("bureauwatch again, new noise", again),
        ("bureauwatch, first crawl, no family", first),
    ]
    for run in told["runs"]:
        assert all(run[part][figure] > 0 for part in ("whole", "start") for figure in ("wall_s", "cpu_s", "memory_bytes")), run


def test_a_run_that_does_not_do_its_work_is_no_measurement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetches_nothing = Run(
        "idle", Mode.TAGGED, lambda _arena: [sys.executable, "-c", ""], lambda _site: {200: 1}, lambda *_: True
    )
    monkeypatch.setattr(contest, "RUNS", (fetches_nothing,))
    with pytest.raises(BenchError, match="the site was to answer"):
        list(contest.outcomes(3, tmp_path / "arena", lambda _name: None))


def test_an_orphan_of_a_command_is_counted() -> None:
    assert measured([sys.executable, "-c", LEAVES_AN_ORPHAN]).usage.cpu_s >= 0.5


def test_a_command_that_fails_is_an_error_with_its_words() -> None:
    with pytest.raises(BenchError, match=r"exit code 3:\nno"):
        measured([sys.executable, "-c", "import sys; print('no', file=sys.stderr); sys.exit(3)"])


def test_the_pages_are_the_same_each_time_and_every_text_is_another(pages: list[BuiltPage]) -> None:
    assert list(build(REPORTS)) == pages
    reports = pages[listing_count(REPORTS) :]
    assert len({clean_page(url(page), page.first, None).fingerprint for page in reports}) == REPORTS


def test_a_later_visit_brings_other_bytes_and_the_same_text(pages: list[BuiltPage]) -> None:
    for page in pages[listing_count(REPORTS) :]:
        assert page.first != page.later
        assert clean_page(url(page), page.first, None) == clean_page(url(page), page.later, None)


def test_a_listing_page_shows_its_rows_and_leads_to_the_next(pages: list[BuiltPage]) -> None:
    listings = [read_page(url(page), page.first) for page in pages[: listing_count(REPORTS)]]
    read = [family_of(page, None).listing(page) for page in listings]
    assert [len(listing.entries) for listing in read] == [ROWS, REPORTS - ROWS]
    assert [listing.following and listing.following.url for listing in read] == [listings[1].url, None]


def test_a_page_without_the_platforms_names_has_no_body_that_its_family_knows(pages: list[BuiltPage]) -> None:
    for page in pages[listing_count(REPORTS) :]:
        known, bare = read_page(url(page), page.first), read_page(url(page), of_no_family(page.first))
        assert family_of(known, None).container(known) is not None
        assert family_of(bare, None).container(bare) is None


def test_the_site_answers_as_its_mode_says() -> None:
    with Site(1) as site:
        for mode, headers in ((Mode.TAGGED, True), (Mode.BARE, False), (Mode.NOISY, False), (Mode.NO_FAMILY, True)):
            site.begin(mode)
            assert site.counts() == {}
            assert _asks_again(site, mode) == headers


def _asks_again(site: Site, mode: Mode) -> bool:
    """Whether a second visit that names what the first brought is answered by 304."""
    with urlopen(site.url + site.paths[-1]) as answer:
        tag = answer.headers["ETag"]
    if tag is None:
        return False
    with pytest.raises(HTTPError) as known:
        urlopen(Request(site.url + site.paths[-1], headers={"If-None-Match": tag}))
    assert site.counts() == {200: 1, 304: 1}, mode
    return known.value.code == 304


def test_the_table_compares_with_the_first_run_and_leaves_out_what_cannot_be_told() -> None:
    plain = Outcome("Scrapy", 102, Usage(3.0, 2.0, 50_000_000, ()), 2, Usage(1.0, 1.0, 50_000_000, ()))
    slower = replace(plain, name="ours", whole=Usage(6.0, 4.0, 90_000_000, ()))
    too_short = replace(plain, name="short", whole=plain.start)
    head, _rule, *lines = (
        [cell.strip() for cell in line.strip("|").split("|")] for line in table([plain, slower, too_short]).splitlines()
    )
    told = [dict(zip(head, line, strict=True)) for line in lines]
    assert [(line["run"], line["then pages/s"], line["then CPU ms/page"], line["× Scrapy"]) for line in told] == [
        ("Scrapy", "50", "10.00", "1.0"),
        ("ours", "20", "30.00", "3.0"),
        ("short", "–", "–", "–"),
    ]
