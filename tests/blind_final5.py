"""Page templates of the eighth blind look, written before the reader was run on them."""

from __future__ import annotations

from markupsafe import escape

from tests.blind_official import files, tabled
from tests.blind_pages import Blind, Template, Text, each


def _portal(text: Text) -> Blind:
    """A province's portal: divs, declared fields, a row of small words, a print box, two neighbours, a sidebar of hot reading."""
    return Blind(
        text,
        f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="X-UA-Compatible" content="IE=edge,chrome=1">
<meta name="SiteName" content="某市司法局"><meta name="SiteDomain" content="sfj.example.gov.cn"><meta name="SiteIDCode" content="0000000012">
<meta name="ColumnName" content="通知公告"><meta name="ColumnType" content="工作动态"><meta name="ArticleTitle" content="{escape(text.title)}"><meta name="PubDate" content="{text.day} 10:22"><meta name="ContentSource" content="{escape(text.source)}">
<title>{escape(text.title)} - 通知公告 - 某市司法局</title><script src="/js/jquery.min.js"></script><script>var _hmt=_hmt||[];function doZoom(s){{document.getElementById('zoom').style.fontSize=s+'px';}}</script><style>.zoom p{{text-indent:2em}}</style></head>
<body><div class="topbar"><div class="w1200"><span>今天是2025年3月4日 星期二</span><a href="/wza">无障碍浏览</a><a href="/ia">进入关怀版</a><a href="/mobile">手机版</a></div></div>
<div class="header"><a href="/"><img src="/images/logo.png" alt="某市司法局"></a><form action="/search"><input type="text" value="请输入关键字"><button>搜索</button></form></div>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/jggk">机构概况</a></li><li><a href="/xxgk">政务公开</a></li><li><a href="/bsfw">办事服务</a></li><li><a href="/hdjl">互动交流</a></li><li><a href="/pfyz">普法园地</a></li></ul>
<div class="w1200 main"><div class="pos">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk">政务公开</a> &gt; <a href="/xxgk/tzgg">通知公告</a> &gt; 正文</div>
<div class="left"><h1 class="arti_title">{escape(text.title)}</h1><div class="arti_metas"><span>发布时间：{text.day} 10:22</span><span>来源：{escape(text.source)}</span><span>浏览次数：<em id="hits">1203</em></span><span>字号：[<a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a>]</span></div>
<div class="zoom" id="zoom">{tabled(text, "<p>　　{}</p>")}{files(text)}</div>
<div class="share"><span>分享到：</span><a href="#" title="微信">微信</a><a href="#" title="微博">微博</a><a href="javascript:window.print()">【打印】</a><a href="javascript:window.close()">【关闭】</a></div>
<div class="prevnext"><p>上一篇：<a href="/xxgk/tzgg/1.html">关于举办全市行政执法人员资格考试的通知</a></p><p>下一篇：<a href="/xxgk/tzgg/3.html">某市司法局关于法律服务机构变更登记的公告</a></p></div></div>
<div class="right"><h3>热门文章</h3><ul><li><a href="/a/1">全市司法行政工作会议召开</a><span>02-11</span></li><li><a href="/a/2">“宪法进万家”活动启动仪式在某区举行</a><span>02-09</span></li><li><a href="/a/3">一图读懂《中华人民共和国法律援助法》</a><span>01-28</span></li></ul><h3>专题专栏</h3><a href="/zt1"><img src="/zt1.jpg" alt="学习贯彻党的二十大精神"></a></div></div>
<div class="footer"><p><a href="/gywm">关于我们</a> | <a href="/wzdt">网站地图</a> | <a href="/yssm">隐私声明</a></p><p>主办：某市司法局　承办：某市大数据中心</p><p>网站标识码：0000000012　<a href="https://beian.example">某ICP备00000001号-1</a>　<a href="#">某公网安备 00000002000001号</a></p><p>地址：某市建设大道100号　邮编：000000　建议使用1024×768以上分辨率</p></div></body></html>""",
    )


def _old_tables(text: Text) -> Blind:
    """Tables in tables with spacer pictures, the body lines divided by br only, in one cell with the byline a cell above."""
    body = "<br><br>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(line)}" for line in text.paragraphs)
    return Blind(
        text,
        f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>某区司法行政网</title><link href="/css.css" rel="stylesheet" type="text/css"></head><body topmargin="0" leftmargin="0" bgcolor="#EFEFEF"><table width="1000" border="0" align="center" cellpadding="0" cellspacing="0"><tr><td><img src="/img/top.jpg" width="1000" height="180"></td></tr><tr><td height="30" background="/img/nav.gif"><table width="100%"><tr><td align="center"><a href="/index.asp">网站首页</a></td><td align="center"><a href="/a.asp">机构职能</a></td><td align="center"><a href="/b.asp">工作动态</a></td><td align="center"><a href="/c.asp">公示公告</a></td><td align="center"><a href="/d.asp">办事指南</a></td></tr></table></td></tr></table>
<table width="1000" border="0" align="center" cellpadding="0" cellspacing="0" bgcolor="#FFFFFF"><tr><td width="210" valign="top"><table width="100%"><tr><td class="t1">站内搜索</td></tr><tr><td><input name="key" size="12"><input type="submit" value="查询"></td></tr><tr><td class="t1">点击排行</td></tr><tr><td>·<a href="/v.asp?id=3">律师事务所名录（截至去年年底）</a></td></tr><tr><td>·<a href="/v.asp?id=4">公证收费标准</a></td></tr></table></td><td width="10" background="/img/line.gif"></td><td valign="top"><table width="100%" cellpadding="4"><tr><td class="wz">您现在的位置：<a href="/index.asp">首页</a> → <a href="/c.asp">公示公告</a> → 浏览文章</td></tr><tr><td align="center" class="bt"><b><font size="4" color="#990000">{escape(text.title)}</font></b></td></tr><tr><td align="center" bgcolor="#F5F5F5">作者：admin　来源：{escape(text.source)}　发布时间：{text.slashed} 15:03:22　点击数：<script src="/hits.asp?id=9"></script></td></tr><tr><td class="nr" style="line-height:180%">{body}{"".join(f"<br>{link}" for link in files(text, "{}|").split("|") if link)}</td></tr><tr><td align="right">【<a href="#">收藏本页</a>】【<a href="javascript:print()">打印本页</a>】【<a href="javascript:window.close()">关闭窗口</a>】</td></tr><tr><td>上一条：<a href="/v.asp?id=7">某区司法局走访慰问困难群众</a><br>下一条：没有了</td></tr></table></td></tr></table><table width="1000" align="center"><tr><td align="center">版权所有：某区司法局　技术支持：某网络公司<br>某ICP备00000002号　您是第<img src="/n/1.gif"><img src="/n/9.gif">位访客</td></tr></table></body></html>""",
        encoding="gb18030",
    )


