"""Pages for tests: the seeds' texts and a short notice, in every way of setting a body and in frames of several sites."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from markupsafe import escape

from crawler.clean.text_file import clean_text_file
from crawler.flow import CleanText

SEEDS = Path(__file__).parents[1] / "seeds" / "documents"
URL = "https://sfj.example.gov.cn/a/20190412/1.html"
NOTICE = CleanText(
    title="关于做好法律援助工作的通知",
    published=date(2024, 3, 2),
    published_from="label",
    source="某市司法局",
    body=(
        "各区司法局：",
        "为进一步做好法律援助工作，现将有关事项通知如下。",
        "一、提高认识",
        "各单位要高度重视，切实加强组织领导，确保各项措施落到实处；要把便民利民作为出发点。",
        "特此通知。",
        "某市司法局",
        "2024年3月1日",
    ),
    attachments=(),
    fingerprint="",
)


def seed(number: str) -> CleanText:
    path = next(SEEDS.glob(f"{number}_*.txt"))
    return clean_text_file(path.name, path.read_text(encoding="utf-8"))


REPORTS = {"000": seed("000"), "003": seed("003"), "notice": NOTICE}


def each(frame: str) -> Callable[[CleanText], str]:
    return lambda report: "\n".join(frame.format(escape(paragraph)) for paragraph in report.body)


def word_spans(report: CleanText) -> str:
    runs = (
        "".join(f'<span style="font:仿宋">{escape(text[at : at + 7])}</span><o:p></o:p>' for at in range(0, len(text), 7))
        for text in report.body
    )
    return "".join(f'<p class="MsoNormal">{run}</p>' for run in runs)


BODIES: dict[str, Callable[[CleanText], str]] = {
    "p": each("<p>　　{}</p>"),
    "p-em": each("<p>\u2003\u2003{}</p>"),
    "span": word_spans,
    "br": lambda report: "<div>" + "<br><br>\n".join(f"&nbsp;&nbsp;{escape(text)}" for text in report.body) + "</div>",
    "div": each("<div>{}</div>"),
    "table": lambda report: f'<table border="0"><tbody><tr><td>{each("<p>{}</p>")(report)}</td></tr></tbody></table>',
    "section": each("<section><section><div><p>{}</p></div></section></section>"),
}
TOOLS = '浏览次数：<i>12</i> 字体：【<a href="#">大</a> <a>中</a> <a>小</a>】 <a href="#">打印</a> <a>关闭</a>'
TURN = '<p>上一篇：<a href="1.html">甲乙丙丁戊己庚辛</a></p><p>下一篇：没有了</p>'
RELATED = '<div class="xg"><h4>相关阅读</h4><ul>' + "".join(
    f'<li><a href="/{row}.html">某市司法局召开第{row}次会议。学习传达精神</a><i>2024-01-0{row}</i></li>' for row in range(1, 6)
) + "</ul></div>"  # fmt: skip
MENU = '<div class="m1"><ul>' + "".join(f'<li><a href="/{row}">栏目{row}</a></li>' for row in range(12)) + "</ul></div>"
FOOT = '<div class="z9"><p>主办单位：某市司法局　地址：某路88号；电话：12345。</p><p>沪ICP备00000000号</p></div>'


def shanghai(report: CleanText, body: str) -> str:
    attached = "".join(f'<li><a href="/cmsres/a/1.pdf">{link.name}</a></li>' for link in report.attachments)
    return f"""<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{report.title}">
<meta name="PubDate" content="2021-03-05 10:37"><meta name="ContentSource" content="{report.source or "上海市司法局"}">
<title>{report.title}_上海市司法局</title></head><body>{MENU}
<div class="position">当前位置：<a href="/">首页</a></div><!--EARLY--><div class="Article">
<h2 class="Article_title">{report.title} <small>({report.published})</small></h2><div class="Article-time">{TOOLS}</div>
<div class="Article_content" id="ivs_content">{body}</div>
<div class="xgfj"><p>附件下载：</p><ul>{attached}</ul></div></div>{TURN}{RELATED}{FOOT}</body></html>"""


def minhang(report: CleanText, body: str) -> str:
    day = report.published
    assert day is not None
    return f"""<html><head><meta charset="utf-8"><title>{report.title}</title></head><body>{MENU}<div class="main">
<div class="position">当前位置：<a href="/">首页</a> &gt; 规划计划</div><!--EARLY-->
<div class="content_title"><h1>{report.title}</h1></div>
<div class="content_info">来源：{report.source}&nbsp;&nbsp;发布时间：{day.year}年{day.month}月{day.day}日</div>
<div>{TOOLS}</div><div class="content_body" id="zoom">{body}</div>{TURN}{RELATED}</div>{FOOT}</body></html>"""


def nested(report: CleanText, body: str) -> str:
    return f"""<title>{report.title}_通知公告_某市司法局</title>{MENU}<div class="w"><div class="q"><h1>{report.title}</h1>
<p>发布时间：{report.published} 来源：{report.source} {TOOLS}</p><div class="k">{body}</div>{TURN}</div>{RELATED}</div>{FOOT}"""


def flat(report: CleanText, body: str) -> str:
    return f"""<title>{report.title}-某市司法局</title>{MENU}<h1>{report.title}</h1>
<p>发布时间：{report.published} 来源：{report.source} {TOOLS}</p>{body}{TURN}{RELATED}{FOOT}"""


def layout_table(report: CleanText, body: str) -> str:
    return f"""<title>{report.title}</title><table><tr><td>{MENU}</td></tr><tr><td>{RELATED}</td><td><table>
<tr><td><b>{report.title}</b></td></tr><tr><td>发布时间：{report.published} 来源：{report.source}</td></tr>
<tr><td>{body}</td></tr><tr><td>{TURN}</td></tr></table></td></tr><tr><td>{FOOT}</td></tr></table>"""


def before_side_list(report: CleanText, body: str) -> str:
    return f"""<title>{report.title}</title><div class="q"><h2>{report.title}</h2><div>发布时间：{report.published}</div>{body}
<p>扫一扫在手机打开当前页</p><p>【打印本页】【关闭窗口】</p></div><div class="s"><h3>通知公告</h3>{RELATED}{MENU}</div>{FOOT}"""


def after_introduction(report: CleanText, body: str) -> str:
    return f"""<title>{report.title}</title><div class="i"><p>本栏目发布通知公告，敬请关注。</p></div>
<h2>{report.title}</h2><div>发布时间：{report.published}</div><div class="k">{body}</div>{TURN}"""


def before_comments(report: CleanText, body: str) -> str:
    comments = "".join(f"<div><b>网友{row}</b><p>写得很好，支持一下！</p></div>" for row in range(4))
    return f"""<title>{report.title}</title><div class="q"><h2>{report.title}</h2><div>发布时间：{report.published}</div>
<div class="k">{body}</div>{TURN}<div class="c">{comments}</div></div>"""


def above_footer(report: CleanText, body: str) -> str:
    return f"<title>{report.title}</title><h2>{report.title}</h2><p>发布时间：{report.published}</p><div>{body}</div>{FOOT}"


KNOWN: dict[str, Callable[[CleanText, str], str]] = {"shanghai": shanghai, "minhang": minhang}
UNSEEN: dict[str, Callable[[CleanText, str], str]] = {
    "nested": nested,
    "flat": flat,
    "layout-table": layout_table,
    "before-side-list": before_side_list,
    "after-introduction": after_introduction,
    "before-comments": before_comments,
    "above-footer": above_footer,
}
