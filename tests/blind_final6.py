"""Three more texts, and page templates of the ninth blind look, written before the reader was run on them."""

from __future__ import annotations

from functools import cache

from markupsafe import escape

from tests.blind_official import files, official_texts, tabled
from tests.blind_pages import Blind, Template, Text, each

_ANSWERS = Text(
    "answers",
    "《某市法律援助经济困难标准规定》政策解读",
    "2023-06-15",
    "市司法局公共法律服务科",
    (
        "近日，市司法局、市民政局联合印发《某市法律援助经济困难标准规定》（以下简称《规定》），现解读如下：",
        "问：为什么要制定《规定》？",
        "答：2022年1月1日起施行的《中华人民共和国法律援助法》第三十四条规定，经济困难的标准由省、自治区、直辖市人民政府根据本行政区域经济发展状况和法律援助工作需要确定，并实行动态调整。原标准自2014年起执行，已不能满足困难群众的需求。",
        "问：《规定》有哪些主要内容？",
        "答：共十二条，主要有三个方面：",
        "1. 明确经济困难标准为申请人家庭人均月收入不高于当地最低工资标准；",
        "2. 列明免予核查经济困难状况的七类人员；",
        "3. 推行个人诚信承诺制。",
        "问：哪些人可以免予核查？",
        "答：无固定生活来源的未成年人、老年人、残疾人等特定群体，社会救助、司法救助或者优抚对象，请求支付劳动报酬或者工伤事故人身损害赔偿的进城务工人员，等等。",
        "问：什么时候开始实施？",
        "答：自2023年7月1日起实施。",
    ),
)
_REGISTERED = Text(
    "registered",
    "某省司法厅关于2018年度国家司法鉴定人和司法鉴定机构名册的公告（第3号）",
    "2018-10-31",
    "司法鉴定管理处",
    (
        "根据《全国人民代表大会常务委员会关于司法鉴定管理问题的决定》，现将新登记的司法鉴定机构公告如下：",
        "一、某大学司法鉴定中心",
        "许可证号：000018001",
        "机构负责人：陈某某",
        "业务范围：法医病理鉴定、法医临床鉴定、法医物证鉴定",
        "住所：某市某区学府路1号",
        "二、某正司法鉴定所",
        "许可证号：000018002",
        "机构负责人：林某",
        "业务范围：法医临床鉴定、文书鉴定、痕迹鉴定",
        "住所：某市某区滨江路233号",
        "三、某明司法鉴定中心",
        "许可证号：000018003",
        "机构负责人：黄某某",
        "业务范围：声像资料鉴定、计算机鉴定",
        "住所：某市高新区创业路17号5幢",
        "四、某衡环境损害司法鉴定中心",
        "许可证号：000018004",
        "机构负责人：吴某某",
        "业务范围：污染物性质鉴定、地表水与沉积物环境损害鉴定、空气污染环境损害鉴定",
        "住所：某市某区环城北路99号",
        "某省司法厅",
        "2018年10月29日",
    ),
)
_LATER = Text(
    "later",
    "关于延长司法所考试报名时间的公告",
    "2021-04-16",
    "某县司法局",
    ("报名截止时间延长至4月20日17:00，其他事项不变。", "特此公告"),
)


@cache
def later_texts() -> tuple[Text, ...]:
    """The texts of the look before and three more."""
    return (*official_texts(), _ANSWERS, _REGISTERED, _LATER)


