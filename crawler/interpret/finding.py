"""Finds the numbers of a paragraph that count something, and leaves out dates, ordinals, names. Says not what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from crawler.interpret import numerals, units
from crawler.interpret.quoted import quoted_spans


@dataclass(frozen=True)
class Found:
    """A number with its unit, by place in the paragraph."""

    start: int  # of the value
    value_end: int
    end: int  # exclusive, with unit
    value_norm: Decimal
    unit: str
    unit_norm: str
    approx: str
    is_rank: bool = False


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?: \d{3})+(?! ?\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_SIGN = r"(?:(?<![0-9A-Za-z年月日号)%\]])-)?"
_ARABIC = re.compile(
    rf"(?=[\d-])(?<![\dA-Za-z.+×*@#_/\\=&])(?<!\d-)(?<![A-Za-z]-)(?P<value>{_SIGN}(?P<low>{_NUMBER})(?: ?(?:-|—|~|至|"
    rf"到) ?(?P<high>{_NUMBER})(?=[百千万亿]|{units.UNIT_OF_DIGITS}))?)"
    rf"(?![\dA-Za-z]) {{0,2}}(?P<rough>[余多](?!元化|样|发|"
    rf"方))? ?(?P<unit>(?P<scale>[百千万亿]{{0,2}})(?P<late>[余多](?!元化|样|发|"
    rf"方))? {{0,2}}(?P<name>{units.UNIT_OF_DIGITS})?)"
)
_NUMERAL = "[一二三四五六七八九十百千万亿两零〇]"
_CHINESE = re.compile(
    rf"(?P<percent>百分之(?P<points>{_NUMERAL}{{1,6}}(?:点{_NUMERAL}{{1,4}})?))"
    rf"|(?P<of>{_NUMERAL}{{1,4}})分之(?P<parts>{_NUMERAL}{{1,4}})"
    rf"|(?<!{_NUMERAL})(?P<value>{_NUMERAL}{{1,10}})(?P<rough>[余多])? ?(?P<unit>{units.UNIT})"
)
_RANK = re.compile(
    r"(?:全[国省市区县州盟旗]|位[列居]|名列|"
    r"[列居]|排名|排在|获得?)[^,。;:!?\n]{0,8}?(?P<value>第(?:[一二三四五六七八九十]{1,3}|\d{1,3}))(?P<unit>位|"
    r"名)?(?=[,。;、)!\n ”]|的(?:好)?成绩|$)"
)
_ROUGH = re.compile(
    r"(?:不少于|不低于|不超过|超过|将近|接近|大约|至少|不足|突破|(?<![最附临靠接])近|"
    r"(?<![预公合条节契签违履邀制])约|(?<![高])逾|(?<!赶)超)(?:了)? ?$"
)
_NOUGHT = re.compile(r"(?:率|数|量|件|诉|故|案|次|人)(?:均|都|保持|始终|连续)?(?:为|是) ?(?P<value>0|零)(?=[,。;!)\n]|$)")
_ABOUT = re.compile(r"左右|上下(?!级|游|联|班|楼)")
_LIMIT = re.compile(r" ?(?:及其?)?(?:以上|以下|以内|之内|以外)")
_HEAD_ORDINAL = re.compile(r"\s*[(\[]?(?:\d{1,2}(?:\.\d{1,2}){0,3}\s?[.、)](?!\d)|\d{1,2}\) ?)")
_EVERY = re.compile(
    r"每(?:\d{1,2}个?(?:周|天|月|年)|半?年|个?月|季度?|周|日|天|旬|[两三]年|个?季度|学期)(?:度)?[^,。;0-9]{0,14}$"
)
_EACH = re.compile(r"每[件人次个名户场例份家项][补奖][^,。;]{0,4}$|每[件人次个名户场例份家项]$")
_TAKES = re.compile(
    r"(?:缩短|压缩|压减|减少|缩减|减至|提前|提速|节约|节省|平均|用时|耗时|时长|时限|期限|周期|时间|不超过|"
    r"累计|共计|学时|天数|达)[^,。;:]{0,14}$"
)
_MADE = re.compile(
    r"(?:共|共计|达|有|设立|设置|成立|组建|新建|建成|建有|新增|增设|召开|举办|开展|组织|制定|出台|开设|评选|"
    r"获得|荣获|完成|配备|聘请|派驻|选派|印发|修订|等|及|下设)了? ?$"
)
_SCORED = re.compile(
    r"(?:得分|分数|满意度|评分|总分|成绩|测评|平均分|均分)(?:[^,。;:]{0,8}|"
    r"[^。;:]{0,24}(?:提高|提升|上升|增加|下降|降低)了?)$"
)
_ENDS_NAME = re.compile(r"(?:业务|第|庭|科|处|组|室)$")
_NAMES = re.compile(r"、[^,。;:]{1,40}$")
_PROPER = re.compile(
    r"位一体|部[,。;门委法署]|名师|项(?:制度|规定|机制|纪律|原则|建设|清单|根本|基本)|条(?:主|底|红|战|路|禁|"
    r"铁)|次(?:能源|供水|创业|分配|元)|件套|个(?:中心|维护|意识|自信|确立|代表|全面|务必|一|坚持|牢固|绝不|"
    r"责任|不|环节)|部曲|人[行制]|家[之庭]|处[理室]"
)
_HOTLINE = re.compile(r"(?:12\d{3}|1[12]\d|9[56]\d{3,4})")
_LIKE_A_NAME = re.compile(r"12\d{3}|1[12]\d|(?:19|20)\d\d|\d\.\d")  # 12348通过, 2021本市, 2.0部署
_CALLED = re.compile(r"(?:热线|电话|拨打|号码)[“\"(: ]{0,2}$")
_AMONG_FIRST = re.compile(r"(?<![目此日以当])前 ?$")  # 前五位, 前10名: how many are named, not a count
_PART_OF_WORD = ("第", "每", "数", "几", "逐", "之", "进", "同", "统", "专", "单", "唯")
_COUNTED_IN_WORDS = frozenset(
    {"项", "件", "家", "名", "场", "份", "起", "部", "篇", "次", "人", "批", "期", "人次", "场次", "批次"}
    | {"位", "例", "宗", "成", "倍", "所", "处", "条", "套", "本", "册"}
)
_MOST_PLUS = 12


def found_numbers(paragraph: str) -> list[Found]:
    """The numbers of a paragraph that count or measure something, in order.

    Args:
        paragraph: folded to ASCII (`numerals.folded`).
    """
    quoted = quoted_spans(paragraph)
    head = _HEAD_ORDINAL.match(paragraph)
    first = head.end() if head else 0
    ranks = list(_ranks(paragraph))
    others = [*_arabic(paragraph, first), *_chinese(paragraph), *_noughts(paragraph)]
    free = [one for one in [*ranks, *others] if not any(start <= one.start < end for start, end in quoted)]
    return _apart(sorted(free, key=lambda one: (one.start, -one.end)))


def _apart(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _ranks(paragraph: str) -> Iterator[Found]:
    for match in _RANK.finditer(paragraph):
        printed = match["value"][1:]
        value = numerals.arabic(printed) if printed.isascii() else numerals.chinese(printed)
        if value is not None:
            start, value_end = match.span("value")
            yield Found(
                start,
                value_end,
                match.end("unit") if match["unit"] else value_end,
                value,
                match["unit"] or "位",
                "位",
                "",
                is_rank=True,
            )


def _arabic(paragraph: str, first: int) -> Iterator[Found]:
    for match in _ARABIC.finditer(paragraph, first):
        value = numerals.arabic(match["low"])
        name = match["name"] or ""
        if value is None or not (name or _is_round(match, paragraph)):
            continue
        before = paragraph[max(0, match.start("value") - 24) : match.start("value")]
        limit = _LIMIT.match(paragraph, match.end())
        if not _counts(match, before, paragraph, limit):
            continue
        rough = _ROUGH.search(before)
        late = match["rough"] or match["late"] or ""
        about = _ABOUT.match(paragraph, match.end())
        late = late or (about[0] if about else "")
        approx = late or (rough[0].strip().rstrip("了") if rough else "") or (limit[0].strip() if limit else "")
        if match["high"]:
            approx = approx or "至"
        sign = -1 if match["value"].startswith("-") else 1
        unit = match["scale"] + name
        yield Found(
            match.start("value"),
            match.end("value"),
            match.end(),
            numerals.tidy(sign * value * numerals.scale(match["scale"])),
            unit,
            units.norm(unit),
            approx,
        )


def _is_round(match: re.Match[str], paragraph: str) -> bool:
    """Whether 万 or 亿 stands without a unit, before a mark: 访问量突破120万."""
    return match["scale"] in {"万", "亿"} and not paragraph[match.end() : match.end() + 1].strip(",。;、!?)")


def _counts(match: re.Match[str], before: str, paragraph: str, limit: re.Match[str] | None) -> bool:
    """Whether a number with a unit is a count, and no ordinal, term, threshold, or part of a name."""
    name = match["name"]
    after = paragraph[match.end() : match.end() + _MOST_PLUS]
    if before.endswith(("第", "每")) or "+" in before[-6:].replace("万+", "") or "+" in re.split("[,。;、]", after)[0]:
        return False
    if not _fits(match, before, after) or _is_called(match, before, paragraph):
        return False
    if limit and name not in units.PERCENT and _goes_on(paragraph, limit.end()):
        return False
    return not (_EVERY.search(before) or _EACH.search(before))


def _fits(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a unit that is also used otherwise is one here: marks, terms, days of a month, the first five of a list."""
    name = match["name"]
    if name in {"位", "名"} and _AMONG_FIRST.search(before):
        return False
    if name == "日" and before.rstrip().endswith("月"):
        return False
    if name == "分" and not _SCORED.search(before):
        return False
    return name not in units.DURATIONS or bool(_TAKES.search(before) or after.startswith(("缩短", "压缩", "减少", "减至")))


