"""Makes text from a page safe to read: what cannot be seen is shown as a marker. Escapes nothing; templates do that."""

from __future__ import annotations

import re

MARK = "⟦U+"
"""How every marker begins."""

_SEPARATORS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Controls, lone surrogates, interlinear marks, and Unicode's Default_Ignorable_Code_Point: bidi controls, zero widths,
# variation selectors, Hangul fillers, tag characters. Many pass str.isprintable() and none of the Cf ones isspace().
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    """The text on one line, each invisible or direction-changing character shown as ⟦U+202E⟧.

    An edit that hides behind such characters (CVE-2021-42574) must be seen by whoever reads the letter.
    """
    return _INVISIBLE.sub(lambda found: f"{MARK}{ord(found[0]):04X}⟧", _SEPARATORS.sub(" ", text))


def visible_beginning(text: str, limit: int) -> str:
    """The beginning of the text, safe to read, ending in "…" where it had to be cut; a long text is not read to its end.

    Args:
        text: anything.
        limit: most characters of the answer, at least 1.
    """
    read = text[: 4 * limit]  # what becomes shorter are runs of separators; one that is longer than this is no text
    shown = visible(read)
    return cut(shown if len(read) == len(text) else f"{shown}…", limit)


def header_line(text: str, limit: int = 200) -> str:
    """The text as it may stand in a mail header, or in any single line of bounded length.

    Runs of control characters and line separators become one space: several of them would otherwise end a header early
    (CVE-2024-6923; bugs.python.org 46462 for U+2028 and U+001C).

    Args:
        text: anything.
        limit: most characters of the answer, at least 1; longer text ends in "…".
    """
    line = visible(" ".join(_CONTROLS.sub(" ", text).split()))
    return cut(line, limit)


def cut(text: str, limit: int) -> str:
    """The beginning of the text, ending in "…" where it had to be cut; never in the middle of a marker."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    opened = kept.rfind("⟦")
    if opened > kept.rfind("⟧"):
        kept = kept[:opened]
    return f"{kept.rstrip()}…"
