"""Sets the seed reports and made-up notices in every way that Chinese government sites set a body. Frames nothing."""

# ruff: noqa: E501  a piece of markup reads best on one line

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import escape

from benchmarks.frames import Manuscript
from crawler.clean.text_file import clean_text_file

_DOCUMENTS = Path(__file__).parents[1] / "seeds" / "documents"


@dataclass(frozen=True)
class _Text:
    """A report before it is set."""

    name: str
    title: str
    day: str
    source: str
    paragraphs: tuple[str, ...]


def manuscripts() -> tuple[Manuscript, ...]:
    """Every text in every setting that suits it, the largest matrix first by text, then by setting."""
    return tuple(_all())


def _all() -> Iterator[Manuscript]:
    for text in (*_seeds(), *_NOTICES):
        for setting, render in _SETTINGS.items():
            yield Manuscript(
                f"{text.name}/{setting}", text.title, text.day, text.source, text.paragraphs, render(text.paragraphs)
            )
    yield from _SPECIAL


@cache
def _seeds() -> tuple[_Text, ...]:
    texts = []
    for path in sorted(_DOCUMENTS.glob("*.txt")):
        read = clean_text_file(path.name, path.read_text(encoding="utf-8"))
        texts.append(_Text(path.name[:3], read.title, str(read.published), read.source or "某市司法局", read.body))
    return tuple(texts)


def _each(frame: str) -> Callable[[tuple[str, ...]], str]:
    return lambda paragraphs: "\n".join(frame.format(escape(text)) for text in paragraphs)


def _word(paragraphs: tuple[str, ...]) -> str:
    runs = (
        "".join(
            f'<span lang="EN-US" style="font-family:仿宋_GB2312">{escape(text[at : at + 11])}</span>'
            for at in range(0, len(text), 11)
        )
        for text in paragraphs
    )
    return "<!--[if gte mso 9]><xml><w:WordDocument>普通。</w:WordDocument></xml><![endif]-->" + "".join(
        f'<p class="MsoNormal" style="text-indent:32pt">{run}<o:p></o:p></p>\n' for run in runs
    )


def _broken(mark: str, indent: str) -> Callable[[tuple[str, ...]], str]:
    return lambda paragraphs: mark.join(indent + str(escape(text)) for text in paragraphs)


def _headed(paragraphs: tuple[str, ...]) -> str:
    return "".join(
        f"<h3>{escape(text)}</h3>" if len(text) < 30 and text[:1] in "一二三四五六七八九十" else f"<p>{escape(text)}</p>"
        for text in paragraphs
    )


