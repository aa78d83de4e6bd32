"""Commands that prepare: init, check-config, test-mail. They visit no site."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.capture.find_browser import CURE, find_browser
from crawler.commands.options import AsJson, ConfigFile
from crawler.commands.shown import complain, say, say_json
from crawler.commands.trial import trial
from crawler.commands.ways import way_json, way_lines
from crawler.config import FILE_NAME, find_config, read_config
from crawler.deliver.delivery import Sent, told
from crawler.errors import ConfigError
from crawler.schedule.couriers import MAIL, Courier, server_of
from crawler.schedule.ways import ways

FAULTY = 78
"""Exit code for a faulty configuration (sysexits.h, EX_CONFIG)."""
UNAVAILABLE = 69
"""Exit code for a mail server, channel or webhook that takes no letter (sysexits.h, EX_UNAVAILABLE)."""


def init(file: Annotated[Path, typer.Argument(help="Where to write it.")] = Path(FILE_NAME)) -> None:
    """Write a first configuration, every key explained.

    Example: bureauwatch init
    """
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write((Path(__file__).parent / "first_config.toml").read_text(encoding="utf-8"))
    except FileExistsError:
        raise ConfigError([f"{file} exists already and was left as it is; remove it, or name another file"]) from None
    except OSError as error:
        raise ConfigError([f"{file} cannot be written: {error.strerror}; choose another place"]) from error
    say(f"wrote {file}. Next: set [crawl] contact, then `bureauwatch check-config` and `bureauwatch crawl`")


def check_config(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Read the configuration and all seeds, and list every fault at once. Exit code 78 if there is one.

    Shows archive, watches, mail server, channels, webhooks, subscriptions and browser; no secret.

    Example: bureauwatch check-config
    """
    try:
        settings = read_config(find_config(config))
        known = ways(settings)
    except ConfigError as error:
        for fault in error.faults:
            say_json({"fault": fault}) if as_json else complain(fault)
        raise typer.Exit(FAULTY) from None
    browser = find_browser()
    if as_json:
        watches = [target.watch_id for target in settings.targets]
        say_json({"config": str(settings.file), "watches": watches, "browser": browser, **way_json(known)})
        return
    say(f"{settings.file}: no fault")
    say(f"  archive  {settings.database}")
    say(f"  watches  {len(settings.targets)} of {len({target.bureau.id for target in settings.targets})} bureaus")
    for line in way_lines(known):
        say(line)
    say(f"  browser  {browser or CURE}")
    if not settings.settings.crawl.contact:
        say("  advice   set [crawl] contact, so that a site's keeper can reach you instead of locking you out")


def send_test_mail(
    to: Annotated[
        list[str] | None,
        typer.Argument(
            help="E-mail addresses, channel:NAME or webhook:NAME; everybody who is told anything where none is given."
        ),
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Send a short letter or note to each recipient, to see that the way works. Exit code 69 if one was not taken.

    Example: bureauwatch test-mail me@example.org

    Example: bureauwatch test-mail channel:office
    """
    settings = read_config(find_config(config))
    recipients = to or settings.settings.recipients
    if not recipients:
        raise ConfigError(
            [f"{settings.file}: subscription: nobody subscribes yet; name a recipient: bureauwatch test-mail me@example.org"]
        )
    if settings.settings.mail is None and any(server_of(recipient) == MAIL for recipient in recipients):
        raise ConfigError([f"{settings.file}: mail: there is no [mail] section; say which server takes the letters"])
    couriers = {server: Courier.of(settings, server) for server in map(server_of, recipients)}
    unknown = [server for server, courier in couriers.items() if courier.way is None]
    if unknown:
        raise ConfigError([f"{settings.file}: there is no {one}; add it as [[channel]] or [[webhook]]" for one in unknown])
    failed = False
    sender = settings.settings.mail.sender if settings.settings.mail is not None else ""
    for recipient in recipients:
        courier = couriers[server_of(recipient)]
        delivery = asyncio.run(courier.hand_over(trial(recipient, sender), datetime.now(UTC)))
        failed = failed or not isinstance(delivery, Sent)
        (say if isinstance(delivery, Sent) else complain)(f"{recipient}: {told(delivery)}")
    if failed:
        raise typer.Exit(UNAVAILABLE)
