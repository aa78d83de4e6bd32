"""What a report says, as shapes: kind, sections, figures, checks. Reads no text and compares none.

Offsets count code points of the body joined by newlines, from 0. A section's path is written as one line, joined by " > ":
the headings of the two upper levels in words, below them the ordinals as printed, `(导语)` before the first heading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

LEAD = "(导语)"
"""Path of what stands before the first heading."""


class ReportKind(Enum):
    """What sort of document a report is. The values are shown and are part of the contract."""

    RULE_OF_LAW = "法治政府建设年度报告"
    DISCLOSURE = "政府信息公开年度报告"
    WORK_SUMMARY = "工作总结"
    WORK_PLAN = "工作计划"
    DUTY = "述法报告"  # 党政主要负责人履行推进法治建设第一责任人职责
    STATISTICS = "统计"
    BUDGET = "预决算"
    OTHER = "其他"


@dataclass(frozen=True)
class Section:
    """A heading, or a numbered beginning within a paragraph, and what stands under it."""

    level: int  # 1 一、 第X章; 2 （一） 第X节; 3 1. 第X条; 4 （1） ①; 5 一是 首先; a heading without ordinal: by its place
    ordinal: str  # as printed, without spaces: 一、 （一） 1. （1） 一是 第三条; "" where it has none
    heading: str  # its words, without ordinal and closing mark; of a heading run into its text the first sentence
    run_in: bool  # the heading is followed by text in its own paragraph
    path: str  # from the top to this section, as the module says
    parent: int | None  # position of the section above in the list of sections
    paragraph: int  # 0-based: where it begins
    start: int
    end: int  # exclusive: where the next section of its level or above begins, or what it stands in ends


@dataclass(frozen=True)
class Figure:
    """One number that a report states of something counted or measured."""

    indicator: str  # what is counted, in the report's words
    concept: str  # the vocabulary's name for it (seeds/indicators.toml); "" where it has none
    value: str  # as printed
    value_norm: Decimal  # 万, 亿 and Chinese numerals resolved
    unit: str  # as printed, with its 万 or 亿; 位 of a rank
    unit_norm: str  # without 万 or 亿
    approx: str  # 余, 多, 近, 约, 超 … or ""
    qualifier: str  # 同比上升, 较2017年新增 … or ""
    qualifier_value: str  # as printed, with its unit; "" where there is none
    direction: str  # up | down | ""
    part_of: str  # "indicator=value" of the whole that it is a part of (其中 …); ""
    period: str  # as printed: 全年, 累计, 截至目前, 2019年 …; ""
    plan: bool  # stated as an aim, not as a result
    section: str  # path
    start: int  # of `value`
    end: int  # exclusive, with unit


class Verdict(Enum):
    """What checking a relation came to."""

    HOLDS = "holds"
    FAILS = "fails"
    CONSISTENT = "consistent"  # nothing speaks against it, and the text does not prove it
    UNDECIDABLE = "undecidable"


@dataclass(frozen=True)
class Check:
    """One relation between figures, worked out."""

    kind: str  # total | rate | part | year-on-year | names | repeated | restated
    verdict: Verdict
    relation: str  # the sum written out: 74934件 = 21557件 + 22587件 + 8993件 + 21797件
    stated: Decimal
    computed: Decimal
    places: tuple[int, ...]  # where its figures start, the stated one first
    note: str  # Chinese, for a person; ""


@dataclass(frozen=True)
class Knowledge:
    """What was understood of one version of a report."""

    kind: ReportKind
    year: int | None  # that it reports on
    issuer: str  # the body whose report it is; ""
    number: str  # 文号; ""
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a report says, and what was understood of it.

    Offsets of sections and figures count code points of the body joined by newlines. Without sections nothing is
    renumbered; without figures a changed number is still a changed number, and has no name.
    """

    title: str
    body: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()


Tell = Callable[[str, tuple[str, ...]], Told]
"""What a text says, by its title and its paragraphs."""


def path_at(sections: Sequence[Section], offset: int) -> str:
    """The path of the deepest section that an offset lies in.

    Args:
        sections: in reading order.
        offset: in code points of the joined body.
    """
    found = section_at(sections, offset)
    return found.path if found is not None else LEAD


def section_at(sections: Sequence[Section], offset: int) -> Section | None:
    """The deepest section that an offset lies in; None before the first heading."""
    found = None
    for section in sections:
        if section.start > offset:
            break
        if offset < section.end:
            found = section
    return found
