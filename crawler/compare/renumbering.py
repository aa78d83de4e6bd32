"""Tells the ordinals that merely follow from a section put in or taken out from those that were edited. Finds no section."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from crawler.change import Change, Renumbered
from crawler.compare.amounts import numeral
from crawler.compare.sides import Side
from crawler.knowledge import Section

_SHOWN = 6
"""Ordinals written out in a note."""
_NUMERAL = re.compile(r"[0-9０-９]{1,4}|[一二三四五六七八九十百〇零]{1,6}|[①-⑳]")


def folded_renumbering(changes: Sequence[Change], old: Side, new: Side) -> list[Change]:
    """The changes, those of mere ordinals that follow from another change told with that one.

    Where a section was put in, each later one of its kind has an ordinal one higher, and nobody edited it. An ordinal that
    moved by as many places as its section stays no change of its own; any other one does.

    Args:
        changes: in reading order, positions counted from 1 in the body.
        old: the old side.
        new: the new side.
    """
    kept = list(changes)
    told: dict[int, list[Renumbered]] = {}
    for at, change in enumerate(changes):
        follows = _renumbered(change, old, new)
        cause = _cause(changes, at, follows[1], old, new) if follows else None
        if follows and cause is not None:
            told.setdefault(cause, []).append(follows[0])
    gone = {(one.position_old, one.position_new) for found in told.values() for one in found}
    for at, found in told.items():
        kept[at] = replace(kept[at], renumbered=tuple(found), notes=(*kept[at].notes, _note(found)))
    return [one for one in kept if one.kind != "edited" or (one.position_old, one.position_new) not in gone]


def _renumbered(change: Change, old: Side, new: Side) -> tuple[Renumbered, Section] | None:
    """What a change of an ordinal alone comes to, where its section moved by as many places."""
    if change.kind != "edited" or not change.position_old or not change.position_new:
        return None
    here, there = old.headings.get(change.position_old - 1), new.headings.get(change.position_new - 1)
    if here is None or there is None or here.ordinal == there.ordinal or here.level != there.level:
        return None
    edits = [span for span in change.spans if span.op != "equal"]
    if len(edits) != 1 or len(change.spans[0].new) + len(edits[0].new) > len(there.ordinal) + 1:
        return None
    before, after = ordinal_number(here.ordinal), ordinal_number(there.ordinal)
    shift = new.places[there.start] - old.places[here.start]
    if before is None or after is None or shift == 0 or after - before != shift:
        return None
    return Renumbered(change.position_old, change.position_new, here.ordinal, there.ordinal), there


def _cause(changes: Sequence[Change], at: int, section: Section, old: Side, new: Side) -> int | None:
    """The nearest change before that put in, took out or moved a section of the same level."""
    for before in range(at - 1, -1, -1):
        change = changes[before]
        sides: list[tuple[Mapping[int, Section], int | None]] = []
        if change.kind in {"added", "moved"}:
            sides.append((new.headings, change.position_new))
        if change.kind in {"removed", "moved"}:
            sides.append((old.headings, change.position_old))
        for headings, position in sides:
            found = headings.get((position or 0) - 1)
            if found is not None and found.level == section.level:
                return before
    return None


def ordinal_number(ordinal: str) -> int | None:
    """The number that an ordinal says: 3 for 三、 （三） 3. ③ 三是 第三条; None for one in words."""
    found = _NUMERAL.search(ordinal)
    if found is None:
        return None
    if "①" <= found[0] <= "⑳":
        return ord(found[0]) - ord("①") + 1
    value = numeral(found[0])
    return None if value is None else int(value)


def _note(found: Sequence[Renumbered]) -> str:
    shown = "，".join(f"{one.old}→{one.new}" for one in found[:_SHOWN])
    return f"其后{len(found)}处序号顺延：{shown}{'等' if len(found) > _SHOWN else ''}"
