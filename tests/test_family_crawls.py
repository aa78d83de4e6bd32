"""From the one address of each family's site, with no family named, the real command brings all that stands there."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from storage import archive, captures, issues
from storage.database import Database
from storage.migrations import open_for_reading
from storage.records import AddressRow, VersionRow
from storage.rows import record
from tests.family_sites import FamilySite, Fixture, fixtures

by_fixture = pytest.mark.parametrize("fixture", fixtures(), ids=lambda fixture: fixture.name)


@dataclass(frozen=True)
class Crawled:
    """What one crawl of all sites left behind."""

    db: Database
    sites: Mapping[str, FamilySite]
    said: str  # by the command

    def addresses(self, fixture: Fixture, role: str) -> list[AddressRow]:
        sql = "SELECT * FROM address WHERE bureau_id = ? AND role = ? ORDER BY id"
        return [record(AddressRow, row) for row in self.db.query(sql, [bureau_of(fixture), role])]

    def path(self, fixture: Fixture, url: str) -> str:
        return url.removeprefix(self.sites[fixture.name].base)


def bureau_of(fixture: Fixture) -> str:
    return fixture.name.replace("--", "-")


def seed_of(fixture: Fixture, site: FamilySite) -> str:
    words = {
        "id": bureau_of(fixture),
        "name": "某市司法局",
        "region": "某省/某市",
        "level": "city",
        "home_url": f"{site.base}/",
    }
    watch = {"section": "法治政府建设", "slug": "list", "listing_url": site.base + fixture.listing, "render": "plain"}
    lines = ["[[bureau]]", *(f"{key} = {json.dumps(value)}" for key, value in words.items())]
    return "\n".join([*lines, "[[bureau.watch]]", *(f"{key} = {json.dumps(value)}" for key, value in watch.items()), ""])


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("families")
    with ExitStack() as stack:
        sites = {fixture.name: stack.enter_context(FamilySite(fixture)) for fixture in fixtures()}
        seeds = "\n".join(seed_of(site.fixture, site) for site in sites.values())
        (folder / "families.toml").write_text(seeds, encoding="utf-8")
        (folder / "bureauwatch.toml").write_text(
            '[storage]\npath = "archive.db"\n[seeds]\nbundled = false\npaths = ["families.toml"]\n'
            '[crawl]\ndelay_s = 0\ncontact = "test@example.org"\n'
            f"allow_private = {json.dumps([site.host_port for site in sites.values()])}\n",
            encoding="utf-8",
        )
        done = subprocess.run(
            [sys.executable, "-m", "crawler", "crawl", "--config", str(folder / "bureauwatch.toml")],
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        yield Crawled(open_for_reading(folder / "archive.db"), sites, done.stdout + done.stderr)


def latest(crawled: Crawled, fixture: Fixture) -> dict[str, VersionRow]:
    """The reports of a site as they are kept, by path."""
    by_report = {report.id: version for report, version in archive.reports(crawled.db)}
    rows = crawled.addresses(fixture, "report")
    return {crawled.path(fixture, row.url): by_report[row.report_id] for row in rows if row.report_id in by_report}


@by_fixture
def test_no_visit_failed(crawled: Crawled, fixture: Fixture) -> None:
    opened = [(issue.failure, issue.url, issue.detail) for issue in issues.opened(crawled.db)]
    base = crawled.sites[fixture.name].base
    assert [issue for issue in opened if urlsplit(issue[1]).netloc == urlsplit(base).netloc] == [], crawled.said


@by_fixture
def test_all_rows_of_all_pages_are_known(crawled: Crawled, fixture: Fixture) -> None:
    expected = sorted([path, title, day] for listing in fixture.expected["listings"] for path, title, day in listing["rows"])
    found = sorted(
        [crawled.path(fixture, row.url), row.name, row.listed and row.listed.isoformat()]
        for row in crawled.addresses(fixture, "report")
    )
    assert found == expected


@by_fixture
def test_every_report_is_kept_as_it_stands_there(crawled: Crawled, fixture: Fixture) -> None:
    kept = latest(crawled, fixture)
    assert sorted(kept) == sorted(fixture.expected["reports"])
    for path, expected in fixture.expected["reports"].items():
        version = kept[path]
        attachments = [[crawled.path(fixture, url), name] for url, name in version.attachments]
        found = {
            "title": version.title,
            "published": version.published and version.published.isoformat(),
            "published_from": version.published_from,
            "source": version.source,
            "body": list(version.body),
            "attachments": attachments,
        }
        assert found == {name: expected[name] for name in found}, path


@by_fixture
def test_every_attachment_is_fetched_to_the_byte(crawled: Crawled, fixture: Fixture) -> None:
    expected = {path for report in fixture.expected["reports"].values() for path, _ in report["attachments"]}
    rows = {crawled.path(fixture, row.url): row for row in crawled.addresses(fixture, "attachment")}
    assert set(rows) == expected
    for path, row in rows.items():
        answer = fixture.answer("GET", path, "")
        assert answer is not None
        assert row.sha256 == hashlib.sha256(answer.file.read_bytes()).hexdigest(), path
        assert row.capture_id is not None
        assert captures.get(crawled.db, row.capture_id) is not None


@by_fixture
def test_each_page_is_asked_for_once_and_nothing_that_is_not_there(crawled: Crawled, fixture: Fixture) -> None:
    asked = crawled.sites[fixture.name].asked
    assert max(asked.values()) == 1, asked.most_common(3)
    unknown = [ask for ask in asked if fixture.answer(*ask) is None]
    assert unknown == [("GET", "/robots.txt", "")]