def _vue(text: Text) -> Blind:
    """What a script of components has drawn and a browser hands over: el- classes, data-v marks, a table of its own divs."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{escape(text.title)}</title><link rel="icon" href="/favicon.ico"><script type="module" src="/assets/index-8f1c.js"></script></head><body><div id="app" data-v-app=""><div data-v-7a class="el-container is-vertical"><div data-v-7a class="el-header"><div class="el-menu el-menu--horizontal"><div class="el-menu-item is-active"><a href="/#/home">首页</a></div><div class="el-menu-item"><a href="/#/open">政务公开</a></div><div class="el-sub-menu"><div class="el-sub-menu__title">互动交流</div></div></div></div><div data-v-7a class="el-main"><div class="el-breadcrumb"><span class="el-breadcrumb__item"><span class="el-breadcrumb__inner is-link">首页</span><span class="el-breadcrumb__separator">/</span></span><span class="el-breadcrumb__item"><span class="el-breadcrumb__inner">通知公告</span></span></div><div data-v-b3 class="el-card is-always-shadow"><div class="el-card__body"><div data-v-b3 class="detail-title">{escape(text.title)}</div><div data-v-b3 class="el-row info"><div class="el-col el-col-8"><i class="el-icon-time"></i>发布日期：{text.day}</div><div class="el-col el-col-8">信息来源：{escape(text.source)}</div><div class="el-col el-col-8">浏览次数：18</div></div><div class="el-divider el-divider--horizontal"></div><div data-v-b3 class="detail-html">{tabled(text, '<p style="line-height: 2; text-indent: 2em;"><span style="font-size: 16px;">{}</span></p>', '<table style="width: 100%;">{}</table>', '<td colspan="1" rowspan="1">{}</td>')}</div>{f'<div class="el-upload-list"><div class="el-upload-list__title">附件列表</div>{files(text, "<div class=el-upload-list__item>{}</div>")}</div>' if text.files else ""}<div class="el-row prev-next"><div class="el-col">上一篇：<span class="el-link">关于公布行政规范性文件清理结果的决定</span></div><div class="el-col">下一篇：<span class="el-link">无</span></div></div></div></div></div><div data-v-7a class="el-footer"><p>主办单位：某市司法局</p><p>技术支持：某市大数据管理局</p><p>某ICP备00000201号</p></div></div></div><div class="el-backtop"><i></i></div></body></html>""",
    )


def _wechat_style(text: Text) -> Blind:
    """Pasted from a public account's editor: sections in sections with styles, each paragraph three deep, headings in boxes."""
    made = []
    for line in text.paragraphs:
        style = "padding: 0px 16px; letter-spacing: 1px;" if len(line) > 20 else "text-align: center; color: rgb(0, 82, 255);"
        made.append(
            f'<section style="margin: 10px 0px;" powered-by="xiumi.us"><section style="{style}"><p style="margin: 0px; white-space: normal;"><span style="font-size: 15px;">{escape(line)}</span></p></section></section><section><p><br></p></section>'
        )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}-某市普法网</title></head><body class="bg"><div class="pf-top"><a href="/">某市普法网</a><span>官方微信</span><span>官方微博</span></div><div class="pf-nav"><a href="/1">权威发布</a><a href="/2">以案释法</a><a href="/3">法治文化</a></div><div class="pf-w"><p class="pf-loc">您的当前位置：<a href="/">首页</a>-<a href="/1">权威发布</a></p><div class="pf-art"><h1>{escape(text.title)}</h1><div class="pf-sub"><i>{text.day} 11:05:08</i><i>来源：{escape(text.source)}</i><i>编辑：小普</i></div><div class="pf-txt"><section data-role="outer" label="Powered by 135editor.com"><section>{"".join(made)}</section></section>{files(text)}</div><div class="pf-qr"><img src="/wx.jpg"><p>关注“某市普法”微信公众号，获取更多法治资讯</p></div><div class="pf-zan"><a>赞（3）</a><a>收藏</a></div></div><div class="pf-rec"><h3>猜你喜欢</h3><dl><dt><a href="/r/1">民法典知识竞赛开始啦</a></dt><dd>答题赢好礼，快来参与吧！点击进入答题页面，连续七天每天三次机会。</dd></dl><dl><dt><a href="/r/2">【以案释法】高空抛物谁担责</a></dt><dd>2021年3月，某小区业主李某下班途中被一只花盆砸伤，随后将整栋楼诉至法院。</dd></dl></div></div><div class="pf-foot"><p>某市普法依法治理领导小组办公室主办</p><p>投稿邮箱：pf@sfj.example.gov.cn　某ICP备00000202号</p></div></body></html>""",
    )


def _tabs_beside(text: Text) -> Blind:
    """A policy's page: panes for the text, for its interpretation and for questions, all of them in the markup."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)} 某省政策文件库</title><meta name="ArticleTitle" content="{escape(text.title)}"></head><body><div class="zck-head"><a href="/">某省人民政府</a><b>政策文件库</b><input placeholder="搜标题、文号、正文"></div><div class="zck-pos">首页&gt;政策文件库&gt;部门文件</div><div class="zck"><div class="zck-name">{escape(text.title)}</div><ul class="zck-tab"><li class="cur">政策原文</li><li>政策解读</li><li>政策问答</li></ul><div class="zck-pane" id="p1"><div class="zck-inf"><span>发布机构：{escape(text.source)}</span><span>发布日期：{text.day}</span><span>有效性：现行有效</span></div><div class="zck-txt">{tabled(text, '<p class="z">{}</p>')}</div>{f'<div class="zck-att">附件下载：{files(text)}</div>' if text.files else ""}</div><div class="zck-pane" id="p2" style="display: none;"><p>为便于社会各界准确理解文件精神，现就有关背景、目的意义、主要内容作如下解读。</p><p>一、起草背景。近年来，群众对公共法律服务的需求日益增长，原有规定需要修订完善。</p></div><div class="zck-pane" id="p3" style="display: none;"><p>问：文件何时生效？</p><p>答：自印发之日起生效。</p></div></div><div class="zck-like"><h4>相关政策</h4><ul><li><a href="/z/1">关于加快推进公共法律服务体系建设的实施意见</a></li><li><a href="/z/2">某省人民调解条例</a></li></ul></div><div class="zck-foot">版权所有：某省人民政府办公厅　标识码0000000203　某公网安备00000000000203号</div></body></html>""",
    )


