"""The events that the letter tests tell, one function each, in words of the seed reports; and how a letter is opened again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from lxml import html

from crawler.deliver.letter import compose, stable_message_id
from crawler.deliver.letter_content import Absence, Evidence, LetterEvent, LetterVersion
from crawler.flow import EventKind, Significance
from spiders.fetched import AttachmentLink

RECIPIENT, SENDER, ARCHIVE = "li@example.org", "watch@example.org", "9f86d081884c7d65"
DATE = datetime(2026, 3, 12, 3, 0, tzinfo=UTC)

URL = "https://www.shmh.gov.cn/shmh/sfj-gzzj/20210218/490385.html"
TITLE = "2020年闵行区司法局行政工作总结"


@dataclass(frozen=True)
class Stretch:
    old: str
    new: str
    op: str = "replace"


@dataclass(frozen=True)
class Paragraph:
    old: str
    new: str
    spans: tuple[Stretch, ...] = ()
    kind: str = "edited"
    section: str = ""


def same(text: str) -> Stretch:
    return Stretch(text, text, "equal")


def edited(*spans: Stretch) -> Paragraph:
    return Paragraph("".join(span.old for span in spans), "".join(span.new for span in spans), spans)


FIGURE = edited(
    same(
        "三是恪守公平正义,充分发挥政府法制机构服务功能。进一步提升行政复议应诉水平。全年共新收行政复议案件",
    ),
    Stretch("226件", "236件"),
    same(
        ",同比上升43.04%。办结行政复议案件212件,其中实体审查结案190件,纠错11件,直接纠错率5%。"
        "组织行政机关负责人行政诉讼出庭、旁听、讲评“三合一”活动。"
    ),
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
)


def published() -> LetterEvent:
    return LetterEvent(
        event_id=17,
        report_id=4,
        kind=EventKind.PUBLISHED,
        at=datetime(2026, 3, 2, 1, 15, 9, tzinfo=UTC),
        bureau="闵行区司法局",
        title=TITLE,
        url=URL,
        summary="新发布报告，全文 41 段，附件 2 个",
        significance=Significance.CLAUSE,
        old=None,
        new=OLD,
        attachments=(
            AttachmentLink(f"{URL[:-5]}/2020年度统计表.xlsx", "2020年度统计表.xlsx"),
            AttachmentLink("https://www.shmh.gov.cn/shmh/files/20210218/8f2c6f0e9d.pdf", "工作总结（签章版）"),
        ),
    )


def revised() -> LetterEvent:
    return replace(
        published(),
        event_id=21,
        kind=EventKind.REVISED,
        at=NEW.evidence.captured_at,
        summary="1 处数据改动：行政复议案件 226件 → 236件",
        significance=Significance.FIGURE,
        old=OLD,
        new=NEW,
        changes=(FIGURE,),
        attachments=(),
    )


def rewritten() -> LetterEvent:
    """A revision with every sort of change, and a date and a source that changed too."""
    several = edited(
        same("创新制定执法事项与规程等“四张清单”,梳理更新"),
        Stretch("89项", "91项"),
        same("区政府行政执法事项、"),
        Stretch("488项", "490项"),
        same("镇行政执法事项和36项街道行政执法事项。"),
        Stretch("", "另有待定事项12项。"),
    )
    return replace(
        revised(),
        event_id=33,
        summary="3 段改动、1 段新增、1 段删去",
        new=replace(NEW, published=date(2021, 3, 1), source="闵行区司法局办公室"),
        changes=(
            several,
            Paragraph("", "四是深化“放管服”改革，全面推行证明事项告知承诺制。"),
            Paragraph("五是加强队伍建设，开展警示教育3次。", ""),
        ),
    )


def withdrawn() -> LetterEvent:
    return replace(
        published(),
        event_id=40,
        kind=EventKind.WITHDRAWN,
        at=datetime(2026, 3, 9, 2, 0, 0, tzinfo=UTC),
        summary="报告不再能访问",
        significance=Significance.WITHDRAWN,
        old=NEW,
        new=None,
        attachments=(),
        absence=Absence(
            since=datetime(2026, 3, 7, 16, 30, 0, tzinfo=UTC),
            sightings=3,
            last_seen=datetime(2026, 3, 7, 1, 15, 2, tzinfo=UTC),
        ),
    )


def restored() -> LetterEvent:
    return replace(
        published(),
        event_id=44,
        kind=EventKind.RESTORED,
        at=datetime(2026, 3, 11, 2, 0, 0, tzinfo=UTC),
        summary="报告可再次访问，正文与撤下前一致",
        significance=Significance.WITHDRAWN,
        old=None,
        new=NEW,
        attachments=(),
    )


def moved() -> LetterEvent:
    return replace(
        published(),
        event_id=52,
        report_id=9,
        kind=EventKind.MOVED,
        at=datetime(2026, 3, 12, 2, 0, 0, tzinfo=UTC),
        bureau="上海市司法局",
        title="上海市司法局2018年法治政府建设情况报告",
        url="https://sfj.sh.gov.cn/2020zfxxgk_ndbg/20201102/8b1d.html",
        former_url="http://sfj.sh.gov.cn/xxgk_gkgd/20190412/0022-2966.html",
        summary="同一报告换了地址，正文未变",
        significance=Significance.FORMAT,
        old=None,
        new=replace(OLD, source="上海市司法局", published=date(2019, 4, 12)),
        attachments=(),
    )


def overdue() -> LetterEvent:
    return replace(
        published(),
        event_id=58,
        report_id=None,
        kind=EventKind.OVERDUE,
        at=datetime(2026, 4, 1, 2, 0, 0, tzinfo=UTC),
        title="法治政府建设年度报告（2025年度）",
        url="https://www.shmh.gov.cn/shmh/sfj-fzzf/",
        summary="应于2026年4月1日之前公开，截至2026年4月1日，栏目“法治政府建设”中未见",
        old=None,
        new=None,
        attachments=(),
    )


STORIES = {
    "published": (published(),),
    "revised": (revised(),),
    "rewritten": (rewritten(),),
    "withdrawn": (withdrawn(),),
    "restored": (restored(),),
    "overdue": (overdue(),),
    "digest": (revised(), withdrawn(), moved()),
}


def letter(*events: LetterEvent, recipient: str = RECIPIENT, sender: str = SENDER) -> bytes:
    message_id = stable_message_id(ARCHIVE, [event.event_id for event in events], recipient, sender)
    return compose(events, recipient=recipient, sender=sender, message_id=message_id, date=DATE)


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
