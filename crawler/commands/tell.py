"""The `demo` command: its arguments. What it does stands in `crawler.commands.telling`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    folder: Annotated[Path, typer.Option(help="Where the demo's archive and mails are left to look at.")] = Path("demo-output"),
) -> None:
    """Play the main job, end to end, on a replica of two bureaus' sites on this machine.

    Real Scrapy, Chromium, SQLite, WARC and SMTP; nothing leaves this machine. Exit code 0 if the story came out exactly.

    Example: bureauwatch demo
    """
    from crawler.commands.telling import play  # noqa: PLC0415  a web and a mail server; other commands need neither

    play(folder)
