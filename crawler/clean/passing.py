"""Finds what a page says only for the moment: how often it was read, and what day it is. Changes no text that is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from crawler.clean.noise import is_tool_line

LONGEST_PASSING_LINE: Final = 160
"""Characters; a longer paragraph is text whatever it holds."""

_COUNTED: Final = (
    "浏览次数|浏览量|浏览数|浏览|阅读次数|阅读量|阅读数|阅读|点击次数|点击数|点击量|点击率|点击|访问次数|访问量|访问数|访问|"
    "下载次数|下载量|下载数|点赞数|点赞|人气|当前在线人数|在线人数"
)
_COUNT: Final = r"[\[【(（]?\s{0,3}[0-9０-９][0-9０-９,，.]{0,12}\s?万?\+?\s{0,3}[\]】)）]?\s{0,3}[次人]?"
_DAY: Final = r"[0-9]{4}\s?[-./年]\s?[0-9]{1,2}\s?[-./月]\s?[0-9]{1,2}\s?日?"
_WEEKDAY: Final = r"(?:星期|周)[一二三四五六日天]"
_CLOCK: Final = r"[0-9]{1,2}[:：时][0-9]{1,2}(?:[:：分][0-9]{0,2}秒?)?"
_NOW: Final = rf"{_DAY}(?:\s{{0,4}}[,，]?\s{{0,4}}{_WEEKDAY})?(?:\s{{0,4}}{_CLOCK})?(?:\s{{0,4}}{_WEEKDAY})?"
_EDGE: Final = r"\s|｜【】\[\]()（）<>《》/"
_PASSING: Final = re.compile(
    rf"(?<![^{_EDGE}])(?:"
    rf"(?:本文|本页|本页面|本站|已|总|累计)?(?:被)?(?:{_COUNTED})\s?[:：]\s{{0,3}}(?:{_COUNT})?"
    rf"|(?:本文|本页|本页面)?已?被?(?:{_COUNTED})\s{{0,3}}[0-9]{{1,9}}\s?次"
    rf"|您是第\s?[0-9]{{1,12}}\s?位(?:访客|访问者|浏览者|来访者)"
    rf"|今天是\s?[:：]?\s?{_NOW}"
    rf"|(?:打印日期|打印时间|当前时间|当前日期|现在时间|现在是|系统时间|北京时间|最后更新|最后更新时间|更新时间|更新日期)\s?[:：]\s{{0,3}}{_NOW}"
    rf")(?![^{_EDGE}])"
)
_FRAME: Final = re.compile(rf"[{_EDGE}]{{0,{LONGEST_PASSING_LINE}}}")


def without_passing(body: Iterable[str]) -> list[str]:
    """The paragraphs without counters and the date of today.

    Both stand as a line of their own, or in one with nothing but the template's own words (日期：2026-03-01 浏览次数：5), and
    have a colon or a unit: 浏览次数：123, 【阅读 45 次】, 今天是2026年3月1日 星期日, 打印日期：2026-03-01. A sentence that
    speaks of visits, a table row (网站 访问量：123万次) and a date of publication are text.

    Args:
        body: the paragraphs, exact.
    """
    return [line for paragraph in body if (line := _without(paragraph)) is not None]


def _without(paragraph: str) -> str | None:
    """The paragraph without its passing pieces; None where nothing else is in it."""
    if len(paragraph) > LONGEST_PASSING_LINE:
        return paragraph
    rest, found = _PASSING.subn("", paragraph)
    if not found:
        return paragraph
    if _FRAME.fullmatch(rest):
        return None
    return rest if is_tool_line(paragraph) else paragraph
