"""The 信息公开 block in every shape that sites give it: what is printed is read back, what is missing is not made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from spiders.disclosure import Disclosure, read_disclosure
from spiders.lines import visible_lines
from spiders.page import parse_page

Pairs = list[tuple[str, str]]


def read(markup: str, below: str = "", title: str = "某通知") -> Disclosure:
    before, after = (visible_lines(parse_page("https://x/", f"<body>{part}</body>").root) for part in (markup, below))
    return read_disclosure(before, after, title)


def rows(pairs: Pairs, per_row: int, cell: str) -> str:
    cells = [f"<{cell}>{label}：</{cell}><td>{escape(value)}</td>" for label, value in pairs]
    return (
        "<table>"
        + "".join(f"<tr>{''.join(cells[at : at + per_row])}</tr>" for at in range(0, len(cells), per_row))
        + "</table>"
    )


SHAPES: dict[str, Callable[[Pairs], str]] = {
    "a pair a row": lambda pairs: rows(pairs, 1, "td"),
    "two pairs a row": lambda pairs: rows(pairs, 2, "th"),
    "four pairs a row": lambda pairs: rows(pairs, 4, "td"),
    "items": lambda pairs: "<ul>" + "".join(f"<li>{label}：{escape(value)}</li>" for label, value in pairs) + "</ul>",
    "labels in bold": lambda pairs: "".join(f"<p><b>{label}：</b>{escape(value)}</p>" for label, value in pairs),
    "dl": lambda pairs: "<dl>" + "".join(f"<dt>{label}：</dt><dd>{escape(value)}</dd>" for label, value in pairs) + "</dl>",
    "dl without colons": lambda pairs: "<dl>" + "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in pairs) + "</dl>",
    "a run of spans": lambda pairs: "<p>" + " ".join(f"<span>{label}：{escape(value)}</span>" for label, value in pairs) + "</p>",
    "glued spans": lambda pairs: "<p>" + "".join(f"<span>{label}:</span><span>{escape(value)}</span>" for label, value in pairs) + "</p>",
    "brackets": lambda pairs: "".join(f"<div>【{label}】{escape(value)}</div>" for label, value in pairs),
}  # fmt: skip
SPACED = {"索引号": "索 引 号", "文号": "文　　号", "发布机构": "发 布 机 构", "发布日期": "发&nbsp;布&nbsp;日&nbsp;期"}
NUMBERS = st.builds(
    "{}司{}{}{}{}{}号".format,
    st.sampled_from("沪京苏浙粤"),
    st.sampled_from(["", "规", "发", "办"]),
    st.sampled_from("〔[（【"),
    st.integers(1990, 2039),
    st.sampled_from("〕]）】"),
    st.integers(1, 999),
)
INDEXES = st.from_regex(
    r"(?:[A-Z]{2}-[0-9]{6}-(?:19|20)[0-9]{2}-[0-9]{5}|20[0-9]{2}-(?:0[1-9]|1[0-2])-000[0-9]{2})", fullmatch=True
)
ORGANS = st.sampled_from(["某市司法局", "上海市闵行区司法局", "某省司法厅", "某县人民政府办公室", "某市依法治市委员会"])
DAYS = st.dates(date(1995, 1, 1), date(2039, 12, 31))


@pytest.mark.parametrize("shape", SHAPES)
@given(
    index=INDEXES,
    number=NUMBERS,
    organ=ORGANS,
    written=DAYS,
    published=DAYS,
    spaced=st.booleans(),
    order=st.permutations(range(7)),
)
def test_what_a_block_prints_is_read_back_in_every_shape_and_order(
    shape: str,
    *,
    index: str,
    number: str,
    organ: str,
    written: date,
    published: date,
    spaced: bool,
    order: list[int],
) -> None:
    pairs = [
        ("索引号", index), ("文号", number), ("发布机构", organ), ("成文日期", f"{written:%Y-%m-%d}"),
        ("发布日期", f"{published.year}年{published.month}月{published.day}日"), ("公开类别", "主动公开"), ("有效性", "有效"),
    ]  # fmt: skip
    shuffled = [(SPACED.get(label, label) if spaced else label, value) for label, value in (pairs[at] for at in order)]
    found = read(SHAPES[shape](shuffled))
    assert found == Disclosure(
        index_number=index, document_number=number, publisher=organ, category="主动公开", validity="有效",
        written=written, published=published,
    )  # fmt: skip


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "brackets"])
@given(
    missing=st.sets(st.sampled_from(["索引号", "文号", "发布机构", "公开类别", "发布日期"])),
    nothing=st.sampled_from(["", "无", "-", " "]),
)
def test_a_label_without_a_value_takes_no_others(shape: str, missing: set[str], nothing: str) -> None:
    values = {
        "索引号": "A-2024-1",
        "文号": "沪司〔2021〕5号",
        "发布机构": "某市司法局",
        "公开类别": "主动公开",
        "发布日期": "2024-03-05",
    }
    found = read(SHAPES[shape]([(label, nothing if label in missing else value) for label, value in values.items()]))
    kept = {label: "" if label in missing else value for label, value in values.items()}
    day = "" if found.published is None else found.published.isoformat()
    assert (found.index_number, found.document_number, found.publisher, found.category, day) == tuple(kept.values())


@pytest.mark.parametrize(
    "markup",
    [
        "<div><div>文号：</div><div>关于做好法律援助工作的通知</div></div>",
        "<div><p>索引号</p><p>发布机构</p><p>各区司法局要高度重视</p></div>",
        "<table><tr><td>索引号：</td><td></td></tr></table><p>2024-03-05</p>",
        "<p>分类：甲</p>",
        "<p>公开方式改革方案</p><p>发布机构改革的意见</p>",
        "<p>根据沪司规〔2021〕3号文件要求，现予公布</p>",
        "<table><tr><td>文号</td><td>名称</td><td>公开类别</td></tr><tr><td>甲〔2020〕1号</td><td>甲</td><td>乙</td></tr></table>",
        "<p>发布时间：2024-03-05</p><p>来源：某市司法局</p><p>标题：甲</p>",
    ],
)
def test_what_is_no_block_gives_no_fields(markup: str) -> None:
    assert read("", markup) == Disclosure()


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("沪司规〔2021〕3号", "沪司规〔2021〕3号"),
        ("（沪司规[2021]3号）", "沪司规[2021]3号"),
        ("某府办发（2021）第 12 号", "某府办发（2021）第 12 号"),
        ("司法部令第145号", "司法部令第145号"),
        ("沪司规〔2021〕3号文件的解读", ""),
        ("依据沪司规〔2021〕3号，制定本办法。", ""),
        ("2021年3号", ""),
    ],
)
def test_a_number_alone_on_a_line_beside_the_title_is_the_documents(line: str, number: str) -> None:
    assert read("", f"<p>{line}</p>").document_number == number


@pytest.mark.parametrize(
    ("title", "line", "mark"),
    [
        ("某办法（已废止）", "", "已废止"),
        ("某办法【失效】", "", "失效"),
        ("某办法（2022年修订）", "", ""),
        ("关于废止某办法的通知", "", ""),
        ("某办法", "该文件已失效", "已失效"),
        ("某办法", "已废止文件目录，共3件", ""),
        ("某办法", "本规定自2020年起废止，由新规定代替", ""),
    ],
)
def test_the_mark_of_a_document_that_no_longer_holds_is_read(title: str, line: str, mark: str) -> None:
    assert read("", f"<p>{line}</p>", title).validity == mark


@pytest.mark.parametrize(
    ("values", "publisher", "published"),
    [
        ("无 / 主动公开 / 无 / 上海市青浦区司法局 / 2024.03.19", "上海市青浦区司法局", date(2024, 3, 19)),
        ("主动公开 / 某市司法局 / 某市财政局 / 2024.03.19", "", date(2024, 3, 19)),
        ("主动公开 / 某市司法局 / 2024.03.19 / 2024.03.20", "某市司法局", None),
        ("主动公开 / 2026-02-00018", "", None),
        ("公开 / 某市司法局 / 2024.03.19", "", None),
    ],
)
def test_bare_values_count_where_only_one_of_their_kind_is_there(values: str, publisher: str, published: date | None) -> None:
    for markup in (f"<p>{values}</p>", "".join(f"<li>{value}</li>" for value in values.split(" / "))):
        found = read("", markup)
        assert (found.publisher, found.published, found.labelled) == (publisher, published, published is None)


@given(st.lists(st.text(alphabet="索引号文发布机构日期：: |〔2024〕5号【】无\u3000\xa0-.", max_size=60), max_size=12))
def test_no_text_makes_the_reader_fail(texts: list[str]) -> None:
    read("".join(f"<p>{escape(text)}</p>" for text in texts), "".join(f"<td>{escape(text)}</td>" for text in texts))
