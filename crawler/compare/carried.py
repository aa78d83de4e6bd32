"""Says which characters of a text stand word for word in an older one. Cares for no order: a moved passage is carried over."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

RUN = 12
"""Code points that two texts must share at a stretch. Shorter runs are names and set phrases, which any two reports share."""


class Carried:
    """Which characters of a new text stand in the old one in runs of `RUN` or more, without white space and width."""

    def __init__(self, old: str, new: str, fold: Callable[[str], str]) -> None:
        kept = [(place, fold(one)) for place, one in enumerate(new)]
        folded = "".join(text for _, text in kept)
        source = fold(old)
        known = {source[at : at + RUN] for at in range(len(source) - RUN + 1)}
        covered = bytearray(len(folded))
        end = 0
        for at in range(len(folded) - RUN + 1):
            if folded[at : at + RUN] in known:
                covered[max(at, end) : at + RUN] = b"\x01" * (at + RUN - max(at, end))
                end = at + RUN
        # Sums up to each place of the new text, so that a section's share is two look-ups.
        lengths = [0, *accumulate(len(text) for _, text in kept)]
        sums = [0, *accumulate(covered)]
        self._lengths = lengths
        self._covered = [sums[length] for length in lengths]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Characters carried over and in all, white space not counted, from one offset of the new text to another."""
        return self._covered[end] - self._covered[start], self._lengths[end] - self._lengths[start]
