"""The vocabulary of indicators: what it matches across years and bureaus, and what it says of a wrong file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.load import SeedError
from seeds.vocabulary import BUNDLED, Vocabulary, read_vocabulary

BUILT_IN = read_vocabulary()


def vocabulary(tmp_path: Path, text: str) -> Vocabulary:
    path = tmp_path / "indicators.toml"
    path.write_text(text, encoding="utf-8")
    return read_vocabulary(path)


@pytest.mark.parametrize(
    ("concept", "unit", "phrases"),
    [
        ("行政复议申请收到", "件", ["新收行政复议案件", "收到行政复议申请", "全省各级行政复议机关共收到行政复议申请"]),
        ("行政复议案件受理", "件", ["受理行政复议申请", "受理行政复议案件"]),
        ("行政复议案件办结", "件", ["办结行政复议案件", "审结行政复议案件", "审结行政复议申请"]),
        ("行政复议纠错率", "%", ["直接纠错率", "综合纠错率"]),
        ("行政机关负责人出庭率", "%", ["开庭案件行政机关负责人出庭率", "行政机关负责人出庭应诉率", "出庭率"]),
        ("行政诉讼败诉", "件", ["败诉", "被诉案件败诉"]),
        ("人民调解组织", "个", ["人民调解委员会", "各级人民调解组织"]),
        ("调解成功率", "%", ["调解成功率", "调处成功率", "人民调解成功率"]),
        ("法律援助案件", "件", ["办理法律援助案件", "受理法律援助案件", "法律援助办案量"]),
        ("法律援助挽回损失", "元", ["挽回受援人经济损失", "为受援人挽回损失或取得利益"]),
        ("12348热线咨询", "人次", ["12348热线服务平台接答咨询", "12348法律服务热线接听来电"]),
        ("律师事务所", "家", ["律师事务所", "律所"]),
        ("社区矫正对象接收", "人", ["累计接收社区矫正对象", "新接收社区矫正对象"]),
        ("主动公开信息", "条", ["主动公开政府信息", "主动公开信息"]),
        ("信息公开申请", "件", ["收到政府信息公开申请", "收到依申请公开"]),
    ],
)
def test_phrases_of_many_bureaus_have_one_concept(concept: str, unit: str, phrases: list[str]) -> None:
    assert {phrase: BUILT_IN.concept_of(phrase, unit) for phrase in phrases} == dict.fromkeys(phrases, concept)


@pytest.mark.parametrize(
    ("phrase", "unit"),
    [
        ("重点任务", "项"),
        ("", "件"),
        ("维持率", "%"),
        ("办结行政复议案件", "%"),
        ("约谈代理律师", "位"),
        ("服务中小微企业", "家"),
    ],
)
def test_what_the_vocabulary_does_not_know_has_no_concept(phrase: str, unit: str) -> None:
    assert not BUILT_IN.concept_of(phrase, unit)


def test_the_longest_phrase_wins_wherever_it_stands(tmp_path: Path) -> None:
    short = '[[concept]]\nname = "调解"\nphrases = ["调解"]\n'
    long = '[[concept]]\nname = "调解成功"\nphrases = ["调解*成功"]\n'
    for text in (short + long, long + short):
        read = vocabulary(tmp_path, text)
        assert (read.concept_of("调解纠纷成功", "件"), read.concept_of("调解纠纷", "件")) == ("调解成功", "调解")


def test_a_concept_is_counted_in_its_units_and_without_its_exceptions(tmp_path: Path) -> None:
    read = vocabulary(tmp_path, '[[concept]]\nname = "律师"\nphrases = ["律师"]\nunits = ["人"]\nwithout = ["投诉"]\n')
    assert [read.concept_of(*asked) for asked in (("律师", "人"), ("律师", "件"), ("律师投诉", "人"))] == ["律师", "", ""]


def test_phrases_are_plain_words_and_no_patterns(tmp_path: Path) -> None:
    read = vocabulary(tmp_path, "[[concept]]\nname = '点号'\nphrases = ['(a+)+.件']\n")
    assert (read.concept_of("aaab件", "件"), read.concept_of("共(a+)+.件", "件")) == ("", "点号")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[concept]", "cannot be read as TOML"),
        ("[concept]\nname = '甲乙'", "concept must be written as [[concept]] blocks"),
        ("other = 1", "key 'other' is not known; a vocabulary holds [[concept]] blocks only"),
        ("[[concept]]\nname = '甲乙'", "concept '甲乙': phrases: Field required"),
        ("[[concept]]\nname = '甲乙'\nphrases = ['*']", "concept '甲乙': phrases"),
        ("[[concept]]\nname = '甲乙'\nphrases = ['a*']", "says too little; write at least two characters besides *"),
        ("[[concept]]\nname = '甲乙'\nphrases = ['调解']\nunit = '件'", "concept '甲乙': unit: Extra inputs are not permitted"),
        ("concept = [1]", "concept 'number 1': block:"),
        ("[[concept]]\nname='甲乙'\nphrases=['调解']\n" * 2, "name: already used by block 1; choose another"),
        (
            "[[concept]]\nname='甲乙'\nphrases=['调解']\n[[concept]]\nname='丙丁'\nphrases=['调解']",
            "'调解' already belongs to '甲乙'; lengthen one of them, or give them different units",
        ),
    ],
)
def test_a_wrong_file_is_told_with_file_key_and_cure(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SeedError) as raised:
        vocabulary(tmp_path, text)
    assert said in str(raised.value)
    assert "indicators.toml" in str(raised.value)


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SeedError) as raised:
        vocabulary(tmp_path, "[[concept]]\nname = '甲乙'\n[[concept]]\nphrases = ['调解']\n[more]")
    assert len(raised.value.faults) == 3


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="cannot be read"):
        read_vocabulary(tmp_path / "none.toml")


@given(st.text(), st.text())
def test_any_phrase_and_unit_may_be_asked_for(phrase: str, unit: str) -> None:
    concept = BUILT_IN.concept_of(phrase, unit)
    assert not concept or any(one.name == concept for one in BUILT_IN.concepts)


def test_each_bundled_concept_is_found_by_its_own_phrases() -> None:
    lost = [
        (concept.name, phrase)
        for concept in BUILT_IN.concepts
        for phrase in concept.phrases
        if concept.name not in {BUILT_IN.concept_of(phrase.replace("*", ""), unit) for unit in concept.units or ("件",)}
    ]
    assert lost == []
    assert BUNDLED.stat().st_size < 60_000
