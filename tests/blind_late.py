"""Page templates of the second blind look, written after the mends of the first and before the reader was run on them."""

from __future__ import annotations

from markupsafe import escape

from tests.blind_pages import Blind, Template, Text, each


def _aspnet(text: Text) -> Blind:
    """The whole page in one form, the fields in spans that a server control numbered."""
    lines = "<br /><br />".join("　　" + str(escape(line)) for line in text.paragraphs)
    files = "".join(
        f'<tr><td><a id="ctl00_c_rpt_ctl0{at}_lnk" href="{url}">{escape(name)}</a></td><td>下载</td></tr>'
        for at, (url, name) in enumerate(text.files)
    )
    return Blind(
        text,
        f"""<html><head><title>某市司法行政网 信息浏览</title></head><body><form name="aspnetForm" method="post" action="Show.aspx?id=88213" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUKMTY1{"Qk" * 400}" />
<div id="ctl00_top"><a href="Default.aspx">网站首页</a> <a href="List.aspx?c=1">工作动态</a> <a href="List.aspx?c=2">公示公告</a></div><div><span id="ctl00_c_lblTitle" style="font-size:18pt">{escape(text.title)}</span></div>
<div><span id="ctl00_c_lblDate">发布时间：{text.slashed} 0:00:00</span>&nbsp;&nbsp;<span id="ctl00_c_lblFrom">信息来源：{escape(text.source)}</span>&nbsp;&nbsp;<span id="ctl00_c_lblHits">点击率：17</span></div><div><span id="ctl00_c_lblBody">{lines}</span></div>
{f"<table>{files}</table>" if files else ""}<div><input type="button" value="返回" onclick="history.back()" /></div><div id="ctl00_foot">某市司法局 版权所有 技术支持：某某软件</div></form></body></html>""",
        encoding="gb18030",
    )


def _blog(text: Text) -> Blind:
    """A blog's theme: categories and labels beside the day, excerpts of other posts below."""
    posts = "".join(
        f'<div class="post-card"><a href="/?p={at}"><img src="/thumb{at}.jpg"></a><h5><a href="/?p={at}">司法所长说调解（{at}）</a></h5><p>邻里之间因为一堵墙闹了三年，司法所长上门六次，终于让双方握手言和。故事还得从前年说起。</p></div>'
        for at in range(4)
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html class="no-js"><head><meta charset="UTF-8"><title>{escape(text.title)} &#8211; 某县司法局</title></head><body class="post-template-default single"><div id="masthead"><a href="/">某县司法局</a><ul class="primary"><li><a href="/">首页</a></li><li><a href="/cat/1">公告</a></li></ul></div>
<div id="primary"><article id="post-88213" class="post type-post"><div class="entry-header"><h1 class="entry-title">{escape(text.title)}</h1><div class="entry-meta"><span class="posted-on">发布于 <a href="/88213"><time datetime="{text.day}T08:00:00+08:00">{text.chinese}</time></a></span> <span>来源：{escape(text.source)}</span> <span>分类：<a href="/cat/1">公告</a></span></div></div>
<div class="entry-content">{each("<p>{}</p>", text.paragraphs)}{"".join(f'<div class="wp-block-file"><a href="{url}">{escape(name)}</a><a href="{url}" class="btn" download>下载</a></div>' for url, name in text.files)}</div><div class="entry-footer">标签：<a href="/tag/a">司法行政</a>、<a href="/tag/b">公告</a></div></article>
<div class="nav-links"><a href="/88212">&larr; 某县司法局举办新任人民调解员岗前培训</a><a href="/88214">某县司法局召开半年工作会议 &rarr;</a></div><h3>猜你喜欢</h3>{posts}</div><div id="colophon">由某某提供技术支持</div></body></html>""",
    )


def _gazette(text: Text) -> Blind:
    """A report of the government's gazette, with the whole issue's contents in front of it."""
    contents = "".join(
        f"<li>{kind}（第{at}号）</li>"
        for at, kind in enumerate(
            ("某市人民政府令", "某市人民政府关于表彰先进集体的决定", "某市人民政府办公室关于调整议事协调机构的通知", "人事任免")
            * 3,
            1,
        )
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_公报_某市人民政府</title><meta name="PubDate" content="{text.day}"/><meta name="ContentSource" content="{escape(text.source)}"/></head><body><div class="gb-top"><a href="/">首页</a> <a href="/gb">政府公报</a></div><div class="gb-left"><h4>本期目录</h4><ul>{contents}</ul></div>
<div class="gb-right"><p class="gb-b">{escape(text.title)}</p><div class="gb-z">{each('<p style="margin:0;text-indent:2em">{}</p>', text.paragraphs)}</div>{f'<div class="gb-fj">附件：<ul>{text.links}</ul></div>' if text.files else ""}</div><div class="gb-end"><p>主管：某市人民政府　主办：某市人民政府办公室　地址：某市中山路1号</p></div></body></html>""",
    )


