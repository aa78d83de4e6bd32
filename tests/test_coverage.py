"""`bureauwatch coverage`: which reports bureaus owe, by the archive alone; and what it says of columns that nobody read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from storage import archive, captures, watches
from storage.database import Database, writing
from storage.migrations import open_archive

READ_AT = datetime(2024, 6, 1, 3, 0, tzinfo=UTC)
SEEDS = """
[[bureau]]
id = "linjiang"
name = "临江区司法局"
region = "临江省/临江区"
level = "district"
home_url = "http://127.0.0.1:9/"
[[bureau.watch]]
section = "法治政府建设情况报告"
slug = "law"
listing_url = "http://127.0.0.1:9/law/"
[[bureau.watch]]
section = "政府信息公开年报"
slug = "open"
listing_url = "http://127.0.0.1:9/open/"

[[bureau]]
id = "heping"
name = "和平区司法局"
region = "临江省/和平区"
level = "district"
home_url = "http://127.0.0.1:9/"
[[bureau.watch]]
section = "通知公告"
slug = "news"
titles = ["法治政府建设"]
listing_url = "http://127.0.0.1:9/news/"
"""
REPORTS = [
    ("law", "临江区司法局2023年法治政府建设情况报告", date(2024, 3, 31), False),
    ("law", "2022年法治政府建设年度报告", date(2023, 4, 11), False),
    ("law", "临江区司法局2021年法治政府建设情况报告", date(2022, 3, 1), True),
    ("law", "永安区司法局2020年法治政府建设情况报告", date(2021, 3, 1), False),
    ("law", "临江区司法局2023年上半年法治政府建设情况报告", date(2023, 7, 1), False),
    ("law", "关于做好2023年法治政府建设年度报告的通知", date(2024, 1, 1), False),
    ("open", "临江区司法局2023年政府信息公开工作年度报告", date(2024, 1, 30), False),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two bureaus; the second one's column was never read."""
    here = tmp_path_factory.mktemp("coverage")
    (here / "own.toml").write_text(SEEDS, encoding="utf-8")
    (here / "bureauwatch.toml").write_text(
        '[storage]\npath = "archive.db"\n[seeds]\nbundled = false\npaths = ["own.toml"]\n', encoding="utf-8"
    )
    db = open_archive(here / "archive.db")
    with writing(db):
        for slug in ("law", "open"):
            finish(db, f"linjiang/{slug}")
        for number, (slug, title, day, withdrawn) in enumerate(REPORTS):
            store(db, number, slug, title, day, withdrawn=withdrawn)
    return here


def command(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BUREAUWATCH")}
    return subprocess.run(
        [sys.executable, "-m", "crawler", "coverage", *words], cwd=folder, env={**clean, "PYTHONUTF8": "1"},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def rows(folder: Path, *words: str) -> list[dict[str, Any]]:
    done = command(folder, "--json", *words)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def finish(db: Database, watch_id: str) -> None:
    run = watches.start_run(db, watch_id=watch_id, bureau_id=watch_id.split("/", maxsplit=1)[0], pid=1, now=READ_AT)
    watches.finish_run(
        db, run, watch_id=watch_id, outcome="ok", now=READ_AT, next_due_at=READ_AT, walk_complete=True, walked_all=True,
        baseline=True, pages=1, reports=1, events=1, failures=0,
    )  # fmt: skip


def store(db: Database, number: int, slug: str, title: str, day: date, *, withdrawn: bool) -> None:
    capture = captures.add(
        db, url=f"http://127.0.0.1:9/{number}", captured_at=READ_AT, status=200, sha256=f"{number:064}", size=1,
        place=captures.WarcPlace("a.warc.gz", 0, 1), revisit_of=None, rendered=False,
    )  # fmt: skip
    report = archive.add_report(db, bureau_id="linjiang", watch_id=f"linjiang/{slug}", now=READ_AT)
    archive.add_version(
        db, report, recipe=1, fingerprint=f"1:{number}", title=title, published=day, published_from="label", source="",
        body=("一、主要举措和成效",), attachments=(), capture_id=capture, now=READ_AT,
    )  # fmt: skip
    archive.saw_report(db, report, now=READ_AT, withdrawn=withdrawn)


def test_each_bureau_stands_to_each_duty_as_the_archive_shows(folder: Path) -> None:
    states = {
        (row["bureau"], row["kind"][:2], row["year"]): row["state"]
        for year in ("2020", "2021", "2022", "2023")
        for row in rows(folder, "--year", year)
    }
    assert states == {
        ("linjiang", "法治", 2020): "missing",  # the one that is there is another bureau's
        ("linjiang", "法治", 2021): "withdrawn",
        ("linjiang", "法治", 2022): "late",
        ("linjiang", "法治", 2023): "published",
        ("linjiang", "政府", 2020): "missing",
        ("linjiang", "政府", 2021): "missing",
        ("linjiang", "政府", 2022): "missing",
        ("linjiang", "政府", 2023): "published",
        **{("heping", kind, year): "unknown" for kind in ("法治", "政府") for year in (2020, 2021, 2022, 2023)},
    }


def test_a_row_says_when_it_was_due_and_which_report_it_is(folder: Path) -> None:
    (row,) = rows(folder, "--year", "2022", "--kind", "rule-of-law", "--region", "临江区")
    assert row == {
        "bureau": "linjiang", "name": "临江区司法局", "region": "临江省/临江区", "kind": "法治政府建设年度报告", "year": 2022,
        "due": "2023-03-31", "state": "late", "published": "2023-04-11", "days_late": 11, "report": 2,
        "title": "2022年法治政府建设年度报告",
    }  # fmt: skip


def test_a_year_that_is_not_over_is_not_due(folder: Path) -> None:
    assert {row["state"] for row in rows(folder, "--year", "2998")} == {"not-due"}


def test_without_a_year_the_last_three_that_are_due_are_shown_for_each_kind(folder: Path) -> None:
    shown = rows(folder, "--region", "和平区")
    assert [row["kind"] for row in shown] == ["法治政府建设年度报告"] * 3 + ["政府信息公开年度报告"] * 3
    assert all(row["state"] == "unknown" for row in shown)


def test_a_person_reads_a_table_with_its_totals(folder: Path) -> None:
    lines = command(folder, "--year", "2023").stdout.splitlines()
    assert lines[0].split() == ["机构", "报告", "年度", "期限", "状态", "发布日期", "标题"]
    assert lines[1].split() == [
        "临江区司法局", "法治政府建设年度报告", "2023", "2024-03-31", "按期发布", "2024-03-31", "《临江区司法局2023年法治政府建设情况报告》",
    ]  # fmt: skip
    assert lines[-1] == "共 4 项：按期发布 2，逾期发布 0，逾期未见 0，已撤下 0，未到期 0，无法判断 2"


def test_what_was_asked_wrongly_is_said(folder: Path) -> None:
    nowhere, kind = command(folder, "--region", "海南省"), command(folder, "--kind", "小说")
    assert (nowhere.returncode, "no watched bureau" in nowhere.stderr) == (1, True)
    assert kind.returncode == 2
    assert "rule-of-law, disclosure" in kind.stderr.replace("│", " ")
