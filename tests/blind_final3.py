"""Page templates of the sixth blind look, written after the mends of the fifth and before the reader was run on them."""

from __future__ import annotations

from functools import cache

from markupsafe import escape

from tests.blind_final2 import later_texts
from tests.blind_pages import Blind, Template, Text, each, saying

_HOTLINE = Text(
    "hotline",
    "某区法律援助中心服务热线公布",
    "2018-05-03",
    "某区法律援助中心",
    ("服务热线：0000-1234 8000（工作日9:00-17:00）",),
)
_LISTED = Text(
    "listed",
    "关于公布2020年度法治宣传教育先进集体的决定",
    "2020-12-04",
    "某市普法办",
    ("现将2020年度法治宣传教育先进集体名单予以公布（见附件）。", "某市普法依法治理领导小组办公室", "2020年12月1日"),
    (("/files/2020/12/mingdan.pdf", "2020年度法治宣传教育先进集体名单"),),
)


@cache
def latest_texts() -> tuple[Text, ...]:
    """The texts of the fifth look and two more."""
    return (*later_texts(), _HOTLINE, _LISTED)


def _dream_weaver(text: Text) -> Blind:
    """A free article system: labels in <small>, votes, a line of dashes, rules for comments, its makers' advertisement."""
    return Blind(
        text,
        f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x"><html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" /><title>{escape(text.title)}_某县司法局</title></head><body class="articleview"><div class="header_top"><span id="_userlogin"></span><a href="/rss">RSS订阅</a> | <a href="/tags">TAG标签</a></div><div id="navMenu"><ul><li><a href="/">主页</a></li><li><a href="/a"><span>工作动态</span></a></li></ul></div>
<div class="w960 center"><div class="pleft"><div class="place"><strong>当前位置:</strong> <a href="/">主页</a> &gt; <a href="/a">公告</a> &gt; </div><div class="viewbox"><div class="title"><h2>{escape(text.title)}</h2></div><div class="info"><small>时间:</small>{text.day} 09:33<small>来源:</small>{escape(text.source)} <small>作者:</small>admin <small>点击:</small><script src="/plus/count.php?aid=88213"></script>次</div><div class="vtext"><table width="100%"><tr><td>{each("<div>　　{}</div>", text.paragraphs)}{"".join(f'<ul class="downurllist"><li><a href="{url}">{escape(name)}</a></li></ul>' for url, name in text.files)}</td></tr></table></div><div class="dede_pages"><ul class="pagelist"></ul></div><div class="newdigg"><div class="diggbox"><div>顶一下</div><div>(0)</div><div>0%</div></div><div class="diggbox"><div>踩一下</div><div>(0)</div><div>0%</div></div></div>
<div class="boxoff"><strong>------分隔线----------------------------</strong></div><div class="handle"><div class="context"><ul><li>上一篇：<a href="/88212.html">全县人民调解工作会议召开</a></li><li>下一篇：没有了</li></ul></div><div class="actbox"><ul><li><a>收藏</a></li><li><a>挑错</a></li><li><a>推荐</a></li><li><a>打印</a></li></ul></div></div></div><div class="mt1"><dl class="tbox"><dt><strong>发表评论</strong></dt><dd><p>请自觉遵守互联网相关的政策法规，严禁发布色情、暴力、反动的言论。</p><p>评价: 中立 好评 差评</p></dd></dl></div></div><div class="pright"><dl class="tbox"><dt><strong>栏目列表</strong></dt><dd><a href="/b">文件下载</a></dd></dl><dl class="tbox"><dt><strong>热点内容</strong></dt><dd><ul><li><a href="/c">县局召开述职述廉大会</a></li></ul></dd></dl></div></div><div class="footer w960"><p>某县司法局 版权所有 Power by DedeCms</p></div></body></html>""",
        encoding="gb18030",
    )


def _heading_with_byline(text: Text) -> Blind:
    """Another free system: date, source and readers in a span of the heading's own; a bar of faces to say what one feels."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)} - 公告 - 某市普法网</title></head><body><div class="body-top"><div class="login lh24"><a href="/">登录</a></div></div><div class="header"><div class="logo"><a href="/"><img src="/l.jpg"></a></div><div class="nav-site"><a href="/1">图片</a><span>|</span><a href="/2">视频</a></div></div><div class="main"><div class="col-left"><div class="crumbs"><a href="/">首页</a><span> &gt; </span><a href="/gg">公告</a> &gt; 正文</div><div id="Art"><h1>{escape(text.title)}<br /><span>{text.day} 10:08:11&nbsp;&nbsp;&nbsp;来源：{escape(text.source)}&nbsp;&nbsp;&nbsp;评论：<a href="#c">0</a> 点击：<em id="hits"></em></span></h1><div class="cont">{each("<p><span style='font-size:14px;'>　　{}</span></p>", text.paragraphs)}{"".join(f"<p><a href='{url}' target='_blank'>{escape(name)}</a></p>" for url, name in text.files)}</div>
<div class="bdtools"><a>分享到：</a><a></a><span>更多</span></div><p class="f14"><strong>上一篇：</strong><a href="/p">某市律师协会换届</a><br /><strong>下一篇：</strong>最后一页</p></div><div class="mood"><h6>看完这篇文章心情如何</h6><ul><li>0 <br>震惊</li><li>0 <br>不解</li><li>0 <br>高兴</li></ul></div><div class="relbox"><h5>相关新闻</h5><p>没有相关内容</p></div></div><div class="col-auto"><h5>频道总排行</h5><ul><li><span>392</span><a href="/x">公民旁听庭审须知</a></li></ul></div></div><div class="footer"><p class="info"><a>关于我们</a> | <a>法律声明</a></p><p>某市司法局 网站维护</p></div></body></html>""",
    )


def _web_parts(text: Text) -> Blind:
    """A collaboration server's page: web parts in tables, a rich field with zero-width marks, a hint that Flash is missing.

    The marks are the text's: format characters may hide an edit (`crawler.clean.normalise`).
    """
    return Blind(
        saying(text, paragraphs=tuple(f"\u200b{line}\u200b" for line in text.paragraphs)),
        f"""<!DOCTYPE html><html dir="ltr" lang="zh-CN"><head><meta name="GENERATOR" content="Microsoft SharePoint" /><title>
	{escape(text.title)}
</title></head><body><form method="post" action="./88213.aspx" id="aspnetForm"><noscript><div>您可能正在尝试从服务器上安全的浏览器访问此网站。请启用脚本，然后重新加载此页。</div></noscript><div id="s4-ribbonrow"><a href="javascript:;">跳过功能区命令</a><a href="javascript:;">跳转至主内容</a></div><div id="s4-workspace"><div class="ms-h"><a href="/">主页</a><a href="/Pages/News.aspx">新闻</a><span>当前选定</span></div>
<table class="ms-core-tableNoSpace" width="100%"><tr><td id="MSOZoneCell_1" valign="top"><div class="ms-webpart-chrome"><div class="ms-WPBody"><div class="wp-title">{escape(text.title)}</div><div class="wp-date">{text.slashed} 9:12</div><div class="wp-src">来源: {escape(text.source)}</div><div class="ms-rtestate-field" style="display:inline">{each("<p>&#8203;{}&#8203;</p>", text.paragraphs)}</div><table class="wp-att">{"".join(f"<tr><td><a href='{url}'>{escape(name)}</a></td></tr>" for url, name in text.files)}</table></div></div></td><td id="MSOZoneCell_2" valign="top" width="220"><div class="ms-webpart-chrome"><h2><span>公告</span></h2><p>此页面上的内容需要较新版本的 Adobe Flash Player。</p><p>此列表中没有可显示的项目。</p></div></td></tr></table></div><div class="ms-f"><p>某自治区司法厅</p><p>地址：某市团结路12号</p></div></form></body></html>""",
    )


def _element_rows(text: Text) -> Blind:
    """A component library's rows and columns, an editor's alignments, chips with the fields, tags and likes below."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>某市公共法律服务网</title></head><body><div id="app"><section class="el-container is-vertical"><header class="el-header"><div class="el-row"><div class="el-col el-col-6">某市公共法律服务网</div><div class="el-col el-col-18"><ul role="menubar" class="el-menu"><li role="menuitem">首页</li><li role="menuitem">机构查询</li><li role="menuitem">法治动态</li></ul></div></div></header><main class="el-main"><div aria-label="Breadcrumb" role="navigation" class="el-breadcrumb"><span><span role="link">首页</span><span role="presentation">/</span></span><span><span role="link">详情</span></span></div>
<div class="el-card"><div class="el-card__body"><div class="tt">{escape(text.title)}</div><div class="el-row fields"><span class="el-tag">发布时间：{text.day}</span><span class="el-tag">来源：{escape(text.source)}</span><span class="el-tag el-tag--info">通知</span></div><div class="el-divider"></div><div class="ql-container"><div class="ql-ed">{each('<p class="ql-align-justify">{}</p><p class="ql-align-justify"><br></p>', text.paragraphs)}</div></div>{f'<div class="el-divider"><div class="el-divider__text">附件</div></div><ul class="el-upload-list">{text.links}</ul>' if text.files else ""}<div class="tags"><span>标签：</span><span class="el-tag">公示</span><span class="el-tag">普法</span></div></div></div><div class="el-card"><div class="el-card__header">猜你想看</div><div class="el-card__body"><div class="el-empty"><p>暂无数据</p></div></div></div></main><footer class="el-footer"><span>主办单位：某市司法局</span><span>咨询电话：12348</span></footer></section></div></body></html>""",
    )


def _fields_of_nodes(text: Text) -> Blind:
    """A foreign system's regions, blocks and fields, each with a label above its value."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html lang="zh-hans"><head><meta charset="utf-8"><meta name="Generator" content="Drupal 9"><title>{escape(text.title)} | 某自治州司法局</title></head><body class="path-node"><a href="#main-content" class="visually-hidden">跳转到主要内容</a><div class="dialog-off"><div class="region region-primary"><div class="block"><h2 class="visually-hidden">主导航</h2><ul><li><a href="/">首页</a></li><li><a href="/n">动态</a></li></ul></div></div><div class="region region-highlighted"><div class="block block-local"><h1><span class="field field--name-title">{escape(text.title)}</span></h1></div></div>
<div class="region region-content"><div class="node node--type-notice"><div class="node__content"><div class="field field--name-field-day"><div class="field__label">发布日期</div><div class="field__item"><time datetime="{text.day}T00:00:00Z">{text.day}</time></div></div><div class="field field--name-field-from"><div class="field__label">来源</div><div class="field__item">{escape(text.source)}</div></div><div class="clearfix text-formatted field field--name-text">{each("<p>{}</p>", text.paragraphs)}</div>{f'<div class="field field--name-field-files"><div class="field__label">附件</div><div class="field__items">{"".join(f"<div class=field__item><span class=file><a href={url}>{escape(name)}</a></span> <span>(31.5 KB)</span></div>" for url, name in text.files)}</div></div>' if text.files else ""}<div class="node__links"><ul class="links inline"><li><a href="/user/login">登录</a>以发表评论</li></ul></div></div></div></div><div class="region region-sidebar"><div class="block"><h2>近期公告</h2><div class="views-row"><span><a href="/node/1">某自治州2024年法考考生须知</a></span><span>2024-08-01</span></div></div></div><div class="region region-footer"><p>由 Drupal 强力驱动</p></div></div></body></html>""",
    )


def _fields_aside(text: Text) -> Blind:
    """Title and text in the middle, all fields in a column behind them."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)} - 某市政策文件库</title></head><body><div class="lib-top"><a href="/">政策文件库</a><form><input placeholder="标题、文号或关键词"></form></div><div class="lib-main"><div class="lib-doc"><h1>{escape(text.title)}</h1><div class="lib-body">{each("<p class='bd'>{}</p>", text.paragraphs)}</div>{f'<div class="lib-att"><h6>附件</h6>{text.links}</div>' if text.files else ""}</div><div class="lib-side"><div class="lib-card"><h6>文件信息</h6><dl><dt>发布日期</dt><dd>{text.day}</dd><dt>来源</dt><dd>{escape(text.source)}</dd><dt>效力</dt><dd>有效</dd></dl></div><div class="lib-card"><h6>关联文件</h6><p><a href="/f/1">某市法治宣传教育条例</a></p><p><a href="/f/2">某市公共法律服务促进办法</a></p></div><div class="lib-card"><h6>政策问答</h6><p>问：文件从什么时候开始施行？</p><p>答：文件另有规定的从其规定，没有规定的自发布之日起施行。</p></div></div></div><div class="lib-end"><p>数据来源：某市人民政府公报</p><p>如发现文件内容有误，请点击“我要纠错”告知我们。</p></div></body></html>""",
    )