def _is_called(match: re.Match[str], before: str, paragraph: str) -> bool:
    """Whether the number is the name of a hotline, a year or a version, before a word that begins like a unit."""
    if _LIKE_A_NAME.fullmatch(match["value"]) and match["name"] and units.LIKE_A_WORD.match(paragraph, match.start("name")):
        return True
    return bool(_HOTLINE.fullmatch(match["low"]) and _CALLED.search(before))


def _goes_on(paragraph: str, place: int) -> bool:
    return bool(paragraph[place : place + 1].strip(" ,。;、!?)”"))


def _noughts(paragraph: str) -> Iterator[Found]:
    """Noughts without a unit: 再犯罪率为0."""
    for match in _NOUGHT.finditer(paragraph):
        yield Found(match.start("value"), match.end("value"), match.end("value"), Decimal(0), "", "", "")


def _chinese(paragraph: str) -> Iterator[Found]:
    for match in _CHINESE.finditer(paragraph):
        before = paragraph[max(0, match.start() - 48) : match.start()]
        rough = _ROUGH.search(before)
        limit = _LIMIT.match(paragraph, match.end()) if not match["value"] else None
        approx = rough[0].strip() if rough else limit[0].strip() if limit else ""
        if match["percent"]:
            whole, _, decimals = match["points"].partition("点")
            value = numerals.chinese(whole)
            part = numerals.chinese(decimals) if decimals else Decimal(0)
            if value is not None and part is not None:
                yield Found(match.start(), match.end(), match.end(), value + part.scaleb(-len(decimals)), "%", "%", approx)
        elif match["of"]:
            over, under = numerals.chinese(match["parts"]), numerals.chinese(match["of"])
            if over is not None and under and over < under:
                yield Found(match.start(), match.end(), match.end(), (over / under).quantize(Decimal("0.0001")), "", "", approx)
        else:
            yield from _counted_in_words(match, before, approx, paragraph)


