"""The docs tell every name that a person may type or meet, with the default, the hint and the outcome that the code has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from crawler import cli, config
from crawler.capture import find_browser
from crawler.commands import add, alerts, prepare, visiting
from crawler.commands.alerts_shown import STATES
from crawler.deliver.retry import State
from crawler.flow import EventKind, Significance
from seeds.schema import Bureau, Expect, Watch
from spiders.failures import Failure, Outcome
from tests.pages import (
    ANYWHERE,
    CLI,
    COMMANDS,
    PAGES,
    ROOT,
    SECTIONS,
    SEVERAL,
    blocks,
    code,
    name_of,
    options_of,
    rows,
    section,
    text,
)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_and_its_options_stand_in_a_section_of_their_own(name: str) -> None:
    told, options = section("docs/commands.md", f"## {name}"), options_of(COMMANDS[name])
    usage = re.search(rf"`bureauwatch {name} ([^`]+)`", told)
    assert usage is not None
    assert set(re.findall(r"--[a-z-]+", usage[1])) == options
    assert {words.split()[0] for words in rows(told) if words.startswith("-")} == options - {"--json", "--config"}
    assert f"`bureauwatch {name.partition(' ')[0]}`" in section("README.md", "## Commands")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_and_its_parameters_have_help_texts_and_an_example(name: str) -> None:
    command = COMMANDS[name]
    assert f"bureauwatch {name}" in (command.help or "")
    assert [parameter.name for parameter in command.params if not parameter.help] == []


def test_options_of_all_commands_are_told() -> None:
    told = section("docs/commands.md", "## Options of all")
    assert all(option in told for option in ANYWHERE | options_of(CLI))


def test_every_exit_code_is_told() -> None:
    told = section("docs/commands.md", "## Exit codes")
    codes = {
        0,
        cli.USAGE,
        cli.NO_STORAGE,
        cli.BUSY,
        cli.CONFIG,
        cli.INTERRUPTED,
        prepare.FAULTY,
        prepare.UNAVAILABLE,
        visiting.FAILED,
        add.UNSURE,
        alerts.NEEDS_YOU,
    }
    assert {int(number) for number in re.findall(r"^\| (\d+) \|", told, re.MULTILINE)} == codes
    assert all(re.search(rf"\b{number} ", text("README.md")) for number in codes)


def default_of(model: type[BaseModel], key: str) -> Any:
    default = model.model_fields[key].default
    if default is PydanticUndefined or default is None:
        return None
    return list(default) if isinstance(default, tuple) else str(default) if isinstance(default, Path) else default


def told_default(cell: str) -> Any:
    return None if cell in {"required", "—"} else tomllib.loads(f"told = {cell.strip('`')}")["told"]


def tables_of_keys() -> list[Any]:
    """Page, heading and model of each table of keys; several `[[…]]` are written as such."""
    found = [
        ("docs/configuration.md", f"## [[{name}]]" if name in SEVERAL else f"## [{name}]", model)
        for name, model in SECTIONS.items()
    ]
    seeds = [("## [[bureau]]", Bureau), ("## [[bureau.watch]]", Watch), ("## [bureau.watch.expect]", Expect)]
    return found + [("seeds/README.md", heading, model) for heading, model in seeds]


@pytest.mark.parametrize(("page", "heading", "model"), tables_of_keys())
def test_every_key_is_told_with_its_default(page: str, heading: str, model: type[BaseModel]) -> None:
    told = rows(section(page, heading))
    keys = {key for key in model.model_fields if key not in {"watch", "expect"}}  # they have tables of their own
    assert set(told) == keys
    for key in keys:
        _, unit, default, meaning = told[key]
        assert unit
        assert meaning
        assert told_default(default) == default_of(model, key), f"{page}: {key}"
        assert (default == "required") == model.model_fields[key].is_required(), f"{page}: {key}"


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_configuration_in_the_readme_has_every_key_with_its_default(page: str) -> None:
    shown = next(content for language, content in blocks(text(page)) if language == "toml" and "[storage]" in content)
    everything = tomllib.loads(re.sub(r"^# (?=\w+ = )", "", shown, flags=re.MULTILINE))
    for name, model in SECTIONS.items():
        found = everything[name][0] if name in SEVERAL else everything[name]
        assert set(found) == set(model.model_fields), f"{page}: {name}"
        for key, value in found.items():
            default = default_of(model, key)
            assert value == default or default in {None, ""}, f"{page}: {name}.{key}"


def test_every_environment_variable_is_told() -> None:
    assert set(rows(section("docs/configuration.md", "## Environment variables"))) == {
        config.ENVIRONMENT,
        find_browser.ENVIRONMENT,
    }


def test_every_outcome_is_told() -> None:
    told = rows(section("docs/outcomes.md", "## Outcomes"))
    assert set(told) == {outcome.value for outcome in Outcome}
    assert all(len(cells) == 3 and cells[2] for cells in told.values())


def test_every_failure_is_told_with_its_outcome_and_the_very_hint() -> None:
    told = rows(section("docs/outcomes.md", "## Failures"))
    assert set(told) == {failure.value for failure in Failure}
    for failure in Failure:
        _, outcome, seen, hint = told[failure.value]
        assert (outcome, hint) == (f"`{failure.outcome.value}`", failure.hint), failure.value
        assert seen


def test_every_state_of_a_letter_is_told() -> None:
    told = set(rows(section("docs/outcomes.md", "## Mail")))
    assert told == set(STATES)
    assert told > set(get_args(State))


def test_every_kind_of_event_and_every_significance_is_told() -> None:
    assert list(rows(section("docs/events.md", "## Kinds"))) == [kind.value for kind in EventKind]
    assert list(rows(section("docs/events.md", "## Significance"))) == [weight.value for weight in Significance]


def test_every_direct_dependency_is_told_and_no_other() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    for heading, wanted in (
        ("## The product", project["dependencies"]),
        ("## Development", project["optional-dependencies"]["dev"]),
    ):
        told = rows(section("docs/dependencies.md", heading))
        assert set(told) == {re.split(r"[<>=~!]", one)[0] for one in wanted}
        assert all(len(cells) == 4 and all(cells) for cells in told.values())


def test_every_make_target_is_told_and_every_one_told_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    assert {name.removeprefix("make ") for name in rows(section("docs/development.md", "## Targets"))} == targets
    for page in PAGES:
        called = {word for line in code(text(name_of(page))) for word in re.findall(r"^make ((?:[a-z]+ ?)+)", line)}
        assert {target for words in called for target in words.split()} <= targets, name_of(page)


def test_every_decision_is_listed_and_says_context_decision_and_consequence() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    assert [record.name[:4] for record in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for record in records:
        assert f"({record.name})" in text("docs/decisions/README.md")
        assert all(f"\n## {part}\n" in record.read_text(encoding="utf-8") for part in ("Context", "Decision", "Consequence"))
