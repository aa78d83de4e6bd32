"""Turns the configuration's [[subscription]] blocks into what `deliver` decides by. Decides nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from crawler.config import Config, name_of
from crawler.config_keys import Subscription as Block
from crawler.deliver.subscriptions import Subscription, alerts_for
from crawler.flow import Alert, ChangeEvent, Significance
from crawler.schedule.matters import matter_of
from seeds.schema import Bureau
from storage.database import Database


def subscriptions(config: Config) -> tuple[Subscription, ...]:
    """All subscriptions, in the order of the configuration."""
    return tuple(_subscription(block, position) for position, block in enumerate(config.settings.subscription, start=1))


def digests_wanted(config: Config) -> tuple[tuple[str, str], ...]:
    """Recipient and form (daily, weekly) of everybody who wants digests."""
    return tuple((recipient, one.when) for one in config.settings.subscription if one.when != "at-once" for recipient in one.to)


def bureaus_by_id(config: Config) -> dict[str, Bureau]:
    """The bureaus of the seeds, by their ids."""
    return {bureau.id: bureau for bureau in config.bureaus}


def owed_for(db: Database, event: ChangeEvent, wanted: Sequence[Subscription], bureau: Bureau | None) -> tuple[Alert, ...]:
    """The alerts that an event owes; its text is read only where a subscription asks for what it says."""
    if not wanted:
        return ()
    matter = matter_of(db, event, bureau, with_content=any(one.asks_for_content for one in wanted))
    return alerts_for(matter, wanted, event.at)


def _subscription(block: Block, position: int) -> Subscription:
    return Subscription(
        name=name_of(block, position),
        to=block.to,
        bureaus=block.bureaus,
        regions=block.regions,
        levels=block.levels,
        reports=block.reports,
        kinds=block.kinds,
        least=Significance(block.least),
        words=block.words,
        indicators=block.indicators,
        sections=block.sections,
        when=block.when,
        quiet=_hours(block.quiet),
        language=block.language,
        most_a_day=block.most_a_day,
    )


def _hours(quiet: str) -> tuple[time, time] | None:
    begin, _, end = quiet.partition("-")
    return (time.fromisoformat(begin), time.fromisoformat(end)) if quiet else None
