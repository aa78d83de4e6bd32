"""Page templates of the years of scripts and phones, written before the reader was run on them. Knows no reader."""

from __future__ import annotations

import json

from markupsafe import escape

from tests.blind_pages import Blind, Template, Text, each, saying


def _vue_served(text: Text) -> Blind:
    """Served by a script's framework: no names but hashes, and the state with the same text once more."""
    state = json.dumps(
        {"detail": {"title": text.title, "content": each("<p>{}</p>", text.paragraphs)}}, ensure_ascii=False
    ).replace("</", "<\\/")
    files = "".join(
        f'<div data-v-1c2d class="f_3k"><i data-v-1c2d></i><a data-v-1c2d href="{url}" download>{escape(name)}</a><span data-v-1c2d>下载</span></div>'
        for url, name in text.files
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html data-n-head-ssr><head><meta charset="utf-8"><title>{escape(text.title)} | 某市司法局</title></head><body><div id="__nuxt"><div id="__layout"><div data-v-7ba5>
<div data-v-7ba5 class="h_1x"><div data-v-7ba5 class="h_2c"><a data-v-7ba5 href="/">首页</a></div><div data-v-7ba5 class="h_2c"><a data-v-7ba5 href="/zw">政务公开</a></div><div data-v-7ba5 class="h_2c"><span data-v-7ba5>登录</span><span data-v-7ba5>注册</span></div></div>
<div data-v-1c2d class="m_9a"><div data-v-1c2d class="m_t">{escape(text.title)}</div><div data-v-1c2d class="m_s"><div data-v-1c2d>{text.slashed} 09:11</div><div data-v-1c2d>来源: {escape(text.source)}</div><div data-v-1c2d>阅读 2031</div><div data-v-1c2d>分享到 <i></i><i></i></div></div>
<div data-v-1c2d class="m_c">{each("<div data-v-1c2d><!-- -->{}</div>", text.paragraphs)}</div>{files}</div>
<div data-v-33aa class="b_0"><div data-v-33aa>联系电话：021-00000000（工作日9:00-17:30）</div><div data-v-33aa>本网站支持IPv6访问</div></div></div></div></div>
<script>window.__NUXT__={state};</script></body></html>""",
    )


def _editor_spans(text: Text) -> Blind:
    """Runs of spans as UEditor leaves them, and beside it an interpretation of several paragraphs, first in the source."""
    runs = each(
        '<p style="text-indent:2em;line-height:1.75em"><span style="font-family:仿宋;font-size:21px">{}</span><span style="font-family:宋体"><o:p></o:p></span></p>',
        text.paragraphs,
    )
    side = "该文件自征求意见以来，得到社会各界广泛关注。起草组先后召开座谈会、论证会，充分听取基层意见，几易其稿，最终形成正式文本，体现了开门立法的要求。"
    return Blind(
        text,
        f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="UTF-8"><title>{escape(text.title)}-通知公告-某省司法厅</title><meta name="description" content="{escape(text.paragraphs[0][:60])}"></head><body>
<header><nav><ul><li><a href="/">首页</a></li><li><a href="/jgzn">机构职能</a></li><li><a href="/tzgg">通知公告</a></li></ul></nav></header><main class="row"><div class="col-3 pull-right"><h4>相关解读</h4><p>{side}</p><p>一问：为什么要制定？答：{side}</p><p><a href="/jd/1.html">查看全文&gt;&gt;</a></p></div>
<div class="col-9"><h1>{escape(text.title)}</h1><p class="small text-muted">发布时间：{text.day} 14:05 <span>来源：{escape(text.source)}</span> <span>访问量：<em id="hits">0</em></span></p><div class="rich">{runs}
{"".join(f'<p style="line-height:16px"><img style="vertical-align:middle" src="/ueditor/dialogs/attachment/fileTypeImages/icon_doc.gif"/><a href="{url}" title="{escape(name)}">{escape(name)}</a></p>' for url, name in text.files)}</div></div></main>
<footer><div><p>主办单位：某省司法厅</p><p>网站标识码：0000000001</p></div></footer></body></html>""",
    )


