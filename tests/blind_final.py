"""Six more notices, and page templates of the fourth blind look, written before the reader was run on them. Knows no reader."""

from __future__ import annotations

from functools import cache

from markupsafe import escape

from tests.blind_pages import Blind, Template, Text, each, texts

_DUTY = Text(
    "duty",
    "某县司法局2023年国庆节值班公示",
    "2023-09-28",
    "某县司法局办公室",
    ("9月29日至10月6日放假期间，我局安排专人值班，电话：0000-1234567。",),
)
_WINDOW = Text(
    "window",
    "关于调整公共法律服务中心窗口服务时间的通告",
    "2021-06-25",
    "某市公共法律服务中心",
    (
        "为方便群众办事，自2021年7月1日起，市公共法律服务中心窗口服务时间调整为上午9:00至12:00，下午1:30至5:00，法定节假日除外。",
        "特此通告。",
        "某市公共法律服务中心",
        "2021年6月25日",
    ),
)
_NAMES = Text(
    "names",
    "2022年第二批专职人民调解员拟聘用人员名单公示",
    "2022-08-19",
    "人民参与和促进法治处",
    (
        "经报名、笔试、面试和考察，拟聘用下列6名同志为专职人民调解员，现予公示：",
        "赵某某　东街道人民调解委员会",
        "钱某某　西街道人民调解委员会",
        "孙某某　城关镇人民调解委员会",
        "李某　　道路交通事故纠纷人民调解委员会",
        "周某某　医疗纠纷人民调解委员会",
        "吴某　　物业纠纷人民调解委员会",
        "公示期：2022年8月19日至8月25日。",
        "监督电话：000-87654321",
    ),
)
_SERVICE = Text(
    "served",
    "行政处罚决定书送达公告（某律师事务所郑某）",
    "2020-11-30",
    "律师工作管理科",
    (
        "郑某：",
        "你私自接受委托、收取费用一案，本局已审查终结，依据《中华人民共和国律师法》第四十八条第一项之规定，于2020年11月9日对你作出警告、没收违法所得人民币叁仟元的行政处罚（某司罚决字〔2020〕3号）。",
        "因采用直接送达、邮寄送达等方式均无法向你送达，现依法公告送达。自公告之日起六十日，即视为送达。",
        "如不服本决定，可在收到决定书之日起六十日内向某市人民政府申请行政复议，也可在六个月内向人民法院提起诉讼。",
        "地址：某区某路66号3楼305室　　联系人：冯某　　联系电话：000-22334455",
        "某区司法局",
        "二〇二〇年十一月三十日",
    ),
    (("/module/download/down.jsp?i_ID=7731&colID=88", "行政处罚决定书"),),
)
_RECRUIT = Text(
    "recruit",
    "某市司法局2024年公开招聘编外工作人员公告",
    "2024-05-16",
    "某市司法局人事处",
    (
        "因工作需要，我局面向社会公开招聘编外工作人员3名，现将有关事项公告如下：",
        "一、招聘岗位",
        "（一）综合文秘岗1名：全日制本科以上学历，中文、法学、新闻传播类专业优先。",
        "（二）法律援助窗口岗2名：大专以上学历，通过国家统一法律职业资格考试者优先。",
        "二、报名方式",
        "1.报名时间：2024年5月20日至5月24日（上午8:30-12:00，下午2:00-5:30）。",
        "2.报名地点：某市某区建设大道8号市司法局412室。",
        "3.报名材料：报名表（见附件）、身份证、学历证书原件及复印件、近期一寸免冠照片2张。",
        "三、其他事项",
        "本公告未尽事宜，由某市司法局人事处负责解释。咨询电话：000-66778899（工作时间）。",
        "附件：报名表",
        "某市司法局",
        "2024年5月16日",
    ),
    (("./P020240516402113456789.docx", "报名表.docx"),),
)
_NEWS = Text(
    "news",
    "某区：“三个一”织密村居法律服务网",
    "2023-04-07",
    "某区司法局",
    (
        "“没想到家门口就能找到律师，一分钱不花就把合同看明白了。”4月6日，家住某区北河镇柳树村的村民老陈拿着刚修改好的土地流转合同，向驻村法律顾问连声道谢。",
        "今年以来，某区司法局聚焦群众急难愁盼问题，以“一村一顾问、一月一课堂、一事一档案”为抓手，推动公共法律服务向村居延伸。",
        "一村一顾问，服务送到家。全区186个村（居）全部签约法律顾问，公示姓名、电话和服务内容，做到“有事找得到、来了能解决”。截至3月底，累计提供法律咨询2153人次，参与调处矛盾纠纷317件，代拟、审查合同96份，涉及金额1240余万元。",
        "一月一课堂，道理讲明白。法律顾问每月至少开展一次“村头小课堂”，围绕民法典、农村土地承包、防范电信诈骗等内容，用方言土语讲身边案例。“以前觉得打官司丢人，现在知道了，依法维权不丢人。”听完课的李大姐说。",
        "一事一档案，过程可追溯。对每一件咨询、每一起纠纷，顾问都要填写工作日志，镇司法所按季抽查，区局年终考核，考核结果与补贴发放挂钩。去年，12名履职不到位的顾问被约谈，3名被解聘。",
        "下一步，区司法局将总结推广北河镇经验，探索“法律顾问+网格员+人民调解员”联动机制，努力实现小事不出村、大事不出镇、矛盾不上交。（通讯员 王某某）",
    ),
)


