"""Finds what stands in title marks and quotation marks: names, whose numbers count nothing. Reads no number."""

from __future__ import annotations

import re

_PAIRS = re.compile(
    r"《[^《》\n]{0,120}(?:《[^《》\n]{0,120}》[^《》\n]{0,120})?》"
    r"|〔[^〔〕\n]{0,20}〕|〈[^〈〉\n]{0,80}〉|【[^【】\n]{0,30}】"
    r"|“[^“”\n。;]{0,40}”|‘[^‘’\n。;]{0,40}’|「[^「」\n。;]{0,40}」|\"[^\"\n。;,]{0,24}\""
)


def quoted_spans(paragraph: str) -> list[tuple[int, int]]:
    """The spans of the names in marks, in order; marks without their partner enclose nothing.

    Args:
        paragraph: folded to ASCII.
    """
    return [match.span() for match in _PAIRS.finditer(paragraph)]