def _word_paste(text: Text) -> Blind:
    """Pasted from Word: MsoNormal, spans in every paragraph, o:p elements, conditional comments, in an article of its CMS."""
    frame = '<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt;mso-line-height-rule:exactly"><span lang="EN-US" style="font-size:16.0pt;font-family:仿宋_GB2312"></span><span style="font-size:16.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:宋体">{}</span><span lang="EN-US" style="font-size:16.0pt"><o:p></o:p></span></p>'
    table = '<div align="center"><table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;mso-yfti-tbllook:1184">{}</table></div>'
    cell = '<td width="120" valign="top" style="border:solid windowtext 1.0pt;padding:0cm 5.4pt"><p class="MsoNormal" align="center"><span style="font-family:宋体">{}</span></p></td>'
    return Blind(
        text,
        f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/><title>某县人民政府门户网站 {escape(text.title)}</title><meta name="keywords" content="某县,政府网站"/><script type="text/javascript" src="/script/page.js"></script></head><body><div id="container"><div id="head"><div class="lang"><a href="/big5">繁體</a>|<a href="/en">English</a></div><div id="menu"><a href="/">首页</a><a href="/zjmx">走进某县</a><a href="/zwgk">政务公开</a><a href="/zmhd">政民互动</a></div></div><div class="bread"><span>当前位置：</span><a href="/">首页</a><i>&gt;</i><a href="/zwgk">政务公开</a><i>&gt;</i><a href="/bm">部门动态</a></div><div id="article"><div class="article-title">{escape(text.title)}</div><div class="article-bar"><div class="fl">{text.day} 09:41　来源: {escape(text.source)}　作者:　点击: 88</div><div class="fr">字体：<a>大</a><a>中</a><a>小</a> <a>打印</a></div></div><div class="article-con"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><style>p.MsoNormal{{margin:0cm;text-align:justify;font-size:10.5pt}}</style><div class="WordSection1">{tabled(text, frame, table, cell)}</div>{files(text, '<p class="MsoNormal">{}</p>')}</div><div class="article-end">（责任编辑：某某）</div><div class="bdsharebuttonbox"><a class="bds_more">更多</a><a class="bds_weixin" title="分享到微信"></a></div></div><div class="related"><h4>相关新闻</h4><ul><li><a href="/x/1">县司法局召开党组理论学习中心组学习会</a></li><li><a href="/x/2">我县开展“12·4”国家宪法日集中宣传</a></li></ul></div><div id="foot"><div>主办单位：某县人民政府办公室　　承办单位：某县政府信息中心</div><div>政府网站标识码：0000000033　　某公网安备00000000000033号　　某ICP备00000033号</div><div>联系电话：0000-5550000（工作时间）</div></div></div></body></html>""",
    )


def _field_table(text: Text) -> Blind:
    """A disclosure page: a table of fields (索引号, 发布机构, 成文日期...), the title again, the body in its own cell below."""
    return Blind(
        text,
        f"""<!doctype html><html><head><meta charset="utf-8"><title>{escape(text.title)}_政府信息公开_某市人民政府</title><script>var siteId=12;</script></head><body class="gk"><header><div class="logo"><a href="/"><img src="/gk/logo.png" alt="某市人民政府"></a><b>政府信息公开平台</b></div></header><aside class="gk-tree"><dl><dt>法定主动公开内容</dt><dd><a href="/gk/1">机构职能</a></dd><dd><a href="/gk/2">规划信息</a></dd><dd><a href="/gk/3">统计信息</a></dd><dd><a href="/gk/4">人事信息</a></dd></dl></aside><main class="gk-main"><div class="gk-pos">首页 &gt; 政府信息公开 &gt; 法定主动公开内容 &gt; 其他</div>
<table class="gk-head" cellpadding="0"><tr><th>索 引 号：</th><td>000014349/2023-00018</td><th>主题分类：</th><td>司法；公证</td></tr><tr><th>发布机构：</th><td>{escape(text.source)}</td><th>成文日期：</th><td>{text.chinese}</td></tr><tr><th>名　　称：</th><td colspan="3">{escape(text.title)}</td></tr><tr><th>文　　号：</th><td></td><th>发布日期：</th><td>{text.chinese}</td></tr><tr><th>有 效 性：</th><td>有效</td><th>关 键 词：</th><td>工作；通知</td></tr></table>
<div class="gk-art"><h2>{escape(text.title)}</h2><div class="gk-tools">【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】 <a href="#">下载</a> <a href="#">打印</a></div><div class="gk-con">{tabled(text, '<p style="text-indent: 2em; text-align: justify;">{}</p>')}{f'<div class="gk-fj"><b>附件：</b>{files(text)}</div>' if text.files else ""}</div><div class="gk-ewm"><img src="/qr.png" alt="二维码"><p>扫一扫在手机打开当前页</p></div></div></main><footer><ul><li>主办：某市人民政府办公室</li><li>网站标识码：0000000044</li><li>某ICP备00000044号</li><li>某公网安备 00000000000044号</li></ul></footer></body></html>""",
    )


def _article_tag(text: Text) -> Blind:
    """A new site's article tag with header, time, sections under h2 headings, and a footer inside the article."""
    body, is_open = [], False
    for line in text.paragraphs:
        if line.startswith(("一、", "二、", "三、", "四、", "五、", "第一章", "第二章", "第三章")) and len(line) < 24:
            body.append(f"{'</section>' if is_open else ''}<section><h2>{escape(line)}</h2>")
            is_open = True
        elif " | " in line:
            body.append(f"<table><tr>{each('<td>{}</td>', tuple(line.split(' | ')))}</tr></table>")
        else:
            body.append(f"<p>{escape(line)}</p>")
    return Blind(
        text,
        f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta property="og:type" content="article"><meta property="og:title" content="{escape(text.title)}"><meta name="description" content="{escape(text.paragraphs[0][:60])}"><title>{escape(text.title)} | 某司法厅</title><link rel="stylesheet" href="/dist/app.css"></head><body><a class="skip" href="#main">跳到主要内容</a><header class="site"><nav aria-label="主导航"><ul><li><a href="/">首页</a></li><li><a href="/open">公开</a></li><li><a href="/serve">服务</a></li></ul></nav></header><nav class="crumbs" aria-label="面包屑"><ol><li><a href="/">首页</a></li><li><a href="/open">公开</a></li><li aria-current="page">{escape(text.title)}</li></ol></nav><main id="main"><article><header><h1>{escape(text.title)}</h1><p class="meta"><time datetime="{text.day}">{text.chinese}</time> · <span>来源：{escape(text.source)}</span> · <span>阅读 532</span></p></header>{"".join(body)}{"</section>" if is_open else ""}{files(text)}<footer><p>责任编辑：赵某</p><div><button>点赞</button> <button>收藏</button> <button>分享</button></div></footer></article><aside><h2>推荐阅读</h2><ol><li><a href="/p/1">关于进一步加强行政执法协调监督工作体系建设的意见</a></li><li><a href="/p/2">法律援助惠民生，暖心服务零距离</a></li></ol></aside></main><footer class="site"><p>© 某司法厅 版权所有</p><p>某ICP备00000055号　网站标识码0000000055</p></footer><script src="/dist/app.js"></script></body></html>""",
    )


def _own_elements(text: Text) -> Blind:
    """Custom elements, as a kit of web components renders them on the server."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>{escape(text.title)}</title></head><body><gov-app><gov-header><gov-logo><a href="/">某市司法局</a></gov-logo><gov-menu><gov-menu-item><a href="/">首页</a></gov-menu-item><gov-menu-item><a href="/news">新闻中心</a></gov-menu-item><gov-menu-item><a href="/notice">通知公告</a></gov-menu-item></gov-menu></gov-header><gov-breadcrumb>当前位置：<a href="/">首页</a>/<a href="/notice">通知公告</a>/详情</gov-breadcrumb><gov-detail><gov-detail-title><div>{escape(text.title)}</div></gov-detail-title><gov-detail-meta><div><span>日期：</span><span>{text.day}</span></div><div><span>来源：</span><span>{escape(text.source)}</span></div><div><span>浏览量：</span><span>46</span></div></gov-detail-meta><gov-rich-text><div>{tabled(text, "<p><span>{}</span></p>")}</div></gov-rich-text>{f"<gov-files>{files(text, '<div>{}</div>')}</gov-files>" if text.files else ""}<gov-detail-actions><gov-button>打印</gov-button><gov-button>关闭</gov-button></gov-detail-actions><gov-pager><div>上一篇：<a href="/notice/12">法律职业资格考试考前温馨提示</a></div><div>下一篇：<a href="/notice/14">关于注销某某律师执业证书的公告</a></div></gov-pager></gov-detail><gov-footer><div>主办单位：某市司法局</div><div>备案序号：某ICP备00000066号</div></gov-footer></gov-app></body></html>""",
    )


def _listed(text: Text) -> Blind:
    """Paragraphs as items of one list, byline as items of another; the neighbours and the footer are lists as well."""
    items = each('<li class="dl">{}</li>', text.paragraphs)
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}-某区政府网</title><script src="/j.js"></script></head><body><ul class="mh"><li><a href="/">网站首页</a></li><li><a href="/zf">政府</a></li><li><a href="/gk">公开</a></li><li><a href="/fw">服务</a></li></ul><ul class="wz"><li>当前位置</li><li><a href="/">首页</a></li><li><a href="/gk">公开</a></li><li>正文</li></ul><div class="xq"><ul class="xq-t"><li><strong>{escape(text.title)}</strong></li></ul><ul class="xq-i"><li>发布日期：{text.day}</li><li>信息来源：{escape(text.source)}</li><li>访问量：<i>321</i>次</li><li>【字体：大 中 小】</li></ul><ul class="xq-c">{items}{files(text, '<li class="dl">{}</li>')}</ul><ul class="xq-n"><li>上一篇：<a href="/g/1">区司法局开展青少年法治夏令营活动</a></li><li>下一篇：<a href="/g/2">区法律援助中心荣获“工人先锋号”称号</a></li></ul></div><ul class="xq-r"><li>最新更新</li><li><a href="/g/5">关于调整咨询热线的公告</a><em>2024-09-01</em></li><li><a href="/g/6">法治文艺汇演圆满落幕</a><em>2024-08-30</em></li></ul><ul class="jw"><li>主办：某区人民政府</li><li>承办：某区政务服务数据管理局</li><li>某ICP备00000077号</li><li>某公网安备00000000000077号</li></ul></body></html>""",
    )


def _boxes(text: Text) -> Blind:
    """The body in several sibling boxes with names of their own, each of some paragraphs; a print copy stands hidden below."""
    step = max(1, (len(text.paragraphs) + 2) // 3)
    parts = [text.paragraphs[start : start + step] for start in range(0, len(text.paragraphs), step)]
    boxes = "".join(
        f'<div class="box{n}"><div class="inner">{each("<p>{}</p>", part)}</div></div>' for n, part in enumerate(parts)
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_某市司法局网站</title><meta name="author" content="某市司法局"></head><body><div class="g-hd"><div class="g-in"><h2><a href="/">某市司法局</a></h2><p>公正　廉洁　为民</p></div></div><div class="g-nv"><a href="/">首 页</a><a href="/1">信息公开</a><a href="/2">网上办事</a><a href="/3">公众参与</a></div><div class="g-bd"><div class="m-pos">您所在的位置：<a href="/">首页</a> » <a href="/1">信息公开</a> » 正文</div><div class="m-art"><div class="tt"><h3>{escape(text.title)}</h3></div><div class="by"><table><tr><td>来源：{escape(text.source)}</td><td>时间：{text.day} 08:30</td><td>阅读：211</td></tr></table></div>{boxes}{f'<div class="fj"><span>附件下载</span>{files(text)}</div>' if text.files else ""}<div class="op"><a href="#">打印</a><a href="#">关闭</a><a href="#top">返回顶部</a></div></div><div id="printArea" style="display:none"><h3>{escape(text.title)}</h3>{each("<p>{}</p>", text.paragraphs)}</div><div class="m-side"><div class="hd">一周热点</div><div class="bd"><p><a href="/h/1">我市3个集体获评全国先进</a></p><p><a href="/h/2">市司法局领导赴基层调研</a></p><p><a href="/h/3">公证“最多跑一次”事项清单</a></p></div></div></div><div class="g-ft"><p>版权所有：某市司法局　维护：市司法局信息中心</p><p>总访问量：10233421　今日访问：882</p></div></body></html>""",
    )


