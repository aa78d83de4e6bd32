"""Two more texts, and page templates of the tenth and eleventh blind looks, each written before the reader was run on them."""

from __future__ import annotations

import re
from functools import cache

from markupsafe import escape

from tests.blind_final6 import later_texts
from tests.blind_official import files, tabled
from tests.blind_pages import Blind, Template, Text, each

_PENALTIES = Text(
    "penalties",
    "某市司法局2024年第三季度行政处罚信息公示表",
    "2024-10-09",
    "某市司法局法治督察科",
    (
        "序号 | 当事人 | 案由 | 处罚决定书文号 | 处罚结果 | 决定日期",
        "1 | 某某律师事务所 | 未按规定统一收取费用 | 某司罚决字〔2024〕5号 | 警告，责令停业整顿一个月 | 2024年7月12日",
        "2 | 律师郑某某 | 私自接受委托、收取费用 | 某司罚决字〔2024〕6号 | 停止执业三个月，没收违法所得2万元 | 2024年7月25日",
        "3 | 某诚司法鉴定所 | 超出登记的业务范围从事鉴定 | 某司罚决字〔2024〕7号 | 警告，并责令改正 | 2024年8月2日",
        "4 | 基层法律服务工作者何某 | 冒用律师名义执业 | 某司罚决字〔2024〕8号 | 警告，罚款三千元 | 2024年8月30日",
        "5 | 公证员谢某 | 为不真实的事项出具公证书 | 某司罚决字〔2024〕9号 | 罚款五千元，停止执业六个月 | 2024年9月11日",
    ),
)
_WEEK = Text(
    "week",
    "全市司法行政系统“宪法宣传周”活动拉开帷幕",
    "2019-12-02",
    "某市普法办",
    (
        "12月1日上午，由市委宣传部、市司法局、市普法办共同主办的2019年“宪法宣传周”启动仪式在市民广场举行。",
        "副市长刘某出席仪式并宣布活动启动。",
        "仪式上，",
        "青年律师代表宣读倡议书，与会领导向“法律明白人”代表赠送宪法读本。",
        "“没想到宪法离生活这么近！”市民王女士在参观完宪法长廊后说。",
        "据了解，宣传周期间，全市将开展宪法进企业、进农村、进机关、进校园、进社区、进军营、进网络等“七进”活动，预计举办各类活动三百余场（次），发放宣传资料十万余份，覆盖群众五十万人。",
        "（通讯员　周某　吴某某）",
    ),
)


@cache
def latest_official_texts() -> tuple[Text, ...]:
    """The texts of the look before and two more."""
    return (*later_texts(), _PENALTIES, _WEEK)


def _slides_before(text: Text) -> Blind:
    """Headlines with their summaries roll above the title, and a leader's word stands in a box, before the page comes to its own."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_某市政法网</title></head><body><div class="zf-hd"><a href="/">某市政法网</a></div><div class="zf-slide"><div class="item"><a href="/1"><img src="/1.jpg"></a><h3><a href="/1">全市政法队伍教育整顿总结会召开</a></h3><p>会议指出，要巩固深化教育整顿成果，把从严管党治警责任落到实处，推动队伍建设再上新台阶。</p></div><div class="item"><a href="/2"><img src="/2.jpg"></a><h3><a href="/2">平安建设群众满意度连续五年提升</a></h3><p>今年以来，我市深入推进市域社会治理现代化试点工作，群众安全感达到98.7%。</p></div></div><div class="zf-word"><b>要论</b><p>法治兴则国兴，法治强则国强。</p></div><div class="zf-nav"><a href="/a">要闻</a><a href="/b">综治</a><a href="/c">队伍</a></div><div class="zf-main"><div class="zf-path">当前位置：<a href="/">首页</a>&nbsp;/&nbsp;<a href="/a">要闻</a></div><div class="zf-tit">{escape(text.title)}</div><div class="zf-inf">{text.day} 16:40:12 来源：{escape(text.source)} <span>评论(0)</span> <span>字号：T T</span></div><div class="zf-con">{tabled(text, "<p>　　{}</p>")}{files(text)}</div><div class="zf-bot"><span>【编辑：郑某】</span><a href="#">打印</a><a href="#">关闭</a></div></div><div class="zf-ft"><p>某市委政法委主办　某ICP备00000301号</p><p>未经本网授权，不得转载、摘编或利用其他方式使用上述作品。</p></div></body></html>""",
    )


