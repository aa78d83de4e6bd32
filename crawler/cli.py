"""The `bureauwatch` command: its list of commands, and how an error becomes one line and an exit code. Does no work itself."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from crawler.commands import crawl, look, prepare, read, tell, watch
from crawler.commands.shown import complain, say
from crawler.errors import ConfigError, CrawlerError
from storage.database import DatabaseBusy, StorageError

USAGE, NO_STORAGE, BUSY, CONFIG, INTERRUPTED = 2, 73, 75, 78, 130

app = typer.Typer(
    name="bureauwatch",
    help="Watches the sites of China's judicial-administration bureaus: every new report, every change, with evidence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (prepare.init, prepare.check_config, crawl.crawl, watch.daemon):
    app.command()(command)
app.command("test-mail")(prepare.send_test_mail)
for command in (look.events, look.reports, look.versions, look.show, look.diff, look.status, read.read, tell.demo):
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        say(f"bureauwatch {version('bureauwatch')}")
        raise typer.Exit


@app.callback()
def bureauwatch(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")] = False,
) -> None:
    """Take the options that stand before any command."""


def main() -> None:
    """Run the command; every error we know becomes lines that say the cure, and an exit code of sysexits.h."""
    try:
        app()
    except ConfigError as error:
        _end(error, CONFIG)
    except DatabaseBusy as error:
        _end(error, BUSY)
    except StorageError as error:
        _end(error, NO_STORAGE)
    except CrawlerError as error:
        _end(error, USAGE)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _end(error: Exception, code: int) -> None:
    complain(str(error))
    sys.exit(code)
