"""What the quality benchmark counts."""

from __future__ import annotations

import pytest

from benchmarks.frames import Manuscript
from benchmarks.quality import Reading, Sample, judged, table
from benchmarks.scores import gram_f1, score

TRUE = ("第一段，完整。", "第二段，也完整。")


@pytest.mark.parametrize(
    ("found", "recall", "noise", "exact"),
    [
        (TRUE, 1.0, 0, True),
        (("第一段, 完整。", "第二段,也完整。"), 1.0, 0, True),  # widths and white space do not count
        (TRUE[:1], 0.5, 0, False),
        ((*TRUE, "打印 关闭"), 1.0, 1, False),
        (("".join(TRUE),), 0.0, 0, False),
        ((*TRUE, *TRUE), 1.0, 2, False),
        ((), 0.0, 0, False),
    ],
)
def test_a_body_is_scored_by_paragraphs_and_by_what_is_none(
    found: tuple[str, ...], recall: float, noise: int, *, exact: bool
) -> None:
    scored = score(found, TRUE)
    assert (scored.recall, scored.noise, scored.exact) == (recall, noise, exact)


def test_grams_count_what_is_missing_and_what_is_too_much() -> None:
    assert gram_f1("甲乙丙丁戊", "甲乙丙丁戊") == 1
    assert gram_f1("甲乙丙丁", "甲乙丙丁戊") == pytest.approx(2 / 3)
    assert gram_f1("", "") == 1
    assert gram_f1("甲乙丙丁", "") == gram_f1("", "甲乙丙丁") == gram_f1("甲乙丙丁", "戊己庚辛") == 0


def test_a_line_of_the_table_counts_exact_fields_and_failures() -> None:
    page = Sample("", Manuscript("m", "题目（一）", "2024-01-02", "", TRUE, ""))
    readings = [Reading("题目(一)", "2024-01-02", TRUE, 4.0, failed=False), Reading("题目", "", (), 8.0, failed=True)]
    found = judged("甲", [page, page], readings)
    assert (found.titles, found.days, found.failures) == (1, 1, 1)
    assert [cell.strip() for cell in table([found]).splitlines()[-1].split("|")][1:7] == [
        "甲",
        "0.500",
        "50.0 %",
        "50.0 %",
        "50.0 %",
        "1",
    ]