def _consultation(text: Text) -> Blind:
    """Opinions are asked for: the term in a table above, a form and the opinions of others below."""
    said = "".join(
        f"<li><p><b>{who}</b>：{what}</p><p>采纳情况：已部分采纳，感谢您的参与。</p></li>"
        for who, what in (
            ("李先生", "建议在第三条中增加对老年人的便利措施，例如上门办理。"),
            ("某律师", "第五条的期限与上位法不一致，请予核对。"),
        )
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}-民意征集-某市司法局</title></head><body><div class="header"><a href="/">首页</a><a href="/yj">民意征集</a></div><div class="zj"><h2 class="zj-title">{escape(text.title)}</h2><div class="zj-info">发布时间：{text.day}　来源：{escape(text.source)}</div><table class="zj-t"><tr><td>征集状态：</td><td>已结束</td><td>参与人数：</td><td>12</td></tr></table>
<div class="zj-c">{each("<p>{}</p>", text.paragraphs)}</div>{f'<div class="zj-f"><ul>{text.links}</ul></div>' if text.files else ""}<div class="zj-form"><h3>我要建言</h3><form><p>姓名 <input></p><p>意见 <textarea></textarea></p><p>您的个人信息仅用于本次征集，我们将予以保密。</p><input type="submit" value="提交"></form></div><div class="zj-list"><h3>意见选登</h3><ul>{said}</ul></div></div><div class="footer">某市司法局</div></body></html>""",
    )


def _placeholders(text: Text) -> Blind:
    """Rendered by Angular: templates not shown remain in the page, with their braces."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html ng-app="app"><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div ng-include="'head.html'" class="ng-scope"><a href="#/" class="ng-binding">首页</a></div><div ng-show="loading" class="ng-hide">正在加载，请稍候。</div><div ng-view class="ng-scope"><div class="d-t ng-binding">{escape(text.title)}</div><div class="d-i"><span class="ng-binding">{text.day} 16:20:11</span> <span class="ng-binding">来源：{escape(text.source)}</span></div>
<div class="d-c ng-binding" ng-bind-html="item.content">{each("<p>{}</p>", text.paragraphs)}</div><ul class="d-f">{text.links}</ul><div ng-if="false" style="display:none"><p>{{{{ item.summary }}}}。</p></div></div><div class="d-b ng-scope">某市司法局主办</div></body></html>""",
    )


def _contents_first(text: Text) -> Blind:
    """A table of contents with anchors inside the text's element, each paragraph in a box with a mark to copy its address."""
    anchors = "".join(f'<li><a href="#s{at}">第{at}部分</a></li>' for at in range(1, 5))
    body = "".join(
        f'<div class="para" id="s{at}"><a class="mark" href="#s{at}">#</a>{escape(line)}</div>'
        for at, line in enumerate(text.paragraphs, 1)
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/><title>{escape(text.title)} · 某市法规库</title></head><body><div class="lib"><a href="/">法规库</a></div><div class="doc"><h1>{escape(text.title)}</h1><p class="who">发布机关：{escape(text.source)}　发布日期：{text.chinese}</p><div class="toc"><b>目录</b><ul>{anchors}</ul></div><div class="text">{body.replace('<a class="mark" href="#s', '<a class="mark" title="复制地址" href="#s').replace(">#</a>", "></a>")}</div>{f'<div class="att"><ul>{text.links}</ul></div>' if text.files else ""}</div><div class="lib-foot">数据仅供参考，以正式文本为准。</div></body></html>""",
    )


def _portal_news(text: Text) -> Blind:
    """A news portal: hot reports beside, a button to unfold, a line of the editors, a declaration."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>{escape(text.title)}--法治--某日报网</title></head><body><div class="p1"><a href="/">某日报网</a>&gt;&gt;<a href="/fz">法治频道</a></div><div class="p2"><div class="p2l"><h1>{escape(text.title)}</h1><div class="p2s">{text.chinese}08:12 | 来源：<a href="/src">{escape(text.source)}</a></div><div class="p2t">{each('<p style="text-indent: 2em;">' + chr(10) + chr(9) + "{}</p>", text.paragraphs)}</div>{"".join(f'<p><a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}<div class="p2m"><a>展开全文</a></div><div class="p2e">(责编：张三、李四)</div><div class="p2d">分享让更多人看到 <a>微信</a><a>微博</a></div></div>
<div class="p2r"><h2>热门排行</h2><ol><li><a href="/h1">今日头条：我市入选全国法治政府建设示范市</a></li><li><a href="/h2">市民热线一周回应</a></li></ol><h2>编辑推荐</h2><p><a href="/h3">让公平正义可感可触</a></p><p>基层治理的关键在人。走进某街道，调解室里灯火通明，调解员正在整理卷宗。</p></div></div><div class="p9">某日报社概况 | 广告服务 | 诚聘英才</div></body></html>""",
        encoding="gb18030",
    )


def _portlets(text: Text) -> Blind:
    """Portlets of a Java portal; documents through a servlet that is told the file's name."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>某省司法厅 - 信息展示</title><meta name="ArticleTitle" content="{escape(text.title)}"></head><body><div class="portlet"><div class="portlet-title">站点导航</div><div class="portlet-body"><a href="/">首页</a> <a href="/a">厅领导</a></div></div><div class="portlet"><div class="portlet-title">信息展示</div><div class="portlet-body"><dl class="fields"><dt>标题</dt><dd>{escape(text.title)}</dd><dt>来源</dt><dd>{escape(text.source)}</dd><dt>发布日期</dt><dd>{text.day}</dd></dl>
<div class="value">{each("<p align=left>{}</p>", text.paragraphs)}</div>{"".join(f'<div class="portlet-file"><img src="/i/clip.gif"/><a href="{url}">{escape(name)}</a> (23 KB)</div>' for url, name in text.files)}</div></div><div class="portlet"><div class="portlet-title">天气预报</div><div class="portlet-body">今天白天多云，最高气温18度；夜间有小雨，请注意防范。</div></div></body></html>""",
    )


LATE: dict[str, Template] = {
    "aspnet": _aspnet,
    "blog": _blog,
    "gazette": _gazette,
    "consultation": _consultation,
    "placeholders": _placeholders,
    "contents-first": _contents_first,
    "portal-news": _portal_news,
    "portlets": _portlets,
}
