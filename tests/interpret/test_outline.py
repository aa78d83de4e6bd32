"""Outlines: of both seeds exactly, of composed reports in many styles, and the laws that hold for every text."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.clean.text_file import clean_text_file
from crawler.interpret.outline import outline
from crawler.knowledge import Section, path_at
from tests.interpret.outlines_shown import shown

_HERE = Path(__file__).parent
_GOLD = _HERE.parent / "gold"
_SEEDS = {path.name[:3]: path for path in (_HERE.parents[1] / "seeds" / "documents").glob("*.txt")}
_COMPOSED = sorted((_HERE / "outlines").glob("*.txt"))


@pytest.mark.parametrize("seed", sorted(_SEEDS))
def test_the_outline_of_a_seed_is_the_one_read_by_eye(seed: str) -> None:
    assert shown(_body(seed)) == (_GOLD / f"outline_{seed}.txt").read_text().splitlines()


@pytest.mark.parametrize("report", _COMPOSED, ids=lambda path: path.stem)
def test_the_outline_of_a_composed_report_is_the_one_read_by_eye(report: Path) -> None:
    body, expected = report.read_text().split("====\n")
    assert shown(body.splitlines()) == expected.splitlines()


@pytest.mark.parametrize("seed", sorted(_SEEDS))
def test_every_gold_figure_stands_in_the_section_that_the_gold_says(seed: str) -> None:
    body, raw = _body(seed), _SEEDS[seed].read_text()
    sections = outline(body)
    with (_GOLD / "figures_gold.csv").open() as table:
        rows = [row for row in csv.DictReader(table) if row["doc"] == seed]
    assert rows
    wrong = []
    for row in rows:
        offset = _in_body(raw, body, int(row["char_offset"]))
        if (found := path_at(sections, offset)) != row["section"]:
            wrong.append((row["char_offset"], found, row["section"]))
    assert wrong == []


@pytest.mark.parametrize(
    "paragraph",
    [
        "1.5亿元资金到位。",
        "2020. 3月以来,开展活动。",
        "统一是非标准,唯一是重点。",
        "1月,召开会议。",
        "三、四季度案件上升。",
        "一、二审案件均已审结。",
        "第三条规定了程序。",
        "第三条、第五条已经修改。",
        "（一）至（三）项所列情形除外。",
        "（一）项规定的情形。",
        "(2019)沪0112行初3号案件已经审结。",
        "一方面工作量增加。",
        "首先要感谢大家。",
        "一是一、二是二。",
        "3.15消费者权益日开展宣传。",
        "12348热线接听电话。",
        "近年来,星期一是接待日,星期二是集中学习日。",
        "工作安排:一是集中接待日,星期二是学习日。",
        "依照第(一)、(二)、(三)项办理。",
        "1、2、3号楼完成改造。",
        "一、本年新收数量 | 17 | 0",
        "一、本年新收数量 17",
        "一、本年新收数量 | 说明",
    ],
)
def test_what_only_looks_like_an_ordinal_begins_no_section(paragraph: str) -> None:
    assert outline(["一年来,工作有序。", paragraph, "各项任务完成。"]) == ()


@pytest.mark.parametrize(
    ("paragraph", "ordinal", "heading"),
    [
        ("一、工作情况", "一、", "工作情况"),
        ("一 、工作情况。", "一、", "工作情况"),
        ("一.工作情况", "一.", "工作情况"),
        ("十一、工作情况：", "十一、", "工作情况"),
        ("（ 一 ）工作情况", "（一）", "工作情况"),
        ("〔一〕工作情况", "〔一〕", "工作情况"),
        ("㈠工作情况", "㈠", "工作情况"),
        ("(一)、工作情况", "(一)、", "工作情况"),
        ("一）工作情况", "一）", "工作情况"),
        ("1．工作情况", "1．", "工作情况"),
        ("１、工作情况", "１、", "工作情况"),
        ("\u3000\u30001 .\u3000工作情况", "1.", "工作情况"),
        ("⑴工作情况", "⑴", "工作情况"),
        ("①工作情况", "①", "工作情况"),
        ("1）工作情况", "1）", "工作情况"),
        ("第一章 工作情况", "第一章", "工作情况"),
        ("一、三项制度落实情况", "一、", "三项制度落实情况"),
        ("一、坚持“一网通办”,服务群众", "一、", "坚持“一网通办”,服务群众"),
        ("一、互联网+”法宣。开展活动。", "一、", "互联网+”法宣"),
        ("一、规范执法,办理执法证86个。", "一、", "规范执法"),
        ("一、坚持“两手抓、两促进”,全局26名干部包村。", "一、", "坚持“两手抓、两促进”"),
        ("一、主动公开：全年公开信息12条,更新及时。", "一、", "主动公开"),
    ],
)
def test_an_ordinal_is_kept_as_printed_but_without_spaces(paragraph: str, ordinal: str, heading: str) -> None:
    (section,) = outline([paragraph])
    assert (section.ordinal, section.heading) == (ordinal, heading)


def test_plain_text_after_the_last_sentence_of_an_enumeration_belongs_to_the_heading_above() -> None:
    body = ["一、问题", "一是学习不够。", "具体表现在两处。", "二是落实不够。", "我们将整改。"]
    assert _paths(body) == ["一、问题", "一、问题 > 一是", "一、问题 > 一是", "一、问题 > 二是", "一、问题"]


def test_plain_text_below_a_line_of_an_enumeration_without_a_stop_belongs_to_that_line() -> None:
    body = ["一、做法", "一是抓学习", "坚持学习。", "二是抓落实", "坚持落实。", "再抓落实。"]
    assert _paths(body)[-1] == _paths(body)[-2] == "一、做法 > 二是"


def test_a_figure_in_a_numbered_sentence_is_not_in_its_path() -> None:
    assert _paths(["（一）聘请监督员20名。", "（二）打造“1+14+N”体系。", "（三）2020年任务", "（四）印发《十条2.0》。"]) == [
        "（一）",
        "（二）打造“1+14+N”体系",
        "（三）2020年任务",
        "（四）印发《十条2.0》",
    ]


_HEADINGS = st.sampled_from(
    "一、甲事|二、乙事。|（一）丙事|（二）丁事。办结3件。|1.戊事|2、己事。办结5件。|（1）庚事|2）辛事|①壬事|一是癸事。|二是子事。|三是丑事"
    "|首先,寅事。|其次,卯事。|第一章 辰事|第一条 巳事。|第二条 午事。|1.1 未事|1.2 申事|主要：一是酉事；二是戌事；三是亥事。"
    "|包括（1）甲；（2）乙。|附件：1.名单|附件2|基本情况".split("|")
)
_PLAIN = st.text("各项工作有序推进成效明显,。", min_size=1, max_size=40).map(lambda text: f"我局{text}。")
_BODIES = st.lists(
    st.one_of(_HEADINGS, _PLAIN, st.text("一二三四1234.、（）()是要第章条①②；。首先其次 \u3000", max_size=14)), max_size=14
)


@given(_BODIES)
def test_sections_are_nested_and_in_order(body: list[str]) -> None:
    sections, length = outline(body), len("\n".join(body))
    starts = [0, *accumulate(len(text) + 1 for text in body)][:-1]
    for index, section in enumerate(sections):
        assert 0 <= section.start < section.end <= length
        assert starts[section.paragraph] <= section.start <= starts[section.paragraph] + len(body[section.paragraph])
        above = sections[section.parent] if section.parent is not None else None
        if above is not None:
            assert section.parent is not None
            assert section.parent < index
            assert above.start <= section.start < section.end <= above.end
            assert above.level < section.level
            assert section.path.startswith(f"{above.path} > ")
        before = sections[index - 1] if index else None
        if before is not None and section.parent != index - 1:
            assert before.end <= section.start


@given(_BODIES)
def test_a_section_within_a_paragraph_ends_with_it(body: list[str]) -> None:
    starts = [0, *accumulate(len(text) + 1 for text in body)][:-1]
    for section in outline(body):
        if section.start > starts[section.paragraph]:
            assert section.end <= starts[section.paragraph] + len(body[section.paragraph])


@given(st.lists(st.one_of(_HEADINGS.filter(lambda text: text != "基本情况"), _PLAIN), max_size=14), _PLAIN, st.data())
def test_a_plain_paragraph_more_changes_no_other_path(body: list[str], plain: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body)))
    paths = _paths([*body[:place], plain, *body[place:]])
    assert paths[:place] + paths[place + 1 :] == _paths(body)


_WIDE = str.maketrans(",.:;!?()", "，．：；！？（）")
_NARROW = str.maketrans("，．：；！？（）", ",.:;!?()")


@given(_BODIES)
def test_the_width_of_punctuation_is_no_structure(body: list[str]) -> None:
    def bones(text: Sequence[str]) -> list[tuple[object, ...]]:
        return [(one.level, one.parent, one.paragraph, one.start, one.end, one.run_in) for one in outline(text)]

    assert bones([text.translate(_NARROW) for text in body]) == bones([text.translate(_WIDE) for text in body])


@settings(max_examples=200)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_text_has_an_outline(body: list[str]) -> None:
    _assert_inside(outline(body), len("\n".join(body)))


@pytest.mark.parametrize(
    "hostile", ["一是", "（", "1.", "一", "第一条", "1.1", "一是甲，二是乙。", "①", " \u3000", "一、\n", "（1）\n一是甲\n"]
)
def test_a_hostile_text_is_read_to_its_end(hostile: str) -> None:
    body = (hostile * (200_000 // len(hostile))).split("\n")
    _assert_inside(outline(body), len("\n".join(body)))


def _assert_inside(sections: Sequence[Section], length: int) -> None:
    assert all(0 <= section.start < section.end <= length for section in sections)


def _body(seed: str) -> tuple[str, ...]:
    return clean_text_file(_SEEDS[seed].name, _SEEDS[seed].read_text()).body


def _paths(body: Sequence[str]) -> list[str]:
    """The path of what stands at the end of each paragraph that has text."""
    sections = outline(body)
    return [path_at(sections, start) for start in _starts(body)]


def _starts(body: Sequence[str]) -> Iterator[int]:
    at = 0
    for text in body:
        yield at
        at += len(text) + 1


def _in_body(raw: str, body: Sequence[str], offset: int) -> int:
    """An offset of a seed's raw text as one of its body."""
    at = 0
    for text, start in zip(body, _starts(body), strict=True):
        at = raw.index(text, at)
        if at <= offset < at + len(text):
            return start + offset - at
        at += len(text)
    raise AssertionError(f"{offset} lies in no paragraph")
