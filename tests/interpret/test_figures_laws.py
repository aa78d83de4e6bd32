"""What holds of the figures of any text: places, independence of paragraphs, widths of marks."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.compare.tokens import tokens
from crawler.interpret.figures import figures
from crawler.knowledge import Figure
from seeds.vocabulary import Vocabulary, read_vocabulary
from tests.interpret.composed_reports import FIRST
from tests.interpret.composed_reports_more import MORE

VOCABULARY = read_vocabulary()
WIDE = {code: code + 0xFEE0 for code in map(ord, ",:;()!?%0123456789")}
PROSE = [
    paragraph for report in FIRST + MORE for paragraph in report.body if " | " not in paragraph and "单位：" not in paragraph
]

hostile = st.text(
    st.sampled_from(
        "0123456789０９.,，．、%％ 件万亿余多近第一二两百个人次同比较上年增长下降由至其中分别、。；（）()“”《》|-+年月日年位列全市共计为等\n"
    )
)
paragraphs = st.lists(st.one_of(st.sampled_from(PROSE), hostile.map(lambda text: text.replace("\n", ""))), max_size=6)


def read(body: list[str]) -> tuple[Figure, ...]:
    return figures(body, (), concepts=VOCABULARY)


def shifted(found: tuple[Figure, ...], by: int) -> list[tuple[int, int, str, str]]:
    return [(figure.start + by, figure.end + by, figure.indicator, figure.qualifier_value) for figure in found]


@given(st.lists(st.one_of(hostile, st.text()), max_size=5))
def test_any_text_is_read_without_complaint(body: list[str]) -> None:
    for figure in read(body):
        assert figure.value_norm.is_finite()
        assert figure.indicator == figure.indicator.strip()


@given(paragraphs)
def test_offsets_point_at_the_value_in_the_joined_body(body: list[str]) -> None:
    text = "\n".join(body)
    for figure in read(body):
        assert text[figure.start : figure.start + len(figure.value)] == figure.value
        assert figure.start < figure.end <= len(text)
        assert "\n" not in text[figure.start : figure.end]


@given(paragraphs)
def test_no_two_figures_overlap_and_they_come_in_reading_order(body: list[str]) -> None:
    assert all(one.end <= other.start for one, other in pairwise(read(body)))


@given(st.sampled_from(PROSE), st.sampled_from(PROSE))
def test_the_figures_of_two_paragraphs_are_those_of_each(one: str, other: str) -> None:
    assert shifted(read([one, other]), 0) == shifted(read([one]), 0) + shifted(read([other]), len(one) + 1)


@given(st.sampled_from(PROSE))
def test_the_width_of_marks_and_digits_changes_no_value(paragraph: str) -> None:
    narrow = read([paragraph])
    wide = read([paragraph.translate(WIDE)])
    assert [(one.start, one.end, one.value_norm, one.approx, one.direction) for one in wide] == [
        (one.start, one.end, one.value_norm, one.approx, one.direction) for one in narrow
    ]
    assert [one.indicator.translate(WIDE) for one in wide] == [one.indicator.translate(WIDE) for one in narrow]


@settings(deadline=None)  # the dictionary of words is loaded by whichever example comes first
@given(st.sampled_from(PROSE))
def test_no_boundary_of_the_diff_lies_inside_a_figures_value(paragraph: str) -> None:
    ends, place = set(), 0
    for piece in tokens(paragraph):
        place += len(piece)
        ends.add(place)
    inside = [
        figure
        for figure in read([paragraph])
        if figure.unit and " " not in paragraph[figure.start : figure.end]
        for cut in ends
        if figure.start < cut < figure.start + len(figure.value) and figure.approx != "至"
    ]
    assert inside == []


def test_a_long_hostile_paragraph_is_read_in_linear_steps() -> None:
    short, long = (len(read(["其中受理1件、" * times])) for times in (200, 2000))
    assert (short, long) == (200, 2000)


def test_without_a_vocabulary_figures_have_no_concept() -> None:
    assert {figure.concept for figure in figures(PROSE, (), concepts=Vocabulary())} == {""}
