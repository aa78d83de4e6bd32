"""Decides which openings and healings of issues a person is told now. Pure: reads no clock, writes no row, mails nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from spiders.failures import Failure, Outcome
from storage.records import IssueRow

PASSING: Final = frozenset({Outcome.UNREACHABLE.value, Outcome.MAINTENANCE.value})
"""Outcomes that mostly heal by themselves."""
ENOUGH_VISITS: Final = 3
"""So many visits must have seen an issue that may pass by itself before it is told (count)."""
ENOUGH_TIME: Final = timedelta(hours=24)
"""Or so long it must have been open."""
FLAPS: Final = 3
"""An issue that healed more often than so (count) within `FLAP_WINDOW` comes and goes."""
FLAP_WINDOW: Final = timedelta(days=7)
"""So long such an issue must have been gone before it counts as healed."""
BETWEEN_LETTERS: Final = timedelta(hours=1)
"""A person gets at most one letter about issues in this time, so that an outage of the network is one letter."""


@dataclass(frozen=True)
class Tidings:
    """What is news to one person."""

    opened: tuple[IssueRow, ...]  # oldest first
    healed: tuple[IssueRow, ...]
    flapping: frozenset[int]  # ids of those opened that come and go

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.opened or self.healed)


def tidings(issues: Sequence[IssueRow], noted: frozenset[tuple[int, str]], now: datetime) -> Tidings:
    """What a person is told of now: each opening once, each healing once, and never a visit.

    An issue that may pass by itself is told after three visits or a day; one that healed before it was told never is. One that
    comes and goes is told once as such, and its healing when it was gone for a week.

    Args:
        issues: those that are open, and the closed ones that share a key with what is told or may have to be.
        noted: an issue's id with "opened" or "healed", for what this person was told already.
        now: aware.
    """
    opened: list[IssueRow] = []
    healed: list[IssueRow] = []
    flapping: set[int] = set()
    for rows in _by_key(issues):
        spell = _spell(rows)
        for row in rows:
            if row in spell:
                continue
            if row.closed_at is None and (row.id, "opened") not in noted and needs_a_person(row, now):
                opened.append(row)
            if row.closed_at is not None and _is_owed_healing(row, noted):
                healed.append(row)
        if spell and not any((row.id, "opened") in noted for row in spell):
            if _is_within(spell[-1], now):
                opened.append(spell[-1])
                flapping.add(spell[-1].id)
        elif spell and not _is_within(spell[-1], now):
            # The last one of the spell says since when it is over.
            healed.extend(replace(row, closed_at=spell[-1].closed_at) for row in spell if _is_owed_healing(row, noted))
    by_age = sorted(opened, key=lambda row: (row.opened_at, row.id)), sorted(healed, key=lambda row: (row.opened_at, row.id))
    return Tidings(tuple(by_age[0]), tuple(by_age[1]), frozenset(flapping))


def needs_a_person(row: IssueRow, now: datetime) -> bool:
    """Whether an open issue is somebody's business by now, and not one that passes by itself or is told otherwise.

    A report or an attachment that is not there any more is told as an event once it was sighted often enough.
    """
    is_of_a_listing = row.key.partition(" ")[2].startswith("listing")
    if row.outcome == Outcome.GONE.value and row.failure != Failure.BROKEN_LINK.value and not is_of_a_listing:
        return False
    return row.outcome not in PASSING or row.times >= ENOUGH_VISITS or now - row.opened_at >= ENOUGH_TIME


def _by_key(issues: Sequence[IssueRow]) -> Iterator[list[IssueRow]]:
    of_key: dict[str, list[IssueRow]] = defaultdict(list)
    for row in sorted(issues, key=lambda row: row.id):
        of_key[row.key].append(row)
    return iter(of_key.values())


def _spell(rows: Sequence[IssueRow]) -> list[IssueRow]:
    """The last of these issues of one key in a row that came while it was coming and going; oldest first."""
    spell: list[IssueRow] = []
    for position in range(len(rows) - 1, -1, -1):
        row = rows[position]
        before = [one for one in rows[:position] if one.closed_at and one.closed_at > row.opened_at - FLAP_WINDOW]
        if len(before) <= FLAPS:
            break
        spell.insert(0, row)
    return spell


def _is_within(row: IssueRow, now: datetime) -> bool:
    """Whether the coming and going goes on, as far as can be seen."""
    return row.closed_at is None or now - row.closed_at < FLAP_WINDOW


def _is_owed_healing(row: IssueRow, noted: frozenset[tuple[int, str]]) -> bool:
    return (row.id, "opened") in noted and (row.id, "healed") not in noted