def _contents_first(text: Text) -> Blind:
    """A year's report with its own table of contents in links to places on the page; headings in h3 and h4."""
    heads = tuple(
        line for line in text.paragraphs if line.startswith(("一、", "二、", "三、", "四、", "五、")) and len(line) < 40
    )
    contents = "".join(f'<li><a href="#s{n}">{escape(line)}</a></li>' for n, line in enumerate(heads))
    body = []
    for line in text.paragraphs:
        tag = f'h3 id="s{heads.index(line)}"' if line in heads else "h4" if line.startswith("（") and len(line) < 30 else "p"
        body.append(
            f"<table class='data'><tr>{each('<td>{}</td>', tuple(line.split(' | ')))}</tr></table>"
            if " | " in line
            else f"<{tag}>{escape(line)}</{tag.split(maxsplit=1)[0]}>"
        )
    toc = f'<div class="toc"><div class="toc-h">目录</div><ul>{contents}</ul></div>' if heads else ""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_年度报告_某市政府网</title></head><body><div class="nb-top"><div><a href="/">网站首页</a></div><div><a href="/zw">政务公开</a></div><div><a href="/nb">年度报告</a></div></div><div class="nb"><div class="nb-l"><p>政府信息公开</p><ul><li><a href="/zn">指南</a></li><li><a href="/zd">制度</a></li><li class="on"><a href="/nb">年报</a></li><li><a href="/ysq">依申请公开</a></li></ul></div><div class="nb-r"><h1>{escape(text.title)}</h1><div class="nb-i">来源：{escape(text.source)}　发布时间：{text.chinese}　阅读：<b>305</b> 次</div>{toc}<div class="nb-c">{"".join(body)}{files(text)}</div><div class="nb-t"><a href="javascript:window.print();">打印本页</a>　<a href="javascript:window.close();">关闭窗口</a></div></div></div><div class="nb-f"><p>主管单位：某市人民政府　主办单位：某市人民政府办公室</p><p>网站标识码：0000000204　某ICP备00000204号-3　某公网安备00000000000204号</p><p>建议您使用IE9.0以上版本浏览器浏览本站</p></div></body></html>""",
    )


def _byline_below(text: Text) -> Blind:
    """Title and text first; source, date, editor and the counter stand in a row below the text; a form for comments follows."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}</title><meta name="PubDate" content="{text.day}"><meta name="ContentSource" content="{escape(text.source)}"></head><body><div id="hd"><h1><a href="/">某县司法局</a></h1></div><div id="nv"><a href="/">首页</a><a href="/a">单位概况</a><a href="/b">司法动态</a></div><div id="bd"><div class="path"><a href="/">首页</a>&gt;<a href="/b">司法动态</a></div><div class="show"><div class="show-h">{escape(text.title)}</div><div class="show-c">{tabled(text, "<p>{}</p>")}{files(text)}</div><div class="show-b">来源：{escape(text.source)}　　发布时间：{text.day}　　编辑：小李　　点击：64</div><div class="show-p">上一篇：<a href="/b/1">县司法局召开警示教育大会</a>　下一篇：<a href="/b/3">关于征集立法建议的公告</a></div></div><div class="say"><h3>我要评论</h3><form><p>用户名：<input name="u"></p><p>内容：<textarea name="c"></textarea></p><p>验证码：<input name="v"> <img src="/v.php"></p><p>请遵守中华人民共和国有关法律法规，尊重网上道德，承担一切因您的行为而直接或间接引起的法律责任。</p><input type="submit" value="提交"></form></div></div><div id="ft">Copyright © 某县司法局 All Rights Reserved<br>某ICP备00000205号　地址：某县解放路1号　电话：0000-2050000<br>本站由某县司法局信息中心维护，如有问题请与我们联系。</div></body></html>""",
    )


