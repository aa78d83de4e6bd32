"""Reduces a report to what must be equal for two texts to be the same. Changes no text that is stored."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable

from crawler.flow import RECIPE

# The full-width forms U+FF01 to U+FF5E of ASCII punctuation (not of digits and letters), the half-width forms of Chinese
# punctuation, and the quotation marks that editors swap. A look-alike such as 〇 for ○ stays a change.
_FOLD = str.maketrans(
    {ord(mark) + 0xFEE0: mark for mark in string.punctuation}
    | dict(zip(map(ord, "｡｢｣､･"), "。「」、・", strict=True))
    | dict.fromkeys(map(ord, "“”„‟〝〞〟"), '"')
    | dict.fromkeys(map(ord, "‘’‚‛"), "'")
)


def fingerprint(title: str, body: Iterable[str]) -> str:
    """The identity of a report's text, `<recipe>:<sha256 in hex>`.

    Two texts share it exactly where they differ in nothing but white space (no-break, em and ideographic spaces and line
    ends are white space), full or half width of punctuation, and the shape of quotation marks. Digits, letters,
    look-alikes, zero-width and direction marks are text: a change in them is a change.

    Args:
        title: the report's title.
        body: its paragraphs; where one ends and the next begins does not count.
    """
    reduced = f"{folded(title)}\n{folded(''.join(body))}"
    return f"{RECIPE}:{hashlib.sha256(reduced.encode('utf-8', 'surrogatepass')).hexdigest()}"


def folded(text: str) -> str:
    """The text without white space, punctuation in half width, quotation marks straight."""
    return "".join(text.split()).translate(_FOLD)
