"""Page templates of the seventh blind look, written after the mends of the sixth and before the reader was run on them."""

from __future__ import annotations

from functools import cache

from markupsafe import escape

from tests.blind_final3 import latest_texts
from tests.blind_pages import Blind, Template, Text, each

_CONFIRMED = Text(
    "confirmed",
    "关于确认2024年度“最美法律援助人”的公示",
    "2024-06-27",
    "某市司法局机关党委",
    ("经评选，李某、王某某、欧阳某某等3名同志为2024年度“最美法律援助人”", "公示时间：6月27日至7月3日"),
)
_MOVED = Text(
    "moved",
    "某公证处搬迁公告",
    "2017-08-02",
    "某公证处",
    ("我处自2017年8月5日起迁至人民路99号办公，电话不变。",),
)


@cache
def last_texts() -> tuple[Text, ...]:
    """The texts of the sixth look and two more."""
    return (*latest_texts(), _CONFIRMED, _MOVED)


def _box_between(text: Text) -> Blind:
    """A box with another report in the middle of the text, as news sites put it there."""
    middle = (len(text.paragraphs) + 1) // 2
    box = (
        '<div class="inset"><span>延伸阅读</span><a href="/y/1">一名基层司法所长的二十四小时</a></div>'
        if len(text.paragraphs) > 1
        else ""
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}-法治频道-某新闻网</title></head><body><div class="nw-top"><a href="/">某新闻网</a> <a href="/fz">法治</a></div><div class="nw"><div class="nw-l"><h1>{escape(text.title)}</h1><div class="nw-by"><span>{text.day} 06:30</span><span>来源：{escape(text.source)}</span><span class="zoom-x">小字号 大字号</span></div><div class="nw-c">{each("<p>　　{}</p>", text.paragraphs[:middle])}{box}{each("<p>　　{}</p>", text.paragraphs[middle:])}{"".join(f'<p>　　<a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}</div><div class="nw-ed">【责任编辑：周某】</div><div class="nw-cp">凡注有“某新闻网”的稿件，均为本网独家版权所有，未经许可不得转载。</div></div><div class="nw-r"><div class="nw-rh">热点推荐</div><a href="/1">专题：平安建设在行动</a><a href="/2">直播回放：听证会</a></div></div><div class="nw-f">新闻热线：0000-8888666　网上有害信息举报</div></body></html>""",
    )


def _table_each(text: Text) -> Blind:
    """A page builder's: each paragraph a table of its own in a chain of layers, a counter of visitors in pictures."""
    return Blind(
        text,
        f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><meta name="GENERATOR" content="Microsoft FrontPage 4.0"><title>{escape(text.title)}</title></head><body><div align="center"><center><table border="0" width="770"><tr><td><a href="index.htm">首页</a></td><td><a href="zn.htm">职能</a></td><td><a href="gg.htm">公告</a></td></tr></table></center></div><div align="center"><center><table border="0" width="770"><tr><td width="100%"><p align="center"><font face="隶书" size="6">{escape(text.title)}</font></p><p align="center"><font size="2">来源：{escape(text.source)}　　　{text.chinese}</font></p>{each('<table border="0" width="100%"><tr><td width="100%"><p style="line-height: 200%">　　{}</p></td></tr></table>', text.paragraphs)}{"".join(f'<p><a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}<p align="right"><a href="gg.htm">返回</a></p></td></tr></table></center></div><p align="center"><img src="/_vti_bin/fpcount.exe/" alt="点击计数器"></p><p align="center">某县司法局　二〇〇六年制作</p></body></html>""",
        encoding="gb18030",
    )


def _declared_only(text: Text) -> Blind:
    """The head says everything; the page shows the title as the text's first paragraph and neither date nor source."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>某省人民政府</title><meta name="ArticleTitle" content="{escape(text.title)}"><meta name="PubDate" content="{text.day} 18:00"><meta name="ContentSource" content="{escape(text.source)}"></head><body><div class="hh"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务</a></li></ul></div><div class="cc"><div class="cc1"><a href="/">首页</a> &gt; <a href="/zw">政务</a></div><div class="cc2"><p style="text-align:center"><strong>{escape(text.title)}</strong></p>{each('<p style="text-align:justify">{}</p>', text.paragraphs)}{"".join(f'<p><a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}</div><div class="cc3"><span>扫一扫在手机打开当前页</span></div></div><div class="ff"><p>承办单位：某省政府办公厅信息公开处</p><p>本网站由某省人民政府办公厅主办</p></div></body></html>""",
    )


def _questions_first(text: Text) -> Blind:
    """A helper's window with questions and answers stands before the article; numbers of copies to take home below."""
    asked = "".join(
        f"<div class='kf-q'><p>{ask}</p><p>{answer}</p></div>"
        for ask, answer in (
            ("如何预约公证？", "您可以通过微信公众号预约，也可以拨打公证处电话预约。"),
            ("法援窗口在哪？", "请前往各区公共法律服务中心一楼大厅。"),
        )
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_某市司法局_政策法规</title></head><body><div class="kf-w"><div class="kf-t">小法为您服务</div>{asked}<input placeholder="请输入您的问题"></div><div class="zz-h"><a href="/">首页</a><a href="/1">机关</a><a href="/2">基层</a></div><div class="zz-m"><div class="zz-a"><div class="zz-t">{escape(text.title)}</div><div class="zz-i"><p>发布日期：{text.day}</p><p>来源：{escape(text.source)}</p></div><div class="zz-c">{"".join(f"<section>{escape(line)}</section>" for line in text.paragraphs)}</div>{f'<div class="zz-x"><p>文件下载：</p>{"".join(f"<p><a href={url}>{escape(name)}</a></p>" for url, name in text.files)}</div>' if text.files else ""}<div class="zz-o">分享：<i></i><i></i> 收藏：<i></i></div></div></div><div class="zz-f"><span>联系我们：0000-5556667</span><span>传真：0000-5556668</span></div></body></html>""",
    )


def _byline_in_brackets(text: Text) -> Blind:
    """A page for old phones: sizes in brackets, date and source in one bracket, the way on to the list below."""
    return Blind(
        text,
        f"""<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//WAPFORUM//DTD XHTML Mobile 1.0//EN" "x"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{escape(text.title)}</title></head><body><div>某市司法局手机版</div><div><a href="/wap">首页</a>-<a href="/wap/gg">公告</a>-正文</div><div><b>{escape(text.title)}</b></div><div>[{text.day} 来源：{escape(text.source)}]</div><div>【<a href="?s=1">大</a>|<a href="?s=2">中</a>|<a href="?s=3">小</a>】</div><div>{"<br/>".join("　　" + str(escape(line)) for line in text.paragraphs)}</div>{"".join(f'<div>附件:<a href="{url}">{escape(name)}</a></div>' for url, name in text.files)}<div>----------</div><div><a href="/wap/1">下一条：关于公布行政执法主体的公告</a></div><div><a href="/wap/gg">返回上级</a> <a href="/wap">回首页</a></div><div>06-27 15:30</div></body></html>""",
    )


def _versions(text: Text) -> Blind:
    """A document's page: a summary line of when it counts, buttons for its versions, a tree of chapters beside it."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_规范性文件库</title></head><body><div class="vv-h">规范性文件库</div><div class="vv-w"><div class="vv-s"><div>章节导航</div><ul><li>总则</li><li>分则</li><li>附则</li></ul></div><div class="vv-m"><h1 class="vv-t">{escape(text.title)}</h1><div class="vv-b"><span>公布日期：{text.day}</span><span>来源：{escape(text.source)}</span><span>时效性：现行有效</span></div><div class="vv-v"><a class="on">正文</a><a>英文版</a><a>历史版本</a><a>对照查看</a></div><div class="vv-c"><div class="vv-p">{"</div><div class='vv-p'>".join(str(escape(line)) for line in text.paragraphs)}</div></div>{f'<div class="vv-f"><div class="vv-ft">附件材料</div>{"".join(f"<div class=vv-fi><a href={url}>{escape(name)}</a></div>" for url, name in text.files)}</div>' if text.files else ""}<div class="vv-n"><p>说明：本库收录文件如与正式印发文本不一致，以正式印发文本为准。</p></div></div></div><div class="vv-e">某市司法局规范性文件审查处维护</div></body></html>""",
    )


def _columns_of_pictures(text: Text) -> Blind:
    """A picture with a line below it before the text; below it pictures of other reports with their titles."""
    shown = "".join(
        f'<div class="g-i"><a href="/g/{at}"><img src="/g/{at}.jpg"><p>{name}</p></a></div>'
        for at, name in enumerate(("普法小剧场走进校园", "“法治灯谜”闹元宵", "送法进工地"))
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}|某区普法</title></head><body><div class="g-n"><a href="/">某区普法</a><a href="/1">图片</a></div><div class="g-m"><h2 class="g-t">{escape(text.title)}</h2><div class="g-s"><span class="g-d">{text.day}</span><span class="g-f">来源：{escape(text.source)}</span></div><div class="g-c"><div style="text-align:center"><img src="/pic/88213.jpg" width="640"></div>{each("<div>　　{}</div>", text.paragraphs)}</div>{"".join(f'<div class="g-a"><a href="{url}">{escape(name)}</a></div>' for url, name in text.files)}<div class="g-r"><span>打赏</span><span>赞 12</span><span>踩 0</span></div></div><div class="g-g"><div class="g-gh">精彩图集</div>{shown}</div><div class="g-e">某区普法办公室 编辑部电话：0000-3332221</div></body></html>""",
    )


def _titled_column(text: Text) -> Blind:
    """The column's name is the page's first heading, longer and larger than the report's title; the fields stand in one row."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>行政执法公示公告专栏</title></head><body><div class="zl-b"><h1>行政执法公示公告专栏</h1></div><div class="zl-n"><a href="/zl/1">事前公开</a><a href="/zl/2">事后公开</a></div><div class="zl-m"><h3>{escape(text.title)}</h3><table class="zl-x"><tr><td>来源：{escape(text.source)}</td><td>发布时间：{text.day}</td><td>点击数：77</td></tr></table><div class="zl-c">{each("<p>{}</p>", text.paragraphs)}</div>{f'<table class="zl-f">{"".join(f"<tr><td>附件</td><td><a href={url}>{escape(name)}</a></td></tr>" for url, name in text.files)}</table>' if text.files else ""}</div><div class="zl-e"><p>某区司法局行政执法协调监督科</p></div></body></html>""",
    )


