"""The bundled seeds: 63 bodies by province, each address with its status and why; and the command that lists them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawler.cli import app
from crawler.commands.bureaus import status_of
from seeds.load import BUNDLED, load, targets
from seeds.schema import Bureau, Watch

BUREAUS = load()
WATCHES = [(bureau, watch) for bureau in BUREAUS for watch in bureau.watch]


def run(*arguments: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(folder)  # no configuration there: the bundled seeds
    ended = CliRunner().invoke(app, ["bureaus", *arguments], catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return ended.stdout.splitlines()


def test_the_registry_holds_sixty_three_bodies() -> None:
    assert len(BUREAUS) == 63
    assert Counter(bureau.level for bureau in BUREAUS)["province"] >= 32
    assert {"moj", "shanghai", "minhang", "jiashan"} <= {bureau.id for bureau in BUREAUS}


@pytest.mark.parametrize("path", sorted(BUNDLED.glob("*.toml")), ids=lambda path: path.stem)
def test_a_file_holds_the_bureaus_of_one_province(path: Path) -> None:
    regions = {bureau.region.partition("/")[0] for bureau in load([path], bundled=False)}
    assert len(regions) == 1
    assert re.fullmatch(r"[0-9]{6}-[a-z]+", path.stem)


@pytest.mark.parametrize(("bureau", "watch"), WATCHES, ids=lambda value: getattr(value, "slug", None) or value.id)
def test_every_column_says_where_its_address_was_seen(bureau: Bureau, watch: Watch) -> None:
    assert watch.address_note
    assert watch.address != "unattested", "an address nobody has seen is no address"
    assert watch.visit or watch.address_note.startswith("not visited: ")
    if watch.visit:
        assert not re.search("许可|处罚|双公示", watch.section), f"{bureau.id}: case lists name persons and are not collected"


def test_a_bureau_without_a_visited_column_says_why() -> None:
    for bureau in BUREAUS:
        assert bureau.note or bureau.watch, bureau.id
        assert status_of(bureau) == "unattested" or any(watch.visit for watch in bureau.watch)


def test_several_columns_of_one_bureau_are_told_apart_by_title_patterns() -> None:
    (notices,) = [watch for bureau, watch in WATCHES if bureau.id == "shanghai" and watch.section == "通知公告"]
    assert notices.is_report("上海市司法局2024年法治政府建设情况报告")
    assert notices.is_report("上海市司法局2023年政府信息公开工作年度报告")
    assert not notices.is_report("上海市司法局关于2024年国家统一法律职业资格考试的公告")


def test_only_columns_to_be_visited_become_targets() -> None:
    visited = {target.watch_id for target in targets(BUREAUS)}
    assert "shanghai/jggk-fzfjsqkbg" in visited
    assert visited == {bureau.watch_id(watch) for bureau, watch in WATCHES if watch.visit}
    assert len(visited) < len(WATCHES)


def test_the_command_lists_a_region_with_the_status_of_each_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = run("--region", "闵行区", folder=tmp_path, monkeypatch=monkeypatch)
    assert lines[0] == "minhang  闵行区司法局  上海市/闵行区  district  inferred"
    assert any("规划计划  inferred, visited" in line for line in lines)
    assert lines[-1].startswith("1 bureaus, 5 columns, 4 of them visited")


def test_the_command_speaks_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = run("--level", "ministry", "--json", folder=tmp_path, monkeypatch=monkeypatch)
    (found,) = [json.loads(line) for line in lines]
    assert (found["id"], found["status"]) == ("moj", "inferred")
    assert {watch["address"] for watch in found["watches"]} == {"attested", "inferred"}


def test_an_unknown_region_and_an_unknown_level_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    nowhere = CliRunner().invoke(app, ["bureaus", "--region", "月球"])
    assert (nowhere.exit_code, "bureauwatch add URL" in nowhere.stderr) == (1, True)
    assert CliRunner().invoke(app, ["bureaus", "--level", "village"]).exit_code == 2
