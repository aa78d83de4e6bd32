"""Commands that prepare: init, check-config, test-mail. They visit no site."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Annotated

import typer

from crawler.capture.find_browser import CURE, find_browser
from crawler.commands.options import AsJson, ConfigFile
from crawler.commands.shown import complain, say, say_json
from crawler.config import FILE_NAME, find_config, read_config
from crawler.config_keys import Settings
from crawler.deliver.delivery import Sent, told
from crawler.deliver.smtp import send
from crawler.errors import ConfigError
from crawler.schedule.mail_server import mail_server

FAULTY = 78
"""Exit code for a faulty configuration (sysexits.h, EX_CONFIG)."""
UNAVAILABLE = 69
"""Exit code for a mail server that takes no letter (sysexits.h, EX_UNAVAILABLE)."""


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

    Example: bureauwatch check-config
    """
    try:
        settings = read_config(find_config(config))
    except ConfigError as error:
        for fault in error.faults:
            say_json({"fault": fault}) if as_json else complain(fault)
        raise typer.Exit(FAULTY) from None
    browser = find_browser()
    if as_json:
        say_json({"config": str(settings.file), "watches": [t.watch_id for t in settings.targets], "browser": browser})
        return
    say(f"{settings.file}: no fault")
    say(f"  archive  {settings.database}")
    say(f"  watches  {len(settings.targets)} of {len({target.bureau.id for target in settings.targets})} bureaus")
    say(f"  mail     {_mail_line(settings.settings)}")
    say(f"  browser  {browser or CURE}")
    if not settings.settings.crawl.contact:
        say("  advice   set [crawl] contact, so that a site's keeper can reach you instead of locking you out")


def send_test_mail(
    to: Annotated[list[str] | None, typer.Argument(help="Recipients; all subscribers where none is given.")] = None,
    config: ConfigFile = None,
) -> None:
    """Send a short letter to each subscriber, to see that mail works. Exit code 69 if the server takes one not.

    Example: bureauwatch test-mail me@example.org
    """
    settings = read_config(find_config(config))
    if settings.settings.mail is None:
        raise ConfigError([f"{settings.file}: mail: there is no [mail] section; say which server takes the letters"])
    recipients = to or sorted({address for wanted in settings.settings.subscription for address in wanted.to})
    if not recipients:
        raise ConfigError(
            [f"{settings.file}: subscription: nobody subscribes yet; name a recipient: bureauwatch test-mail me@example.org"]
        )
    server = mail_server(settings)
    failed = False
    for recipient in recipients:
        delivery = asyncio.run(send(server, recipient, _test_letter(recipient, server.sender)))
        failed = failed or not isinstance(delivery, Sent)
        (say if isinstance(delivery, Sent) else complain)(f"{recipient}: {told(delivery)}")
    if failed:
        raise typer.Exit(UNAVAILABLE)


def _test_letter(recipient: str, sender: str) -> bytes:
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"], letter["Subject"] = sender, recipient, "[测试] bureauwatch 邮件设置可用"
    letter["Date"], letter["Message-ID"] = format_datetime(datetime.now(UTC)), make_msgid(domain=sender.rpartition("@")[2])
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content("收到这封信，说明邮件设置可用。\n\nThis letter shows that the mail settings work.\n", cte="base64")
    return letter.as_bytes()


def _mail_line(settings: Settings) -> str:
    if settings.mail is None:
        return "none: nobody is told anything; add [mail] and [[subscription]]"
    return f"{settings.mail.host}:{settings.mail.port} ({settings.mail.security}), {len(settings.subscription)} subscriptions"
