"""Adds up totals and their parts. A sum that is off is told only where the text itself says that its list is complete."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from crawler.interpret.changes_of_year import is_last_years
from crawler.interpret.sentences import Sentence, amount, is_count, printed, step_of, variants
from crawler.knowledge import Check, Figure, Verdict

_AMONG = re.compile(r"其中|包括|包含|分别[为是有]?|[(,:]含")
_OPEN = re.compile(r"^[^,;、。]{0,12}?等")
_TOLD_OF_PART = re.compile(
    r"(?:同比|环比|[较比][^,;、。]{0,10})[^,;、。]{0,20}|占[^,;、。]{0,20}|[^,;、。]{0,12}率[^,;、。]{0,12}(?=[,;、。(]|$)|\([^()]{0,40}\)"
)
_NEXT_ITEM = re.compile(r"(?P<noun>[^,;:、。()]{0,24})(?:[,;、]|[和及与]|以及|,?(?:其中)[,:]?)(?P<name>[^,;:、。()]{0,30})")
_REST = re.compile(r"^(?:[和及与以]{0,2})(?:其[他它]|其余|剩余)")
_CLOSING = re.compile(r"[,;、:。]?(?:以上|三者|两者|两项|三项)?(?:合计|总计|共计|总共|一共|共)(?:为|有|是)?$")
_CHANGE = re.compile(r"新增|增加|减少|新设|新建|净增")
_HANDED_ON = re.compile(r"^(?:移交|移送|转交|转送|转办|转由|交由|退回)")
_ALL_OF_THEM = re.compile(r"(?:上述|以上|目前|现|已|[^,。;]{0,6}申请|[^,。;]{0,6}案件){0,3}(?:均|全部)[^,。;]{0,14},其中")
_NOT = re.compile(r"^(?:尚未|未能?|不予?|正在|非)")
_NESTED = re.compile(r"其中|包括|包含")
_MOST_PARTS = 40
_BRACKET = re.compile(r"[()]")
_CRUMB = Decimal("0.02")


@dataclass(frozen=True)
class _Listed:
    """A whole and the list that may be its parts, as the text has them."""

    whole: Figure
    parts: tuple[Figure, ...]
    names: tuple[str, ...]  # what stands before each part
    clean: bool  # every item of the list has one figure, and nothing says that there are more
    title: str  # what stands before the whole
    among: bool  # 其中 or the like stands between whole and list
    closing: bool = False  # the whole comes behind its parts: 合计7件


def totals(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """The sums of a text: HOLDS where they come out, FAILS where a list that is complete by the text's own words does not.

    Complete is: its last item is 其他; the whole names the items (行政复议、行政应诉案件共计 …); the whole is drawn below
    them (…，合计7件); 已X and 未X, handled and handed on; or each item repeats the whole's 新增 down to the crumbs, and one
    digit makes it come out. Of every other list nothing is told when it does not add up: 其中 mostly tells a part only.
    """
    for position, sentence in enumerate(sentences):
        before = sentences[position - 1] if position and not sentence.opens else None
        told = (_check(listed) for listed in _lists(sentence, before))
        found = [check if check.verdict is not Verdict.FAILS else _of_another(sentence, check) for check in told if check]
        yield from _apart(found)


def _of_another(sentence: Sentence, check: Check) -> Check:
    """The sum as one of a count further back, where it comes out so: 调解1000件,成功990件,其中邻里300件、其他700件."""
    by_start = {figure.start: figure for figure in sentence.figures}
    parts = [by_start[place] for place in check.places[1:] if place in by_start]
    if len(parts) < 3 or len(parts) + 1 < len(check.places):
        return check
    for other in sentence.figures:
        back = other.start < check.places[0] and is_count(other) and other.unit_norm == parts[0].unit_norm
        if back and other.value_norm == check.computed:
            return _told(other, parts, check.computed, Verdict.HOLDS, "")
    return check


def _apart(found: Sequence[Check]) -> Iterator[Check]:
    """One check for each whole, HOLDS before any other; and none whose whole and parts are all parts of another sum."""
    ordered = sorted(found, key=lambda check: check.verdict is not Verdict.HOLDS)
    kept: dict[int, Check] = {}
    for check in ordered:
        kept.setdefault(check.places[0], check)
    for check in kept.values():
        if not any(set(check.places) <= set(other.places[1:]) for other in kept.values()):
            yield check


def _lists(sentence: Sentence, before: Sentence | None) -> Iterator[_Listed]:
    counts = [figure for figure in sentence.figures if is_count(figure) and not is_last_years(sentence, figure)]
    if before is not None and counts:
        yield from _of_sentence_before(sentence, before, counts)
    brackets = _brackets(sentence)
    for position, whole in enumerate(counts):
        for run in _runs_behind(sentence, brackets, whole, counts[position + 1 :]):
            among = bool(_AMONG.search(sentence.between(whole, run[0])))
            title = sentence.clause(whole, ",;:。")
            within = among and brackets[run[0].start] == brackets[whole.start] and _is_listed_itself(sentence, whole)
            if within:
                continue  # 其中民事120件，其中婚姻40件，其他60件: whose 其他 that is, the text does not say
            if not among and "另" in sentence.between(run[0], run[-1]):
                continue  # 10家、国资所4家,另有分所6家: no sum, whatever it comes to
            if among or len(run) == 2 or _is_total(title) or sum(part.value_norm for part in run) == whole.value_norm:
                yield _Listed(whole, tuple(run), *_items(sentence, run), title=title, among=among)
        earlier = _run(counts[:position][::-1], whole.unit_norm)[::-1]
        if len(earlier) > 1 and _CLOSING.search(sentence.clause(whole, "")):
            yield _Listed(whole, tuple(earlier), *_items(sentence, earlier), title="", among=False, closing=True)


def _of_sentence_before(sentence: Sentence, before: Sentence, counts: Sequence[Figure]) -> Iterator[_Listed]:
    """The lists whose whole stands in the sentence before: 共27件。其中…; 已全部办结,其中… where it comes out."""
    if sentence.text.startswith("其中", sentence.start):
        wholes = [figure for figure in before.figures if is_count(figure) and figure.unit_norm == counts[0].unit_norm]
        run = _run(counts, counts[0].unit_norm)
        if wholes and len(run) > 1:
            title = before.clause(wholes[-1], ",;:。")
            yield _Listed(wholes[-1], tuple(run), *_items(sentence, run), title=title, among=True)
    if _ALL_OF_THEM.match(sentence.text, sentence.start, counts[0].start):
        run = _run(counts, counts[0].unit_norm)
        for whole in before.figures:
            if whole.unit_norm == run[0].unit_norm and len(run) > 1 and whole.value_norm == sum(one.value_norm for one in run):
                yield _Listed(whole, tuple(run), *_items(sentence, run), title="", among=True)


def _runs_behind(
    sentence: Sentence, brackets: Mapping[int, int], whole: Figure, behind: Sequence[Figure]
) -> Iterator[list[Figure]]:
    """The lists that may be the parts of a whole: those in its brackets, and those that stand where it stands."""
    if not behind:
        return
    inner = brackets[behind[0].start]
    here = brackets[whole.start]
    opened = inner > whole.start
    if opened:
        yield from _long_enough(
            _run(list(itertools.takewhile(lambda one: brackets[one.start] == inner, behind)), whole.unit_norm)
        )
    if here <= whole.start:
        level = itertools.takewhile(lambda one: brackets[one.start] >= here, behind)
        run = _run([one for one in level if brackets[one.start] == here], whole.unit_norm)
        if run and (not opened or _AMONG.search(sentence.between(whole, run[0]))):
            yield from _long_enough(run)


def _long_enough(run: list[Figure]) -> Iterator[list[Figure]]:
    if len(run) > 1:
        yield run


def _is_listed_itself(sentence: Sentence, whole: Figure) -> bool:
    return sentence.text.find("其中", sentence.start, whole.start) >= 0


def _brackets(sentence: Sentence) -> dict[int, int]:
    """By the start of each figure, where the innermost bracket that it stands in was opened; -1 outside of brackets."""
    found: dict[int, int] = {}
    opened: list[int] = []
    place = sentence.start
    for figure in sentence.figures:
        for mark in _BRACKET.finditer(sentence.text, place, figure.start):
            if mark[0] == "(":
                opened.append(mark.start())
            elif opened:
                opened.pop()
        found[figure.start], place = opened[-1] if opened else -1, figure.start
    return found


def _run(figures: Sequence[Figure], unit: str) -> list[Figure]:
    """The figures from the first on that share a unit."""
    run = itertools.takewhile(lambda figure: figure.unit_norm == unit, figures)
    return list(itertools.islice(run, _MOST_PARTS))


def _items(sentence: Sentence, parts: Sequence[Figure]) -> tuple[tuple[str, ...], bool]:
    """What stands before each part of a list; and whether each item has one figure and nothing says that there are more."""
    names = [sentence.clause(parts[0])]
    clean = True
    for one, other in itertools.pairwise(parts):
        gap = _TOLD_OF_PART.sub("", sentence.between(one, other))
        gap = re.sub(r"([,;、]){2,}", r"\1", gap)
        item = _NEXT_ITEM.fullmatch(gap)
        clean = clean and not _NESTED.search(gap) and (item is not None or gap in {"", ",", "、", ";", "和"})
        names.append(re.sub(r"^[和及与]|^以及", "", item["name"]) if item else "")
    if _OPEN.match(sentence.after(parts[-1])) or any(name.endswith("等") for name in names):
        clean = False
    return tuple(re.sub(r"^(?:其中|包括|包含|分别为?)[,:]?", "", name) for name in names), clean


def _check(listed: _Listed) -> Check | None:
    whole = listed.whole
    complete = _why_complete(listed)
    for parts in _choices(listed, whole_list_only=bool(complete)):
        total = sum((part.value_norm for part in parts), Decimal(0))
        if total == whole.value_norm:
            return _told(whole, parts, total, Verdict.HOLDS, "")
    total = sum((part.value_norm for part in listed.parts), Decimal(0))
    if not complete:
        return _pair(listed)
    return _judged(listed.whole, listed.parts, total, complete)


def _judged(whole: Figure, parts: Sequence[Figure], total: Decimal, complete: str) -> Check | None:
    slack = sum((step_of(figure) for figure in (whole, *parts)), Decimal(0))
    if slack and abs(total - whole.value_norm) <= slack:
        return _told(whole, parts, total, Verdict.CONSISTENT, "含万、亿或小数，取整后相符")
    off = abs(total - whole.value_norm)
    near = off * 5 <= whole.value_norm and complete not in {_CRUMBS, _OPPOSITES}
    if near or _one_digit_off(whole, parts, total):
        return _told(whole, parts, total, Verdict.FAILS, f"{complete}；相差{amount(off, whole.unit_norm)}")
    return None


_CRUMBS = "各分项逐一列明新增数"
_OPPOSITES = "分项互补"


def _why_complete(listed: _Listed) -> str:
    """Why the list is complete, in Chinese; "" where the text does not say that it is."""
    names, parts = listed.names, listed.parts
    if not listed.clean or len(parts) < 2:
        return ""
    if listed.closing:
        return "" if any(_is_total(name) for name in names) else "分项之后写明合计"
    if _REST.match(names[-1]) and (listed.among or _is_total(listed.title)):
        return "末项为“其他”，分项完整"
    if listed.among and _names_all(listed.title, names):
        return "总数已点明各分项"
    crumbs = sum(part.value_norm <= max(Decimal(3), listed.whole.value_norm * _CRUMB) for part in parts)
    if listed.among and len(parts) > 2 and crumbs > 1 and all(_CHANGE.search(text) for text in (listed.title, *names)):
        return _CRUMBS
    return ""


def _is_total(title: str) -> bool:
    return bool(re.search(r"共(?!同|享|建)|总(?:数|量|计)|合计|累计", title))


def _names_all(title: str, names: Sequence[str]) -> bool:
    """Whether the whole is named by its parts: 行政复议、行政应诉案件共计 of 行政复议案件 and 行政应诉案件."""
    cores = _cores(names)
    if any(len(core) < 2 or title.count(core) != 1 for core in cores) or len(set(cores)) < len(cores):
        return False
    return len(re.split(r"、|和|及|以及|与", title)) == len(cores)


def _cores(names: Sequence[str]) -> list[str]:
    """What sets the names of a list apart: without the beginning and the end that all of them share."""
    first, last = min(names), max(names)
    head = 0
    while head < min(len(first), len(last)) and first[head] == last[head]:
        head += 1
    rest = [name[head:] for name in names]
    backward = [name[::-1] for name in rest]
    low, high = min(backward), max(backward)
    tail = 0
    while tail < min(len(low), len(high)) and low[tail] == high[tail]:
        tail += 1
    return [name[: len(name) - tail] for name in rest]


def _pair(listed: _Listed) -> Check | None:
    """Two outcomes that leave no third: 处理26件，移交其他单位处理2件; 办结10件，未办结2件."""
    if len(listed.parts) != 2 or not listed.clean or listed.closing:
        return None
    one, other = listed.names
    stem = re.sub(r"^(?:已经?|由?本级|自行)", "", one)
    handed = _HANDED_ON.match(other) and len(stem) > 1 and other.endswith(stem)
    opposite = _NOT.match(other) and len(stem) > 1 and _NOT.sub("", other, count=1) == stem
    if not (handed or opposite):
        return None
    total = listed.parts[0].value_norm + listed.parts[1].value_norm
    return _judged(listed.whole, listed.parts, total, _OPPOSITES)


def _choices(listed: _Listed, *, whole_list_only: bool) -> Iterator[Sequence[Figure]]:
    """The lists that may be meant: the whole run, then shorter ones that begin (of a closing total: end) at the same place."""
    parts = listed.parts
    yield parts
    if not listed.closing and (whole_list_only or not listed.among):
        return
    for length in range(len(parts) - 1, 1, -1):
        yield parts[-length:] if listed.closing else parts[:length]


def _one_digit_off(whole: Figure, parts: Sequence[Figure], total: Decimal) -> bool:
    if total in variants(whole):
        return True
    return any(whole.value_norm - total + part.value_norm in variants(part) for part in parts)


def _told(whole: Figure, parts: Sequence[Figure], total: Decimal, verdict: Verdict, note: str) -> Check:
    terms = " + ".join(printed(part) for part in parts)
    sign = {Verdict.HOLDS: "=", Verdict.CONSISTENT: "≈"}.get(verdict, "≠")
    reached = "" if verdict is Verdict.HOLDS else f" = {amount(total, whole.unit_norm)}"
    return Check(
        kind="total",
        verdict=verdict,
        relation=f"{printed(whole)} {sign} {terms}{reached}",
        stated=whole.value_norm,
        computed=total,
        places=(whole.start, *(part.start for part in parts)),
        note=note,
    )
