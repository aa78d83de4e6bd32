"""Cuts a changed paragraph down to its edits and a few words around each. Judges nothing and lays nothing out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from crawler.change import Change, Span
from crawler.deliver.visible import visible, visible_beginning

CONTEXT = 40
"""Characters kept on each side of an edit."""
WHOLE = 1000
"""Characters shown of a stretch that is wholly new or gone."""
PAIR = 24
"""Characters that old and new may have each to be shown side by side."""
EDITS = 40
"""Edits shown of one paragraph; the others are counted."""
PAIRS = 8
"""Short replacements of one paragraph that are shown side by side."""

Op = Literal["same", "gone", "new"]
Kind = Literal["edited", "moved", "split", "merged", "added", "removed"]

_ARRANGED: Final[dict[str, Kind]] = {"moved": "moved", "split": "split", "merged": "merged"}
_LONGEST_PATH = 200  # characters
_NUMERIC = re.compile(r"[0-9０-９.．,%％‰]")


@dataclass(frozen=True)
class Fragment:
    """A stretch of an excerpt, made visible: unchanged words, words taken out, or words put in."""

    op: Op
    text: str


@dataclass(frozen=True)
class Excerpt:
    """One changed paragraph as a letter shows it."""

    kind: Kind
    section: str  # path, made visible; "" where it is not known
    pairs: tuple[tuple[str, str], ...]  # short replacements, old and new, whole; the first `PAIRS`
    fragments: tuple[Fragment, ...]
    edits: int  # count, of all
    left_out: int = 0  # edits that are not shown (count)


def excerpt(change: Change, *, whole: int = WHOLE, most_edits: int = EDITS) -> Excerpt:
    """The edits of a changed paragraph with `CONTEXT` characters around each.

    Args:
        change: the paragraph.
        whole: characters shown of a stretch that is wholly new or gone.
        most_edits: edits shown (count); the others are counted.
    """
    section = visible_beginning(change.section, _LONGEST_PATH)
    if not change.old:
        return Excerpt("added", section, (), (Fragment("new", visible_beginning(change.new, whole)),), 1)
    if not change.new:
        return Excerpt("removed", section, (), (Fragment("gone", visible_beginning(change.old, whole)),), 1)
    kind = _ARRANGED.get(change.kind, "edited")
    edited = any(span.op != "equal" for span in change.spans)
    if not edited and kind == "edited":  # no stretches were given: the whole paragraph was replaced
        return Excerpt("edited", section, (), tuple(_both_sides(change.old, change.new, whole)), 1)
    if not edited:  # the same words in another place, or in more or fewer paragraphs
        return Excerpt(kind, section, (), (Fragment("same", visible_beginning(change.new, whole)),), 1)
    shown = _first_edits(change.spans, most_edits)
    return Excerpt(
        kind, section, pairs(change)[:PAIRS], tuple(_fragments(shown, whole)), edits(change), max(edits(change) - most_edits, 0)
    )


def pairs(change: Change) -> tuple[tuple[str, str], ...]:
    """The short replacements of a changed paragraph, old and new, whole and made visible."""
    found = (span for span in change.spans if span.op != "equal" and _is_pair(span))
    return tuple((visible(span.old.strip()), visible(span.new.strip())) for span in found)


def edits(change: Change) -> int:
    """How many edits a changed paragraph has; one that came, went, moved or was replaced is one."""
    return max(sum(span.op != "equal" for span in change.spans), 1) if change.old and change.new else 1


def _first_edits(spans: Sequence[Span], most: int) -> Sequence[Span]:
    """The stretches up to the last edit that is shown, and what stands behind it."""
    reached = 0
    for position, span in enumerate(spans):
        reached += span.op != "equal"
        if reached > most:
            return spans[:position]
    return spans


def _is_pair(span: Span) -> bool:
    return all(0 < len(side.strip()) <= PAIR for side in (span.old, span.new))


def _fragments(spans: Sequence[Span], whole: int) -> Iterator[Fragment]:
    last = len(spans) - 1
    for position, span in enumerate(spans):
        if span.op == "equal":
            text = _shortened(span.new, keep_head=position > 0, keep_tail=position < last)
            yield Fragment("same", visible(text))
        else:
            yield from _both_sides(span.old, span.new, whole)


def _both_sides(old: str, new: str, whole: int) -> Iterator[Fragment]:
    if old:
        yield Fragment("gone", visible_beginning(old, whole))
    if new:
        yield Fragment("new", visible_beginning(new, whole))


def _shortened(text: str, *, keep_head: bool, keep_tail: bool) -> str:
    """Unchanged text next to edits: its head follows one, its tail leads to one. A number is never cut in two."""
    head = CONTEXT if keep_head else 0
    tail = len(text) - (CONTEXT if keep_tail else 0)
    while 0 < head < len(text) and _NUMERIC.match(text[head - 1]) and _NUMERIC.match(text[head]):
        head += 1
    while 0 < tail < len(text) and _NUMERIC.match(text[tail - 1]) and _NUMERIC.match(text[tail]):
        tail -= 1
    return text if tail - head <= 1 else f"{text[:head]}…{text[tail:]}"
