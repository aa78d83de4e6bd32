"""Tells which numbers state a change of the figure before them (同比上升43.04%), and ties the two. Names no indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.interpret.finding import Found
from crawler.interpret.units import PERCENT, UNIT

_WHEN = (
    r"(?:(?:去年|上一?年度?|前[一两]?年|往年|历年|上一?季度|上半年|上个?月|年初|同期|以往|此前|20\d\d ?年度?|"
    r"改革前|(?:法定|规定|承诺)(?:时限|期限|时间)|“?十[二三四五]五”?)"
    r"(?:时期|期间|的?同期|同期|底|末|初|全年|平均)?)"
)
BASE = rf"(?:同比|环比|(?:相)?(?:较|比)(?:于|之)?{_WHEN}(?:,?相比)?|[与同和跟]{_WHEN},?相比(?:较)?)"
"""What a change is measured against."""
_UP = "上升|增长|提升|提高|增加|上涨|增多|新增|净增|攀升|扩大|上浮|多|增|升"
_DOWN = "下降|净减|减少|降低|回落|下滑|缩减|压缩|缩短|下浮|减|降|少"
_CUT = "精简|压减|调减"  # only from a value to another: 精简率为21.4% is a figure
_FILL = r"(?:均|又|共|分别|总体|大幅度?|略有?|小幅|有所|约|平均|明显|显著|各|也|再|已){0,3}"
_TAIL = r"(?:了|约|近|超过|超|逾|幅度?|率)?(?:达到?|为|约|超过?)?"
_BEFORE_LIST = re.compile(
    rf"(?P<base>{BASE})[, ]?{_FILL}(?P<about>)(?P<verb>{_UP}|"
    rf"{_DOWN}){_TAIL} ?(?P<list>\d[\d.]{{0,9}}%?(?:[、,和及]\d[\d.]{{0,9}}%?){{0,8}})[、,和及]$"
)
_COMPARED = re.compile(
    rf"(?P<base>{BASE})(?:的\d[\d.,]{{0,12}} ?[万亿]?(?:{UNIT})(?:相比)?)?"
    rf"[, ]?{_FILL}(?P<about>[^,。;:%\d、]{{0,10}}?){_FILL}(?P<verb>{_UP}|{_DOWN}){_TAIL} ?$"
)
_OLD_VALUE = re.compile(rf"(?:较|比){_WHEN}的$")
_OLD_CHANGE = re.compile(rf"(?:相比)?,?{_FILL}(?:{_UP}|{_DOWN}){_TAIL} ?\d")
_BARE = re.compile(rf"(?P<base>){_FILL}(?P<verb>{_UP}|{_DOWN}){_TAIL} ?$")
_TIMES = re.compile(rf"(?P<base>(?:是|为|达到?|相当于)?(?:{_WHEN}))(?P<verb>的) ?$")
_FROM_TO = re.compile(
    rf"(?:由|从)[^,。;:\d]{{0,10}}(?:20\d\d年度?[^,。;:\d]{{0,6}})?(?P<old>\d[\d,.]{{0,15}} ?[万亿]?(?:{UNIT})?)"
    rf"[^,。;:\d]{{0,6}}?,?(?P<verb>(?:{_UP}|{_DOWN}|{_CUT}|变|扩展|调整)(?:为|至|到|成))(?:{_WHEN}的?)?[^,。;:\d]{{0,4}}$"
)
_TIED = re.compile(
    r"(?:\([件人次个]{1,2}\))?(?!的)[^,。;:()、]{0,20}?"
    r"[,( 、]{0,3}(?:且|均|各|分别|其中|数量|总量|总数|件数|案件|案件数量?|人数|数|"
    r"量|金额|比例|占比){0,2}[, ]?"
)
_STRICTLY_TIED = re.compile(r"[,( ]{0,3}")
_LEVEL = re.compile(
    rf"[,( ]{{0,2}}(?P<base>{BASE}|[与同和跟]{_WHEN}){_FILL}(?P<verb>基本持平|持平|翻了?[一两二]番|实现翻番|翻番)"
)
_FORTH = re.compile(r"[,、]?(?:总数|总量|共|共计|累计)?(?:达到?|增至|升至|降至|至|到|减至|为)")
_LIST = re.compile(r"[、,和及]")
_LIST_OF_CHANGES = re.compile(rf"[、,和及](?P<verb>{_UP}|{_DOWN})?了?")  # 同比分别下降3.4%、上升2.1%
_REACH = 64  # characters before a number in which its comparison stands


@dataclass(frozen=True)
class Stated:
    """A number that is a figure of its own, with the change that is told of it."""

    found: Found
    qualifier: str = ""
    qualifier_value: str = ""
    direction: str = ""
    after: int = 0  # where its change ends in the paragraph; its own end where none is told


def stated_figures(paragraph: str, found: Sequence[Found]) -> list[Stated]:
    """The numbers that are figures, each with what is told of its change; numbers that only tell a change are taken up.

    Args:
        paragraph: folded to ASCII.
        found: its numbers, in order.
    """
    found = [one for one in found if not _is_old_value(paragraph, one)]
    rows: list[Stated] = []
    position = 0
    coming: re.Match[str] | None = None  # a change told before its figure: 同比增长12%,达到264件
    while position < len(found):
        one = found[position]
        floor = max(rows[-1].after if rows else 0, found[position - 1].end if position else 0)
        change = _change(paragraph, one, floor)
        taken = _share(paragraph, rows, _run(paragraph, found, position), change) if change is not None else 0
        if not taken and (change is None or not _tie(paragraph, rows, one, change)):
            if change is not None and change["base"] and _leads_on(paragraph, found, position):
                coming = change
            else:
                rows.append(_own(paragraph, rows, one, change))
                if coming is not None:
                    rows[-1] = _with(rows[-1], coming, _printed(paragraph, found[position - 1]), one.end)
                coming = None
        position += max(1, taken)
    return rows


def _is_old_value(paragraph: str, one: Found) -> bool:
    """Whether this is only what is compared with: 比2017年同期的65件增长9.2%."""
    return bool(_OLD_VALUE.search(paragraph, max(0, one.start - 20), one.start) and _OLD_CHANGE.match(paragraph, one.end))


def _leads_on(paragraph: str, found: Sequence[Found], position: int) -> bool:
    return position + 1 < len(found) and bool(_FORTH.fullmatch(paragraph, found[position].end, found[position + 1].start))


def _change(paragraph: str, one: Found, floor: int) -> re.Match[str] | None:
    if one.is_rank:
        return None
    start = max(floor, one.start - _REACH)
    match = _COMPARED.search(paragraph, start, one.start)
    if match is None and one.unit == "倍":
        match = _TIMES.search(paragraph, start, one.start)
    if match is None and (one.unit in PERCENT or one.unit == "倍"):
        match = _BEFORE_LIST.search(paragraph, start, one.start) or _BARE.search(
            paragraph, max(start, one.start - 12), one.start
        )
    return match


def _is_shared(paragraph: str, change: re.Match[str]) -> bool:
    return "分别" in change[0] or "分别" in paragraph[max(0, change.start() - 4) : change.start()]


def _run(paragraph: str, found: Sequence[Found], position: int) -> list[tuple[str, str]]:
    """A number and those that follow it in a list, as printed, with the verbs of their own: 5%、6%和7%; 3.4%、上升2.1%."""
    last = found[position]
    run = [(_printed(paragraph, last), "")]
    for one in found[position + 1 :]:
        gap = _LIST_OF_CHANGES.fullmatch(paragraph, last.end, one.start)
        if gap is None:
            break
        run.append((_printed(paragraph, one), gap["verb"] or run[-1][1]))
        last = one
    return run


def _share(paragraph: str, rows: list[Stated], run: Sequence[tuple[str, str]], change: re.Match[str]) -> int:
    """Give each of the last figures its own of a list of changes, 同比分别增长5%、6%; how many numbers were used up, or 0."""
    if not _is_shared(paragraph, change):
        return 0
    unnamed = _LIST.split(change.groupdict().get("list") or "")
    values = [(value, "") for value in unnamed if value] + list(run)
    if len(rows) < len(values):
        return 0
    after = change.end() + len(run[-1][0])
    for place, (value, verb) in enumerate(values, start=len(rows) - len(values)):
        rows[place] = _with(rows[place], change, value, after, verb)
    return len(run)


def _tie(paragraph: str, rows: list[Stated], one: Found, change: re.Match[str]) -> bool:
    """Tie a change to the figure that it is told of. False where there is none: then it is a figure itself."""
    begin = change.start()
    if rows and rows[-1].qualifier and _STRICTLY_TIED.fullmatch(paragraph, rows[-1].after, begin):
        rows[-1] = replace(rows[-1], after=one.end)
        return True
    place, told_from = _before_bracket(paragraph, rows, begin)
    if place >= 0 and not rows[place].qualifier:
        last = rows[place]
        tied = _TIED if change["base"] else _STRICTLY_TIED
        if tied.fullmatch(paragraph, told_from, begin) and not (change.groupdict().get("about") or "").strip():
            if _has_noun(paragraph, one):
                base = _base(change)
                value = f"{change['verb']}{_printed(paragraph, one)}({base})"
                rows[place] = replace(last, qualifier=base, qualifier_value=value, direction=_direction(change["verb"]))
                return False
            rows[place] = _with(last, change, _printed(paragraph, one), one.end)
            return True
    return False


def _before_bracket(paragraph: str, rows: Sequence[Stated], begin: int) -> tuple[int, int]:
    """Which figure a change is told of, and from where: of 95件(去年72件),同比增长31.9% the one before the bracket; -1 none."""
    if not rows:
        return -1, 0
    last = len(rows) - 1
    close = paragraph.find(")", rows[last].found.end, begin)
    opened = paragraph.rfind("(", max(0, rows[last].found.start - _REACH), rows[last].found.start)
    if close < 0 or opened < 0 or ")" in paragraph[opened : rows[last].found.start]:
        return last, rows[last].found.end
    outside = [place for place, row in enumerate(rows) if row.found.end <= opened < row.found.end + 2]
    return (outside[-1], close + 1) if outside else (-1, 0)


def _own(paragraph: str, rows: list[Stated], one: Found, change: re.Match[str] | None) -> Stated:
    """A figure of its own; where it tells a change of something that has no figure, with that said."""
    level = _LEVEL.match(paragraph, one.end)
    if level:
        verb = level["verb"]
        return Stated(one, _base(level) + verb, "", "up" if "番" in verb else "", after=level.end())
    risen = _FROM_TO.search(paragraph, max(0, one.start - _REACH), one.start)
    if risen:
        if rows and rows[-1].found.start >= risen.start("old"):
            rows.pop()
        return Stated(one, f"由{risen['old']}{risen['verb']}", risen["old"], _direction(risen["verb"]), after=one.end)
    if change is not None and change["base"] and not _has_noun(paragraph, one):
        return _with(Stated(one), change, _printed(paragraph, one), one.end)
    return Stated(one, after=one.end)


def _with(row: Stated, change: re.Match[str], value: str, after: int, verb: str = "") -> Stated:
    verb = verb or change["verb"]
    return replace(
        row,
        qualifier=_base(change) + verb,
        qualifier_value=value,
        direction=_direction(verb) or row.direction,
        after=after,
    )


def _base(change: re.Match[str]) -> str:
    base = change["base"].replace(",", "").replace(" ", "")
    return re.sub(r"^相?(较|比)(?:于|之)?", r"\1", base)


def _direction(verb: str) -> str:
    if re.match(rf"{_DOWN}|{_CUT}", verb):
        return "down"
    return "up" if re.match(_UP, verb) else ""


def _has_noun(paragraph: str, one: Found) -> bool:
    """Whether a counted thing follows at once: 新增141个党政部门; of percent never."""
    return one.unit not in PERCENT and bool(re.match(r"[\u4e00-\u9fff“《]", paragraph[one.end : one.end + 1]))


def _printed(paragraph: str, one: Found) -> str:
    return paragraph[one.start : one.end]
