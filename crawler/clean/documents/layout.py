"""Makes paragraphs of the lines of laid-out pages (PDF, OFD), and drops what repeats on every page. Reads no file."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_FULL_WITHIN_EM = 1.5  # of the right margin: a line leaves one place free where the next character may not begin one
_REACHES_MARGIN = 0.8  # of what is left of the page; a page whose widest line is shorter has no full lines
_INDENTED_FROM_EM = 1.2  # Chinese paragraphs are indented by two
_ENDS_SENTENCE = "。：；！？:;!?…"
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[\s\-—–－·.第页共/#]*")
_FEWEST_PAGES = 3  # with fewer nothing can be said to repeat
_LATIN_END, _LATIN_START = re.compile(r"[0-9A-Za-z,.;:)%]"), re.compile(r"[0-9A-Za-z(]")


@dataclass(frozen=True, slots=True)
class LaidOutPage:
    """The lines of a page from top to bottom, and how wide it is."""

    width: float
    lines: tuple[VisualLine, ...]


@dataclass(frozen=True, slots=True)
class VisualLine:
    """A line as it is laid out: its text, where it begins and ends, and the size of its characters, in the page's unit."""

    text: str
    left: float
    right: float
    em: float


def paragraphs(pages: Sequence[LaidOutPage]) -> Iterator[str]:
    """The paragraphs of a document, joined over lines and pages.

    A line goes on in the next one where it is full and the next is not indented; a full line that ends a sentence goes on
    only where the page's paragraphs are indented at all, since otherwise nothing tells.

    Args:
        pages: in their order.
    """
    parts: list[str] = []
    previous, bounds = None, (0.0, 0.0)
    for page, width in zip(_without_running_lines(pages), (page.width for page in pages), strict=True):
        left, right = _margins(page, width)
        has_indents = any(_INDENTED_FROM_EM * line.em < line.left - left < 4 * line.em for line in page)
        for line in page:
            goes_on = previous is not None and _goes_on(previous, bounds, line, left, has_indents=has_indents)
            text = line.text.strip()
            if not goes_on:
                if parts:
                    yield "".join(parts)
                parts = [text]
            else:
                parts += [" ", text] if _are_words(parts[-1][-1:], text[:1]) else [text]
            previous, bounds = line, (left, right)
    if parts:
        yield "".join(parts)


def _goes_on(line: VisualLine, bounds: tuple[float, float], after: VisualLine, left: float, *, has_indents: bool) -> bool:
    """Whether the paragraph of `line` goes on in the line after it. `bounds` are the margins of its own page."""
    is_full = line.right >= bounds[1] - _FULL_WITHIN_EM * line.em and line.left - bounds[0] < 4 * line.em
    is_indented = after.left - left >= _INDENTED_FROM_EM * after.em
    if not is_full or is_indented or abs(line.em - after.em) > 0.2 * line.em:
        return False
    return has_indents or line.text.rstrip()[-1:] not in _ENDS_SENTENCE


def _margins(lines: Sequence[VisualLine], width: float) -> tuple[float, float]:
    """Where the text of a page begins and ends; it ends nowhere where no line comes near the other side."""
    left = min((line.left for line in lines), default=0.0)
    right = max((line.right for line in lines), default=0.0)
    return left, right if right >= _REACHES_MARGIN * (width - left) else float("inf")


def _are_words(end: str, start: str) -> bool:
    """Whether there is a blank between two lines: between Latin words, but not in Chinese or within a number."""
    return bool(_LATIN_END.match(end) and _LATIN_START.match(start)) and not (end.isdigit() and start.isdigit())


def _without_running_lines(pages: Sequence[LaidOutPage]) -> list[list[VisualLine]]:
    """The pages without headers, footers and page numbers: first or last lines that most pages share but for their digits."""
    kept = [[line for line in page.lines if line.text.strip()] for page in pages]
    for end in (0, -1, 0, -1):  # twice: a running title may stand above a page number
        filled = [page for page in kept if page]
        if len(filled) < _FEWEST_PAGES:
            break
        seen = Counter(_likeness(page[end].text) for page in filled)
        repeated = {text for text, count in seen.items() if 2 * count > len(filled)}
        for page in filled:
            if _likeness(page[end].text) in repeated:
                del page[end]
    return kept


def _likeness(text: str) -> str:
    """What two running lines have in common: all but the page's number, which may be any where the line is nothing else."""
    folded = _DIGITS.sub("#", unicodedata.normalize("NFKC", text)).strip()
    return "#" if "#" in folded and _PAGE_NUMBER.fullmatch(folded) else folded