def _related_inside(text: Text) -> Blind:
    """Related reports and interpretations in the text's own element, after it, in paragraphs as the editor made them."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_文件_某省司法厅</title></head><body><div class="s-top"><div class="s-in"><a href="/">厅门户</a><a href="/ww">外网</a></div></div><div class="s-mid"><div class="s-h"><h2>{escape(text.title)}</h2></div><div class="s-i"><span>日期：{text.chinese}</span><span>信息来源：{escape(text.source)}</span><span>字体：<a>大</a><a>中</a><a>小</a></span></div><div class="s-c">{each('<p class="p1">{}</p>', text.paragraphs)}{"".join(f'<p class="p1">附件：<a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}<p class="p1">&nbsp;</p><p class="p1"><strong>相关链接：</strong></p><p class="p1"><a href="/jd/1.html">图解：三分钟看懂公共法律服务</a></p><p class="p1"><a href="/jd/2.html">某省司法厅有关负责人就有关问题答记者问</a></p></div></div><div class="s-foot"><table><tr><td>主办</td><td>某省司法厅</td></tr><tr><td>承办</td><td>某省司法厅法治宣传中心</td></tr></table></div></body></html>""",
    )


def _unnamed_cells(text: Text) -> Blind:
    """Another system of tables: title, byline, a lead that only repeats the title, the text in divs of a cell, dashes."""
    return Blind(
        text,
        f"""<html><head><meta charset="gbk"><title>{escape(text.title)} -公告栏 -某区司法信息网</title></head><body><table width="1003" align="center"><tr><td><a href="/"><img src="/top.gif"></a></td></tr><tr><td>今天是：2013年5月1日 星期三　农历三月廿二</td></tr></table><table width="1003" align="center" cellpadding="6"><tr><td width="720" valign="top"><table width="100%" style="border:1px solid #ccc"><tr><td>当前位置：<a href="/">首页</a> &gt; <a href="/g">公告栏</a></td></tr><tr><td><table width="98%" align="center" style="word-break:break-all"><tr><td><div align="center"><strong><font size="4">{escape(text.title)}</font></strong></div></td></tr><tr><td align="center">时间：{text.day} 来源：{escape(text.source)} 作者：办公室</td></tr><tr><td style="border:1px dashed #ddd;background:#fafafa">{escape(text.title)}</td></tr><tr><td height="200" valign="top">{each('<div style="text-indent:2em">{}</div>', text.paragraphs)}{"".join(f'<div><a href="{url}">{escape(name)}</a></div>' for url, name in text.files)}</td></tr><tr><td align="center">---------------------------------</td></tr><tr><td>[查看评论] [加入收藏] [推荐给好友] [打印] [关闭]</td></tr></table></td></tr></table></td><td valign="top"><table width="100%"><tr><td>一周热门</td></tr><tr><td><ul><li><a href="/1">如何办理遗嘱公证</a></li><li><a href="/2">社区矫正工作简介</a></li></ul></td></tr></table></td></tr></table><table width="1003" align="center"><tr><td align="center">某区司法局主办　联系信箱：web@example.gov.cn　备案序号：某ICP备07000000号</td></tr></table></body></html>""",
        encoding="gb18030",
    )


