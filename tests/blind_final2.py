"""Page templates of the fifth blind look, written after the mends of the fourth and before the reader was run on them."""

from __future__ import annotations

from functools import cache

from markupsafe import escape

from tests.blind_final import final_texts
from tests.blind_pages import Blind, Template, Text, each

_POST = Text(
    "post",
    "某市司法局关于王某同志任职的通知",
    "2022-01-17",
    "某市司法局政治部",
    ("各科室、直属单位：", "经研究决定，王某同志任某司法所所长。", "某市司法局", "2022年1月14日"),
)
_LETTER = Text(
    "letter",
    "关于“异地能否申请法律援助”的答复",
    "2023-10-12",
    "某区法律援助中心",
    (
        "张先生您好：",
        "您反映的问题收悉。经核实，现答复如下：",
        "根据《中华人民共和国法律援助法》第三十八条，对诉讼事项的法律援助，由申请人向办案机关所在地的法律援助机构提出申请；对非诉讼事项的法律援助，由申请人向争议处理机关所在地或者事由发生地的法律援助机构提出申请。",
        "因此，您在外地务工期间发生的劳动争议，可以直接向用工所在地的法律援助机构申请，无需返回户籍地办理。",
        "感谢您对我们工作的关心和支持！",
    ),
)


@cache
def later_texts() -> tuple[Text, ...]:
    """The texts of the fourth look and two more."""
    return (*final_texts(), _POST, _LETTER)


def _share_popup(text: Text) -> Blind:
    """A player and a box to share in between title and text; below, the tools in brackets and a list with days outside its links."""
    related = "".join(
        f"<li><span>{day}</span><a href='/xg/{at}'>{name}</a></li>"
        for at, (day, name) in enumerate(
            (("[04-01]", "我市部署开展清明祭英烈普法活动"), ("[03-29]", "市司法局赴某县调研行政复议工作"))
        )
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title><meta name="keywords" content="司法,行政"></head><body><div class="yhd"><div class="y1200"><a href="/"><img src="/i/l.png"></a><form><input value="请输入您要搜索的内容"><input type="submit" value="搜索"></form><div class="rc">热搜词：<a>公证</a><a>律师</a><a>法考</a></div></div></div><div class="ynav"><a href="/">首页</a><a href="/a">资讯</a><a href="/b">公开</a><a href="/c">服务</a></div>
<div class="y1200"><div class="ywz">您当前的位置： <a href="/">首页</a> -&gt; <a href="/a">资讯</a> -&gt; <a href="/a/1">公示公告</a></div><div class="yart"><div class="ybt"><p>{escape(text.title)}</p></div><div class="yxx"><span>{text.day} 16:43</span><span>来源：{escape(text.source)}</span><span>访问量：<script src="/count.js"></script></span></div><div class="ymp3"><audio src="/a.mp3" controls>您的浏览器不支持 audio 标签。</audio><em>收听</em></div>
<div class="yfx"><div class="social-share" data-sites="wechat,weibo"><a href="#" class="icon-weibo"></a><div class="wechat-qrcode"><h4>微信扫一扫：分享</h4><div class="qrcode"></div><div class="help"><p>微信里点“发现”，扫一下</p><p>二维码便可将本文分享至朋友圈。</p></div></div></div></div><div class="ytxt">{each('<p style="text-indent: 2em; text-align: justify;">{}</p>', text.paragraphs)}</div>{f'<div class="yfile"><p>附件：</p>{"".join(f"<p><a href={url}>{escape(name)}</a></p>" for url, name in text.files)}</div>' if text.files else ""}
<div class="ygn">【<a href="#">返回顶部</a>】【<a href="#">关闭窗口</a>】【<a href="#">打印本页</a>】</div><div class="yxg"><h3>相关稿件</h3><ul>{related}</ul></div></div></div><div class="yft"><div class="y1200"><p>版权所有：某市司法局　某ICP备12000000号</p><p>技术支持：某某网络</p><img src="/i/dz.png" alt="党政机关"></div></div></body></html>""",
    )


def _grid_record(text: Text) -> Blind:
    """The disclosure record as a grid of labels; beside the text a box of what the bureau is and when it is open."""
    record = "".join(
        f'<div class="col-md-6"><span class="k">{label}：</span><span class="v">{value}</span></div>'
        for label, value in (
            ("索引号", "11330000-2022-00031"),
            ("公开方式", "主动公开"),
            ("发布机构", escape(text.source)),
            ("组配分类", "公告公示"),
            ("发布日期", text.day),
            ("有效性", "有效"),
        )
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)} - 某市政府信息公开平台</title></head><body><div class="container-fluid g-top"><div class="container">某市政府信息公开平台</div></div><div class="container"><div class="row g-path"><i class="fa"></i><a href="/">平台首页</a> &gt; <a href="/sfj">市司法局</a> &gt; <a href="/sfj/gg">公告公示</a></div><div class="row"><div class="col-md-9"><div class="g-rec row">{record}</div><div class="g-art"><h1>{escape(text.title)}</h1><div class="g-txt" style="line-height:2">{each('<div style="margin-bottom:10px"><span style="font-size:16px">{}</span></div>', text.paragraphs)}</div>{f'<div class="g-att"><strong>附件：</strong><ol>{text.links}</ol></div>' if text.files else ""}<div class="g-tool"><a class="btn">下载Word版</a><a class="btn">下载PDF版</a><a class="btn">打印</a></div></div></div>
<div class="col-md-3"><div class="g-box"><h4>机构信息</h4><p>某市司法局是市政府工作部门，为正处级，加挂市政府行政复议办公室牌子。</p><p>办公时间：周一至周五 9:00-17:00（法定节假日除外）。</p><p>办公地址：某市市民中心B座11层</p></div><div class="g-box"><h4>最新政策</h4><a href="/n/1">某市行政执法监督办法</a><a href="/n/2">某市重大行政决策程序规定</a></div></div></div></div><div class="container-fluid g-bot"><p>主办：某市人民政府办公室　维护：某市政务服务和数据局</p><p>您是第 <b>1083321</b> 位访问者</p></div></body></html>""",
    )


