"""Page templates with something odd around the text or in it, written before the reader was run on them. Knows no reader."""

from __future__ import annotations

from markupsafe import escape

from tests.blind_pages import Blind, Template, Text, each, saying


def _tables_between(text: Text) -> Blind:
    """Statistical tables in the middle of the text, with a caption, a head and merged cells."""
    middle = (len(text.paragraphs) + 1) // 2
    first, second = text.paragraphs[:middle], text.paragraphs[middle:]
    table = (
        '<table border="1"><thead><tr><th>项目</th><th>单位</th><th>本年</th><th>上年</th></tr></thead><tbody><tr><td rowspan="2">法律援助</td><td>件</td><td>1,203</td><td>1,104</td></tr>'
        "<tr><td>人次</td><td>1,500</td><td>1,322</td></tr><tr><td>人民调解</td><td>件</td><td>8,213</td><td>-</td></tr></tbody></table>"
    )
    rows = ("项目 | 单位 | 本年 | 上年", "法律援助 | 件 | 1,203 | 1,104", "人次 | 1,500 | 1,322", "人民调解 | 件 | 8,213 | -")
    return Blind(
        saying(text, paragraphs=(*first, "表1　主要业务数据", *rows, *second)),
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}|统计数据|某市司法局</title></head><body><div class="t"><a href="/">首页</a>|<a href="/tj">统计数据</a></div><div class="m"><div class="m1">{escape(text.title)}</div><div class="m2">来源：{escape(text.source)}　日期：{text.day}</div>
<div class="m3">{each("<p>{}</p>", first)}<p align="center">表1　主要业务数据</p>{table}{each("<p>{}</p>", second)}{"".join(f'<p><a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}</div></div><div class="b">技术支持：某市大数据中心</div></body></html>""",
    )


def _phone(text: Text) -> Blind:
    """For phones: a bar on top, a bar below, an invitation to the app in between."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(text.title)}</title></head><body><div class="am-topbar"><a href="javascript:history.go(-1)">&lt;返回</a><span>通知公告</span><a href="/m/search">搜索</a></div>
<div class="am-g"><h1>{escape(text.title)}</h1><p>{text.day} 08:00　{escape(text.source)}</p><div class="app">打开“某市掌上司法”客户端，阅读体验更佳 <a href="/app.apk">立即打开</a></div><div class="am-article">{each("<p>{}</p>", text.paragraphs)}</div>
{"".join(f'<a class="am-btn" href="{url}">{escape(name)}</a>' for url, name in text.files)}<p>—— 到底了 ——</p></div><div class="am-navbar"><a href="/m">首页</a><a href="/m/fw">服务</a><a href="/m/my">我的</a></div></body></html>""",
    )


def _menu_tree(text: Text) -> Blind:
    """Three hundred links of the whole site before the text."""
    menu = "".join(
        f'<li><a href="/c{at}/">栏目{at}</a><ul>{"".join(f"<li><a href=/c{at}/{sub}.html>业务事项{at}之{sub}办理</a></li>" for sub in range(10))}</ul></li>'
        for at in range(28)
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}-某市司法局</title></head><body><ul>{menu}</ul><div><div><div><p><strong>{escape(text.title)}</strong></p><p>{text.chinese} 来源：{escape(text.source)}</p></div><div>{each("<p>{}</p>", text.paragraphs)}</div>{f"<div>附件：<ol>{text.links}</ol></div>" if text.files else ""}</div></div><div>主办：某市司法局</div></body></html>""",
    )


def _mailbox(text: Text) -> Blind:
    """A letter box with its instructions in the side column."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_某县人民政府</title></head><body><div id="top"><a href="/">首页</a><a href="/zw">政务</a></div><div id="left"><h3>局长信箱</h3><div><p>来信须知：请您如实填写姓名、联系电话和通信地址，所反映的问题应当客观真实，一事一信，请勿重复提交。</p><p>我们将在收到来信后七个工作日内予以办理，并对您的个人信息严格保密；涉法涉诉事项请通过法定途径解决。</p>
<form><p>姓名：<input></p><p>电话：<input></p><p>主题：<input></p><p>内容：<textarea></textarea></p><p><input type="submit" value="提交"></p></form></div></div>
<div id="right"><div id="tit">{escape(text.title)}</div><div id="fb">发布日期：{text.day} 信息来源：{escape(text.source)} 【字体：<a>大</a> <a>中</a> <a>小</a>】</div><div id="neirong">{each("<div>　　{}</div>", text.paragraphs)}</div>{f'<div id="fj"><p>附件：</p>{text.links}</div>' if text.files else ""}</div><div id="dibu"><p>某县人民政府办公室主办</p></div></body></html>""",
    )


def _two_tongues(text: Text) -> Blind:
    """Chinese first, English below it, both of them the text."""
    english = (
        "Notice of the Justice Bureau",
        "The bureau hereby publishes the arrangements described above for the information of the public.",
        "This translation is for reference only.",
    )
    return Blind(
        saying(text, paragraphs=(*text.paragraphs, *english)),
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)} Justice Bureau</title></head><body><div class="lang"><a href="/">中文</a> | <a href="/en">English</a></div><div class="page"><h1>{escape(text.title)}</h1><div class="info">发布时间 / Date：{text.day}　来源 / Source：{escape(text.source)}</div>
<div class="content-zh">{each("<p>{}</p>", text.paragraphs)}</div><div class="content-en" lang="en">{each("<p>{}</p>", english)}</div>{f"<ul>{text.links}</ul>" if text.files else ""}</div><div class="foot"><span>Copyright 某市司法局 2022</span></div></body></html>""",
    )


