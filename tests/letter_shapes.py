"""Changes as the letter tests write them, and how a letter is opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from lxml import html

from crawler.change import Change, Kind, Op, Span
from crawler.deliver.letter_content import Evidence, LetterVersion


def stretch(old: str, new: str, op: Op = "replace") -> Span:
    return Span(op, old, new)


def paragraph(old: str, new: str, spans: tuple[Span, ...] = (), *, kind: Kind = "edited", section: str = "") -> Change:
    return Change(kind, None if kind == "added" else 3, None if kind == "removed" else 3, old, new, spans, section)


def same(text: str) -> Span:
    return stretch(text, text, "equal")


def edited(*spans: Span, section: str = "") -> Change:
    old, new = "".join(span.old for span in spans), "".join(span.new for span in spans)
    return paragraph(old, new, spans, section=section)


FIGURE = edited(
    same(
        "三是恪守公平正义,充分发挥政府法制机构服务功能。进一步提升行政复议应诉水平。全年共新收行政复议案件",
    ),
    stretch("226件", "236件"),
    same(
        ",同比上升43.04%。办结行政复议案件212件,其中实体审查结案190件,纠错11件,直接纠错率5%。"
        "组织行政机关负责人行政诉讼出庭、旁听、讲评“三合一”活动。"
    ),
    section="一、2020年工作总结 > (二)深入推进依法行政 > 三是",
)

OLD = LetterVersion(
    number=1,
    published=date(2021, 2, 18),
    source="上海市闵行区司法局",
    evidence=Evidence("b1946ac92492d2347c6235b4d2611184" * 2, datetime(2026, 3, 2, 1, 15, 9, tzinfo=UTC), 41_873),
    opening="2020年,闵行区司法局紧紧围绕区委、区政府以及市司法局各项工作部署,坚持疫情防控工作和业务工作两手抓、两不误,"
    "积极推进全面依法治区、强化法治政府建设、圆满完成七五普法验收等重点任务,在2020年度市法治政府建设示范创建评审"
    "以及全面依法治市考核中闵行区均位列全市第一。",
)
NEW = replace(
    OLD,
    number=2,
    evidence=Evidence("591785b794601e212b260e25925636fd" * 2, datetime(2026, 3, 5, 8, 20, 7, tzinfo=UTC), 41_870),
    first_evidence=Evidence("e2c569be17396eca2a2e3c11578123ed" * 2, datetime(2026, 3, 5, 8, 5, 1, tzinfo=UTC), 41_871),
)


def opened(message: bytes) -> EmailMessage:
    """The letter as a mail program reads it."""
    read = message_from_bytes(message, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def parts(message: bytes) -> tuple[str, str]:
    """Its plain text and its HTML."""
    plain, rich = opened(message).iter_parts()
    assert (plain.get_content_type(), rich.get_content_type()) == ("text/plain", "text/html")
    return plain.get_content(), rich.get_content()


def words(markup: str) -> str:
    """What a person reads of the HTML."""
    return " ".join(html.tostring(html.document_fromstring(markup), method="text", encoding="unicode").split())


def tree(markup: str) -> Any:
    """The HTML as elements; Any, because the stubs of lxml know no text_content()."""
    return html.document_fromstring(markup)
