"""Heads of detail pages as China's governments set them, and what stands in each: a table for tests. Written by us."""

from __future__ import annotations

from dataclasses import dataclass, field

T = "某市司法局2023年法治政府建设年度报告"
N = "关于印发《某市行政执法监督办法》的通知"
TEXT = (
    "<p>2023年，我局坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想，全面推进依法行政，现将有关情况报告如下。</p>"
    * 2
)


@dataclass(frozen=True)
class Head:
    """A page, and all that is to be read from it; what `fields` does not name is not there."""

    name: str
    markup: str
    published: str = ""  # "2024-03-05 label": day, and what gives it
    source: str = ""
    title: str = T
    written: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    url: str = "https://sfj.example.gov.cn/a.html"


def head(title: str = T, /, **metas: str) -> str:
    rows = "".join(f'<meta name="{name}" content="{value}">' for name, value in metas.items())
    return f"<head><title>{title}</title>{rows}</head>"


def table(*rows: str, cell: str = "td") -> str:
    """Rows of cells, which are parted by /."""
    cells = ("".join(f"<{cell}>{value}</{cell}>" for value in row.split("/")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def items(*texts: str) -> str:
    return "<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>"


def ld(document: str) -> str:
    return f'<script type="application/ld+json">{document}</script>'


NATIONAL = head(
    T, SiteName="某市司法局", ColumnName="法治政府建设", ArticleTitle=T, PubDate="2024-03-05 09:30", ContentSource="某市司法局"
)
H1 = f"<h1>{T}</h1>"

METAS = [
    Head("the national standard", NATIONAL + H1 + TEXT, "2024-03-05 meta", "某市司法局"),
    Head("with seconds", NATIONAL.replace("09:30", "09:30:59") + H1, "2024-03-05 meta", "某市司法局"),
    Head("date only", NATIONAL.replace(" 09:30", "") + H1, "2024-03-05 meta", "某市司法局"),
    Head(
        "lower case",
        NATIONAL.replace("PubDate", "pubdate").replace("ArticleTitle", "articletitle") + H1,
        "2024-03-05 meta",
        "某市司法局",
    ),
    Head("doubled dashes", NATIONAL.replace("2024-03-05 09:30", "2024——03——05 21:37") + H1, "2024-03-05 meta", "某市司法局"),
    Head("content before name", f'<title>{T}</title><meta content="2024-03-05" name="PubDate">{H1}', "2024-03-05 meta"),
    Head(
        "a template's values",
        head(T, SiteName="某市司法局", ArticleTitle="{title}", PubDate="28", ContentSource="null")
        + H1
        + "<div>2024-03-05</div>",
        "2024-03-05 near-title",
    ),
    Head(
        "the column's name as title",
        head(T + "_某市司法局", SiteName="某市司法局", ColumnName="年度报告", ArticleTitle="年度报告") + H1,
    ),
    Head(
        "the site's name as title and nothing else", head("某市司法局", SiteName="某市司法局", ArticleTitle="某市司法局") + H1
    ),
    Head("another city's SiteName", head(f"{T}_某市司法局", SiteName="别市人民政府", ArticleTitle=T) + H1),
    Head("markup in the title", head(T, ArticleTitle="某市司法局2023年&lt;br/&gt;法治政府建设年度报告") + H1),
    Head("a title cut short", head("某市司法局2023年法治政…", ArticleTitle="某市司法局2023年法治政府建…") + H1),
    Head("the site's tail in ArticleTitle", head(T, SiteName="某市司法局", ArticleTitle=T + "_某市司法局") + H1),
    Head(
        "Open Graph",
        f'<meta property="og:title" content="{T}"><meta property="article:published_time" content="2024-03-04T18:00:00Z"><p>短</p>',
        "2024-03-05 meta",
    ),
    Head("the epoch is no day", head(T, ArticleTitle=T, PubDate="1970-01-01 08:00:00") + H1),
    Head(
        "a relative Url changes nothing",
        NATIONAL.replace("</head>", '<meta name="Url" content="/art/2020/1/1/art_1.html"></head>') + H1,
        "2024-03-05 meta",
        "某市司法局",
    ),
    Head(
        "a migration's PubDate",
        head(T, ArticleTitle=T, PubDate="2022-04-24", ContentSource="某市网站")
        + H1
        + "<div>来源：某市日报 发布时间：2017-05-15 10∶08</div>",
        "2017-05-15 label",
        "某市日报",
    ),
]

TITLES = [
    Head(
        "a sub-title longer than the title",
        f'<title>某市司法局</title><body><h2>{T}</h2><h2 class="subtitle">{T}解读之一：成效与亮点</h2>',
    ),
    Head("a date in <small>", head(f"{T}_某市司法局") + f"<h2>{T}<small>(2019-04-12)</small></h2>", "2019-04-12 title"),
    Head(
        "broken by <br>",
        head(f"{T}_栏目_某市司法局") + "<h1>某市司法局2023年<br>法治政府建设<br>年度报告</h1><p>发布时间：2024-03-05</p>",
        "2024-03-05 label",
    ),
    Head(
        "a sub-title and a line above",
        head()
        + f'<h3 class="yinti">法治建设</h3>{H1}<h2 class="subtitle">——某市的经验做法和思考</h2><div>2024-03-05 10:00</div>',
        "2024-03-05 near-title",
    ),
    Head(
        "sub-titles in the heading",
        f'<title>某市司法局</title><h1><div class="jianti">深化改革</div>{T}<div class="futi">——在全省前列</div></h1>',
    ),
    Head("only in <title>, with tails", f"<title>{T}_政务公开_某市司法局</title><div>正文</div>"),
    Head(
        "parted by hyphens",
        f"<title>{T}-通知公告-某市司法局</title><div><b>{T}</b></div><div>发布时间：2024-03-05</div>",
        "2024-03-05 label",
    ),
    Head("the site's name first", f"<title>某市司法局-年度报告-{T}</title><div><b>{T}</b></div>"),
    Head(
        "in ucaptitle",
        f"<title>某市司法局</title><body><ucaptitle>{T}</ucaptitle><publishtime>2024-03-05 10:00</publishtime>",
        "2024-03-05 near-title",
    ),
    Head(
        "in <p class=title>",
        f'<title>某市司法局</title><p class="title">{T}</p><p>时间：2024-03-05 作者：张三 点击：12</p>',
        "2024-03-05 label",
    ),
    Head(
        "in a font, above the byline",
        f"<title>政务公开</title><center><font size=5>{T}</font></center><div>发布时间：2024-03-05</div>",
        "2024-03-05 label",
    ),
    Head(
        "broken by <br>, and nowhere whole",
        "<title>某市司法局</title><body><h1>某市司法局2023年<br>法治政府建设<br>年度报告</h1>",
    ),
    Head(
        "a title that ends like a site's name",
        "<title>省厅领导调研某市司法局-通知公告-某市司法局</title><body><h1>省厅领导调研某市司法局</h1>",
        title="省厅领导调研某市司法局",
    ),
    Head(
        "a column's name in <title>",
        f"<title>通知公告</title><body><h3>某市司法局政府信息公开指南</h3><p>{T}</p><p>日期：2024-03-05</p>",
        "2024-03-05 label",
    ),
    Head("the site's name in h1", f"<title>某市司法局</title><h1>某市司法局</h1><h2>{T}</h2>"),
    Head("a side list of titles", f'<title>某市司法局</title><div class="title"><a href="/1">{T * 2}</a></div><h1>{T}</h1>'),
    Head(
        "a long title", head(T * 3) + f"<h1>{T}<br>{T}<br>{T}</h1><p>发布日期：2024-03-05</p>", "2024-03-05 label", title=T * 3
    ),
    Head(
        "the name in the block",
        "<title>某市司法局</title>" + table(f"名称：/{T}", "索引号：/AB-2024-001", "发布日期：/2024-03-05"),
        "2024-03-05 label",
        fields={"index_number": "AB-2024-001"},
    ),
    Head(
        "JSON-LD alone",
        "<title>首页</title>"
        + ld(
            f'{{"@graph":[{{"@type":"WebSite","name":"甲"}},{{"@type":["NewsArticle"],"headline":"{T}","datePublished":"2024-03-04T23:00:00Z","publisher":{{"name":"某市司法局"}}}}]}}'
        )
        + "<p>短</p>",
        "2024-03-05 json-ld",
        "某市司法局",
    ),
    Head(
        "JSON-LD loses to what is shown",
        head()
        + H1
        + "<p>来源：某市日报 发布日期：2024-03-05</p>"
        + ld('[{"@type":"Article","headline":"别的","datePublished":"2020-01-01","publisher":"别的"}]'),
        "2024-03-05 label",
        "某市日报",
    ),
    Head(
        "broken JSON-LD",
        head() + H1 + ld('{"@type":"Article","datePublished":"2020-01-01"') + ld("[[[[") + "<p>2024-03-05</p>",
        "2024-03-05 near-title",
    ),
]

BYLINES = [
    Head(
        "source, then date",
        head() + H1 + "<div>来源：某市司法局&nbsp;&nbsp;发布时间：2024年3月5日</div>",
        "2024-03-05 label",
        "某市司法局",
    ),
    Head(
        "date, then source, glued",
        head() + H1 + "<div>发布时间：2024-03-05来源：某市司法局浏览次数：12</div>",
        "2024-03-05 label",
        "某市司法局",
    ),
    Head(
        "the label turned round", head() + H1 + "<div>稿源：法治日报 时间发布：2024-03-05</div>", "2024-03-05 label", "法治日报"
    ),
    Head(
        "in brackets", head() + H1 + "<div>2024/3/5</div><div>（来源：某市司法局）</div>", "2024-03-05 near-title", "某市司法局"
    ),
    Head(
        "信息来源 in cells",
        head() + H1 + table("信息来源：/某市司法局/发布日期：/2024-03-05/浏览次数：/3"),
        "2024-03-05 label",
        "某市司法局",
    ),
    Head(
        "label and value in blocks",
        head() + H1 + "<dl><dt>来源：</dt><dd>某市司法局</dd><dt>发布时间：</dt><dd>2024-03-05</dd></dl>",
        "2024-03-05 label",
        "某市司法局",
    ),
    Head(
        "the publisher stands for a source",
        head() + H1 + "<div>发布机构：某市司法局 发布时间：2024-03-05</div>",
        "2024-03-05 label",
        "某市司法局",
        fields={"publisher": "某市司法局"},
    ),
    Head(
        "the publisher beside a source",
        head() + H1 + "<div>来源：法治日报</div><div>发布机构：某市司法局 发布时间：2024-03-05</div>",
        "2024-03-05 label",
        "法治日报",
        fields={"publisher": "某市司法局"},
    ),
    Head("updated is not published", head(T, PubDate="2024-03-05") + H1 + "<div>更新时间：2024-06-01</div>", "2024-03-05 meta"),
    Head("updated, and nothing else", head() + H1 + "<div>更新时间：2024-06-01 修改日期：2024-06-02</div>"),
    Head("a clock with seconds glued on", head() + H1 + "<div>发布时间：2007-08-20-23:59:59</div>", "2007-08-20 label"),
    Head("two kinds of separator", head() + H1 + "<div>发布时间：2019-09/18</div>", "2019-09-18 label"),
    Head("broken in the markup", head() + H1 + "<span>发布时间：2026-\n  01-\n  23</span>", "2026-01-23 label"),
    Head("broken into blocks", head() + H1 + "<div>发布时间：2026-<br>01-<br>23</div>", "2026-01-23 label"),
    Head("in words", head() + H1 + "<div>发布日期：二〇二四年三月五日</div>", "2024-03-05 label"),
    Head("no day", head() + H1 + "<div>发布日期：2024年3月</div>"),
    Head("a day in the first sentence", head() + H1 + "<p>2024年3月5日，某市司法局召开会议。</p>"),
    Head(
        "the metas' source before the publisher",
        head(T, ContentSource="某市日报") + H1 + "<div>发布机构：某市司法局 发布时间：2024-03-05</div>",
        "2024-03-05 label",
        "某市日报",
        fields={"publisher": "某市司法局"},
    ),
    Head("a day and a comma", head() + H1 + "<p>2024年3月5日，某市司法局</p>"),
    Head("money has a source too", head() + H1 + "<p>资金来源：财政拨款</p>"),
    Head("beside the title", head() + f"<h1>{T}（2024.03.05）</h1>", "2024-03-05 title"),
]
