"""What is a figure and what is told of it, sentence by sentence."""

from __future__ import annotations

import pytest

from crawler.interpret.figures import figures
from crawler.knowledge import Figure
from seeds.vocabulary import Vocabulary


def read(*body: str) -> tuple[Figure, ...]:
    return figures(body, (), concepts=Vocabulary())


def one(sentence: str) -> Figure:
    found = read(sentence)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "2020年2月18日召开第3次会议，",
        "（2015-2020年）",
        "截至2019-04-12，",
        "沪府规〔2021〕6号文件",
        "拨打12348、12345、110或021-12345678，",
        "提供7×24小时服务，9时30分开放，",
        "对70周岁以上老年人、3人以上案件优先办理。",
        "2名以上执法人员持证上岗。",
        "完成2.0版改造，见2018.pdf和附件1。",
        "打造“1+14+N”体系，1个中心+5个分中心+N个站点，",
        "印发《关于加强10项重点工作的3条意见》，",
        "落实“四个机制”“3项清单”，",
        "深刻领悟两个确立，坚决做到两个维护，落实中央八项规定精神，",
        "坚持两手抓、两不误，开展三大攻坚战，五区建设，",
        "推进行政执法三项制度，六张清单，四级平台，四位一体，",
        "第二届、第三批、第四轮、第五次，全市第一批，",
        "围绕五个中心建设，一系列，一批，一起十分重要，",
        "每季度召开1次例会，每2周通报1次。",
        "宪法进万家，千家万户，百家争鸣，",
        "第三方评估，第一责任人，一等奖，",
        "成立业务四部，与上级对接。",
        "十四五规划、七五普法、十九届四中全会、十三届人大",
        "地址：某某路808号2号楼3层301室，邮编200000",
    ],
)
def test_numbers_that_count_nothing_are_no_figures(sentence: str) -> None:
    assert read(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "value", "norm", "unit", "unit_norm", "approx"),
    [
        ("挽回损失1680余万元，", "1680", "16800000", "万元", "元", "余"),
        ("挽回损失1.2亿余元，", "1.2", "120000000", "亿元", "元", "余"),
        ("举办500多场，", "500", "500", "场", "场", "多"),
        ("近百家工作室，", "百", "100", "家", "家", "近"),
        ("服务３．３万人次，", "３．３", "33000", "万人次", "人次", ""),
        ("办理1，234件，", "1，234", "1234", "件", "件", ""),
        ("办理12 345 件，", "12 345", "12345", "件", "件", ""),
        ("发放一百二十余份，", "一百二十", "120", "份", "份", "余"),
        ("发放两万余份，", "两万", "20000", "份", "份", "余"),
        ("合格率为百分之九十五点五，", "百分之九十五点五", "95.5", "%", "%", ""),
        ("占总数的三分之二，", "三分之二", "0.6667", "", "", ""),
        ("近七成案件调解结案，", "七", "7", "成", "成", "近"),
        ("满意率达98%以上。", "98", "98", "%", "%", "以上"),
        ("新增3-5个站点，", "3-5", "3", "个", "个", "至"),
        ("在考核中位列全市第一。", "第一", "1", "位", "位", ""),
        ("综合排名全省第3位，", "第3", "3", "位", "位", ""),
        ("万人起诉率为0.83‰，", "0.83", "0.83", "‰", "‰", ""),
        ("再犯罪率为0。", "0", "0", "", "", ""),
        ("访问量突破120万，", "120", "1200000", "万", "", "突破"),
        ("审批时间平均缩短5个工作日，", "5", "5", "个工作日", "个工作日", ""),
        ("编制甲、乙、丙、丁及戊五个方面，", "五", "5", "个", "个", ""),
    ],
)
def test_a_value_is_read_as_printed_and_as_a_number(  # noqa: PLR0917  the columns of the table
    sentence: str, value: str, norm: str, unit: str, unit_norm: str, approx: str
) -> None:
    figure = one(sentence)
    assert (figure.value, f"{figure.value_norm.normalize():f}", figure.unit) == (value, norm, unit)
    assert (figure.unit_norm, figure.approx) == (unit_norm, approx)


