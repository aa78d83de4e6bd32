"""Tells what sort of report a document is, of which year, by whom, under which number. Reads no figures and no outline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.interpret.issuers import issuer_of, number_of
from crawler.interpret.numerals import folded
from crawler.interpret.years import year_before, year_in_lead, year_in_title, year_told_as_past
from crawler.knowledge import ReportKind

ANNUAL = frozenset(
    {ReportKind.RULE_OF_LAW, ReportKind.DISCLOSURE, ReportKind.WORK_SUMMARY, ReportKind.DUTY, ReportKind.STATISTICS}
)
"""Kinds that tell of a year after it: published in the first half of a year, they are of the year before."""
_LEAD_PARAGRAPHS = 4
_LEAD_CHARS = 1_500


@dataclass(frozen=True)
class Recognised:
    """What a document is."""

    kind: ReportKind
    year: int | None  # that it reports on, of a plan: that it plans; None where nothing tells it
    issuer: str  # ""
    number: str  # 文号; ""


# What only speaks of reports: calls for them, explains them, tells news of them.
_ABOUT_REPORTS = re.compile(
    r"解读|一图读懂|图解|答记者问|新闻发布会|征求意见|意见征集|征集|问卷|范文|模板|格式|填报说明|编制说明|审议意见|评议意见"
    r"|(?:召开|举办|举行|组织|开展|部署|参加|启动|听取|审议|通过|赴|莅)[^,。《》]{0,24}(?:会|会议|培训|培训班|活动|调研|座谈|督查|督察|检查|报告)$"
    r"|专栏|专题$|名单|拟[^,。]{1,40}公示|批复|回复|答复|任免|招聘|招录|采购|中标"
)
_NOTICE = re.compile(
    r"(?:通知|通报|通告|公告|函|意见|办法|规定|方案|规划|纲要|制度|指南|目录|清单|标准|规则|细则|条例)[)》」”\"]*$"
)
_HANDS_OUT = re.compile(r"印发|公布|发布|公开|报送|转发|下发|呈报|上报")
_CALLS_FOR = re.compile(r"做好|报送|编制|开展|上报|填报|撰写|提交|征集|调整|规范|加强|组织")
_RULES = (
    (
        ReportKind.RULE_OF_LAW,
        re.compile(
            r"法治(?:政府)?建设(?:年度|工作|情况|的|总结|推进|进展){0,5}(?:报告|总结|情况)(?:暨|及|和|与|、|并)(?=.{0,40}(?:第一责任人|述法))"
        ),
    ),
    (ReportKind.DUTY, re.compile(r"述法|第一责任人(?:职责)?|述职述廉|述责述廉")),
    (
        ReportKind.DISCLOSURE,
        re.compile(
            r"(?:政府|政务|局|厅|处|委|院|办|主动|依申请|年|年度|^)信息公开(?:工作|情况|的|年度|实施|[年度]){0,6}(?:报告|年报)|信息公开(?:年报|年度报告)|政务公开(?:工作)?(?:年报|年度报告)"
        ),
    ),
    (ReportKind.BUDGET, re.compile(r"决算|预算|[“\"]?三公[”\"]?经费|财政(?:资金|支出)|绩效(?:自评|评价|目标)")),
    (
        ReportKind.WORK_PLAN,
        re.compile(
            r"(?:法治|依法|普法|立法|信息公开|政务公开|行政|执法|司法|调解|重点|年|年度|度|[局厅委办处])[^,。《》]{0,16}?(?:要点|计划|工作安排|工作思路|工作打算|任务分工|重点任务|任务清单|责任分工)"
        ),
    ),
    (
        ReportKind.STATISTICS,
        re.compile(
            r"统计|数据(?:公开|公示|公告|报告|年报|汇总|情况|$)|行政执法(?:总体)?情况(?:和数据|及数据)|业务数据|基本数据"
        ),
    ),
    (
        ReportKind.RULE_OF_LAW,
        re.compile(
            r"(?:法治(?:政府|建设|机关|[\u4e00-\u9fff]{2,3}建设)|依法行政|依法治[国省市区县州旗](?!委))[^,。《》]{0,24}?(?:报告|总结|年报|情况(?=$|[)》」”:(和及暨与]|公开|公示|汇报|自查)|汇报)"
        ),
    ),
    (
        ReportKind.WORK_SUMMARY,
        re.compile(
            r"(?:工作|年度|年终|年|半年|季度|思想)[^,。《》]{0,12}?总结|总结(?=$|[)》和及暨与、])|(?:年度|年|半年|季度|工作)[^,。《》]{0,24}?工作(?:情况)?(?:的)?(?:报告|汇报|回顾)|工作(?:完成|开展|进展)?情况(?:的)?(?:报告|汇报|总结)|(?:年|年度)工作情况$|工作报告"
        ),
    ),
)
_NO_REPORT_OF_WORK = re.compile(
    r"(?:调研|审计|可行性研究|评估|检测|检验|检查|研究|鉴定|考察|验收|核查|学习|政府网站[^,。]{0,10}|竣工|满意度|舆情)(?:工作)?(?:年度)?报告"
)
_SOME_REPORT = re.compile(r"报告|年报|总结|汇报")
_TEXT_RULES = (
    (
        ReportKind.DISCLOSURE,
        re.compile(r"政府信息公开条例》?[^。]{0,120}(?:年度报告|年报|编制|公布)|政府信息公开(?:工作)?(?:情况)?年度报告"),
    ),
    (ReportKind.DUTY, re.compile(r"(?:履行|推进)[^,。]{0,12}法治建设第一责任人职责[^。]{0,20}(?:报告|汇报|述)[^。]{0,6}如下")),
    (
        ReportKind.RULE_OF_LAW,
        re.compile(r"现[将就][^。]{0,60}(?:法治政府建设|依法行政)[^。]{0,30}如下|法治政府建设(?:工作)?(?:年度)?(?:情况)?报告"),
    ),
    (ReportKind.WORK_SUMMARY, re.compile(r"现[将就][^。]{0,60}工作[^。]{0,20}(?:总结|报告|汇报)如下")),
)


def recognise(title: str, body: Sequence[str], *, published: date | None, source: str, number: str) -> Recognised:
    """What a document is, by its title, and by its first lines where the title does not tell.

    Args:
        title: as it was read.
        body: its paragraphs.
        published: its day of publication, where it is known.
        source: the body named as its source; "" where none is.
        number: its 文号 as its page says it; "" where it does not.

    Returns:
        Kind OTHER for everything that is no report of one of the kinds, notices and news about reports among them. The year
        is that of the title, else of the first lines, else of an annual kind the one before its publication; None where a
        document has none of these, or is published after June.
    """
    plain = _plain(title)
    lead = "\n".join(folded(paragraph.strip())[:_LEAD_CHARS] for paragraph in body[:_LEAD_PARAGRAPHS])[:_LEAD_CHARS]
    kind, end = _kind(plain, lead)
    folded_body = [folded(paragraph) for paragraph in (*body[:_LEAD_PARAGRAPHS], *body[_LEAD_PARAGRAPHS:][-_LEAD_PARAGRAPHS:])]
    return Recognised(
        kind=kind,
        year=_year(plain, lead, kind, end, published),
        issuer=issuer_of(plain, folded_body, folded(source)),
        number=number or number_of(folded(title), folded_body),
    )


def _plain(title: str) -> str:
    return re.sub(r"[\s\u200b]+", "", folded(title[:400]))


def _kind(title: str, lead: str) -> tuple[ReportKind, int | None]:
    """The kind, and where the words end that tell it in the title."""
    told = _without_wrapping(title)
    if told is None:
        return ReportKind.OTHER, None
    found = [
        (match.start(), order, kind, match.end()) for order, (kind, rule) in enumerate(_RULES) if (match := rule.search(told))
    ]
    if found:
        return _chosen(told, found)
    if _SOME_REPORT.search(told) and not _NO_REPORT_OF_WORK.search(told):
        return next((kind for kind, rule in _TEXT_RULES if rule.search(lead)), ReportKind.OTHER), None
    return ReportKind.OTHER, None


def _chosen(title: str, found: list[tuple[int, int, ReportKind, int]]) -> tuple[ReportKind, int]:
    """Of several kinds named, the narrower (earlier in the rules); of a summary and a plan, the one named first."""
    kinds = {kind: (start, end) for start, _, kind, end in reversed(found)}
    _, _, kind, end = min(found, key=lambda one: one[1])
    if kind is ReportKind.WORK_PLAN:
        told = [other for other in (ReportKind.RULE_OF_LAW, ReportKind.WORK_SUMMARY) if other in kinds]
        earlier = [other for other in told if kinds[other][1] < end]
        if earlier:
            kind, end = earlier[0], kinds[earlier[0]][1]
    if kind is ReportKind.WORK_SUMMARY and _NO_REPORT_OF_WORK.search(title) and "总结" not in title:
        return ReportKind.OTHER, end
    return kind, end


def _without_wrapping(title: str) -> str | None:
    """The title of the document itself; None where the title is of something that only speaks of reports."""
    if _ABOUT_REPORTS.search(title):
        return None
    notice = _NOTICE.search(title)
    if notice is None:
        return title
    inner = re.search(r"《([^《》]{4,120})》", title)
    hands_out = _HANDS_OUT.search(title)
    if notice[0].startswith(("通知", "函", "通报", "公告")) and hands_out and (inner or not _CALLS_FOR.search(title)):
        return title[: notice.start()]
    if notice[0].startswith(("函", "公告")) and not _CALLS_FOR.search(title.replace("报送", "")):
        return title[: notice.start()]
    return None


def _year(title: str, lead: str, kind: ReportKind, end: int | None, published: date | None) -> int | None:
    year = year_in_title(title, end)
    if year is None and kind is not ReportKind.OTHER:
        year = year_in_lead(lead)
        if year is None and published is not None:
            year = published.year if kind is ReportKind.WORK_PLAN and published.month <= 6 else None
            year = year_before(published) if kind in ANNUAL else year
    elif year is not None and published is not None and kind in ANNUAL and year == published.year and year_before(published):
        # A year that has just begun is not reported on: the title dates the report, its text says the year.
        year = year - 1 if year_told_as_past(lead) == year - 1 else year
    return year