def _codes_matrix(text: Text) -> Blind:
    """A matrix of codes of the new media with captions, an assistant for the elderly, opinions asked for below."""
    codes = "".join(
        f'<div class="mx-i"><img src="/qr/{at}.png"><p>{name}</p></div>'
        for at, name in enumerate(("某市司法微信公众号", "某市普法抖音号", "某市掌上12348", "政务服务小程序"))
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body class="elder-off"><div class="ol-bar"><span>老年人服务专区</span><span>大字号</span><span>读屏</span><span>指读</span><span>退出服务</span></div><div class="mx-h"><img src="/h.png"><div class="mx-n"><a href="/">首页</a><a href="/a">政务</a><a href="/b">普法</a></div></div><div class="mx-b"><div class="mx-p">首页 > 政务 > 公告</div><div class="mx-t">{escape(text.title)}</div><div class="mx-s"><em>{text.day}</em><em>{escape(text.source)}</em></div><div class="mx-c"><div class="mx-cc">{each("<p>&ensp;&ensp;&ensp;&ensp;{}</p>", text.paragraphs)}</div></div>{"".join(f'<div class="mx-d"><a href="{url}">{escape(name)}</a></div>' for url, name in text.files)}<div class="mx-z">您觉得这条信息有用吗？<a>有用(0)</a><a>没用(0)</a></div></div><div class="mx-m">{codes}</div><div class="mx-f"><div>网站声明</div><div>网站地图</div><div>联系方式</div><div>某市司法局主办 某市信息中心技术支持</div></div></body></html>""",
    )


def _list_of_definitions(text: Text) -> Blind:
    """The article as one list of definitions: title, fields and text are its items; the menu is one, too."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><dl id="m0"><dt><a href="/">某县普法</a></dt><dd><a href="/1">要闻</a></dd><dd><a href="/2">学法</a></dd><dd><a href="/3">案例</a></dd></dl><dl id="m1"><dt class="x1">{escape(text.title)}</dt><dd class="x2">发布时间：{text.slashed} 信息来源：{escape(text.source)}</dd><dd class="x3">{each("<p>{}</p>", text.paragraphs)}</dd>{f'<dd class="x4">附件：{"　".join(f"<a href={url}>{escape(name)}</a>" for url, name in text.files)}</dd>' if text.files else ""}<dd class="x5"><a>打印</a><a>返回</a></dd></dl><dl id="m2"><dt>以案说法</dt><dd><a href="/4">邻居装修噪音扰民，怎么办？</a></dd><dd>法官提醒：相邻各方应当互谅互让，依法处理矛盾。</dd></dl><dl id="m3"><dd>版权：某县司法局</dd></dl></body></html>""",
    )


FINAL3: dict[str, Template] = {
    "dream-weaver": _dream_weaver,
    "heading-byline": _heading_with_byline,
    "web-parts": _web_parts,
    "element-rows": _element_rows,
    "fields-of-nodes": _fields_of_nodes,
    "fields-aside": _fields_aside,
    "related-inside": _related_inside,
    "unnamed-cells": _unnamed_cells,
    "codes-matrix": _codes_matrix,
    "definitions": _list_of_definitions,
}
