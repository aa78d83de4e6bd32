"""How much a change matters, and the one line that says it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.compare.diff import compare_texts
from crawler.compare.significance import heavier, significance, summarise
from crawler.flow import Significance

F, C, W, S = Significance.FIGURE, Significance.CLAUSE, Significance.WORDING, Significance.FORMAT
LEAD = "全年共新收行政复议案件226件,同比上升43.04%。"
texts = st.lists(st.text(st.sampled_from("法治案件226年万%,.，。 ①½２\n"), max_size=12), max_size=5)


@pytest.mark.parametrize(
    ("old", "new", "weight", "line"),
    [
        ([LEAD], [LEAD.replace("226", "236")], F, "1处数字修改：全年共新收行政复议案件226件→236件"),
        ([LEAD], [LEAD.replace("43.04", "4304")], F, "1处数字修改：同比上升43.04%→4304%"),
        ([LEAD], [LEAD.replace("226件", "若干件")], F, "1处数字修改：全年共新收行政复议案件226件→无"),
        ([LEAD], [LEAD.replace(",同比上升43.04%", "")], F, "1处数字修改：同比上升43.04%→无"),
        ([LEAD], [LEAD.replace("案件226件", "案件226余件")], F, "1处数字修改：全年共新收行政复议案件226件→226余件"),
        (["设立两项重点任务。"], ["设立三项重点任务。"], F, "1处数字修改：设立两项→三项"),
        (["拨打12348热线"], ["拨打12345热线"], F, "1处数字修改：拨打12348→12345"),
        (["甲3件、乙5件"], ["甲5件、乙3件"], F, "2处数字修改：甲3件→5件；乙5件→3件"),
        (["会议于2018年5月6日召开。"], ["会议于2018年5月7日召开。"], C, "1处文字修改"),
        ([LEAD, "结尾段落。"], [LEAD], C, "1段删除"),
        ([LEAD], [LEAD, "新增3项任务。"], C, "1段新增"),
        (["推进改革。"], ["推进改革，全面落实行政执法责任制。"], C, "1处文字修改"),
        (["推进改革。"], ["推进改革，设立3项任务。"], C, "1处文字修改"),
        (["继续统筹推进年度重点工作。"], ["继续统筹推进基层公共法律服务实体平台年度重点工作。"], C, "1处文字修改"),
        (["办结3件纠错11件。"], ["办结3件纠错12件。"], F, "1处数字修改：纠错11件→12件"),
        (["推进改革。"], ["深化改革。"], W, "1处文字修改"),
        (["1.推进改革工作"], ["2.推进改革工作"], W, "1处文字修改"),
        (["①推进改革工作"], ["②推进改革工作"], W, "1处文字修改"),
        (["（3）推进改革工作"], ["（4）推进改革工作"], W, "1处文字修改"),
        (["推进改革，完善制度。"], ["推进改革,完善 制度。"], S, "2处标点或空格修改"),
        (["共1,234件案件"], ["共1234件案件"], S, "1处标点或空格修改"),
        (["共1,234件审结"], ["共1234件办结"], W, "1处文字修改"),
        (["共２２６件案件"], ["共226件案件"], S, "1处标点或空格修改"),
        (["推进\u200b改革。"], ["推进改革。"], W, "1处文字修改"),
        (["推进改革。", LEAD], ["推进改革,", LEAD.replace("226", "236")], F, "1处数字修改：全年共新收行政复议案件226件→236件"),
        ([LEAD], [LEAD], S, "仅格式修改"),
    ],
)
def test_each_kind_of_edit_has_its_weight_and_its_line(
    old: Sequence[str], new: Sequence[str], weight: Significance, line: str
) -> None:
    changes = compare_texts(old, new)
    assert significance(changes) is weight
    assert summarise(changes).startswith(line)


def test_a_summary_writes_out_three_figures_and_counts_the_rest() -> None:
    old, new = (["受理{0}件。", "办结{0}件。", "纠错{0}件。", "移交{0}件。", "推进改革工作。"] for _ in range(2))
    changes = compare_texts([text.format(11) for text in old], [text.format(12) for text in new[:4]])
    assert summarise(changes) == "4处数字修改：受理11件→12件；办结11件→12件；纠错11件→12件等，1段删除"


@given(texts, texts, texts)
def test_more_changes_never_weigh_less(old: list[str], new: list[str], other: list[str]) -> None:
    some, more = compare_texts(old, new), compare_texts(old, other)
    assert significance(some + more) is heavier(significance(some), significance(more))


@given(texts, texts)
def test_a_summary_is_one_line(old: list[str], new: list[str]) -> None:
    line = summarise(compare_texts(old, new))
    assert line
    assert line.splitlines() == [line]
