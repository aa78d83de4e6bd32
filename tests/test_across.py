"""Two reports side by side: topics by heading and text, words carried over, figures with their change, and the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from crawler.clean.normalise import folded
from crawler.clean.text_file import clean_text_file
from crawler.compare.across import Comparison, across
from crawler.demo.documents import MINHANG, MINHANG_SEED
from crawler.demo.stage import Stage
from crawler.interpret.outline import outline
from crawler.knowledge import Figure, Told

_SEEDS = sorted((Path(__file__).parents[1] / "seeds" / "documents").glob("*.txt"))
_OLD = """云溪县司法局2021年法治政府建设情况报告
2021年，云溪县司法局认真履行职责，扎实推进法治政府建设。现将有关情况报告如下：
一、主要举措和成效
（一）加强行政复议工作。全年受理行政复议案件120件，办结112件，纠错率5.2%。完善行政复议案件审理机制，畅通行政复议申请渠道。
（二）做好法律援助。全年办理法律援助案件310件，挽回经济损失1200余万元。
（三）推进仲裁改革。新设仲裁分支机构2家，聘任仲裁员36名，受理仲裁案件58件。
（四）深化社区矫正。累计接收社区矫正对象1616人，组织集中教育48场次。
二、存在的问题
基层执法力量有待加强，普法宣传的针对性和实效性还需进一步提升。
三、下一步工作打算
2022年，计划培训调解员500人次，新建公共法律服务站3个。
"""
_NEW = """云溪县司法局2022年法治政府建设情况报告
2022年,云溪县司法局认真履行职责,扎实推进法治政府建设。现将有关情况报告如下:
一、党的建设
开展主题教育24场次，覆盖党员干部980人次。
二、主要举措和成效
（一）做好法律援助工作。全年办理法律援助案件345件，挽回经济损失1500余万元。
（二）行政复议提质增效。全年受理行政复议案件96件，办结90件，纠错率6.7%。完善行政复议案件审理机制,畅通行政复议申请渠道。
（三）深化社区矫正。全年接收社区矫正对象402人，组织集中教育48场次。
三、存在的问题
基层执法力量有待加强，普法宣传的针对性和实效性还需进一步提升。
四、下一步工作打算
2023年，计划培训调解员600人次。
"""


def test_topics_are_matched_by_heading_and_text_and_not_by_their_number() -> None:
    found = across(_told(_OLD), _told(_NEW), fold=folded)
    assert {one.new.path: one.old.path for one in found.matched} == {
        "二、主要举措和成效": "一、主要举措和成效",
        "二、主要举措和成效 > （一）做好法律援助工作": "一、主要举措和成效 > （二）做好法律援助",
        "二、主要举措和成效 > （二）行政复议提质增效": "一、主要举措和成效 > （一）加强行政复议工作",
        "二、主要举措和成效 > （三）深化社区矫正": "一、主要举措和成效 > （四）深化社区矫正",
        "三、存在的问题": "二、存在的问题",
        "四、下一步工作打算": "三、下一步工作打算",
    }
    assert [one.heading for one in found.added] == ["党的建设"]
    assert [one.heading for one in found.dropped] == ["推进仲裁改革"]


def test_the_share_carried_over_counts_characters_in_long_runs_of_whatever_width() -> None:
    found = across(_told(_OLD), _told(_NEW), fold=folded)
    shares = {one.new.heading: one.share for one in found.matched}
    problems = shares["存在的问题"]
    # All but the numeral of its heading.
    assert (problems.carried, problems.length) == (37, 38)
    mechanism = "完善行政复议案件审理机制,畅通行政复议申请渠道。"
    assert len(mechanism) <= shares["行政复议提质增效"].carried < shares["行政复议提质增效"].length * 0.8
    assert 0.3 < found.share.part < 0.8


def test_a_report_carries_itself_over_whole_and_nothing_of_a_stranger() -> None:
    old, new = (_seed(path) for path in _SEEDS)
    same = across(new, new, fold=folded)
    assert same.share.part == 1.0
    assert (same.added, same.dropped) == ((), ())
    assert all(one.old is one.new for one in same.matched)
    assert across(old, new, fold=folded).share.part < 0.05


def test_counts_change_in_their_unit_and_in_percent_and_rates_in_points() -> None:
    old = [_figure("行政复议受理", "120", "件"), _figure("纠错率", "5.2", "%"), _figure("赔偿", "0", "万元")]
    new = [_figure("行政复议受理", "96", "件"), _figure("纠错率", "6.7", "%"), _figure("赔偿", "3", "万元")]
    pairs = _figures(old, new).figures.pairs
    assert [(one.change, one.percent) for one in pairs] == [
        (Decimal(-24), Decimal(-20)),
        (Decimal("1.5"), None),
        (Decimal(3), None),
    ]


def test_indicators_new_and_no_longer_told_are_listed() -> None:
    found = _figures(
        [_figure("受理", "3", "件"), _figure("仲裁员", "36", "名")], [_figure("受理", "4", "件"), _figure("党员", "9", "人")]
    )
    assert [one.indicator for one in found.figures.added] == ["党员"]
    assert [one.indicator for one in found.figures.dropped] == ["仲裁员"]


def test_a_stock_is_not_subtracted_from_a_flow_without_saying_so() -> None:
    stock = replace(_figure("接收对象", "1616", "人"), period="累计")
    flow = replace(_figure("接收对象", "402", "人"), period="全年")
    (pair,) = _figures([stock], [flow]).figures.pairs
    assert (pair.change, pair.percent) == (None, None)
    assert pair.note == "口径不同，不宜相减：前为累计数（累计），后为年度数（全年）"
    (pair,) = _figures([stock], [replace(stock, value_norm=Decimal(1700))]).figures.pairs
    assert (pair.change, pair.note) == (Decimal(84), "")


def test_of_several_figures_of_one_name_those_of_one_sort_of_period_belong_together() -> None:
    stock, flow = (replace(_figure("接收对象", "9", "人"), period=period) for period in ("累计", "全年"))
    pairs = _figures([stock, flow], [flow, stock]).figures.pairs
    assert [(one.old.period, one.new.period) for one in pairs] == [("全年", "全年"), ("累计", "累计")]


def test_other_units_and_plans_are_other_figures() -> None:
    plan = replace(_figure("培训", "500", "人次"), plan=True)
    assert _figures([_figure("培训", "500", "人次")], [plan]).figures.pairs == ()
    assert _figures([_figure("培训", "500", "人次")], [_figure("培训", "12", "场")]).figures.pairs == ()
    assert len(_figures([plan], [plan]).figures.pairs) == 1


def test_the_vocabularys_name_pairs_other_phrases_and_a_like_phrase_pairs_without_one() -> None:
    (pair,) = _figures(
        [_figure("新收复议", "1", "件", "复议收到")], [_figure("收到行政复议申请", "2", "件", "复议收到")]
    ).figures.pairs
    assert pair.change == 1
    assert (
        len(_figures([_figure("办理法律援助案件", "1", "件")], [_figure("共办理法律援助案件", "2", "件")]).figures.pairs) == 1
    )
    apart = [_figure("办理法律援助案件", "1", "件", "甲")], [_figure("共办理法律援助案件", "2", "件", "乙")]
    assert _figures(*apart).figures.pairs == ()


_PIECES = st.sampled_from(
    [
        "一、甲类工作",
        "二、乙类工作",
        "（一）丙类工作。办结3件。",
        "（二）丁类工作",
        "一是戊类工作。",
        "二是己类工作。",
        "我局依法履行各项职责,成效明显。",
        "全年召开会议12次。",
    ]
)


@given(st.lists(_PIECES, max_size=12), st.lists(_PIECES, max_size=12))
def test_every_topic_is_matched_or_new_or_dropped(old: list[str], new: list[str]) -> None:
    one, other = (Told("", tuple(body), outline(body)) for body in (old, new))
    found = across(one, other)
    for sides, told in (
        ([*(pair.old for pair in found.matched), *found.dropped], one),
        ([*(pair.new for pair in found.matched), *found.added], other),
    ):
        assert sorted(section.start for section in sides) == [section.start for section in told.sections]
    assert 0 <= found.share.carried <= found.share.length
    assert all(0 <= pair.share.carried <= pair.share.length for pair in found.matched)


def test_the_command_sets_two_files_side_by_side(tmp_path: Path) -> None:
    shown = _command(tmp_path).stdout
    assert "《云溪县司法局2021年法治政府建设情况报告》 法治政府建设年度报告 · 2021年度" in shown
    assert "三、存在的问题（97%，37／38 字）" in shown
    assert "新增章节 1 个\n  一、党的建设\n" in shown
    assert "不再有的章节 1 个\n  （三）推进仲裁改革\n" in shown
    assert "120件 → 96件  -24件，-20.00%" in shown
    assert "5.2% → 6.7%  +1.5个百分点" in shown
    assert "1200余万元 → 1500余万元  +300万元，+25.00%" in shown
    assert "1616人 → 402人  口径不同，不宜相减" in shown
    assert "500人次 → 600人次  +100人次，+20.00%" in shown
    assert "58件" in shown.split("不再公布的数据")[1]


def test_the_command_in_json_has_the_same(tmp_path: Path) -> None:
    told = json.loads(_command(tmp_path, "--json").stdout)
    assert list(told) == "old new carried sections sections_new sections_dropped figures figures_new figures_dropped".split()
    assert (told["old"]["year"], told["new"]["year"]) == (2021, 2022)
    assert told["sections_new"] == ["一、党的建设"]
    (rate,) = [one for one in told["figures"] if one["points"]]
    assert (rate["old"]["value"], rate["new"]["value"], rate["change"], rate["percent"]) == ("5.2", "6.7", 1.5, None)


def test_reports_of_the_archive_are_named_by_number_or_address_and_beside_a_file(tmp_path: Path) -> None:
    with Stage(tmp_path / "stage") as stage:
        stage.run("crawl", "--all", "--bureau", MINHANG)
        address = stage.site.address_of(MINHANG_SEED)
        (told,) = stage.json_lines("compare", address, str(_SEEDS[0]))
        assert told["carried"]["share"] > 0.99
        number = next(str(row["report"]) for row in stage.json_lines("reports") if row["title"] == told["old"]["title"])
        (same,) = stage.json_lines("compare", number, address)
        assert (same["carried"]["share"], same["figures_dropped"], same["sections_dropped"]) == (1, [], [])
        assert stage.run("compare", "https://nowhere.invalid/a.html", number, accept=(2,)) == ""


def test_a_file_that_cannot_be_read_ends_the_command_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("")
    failed = _run(tmp_path, "compare", "old.txt", "old.txt")
    assert failed.returncode == 1
    assert failed.stderr.startswith("old.txt: ")


def _told(text: str) -> Told:
    clean = clean_text_file("report.txt", text)
    return Told(clean.title, clean.body, outline(clean.body))


def _seed(path: Path) -> Told:
    return _told(path.read_text())


def _figure(indicator: str, value: str, unit: str, concept: str = "") -> Figure:
    return Figure(
        indicator=indicator, concept=concept, value=value, value_norm=Decimal(value), unit=unit, unit_norm=unit, approx="",
        qualifier="", qualifier_value="", direction="", part_of="", period="", plan=False, section="", start=0, end=1,
    )  # fmt: skip


def _figures(old: list[Figure], new: list[Figure]) -> Comparison:
    return across(Told("", (), (), tuple(old)), Told("", (), (), tuple(new)))


def _command(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "old.txt").write_text(_OLD)
    (folder / "new.txt").write_text(_NEW)
    done = _run(folder, "compare", "old.txt", "new.txt", *options)
    assert done.returncode == 0, done.stderr
    return done


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BUREAUWATCH")}
    return subprocess.run(
        [sys.executable, "-m", "crawler", *words], cwd=folder, env={**clean, "PYTHONUTF8": "1"},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