def _static_next(text: Text) -> Blind:
    """A modern static site: consent to cookies, the account that publishes with its followers, a numbered list of what is hot."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(text.title)} | 法治某区</title><link rel="canonical" href="/zwgk/tz/content_88213.html"></head><body class="antialiased"><div id="__next"><div class="fixed inset-x-0 bottom-0"><p>我们使用必要的Cookie来保证网站正常运行，继续浏览即表示您同意我们的隐私政策。</p><button>同意</button><a href="/privacy">了解更多</a></div><div class="flex items-center px-4"><a href="/">法治某区</a><div class="ml-auto flex"><a href="/news">动态</a><a href="/gov">政务</a><a href="/law">普法</a></div></div>
<div class="mx-auto max-w-7xl grid"><div class="col-span-8"><article class="prose"><h1 class="text-3xl font-bold">{escape(text.title)}</h1><div class="mt-2 flex text-sm text-gray-500"><time dateTime="{text.day}T09:00:00.000Z">{text.chinese}</time><span class="mx-2">·</span><span>来源：{escape(text.source)}</span><span class="mx-2">·</span><span>阅读时长 3 分钟</span></div><div class="mt-8">{each('<p class="mb-4 leading-8">{}</p>', text.paragraphs)}</div>{"".join(f'<div class="mt-4 rounded border p-3"><a href="{url}" class="text-blue-600">{escape(name)}</a><span class="text-xs">点击下载</span></div>' for url, name in text.files)}</article><div class="mt-6 flex items-center"><img class="rounded-full" src="/avatar.jpg" alt=""><div><div class="font-bold">法治某区</div><div class="text-xs">某区司法局官方账号 · 1.2万关注者 · 3,021篇文章</div></div><button>关注</button></div></div>
<div class="col-span-4"><h2 class="text-xl">本周热读</h2><ol><li><a href="/h/1"><span>1</span><span>高空抛物谁来赔？民法典这样说</span></a></li><li><a href="/h/2"><span>2</span><span>遗嘱怎么写才有效</span></a></li></ol><div class="rounded bg-gray-100 p-4"><p>遇到法律问题怎么办？拨打12348，专业律师在线解答。</p></div></div></div><div class="mt-12 border-t py-8 text-center text-sm">© 2024 某区司法局 · 保留所有权利</div></div></body></html>""",
    )


