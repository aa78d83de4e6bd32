"""Page templates of the third blind look, written after all mends of the second and before the reader was run on them."""

from __future__ import annotations

from markupsafe import escape

from tests.blind_pages import Blind, Template, Text, each


def _lifted_rows(text: Text) -> Blind:
    """Bootstrap panels: a breadcrumb as a list, a definition row of fields, the text in a panel, a modal with terms."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>某区司法局 | {escape(text.title)}</title></head><body><div class="navbar"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/gk">公开</a></li></ul></div><ol class="breadcrumb"><li><a href="/">首页</a></li><li><a href="/gk">公开</a></li><li class="active">正文</li></ol>
<div class="panel panel-default"><div class="panel-heading"><h3 class="panel-title">{escape(text.title)}</h3></div><div class="panel-body"><p class="text-center text-muted"><span class="glyphicon"></span>{text.day} <span class="glyphicon"></span>来源：{escape(text.source)} <span class="glyphicon"></span>9999+</p>{each("<p>{}</p>", text.paragraphs)}<table class="table"><tbody>{"".join(f'<tr><td><a href="{url}">{escape(name)}</a></td></tr>' for url, name in text.files)}</tbody></table></div></div>
<div class="modal fade" style="display:none"><p>您访问的链接即将离开本网站，是否继续？</p></div><div class="container text-center"><p>版权所有：某区司法局</p><p>地址：某区人民大道100号；邮编：200000；电话：021-00000000。</p></div></body></html>""",
    )


def _letters_in_order(text: Text) -> Blind:
    """A card layout: the title twice, a lead in its own box that repeats the beginning, big figures of readers."""
    lead = text.paragraphs[0][:30]
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title><meta name="description" content="{escape(lead)}"></head><body><div class="bar"><span>{escape(text.title)}</span></div><div class="card"><div class="card-h"><h2>{escape(text.title)}</h2><p><i>{text.slashed}</i><i>来源：{escape(text.source)}</i><i>2.3万阅读</i></p></div><div class="card-b">{each('<p class="j">{}</p>', text.paragraphs)}</div>{f'<div class="card-f">{text.links}</div>' if text.files else ""}</div>
<div class="card"><div class="card-h">便民服务</div><div class="card-b"><a href="/1">找律师</a><a href="/2">办公证</a><p>法律咨询请拨打12348热线，二十四小时为您服务。</p></div></div></body></html>""",
    )


def _old_frames(text: Text) -> Blind:
    """Everything centred in tables again, the title in a cell with a background, day and source below the text."""
    return Blind(
        text,
        f"""<html><head><title>{escape(text.title)}</title></head><body background=bg.gif><center><table width=760 border=0><tr><td background=t.gif height=30><font color=white><b>公示公告</b></font></td></tr><tr><td align=center background=h.gif><font size=5>{escape(text.title)}</font></td></tr><tr><td><blockquote>{each("<p><font size=3>{}</font></p>", text.paragraphs)}</blockquote>{"".join(f'<p><a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}</td></tr>
<tr><td align=right>来源：{escape(text.source)}　发布日期：{text.day}</td></tr><tr><td align=center><a href="javascript:self.close()">关闭</a></td></tr></table></center></body></html>""",
        encoding="gb18030",
    )


def _quick_read(text: Text) -> Blind:
    """A column of tools that float: size of letters, reading aloud, a question box with a robot's greeting."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)} - 政务公开 - 某省司法厅门户网站</title><meta name="PubDate" content="{text.day} 10:00:00"><meta name="ContentSource" content="{escape(text.source)}"></head><body><section class="s1"><a href="/">首页</a><a href="/zwgk">政务公开</a></section><section class="s2"><h1>{escape(text.title)}</h1><div class="s2a"><span>{text.day} 10:00</span><span>A+</span><span>A-</span></div><div class="s2b">{each("<p>{}</p>", text.paragraphs)}</div>{"".join(f'<p class="s2c"><span>附件</span><a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}</section>
<div class="robot"><p>您好，我是智能机器人小法，请问有什么可以帮您？</p><p>您可以这样问我：如何申请法律援助？</p><input></div><section class="s3"><p>本网站由某省司法厅主办，网站标识码0000000000，未经许可不得镜像。</p></section></body></html>""",
    )


def _numbered_rows(text: Text) -> Blind:
    """Each paragraph a row of a definition grid with an empty first column, fields as a row of chips."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div class="grid-top"><a href="/">返回首页</a></div><div class="grid"><div class="g-title">{escape(text.title)}</div><div class="chips"><b>发布时间</b><span>{text.day}</span><b>来源</b><span>{escape(text.source)}</span></div>{each('<div class="row"><div class="c1"></div><div class="c11"><p>{}</p></div></div>', text.paragraphs)}{f'<div class="row"><div class="c1"></div><div class="c11">{text.links}</div></div>' if text.files else ""}</div><div class="grid-end">某市司法局</div></body></html>""",
    )


LAST: dict[str, Template] = {
    "panels": _lifted_rows,
    "cards": _letters_in_order,
    "byline-below": _old_frames,
    "robot": _quick_read,
    "rows": _numbered_rows,
}
