"""Gathers from the archive what each feed shows: all events, and those that a subscription wants. Writes no file."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.config import Config
from crawler.deliver.feeds import Feed
from crawler.deliver.letter_content import LetterEvent
from crawler.deliver.subscriptions import Subscription, judge
from crawler.event_rows import as_event
from crawler.flow import EventKind, Language
from crawler.schedule.letter_events import letter_event
from crawler.schedule.matters import matter_of
from crawler.schedule.subscribed import bureaus_by_id, subscriptions
from seeds.schema import Bureau
from storage import archive
from storage.database import Database
from storage.records import EventRow

ALL = "all"
"""The name of the feed that shows every event but first readings."""
LOOKED_AT = 5_000
"""Events, the newest, among which a subscription's are looked for (count), or as many as a feed may hold: it is no archive."""


def gather_feeds(db: Database, config: Config, *, home_url: str, most: int) -> Iterator[Feed]:
    """The feed of all events, then one for each subscription, in the order of the configuration.

    Args:
        db: the archive.
        config: whose subscriptions they are.
        home_url: where the files are served, ending in /; "" where that is not known.
        most: entries of a feed (count); the newest are kept.
    """
    wanted = subscriptions(config)
    shelves: dict[str, list[EventRow]] = {ALL: [], **{one.name: [] for one in wanted}}
    bureaus = bureaus_by_id(config)
    for event in archive.latest_events(db, max(LOOKED_AT, most)):
        if all(len(shelf) >= most for shelf in shelves.values()):
            break
        for name in _takers(db, event, bureaus.get(event.bureau_id), wanted):
            if len(shelves[name]) < most:
                shelves[name].append(event)
    told: dict[int, LetterEvent] = {}
    languages: dict[str, Language] = {one.name: one.language for one in wanted}
    for name, shelf in shelves.items():
        entries = []
        for event in shelf:
            if event.id not in told:
                bureau = bureaus.get(event.bureau_id)
                told[event.id] = letter_event(db, event, bureau, base_url=config.settings.web.base_url)
            entries.append(told[event.id])
        yield Feed(
            title="bureauwatch" if name == ALL else f"bureauwatch · {name}",
            archive=archive.uuid(db),
            archive_made=archive.created_at(db),
            name=name,
            language=languages.get(name, "zh"),
            home_url=home_url,
            entries=tuple(entries),
        )


def _takers(db: Database, event: EventRow, bureau: Bureau | None, wanted: tuple[Subscription, ...]) -> Iterator[str]:
    if event.silent:  # kept and told to nobody: an issue stands for it
        return
    if event.kind != EventKind.BASELINE.value:
        yield ALL
    if not wanted:
        return
    matter = matter_of(db, as_event(event), bureau, with_content=any(one.asks_for_content for one in wanted))
    yield from (one.name for one in wanted if judge(one, matter).wanted)