def _runs_of_text(text: Text) -> Blind:
    """An office suite's paste: each paragraph a div of several runs, empty ones between, anchors without a target."""

    def runs(line: str) -> str:
        at = len(line) // 3
        return f'<div class="wps-p"><a name="_Toc{len(line)}"></a><span class="r1">{escape(line[:at])}</span><span class="r2">{escape(line[at:])}</span></div><div class="wps-p"><span class="r1">&nbsp;</span></div>'

    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div id="app"><div class="top-i"><span>某县人民政府网</span><span>繁</span><span>EN</span><span>登录</span></div><div class="mid-i"><div class="mid-p">首页 / 部门 / 县司法局</div><div class="mid-a"><p class="a-tt">{escape(text.title)}</p><p class="a-ii">日期：{text.day} 来源：{escape(text.source)} 浏览：<span>1</span></p><div class="a-cc"><div class="wps-b"><div class="wps-s">{"".join(map(runs, text.paragraphs))}</div></div></div>{"".join(f'<p class="a-ff"><a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}<p class="a-ee">本文由县司法局负责解释</p></div></div><div class="bot-i"><span>党政机关</span><span>政府网站找错</span></div></div></body></html>""",
    )


def _form_letters(text: Text) -> Blind:
    """A box of comments that one has to open, a row that counts characters, and a declaration in small print beside the text."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}-某市法律援助网</title></head><body><table width="100%" class="ft-t"><tr><td><img src="/logo2.png"></td><td align="right"><a href="/">首页</a> <a href="/wz">网站地图</a></td></tr></table><table width="1000" class="ft-m"><tr><td class="ft-l" width="760"><div class="ft-bt">{escape(text.title)}</div><div class="ft-fb">发布：{text.day}　来源：{escape(text.source)}　字数：{sum(map(len, text.paragraphs))}　阅读：5</div><div class="ft-zw">{"".join(f"<p><font>{escape(line)}</font></p>" for line in text.paragraphs)}</div>{"".join(f'<div class="ft-xz"><img src="/d.gif"><a href="{url}">{escape(name)}</a></div>' for url, name in text.files)}<div class="ft-kp">展开评论（0）</div></td><td class="ft-r" width="240"><div class="ft-sm"><b>重要提醒</b><p>法律援助不收取任何费用。凡以法律援助名义收费的，请拨打监督电话举报。</p></div></td></tr></table><table width="1000" class="ft-b"><tr><td>某市法律援助中心　值班电话：0000-12348</td></tr></table></body></html>""",
    )


FINAL4: dict[str, Template] = {
    "box-between": _box_between,
    "table-each": _table_each,
    "declared-only": _declared_only,
    "questions-first": _questions_first,
    "old-phone": _byline_in_brackets,
    "versions": _versions,
    "picture-first": _columns_of_pictures,
    "titled-column": _titled_column,
    "runs": _runs_of_text,
    "small-print": _form_letters,
}
