"""Finds the body whose report a report is, and its 文号, in title, first lines, signature, source. Knows no list of bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HAN = "[\u4e00-\u9fffX×]"  # and the blanks of a model text: XX县
_ENDS = (
    r"(?:司法[局厅部所](?!长|级)|(?:人民|[省市区县镇乡州旗盟])政府(?!信息|网站|采购|部门|规章|法律|法制|建设|常务|文件)|委员会|管委会|办事处"
    r"|(?<![布格结开大变僵])局(?!面|部|长|势|限|属|机关|党|内|系统|领导|务)|(?<![客餐])厅(?!长|级|机关|党)|办公室|(?<!政治)人民法院|人民检察院|监狱"
    r"|法律援助中心(?!建设|主任|平台)|戒毒(?:康复)?所|公证处|仲裁委|(?<=[改教监建经商卫健信宣资农])委(?!托|任|派|员|会)|(?:司法|公安|民政|财政|商务|水利|教育|交通运输|生态环境)部(?!门))"
)
_FURTHER = re.compile(rf"(?:办公厅|办公室|{_HAN}{{1,10}}?(?:司法所|街道办事处|分局|管理局|总队|支队|大队|公证处|监狱))")
_BODY = re.compile(rf"{_HAN}{{0,24}}?{_ENDS}")
_BREAK = re.compile(
    r"[^\u4e00-\u9fffX×]*(?:19|20)\d\d(?:年度?)?|[一二][九〇零○][一二三四五六七八九〇零○]{2}年度?|关于(?:印发|报送|公布|发布|转发)?|印发|转发|报送|[^\u4e00-\u9fffX×]+"
)
_BARE = re.compile(
    r"(?:[我本省市区县州旗]|本[省市区县]|我[省市区县])?(?:司法)?[局厅部委]|(?:[省市区县州旗镇乡]|人民|[省市区县州旗镇乡]人民)?政府|办公室|委员会"
)
_NO_BEGINNING = re.compile(
    r"^(?:(?:根据|按照|在|由|与|和|及|现将|现就|的|是|受|向|经|为|对|中国|来源|信息来源|发布机构|以来|来)(?!安|宾))+"
)
_LEADERS = re.compile(r"根据|按照|领导下|指导下|部署|要求|下发|印发|办公厅|国务院|会同|联合")
_ACTS = re.compile(
    r"(?:紧紧|认真|深入|坚持|编制|始终|全面|以|在|按照|积极|切实|坚决|严格|着力|持续|高度|牢牢|聚焦|围绕|法治政府|政府信息|工作|党组|党委|20\d\d|结合|现|向)"
)
_SIGNED = re.compile(r"\s{0,8}(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日)?")
_NUMBER = re.compile(rf"(?P<code>{_HAN}{{1,14}}) ?[〔\[(【](?P<year>(?:19|20)\d\d)[〕\])】] ?第? ?(?P<count>\d{{1,5}}) ?号")
_NUMBER_LEFT = re.compile(r"^.*(?:关于|根据|按照|印发|文号|编号|的)")


def issuer_of(title: str, body: Sequence[str], source: str) -> str:
    """The body whose report this is, by its name as printed: of the title, else the first lines, the signature, the source.

    A name without a place (司法局, 市政府) is told in full where source, signature or first lines do so.

    Args:
        title: folded to ASCII.
        body: paragraphs, folded to ASCII.
        source: the body named as source; "" where none is.

    Returns:
        "" where no body is named.
    """
    titled = next((name for piece in _BREAK.split(title) if (name := _first_body(piece))), "")
    if titled and not _BARE.fullmatch(titled):
        return titled
    others = [
        name for name in (_in_lead(body), _signed(body), _first_body(_source(source))) if name and not _BARE.fullmatch(name)
    ]
    fuller = [name for name in others if titled and name.endswith(titled)]
    return next(iter([*fuller, *others] if not titled else [*fuller, titled]), titled) or _first_body(_source(source))


def number_of(title: str, body: Sequence[str]) -> str:
    """A document's own 文号 in its title or in a line of its own at its head, as 沪司〔2023〕12号; "" where there is none."""
    for line in (title, *body[:4]):
        match = _NUMBER.search(line)
        if match and (line is title or len(line) - len(match[0]) <= 4):
            code = _NUMBER_LEFT.sub("", match["code"])
            return f"{code}〔{match['year']}〕{match['count']}号"
    return ""


def _first_body(piece: str) -> str:
    piece = _NO_BEGINNING.sub("", piece)
    match = _BODY.match(piece)
    if match is None or len(match[0]) < 2:
        return ""
    further = _FURTHER.match(piece, match.end())
    return piece[: further.end()] if further else match[0]


def _in_lead(body: Sequence[str]) -> str:
    """The first body that a first line has act: 现将上海市司法局2021年…, 徐汇区司法局坚持…; none that only led or asked."""
    for paragraph in body[:3]:
        for clause in re.split(r"[,。;:\n《》()“”]", paragraph[:400]):
            for piece in _BREAK.split(clause):
                name = _first_body(piece)
                if name and not _LEADERS.search(clause) and not _BARE.fullmatch(name):
                    rest = clause[clause.find(name) + len(name) :]
                    if not rest or _ACTS.match(rest):
                        return name
    return ""


def _signed(body: Sequence[str]) -> str:
    for paragraph in reversed(body[-4:]):
        line = paragraph.strip()
        name = _first_body(line)
        if name and _SIGNED.fullmatch(line.removeprefix(name)):
            return name
    return ""


def _source(source: str) -> str:
    return re.sub(r"^(?:信息)?来源[::]\s*", "", source).strip()
