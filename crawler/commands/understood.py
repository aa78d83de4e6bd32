"""How the commands show what a report says: kind, outline, figures, checks. Interprets nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

from crawler.knowledge import Check, Figure, Knowledge, Section, Verdict


class Shown(Enum):
    """What a command shows of a report. The values are those of `--show`."""

    TEXT = "text"
    OUTLINE = "outline"
    FIGURES = "figures"
    CHECKS = "checks"


VERDICTS = {
    Verdict.HOLDS: "相符",
    Verdict.FAILS: "不符",
    Verdict.CONSISTENT: "无矛盾",
    Verdict.UNDECIDABLE: "无法判断",
}
"""What checking came to, in Chinese."""
_DIRECTIONS = {"up": "↑", "down": "↓", "": ""}


def knowledge_json(knowledge: Knowledge) -> dict[str, Any]:
    """What a report says, as plain values; offsets count code points of the body joined by newlines."""
    return {
        "kind": knowledge.kind.value,
        "year": knowledge.year,
        "issuer": knowledge.issuer,
        "sections": [_section_json(section) for section in knowledge.sections],
        "figures": [figure_json(figure) for figure in knowledge.figures],
        "checks": [check_json(check) for check in knowledge.checks],
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """One figure; `value_norm` is a number, everything else as printed."""
    return {
        "indicator": figure.indicator,
        "concept": figure.concept,
        "value": figure.value,
        "value_norm": number(figure.value_norm),
        "unit": figure.unit,
        "unit_norm": figure.unit_norm,
        "approx": figure.approx,
        "qualifier": figure.qualifier,
        "qualifier_value": figure.qualifier_value,
        "direction": figure.direction,
        "part_of": figure.part_of,
        "period": figure.period,
        "plan": figure.plan,
        "section": figure.section,
        "start": figure.start,
        "end": figure.end,
    }


def check_json(check: Check) -> dict[str, Any]:
    """One check, with its sum written out and where its figures stand."""
    return {
        "kind": check.kind,
        "verdict": check.verdict.value,
        "relation": check.relation,
        "stated": number(check.stated),
        "computed": number(check.computed),
        "places": list(check.places),
        "note": check.note,
    }


def number(value: Decimal) -> int | float:
    """A decimal as JSON has numbers."""
    return int(value) if value == value.to_integral_value() else float(value)


def kind_line(knowledge: Knowledge) -> str:
    """Kind, year and issuer of a report, in one line."""
    year = f"{knowledge.year}年度" if knowledge.year else "年度不明"
    return " · ".join(part for part in (knowledge.kind.value, year, knowledge.issuer) if part)


def knowledge_lines(knowledge: Knowledge, show: Shown) -> Iterator[str]:
    """What was asked for, a line each; the text itself is not known here.

    Args:
        knowledge: what the report says.
        show: outline, figures or checks.
    """
    match show:
        case Shown.OUTLINE:
            yield from _outline_lines(knowledge)
        case Shown.FIGURES:
            yield from _figure_lines(knowledge)
        case Shown.CHECKS:
            yield from check_lines(knowledge, failed_only=False)
        case Shown.TEXT:
            return


def check_lines(knowledge: Knowledge, *, failed_only: bool) -> Iterator[str]:
    """The checks, those that fail first; each with its sum written out."""
    failed = [check for check in knowledge.checks if check.verdict is Verdict.FAILS]
    others = [] if failed_only else [check for check in knowledge.checks if check.verdict is not Verdict.FAILS]
    for check in (*failed, *others):
        mark = "!" if check.verdict is Verdict.FAILS else " "
        note = f" — {check.note}" if check.note else ""
        yield f"{mark} {VERDICTS[check.verdict]} {check.relation}{note}"


def _outline_lines(knowledge: Knowledge) -> Iterator[str]:
    """The outline, indented by level; headings run into their text end in an ellipsis."""
    for section in knowledge.sections:
        yield "  " * (section.level - 1) + section.ordinal + section.heading + ("…" if section.run_in else "")


def _figure_lines(knowledge: Knowledge) -> Iterator[str]:
    """The figures, grouped by the section that they stand in."""
    section = None
    for figure in knowledge.figures:
        if figure.section != section:
            section = figure.section
            yield section
        change = f"  {figure.qualifier} {figure.qualifier_value} {_DIRECTIONS[figure.direction]}" if figure.qualifier else ""
        period = f"（{figure.period}）" if figure.period else ""
        plan = "［计划］" if figure.plan else ""
        part = f"  其中，属 {figure.part_of}" if figure.part_of else ""
        yield f"  {plan}{figure.indicator}{period} {figure.value}{figure.approx}{figure.unit}{change}{part}".rstrip()


def _section_json(section: Section) -> dict[str, Any]:
    return {
        "level": section.level,
        "ordinal": section.ordinal,
        "heading": section.heading,
        "path": section.path,
        "parent": section.parent,
        "paragraph": section.paragraph,
        "start": section.start,
        "end": section.end,
    }
