"""Cuts a changed paragraph down to its edits and a few words around each. Judges nothing and lays nothing out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from crawler.deliver.letter_content import Change, Span
from crawler.deliver.visible import cut, visible

CONTEXT = 40
"""Characters kept on each side of an edit."""
WHOLE = 1000
"""Characters shown of a stretch that is wholly new or gone."""
PAIR = 24
"""Characters that old and new may have each to be shown side by side."""

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
    pairs: tuple[tuple[str, str], ...]  # short replacements, old and new, whole
    fragments: tuple[Fragment, ...]
    edits: int  # count


def excerpt(change: Change) -> Excerpt:
    """The edits of a changed paragraph, whole, with `CONTEXT` characters around each."""
    section = cut(visible(change.section), _LONGEST_PATH)
    if not change.old:
        return Excerpt("added", section, (), (Fragment("new", cut(visible(change.new), WHOLE)),), 1)
    if not change.new:
        return Excerpt("removed", section, (), (Fragment("gone", cut(visible(change.old), WHOLE)),), 1)
    kind = _ARRANGED.get(change.kind, "edited")
    edits = [span for span in change.spans if span.op != "equal"]
    if not edits and kind == "edited":  # no stretches were given: the whole paragraph was replaced
        return Excerpt("edited", section, (), tuple(_both_sides(change.old, change.new)), 1)
    if not edits:  # the same words in another place, or in more or fewer paragraphs
        return Excerpt(kind, section, (), (Fragment("same", cut(visible(change.new), WHOLE)),), 1)
    pairs = tuple((visible(span.old.strip()), visible(span.new.strip())) for span in edits if _is_pair(span))
    return Excerpt(kind, section, pairs, tuple(_fragments(change.spans)), len(edits))


def _is_pair(span: Span) -> bool:
    return all(0 < len(side.strip()) <= PAIR for side in (span.old, span.new))


def _fragments(spans: Sequence[Span]) -> Iterator[Fragment]:
    last = len(spans) - 1
    for position, span in enumerate(spans):
        if span.op == "equal":
            text = _shortened(span.new, keep_head=position > 0, keep_tail=position < last)
            yield Fragment("same", visible(text))
        else:
            yield from _both_sides(span.old, span.new)


def _both_sides(old: str, new: str) -> Iterator[Fragment]:
    if old:
        yield Fragment("gone", cut(visible(old), WHOLE))
    if new:
        yield Fragment("new", cut(visible(new), WHOLE))


def _shortened(text: str, *, keep_head: bool, keep_tail: bool) -> str:
    """Unchanged text next to edits: its head follows one, its tail leads to one. A number is never cut in two."""
    head = CONTEXT if keep_head else 0
    tail = len(text) - (CONTEXT if keep_tail else 0)
    while 0 < head < len(text) and _NUMERIC.match(text[head - 1]) and _NUMERIC.match(text[head]):
        head += 1
    while 0 < tail < len(text) and _NUMERIC.match(text[tail - 1]) and _NUMERIC.match(text[tail]):
        tail -= 1
    return text if tail - head <= 1 else f"{text[:head]}…{text[tail:]}"
