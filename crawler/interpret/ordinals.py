"""Recognises the ordinals that headings and list items begin with: 一、 （一） 1. （1） ① 一是 第三条. Builds no outline.

What merely looks like one is refused here where its next characters betray it: 1.5亿元, 一、二审, 三、四季度, （一）至（三）项,
第三条规定, （2019）沪0112号. Whether an ordinal such as 一是 stands in a run of its kind is for the caller to see.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Style(Enum):
    """How an ordinal is written. The value is its rank: a lower one stands above a higher one in the tree."""

    PART = 1  # 第一部分 第一编
    CHAPTER = 2  # 第一章
    DIVISION = 3  # 第一节
    HAN = 10  # 一、
    ARTICLE = 15  # 第一条: its （一） are its items
    HAN_BRACKETED = 20  # （一）
    ARABIC = 30  # 1.
    DECIMAL = 31  # 1.1
    DECIMAL_THREE = 32  # 1.1.1
    DECIMAL_FOUR = 33  # 1.1.1.1
    ARABIC_BRACKETED = 40  # （1）
    ARABIC_HALF = 41  # 1）
    CIRCLED = 42  # ①
    COUNTED = 50  # 一是 二要
    FIRST_NEXT = 51  # 首先 其次 再次 最后
    SIDES = 52  # 一方面 另一方面
    NTH = 53  # 第一， 第二，
    OF_THEM = 54  # 其一， 其二，


WORDS = frozenset({Style.COUNTED, Style.FIRST_NEXT, Style.SIDES, Style.NTH, Style.OF_THEM})
"""Ordinals that are words of the language as well, so that one alone proves nothing."""
LAST = 99
"""Value of 最后: it follows whatever came before."""
_HIGHEST = 99  # of a heading's number; 第…条 goes to 999

_GAP = "[ \t\u00a0\u2000-\u200a\u3000]{0,4}"
_HAN = "[一二三四五六七八九十百零〇两]{1,5}"
_DIGITS = "[0-9０-９]{1,3}"
_OPEN, _CLOSE = r"[（(〔［\[【﹙]", r"[）)〕］\]】﹚]"
_STOP = "[.．﹒、。]"
_YEAR = "(?:19|20|１９|２０)[0-9０-９]{2}年"
_INITIAL = re.compile(
    rf"第{_GAP}(?P<ranked>{_HAN}|{_DIGITS}){_GAP}(?P<rank>部分|编|篇(?!章)|章(?!程)|节(?!约|能|日)|条(?!例|件))"
    rf"|{_OPEN}{_GAP}(?:(?P<han_bracketed>{_HAN})|(?P<bracketed>{_DIGITS})){_GAP}(?:{_CLOSE}[、.．]?|[、](?!{_HAN}[）)、]))"
    rf"|(?:(?P<han_half>{_HAN})|(?P<half>{_DIGITS})){_GAP}[）)][、.．]?"
    rf"|(?P<han>{_HAN}){_GAP}[、.．﹒]"
    rf"|(?P<decimal>[0-9０-９]{{1,2}}(?:[.．][0-9０-９]{{1,2}}){{1,3}})(?![0-9０-９.．]|年)"
    rf"|(?P<arabic>{_DIGITS}){_GAP}{_STOP}(?={_YEAR}|[^0-9０-９]|$)"
    r"|(?P<sign>[㈠-㈩⑴-⒇①-⑳⒈-⒛])"
    rf"|(?P<spaced>{_HAN})[ \u00a0\u2000-\u200a\u3000]{{1,4}}(?=[\u4e00-\u9fff“])"
)
_WORDS = re.compile(
    r"(?P<counted>[一二三四五六七八九十]{1,2})(?:是|要(?!素|件|点|害|闻))"
    r"|(?P<next>首先|其次|再次|再者|最后)"
    r"|(?P<side>另一方面|一方面)"
    r"|第(?P<nth>[一二三四五六七八九十]{1,2})(?:[，,：:]|是(?=\S))"
    r"|其(?P<them>[一二三四五六七八九十]{1,2})(?:[，,：:]|是(?=\S))"
)
_SIGNS = {"㈠": Style.HAN_BRACKETED, "⑴": Style.ARABIC_BRACKETED, "⒈": Style.ARABIC, "①": Style.CIRCLED}
_RANKED = {
    "部分": Style.PART,
    "编": Style.PART,
    "篇": Style.PART,
    "章": Style.CHAPTER,
    "节": Style.DIVISION,
    "条": Style.ARTICLE,
}
_STYLES = {
    "han_bracketed": Style.HAN_BRACKETED,
    "han_half": Style.HAN_BRACKETED,
    "spaced": Style.HAN,
    "bracketed": Style.ARABIC_BRACKETED,
    "half": Style.ARABIC_HALF,
    "arabic": Style.ARABIC,
}
_NEXT = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": LAST}
_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_DIGIT_OF = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
# 一、二审 三、四季度 一、二级: two neighbouring numerals and what they count together.
_COUNTED_PAIR = re.compile(r"([一二三四五六七八九十])(?:[季审月级线期类等产轮批次楼号年档层环]|者|把手)")
# （一）至（三）项, （一）项规定, （一）（二）项, （一）和（二）: a clause that is cited.
_CITED_CLAUSE = re.compile(r"[至到和或及、,，]?[（(]|项(?:[、,，。规的所之至和]|$)|目(?:规|的|所)")
_CITED_ARTICLE = re.compile(
    r"[ \u3000]?(?:第[一二三四五六七八九十0-9]{1,3}[款项]|之[一二三四五六七八九十规]|[、,，。；;：:和至到或及的）)]"
    "|规定|明确|所|中|要求|对)"
)
_MEASURED = re.compile(
    "[%％‰万亿千百余倍元吨米里]|个(?!人|性)|[件起名次天]|人(?![员民才口力大事])|项(?!目)|公[里顷斤]|小时|[年月日]"
)


@dataclass(frozen=True)
class Ordinal:
    """An ordinal that a heading or an item begins with."""

    style: Style
    value: int
    printed: str  # without spaces
    start: int  # in its paragraph, code points
    after: int  # where its words begin
    sure: bool  # it is an ordinal whatever its neighbours are


def ordinal_at(text: str, start: int = 0) -> Ordinal | None:
    """The ordinal that stands at a place of a paragraph; None where there is none, or what there is only looks like one.

    Args:
        text: a paragraph.
        start: code points; white space before the ordinal must have been passed.
    """
    if found := _INITIAL.match(text, start):
        return _numbered(text, found)
    found = _WORDS.match(text, start)
    return _worded(found) if found else None


def without_impostors(initials: Sequence[Ordinal | None]) -> list[Ordinal | None]:
    """The ordinals that paragraphs begin with, without those that prove themselves only by a neighbour and have none.

    第三条, 1.2, and 一 followed by a space count where a neighbour of their kind is the next or the last number.
    Words such as 一是 are left for the caller.
    """
    kinds: dict[tuple[Style, str], list[int]] = {}
    for number, one in enumerate(initials):
        if one is not None:
            kinds.setdefault((one.style, _stem(one)), []).append(number)
    kept = list(initials)
    for numbers in kinds.values():
        values = [one.value for number in numbers if (one := initials[number])]
        for place, number in enumerate(numbers):
            one = initials[number]
            near = (*values[max(0, place - 1) : place], *values[place + 1 : place + 2])
            if one and not one.sure and one.style not in WORDS and not any(abs(one.value - other) == 1 for other in near):
                kept[number] = None
    return kept


def _stem(ordinal: Ordinal) -> str:
    """What decimal ordinals of one list share: the 2 of 2.1 and 2.2."""
    return ordinal.printed.translate(_WIDTH).rpartition(".")[0] if Style.DECIMAL.value <= ordinal.style.value < 40 else ""


def number_of(numeral: str) -> int:
    """The value of a numeral up to 999, in digits of either width or in Chinese; 0 where it is none (十十).

    Args:
        numeral: 12, １２, 十二, 一百零五.
    """
    narrow = numeral.translate(_WIDTH)
    if narrow.isdecimal():
        return int(narrow)
    hundreds, parted, rest = numeral.partition("百")
    value = _DIGIT_OF.get(hundreds, 0) * 100 if parted else 0
    tens, ten, ones = (rest if parted else numeral).lstrip("零〇").partition("十")
    if ten:
        value += (_DIGIT_OF.get(tens, 0) if tens else 1) * 10
    else:
        ones = tens
    if len(ones) > 1:
        return 0
    return value + (_DIGIT_OF.get(ones, 0) if ones else 0)


def _numbered(text: str, found: re.Match[str]) -> Ordinal | None:
    name = str(found.lastgroup)
    if name == "rank":
        return _ranked(text, found)
    if name == "sign":
        first = max(sign for sign in _SIGNS if sign <= found["sign"])
        return _ordinal(found, _SIGNS[first], ord(found["sign"]) - ord(first) + 1)
    if name == "decimal":
        return _decimal(text, found)
    value = number_of(found[name])
    if name == "han":
        pair = _COUNTED_PAIR.match(text, found.end())
        return None if pair and number_of(pair[1]) == value + 1 else _ordinal(found, Style.HAN, value)
    style = _STYLES[name]
    if style is Style.HAN_BRACKETED and _CITED_CLAUSE.match(text, found.end()):
        return None
    return _ordinal(found, style, value, sure=name != "spaced")


def _ranked(text: str, found: re.Match[str]) -> Ordinal | None:
    if _CITED_ARTICLE.match(text, found.end()):
        return None
    sure = text[found.end() : found.end() + 1].isspace()
    return _ordinal(found, _RANKED[found["rank"]], number_of(found["ranked"]), sure=sure)


def _decimal(text: str, found: re.Match[str]) -> Ordinal | None:
    parts = [number_of(part) for part in found["decimal"].translate(_WIDTH).split(".")]
    if len(parts) == 2 and _MEASURED.match(text, found.end()):
        return None
    return _ordinal(found, Style(Style.ARABIC.value - 1 + len(parts)), parts[-1], sure=False)


def _ordinal(found: re.Match[str], style: Style, value: int, *, sure: bool = True) -> Ordinal | None:
    if not 0 < value <= (999 if style is Style.ARTICLE else _HIGHEST):
        return None
    return Ordinal(style, value, "".join(found[0].split()), found.start(), found.end(), sure)


def _worded(found: re.Match[str]) -> Ordinal | None:
    name, word = str(found.lastgroup), found[0]
    if name == "next":
        return Ordinal(Style.FIRST_NEXT, _NEXT[word], word, found.start(), found.end(), sure=False)
    if name == "side":
        return Ordinal(Style.SIDES, 1 + (word == "另一方面"), word, found.start(), found.end(), sure=False)
    style = {"counted": Style.COUNTED, "nth": Style.NTH, "them": Style.OF_THEM}[name]
    shown = word.rstrip("，,：:")
    value = number_of(found[name])
    return Ordinal(style, value, shown, found.start(), found.end(), sure=False) if value else None
