"""Counts the names listed before a number: 《A》《B》2项标准, A、B和C等3个部门. Knows no names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from crawler.interpret.sentences import Sentence, is_count, printed
from crawler.knowledge import Check, Figure, Verdict

_LONGEST_LIST = 600
_MOST_NAMES = 60
_OPEN = re.compile(r"等(?:共计|合计|总计|共)?$")
_JOINED = re.compile(r"、|(?<![共联总饱暖])和(?!解|谐|平)|以及|(?<![涉普触波提])及(?!时|其|格)|(?<!参)与(?!会)")
_CLOSED = re.compile(r"(?:和|及|与)[^、,]{1,30}$")
_MARKS_ONLY = re.compile(r"、")
_TITLE = re.compile(r"《[^《》\n]{1,120}(?:《[^《》\n]{0,120}》[^《》\n]{0,120})?》")
_TITLES = re.compile(rf"(?:{_TITLE.pattern}(?:\([^()]{{0,30}}\))?(?:[、,]|和|以及|及|与)?){{1,60}}$")
_DOCUMENTS = re.compile(
    r"^(?:[^,;。、(]{0,8}?)(?:文件|制度|标准|规范|规定|办法|方案|意见|法规|规章|规则|细则|草案|预案|机制|清单|指引|条例|指南|立法)"
)
_GIVEN_OUT = re.compile(r"发放|赠送|印制|印刷|张贴|悬挂|学习|宣传|宣讲|解读|培训")
_STOPS = ",;:。!?\n"
_NAMED = frozenset("个家项份部件类种名位所篇处条支")
"""Units of things that have names; of 批次, 场 or 人次 what is listed before them is what they were about."""
_WITH_WHOM = re.compile(r"^.{0,40}?(?:会同|联合|与|同|由)")


def listed_names(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """Counts against the names listed before them.

    As many names as counted: HOLDS. Fewer names before 等: HOLDS as an open list. A list of titles in 《》 of another number
    (more, before 等), counted as documents, FAILS: titles can be told apart with certainty, other names cannot.
    """
    for sentence in sentences:
        for figure in sentence.figures:
            check = _check(sentence, figure) if _may_be_counted_out(figure) else None
            if check is not None:
                yield check


def _may_be_counted_out(figure: Figure) -> bool:
    value = figure.value_norm
    return is_count(figure) and figure.unit_norm in _NAMED and 1 < value <= _MOST_NAMES and value % 1 == 0


def _check(sentence: Sentence, figure: Figure) -> Check | None:
    earlier = (one.end for one in sentence.figures if one.end <= figure.start)
    begin = max(sentence.start, figure.start - _LONGEST_LIST, *earlier)
    before = sentence.text[begin : figure.start].rstrip()
    open_mark = _OPEN.search(before)
    names = before[: open_mark.start()] if open_mark else before
    if titles := _TITLES.search(names):
        count = len(_TITLE.findall(titles[0]))
        return _of_titles(sentence, figure, count, before[: titles.start()], is_open=open_mark is not None)
    return _of_words(figure, names, is_open=open_mark is not None)


def _of_titles(sentence: Sentence, figure: Figure, count: int, verb: str, *, is_open: bool) -> Check | None:
    stated = int(figure.value_norm)
    if count == stated or (is_open and count < stated):
        return _told(figure, count, Verdict.HOLDS, is_open=is_open)
    documents = _DOCUMENTS.match(sentence.text[figure.end : figure.end + 20])
    whole_list = not _GIVEN_OUT.search(verb[-12:]) and verb[-1:] not in {"、", "和", "及"}
    if count > 1 and stated < count * 4 and documents and whole_list:
        return _told(figure, count, Verdict.FAILS, is_open=is_open)
    return None


def _of_words(figure: Figure, names: str, *, is_open: bool) -> Check | None:
    listed = _last_list(names)
    stated = int(figure.value_norm)
    head, mark, rest = listed.partition("、")
    behind = _WITH_WHOM.sub("", head, count=1) + mark + rest if mark else listed  # 与A、B和C: the 与 joins no two names
    joined = [name for name in _split(_JOINED, listed) if name]
    others = [name for name in _split(_JOINED, behind) if name]
    marked = [name for name in _split(_MARKS_ONLY, listed) if name]
    if not is_open and (len(joined) < 2 or not _CLOSED.search(listed.rpartition("、")[2])):
        return None  # without 等 a list of words is closed by its last 和 only
    if len(joined) > 1 and stated in {len(joined), len(others), len(marked)}:
        return _told(figure, stated, Verdict.HOLDS, is_open=is_open)
    if is_open and len(others) < stated:
        return _told(figure, len(others), Verdict.HOLDS, is_open=True)
    return None


def _last_list(text: str) -> str:
    """What stands behind the last mark that is in no brackets: the list, with the verb before its first name."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        if text[place] in "》”)":
            depth += 1
        elif text[place] in "《“(":
            depth = max(0, depth - 1)
        elif text[place] in _STOPS and depth == 0:
            return re.sub(r"^(?:以及|和|及|与)", "", text[place + 1 :])
    return re.sub(r"^(?:以及|和|及|与)", "", text)


def _split(joint: re.Pattern[str], text: str) -> list[str]:
    """A list in pieces, not parted within brackets and quotation marks."""
    masked = re.sub(r"《[^《》]{0,120}》|“[^“”]{0,60}”|\([^()]{0,60}\)", lambda match: "\u3013" * len(match[0]), text)
    return joint.split(masked)


def _told(figure: Figure, count: int, verdict: Verdict, *, is_open: bool) -> Check:
    sign = "≥" if is_open and count < figure.value_norm else "="
    note = {"≥": "“等”，列举未尽", "=": ""}[sign]
    if verdict is Verdict.FAILS:
        sign, note = "≠", f"列出{count}个名称，称{printed(figure)}"
    return Check(
        kind="names",
        verdict=verdict,
        relation=f"{printed(figure)} {sign} 列出的{count}个名称",
        stated=figure.value_norm,
        computed=Decimal(count),
        places=(figure.start,),
        note=note,
    )