def _split(paragraphs: tuple[str, ...]) -> str:
    """Over sibling containers, as page breaks and editors leave them."""
    third = max(1, len(paragraphs) // 3)
    pieces = [paragraphs[at : at + third] for at in range(0, len(paragraphs), third)]
    return "".join(f'<div style="page-break-after:always">{_each("<p>{}</p>")(piece)}</div>' for piece in pieces)


def _wechat(paragraphs: tuple[str, ...]) -> str:
    return (
        '<section data-role="outer">'
        + "".join(
            f'<section><section style="margin:1em"><p><span style="color:#333">{escape(text)}</span></p></section></section>'
            for text in paragraphs
        )
        + "</section>"
    )


def _half(paragraphs: tuple[str, ...]) -> str:
    """The first paragraphs as bare text, the rest as an editor left them."""
    middle = max(1, len(paragraphs) // 2)
    return "<br>".join(str(escape(text)) for text in paragraphs[:middle]) + _each("<p>{}</p>")(paragraphs[middle:])


def _in_a_cell(paragraphs: tuple[str, ...]) -> str:
    return f'<table border="0"><tbody><tr><td>{"<br/>".join("　　" + str(escape(text)) for text in paragraphs)}</td></tr></tbody></table>'


def _with_pictures(paragraphs: tuple[str, ...]) -> str:
    middle = len(paragraphs) // 2
    rows = [f"<p>{escape(text)}</p>" for text in paragraphs]
    rows.insert(middle, '<p align="center"><img src="/pic/1.jpg" alt="会场。图片说明，不是正文。"></p>')
    return "".join(rows)


def _aligned(paragraphs: tuple[str, ...]) -> str:
    """The addressee and the signature set apart from the rest."""
    first, *middle, place, day = paragraphs if len(paragraphs) > 3 else (*("",) * (4 - len(paragraphs)), *paragraphs)
    return (
        (f'<div style="text-align:left"><strong>{escape(first)}</strong></div>' if first else "")
        + "".join(f'<p style="text-indent:2em">{escape(text)}</p>' for text in middle if text)
        + f'<div style="text-align:right">{escape(place)}</div><div style="text-align:right">{escape(day)}</div>'
    )


_SETTINGS: dict[str, Callable[[tuple[str, ...]], str]] = {
    "p": _each("<p>　　{}</p>"),
    "br": _broken("<br>\n", "&nbsp;&nbsp;&nbsp;&nbsp;"),
    "br-br": _broken("<br><br>", "　　"),
    "div": _each("<div>{}</div>"),
    "div-p-span": _each('<div><p><span style="font-size:16px"><font face="宋体"><font>{}</font></font></span></p></div>'),
    "section": _wechat,
    "headed": _headed,
    "li": lambda paragraphs: f"<ul>{_each('<li>{}</li>')(paragraphs)}</ul>",
    "quote": lambda paragraphs: f"<blockquote>{_each('<p>{}</p>')(paragraphs)}</blockquote>",
    "cell": _in_a_cell,
    "word": _word,
    "split": _split,
    "pictures": _with_pictures,
    "aligned": _aligned,
    "center": lambda paragraphs: f"<center><table><tr><td>{_each('<p>{}</p>')(paragraphs)}</td></tr></table></center>",
    "pre": lambda paragraphs: "<pre>" + "\n".join(str(escape(text)) for text in paragraphs) + "</pre>",
    "tables": _each('<table width="100%"><tr><td>{}</td></tr></table>'),
    "dd": lambda paragraphs: f"<dl>{_each('<dd>{}</dd>')(paragraphs)}</dl>",
    "p-br": lambda paragraphs: f"<p>{'<br>'.join(str(escape(text)) for text in paragraphs)}</p>",
    "half": _half,
    "spaced": lambda paragraphs: "<p>&nbsp;</p>".join(
        f'<p class="p{at % 3}">{escape(text)}</p>' for at, text in enumerate(paragraphs)
    ),
    "unclosed": lambda paragraphs: "".join(f"<P>{escape(text)}" for text in paragraphs),
}

_NOTICES = (
    _Text(
        "notice",
        "关于做好法律援助工作的通知",
        "2024-03-02",
        "某市司法局",
        (
            "各区司法局：",
            "为进一步做好法律援助工作，现将有关事项通知如下。",
            "一、提高认识",
            "各单位要高度重视，切实加强组织领导，确保各项措施落到实处；要把便民利民作为出发点。",
            "特此通知。",
            "某市司法局",
            "2024年3月1日",
        ),
    ),
    _Text(
        "short",
        "某市司法局关于国庆节放假安排的通知",
        "2023-09-27",
        "办公室",
        ("现将2023年国庆节放假安排通知如下：9月29日至10月6日放假，共8天。", "某市司法局", "2023年9月27日"),
    ),
    _Text(
        "sentence",
        "某市司法局关于张三同志任职的公告",
        "2022-05-06",
        "某市司法局",
        ("经研究，任命张三为某公证处主任，试用期一年。",),
    ),
    _Text(
        "names",
        "某市2023年度拟表彰人民调解员名单公示",
        "2023-11-20",
        "人民参与和促进法治处",
        (
            "根据评选安排，拟对以下人员予以表彰，现公示如下。",
            "东城区",
            "张三  李四  王五",
            "西城区",
            "赵六  钱七",
            "公示期：2023年11月20日至24日",
            "联系电话：010-00000000",
            "某市司法局",
        ),
    ),
)

_ROWS = tuple(
    tuple(f"{value}" for value in (f"第{row}项指标完成情况", 1000 + 37 * row, 900 + 29 * row, f"{row + 3}.{row % 10}%"))
    for row in range(40)
)


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    cells = "\n".join(f"<tr>{''.join(f'<td><p><span>{cell}</span></p></td>' for cell in row)}</tr>" for row in rows)
    return f'<table border="1" cellspacing="0"><tbody>{cells}</tbody></table>'


def _tabular(opening: tuple[str, ...], closing: tuple[str, ...], setting: str) -> Manuscript:
    head = ("指标", "2022年", "2021年", "增长")
    paragraphs = (*opening, " | ".join(head), *(" | ".join(row) for row in _ROWS), *closing)
    rows = _each(setting)
    markup = rows(opening) + _table((head, *_ROWS)) + rows(closing)
    return Manuscript(f"tables/{setting}", "某市司法局2022年度统计公报", "2023-02-01", "规划财务处", paragraphs, markup)


_OPENING = ("2022年，全市司法行政系统各项指标稳中有进，主要数据如下表所示。", "单位：件")
_SPECIAL = (
    _tabular(_OPENING, ("注：以上数据均为初步统计数。", "某市司法局", "2023年1月31日"), "<p>{}</p>"),
    _tabular(_OPENING, (), "<div>{}</div>"),
    _tabular(_OPENING[:1], ("注：以上数据均为初步统计数。",), "<p>　　{}</p>"),
    Manuscript(
        "attached",
        "某市司法局2023年部门预算公开",
        "2023-02-16",
        "某市司法局",
        ("现将某市司法局2023年部门预算予以公开，详见附件。",),
        '<p>现将某市司法局2023年部门预算予以公开，详见附件。</p><p>附件：<a href="/f/ys2023.pdf">某市司法局2023年部门预算.pdf</a></p>',
        ("/f/ys2023.pdf",),
    ),
    Manuscript(
        "linked",
        "关于转发有关文件的通知",
        "2021-07-08",
        "法治调研处",
        (
            "各有关单位：",
            "现将《某市行政执法监督条例》转发给你们，请结合《关于加强行政执法监督工作的意见》一并贯彻执行。",
            "执行中遇到的问题，请及时反馈。",
            "2021年7月8日",
        ),
        "<p>各有关单位：</p><p>现将<a href='/a.html'>《某市行政执法监督条例》</a>转发给你们，请结合"
        "<a href='/b.html'>《关于加强行政执法监督工作的意见》</a>一并贯彻执行。</p><p>执行中遇到的问题，请及时反馈。</p><p>2021年7月8日</p>",
    ),
    Manuscript(
        "rows-only",
        "某市司法局2023年行政处罚信息公示表",
        "2023-12-01",
        "行政审批处",
        ("序号 | 当事人 | 处罚结果", *(f"{row} | 某律师事务所 | 警告" for row in range(1, 9))),
        _table((("序号", "当事人", "处罚结果"), *((str(row), "某律师事务所", "警告") for row in range(1, 9)))),
    ),
    Manuscript(
        "pictures-only",
        "一图读懂公共法律服务",
        "2022-08-01",
        "某市司法局",
        (),
        '<p><img src="/1.jpg"></p><p><img src="/2.jpg"></p>',
        ("/1.jpg", "/2.jpg"),
    ),
    Manuscript(
        "pdf-only",
        "某市司法局2022年度报告",
        "2023-03-31",
        "某市司法局",
        (),
        '<p><iframe src="/f/nb2022.pdf" width="100%"></iframe></p>',
        ("/f/nb2022.pdf",),
    ),
)
