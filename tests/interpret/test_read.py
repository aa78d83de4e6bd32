"""What a report says as a whole: kind, outline, figures and checks fit together."""

from __future__ import annotations

from crawler.interpret.read import LONGEST, Interpreter
from crawler.knowledge import ReportKind, Verdict, path_at
from seeds.vocabulary import read_vocabulary

BODY = (
    "一、工作回顾",
    "全年办理行政复议案件226件，其中维持190件、撤销36件。",
    "二、法律援助",
    "办理法律援助案件500件。",
)
READ = Interpreter(read_vocabulary())


def test_figures_stand_in_the_sections_of_the_outline_and_sums_are_checked() -> None:
    known = READ("某县司法局2023年工作总结", BODY)
    assert (known.kind, known.year) == (ReportKind.WORK_SUMMARY, 2023)
    text = "\n".join(BODY)
    assert [text[figure.start : figure.end] for figure in known.figures] == ["226件", "190件", "36件", "500件"]
    assert all(figure.section == path_at(known.sections, figure.start) for figure in known.figures)
    assert [check.verdict for check in known.checks if check.kind == "total"] == [Verdict.HOLDS]


def test_the_figures_of_a_plan_are_aims_but_for_those_that_look_back() -> None:
    known = READ("某县司法局2024年工作计划", BODY)
    assert known.kind is ReportKind.WORK_PLAN
    assert [figure.plan for figure in known.figures] == [False, False, False, True]


def test_a_dump_of_data_is_known_by_its_title_and_not_interpreted() -> None:
    known = READ("某县司法局2023年工作总结", (*BODY, "办理案件1件。" * (LONGEST // 7)))
    assert (known.kind, known.sections, known.figures, known.checks) == (ReportKind.WORK_SUMMARY, (), (), ())
