"""Checks what is told of changes: 同比 against an integer base, against a base in the text, against last year's report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from crawler.interpret.numerals import arabic, folded, scale
from crawler.interpret.rates import rounds_to, stated_percent
from crawler.interpret.sentences import Sentence, amount, is_count, plain, printed, step_of
from crawler.interpret.units import PERCENT, norm
from crawler.knowledge import Check, Figure, Verdict

_YEARLY = re.compile(r"同比|[较比](?:于|之)?(?:去年|上一?年)")
_LAST = r"(?:(?:去年|上一?年度?|前一年|20\d\d年度?)(?:的)?(?:同期)?(?:的)?)"
_VALUE = r"(?P<value>\d[\d,]{0,14}(?:\.\d{1,4})?)(?P<unit>[万亿]?[\u4e00-\u9fff]{0,3}?)"
_FROM_HERE = re.compile(rf"由{_LAST}?{_VALUE}(?:上升|下降|提高|增加|减少|增长|减|增|降|升|变)(?:为|至|到|成)?(?:了)?$")
_BESIDE = re.compile(
    rf"[,(]{{0,2}}(?:而|[较比])?{_LAST}(?:为|是)?{_VALUE}(?=[,;。)]|(?:同比)?(?:上升|增长|增加|提升|下降|减少|降低))"
)
_CHANGED = re.compile(
    r"[,;)( ]{0,3}(?:同比|环比|[较比](?:去年|上一?年度?)(?:同期)?)?"
    r"(?P<verb>上升|增长|增加|提升|提高|增幅|涨幅|升幅|下降|减少|降低|回落|降幅|减幅)(?:了|达到?|为)?(?P<percent>\d{1,6}(?:\.\d{1,4})?)%(?!点)"
)
_IS_LAST = re.compile(r"(?:去年|上一?年度?|前一年)(?:的)?(?:同期)?(?:的|为|是)?$|^同期$")
_PERCENT = re.compile(r"^\d+(?:\.\d+)?%$")
_FALLS = ("下", "减", "降", "回")
_NEAR = 40
_BEHIND = 60


def yearly_changes(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """The changes over a year that a text states.

    Where the text prints last year's value too (由622份减为205份，下降67%; 去年同期158件) the change HOLDS or FAILS. Where it
    does not, a change of a count that leads to a whole number is CONSISTENT and any other UNDECIDABLE: it may be meant in
    percentage points, or of a rate. So is the change of a rate in percent, which may be points or not.
    """
    for sentence in sentences:
        for figure in sentence.figures:
            check = _check(sentence, figure)
            if check is not None:
                yield check


def is_last_years(sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure is told as last year's: 去年同期158件."""
    return bool(_IS_LAST.search(sentence.clause(figure)))


def against_last_year(this: Sequence[Figure], last: Sequence[Figure]) -> tuple[Check, ...]:
    """This year's changes against the values of last year's report of the same bureau.

    Only figures whose indicator stands once in each report, in the same words or under the same name of the vocabulary, with
    the same unit, printed exactly and not as an aim, are taken for the same.

    Args:
        this: the figures of this year's report.
        last: those of last year's.

    Returns:
        Checks of kind `year-on-year` (a stated change against the two values) and `restated` (last year's value as this report
        repeats it against what was printed last year). `places` are those of this report.
    """
    earlier = _by_indicator(last)
    checks: list[Check] = []
    for name, figure in _by_indicator(this).items():
        before = earlier.get(name)
        if before is None or before.value_norm == 0 or before.unit_norm in PERCENT:
            continue
        base = _stated_base(figure)
        if base is not None:
            checks.append(_restated(figure, base, before))
        elif _YEARLY.search(figure.qualifier) and _PERCENT.match(folded(figure.qualifier_value)):
            told = f"{figure.qualifier}{figure.qualifier_value}"
            checks.append(_against(figure, before.value_norm, _change(figure), told, "上年报告所列数"))
    return tuple(checks)