def _asp_form(text: Text) -> Blind:
    """The whole page is one form of a server that keeps its state in hidden inputs; fields in spans with long ids."""
    return Blind(
        text,
        f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head id="ctl00_Head1"><title>{escape(text.title)}</title><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /></head><body><form name="aspnetForm" method="post" action="NewsView.aspx?id=2231" id="aspnetForm"><div><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1Mg9kFgJmD2QWAgID" /></div><table id="ctl00_tblTop" width="1002"><tr><td><a id="ctl00_hlHome" href="Default.aspx">首页</a></td><td><a id="ctl00_hlNews" href="News.aspx">工作动态</a></td><td><a id="ctl00_hlDown" href="Down.aspx">资料下载</a></td><td><span id="ctl00_lblDate">今天是：2024年11月5日 星期二</span></td></tr></table><table width="1002"><tr><td valign="top" width="220"><span id="ctl00_lblMenu">栏目导航</span><div id="ctl00_tv"><a href="News.aspx?c=1">本局动态</a><br/><a href="News.aspx?c=2">基层信息</a></div></td><td valign="top"><span id="ctl00_lblSite">当前位置：首页 &gt;&gt; 本局动态</span><table width="100%" border="0"><tr><td align="center"><span id="ctl00_cph_lblTitle" style="font-size:Large;font-weight:bold;">{escape(text.title)}</span></td></tr><tr><td align="center">发布日期：<span id="ctl00_cph_lblTime">{text.slashed} 9:12:45</span>　信息来源：<span id="ctl00_cph_lblFrom">{escape(text.source)}</span>　点击次数：<span id="ctl00_cph_lblHits">402</span></td></tr><tr><td><span id="ctl00_cph_lblContent">{tabled(text, "<p>{}</p>")}{files(text)}</span></td></tr><tr><td align="right"><a id="ctl00_cph_lbPrint" href="javascript:window.print()">打印</a> <a href="javascript:window.close()">关闭</a></td></tr></table></td></tr></table><table width="1002" id="ctl00_tblFoot"><tr><td align="center">版权所有：某县司法局 &nbsp; 地址：某县西大街5号<br />技术支持：某软件公司</td></tr></table></form></body></html>""",
    )


