"""How much of a long event a letter shows, in steps. Cuts nothing itself."""

from __future__ import annotations

from dataclasses import dataclass

CLIPPED = 90_000
"""Most bytes of HTML of one event's letter: Gmail shows the first 102 kB of a message and hides the rest."""


@dataclass(frozen=True)
class Limits:
    """Most of each that is shown (counts); the rest is counted."""

    changes: int
    edits: int  # of one paragraph
    stretch: int  # characters of a stretch that is wholly new or gone
    figures: int
    checks: int
    outline: int
    attachments: int
    title: int = 300  # characters


STEPS = (
    Limits(changes=40, edits=40, stretch=1000, figures=20, checks=10, outline=40, attachments=40),
    Limits(changes=20, edits=20, stretch=400, figures=12, checks=6, outline=20, attachments=20),
    Limits(changes=10, edits=10, stretch=200, figures=8, checks=3, outline=10, attachments=8),
    Limits(changes=3, edits=5, stretch=100, figures=4, checks=1, outline=5, attachments=2, title=100),
    Limits(changes=1, edits=1, stretch=60, figures=1, checks=0, outline=0, attachments=0, title=60),
)
"""Of the letter of one event: the first with which it is small enough."""

OF_MANY = Limits(changes=5, edits=10, stretch=300, figures=8, checks=3, outline=20, attachments=5)
"""Of each event that a letter of many tells in full."""
