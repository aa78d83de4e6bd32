"""The `daemon` command: one process that visits what is due, for years."""

from __future__ import annotations

import logging
import sys

import typer

from crawler.capture.guard import Gate
from crawler.commands.options import ConfigFile
from crawler.config import find_config, read_config
from crawler.schedule import engine
from crawler.schedule.daemon import Daemon
from crawler.schedule.session import Session


def daemon(config: ConfigFile = None) -> None:
    """Visit every watch when it is due and send what is owed, until SIGTERM or Ctrl-C.

    Ends within 30 seconds of the first signal, with exit code 0; nothing is lost by a second one either. A second daemon on
    the same archive refuses to start and names the first one's process.

    Example: bureauwatch daemon --config /etc/bureauwatch.toml
    """
    settings = read_config(find_config(config))
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("bureauwatch").setLevel(logging.INFO)
    session = Session.open(settings)
    running = Daemon(session)

    async def work() -> None:
        try:
            logging.getLogger("bureauwatch.daemon").info("watching %d columns", len(settings.targets))
            await running.run()
        finally:
            await session.close()

    engine.run(work, gate=Gate.of(settings.settings.crawl.allow_private), on_stop=running.stop)
    if running.bug is not None:
        raise typer.Exit(1)
