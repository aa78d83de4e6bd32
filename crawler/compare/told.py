"""One version of a report as the diff takes it: words, sections, figures. Reads and compares nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crawler.knowledge import Figure, Section


@dataclass(frozen=True)
class Told:
    """What a report says, and what was understood of it.

    Offsets of sections and figures count code points of the body joined by newlines. Without sections nothing is
    renumbered; without figures a changed number is still a changed number, and has no name.
    """

    title: str
    body: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()


Tell = Callable[[str, tuple[str, ...]], Told]
"""What a text says, by its title and its paragraphs."""
