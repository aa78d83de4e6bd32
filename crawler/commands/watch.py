"""The `daemon` command: one process that visits what is due, for years."""

from __future__ import annotations

import logging
import sys

import typer

from crawler.commands.options import ConfigFile
from crawler.config import find_config, read_config


def daemon(config: ConfigFile = None) -> None:
    """Visit every watch when it is due and send what is owed, until SIGTERM or Ctrl-C.

    Ends within 30 seconds of the first signal, with exit code 0; nothing is lost by a second one either. A second daemon on
    the same archive refuses to start and names the first one's process.

    Example: bureauwatch daemon --config /etc/bureauwatch.toml
    """
    settings = read_config(find_config(config))
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("bureauwatch").setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each beat that a slow mail server makes us miss
    from crawler.schedule.daemon import run_daemon  # noqa: PLC0415  Scrapy takes a second to import; other commands need none

    if not run_daemon(settings):
        raise typer.Exit(1)
