"""The `alerts` commands: what is owed to people, what became of each letter, and its settling by hand. They send nothing."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from crawler.commands.alerts_shown import (
    NEEDY,
    STATES,
    State,
    alert_item,
    alert_lines,
    item_json,
    item_lines,
    letter_item,
    letter_lines,
    unasked,
    unasked_line,
)
from crawler.commands.options import LARGEST, AsJson, ConfigFile
from crawler.commands.shown import complain, local, say, say_json
from crawler.commands.stored import as_number, open_the_archive
from crawler.config import find_config, read_config
from crawler.errors import CrawlerError
from storage import outbox
from storage.database import Database, writing
from storage.migrations import open_for_reading
from storage.records import AlertRow, LetterRow

NEEDS_YOU = 1
"""Exit code of `alerts status` where something waits for a person (faults F140, F142)."""

Numbers = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Numbers as `alerts list` shows them.")]

alerts = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What is owed to people, and what became of each letter."
)


class NoSuchLetter(CrawlerError):
    """There is no such letter or alert, or it cannot be settled by hand now; the message says which and why."""


@alerts.command("list")
def list_alerts(
    state: Annotated[State | None, typer.Option(help="Only those in this state; waiting: in no letter yet.")] = None,
    most: Annotated[int, typer.Option("--limit", min=1, max=LARGEST, metavar="N", help="At most so many.")] = 50,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Alerts that are in no letter (a12), then letters (12), each newest first.

    Example: bureauwatch alerts list

    Example: bureauwatch alerts list --state failed --json
    """
    db = open_the_archive(config)
    alone = [alert_item(db, alert) for alert in outbox.alerts_alone(db)[::-1]]
    items = [item for item in alone if state in {None, State(item.state)}][:most]
    if state is not State.WAITING:
        states = (state.value,) if state else ()
        items += [letter_item(db, letter) for letter in outbox.letters(db, states=states, newest=most)][: most - len(items)]
    for item in items:
        if as_json:
            say_json(item_json(item))
            continue
        for line in item_lines(item):
            say(line)
    if not items and not as_json:
        say("nothing is owed and no letter was written" if state is None else f"nothing is {state.value}")
    counted = outbox.counts(db)
    there = {None: sum(counted.values()), State.WAITING: counted["unbound"]}.get(
        state, counted.get(str(state and state.value), 0)
    )
    if there > len(items):
        complain(f"{there - len(items)} more; --limit {there} shows them all")