def _framed_letters(text: Text) -> Blind:
    """A layout table from an old editor inside a new site: font in font, paragraphs in cells of one column, a seal's picture."""
    rows = "".join(
        f'<tr><td><font face="仿宋_GB2312" size="4"><font color="#000000">　　{escape(line)}</font></font></td></tr>'
        for line in text.paragraphs
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>{escape(text.title)}--某市司法局门户网站</title><script language="javascript" src="/inc/date.js"></script></head><body><center><div style="width:980px"><div class="bn"><img src="/bn.jpg"></div><div class="dh"><a href="/">首页</a> | <a href="/list.php?id=1">机构设置</a> | <a href="/list.php?id=2">工作动态</a> | <a href="/list.php?id=3">下载中心</a></div><div class="mm"><div class="mm-l"><div class="lt">工作动态</div><ul><li><a href="/list.php?id=21">司法要闻</a></li><li><a href="/list.php?id=22">基层动态</a></li></ul><div class="lt">图片新闻</div><a href="/pic.php?id=9"><img src="/p9.jpg"><br>市局开展植树活动</a></div><div class="mm-r"><div class="rt">当前位置：<a href="/">首页</a> → <a href="/list.php?id=2">工作动态</a> → 查看内容</div><div class="bt">{escape(text.title)}</div><div class="xx">时间：{text.slashed}　来源：{escape(text.source)}　阅读次数：[<span id="n">1</span>]　【<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</div><div class="nr"><table border="0" width="96%" align="center"><tbody>{rows}</tbody></table><p align="right"><img src="/seal.gif" width="120"></p>{files(text)}</div><div class="gb">[ <a href="#">推荐给好友</a> ] [ <a href="#">打印此文</a> ] [ <a href="#">关闭窗口</a> ]</div><div class="xg"><b>相关文章</b><ul><li><a href="/s/1">某市司法局部署安全生产工作</a>　(2012-3-1)</li><li><a href="/s/2">某市律师协会换届</a>　(2012-2-9)</li></ul></div></div></div><div class="bq">Copyright 2012 某市司法局 版权所有　联系电话：0000-1112222<br>某ICP备00000206号</div></div></center></body></html>""",
        encoding="gb18030",
    )


def _pictures_between(text: Text) -> Blind:
    """News with pictures and their captions' boxes around the text, a lead in a box, a dark-mode switch, a voice reader."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_某司法厅</title><meta property="article:published_time" content="{text.day}T08:00:00+08:00"></head><body><div class="mode">夜间模式 <i></i></div><div class="sfw"><div class="sfw-top"><a href="/"><img src="/l.svg" alt="某司法厅"></a><div class="sfw-links"><a href="/">首页</a><a href="/x">新闻</a><a href="/t">通知</a></div></div><div class="sfw-where">当前位置： <a href="/">首页</a> &gt;&gt; <a href="/t">通知</a> &gt;&gt; 内容</div><div class="sfw-doc"><div class="sfw-title"><h2>{escape(text.title)}</h2></div><div class="sfw-meta"><div class="m1">来源： {escape(text.source)}</div><div class="m2">日期： {text.day}</div><div class="m3">浏览： <span>9</span></div><div class="m4"><button>听全文</button><a href="#">A+</a><a href="#">A-</a></div></div><div class="sfw-audio"><audio src="/a.mp3"></audio></div><div class="sfw-body"><p style="text-align: center;"><img src="/p/1.jpg" alt="" width="600"></p>{tabled(text, '<p style="text-indent: 2em;">{}</p>')}<p style="text-align: center;"><img src="/p/2.jpg" alt="" width="600"></p></div>{f'<div class="sfw-file"><h3>附件</h3><ul>{text.links}</ul></div>' if text.files else ""}<div class="sfw-btm"><div class="b1">责任编辑：钱某　审核：孙某</div><div class="b2"><a href="#">纠错</a><a href="#">打印</a><a href="#">关闭</a></div></div><div class="sfw-more"><div class="more-h">延伸阅读</div><div class="more-i"><a href="/m/1">某司法厅部署年度重点工作</a></div><div class="more-i"><a href="/m/2">公证服务进社区</a></div></div></div></div><div class="sfw-foot"><div>某司法厅　地址：某路3号</div><div>网站违法和不良信息举报电话：0000-2070000</div><div>为确保最佳浏览效果，建议您使用以下浏览器版本：IE浏览器9.0版本及以上。</div></div></body></html>""",
    )


