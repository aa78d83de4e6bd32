"""Parts a heading from the text run into its paragraph, and tells headings without an ordinal from other short lines.

Builds no tree. What it says of a line depends on that line and its two neighbours only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.interpret.ordinals import Ordinal

LONGEST = 60
"""Code points of a heading; the longest of the seeds has 33, and what is longer is a sentence that has a number."""
_LONG = 40  # a first sentence of more is looked through for the end of a shorter heading
_LABEL = 30  # code points before a colon or a space that ends a heading
_LINE = 25  # code points of a heading without ordinal
_PROSE = 30  # code points of the text that must follow one
_LEAST_LINES = 2  # one short line alone proves no style of headings

_SENTENCE_END = re.compile(r"[。！？!?][”’」』）)]?")
_CLOSING = "。；;：:，,、.．！!？? \t\u00a0\u2003\u3000"
_OPENING = "，,：:、 \t\u00a0\u2003\u3000"
_COLON = re.compile(rf"[^：:，,；;“《（(]{{2,{_LABEL}}}[：:]")
_SPACE = re.compile(rf"[^：:，,；;、“《（(\s]{{4,{_LABEL}}}\s")
_CLAUSES = re.compile(r"[，,；;0-9０-９]")
_DIGIT = re.compile("[0-9０-９]")
_COMMA = re.compile("[，,；;]")
_LEAST_CLAUSE = 4  # code points with the comma
_COUNT = re.compile(r"(?<![0-9０-９])[0-9０-９]{1,12}(?![0-9０-９年\-—－])")
_MARKED = re.compile('“[^“”]{0,80}”|《[^《》]{0,80}》|（[^（）]{0,80}）|\\([^()]{0,80}\\)|"[^"]{0,80}"')
_ENDED = frozenset('。；;：:！!？?…”"）)】')
_ATTACHED = re.compile(
    r"附[ \u3000]{0,2}(?:[件表录图][ \u3000]{0,2}[一二三四五六七八九十0-9０-９]{0,3}[ \u3000]{0,2}(?:[：:]|$)|[：:])"
)
_HEADING_LINE = re.compile(r"[【〖]?[\u4e00-\u9fff“”《》、，, \u3000·]{4,25}[】〗]?")
# 落款, a title that is repeated, a date, a note: short lines that head nothing.
_NO_HEADING = re.compile(r".{0,24}(?:局|厅|部|委|委员会|政府|办公室|报告|总结|年报|公告|通知|日|领导|同志|如下|附件)")


def split_heading(words: str, *, of_enumeration: bool) -> str:
    """The heading that a paragraph's text after its ordinal begins with, as printed, with its closing mark.

    Args:
        words: what stands after the ordinal, to the end of the paragraph or to the next ordinal within it.
        of_enumeration: it follows 一是 or 首先, so that its heading is its first sentence, whatever that states.
    """
    ended = _SENTENCE_END.search(words)
    first = words[: ended.end()] if ended else words
    label = _label(first, closed=ended is not None) or first
    return (_clause_before_figures(label) or label) if ended and not of_enumeration and counts(label) else label


def is_closed(heading: str) -> bool:
    """Whether a heading ends as a sentence does."""
    return heading.rstrip()[-1:] in {"。", "！", "!", "？", "?"}


def counts(heading: str) -> bool:
    """Whether words state a figure outside of marks, as a sentence does and a heading does not: 办结12件, not “1+N”."""
    return _COUNT.search(_outside(heading)) is not None


def bare(heading: str) -> str:
    """A heading without the marks around it."""
    return heading.lstrip(_OPENING).rstrip(_CLOSING)


def is_attached(text: str) -> bool:
    """Whether a paragraph begins the list of attachments, or one of them: 附件：1.名单, 附件2, 附：统计表."""
    return _ATTACHED.match(text) is not None


def unnumbered(lines: Sequence[str], initials: Sequence[Ordinal | None]) -> frozenset[int]:
    """Positions of the short lines without ordinal and closing mark that are headings: 基本情况, 【主要做法】.

    Such a line follows an ended paragraph or a heading, and prose or an ordinal follows it. A report has two of them, or none.

    Args:
        lines: paragraphs without indent.
        initials: the ordinal that each begins with.
    """
    found = frozenset(
        number
        for number, text in enumerate(lines)
        if initials[number] is None and _may_head(text) and _stands_as_heading(lines, initials, number)
    )
    return found if len(found) >= _LEAST_LINES else frozenset()


def _label(first: str, *, closed: bool) -> str:
    """A heading that a colon or a space ends: 主动公开：全年…, 加强组织领导 2021年…; "" where none does."""
    long = len(first) > _LONG
    if not long and not closed:
        return ""
    colon = _COLON.match(first, len(first) - len(first.lstrip(_OPENING)))
    if colon and _CLAUSES.search(first, colon.end()):
        return first[: colon.end()]
    space = _SPACE.match(first, len(first) - len(first.lstrip(_OPENING))) if long else None
    return first[: space.end()] if space and _CLAUSES.search(first, space.end()) else ""


def _clause_before_figures(sentence: str) -> str:
    """What stands before the first comma where that is words without a figure: 规范执法,办理执法证86个; else ""."""
    comma = _COMMA.search(_outside(sentence))
    clause = sentence[: comma.end()] if comma else ""
    return clause if len(clause) > _LEAST_CLAUSE and not _DIGIT.search(_outside(clause)) else ""


def _outside(text: str) -> str:
    """A text with what stands between marks made blank, so that places stay; an unclosed mark hides nothing."""
    return _MARKED.sub(lambda marked: " " * len(marked[0]), text)


def _may_head(text: str) -> bool:
    return len(text) <= _LINE and _HEADING_LINE.fullmatch(text) is not None and not _NO_HEADING.fullmatch(text)


def _stands_as_heading(lines: Sequence[str], initials: Sequence[Ordinal | None], number: int) -> bool:
    if number + 1 == len(lines):
        return False
    before, after = lines[number - 1] if number else "", lines[number + 1]
    headed = not before or before.rstrip()[-1:] in _ENDED or initials[number - 1] is not None or _may_head(before)
    goes_on = initials[number + 1] is not None or (len(after) >= _PROSE and "。" in after)
    return headed and goes_on