def _grid_rows(text: Text) -> Blind:
    """A builder's grid: each paragraph in a column in a row of its own, as are title, fields and buttons."""
    row = '<div class="row"><div class="col-md-12"><div class="widget widget-text"><p>{}</p></div></div></div>'
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)} – 某公共法律服务中心</title></head><body><div class="container-fluid top"><div class="row"><div class="col-md-4"><a href="/">某公共法律服务中心</a></div><div class="col-md-8"><a href="/s1">法律咨询</a><a href="/s2">法律援助</a><a href="/s3">人民调解</a></div></div></div><div class="container"><div class="row"><div class="col-md-12"><div class="widget widget-heading"><h2>{escape(text.title)}</h2></div></div></div><div class="row"><div class="col-md-12"><div class="widget widget-meta"><span>发布于 {text.day}</span><span>来源：{escape(text.source)}</span></div></div></div>{each(row, text.paragraphs)}<div class="row"><div class="col-md-12">{files(text)}</div></div><div class="row"><div class="col-md-6"><a class="btn" href="/n/1">上一篇</a></div><div class="col-md-6"><a class="btn" href="/n/3">下一篇</a></div></div></div><div class="container-fluid bottom"><div class="row"><div class="col-md-4"><h5>联系我们</h5><p>服务热线：12348</p></div><div class="col-md-4"><h5>关于本站</h5><p>本站为公益性法律服务平台，提供七天二十四小时在线服务。</p></div><div class="col-md-4"><img src="/qr.png"></div></div></div></body></html>""",
    )


def _signature_apart(text: Text) -> Blind:
    """The form of an official letter: number, addressee, text, signature and day have a box of the template's each."""
    lines = text.paragraphs
    is_signed = len(lines) > 3 and lines[-1].endswith("日") and len(lines[-1]) < 14
    main, signed = (lines[:-2], lines[-2:]) if is_signed else (lines, ())
    below = (
        f'<div class="gw-lk"><div class="lk">{escape(signed[0])}</div><div class="rq">{escape(signed[1])}</div></div>'
        if signed
        else ""
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}-公文公开-某省司法厅</title></head><body><div class="gw-top"><a href="/">首页</a><a href="/gk">信息公开</a><a href="/gw">公文公开</a></div><div class="gw-loc">您的位置：<a href="/">首页</a>&gt;<a href="/gw">公文公开</a></div><div class="gw"><div class="gw-hd"><h1>{escape(text.title)}</h1><div class="gw-by"><span>来源：{escape(text.source)}</span><span>发布时间：{text.day}</span><span>阅读次数：38</span></div></div><div class="gw-bd"><div class="gw-zw">{tabled(Text(text.name, text.title, text.day, text.source, main), '<p align="justify">{}</p>')}</div>{below}{f'<div class="gw-fj"><span>附件</span>{files(text)}</div>' if text.files else ""}</div><div class="gw-tl"><a href="#">下载</a><a href="#">打印</a><a href="#">收藏</a></div></div><div class="gw-ft"><p>主办：某省司法厅　维护：某省司法厅信息中心　电话：0000-3040000</p><p>某ICP备00000304号　网站标识码：0000000304</p></div></body></html>""",
    )


def _next_below(text: Text) -> Blind:
    """A stream: below the report the next one stands in an article of its own, with title, date and the beginning of its text."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}-某区融媒</title></head><body><header><a href="/">某区融媒</a></header><div class="stream"><article class="post"><h1 class="post-t">{escape(text.title)}</h1><div class="post-m"><span>{escape(text.source)}</span><span>{text.day} 10:00</span></div><div class="post-c">{tabled(text, "<p>{}</p>")}{files(text)}</div><div class="post-f"><span>点赞 3</span><span>分享</span></div></article><article class="post"><h1 class="post-t"><a href="/p/552">我区举办第六届青年普法讲师大赛</a></h1><div class="post-m"><span>区司法局</span><span>2025-02-17 09:00</span></div><div class="post-c"><p>2月16日，我区第六届青年普法讲师大赛决赛在区文化馆举行，来自各街镇的十二名选手参加角逐。</p><p>比赛分主题宣讲、现场答辩两个环节，选手们紧扣民法典、法律援助法等内容，用鲜活的案例讲述法治故事。</p><a href="/p/552">展开全文</a></div></article></div><footer><p>某区融媒体中心　某ICP备00000305号</p></footer></body></html>""",
    )


def _bare_nineties(text: Text) -> Blind:
    """No element around anything: title, line of fields, paragraphs that are never closed, a rule, the foot."""
    body = "\n".join(f"<P>　　{escape(line)}" for line in text.paragraphs)
    return Blind(
        text,
        f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312"><TITLE>{escape(text.title)}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF><A HREF="index.html">返回首页</A> <A HREF="gg.html">公告栏</A><HR><H3 ALIGN=CENTER>{escape(text.title)}</H3><P ALIGN=CENTER>来源：{escape(text.source)}　日期：{text.day}{body}{files(text, "<P>{}")}<HR SIZE=1><CENTER><FONT SIZE=2>某县司法局办公室制作　电子信箱：<A HREF="mailto:sfj@example.gov.cn">sfj@example.gov.cn</A></FONT></CENTER></BODY></HTML>""",
        encoding="gb18030",
    )


def _floating_helpers(text: Text) -> Blind:
    """Cookies, a greeting robot, an accessibility bar and a survey float over the page and stand first and last in its markup."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_某新区政府在线</title><meta name="ColumnName" content="部门文件"></head><body><div class="wza-bar"><a>读屏专用</a><a>放大</a><a>缩小</a><a>高对比度</a><p>您可以使用快捷键Ctrl加上下左右键浏览页面，按Esc键退出辅助工具。</p></div><div class="cookie"><p>我们使用必要的会话记录来保证网站正常运行，继续浏览即表示您同意我们的隐私政策。</p><button>同意</button></div><div class="top-l"><a href="/">新区概况</a><a href="/1">新闻</a><a href="/2">政务</a></div><div class="where"><span>当前位置：</span><a href="/">首页</a><span>/</span><a href="/2">部门文件</a></div><div class="content-wrap"><div class="content-l"><h1>{escape(text.title)}</h1><ul class="source"><li>来源：{escape(text.source)}</li><li>时间：{text.day}</li><li>点击：55</li></ul><div class="txt">{tabled(text, '<p class="ql-align-justify">{}</p>', '<div class="table-wrap"><table>{}</table></div>')}</div>{f'<div class="enclosure"><p>附件：</p><ol>{text.links}</ol></div>' if text.files else ""}<div class="survey"><p>这篇文章对您有帮助吗？</p><a>有帮助</a><a>没帮助</a></div></div><div class="content-r"><h4>图解</h4><p><a href="/t/1">一图看懂优化营商环境条例</a></p></div></div><div class="robot"><div class="robot-h">小新</div><div class="robot-m">您好，我是新区智能客服小新，很高兴为您服务。您可以输入问题，也可以点击下面的热门问题。</div><ul><li>如何办理居住证</li><li>如何申请公租房</li></ul></div><div class="bt-f"><p>某新区管理委员会版权所有　某公网安备00000000000307号</p><p>网站地图　联系我们　某ICP备00000307号</p></div></body></html>""",
    )