@cache
def final_texts() -> tuple[Text, ...]:
    """The two seed reports and the notices of the fourth look."""
    return (*texts()[:2], _DUTY, _WINDOW, _NAMES, _SERVICE, _RECRUIT, _NEWS)


def _articles_of_asp(text: Text) -> Blind:
    """An article system of the years of ASP: who entered it, the articles before and after, comments of guests, all in tables."""
    lines = "".join(f"<P>　　{escape(line)}</P>" for line in text.paragraphs)
    files = "".join(
        f'<P><IMG src="/edit/sysimage/file.gif" border=0><A href="{url}" target=_blank>{escape(name)}</A></P>'
        for url, name in text.files
    )
    return Blind(
        text,
        f"""<html><head><title>{escape(text.title)}-某县司法局</title><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><script>function document.oncontextmenu(){{return false;}}</script></head><body oncopy="return false" leftmargin=0>
<table width=760 class=top_tdbgall align=center><tr><td><a href="/Index.asp">首 页</a> | <a href="/Article/Index.asp">新闻中心</a> | <a href="/Soft/Index.asp">下载中心</a> | <a href="/GuestBook/Index.asp">留 言 板</a></td><td align=right><script src="/date.js"></script></td></tr></table>
<table width=760 align=center><tr><td>您现在的位置：&nbsp;<a href="/">某县司法局</a>&nbsp;&gt;&gt;&nbsp;<a href="/Article">文章中心</a>&nbsp;&gt;&gt;&nbsp;<a href="/Article/gg">公告</a>&nbsp;&gt;&gt;&nbsp;正文</td></tr></table>
<table width=760 align=center class=main_tdbg_760><tr><td class=main_ArticleTitle align=center>{escape(text.title)}</td></tr><tr><td align=center class=main_ArticleSubheading></td></tr><tr><td align=center class=Article_tdbgall>作者：<a href="#">佚名</a>&nbsp;&nbsp;&nbsp;&nbsp;文章来源：{escape(text.source)}&nbsp;&nbsp;&nbsp;&nbsp;点击数：<script src="/Article/GetHits.asp?ArticleID=88213"></script>&nbsp;&nbsp;&nbsp;&nbsp;更新时间：{text.day}</td></tr>
<tr><td class=main_tdbg_760 id=fontzoom_x><table align=left border=0><tr><td><script>AdShow(3)</script></td></tr></table>{lines}{files}</td></tr>
<tr><td align=right>文章录入：admin&nbsp;&nbsp;&nbsp;&nbsp;责任编辑：admin&nbsp;</td></tr><tr><td><li>上一篇文章： <a href="/Article/gg/88212.html">某县司法局举办“宪法宣传周”系列活动</a></li><br><li>下一篇文章： 没有了</li></td></tr><tr><td align=right>【<a href="#">发表评论</a>】【<a href="#">加入收藏</a>】【<a href="#">告诉好友</a>】【<a href="#">打印此文</a>】【<a href="#">关闭窗口</a>】</td></tr></table>
<table width=760 align=center><tr><td width=50%><b>最新热点</b></td><td><b>最新推荐</b></td></tr><tr><td>·<a href=/1>全县司法行政系统工作会议召开</a>　08-21<br>·<a href=/2>县局开展警示教育活动</a>　08-20</td><td>没有任何推荐文章</td></tr><tr><td colspan=2>网友评论：（只显示最新10条。评论内容只代表网友观点，与本站立场无关！）</td></tr><tr><td colspan=2>没有任何评论</td></tr></table>
<table width=760 align=center><tr><td align=center>| 设为首页 | 加入收藏 | 联系站长 | 友情链接 | 版权申明 | 管理登录 |</td></tr><tr><td align=center>站长：某县司法局办公室　<a href="http://www.miibeian.gov.cn">某ICP备05000000号</a></td></tr></table></body></html>""",
        encoding="gb18030",
    )