@alerts.command("show")
def show_alert(
    number: Annotated[str, typer.Argument(metavar="ID", help="Number of a letter, or of an alert: a12.")],
    eml: Annotated[
        bool, typer.Option("--eml", help="The bytes that are sent, as they are; a mail programme opens them.")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """A letter with its headers and its plain text, or an alert that is in no letter yet.

    Example: bureauwatch alerts show 12

    Example: bureauwatch alerts show 12 --eml > letter.eml
    """
    db = open_the_archive(config)
    if _is_alert(number):
        if eml:
            raise NoSuchLetter(f"{number} is no letter and has no bytes; leave --eml out")
        lines = alert_lines(db, _alert(db, number))
    else:
        letter = _letter(db, number)
        if eml:
            sys.stdout.buffer.write(letter.short if letter.shortened else letter.message)
            sys.stdout.flush()
            return
        lines = letter_lines(db, letter)
    for line in lines:
        say(line)


@alerts.command("retry")
def retry_alerts(
    numbers: Numbers = None,
    everything: Annotated[bool, typer.Option("--all", help="All that wait, are held, were refused or given up.")] = False,
    config: ConfigFile = None,
) -> None:
    """Try letters again, now and for five days more: by the daemon's next round, or the next crawl.

    An alert that was dropped (a12) is told after all, when it is its turn.

    Example: bureauwatch alerts retry 12 a40

    Example: bureauwatch alerts retry --all
    """
    if bool(numbers) is everything:
        raise typer.BadParameter("name letters (12) or dropped alerts (a12), or give --all")
    settings = read_config(find_config(config))
    db = open_for_reading(settings.database)
    with writing(db):  # of its own, short, beside a daemon: SQLite's lock is enough
        if everything:
            numbers = [str(letter.id) for letter in outbox.letters(db, states=("pending", *NEEDY))]
        tried = [_tried_again(db, number) for number in dict.fromkeys(numbers or ())]
    for line in tried:
        say(line)
    if not tried:
        say("no letter waits, is held, was refused or given up")
    for one in unasked(outbox.waiting_for(db), settings.settings.recipients):
        complain(unasked_line(one))


@alerts.command("drop")
def drop_alerts(
    numbers: Numbers = None,
    to: Annotated[
        str, typer.Option(metavar="RECIPIENT", help="All that waits for this address, channel:NAME or webhook:NAME.")
    ] = "",
    config: ConfigFile = None,
) -> None:
    """Never send these letters (12), never tell these alerts (a12). They stay in the archive; events are not touched.

    Example: bureauwatch alerts drop 12 a40

    Example: bureauwatch alerts drop --to left@example.org
    """
    if bool(numbers) is bool(to):
        raise typer.BadParameter("name letters (12) or alerts (a12), or give --to; `bureauwatch alerts list` shows them")
    db = open_the_archive(config)
    with writing(db):  # as above; all of them or none
        dropped = [_dropped(db, number) for number in dict.fromkeys(numbers or _of(db, to))]
    for line in dropped:
        say(line)


@alerts.command("status")
def status_of_alerts(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """How many letters and alerts there are in each state. Exit code 1 where some of them wait for you.

    They do where a letter was refused, given up or held, or where its recipient is in the configuration no more.

    Example: bureauwatch alerts status || echo "look at: bureauwatch alerts list"
    """
    settings = read_config(find_config(config))
    db = open_for_reading(settings.database)
    counted = outbox.counts(db)
    counted["waiting"] = counted.pop("unbound")
    shown = {state: counted.get(state, 0) for state in STATES}
    left = unasked(outbox.waiting_for(db), settings.settings.recipients)
    if as_json:
        say_json({**shown, "unasked": [asdict(one) for one in left]})
    else:
        for state, count in shown.items():
            say(f"{state:<8}  {count:>6}  {STATES[state]}")
        if any(shown[state] for state in NEEDY):
            complain("letters need you: look at `bureauwatch alerts list`, then `bureauwatch alerts retry` or `drop` them")
        for one in left:
            complain(unasked_line(one))
    if left or any(shown[state] for state in NEEDY):
        raise typer.Exit(NEEDS_YOU)


def _tried_again(db: Database, number: str) -> str:
    """Try one letter again, or tell one dropped alert after all; returns the line that says so."""
    if _is_alert(number):
        alert = _alert(db, number)
        if not outbox.take_back(db, alert.id):
            raise NoSuchLetter(_why_not_alert(alert))
        return f"a{alert.id}: waits again ({alert.recipient})"
    letter = _letter(db, number)
    if not outbox.retry(db, letter.id, datetime.now(UTC)):
        raise NoSuchLetter(_why_not(letter))
    return f"{letter.id}: tried again from now on ({letter.recipient})"


def _dropped(db: Database, number: str) -> str:
    """Drop one letter or alert; returns the line that says so."""
    if _is_alert(number):
        alert = _alert(db, number)
        if not outbox.drop_alert(db, alert.id, datetime.now(UTC)):
            raise NoSuchLetter(_why_not_alert(alert))
        return f"a{alert.id}: dropped ({alert.recipient})"
    letter = _letter(db, number)
    if not outbox.drop(db, letter.id):
        raise NoSuchLetter(_why_not(letter))
    return f"{letter.id}: dropped ({letter.recipient})"


def _of(db: Database, recipient: str) -> list[str]:
    """The numbers of all that waits for somebody."""
    alerts_of_them, letters = outbox.waiting_for(db).get(recipient.casefold(), ([], []))
    if not alerts_of_them and not letters:
        raise NoSuchLetter(f"nothing waits for {recipient}; `bureauwatch alerts status` names who is waited for in vain")
    return [*(f"a{number}" for number in alerts_of_them), *(str(number) for number in letters)]


def _is_alert(number: str) -> bool:
    return number[:1] in {"a", "A"}


def _letter(db: Database, number: str) -> LetterRow:
    found = outbox.letter(db, asked) if (asked := as_number(number)) is not None else None
    if found is None:
        raise NoSuchLetter(f"there is no letter {number}; `bureauwatch alerts list` shows them")
    return found


def _alert(db: Database, number: str) -> AlertRow:
    found = outbox.alert(db, asked) if (asked := as_number(number[1:])) is not None else None
    if found is None:
        raise NoSuchLetter(f"there is no alert {number}; `bureauwatch alerts list --state waiting` shows them")
    return found


def _why_not(letter: LetterRow) -> str:
    """Why a letter cannot be tried again, or dropped. Nothing was changed, of the others either."""
    reason = {
        "sent": f"was sent on {local(letter.sent_at)}: it cannot be called back, and is not sent twice",
        "trying": "is being handed over at this moment; see `bureauwatch alerts list` in a minute",
        "dropped": "is dropped already; `bureauwatch alerts retry` would send it after all",
    }.get(letter.state, f"is {letter.state}")
    return f"letter {letter.id} {reason}. Nothing was changed"


def _why_not_alert(alert: AlertRow) -> str:
    if alert.letter_id is not None:
        where = f"is in letter {alert.letter_id}; name that"
    elif alert.dropped_at is None:
        where = "is in no letter yet that could be tried; one is written when it is due"
    else:
        where = "is dropped already; `bureauwatch alerts retry` would tell it after all"
    return f"alert a{alert.id} {where}. Nothing was changed"