def _span_soup(text: Text) -> Blind:
    """No p at all: layers of spans with a br after each line, words cut in several spans, letters spaced by nbsp."""
    lines = "".join(
        f'<span class="s1"><span style="font-size:18px"><span style="font-family:宋体">　　{escape(line[: len(line) // 3])}</span><span style="color:#000"><strong></strong>{escape(line[len(line) // 3 :])}</span></span></span><br/>'
        for line in text.paragraphs
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title><base target="_blank"><script>document.write("")</script></head><body><div><div><a href="/"><img src="/1.png"></a></div><div><span><a href="/">首页</a></span><span><a href="/a">法治动态</a></span><span><a href="/b">公告栏</a></span></div></div><div><div><span>当前位置：</span><span><a href="/">首页</a></span><span>&gt;</span><span><a href="/b">公告栏</a></span></div><div><div><span style="font-size:26px"><b>{escape(text.title)}</b></span></div><div><span>发布人：管理员</span><span>发布时间：{text.day} 17:12</span><span>来源：{escape(text.source)}</span><span>浏览：<span>92</span></span></div><div><div>{lines}{files(text, "<span>{}</span><br/>")}</div></div><div><span><a href="javascript:;">打印本页</a></span><span><a href="javascript:;">关闭本页</a></span></div><div><span>上一篇：</span><span><a href="/b/9">关于开展执业律师年度考核的公告</a></span><br/><span>下一篇：</span><span>没有了</span></div></div></div><div><span>某县司法局主办</span><br/><span>某ICP备00000088号</span><br/><span>地址：某县和平街8号</span><br/><span>电话：0000-8880000</span></div></body></html>""",
    )


def _accordion(text: Text) -> Blind:
    """Nested sections four deep with empty wrappers, tabs of other columns before the text and a notice of browsers above."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}--某市法治网</title></head><body><noscript>您的浏览器不支持JavaScript，请启用后访问本网站，以获得更好的浏览体验。</noscript><div class="tip-ie">您的浏览器版本过低，为保证您的正常浏览，请升级浏览器或使用其他浏览器访问本站。</div><section class="layer-top"><section><section><a href="/">首页</a><a href="/list">列表</a></section></section></section><section class="tabs"><div class="tab on">要闻</div><div class="tab">公告</div><div class="tab">解读</div><div class="panes"><div class="pane"><a href="/t/1">省司法厅督导组来我市调研指导工作</a></div><div class="pane" style="display:none"><a href="/t/2">关于司法鉴定机构延续登记的公告</a></div></div></section><section class="layer"><section class="layer-a"><section class="layer-b"><div class="title-box"><p class="col">工作动态</p><h1>{escape(text.title)}</h1><p class="date">{text.day}</p><p class="from">来源：{escape(text.source)}</p></div><section class="layer-c"><section></section><section class="text"><div class="text-in">{tabled(text, '<p class="p">{}</p>', '<div class="tb"><table>{}</table></div>')}</div></section><section></section></section>{f'<section class="down"><p>相关附件：</p>{files(text)}</section>' if text.files else ""}<section class="like"><p>您可能还想看</p><p><a href="/k/1">全市公证工作座谈会召开</a></p><p><a href="/k/2">法治体检进民企</a></p></section></section></section></section><section class="layer-foot"><section><p>某市司法局版权所有，未经书面授权禁止使用。</p><p>网站管理：某市司法局信息科　举报邮箱：jubao@sfj.example.gov.cn</p><p>某公网安备00000000000099号</p></section></section></body></html>""",
    )


