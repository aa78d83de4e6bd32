"""Works out rates from their terms: 调解成功率 from 调解成功 and what was tried, 占…的 from its whole. Guesses no term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from crawler.interpret.sentences import Sentence, amount, is_count, printed, step_of, variants
from crawler.knowledge import Check, Figure, Verdict

_RATE = re.compile(r"(?P<stem>[^,;、。()\d]{2,20})(?:率|比率|比例)(?:已?(?:达到?|为|是|至))?(?:了)?$")
_SHARE = re.compile(
    r"占(?:比(?:重|例)?(?:为|达到?)?"
    r"|(?P<whole>[^,;、。()]{0,20}?)(?:的(?:比例)?(?:为|达到?)?|比(?:重|例)?(?:为|达到?)?)?)$"
)
_SHARED_OUT = re.compile(r"分别占(?:比(?:重|例)?|[^,;、。()]{0,12}的?)(?:为|达到?)?$")
_OTHER_TERMS = re.compile(r"按时|及时|按期|限时|平均|首次|一次|满意|知晓|同比|环比|累计|综合")
_WHOLE_WORDS = re.compile(r"总量|总数|总额|总体|总计|全部|全年|所有|同期|总|的")
_LIST = re.compile(r"%?[、,和及]?")
_MOST_WHOLE = 5_000
_SENTENCES_BACK = 2
_MOST_LOWER = 6


def rates(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """The rates of a text whose terms it prints.

    HOLDS where a rate follows from its terms, rounded half up or cut off to the printed digits. FAILS only where its name
    says its upper term (调解成功681件，调解成功率…), no figure that may be its lower term gives it, and one digit would set
    it right; that is UNDECIDABLE where the rate has one or two digits and no 其中 or 占…的 says what it is a rate of. Any other
    rate is taken to have a lower term that is not printed, and nothing is told.
    """
    for position, sentence in enumerate(sentences):
        back = sentences[max(0, position - _SENTENCES_BACK) : position]
        for place, figure in enumerate(sentence.figures):
            if figure.unit_norm != "%" or figure.approx:
                continue
            check = _check(sentence, place, _of_paragraph(sentence, back))
            if check is not None:
                yield check
        yield from _shared_out(sentence)


def rounds_to(value: Decimal, stated: Decimal) -> bool:
    """Whether a value is the stated one at the digits that it is printed with, rounded half up or cut off."""
    step = Decimal(1).scaleb(int(stated.as_tuple().exponent))
    return stated in {value.quantize(step, ROUND_HALF_UP), value.quantize(step, ROUND_DOWN)}


def stated_percent(printed_value: str) -> Decimal:
    """A printed percentage with the digits that it has: 43.04 of 43.04%."""
    match = re.search(r"\d+(?:\.\d+)?", printed_value)
    return Decimal(match[0]) if match else Decimal(0)


def _of_paragraph(sentence: Sentence, back: Sequence[Sentence]) -> list[Sentence]:
    found: list[Sentence] = []
    later = sentence
    for earlier in reversed(back):
        if later.opens:
            break
        found.append(earlier)
        later = earlier
    return found


def _check(sentence: Sentence, place: int, earlier: Sequence[Sentence]) -> Check | None:
    rate = sentence.figures[place]
    words = sentence.clause(rate)
    upper = next((figure for figure in reversed(sentence.figures[:place]) if figure.unit_norm != "%"), None)
    if upper is None or not is_count(upper) or _OTHER_TERMS.search(words) or "分别" in words:
        return None
    if share := _SHARE.search(words):
        lowers = _named(sentence, upper, earlier, share["whole"] or "")
        sure = _is_among(sentence, upper) or (len(lowers) == 1 and bool(_WHOLE_WORDS.sub("", share["whole"] or "")))
    elif (named := _RATE.search(words)) and _is_upper_term(named["stem"], sentence, upper):
        lowers = _tried(sentence, upper, earlier)
        sure = _is_among(sentence, upper) or (len(rate.value.replace(".", "")) > 2 and rate.value_norm != 100)
    else:
        return None
    carried = "结转" in sentence.text[sentence.start : rate.start]  # cases of last year count among those closed
    return _judged(rate, upper, lowers, sure=sure and not carried)


def _is_upper_term(stem: str, sentence: Sentence, upper: Figure) -> bool:
    """Whether the rate is named by its upper term: 调解成功率 of 调解成功681件, 直接纠错率 of 纠错11件."""
    words = sentence.clause(upper)
    return len(stem) >= 2 and stem[-2:] in words[-6:] and not re.search(r"[未不]", stem[-4:])


def _tried(sentence: Sentence, upper: Figure, earlier: Sequence[Sentence]) -> list[Figure]:
    """What may be the lower term, likeliest first: the whole of a 其中 list, else the counts before in the sentence."""
    counts = [figure for figure in sentence.figures if figure.end <= upper.start and _is_lower(figure, upper)]
    among = sentence.text.rfind("其中", sentence.start, upper.start)
    if among >= 0:
        counts = [figure for figure in counts if figure.end <= among]
    if not counts and earlier:
        counts = [figure for figure in earlier[0].figures if _is_lower(figure, upper)]
    return counts[: -_MOST_LOWER - 1 : -1]


def _is_among(sentence: Sentence, upper: Figure) -> bool:
    """Whether the upper term stands in a 其中 list, whose whole is printed."""
    return sentence.text.rfind("其中", sentence.start, upper.start) >= 0


def _named(sentence: Sentence, upper: Figure, earlier: Sequence[Sentence], whole: str) -> list[Figure]:
    """The lower term of 占…的: the count before whose words are those of the share; without words, that before 其中."""
    wanted = set(_WHOLE_WORDS.sub("", whole))
    if not wanted:
        return _tried(sentence, upper, earlier)
    found: list[Figure] = []
    for place in (sentence, *earlier):
        for figure in reversed(place.figures):
            if figure.end <= upper.start and _is_lower(figure, upper):
                words = set(place.clause(figure, ",;:。"))
                if len(wanted & words) * 4 >= len(wanted) * 3:
                    found.append(figure)
    return found[:_MOST_LOWER]


def _is_lower(figure: Figure, upper: Figure) -> bool:
    return is_count(figure) and figure.unit_norm == upper.unit_norm and figure.value_norm > 0


def _judged(rate: Figure, upper: Figure, lowers: Sequence[Figure], *, sure: bool) -> Check | None:
    stated = stated_percent(rate.value)
    by_place = [(lower, _percent(upper.value_norm, lower.value_norm)) for lower in lowers]
    for exactly in (True, False):
        for lower, computed in by_place:
            if rounds_to(computed, stated) and (not exactly or _half_up(computed, stated)):
                return _told(rate, upper, lower, Verdict.HOLDS)
    for lower, _ in by_place:
        if step_of(upper) or step_of(lower):
            if _within_rounding(rate, upper, lower):
                return _told(rate, upper, lower, Verdict.CONSISTENT)
        elif _one_digit_off(rate, upper, lower):
            return _told(rate, upper, lower, Verdict.FAILS if sure else Verdict.UNDECIDABLE)
    return None


def _within_rounding(rate: Figure, upper: Figure, lower: Figure) -> bool:
    """Whether terms that are printed in 万 or with decimals may, before their rounding, have given the rate."""
    stated = stated_percent(rate.value)
    slack = Decimal(1).scaleb(int(stated.as_tuple().exponent))
    least = _percent(upper.value_norm - step_of(upper), lower.value_norm + step_of(lower))
    most = _percent(upper.value_norm + step_of(upper), max(lower.value_norm - step_of(lower), Decimal(1)))
    return least - slack <= stated <= most + slack


def _half_up(computed: Decimal, stated: Decimal) -> bool:
    return abs(computed - stated) * 2 <= Decimal(1).scaleb(int(stated.as_tuple().exponent))


def _one_digit_off(rate: Figure, upper: Figure, lower: Figure) -> bool:
    stated = stated_percent(rate.value)
    if any(other > 0 and _fits(upper.value_norm, other, stated) for other in variants(lower)):
        return True
    if any(_fits(other, lower.value_norm, stated) for other in variants(upper)):
        return True
    computed = _percent(upper.value_norm, lower.value_norm)
    places = int(stated.as_tuple().exponent)
    return any(rounds_to(computed, other.quantize(Decimal(1).scaleb(places))) for other in variants(rate))


def _fits(upper: Decimal, lower: Decimal, stated: Decimal) -> bool:
    near = abs(float(upper) * 100 / float(lower) - float(stated)) < 2 * 10.0 ** int(stated.as_tuple().exponent)
    return upper <= lower and near and rounds_to(_percent(upper, lower), stated)


def _percent(upper: Decimal, lower: Decimal) -> Decimal:
    return upper * 100 / lower


def _told(rate: Figure, upper: Figure, lower: Figure, verdict: Verdict) -> Check:
    computed = _percent(upper.value_norm, lower.value_norm).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    terms = f"{printed(upper)} ÷ {printed(lower)}"
    holds = verdict in {Verdict.HOLDS, Verdict.CONSISTENT}
    sign = {Verdict.HOLDS: "=", Verdict.CONSISTENT: "≈"}.get(verdict, "≠")
    doubt = "分母可能未在文中列出；" if verdict is Verdict.UNDECIDABLE else ""
    return Check(
        kind="rate",
        verdict=verdict,
        relation=f"{printed(rate)} {sign} {terms} = {amount(computed, '%')}",
        stated=rate.value_norm,
        computed=computed,
        places=(rate.start, upper.start, lower.start),
        note="" if holds else f"{doubt}按所列数字应为{amount(computed.quantize(Decimal('0.01'), ROUND_HALF_UP), '%')}",
    )


def _shared_out(sentence: Sentence) -> Iterator[Check]:
    """Shares of a whole that is not printed (即办件307项、全程网办303项，分别占比93.3%92.1%): is there one that fits all?"""
    figures = sentence.figures
    for place, first in enumerate(figures):
        if first.unit_norm != "%" or not _SHARED_OUT.search(sentence.clause(first)):
            continue
        run = [first]
        for other in figures[place + 1 :]:
            if other.unit_norm != "%" or not _LIST.fullmatch(sentence.between(run[-1], other)):
                break
            run.append(other)
        uppers = figures[max(0, place - len(run)) : place]
        if len(run) < 2 or len(uppers) != len(run) or not all(is_count(upper) for upper in uppers):
            continue
        if len({upper.unit_norm for upper in uppers}) == 1:
            yield _common_whole(run, uppers)


def _common_whole(run: Sequence[Figure], uppers: Sequence[Figure]) -> Check:
    pairs = [(stated_percent(rate.value), upper.value_norm) for rate, upper in zip(run, uppers, strict=True)]
    stated, count = pairs[0]
    about = int(count * 100 / stated) if stated else 0
    reach = min(_MOST_WHOLE, about // 20 + 2)
    fitting = [
        whole
        for whole in range(max(1, about - reach), about + reach + 1)
        if all(rounds_to(_percent(upper, Decimal(whole)), rate) for rate, upper in pairs)
    ]
    shares = "、".join(f"{printed(rate)} = {printed(upper)} ÷ N" for rate, upper in zip(run, uppers, strict=True))
    known = f"，N = {fitting[0]}" if len(fitting) == 1 else ""
    return Check(
        kind="rate",
        verdict=Verdict.CONSISTENT if fitting else Verdict.UNDECIDABLE,
        relation=f"{shares}{known}",
        stated=run[0].value_norm,
        computed=Decimal(fitting[0]) if fitting else Decimal(0),
        places=tuple(place for rate, upper in zip(run, uppers, strict=True) for place in (upper.start, rate.start)),
        note="总数未在文中写明" if fitting else "总数未在文中写明，也没有同时符合各比例的整数",
    )
