"""The `subscriptions` commands: who asked for what, and who would be told of an event, and why. They send nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.commands.options import LARGEST, AsJson, ConfigFile
from crawler.commands.shown import event_line, local, say, say_json
from crawler.config import Config, find_config, name_of, read_config
from crawler.deliver.matter import Matter
from crawler.deliver.subscriptions import Subscription, alerts_for, judge
from crawler.errors import ConfigError, CrawlerError
from crawler.event_rows import as_event
from crawler.flow import Alert
from crawler.schedule.matters import matter_of
from crawler.schedule.subscribed import bureaus_by_id
from crawler.schedule.subscribed import subscriptions as wanted_of
from storage import archive
from storage.migrations import open_for_reading

_NOBODY = 'nobody subscribes yet; add a [[subscription]] with at least: to = ["you@example.org"]'

subscriptions = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Who asked for what, and who would be told of an event."
)


class NoSuchEvent(CrawlerError):
    """The archive holds no such event; `bureauwatch events` lists what it holds."""


@subscriptions.command("list")
def list_subscriptions(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """All subscriptions of the configuration, in its order, with all that they ask for.

    Example: bureauwatch subscriptions list
    """
    blocks = _subscribed(config).settings.subscription
    for position, block in enumerate(blocks, start=1):
        shown = {**block.model_dump(mode="json"), "name": name_of(block, position)}
        if as_json:
            say_json(shown)
            continue
        say(f"{shown['name']}: {', '.join(block.to)}")
        for line in _asked(shown):
            say(f"    {line}")


@subscriptions.command("test")
def judge_event(
    event: Annotated[
        int, typer.Argument(metavar="EVENT", min=1, max=LARGEST, help="Number of an event, see `bureauwatch events`.")
    ],
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Who would be told of an event by the present configuration, when, and why; or why not. Nothing is sent.

    Example: bureauwatch subscriptions test 41
    """
    settings = _subscribed(config)
    db = open_for_reading(settings.database)
    row = archive.event(db, event)
    if row is None:
        raise NoSuchEvent(f"there is no event {event}; `bureauwatch events` lists them")
    matter = matter_of(db, as_event(row), bureaus_by_id(settings).get(row.bureau_id))
    wanted = wanted_of(settings)
    owed = {alert.recipient.casefold(): alert for alert in alerts_for(matter, wanted, row.at)}
    if not as_json:
        say(event_line(row).lstrip())
        if row.silent:
            say("it was kept and told to nobody, since an issue stands for it; what follows would hold otherwise")
    for one in wanted:
        shown = _judged(one, matter, owed)
        if as_json:
            say_json({"event": event, "silent": row.silent, **shown})
            continue
        say(f"{one.name}: {'wanted' if shown['wanted'] else 'not wanted'}")
        for reason in shown["reasons"]:
            say(f"    {'✓' if reason['holds'] else '✗'} {reason['reason']}")
        for told in shown["recipients"]:
            say(f"    → {_told_line(told)}")


def _subscribed(config: Path | None) -> Config:
    settings = read_config(find_config(config))
    if not settings.settings.subscription:
        raise ConfigError([f"{settings.file}: subscription: {_NOBODY}"])
    return settings


def _asked(shown: dict[str, Any]) -> Iterator[str]:
    """What a subscription asks for, a line for each condition that is set; then when and how it is told."""
    conditions = ("bureaus", "regions", "levels", "reports", "kinds", "words", "indicators", "sections")
    set_ones = [f"{name} {', '.join(shown[name])}" for name in conditions if shown[name]]
    if shown["least"] != "wording":
        set_ones.append(f"revisions of at least {shown['least']}")
    yield "; ".join(set_ones) or "everything but baselines"
    quiet = f", quiet {shown['quiet']}" if shown["quiet"] else ""
    yield f"{shown['when']}{quiet}, language {shown['language']}, at most {shown['most_a_day']} letters a day"


def _judged(wanted: Subscription, matter: Matter, owed: dict[str, Alert]) -> dict[str, Any]:
    """What a subscription makes of an event: each condition, and what each of its recipients gets."""
    verdict = judge(wanted, matter)
    told = [owed[recipient.casefold()] for recipient in dict.fromkeys(wanted.to)] if verdict.wanted else []
    return {
        "subscription": wanted.name,
        "wanted": verdict.wanted,
        "reasons": [{"holds": reason not in verdict.against, "reason": reason} for reason in verdict.reasons],
        "recipients": [
            {
                "recipient": alert.recipient,
                "by": alert.subscription,
                "this_one": alert.subscription == wanted.name,
                "when": alert.bundle,
                "due_at": alert.due_at,
                "language": alert.language,
            }
            for alert in told
        ],
    }


def _told_line(told: dict[str, Any]) -> str:
    if not told["this_one"]:
        return f"{told['recipient']}: told by {told['by']}, which makes it due first; one letter for each event"
    return f"{told['recipient']}: {told['when']}, due {local(told['due_at'])} (Asia/Shanghai), language {told['language']}"
