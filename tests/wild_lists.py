"""Listing pages written by hand, each in the manner of another kind of site: none of them served to make the reader's rules."""

from __future__ import annotations

from datetime import date

BASE = "https://sfj.example.gov.cn"


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


# Each: address, markup, rows (path, title, day), path of the next page, number of pages.
_PAGES: dict[str, tuple[str, str, list[tuple[str, str, str | None]], str | None, int | None]] = {
    "old-tables": ("/news/list.asp?id=12", """<html><head><title>法制动态 - 某县司法局</title></head><body bgcolor="#FFFFFF">
<table width="1000" align="center"><tr><td><img src="images/top.jpg"></td></tr>
<tr><td height="30"><a href="index.asp">网站首页</a> | <a href="news/list.asp?id=1">机构设置</a> | <a href="list.asp?id=12">法制动态</a> | <a href="list.asp?id=13">公告通知</a></td></tr></table>
<table width="1000" align="center"><tr><td width="220" valign="top"><table><tr><td background="images/l.gif">热点文章</td></tr>
<tr><td><a href="show.asp?id=901">某县司法局开展宪法宣传周活动</a></td></tr><tr><td><a href="show.asp?id=900">某县举行人民陪审员宣誓仪式</a></td></tr>
<tr><td><a href="show.asp?id=899">关于法律援助的问答</a></td></tr><tr><td><a href="show.asp?id=898">社区矫正对象教育</a></td></tr></table></td>
<td valign="top"><table width="100%"><tr><td>您的位置：<a href="index.asp">首页</a> → 法制动态</td></tr></table>
<table width="98%" cellpadding="4"><tr><td width="3%"><img src="images/dot.gif"></td><td width="80%"><a href="show.asp?id=1021" target="_blank">某县司法局“八五”普法中期自查报告</a></td><td width="17%">2023-08-11</td></tr>
<tr><td colspan="3" background="images/line.gif" height="1"></td></tr>
<tr><td width="3%"><img src="images/dot.gif"></td><td width="80%"><a href="show.asp?id=1019" target="_blank">某县2022年度法治政府建设工作情况</a></td><td width="17%">2023-07-30</td></tr>
<tr><td colspan="3" background="images/line.gif" height="1"></td></tr>
<tr><td width="3%"><img src="images/dot.gif"></td><td width="80%"><a href="show.asp?id=1007" target="_blank">公证处节假日值班安排</a></td><td width="17%">2023-04-28</td></tr></table>
<form>共 38 条 第 1/13 页 首页 上一页 <a href="list.asp?id=12&page=2">下一页</a> <a href="list.asp?id=12&page=13">尾页</a></form></td></tr></table>
<table width="1000"><tr><td>版权所有：某县司法局 <a href="http://www.gov.example.cn">中国政府网</a> <a href="http://www.moj.example.cn">司法部</a></td></tr></table></body></html>""",
        [("/news/show.asp?id=1021", "某县司法局“八五”普法中期自查报告", "2023-08-11"), ("/news/show.asp?id=1019", "某县2022年度法治政府建设工作情况", "2023-07-30"), ("/news/show.asp?id=1007", "公证处节假日值班安排", "2023-04-28")],
        "/news/list.asp?id=12&page=2", 13),
    "bootstrap": ("/notices?category=fzzf", """<!doctype html><html lang="zh"><head><title>法治政府 | 某区司法局</title></head><body><nav class="navbar navbar-expand"><div class="container"><a class="navbar-brand" href="/">某区司法局</a>
<ul class="navbar-nav"><li class="nav-item"><a class="nav-link" href="/notices">公告</a></li><li class="nav-item"><a class="nav-link" href="/laws">法规</a></li><li class="nav-item"><a class="nav-link" href="/about">关于我们</a></li></ul></div></nav>
<div class="container"><div class="row"><div class="col-md-8"><h2>法治政府</h2>
<div class="card mb-3"><div class="card-body"><h5 class="card-title"><a href="/notices/8841">某区司法局二〇二三年度法治政府建设年度报告</a></h5><p class="card-text text-muted">为全面落实法治政府建设实施纲要，现将有关情况报告如下。</p><small class="text-muted">2024年01月29日 · 阅读 331</small></div></div>
<div class="card mb-3"><div class="card-body"><h5 class="card-title"><a href="/notices/8790">某区行政执法协调监督工作办法</a></h5><p class="card-text text-muted">第一条　为了规范行政执法协调监督工作，根据有关法律法规，制定本办法。</p><small class="text-muted">2023年12月04日 · 阅读 120</small></div></div>
<div class="card mb-3"><div class="card-body"><h5 class="card-title"><a href="/notices/8702">某区司法局权责清单</a></h5><p class="card-text text-muted">点击标题查看。</p><small class="text-muted">2023年09月18日 · 阅读 98</small></div></div>
<nav aria-label="分页"><ul class="pagination"><li class="page-item disabled"><span class="page-link">上一页</span></li><li class="page-item active"><span class="page-link">1</span></li><li class="page-item"><a class="page-link" href="/notices?category=fzzf&page=2">2</a></li><li class="page-item"><a class="page-link" href="/notices?category=fzzf&page=2">下一页</a></li></ul></nav></div>
<div class="col-md-4"><div class="list-group"><span class="list-group-item active">最受关注</span><a class="list-group-item" href="/notices/7001">公证收费标准<span class="badge">2021-03-01</span></a><a class="list-group-item" href="/notices/7002">法律援助指南<span class="badge">2021-04-01</span></a><a class="list-group-item" href="/notices/7003">律师执业申请<span class="badge">2021-05-01</span></a><a class="list-group-item" href="/notices/7004">调解委员会名册<span class="badge">2021-05-07</span></a></div></div></div></div></body></html>""",
        [("/notices/8841", "某区司法局二〇二三年度法治政府建设年度报告", "2024-01-29"), ("/notices/8790", "某区行政执法协调监督工作办法", "2023-12-04"), ("/notices/8702", "某区司法局权责清单", "2023-09-18")],
        "/notices?category=fzzf&page=2", None),
    "disclosure-table": ("/xxgk/zfxxgk/fdzdgknr/", """<html><head><meta name="ColumnName" content="法定主动公开内容"><title>法定主动公开内容</title></head><body><div class="xxgk-nav"><ul><li><a href="../zfxxgkzn/">政府信息公开指南</a></li><li><a href="../zfxxgkzd/">政府信息公开制度</a></li><li class="cur"><a href="./">法定主动公开内容</a></li><li><a href="../zfxxgknb/">政府信息公开年报</a></li></ul></div>
<table class="xxgk-tab"><thead><tr><th>序号</th><th>索引号</th><th>信息名称</th><th>生成日期</th><th>发布日期</th></tr></thead><tbody>
<tr><td>1</td><td>000014349/2024-00012</td><td><a href="./202403/t20240311_88121.htm">某市司法局关于调整部分行政审批事项的公告</a></td><td>2024-03-08</td><td>2024-03-11</td></tr>
<tr><td>2</td><td>000014349/2024-00011</td><td><a href="./202402/t20240226_88003.htm">某市2023年法治政府建设情况</a></td><td>2024-02-20</td><td>2024-02-26</td></tr>
<tr><td>3</td><td>000014349/2024-00007</td><td><a href="./202401/W020240119.pdf">某市司法局2024年部门预算</a></td><td>2024-01-15</td><td>2024-01-19</td></tr></tbody></table>
<div class="xxgk-page"><script>createPageHTML(41, 0, "index", "htm");</script></div></body></html>""",
        [("/xxgk/zfxxgk/fdzdgknr/202403/t20240311_88121.htm", "某市司法局关于调整部分行政审批事项的公告", "2024-03-11"), ("/xxgk/zfxxgk/fdzdgknr/202402/t20240226_88003.htm", "某市2023年法治政府建设情况", "2024-02-26"), ("/xxgk/zfxxgk/fdzdgknr/202401/W020240119.pdf", "某市司法局2024年部门预算", "2024-01-19")],
        "/xxgk/zfxxgk/fdzdgknr/index_1.htm", 41),
    "rendered-by-vue": ("/portal/list/fzzfjs", """<html><head><title>某省司法厅</title></head><body><div id="app" data-v-app=""><div data-v-1 class="header"><div data-v-1 class="menu"><div data-v-1 class="menu-item"><a href="/portal/">首页</a></div><div data-v-1 class="menu-item"><a href="/portal/list/tzgg">通知公告</a></div><div data-v-1 class="menu-item"><a href="/portal/list/zcfg">政策法规</a></div></div></div>
<div data-v-2 class="content"><div data-v-2 class="el-row"><div data-v-3 class="item"><div data-v-3 class="date"><div class="d">07</div><div class="ym">2024-02</div></div><div data-v-3 class="info"><a href="/portal/detail/2024/a91f"><div class="title" title="某省司法厅2023年度法治政府建设情况报告">某省司法厅2023年度法治政府建设情况...</div></a><div class="desc">2023年12月30日，省厅召开总结会议。</div></div></div>
<div data-v-3 class="item"><div data-v-3 class="date"><div class="d">15</div><div class="ym">2023-11</div></div><div data-v-3 class="info"><a href="/portal/detail/2023/b02c"><div class="title" title="关于命名第三批省级法治政府建设示范地区的决定">关于命名第三批省级法治政府建设示范地...</div></a><div class="desc">各市、县人民政府：</div></div></div>
<div data-v-3 class="item"><div data-v-3 class="date"><div class="d">01</div><div class="ym">2023-09</div></div><div data-v-3 class="info"><a href="/portal/detail/2023/c77d"><div class="title" title="行政执法人员资格考试公告">行政执法人员资格考试公告</div></a><div class="desc">现将考试有关事项公告如下。</div></div></div></div>
<div data-v-4 class="el-pagination"><span class="el-pagination__total">共 27 条</span><button type="button" class="btn-prev" disabled="disabled"><i></i></button><ul class="el-pager"><li class="number active">1</li><li class="number">2</li><li class="number">3</li></ul><button type="button" class="btn-next"><i></i></button></div></div></div></body></html>""",
        [("/portal/detail/2024/a91f", "某省司法厅2023年度法治政府建设情况报告", "2024-02-07"), ("/portal/detail/2023/b02c", "关于命名第三批省级法治政府建设示范地区的决定", "2023-11-15"), ("/portal/detail/2023/c77d", "行政执法人员资格考试公告", "2023-09-01")],
        None, None),
    "blog": ("/category/fazhi/", """<html><head><title>法治 – 某司法所</title></head><body class="archive category"><header id="masthead"><h1><a href="/">某司法所</a></h1><ul id="menu"><li><a href="/about/">关于</a></li><li><a href="/contact/">联系</a></li></ul></header>
<main id="main"><h1 class="page-title">分类：法治</h1><article id="post-551" class="post"><header class="entry-header"><h2 class="entry-title"><a href="/2024/05/06/pufa/" rel="bookmark">普法进校园活动总结</a></h2><div class="entry-meta"><time class="entry-date" datetime="2024-05-06T10:00:00+08:00">2024年5月6日</time> 由 <a href="/author/admin/">admin</a> · <a href="/2024/05/06/pufa/#respond">留下评论</a></div></header><div class="entry-content"><p>5月6日上午，我所走进某小学。 <a href="/2024/05/06/pufa/" class="more-link">继续阅读</a></p></div></article>
<article id="post-540" class="post"><header class="entry-header"><h2 class="entry-title"><a href="/2024/04/15/tiaojie/" rel="bookmark">一季度人民调解工作分析</a></h2><div class="entry-meta"><time class="entry-date" datetime="2024-04-15T09:00:00+08:00">2024年4月15日</time> 由 <a href="/author/admin/">admin</a> · <a href="/2024/04/15/tiaojie/#respond">留下评论</a></div></header><div class="entry-content"><p>一季度共调解纠纷31件。 <a href="/2024/04/15/tiaojie/" class="more-link">继续阅读</a></p></div></article>
<nav class="navigation"><div class="nav-links"><div class="nav-previous"><a href="/category/fazhi/page/2/">较早文章</a></div></div></nav></main>
<aside id="secondary"><h2>近期文章</h2><ul><li><a href="/2024/05/06/pufa/">普法进校园活动总结</a></li><li><a href="/2024/04/15/tiaojie/">一季度人民调解工作分析</a></li><li><a href="/2024/03/01/xx/">社区矫正工作动态</a></li></ul></aside></body></html>""",
        [("/2024/05/06/pufa/", "普法进校园活动总结", "2024-05-06"), ("/2024/04/15/tiaojie/", "一季度人民调解工作分析", "2024-04-15")],
        None, None),
    "pinned-and-new": ("/col/tzgg/index.html", """<html><head><title>通知公告</title></head><body><div class="top"><ul><li><a href="/">首页</a></li><li><a href="/col/jgzn/">机构职能</a></li><li><a href="/col/zcwj/">政策文件</a></li></ul></div><div class="mainbox"><div class="lefter"><dl><dt>栏目导航</dt><dd><a href="/col/tzgg/">通知公告</a></dd><dd><a href="/col/gsgg/">公示公告栏目导航链接</a></dd><dd><a href="/col/fzxc/">法治宣传教育栏目链接</a></dd></dl></div>
<div class="righter"><div class="title"><h2>通知公告</h2></div><ul class="list"><li class="top"><span>2021-06-01</span><a href="/art/2021/6/1/art_41_3.html"><font color="red">[置顶]</font>关于启用新版公证书的公告</a></li><li><span>2024-05-20</span><a href="/art/2024/5/20/art_41_99.html">[通知]2024年度律师事务所检查考核通知</a><img src="/new.gif"></li><li><span>2024-05-11</span><a href="/art/2024/5/11/art_41_98.html">关于“法治政府建设示范创建”申报的通知</a></li><li><span>2024-04-30</span><a href="/art/2024/4/30/art_41_97.html">五一期间窗口安排</a></li></ul>
<div class="pg"><a class="on">1</a><a href="/col/tzgg/index.html?uid=41&pageNum=2">2</a><a href="/col/tzgg/index.html?uid=41&pageNum=3">3</a><a href="/col/tzgg/index.html?uid=41&pageNum=2">下一页</a><a href="/col/tzgg/index.html?uid=41&pageNum=17">末页</a></div></div></div></body></html>""",
        [("/art/2021/6/1/art_41_3.html", "关于启用新版公证书的公告", "2021-06-01"), ("/art/2024/5/20/art_41_99.html", "[通知]2024年度律师事务所检查考核通知", "2024-05-20"), ("/art/2024/5/11/art_41_98.html", "关于“法治政府建设示范创建”申报的通知", "2024-05-11"), ("/art/2024/4/30/art_41_97.html", "五一期间窗口安排", "2024-04-30")],
        "/col/tzgg/index.html?uid=41&pageNum=2", None),
    "one-list-no-pager": ("/gkml/ndbg/index.shtml", """<html><head><title>年度报告_某市司法局</title></head><body><div id="hd"><a href="/">首页</a><a href="/gk/">公开</a><a href="/bs/">办事</a></div><div class="wrap"><p class="weizhi">当前位置：<a href="/">首页</a>&gt;<a href="/gkml/">公开目录</a>&gt;年度报告</p><div class="ndbg"><a href="/gkml/ndbg/202401/abc1.shtml" class="y">2023年</a><a href="/gkml/ndbg/202301/abc2.shtml" class="y">2022年</a></div>
<ul><li><a href="/gkml/ndbg/202401/5f1c8a0e6f1b4a2f9d3c7b1a2e4d6f80.shtml">某市司法局2023年政府信息公开工作年度报告</a><b>2024-01-25</b></li><li><a href="/gkml/ndbg/202301/6f1c8a0e6f1b4a2f9d3c7b1a2e4d6f81.shtml">某市司法局2022年政府信息公开工作年度报告</a><b>2023-01-28</b></li></ul></div><div id="ft">某市司法局主办</div></body></html>""",
        [("/gkml/ndbg/202401/5f1c8a0e6f1b4a2f9d3c7b1a2e4d6f80.shtml", "某市司法局2023年政府信息公开工作年度报告", "2024-01-25"), ("/gkml/ndbg/202301/6f1c8a0e6f1b4a2f9d3c7b1a2e4d6f81.shtml", "某市司法局2022年政府信息公开工作年度报告", "2023-01-28")],
        None, None),
    "news-frame": ("/html/gzdt/", """<html><head><title>工作动态-某州司法局</title></head><body><div class="w1200"><div class="banner"></div><div class="nav"><a href="/html/">首页</a><a href="/html/gzdt/">工作动态</a><a href="/html/tzgg/">通知公告</a><a href="/html/fwzn/">服务指南</a></div>
<div class="fl w300"><div class="box"><div class="tit">图片新闻<a href="/html/tpxw/">更多</a></div><ul><li><a href="/html/tpxw/2024/0511/771.html"><img src="/u/1.jpg"><span>全州司法行政工作会议召开</span></a></li><li><a href="/html/tpxw/2024/0507/770.html"><img src="/u/2.jpg"><span>州局党组中心组学习</span></a></li></ul></div><div class="box"><div class="tit">通知公告<a href="/html/tzgg/">更多</a></div><ul><li><a href="/html/tzgg/2024/0510/761.html">关于开展律师年度考核的通知</a><i>05-10</i></li><li><a href="/html/tzgg/2024/0508/760.html">关于公布规范性文件清理结果的公告</a><i>05-08</i></li><li><a href="/html/tzgg/2024/0501/759.html">公务员招录面试公告</a><i>05-01</i></li><li><a href="/html/tzgg/2024/0428/758.html">法律职业资格证书领取公告</a><i>04-28</i></li></ul></div></div>
<div class="fr w880"><div class="dq">您现在的位置：<a href="/html/">首页</a> &gt;&gt; 工作动态</div><ul class="xwlb"><li><p><a href="/html/gzdt/2024/0512/781.html">州司法局召开行政复议工作推进会</a></p><em>2024/05/12</em></li><li><p><a href="/html/gzdt/2024/0509/780.html">某县司法局法治政府建设督察</a></p><em>2024/05/09</em></li></ul><div class="dede_pages"><ul class="pagelist"><li class="thisclass">1</li><li><a href="list_12_2.html">2</a></li><li><a href="list_12_2.html">下一页</a></li><li><a href="list_12_6.html">末页</a></li><li><span class="pageinfo">共 <strong>6</strong>页<strong>12</strong>条</span></li></ul></div></div></div></body></html>""",
        [("/html/gzdt/2024/0512/781.html", "州司法局召开行政复议工作推进会", "2024-05-12"), ("/html/gzdt/2024/0509/780.html", "某县司法局法治政府建设督察", "2024-05-09")],
        "/html/gzdt/list_12_2.html", 6),
    "grid-view": ("/Public/List.aspx?cid=31", """<html><head><title>政务公开</title></head><body><form method="post" action="./List.aspx?cid=31" id="form1"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUK"><div id="menu"><a href="/">首页</a> <a href="List.aspx?cid=30">机构概况</a> <a href="List.aspx?cid=31">政务公开</a></div>
<table id="GridView1" cellspacing="0"><tr><th scope="col">标题</th><th scope="col">点击</th><th scope="col">日期</th></tr><tr><td><a id="GridView1_ctl02_HyperLink1" href="Show.aspx?id=4412">某旗司法局2023年度法治政府建设报告</a></td><td>101</td><td>2024-1-30</td></tr><tr><td><a id="GridView1_ctl03_HyperLink1" href="Show.aspx?id=4399">苏木法律服务所年检结果</a></td><td>42</td><td>2024-1-4</td></tr><tr><td><a id="GridView1_ctl04_HyperLink1" href="Show.aspx?id=4370">权力和责任清单</a></td><td>77</td><td>2023-12-11</td></tr>
<tr><td colspan="3"><table><tr><td><span>1</span></td><td><a href="javascript:__doPostBack('GridView1','Page$2')">2</a></td><td><a href="javascript:__doPostBack('GridView1','Page$3')">3</a></td></tr></table></td></tr></table></form></body></html>""",
        [("/Public/Show.aspx?id=4412", "某旗司法局2023年度法治政府建设报告", "2024-01-30"), ("/Public/Show.aspx?id=4399", "苏木法律服务所年检结果", "2024-01-04"), ("/Public/Show.aspx?id=4370", "权力和责任清单", "2023-12-11")],
        None, None),
    "explained": ("/zcwj/gfxwj/index.html", """<html><head><title>规范性文件</title></head><body><div class="nav2"><ul><li><a href="/zcwj/gz/">规章</a></li><li><a href="/zcwj/gfxwj/">规范性文件</a></li><li><a href="/zcwj/zcjd/">政策解读</a></li></ul></div><div class="lm_list"><ul><li><a href="./202404/t20240409_5521.html">某市司法局关于印发行政裁量权基准的通知</a><span class="wh">某司规〔2024〕1号</span><span class="rq">2024-04-09</span><div class="jd">【相关解读】<a href="../zcjd/202404/t20240409_5522.html">《行政裁量权基准》政策解读</a></div></li><li><a href="./202311/t20231120_5402.html">某市公证执业监督办法</a><span class="wh">某司规〔2023〕6号</span><span class="rq">2023-11-20</span></li><li><a href="./202306/t20230607_5301.html">某市人民调解员补贴发放规定</a><span class="wh">某司规〔2023〕2号</span><span class="rq">2023-06-07</span><div class="jd">【相关解读】<a href="../zcjd/202306/t20230607_5302.html">一图读懂《某市人民调解员补贴发放规定》</a></div></li></ul></div><div class="pagination_index"><span>共<em>2</em>页</span><a href="index_1.html" class="next">下一页</a></div></body></html>""",
        [("/zcwj/gfxwj/202404/t20240409_5521.html", "某市司法局关于印发行政裁量权基准的通知", "2024-04-09"), ("/zcwj/gfxwj/202311/t20231120_5402.html", "某市公证执业监督办法", "2023-11-20"), ("/zcwj/gfxwj/202306/t20230607_5301.html", "某市人民调解员补贴发放规定", "2023-06-07")],
        "/zcwj/gfxwj/index_1.html", 2),
}  # fmt: skip
WILD = {
    name: (f"{BASE}{path}", markup, [(f"{BASE}{row[0]}", row[1], _day(row[2])) for row in rows], f"{BASE}{following}" if following else None, count)
    for name, (path, markup, rows, following, count) in _PAGES.items()
}  # fmt: skip
