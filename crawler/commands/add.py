"""The `add` command: its arguments. What it does stands in `crawler.commands.adding`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.options import AsJson, ConfigFile
from crawler.config import find_config, read_config
from crawler.config_keys import Settings
from crawler.errors import ConfigError
from seeds.load import load
from seeds.schema import Bureau, Level, web_address

UNREAD = 1
"""Exit code when the listing could not be read; nothing was written."""
UNSURE = 3
"""Exit code when it was read, and less sure than a crawl should rely on unseen."""


def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of a column's first page.")],
    write: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Put the block into this seed file; it is made if it is not there.")
    ] = None,
    name: Annotated[str, typer.Option(help="The bureau's own name, e.g. 某市司法局; else as the site says.")] = "",
    region: Annotated[str, typer.Option(help="Region in words, province first, e.g. 江苏省/南京市.")] = "",
    level: Annotated[str, typer.Option(help="ministry, province, city, district or county.")] = "",
    bureau: Annotated[
        str, typer.Option("--id", help="Id of the bureau; one that FILE has gets this column beside its own.")
    ] = "",
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Try a listing on a site, show what is read from it, and make the seed block that watches it.

    Three requests at the site: the list, its second page, one report; more only where it demands them. Stores nothing
    but FILE. Exit code 0: read and sure; 1: not read; 3: read but not sure, look at the rows before you keep the block.

    Example: bureauwatch add https://sfj.example.gov.cn/fzzf/index.html

    Example: bureauwatch add https://sfj.example.gov.cn/fzzf/index.html --write seeds.toml --region 江苏省/南京市
    """
    try:
        web_address(url)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="URL") from error
    levels = Level.__args__  # type: ignore[attr-defined]  # typing offers no public way to a Literal's values
    if level and level not in levels:
        raise typer.BadParameter(f"no level {level!r}; there are: {', '.join(levels)}", param_hint="--level")
    from crawler.commands.adding import Adding, try_listing  # noqa: PLC0415  Scrapy takes a second to import
    from crawler.commands.seed_block import Wishes  # noqa: PLC0415  as above

    settings, known = _settings_and_seeds(config)
    adding = Adding(url, Wishes(bureau, name, region, level), write, settings, known, as_json)
    raise typer.Exit(try_listing(adding))


def _settings_and_seeds(config: Path | None) -> tuple[Settings, tuple[Bureau, ...]]:
    """The configuration's manners and bureaus where there is one; the defaults where there is none."""
    try:
        read = read_config(find_config(config))
    except ConfigError:
        if config is not None:
            raise
        return Settings(), load()
    return read.settings, read.bureaus
