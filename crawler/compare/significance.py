"""How much a set of changes matters, and one Chinese line that says what they are. Finds no change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from crawler.compare.diff import Change, Span
from crawler.compare.tokens import tokens
from crawler.flow import Significance
from crawler.numbers import is_date, numbers

_CLAUSE = 12
"""Characters. From here on rewritten words are a clause: half of the clauses of the seed reports are this long or longer."""
_CONTEXT = 12
"""Characters of what stands before a changed figure that the summary repeats."""
_FIGURES = 3
"""So many changed figures are written out in a summary."""

_CLAUSE_MARKS = frozenset(",，。;；:：")
_ORDINAL = re.compile(r"\s*(?:[(（]?\d{1,2}[)）]|\d{1,2}[.．、](?!\d))")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def significance(changes: Sequence[Change]) -> Significance:
    """The weightiest of what happened.

    FIGURE: a number was changed, put in or taken out within its clause, or a published one fell away with its words;
    dates and the ordinals of headings are no figures. CLAUSE: a paragraph came or went, a stretch of 12 characters or
    more or with a clause's mark was rewritten, or a date changed. WORDING: fewer words changed. FORMAT: only punctuation,
    spaces or the width of characters.
    """
    return max((_weight_of(change) for change in changes), key=_ORDER.index, default=Significance.FORMAT)


def heavier(one: Significance, other: Significance) -> Significance:
    """The weightier of two."""
    return max(one, other, key=_ORDER.index)


def summarise(changes: Sequence[Change]) -> str:
    """One Chinese line, such as 1处数字修改：行政复议案件226件→236件，1段新增. Format is told only where it is all."""
    figures, words, formats = [], 0, 0
    for change in changes:
        for at, weight in _edits(change):
            if weight is Significance.FIGURE:
                figures.append(_figure(change, at))
            elif weight is Significance.FORMAT:
                formats += 1
            else:
                words += 1
    parts = []
    if figures:
        parts.append(f"{len(figures)}处数字修改：{'；'.join(figures[:_FIGURES])}{'等' if len(figures) > _FIGURES else ''}")
    if words:
        parts.append(f"{words}处文字修改")
    for kind, verb in (("added", "新增"), ("removed", "删除")):
        if count := sum(change.kind == kind for change in changes):
            parts.append(f"{count}段{verb}")
    return "，".join(parts) or (f"{formats}处标点或空格修改" if formats else "仅格式修改")


_ORDER = list(Significance)


def _weight_of(change: Change) -> Significance:
    if change.kind != "edited":
        return Significance.CLAUSE if _essence(change.old + change.new) else Significance.FORMAT
    return max((weight for _, weight in _edits(change)), key=_ORDER.index, default=Significance.FORMAT)


def _edits(change: Change) -> Iterator[tuple[int, Significance]]:
    """The places in an edited paragraph's spans where something changed, each with its weight."""
    if change.kind != "edited":
        return
    at_old = at_new = 0
    for at, span in enumerate(change.spans):
        at_old, at_new = at_old + len(span.old), at_new + len(span.new)
        if span.op != "equal":
            renumbered = at_old <= _ordinal_end(change.old) and at_new <= _ordinal_end(change.new)
            yield at, Significance.WORDING if renumbered else _weight(span)


def _ordinal_end(paragraph: str) -> int:
    ordinal = _ORDINAL.match(paragraph)
    return ordinal.end() if ordinal else 0


def _weight(span: Span) -> Significance:
    essence_old, essence_new = _essence(span.old), _essence(span.new)
    if essence_old == essence_new:
        return Significance.FORMAT
    within_clause = bool(span.old) or not _ends_clause(span.new)
    if within_clause and _differ(_quantities(span.old), _quantities(span.new)):
        return Significance.FIGURE
    whole_clause = _ends_clause(span.old) or _ends_clause(span.new)
    long = max(len(essence_old), len(essence_new)) >= _CLAUSE
    if long or whole_clause or _differ(numbers(span.old), numbers(span.new)):
        return Significance.CLAUSE
    return Significance.WORDING


def _ends_clause(text: str) -> bool:
    return not _CLAUSE_MARKS.isdisjoint(tokens(text))  # as pieces: the comma in 1,234件 ends nothing


def _essence(text: str) -> str:
    """The text without punctuation and spaces, in half width, numbers without the commas of thousands."""
    return "".join(_plain(piece) for piece in tokens(text) if not all(map(_is_mark_or_space, piece)))


def _plain(piece: str) -> str:
    return _THOUSANDS.sub("", unicodedata.normalize("NFKC", piece))


def _is_mark_or_space(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZ" or character.isspace()


def _quantities(text: str) -> list[str]:
    return [number for number in numbers(text) if not is_date(number)]


def _differ(old: Sequence[str], new: Sequence[str]) -> bool:
    return [_plain(number) for number in old] != [_plain(number) for number in new]


def _figure(change: Change, at: int) -> str:
    """A changed figure as a summary shows it: what is counted, old value → new value."""
    span = change.spans[at]
    quantities_old, quantities_new = (_quantities(side) for side in (span.old, span.new))
    side, first = (span.old, quantities_old[0]) if quantities_old else (span.new, quantities_new[0])
    lead = (change.spans[at - 1].new if at else "") + side.partition(first)[0]
    words = ""
    for piece in reversed(tokens(lead)):
        if len(words) + len(piece) > _CONTEXT or numbers(piece) or not piece[0].isalnum():
            break
        words = piece + words
    return f"{words}{'、'.join(quantities_old) or '无'}→{'、'.join(quantities_new) or '无'}"