def _divs_each(text: Text) -> Blind:
    """Every line a div with a blank div after it, title and byline in the same box as the text, a summary field above."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="Description" content="某司法局"><title>{escape(text.title)}_某司法局</title></head><body><div id="top"><div><a href="/">某司法局</a></div><div><a href="/">首页</a>｜<a href="/1">局长信箱</a>｜<a href="/2">网上咨询</a></div></div><div id="mid"><div id="loc">当前位置 : <a href="/">首页</a> / <a href="/zwgk">政务公开</a> / <a href="/zwgk/gg">公告</a></div><div id="cont"><div style="text-align:center;font-size:24px;font-weight:bold">{escape(text.title)}</div><div style="text-align:center;color:#888">{text.chinese} 来源：{escape(text.source)} 点击量：77 【字体：大 中 小】</div><hr>{tabled(text, '<div style="text-indent:2em">{}</div><div><br></div>')}{files(text, "<div>{}</div>")}<div style="text-align:right"><a href="#">[打印]</a> <a href="#">[关闭]</a></div><hr><div>上一篇：<a href="/zwgk/gg/22">政府采购项目中标（成交）结果公告</a></div><div>下一篇：<a href="/zwgk/gg/24">公务员考试录用拟录用人员公示</a></div></div></div><div id="bot"><div>您是本站第 1002345 位访问者</div><div>主办：某司法局 承办：某信息中心 网站标识码：0000000101</div><div>某ICP备00000101号-2</div></div></body></html>""",
    )


