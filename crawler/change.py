"""The shapes of what a diff finds. Finds nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Op = Literal["equal", "delete", "insert", "replace"]
Kind = Literal["edited", "moved", "split", "merged", "added", "removed"]

TITLE = "(标题)"
"""Path of a report's title, which stands in no section."""


@dataclass(frozen=True)
class Span:
    """A stretch of an edited paragraph. `equal` spans may differ in what the comparison folds away."""

    op: Op
    old: str
    new: str


@dataclass(frozen=True)
class FigureChange:
    """A figure that was changed, put in or taken out."""

    indicator: str  # in the report's words, with 同比 … where that is what changed
    old: str | None  # as printed, without the unit where both sides have the same; None where it was put in
    new: str | None  # None where it was taken out
    unit: str  # as printed on the new side, on the old one where it was taken out
    percent: Decimal | None  # of the old value; None where there is none, where it is 0, and for rates
    points: Decimal | None  # for rates: percentage points
    sentence: str  # that states it, as it is; as it was where it was taken out


@dataclass(frozen=True)
class Renumbered:
    """A heading whose ordinal follows from another change: it has one more before it, or one fewer."""

    position_old: int
    position_new: int
    old: str  # ordinal
    new: str


@dataclass(frozen=True)
class Change:
    """What happened to one paragraph, to the paragraphs it was split into or merged from, or to a run that was moved.

    The old sides of its spans make `old`, the new sides `new`; several paragraphs are joined by newlines. Positions are
    0-based; in reports the title has 0 and the body begins at 1.
    """

    kind: Kind
    position_old: int | None  # None where it was added
    position_new: int | None  # None where it was removed
    old: str
    new: str
    spans: tuple[Span, ...]
    section: str = ""  # path on the new side, on the old one of what was removed
    section_old: str = ""  # path on the old side; "" of what was added
    figures: tuple[FigureChange, ...] = ()
    notes: tuple[str, ...] = ()  # Chinese, for a person: what cannot be seen in the text
    renumbered: tuple[Renumbered, ...] = ()

    @property
    def figure(self) -> FigureChange | None:
        """The figure that this change is about: the first with two sides, else the first of an edited paragraph."""
        both = next((one for one in self.figures if one.old is not None and one.new is not None), None)
        return both or (self.figures[0] if self.figures and self.kind not in {"added", "removed"} else None)
