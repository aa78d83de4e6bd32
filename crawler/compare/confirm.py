"""Which changes must be seen twice before anybody is told, and why. No clock, no database, no network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from crawler.compare.identity import title_likeness
from crawler.numbers import numbers
from storage.records import AddressRow

SHARE_REMOVED: Final = 0.3
"""Of a text's characters, from which on a removal is large."""
LEAST_REMOVED: Final = 200
"""Characters; fewer are never large: a short notice may well be reworded by half."""
SHRUNK: Final = 0.5
GROWN: Final = 3.0
FIGURES_LOST: Final = 3
"""So many numbers stood in the text, and none does."""
OTHER_TITLE: Final = 0.3
MOST_TEXTS: Final = 3
"""Different texts in a row, none seen twice, that make an address unsettled."""
MOST_BLIPS: Final = 3
"""Suspicions that came to nothing, less the calm visits since, that make an address unsettled."""

_HIDDEN: Final = frozenset(
    map(chr, (0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
)


def why_large(
    old: tuple[str, Sequence[str]], new: tuple[str, Sequence[str]], *, removed: int, fold: Callable[[str], str] = str
) -> str:
    """Why a change is large, in a few words; "" where it is not.

    Args:
        old: title and body as they were.
        new: title and body as they are.
        removed: characters of the old text that are gone.
        fold: what counts of a text.
    """
    (old_title, old_body), (new_title, new_body) = old, new
    before, after = sum(map(len, old_body)), sum(map(len, new_body))
    if before - after >= LEAST_REMOVED and after < SHRUNK * before:
        return f"the text shrank from {before} to {after} characters"
    if after - before >= LEAST_REMOVED and after > GROWN * before:
        return f"the text grew from {before} to {after} characters"
    if removed >= LEAST_REMOVED and removed >= SHARE_REMOVED * before:
        return f"{removed} of {before} characters were removed or rewritten"
    if len(numbers("\n".join(old_body))) >= FIGURES_LOST and not numbers("\n".join(new_body)):
        return "all figures are gone"
    if old_title and title_likeness(old_title, new_title, fold) < OTHER_TITLE:
        return "the title is another one"
    return ""


def why_odd(old: Sequence[str], new: Sequence[str], *, former: Sequence[str], read: str) -> str:
    """Why a change is odd, in a few words; "" where it is not. There and back again is two changes; then it becomes odd.

    Args:
        old: title and paragraphs as they were.
        new: title and paragraphs as they are.
        former: the fingerprints of the report's versions, first to last.
        read: the fingerprint that was read now.
    """
    if former and read in former[:-1] and former[-1] in former[:-1]:
        return "the text changes to and fro"
    hidden = _HIDDEN.intersection("\n".join(new)) - _HIDDEN.intersection("\n".join(old))
    if hidden:
        return "characters that nobody can see came in: " + ", ".join(f"U+{ord(sign):04X}" for sign in sorted(hidden))
    return ""


def is_confirmed(address: AddressRow, what: str, *, now: datetime, wait: timedelta) -> bool:
    """Whether this is the second look: the same was seen there before, long enough ago.

    Args:
        address: as it was before the visit.
        what: the fingerprint that was read.
        now: aware time of the visit.
        wait: the least time between two looks; none: one is enough.
    """
    if not wait:
        return True
    return address.suspect == what and address.suspect_at is not None and now - address.suspect_at >= wait


def blips_after(address: AddressRow, *, came_to_nothing: bool) -> int:
    """How unsettled an address is after a visit that left no suspicion: one more after a false alarm, else one less."""
    return address.blips + 1 if came_to_nothing else max(address.blips - 1, 0)
