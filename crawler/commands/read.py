"""The `read` command: its arguments. What it does stands in `crawler.commands.reading`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.options import AsJson, ConfigFile
from crawler.config import Settings, find_config, read_config
from crawler.errors import ConfigError

FAILED = 1
"""Exit code when a page could not be read."""


def read(
    pages: Annotated[list[str], typer.Argument(metavar="FILE|URL...", help="Saved pages, text files, or addresses.")],
    url: Annotated[str, typer.Option(help="The address that a saved page came from; links are made whole with it.")] = "",
    listing: Annotated[bool, typer.Option("--listing", help="Read them as listing pages: rows and next page.")] = False,
    family: Annotated[
        str | None, typer.Option(help="Name of the CMS family; recognised from the page where none is given.")
    ] = None,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Read pages the way a crawl does, and show what was read. Stores nothing, sends nothing.

    Examples:
        bureauwatch read saved.html --url https://sfj.example.gov.cn/fzzf/20250326/a.html
        bureauwatch read --listing https://sfj.example.gov.cn/fzzf/index.html --json
    """
    from crawler.commands.reading import read_pages  # noqa: PLC0415  Scrapy takes a second to import; other commands need none

    settings = _crawl_settings(config) if any(is_address(page) for page in pages) else Settings()
    if not read_pages(
        pages, url=url, role="listing" if listing else "report", family=family, settings=settings, as_json=as_json
    ):
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
