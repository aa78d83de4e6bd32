"""Tells an event's one Chinese line in the letter's language. Words of a page within it stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crawler.deliver.letter_blocks import Line, Run, ours, theirs
from crawler.flow import Language

_LONGEST = 500  # characters
_DAY = r"\d{1,4}年\d{1,2}月\d{1,2}日"
_MINUTE = _DAY + r" \d{2}:\d{2}"
_DATE = re.compile(r"(\d{1,4})年(\d{1,2})月(\d{1,2})日")

_BACK = "can be read again"
_MANY_GONE = "份报告一并在原址无法打开已逾七日，最后的文本均已保留"
_ABSENT = rf"自(?P<since>{_MINUTE})起在原址无法打开(?:（(?P<how>[^（）]{{1,40}}(?:（\d{{3}}）)?)）)?"
_DELISTED = rf"(?:，(?P<delisted>{_MINUTE})已不在栏目列表中)?"
# Whole lines, as compare and schedule write them; {name} is what was found. Of a name, `day`, `since`, `until`, `seen` and
# `delisted` are times, `count` is a number, `edits` is told likewise, `how` has its own words, all others are a page's.
_LINES: Final = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (rf"新发布，发布日期(?P<day>{_DAY})，正文(?P<count>\d+)字", "published {day}, {count} characters"),
        (r"新发布，正文(?P<count>\d+)字", "published, {count} characters"),
        (r"恢复可见，内容未变", f"{_BACK}, text unchanged"),
        (r"在新地址恢复可见，内容未变", f"{_BACK} at a new address, text unchanged"),
        (r"恢复可见，并有改动：(?P<edits>.*)", f"{_BACK}, and was changed: {{edits}}"),
        (r"在新地址恢复可见，并有改动：(?P<edits>.*)", f"{_BACK} at a new address, and was changed: {{edits}}"),
        (r"内容未变，地址已更换", "text unchanged, at another address"),
        (r"地址已更换，并有改动：(?P<edits>.*)", "at another address, and changed: {edits}"),
        (r"另一地址的文本有改动：(?P<edits>.*)", "changed at one of its addresses: {edits}"),
        (
            rf"{_ABSENT}，在其他地址仍可见",
            "not to be opened at its first address since {since}{how}; another one still shows it",
        ),
        (
            rf"{_ABSENT}{_DELISTED}（最后一次见到：(?P<seen>{_MINUTE})）",
            "absent since {since}{how}{delisted} (last seen {seen})",
        ),
        (
            rf"原址现为另一份报告《(?P<other>.*)》，原文保留（最后一次见到：(?P<seen>{_MINUTE})）",
            "another report stands at its address now: 《{other}》; the former text is kept (last seen {seen})",
        ),
        (r"新增附件：(?P<name>.*)", "attachment added: {name}"),
        (r"附件内容变更：(?P<name>.*)", "attachment changed: {name}"),
        (
            rf"应于(?P<day>{_DAY})之前公开，截至(?P<until>{_DAY})，栏目(?P<names>.*)中未见",
            "due before {day}; as of {until} not to be found in the column {names}",
        ),
        (
            r"首次读完本栏目：(?P<count>\d+) 份报告，此后有变化才会通知",
            "read for the first time: {count} reports; from now on changes are told",
        ),
        (r"(?P<count>\d+)份报告的地址已一并更换：(?P<names>.*)", "{count} reports moved together: {names}"),
        (r"(?P<count>\d+)份报告一并恢复可见：(?P<names>.*)", f"{{count}} reports together {_BACK}: {{names}}"),
        (
            rf"(?P<count>\d+){_MANY_GONE}：(?P<names>.*)",
            "{count} reports together absent for more than seven days, their last texts kept: {names}",
        ),
    )
)
_TIMES = frozenset({"day", "since", "until", "seen"})
_PARTS: Final = tuple(
    (re.compile(pattern), one, many)
    for pattern, one, many in (
        (r"(\d+)处文字修改", "wording edit", "wording edits"),
        (r"(\d+)段新增", "paragraph added", "paragraphs added"),
        (r"(\d+)段删除", "paragraph removed", "paragraphs removed"),
        (r"(\d+)段移位", "paragraph moved", "paragraphs moved"),
        (r"(\d+)段拆分", "paragraph split", "paragraphs split"),
        (r"(\d+)段合并", "merger of paragraphs", "mergers of paragraphs"),
        (r"(\d+)处序号顺延", "ordinal shifted", "ordinals shifted"),
        (r"(\d+)处标点或空格修改", "edit of punctuation or spaces", "edits of punctuation or spaces"),
    )
)
_FIGURES: Final = re.compile(r"(\d+)处数字修改：(.*)")


def told_summary(summary: str, language: Language, limit: int = _LONGEST) -> Line:
    """The line in a language; one that is not known stays Chinese, set apart as such.

    Args:
        summary: one Chinese line.
        language: of the letter.
        limit: most characters.
    """
    if language == "zh":
        return (theirs(summary, limit),)
    line = summary[:limit]
    return tuple(_whole(line) or _edits(line) or (theirs(summary, limit),))


def _whole(line: str) -> tuple[Run, ...]:
    for pattern, told in _LINES:
        if found := pattern.fullmatch(line):
            return tuple(_filled(told, found))
    return ()


def _filled(told: str, found: re.Match[str]) -> Iterator[Run]:
    for piece in re.split(r"(\{\w+\})", told):
        if not piece.startswith("{"):
            yield from [ours(piece)] if piece else []
            continue
        name = piece[1:-1]
        text = found[name] or ""
        if name in _TIMES:
            yield ours(_dated(text))
        elif name == "delisted":
            yield ours(f", no longer listed since {_dated(text)}" if text else "")
        elif name == "how":
            yield ours(_how(text))
        elif name == "count":
            yield ours(f"{int(text):,}")
        elif name == "edits":
            yield from _edits(text) or (theirs(text),)
        else:
            yield theirs(text)


def _dated(text: str) -> str:
    return _DATE.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}", text)


def _how(text: str) -> str:
    """How an address answers, as `crawler.compare.absence.how_gone` says it."""
    if not text:
        return ""
    if text.isdecimal():
        return f" (HTTP {text})"
    return " (a page says that it is not there)" if text.startswith("软404") else " (sends on to the home or a login page)"


def _edits(line: str) -> tuple[Run, ...]:
    """What was edited, counted: 1处数字修改：行政复议案件226件→236件，1段新增."""
    if line == "仅格式修改":
        return (ours("edits of form only"),)
    left = line.split("，")
    told: list[str] = []
    while left and (counted := _part(left[-1])):
        told.insert(0, counted)
        left.pop()
    if not left:
        return (ours(", ".join(told)),)
    figures = _FIGURES.fullmatch("，".join(left))
    if figures is None:
        return ()
    count, named = figures[1], figures[2].removesuffix("等")
    runs = (ours(f"{count} figure{'s' * (count != '1')} changed: "), theirs(named))
    more = " and more" if named != figures[2] else ""
    return (*runs, ours(", ".join([more, *told]))) if more or told else runs


def _part(part: str) -> str:
    for pattern, one, many in _PARTS:
        if found := pattern.fullmatch(part):
            return f"{found[1]} {one if found[1] == '1' else many}"
    return ""