def _long_header(text: Text) -> Blind:
    """A page whose menus, drop-down columns and friendly links hold more words than many a text; the text in a pre-like blockquote."""
    menus = "".join(
        f"<li><a href='/m{n}'>{name}</a><div class='drop'><p>{told}</p>{''.join(f'<a href=/m{n}/{k}>{name}{k}</a>' for k in '甲乙丙丁')}</div></li>"
        for n, (name, told) in enumerate(
            (
                ("机构设置", "了解我局领导分工、内设机构和直属单位的主要职责。"),
                ("政策文件", "查询我局制发的规范性文件、政策解读和历史文件。"),
                ("办事大厅", "律师、公证、鉴定、仲裁、法援事项在线办理入口，支持进度查询。"),
            )
        )
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_通知公告_某直辖市司法局</title><meta name="ArticleTitle" content="{escape(text.title)}"><meta name="PubDate" content="{text.day}"></head><body><div class="hd"><ul class="menu">{menus}</ul></div><div class="wrap"><div class="crumb"><a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/tz">通知公告</a></div><div class="cont"><h2 class="c-t">{escape(text.title)}</h2><p class="c-d"><b>发布时间：</b>{text.day}　<b>信息来源：</b>{escape(text.source)}　<b>浏览次数：</b>19　<b>字号：</b><a>T|</a><a>T</a></p><blockquote class="c-c">{tabled(text, "<p>{}</p>")}{files(text)}</blockquote><div class="c-s">分享：<a title="分享到QQ空间">空间</a><a title="分享到微信">微信</a></div></div></div><div class="links"><dl><dt>友情链接</dt><dd><a href="https://a.example">中华人民共和国司法部</a><a href="https://b.example">中国法律服务网</a><a href="https://c.example">国家企业信用信息公示系统</a></dd></dl></div><div class="ft"><div class="ft-l"><img src="/dz.png" alt="党政机关"></div><div class="ft-m"><p>主办单位：某直辖市司法局　地址：某路1号（邮政编码：000000）</p><p>总机：000-12340000（办公时间：周一至周五9:00-17:30）</p><p>某ICP备00000102号　某公网安备00000000000102号　政府网站标识码0000000102</p></div></div></body></html>""",
    )


FINAL5: dict[str, Template] = {
    "portal": _portal,
    "old-tables": _old_tables,
    "word-paste": _word_paste,
    "field-table": _field_table,
    "article-tag": _article_tag,
    "own-elements": _own_elements,
    "listed": _listed,
    "boxes": _boxes,
    "span-soup": _span_soup,
    "accordion": _accordion,
    "divs-each": _divs_each,
    "long-header": _long_header,
}