def _scrolling_notice(text: Text) -> Blind:
    """Frames of tables of the year 2003 with a scrolling announcement, a poll and the day on which the director receives."""
    lines = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(line)}" for line in text.paragraphs)
    files = "".join(
        f'<tr><td height=25><img src=fj.gif> <a href="{url}" class=a02>{escape(name)}</a></td></tr>' for url, name in text.files
    )
    return Blind(
        text,
        f"""<html><head><meta http-equiv=content-type content="text/html; charset=gb2312"><title>::::欢迎光临某县司法局网站::::</title></head><body leftmargin=0 topmargin=0 onselectstart="return false"><table width=778 border=0 align=center><tr><td><embed src=top.swf width=778></td></tr><tr><td><marquee scrollamount=2>热烈庆祝我县被评为全国法治县创建活动先进单位！欢迎社会各界对我局工作提出宝贵意见和建议。</marquee></td></tr></table>
<table width=778 border=0 align=center><tr><td width=180 valign=top><table width=100% class=k><tr><td class=h>局长接待日</td></tr><tr><td>每月15日上午，局长在一楼接待室接待来访群众，遇节假日顺延。</td></tr></table><table width=100% class=k><tr><td class=h>在线调查</td></tr><tr><td>您对我局工作的总体评价？<br><input type=radio>很好<br><input type=radio>较好<br><input type=radio>一般<br><input type=button value=投票></td></tr></table></td>
<td valign=top><table width=96% align=center><tr><td height=30 class=lm>&nbsp;&gt;&gt; 公告栏</td></tr><tr><td height=50 align=center class=bt1><b>{escape(text.title)}</b></td></tr><tr><td align=center bgcolor=#f0f0f0 class=xx1>[ 来源：{escape(text.source)} | 日期：{text.chinese} | 阅读：<font color=red>233</font> 次 ]</td></tr><tr><td class=nr1>{lines}</td></tr>{files}<tr><td align=right>[ <a href="javascript:window.print()">打 印</a> ] [ <a href="javascript:window.close()">关 闭</a> ]</td></tr></table></td></tr></table>
<table width=778 border=0 align=center><tr><td>友情链接：<select><option>司法部</option></select> <select><option>省司法厅</option></select></td></tr><tr><td align=center>地址：某县解放路21号　电话：0000-7654321<br>网站管理：某县司法局办公室　E-mail:sfj@example.gov.cn</td></tr></table></body></html>""",
        encoding="gb18030",
    )