def _word_paste(text: Text) -> Blind:
    """A text pasted from a word processor: each number in a run of its own, empty paragraphs, a conditional comment."""

    def runs(line: str) -> str:
        parts = "".join(
            f"<span lang=EN-US style='font-size:16.0pt'>{part}</span>"
            if part.isdigit()
            else f"<span style='font-size:16.0pt;font-family:仿宋_GB2312'>{part}</span>"
            for part in _parts(str(escape(line)))
        )
        return f"<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'>{parts}<span lang=EN-US style='font-size:16.0pt'><o:p></o:p></span></p>"

    empty = "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
    files = "".join(
        f'<p class=MsoNormal><span lang=EN-US><a href="{url}"><span lang=EN-US>{escape(name)}</span></a></span></p>'
        for url, name in text.files
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}_通知公告_某市司法局</title></head><body><div class="tbar"><span>今天是：<em id="rq"></em></span><a href="javascript:zh_tran('t')">繁體</a><a href="/english/">English</a><a>无障碍</a><a>长者版</a></div><div class="logo"><img src="/images/lg.png" alt="某市司法局"></div><div class="dh"><a href="/">网站首页</a><a href="/xxgk/">信息公开</a><a href="/bsfw/">办事服务</a><a href="/hdjl/">互动交流</a></div>
<div class="dqwz">当前位置：<a href="/">网站首页</a> &gt; <a href="/xxgk/">信息公开</a> &gt; <a href="/xxgk/tzgg/">通知公告</a></div><div class="nrbox"><div class="bt_1">{escape(text.title)}</div><div class="bt_2"><table width="100%"><tr><td>发布日期：{text.day}</td><td>来源：{escape(text.source)}</td><td>【字号：<a>大</a> <a>中</a> <a>小</a>】</td><td><a>我要打印</a></td></tr></table></div>
<div class="wz_nr"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><style>p.MsoNormal{{mso-style-parent:""}}</style><div class=Section1 style='layout-grid:15.6pt'>{empty}{(empty).join(runs(line) for line in text.paragraphs)}{empty}{files}</div></div>
<div class="ewm"><img src="/qr?u=88213"><p>扫一扫在手机打开当前页</p></div><div class="fxl">分享到： <a></a><a></a><a></a></div></div><div class="yl"><select><option>--国家部委网站--</option><option>司法部</option><option>公安部</option></select><select><option>--各区县司法局--</option><option>东区司法局</option></select></div>
<div class="bq"><p><a>关于我们</a>|<a>网站地图</a>|<a>使用帮助</a></p><p>主办单位：某市司法局　地址：某市府前街1号　邮编：300000</p><p>某ICP备10000000号-1　网站标识码：1000000001　某公网安备 10000000000001号</p></div></body></html>""",
    )


def _parts(line: str) -> list[str]:
    parts: list[str] = []
    for char in line:
        if parts and parts[-1].isdigit() == char.isdigit():
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def _hashed_divs(text: Text) -> Blind:
    """Rendered by a component library: divs with hashed names only, a column of recommended reports with their days."""
    recommended = "".join(
        f'<div class="css-9x"><div class="css-9y"><a class="css-9z" href="/d/{at}">{name}</a></div><div class="css-9w">{day}</div></div>'
        for at, (name, day) in enumerate(
            (
                ("某省司法厅召开厅长办公会议研究近期重点工作", "2024-06-01"),
                ("全省律师行业党建工作推进会召开", "2024-05-30"),
                ("“法润万家”专项行动正式启动", "2024-05-28"),
            )
        )
    )
    files = "".join(
        f'<div class="css-7a"><div class="css-7b">W</div><div class="css-7c"><a href="{url}">{escape(name)}</a></div><div class="css-7d">42.5KB</div><div class="css-7e">预览</div><div class="css-7e">下载</div></div>'
        for url, name in text.files
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>某省司法厅</title></head><body><div id="root"><div class="css-1a"><div class="css-1b"><div class="css-1c">某省司法厅</div><div class="css-1d"><div class="css-1e">首页</div><div class="css-1e">机构</div><div class="css-1e">新闻</div><div class="css-1e">公开</div><div class="css-1e">服务</div></div><div class="css-1f"><input placeholder="请输入关键词"><div class="css-1g">搜索</div></div></div></div>
<div class="css-2a"><div class="css-2b">首页</div><div class="css-2c">/</div><div class="css-2b">公开</div><div class="css-2c">/</div><div class="css-2b">详情</div></div><div class="css-3a"><div class="css-3b"><div class="css-4a">{escape(text.title)}</div><div class="css-4b"><div class="css-4c">发布时间：{text.day} 10:02:33</div><div class="css-4c">来源：{escape(text.source)}</div><div class="css-4c">浏览：356次</div><div class="css-4d"><div class="css-4e">A-</div><div class="css-4e">A</div><div class="css-4e">A+</div></div></div>
<div class="css-5a">{each('<div class="css-5b"><span class="css-5c">{}</span></div>', text.paragraphs)}</div>{f'<div class="css-6a"><div class="css-6b">附件列表（{len(text.files)}）</div>{files}</div>' if text.files else ""}<div class="css-8a"><div class="css-8b">点赞 0</div><div class="css-8b">收藏</div><div class="css-8b">分享</div></div></div><div class="css-3c"><div class="css-9a">为您推荐</div>{recommended}</div></div>
<div class="css-f1"><div class="css-f2"><div class="css-f3">政务服务热线 12345</div><div class="css-f3">法律服务热线 12348</div></div><div class="css-f4">Copyright © 2024 某省司法厅 版权所有 | 承办：某省司法厅信息中心</div></div></div></body></html>""",
    )