def _mixed_breaks(text: Text) -> Blind:
    """Several paragraphs to a <p>, parted by single breaks; a share bar between title and text."""
    groups = [text.paragraphs[at : at + 4] for at in range(0, len(text.paragraphs), 4)]
    body = "".join(f"<p>{'<br/>'.join('&emsp;&emsp;' + str(escape(line)) for line in group)}</p>" for group in groups)
    return Blind(
        text,
        f"""<!doctype html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div class="header"><img src="/logo.png"><div class="menu"><a href="/">首 页</a><a href="/a">走进司法</a><a href="/b">信息公开</a></div></div>
<div class="container"><div class="crumbs">当前位置： <a href="/">首页</a> / <a href="/b">信息公开</a> / <span>详情</span></div><div class="box"><h2>{escape(text.title)}</h2><div class="line"><label>发布机构：</label>{escape(text.source)} <label>发布日期：</label>{text.day} <label>浏览量：</label><b>88</b></div>
<div class="bshare"><span>分享到：</span><a title="QQ空间">QQ空间</a><a title="新浪微博">新浪微博</a><a title="微信">微信</a><a href="#">更多</a><p>打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。</p></div>
<div>{body}</div>{"".join(f'<p>附件下载：<a href="{url}">{escape(name)}</a>（点击下载）</p>' for url, name in text.files)}<div class="tool"><a onclick="print()">打印</a><a onclick="close()">关闭</a></div></div></div>
<div class="copyright">©2020 某市司法局 版权所有</div></body></html>""",
    )


def _wechat_import(text: Text) -> Blind:
    """Taken over from the bureau's WeChat account, with its cards, and with the editors' names and the code to follow at its end."""
    body = each(
        '<section style="box-sizing:border-box"><section style="display:inline-block;width:100%"><section style="line-height:2"><p style="white-space:normal"><span style="letter-spacing:1px"><span>{}</span></span></p></section></section></section>',
        text.paragraphs,
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(text.title)}</title></head><body><div class="p-head">某市司法</div><div class="p-tit">{escape(text.title)}</div><div class="p-info">{escape(text.source)} {text.day} 18:30</div>
<div class="p-con"><section powered-by="xiumi.us"><section><section><svg viewBox="0 0 1 1"><rect/></svg></section></section>{body}
<section><section><p style="text-align:center">END</p></section></section><section><p style="text-align:right"><span>编辑：张三</span></p><p><span>审核：李四</span></p></section><section><p>长按识别二维码，关注“某市司法”</p><img src="/qr.jpg"></section></section></div>
{f'<div class="p-f">{text.links}</div>' if text.files else ""}<div class="p-end">阅读原文　阅读 1.2万　赞 33　在看 12</div></body></html>""",
    )


def _statement_below(text: Text) -> Blind:
    """A long statement about the site in paragraphs, beside a text that may be far shorter."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_通知_某区政府</title></head><body><div><a href="/">某区政府</a> <a href="/1">要闻</a> <a href="/2">公开</a></div>
