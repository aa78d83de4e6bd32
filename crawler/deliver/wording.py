"""The fixed words of a letter: kinds, weights, times; in Chinese and in English. Knows no event and no layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from crawler.flow import EventKind, Language, Significance

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China's one zone. It has had no summer time since 1991, so a fixed offset serves, and needs no zone database."""


@dataclass(frozen=True)
class Words:
    """The same thing in Chinese and in English."""

    zh: str
    en: str

    def said(self, language: Language) -> str:
        """In one of the two."""
        return self.zh if language == "zh" else self.en


KINDS: Final = {
    EventKind.BASELINE: Words("基线", "Baseline"),
    EventKind.PUBLISHED: Words("新发布", "New report"),
    EventKind.REVISED: Words("修订", "Revised"),
    EventKind.WITHDRAWN: Words("撤下", "Absent"),
    EventKind.RESTORED: Words("恢复", "Back again"),
    EventKind.MOVED: Words("迁址", "Moved"),
    EventKind.REPLACED: Words("替换", "Replaced"),
    EventKind.ATTACHMENT_CHANGED: Words("附件变更", "Attachment changed"),
    EventKind.OVERDUE: Words("逾期未见", "Overdue"),
}

NATURES: Final = {
    Significance.FORMAT: Words("格式", "format"),
    Significance.WORDING: Words("措辞", "wording"),
    Significance.CLAUSE: Words("条款", "clause"),
    Significance.WITHDRAWN: Words("撤下", "absence"),
    Significance.FIGURE: Words("数据", "figure"),
}


def day_zh(day: date) -> str:
    """A date as Chinese offices write it: 2021年2月18日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_in(day: date, language: Language) -> str:
    """A date: 2021年2月18日, or 2021-02-18."""
    return day_zh(day) if language == "zh" else f"{day:%Y-%m-%d}"


def day_of(moment: datetime, language: Language) -> str:
    """The day of a moment in Asia/Shanghai."""
    return day_in(moment.astimezone(SHANGHAI).date(), language)


def minute_in(moment: datetime, language: Language) -> str:
    """A moment in Asia/Shanghai, to the minute, without naming the zone: 2026年3月5日 16:20, or 2026-03-05 16:20."""
    return f"{day_of(moment, language)} {moment.astimezone(SHANGHAI):%H:%M}"


def moment_in(moment: datetime, language: Language) -> str:
    """A moment with its zone: 北京时间 2026年3月5日 16:20:07, or 2026-03-05 16:20:07 Asia/Shanghai."""
    local = moment.astimezone(SHANGHAI)
    if language == "zh":
        return f"北京时间 {day_zh(local.date())} {local:%H:%M:%S}"
    return f"{local:%Y-%m-%d %H:%M:%S} Asia/Shanghai"


def counted(count: int, one: str, many: str = "") -> str:
    """An English count: 1 change, 2 changes, 1,024 changes."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
