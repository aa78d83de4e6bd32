"""Whole page templates that mislead: names that lie, copies, comments longer than the notice, no title. Sets no body."""

# ruff: noqa: E501  a piece of markup reads best on one line

from __future__ import annotations

import random
from collections.abc import Callable

from markupsafe import escape

from benchmarks.furniture import menu, news

_BARE_ENTRY = '<a href="{href}">{text}</a>'
_LINK = '<li><a href="{href}">{title}</a><span>{day}</span></li>'
_ENTRY = '<li><a href="{href}">{text}</a></li>'
_EXCERPT = '<div class="card"><a href="{href}">{title}</a><p>为贯彻落实有关部署，结合工作实际，市司法局研究制定了相关措施，自{day}起施行。</p></div>'
_COMMENTS = (
    "这个政策好，希望尽快落实到基层，让老百姓都能享受到便利！",
    "请问窗口周末办公吗？电话一直打不通，希望改进。",
    "办事效率很高，工作人员态度也好，点赞！材料可以再精简一些。",
)

Wild = Callable[[str, str, str, str], str]


def _head(title: str) -> str:
    return f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>'


def _lying_names(title: str, day: str, source: str, body: str) -> str:
    """The text in what calls itself navigation, the menu in what calls itself the text."""
    c = random.Random(1)
    return (
        f'{_head(title)}<div class="article-content"><ul>{menu(c, _ENTRY, 9)}</ul></div><div id="main-nav" class="page-bottom">'
        f'<div class="title-footer"><h1>{title}</h1><p>{day} 来源：{source}</p></div><div class="related">{body}</div></div>'
        f'<div class="content"><ul>{news(c, 8, _LINK)}</ul></div><div class="article"><p>主办：某市司法局</p></div></body></html>'
    )


def _zoom_is_a_tool(title: str, day: str, source: str, body: str) -> str:
    """`zoom` and `fontzoom` are the buttons for the size of letters."""
    c = random.Random(2)
    return (
        f'{_head(title + "_某市司法局")}<ul>{menu(c, _ENTRY, 12)}</ul><div class="w1200"><h2>{title}</h2><div class="sj">发布时间：{day}　信息来源：{source}'
        f'<span id="fontzoom">字体：<a href="#">大</a><a href="#">中</a><a href="#">小</a></span><span id="zoom">【打印】</span></div>'
        f'<div class="nr">{body}</div><div class="fx">分享到：</div></div><ul>{news(c, 6, _LINK)}</ul><p>京ICP备1号</p></body></html>'
    )


def _ended_early(title: str, day: str, source: str, body: str) -> str:
    """</body></html> stand before the article."""
    c = random.Random(3)
    return (
        f'{_head(title)}<table><tr><td>{menu(c, _BARE_ENTRY, 9)}</td></tr></table></body></html><table width="900" align="center"><tr>'
        f'<td colspan="2"><b>{title}</b></td></tr><tr><td>{day}</td><td>来源：{source}</td></tr><tr><td colspan="2">{body}</td></tr></table>'
        "<table><tr><td>版权所有：某市司法局</td></tr></table></body></html>"
    )


def _no_title_shown(title: str, day: str, source: str, body: str) -> str:
    """The title is a picture."""
    c = random.Random(4)
    return (
        f'{_head("某市司法局-" + title)}<div class="t"><ul>{menu(c, _ENTRY, 9)}</ul></div><div class="c"><img src="title.png"><div class="i">发布时间：{day} 来源：{source}</div>'
        f'<div class="b">{body}</div></div><div class="f"><p>地址：某路88号；邮编：100000。</p></div></body></html>'
    )


def _many_comments(title: str, day: str, source: str, body: str) -> str:
    """Readers wrote more than the bureau."""
    comments = "".join(f'<li class="cmt"><em>市民{n}</em><p>{_COMMENTS[n % 3]}</p><i>回复</i></li>' for n in range(12))
    return (
        f'{_head(title)}<div class="wrap"><h1>{title}</h1><div class="meta"><span>{day}</span><span>{source}</span></div><div class="txt">{body}</div></div>'
        f'<div class="comment"><h3>全部评论（12）</h3><ul>{comments}</ul></div><div>备案号：京ICP备2号</div></body></html>'
    )


def _copy_for_phones(title: str, day: str, source: str, body: str) -> str:
    """The same text twice, one of them hidden by the style sheet only."""
    one = f'<h1>{title}</h1><p class="d">{day} {source}</p><div class="x">{body}</div>'
    return f'{_head(title)}<div class="pc-only">{one}</div><div class="wap-only">{one}</div><div class="z">主办：某市司法局</div></body></html>'


def _summary_first(title: str, day: str, source: str, body: str) -> str:
    """A record with a summary, and a box of guidance, between title and text."""
    return (
        f'{_head(title)}<div class="main"><h3>{title}</h3><table class="rec"><tr><td>索引号</td><td>00-1</td><td>发布日期</td><td>{day}</td></tr>'
        f'<tr><td>发布机构</td><td>{source}</td><td>文号</td><td></td></tr><tr><td>内容概述</td><td colspan="3">本文件对有关事项作出规定，请遵照执行。</td></tr></table>'
        f'<div class="dd">【导读】一篇文章读懂本文件，了解与您有关的事项。</div><div class="con">{body}</div></div><div>版权所有</div></body></html>'
    )