def _warm_reminder(text: Text) -> Blind:
    """A reminder above the text in a box of its own, the title inside the text once more on two lines, the text in nested spans."""
    half = len(text.title) // 2
    body = each(
        '<p style="margin:0pt;text-indent:32pt" class="p15"><span style="mso-spacerun:\'yes\'"><font face="仿宋">{}</font></span></p>',
        text.paragraphs,
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_公告_某市司法局官网</title><meta name="PubDate" content="{text.day} 11:20:03"><meta name="ContentSource" content="{escape(text.source)}"></head><body><div class="gw-h"><div class="gw-i"><a href="/">某市司法局</a><p>公正 廉洁 为民</p></div></div><div class="gw-m"><div class="gw-w"><b>位置</b><a href="/">首页</a><a href="/gg">公告</a></div><div class="gw-tip">温馨提示：为保护您的个人信息安全，请勿在公共设备上保存登录状态。</div><div class="gw-b"><div class="gw-b1">{escape(text.title)}</div><div class="gw-b2"><i>{text.day}</i><i>{escape(text.source)}</i></div>
<div class="gw-b3"><div><p style="text-align:center"><b><span style="font-size:22pt"><font face="方正小标宋简体">{escape(text.title[:half])}</font></span></b></p><p style="text-align:center"><b><span style="font-size:22pt"><font face="方正小标宋简体">{escape(text.title[half:])}</font></span></b></p><p style="margin:0pt"><span>&nbsp;</span></p>{body}{"".join(f'<p style="margin:0pt"><span><a href="{url}">{escape(name)}</a></span></p>' for url, name in text.files)}</div></div><div class="gw-b4"><span>初审：甲</span><span>复审：乙</span><span>终审：丙</span></div><div class="gw-b5"><p>手机浏览</p><img src="/m/qr.png"></div></div></div><div class="gw-f"><p>某市司法局主办</p><p>举报邮箱 jb@example.gov.cn</p></div></body></html>""",
    )


def _opened_tab(text: Text) -> Blind:
    """Tabs of which the sheet hides all but one; below them where the answers are, and a form to leave a message."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_信息公开_某县司法局</title><style>.tab-item{{display:none}} .tab-item.show{{display:block}}</style></head><body><div class="lay-h"><span>某县司法局</span><ul class="lay-nav"><li>首页</li><li>公开</li><li>服务</li><li>互动</li></ul></div><div class="lay-b"><div class="lay-crumb"><span><a href="/">首页</a></span><span>信息公开</span></div><fieldset class="lay-f"><legend>{escape(text.title)}</legend></fieldset><blockquote class="lay-q">发布人：{escape(text.source)}　　发布时间：{text.day}　　浏览：18</blockquote>
<div class="tab"><ul class="tab-title"><li class="this">正文</li><li>附件（{len(text.files)}）</li><li>留言（0）</li></ul><div class="tab-content"><div class="tab-item show">{each("<p>{}</p>", text.paragraphs)}</div><div class="tab-item"><ul>{text.links or "<li>无附件</li>"}</ul></div><div class="tab-item"><p>暂无留言。</p><form><textarea placeholder="说点什么"></textarea><button>提交留言</button></form></div></div></div></div><div class="lay-foot">某县司法局　地址：某县城南新区</div></body></html>""",
    )


def _carousel_first(text: Text) -> Blind:
    """Pictures of other news with their summaries stand before the text in the source, links of friends behind it."""
    slides = "".join(
        f'<div class="swiper-slide"><a href="/s/{at}"><img src="/s/{at}.jpg"></a><div class="cap"><h3><a href="/s/{at}">{name}</a></h3><p>{what}</p></div></div>'
        for at, (name, what) in enumerate(
            (
                (
                    "市委依法治市办召开协调小组会议",
                    "会议强调，要把党的领导贯彻到全面依法治市全过程各方面，推动各项任务落地见效。",
                ),
                ("“法律明白人”进万家", "全市已培养法律明白人八千余名，他们活跃在田间地头，成为基层治理的生力军。"),
            )
        )
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}-某市司法行政网</title></head><body><div class="swiper"><div class="swiper-wrapper">{slides}</div></div><div class="quick"><a href="/k1">行政复议</a><a href="/k2">法律职业资格</a><a href="/k3">仲裁</a></div><div class="content-wrap"><div class="list-left"><h2>通知公告</h2><ul><li><a href="/t/1">2023年度法治建设考核办法</a></li><li><a href="/t/2">关于征集立法建议项目的公告</a></li></ul></div><div class="detail-right"><div class="detail-title"><h2>{escape(text.title)}</h2></div><div class="detail-sub"><span>发布时间：{text.day}</span><span>文章来源：{escape(text.source)}</span><span>文章作者：</span></div><div class="detail-body">{"".join(f"<div><p><span>{escape(line)}</span></p></div>" for line in text.paragraphs)}</div>{"".join(f'<div class="detail-down"><a href="{url}">{escape(name)}</a></div>' for url, name in text.files)}<div class="detail-pager"><a href="/t/3">上一篇：没有了</a><a href="/t/4">下一篇：某市司法局2022年政府信息公开工作年度报告</a></div></div></div>
<div class="friend"><span>友情链接</span><a href="http://a.example">中国政府网</a><a href="http://b.example">中国法院网</a><a href="http://c.example">中国普法网</a></div><div class="copy"><p>某市司法局 版权所有 未经许可禁止复制</p></div></body></html>""",
    )


