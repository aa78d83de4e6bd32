"""Reads the blind reports: texts in which a person marked figures and headings. Holds no report and scores none."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from crawler.interpret.read import Interpreter
from crawler.knowledge import Knowledge, Verdict
from seeds.vocabulary import read_vocabulary
from tests.interpret.composed_reports import Expected
from tests.interpret.figure_scores import Score, scored

BLIND = Path(__file__).parent / "blind"
# {226 件}, {1680|余|万元}, {3.2 万户 ~突破}, {226 件 q=同比上升/43.04%/up}, {第二 位*} (unit not printed)
_FIGURE = re.compile(r"\{(?P<value>[^\s|}]+)(?:\|(?P<mid>[^|}]+)\|| )(?P<unit>[^\s}]+)(?P<more>[^}]*)\}")
_HEADING = re.compile(r"@(\d)@([^@]*)@([^@]*)@")
_RANKS = {f"第{name}": Decimal(place) for place, name in enumerate("一二三四五六七八九", start=1)} | {
    f"第{place}": Decimal(place) for place in range(1, 10)
}
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


@dataclass(frozen=True)
class Blind:
    """A report with what a person read in it."""

    title: str
    body: tuple[str, ...]
    source: str
    published: date
    kind: str
    year: int
    issuer: str
    headings: tuple[tuple[int, str, str], ...]
    totals: frozenset[tuple[str, ...]]  # the stated sum, then its parts
    expected: tuple[Expected, ...]


def read_blind(path: Path) -> Blind:
    """One report of tests/interpret/blind."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    marked = told["text"].strip()
    bare = _FIGURE.sub(lambda found: found["value"] + (found["mid"] or "") + found["unit"].removesuffix("位*"), marked)
    headings = tuple((int(one[1]), one[2], one[3]) for one in _HEADING.finditer(bare))
    text, expected = "", []
    read = 0
    marked = _HEADING.sub(r"\2\3", marked)
    for found in _FIGURE.finditer(marked):
        text += marked[read : found.start()]
        expected.append(_expected(found, len(text)))
        text += found["value"] + (found["mid"] or "") + found["unit"].removesuffix("位*")
        read = found.end()
    text += marked[read:]
    return Blind(
        title=told["title"],
        body=tuple(text.split("\n")),
        source=told["source"],
        published=told["published"],
        kind=told["kind"],
        year=told["year"],
        issuer=told["issuer"],
        headings=headings,
        totals=frozenset(tuple(re.split(r"[=+]", total)) for total in told["totals"]),
        expected=tuple(expected),
    )


def _expected(found: re.Match[str], start: int) -> Expected:
    more = found["more"].split()
    approx = found["mid"] or next((one[1:] for one in more if one.startswith("~")), "")
    qualifier, qualifier_value, direction = next((one[2:].split("/") for one in more if one.startswith("q=")), ("", "", ""))
    unit = found["unit"].removesuffix("*")
    value = _RANKS[found["value"]] if found["value"] in _RANKS else Decimal(found["value"])
    return Expected(
        start=start,
        value=found["value"],
        unit=unit,
        value_norm=value * _SCALES.get(unit[0], Decimal(1)),
        unit_norm=unit[1:] if unit[0] in _SCALES else unit,
        approx=approx,
        qualifier=qualifier,
        qualifier_value=qualifier_value,
        direction=direction,
        indicator="",
        part_of="",
        plan=False,
    )


def interpreted(report: Blind) -> Knowledge:
    return Interpreter(read_vocabulary())(report.title, report.body, published=report.published, source=report.source)


@dataclass(frozen=True)
class Look:
    """What a look at one report came to."""

    score: Score
    headings_missed: tuple[tuple[int, str, str], ...]
    headings_made_up: tuple[tuple[int, str, str], ...]
    alarms: tuple[str, ...]
    totals_missed: tuple[tuple[str, ...], ...]
    misread: tuple[str, ...]  # kind, year, issuer


def look(report: Blind) -> Look:
    """What the product reads in a report, against the person."""
    known = interpreted(report)
    told = [(one.level, one.ordinal, one.heading) for one in known.sections]
    held = {tuple(re.findall(r"[0-9.]+", check.relation)) for check in known.checks if check.verdict is Verdict.HOLDS}
    return Look(
        score=scored(known.figures, report.expected),
        headings_missed=tuple(one for one in report.headings if one not in told),
        headings_made_up=tuple(one for one in told if one not in report.headings),
        alarms=tuple(check.relation for check in known.checks if check.verdict is Verdict.FAILS),
        totals_missed=tuple(sorted(report.totals - held)),
        misread=tuple(
            f"{name}: read {read}, is {told}"
            for name, read, told in (
                ("kind", known.kind.name, report.kind),
                ("year", known.year, report.year),
                ("issuer", known.issuer, report.issuer),
            )
            if read != told
        ),
    )
