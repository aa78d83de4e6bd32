"""Page templates of the years of tables and fonts, written before the reader was run on them. Knows no reader."""

from __future__ import annotations

from markupsafe import escape

from tests.blind_pages import Blind, Template, Text, each, saying


def _nested_fonts(text: Text) -> Blind:
    """Four tables in each other; the text in <font>, parted by <br>; nothing has a name."""
    lines = "<br>\n".join(f"　　<font size=3 color=#000000>{escape(line)}</font>" for line in text.paragraphs)
    files = "".join(f'<br><img src=/images/word.gif><a href="{url}">{escape(name)}</a>' for url, name in text.files)
    return Blind(
        text,
        f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>{escape(text.title)}-某市司法行政网</TITLE></HEAD>
<BODY bgColor=#ffffff topMargin=0><TABLE cellSpacing=0 cellPadding=0 width=778 align=center border=0><TR><TD><IMG src="/images/top.jpg"></TD></TR>
<TR><TD bgcolor=#c00><font color=#fff>今天是<script>document.write(showDate())</script>　<a href=/>网站首页</a> | <a href=/jg>机构设置</a> | <a href=/flfg>法律法规</a> | <a href=/bszn>办事指南</a> | <a href=/wsbs>网上办事</a></font></TD></TR></TABLE>
<TABLE width=778 align=center><TR><TD vAlign=top width=190><TABLE><TR><TD><B>站内搜索</B></TD></TR><TR><TD><input name=k><input type=submit value=搜索></TD></TR>
<TR><TD><B>热点信息</B></TD></TR><TR><TD>·<a href=/1.htm>全市司法行政工作会议在京召开，部署年度重点任务</a></TD></TR><TR><TD>·<a href=/2.htm>我市开展“法律六进”活动</a></TD></TR></TABLE></TD>
<TD vAlign=top><TABLE width=100%><TR><TD><TABLE width=96% align=center><TR><TD height=40 align=center><FONT size=4 color=#cc0000><B>{escape(text.title)}</B></FONT></TD></TR>
<TR><TD align=center><FONT size=2 color=#666666>{text.day}　　来源：{escape(text.source)}　　点击数：<script src=/count.asp?id=88213></script></FONT></TD></TR>
<TR><TD><HR noshade size=1></TD></TR><TR><TD><TABLE><TR><TD style="line-height:180%">{lines}{files}</TD></TR></TABLE></TD></TR>
<TR><TD align=right><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></TD></TR></TABLE></TD></TR></TABLE></TD></TR></TABLE>
<TABLE width=778 align=center><TR><TD align=center><FONT size=2>主办：某市司法局　承办：某市信息中心<BR>地址：某市人民路1号　邮编：100000　电话：010-00000000<BR>京ICP备00000000号　建议使用1024×768分辨率浏览本站</FONT></TD></TR></TABLE></BODY></HTML>""",
        encoding="gb18030",
    )


def _bare_cell(text: Text) -> Blind:
    """The text lies directly in a cell, title and day in the cell above; no source."""
    files = (
        f"<BR><BR>相关附件：{''.join(f'<BR><A href={url}>{escape(name)}</A>' for url, name in text.files)}"
        if text.files
        else ""
    )
    return Blind(
        saying(text, source=""),
        f"""<html><head><title>某区司法局</title></head><body><table width="100%"><tr><td colspan="3">某区司法局门户网站</td></tr>
<tr><td width="160" valign="top"><form action="/login.asp"><table><tr><td>用户名：</td><td><input></td></tr><tr><td>密　码：</td><td><input type=password></td></tr></table></form>
<b>栏目导航</b><br><a href=1>局长致辞</a><br><a href=2>政务动态</a><br><a href=3>通知公告</a><br><a href=4>普法园地</a><br><a href=5>资料下载</a></td>
<td valign="top"><table width="98%"><tr><td>您的位置：<a href="/">首页</a> &gt;&gt; <a href="/tz">通知公告</a> &gt;&gt; 正文</td></tr>
<tr><td class="t1" align="center"><strong>{escape(text.title)}</strong></td></tr><tr><td align="center">发布日期：{text.slashed} 8:30:00　浏览次数：1024 次</td></tr>
<tr><td class="t3">{"<BR><BR>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + str(escape(line)) for line in text.paragraphs)}{files}</td></tr>
<tr><td><b>上一条：</b><a href="88212.html">关于进一步规范基层法律服务工作者执业行为的若干意见（征求意见稿）公开征求意见的公告</a><br><b>下一条：</b>没有了</td></tr></table></td>
<td width="180" valign="top"><marquee direction="up"><a href="g.html">公告：本站将于近期升级，届时暂停服务，请谅解。</a></marquee><br><img src="/tu1.gif"><br><img src="/tu2.gif"></td></tr></table>
<center>版权所有 某区司法局　未经授权不得转载<br>技术支持：某某科技有限公司</center></body></html>""",
        encoding="gb18030",
    )


def _red_header(text: Text) -> Blind:
    """An official document with its red head, below the block of the disclosure catalogue; the title once more inside.

    The letterhead is no paragraph of the report: who issued it, and its number, are fields.
    """
    number = "某司发〔2021〕17号"
    body = each('<p style="text-indent:2em">{}</p>', text.paragraphs)
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title><meta name="ArticleTitle" content="{escape(text.title)}">
<meta name="PubDate" content="{text.day} 10:12"><meta name="ContentSource" content="{escape(text.source)}"></head><body><div class="top"><a href="/">首页</a><a href="/zwgk">政务公开</a><a href="/hd">政民互动</a></div>
<div class="wz"><a href="/">首页</a>&gt;<a href="/zwgk">政务公开</a>&gt;<a href="/zwgk/wj">政策文件</a></div>
<table class="tb"><tr><td>索 引 号：</td><td>000014349/2021-00017</td><td>主题分类：</td><td>司法\\其他</td></tr><tr><td>发文机关：</td><td>某市司法局</td><td>成文日期：</td><td>2021年01月05日</td></tr>
<tr><td>标　　题：</td><td colspan="3">{escape(text.title)}</td></tr><tr><td>发文字号：</td><td>{number}</td><td>发布日期：</td><td>{text.chinese}</td></tr><tr><td>有 效 性：</td><td>有效</td><td></td><td></td></tr></table>
<div class="gw"><p style="text-align:center;color:red;font-size:36pt">某市司法局文件</p><p style="text-align:center">{number}</p><hr color="red"><p style="text-align:center;font-size:22pt">{escape(text.title)}</p>{body}</div>
{f'<div class="xz"><h4>附件下载</h4><ul>{text.links}</ul></div>' if text.files else ""}
<div class="btm"><p>网站地图 | 联系我们 | 隐私声明</p><p>网站标识码：0000000000　公安备案：00000000000000号</p></div></body></html>""",
    )


def _pre_and_hr(text: Text) -> Blind:
    """A text pasted from a terminal: <pre> between two rulers, with a hard wrap nowhere."""
    lines = "\n\n".join("    " + str(escape(line)) for line in text.paragraphs)
    return Blind(
        text,
        f"""<html><head><title>{escape(text.title)} - 某县普法网</title></head><body><h1 align=center><a href=/>某县普法网</a></h1><p align=center>[<a href=/a>首页</a>][<a href=/b>公告</a>][<a href=/c>留言</a>]</p><hr>
<h2 align=center>{escape(text.title)}</h2><p align=center>发布人：管理员　发布单位：{escape(text.source)}　发布时间：{text.chinese}</p><hr><pre>
{lines}
</pre>{f"<ol>{text.links}</ol>" if text.files else ""}<hr><p align=center><a href=javascript:history.back()>返回上页</a></p><address>某县司法局信息科维护，意见请寄某县中山路2号。</address></body></html>""",
    )


def _frames_of_years(text: Text) -> Blind:
    """A cell per paragraph, and beside the text a column of pictures with captions."""
    rows = each("<tr><td>&nbsp;</td><td class=hei>　　{}</td><td>&nbsp;</td></tr>", text.paragraphs)
    files = "".join(f'<tr><td></td><td>附件：<a href="{url}">{escape(name)}</a></td><td></td></tr>' for url, name in text.files)
    return Blind(
        text,
        f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk"><title>某市司法局--{escape(text.title)}</title></head><body>
<table width=1000><tr><td><a href=/><img src=/logo.gif alt=某市司法局></a></td><td>设为首页 | 加入收藏</td></tr></table>
<table width=1000><tr><td width=700><table width=100%><tr><td></td><td align=center class=bt>{escape(text.title)}</td><td></td></tr><tr><td></td><td align=center>稿件来源：{escape(text.source)}　时间：{text.day} 15:01:22</td><td></td></tr>
{rows}{files}</table></td><td width=300 valign=top><table><tr><td><img src=/a.jpg></td></tr><tr><td>图为全市人民调解工作现场推进会会场，会议由局领导主持。</td></tr>
<tr><td><img src=/b.jpg></td></tr><tr><td>图为普法志愿者在社区开展宪法宣传，受到居民欢迎。</td></tr></table></td></tr></table>
<table width=1000><tr><td align=center>Copyright 2009 某市司法局 All Rights Reserved</td></tr></table></body></html>""",
        encoding="gb18030",
    )


def _print_copies(text: Text) -> Blind:
    """The text three times: for the eye, hidden by style, hidden by a class of the page's own sheet."""
    copy = each("<p>{}</p>", text.paragraphs)
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="gbk"><title>{escape(text.title)}_某市司法局</title><style>.hd{{float:left}} .dy-copy{{display:none}} @media print{{.dy-copy{{display:block}}}}</style></head>
<body><div class="hd"><a href="/">首页</a><a href="/x">新闻</a></div><div id="printarea" style="DISPLAY: none"><h1>{escape(text.title)}</h1>{copy}</div>
<div class="w1000"><h1>{escape(text.title)}</h1><div class="bz"><span>信息来源：{escape(text.source)}</span> <span>发布时间：{text.day} 09:00</span> <span>字号：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]</span></div>
<div class="nr">{copy}</div>{f'<ul class="fj">{text.links}</ul>' if text.files else ""}<div class="dy-copy"><h1>{escape(text.title)}</h1>{copy}</div></div>
<div class="ft">主办单位：某市司法局 备案号：某ICP备00000000号</div></body></html>""",
        encoding="gb18030",
    )


def _text_in_a_box(text: Text) -> Blind:
    """The text waits, escaped, in a hidden <textarea>, and a script of one line puts it on the page."""
    return Blind(
        text,
        f"""<html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div class="nav"><a href="/">首页</a><a href="/gk">公开</a></div>
<h3 class="tt">{escape(text.title)}</h3><div class="sj">日期：{text.day}　来源：{escape(text.source)}</div><div id="show"></div>
<textarea id="cont" style="display:none">{escape(each("<p>{}</p>", text.paragraphs))}</textarea><script>document.getElementById("show").innerHTML=document.getElementById("cont").value;</script>
{f"<ul>{text.links}</ul>" if text.files else ""}<div class="foot"><p>版权所有：某市司法局</p></div></body></html>""",
    )


OLD: dict[str, Template] = {
    "nested-fonts": _nested_fonts,
    "bare-cell": _bare_cell,
    "red-header": _red_header,
    "pre": _pre_and_hr,
    "cell-each": _frames_of_years,
    "print-copies": _print_copies,
    "textarea": _text_in_a_box,
}
