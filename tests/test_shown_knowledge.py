"""What the commands show of a report's outline, figures, checks and changes, over files and over an archive."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crawler import cli
from storage import archive, captures
from storage.captures import WarcPlace
from storage.database import writing
from storage.migrations import open_archive

NOW = datetime(2026, 3, 5, 8, 20, tzinfo=UTC)
OLD = """某县司法局2024年法治政府建设情况报告
来源：某县司法局  发布时间：2025年3月1日
一、主要举措
（一）行政复议
全年新收行政复议案件226件，其中维持190件、撤销20件、其他16件。
（二）人民调解
全年调解纠纷1000件。
二、下一步打算
推进法治督察。
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.txt").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.txt").write_text(OLD.replace("226件", "236件").replace("（二）人民", "（二）做好人民"), encoding="utf-8")
    return tmp_path


def run(*words: str, code: int = 0) -> str:
    ended = CliRunner().invoke(cli.app, [*words], catch_exceptions=False)
    assert ended.exit_code == code, ended.output
    return ended.output


def test_a_text_is_shown_as_outline_figures_or_checks(here: Path) -> None:
    assert "一、主要举措\n  （一）行政复议\n" in run("read", "old.txt", "--show", "outline")
    figures = run("read", "old.txt", "--show", "figures")
    assert "一、主要举措 > （一）行政复议" in figures
    assert "新收行政复议案件（全年） 226件" in figures
    assert "226件 = 190件 + 20件 + 16件" in run("read", "old.txt", "--show", "checks")


def test_a_sum_that_does_not_add_up_is_said_whatever_is_shown(here: Path) -> None:
    assert "! 不符 236件" in run("read", "new.txt")
    assert "不符" not in run("read", "old.txt")


def test_all_that_a_text_says_is_in_its_json(here: Path) -> None:
    read = json.loads(run("read", "old.txt", "--json"))
    assert (read["kind"], read["year"], read["issuer"]) == ("法治政府建设年度报告", 2024, "某县司法局")
    body = "\n".join(read["body"])
    assert [body[one["start"] : one["end"]] for one in read["figures"]] == ["226件", "190件", "20件", "16件", "1000件"]
    assert [one["value_norm"] for one in read["figures"]] == [226, 190, 20, 16, 1000]


def test_two_files_are_compared_by_sections_and_figures(here: Path) -> None:
    shown = run("diff", "old.txt", "new.txt")
    assert "§ 一、主要举措 > （一）行政复议" in shown
    assert "226件→236件（+4.4%）" in shown
    changes = json.loads(run("diff", "old.txt", "new.txt", "--json"))["changes"]
    assert [change["kind"] for change in changes] == ["edited", "edited"]
    figure = changes[0]["figure"]
    assert (figure["old"], figure["new"], figure["unit"]) == ("226", "236", "件")
    page = run("diff", "old.txt", "new.txt", "--html", "side-by-side")
    assert page.startswith("<!DOCTYPE html>")
    assert "<del" in page


def test_equal_files_have_no_change_and_missing_ones_are_named(here: Path) -> None:
    assert "没有变化" in run("diff", "old.txt", "old.txt")
    ended = CliRunner().invoke(cli.app, ["diff", "old.txt", "none.txt"])
    assert "none.txt" in str(ended.exception)
    assert "two files" in str(CliRunner().invoke(cli.app, ["diff", "a", "b", "c"]).exception)


def test_a_stored_report_is_checked_against_the_one_of_the_year_before(here: Path) -> None:
    (here / "bureauwatch.toml").touch()
    db = open_archive(here / "bureauwatch-data" / "archive.db")
    this = "全年新收行政复议案件300件，同比上升50%。"
    with writing(db):
        for year, body in ((2023, "全年新收行政复议案件226件。"), (2024, this), (2022, "全年新收行政复议案件200件。")):
            capture = captures.add(
                db, url=f"https://sfj.example.gov.cn/{year}.html", captured_at=NOW, status=200, sha256=str(year) * 16, size=1,
                place=WarcPlace("a.warc.gz", 0, 1), revisit_of=None, rendered=False,
            )  # fmt: skip
            report = archive.add_report(db, bureau_id="mouxian", watch_id="mouxian/law", now=NOW)
            archive.add_version(
                db, report, recipe=2, fingerprint=f"2:{year}", title=f"某县司法局{year}年法治政府建设情况报告", published=date(year + 1, 3, 1),
                published_from="label", source="", body=[body], attachments=[], capture_id=capture, now=NOW,
            )  # fmt: skip
    shown: dict[str, Any] = json.loads(run("show", "2", "--json"))
    failed = [check for check in shown["checks"] if check["verdict"] == "fails"]
    assert [check["kind"] for check in failed] == ["year-on-year"]
    assert "226件" in failed[0]["relation"]
    assert "! 不符 " in run("show", "2")
    listed = [json.loads(line) for line in run("reports", "--json").splitlines()]
    assert [(one["kind"], one["year"]) for one in listed] == [("法治政府建设年度报告", year) for year in (2024, 2023, 2022)]