def _by_indicator(figures: Sequence[Figure]) -> Mapping[tuple[str, str], Figure]:
    """Figures by words and unit, and by concept and unit; what stands twice under a name is left out."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        if is_count(figure) and not figure.plan and not step_of(figure):
            key = (figure.indicator, figure.unit_norm)
            found.setdefault(key, []).append(figure)
    return {key: values[0] for key, values in found.items() if len(values) == 1 and key[0]}


def _stated_base(figure: Figure) -> Decimal | None:
    match = _FROM_HERE.match(folded(figure.qualifier)) or (
        re.match(r"由(?P<value>\d[\d,]{0,14})(?P<unit>[万亿]?[^\d]{0,4})", f"由{folded(figure.qualifier_value)}")
        if figure.qualifier.startswith(("由", "从"))
        else None
    )
    return _base_of(match, figure) if match else None


def _check(sentence: Sentence, figure: Figure) -> Check | None:
    if figure.approx:
        return None
    beside = _printed_base(sentence, figure) if is_count(figure) else None
    if beside is not None:
        return _against_beside(sentence, figure, *beside)
    own = printed(figure) == figure.qualifier_value  # 同比上升43.04% whose count was not found: no figure of its own
    if own or not _PERCENT.match(folded(figure.qualifier_value)) or not _YEARLY.search(figure.qualifier):
        return None
    if figure.unit_norm in PERCENT:
        return _told(figure, Verdict.UNDECIDABLE, Decimal(0), "百分点还是相对变化，文中未写明")
    exact = is_count(figure) and not step_of(figure) and not is_last_years(sentence, figure)
    return _implied(figure) if exact else None


def _against_beside(sentence: Sentence, figure: Figure, base: Decimal, end: int) -> Check | None:
    told = _CHANGED.match(sentence.text[end : min(sentence.end, end + _BEHIND)])
    if told is None or not base or step_of(figure):
        return None
    stated = Decimal(told["percent"])
    change = -stated if told["verb"].startswith(_FALLS) else stated
    return _against(figure, base, change, f"{told['verb']}{told['percent']}%", "文中所列上年数")


def _printed_base(sentence: Sentence, figure: Figure) -> tuple[Decimal, int] | None:
    """Last year's value where it stands beside this year's (由622份减为205份; 226件(去年同期158件)), and where that ends."""
    near = sentence.text[max(sentence.start, figure.start - _NEAR) : figure.start]
    if (match := _FROM_HERE.search(near)) and (base := _base_of(match, figure)) is not None:
        return base, figure.end
    behind = sentence.text[figure.end : min(sentence.end, figure.end + _BEHIND)]
    if (match := _BESIDE.match(behind)) and (base := _base_of(match, figure)) is not None:
        return base, figure.end + match.end()
    return None


def _base_of(match: re.Match[str], figure: Figure) -> Decimal | None:
    value = arabic(match["value"])
    unit = match["unit"] or ""
    if value is None or (norm(unit) and norm(unit) != figure.unit_norm):
        return None
    return value * scale("".join(character for character in unit if character in "万亿"))


def _change(figure: Figure) -> Decimal:
    stated = stated_percent(folded(figure.qualifier_value))
    return -stated if figure.direction == "down" else stated


def _implied(figure: Figure) -> Check:
    """Whether a whole number, risen or fallen by the stated percentage, gives the figure."""
    change = _change(figure)
    if change <= -100:
        return _told(figure, Verdict.UNDECIDABLE, Decimal(0), "降幅不小于100%")
    about = figure.value_norm * 100 / (100 + change)
    nearest = about.quantize(Decimal(1), ROUND_HALF_UP)
    for base in (nearest, nearest - 1, nearest + 1):
        if base > 0 and rounds_to(abs(_percent(figure.value_norm, base)), abs(change)):
            return _told(figure, Verdict.CONSISTENT, base, f"推算上年为{amount(base, figure.unit_norm)}")
    rounded = about.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return _told(figure, Verdict.UNDECIDABLE, rounded, f"推算上年为{plain(rounded)}，不是整数：或为百分点，或为比率的变化")


def _against(figure: Figure, base: Decimal, change: Decimal, told: str, whose: str) -> Check:
    computed = _percent(figure.value_norm, base).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    holds = rounds_to(abs(_percent(figure.value_norm, base)), abs(change)) and (computed >= 0) == (change >= 0)
    terms = f"({printed(figure)} − {amount(base, figure.unit_norm)}) ÷ {amount(base, figure.unit_norm)}"
    verdict = Verdict.HOLDS if holds else Verdict.FAILS
    note = f"{whose}为{amount(base, figure.unit_norm)}"
    if not holds and change > -100:
        implied = (figure.value_norm * 100 / (100 + change)).quantize(Decimal(1), ROUND_HALF_UP)
        note += f"；按所称变化推算上年为{amount(implied, figure.unit_norm)}"
    sign = "=" if holds else "≠"
    return Check(
        kind="year-on-year",
        verdict=verdict,
        relation=f"{told} {sign} {terms} = {amount(computed, '%')}",
        stated=change,
        computed=computed,
        places=(figure.start,),
        note=note,
    )


def _restated(figure: Figure, base: Decimal, before: Figure) -> Check:
    holds = base == before.value_norm
    return Check(
        kind="restated",
        verdict=Verdict.HOLDS if holds else Verdict.FAILS,
        relation=f"本年报告所列上年数{amount(base, figure.unit_norm)} {'=' if holds else '≠'} 上年报告{printed(before)}",
        stated=base,
        computed=before.value_norm,
        places=(figure.start,),
        note="" if holds else f"上年数由{printed(before)}改为{amount(base, figure.unit_norm)}",
    )


def _percent(value: Decimal, base: Decimal) -> Decimal:
    return (value - base) * 100 / base


def _told(figure: Figure, verdict: Verdict, computed: Decimal, note: str) -> Check:
    relation = f"{printed(figure)}，{figure.qualifier}{figure.qualifier_value}"
    if verdict is Verdict.CONSISTENT:
        relation += f"：({printed(figure)} − {amount(computed, figure.unit_norm)}) ÷ {amount(computed, figure.unit_norm)}"
    return Check(
        kind="year-on-year",
        verdict=verdict,
        relation=relation,
        stated=_change(figure),
        computed=computed,
        places=(figure.start,),
        note=note,
    )
