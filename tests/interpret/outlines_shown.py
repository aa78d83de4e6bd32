"""Writes an outline as the checked-in files show it: one line a section, indented by what stands above it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from crawler.interpret.outline import outline


def shown(body: Sequence[str]) -> list[str]:
    """Level, ordinal and heading of each section, … where text is run in, and the paragraphs that it reaches over (from 0)."""
    sections = outline(body)
    starts = [0, *accumulate(len(text) + 1 for text in body)][:-1]
    depths: list[int] = []
    lines = []
    for section in sections:
        depths.append(0 if section.parent is None else depths[section.parent] + 1)
        last = bisect_right(starts, section.end - 1) - 1
        over = f"{section.paragraph}" if last == section.paragraph else f"{section.paragraph}-{last}"
        parted = "|" if section.ordinal else ""
        more = " …" if section.run_in else ""
        lines.append(f"{section.level} {'    ' * depths[-1]}{section.ordinal}{parted}{section.heading}{more}  <{over}>")
    return lines
