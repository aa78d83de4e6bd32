"""The docs as tests read them: sections, tables, code; and the commands and keys that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from pydantic import BaseModel

from crawler import cli, config_keys

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), ROOT / "seeds" / "README.md", *(ROOT / "docs").rglob("*.md")])
CLI: Any = typer.main.get_command(cli.app)


def _commands() -> Iterator[tuple[str, Any]]:
    """Every command by the words that call it: `crawl`, `alerts list`."""
    for name, command in CLI.commands.items():
        family = getattr(command, "commands", {})
        yield from ((f"{name} {one}", inner) for one, inner in family.items())
        if not family:
            yield name, command


COMMANDS: dict[str, Any] = dict(_commands())
ANYWHERE = {"--help", "-h", "--config", "--version", "--install-completion", "--show-completion"}
SECTIONS: dict[str, type[BaseModel]] = {
    "storage": config_keys.Storage,
    "seeds": config_keys.Seeds,
    "crawl": config_keys.Crawl,
    "monitor": config_keys.Monitor,
    "mail": config_keys.Mail,
    "subscription": config_keys.Subscription,
    "channel": config_keys.Channel,
    "webhook": config_keys.Webhook,
    "health": config_keys.Health,
    "web": config_keys.Web,
}
SEVERAL = {"subscription", "channel", "webhook"}
"""Sections of which there may be several: [[…]]."""
assert set(SECTIONS) == set(config_keys.Settings.model_fields), "a section of the configuration is not known here"


def text(page: str) -> str:
    """A page by its path from the root."""
    return (ROOT / page).read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    """A page's path from the root."""
    return str(page.relative_to(ROOT))


def section(page: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level."""
    level = heading.partition(" ")[0]
    found = re.search(rf"^{re.escape(heading)}$\n(.*?)(?=^{level} |\Z)", text(page), re.MULTILINE | re.DOTALL)
    assert found is not None, f"{page} has no section {heading!r}"
    return found[1]


def rows(markup: str) -> dict[str, list[str]]:
    """The cells of each table row, by the names in code marks in its first cell; that may hold several."""
    found = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in markup.splitlines() if line.startswith("| ")]
    return {name: cells for cells in found for name in re.findall(r"`([^`]+)`", cells[0])}


def blocks(markup: str) -> list[tuple[str, str]]:
    """Fenced code: language and content, without the fence's own indent."""
    found = re.findall(r"^( *)```(\w*)\n(.*?)^\1```$", markup, re.MULTILINE | re.DOTALL)
    return [(language, re.sub(rf"^{indent}", "", content, flags=re.MULTILINE)) for indent, language, content in found]


def prose(markup: str) -> str:
    """A page without its fenced code."""
    return re.sub(r"```.*?```", "", markup, flags=re.DOTALL)


def code(markup: str) -> Iterator[str]:
    """Every line of fenced code that is no TOML, JSON or Python, and every stretch in code marks."""
    for language, content in blocks(markup):
        if language not in {"toml", "json", "python"}:
            yield from content.splitlines()
    yield from re.findall(r"`([^`\n]+)`", prose(markup))


def options_of(command: Any) -> set[str]:
    """The options that a command takes, as they are typed."""
    return {option for parameter in command.params for option in parameter.opts if option.startswith("-")}
