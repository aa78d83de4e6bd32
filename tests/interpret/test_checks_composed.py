"""Sums in other shapes than those of the seeds, and traps that must stay silent; made up, and read with the real figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crawler.interpret.checks import checks
from crawler.interpret.figures import figures
from crawler.interpret.outline import outline
from crawler.knowledge import Check, Figure, Verdict
from seeds.vocabulary import Vocabulary, read_vocabulary


@cache
def vocabulary() -> Vocabulary:
    return read_vocabulary()


def read(text: str) -> tuple[Check, ...]:
    body = text.strip().split("\n")
    sections = outline(body)
    return checks(body, sections, figures(body, sections, concepts=vocabulary()))


def told(text: str, verdict: Verdict) -> list[str]:
    return [check.relation for check in read(text) if check.verdict is verdict and check.kind not in {"part", "repeated"}]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("共受理案件120件，其中公安类60件、自然资源类40件、其他20件。", "120件 = 60件 + 40件 + 20件"),
        ("民事案件30件，刑事案件20件，合计50件。", "50件 = 30件 + 20件"),
        ("行政复议和行政应诉案件分别为3件、4件，共7件。", "7件 = 3件 + 4件"),
        ("共有律师事务所45家（其中合伙所30家，个人所15家）。", "45家 = 30家 + 15家"),
        ("共受理200件，其中民事150件（其中婚姻家庭80件、邻里70件），刑事40件，其他10件。", "200件 = 150件 + 40件 + 10件"),
        ("共受理200件，其中民事150件（其中婚姻家庭80件、邻里70件），刑事40件，其他10件。", "150件 = 80件 + 70件"),
        ("全年共受理案件100件。其中，民事60件，刑事30件，其他10件。", "100件 = 60件 + 30件 + 10件"),
        ("共立案50件，其中已办结45件，未办结5件。", "50件 = 45件 + 5件"),
        ("化解纠纷6.7万件，其中人民调解4.2万件，行政调解1.6万件，其他0.9万件。", "6.7万件 = 4.2万件 + 1.6万件 + 0.9万件"),
        ("培训12场，其中线上5场，线下7场，参训3000人次，其中干部1000人次。", "12场 = 5场 + 7场"),
        ("办理申请205件，其中予以公开103件，同比增长5%，占50.2%；部分公开16件，不予公开86件。", "205件 = 103件 + 16件 + 86件"),
        ("共收到投诉80件，其中有效投诉60件，占75%。", "75% = 60件 ÷ 80件 = 75%"),
        ("行政复议申请由上年的622件减为205件，下降67%。", "下降67% = (205件 − 622件) ÷ 622件 = -67.0418%"),
        ("新收行政复议案件226件（去年同期158件），同比上升43.04%。", "上升43.04% = (226件 − 158件) ÷ 158件 = 43.038%"),
        ("印发《甲办法》《乙规定》2项制度。", "2项 = 列出的2个名称"),
        ("会同公安局、财政局和教育局等3个部门开展检查。", "3个 = 列出的3个名称"),
    ],
)
def test_sums_of_other_shapes_hold(text: str, relation: str) -> None:
    assert relation in told(text, Verdict.HOLDS)
    assert told(text, Verdict.FAILS) == []


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("共受理案件120件，其中公安类60件、自然资源类40件、其他22件。", "120件 ≠ 60件 + 40件 + 22件 = 122件"),
        ("民事案件30件，刑事案件20件，合计55件。", "55件 ≠ 30件 + 20件 = 50件"),
        ("行政复议和行政应诉案件分别为3件、4件，共9件。", "9件 ≠ 3件 + 4件 = 7件"),
        (
            "共受理200件，其中民事150件（其中婚姻家庭80件、邻里70件），刑事40件，其他30件。",
            "200件 ≠ 150件 + 40件 + 30件 = 220件",
        ),
        ("全年共受理案件100件。其中，民事60件，刑事30件，其他20件。", "100件 ≠ 60件 + 30件 + 20件 = 110件"),
        (
            "全年办理行政复议、行政应诉案件共计230件，其中行政复议案件119件，行政应诉案件113件。",
            "230件 ≠ 119件 + 113件 = 232件",
        ),
        ("共立案50件，办结45件，未办结6件。", "50件 ≠ 45件 + 6件 = 51件"),
        (
            "化解纠纷6.7万件，其中人民调解4.2万件，行政调解1.6万件，其他1.9万件。",
            "6.7万件 ≠ 4.2万件 + 1.6万件 + 1.9万件 = 77000件",
        ),
        ("共收到投诉80件，其中有效投诉60件，占总数的85%。", "85% ≠ 60件 ÷ 80件 = 75%"),
        ("新收行政复议案件226件，去年同期168件，同比上升43.04%。", "上升43.04% ≠ (226件 − 168件) ÷ 168件 = 34.5238%"),
        ("印发《甲办法》《乙规定》《丙细则》等2份文件。", "2份 ≠ 列出的3个名称"),
        ("现有律师40名，其中女律师60名。", "60名 > 40名"),
    ],
)
def test_sums_that_are_off_fail_with_the_sum_written_out(text: str, relation: str) -> None:
    assert [check.relation for check in read(text) if check.verdict is Verdict.FAILS] == [relation]


@pytest.mark.parametrize(
    "text",
    [
        "共办理法律援助案件500件，其中民事300件，刑事150件，行政20件。",  # 其中 without 其他
        "办理案件300件，其中农民工案件120件，其中讨薪案件100件，未成年人案件30件。",  # overlapping
        "法律咨询1200人次，培训300人，共服务1510人次。",  # persons and visits
        "审查合同175份、规范性文件12件、重大决策5件，共193件。",  # units differ
        "举办讲座5场、培训6场，共开展普法活动13场。",  # the total is of more
        "化解纠纷6.7万件，其中人民调解42315件，行政调解15690件，其他8970件。",  # rounded
        "收到申请500件，办结480件，办结率97%。",  # the lower term may be another
        "受理25件，办结24件，办结率100%。",  # all that fell due
        "受理500件，调解成功300件，调解成功率98.5%。",  # of those tried
        "受理500件，办结490件，按时办结率99.8%。",  # a rate of something else
        "出庭应诉率达95.2%，同比上升3.1个百分点。",
        "本年新收申请205件，上年结转3件，办结201件，结转下年度8件。",  # balance, not a total
        "发放《民法典》《宪法》2000册。",
        "宣传《民法典》《宪法》20场。",
        "发放《甲指南》《乙指南》5份宣传指南。",
        "一是受理案件120件。二是调解成功90件，调解成功率80.0%。",  # of another item
        "新增调委会100个，其中新增行业性调委会20个，新增专业性调委会3个，新增个人调解室2个。",
        "化解纠纷6.7万件，其中行政调解等其他方式化解2.1万件，人民调解3.9万件。",
        "受理约120件，其中民事60件、刑事40件、其他30件。",  # 约
        "办理120余件，其中民事60件、刑事40件、其他30件。",
        "制定文件30件，其中规章5件、规范性文件等23件。",
        "全省公证机构50家，公证员300名，办理公证3.2万件，其中国内2.5万件，涉外0.6万件。",
        "调解成功率98%，同比提高2%。",
        "受理120件，其中民事60件，刑事案件若干，行政25件、其他20件。",  # an item without a number
        "受理200件，其中民事120件，其中婚姻家庭40件，其他60件。",  # a list within a list
        "受理120件，其中民事60件、刑事40件，涉及当事人230人，其他30件。",  # something stands between
        "新增律师20名，其中律师事务所律师总数达到150名。",
        "一是受理案件120件。二是其中民事60件，刑事40件，其他25件。",  # another item
    ],
)
def test_traps_stay_silent(text: str) -> None:
    assert [check.relation for check in read(text) if check.verdict is Verdict.FAILS] == []


def test_a_rate_that_may_have_another_denominator_is_undecidable_and_says_so() -> None:
    (check,) = [check for check in read("收到申请500件，办结480件，办结率97%。") if check.kind == "rate"]
    assert (check.verdict, "分母可能未在文中列出" in check.note) == (Verdict.UNDECIDABLE, True)


def test_a_denominator_that_gives_the_rate_rounded_goes_before_one_that_gives_it_cut_off() -> None:
    assert "5% = 11件 ÷ 212件 = 5.1887%" in told("办结212件，实体审查190件，纠错11件，纠错率5%。", Verdict.HOLDS)


def test_hostile_sentences_take_no_time_to_the_square_of_their_length() -> None:
    flat: list[str | int] = ["受理", 12] * 4000
    nested: list[str | int] = ["（其中", 12] * 2000
    for sentence in (made(*flat), made(*nested)):
        assert checks((sentence.text,), (), sentence.figures) == ()
    many = "".join(f"共{number}个街镇。" for number in [14] * 3000)
    assert len(checks((many,), (), figures((many,), (), concepts=vocabulary()))) <= 200


def test_rounded_terms_are_consistent_and_no_proof() -> None:
    (check,) = [
        check for check in read("化解纠纷6.7万件，其中人民调解42315件，行政调解15690件，其他8970件。") if check.kind == "total"
    ]
    assert (check.verdict, check.computed) == (Verdict.CONSISTENT, Decimal(66975))


def test_no_checks_where_there_are_no_figures() -> None:
    assert checks((), (), ()) == ()
    assert checks(("一、基本情况", "依法行政。"), (), ()) == ()


@dataclass(frozen=True)
class Made:
    """A made-up sentence with its figures."""

    text: str
    figures: tuple[Figure, ...]


def made(*pieces: str | int) -> Made:
    """A sentence from words and numbers; every number is a figure in 件."""
    text, found = "", []
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        start, text = len(text), f"{text}{piece}件"
        found.append(Figure(
            indicator="", concept="", value=str(piece), value_norm=Decimal(piece), unit="件", unit_norm="件", approx="",
            qualifier="", qualifier_value="", direction="", part_of="", period="", plan=False, section="(导语)", start=start,
            end=len(text),
        ))  # fmt: skip
    return Made(text, tuple(found))


NAMES = ("民事纠纷", "刑事和解", "公安类", "自然资源类", "婚姻家庭", "市场监管")
COUNTS = st.lists(st.integers(min_value=1, max_value=99_999), min_size=2, max_size=6)


def complete(total: int, parts: list[int], shape: str) -> Made:
    """A list that the text itself says is complete."""
    names = [*NAMES[: len(parts) - 1], "其他"]
    items = [piece for name, part in zip(names, parts, strict=True) for piece in (f"，{name}", part)]
    match shape:
        case "among":
            return made("全年共受理", total, "，其中", *[items[0][1:], *items[1:]], "。")  # type: ignore[index]
        case "brackets":
            return made("全年共受理", total, "（其中", *[items[0][1:], *items[1:]], "）。")  # type: ignore[index]
        case "next":
            return made("全年共受理", total, "。其中", *items, "。")
        case _:
            return made(*[items[0][1:], *items[1:]], "，合计", total, "。")  # type: ignore[index]


def failing(sentence: Made) -> list[Check]:
    found = checks((sentence.text,), (), sentence.figures)
    return [check for check in found if check.verdict is Verdict.FAILS and check.kind == "total"]


@settings(max_examples=250, deadline=None, derandomize=True)
@given(parts=COUNTS, shape=st.sampled_from(["among", "brackets", "next", "closing"]), data=st.data())
def test_any_complete_list_holds_and_fails_by_one_digit(parts: list[int], shape: str, data: st.DataObject) -> None:
    total = sum(parts)
    right = complete(total, parts, shape)
    held = [check for check in checks((right.text,), (), right.figures) if check.kind == "total" and check.stated == total]
    assert Verdict.HOLDS in {check.verdict for check in held}, right.text
    assert failing(right) == []

    place = data.draw(st.integers(0, len(str(total)) - 1))
    digit = data.draw(st.sampled_from("123456789"))
    wrong = int(str(total)[:place] + digit + str(total)[place + 1 :])
    runs = {sum(parts[first:]) for first in range(len(parts))}
    assume(wrong != total and wrong not in runs)
    (check,) = failing(complete(wrong, parts, shape))
    assert [check.stated, check.computed] == [Decimal(wrong), Decimal(total)]


@settings(max_examples=250, deadline=None, derandomize=True)
@given(parts=COUNTS, more=st.integers(1, 99_999), tail=st.sampled_from(["", "等"]))
def test_no_open_list_fails_however_it_adds_up(parts: list[int], more: int, tail: str) -> None:
    items = [piece for name, part in zip(NAMES, parts, strict=False) for piece in (f"，{name}", part)]
    sentence = made("全年共受理", sum(parts) + more, "，其中", *[str(items[0])[1:], *items[1:]], tail, "。")
    assert failing(sentence) == []