def _side_inside(title: str, day: str, source: str, body: str) -> str:
    """A side column floats in the article before its text; cards with excerpts follow it."""
    c = random.Random(8)
    return (
        f'{_head(title)}<div class="art"><div class="hd"><h1>{title}</h1><div class="s">{day}　{source}</div></div><div class="rt"><h4>热点</h4><ul>'
        f'{news(c, 8, _LINK)}</ul></div><div class="bd">{body}</div><div class="cards"><h4>政策解读</h4>{news(c, 4, _EXCERPT)}</div></div></body></html>'
    )


def _current_item(title: str, day: str, source: str, body: str) -> str:
    """The list beside the text shows the report itself, unlinked."""
    c = random.Random(9)
    return (
        f'{_head(title)}<div class="l"><ul>{news(c, 3, _LINK)}<li class="on">{title}<span>{day}</span></li>{news(c, 3, _LINK)}</ul></div>'
        f'<div class="r"><p class="tt">{title}</p><p class="sj">日期：{day} 来源：{source}</p>{body}<p class="dy">打印 关闭</p></div><p>主办单位：某市司法局</p></body></html>'
    )


def _wechat_page(title: str, day: str, source: str, body: str) -> str:
    """An article of a public account, hidden until its script runs."""
    return (
        f'{_head(title)}<div id="img-content"><h1 id="activity-name">{title}</h1><div><span>原创</span><a href="#">{source}</a><em>{day} 09:00</em></div>'
        f'<div class="rich" style="visibility: hidden; opacity: 0;">{body}</div></div><div><p>预览时标签不可点</p><p>微信扫一扫</p><p>关注该公众号</p></div>'
        "<div><p>继续滑动看下一个</p><p>轻触阅读原文</p></div><div>向上滑动看下一个</div></body></html>"
    )


def _bootstrap(title: str, day: str, source: str, body: str) -> str:
    """Rows and columns, all named alike."""
    c = random.Random(11)
    row = '<div class="row"><div class="col-md-12">{}</div></div>'
    parts = (
        f'<ul class="nav">{menu(c, _ENTRY, 9)}</ul>',
        f"<h2>{title}</h2>",
        f"<small>发布日期：{day}</small> <small>来源：{source}</small>",
        body,
        "<p>本网站转载文章的版权归原作者所有，如有异议请联系我们。</p>",
        f"<ul>{news(c, 5, _LINK)}</ul>",
        "<p>Copyright 某市司法局</p>",
    )
    return f'{_head(title)}<div class="container">{"".join(row.format(part) for part in parts)}</div></body></html>'


def _terms_first(title: str, day: str, source: str, body: str) -> str:
    """Long terms in a dialogue before everything, and a notice that runs."""
    terms = (
        "<p>欢迎使用本网站。您在使用本网站前应当仔细阅读以下条款；继续使用即视为接受。我们重视您的个人信息，不会向第三方提供。</p>"
        * 8
    )
    return (
        f'{_head(title)}<div class="mask"><div class="dlg">{terms}<a href="#">同意</a></div></div><div class="run">今天是{day} 星期五 天气：晴</div>'
        f"<div class='a'><div class='b'><center><h1>{title}</h1></center><hr><center>{day} {source} 阅读次数：7</center><hr>{body}<hr></div></div>"
        "<div class='c'>网站地图 | 联系我们 | 隐私声明</div></body></html>"
    )


def _unclosed(title: str, day: str, source: str, body: str) -> str:
    """Hardly a tag is closed."""
    return (
        f"<title>{title}</title><div class=h><a href=/>首页</a><a href=/a>公开</a><div class=m><h1>{title}</h1><p>时间：{day} 来源：{source}<p>"
        f"<div class=c>{body}</div><div class=t><a href=1>打印</a><div class=f>主办：某市司法局 地址：某路1号。"
    )


def _upper_case(title: str, day: str, _source: str, body: str) -> str:
    """As pages were made in 2003."""
    return (
        f'<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF><TABLE BORDER=0 WIDTH=760 ALIGN=CENTER><TR><TD WIDTH=160 VALIGN=TOP><A HREF="/">首页</A><BR>'
        f'<A HREF="/1">机构</A><BR><A HREF="/2">法规</A></TD><TD><FONT SIZE=5><B>{title}</B></FONT><BR>（{day}）<HR>{body}<HR><A HREF="javascript:history.back()">'
        "返回</A></TD></TR></TABLE><CENTER>某市司法局 版权所有</CENTER></BODY></HTML>"
    )


WILD: tuple[Wild, ...] = (
    _lying_names,
    _zoom_is_a_tool,
    _ended_early,
    _no_title_shown,
    _many_comments,
    _copy_for_phones,
    _summary_first,
    _side_inside,
    _current_item,
    _wechat_page,
    _bootstrap,
    _terms_first,
    _unclosed,
    _upper_case,
)


def wild(number: int, title: str, day: str, source: str, body: str) -> str:
    """The page of a report in misleading template `number`, from 0."""
    return WILD[number](str(escape(title)), day, source, body)
