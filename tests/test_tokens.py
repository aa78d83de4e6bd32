"""What a diff may never cut: numbers with their units, words, names."""

from __future__ import annotations

import re
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.compare.tokens import tokens
from crawler.numbers import is_date, numbers

SEEDS = sorted((Path(__file__).parent.parent / "seeds" / "documents").glob("*.txt"))

mixed = st.text(
    st.sampled_from(
        "0123456789０９.,，．%％ 件万余多近第个百分点项目人民次一二三两十千年月日《》。、（）-+aZ\u3000\u200b\t中国司法局"
    )
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("挽回经济损失1680余万元", "挽回|经济损失|1680余万元"),
        ("消费纠纷6.7万件", "消费|纠纷|6.7万件"),
        ("同比上升43.04%,", "同比|上升|43.04%|,"),
        ("提高12.5个百分点", "提高|12.5个百分点"),
        ("开展了第3批", "开展|了|第3批"),
        ("共1,234件", "共|1,234件"),
        ("共1，234件", "共|1，234件"),
        ("拨打12348，110", "拨打|12348|，|110"),
        ("2020年2月18日", "2020年|2月|18日"),
        ("93.3%92.1%", "93.3%|92.1%"),
        ("服务10086人次", "服务|10086人次"),
        ("服务10086人民", "服务|10086|人民"),
        ("8部门联合", "8|部门|联合"),
        ("近百家、500多场、近20家", "近百家|、|500多场|、|近20家"),
        ("最近3年预约12人", "最近|3年|预约|12人"),
        ("增长-5.2%", "增长|-5.2%"),
        ("(2015-2020年)", "(|2015|-|2020年|)"),
        ("两项、五个、二十余名", "两项|、|五个|、|二十余名"),
        ("三分之二、百分之九十五", "三分之二|、|百分之九十五"),
        ("第一届和第三", "第一届|和|第三"),
        ("一起十分重要", "一起|十分|重要"),
        ("法网2.0版APP改造", "法网|2.0版|APP|改造"),
        ("《法律援助条例》", "《|法律援助|条例|》"),
        ("a  \u3000b", "a|  \u3000|b"),
    ],
)
def test_the_longest_sensible_unit_is_one_piece(text: str, pieces: str) -> None:
    assert "|".join(tokens(text)) == pieces


@given(st.one_of(mixed, st.text()))
def test_the_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text
    assert all(tokens(text))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_the_pieces_of_a_seed_report_joined_are_the_report(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "".join(tokens(text)) == text


@given(mixed)
def test_no_boundary_lies_inside_a_run_of_digits_with_its_separators(text: str) -> None:
    boundaries = set(accumulate(map(len, tokens(text))))
    for run in re.finditer(r"\d+(?:[.,．]\d+)*", text):
        assert not boundaries & set(range(run.start() + 1, run.end())), run[0]


@given(mixed)
def test_every_digit_belongs_to_a_number(text: str) -> None:
    assert "".join(re.findall(r"\d", "".join(numbers(text)))) == "".join(re.findall(r"\d", text))


def test_every_arabic_number_of_the_seed_reports_that_has_a_unit_keeps_it() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SEEDS)
    units = "件|项|人次|人|家|名|份|批次|批|场|起|条|次|个|位|%|万件|余万元|余名|余家|余次|余人|余项|多场"
    printed = re.findall(rf"(\d[\d.]*(?:{units}))(?=[,。;、）)\n])", text)
    assert len(printed) > 80
    assert set(printed) <= set(numbers(text))


@pytest.mark.parametrize("number", ["2018年", "2018年度", "2月", "18日", "二〇二〇年", "2020"])
def test_years_months_and_days_are_dates(number: str) -> None:
    assert is_date(number)


@pytest.mark.parametrize("number", ["226件", "3个月", "100%", "12348", "2.0版", "第三届", "两项"])
def test_quantities_and_names_are_no_dates(number: str) -> None:
    assert not is_date(number)
