"""Texts, and what a page must say of them, for the templates that were written before the reader was run on them. Reads nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

from markupsafe import escape

from crawler.clean.text_file import clean_text_file

HOST = "https://sfj.example.gov.cn"
URL = f"{HOST}/zwgk/tz/content_88213.html"  # its address says no day
_DOCUMENTS = Path(__file__).parents[1] / "seeds" / "documents"


@dataclass(frozen=True)
class Text:
    """A report before it is set on a page."""

    name: str
    title: str
    day: str  # ISO
    source: str
    paragraphs: tuple[str, ...]
    files: tuple[tuple[str, str], ...] = ()  # address and caption of each attachment

    @property
    def slashed(self) -> str:
        """The day as 2024/03/02."""
        return self.day.replace("-", "/")

    @property
    def chinese(self) -> str:
        """The day as 2024年3月2日."""
        year, month, day = (int(part) for part in self.day.split("-"))
        return f"{year}年{month}月{day}日"

    @property
    def links(self) -> str:
        """The attachments as list items."""
        return "".join(f'<li><a href="{url}" target="_blank">{escape(name)}</a></li>' for url, name in self.files)


@dataclass(frozen=True)
class Blind:
    """A page and the truth about it."""

    text: Text  # its fields and paragraphs are what the page must be read as
    markup: str
    encoding: str = field(default="utf-8", kw_only=True)

    @property
    def body(self) -> bytes:
        """The page's bytes."""
        return self.markup.encode(self.encoding)


Template: TypeAlias = Callable[[Text], Blind]


def each(frame: str, paragraphs: tuple[str, ...]) -> str:
    """Every paragraph in the same frame, one a line."""
    return "\n".join(frame.format(escape(paragraph)) for paragraph in paragraphs)


def saying(text: Text, **changed: object) -> Text:
    """The text as a template alters it: a source that it does not show, lines of its own."""
    return replace(text, **changed)  # type: ignore[arg-type]  # the names are the fields'


@cache
def texts() -> tuple[Text, ...]:
    """The two seed reports and made-up notices of one to forty paragraphs."""
    return (*_seeds(), *_NOTICES, _long())


def _seeds() -> tuple[Text, ...]:
    made = []
    for path in sorted(_DOCUMENTS.glob("*.txt")):
        read = clean_text_file(path.name, path.read_text(encoding="utf-8"))
        made.append(Text(path.name[:3], read.title, str(read.published), read.source or "某市司法局", read.body))
    return tuple(made)


def _long() -> Text:
    paragraphs = tuple(
        f"第{number}条　{'各级司法行政机关' if number % 3 else '人民调解委员会'}应当在{number}个工作日内完成第{number * 7}号清单所列事项，"
        f"{'并将办理结果书面告知申请人' if number % 2 else '不得以任何理由推诿拖延'}。"
        for number in range(1, 40)
    )
    return Text(
        "forty", "某市公共法律服务办理规程（试行）", "2021-11-08", "某市司法局", (*paragraphs, "本规程自印发之日起施行。")
    )


_NOTICES = (
    Text("one", "某区司法局关于公布举报电话的公告", "2019-06-11", "某区司法局", ("举报电话：021-00000000，工作日受理。",)),
    Text(
        "three",
        "某市司法局关于暂停现场办理公证业务的通告",
        "2022-04-05",
        "公共法律服务管理处",
        ("因办公场所搬迁，自即日起暂停现场办理公证业务，恢复时间另行通告。", "某市司法局", "2022年4月3日"),
    ),
    Text(
        "five",
        "关于开展2024年度律师事务所年度检查考核工作的通知",
        "2024-03-02",
        "律师工作处",
        (
            "各律师事务所：",
            "根据《律师事务所年度检查考核办法》，现就2024年度检查考核工作有关事项通知如下，请认真遵照执行。",
            "一、考核对象为2023年12月31日前经许可设立的律师事务所；二、考核材料应当于3月31日前报送。",
            "某市司法局",
            "2024年2月28日",
        ),
        (("/upload/2024/khb.doc", "附件1：律师事务所年度检查考核表.doc"), ("/upload/2024/sm.pdf", "附件2：填表说明.pdf")),
    ),
    Text(
        "files",
        "某县司法局2020年度部门决算公开",
        "2021-09-17",
        "某县司法局",
        ("现将我局2020年度部门决算予以公开，接受社会监督。",),
        (("/attach/20210917/juesuan.xls", "某县司法局2020年度部门决算公开表.xls"),),
    ),
)
