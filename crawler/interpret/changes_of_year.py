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
_FROM = re.compile(
    r"由(?P<value>\d[\d,]{0,14}(?:\.\d{1,4})?)(?P<unit>[万亿]?[\u4e00-\u9fff]{0,4}?)"
    r"(?:减|增|降|升|上升|下降|变|提高|增加|减少)"
)
_LAST_YEAR = re.compile(
    r"(?:去年|上一?年度?)(?:的)?同期(?:为|是|的)?(?P<value>\d[\d,]{0,14})(?P<unit>[万亿]?[\u4e00-\u9fff]{1,2})?"
)
_PERCENT = re.compile(r"^\d+(?:\.\d+)?%$")
_NEAR = 40


def yearly_changes(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """The changes over a year that a text states.

    Where the text prints last year's value too (由622份减为205份，下降67%; 去年同期158件) the change HOLDS or FAILS. Where it
    does not, a change of a count that leads to a whole number is CONSISTENT and any other UNDECIDABLE: it may be meant in
    percentage points, or of a rate. So is the change of a rate in percent, which may be points or not.
    """
    for sentence in sentences:
        for figure in sentence.figures:
            if figure.approx or not _PERCENT.match(folded(figure.qualifier_value)):
                continue
            base = _printed_base(sentence, figure)
            if figure.unit_norm in PERCENT:
                if _YEARLY.search(figure.qualifier):
                    yield _told(figure, Verdict.UNDECIDABLE, Decimal(0), "百分点还是相对变化，文中未写明")
            elif base is not None:
                yield _against(figure, base, "year-on-year", (figure.start,), "文中所列上年数")
            elif _YEARLY.search(figure.qualifier) and not step_of(figure):
                yield _implied(figure)


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
            checks.append(_against(figure, before.value_norm, "year-on-year", (figure.start,), "上年报告所列数"))
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
    match = _FROM.match(folded(figure.qualifier)) or (
        re.match(r"由(?P<value>\d[\d,]{0,14})(?P<unit>[万亿]?[^\d]{0,4})", f"由{folded(figure.qualifier_value)}")
        if figure.qualifier.startswith(("由", "从"))
        else None
    )
    return _base_of(match, figure) if match else None


def _printed_base(sentence: Sentence, figure: Figure) -> Decimal | None:
    """Last year's value where it stands beside this year's: 由622份减为205份, 226件(去年同期158件)."""
    base = _stated_base(figure)
    if base is not None:
        return base
    near = sentence.text[max(sentence.start, figure.start - _NEAR) : figure.start]
    from_ = next(reversed(list(_FROM.finditer(near))), None)
    if from_ is not None and not re.search(r"[,;、。]", near[from_.end() :]):
        return _base_of(from_, figure)
    behind = sentence.text[figure.end : min(sentence.end, figure.end + _NEAR)]
    told = re.match(r"[,(]?(?:较|比)?", behind)
    match = _LAST_YEAR.match(behind, told.end() if told else 0)
    return _base_of(match, figure) if match else None


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


def _against(figure: Figure, base: Decimal, kind: str, places: tuple[int, ...], whose: str) -> Check:
    change = _change(figure)
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
        kind=kind,
        verdict=verdict,
        relation=f"{figure.qualifier}{figure.qualifier_value} {sign} {terms} = {amount(computed, '%')}",
        stated=change,
        computed=computed,
        places=places,
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