def _index_number(text: Text) -> Blind:
    """A disclosure catalogue: eight fields in a table, a tree of subjects to the left, the text in one cell in breaks."""
    tree = "".join(
        f"<li><span>+</span><a href='/c/{name}'>{name}</a></li>"
        for name in ("机构概况", "法规文件", "规划计划", "人事信息", "财政信息", "行政许可", "重点领域", "其他")
    )
    files = "".join(
        f'<br/><a href="{url}" class="nfw-cms-attachment" alt="{escape(name)}">{escape(name)}</a>' for url, name in text.files
    )
    return Blind(
        text,
        f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/><title>政府信息公开目录</title></head><body><div class="gk_head"><img src="gk.jpg" alt="政府信息公开"/></div><div class="gk_wrap"><div class="gk_l"><h3>公开目录</h3><ul>{tree}</ul><h3>依申请公开</h3><p><a href="/ysq">在线申请</a></p><p><a href="/ysqzn">申请指南</a></p></div>
<div class="gk_r"><table class="gk_xx" width="100%" border="1"><tr><th>索 引 号</th><td>SF0101-0202-2020-0077</td><th>信息分类</th><td>公示公告</td></tr><tr><th>发布机构</th><td>{escape(text.source)}</td><th>生成日期</th><td>{text.day}</td></tr><tr><th>名　　称</th><td colspan="3">{escape(text.title)}</td></tr><tr><th>文　　号</th><td>无</td><th>主 题 词</th><td>司法 行政 公告</td></tr><tr><th>内容概述</th><td colspan="3">{escape(text.title)}</td></tr></table>
<table class="gk_nr" width="100%"><tr><td class="gk_bt">{escape(text.title)}</td></tr><tr><td class="gk_zw"><span style="font-size:16px">{"<br/>".join("　　" + str(escape(line)) for line in text.paragraphs)}</span>{files}</td></tr><tr><td class="gk_gn"><a>【打印】</a><a>【关闭】</a><a>【收藏】</a><a>【纠错】</a></td></tr></table></div></div><div class="gk_foot">某市人民政府办公室 主办　某市电子政务中心 承办</div></body></html>""",
    )


def _related_documents(text: Text) -> Blind:
    """Related documents and interpretations in boxes after the text; a survey whether it helped; who is answerable."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)} 某市人民政府 政策文件库</title></head><body><div class="skip"><a href="#c">跳到主要内容</a></div><header class="zf-h"><p class="zf-s">某市人民政府</p><ul><li>要闻</li><li>公开</li><li>服务</li><li>互动</li><li>数据</li></ul></header><nav class="zf-n"><span>首页</span><i>›</i><span>政策</span><i>›</i><span>政策文件库</span></nav>
<main class="zf-m"><h1 class="zf-t">{escape(text.title)}</h1><dl class="zf-d"><dt>发布日期</dt><dd>{text.chinese}</dd><dt>信息来源</dt><dd>{escape(text.source)}</dd></dl><section class="zf-c">{each('<p class="zf-p" style="text-align:justify">　　{}</p>', text.paragraphs)}</section>{f'<section class="zf-a"><h2>附件</h2><ul>{text.links}</ul></section>' if text.files else ""}
<section class="zf-r"><h2>相关文档</h2><ul><li><a href="/g/1">某市司法局关于进一步加强矛盾纠纷排查化解工作的实施意见</a><time>2019-03-12</time></li><li><a href="/g/2">某市人民政府令（第33号）</a><time>2018-11-02</time></li></ul><h2>解读回应</h2><ul><li><a href="/j/1">一图读懂：公共法律服务怎么找</a></li><li><a href="/j/2">专家解读：小窗口里的大服务</a></li></ul></section>
<section class="zf-q"><h2>政策评价</h2><p>您对该文件是否满意？</p><label><input type="radio">非常满意</label><label><input type="radio">满意</label><label><input type="radio">一般</label><label><input type="radio">不满意</label><p>0人已参与评价，满意度100%。</p></section><aside class="zf-e"><p>信息发布责任人：张某</p><p>审核：李某　校对：王某</p></aside></main><footer class="zf-f"><p>某市人民政府门户网站　政府网站标识码1100000088</p><p>联系我们：gov@example.gov.cn（不受理信访和投诉事项）</p></footer></body></html>""",
    )


def _unclosed(text: Text) -> Blind:
    """Markup that was never closed: cells, paragraphs and fonts run on; the fields stand below the title in one font."""
    lines = "\n".join(f"<P><FONT face=仿宋_GB2312 size=4>　　{escape(line)}" for line in text.paragraphs)
    files = "\n".join(f"<P>　　附件：<A href={url}>{escape(name)}</A>" for url, name in text.files)
    return Blind(
        text,
        f"""<HTML><TITLE>{escape(text.title)}</TITLE><BODY background="bj.gif"><CENTER><TABLE width=800><TR><TD colspan=2><IMG src=banner.swf><TR><TD width=150 valign=top><P><A href=index.htm>返回首页</A><P><A href=jj.htm>本局简介</A><P><A href=ld.htm>领导分工</A><P><A href=zc.htm>政策法规</A><P>您是第<IMG src=/cgi-bin/count.cgi>位访客
<TD valign=top><P align=center><FONT face=黑体 size=5 color=red>{escape(text.title)}</FONT><P align=center><FONT size=2>（{text.day}）　来源：{escape(text.source)}</FONT><HR width=80%>
{lines}
{files}
<HR><P align=center><A href="javascript:history.go(-1)"><IMG src=back.gif border=0>后退</A>　<A href=#top>TOP↑</A><TR><TD colspan=2 align=center><FONT size=2>某区司法局 制作维护<BR>电子信箱：sfj@example.gov.cn<BR>最佳浏览效果：800×600 IE5.0以上</FONT></TABLE></CENTER></BODY></HTML>""",
        encoding="gb18030",
    )