def _definition_rows(text: Text) -> Blind:
    """An online hall's record: fields as dt and dd, the text as the last dd, and below it steps and a survey."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>公告详情</title></head><body><div class="hall-h"><a href="/">网上办事大厅</a><a href="/login">登录</a><a href="/reg">注册</a></div><div class="hall"><div class="hall-p">位置：<a href="/">大厅</a> &gt; <a href="/gg">公告</a> &gt; 公告详情</div><div class="rec"><h2 class="rec-h">{escape(text.title)}</h2><dl class="rec-l"><dt>发布单位：</dt><dd>{escape(text.source)}</dd><dt>发布时间：</dt><dd>{text.day} 00:00</dd><dt>公告内容：</dt><dd class="rec-c">{tabled(text, "<p>{}</p>")}{files(text)}</dd></dl><div class="rec-b"><a href="javascript:history.back()">返回</a></div></div><div class="steps"><span>1 登录账号</span><span>2 填写信息</span><span>3 提交审核</span><span>4 查询结果</span></div><div class="ask"><p>您对本次服务是否满意？</p><label><input type="radio">满意</label><label><input type="radio">不满意</label></div></div><div class="hall-f"><p>某市政务服务管理局　版权所有</p><p>咨询电话：12345　投诉电话：0000-2080000</p></div></body></html>""",
    )


FINAL6: dict[str, Template] = {
    "vue": _vue,
    "wechat-style": _wechat_style,
    "tabs-beside": _tabs_beside,
    "contents-first": _contents_first,
    "byline-below": _byline_below,
    "framed-letters": _framed_letters,
    "pictures-between": _pictures_between,
    "definition-rows": _definition_rows,
}
