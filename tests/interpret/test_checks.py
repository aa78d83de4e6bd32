"""The sums of the seeds: every row of the table is confirmed, nothing else is flagged, and one wrong digit is found."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from crawler.interpret.changes_of_year import against_last_year
from crawler.interpret.checks import checks
from crawler.interpret.rates import rounds_to
from crawler.knowledge import Check, Figure, Verdict
from tests.interpret.exact_figures import Exact, exact, mutations, table

ROWS = table("sum_checks.csv")
READ = {doc: exact(doc) for doc in ("000", "003")}
CHECKS = {doc: checks(read.body, (), read.figures) for doc, read in READ.items()}


def rows(kind: str) -> list[dict[str, str]]:
    found = [row for row in ROWS if row["kind"].startswith(kind)]
    assert found, f"the table has no rows {kind!r}"
    return found


def places(row: dict[str, str]) -> list[int]:
    return [READ[row["doc"]].placed(int(offset)) for offset in row["char_offsets"].split(";")]


def at(row: dict[str, str], kind: str) -> list[Check]:
    """The checks of a kind whose stated figure is the row's first, or, of a year's change, stands there."""
    return [check for check in CHECKS[row["doc"]] if check.kind == kind and check.places[0] == places(row)[0]]


@pytest.mark.parametrize("row", rows("total=sum"), ids=lambda row: row["relation"])
def test_every_total_of_the_table_is_confirmed(row: dict[str, str]) -> None:
    (check,) = at(row, "total")
    assert (check.verdict, list(check.places)) == (Verdict.HOLDS, places(row))
    assert (check.stated, check.computed) == (Decimal(row["stated"]), Decimal(row["computed"]))


@pytest.mark.parametrize("row", rows("rate=part/whole"), ids=lambda row: row["relation"])
def test_every_rate_of_the_table_is_confirmed_with_its_own_denominator(row: dict[str, str]) -> None:
    (check,) = at(row, "rate")
    assert (check.verdict, list(check.places)) == (Verdict.HOLDS, places(row))
    assert (check.stated, check.computed) == (Decimal(row["stated"]), Decimal(row["computed"]))


def test_a_total_is_written_out() -> None:
    (check,) = [check for check in CHECKS["000"] if check.kind == "total" and check.stated == 74934]
    assert check.relation == "74934件 = 21557件 + 22587件 + 8993件 + 21797件"


@pytest.mark.parametrize("row", rows("count"), ids=lambda row: row["relation"])
def test_counts_agree_with_the_names_listed(row: dict[str, str]) -> None:
    (check,) = at(row, "names")
    assert check.verdict is Verdict.HOLDS
    assert (check.stated, check.computed) == (Decimal(row["stated"]), Decimal(row["computed"]))
    assert ("≥" in check.relation) is row["kind"].startswith("count>=")


@pytest.mark.parametrize("row", rows("yoy -> integer base"), ids=lambda row: row["relation"])
def test_changes_that_lead_to_a_whole_number_are_consistent(row: dict[str, str]) -> None:
    (check,) = at(row, "year-on-year")
    assert (check.verdict, check.stated) == (Verdict.CONSISTENT, Decimal(row["stated"]))
    assert f"~ {check.computed}" in row["relation"]


@pytest.mark.parametrize("row", rows("yoy ambiguity"), ids=lambda row: row["relation"])
def test_changes_that_may_be_points_are_undecidable(row: dict[str, str]) -> None:
    assert [check.verdict for check in at(row, "year-on-year")] == [Verdict.UNDECIDABLE]


def test_shares_of_a_whole_that_is_not_printed_are_consistent_when_one_whole_fits_both() -> None:
    (check,) = [check for check in CHECKS["000"] if check.kind == "rate" and check.verdict is Verdict.CONSISTENT]
    assert (check.computed, sorted(check.places)) == (Decimal(329), sorted(places(rows("implied whole")[0])))


@pytest.mark.parametrize("row", rows("repeated value"), ids=lambda row: row["relation"])
def test_a_count_told_twice_agrees_and_is_not_taken_for_proof(row: dict[str, str]) -> None:
    (check,) = at(row, "repeated")
    assert (check.verdict, list(check.places)) == (Verdict.CONSISTENT, places(row))


def test_parts_behind_among_which_are_no_greater_than_their_wholes() -> None:
    found = [(row["doc"], *sorted(places(row)[:2])) for row in rows("part<=whole")]
    told = {(doc, *sorted(check.places)) for doc, read in CHECKS.items() for check in read if check.kind == "part"}
    assert len(set(found) & told) >= 11
    assert {check.verdict for read in CHECKS.values() for check in read if check.kind == "part"} == {Verdict.HOLDS}


@pytest.mark.parametrize("doc", READ)
def test_nothing_of_the_seeds_fails(doc: str) -> None:
    assert [check.relation for check in CHECKS[doc] if check.verdict is Verdict.FAILS] == []


@pytest.mark.parametrize("row", [*rows("not a partition"), *rows("different units")], ids=lambda row: row["relation"])
def test_what_is_no_partition_is_never_summed(row: dict[str, str]) -> None:
    terms = set(places(row))
    assert [
        check.relation for check in CHECKS[row["doc"]] if check.kind == "total" and len(terms & set(check.places)) > 1
    ] == []


def failing(body: Sequence[str], figures: Sequence[Figure]) -> dict[tuple[str, tuple[int, ...]], Check]:
    return {(check.kind, check.places): check for check in checks(body, (), figures) if check.verdict is Verdict.FAILS}


def terms(doc: str) -> list[int]:
    held = [check for check in CHECKS[doc] if check.kind in {"total", "rate"} and check.verdict is Verdict.HOLDS]
    inside = {place for check in held for place in check.places}
    return [position for position, figure in enumerate(READ[doc].figures) if figure.start in inside]


def is_still_right(check: Check, figures: Sequence[Figure]) -> bool:
    """Whether a relation holds with other values, by the rule of the table: sums exactly, rates at their digits."""
    values = {figure.start: figure for figure in figures}
    stated, *others = [values[place].value_norm for place in check.places]
    if check.kind == "total":
        return stated == sum(others)
    return others[1] > 0 and rounds_to(others[0] * 100 / others[1], Decimal(values[check.places[0]].value))


@pytest.mark.parametrize(("doc", "position"), [(doc, position) for doc in READ for position in terms(doc)])
def test_one_wrong_digit_of_a_sum_fails_exactly_that_sum_and_is_written_out(doc: str, position: int) -> None:
    read = READ[doc]
    place = read.figures[position].start
    mine = [check for check in CHECKS[doc] if check.kind in {"total", "rate"} and check.verdict is Verdict.HOLDS]
    for body, figures in mutations(read, position):
        broken = {(c.kind, c.places) for c in mine if place in c.places and not is_still_right(c, figures)}
        found = {key: check for key, check in failing(body, figures).items() if key[0] != "part"}
        assert set(found) == broken, f"{figures[position].value}: {[check.relation for check in found.values()]}"
        assert all("≠" in check.relation and figures[position].value in check.relation for check in found.values())


@pytest.mark.parametrize("doc", READ)
def test_a_wrong_digit_of_any_other_figure_fails_nothing_but_a_part_above_its_whole_or_titles_miscounted(doc: str) -> None:
    read = READ[doc]
    others = [position for position in range(len(read.figures)) if position not in terms(doc)]
    tried = 0
    for position in others:
        for body, figures in mutations(read, position):
            tried += 1
            for (kind, _), check in failing(body, figures).items():
                if kind == "names":
                    assert read.body != body
                    assert check.relation.startswith(figures[position].value)
                else:
                    assert kind == "part"
                    assert check.stated > check.computed
    assert tried > 500


def test_the_two_reports_share_no_sentence_with_a_sum() -> None:
    assert against_last_year(READ["000"].figures, READ["003"].figures) == ()


def figure(
    value: int, qualifier: str = "", change: str = "", direction: str = "", *, indicator: str = "新收行政复议案件"
) -> Figure:
    return Figure(
        indicator=indicator, concept="", value=str(value), value_norm=Decimal(value), unit="件", unit_norm="件", approx="",
        qualifier=qualifier, qualifier_value=change, direction=direction, part_of="", period="", plan=False, section="(导语)",
        start=10, end=10 + len(str(value)) + 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("this", "last", "kind", "verdict"),
    [
        (figure(226, "同比上升", "43.04%", "up"), figure(158), "year-on-year", Verdict.HOLDS),
        (figure(226, "同比上升", "43.04%", "up"), figure(160), "year-on-year", Verdict.FAILS),
        (figure(205, "同比下降", "67%", "down"), figure(622), "year-on-year", Verdict.HOLDS),
        (figure(205, "同比上升", "67%", "up"), figure(622), "year-on-year", Verdict.FAILS),
        (figure(205, "由622份减为".replace("份", "件"), "622件", "down"), figure(622), "restated", Verdict.HOLDS),
        (figure(205, "由622份减为".replace("份", "件"), "622件", "down"), figure(612), "restated", Verdict.FAILS),
    ],
)
def test_last_years_report_confirms_or_contradicts_what_is_said_of_it(
    this: Figure, last: Figure, kind: str, verdict: Verdict
) -> None:
    (check,) = against_last_year([this], [last])
    assert (check.kind, check.verdict) == (kind, verdict)
    assert str(last.value) in check.relation


def test_last_years_report_says_nothing_of_other_indicators_or_of_one_that_stands_twice() -> None:
    this = figure(226, "同比上升", "43.04%", "up")
    assert against_last_year([this], [figure(160, indicator="新收行政应诉案件")]) == ()
    assert against_last_year([this], [figure(160), figure(170)]) == ()
    assert against_last_year([figure(226)], [figure(160)]) == ()


def test_gold_figures_stand_where_they_are_said_to() -> None:
    read: Exact = READ["000"]
    text = "\n".join(read.body)
    assert all(text.startswith(figure.value, figure.start) or figure.value == "第一" for figure in read.figures)
