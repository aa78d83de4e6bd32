"""Reads the line of source and date that a page prints near its title. Does not know where on the page that line is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import islice, pairwise

from spiders.dates import first_date, published_date, unlabelled_date
from spiders.lines import Line

_SOURCE = re.compile(
    r"(?<!资金)(?<!经费)(?<!收入)(?<!数据)(?<!图片)(?:来\s{0,4}源(?:单位|部门)?|稿\s{0,4}源|出\s{0,4}处)\s{0,4}"
    r"(?:/ {0,2}Source {0,2})?[】\]）)]?\s{0,4}"
    r"[:：∶]\s{0,8}(?:\|\s{0,4})?(\S.{0,80})"
)
# A label ends the source only with its colon: 上海发布 is a source, 发布时间： is none.
_SOURCE_END = re.compile(
    r"\s{2,}|[\u00a0\u2002\u2003\u3000|｜【\[]|\s+(?:打印|关闭|分享|字体|字号|大中小|(?:评论|跟帖|点赞|收藏|转发)[数量]?\s?[(（0-9])"
    r"|(?:发布|发表|更新|录入|公开|成文|生成)?(?:时间|日期)(?:发布)?\s?[:：∶]|发布\s?[:：∶]"
    r"|(?:文章|稿件)?(?:作者|记者|浏览|点击|阅读|访问|字体|字号|发布(?:机构|单位|人|者)|审核|供稿|(?:责任)?编辑|责编)(?:次数|量|数|大小)?\s?[:：∶]"
    r"|\s{0,4}[·•]\s{0,4}(?:阅读|浏览|时长|约|[0-9])|\s{0,4}[0-9][0-9.]{0,6}\s?万?\+?\s?(?:次|人)?(?:阅读|浏览)|\s{1,4}[0-9][0-9.]{0,6}万?\+?$"
    r"|\s+\S{2,6}[:：∶]|\s*(?:19|20)\d{2}\s*[-./年]"
)
_SOURCE_LABEL = re.compile(
    r"\W{0,4}(?:信息|文章|稿件|新闻|内容|文件)?(?:来\s{0,4}源|稿\s{0,4}源)\s{0,4}[】\]）)]?\s{0,4}[:：∶]?\s{0,4}"
)
_PUBLISHER = re.compile(r"(?:发布|发文|编发|供稿)(?:单位|部门|机构)\s{0,4}[:：∶]\s{0,8}(\S.{0,80})")
_PUBLISHER_LABEL = re.compile(r"(?:发布|发文|编发|供稿)(?:单位|部门|机构)\s{0,4}[:：∶]?")
_PERSON = re.compile(r"发布(?:人|者)\s{0,4}[:：∶]\s{0,8}(\S.{0,80})")
_GLUED = re.compile(r"\d\s{0,4}来源\s{0,4}([\u4e00-\u9fff]{2,20})$")
_DAY_AND_TIME = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?:\s{1,3}\d{1,2}:\d\d(?::\d\d)?)?")
_BUREAU = re.compile(r"[\u4e00-\u9fff]{1,20}(?:局|厅|处|科|委|部|办|所|院|司|网|报|社|站|中心|政府|办公室|委员会|发布)")
_BESIDE_TITLE = 3  # lines behind the title in which such a name counts
_UPDATED = re.compile(r"更新(?:时间|日期)\s{0,4}[:：∶]\s{0,4}(?:\|\s{0,4})?(?:19|20)\d\d\s?[-./年]")
_BESIDE_UPDATED = re.compile(r"(?:作者|来源|点击(?:数|量)?|浏览(?:量|次数)|人气|阅读(?:量|次数)?)\s{0,4}[:：∶]")
_PROSE = re.compile(r"[，。；！？]")
_BROKEN = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}\s{0,4}[-./年](?:\s{0,4}[0-9]{1,2}\s{0,4}[-./月])?$")
_BRACKETS = {"）": "（", ")": "(", "]": "[", "】": "【", "〕": "〔"}
_MOST_ELEMENTS = 40  # of a line of fields
_LONGEST_ROW = 160  # characters
_LONGEST_SOURCE = 30  # characters, where it stands on a line of its own


def shown_source(line: str) -> str:
    """The source that a line shows behind 来源, or "" where it shows none."""
    found = _SOURCE.search(line)
    if found is None:
        return ""
    source = _SOURCE_END.split(found.group(1), maxsplit=1)[0].strip()
    if source and (opening := _BRACKETS.get(source[-1])) and source.count(source[-1]) > source.count(opening):
        return source[:-1].strip()  # （来源：某市司法局）
    return source


def source_in(lines: Sequence[Line]) -> str:
    """The first source that these lines show, in one line or on the line after its label."""
    for position, line in enumerate(lines):
        if source := shown_source(line.text) or _in_row(line):
            return _in_own_element(line, source) or source
        if value := _below_label(lines[position : position + 2], _SOURCE_LABEL):
            return value
    return ""


def _below_label(lines: Sequence[Line], label: re.Pattern[str]) -> str:
    """What stands on the line after the first label that has a value there."""
    for line, following in pairwise(lines):
        if label.fullmatch(line.text) and are_siblings(line, following):
            value = following.text
            if len(value) <= _LONGEST_SOURCE and not re.search(r"[:：∶，。]|[0-9]{4}", value):
                return value
    return ""


def _in_own_element(line: Line, source: str) -> str:
    """The beginning of a source that has an element of its own with its label, as a chip: <i>来源：某局</i><i>通知</i>."""
    for node in islice(line.block.iter("span", "em", "i", "label", "font", "li", "a"), _MOST_ELEMENTS):
        text = node.text_content().strip()
        if len(text) <= _LONGEST_ROW and _SOURCE_LABEL.match(text) and (own := shown_source(text)) and source.startswith(own):
            return own
    return ""


def _in_row(line: Line) -> str:
    """The value beside the label 来源 in a row of a record, which has no colon."""
    if line.block.tag != "tr" or len(line.text) > _LONGEST_ROW:
        return ""
    cells = line.text.split(" | ")
    return next((value.strip() for label, value in pairwise(cells) if _SOURCE_LABEL.fullmatch(label)), "")


def publisher_in(lines: Sequence[Line]) -> str:
    """Who published, as the line of the date says where no line says 来源: behind 发布单位, or alone beside the day."""
    for line in lines:
        if found := _PUBLISHER.search(line.text) or _GLUED.search(line.text[-60:]):
            return _SOURCE_END.split(found.group(1), maxsplit=1)[0].strip()
        if found := _PERSON.search(line.text):  # 管理员 is nobody
            name = _SOURCE_END.split(found.group(1), maxsplit=1)[0].strip()
            if _BUREAU.fullmatch(name):
                return name
    return _below_label(lines, _PUBLISHER_LABEL) or _beside_day(lines)


def _beside_day(lines: Sequence[Line]) -> str:
    """A bureau alone beside the day, in its line or in the one before or after it."""
    for line in lines[:_BESIDE_TITLE]:
        rest, days = _DAY_AND_TIME.subn(" ", line.text)
        if days == 1 and _BUREAU.fullmatch(alone := rest.strip(" \u3000\u00a0|·/-")):
            return alone
    for line, following in pairwise(lines[: _BESIDE_TITLE + 1]):
        for name, day in ((line, following), (following, line)):  # the account that sends, above the day or below it
            if are_siblings(line, following) and _DAY_AND_TIME.fullmatch(day.text) and _BUREAU.fullmatch(name.text):
                return name.text
    return ""


def labelled_in(lines: Sequence[Line], *, plain: bool) -> date | None:
    """The date labelled as that of publication: in one line, or label and date in a line each.

    Args:
        lines: those near the title.
        plain: whether a bare 时间 or 日期 is a label too, as for `published_date`.
    """
    for line, following in pairwise((*mended(lines), "")):
        if day := published_date(line, plain=plain):
            return day
        # Two lines belong together only where the second begins with the date: a row of labels has its values elsewhere.
        if len(line) <= 12 and following[:1] in "12１２[(（【" and (day := published_date(f"{line}\n{following}", plain=plain)):
            return day
    return None


def unlabelled_in(lines: Sequence[Line]) -> date | None:
    """The first date that no label calls another one than that of publication. Prose and rows of values tell of other days."""
    days = (unlabelled_date(text) for text in mended(lines) if not _PROSE.search(text) and not _is_row_of_values(text))
    return next((day for day in days if day), None)


def updated_in(lines: Sequence[Line]) -> date | None:
    """The day that a line of author, source or readers labels as that of the last change: some systems print no other.

    Alone it is what it says: the day of a change.
    """
    labelled = (line.text for line in lines if _UPDATED.search(line.text) and _BESIDE_UPDATED.search(line.text))
    return next((first_date(text) for text in labelled), None)


def mended(lines: Sequence[Line]) -> list[str]:
    """The lines' texts; one that ends in the middle of a date goes on with the next: `2026-`, `01-`, `23`."""
    texts: list[str] = []
    for line in lines:
        if texts and line.text[:1].isdigit() and _BROKEN.search(texts[-1][-20:]):
            texts[-1] += line.text
        else:
            texts.append(line.text)
    return texts


def _is_row_of_values(text: str) -> bool:
    return text.count(" | ") > 1 and not re.search("[:：∶]\\D", text)


def are_siblings(line: Line, following: Line) -> bool:
    """Whether two lines stand side by side, or one in the other, as a label and its value do."""
    one, other = line.block, following.block
    return one.getparent() is other.getparent() or other.getparent() is one or one.getparent() is other
