"""Finds the time that a figure is told of (全年, 累计, 截至目前) and whether it is a plan. Reads no number as a date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from crawler.interpret.quoted import quoted_spans
from crawler.knowledge import Section

_PERIOD = re.compile(
    r"全年|累计|截[至止](?:目前|今|20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日|底|末)?|\d{1,2}月(?:\d{1,2}日|底|末)?|年底|年末)|"
    r"(?<!较)(?<!比)(?<!于)(?<!自)(?<!从)(?<![与同和跟])(?<!\d)20\d\d年(?:度|全年|上半年|下半年|"
    r"第[一二三四]季度|\d{1,2}(?:-\d{1,2})?月)?(?!以[来前后])(?!同期)(?!相比)|"
    r"(?:自)?20\d\d年以来|今年(?:以来)?|本年度?|(?<![\d一二三四五六七八九十两])年内|上半年|下半年|[一二三四]季度|年底|目前|近[三五两]年来?|"
    r"(?:“?十[三四五]五”?|“?[五六七八九]五”?普法)(?:时期|期间|以来)"
)
_PLANNED_HEADING = re.compile(
    r"下一步|下步|下阶段|下一阶段|下年度|下一年|来年|明年|打算|工作计划|工作安排|工作思路|工作设想|工作目标|"
    r"努力方向|展望|工作要点|20\d\d年(?:度)?(?:工作|重点|主要)?(?:计划|打算|安排|思路|要点|目标|任务|"
    r"举措)"
)
_DONE_HEADING = re.compile(r"完成|情况|落实|成效|回顾")
_PLANNED = re.compile(
    r"明年|下一步|下一年|下阶段|来年|[,。;]?(?:我局|我厅|我们|还|全市|全区|全县|全省|拟|计划|现|"
    r"即)将(?!.{0,6}作为)|将(?:继续|进一步|力争|全面(?=[推深加落提开建启])|深入|着力|重点|围绕|以|于|在|新增|新建|达到|达|实现|开展|"
    r"组织|完成|建成|推进|举办|制定|出台)|力争|拟(?=[于在对开新建组举召出制聘设办安投])(?!定|制定了)|"
    r"(?:^|[,。;:年局内将还也拟])计划(?=[于在到新建开举召组投完培设招]|20|年内)|争取(?!.{0,8}[资经支])|预计|确保20|到20\d\d年(?:底|末)?[,]?(?:将|力争|"
    r"实现|达|基本|全)|目标(?:为|是)"
)
_LONGEST_SENTENCE = 400  # characters before a figure that are searched for a word of planning
_BOUND = re.compile(r"[。!?;\n]")


def periods(paragraph: str, starts: Sequence[int]) -> list[str]:
    """For each figure of a paragraph the nearest time named before it; "" where none is.

    Args:
        paragraph: folded to ASCII. A year in a name in marks is no period.
        starts: of the figures, rising.
    """
    quoted = quoted_spans(paragraph)
    named = [match for match in _PERIOD.finditer(paragraph) if not any(a <= match.start() < b for a, b in quoted)]
    places = [match.start() for match in named]
    return [named[place - 1][0] if (place := bisect_left(places, start)) else "" for start in starts]


def is_planned(paragraph: str, start: int, sections: Sequence[Section], place: Section | None) -> bool:
    """Whether a figure is stated as an aim: its sentence says so, or a heading above it does.

    Args:
        paragraph: folded to ASCII.
        start: of the figure in the paragraph.
        sections: of the report.
        place: the deepest section that the figure stands in.
    """
    return any(
        _PLANNED_HEADING.search(heading) and not _DONE_HEADING.search(heading) for heading in _headings(sections, place)
    ) or bool(_PLANNED.search(paragraph, _sentence(paragraph, start), start))


def _sentence(paragraph: str, start: int) -> int:
    begin = max(0, start - _LONGEST_SENTENCE)
    for bound in _BOUND.finditer(paragraph, begin, start):
        begin = bound.end()
    return begin


def _headings(sections: Sequence[Section], place: Section | None) -> list[str]:
    found: list[str] = []
    while place is not None:
        found.append(place.heading)
        place = sections[place.parent] if place.parent is not None else None
    return found