def _reading_aid(text: Text) -> Blind:
    """A bar for the blind with its help in full sentences, before the page."""
    keys = "".join(
        f"<p>Alt+{key}：{what}</p>"
        for key, what in (
            ("1", "光标定位至导航区，可用方向键选择栏目。"),
            ("2", "光标定位至正文区，系统将自动朗读正文内容。"),
            ("3", "放大页面文字，最大可以放大至原来的两倍。"),
            ("0", "退出无障碍浏览模式，恢复页面原来的样式。"),
        )
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div class="wza"><p>欢迎使用无障碍浏览工具，本工具可以为视力障碍人士和老年人提供语音朗读、页面放大、配色调整、十字光标等辅助功能。</p>{keys}<a>重置</a><a>声音开关</a><a>关闭</a></div>
<div class="hd"><a href="/">首页</a></div><div class="art"><h1 class="h">{escape(text.title)}</h1><ul class="attr"><li>发布时间：{text.day}</li><li>来源：{escape(text.source)}</li><li><a>语音播报</a></li></ul><div class="a-b">{each("<p>{}</p>", text.paragraphs)}</div>{"".join(f'<div class="a-f"><a href="{url}">{escape(name)}</a></div>' for url, name in text.files)}</div><div class="ft"><p>某市司法局</p></div></body></html>""",
    )


def _rights_inside(text: Text) -> Blind:
    """The site's rights in the text's own element, directly after it."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div class="a"><a href="/">首页</a></div><div class="b"><h1>{escape(text.title)}</h1><p class="c">{text.day}　来源：{escape(text.source)}</p>{each("<p>{}</p>", text.paragraphs)}{"".join(f'<p>附件：<a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}
<p class="d">版权声明：本网站所刊登的各种信息均受《中华人民共和国著作权法》保护，未经书面许可，任何单位和个人不得以任何形式复制、转载或者用于商业目的。</p><p class="d">责任编辑：王五　联系邮箱：web@example.gov.cn</p></div></body></html>""",
    )


def _several_boxes(text: Text) -> Blind:
    """The text in several boxes with a banner in between, the second of three pages."""
    half = (len(text.paragraphs) + 1) // 2
    boxes = f'<div class="box">{each("<p>{}</p>", text.paragraphs[:half])}</div><div class="ad"><a href="/zt"><img src="/zt.jpg" alt="专题"></a></div><div class="box">{each("<p>{}</p>", text.paragraphs[half:])}</div>'
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}(2) - 某网</title></head><body><div class="top"><a href="/">首页</a></div><div class="con"><h1>{escape(text.title)}</h1><div class="from"><span>{text.day} 07:45</span><span>来源：{escape(text.source)}</span></div>{boxes}
<div class="pages"><span>共3页</span> <a href="a.html">上一页</a> <a href="a.html">1</a> <b>2</b> <a href="a_3.html">3</a> <a href="a_3.html">下一页</a> <a href="a_all.html">阅读全文</a></div>{f'<div class="files">{text.links}</div>' if text.files else ""}</div><div class="bottom">某网版权所有</div></body></html>""",
    )


def _every_block(text: Text) -> Blind:
    """First paragraph a heading; then lists that number themselves, a quotation, definitions, a caption, notes."""
    first, *rest = text.paragraphs
    return Blind(
        saying(
            text,
            paragraphs=(
                first,
                *rest,
                "受理申请",
                "审查材料",
                "任何人不得妨碍依法办理。",
                "申请人",
                "指提出申请的公民。",
                "图1　办理流程",
                "[1] 数据截至年底。",
            ),
        ),
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><nav><a href="/">首页</a></nav><main><h1>{escape(text.title)}</h1><div><span>{text.day}</span> <span>来源：{escape(text.source)}</span></div><div><h4>{escape(first)}</h4>{each("<p>{}</p>", tuple(rest))}<ol><li>受理申请</li><li>审查材料</li></ol><blockquote>任何人不得妨碍依法办理。</blockquote><dl><dt>申请人</dt><dd>指提出申请的公民。</dd></dl>
<figure><img src="/lc.png"><figcaption>图1　办理流程</figcaption></figure><hr><p><small>[1] 数据截至年底。</small></p></div>{f"<ul>{text.links}</ul>" if text.files else ""}</main><footer>某市司法局</footer></body></html>""",
    )


ODD: dict[str, Template] = {
    "tables-between": _tables_between,
    "phone": _phone,
    "menu-tree": _menu_tree,
    "mailbox": _mailbox,
    "two-tongues": _two_tongues,
    "reading-aid": _reading_aid,
    "rights-inside": _rights_inside,
    "several-boxes": _several_boxes,
    "every-block": _every_block,
}
