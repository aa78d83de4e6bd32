"""Reads the 信息公开 block of a document's page: index number, document number, publisher and their like, as printed.

Takes the lines near the title and does not look for them. Judges no date: what is written and what is published stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from spiders.bylines import are_siblings
from spiders.dates import dates_in, first_date
from spiders.lines import Line

# Labels by the field that they name: those seen on the sites of the State Council and of provinces and cities, and variants.
_LABELS: Mapping[str, str] = {
    "index_number": "索引号 信息索引号 信息索引 索引编号 索取号",
    "document_number": "文号 发文字号 文件编号 统一编号 发文文号 公文文号 文件文号 文件字号 文件号",
    "publisher": "发布机构 发文机关 公开主体 机构名称 发文单位 发布单位 发文机构 发布部门 发布机关 制发机关 制定机关 公开机构 "
    "公开机关 信息发布机构",
    "written": "成文日期 生成日期 发文日期 写作日期 成文时间 生成时间 发文时间 写作时间 印发日期 制发日期 签发日期",
    "published": "发布日期 发布时间 公开日期 公开时间 公布日期 信息发布日期 信息公开日期",
    "category": "公开类别 公开方式 公开属性 公开类型 信息公开类别",
    "validity": "有效性 文件有效性 信息有效性 是否有效 效力状态 文件状态 时效性 时效状态 有效状态 文件时效",
    "genre": "体裁 体裁分类 信息体裁 文种 公文种类",
    "topic": "主题分类",
    "class": "组配分类 信息分类 分类 所属类目",
    "title": "标题 名称 信息名称 文件名称 文件标题 信息标题",
}
# They end a value, and are no fields of ours.
_OTHERS = (
    "主题词 关键词 信息来源 来源 生效日期 生效时间 实施日期 施行日期 失效日期 失效时间 废止日期 废止时间 有效期 "
    "更新时间 更新日期 载体类型 记录形式 内容概述 内容概要 公开范围 公开时限 公开程序 语种 责任编辑 作者 浏览次数 阅读次数 "
    "点击数 点击量 字体 字号 服务对象 审核 打印 分享 联系电话 备注 附件 编号 公开目录 责任部门 信息类别"
)
_NAMES = {word: name for name, words in _LABELS.items() for word in words.split()} | dict.fromkeys(_OTHERS.split(), "")
_LONGEST_LABEL = max(map(len, _NAMES))
_FIRST = frozenset(word[0] for word in _NAMES)
_DECORATION = " \t\u3000\u00a0[【（(〔·•▪◆●■★*-"
_COLON = re.compile(r"[\]】）)〕]?[\s\u3000]{0,8}[:：∶]")
_TELLING = frozenset(
    {"index_number", "document_number", "publisher", "written", "category", "validity", "genre", "topic", "class"}
)
_ENOUGH_ALONE = frozenset({"index_number", "document_number", "publisher", "written"})
_NOTHING = frozenset({"", "无", "暂无", "-", "--", "—", "——", "/", "\\", "null", "none", "undefined", "空"})
_LONGEST_VALUE = 120  # characters
_LONGEST_LINE = 400  # characters; blocks print several pairs on one line, but no paragraphs
_GAP = 3  # lines without a label between two of a block

_YEAR_IN_BRACKETS = r"[〔﹝\[（(【［]\s{0,2}(?:19|20)[0-9]{2}\s{0,2}[〕﹞\]）)】］]"
_DOCUMENT_NUMBER = re.compile(
    rf"[\u4e00-\u9fffA-Za-z]{{1,24}}\s{{0,2}}{_YEAR_IN_BRACKETS}\s{{0,2}}第?\s{{0,2}}[0-9]{{1,5}}\s{{0,2}}号"
    r"|[\u4e00-\u9fff]{2,20}(?:令|公告|通告)\s{0,4}第?\s{0,2}[0-9〇一二三四五六七八九十百]{1,6}\s{0,2}号"
)
_HEAD_NUMBER = re.compile(rf"[（(\[【]?\s{{0,2}}({_DOCUMENT_NUMBER.pattern})\s{{0,2}}[）)\]】]?")
_ORGAN = re.compile(
    r"[\u4e00-\u9fff（）()·]{2,40}(?:局|厅|部|委|会|办|办公室|政府|院|中心|处|科|所|队|署|司|站)(?:[（(][\u4e00-\u9fff]{2,20}[）)])?"
)
_CATEGORY = re.compile(r"(?:主动|依申请|不予|部分|免予|暂不|过程性|限制|全文)?(?:公开|免予公开|不公开)(?:类|信息)?")
_VALIDITY = re.compile(r"(?:现行|尚未|部分|全文|已|继续|被|是|否|生效|有效|失效|废止|作废|修改|修订|宣布|试行|到期|终止){1,4}")
_TOPIC = re.compile(r"[\u4e00-\u9fff、,，;；/>\\\s]{2,60}")
_PLAUSIBLE = {
    "index_number": re.compile(r"(?=.{0,30}[0-9])[\u4e00-\u9fff]{0,10}[\w\-/.:：()（）〔〕\[\]]{3,60}"),
    "document_number": re.compile(rf"(?:{_DOCUMENT_NUMBER.pattern}).{{0,20}}"),
    "publisher": re.compile(rf"{_ORGAN.pattern}(?:[\s、，,；;]{{1,2}}{_ORGAN.pattern}){{0,4}}"),
    "category": _CATEGORY,
    "validity": _VALIDITY,
    "genre": re.compile(r"[\u4e00-\u9fff]{1,8}"),
    "topic": _TOPIC,
    "class": _TOPIC,
}
_MARKED = re.compile(r"[（(【\[〔]\s{0,2}((?:已(?:经|被)?|全文|部分|现)?(?:废止|失效|作废)|已(?:修改|修订))\s{0,2}[）)】\]〕]")
_MARK_LINE = re.compile(
    r"[（(【\[]?(?:(?:该|本|此)(?:文件|规章|规范性文件|政策|办法|规定|通知|文))?((?:已(?:经|被)?|全文)?(?:废止|失效|作废))[）)】\]。！!]{0,2}"
)
_BARE_CATEGORY = re.compile(r"(?:主动|依申请|不予)公开")
_BARE_PARTS = re.compile(r"\s{2,}|\s?[|｜/／]\s?|[\u00a0\u3000]+|\s")
_BARE_REACH = 5  # lines to either side of 主动公开 in a block that prints values alone


@dataclass(frozen=True)
class Disclosure:
    """What the 信息公开 block prints; "" or None where the page has no such thing, or says 无."""

    index_number: str = ""  # 索引号
    document_number: str = ""  # 文号, brackets as printed: 沪司〔2021〕5号
    publisher: str = ""  # 发布机构
    category: str = ""  # 公开类别
    validity: str = ""  # 有效性, or the mark 废止/失效 beside the title, as printed
    genre: str = ""  # 体裁
    topic: str = ""  # 主题分类, else 组配分类, 信息分类, 所属类目
    title: str = ""  # 标题, 名称
    written: date | None = None  # 成文日期
    published: date | None = None  # 发布日期
    labelled: bool = True  # False where the block prints bare values: its date then is told by its place alone


def read_disclosure(before: Sequence[Line], after: Sequence[Line], title: str) -> Disclosure:
    """The block near a title.

    A value on the line after its label counts only where the two stand side by side and the value can be one of that label:
    labels without a value are common, and what follows them is the next label, the title or the text.

    Args:
        before: the lines above the title.
        after: the short ones below it.
        title: the document's title, which may be marked 已废止.
    """
    found = dict(_gathered(_pairs(after)))
    found.update(_gathered(_pairs(before)))  # most blocks stand above the title
    block = Disclosure(
        index_number=found.get("index_number", ""),
        document_number=found.get("document_number", ""),
        publisher=found.get("publisher", ""),
        category=found.get("category", ""),
        validity=found.get("validity", ""),
        genre=found.get("genre", ""),
        topic=found.get("topic", "") or found.get("class", ""),
        title=found.get("title", ""),
        written=first_date(found.get("written", "")),
        published=first_date(found.get("published", "")),
    )
    beside = (*before[-3:], *after[:8])
    return replace(
        block if block.category else _with_bare_values(block, (*before, *after)),
        document_number=block.document_number or _head_number(beside),
        validity=block.validity or _mark(title, beside),
    )


def _gathered(pairs: Iterable[tuple[int, str, str]]) -> Mapping[str, str]:
    """The values of the lines that make up a block: two telling labels close together, or one that is enough alone."""
    runs: list[list[tuple[str, str]]] = []
    last = -_GAP - 1
    for position, name, value in pairs:
        if position - last > _GAP:
            runs.append([])
        runs[-1].append((name, value))
        last = position
    found: dict[str, str] = {}
    for run in runs:
        names = {name for name, _ in run if name}
        filled = {name for name, value in run if value}
        if (len(names) > 1 and names & _TELLING) or filled & _ENOUGH_ALONE:
            for name, value in run:
                if name and value:
                    found.setdefault(name, value)
    return found


def _pairs(lines: Sequence[Line]) -> Iterator[tuple[int, str, str]]:
    """Line, field and value of every label; fields that are not ours have the name "", values that are not there are ""."""
    for position, (line, following) in enumerate(pairwise((*lines, None))):
        assert line is not None
        if len(line.text) > _LONGEST_LINE or not _may_begin_with_label(line.text):
            continue
        cells = line.text.split(" | ")
        for at, cell in enumerate(cells):
            for name, value, is_open in _of_cell(cell):
                if not is_open:
                    yield position, name, _kept(name, value)
                elif at + 1 < len(cells):
                    yield position, name, "" if _begins_with_label(cells[at + 1]) else _kept(name, cells[at + 1])
                elif len(cells) == 1 and following is not None and are_siblings(line, following):
                    yield position, name, "" if _begins_with_label(following.text) else _plausible(name, following.text)
                else:
                    yield position, name, ""


def _of_cell(cell: str) -> Iterator[tuple[str, str, bool]]:
    """Field, value, and whether the value is yet to come, of each label in a cell that begins with one."""
    ends = _labels_with_colon(cell)
    if ends and not cell[: ends[0][1]].strip(_DECORATION):
        for (name, _, end), (_, following, _) in pairwise((*ends, ("", len(cell), 0))):
            value = cell[end:following].strip()
            yield name, value, not value and following == len(cell)
        return
    if (length := _begins_with_label(cell)) and (label := _squeezed(cell).lstrip(_DECORATION)[:length]):
        rest = _after(cell, length)
        if not rest:
            yield _NAMES[label], "", True
        elif _NAMES[label] and (value := _plausible(_NAMES[label], rest)):
            yield _NAMES[label], value, False


def _labels_with_colon(cell: str) -> list[tuple[str, int, int]]:
    """Field, start, and the position behind the colon, of each label that a colon follows."""
    found: list[tuple[str, int, int]] = []
    for colon in _COLON.finditer(cell):
        begin = found[-1][2] if found else 0
        squeezed, starts = "", []
        for position in range(colon.start() - 1, max(begin, colon.start() - 4 * _LONGEST_LABEL) - 1, -1):
            if not cell[position].isspace():
                squeezed = cell[position] + squeezed
                starts.append(position)
                if len(squeezed) == _LONGEST_LABEL:
                    break
        for length in range(len(squeezed), 1, -1):
            if (label := squeezed[-length:]) in _NAMES:
                found.append((_NAMES[label], starts[length - 1], colon.end()))
                break
    return found


def _may_begin_with_label(text: str) -> bool:
    return text[0] in _FIRST or text[0] in _DECORATION


def _begins_with_label(text: str) -> int:
    """The length of the label that a text begins with, without blanks; 0 where it begins with none."""
    squeezed = _squeezed(text[:64]).lstrip(_DECORATION)
    return next((length for length in range(_LONGEST_LABEL, 1, -1) if squeezed[:length] in _NAMES), 0)


def _after(text: str, length: int) -> str:
    """What stands behind a label at the beginning: its characters are counted without blanks and decoration."""
    seen = 0
    for position, character in enumerate(text):
        if not character.isspace() and (seen or character not in _DECORATION):
            seen += 1
            if seen == length:
                return text[position + 1 :].strip(" \u3000\u00a0]】）)〕:：∶")
    return ""


def _kept(name: str, value: str) -> str:
    """A value beside its label: as printed, unless it says that there is none or cannot be one."""
    value = value.strip(" \u3000\u00a0|；;，,")
    if value.lower() in _NOTHING or len(value) > _LONGEST_VALUE or not name:
        return ""
    if name in {"written", "published"} and first_date(value) is None:
        return ""
    return value


def _plausible(name: str, text: str) -> str:
    """A value without a colon before it, or on the line after: only what can be nothing else."""
    value = _kept(name, text)
    if name in {"written", "published"}:
        return value if value[:1] in "12１２二一[(（【" and len(value) <= 40 else ""
    pattern = _PLAUSIBLE.get(name)
    return value if pattern is not None and pattern.fullmatch(value) else ""


def _with_bare_values(block: Disclosure, lines: Sequence[Line]) -> Disclosure:
    """Values without labels ("无 / 主动公开 / 无 / 某区司法局 / 2024.03.19"): known by what they are, where only one fits."""
    parts = [(position, part) for position, line in enumerate(lines) for part in _BARE_PARTS.split(line.text[:_LONGEST_VALUE])]
    anchor = next((position for position, part in parts if _BARE_CATEGORY.fullmatch(part)), None)
    if anchor is None:
        return block
    near = [part for position, part in parts if abs(position - anchor) <= _BARE_REACH and not _begins_with_label(part)]
    category = next(part for part in near if _BARE_CATEGORY.fullmatch(part))
    organs = {part for part in near if len(part) > 3 and _ORGAN.fullmatch(part)}
    days = {day.day for part in near for day in dates_in(part) if part[day.start : day.end] == part}
    return replace(
        block,
        category=category,
        publisher=block.publisher or (next(iter(organs)) if len(organs) == 1 else ""),
        published=block.published or (next(iter(days)) if len(days) == 1 else None),
        labelled=block.published is not None or len(days) != 1,
    )


def _head_number(lines: Sequence[Line]) -> str:
    """The document number that stands alone on a line beside the title."""
    return next((found[1] for line in lines if len(line.text) <= 60 and (found := _HEAD_NUMBER.fullmatch(line.text))), "")


def _mark(title: str, lines: Sequence[Line]) -> str:
    """The mark that a document no longer holds: in brackets in its title, or alone on a line beside it."""
    if marked := _MARKED.search(title):
        return marked[1]
    return next((found[1] for line in lines if len(line.text) <= 20 and (found := _MARK_LINE.fullmatch(line.text))), "")


def _squeezed(text: str) -> str:
    return "".join(text.split())
