"""How much a set of changes matters and why, and one Chinese line that says what they are. Finds no change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.change import Change, FigureChange, Span
from crawler.compare.amounts import Amount, amount, printed_delta
from crawler.compare.lookalikes import without_hidden
from crawler.compare.tokens import tokens
from crawler.flow import Significance
from crawler.numbers import is_date, numbers

_CLAUSE = 12
"""Characters. From here on rewritten words are a clause: half of the clauses of the seed reports are this long or longer."""
_CONTEXT = 12
"""Characters of what stands before a changed figure that the summary repeats."""
_FIGURES = 3
"""So many changed figures are written out in a summary."""
_REASONS = 8
"""So many reasons are given, the weightiest first."""

_CLAUSE_MARKS = frozenset(",，。;；:：")
_ORDINAL = re.compile(
    r"\s*(?:[(（]?\d{1,2}[)）]|\d{1,2}[.．、](?!\d)|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、是要]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条])"
)
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True)
class Weighed:
    """How much changes matter, and why."""

    significance: Significance
    reasons: tuple[str, ...]  # Chinese, the weightiest first


def significance(changes: Sequence[Change]) -> Significance:
    """The weightiest of what happened; see `weigh`."""
    return weigh(changes).significance


def weigh(changes: Sequence[Change]) -> Weighed:
    """The weightiest of what happened, with its reasons.

    FIGURE: a number was changed, put in or taken out within its clause, or a published one fell away with its words or
    its paragraph; dates and the ordinals of headings are no figures. CLAUSE: a paragraph came or went, a stretch of 12
    characters or more or with a clause's mark was rewritten, or a date changed. WORDING: fewer words changed, an ordinal, a
    paragraph's place, or what no reader sees (hidden and look-alike characters). FORMAT: only punctuation, spaces, the
    width of characters, the ends of paragraphs, or how a number is written (12000件, 1.2万件). WITHDRAWN is no change of
    a text.
    """
    found = [reason for change in changes for reason in _reasons(change)]
    heaviest_first = sorted(found, key=lambda reason: -_ORDER.index(reason[0]))
    weight = heaviest_first[0][0] if found else Significance.FORMAT
    return Weighed(weight, tuple(dict.fromkeys(text for _, text in heaviest_first))[:_REASONS])


def heavier(one: Significance, other: Significance) -> Significance:
    """The weightier of two."""
    return max(one, other, key=_ORDER.index)


def summarise(changes: Sequence[Change], *, deltas: bool = False) -> str:
    """One Chinese line, such as 1处数字修改：行政复议案件226件→236件，1段新增. Format is told only where it is all.

    Args:
        changes: in reading order.
        deltas: with the percent or percentage points of each figure: 226件→236件（+4.4%）.
    """
    figures, words, formats = [], 0, 0
    for change in changes:
        for at, weight in _edits(change):
            if weight is Significance.FIGURE:
                figures.append(_figure(change, at, deltas=deltas))
            elif weight is Significance.FORMAT:
                formats += 1
            else:
                words += 1
    parts = []
    if figures:
        parts.append(f"{len(figures)}处数字修改：{'；'.join(figures[:_FIGURES])}{'等' if len(figures) > _FIGURES else ''}")
    if words:
        parts.append(f"{words}处文字修改")
    for kind, verb in _VERBS:
        if count := sum(change.kind == kind for change in changes):
            parts.append(f"{count}段{verb}")
    if ordinals := sum(len(change.renumbered) for change in changes):
        parts.append(f"{ordinals}处序号顺延")
    return "，".join(parts) or (f"{formats}处标点或空格修改" if formats else "仅格式修改")


_ORDER = list(Significance)
_VERBS = (("added", "新增"), ("removed", "删除"), ("moved", "移位"), ("split", "拆分"), ("merged", "合并"))


def _reasons(change: Change) -> Iterator[tuple[Significance, str]]:
    if change.kind in {"added", "removed"}:
        yield from _reasons_of_whole(change)
        return
    for figure in change.figures:
        yield Significance.FIGURE, f"数字改动：{told_figure(figure)}"
    if change.kind in _PLACED:
        yield _PLACED[change.kind]
    for note in change.notes:
        yield Significance.WORDING, note
    for at, weight in _edits(change):
        if weight is not Significance.FIGURE:
            yield weight, _EDITED[weight]
        elif not change.figures:
            yield weight, f"数字改动：{_figure(change, at, deltas=True)}"


def _reasons_of_whole(change: Change) -> Iterator[tuple[Significance, str]]:
    """Why a paragraph that came or went matters."""
    lost = [figure for figure in change.figures if figure.new is None]
    if lost:
        shown = "、".join(f"{figure.indicator}{figure.old}{figure.unit}" for figure in lost[:_FIGURES])
        yield Significance.FIGURE, f"已公布的数字随段落删除：{shown}{'等' if len(lost) > _FIGURES else ''}"
    verb = "新增" if change.kind == "added" else "删除"
    essential = _essence(change.old + change.new)
    yield (Significance.CLAUSE, f"整段{verb}") if essential else (Significance.FORMAT, f"{verb}的段落只有标点")


_PLACED = {
    "moved": (Significance.WORDING, "段落移位"),
    "split": (Significance.FORMAT, "一段拆成几段"),
    "merged": (Significance.FORMAT, "几段合成一段"),
}
_EDITED = {
    Significance.CLAUSE: "改写了分句、较长的文字或日期",
    Significance.WORDING: "个别文字或序号改动",
    Significance.FORMAT: "只改了标点、空格、全半角或数字的写法",
}


def told_figure(figure: FigureChange) -> str:
    """A changed figure in one stretch: 行政复议案件226件→236件（+4.4%）."""
    sides = [
        side + (figure.unit if not side.endswith(figure.unit) else "") if side else "无" for side in (figure.old, figure.new)
    ]
    delta = ""
    if figure.percent is not None:
        delta = f"（{figure.percent:+f}%）"
    elif figure.points is not None:
        delta = f"（{figure.points:+f}个百分点）"
    return f"{figure.indicator}{sides[0]}→{sides[1]}{delta}"


def _edits(change: Change) -> Iterator[tuple[int, Significance]]:
    """The places in a paragraph's spans where something changed, each with its weight."""
    if change.kind in {"added", "removed"}:
        return
    at_old = at_new = 0
    for at, span in enumerate(change.spans):
        at_old, at_new = at_old + len(span.old), at_new + len(span.new)
        if span.op != "equal" and span.old + span.new != "\n":
            renumbered = at_old <= _ordinal_end(change.old) and at_new <= _ordinal_end(change.new)
            yield at, Significance.WORDING if renumbered else _weight(span)


