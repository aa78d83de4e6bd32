"""Sets the figures of two reports side by side: which indicators both state, what changed, what is new or told no more.

Reads no figure. A stock (累计, 截至) and a flow (全年) are set side by side with a note, and no change is worked out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from crawler.knowledge import Figure

RATES = frozenset({"%", "％", "‰", "个百分点"})
"""Units of which a change is told in points."""
_ALIKE = 0.7  # share of pairs of characters in common (Dice) from which two phrases name one indicator
_MOST = 2000  # figures without a partner on one side that are looked at for likeness; the seeds have 106 and 60
_AT_ONCE = 50  # figures of one name that are looked at for the best partner
_STOCK = re.compile(r"累计|截[至止]|目前|年底|年末|以来|时期|期间")
_PART_OF_YEAR = re.compile(r"半年|季度|\d月|年内")
_YEAR = re.compile(r"20\d\d年度?")


@dataclass(frozen=True)
class Pair:
    """One indicator, told by both reports."""

    old: Figure
    new: Figure
    change: Decimal | None  # new less old, in `unit_norm`, of a rate in points; None: they must not be subtracted
    percent: Decimal | None  # change in percent of the old value; None of a rate, of an old 0, and where `change` is None
    note: str  # Chinese, why they cannot simply be compared; ""


@dataclass(frozen=True)
class Figures:
    """The figures of two reports, set side by side."""

    pairs: tuple[Pair, ...]  # in the order of the new report
    added: tuple[Figure, ...]
    dropped: tuple[Figure, ...]  # no longer told


def side_by_side(old: Sequence[Figure], new: Sequence[Figure], fold: Callable[[str], str]) -> Figures:
    """Pair figures: by the vocabulary's name, by the phrase, at last by a phrase nearly the same. Units must agree.

    Args:
        old: figures of the one report.
        new: of the other. A plan is paired with a plan only.
        fold: takes white space and width from a phrase.
    """
    open_old, pairs = set(range(len(old))), dict[int, int]()
    for key in (lambda one: (one.concept, fold(one.indicator)), lambda one: (fold(one.indicator),), lambda one: (one.concept,)):
        _pair_by(key, old, new, open_old, pairs)
    _pair_alike(old, new, open_old, pairs, fold)
    told = tuple(_pair(old[pairs[j]], new[j]) for j in sorted(pairs))
    return Figures(told, tuple(one for j, one in enumerate(new) if j not in pairs), tuple(old[i] for i in sorted(open_old)))


def _pair_by(
    key: Callable[[Figure], tuple[str, ...]],
    old: Sequence[Figure],
    new: Sequence[Figure],
    open_old: set[int],
    pairs: dict[int, int],
) -> None:
    """Pair what has one key and one unit; several of one key in their order, those of one sort of period first."""
    waiting: dict[tuple[object, ...], list[int]] = {}
    for i in sorted(open_old):
        if all(named := key(old[i])):
            waiting.setdefault((named, *_terms(old[i])), []).append(i)
    for j, figure in enumerate(new):
        named = key(figure)
        candidates = waiting.get((named, *_terms(figure)), []) if j not in pairs and all(named) else []
        if candidates:
            chosen = min(candidates[:_AT_ONCE], key=lambda i: (_sort_of(old[i]) != _sort_of(figure), i))
            candidates.remove(chosen)
            open_old.remove(chosen)
            pairs[j] = chosen


def _pair_alike(
    old: Sequence[Figure], new: Sequence[Figure], open_old: set[int], pairs: dict[int, int], fold: Callable[[str], str]
) -> None:
    phrases = {i: _pieces(fold(old[i].indicator)) for i in sorted(open_old)[:_MOST]}
    waiting: dict[tuple[object, ...], list[int]] = {}
    for i in phrases:
        waiting.setdefault(_terms(old[i]), []).append(i)
    scored = []
    for j in [j for j in range(len(new)) if j not in pairs][:_MOST]:
        phrase = _pieces(fold(new[j].indicator))
        for i in waiting.get(_terms(new[j]), []):
            apart = bool(old[i].concept and new[j].concept and old[i].concept != new[j].concept)
            likeness = 2 * len(phrase & phrases[i]) / max(1, len(phrase) + len(phrases[i]))
            if likeness >= _ALIKE and not apart:
                scored.append((-likeness, abs(i - j), i, j))
    for _, _, i, j in sorted(scored):
        if j not in pairs and i in phrases:
            del phrases[i]
            open_old.remove(i)
            pairs[j] = i


def _terms(figure: Figure) -> tuple[object, ...]:
    """What two figures must share to be compared at all."""
    return figure.unit_norm.replace("％", "%"), figure.plan


def _pair(old: Figure, new: Figure) -> Pair:
    note = _note(old, new)
    if note:
        return Pair(old, new, None, None, note)
    change = new.value_norm - old.value_norm
    relative = None if new.unit_norm in RATES or not old.value_norm else change / abs(old.value_norm) * 100
    return Pair(old, new, change, relative, "")


def _note(old: Figure, new: Figure) -> str:
    sorts = _sort_of(old), _sort_of(new)
    if sorts[0] == sorts[1]:
        return ""
    shown = "，".join(
        f"{side}为{sort}（{figure.period or '未写期间'}）" for side, sort, figure in zip("前后", sorts, (old, new), strict=True)
    )
    return f"口径不同，不宜相减：{shown}"


def _sort_of(figure: Figure) -> str:
    """Whether a figure tells of all there is at a time, of a year, or of a part of one."""
    if _STOCK.search(figure.period) and not figure.period.startswith("本年"):
        return "累计数"
    return "年内部分时段数" if _PART_OF_YEAR.search(_YEAR.sub("", figure.period)) else "年度数"


def _pieces(phrase: str) -> frozenset[str]:
    return frozenset(phrase[at : at + 2] for at in range(max(1, len(phrase) - 1))) - {""}