def _mixed_hands(text: Text) -> Blind:
    """One text by three hands: paragraphs, lines of a div, lines between br, in the order of the editor's whims."""
    made = []
    for number, line in enumerate(text.paragraphs):
        shown = escape(line)
        shapes = (
            f"<p>{shown}</p>",
            f"<div>{shown}</div>",
            f"{shown}<br>",
            f'<p><font face="黑体">{shown}</font></p>',
            f'<h4 class="x">{shown}</h4>',
        )
        made.append(shapes[(number * 7 + len(line)) % (5 if len(line) < 40 else 4)])
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>某镇人民政府-{escape(text.title)}</title></head><body><div class="box-top"><a href="/">某镇人民政府</a></div><div class="box-nav"><a href="/zjxz">走进小镇</a><a href="/tzgg">通知公告</a><a href="/bmfw">便民服务</a></div><div class="box-main"><div class="box-loc">首页 - 通知公告 - 详细信息</div><div class="box-tt">{escape(text.title)}</div><div class="box-pt">【发布时间：{text.day}】【来源：{escape(text.source)}】【浏览：7次】【<a href="#">打印</a>】</div><div class="box-cc">{"".join(made)}{files(text)}</div><div class="box-np"><p>上一条：<a href="/tzgg/6">关于开展森林防火的通告</a></p><p>下一条：<a href="/tzgg/8">秸秆禁烧致广大农民朋友的一封信</a></p></div></div><div class="box-ft">某镇人民政府　主办　　值班电话：0000-6080000　　网站标识码0000000308</div></body></html>""",
    )


def _side_prose(text: Text) -> Blind:
    """A column of prose stands beside the text: what the office does, what the hotline is for, a maxim."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_法律援助_某市法律援助中心</title></head><body><div class="fy-top"><a href="/">首页</a><a href="/1">中心概况</a><a href="/2">援助指南</a></div><div class="fy-c"><div class="fy-side"><div class="card"><div class="card-h">中心简介</div><div class="card-b"><p>某市法律援助中心成立于1998年，是市司法局直属的公益一类事业单位，负责受理、审查、指派法律援助案件。</p></div></div><div class="card"><div class="card-h">12348热线</div><div class="card-b"><p>拨打12348，由执业律师为您免费解答法律问题，每天二十四小时服务。</p></div></div></div><div class="fy-main"><div class="fy-w">当前位置：<a href="/">首页</a> &gt; <a href="/2">援助指南</a></div><div class="fy-h">{escape(text.title)}</div><div class="fy-s">{text.day}　　　来源：{escape(text.source)}　　　浏览次数：12</div><div class="fy-t">{tabled(text, "<p>{}</p>")}{files(text)}</div><div class="fy-e"><a href="#">【打印】</a><a href="#">【关闭】</a></div></div><div class="fy-right"><div class="card"><div class="card-h">申请须知</div><div class="card-b"><p>申请法律援助，应当如实提交身份证明、经济困难状况说明和案件材料；材料不全的，工作人员会一次性告知。</p></div></div></div></div><div class="fy-ft"><p>某市法律援助中心　地址：某路2号　某ICP备00000401号</p></div></body></html>""",
    )


