"""Builds list pages, and pages that are none, as sites unknown to the readers make them. Written before looking at a reader."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urljoin

SITE = "http://www.blind.example.gov.cn"
_TITLES = (
    "关于开展法律援助案件质量评估工作的通知",
    "市司法局召开行政复议工作推进会",
    "关于调整公证服务收费标准的公告",
    "法治文化示范基地名单揭晓",
    "人民调解员等级评定结果公示",
    "律师事务所年度检查考核结果",
    "社区矫正中心揭牌仪式举行",
    "法律援助惠民生专项活动启动",
    "司法鉴定机构延续登记公告",
    "仲裁委员会换届完成",
)
_HOT = (
    "一图读懂公共法律服务",
    "领导调研社区矫正工作",
    "法考主观题成绩发布",
    "我市出台法律援助新规",
    "民法典宣传月启动",
    "春节送法下乡暖人心",
)
_MENU = (
    '<div class="topbar"><ul class="menu"><li><a href="/">首页</a></li><li><a href="/jgzn/">机构职能</a></li>'
    '<li><a href="/zwgk/">政务公开</a></li><li><a href="/bsfw/">办事服务</a></li></ul></div>'
)
_SENTENCE = (
    "　　一年来，市司法局统筹推进法治政府建设各项任务，办理行政复议案件，审查行政规范性文件，开展法治宣传活动，取得成效。"
)

Row = tuple[str, str, date | None]


@dataclass(frozen=True)
class Blind:
    """A page, and what is on it; no rows and no address where it is no list."""

    url: str
    body: bytes
    rows: Sequence[Row] = ()
    following: str | None = None


def _days(count: int) -> list[date]:
    return [date(2024, 6, 28) - timedelta(days=4 * step) for step in range(count)]


def _list(
    path: str,
    row: Callable[[str, str, date], str],
    around: str,
    following: str | None = None,
    *,
    count: int = 10,
    joint: str = "",
    charset: str = "utf-8",
) -> Blind:
    rows = [(f"/x/{5000 - at}.html", _TITLES[at], day) for at, day in enumerate(_days(count))]
    markup = _framed(around.replace("ROWS", joint.join(row(*found) for found in rows)))
    url = SITE + path
    return Blind(url, markup.encode(charset), [(SITE + at, title, day) for at, title, day in rows], _full(url, following))


def _full(url: str, following: str | None) -> str | None:
    return None if following is None else urljoin(url, following)


def _framed(matter: str) -> str:
    return f"<html><head><title>某市司法局</title></head><body>{_MENU}<div class='wrap'>{matter}</div></body></html>"


def _plain(url: str, title: str, day: date) -> str:
    return f"<li><a href='{url}'>{title}</a><span>{day}</span></li>"


def _hot_rows(folder: str = "/rd/") -> str:
    return "".join(
        _plain(f"{folder}{9000 + at}.html", title, day) for at, (title, day) in enumerate(zip(_HOT, _days(6), strict=True))
    )


def _undated(titles: Sequence[str], path: str) -> Blind:
    rows: list[Row] = [(f"{SITE}/nb/{2023 - at}/", title, None) for at, title in enumerate(titles)]
    items = "".join(f"<li><a href='{url}'>{title}</a></li>" for url, title, _ in rows)
    return Blind(SITE + path, _framed(f"<div class='con'><ul>{items}</ul></div>").encode(), rows)


def gkmlpt_answer(current: int, came: int, total: int) -> Blind:
    """A page of 广东's list service, twenty rows each, asked for by somebody who names no family."""
    rows: list[Row] = []
    articles = []
    for at in range(came):
        day = date(2024, 4, 30) - timedelta(days=at)
        url, title = f"{SITE}/gkmlpt/content/11/4300/post_{11430000 - at}.html", f"{_TITLES[at % 10]}(第{at + 1}号)"
        seconds = int(datetime(day.year, day.month, day.day, 4, tzinfo=UTC).timestamp())
        rows.append((url, title, day))
        articles.append(
            {"id": at, "title": title, "date": seconds, "display_publish_time": seconds, "url": url, "post_url": url}
        )
    url = f"{SITE}/gkmlpt/api/all/1234?page={current}&sid=200061"
    return Blind(url, json.dumps({"classify": {"post_count": total}, "articles": articles}).encode(), rows)


