"""The figures of the seed reports and of made-up reports against what a person read in them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from crawler.clean.text_file import clean_text_file
from crawler.interpret.figures import figures
from crawler.interpret.outline import outline
from crawler.knowledge import Figure
from seeds.vocabulary import read_vocabulary
from tests.interpret.composed_reports import FIRST, Composed, Expected
from tests.interpret.composed_reports_late import LATE
from tests.interpret.composed_reports_more import MORE
from tests.interpret.figure_scores import scored

ROOT = Path(__file__).parent.parent.parent
GOLD = ROOT / "tests" / "gold"
SEEDS = ("000", "003")


@cache
def seed(doc: str) -> tuple[tuple[str, ...], dict[int, int]]:
    """A seed's body, and for each offset of the raw text its offset in the joined body."""
    path = next((ROOT / "seeds" / "documents").glob(f"{doc}*.txt"))
    raw = path.read_bytes().decode("utf-8")
    body = clean_text_file(path.name, raw).body
    places: dict[int, int] = {}
    read, joined = 0, 0
    for paragraph in body:
        at = raw.index(paragraph, read)
        places |= {at + step: joined + step for step in range(len(paragraph))}
        read, joined = at + len(paragraph), joined + len(paragraph) + 1
    return body, places


@cache
def read(body: tuple[str, ...]) -> tuple[Figure, ...]:
    return figures(body, outline(body), concepts=read_vocabulary())


def rows(name: str, doc: str) -> list[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as table:
        return [row for row in csv.DictReader(table) if row["doc"] == doc]


def gold(doc: str) -> Sequence[Expected]:
    _, places = seed(doc)
    return [
        Expected(
            start=places[int(row["char_offset"])],
            value=row["value"],
            unit=row["unit"],
            value_norm=Decimal(row["value_norm"]),
            unit_norm=row["unit_norm"],
            approx=row["approx"],
            qualifier=row["qualifier"],
            qualifier_value=row["qualifier_value"],
            direction=row["direction"],
            indicator=row["indicator"],
            part_of=row["part_of"],
            plan=False,
        )
        for row in rows("figures_gold.csv", doc)
    ]


@pytest.mark.parametrize("doc", SEEDS)
def test_every_figure_of_a_seed_report_is_read_and_nothing_else(doc: str) -> None:
    score = scored(read(seed(doc)[0]), gold(doc))
    assert score.faults == ()
    assert (score.precision, score.recall) == (1.0, 1.0)


@pytest.mark.parametrize("doc", SEEDS)
def test_no_date_ordinal_hotline_or_threshold_of_a_seed_report_is_a_figure(doc: str) -> None:
    body, places = seed(doc)
    negatives = {places[offset] for row in rows("figures_negative.csv", doc) if (offset := int(row["char_offset"])) in places}
    assert len(negatives) >= 8
    assert not negatives & {place for figure in read(body) for place in range(figure.start, figure.end)}


@pytest.mark.parametrize(("doc", "phrases", "wholes"), [("000", 0.85, 0.97), ("003", 0.82, 0.85)])
def test_the_phrases_and_wholes_of_a_seed_report_are_nearly_a_persons(doc: str, phrases: float, wholes: float) -> None:
    score = scored(read(seed(doc)[0]), gold(doc))
    assert score.phrase_f1 >= phrases
    assert score.wholes / score.expected >= wholes


@pytest.mark.parametrize("doc", SEEDS)
def test_a_figure_stands_in_the_section_that_a_person_put_it_in(doc: str) -> None:
    _, places = seed(doc)
    expected = {places[int(row["char_offset"])]: row["section"] for row in rows("figures_gold.csv", doc)}
    assert {figure.start: figure.section for figure in read(seed(doc)[0])} == expected


def test_a_seed_report_on_the_past_year_states_no_plan_as_a_figure() -> None:
    assert [figure for doc in SEEDS for figure in read(seed(doc)[0]) if figure.plan] == []


@pytest.mark.parametrize("report", FIRST + MORE + LATE, ids=lambda report: report.name)
def test_every_figure_of_a_composed_report_is_read_and_nothing_else(report: Composed) -> None:
    score = scored(read(report.body), report.expected)
    assert score.faults == ()
    assert score.phrase_f1 >= 0.8


@pytest.mark.parametrize("report", FIRST + MORE, ids=lambda report: report.name)
def test_aims_are_told_from_results(report: Composed) -> None:
    read_as = {figure.start: figure.plan for figure in read(report.body)}
    assert [one for one in report.expected if read_as.get(one.start, one.plan) != one.plan] == []
