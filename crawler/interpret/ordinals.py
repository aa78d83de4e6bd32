"""Finds the ordinals that may begin a section: 一、 （一） 1. （1） ① 一是 第三条. Builds no tree and reads no heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Style(Enum):
    """The ways of numbering; the value shows one."""

    CHAPTER = "章"
    PART = "节"
    ARTICLE = "条"
    HAN = "一、"
    HAN_BRACKET = "（一）"
    ARABIC = "1."
    ARABIC_BRACKET = "（1）"
    CIRCLED = "①"
    ITEM = "一是"
    MUST = "一要"
    TURN = "首先"
    SIDE = "一方面"
    FIRST = "第一，"


LEVELS: Final = {
    Style.CHAPTER: 1, Style.PART: 2, Style.ARTICLE: 3, Style.HAN: 1, Style.HAN_BRACKET: 2, Style.ARABIC: 3,
    Style.ARABIC_BRACKET: 4, Style.CIRCLED: 4, Style.ITEM: 5, Style.MUST: 5, Style.TURN: 5, Style.SIDE: 5, Style.FIRST: 5,
}  # fmt: skip
"""GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）; what is counted within a paragraph stands below all of them."""

RUNNING: Final = frozenset({Style.ITEM, Style.MUST, Style.TURN, Style.SIDE, Style.FIRST})
"""Words that count; they are ordinals only where a second one follows the first."""


@dataclass(frozen=True)
class Mark:
    """One ordinal."""

    style: Style
    number: int  # 1-based
    ordinal: str  # as printed, without spaces
    start: int  # in its paragraph
    end: int  # of the ordinal with the spaces after it


_HAN: Final = "一二三四五六七八九十"
_COUNT: Final = rf"(?:[{_HAN}]{{1,3}})"
_SPACE: Final = r"[^\S\n]{0,4}"
# 三、四季度 and 一、二审 are no headings.
_NOT_A_PAIR: Final = rf"(?![{_HAN}]{{1,3}}[季审级类期批线次届轮年月条章者是方层])"
_AT_START: Final = (
    (Style.CHAPTER, re.compile(rf"第{_SPACE}({_COUNT}|\d{{1,2}}){_SPACE}[章编](?![程节])")),
    (Style.PART, re.compile(rf"第{_SPACE}({_COUNT}|\d{{1,2}}){_SPACE}节(?![目日约能省])")),
    # 第三条规定的… cites an article; 第三条 and its text, apart or not, is one.
    (Style.ARTICLE, re.compile(rf"第{_SPACE}([{_HAN}百零〇]{{1,6}}|\d{{1,3}}){_SPACE}条(?![款第、和至及或之的规,，。例件款])")),
    (Style.HAN, re.compile(rf"({_COUNT}){_SPACE}(?:[、.．]|[,，](?=[^\W\d_]))[、.．]?(?![、.．]){_NOT_A_PAIR}")),
    (Style.HAN_BRACKET, re.compile(rf"[（(〔]{_SPACE}({_COUNT}){_SPACE}[）)〕]{_SPACE}[、.．]?")),
    (
        Style.ARABIC,
        re.compile(rf"([1-9]\d?){_SPACE}(?:[.．](?![\d.．])|、(?!\d))(?!{_SPACE}[\d.．]{{1,4}}{_SPACE}[%％件人个项])"),
    ),
    (Style.ARABIC_BRACKET, re.compile(rf"[（(]{_SPACE}([1-9]\d?){_SPACE}[）)]{_SPACE}[、.．]?")),
    (Style.ARABIC_BRACKET, re.compile(r"([1-9]\d?)[）)](?![^\W\d_]{0,8}[）)])[、.．]?")),
    (Style.CIRCLED, re.compile(r"([\u2460-\u2473])[、.．]?")),
    (Style.ITEM, re.compile(rf"({_COUNT})是(?!否|不是|日)[,，:：]?")),
    (Style.MUST, re.compile(rf"({_COUNT})要[,，:：]?")),
    (Style.TURN, re.compile(r"(首先|其次|再次|再者|最后)[,，]?(?!进)")),
    (Style.SIDE, re.compile(r"((?:另|再)?一方面)[,，:：]?")),
    (Style.FIRST, re.compile(rf"第({_COUNT})[,，、:：]")),
)
_BOUNDARY: Final = "。；;：:，,、！!？?"
_WITHIN: Final = re.compile(
    rf"(?<=[{_BOUNDARY}）)”\"\s])(?:[{_HAN}]{{1,3}}[是要]|首先|其次|再次|再者|最后|[另再]?一方面|第[{_HAN}]{{1,3}}[,，、:：]"
    rf"|[（(]\d{{1,2}}[）)]|[（(][{_HAN}]{{1,3}}[）)]|[\u2460-\u2473])"
)
_TABLE: Final = re.compile(r"\t|\s\|\s|｜")


def mark_at_start(paragraph: str) -> Mark | None:
    """The ordinal that a paragraph begins with, if it does; a row of a table has none."""
    lead = len(paragraph) - len(paragraph.lstrip())
    if _TABLE.search(paragraph):
        return None
    return _mark_at(paragraph, lead)


def marks_within(paragraph: str, start: int) -> Iterator[Mark]:
    """The ordinals further on in a paragraph, each after a mark of punctuation or a space.

    Args:
        paragraph: its text.
        start: where to begin looking.
    """
    for found in _WITHIN.finditer(paragraph, start):
        mark = _mark_at(paragraph, found.start())
        if mark is not None:
            yield mark


def _mark_at(paragraph: str, at: int) -> Mark | None:
    for style, pattern in _AT_START:
        found = pattern.match(paragraph, at)
        if found is None:
            continue
        number = _NAMED.get(found[1]) or _value(found[1])
        if number is None or found.end() == len(paragraph):
            return None
        end = found.end()
        while end < len(paragraph) and paragraph[end].isspace():
            end += 1
        return Mark(style, number, "".join(found[0].split()), at, end)
    return None


_NAMED: Final = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 99, "一方面": 1, "另一方面": 2, "再一方面": 3}


def _value(printed: str) -> int | None:
    if printed.isdecimal():
        return int(printed)
    if "\u2460" <= printed <= "\u2473":
        return ord(printed) - 0x245F
    total, digit = 0, 0
    for character in printed:
        if character == "十":
            total, digit = total + 10 * (digit or 1), 0
        elif character == "百":
            total, digit = total + 100 * (digit or 1), 0
        elif character in "零〇":
            digit = 0
        else:
            if digit:
                return None  # 一二: two words
            digit = _HAN.index(character) + 1
    return total + digit or None
