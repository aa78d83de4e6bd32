"""The runs that are compared, and what each must have done for its figures to count. Prints nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import BenchError, Measured, Usage, measured
from benchmarks.rivals import AT_ONCE
from benchmarks.site import Mode, Site

START_PAGES = 2
"""Reports of the site on which starting is measured (count): one for each cleaning process."""


@dataclass(frozen=True)
class Arena:
    """A site, and a folder for what its visitors keep."""

    site: Site
    folder: Path


@dataclass(frozen=True)
class Run:
    """One line of the table."""

    name: str
    mode: Mode
    command: Callable[[Arena], list[str]]
    answers: Callable[[Site], dict[int, int]]  # what the site must have answered, by status
    check: Callable[[Site, Measured], bool]  # whether the output says that the work was done


@dataclass(frozen=True)
class Outcome:
    """What one run took on the site, and on the one on which starting is measured."""

    name: str
    pages: int  # count, listing pages included
    whole: Usage
    start_pages: int
    start: Usage

    @property
    def pages_a_second(self) -> float:
        """Of the whole run."""
        return self.pages / self.whole.wall_s

    @property
    def cpu_ms_a_page(self) -> float:
        """Of the whole run."""
        return self.whole.cpu_s * 1000 / self.pages

    @property
    def started_pages_a_second(self) -> float | None:
        """Once started; None where the run was too short to tell."""
        more_s = self.whole.wall_s - self.start.wall_s
        return (self.pages - self.start_pages) / more_s if more_s > 0 else None

    @property
    def started_cpu_ms_a_page(self) -> float | None:
        """Once started; None where the run was too short to tell."""
        more_s = self.whole.cpu_s - self.start.cpu_s
        return more_s * 1000 / (self.pages - self.start_pages) if more_s > 0 else None


def outcomes(reports: int, folder: Path, announce: Callable[[str], None]) -> Iterator[tuple[Site, Outcome]]:
    """Carry out every run, one after the other.

    Args:
        reports: of the large site, more than `START_PAGES`.
        folder: where visitors keep what they store; its disk counts.
        announce: told each run's name before it begins.

    Raises:
        BenchError: a run did not do what was to be measured.
    """
    with Site(START_PAGES) as small, Site(reports) as large:
        arenas = [Arena(site, folder / name) for site, name in ((small, "start"), (large, "whole"))]
        for arena in arenas:
            _furnish(arena)
        for run in RUNS:
            announce(run.name)
            (start_pages, start), (pages, whole) = (_carried_out(run, arena) for arena in arenas)
            yield large, Outcome(run.name, pages, whole, start_pages, start)


def _furnish(arena: Arena) -> None:
    arena.folder.mkdir(parents=True)
    site = arena.site
    (arena.folder / "addresses").write_text("\n".join(site.url + path for path in site.paths))
    for archive in ("archive", "no-family"):
        seed = _SEED.format(home=site.url + "/", listing=site.listing_url)
        (arena.folder / f"{archive}-seed.toml").write_text(seed, encoding="utf-8")
        config = _CONFIG.format(archive=archive, at_once=AT_ONCE, host=site.host_port)
        (arena.folder / f"{archive}.toml").write_text(config, encoding="utf-8")


def _carried_out(run: Run, arena: Arena) -> tuple[int, Usage]:
    site = arena.site
    site.begin(run.mode)
    done = measured(run.command(arena))
    seen, wanted = site.counts(), run.answers(site)
    if seen != wanted:
        raise BenchError(f"{run.name}: the site was to answer {wanted} and answered {seen}\n{done.stderr}")
    if not run.check(site, done):
        raise BenchError(f"{run.name}: not what was to be measured\n{done.stdout}{done.stderr}")
    return sum(seen.values()), done.usage


def _scrapy(*options: str) -> Callable[[Arena], list[str]]:
    return lambda arena: [sys.executable, "-m", "benchmarks.rivals", str(arena.folder / "addresses"), *options]


def _crawl(archive: str) -> Callable[[Arena], list[str]]:
    """The product's real command, on an archive that later runs find again."""
    return lambda arena: [
        *(sys.executable, "-m", "crawler", "crawl", "--all", "--json"),
        *("--config", str(arena.folder / f"{archive}.toml")),
    ]


def _everything(site: Site) -> dict[int, int]:
    return {200: site.reports + site.listings}


def _known_reports(status: int) -> Callable[[Site], dict[int, int]]:
    """All reports, and of the list, where nothing is new, the first page."""
    return lambda site: {status: site.reports + 1}


def _fetched(site: Site, done: Measured) -> bool:
    return bool(json.loads(done.stdout) == {"pages": site.reports + site.listings, "texts": 0})


def _extracted(site: Site, done: Measured) -> bool:
    return bool(json.loads(done.stdout)["texts"] >= site.reports)


def _is_baseline(site: Site, done: Measured) -> bool:
    events = [json.loads(line) for line in done.stdout.splitlines()]
    return (
        not done.stderr
        and len(events) == 1
        and events[0]["kind"] == "baseline"
        and f"{site.reports} 份" in events[0]["summary"]
    )


def _is_quiet(_site: Site, done: Measured) -> bool:
    return done.stdout == done.stderr == ""


RUNS = (
    Run("Scrapy", Mode.TAGGED, _scrapy(), _everything, _fetched),
    Run("Scrapy, CONCURRENT_ITEMS=8", Mode.TAGGED, _scrapy("--items", "8"), _everything, _fetched),
    Run("Scrapy + trafilatura", Mode.TAGGED, _scrapy("--items", "8", "--extract"), _everything, _extracted),
    Run("bureauwatch, first crawl", Mode.TAGGED, _crawl("archive"), _everything, _is_baseline),
    Run("bureauwatch again, 304", Mode.TAGGED, _crawl("archive"), _known_reports(304), _is_quiet),
    Run("bureauwatch again, same bytes", Mode.BARE, _crawl("archive"), _known_reports(200), _is_quiet),
    Run("bureauwatch again, new noise", Mode.NOISY, _crawl("archive"), _known_reports(200), _is_quiet),
    Run("bureauwatch, first crawl, no family", Mode.NO_FAMILY, _crawl("no-family"), _everything, _is_baseline),
)
"""In this order: the runs `again` go on from the archive of the first crawl."""

_SEED = """\
[[bureau]]
id = "bench"
name = "上海市司法局"
region = "上海市"
level = "province"
home_url = "{home}"
[[bureau.watch]]
section = "法治政府建设情况报告"
listing_url = "{listing}"
max_pages = 2000
"""
_CONFIG = """\
[storage]
path = "{archive}/archive.db"

[seeds]
bundled = false
paths = ["{archive}-seed.toml"]

[crawl]
delay_s = 0  # the site is ours
per_host = {at_once}
allow_private = ["{host}"]
"""