def _media_account(text: Text) -> Blind:
    """As a county's media centre shows it: the account that sends, an estimate of the time to read, a summary by a machine below."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(text.title)}</title><meta property="og:title" content="{escape(text.title)}"><meta property="og:description" content="点击查看详情"></head><body><div class="dl-bar"><img src="/icon.png"><span>爱某县</span><span>掌上某县，尽在指尖</span><a href="/dl">下载APP</a></div>
<div class="ar"><div class="ar-t">{escape(text.title)}</div><div class="ar-u"><img src="/u/3.png"><div><div class="ar-n">{escape(text.source)}</div><div class="ar-d">{text.day} 17:20</div></div><a class="ar-g">+ 关注</a></div><div class="ar-v"><span>听全文</span><span>约2分钟</span></div>
<div class="ar-c">{each('<p><span style="font-size: 17px; color: rgb(51, 51, 51);">{}</span></p><p><br></p>', text.paragraphs)}</div>{"".join(f'<div class="ar-x"><a href="{url}">{escape(name)}</a></div>' for url, name in text.files)}<div class="ar-e"><span>编辑：小赵</span><span>责编：老钱</span><span>监制：孙主任</span></div><div class="ar-s"><p>特别声明：以上内容仅代表作者本人观点，不代表本平台立场。</p></div><div class="ar-l"><span>23人点赞</span><span>收藏</span><span>投诉</span></div></div>
<div class="rec"><div class="rec-h">相关推荐</div><div class="rec-i"><a href="/r/1"><div>开往春天的公交车：某县开通三条乡村赏花专线</div><div>爱某县 3小时前</div></a></div><div class="rec-i"><a href="/r/2"><div>高温红色预警！这些事项请注意</div><div>爱某县 昨天</div></a></div></div><div class="dl-fix">打开APP，查看更多精彩内容</div></body></html>""",
    )


