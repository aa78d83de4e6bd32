"""Lays out a text for checking: its sentences, the figures of each, the words before a figure. Checks nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from operator import attrgetter

from crawler.interpret.numerals import folded
from crawler.interpret.units import PERCENT
from crawler.knowledge import Figure, Section

_END = re.compile(r"[。!?\n]")
_LONGEST_CLAUSE = 60
_MOST_FIGURES = 60
"""Figures of one sentence; a run of more is a table that lost its lines, and would take time to the square of its length."""


@dataclass(frozen=True)
class Sentence:
    """A sentence with its figures in order. Offsets count code points of the whole text."""

    text: str  # of the whole body, folded to ASCII
    start: int
    end: int
    figures: tuple[Figure, ...]
    opens: bool  # a paragraph or a numbered item, or is the first sentence with figures there

    def clause(self, figure: Figure, stops: str = ",;:、(。") -> str:
        """The words before a figure, from the last mark or the last figure on; 60 at most."""
        place = bisect_left(self.figures, figure.start, key=attrgetter("start"))
        last = self.figures[place - 1].end if place else self.start
        begin = max(last, figure.start - _LONGEST_CLAUSE)
        words = self.text[begin : figure.start]
        return words[max((words.rfind(stop) for stop in stops), default=-1) + 1 :]

    def between(self, one: Figure, other: Figure) -> str:
        """The words between two figures."""
        return self.text[one.end : other.start]

    def after(self, figure: Figure) -> str:
        """The words behind a figure, up to the next figure or the end of the sentence."""
        place = bisect_left(self.figures, figure.end, key=attrgetter("start"))
        return self.text[figure.end : self.figures[place].start if place < len(self.figures) else self.end]


def sentences(body: Sequence[str], sections: Sequence[Section], figures: Sequence[Figure]) -> tuple[Sentence, ...]:
    """The sentences of a body that hold figures, in order.

    Args:
        body: paragraphs.
        sections: its outline.
        figures: offsets count code points of the body joined by newlines.
    """
    text = folded("\n".join(body))
    ordered = sorted(figures, key=lambda figure: figure.start)
    beginnings = {section.start for section in sections}
    found: list[Sentence] = []
    position, opens = 0, True
    for start, end in _spans(text):
        opens = opens or start == 0 or text[start - 1] == "\n" or start in beginnings
        first = position
        while position < len(ordered) and ordered[position].start < end:
            position += 1
        if first < position <= first + _MOST_FIGURES:
            found.append(Sentence(text, start, end, tuple(ordered[first:position]), opens))
            opens = False
    return tuple(found)


def printed(figure: Figure) -> str:
    """The figure as it stands in the text, with its unit."""
    return f"{figure.value}{figure.unit}"


def is_count(figure: Figure) -> bool:
    """Whether a figure counts something exactly: no rate, no rank, no 余 or 近."""
    return not figure.approx and figure.unit_norm not in PERCENT and figure.unit_norm != "位" and figure.value_norm >= 0


def scale_of(figure: Figure) -> Decimal:
    """What 万 and the like multiply the printed digits by; 1 where the value is printed in Chinese numerals."""
    digits = _digits(figure)
    if not digits or not Decimal(digits):
        return Decimal(1)
    return figure.value_norm / Decimal(digits)


def step_of(figure: Figure) -> Decimal:
    """The least amount that the printed value tells apart: 1000件 of 6.7万件; 0 of a whole number without 万."""
    digits = _digits(figure)
    scale = scale_of(figure)
    places = len(digits.partition(".")[2])
    return Decimal(0) if scale == 1 and not places else scale.scaleb(-places)


def variants(figure: Figure) -> Iterator[Decimal]:
    """The values that the figure would have if one of its printed digits were another."""
    digits, scale = _digits(figure), scale_of(figure)
    for place, character in enumerate(digits):
        if character != ".":
            for other in "0123456789":
                if other != character:
                    yield Decimal(digits[:place] + other + digits[place + 1 :]) * scale


def plain(value: Decimal) -> str:
    """A number as people write it: no exponent, no zeroes at its end."""
    return f"{value.normalize():f}"


def amount(value: Decimal, unit: str) -> str:
    """A number with its unit."""
    return f"{plain(value)}{unit}"


def _digits(figure: Figure) -> str:
    digits = folded(figure.value).replace(",", "").replace(" ", "")
    try:
        Decimal(digits)
    except InvalidOperation:
        return ""
    return digits if digits.replace(".", "", 1).isdigit() and digits.isascii() else ""


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)