<div><h1>{escape(text.title)}</h1><div>时间：{text.day}　来源：{escape(text.source)}</div><div>{each("<p>{}</p>", text.paragraphs)}{"".join(f'<p><a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}</div></div>
<div><h3>网站声明</h3><p>一、本网站由某区人民政府办公室主办，各部门、各街镇共同参与建设，旨在推进政务公开，提升政府公信力，方便公众获取信息和办理事项。</p>
<p>二、凡本网站注明“来源：本网”的所有文字、图片和音视频资料，版权均属本网站所有，任何媒体、网站或个人未经授权不得转载、链接、转贴或以其他方式使用。</p>
<p>三、本网站转载其他媒体稿件的目的在于传递更多信息，并不意味着赞同其观点或证实其内容的真实性，如涉及版权问题，请与我们联系，我们将及时处理。</p>
<p>四、访问者在使用本网站时应当遵守国家法律法规，不得从事危害网络安全的活动，否则将依法承担责任。</p></div><div>某公网安备 00000000000000号</div></body></html>""",
    )


def _comments(text: Text) -> Blind:
    """Comments of readers, longer than many a notice, and a form for more."""
    said = (
        (
            "网友8213",
            "我是一名退休教师，看了这个通知以后觉得很好，希望能在社区多宣传，让更多老年人了解办理的条件和流程，少跑冤枉路。",
        ),
        ("路过", "请问外地户口可以办理吗？需要准备哪些材料？电话总是打不通，建议增加人手，或者开通网上预约，方便上班的人。"),
        ("市民王女士", "已经办好了，工作人员态度不错，点赞！就是排队时间长了一点，建议分流。"),
    )
    rows = "".join(f'<div class="it"><b>{who}</b><i>3天前</i><p>{what}</p><a>回复</a><a>赞(2)</a></div>' for who, what in said)
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)} - 某市司法局</title></head><body><div class="n"><a href="/">首页</a><a href="/2">互动</a></div><article><h1>{escape(text.title)}</h1><p class="sub"><time>{text.day}</time> 来源：{escape(text.source)}</p>
<div class="txt">{each("<p>{}</p>", text.paragraphs)}</div>{f'<div class="dl"><b>附件</b><ul>{text.links}</ul></div>' if text.files else ""}<div class="ask"><p>这篇文章对您有帮助吗？</p><button>有</button><button>没有</button></div>
<div class="cm"><h3>网友评论（3条）</h3><p>评论仅代表网友个人观点，不代表本站立场。</p>{rows}<form><textarea placeholder="我来说两句"></textarea><p>请文明发言，您的评论须经审核后方可显示。</p><button>发表评论</button></form></div></article>
<div class="f">某市司法局 版权所有</div></body></html>""",
    )


def _summaries(text: Text) -> Blind:
    """Long titles before and after, and related reports with a summary of each."""
    sums = "".join(
        f'<dl><dt><a href="/r{at}.html">某市司法局{year}年法治政府建设情况的报告</a><span>{year}-03-1{at}</span></dt><dd>{year}年，某市司法局坚持以习近平法治思想为指导，认真落实市委、市政府决策部署，统筹推进行政立法、行政执法协调监督、公共法律服务等各项工作，取得明显成效……<a href="/r{at}.html">[详细]</a></dd></dl>'
        for at, year in enumerate((2018, 2019, 2020))
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title><meta name="ArticleTitle" content="{escape(text.title)}"></head><body><div class="bar"><a href="/">返回首页</a></div><div class="wrap"><div class="l"><h3>{escape(text.title)}</h3><h6><span>{text.chinese}</span><span>文章来源：{escape(text.source)}</span><span>作者：</span></h6>
{each("<p>{}</p>", text.paragraphs)}{f"<p>附件：</p><ul>{text.links}</ul>" if text.files else ""}<div><p>上一篇：<a href="/p">某市司法局关于印发《某市行政规范性文件合法性审核规定（2023年修订）》的通知</a></p><p>下一篇：<a href="/q">某市司法局关于公布第三批全市法治文化建设示范基地名单的决定</a></p></div>
<div><h4>相关报道</h4>{sums}</div></div><div class="r"><h4>排行榜</h4><ol><li><a href="/t1">法律援助怎么申请</a></li><li><a href="/t2">公证费用标准</a></li></ol></div></div></body></html>""",
    )


def _accordion(text: Text) -> Blind:
    """Questions and answers that fold, as part of the text."""
    asked = (
        ("问：什么人可以申请？", "答：符合条件的单位和个人均可以申请。"),
        ("问：办理需要多长时间？", "答：自受理之日起十个工作日内办结。"),
    )
    folds = "".join(f"<details open><summary>{ask}</summary><div><p>{answer}</p></div></details>" for ask, answer in asked)
    return Blind(
        saying(text, paragraphs=(*text.paragraphs, *(line for pair in asked for line in pair))),
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}-政策问答-某市司法局</title></head><body><div class="g-hd"><ul><li><a href="/">首页</a></li><li><a href="/wd">政策问答</a></li></ul></div><div class="g-bd"><div class="u-tt">{escape(text.title)}</div>
<div class="u-attr">来源：{escape(text.source)} | 发布时间：{text.day} | 字号：<a>大</a><a>小</a> | <a>打印</a></div><div class="u-ct">{each("<p>{}</p>", text.paragraphs)}<div class="fold">{folds}</div>{"".join(f'<p>附件：<a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}</div><div class="u-rt">我要纠错 | 收藏本页</div></div></body></html>""",
    )


def _tabs(text: Text) -> Blind:
    """Three tabs: the text, somebody's interpretation (not shown), the attachments (not shown)."""
    told = "本解读由政策法规处提供。文件共分三个部分，对适用范围、办理程序和监督管理作了规定，下一步将组织专题培训。"
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div class="head"><a href="/">首页</a></div><h2>{escape(text.title)}</h2><div class="time">发布时间：{text.day}&nbsp;&nbsp;发布机构：{escape(text.source)}</div>
<ul class="switch"><li class="on">文件原文</li><li>政策解读</li><li>相关附件</li></ul><div class="panel" style="display: block;">{each("<p>{}</p>", text.paragraphs)}</div>
<div class="panel" style="display: none;"><p>{told}</p><p>{told}</p></div><div class="panel" style="display: none;"><ul>{text.links or "<li>暂无附件</li>"}</ul></div>
<div class="end"><a href="#">回到顶部</a></div></body></html>""",
    )


NEW: dict[str, Template] = {
    "vue": _vue_served,
    "editor-spans": _editor_spans,
    "mixed-breaks": _mixed_breaks,
    "wechat-import": _wechat_import,
    "statement-below": _statement_below,
    "comments": _comments,
    "summaries": _summaries,
    "accordion": _accordion,
    "tabs": _tabs,
}
