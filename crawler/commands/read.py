"""The `read` command: its arguments. What it does stands in `crawler.commands.reading`."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.options import AsJson, ConfigFile
from crawler.commands.understood import Shown
from crawler.config import find_config, read_config
from crawler.config_keys import Settings
from crawler.errors import ConfigError
from crawler.schedule.tell import the_interpreter


class Rendering(Enum):
    """The values of `--render`, as in a seed."""

    AUTO = "auto"
    PLAIN = "plain"
    BROWSER = "browser"


FAILED = 1
"""Exit code when a page could not be read."""


def read(
    pages: Annotated[list[str], typer.Argument(metavar="FILE|URL...", help="Saved pages, text files, or addresses.")],
    url: Annotated[str, typer.Option(help="The address that a saved page came from; links are made whole with it.")] = "",
    listing: Annotated[bool, typer.Option("--listing", help="Read them as listing pages: rows and next page.")] = False,
    family: Annotated[
        str | None, typer.Option(help="Name of the CMS family; recognised from the page where none is given.")
    ] = None,
    render: Annotated[
        Rendering, typer.Option(help="How live pages are fetched: auto goes through Chromium where a script builds the page.")
    ] = Rendering.AUTO,
    show: Annotated[Shown, typer.Option(help="What to show of a report; --json has all of it.")] = Shown.TEXT,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Read pages the way a crawl does, and show what was read. Stores nothing, sends nothing.

    Example: bureauwatch read saved.html --url https://sfj.example.gov.cn/fzzf/20250326/a.html

    Example: bureauwatch read saved.html --show figures

    Example: bureauwatch read --listing https://sfj.example.gov.cn/fzzf/index.html --json
    """
    from crawler.commands.reading import Reading, read_pages  # noqa: PLC0415  Scrapy takes a second to import

    settings = _crawl_settings(config) if any(is_address(page) for page in pages) else Settings()
    reading = Reading(url, "listing" if listing else "report", family, render.value, settings, the_interpreter(), show, as_json)
    if not read_pages(pages, reading):
        raise typer.Exit(FAILED)


def is_address(page: str) -> bool:
    """Whether a page is named by its address rather than by a file."""
    return page.startswith(("http://", "https://"))


def _crawl_settings(config: Path | None) -> Settings:
    """The configuration's manners where there is one; the defaults where there is none: a page can be tried without."""
    try:
        return read_config(find_config(config)).settings
    except ConfigError:
        if config is not None:
            raise
        return Settings()
