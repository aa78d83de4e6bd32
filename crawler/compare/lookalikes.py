"""Names what a reader cannot see: controls, zero widths, bidi marks, characters that look like others. Judges nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from crawler.change import Span

# Controls, surrogates, and Unicode's Default_Ignorable_Code_Point: bidi controls, zero widths, variation selectors, fillers,
# tags. They can hide or reorder what a reader sees (CVE-2021-42574), and ESC can steer a terminal.
_INVISIBLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# What stands for what, letter by letter, of the pairs that official texts and their forgers can mix up.
_SKELETON: Final = str.maketrans(
    dict(zip("АВЕКМНОРСТХУІЈЅаеорсухіјѕԁԛԝ", "ABEKMHOPCTXYIJSaeopcyxijsdqw", strict=True))
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν", "ABEZHIKMNOPTYXoav", strict=True))
    | dict.fromkeys("〇○◯⚪Oo０", "0")
    | dict.fromkeys("lIⅠ｜|１", "1")
    | dict.fromkeys("−‐‑‒–—―ー－一", "-")
    | {"Ο": "0", "О": "0", "о": "0", "ο": "0", "І": "1", "Ι": "1", "丨": "1"}
)
_SCRIPTS: Final = {
    "CYRILLIC": "西里尔字母",
    "GREEK": "希腊字母",
    "FULLWIDTH": "全角字符",
    "LATIN": "拉丁字母",
    "DIGIT": "数字",
    "CJK": "汉字",
}
_NAMED: Final = {
    "〇": "汉字零",
    "○": "白圈符号",
    "◯": "大圆圈",
    "−": "减号",
    "—": "破折号",
    "–": "短破折号",
    "-": "连字符",
    "|": "竖线",
}
_MOST: Final = 5  # notes of one change
_LONGEST: Final = 500  # characters of an edit in which look-alikes are sought; what is longer was rewritten


def visible(text: str) -> str:
    """The text with each character that cannot be seen, or that steers what is seen, as a marker with its name.

    ⟦U+202E RIGHT-TO-LEFT OVERRIDE⟧; controls have no name in Unicode and are shown by number: ⟦U+001B⟧.
    """
    return _INVISIBLE.sub(lambda found: f"⟦{_by_name(found[0])}⟧", text)


def without_hidden(text: str) -> str:
    """The text without what cannot be seen."""
    return _INVISIBLE.sub("", text)


def skeleton(text: str) -> str:
    """What a text looks like: without what cannot be seen, each look-alike as the character that it looks like."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_SKELETON)


def hidden_edits(spans: Sequence[Span]) -> tuple[str, ...]:
    """What edits change that a reader does not see, in Chinese, each once: 形近字：西里尔字母 о (U+043E) 代替 o (U+006F)."""
    notes: dict[str, None] = {}
    for span in spans:
        if span.op == "equal" or span.old + span.new == "\n":
            continue
        for note in _notes(span.old, span.new):
            notes[note] = None
    return tuple(list(notes)[:_MOST])


def _notes(old: str, new: str) -> Iterator[str]:
    for verb, text, other in (("新增", new, old), ("删除", old, new)):
        for found in _INVISIBLE.finditer(text):
            if text.count(found[0]) > other.count(found[0]) and found[0] not in "\n\t\r":
                yield f"{verb}不可见字符：{_by_name(found[0])}"
    seen_old, seen_new = _INVISIBLE.sub("", old), _INVISIBLE.sub("", new)
    if len(seen_old) == len(seen_new) <= _LONGEST:
        for one, other in zip(seen_old, seen_new, strict=True):
            if one != other and skeleton(one) == skeleton(other) and not _only_width(one, other):
                yield f"形近字：{_described(other)} 代替 {_described(one)}"


def _only_width(one: str, other: str) -> bool:
    """Whether two characters are one digit or mark in full and in half width: seen at once, and no letter."""
    return unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other) and not one.isalpha()


def _described(character: str) -> str:
    name = unicodedata.name(character, "")
    script = _NAMED.get(character) or next((word for key, word in _SCRIPTS.items() if name.startswith(key)), "")
    if unicodedata.decomposition(character) and name.startswith("CJK COMPATIBILITY"):
        script = "兼容汉字"
    return f"{script} {character} (U+{ord(character):04X})".strip()


def _by_name(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{' ' + name if name else ''}"