def _labelled_rows(text: Text) -> Blind:
    """A record of a database: each field a row of label and value, the text a row of its own beside the label 内容."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.paragraphs)
    files = "".join(f'<a href="{url}">{escape(name)}</a><br>' for url, name in text.files)
    return Blind(
        text,
        f"""<html><head><meta charset="utf-8"><title>查看信息</title></head><body><form id="form1"><div class="hd1">某市行政执法公示平台</div><div class="hd2"><a href="/">首页</a> <a href="/zt">执法主体</a> <a href="/ry">执法人员</a> <a href="/jg">执法结果</a></div><table class="rec" width="90%" border="1" align="center"><tr><td class="l" width="15%">标题</td><td>{escape(text.title)}</td></tr><tr><td class="l">来源</td><td>{escape(text.source)}</td></tr><tr><td class="l">发布时间</td><td>{text.day}</td></tr><tr><td class="l">内容</td><td>{lines}</td></tr>{f'<tr><td class="l">附件</td><td>{files}</td></tr>' if text.files else ""}</table><div class="bt0"><input type="button" value="返回"></div><div class="ft1">主管单位：某市司法局　技术支持电话：0000-1111222</div></form></body></html>""",
    )


def _paper_page(text: Text) -> Blind:
    """A page of a newspaper's electronic edition: the sheets and their reports before it, elements of its own names."""
    sheets = "".join(
        f'<div><a href="node_{at}.htm">第{at:02}版：{name}</a></div>'
        for at, name in enumerate(("要闻", "综合", "法治", "副刊"), 1)
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div class="ep-top"><span>某市法治报</span><span>{text.chinese}</span><a href="/">返回目录</a><a>放大+</a><a>缩小-</a></div><table class="ep"><tr><td class="ep-l" valign="top"><div class="ep-map"><img src="/page3.jpg" usemap="#m"></div><div class="ep-s">{sheets}</div><div class="ep-n"><a href="c1.htm">社区矫正对象集中教育活动侧记</a><a href="c2.htm">公证处开设绿色通道</a></div></td><td class="ep-r" valign="top"><founder-layout><founder-pretitle></founder-pretitle><founder-title>{escape(text.title)}</founder-title><founder-author></founder-author><div class="ep-src">来源：{escape(text.source)}　发布时间：{text.day}</div><founder-content>{each("<p>　　{}</p>", text.paragraphs)}</founder-content></founder-layout>{f'<div class="ep-a">{text.links}</div>' if text.files else ""}<div class="ep-x"><a href="c0.htm">上一篇</a> <a href="c2.htm">下一篇</a> <a>语音朗读</a></div></td></tr></table><div class="ep-b">某市法治报社版权所有，未经书面授权不得复制或建立镜像</div></body></html>""",
    )


def _one_box(text: Text) -> Blind:
    """Everything in one box without any name: title, byline, text and the way back, parted by breaks and nothing else."""
    lines = "<br><br>".join(f"　　{escape(line)}" for line in text.paragraphs)
    files = "".join(f'<br><a href="{url}">{escape(name)}</a>' for url, name in text.files)
    return Blind(
        text,
        f"""<html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div style="width:900px;margin:0 auto"><div style="float:right"><a href="/">首页</a>｜<a href="/list">列表</a></div><div><strong>{escape(text.title)}</strong><br>{text.day}　来源：{escape(text.source)}<br><br>{lines}{files}<br><br><a href="/list">&lt;&lt;返回列表</a></div></div><div style="text-align:center"><small>某区司法局信息中心制作</small></div></body></html>""",
    )


FINAL2: dict[str, Template] = {
    "share-popup": _share_popup,
    "grid-record": _grid_record,
    "static-next": _static_next,
    "scrolling-notice": _scrolling_notice,
    "reminder": _warm_reminder,
    "opened-tab": _opened_tab,
    "carousel-first": _carousel_first,
    "labelled-rows": _labelled_rows,
    "paper-page": _paper_page,
    "one-box": _one_box,
}