@pytest.mark.parametrize(
    ("sentence", "qualifier", "value", "direction"),
    [
        ("新收226件，同比上升43.04%。", "同比上升", "43.04%", "up"),
        ("新收226件（同比下降1.5个百分点）。", "同比下降", "1.5个百分点", "down"),
        ("新收226个案件,环比增长3%。", "环比增长", "3%", "up"),
        ("新收226件，较上年增长12%。", "较上年增长", "12%", "up"),
        ("新收226件，比去年同期减少12件。", "比去年同期减少", "12件", "down"),
        ("新收226件，与2019年相比，增长5%。", "与2019年相比增长", "5%", "up"),
        ("新收226件，相较于2018年下降了约5%。", "较2018年下降", "5%", "down"),
        ("新收226件，同比持平。", "同比持平", "", ""),
        ("新收226件，同比翻一番。", "同比翻一番", "", "up"),
        ("新收申请由622份减为205份。", "由622份减为", "622份", "down"),
        ("粉丝数由31万增至42万人。", "由31万增至", "31万", "up"),
        ("合格率从91%上升到97%。", "由91%上升到", "91%", "up"),
        ("新收226件，比2017年同期的65件增长9.2%。", "比2017年同期增长", "9.2%", "up"),
        ("新收226件，同比增长2倍。", "同比增长", "2倍", "up"),
        ("出庭率95%，提高3个百分点。", "提高", "3个百分点", "up"),
        ("收入86万元，较上年减少4万元，下降4.5%。", "较上年减少", "4万元", "down"),
        ("受理量同比增长12%。", "同比增长", "12%", "up"),
    ],
)
def test_a_change_is_told_of_the_figure_before_it(sentence: str, qualifier: str, value: str, direction: str) -> None:
    figure = one(sentence)
    assert (figure.qualifier, figure.qualifier_value, figure.direction) == (qualifier, value, direction)


def test_changes_in_a_list_go_to_their_figures_in_turn() -> None:
    found = read("受理198件、办结87件，同比分别下降4.3%、11.2%，公开率98%、办结率87%，同比分别提高1.2和3.4个百分点。")
    assert [figure.qualifier_value for figure in found] == ["4.3%", "11.2%", "1.2", "3.4个百分点"]


def test_a_rate_of_another_thing_is_no_change_of_the_figure_before() -> None:
    found = read("受理226件，调解成功率同比提升3%。")
    assert [(figure.value, figure.qualifier) for figure in found] == [("226", ""), ("3", "同比提升")]


def test_more_of_a_named_thing_is_a_figure_and_tells_a_change() -> None:
    single, more = read("单位为344个，相较于2017年，新增141个党政部门。")
    assert (single.qualifier, single.qualifier_value, single.direction) == ("较2017年", "新增141个(较2017年)", "up")
    assert (more.value, more.qualifier) == ("141", "")


def test_parts_name_the_whole_that_shares_their_unit() -> None:
    found = read("受理案件47起，涉及489人，其中重大案件13起，涉及303人，满意率98%。")
    assert [figure.part_of for figure in found] == ["", "", "受理案件=47", "受理案件涉及人数=489", ""]


def test_what_follows_parts_that_make_up_the_whole_is_no_part() -> None:
    found = read("收到申请30件，其中受理20件，不予受理10件；审结5件。")
    assert [bool(figure.part_of) for figure in found] == [False, True, True, False]


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        ("全年共新收行政复议案件226件。", ["新收行政复议案件"]),
        ("成功调解知识产权纠纷1282件、消费纠纷6.7万件。", ["成功调解知识产权纠纷", "成功调解消费纠纷"]),
        (
            "梳理“即办件”307项、“全程网办”事项303项，分别占比93.3%92.1%。",
            ["即办件", "全程网办事项", "即办件占比", "全程网办事项占比"],
        ),
        ("甲类案件、乙类案件分别为12件、13件。", ["甲类案件", "乙类案件"]),
        ("收到复议申请12件，受理8件。", ["收到复议申请", "受理复议申请"]),
        ("提供法律咨询、公证办理等各类公共法律服务86人次。", ["提供公共法律服务"]),
        ("招募200余名律师，设立3项重大项目。", ["招募律师", "重大项目"]),
    ],
)
def test_an_indicator_says_what_is_counted_in_the_words_of_the_text(sentence: str, phrases: list[str]) -> None:
    assert [figure.indicator for figure in read(sentence)] == phrases


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("全年受理3件。", "全年"),
        ("截至2020年底，受理3件。", "截至2020年底"),
        ("2018年，受理3件。", "2018年"),
        ("依据《2016年工作要点》受理3件。", ""),
        ("自2017年同期比较，上半年受理3件。", "上半年"),
    ],
)
def test_the_period_is_the_nearest_time_named_before(sentence: str, period: str) -> None:
    assert one(sentence).period == period


def test_the_rows_of_a_table_are_named_by_row_and_column() -> None:
    found = read("统计表（单位：件）", "类别 | 2019年 | 2020年", "民事 | 1,202 | —", "联系电话 | 62345678", "合计 | 3 | 4")
    assert [(figure.indicator, str(figure.value_norm), figure.unit, figure.period) for figure in found] == [
        ("民事2019年", "1202", "件", "2019年"),
        ("合计2019年", "3", "件", "2019年"),
        ("合计2020年", "4", "件", "2020年"),
    ]
