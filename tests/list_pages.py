"""Listing pages of sites that no family knows, made by code: row shapes, frames and neighbours, and what is to be read from each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

URL = "https://sfj.example.gov.cn/zwgk/fzzf/index.html"


@dataclass(frozen=True)
class Notice:
    """A made-up document of a list."""

    path: str
    title: str
    day: date

    @property
    def url(self) -> str:
        return f"https://sfj.example.gov.cn{self.path}"

    def on(self, pattern: str) -> str:
        return self.day.strftime(pattern)


SUBJECTS = (
    "某市司法局2023年法治政府建设情况报告", "关于开展2024年度公证质量检查的通知", "某市司法局行政复议决定书公开目录", "人民调解工作简报",
    "关于印发《某市法律援助案件质量评估办法》的通知", "某市司法局关于2022年度行政执法情况的公告（第3号）", "律师事务所年度检查考核结果公示",
    "某市司法局召开行政执法协调监督工作推进会暨规范性文件备案审查业务培训班", "法治宣传月活动方案", "司法鉴定机构名册（2024年）",
    "关于2020年5月1日停办业务的通知", "某市司法局政府信息公开工作年度报告", "社区矫正工作开放日邀请函", "某市基层法律服务所变更登记公告",
    "关于征求《某市行政规范性文件管理规定（草案）》意见的公告", "部门预算公开", "国家统一法律职业资格考试报名公告", "某市司法局随机抽查事项清单",
)  # fmt: skip


def notices(count: int, address: str = "/zwgk/fzzf/{ym}/t{ymd}_{n}.html") -> list[Notice]:
    """The first `count` notices, newest first, a fortnight apart."""
    made = []
    for number in range(count):
        day = date(2024, 6, 20) - timedelta(days=14 * number)
        path = address.format(ym=day.strftime("%Y%m"), ymd=day.strftime("%Y%m%d"), n=40310 + 7 * number, ddd=day.timetuple().tm_yday,
                              y=day.year, m=day.month, d=day.day, hex=f"{number * 2654435761 % 2**128:032x}")  # fmt: skip
        made.append(Notice(path, SUBJECTS[number % len(SUBJECTS)], day))
    return made


ADDRESSES = (
    "/zwgk/fzzf/{ym}/t{ymd}_{n}.html", "/art/{y}/{m}/{d}/art_41_{n}.html", "/info/1061/{n}.htm", "/zwgk/show/{hex}", "/fzzf/{y}/{ddd}/{n}.html",
    "/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1061&wbnewsid={n}", "/c/{ym}/{hex}.shtml", "/publicity/fzzf/{n}", "/{n}/index.html", "/zwgk/content/post_{n}.html",
)  # fmt: skip


def cut(title: str) -> str:
    return title if len(title) < 22 else title[:20] + "…"


def rows(row: Callable[[int, Notice], str], around: str = "{}") -> Callable[[list[Notice]], str]:
    return lambda listed: around.format("\n".join(row(number, notice) for number, notice in enumerate(listed, start=1)))


def in_groups(size: int, group: str, row: Callable[[int, Notice], str]) -> Callable[[list[Notice]], str]:
    def made(listed: list[Notice]) -> str:
        numbered = [row(number, notice) for number, notice in enumerate(listed, start=1)]
        return "\n".join(group.format("".join(numbered[at : at + size])) for at in range(0, len(numbered), size))

    return made


def in_years(listed: list[Notice]) -> str:
    years = sorted({notice.day.year for notice in listed}, reverse=True)
    items = {
        year: "".join(
            f"<li><a href='{n.path}'>{n.title}</a><em>{n.on('%Y-%m-%d')}</em></li>" for n in listed if n.day.year == year
        )
        for year in years
    }
    return "".join(f"<div class='nd'><h3>{year}年</h3><ul class='lb'>{items[year]}</ul></div>" for year in years)


def two_a_row(listed: list[Notice]) -> str:
    cells = [f"<td>·<a href='{n.path}'>{n.title}</a></td><td>{n.on('%Y-%m-%d')}</td>" for n in listed]
    return "<table>" + "".join("<tr>" + "".join(cells[at : at + 2]) + "</tr>" for at in range(0, len(cells), 2)) + "</table>"


SUMMARY = "2023年3月1日，某市司法局召开会议，总结上年工作，部署今年任务。会议强调，要坚持统筹推进，强化责任落实，确保取得实效。"

ROWS: dict[str, Callable[[list[Notice]], str]] = {
    "li-span-after": rows(lambda _, n: f"<li><a href='{n.path}' target='_blank'>{n.title}</a><span>{n.on('%Y-%m-%d')}</span></li>", "<ul class='wzlb'>{}</ul>"),
    "li-span-before": rows(lambda _, n: f"<li><span class='rq'>{n.on('%Y-%m-%d')}</span><a href='{n.path}'>{n.title}</a></li>", "<ul>{}</ul>"),
    "li-bracket-text": rows(lambda _, n: f"<li><a href='{n.path}'>{n.title}</a> [{n.on('%Y-%m-%d')}]</li>", "<ul>{}</ul>"),
    "li-inside-link": rows(lambda _, n: f"<li><a href='{n.path}'><em>{n.on('%Y.%m.%d')}</em>{n.title}</a></li>", "<ul>{}</ul>"),
    "li-end-of-link": rows(lambda _, n: f"<li><a href='{n.path}'>{n.title} ({n.on('%Y-%m-%d')})</a></li>", "<ul>{}</ul>"),
    "li-cut-title": rows(lambda _, n: f"<li><a href='{n.path}' title='{n.title}'>{cut(n.title)}</a><i>{n.on('%Y/%m/%d')}</i></li>", "<ul>{}</ul>"),
    "li-date-broken": rows(lambda _, n: f"<li><a href='{n.path}'>{n.title}</a><span>{n.on('%Y')}-\n   {n.on('%m')}-\n   {n.on('%d')}</span></li>", "<ul>{}</ul>"),
    "li-day-above-month": rows(lambda _, n: f"<li><div class='sj'><b>{n.on('%d')}</b><i>{n.on('%Y-%m')}</i></div><div class='nr'><h4><a href='{n.path}'>{n.title}</a></h4></div></li>", "<ul>{}</ul>"),
    "li-month-day-above-year": rows(lambda _, n: f"<li><p class='sj'><b>{n.on('%m-%d')}</b><span>{n.on('%Y')}</span></p><a href='{n.path}'>{n.title}</a></li>", "<ul>{}</ul>"),
    "li-year-month-then-day": rows(lambda _, n: f"<li><p class='sj'><span>{n.on('%Y.%m')}</span><b>{n.on('%d')}</b></p><a href='{n.path}'>{n.title}</a></li>", "<ul>{}</ul>"),
    "li-summary": rows(lambda _, n: f"<li><h3><a href='{n.path}'>{n.title}</a></h3><p>{SUMMARY}<a href='{n.path}'>[详细]</a></p><span>发布时间：{n.on('%Y-%m-%d')}</span></li>", "<ul>{}</ul>"),
    "li-summary-linked": rows(lambda _, n: f"<li><a href='{n.path}'>{n.title}</a><a href='{n.path}'>{SUMMARY}</a><span>{n.on('%Y-%m-%d')}</span></li>", "<ul>{}</ul>"),
    "li-picture": rows(lambda i, n: f"<li><a href='{n.path}'><img src='/p/{i}.jpg'></a><div><a href='{n.path}'>{n.title}</a><span>{n.on('%Y-%m-%d')}</span></div></li>", "<ul>{}</ul>"),
    "li-column-name": rows(lambda _, n: f"<li>[<a href='/zwgk/bmwj/'>部门文件</a>]<a href='{n.path}'>{n.title}</a><span>{n.on('%Y-%m-%d')}</span></li>", "<ul>{}</ul>"),
    "li-column-in-link": rows(lambda _, n: f"<li><a href='/zwgk/bmwj/' class='lm'>[部门文件]</a><a href='{n.path}'>{n.title}</a><span>{n.on('%Y-%m-%d')}</span></li>", "<ul>{}</ul>"),
    "li-explained": rows(lambda i, n: f"<li><a href='{n.path}'>{n.title}</a>{f'<a href=/zwgk/jd/{i}.html>图解</a>' if i % 3 == 1 else ''}<span>{n.on('%Y-%m-%d')}</span></li>", "<ul>{}</ul>"),
    "li-spacers": rows(lambda i, n: f"<li><a href='{n.path}'>{n.title}</a><span>{n.on('%Y-%m-%d')}</span></li>" + ("<li class='line'></li>" if i % 5 == 0 else ""), "<ul>{}</ul>"),
    "li-numbered": rows(lambda i, n: f"<li><a href='{n.path}'><i class='xh'>{i}</i>{n.title}</a><span>{n.on('%Y-%m-%d')}</span></li>", "<ol>{}</ol>"),
    "li-view-button": rows(lambda _, n: f"<li><h4>{n.title}</h4><span>{n.on('%Y-%m-%d')}</span><a href='{n.path}'>查看详情</a></li>", "<ul>{}</ul>"),
    "li-month-day-only": rows(lambda _, n: f"<li><a href='{n.path}'>{n.title}</a><span>{n.on('%m-%d')}</span></li>", "<ul>{}</ul>"),
    "li-no-date": rows(lambda _, n: f"<li><a href='{n.path}'>{n.title}</a></li>", "<ul>{}</ul>"),
    "ul-of-five": in_groups(5, "<ul class='lb'>{}</ul>", lambda _, n: f"<li><a href='{n.path}'>{n.title}</a><span>{n.on('%Y-%m-%d')}</span></li>"),
    "ul-of-three": in_groups(3, "<ul class='lb'>{}</ul><div class='xt'></div>", lambda _, n: f"<li><a href='{n.path}'>{n.title}</a><span>{n.on('%Y-%m-%d')}</span></li>"),
    "two-columns": in_groups(8, "<div class='l'><ul>{}</ul></div>", lambda _, n: f"<li><a href='{n.path}'>{n.title}</a><span>{n.on('%Y-%m-%d')}</span></li>"),
    "years": in_years,
    "div-rows": rows(lambda i, n: f"<div class='row{i % 2}'><div class='c1'><a href='{n.path}'>{n.title}</a></div><div class='c2'>{n.on('%Y-%m-%d')}</div></div>", "<div class='lst'>{}</div>"),
    "div-siblings": rows(lambda _, n: f"<div class='bt'><a href='{n.path}'>{n.title}</a></div><div class='sj'>{n.on('%Y年%m月%d日')}</div>", "<div class='lst'>{}</div>"),
    "p-rows": rows(lambda _, n: f"<p>・<a href='{n.path}'>{n.title}</a>（{n.on('%Y-%m-%d')}）</p>", "<div class='txt'>{}</div>"),
    "a-blocks": rows(lambda _, n: f"<a class='item' href='{n.path}'><div class='t'>{n.title}</div><div class='d'>{n.on('%Y-%m-%d')}</div></a>", "<div>{}</div>"),
    "a-cards": rows(lambda _, n: f"<div class='card'><a href='{n.path}'><h3>{n.title}</h3><p>{SUMMARY}</p><span>{n.on('%Y-%m-%d')}</span></a></div>", "<div class='cards'>{}</div>"),
    "a-br": rows(lambda _, n: f"<a href='{n.path}'>{n.title}</a> {n.on('%Y-%m-%d')}<br>", "<div class='zw'>{}</div>"),
    "br-date-first": rows(lambda _, n: f"{n.on('%Y-%m-%d')} <a href='{n.path}'>{n.title}</a><br/>", "<div>{}</div>"),
    "span-date-first": rows(lambda _, n: f"<span class='d'>{n.on('%Y-%m-%d')}</span><a href='{n.path}'>{n.title}</a><br/>", "<div>{}</div>"),
    "dl-dd": rows(lambda _, n: f"<dt><a href='{n.path}'>{n.title}</a></dt><dd>{n.on('%Y-%m-%d')}</dd>", "<dl>{}</dl>"),
    "dl-each": rows(lambda _, n: f"<dl><dt><a href='{n.path}'>{n.title}</a></dt><dd>{n.on('%Y-%m-%d')}</dd></dl>", "<div class='gg'>{}</div>"),
    "tr-two": rows(lambda _, n: f"<tr><td><a href='{n.path}'>{n.title}</a></td><td>{n.on('%Y-%m-%d')}</td></tr>", "<table>{}</table>"),
    "tr-heads": rows(lambda i, n: f"<tr><td>{i}</td><td><a href='{n.path}'>{n.title}</a></td><td>某司发〔2024〕{i}号</td><td>{n.on('%Y-%m-%d')}</td></tr>", "<table><tr><th>序号</th><th>标题</th><th>文号</th><th>发布日期</th></tr>{}</table>"),
    "tr-two-dates": rows(lambda i, n: f"<tr><td><a href='{n.path}'>{n.title}</a></td><td>某司发〔2024〕{i}号</td><td>{n.on('%Y-%m-%d')}</td><td>2022-01-0{i % 9 + 1}</td></tr>", "<table><thead><tr><td>名称</td><td>文号</td><td>发布日期</td><td>成文日期</td></tr></thead><tbody>{}</tbody></table>"),
    "tr-index-linked": rows(lambda i, n: f"<tr><td><a href='{n.path}'>11440000MB2D0{i:04}/2024-000{i}</a></td><td><a href='{n.path}' title='{n.title}'>{cut(n.title)}</a></td><td>{n.on('%Y-%m-%d')}</td></tr>", "<table><tbody>{}</tbody></table>"),
    "tr-then-tr": rows(lambda _, n: f"<tr><td><a href='{n.path}'>{n.title}</a></td></tr><tr><td class='d'>发布时间：{n.on('%Y-%m-%d')}</td></tr>", "<table>{}</table>"),
    "table-each": rows(lambda _, n: f"<table width='98%'><tr><td width='10'><img src='/d.gif'></td><td><a href='{n.path}'>{n.title}</a></td><td>[{n.on('%Y-%m-%d')}]</td></tr></table>", "<td class='w'>{}</td>"),
    "two-a-row": two_a_row,
    "deep": rows(lambda _, n: f"<li><div><div><div><span><a href='{n.path}'><font>{n.title}</font></a></span></div></div><div><b>{n.on('%Y-%m-%d')}</b></div></div></li>", "<ul>{}</ul>"),
    "time-of-day": rows(lambda i, n: f"<li><a href='{n.path}'>{n.title}</a><span>{n.on('%Y-%m-%d')} 09:1{i % 10}:00</span><span>浏览：{i * 37}次</span></li>", "<ul>{}</ul>"),
    "labelled": rows(lambda i, n: f"<div class='x'><p><a href='{n.path}'>{n.title}</a></p><p>成文日期：2021-01-0{i % 9 + 1}　发布日期：{n.on('%Y-%m-%d')}</p></div>", "<div>{}</div>"),
    "article": rows(lambda _, n: f"<article><h2><a href='{n.path}' rel='bookmark'>{n.title}</a></h2><time datetime='{n.on('%Y-%m-%d')}'>{n.on('%Y年%m月%d日')}</time></article>", "<main>{}</main>"),
}  # fmt: skip
WITHOUT_YEAR = {"li-month-day-only", "li-no-date"}
"""Shapes whose rows print no whole date."""

MENU = "<div class='dh'><ul>" + "".join(f"<li><a href='/{name}/index.html'>{name}</a></li>" for name in ("首页", "政务公开", "办事服务", "互动交流", "法治宣传", "专题专栏", "走进司法", "数据开放")) + "</ul></div>"  # fmt: skip
MEGA = "<div class='mega'><ul>" + "".join(
    f"<li><a href='/l{top}/'>栏目{top}</a><ul>" + "".join(f"<li><a href='/l{top}/{sub}/'>二级栏目名称{sub}号</a></li>" for sub in range(9)) + "</ul></li>" for top in range(7)
) + "</ul></div>"  # fmt: skip
LEFT = "<div class='zuo'><h2>政务公开</h2><ul>" + "".join(f"<li><a href='/zwgk/{n}/index.html'>{w}</a></li>" for n, w in enumerate(("机构职能", "政策文件", "法治政府建设情况报告", "规划计划", "财政预决算", "行政许可和行政处罚"))) + "</ul></div>"  # fmt: skip


def hot(count: int = 8, heading: str = "<h3>点击排行</h3>") -> str:
    """A hot list, dated like the real one."""
    items = "".join(
        f"<li><a href='/xwzx/{i}/t2024010{i}_9{i}.html'>某市司法局领导带队开展第{i}次春节前走访慰问活动</a><span>2024-01-0{i}</span></li>"
        for i in range(1, count + 1)
    )
    return f"<div class='phb'>{heading}<ul>{items}</ul></div>"


LINKS = "<div class='yl'><h4>友情链接</h4><ul>" + "".join(f"<li><a href='https://{i}.example.cn/'>某某省人民政府司法厅网站第{i}号</a></li>" for i in range(12)) + "</ul></div>"  # fmt: skip
FOOT = "<div class='dibu'><p>主办：某市司法局　地址：某路88号　电话：12345678</p><p>网站标识码：3100000001　<a href='/about/'>网站声明</a> <a href='/map/'>网站地图</a></p></div>"
CRUMB = "<div class='dqwz'>您当前的位置：<a href='/'>首页</a> &gt; <a href='/zwgk/'>政务公开</a> &gt; <a href='/zwgk/fzzf/'>法治政府建设</a></div>"
SLIDER = "<div class='lb'><ul>" + "".join(f"<li><a href='/xwzx/hd/{i}.html'><img src='/b{i}.jpg' alt=''><p>某市司法局图片新闻第{i}条标题很长很长很长</p></a></li>" for i in range(5)) + "</ul></div>"  # fmt: skip
CALENDAR = "<table class='rl'>" + "".join("<tr>" + "".join(f"<td><a href='/rl?d={7 * w + d}'>{7 * w + d}</a></td>" for d in range(1, 8)) + "</tr>" for w in range(4)) + "</table>"  # fmt: skip
PAGER = "<div class='fy'><span>共12页</span> <a class='on' href='index.html'>1</a> <a href='index_1.html'>2</a> <a href='index_2.html'>3</a> <a href='index_1.html'>下一页</a></div>"
DUPLICATE = "<!-- <ul><li><a href='/zwgk/fzzf/old.html'>旧的一行标题，注释掉的</a><span>2010-01-01</span></li></ul> -->"

FRAMES: dict[str, str] = {
    "bare": "<body><h1>法治政府建设</h1>{list}" + PAGER + "</body>",
    "plain": f"<body>{MENU}{CRUMB}<div class='nr'>{{list}}{PAGER}</div>{FOOT}</body>",
    "left-menu": f"<body>{MENU}<div class='zt'>{LEFT}<div class='you'>{CRUMB}<h2>法治政府建设</h2>{{list}}{PAGER}</div></div>{LINKS}{FOOT}</body>",
    "hot-right": f"<body>{MENU}{CRUMB}<div class='zt'><div class='a1'>{{list}}{PAGER}</div><div class='a2'>{hot()}</div></div>{FOOT}</body>",
    "hot-left": f"<body>{MENU}{CRUMB}<div class='zt'><div class='a2'>{hot(9)}</div><div class='a1'>{{list}}<div>{PAGER}</div></div></div>{LINKS}{FOOT}</body>",
    "hot-no-pager": f"<body>{MENU}{CRUMB}<div class='zt'><div class='a1'>{{list}}</div><div class='a2'>{hot(5)}</div></div>{FOOT}</body>",
    "mega": f"<body>{MEGA}{SLIDER}<div class='zt'>{LEFT}{CALENDAR}<div class='you'>{DUPLICATE}{{list}}{DUPLICATE}</div>{PAGER}</div>{LINKS}{FOOT}</body>",
    "tables": f"<body><table><tr><td>{MENU}</td></tr><tr><td valign='top'>{LEFT}</td><td><table><tr><td>{CRUMB}</td></tr><tr><td>{{list}}</td></tr><tr><td>{PAGER}</td></tr></table></td></tr><tr><td>{FOOT}</td></tr></table></body>",
    "script-pager": f"<body>{MENU}{hot(6)}<div class='nr'>{{list}}<div class='fenye'><script>createPageHTML(12, 0, 'index', 'html');</script></div></div>{FOOT}</body>",
}  # fmt: skip


def page_of(shape: str, frame: str, listed: list[Notice]) -> str:
    """A whole page."""
    head = "<meta charset='utf-8'><meta name='SiteName' content='某市司法局'><meta name='ColumnName' content='法治政府建设'><title>法治政府建设_某市司法局</title>"
    return f"<!DOCTYPE html><html><head>{head}</head>{FRAMES[frame].replace('{list}', ROWS[shape](listed))}</html>"


def expected(shape: str, listed: list[Notice]) -> list[tuple[str, str, date | None]]:
    """The rows as they are to be read."""
    return [(notice.url, notice.title, None if shape in WITHOUT_YEAR else notice.day) for notice in listed]


def _block(heading: str, folder: str, count: int, *, more: bool = True) -> str:
    items = "".join(
        f"<li><a href='/{folder}/t2024060{i}_{i}7{i}.html'>{heading}第{i}则：{SUBJECTS[(i * 5) % len(SUBJECTS)]}</a><span>2024-06-0{i}</span></li>"
        for i in range(1, count + 1)
    )
    link = f"<a href='/{folder}/'>更多&gt;&gt;</a>" if more else ""
    return f"<div class='mk'><div class='mkt'><h2>{heading}</h2>{link}</div><ul>{items}</ul></div>"


def _report(paragraphs: int) -> str:
    return "".join(
        f"<p>　　{i}.某市司法局坚持以人民为中心，扎实推进法治政府建设，受理行政复议案件{i * 31}件，办结{i * 29}件。</p>"
        for i in range(1, paragraphs + 1)
    )


_HEAD = "<html><head><meta charset='utf-8'><title>{}_某市司法局</title>{}</head><body>"
_LINE = "<p class='ly'>来源：某市司法局　发布时间：2024-03-02 09:30　浏览次数：12</p>"
_TURNING = "<p>上一篇：<a href='t20240301_1.html'>关于做好公证工作的通知</a></p><p>下一篇：<a href='t20240305_3.html'>关于召开座谈会的通知</a></p>"
_RELATED = hot(6, "<h4>相关信息</h4>")
NO_LISTS: dict[str, str] = {
    "home": _HEAD.format("首页", "") + MENU + SLIDER + "".join(_block(word, f"b{i}", 6) for i, word in enumerate(("通知公告", "工作动态", "政策文件", "法治宣传", "公共服务", "基层动态"))) + LINKS + FOOT,
    "home-no-more": _HEAD.format("首页", "") + MEGA + "".join(_block(word, f"b{i}", 7, more=False) for i, word in enumerate(("通知公告", "工作动态", "政策文件"))) + FOOT,
    "column-of-columns": _HEAD.format("政务公开", "") + MENU + LEFT + "".join(_block(word, f"zwgk/b{i}", 5) for i, word in enumerate(("通知公告", "政策文件"))) + FOOT,
    "menu-only": _HEAD.format("政务公开", "") + MEGA + LEFT + FOOT,
    "site-map": _HEAD.format("网站地图", "") + MENU + "<div class='map'>" + "".join(f"<dl><dt><a href='/c{i}/'>一级栏目第{i}号名称</a></dt>" + "".join(f"<dd><a href='/c{i}/{j}/'>司法行政二级栏目{j}</a></dd>" for j in range(6)) + "</dl>" for i in range(8)) + "</div>" + FOOT,
    "report": _HEAD.format("报告", "<meta name='ArticleTitle' content='报告'><meta name='PubDate' content='2024-03-02'>") + MENU + CRUMB + "<h1>某市司法局报告</h1>" + _LINE + _report(12) + _TURNING + hot() + FOOT,
    "report-no-metas": _HEAD.format("报告", "") + MENU + CRUMB + "<div class='w'><h1>某市司法局报告</h1>" + _LINE + "<div class='z'>" + _report(12) + "</div></div><div class='r'>" + hot() + "</div>" + FOOT,
    "report-related": _HEAD.format("报告", "") + MENU + CRUMB + "<h1>某市司法局报告</h1>" + _LINE + _report(3) + _RELATED + _TURNING + FOOT,
    "short-notice": _HEAD.format("通知", "") + MENU + CRUMB + "<h1>关于停办业务的通知</h1>" + _LINE + "<p>因系统升级，本周六停办业务。特此通知。</p><p>某市司法局</p>" + _TURNING + _block("通知公告", "tzgg", 8) + FOOT,
    "short-notice-bare-list": _HEAD.format("通知", "") + MENU + CRUMB + "<h1>关于停办业务的通知</h1>" + _LINE + "<p>因系统升级，本周六停办业务。特此通知。</p>" + _block("最新发布", "zwgk/fzzf", 8, more=False) + FOOT,
    "report-of-files": _HEAD.format("报告", "") + MENU + CRUMB + "<h1>年度报告附件</h1>" + _LINE + "<p>附件：</p><ul>" + "".join(f"<li><a href='P02024030{i}.pdf'>附件{i}：某市司法局2023年度行政执法统计年报表第{i}部分.pdf</a></li>" for i in range(1, 6)) + "</ul>" + _TURNING + FOOT,
    "report-in-links": _HEAD.format("报告", "") + MENU + "<h1>报告</h1>" + _LINE + _report(5) + "<p>请看：<a href='/a/1.html'>《某市行政规范性文件管理规定》（2022年3月1日）</a>和<a href='/a/2.html'>《某市法律援助条例》（2021年5月1日）</a></p>" + _report(4) + FOOT,
    "not-found": _HEAD.format("404", "") + MENU + "<div class='e'><h1>404</h1><p>您访问的页面不存在</p><a href='/'>返回首页</a></div>" + hot(5, "<h3>热门文章</h3>") + FOOT,
    "login": _HEAD.format("登录", "") + "<form action='/login' method='post'><input name='user'><input name='pass' type='password'><button>登录</button></form>" + FOOT,
    "challenge": "<html><head><script src='/x.js'></script></head><body><script>$_ts=window['$_ts'];</script></body></html>",
    "shell": _HEAD.format("列表", "") + "<div id='app'></div><script src='/app.js'></script></body></html>",
    "leaders": _HEAD.format("领导信息", "") + MENU + "<ul class='ld'>" + "".join(f"<li><img src='/l{i}.jpg'><a href='/ld/{i}.html'>张某{i}</a><p>党组成员、副局长</p></li>" for i in range(6)) + "</ul>" + FOOT,
    "album": _HEAD.format("图片", "") + MENU + "<div>" + "".join(f"<a href='/img/{i}.jpg'><img src='/img/s{i}.jpg'></a>" for i in range(12)) + "</div>" + FOOT,
    "links": _HEAD.format("友情链接", "") + MENU + LINKS + FOOT,
    "tabs": _HEAD.format("政策", "") + MENU + "<ul class='tt'><li>规章</li><li>规范性文件</li><li>其他文件</li></ul>" + "".join(f"<div class='tc'><ul>{_block(word, f'f{i}', 6, more=False).split('<ul>')[1].split('</ul>')[0]}</ul></div>" for i, word in enumerate(("规章", "文件", "其他"))) + FOOT,
    "calendar": _HEAD.format("日历", "") + MENU + CALENDAR + FOOT,
    "empty-list": _HEAD.format("列表", "") + MENU + LEFT + CRUMB + "<ul class='wzlb'></ul><div class='fy'>共0页</div>" + FOOT,
    "empty-list-hot": _HEAD.format("列表", "") + MENU + "<div class='zt'><ul class='wzlb'></ul><script>createPageHTML(0, 0, 'index', 'html');</script></div>" + hot() + FOOT,
    "nothing": "",
    "words": "<html><body><p>您好</p></body></html>",
}  # fmt: skip
"""Pages that are no list of documents, or not one alone: none of them may be read with confidence."""
