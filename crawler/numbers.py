"""The grammar of numbers in Chinese official texts: number, unit, approximation. Says nothing of what they count.

Shared by the figures (interpret) and the diff (compare), so that what is one figure is one piece of a diff.
"""

from __future__ import annotations

import re

# Units of the gold figures and of sibling reports (shared facts, reports.md §3.1), and the measure words next to them.
_COUNTERS = (
    "个百分点 个工作日 个小时 个月 个 百分点 人次 人日 件次 场次 批次 户次 家次 项次 例次 台次 车次 班次 元 美元 港元 欧元 "
    "件 项 人 家 次 名 位 份 条 起 场 批 期 部 届 轮 级 类 种 处 所 户 间 栋 座 台 辆 套 本 册 张 枚 块 支 只 头 株 倍 成 股 "
    "宗 例 卷 封 通 篇 幅 句 页 章 节 款 课时 学时 课 组 支队 团 周岁 岁 周年 年度 年 月份 月 日 天 周"
)
# After a Chinese numeral these are words more often than units: 十分, 一点, 三度.
_MEASURES = (
    "% ％ ‰ ℃ 工作日 小时 分钟 时 分 秒 号 点 度 版 字 角 平方公里 平方千米 平方米 立方米 公里 千米 公顷 "
    "公斤 千克 吨 克 米 里 亩 ㎡"
)
# Words that begin like a unit: 8部门 is 8 + 部门.
_NO_UNITS = (
    "人民 人员 人大 人才 人口 部门 部分 部署 项目 条例 成立 成功 成果 成员 成为 组织 组成 家庭 本市 本区 本局 起诉 起草 "
    "分局 分别 分类 分级 分管 所有 所属 处理 处罚 通过 通报 通知 期间 期限 章程 节目 时间 时期 名单 团队 级别 类别 日常 号码"
)


def any_of(words: str) -> str:
    """A pattern for any of some words, parted by spaces; the longest wins."""
    longest_first = sorted(words.split(), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


_NOT_A_WORD = f"(?!{any_of(_NO_UNITS)})"
_ROUGH = "(?:将近|大约|超过|不足|(?<![最附临靠接])近|(?<![预公合条节契])约|逾|超)?"
# A comma in full width joins digits only where it parts thousands; 12348，110 are two numbers.
_DIGITS = r"\d+(?:(?:[.,．]|(?<!\d{4})，(?=\d{3}(?!\d)))\d+)*"
_SIGN = r"(?:(?<![0-9A-Za-z０-９年月日号）)%％])[-−－+＋])?"
_ARABIC = (
    rf"(?:第|百分之|千分之|{_ROUGH}){_SIGN}{_DIGITS}余?(?:多(?!元化|样))?[百千万亿]*(?:余|多(?!元化|样))?"
    rf"(?:{_NOT_A_WORD}{any_of(f'{_COUNTERS} {_MEASURES}')})?"
)
_NUMERAL = "[零〇一二三四五六七八九十百千万亿两]"
# A bare 一 is no count: 一起, 一次性, 进一步, 统一三项.
_COUNT = rf"(?:[二三四五六七八九十百千两]{_NUMERAL}*|一[十百千万亿〇零]{_NUMERAL}*|一九{_NUMERAL}{{2}}(?=年))"
_CHINESE = (
    rf"百分之{_NUMERAL}+(?:点{_NUMERAL}+)?|{_NUMERAL}+分之{_NUMERAL}+"
    rf"|第{_NUMERAL}+(?:{_NOT_A_WORD}{any_of(_COUNTERS)})?|{_ROUGH}{_COUNT}[余多]?{_NOT_A_WORD}{any_of(_COUNTERS)}"
)
NUMBER = re.compile(f"{_ARABIC}|{_CHINESE}")
_DATE = re.compile(rf"(?:\d+|{_NUMERAL}+)(?:年度?|月份?|[日号])|(?:19|20)\d\d")


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of a text, each with its qualifiers and unit as printed."""
    return tuple(NUMBER.findall(text))


def is_date(number: str) -> bool:
    """Whether a number is a year, a month or a day rather than a quantity (2018年, 2月, 18日, 2020)."""
    return _DATE.fullmatch(number) is not None