def _laws_linked(text: Text) -> Blind:
    """Every 《…》 of the text is a link into the library of laws, headings carry anchors, the paragraphs bullets."""
    linked = re.sub(
        r"(《[^》]{2,40}》)",
        r'<a href="/law?q=1" target="_blank">\1</a>',
        tabled(text, '<p><img src="/dot.gif"><a name="p"></a>{}</p>'),
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>某市规章规范性文件库-{escape(text.title)}</title></head><body><div class="lib-h"><b>规章规范性文件库</b><a href="/">回到首页</a></div><div class="lib"><div class="lib-d"><h2>{escape(text.title)}</h2><div class="lib-i"><label>发布日期</label><span>{text.day}</span><label>来源</label><span>{escape(text.source)}</span></div><div class="lib-x">{linked}{files(text)}</div><div class="lib-o"><a href="#">导出Word</a><a href="#">打印</a><a href="#">返回列表</a></div></div></div><div class="lib-f">主办：某市司法局　　技术支持：某软件公司　　某公网安备00000000000402号</div></body></html>""",
    )


def _folded(text: Text) -> Blind:
    """Headings as dt and what they head as dd of one list, as manuals do; the day alone below the title, the source in brackets."""
    made = "".join(
        f"<dt>{escape(line)}</dt>" if re.match(r"[一二三四五]、|问：", line) and len(line) < 30 else f"<dd>{escape(line)}</dd>"
        for line in text.paragraphs
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div class="a1"><a href="/">首页</a><a href="/x">政务</a><a href="/y">服务</a></div><div class="a2"><div class="a3"><strong>{escape(text.title)}</strong></div><div class="a4">{text.chinese}</div><div class="a5">（来源：{escape(text.source)}）</div><dl class="a6">{made}</dl>{files(text)}<div class="a7"><a href="javascript:print()">打印</a></div></div><div class="a8"><dl><dt>主办单位</dt><dd>某州司法局</dd><dt>联系电话</dt><dd>0000-4030000</dd><dt>备案</dt><dd>某ICP备00000403号</dd></dl></div></body></html>""",
    )


def _typed(text: Text) -> Blind:
    """The text is a pre as it was typed, under a title and a table of fields; the site's menus are at the end of the markup."""
    typed = escape("\n\n".join(f"　　{line}" for line in text.paragraphs))
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title></head><body><div class="content"><h1>{escape(text.title)}</h1><table class="by"><tr><td>发布时间</td><td>{text.day}</td></tr><tr><td>来源</td><td>{escape(text.source)}</td></tr></table><pre class="typed">{typed}</pre>{files(text)}<p class="tools"><a href="javascript:print()">打印本页</a> | <a href="javascript:close()">关闭窗口</a></p></div><div class="menu-last"><ul><li><a href="/">首页</a></li><li><a href="/a">政策法规</a></li><li><a href="/b">通知公告</a></li></ul></div><div class="last"><p>某司法所　电话：0000-4040000</p></div></body></html>""",
    )


def _parts_parted(text: Text) -> Blind:
    """Rules and advertisements of campaigns stand between groups of paragraphs, each group a div without a name."""
    groups = [text.paragraphs[start : start + 4] for start in range(0, len(text.paragraphs), 4)]
    ad = '<div class="ad"><a href="/zt/1"><img src="/zt/1.jpg" alt="扫黑除恶专项斗争"></a></div>'
    body = ad.join(f"<div>{each('<p>{}</p>', group)}</div>" for group in groups)
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_某市信息网</title></head><body><div id="h"><a href="/">某市信息网</a></div><div id="n"><a href="/1">市情</a><a href="/2">公告</a></div><div id="m"><div class="p">当前位置 &gt; <a href="/2">公告</a></div><h1>{escape(text.title)}</h1><p class="i">来源：{escape(text.source)} | 发布时间：{text.day} | 浏览：5</p><div class="c">{body}{files(text)}</div><p class="g"><a href="#">打印</a> <a href="#">关闭</a></p></div><div id="f"><p>某市人民政府主办　网站标识码0000000405</p></div></body></html>""",
    )


FINAL7: dict[str, Template] = {
    "slides-before": _slides_before,
    "asp-form": _asp_form,
    "grid-rows": _grid_rows,
    "signature-apart": _signature_apart,
    "next-below": _next_below,
    "bare-nineties": _bare_nineties,
    "floating-helpers": _floating_helpers,
    "mixed-hands": _mixed_hands,
    "side-prose": _side_prose,
    "laws-linked": _laws_linked,
    "folded": _folded,
    "typed": _typed,
    "parts-parted": _parts_parted,
}
