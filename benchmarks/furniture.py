"""What Chinese government sites print around a report, in two sets of which only one was looked at while rules were made.

Written by us after the shapes seen on such sites, no page is copied. Composes no page.
"""

# ruff: noqa: E501  a piece of markup reads best on one line

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

Piece = Callable[[random.Random], str]

_SYLLABLES = ("qa", "wz", "lm", "xk", "vo", "pj", "rt", "ub", "hy", "ge")
_COLUMNS = "机构概况 政务公开 通知公告 法治政府 公共法律服务 律师工作 公证管理 司法鉴定 人民调解 行政复议 互动交流 专题专栏 政策文件 办事大厅".split()  # noqa: SIM905  reads as a list
_NEWS = (
    "市司法局召开党组理论学习中心组（扩大）学习会，传达学习有关会议精神",
    "我市举行新任公证员宣誓仪式",
    "关于2023年度司法鉴定机构能力验证结果的公示",
    "区司法局开展“法律进企业”活动：送法上门解难题",
    "全市人民调解工作推进会召开！",
    "一图读懂《某市行政执法监督条例》",
    "关于征求《某市公共法律服务办法（草案）》意见的公告",
)


def name(chance: random.Random) -> str:
    """A class name that tells nothing."""
    return "".join(chance.choices(_SYLLABLES, k=2)) + str(chance.randint(1, 99))


