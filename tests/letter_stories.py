"""The news that the letter tests tell, one function each, in words of the seed reports; and how a letter is opened again.

`python -m tests.letter_stories` writes every golden letter anew; read what it wrote before you keep it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from crawler.deliver.letter import compose, stable_message_id
from crawler.deliver.letter_content import (
    Absence,
    Content,
    Envelope,
    Evidence,
    FailedCheck,
    FigureLine,
    LetterEvent,
    OutlineLine,
)
from crawler.flow import EventKind, Language, Significance
from spiders.fetched import AttachmentLink
from tests.letter_shapes import FIGURE, NEW, OLD, edited, opened, paragraph, parts, same, stretch, tree, words
from tests.letter_stories_many import many

__all__ = ["FIGURE", "edited", "opened", "paragraph", "parts", "same", "stretch", "tree", "words"]

GOLDEN = Path(__file__).parent / "letters"
RECIPIENT, SENDER, ARCHIVE = "li@example.org", "watch@example.org", "9f86d081884c7d65"
DATE = datetime(2026, 3, 12, 3, 0, tzinfo=UTC)

URL = "https://www.shmh.gov.cn/shmh/sfj-gzzj/20210218/490385.html"
TITLE = "2020年闵行区司法局行政工作总结"


def published() -> LetterEvent:
    return LetterEvent(
        event_id=17,
        report_id=4,
        kind=EventKind.PUBLISHED,
        at=datetime(2026, 3, 2, 1, 15, 9, tzinfo=UTC),
        bureau="闵行区司法局",
        region="上海市/闵行区",
        title=TITLE,
        url=URL,
        summary="新发布，发布日期2021年2月18日，正文8321字",
        significance=Significance.CLAUSE,
        old=None,
        new=OLD,
        attachments=(
            AttachmentLink(f"{URL[:-5]}/2020年度统计表.xlsx", "2020年度统计表.xlsx"),
            AttachmentLink("https://www.shmh.gov.cn/shmh/files/20210218/8f2c6f0e9d.pdf", "工作总结（签章版）"),
        ),
        report_kind="工作总结",
        outline=(
            OutlineLine(1, "一、2020年工作总结"),
            OutlineLine(2, "(一)加强统筹谋划"),
            OutlineLine(2, "(二)深入推进依法行政"),
            OutlineLine(2, "(三)公共法律服务体系建设"),
            OutlineLine(1, "二、存在的问题"),
            OutlineLine(1, "三、2021年工作打算"),
        ),
        figures=(
            FigureLine("行政复议案件", "一、2020年工作总结 > (二)深入推进依法行政", "158件", "226件", "+43.0%"),
            FigureLine("直接纠错率", "一、2020年工作总结 > (二)深入推进依法行政", "4.7%", "5%", "+0.3个百分点"),
            FigureLine("人民调解", "一、2020年工作总结 > (三)公共法律服务体系建设", "", "6431件", ""),
        ),
        checks=(FailedCheck("212件 ≠ 190件 + 11件 + 12件（= 213件）", "“其中”所列各项之和与总数相差 1"),),
    )


def revised() -> LetterEvent:
    return replace(
        published(),
        event_id=21,
        kind=EventKind.REVISED,
        at=NEW.evidence.captured_at,
        summary="1处数字修改：行政复议案件226件→236件",
        significance=Significance.FIGURE,
        old=OLD,
        new=NEW,
        changes=(FIGURE,),
        attachments=(),
        outline=(),
        figures=(FigureLine("新收行政复议案件", FIGURE.section, "226件", "236件", "+4.4%"),),
        checks=(FailedCheck("同比上升43.04%：(236件 - 158件) / 158件 = 49.37%", ""),),
    )


def clause() -> LetterEvent:
    """A revision with every sort of change and no figure among them, and a date and a source that changed too."""
    several = edited(
        same("创新制定执法事项与规程等“四张清单”,"),
        stretch("梳理更新", "全面梳理"),
        same("区政府行政执法事项、镇行政执法事项和街道行政执法事项。"),
        stretch("", "清单每年更新并向社会公布，接受监督。"),
        section="一、2020年工作总结 > (二)深入推进依法行政",
    )
    added = paragraph("", "四是深化“放管服”改革，全面推行证明事项告知承诺制。", kind="added", section=several.section)
    removed = paragraph("五是加强队伍建设，开展警示教育。", "", kind="removed", section="一、2020年工作总结 > (四)队伍建设")
    moved_ = paragraph(
        "六是从严治党。", "六是从严治党。", (same("六是从严治党。"),), kind="moved", section="三、2021年工作打算"
    )
    return replace(
        revised(),
        event_id=33,
        summary="2处文字修改，1段新增，1段删除，1段移位",
        significance=Significance.CLAUSE,
        new=replace(NEW, published=date(2021, 3, 1), source="闵行区司法局办公室"),
        changes=(several, added, removed, moved_),
        figures=(),
        checks=(),
        page_url="https://watch.example.org/events/33",
    )


def withdrawn() -> LetterEvent:
    return replace(
        published(),
        event_id=40,
        kind=EventKind.WITHDRAWN,
        at=datetime(2026, 3, 9, 2, 0, 0, tzinfo=UTC),
        summary="自2026年3月8日 00:30起在原址无法打开（404）（最后一次见到：2026年3月7日 09:15）",
        significance=Significance.WITHDRAWN,
        old=NEW,
        new=None,
        attachments=(),
        outline=(),
        figures=(),
        checks=(),
        absence=Absence(
            since=datetime(2026, 3, 7, 16, 30, 0, tzinfo=UTC),
            sightings=3,
            last_seen=datetime(2026, 3, 7, 1, 15, 2, tzinfo=UTC),
        ),
    )


def restored() -> LetterEvent:
    return replace(
        withdrawn(),
        event_id=44,
        kind=EventKind.RESTORED,
        at=datetime(2026, 3, 11, 2, 0, 0, tzinfo=UTC),
        summary="恢复可见，内容未变",
        old=None,
        new=NEW,
        absence=None,
    )


def moved() -> LetterEvent:
    return replace(
        restored(),
        event_id=52,
        report_id=9,
        kind=EventKind.MOVED,
        at=datetime(2026, 3, 12, 2, 0, 0, tzinfo=UTC),
        bureau="上海市司法局",
        region="上海市",
        title="上海市司法局2018年法治政府建设情况报告",
        url="https://sfj.sh.gov.cn/2020zfxxgk_ndbg/20201102/8b1d.html",
        former_url="http://sfj.sh.gov.cn/xxgk_gkgd/20190412/0022-2966.html",
        summary="内容未变，地址已更换",
        significance=Significance.WORDING,
        new=replace(OLD, source="上海市司法局", published=date(2019, 4, 12)),
        report_kind="法治政府建设年度报告",
    )


def replaced() -> LetterEvent:
    return replace(
        restored(),
        event_id=55,
        kind=EventKind.REPLACED,
        summary="原址现为另一份报告《2021年闵行区司法局行政工作总结》，原文保留（最后一次见到：2026年3月9日 09:15）",
        old=OLD,
        new=None,
    )


def attachment_changed() -> LetterEvent:
    return replace(
        restored(),
        event_id=56,
        kind=EventKind.ATTACHMENT_CHANGED,
        url=f"{URL[:-5]}/2020年度统计表.xlsx",
        summary="附件内容变更：2020年度统计表.xlsx",
        significance=Significance.CLAUSE,
        new=None,
        file=Evidence("0f343b0931126a20f133d67c2b018a3b" * 2, datetime(2026, 3, 11, 2, 0, 0, tzinfo=UTC), 18_432),
    )


def overdue() -> LetterEvent:
    return replace(
        restored(),
        event_id=58,
        report_id=None,
        kind=EventKind.OVERDUE,
        at=datetime(2026, 4, 1, 2, 0, 0, tzinfo=UTC),
        title="法治政府建设年度报告（2025年度）",
        url="https://www.shmh.gov.cn/shmh/sfj-fzzf/",
        summary="应于2026年4月1日之前公开，截至2026年4月1日，栏目“法治政府建设”中未见",
        significance=Significance.CLAUSE,
        new=None,
        report_kind="",
    )


def baseline() -> LetterEvent:
    return replace(
        overdue(),
        event_id=1,
        kind=EventKind.BASELINE,
        at=datetime(2026, 3, 1, 2, 0, 0, tzinfo=UTC),
        title="闵行区司法局 · 法治政府建设",
        summary="首次读完本栏目：14 份报告，此后有变化才会通知",
        significance=Significance.FORMAT,
    )


LANGUAGES: tuple[Language, ...] = ("zh", "en")
EVENTS: Mapping[str, LetterEvent] = {
    "published": published(),
    "revised-figure": revised(),
    "revised-clause": clause(),
    "withdrawn": withdrawn(),
    "restored": restored(),
    "moved": moved(),
    "replaced": replaced(),
    "attachment-changed": attachment_changed(),
    "overdue": overdue(),
    "baseline": baseline(),
}
TOLD: Mapping[Language, Mapping[str, Content]] = {
    spoken: {**EVENTS, **many((revised(), clause(), withdrawn(), moved()), spoken)} for spoken in LANGUAGES
}
"""Every story as it is told in each language: what is said of an issue is in the letter's own."""
STORIES = TOLD["zh"]


def envelope(
    content: Content,
    language: Language = "zh",
    *,
    recipient: str = RECIPIENT,
    sender: str = SENDER,
    shortened: bool = False,
) -> Envelope:
    told = [str(content.event_id)] if isinstance(content, LetterEvent) else [type(content).__name__, "2026-03-12"]
    return Envelope(
        recipient=recipient,
        sender=sender,
        message_id=stable_message_id(ARCHIVE, told, recipient, sender),
        date=DATE,
        language=language,
        subscription="闵行",
        unsubscribe="admin@example.org",
        shortened=shortened,
    )


def letter(
    content: Content,
    language: Language = "zh",
    *,
    recipient: str = RECIPIENT,
    sender: str = SENDER,
    shortened: bool = False,
) -> bytes:
    return compose(content, envelope(content, language, recipient=recipient, sender=sender, shortened=shortened))


def golden(story: str, language: Language) -> Path:
    return GOLDEN / f"{story}.{language}.eml"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for spoken in LANGUAGES:
        for name, told in TOLD[spoken].items():
            golden(name, spoken).write_bytes(letter(told, spoken))
