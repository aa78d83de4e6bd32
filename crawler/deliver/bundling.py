"""Decides which alerts of one person go into one letter, and which wait for the next morning. Reads no clock, writes no row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crawler.flow import EventKind, Language, When

STORM = 5
"""Alerts of one host at one time from which on they are one letter with a table."""
STORM_OF_BASELINES = 2
"""The same for first readings, of which a new bureau brings one for each of its columns."""
BACKLOG_AFTER = timedelta(hours=1)
"""An alert that is so long overdue waited for a mail server, not for its turn."""

Form = Literal["single", "storm", "daily", "weekly", "backlog", "cap"]


@dataclass(frozen=True)
class Owed:
    """One alert that is due, as far as bundling asks for it."""

    alert_id: int
    event_id: int
    kind: EventKind
    host: str  # of the event's address
    due_at: datetime  # aware
    bundle: When
    language: Language


@dataclass(frozen=True)
class Bundle:
    """The alerts of one letter."""

    form: Form
    owed: tuple[Owed, ...]  # oldest first

    @property
    def language(self) -> Language:
        """Of the letter: its oldest alert's."""
        return self.owed[0].language


@dataclass(frozen=True)
class Plan:
    """What becomes of a person's alerts: each is in one bundle, or put off."""

    bundles: tuple[Bundle, ...]  # in the order in which they are sent
    put_off: tuple[Owed, ...] = ()  # to the next morning's digest


def plan(owed: Sequence[Owed], *, sent_today: int, most_a_day: int, now: datetime) -> Plan:
    """What becomes of one person's due alerts.

    Those of daily and weekly subscriptions make a digest each. The others make a letter each, or one for the storm of a host.
    Where that is more than the person's letters for the day, they make one digest: at once, if a letter waited since an
    outage, else next morning, after what the cap leaves room for, oldest first.

    Args:
        owed: all that is due now for one person.
        sent_today: letters the person got today (count).
        most_a_day: that the person wants at the most (count).
        now: aware.
    """
    digests = [Bundle(form, tuple(_oldest_first(one for one in owed if one.bundle == form))) for form in _DIGESTS]
    urgent = [one for one in _oldest_first(owed) if one.bundle == "at-once"]
    letters = sorted(_folded(urgent), key=lambda bundle: (bundle.owed[0].due_at, bundle.owed[0].alert_id))
    room = max(most_a_day - sent_today, 0)
    put_off: tuple[Owed, ...] = ()
    if len(letters) > room:
        if urgent[0].due_at <= now - BACKLOG_AFTER and room:
            letters = [Bundle("backlog", tuple(urgent))]
        else:
            put_off = tuple(_oldest_first(one for bundle in letters[room:] for one in bundle.owed))
            letters = letters[:room]
    return Plan((*letters, *(digest for digest in digests if digest.owed)), put_off)


_DIGESTS: tuple[Literal["daily", "weekly"], ...] = ("daily", "weekly")


def _oldest_first(owed: Iterable[Owed]) -> list[Owed]:
    return sorted(owed, key=lambda one: (one.due_at, one.alert_id))


def _folded(urgent: Sequence[Owed]) -> Iterator[Bundle]:
    """Letters of one alert, but for hosts of which many came together."""
    of_host: dict[tuple[str, bool], list[Owed]] = defaultdict(list)
    for one in urgent:
        of_host[one.host, one.kind is EventKind.BASELINE].append(one)
    for (_, baselines), together in of_host.items():
        if len(together) >= (STORM_OF_BASELINES if baselines else STORM):
            yield Bundle("storm", tuple(together))
        else:
            yield from (Bundle("single", (one,)) for one in together)