LISTS: dict[str, Blind] = {
    "carousel with numbers and an arrow above the list": _list(
        "/xw/index.html",
        _plain,
        "<div class='focus'><p><a href='/tp/1.html'>1</a><a href='/tp/2.html'>2</a></p><a class='next' href='/tp/2.html'>&gt;</a></div>"
        "<ul>ROWS</ul><div class='pages'><b>1</b> <a href='index_2.html'>2</a></div>",
        "index_2.html",
    ),
    "only an arrow of a picture list": _list(
        "/zwgk/list.htm",
        _plain,
        "<ul>ROWS</ul><div class='rel'><h3>图片新闻 <a href='/tpxw/'>更多</a></h3><a href='/tpxw/2.html' class='next'>›</a></div>",
    ),
    "下一页 of a list beside it": _list(
        "/xw/index.html",
        _plain,
        "<ul>ROWS</ul><div class='rtuijian'><h3>推荐阅读</h3><ul><li><a href='/rd/1.html'>全省会议部署工作</a></li></ul>"
        "<a href='/rd/index_2.html'>下一页</a></div>",
    ),
    "bare numbers in brackets": _list(
        "/tz/index.asp",
        _plain,
        f"<p>{_SENTENCE * 8}</p><ul>ROWS</ul><p>[1] <a href='index.asp?page=2'>[2]</a> <a href='index.asp?page=3'>[3]</a></p>",
        "index.asp?page=2",
    ),
    "one figure of a day within the link": _list(
        "/dynamic-2.html",
        lambda url, title, day: (
            f"<li><a href='{url}'><span class='date'><b>{day.day}</b>{day.year}/{day.month:02d}</span><span>{title}</span></a></li>"
        ),
        "<ul>ROWS</ul><nav><a href='/dynamic-3.html' rel='next'>›</a></nav>",
        "/dynamic-3.html",
    ),
    "day and month in lines of their own before the title": _list(
        "/xwzx/tzgg/3.htm",
        lambda url, title, day: f"<li><a href='{url}'><em>{day:%d}</em><i>{day:%Y.%m}</i><p>{title}</p></a></li>",
        "<ul>ROWS</ul>",
    ),
    "month and day before the year": _list(
        "/c/page/2/",
        lambda url, title, day: (
            f"<section><h3><a href='{url}'>{title}</a></h3><time>{day.month}月{day.day}日 {day.year}</time></section>"
        ),
        "<main>ROWS</main>",
    ),
    "menu and bare links in cells side by side": _list(
        "/xxgk.htm",
        lambda url, title, day: f"・<a href='{url}' target=_blank>{title}</a>（{day.year}-{day.month}-{day.day}）",
        "<table><tr><td><a href='a.htm'>首页</a><br><a href='b.htm'>机构</a><br><a href='c.htm'>公告</a></td>"
        "<td>ROWS<div><a href='xxgk2.htm'>下页</a></div></td></tr></table>",
        "xxgk2.htm",
        joint="<br>",
        charset="gb18030",
    ),
    "yearly reports without days": _undated([f"{year}年法治政府建设年度报告" for year in range(2023, 2015, -1)], "/fzzf/"),
    "laws without days": _undated(
        [
            "中华人民共和国法律援助法",
            "中华人民共和国社区矫正法",
            "律师事务所管理办法",
            "公证程序规则",
            "司法鉴定程序通则",
            "行政复议法实施条例",
        ],
        "/zcfg/",
    ),
}

NO_LISTS: dict[str, Blind] = {
    "empty list beside a list without a heading": Blind(
        f"{SITE}/tzgg/",
        _framed(
            "<div class='list'><div id='newsList' class='news-list'>加载中...</div></div>"
            f"<div class='rt'><div class='t'>最新信息公开</div><div class='b'><ul>{_hot_rows()}</ul></div></div>"
        ).encode(),
    ),
    "empty list beside a list of the same class": Blind(
        f"{SITE}/tzgg/",
        _framed(
            "<ul class='news_list' id='ul1'></ul><script src='/js/list.js'></script>"
            f"<div class='right'><ul class='news_list'>{_hot_rows()}</ul></div>"
        ).encode(),
    ),
    "document with two interpretations below": Blind(
        f"{SITE}/zc/1.html",
        _framed(
            "<h1>关于印发《工作要点》的通知</h1><p>索引号：000-2024-1 发布日期：2024-03-01</p>"
            f"<div>{f'<p>{_SENTENCE}</p>' * 12}</div><div class='below'><h4>政策解读</h4><ul>"
            "<li><a href='/jd/1.html'>《工作要点》政策解读文字版</a><span>2024-03-02</span></li>"
            "<li><a href='/jd/2.html'>《工作要点》一图读懂图文版</a><span>2024-03-02</span></li></ul></div>"
        ).encode(),
    ),
}

GRID_VIEW = _list(
    "/News/NewsList.aspx?cid=3",
    lambda url, title, day: f"<tr><td>·<a href='{url}'>{title}</a></td><td>{day.year}/{day.month}/{day.day} 0:00:00</td></tr>",
    "<form method='post'><input type='hidden' name='__VIEWSTATE' value='x'><table>ROWS</table>"
    '<span>1</span><a href="javascript:__doPostBack(&#39;GridView1&#39;,&#39;Page$2&#39;)">2</a></form>',
)