def news(chance: random.Random, count: int, row: str) -> str:
    """Rows of a list of other articles; `row` has places for href, title and date."""
    days = (f"{chance.randint(2019, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(count))
    return "".join(row.format(href=f"/{chance.randint(1, 9999)}.html", title=chance.choice(_NEWS), day=day) for day in days)


def menu(chance: random.Random, row: str, count: int) -> str:
    """Entries of a menu; `row` has places for href and text."""
    return "".join(row.format(href=f"/c{at}/", text=chance.choice(_COLUMNS)) for at in range(count))


@dataclass(frozen=True)
class Furniture:
    """The pieces of one set, by the place where they stand."""

    before: tuple[Piece, ...]  # bars, dialogues and notices before everything
    headers: tuple[Piece, ...]
    crumbs: tuple[Piece, ...]
    sides: tuple[Piece, ...]
    blocks: tuple[Piece, ...]  # between crumbs and title: the 信息公开 block, a summary of the column
    lines: tuple[Callable[[random.Random, str, str], str], ...]  # date and source
    tools: tuple[Piece, ...]
    tails: tuple[Piece, ...]  # in the article after the text
    afters: tuple[Piece, ...]  # behind the article
    footers: tuple[Piece, ...]
    floats: tuple[Piece, ...]  # after everything


_ROW_1 = '<li><a href="{href}">{text}</a></li>'
_ROW_2 = '<a href="{href}">{text}</a>'
_ROW_3 = '<td><a href="{href}">{text}</a></td>'
_ROW_4 = '<dt><a href="{href}">{text}</a></dt><dd><a href="{href}">{text}</a> <a href="{href}">{text}</a></dd>'
_ROW_5 = '<a href="{href}">{text}</a> | '
_ROW_6 = '<span><a href="{href}"><b>{text}</b></a></span>'
_ROW_7 = '<div><a href="{href}">{text}</a></div>'
_ROW_8 = '<a href="{href}">{text}网</a>'
_ROW_9 = '<li><span>{day}</span><a href="{href}">{title}</a></li>'
_ROW_10 = '<p><a href="{href}">{title}</a> {day}</p>'
_ROW_11 = '<li><a href="{href}">{title}</a> {day}</li>'
_ROW_12 = '<li><em>1</em><a href="{href}" title="x">{title}</a></li>'
_ROW_13 = '<tr><td>·<a href="{href}">{title}</a></td><td>[{day}]</td></tr>'
_ROW_14 = '<div><a href="{href}">{title}</a></div>'

_A_BEFORE: tuple[Piece, ...] = (
    lambda _: "",
    lambda c: (
        f'<div class="{name(c)}"><div><p>您访问的链接即将离开“某市司法局”门户网站，是否继续？</p><a href="#">继续访问</a><a href="#">放弃</a></div></div>'
    ),
    lambda _: "<noscript><p>您的浏览器禁用了脚本。请开启脚本后重新访问本网站，以便获得完整的服务。</p></noscript>",
    lambda c: (
        f'<div class="{name(c)}"><a href="#">无障碍浏览</a> <a href="#">长者模式</a> <a href="#">繁體</a> | <a href="#">登录</a></div>'
    ),
    lambda c: (
        f'<div class="{name(c)}"><marquee>欢迎访问某市司法局网站！本网站已全面升级，旧版链接将于年底停用，请及时更新书签。</marquee></div>'
    ),
)
_A_HEADERS: tuple[Piece, ...] = (
    lambda c: (
        f'<div class="{name(c)}"><a href="/"><img src="/logo.png" alt="某市司法局"></a><ul>{menu(c, _ROW_1, 9)}</ul></div>'
    ),
    lambda c: f"<header><h2>某市司法局</h2><nav>{menu(c, _ROW_2, 8)}</nav></header>",
    lambda c: f'<table width="1000"><tr>{menu(c, _ROW_3, 8)}</tr></table>',
    lambda c: "".join(
        f'<div class="{name(c)}"><h3><a href="/m">{column}</a></h3><ul>{menu(c, _ROW_1, 7)}</ul></div>'
        for column in _COLUMNS[:5]
    ),
)
_A_CRUMBS: tuple[Piece, ...] = (
    lambda c: f'<div class="{name(c)}">当前位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 正文</div>',
    lambda _: '<p>您现在的位置：<a href="/">网站首页</a> >> <a href="/a">通知公告</a></p>',
    lambda _: "",
)
_A_SIDES: tuple[Piece, ...] = (
    lambda c: f'<div class="{name(c)}"><h3>热点新闻</h3><ul>{news(c, 8, _ROW_9)}</ul></div>',
    lambda c: f'<div class="{name(c)}"><ul>{menu(c, _ROW_1, 8)}</ul></div>',
    lambda c: f'<div class="{name(c)}"><h4>通知公告</h4>{news(c, 6, _ROW_10)}</div>',
    lambda _: "",
)
_A_BLOCKS: tuple[Piece, ...] = (
    lambda _: "",
    lambda _: "",
    lambda _: (
        '<table border="1"><tr><td>索 引 号：</td><td>0001/2024-00012</td><td>主题分类：</td><td>司法</td></tr><tr><td>发文机关：</td><td>某市司法局</td><td>成文日期：</td><td>2024年02月28日</td></tr></table>'
    ),
    lambda c: (
        f'<ul class="{name(c)}"><li>索引号：SY-2024-001</li><li>发布机构：某市司法局</li><li>公开类别：主动公开</li><li>有效性：有效</li></ul>'
    ),
)
_A_LINES: tuple[Callable[[random.Random, str, str], str], ...] = (
    lambda _, day, source: f"<p>发布时间：{day} 来源：{source}</p>",
    lambda c, day, source: (
        f'<div class="{name(c)}"><span>来源：{source}</span><span>发布日期：{day} 09:30</span><span>浏览次数：<i>{c.randint(1, 9999)}</i></span></div>'
    ),
    lambda c, day, source: (
        f'<div class="{name(c)}">{day}&nbsp;&nbsp;|&nbsp;&nbsp;来源：{source}&nbsp;&nbsp;|&nbsp;&nbsp;作者：办公室</div>'
    ),
)
_A_TOOLS: tuple[Piece, ...] = (
    lambda _: (
        '<div>【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】 <a href="#">打印</a> <a href="#">关闭</a></div>'
    ),
    lambda _: '<p><a href="#">分享到：</a><a href="#">微信</a><a href="#">微博</a></p>',
    lambda _: "",
)
_A_TAILS: tuple[Piece, ...] = (
    lambda _: "",
    lambda _: "<p>责任编辑：张三</p>",
    lambda c: f'<div class="{name(c)}">扫一扫在手机打开当前页</div><p>【打印本页】【关闭窗口】</p>',
    lambda _: '<p>上一篇：<a href="1.html">关于做好有关工作的通知</a></p><p>下一篇：<a href="3.html">没有了</a></p>',
)
_A_AFTERS: tuple[Piece, ...] = (
    lambda _: "",
    lambda c: f'<div class="{name(c)}"><h4>相关阅读</h4><ul>{news(c, 5, _ROW_11)}</ul></div>',
    lambda c: (
        f'<div class="{name(c)}"><p>您对本页面内容是否满意？</p><label><input type="radio">满意</label><label><input type="radio">不满意</label><button>提交</button></div>'
    ),
    lambda c: (
        f'<div class="{name(c)}"><p>免责声明：本网站部分内容来源于网络，版权归原作者所有。如有侵权，请与我们联系，我们将及时处理。</p></div>'
    ),
    lambda c: (
        f'<div class="{name(c)}"><h3>网友评论</h3>'
        + "".join(f"<div><b>网友{n}</b><p>写得很好，支持一下！希望多多发布。</p></div>" for n in range(3))
        + "</div>"
    ),
)
_A_FOOTERS: tuple[Piece, ...] = (
    lambda c: (
        f'<div class="{name(c)}"><p>主办单位：某市司法局　地址：某市某路88号；电话：010-12345678。</p><p>京ICP备00000000号</p></div>'
    ),
    lambda _: "<footer><p>版权所有：某市司法局</p><p>建议使用1024*768分辨率浏览本站。</p></footer>",
    lambda _: "<table><tr><td>主办：某市司法局 承办：某市信息中心</td></tr><tr><td>网站标识码：1100000001</td></tr></table>",
    lambda c: (
        f'<div class="{name(c)}"><select><option>省级网站</option><option>市级网站</option></select><p>Copyright 2024 某市司法局 All Rights Reserved</p></div>'
    ),
)
_A_FLOATS: tuple[Piece, ...] = (
    lambda _: '<script>var conf={"tip":"请您登录后发表评论。","copy":"本站内容未经许可，不得转载。"}</script>',
    lambda c: f'<div class="{name(c)}"><a href="#">在线咨询</a><a href="#">返回顶部</a></div>',
    lambda _: '<div style="display: none"><p>离开本站后，您将访问第三方网站。请注意保护个人信息，谨防诈骗。</p></div>',
    lambda c: f'<div class="{name(c)}"><h4>智能问答</h4><p>您好，我是智能助手小法，请问有什么可以帮您？</p></div>',
)

_B_BEFORE: tuple[Piece, ...] = (
    lambda _: "",
    lambda c: (
        f'<div class="{name(c)}"><div>提示</div><p>您即将离开本网站，前往其他网站。我们不对其内容负责。</p><span>确定</span><span>取消</span></div>'
    ),
    lambda c: (
        f'<div class="{name(c)}"><span>本网站使用Cookie以改善您的浏览体验。继续浏览即表示您同意我们的隐私政策。</span><a href="#">知道了</a></div>'
    ),
    lambda c: (
        f'<div class="{name(c)}"><span>语音播报：</span><a href="#">开始</a><a href="#">暂停</a><span>语速</span><a href="#">快</a><a href="#">慢</a></div>'
    ),
    lambda c: (
        f'<div class="{name(c)}"><p>系统维护公告：本网站定于本周六零时至六时进行系统维护，届时网站将暂停服务，给您带来不便，敬请谅解。</p></div>'
    ),
    lambda _: (
        '<form name="s"><input name="q" value="请输入关键字"><input type="submit" value="搜索"><span>热门搜索：</span><a href="#">公证</a><a href="#">法考</a></form>'
    ),
)
_B_HEADERS: tuple[Piece, ...] = (
    lambda c: f'<div class="{name(c)}"><dl>{menu(c, _ROW_4, 7)}</dl></div>',
    lambda c: (
        f'<center><table width="980"><tr><td><img src="banner.jpg"></td></tr><tr><td>{menu(c, _ROW_5, 9)}</td></tr></table></center>'
    ),
    lambda c: f'<div class="{name(c)}"><h1>某市司法局</h1><p>执法为民，服务社会。</p><div>{menu(c, _ROW_6, 10)}</div></div>',
)
_B_CRUMBS: tuple[Piece, ...] = (
    lambda c: (
        f'<div class="{name(c)}"><i></i><a href="/">首页</a><em>/</em><a href="/x">信息公开</a><em>/</em><a href="/x/y">年度报告</a></div>'
    ),
    lambda _: '<table><tr><td>所在位置：<a href="/">首页</a>-&gt;<a href="/a">工作动态</a>-&gt;浏览文章</td></tr></table>',
    lambda c: f'<div class="{name(c)}">您的位置：首页 &gt; 政务公开 &gt; 法治政府建设</div>',
)
_B_SIDES: tuple[Piece, ...] = (
    lambda c: f'<div class="{name(c)}"><div>点击排行</div><ol>{news(c, 10, _ROW_12)}</ol></div>',
    lambda c: f'<div class="{name(c)}"><h3>最新文件</h3><table>{news(c, 6, _ROW_13)}</table></div>',
    lambda c: (
        f'<div class="{name(c)}"><h3>局长信箱</h3><p>如您有意见建议，请写信给我们。我们将在五个工作日内回复。</p><a href="/x">我要写信</a></div>'
    ),
    lambda c: f"<aside><h5>信息公开目录</h5>{menu(c, _ROW_7, 6)}</aside>",
    lambda _: "",
)
_B_BLOCKS: tuple[Piece, ...] = (
    lambda _: "",
    lambda _: "",
    lambda c: (
        f'<div class="{name(c)}"><p><b>名称：</b>年度报告</p><p><b>信息索引：</b>K0001-2024-3</p><p><b>生成日期：</b>2024-02-28</p><p><b>文件状态：</b>有效</p></div>'
    ),
    lambda c: (
        f'<dl class="{name(c)}"><dt>索引号</dt><dd>JA0010-12</dd><dt>文号</dt><dd>司发〔2024〕3号</dd><dt>公开方式</dt><dd>主动公开</dd><dt>公开范围</dt><dd>面向全社会</dd></dl>'
    ),
)
_B_LINES: tuple[Callable[[random.Random, str, str], str], ...] = (
    lambda c, day, source: (
        f'<div class="{name(c)}"><em>{day} 10:08</em><em>{source}</em><em>点击：{c.randint(1, 9999)}次</em></div>'
    ),
    lambda c, day, source: (
        f"<table><tr><td>信息来源：{source}</td><td>发布时间：{day}</td><td>阅读：{c.randint(1, 99)}</td></tr></table>"
    ),
    lambda _, day, source: f"<div>时间：{day}　　来源：{source}　　编辑：李四　　审核：王五</div>",
)
_B_TOOLS: tuple[Piece, ...] = (
    lambda _: '<ul><li>T</li><li><a href="#">A+</a></li><li><a href="#">A-</a></li><li><a href="#">收藏</a></li></ul>',
    lambda _: "<div>字号：<span>大</span><span>中</span><span>小</span> <span>语音播报</span> <span>下载</span></div>",
    lambda _: (
        '<div><span>分享：</span><a href="#"></a><a href="#"></a><div><p>打开微信“扫一扫”，即可分享到朋友圈。</p></div></div>'
    ),
)
_B_TAILS: tuple[Piece, ...] = (
    lambda _: "",
    lambda _: "<div>（编辑：李四　审核：王五）</div>",
    lambda c: f'<div class="{name(c)}"><a href="#">收藏本页</a><a href="#">我要纠错</a><span>手机扫码阅读</span></div>',
    lambda c: (
        f'<ul class="{name(c)}"><li>上一条：<a href="/1.html">{_NEWS[0]}</a></li><li>下一条：<a href="/2.html">{_NEWS[4]}</a></li></ul>'
    ),
    lambda _: (
        '<p>相关解读：<a href="/jd.html">《关于做好有关工作的通知》政策解读</a></p><p>政策图解：<a href="/tj.html">一图读懂</a></p>'
    ),
)
_B_AFTERS: tuple[Piece, ...] = (
    lambda _: "",
    lambda c: f'<div class="{name(c)}"><div>延伸阅读</div>{news(c, 4, _ROW_14)}</div>',
    lambda c: (
        f'<div class="{name(c)}"><h4>满意度调查</h4><p>1、您认为该文件是否解决了您的问题？</p><p><input type="radio">是 <input type="radio">否</p><p>感谢您的参与！</p></div>'
    ),
    lambda c: (
        f'<div class="{name(c)}">【版权声明】凡注明“来源：某市司法局”的作品，均为本网原创，转载时须注明出处。违反上述声明者，本网将追究其相关法律责任。</div>'
    ),
    lambda c: (
        f'<div class="{name(c)}"><h4>我要咨询</h4><p>如对本政策有疑问，请在下方留言，我们将尽快为您解答。</p><textarea>请输入您的问题。</textarea></div>'
    ),
)
_B_FOOTERS: tuple[Piece, ...] = (
    lambda c: (
        f'<div class="{name(c)}"><ul>{menu(c, _ROW_1, 5)}</ul><div>联系地址：某市某区某大道1号　邮政编码：100000</div><div>联系电话：12348（工作时间：周一至周五9:00-17:00；法定节假日除外）</div></div>'
    ),
    lambda _: (
        '<center><font size="2">本站由某市司法局主办，未经书面授权，不得转载。<br>京公网安备 11000002000001号</font></center>'
    ),
    lambda c: (
        f'<div class="{name(c)}"><h4>友情链接</h4>{menu(c, _ROW_8, 14)}<p>承办：某市大数据中心</p><p>政府网站标识码1100000001 ICP备案：京ICP备1号</p></div>'
    ),
)
_B_FLOATS: tuple[Piece, ...] = (
    lambda _: '<script type="application/json">{"title":"弹窗","text":"亲爱的用户，您好！欢迎使用。"}</script>',
    lambda c: f'<div class="{name(c)}"><p>关注我们</p><img src="q.png"><p>官方微信</p><p>官方微博</p></div>',
    lambda c: f'<div class="{name(c)}"><div>登录</div><p>请输入用户名和密码。忘记密码？请与管理员联系。</p></div>',
)

TUNED = Furniture(
    _A_BEFORE, _A_HEADERS, _A_CRUMBS, _A_SIDES, _A_BLOCKS, _A_LINES, _A_TOOLS, _A_TAILS, _A_AFTERS, _A_FOOTERS, _A_FLOATS
)
"""What the rules may be tried on while they are made."""
HELD_OUT = Furniture(
    _B_BEFORE, _B_HEADERS, _B_CRUMBS, _B_SIDES, _B_BLOCKS, _B_LINES, _B_TOOLS, _B_TAILS, _B_AFTERS, _B_FOOTERS, _B_FLOATS
)
"""What the rules were not made from; its first figure stands in docs/benchmarks.md."""
