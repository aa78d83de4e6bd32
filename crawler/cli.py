"""The `bureauwatch` command: its list of commands, and how an error becomes one line and an exit code. Does no work itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated

import typer

from crawler.commands import (
    add,
    alerts,
    bureaus,
    compare,
    coverage,
    crawl,
    differences,
    feeds,
    look,
    prepare,
    read,
    reclean,
    subscriptions,
    tell,
    watch,
)
from crawler.commands.options import ConfigFile
from crawler.commands.shown import complain, say
from crawler.config import ENVIRONMENT
from crawler.errors import ConfigError, CrawlerError
from seeds.load import SeedError
from storage.database import DatabaseBusy, StorageError

USAGE, NO_STORAGE, BUSY, CONFIG, INTERRUPTED = 2, 73, 75, 78, 130

app = typer.Typer(
    name="bureauwatch",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS: dict[str, Callable[..., None]] = {
    "init": prepare.init,
    "check-config": prepare.check_config,
    "test-mail": prepare.send_test_mail,
    "crawl": crawl.crawl,
    "daemon": watch.daemon,
    "status": look.status,
    "events": look.events,
    "reports": look.reports,
    "versions": look.versions,
    "show": look.show,
    "diff": differences.diff,
    "compare": compare.compare,
    "bureaus": bureaus.bureaus,
    "coverage": coverage.coverage,
    "add": add.add,
    "reclean": reclean.reclean,
    "feeds": feeds.feeds,
    "read": read.read,
    "demo": tell.demo,
}
FAMILIES: dict[str, typer.Typer] = {"alerts": alerts.alerts, "subscriptions": subscriptions.subscriptions}
"""Commands of several, such as `alerts list`."""
for name, command in COMMANDS.items():
    app.command(name)(command)
for name, family in FAMILIES.items():
    app.add_typer(family, name=name)


def _version(asked: bool) -> None:
    if asked:
        say(f"bureauwatch {version('bureauwatch')}")
        raise typer.Exit


@app.callback()
def bureauwatch(
    config: ConfigFile = None,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")] = False,
) -> None:
    """Watch the sites of China's judicial-administration bureaus: every new report, every change, with evidence."""
    if config is not None:  # holds for whatever the command starts, too
        os.environ[ENVIRONMENT] = str(config.resolve())


def main() -> None:
    """Run the command; every error we know becomes lines that say the cure, and an exit code of sysexits.h."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # whatever the locale: JSON is UTF-8
    try:
        app()
    except (ConfigError, SeedError) as error:
        _end(error, CONFIG)
    except DatabaseBusy as error:
        _end(error, BUSY)
    except StorageError as error:
        _end(error, NO_STORAGE)
    except CrawlerError as error:
        _end(error, USAGE)
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _end(error: Exception, code: int) -> None:
    complain(str(error))
    sys.exit(code)