def _counted_in_words(match: re.Match[str], before: str, approx: str, paragraph: str) -> Iterator[Found]:
    value = numerals.chinese(match["value"])
    approx = match["rough"] or approx or ("上" if before.endswith("上") else "")
    if value is None or not _is_count_in_words(match, before, approx, paragraph):
        return
    limit = _LIMIT.match(paragraph, match.end())
    if limit and match["unit"] != "成" and _goes_on(paragraph, limit.end()):
        return
    approx = approx or (limit[0].strip() if limit else "")
    yield Found(match.start("value"), match.end("value"), match.end(), value, match["unit"], units.norm(match["unit"]), approx)


def _is_count_in_words(match: re.Match[str], before: str, approx: str, paragraph: str) -> bool:
    """Whether a numeral in words counts things: 两项, 近百家, of a list 五个方面; not 两个维护, 八项规定, 万家."""
    printed, unit = match["value"], match["unit"]
    if unit in {"位", "名"} and _AMONG_FIRST.search(before):
        return False
    if printed in {"一", "二"} or unit in units.DURATIONS or before.endswith(_PART_OF_WORD):
        return False
    if printed[0] in "百千万亿":
        return bool(approx)
    if len(printed) > 1:
        return not before.endswith(("十", "年"))
    return not _is_proper(match, before, paragraph) and (
        bool(_NAMES.search(before) or _MADE.search(before) or _goes_on(paragraph, match.end()) is False)
        if unit == "个"
        else unit in _COUNTED_IN_WORDS
    )


def _is_proper(match: re.Match[str], before: str, paragraph: str) -> bool:
    """Whether the numeral and its unit are part of a name: 业务四部, 八项规定; behind 》 they sum up."""
    if match["unit"] in {"部", "处", "所"} and _ENDS_NAME.search(before):
        return True
    return not before.endswith("》") and _PROPER.match(paragraph, match.start("unit")) is not None
