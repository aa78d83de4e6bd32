"""Finds and reads the dates that Chinese pages print. The only place with patterns of printed dates; knows nothing of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

# Folded one character for one, so that positions in the folded text are positions in the text.
_FOLD = str.maketrans("０１２３４５６７８９－–—―−／．：∶", "0123456789-----/.::")
# At most 40 blanks between the parts: enough for "2026-⏎01-⏎23" in indented markup, bounded against hostile blanks.
_GAP = r"\s{0,40}"
_DATE = re.compile(
    r"(?<![0-9])(?<![0-9A-Za-z][-./])"  # not inside a number, an index number or a version
    rf"((?:19|20)[0-9]{{2}}){_GAP}(?:年|[-./]{{1,2}}){_GAP}([0-9]{{1,2}}){_GAP}(?:月|[-./]{{1,2}}){_GAP}([0-9]{{1,2}})(?:{_GAP}日)?"
    r"(?![0-9])(?![-./][0-9]+(?![0-9:]))"  # 2026-02-00018 and 2021.2.3.4 are no dates; 2007-08-20-23:59:59 is one
)
# 二〇二四年三月五日: documents are signed so. Full-width zeros are folded before.
_NOUGHT = "〇○◯零Ｏ0"
_DIGITS = "一二三四五六七八九"
_IN_WORDS = re.compile(
    rf"(?<![{_NOUGHT}{_DIGITS}])([一二][{_NOUGHT}{_DIGITS}]{{3}}){_GAP}年{_GAP}([正元十{_NOUGHT}{_DIGITS}]{{1,3}}){_GAP}月"
    rf"{_GAP}([十廿卅{_NOUGHT}{_DIGITS}]{{1,4}}){_GAP}日"
)
_LABEL_END = rf"{_GAP}[:|\]】]{{0,2}}{_GAP}[:|]?{_GAP}[\[(（【]?{_GAP}"
_PUBLISHED = re.compile(
    rf"(?:(?:发布|发表|发稿|公开|公布|上网|刊登|刊发){_GAP}(?:时{_GAP}间|日{_GAP}期)|(?:时间|日期)发布|发布于|发布(?=[:：])){_LABEL_END}$"
)
# A bare 时间 or 日期 is a label of its own only where no other word stands before it (成文日期, 会议时间 …).
_PLAIN = re.compile(rf"(?<![\u4e00-\u9fff])(?:时{_GAP}间|日{_GAP}期){_LABEL_END}$")
_OTHER = re.compile(
    r"(?:成文|生成|发文|写作|印发|制定|签发|实施|施行|生效|失效|废止|更新|修改|修订|审核|截止|截至|到期|当前|今天|今日)"
    rf"(?:日{_GAP}期|时{_GAP}间|是|于|至)?{_LABEL_END}$"
)
_IN_BRACKETS = re.compile(r"\s*[\[(（【〔]\s*$"), re.compile(r"^(?:[-T\s]*[0-9]{1,2}(?::[0-9]{1,2}){1,2})?\s*[\])）】〕]\s*$")
_AFTER_FINAL = re.compile(r"[\s\])）】〕]*")
_SIGNATURE_REACH = 8  # paragraphs from the end of a body: lists of attachments, copies and notes stand below the date
# Who signs on the date's own line, if anybody does.
_SIGNER = re.compile(r"(?:[\u4e00-\u9fff、（）()\s]{2,60}[局厅部委府院办室处科所队署司站心]|.{2,60}委员会)?\s{0,40}")
_LABEL_REACH = 60  # characters before a date in which its label may stand


@dataclass(frozen=True)
class PrintedDate:
    """A date as a text prints it, with the positions of its first character and the one after its last."""

    day: date
    start: int
    end: int


def dates_in(text: str) -> Iterator[PrintedDate]:
    """Every possible date of a text, in its order; impossible ones (2021-02-30, 2026-00-01) are left out."""
    folded = text.translate(_FOLD)
    matches = list(_DATE.finditer(folded))
    if "日" in folded and ("二" in folded or "一" in folded):
        matches = sorted((*matches, *_IN_WORDS.finditer(folded)), key=lambda match: match.start())
    for found in matches:
        year, month, day = (_number(part) for part in found.groups())
        try:
            yield PrintedDate(date(year, month, day), found.start(), found.end())
        except ValueError:
            continue


def first_date(text: str) -> date | None:
    """The first date of a text, whatever it means."""
    return next((found.day for found in dates_in(text)), None)


def published_date(text: str, *, plain: bool = True) -> date | None:
    """The first date that the text itself calls the date of publication.

    发布时间, 发布日期, 时间发布 and their like count; 成文日期, 生成日期 and 发文日期 do not: a document is written days
    or months before it is published.

    Args:
        text: one line, or a label's line and the one after it.
        plain: whether a bare 时间 or 日期 counts too. Above a title it does not: page heads print today's date so.
    """
    folded = text.translate(_FOLD)
    for found in dates_in(text):
        before = folded[max(0, found.start - _LABEL_REACH) : found.start]
        if _PUBLISHED.search(before) or (plain and _PLAIN.search(before)):
            return found.day
    return None


def unlabelled_date(text: str) -> date | None:
    """The first date of a text that no label calls something other than the date of publication."""
    folded = text.translate(_FOLD)
    for found in dates_in(text):
        if not _OTHER.search(folded[max(0, found.start - _LABEL_REACH) : found.start]):
            return found.day
    return None


def signature_date(paragraphs: Sequence[str]) -> date | None:
    """The day under which a document is signed: the last of its closing lines that is nothing but a day, or signer and day.

    Only 年月日 counts, in figures or in words (二〇二四年三月五日): a day in another form is the page's and not the document's.

    Args:
        paragraphs: the body's. The first one is never the signature.
    """
    for line in reversed(paragraphs[max(1, len(paragraphs) - _SIGNATURE_REACH) :]):
        last = max(dates_in(line), key=lambda found: found.end, default=None)
        if last is None or last.start > _LABEL_REACH or line[last.end :].strip("。 \u3000\u00a0"):
            continue
        if line[: last.end].endswith("日") and _SIGNER.fullmatch(line[: last.start]):
            return last.day
    return None


def split_final_date(text: str) -> tuple[str, date | None]:
    """A text without the date that ends it, in brackets or not, and that date: `某某通知 [2024-01-02]`."""
    last = max(dates_in(text), key=lambda found: found.end, default=None)
    if last is None or _AFTER_FINAL.fullmatch(text[last.end :]) is None:
        return text.strip(), None
    return text[: last.start].rstrip("[(（【〔 \u3000"), last.day


def split_dated_title(text: str) -> tuple[str, date | None]:
    """A title without the date that stands in brackets at its end, and that date: `报告 (2019-04-12)`."""
    opening, closing = _IN_BRACKETS
    folded = text.translate(_FOLD)
    for found in dates_in(text):
        before = opening.search(text[: found.start])
        if before and closing.match(folded[found.end :]) and before.start() > 0:
            return text[: before.start()].rstrip(), found.day
    return text.strip(), None


def _number(text: str) -> int:
    """A year, month or day in figures or in words; 0 where it is no number, which is no day either."""
    if text.isascii():
        return int(text)
    digits = {**dict.fromkeys(_NOUGHT, 0), **{digit: value for value, digit in enumerate(_DIGITS, 1)}, "正": 1, "元": 1}
    if text[0] in "廿卅":
        text = ("二十" if text[0] == "廿" else "三十") + text[1:]
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(digits.get(digit, 0)) for digit in text))
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    return 10 * (digits.get(tens, 0) if tens else 1) + (digits.get(ones, 0) if ones else 0)
