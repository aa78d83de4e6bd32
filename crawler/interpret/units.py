"""What official reports count in: the units as patterns, and without their 万 and 亿. Finds no number."""

from __future__ import annotations

import re

from crawler.numbers import any_of

PERCENT = frozenset({"%", "‰", "个百分点", "百分点"})
DURATIONS = frozenset(["个工作日", "工作日", "个小时", "小时", "个月", "日", "天", "分钟", "年", "周", "岁"])
"""Counted only where a text says how long something takes; elsewhere they are dates, terms and slogans."""

_COUNTED = (
    "轮次 人次 人日 件次 场次 批次 户次 家次 项次 例次 台次 车次 班次 篇次 条次 课次 个次 个 元 美元 港元 欧元 件 项 "
    "人 家 次 名 位 份 条 起 场 批 期 部 类 种 处 所 户 间 栋 台 辆 套 本 册 张 枚 块 支 只 株 倍 成 宗 例 卷 封 "
    "通 篇 幅 句 页 课时 学时 课 轮 组 支队 公里 千米 平方米 立方米 平方公里 平方千米 公顷 亩 公斤 吨 遍 "
    "座 幢 把 副 艘 首 则 集 棵 米 节 面 ㎡ 平米 立方 盏 箱 盒 瓶 袋 桶 席"
)
# 个案 is no unit and a noun, 12人民 no 12人: words that begin with a unit's character.
_WORDS = (
    "个案 个人 个体 个性 个别 个税 件均 项目 项下 人民 人员 人大会 人大代 人大常 人大及 人大、 人大议 人大监 人大审 "
    "人才 人口 人工 人身 人均 人社 人文 人格 人像 "
    "人脸 人事 人权 人代 人防 人武 "
    "把关 把握 把控 副本 副职 副局 副主 副书 首次 首问 首批 首违 则由 集中 集体 集团 集成 集聚 集镇 "
    "家庭 家属 家长 家园 家事 家门 家访 家教 家风 家政 次数 次日 次序 次要 名单 "
    "名称 名录 名优 名师 名义 名列 位居 位列 位于 份额 条例 条件 条线 条款 起诉 起草 起来 起到 起点 场所 场景 "
    "场地 场馆 批准 批复 批示 期间 期限 期满 期末 部门 部分 部署 部级 部委 部长 部队 类别 类型 类似 类案 种类 "
    "种子 处理 处罚 处置 处室 处级 处长 处分 处于 处遇 所有 所属 所在 所长 所需 户籍 户外 面向 面对 面临 面积 "
    "面上 间接 台账 台帐 "
    "台办 套路 本市 本区 本局 本县 本省 本年 本级 本地 本轮 本部 本次 张榜 支持 支部 支付 支撑 支出 支援 只有 只是 "
    "倍增 成立 成功 成果 成员 成为 成效 成熟 成本 成年 成绩 例如 例会 例外 卷宗 通过 通报 通知 通办 通用 通信 "
    "幅度 页面 课堂 课题 课程 节约 节点 节目 节假 组织 组成 组建 组长 组团 对象 对接 对于 对口 对比 对外 对应 "
    "村居 村民 村级 村务 村委 村规 村官 字号 字样 元旦 元宵 元素 元化 元钱 句话"
)
# Behind Arabic digits 12起诉讼, 5类案件, 3家政务中心 are counts: few nouns stand there bare.
_BARE_NOUNS = (
    "部门 部委 部级 项目 人员 人民 家庭 家长 类型 类别 种类 支部 课题 课程 场所 台账 台帐 村居 名单 条款 条例 户籍 "
    "成员 节目 节假 面向 面对 面上 页面 个性 个体 元旦 元宵 元素 元化 句话"
)
# Here the character of a noun's end begins the word behind the unit: 项目|标 and not 项|目标, of 12项目标.
_PARTED = (
    "部门规章 部门户 项目标 项目的 项目录 人民调 人民警 家长期 种类型 种类似 支部队 场所谓 名单位 条例外 条款式 个体系 个体育 "
    "个案例 个案件 个人民 个人大 个人才 类案件 起诉讼 起起诉 件均已 件均为 件均在 件均按 条线索 次要求 次日常 次数据 "
    "名优秀 名优质 名录用 名师生 名师资 名列席 名称职 名义务 家政务 家政府 家教育 家事业 家属于 家园区 人均已 人均为 "
    "人均在 人均取 人均获 人代表 人身亡 批复议 批复核 处置换 处置业 本地方 场地方 例会诊 期限时 期间隔 份额外 次序时 "
    "级别评 个税务 本级联 本地下 户外来"
)

_OTHERS = (
    r"%|‰|个百分点|百分点|个工作日|工作日|个小时|个月|小时|分钟|天|(?<!周)岁|"
    r"分(?![钟别局管类之级数析工组析流配段支歧校公开]|之)|日(?!常|前|报|益|趋|志|均)"
)
UNIT = rf"(?:{_OTHERS}|(?!(?!{any_of(_PARTED)}){any_of(_WORDS)}){any_of(_COUNTED)})"
"""A unit behind a number, by its longest spelling, and no word that merely begins like one."""
UNIT_OF_DIGITS = rf"(?:{_OTHERS}|(?!(?!{any_of(_PARTED)}){any_of(_BARE_NOUNS)}){any_of(_COUNTED)})"
"""The same behind Arabic digits."""
LIKE_A_WORD = re.compile(rf"(?!{any_of(_PARTED)}){any_of(_WORDS)}")
"""A word that begins like a unit: behind the name of a hotline or a year without 年 it is the word."""


def norm(unit: str) -> str:
    """The unit without its multiplier: 万件 → 件, 亿元 → 元, 千 of 千件 → 件."""
    plain = unit.lstrip("百千万亿")
    return "个百分点" if plain == "百分点" else plain
