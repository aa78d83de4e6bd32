"""The `crawl` command: its arguments. What it does stands in `crawler.commands.visiting`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.options import AsJson, ConfigFile
from crawler.config import Config, find_config, read_config
from seeds.load import Target


def crawl(
    watch: Annotated[list[str] | None, typer.Argument(metavar="[WATCH]...", help="Only these watches (bureau/slug).")] = None,
    bureau: Annotated[str | None, typer.Option(help="Only the watches of this bureau.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Visit every watch and look again at every known report and attachment, due or not.")
    ] = False,
    backfill: Annotated[
        bool,
        typer.Option(
            "--backfill", help="Walk each list to its very end, however long; after a stop, from the page where it was."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Fetch and show what would happen; store and send nothing.")
    ] = False,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Visit the watches that are due, store what is new or changed, and send the at-once alerts.

    Exit code 0; 1 when a watch failed; 78 for a faulty configuration.

    Example: bureauwatch crawl

    Example: bureauwatch crawl shanghai/jggk-fzfjsqkbg --all --dry-run

    Example: bureauwatch crawl --bureau shanghai --backfill
    """
    settings = read_config(find_config(config))
    chosen = _chosen(settings, watch or [], bureau)
    from crawler.commands.visiting import Wanted, visit_now  # noqa: PLC0415  Scrapy takes a second to import; other commands need none
    from crawler.schedule.rehearsal import rehearsal_of  # noqa: PLC0415  as above

    wanted = Wanted(due_or_not=everything or backfill or bool(watch), everything=everything, backfill=backfill)
    if not dry_run:
        raise typer.Exit(visit_now(settings, chosen, wanted, as_json=as_json))
    with tempfile.TemporaryDirectory(prefix="bureauwatch-rehearsal-") as folder:
        copy = rehearsal_of(settings, Path(folder))
        raise typer.Exit(visit_now(copy, chosen, wanted, as_json=as_json))


def _chosen(config: Config, named: Sequence[str], bureau: str | None) -> tuple[Target, ...]:
    known = {target.watch_id: target for target in config.targets}
    unknown = [name for name in named if name not in known]
    if unknown:
        raise typer.BadParameter(f"no watch {unknown[0]!r}; there are: {', '.join(known)}", param_hint="WATCH")
    if bureau is not None and bureau not in {target.bureau.id for target in config.targets}:
        raise typer.BadParameter(
            f"no bureau {bureau!r}; `bureauwatch status` shows those that there are", param_hint="--bureau"
        )
    return tuple(
        target
        for target in config.targets
        if (not named or target.watch_id in named) and (bureau is None or target.bureau.id == bureau)
    )
