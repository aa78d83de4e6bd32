"""What changed between two versions of a report: sections inserted, moved and renumbered; figures; hidden edits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crawler.change import Change
from crawler.clean.normalise import folded
from crawler.compare.diff import compare_reports
from crawler.compare.significance import weigh
from crawler.flow import Significance
from crawler.interpret.figures import figures
from crawler.interpret.outline import outline
from crawler.knowledge import Told
from seeds.vocabulary import read_vocabulary

CONCEPTS = read_vocabulary()
REPORT = (
    "2023年，县司法局全面推进依法治县。",
    "一、行政复议",
    "全年共新收行政复议案件226件，同比上升43.04%。办结案件212件。",
    "二、法律援助",
    "办理法律援助案件1.2万件，挽回经济损失1680余万元。满意率98.5%。",
    "三、普法宣传",
    "开展宪法宣传周活动，组织宣讲团深入乡镇、学校和企业。",
    "印发宣传材料，建成法治文化阵地，培育“法律明白人”。",
)


def told(*body: str, title: str = "法治政府建设年度报告") -> Told:
    sections = outline(body)
    return Told(title, body, sections, figures(body, sections, concepts=CONCEPTS))


def diff(*body: str) -> tuple[Change, ...]:
    return compare_reports(told(*REPORT), told(*body), fold=folded)


def replaced(old: str, new: str) -> tuple[str, ...]:
    assert any(old in text for text in REPORT)
    return tuple(text.replace(old, new) for text in REPORT)


def test_an_inserted_section_is_added_and_the_later_ordinals_are_told_with_it() -> None:
    body = (
        *REPORT[:1],
        "一、党建引领",
        "坚持党建引领。",
        "二、行政复议",
        REPORT[2],
        "三、法律援助",
        REPORT[4],
        "四、普法宣传",
        *REPORT[6:],
    )
    first, second = diff(*body)
    assert (first.kind, first.new, first.section) == ("added", "一、党建引领", "一、党建引领")
    assert [(one.old, one.new) for one in first.renumbered] == [("一、", "二、"), ("二、", "三、"), ("三、", "四、")]
    assert (second.kind, second.new, second.renumbered) == ("added", "坚持党建引领。", ())


def test_a_removed_section_is_removed_and_the_later_ordinals_are_told_with_it() -> None:
    changes = diff(*REPORT[:1], "一、法律援助", REPORT[4], "二、普法宣传", *REPORT[6:])
    assert [(change.kind, change.old) for change in changes] == [("removed", REPORT[1]), ("removed", REPORT[2])]
    assert sum(len(change.renumbered) for change in changes) == 2


def test_an_ordinal_that_follows_from_nothing_is_a_change_of_its_own() -> None:
    (change,) = diff(*replaced("三、普法", "四、普法"))
    assert (change.kind, change.section, change.renumbered) == ("edited", "四、普法宣传", ())
    assert [(span.old, span.new) for span in change.spans if span.op != "equal"] == [("三", "四")]


def test_an_ordinal_that_moved_further_than_its_section_is_a_change_of_its_own() -> None:
    changes = diff(*REPORT[:1], "一、法律援助", REPORT[4], "三、普法宣传", *REPORT[6:])
    assert [change.kind for change in changes] == ["removed", "removed"]
    changes = diff(*REPORT[:1], "一、法律援助", REPORT[4], "五、普法宣传", *REPORT[6:])
    assert [change.kind for change in changes] == ["removed", "removed", "edited"]


def test_a_section_that_moved_is_one_change() -> None:
    (change,) = diff(REPORT[0], *REPORT[3:], *REPORT[1:3])
    assert (change.kind, change.old, change.position_old, change.position_new) == ("moved", "\n".join(REPORT[1:3]), 2, 7)


def test_a_paragraph_that_was_moved_and_edited_shows_its_edit() -> None:
    edited = REPORT[2].replace("226", "236")
    (change,) = diff(*REPORT[:2], *REPORT[3:], edited)
    assert change.kind == "moved"
    assert [(span.old, span.new) for span in change.spans if span.op != "equal"] == [("226件", "236件")]


def test_two_paragraphs_made_one_are_merged() -> None:
    (change,) = diff(*REPORT[:6], REPORT[6] + REPORT[7])
    assert (change.kind, change.old, change.new) == ("merged", "\n".join(REPORT[6:]), REPORT[6] + REPORT[7])


def test_a_changed_title_is_a_change_at_the_title() -> None:
    (change,) = compare_reports(told(*REPORT), told(*REPORT, title="法治政府建设情况报告"), fold=folded)
    assert (change.section, change.position_new) == ("(标题)", 0)


def test_a_changed_figure_has_old_new_percent_and_sentence() -> None:
    (change,) = diff(*replaced("226件", "236件"))
    figure = change.figure
    assert figure is not None
    assert (figure.old, figure.new, figure.unit, figure.percent) == ("226", "236", "件", Decimal("4.4"))
    assert figure.sentence == "全年共新收行政复议案件236件，同比上升43.04%。"


def test_a_changed_rate_is_told_in_percentage_points() -> None:
    (change,) = diff(*replaced("98.5%", "97%"))
    figure = change.figure
    assert figure is not None
    assert (figure.points, figure.percent) == (Decimal("-1.5"), None)


def test_a_changed_comparison_with_last_year_is_a_changed_figure() -> None:
    (change,) = diff(*replaced("43.04%", "34.04%"))
    figure = change.figure
    assert figure is not None
    assert (figure.old, figure.new, figure.points) == ("43.04", "34.04", Decimal(-9))


@pytest.mark.parametrize(("old", "new"), [("1.2万件", "12000件"), ("226件", "２２６件"), ("1680余万元", "1,680余万元")])
def test_the_same_amount_in_another_spelling_is_format_and_no_figure(old: str, new: str) -> None:
    changes = diff(*replaced(old, new))
    assert [change.figures for change in changes] == [()]
    assert weigh(changes).significance is Significance.FORMAT


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("法治县", "法\u200b治县", "新增不可见字符：U+200B ZERO WIDTH SPACE"),
        ("法治县", "\u202e法治县", "新增不可见字符：U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("2023", "2О23", "形近字：西里尔字母 О (U+041E) 代替 数字 0 (U+0030)"),
        ("212", "2l2", "形近字：拉丁字母 l (U+006C) 代替 数字 1 (U+0031)"),
    ],
)
def test_what_no_reader_sees_is_a_change_with_its_name(old: str, new: str, said: str) -> None:
    (change, *_) = changes = diff(*replaced(old, new))
    assert said in change.notes
    assert weigh(changes).significance is not Significance.FORMAT


def test_the_reasons_are_told_the_weightiest_first() -> None:
    weighed = weigh(diff(*replaced("226件", "236件"), "另行通知。"))
    assert weighed.significance is Significance.FIGURE
    assert weighed.reasons[0].endswith("226件→236件（+4.4%）")
    assert weighed.reasons[-1] == "整段新增"


def test_a_lost_paragraph_with_a_published_figure_is_a_lost_figure() -> None:
    weighed = weigh(diff(*REPORT[:4], *REPORT[5:]))
    assert weighed.significance is Significance.FIGURE
    assert weighed.reasons[0].startswith("已公布的数字随段落删除")


def test_a_split_paragraph_weighs_no_more_than_format_and_a_moved_one_as_words() -> None:
    assert weigh(diff(*REPORT[:6], REPORT[6][:10], REPORT[6][10:], REPORT[7])).significance is Significance.FORMAT
    assert weigh(diff(*REPORT[:6], REPORT[7], REPORT[6])).significance is Significance.WORDING
