"""The `bureaus` command: which bureaus and columns the seeds name, and how sure their addresses are. Visits nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.commands.options import AsJson, ConfigFile
from crawler.commands.shown import complain, say, say_json
from crawler.config import find_config, read_config
from crawler.errors import ConfigError
from seeds.load import load
from seeds.schema import Bureau, Level, Watch

NONE_FOUND = 1
"""Exit code when no bureau is as asked."""


def bureaus(
    region: Annotated[str, typer.Option(help="Only bureaus whose region holds this text, e.g. 上海市 or 闵行区.")] = "",
    level: Annotated[str, typer.Option(help="Only bureaus of this level: ministry, province, city, district, county.")] = "",
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """List the bureaus of the seeds with their columns, and how sure each address is.

    attested: the address itself was seen; inferred: from an article's address; unattested: none is known. Without a
    configuration the bundled seeds are listed. Exit code 1 when no bureau is as asked.

    Example: bureauwatch bureaus --region 上海市

    Example: bureauwatch bureaus --json
    """
    levels = Level.__args__  # type: ignore[attr-defined]  # typing offers no public way to a Literal's values
    if level and level not in levels:
        raise typer.BadParameter(f"no level {level!r}; there are: {', '.join(levels)}", param_hint="--level")
    chosen = [bureau for bureau in _known(config) if region in bureau.region and level in {"", bureau.level}]
    for bureau in chosen:
        _show(bureau, as_json=as_json)
    if not as_json:
        say(_closing_line(chosen))
    if not chosen:
        complain(f"no bureau in region {region!r}; `bureauwatch bureaus` lists all, `bureauwatch add URL` makes a new seed")
        raise typer.Exit(NONE_FOUND)


def status_of(bureau: Bureau) -> str:
    """How sure the addresses of a bureau are: that of its surest column which is visited; "unattested" without one."""
    found = {watch.address for watch in bureau.watch if watch.visit}
    return next((status for status in ("attested", "inferred") if status in found), "unattested")


def _known(config: Path | None) -> tuple[Bureau, ...]:
    try:
        return read_config(find_config(config)).bureaus
    except ConfigError:
        if config is not None:
            raise
        return load()


def _show(bureau: Bureau, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "id": bureau.id,
                "name": bureau.name,
                "region": bureau.region,
                "level": bureau.level,
                "home_url": bureau.home_url,
                "status": status_of(bureau),
                "note": bureau.note,
                "watches": [_watch_json(bureau, watch) for watch in bureau.watch],
            }
        )
        return
    say(f"{bureau.id}  {bureau.name}  {bureau.region}  {bureau.level}  {status_of(bureau)}")
    if bureau.note:
        say(f"    {bureau.note}")
    for watch in bureau.watch:
        visited = "visited" if watch.visit else "not visited"
        say(f"    {bureau.watch_id(watch)}  {watch.section}  {watch.address}, {visited}")
        say(f"        {watch.listing_url}")
        if watch.address_note:
            say(f"        {watch.address_note}")


def _watch_json(bureau: Bureau, watch: Watch) -> dict[str, Any]:
    return {
        "id": bureau.watch_id(watch),
        "section": watch.section,
        "listing_url": watch.listing_url,
        "visited": watch.visit,
        "address": watch.address,
        "address_note": watch.address_note,
        "titles": list(watch.titles),
    }


def _closing_line(chosen: list[Bureau]) -> str:
    watches = [watch for bureau in chosen for watch in bureau.watch]
    visited = sum(watch.visit for watch in watches)
    without = sum(not any(watch.visit for watch in bureau.watch) for bureau in chosen)
    return (
        f"{len(chosen)} bureaus, {len(watches)} columns, {visited} of them visited; {without} bureaus without a visited column"
    )