def _ordinal_end(paragraph: str) -> int:
    ordinal = _ORDINAL.match(paragraph)
    return ordinal.end() if ordinal else 0


def _weight(span: Span) -> Significance:
    essence_old, essence_new = _essence(span.old), _essence(span.new)
    if essence_old == essence_new:
        return Significance.FORMAT
    old, new = without_hidden(span.old), without_hidden(span.new)
    within_clause = bool(old) or not _ends_clause(new)
    if within_clause and _differ(_quantities(old), _quantities(new)):
        return Significance.FIGURE
    whole_clause = _ends_clause(old) or _ends_clause(new)
    long = max(len(essence_old), len(essence_new)) >= _CLAUSE
    if long or whole_clause or _differ(numbers(old), numbers(new)):
        return Significance.CLAUSE
    return Significance.WORDING


def _ends_clause(text: str) -> bool:
    return not _CLAUSE_MARKS.isdisjoint(tokens(text))  # as pieces: the comma in 1,234件 ends nothing


def _essence(text: str) -> str:
    """The text without punctuation and spaces, in half width, each number as what it amounts to."""
    return "".join(_plain(piece) for piece in tokens(text) if not all(map(_is_mark_or_space, piece)))


def _plain(piece: str) -> str:
    if numbers(piece) == (piece,) and (value := amount(piece)) is not None:
        return f"{value.rough}{value.value.normalize():f}{value.unit}"
    return piece.translate(_WIDTH)


def _is_mark_or_space(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZ" or character.isspace()


def _quantities(text: str) -> list[str]:
    return [number for number in numbers(text) if not is_date(number)]


def _differ(old: Sequence[str], new: Sequence[str]) -> bool:
    return [_plain(number) for number in old] != [_plain(number) for number in new]


def _figure(change: Change, at: int, *, deltas: bool) -> str:
    """A changed figure as a summary shows it: what is counted, old value → new value."""
    span = change.spans[at]
    quantities_old, quantities_new = (_quantities(side) for side in (span.old, span.new))
    side, first = (span.old, quantities_old[0]) if quantities_old else (span.new, next(iter(quantities_new), span.new))
    lead = (change.spans[at - 1].new if at else "") + side.partition(first)[0]
    words = ""
    for piece in reversed(tokens(lead[-4 * _CONTEXT :])):
        if len(words) + len(piece) > _CONTEXT or numbers(piece) or not piece[0].isalnum():
            break
        words = piece + words
    delta = _delta(quantities_old, quantities_new) if deltas else ""
    return f"{words}{'、'.join(quantities_old) or '无'}→{'、'.join(quantities_new) or '无'}{delta}"


def _delta(old: Sequence[str], new: Sequence[str]) -> str:
    if len(old) != 1 or len(new) != 1:
        return ""
    before, after = amount(old[0]), amount(new[0])
    return printed_delta(before, after) if isinstance(before, Amount) and isinstance(after, Amount) else ""
