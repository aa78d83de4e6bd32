"""What the docs show can be used as it stands: configurations, seeds, commands, links, and the JSON of each command."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crawler import cli
from crawler.compare.diff import compare_texts
from crawler.compare.show import to_json
from crawler.config_keys import Settings
from seeds.schema import Bureau
from seeds.vocabulary import Concept
from storage import archive, captures, issues
from storage.captures import WarcPlace
from storage.database import Database, writing
from storage.migrations import open_archive
from tests.pages import ANYWHERE, CLI, COMMANDS, PAGES, ROOT, blocks, code, name_of, options_of, prose, rows, section, text

NOW = datetime(2026, 3, 5, 8, 20, tzinfo=UTC)
SAYS = "## What a report says"
WATCH = {"bureau_id": "shanghai", "watch_id": "shanghai/jggk-fzfjsqkbg"}


def fill(db: Database) -> None:
    """One report with two versions, one event, one issue."""
    url = "https://sfj.sh.gov.cn/jggk_fzfjsqkbg/20250326/a.html"
    with writing(db):
        place = WarcPlace("a.warc.gz", 0, 1)
        capture = captures.add(
            db, url=url, captured_at=NOW, status=200, sha256="00", size=1, place=place, revisit_of=None, rendered=False
        )
        report = archive.add_report(db, **WATCH, now=NOW)
        for body in (["全年226件"], ["全年236件"]):
            archive.add_version(
                db,
                report,
                recipe=1,
                fingerprint=f"1:{body[0]}",
                title="报告",
                published=None,
                published_from="",
                source="",
                body=body,
                attachments=[(f"{url}.pdf", "附件")],
                capture_id=capture,
                now=NOW,
            )
        archive.add_event(
            db,
            **WATCH,
            at=NOW,
            kind="revised",
            report_id=report,
            url=url,
            title="报告",
            significance="figure",
            summary="",
            from_version=1,
            to_version=2,
            silent=False,
        )
        issues.raise_issue(db, **WATCH, key="a", failure="dns", outcome="unreachable", url=url, detail="", hint="", now=NOW)


@pytest.mark.parametrize("command", ["events", "reports", "versions", "show", "diff", "status"])
def test_the_keys_that_a_command_prints_are_told(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(open_archive(tmp_path / "bureauwatch-data" / "archive.db"))
    (tmp_path / "bureauwatch.toml").touch()
    monkeypatch.chdir(tmp_path)
    words = [command, "--json", *(["1"] if command in {"versions", "show", "diff"} else [])]
    ended = CliRunner().invoke(cli.app, words, catch_exceptions=False)
    assert ended.exit_code == 0
    printed = [json.loads(line) for line in ended.stdout.splitlines()]
    heading = "## versions and show" if command in {"versions", "show"} else f"## {command}"
    told = section("docs/events.md", heading) + (section("docs/events.md", SAYS) if command == "show" else "")
    assert printed
    assert {key for one in printed for key in keys_in(one) if f"`{key}`" not in told} == set()
    if command == "events":
        assert set(rows(told)) == set(printed[0])


def keys_in(value: Any) -> Iterator[str]:
    """The keys of an object and of those inside it."""
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys_in(inner)
    if isinstance(value, dict):
        yield from value


@pytest.mark.parametrize("kind", ["report", "listing"])
def test_the_keys_that_read_prints_are_told(kind: str) -> None:
    page = ROOT / "tests" / "families" / "shanghai-bureaus" / f"{kind}_1.html"
    words = [sys.executable, "-m", "crawler", "read", str(page), "--json", *(["--listing"] if kind == "listing" else [])]
    printed = json.loads(subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout)
    told = "".join(section("docs/events.md", heading) for heading in ("## read", "## versions and show", SAYS))
    assert {key for key in keys_in(printed) if f"`{key}`" not in told} == set()


def test_the_words_of_a_diff_are_told() -> None:
    told = section("docs/events.md", "## diff")
    changes = to_json(compare_texts(("全年226件", "甲", "不变"), ("全年236件", "不变", "乙丙丁")))
    assert {change["kind"] for change in changes} == {"edited", "added", "removed"}
    assert {key for change in changes for key in change if f"`{key}`" not in told} == set()
    assert all(f"`{word}`" in told for word in ("edited", "added", "removed", "equal", "insert", "delete", "replace"))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_toml_block_is_a_configuration_or_a_seed_that_can_be_used(page: Path) -> None:
    for language, content in blocks(page.read_text(encoding="utf-8")):
        if language == "toml":
            document = tomllib.loads(content)
            if set(document) == {"concept"}:
                assert [Concept.model_validate(block) for block in document["concept"]]
            elif set(document) == {"bureau"}:
                assert [Bureau.model_validate(block) for block in document["bureau"]]
            else:
                Settings.model_validate(document)
        if language == "json":
            json.loads(content)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_shown_commands_have_the_names_and_options_of_real_ones(page: Path) -> None:
    for line in code(page.read_text(encoding="utf-8")):
        for words in re.findall(r"(?:^|[ /])bureauwatch ([^#|]+)", line):
            named = re.match(r"[a-z][a-z-]*", words)
            if named is not None:
                assert named[0] in CLI.commands, f"{name_of(page)}: {line}"
            name = next((name for name in COMMANDS if re.match(rf"{name}(?![\w-])", words)), "")
            known = ANYWHERE | options_of(COMMANDS[name] if name else CLI)
            assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", words)) <= known, f"{name_of(page)}: {line}"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if not link.startswith(("http://", "https://")):
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.exists(), f"{name_of(page)}: {link}"
            assert not anchor or anchor in anchors(target), f"{name_of(page)}: {link}"


def without_comments(content: str) -> list[str]:
    return [line.split("#")[0].rstrip() for line in content.splitlines()]


def test_both_readmes_have_the_same_headings_and_the_same_code() -> None:
    english, chinese = text("README.md"), text("README.zh-CN.md")
    levels = [re.findall(r"^(#+) ", prose(page), re.MULTILINE) for page in (english, chinese)]
    assert levels[0] == levels[1]
    shown = [[(language, without_comments(content)) for language, content in blocks(page)] for page in (english, chinese)]
    assert shown[0] == shown[1]
    assert set(re.findall(r"\]\(([^)]+)\)", english)) - {"README.zh-CN.md"} == set(re.findall(r"\]\(([^)]+)\)", chinese)) - {
        "README.md"
    }


def test_the_first_watch_of_the_readme_can_be_made_as_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    seed, named = [content for language, content in blocks(section("README.md", "## A first watch")) if language == "toml"]
    assert CliRunner().invoke(cli.app, ["init"]).exit_code == 0
    (tmp_path / "my-bureaus.toml").write_text(seed, encoding="utf-8")
    first = (tmp_path / "bureauwatch.toml").read_text(encoding="utf-8")
    for line in named.splitlines():
        if " = " in line:
            key = line.partition(" = ")[0]
            first, times = re.subn(rf"^{key} = .*$", line, first, flags=re.MULTILINE)
            assert times == 1, f"bureauwatch.toml has {key} {times} times"
    (tmp_path / "bureauwatch.toml").write_text(first, encoding="utf-8")
    ended = CliRunner().invoke(cli.app, ["check-config", "--json"], catch_exceptions=False)
    assert json.loads(ended.stdout)["watches"] == ["example-city/fzzf"]