def _list_items(text: Text) -> Blind:
    """Every paragraph an item of a list, attachments in a second list; a fixed bar with icons; the fields as items, too."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)}--某区人民政府</title><meta name="SiteName" content="某区人民政府"></head><body><ul class="u1"><li><a href="/login">登录</a></li><li><a href="/reg">注册</a></li><li><a href="/mail">邮箱</a></li><li>2024年11月5日 星期二</li><li>某区天气 晴 12℃~20℃</li></ul><ul class="u2"><li><a href="/">首页</a></li><li><a href="/zjqq">走进某区</a></li><li><a href="/zfxxgk">政府信息公开</a></li><li><a href="/zmhd">政民互动</a></li></ul>
<div class="w"><ul class="u3"><li><a href="/">首页</a></li><li>&gt;</li><li><a href="/zfxxgk">政府信息公开</a></li><li>&gt;</li><li>正文</li></ul><h2>{escape(text.title)}</h2><ul class="u4"><li>发布日期：{text.slashed}</li><li>发布单位：{escape(text.source)}</li><li>访问次数：67</li><li><a>繁</a></li><li><a>简</a></li></ul><ul class="u5">{each('<li style="list-style:none"><span>{}</span></li>', text.paragraphs)}</ul>{f'<ul class="u6">{text.links}</ul>' if text.files else ""}<ul class="u7"><li><a>打印</a></li><li><a>顶部</a></li><li><a>关闭</a></li></ul></div>
<ul class="u8"><li><a href="/kf">智能问答</a></li><li><a href="/wx">政务微信</a></li><li><a href="/wb">政务微博</a></li><li><a>返回顶部</a></li></ul><ul class="u9"><li>主办：某区人民政府</li><li>承办：某区大数据局</li><li>网站支持IPv6</li></ul></body></html>""",
    )


