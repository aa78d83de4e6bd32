"""What a report is, is told from its title, and from its first lines where the title does not say."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.interpret.kinds import recognise
from crawler.knowledge import ReportKind

LAW, OPEN, SUMMARY, PLAN = ReportKind.RULE_OF_LAW, ReportKind.DISCLOSURE, ReportKind.WORK_SUMMARY, ReportKind.WORK_PLAN
DUTY, STATS, BUDGET, OTHER = ReportKind.DUTY, ReportKind.STATISTICS, ReportKind.BUDGET, ReportKind.OTHER

TITLES = [
    ("上海市司法局2018年法治政府建设情况报告", LAW, 2018, "上海市司法局"),
    ("关于2023年度法治政府建设情况的报告", LAW, 2023, ""),
    ("XX县司法局二〇二二年度法治政府建设工作总结", LAW, 2022, "XX县司法局"),
    ("安宁县司法局二○二二年度法治政府建设工作总结", LAW, 2022, "安宁县司法局"),
    ("临江区2024年法治政府建设年度报告", LAW, 2024, ""),
    ("临江市司法局关于2021年度推进法治政府建设工作情况的报告", LAW, 2021, "临江市司法局"),
    ("司法部2023年法治政府建设年度报告", LAW, 2023, "司法部"),
    ("江苏省司法厅2024年度法治政府建设工作情况报告", LAW, 2024, "江苏省司法厅"),
    ("临江市人民政府2023年法治政府建设情况报告", LAW, 2023, "临江市人民政府"),
    ("关于报送《2022年法治政府建设情况报告》的报告", LAW, 2022, ""),
    ("2021年度临江县依法行政工作报告", LAW, 2021, ""),
    ("二〇二三年法治政府建设工作报告", LAW, 2023, ""),
    ("临江市生态环境局2023年法治政府建设工作情况", LAW, 2023, "临江市生态环境局"),
    ("临江市发展和改革委员会关于2023年度法治政府建设情况的报告", LAW, 2023, "临江市发展和改革委员会"),
    ("2023年度法治政府建设情况报告（临江市水利局）", LAW, 2023, "临江市水利局"),
    ("关于2023年法治政府建设工作情况和2024年工作计划的报告", LAW, 2023, ""),
    ("临江省法治政府建设2023年度报告", LAW, 2023, ""),
    ("临江镇人民政府2023年度法治政府建设工作总结", LAW, 2023, "临江镇人民政府"),
    ("上海市司法局2018年法治政府建设情况报告 (2019-04-12)", LAW, 2018, "上海市司法局"),
    ("2023法治政府建设年度报告", LAW, 2023, ""),
    ("全面依法治区工作2022年度总结", LAW, 2022, ""),
    ("2023年法治政府建设年度报告暨党政主要负责人履行推进法治建设第一责任人职责情况的报告", LAW, 2023, ""),
    ("关于印发《临江区2020年法治政府建设工作总结》的通知", LAW, 2020, ""),
    ("关于2023年法治政府建设年度报告的公示", LAW, 2023, ""),
    ("司法局2021年政府信息公开工作年度报告", OPEN, 2021, "司法局"),
    ("临江市人民政府办公厅2023年政府信息公开工作年度报告", OPEN, 2023, "临江市人民政府办公厅"),
    ("2023年度政府信息公开年报", OPEN, 2023, ""),
    ("临江区司法局2019年政府信息公开年度报告（2020-01-20）", OPEN, 2019, "临江区司法局"),
    ("关于临江区司法局2022年度政府信息公开工作情况的报告", OPEN, 2022, "临江区司法局"),
    ("关于公布2022年度政府信息公开年度报告的公告", OPEN, 2022, ""),
    ("临江县司法局2020年度信息公开年报", OPEN, 2020, "临江县司法局"),
    ("2020年闵行区司法局行政工作总结", SUMMARY, 2020, "闵行区司法局"),
    ("2022年工作总结和2023年工作计划", SUMMARY, 2022, ""),
    ("关于印发《2022年静安区司法局工作总结》和《2023年静安区司法局工作要点》的通知", SUMMARY, 2022, "静安区司法局"),
    ("临江县司法局2021年上半年工作总结及下半年工作计划", SUMMARY, 2021, "临江县司法局"),
    ("临江区司法局2023年度工作总结暨2024年工作思路", SUMMARY, 2023, "临江区司法局"),
    ("中共临江区委全面依法治区委员会办公室2023年工作总结", SUMMARY, 2023, "中共临江区委全面依法治区委员会办公室"),
    ("2023年临江区社区矫正工作总结", SUMMARY, 2023, ""),
    ("临江区司法局关于2023年人民调解工作情况的报告", SUMMARY, 2023, "临江区司法局"),
    ("临江区司法局2019年工作报告", SUMMARY, 2019, "临江区司法局"),
    ("临江区司法局2025年工作要点", PLAN, 2025, "临江区司法局"),
    ("关于印发2024年法治政府建设工作要点的通知", PLAN, 2024, ""),
    ("临江区2024年普法依法治理工作要点", PLAN, 2024, ""),
    ("2023年政务公开工作要点", PLAN, 2023, ""),
    ("临江市司法局2022年度工作计划", PLAN, 2022, "临江市司法局"),
    ("临江市2021年度法治政府建设重点任务分工", PLAN, 2021, ""),
    ("临江区司法局2023年度述法报告", DUTY, 2023, "临江区司法局"),
    ("临江区司法局党组书记、局长2023年度履行推进法治建设第一责任人职责情况报告", DUTY, 2023, "临江区司法局"),
    ("关于2022年度履行法治政府建设第一责任人职责情况的报告", DUTY, 2022, ""),
    ("2023年度临江市行政复议案件统计分析", STATS, 2023, ""),
    ("临江区司法局2023年行政执法统计年报", STATS, 2023, "临江区司法局"),
    ("临江区司法局2023年度行政执法数据公示", STATS, 2023, "临江区司法局"),
    ("2023年度部门决算", BUDGET, 2023, ""),
    ("临江区司法局2024年部门预算", BUDGET, 2024, "临江区司法局"),
    ("临江区司法局2023年度“三公”经费决算", BUDGET, 2023, "临江区司法局"),
    ("2024年公开2023年度部门决算", BUDGET, 2023, ""),
    ("关于做好2023年度法治政府建设年度报告编制工作的通知", OTHER, 2023, ""),
    ("关于报送2023年工作总结的通知", OTHER, 2023, ""),
    ("关于开展2023年度述法工作的通知", OTHER, 2023, ""),
    ("《2023年法治政府建设年度报告》的解读", OTHER, 2023, ""),
    ("一图读懂2023年政府信息公开年报", OTHER, 2023, ""),
    ("临江区召开2023年度述法工作会议", OTHER, 2023, ""),
    ("关于征求《2023年法治政府建设年度报告（征求意见稿）》意见的公告", OTHER, 2023, ""),
    ("法治政府建设实施纲要（2021-2025年）", OTHER, None, ""),
    ("政府信息公开指南", OTHER, None, ""),
    ("2023年政府网站工作年度报告", OTHER, 2023, ""),
    ("临江区法治政府建设示范创建实施方案", OTHER, None, ""),
    ("2023年公共法律服务调研报告", OTHER, 2023, ""),
    ("临江区司法局拟录用公务员公示", OTHER, None, ""),
]


@pytest.mark.parametrize(("title", "kind", "year", "issuer"), TITLES, ids=[row[0] for row in TITLES])
def test_a_title_tells_kind_year_and_issuer(title: str, kind: ReportKind, year: int | None, issuer: str) -> None:
    found = recognise(title, (), published=None, source="", number="")
    assert (found.kind, found.year) == (kind, year)
    if kind is not OTHER:
        assert found.issuer == issuer


@pytest.mark.parametrize(
    ("title", "lead", "kind", "year"),
    [
        (
            "年度报告",
            "根据《中华人民共和国政府信息公开条例》的规定，编制本年度报告。现将2022年政府信息公开工作情况公布如下：",
            OPEN,
            2022,
        ),
        ("工作情况报告", "2021年，区司法局扎实推进各项工作，现将有关情况报告如下：", SUMMARY, 2021),
        ("临江区司法局年度报告", "现将2020年度法治政府建设情况报告如下：", LAW, 2020),
        ("法治政府建设年度报告", "二〇二三年，我局全面推进依法行政。", LAW, 2023),
        ("法治政府建设情况报告", "根据要求，现将我局2019年法治政府建设工作情况报告如下。", LAW, 2019),
    ],
)
def test_the_first_lines_tell_what_the_title_does_not(title: str, lead: str, kind: ReportKind, year: int) -> None:
    found = recognise(title, (lead,), published=date(2024, 3, 1), source="", number="")
    assert (found.kind, found.year) == (kind, year)


@pytest.mark.parametrize(
    ("title", "published", "year"),
    [
        ("法治政府建设年度报告", date(2024, 3, 20), 2023),
        ("政府信息公开工作年度报告", date(2022, 1, 31), 2021),
        ("法治政府建设年度报告", date(2024, 9, 1), None),
        ("法治政府建设年度报告", None, None),
        ("司法局工作要点", date(2024, 2, 1), 2024),
        ("关于法治政府建设的解读", date(2024, 3, 20), None),
    ],
)
def test_without_a_year_in_the_text_the_day_of_publication_tells_it_in_the_first_half_only(
    title: str, published: date | None, year: int | None
) -> None:
    assert recognise(title, ("我局扎实推进工作。",), published=published, source="", number="").year == year


def test_a_title_that_is_dated_by_its_year_of_publication_is_corrected_by_its_text() -> None:
    lead = ("现将2023年法治政府建设情况报告如下：",)
    assert recognise("2024年法治政府建设情况报告", lead, published=date(2024, 3, 1), source="", number="").year == 2023
    assert recognise("2024年法治政府建设情况报告", (), published=date(2024, 3, 1), source="", number="").year == 2024
    assert recognise("2024年法治政府建设情况报告", lead, published=date(2025, 3, 1), source="", number="").year == 2024


@pytest.mark.parametrize(
    ("title", "body", "source", "issuer"),
    [
        ("2023年法治政府建设年度报告", ("2023年，临江区司法局坚持以习近平法治思想为指导。",), "", "临江区司法局"),
        ("2023年法治政府建设年度报告", ("在临江市司法局的指导下，稳步推进。",), "临江区司法局", "临江区司法局"),
        ("2023年法治政府建设年度报告", ("稳步推进。", "临江县司法局", "2024年1月5日"), "", "临江县司法局"),
        ("司法局2021年政府信息公开工作年度报告", (), "临江区司法局", "临江区司法局"),
        ("闵行区司法局2020年工作总结", (), "上海市闵行区司法局", "闵行区司法局"),
        ("2023年工作总结", ("我局稳步推进。",), "来源：临江区司法局", "临江区司法局"),
        ("2023年工作总结", (), "", ""),
    ],
)
def test_the_issuer_is_that_of_the_title_else_of_the_lead_the_signature_the_source(
    title: str, body: tuple[str, ...], source: str, issuer: str
) -> None:
    assert recognise(title, body, published=None, source=source, number="").issuer == issuer


@pytest.mark.parametrize(
    ("title", "body", "given", "number"),
    [
        ("临司发〔2023〕12号关于2022年度法治政府建设情况的报告", (), "", "临司发〔2023〕12号"),
        ("关于2022年度法治政府建设情况的报告", ("临司〔2023〕5号", "区政府："), "", "临司〔2023〕5号"),
        ("关于2022年度法治政府建设情况的报告", ("临司[2023]5号",), "", "临司〔2023〕5号"),
        ("关于2022年度法治政府建设情况的报告", ("根据国办发〔2021〕30号文件的要求，现报告如下。",), "", ""),
        ("关于2022年度法治政府建设情况的报告", (), "沪司〔2023〕1号", "沪司〔2023〕1号"),
    ],
)
def test_the_documents_own_number_is_told_from_numbers_it_mentions(
    title: str, body: tuple[str, ...], given: str, number: str
) -> None:
    found = recognise(title, body, published=None, source="", number=given)
    assert found.number == number
    assert found.year == 2022


def test_hostile_titles_take_no_time_and_break_nothing() -> None:
    for title in ("", "年" * 100_000, "法治政府建设" * 20_000, "《" * 50_000, "2023" * 50_000, "政府" * 50_000 + "报告"):
        recognise(title, (title,), published=None, source=title[:500], number="")
