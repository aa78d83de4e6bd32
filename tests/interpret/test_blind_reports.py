"""Reports that a person composed and marked before looking at the rules: figures, headings, sums, and what they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from crawler.interpret.figures import figures
from crawler.knowledge import Figure
from seeds.vocabulary import read_vocabulary
from tests.interpret.blind_reports import BLIND, Look, look, read_blind

REPORTS = sorted(BLIND.glob("*.toml"))


@cache
def looked(path: Path) -> Look:
    return look(read_blind(path))


@cache
def figures_of(sentence: str) -> tuple[Figure, ...]:
    return figures((sentence,), (), concepts=read_vocabulary())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_nearly_every_figure_of_a_blind_report_is_read_and_nothing_else(path: Path) -> None:
    score = looked(path).score
    assert (score.precision, score.recall) >= (1.0, 0.97), score.faults
    assert score.recall >= 0.97, score.faults


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_outline_of_a_blind_report_is_a_persons(path: Path) -> None:
    assert (looked(path).headings_missed, looked(path).headings_made_up) == ((), ())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_sums_of_a_blind_report_are_confirmed_without_an_alarm(path: Path) -> None:
    assert (looked(path).totals_missed, looked(path).alarms) == ((), ())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_blind_report_says_its_kind_year_and_issuer(path: Path) -> None:
    assert looked(path).misread == ()


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("移送12条线索。", "12", "条"),
        ("完成12项目标任务。", "12", "项"),
        ("受理12起诉讼案件。", "12", "起"),
        ("受理申诉12件均已办结。", "12", "件"),
        ("表彰200名优秀律师。", "200", "名"),
        ("查处5类案件。", "5", "类"),
        ("建成12个人民调解委员会。", "12", "个"),
        ("检查3家政务服务中心。", "3", "家"),
        ("组织5名师生参加。", "5", "名"),
        ("建设法治公园5座。", "5", "座"),
        ("锦旗5面。", "5", "面"),
        ("平均年龄38.5岁。", "38.5", "岁"),
        ("优良天数246天。", "246", "天"),
    ],
)
def test_a_unit_behind_digits_is_read_even_where_it_could_begin_a_word(sentence: str, value: str, unit: str) -> None:
    assert [(one.value, one.unit) for one in figures_of(sentence)] == [(value, unit)]


@pytest.mark.parametrize(
    "sentence",
    [
        "统计期限自2021年1月1日起。",
        "排名前五位的是婚姻家庭纠纷。",
        "居前10位的县区。",
        "12348通过热线答复。",
        "60周岁以上老人可申请。",
    ],
)
def test_first_places_days_of_a_month_and_hotlines_are_no_figures(sentence: str) -> None:
    assert figures_of(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("共收到行政复议申请95件（去年同期为72件），同比增长31.9%。", [("95", "同比增长", "31.9%"), ("72", "", "")]),
        ("新入矫352人，解矫401人，同比分别下降3.4%、上升2.1%。", [("352", "同比下降", "3.4%"), ("401", "同比上升", "2.1%")]),
        ("审核合同1256份（次），同比上升12.3%。", [("1256", "同比上升", "12.3%")]),
        ("评估得分95.2分，较上年提高2.1分。", [("95.2", "较上年提高", "2.1分")]),
        ("事项由126项精简到98项，精简率22.2%。", [("98", "由126项精简到", "126项"), ("22.2", "", "")]),
    ],
)
def test_a_change_is_told_of_the_figure_that_a_person_ties_it_to(sentence: str, changes: list[tuple[str, str, str]]) -> None:
    assert [(one.value, one.qualifier, one.qualifier_value) for one in figures_of(sentence)] == changes