def _spans_in_one_paragraph(text: Text) -> Blind:
    """The whole text in one paragraph of spans and double breaks; before it a picture with a caption, after it the reporter."""
    lines = "<br/>\n<br/>".join(
        f'<span style="color:#333">&nbsp; &nbsp; &nbsp; &nbsp; {escape(line)}</span>' for line in text.paragraphs
    )
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(text.title)} – 法治某市 – 某市普法网</title></head><body><div id="wrap"><div id="banner"><img src="/b.jpg"></div><div id="menu"><a href="/">首页</a><a href="/fzxw">法治新闻</a><a href="/yasf">以案释法</a><a href="/flfw">法律服务</a></div><div id="path">» <a href="/">首页</a> » <a href="/fzxw">法治新闻</a> » 浏览文章</div>
<div id="left"><h3 class="biaoti">{escape(text.title)}</h3><div class="xinxi">时间：{text.chinese}　信息来源：<a href="#">{escape(text.source)}</a>　点击： <span id="djs">12</span> 次　【<a href="#" onclick="s(16)">字体：大</a> <a href="#" onclick="s(14)">中</a> <a href="#" onclick="s(12)">小</a>】</div><div class="zw"><p>{lines}</p></div>{"".join(f'<p class="zwfj"><a href="{url}">{escape(name)}</a></p>' for url, name in text.files)}<div class="sxp"><p>上一篇：<a href="/fzxw/1">我市举办“律师进企业”法治体检活动</a></p><p>下一篇：<a href="/fzxw/3">宪法主题公园建成开放</a></p></div><div class="pl"><p>我有话说</p><p>0条评论，0人参与</p><textarea></textarea><p>网友评论仅供网友表达个人看法，并不表明本网同意其观点或证实其描述。</p></div></div>
<div id="right"><h4>本类排行</h4><ul><li><a href="/p/1">“八五”普法规划全文发布</a></li><li><a href="/p/2">民法典知识竞赛获奖名单</a></li></ul><h4>法治微视频</h4><p><a href="/v/1"><img src="/v1.jpg">《外卖小哥的一天》</a></p><h4>以案释法</h4><p>张大妈在小区门口被狗咬伤，狗主人却说“它平时不咬人”。饲养动物致人损害，责任究竟由谁承担？</p></div><div id="foot"><p>主管：某市依法治市办　主办：某市司法局　投稿邮箱：tg@example.gov.cn</p><p>法律顾问：某某律师事务所</p></div></div></body></html>""",
    )


def _service_platform(text: Text) -> Blind:
    """A service platform: steps, a robot, fields in a table of their own with colons apart, the text in sections with anchors."""
    return Blind(
        text,
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>公告详情</title></head><body><div class="nprogress"></div><div class="gj-top"><span>欢迎来到某省公共法律服务平台</span><a>请登录</a><span class="sep"></span><a>用户中心</a><a>帮助</a></div><div class="gj-nav"><a href="/">首页</a><a href="/zx">法律咨询</a><a href="/ls">找律师</a><a href="/gz">办公证</a><a href="/jd">求鉴定</a><a href="/yz">要援助</a></div>
<div class="gj-main"><div class="gj-card"><div class="gj-h1">{escape(text.title)}</div><table class="gj-meta"><tbody><tr><td>发布时间</td><td>：</td><td>{text.day} 08:30</td><td>发布机构</td><td>：</td><td>{escape(text.source)}</td></tr></tbody></table><section class="gj-sec">{each("<section><p><span><span>{}</span></span></p></section>", text.paragraphs)}</section>{f'<div class="gj-file"><span>附件：</span>{text.links}</div>' if text.files else ""}</div>
<div class="gj-side"><div class="gj-box"><h5>服务指引</h5><p>第一步：注册登录</p><p>第二步：选择事项</p><p>第三步：提交申请，等待受理</p></div><div class="gj-box"><h5>常见问题</h5><p>忘记密码怎么办？</p><p>请点击登录页“忘记密码”，按提示通过手机验证码重置。</p></div></div></div><div class="gj-bot"><p>技术支持电话：000-99998888（工作日 9:00—17:00）</p><p>建议使用谷歌、360极速模式等浏览器访问本平台，以获得最佳体验。</p></div></body></html>""",
    )


FINAL: dict[str, Template] = {
    "article-system": _articles_of_asp,
    "word-paste": _word_paste,
    "hashed-divs": _hashed_divs,
    "index-number": _index_number,
    "related-documents": _related_documents,
    "unclosed": _unclosed,
    "media-account": _media_account,
    "list-items": _list_items,
    "one-paragraph": _spans_in_one_paragraph,
    "service-platform": _service_platform,
}
