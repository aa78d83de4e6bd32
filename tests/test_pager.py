"""Pagers in the shapes that were seen: where the next page is, and how many there are."""

from __future__ import annotations

import pytest

from spiders.fetched import Ask
from spiders.page import parse_page
from spiders.pager import following_page, page_count

SITE = "https://sfj.example.gov.cn"
HERE = f"{SITE}/zwgk/fzzf/index.html"


def read(markup: str, url: str = HERE) -> tuple[str | None, int | None]:
    page = parse_page(url, f"<html><body><ul><li><a href='/a/1.html'>通知</a><i>2024-01-02</i></li></ul>{markup}</body></html>")
    following = following_page(page)
    return (following.url.removeprefix(SITE) if following else None), page_count(page)


NEXT = "/zwgk/fzzf/index_1.html"
SECOND = "/zwgk/fzzf/index_2.html"
SHAPES = {
    "words": ("<div><a href='index_1.html'>下一页</a></div>", NEXT, None),
    "words-short": ("<div><a href='index_1.html'>下页&gt;&gt;</a> <a href='index_8.html'>尾页</a></div>", NEXT, None),
    "words-after": ("<div><a href='index_1.html'>后一页</a></div>", NEXT, None),
    "english": ("<div><a href='index_1.html'>Next »</a></div>", NEXT, None),
    "spaced": ("<div><a href='index_1.html'> 下一页 &nbsp;</a></div>", NEXT, None),
    "in-span": ("<div><a href='index_1.html'><span>下一页</span></a></div>", NEXT, None),
    "picture": ("<div><a href='index_1.html'><img src='n.gif' alt='下一页'></a></div>", NEXT, None),
    "title-only": ("<div><a href='index_1.html' title='下一页'><i></i></a></div>", NEXT, None),
    "rel": ("<div><a href='index_1.html' rel='next'>往后</a></div>", NEXT, None),
    "arrow": ("<div class='page'><a href='index.html'>‹</a> 1 <a href='index_1.html'>›</a></div>", NEXT, None),
    "arrows": ("<div class='page'><a href='index_1.html'>&gt;</a> <a href='index_9.html'>&gt;&gt;</a></div>", NEXT, None),
    "twice": ("<a href='index_1.html'>下一页</a><p>a</p><a href='index_1.html'>下一页</a>", NEXT, None),
    "count-said": ("<p>共12页 第1页 <a href='index_1.html'>下一页</a></p>", NEXT, 12),
    "count-in-tag": ("<p>共<b>12</b>页 <a href='index_1.html'>下一页</a></p>", NEXT, 12),
    "share": ("<p><span>1/5</span> <a href='index_1.html'>下一页</a></p>", NEXT, 5),
    "share-page": ("<p>第1页/共5页 <a href='index_1.html'>下一页</a></p>", NEXT, 5),
    "share-words": ("<p>页次：1/5页 <a href='index_1.html'>下一页</a></p>", NEXT, 5),
    "rows-and-size": ("<p>共93条 每页20条 <a href='index_1.html'>下一页</a></p>", NEXT, 5),
    "total-pages-words": ("<p>总页数：7 <a href='index_1.html'>下一页</a></p>", NEXT, 7),
    "last-is-a-number": ("<div class='fy'><b>1</b> <a href='index_1.html'>2</a> <a href='index_2.html'>3</a> <a href='index_2.html'>尾页</a></div>", NEXT, 3),
    "numbers-current-class": ("<div class='fy'><a class='current' href='#'>1</a> <a href='index_1.html'>2</a> <a href='index_2.html'>3</a> …</div>", NEXT, None),
    "numbers-current-item": ("<ul class='pagination'><li class='active'><a href='#'>1</a></li><li><a href='index_1.html'>2</a></li></ul>", NEXT, None),
    "numbers-strong": ("<div class='fy'><strong>1</strong><a href='index_1.html'>2</a><a href='index_2.html'>3</a><span>页</span></div>", NEXT, None),
    "numbers-brackets": ("<div class='page'>[1] <a href='index_1.html'>[2]</a> <a href='index_2.html'>[3]</a></div>", NEXT, None),
    "trs": ("<script>createPageHTML(6, 0, 'index', 'html');</script>", NEXT, 6),
    "trs-double-quotes": ('<script>\ncreatePageHTML(6,0,"index","html");\n</script>', NEXT, 6),
    "trs-own-name": ("<script>createPageHTML1(6, 0, 'fzzf', 'shtml');</script>", "/zwgk/fzzf/fzzf_1.shtml", 6),
    "trs-variables": ("<script>var currentPage = 0;var countPage = 5;//共几页\nif(countPage>1){document.write('index_'+num+'.html')}</script>", NEXT, 5),
    "from-one": ("<script>createPageHTML('page_div',8, 1,'index','html',118);</script>", SECOND, 8),
    "shanghai": ("<script>$('.pagination').pagination({totalPage:3,isShow:true,count:6});</script>", SECOND, 3),
    "layui": ("<script>laypage({cont:'p',pages:1,count: 93, limit: 20, curr: 1, jump:function(obj,first){if(!first){location.href='?page='+obj.curr;}}});</script>", "/zwgk/fzzf/index.html?page=2", 5),
    "script-names-pages": ("<script>$('#p').pagination({pageCount:9,current:1,callback:function(api){window.location.href='list-'+api.getCurrent()+'.html';}});</script>", "/zwgk/fzzf/list-2.html", 9),
    "script-from-zero": ("<script>var pageCount=4,pageNo=1;function go(n){ if(n==1){location.href='index.html';}else{location.href='index_'+(n-1)+'.html';} }</script>", NEXT, 4),
    "function": ("<script>function toPage(n){window.location.href='/zwgk/fzzf/list_'+n+'.html';}</script><a href='javascript:toPage(2)'>下一页</a>", "/zwgk/fzzf/list_2.html", None),
    "function-onclick": ("<script>var toPage = function(p){ location.href = 'index_' + p + '.html'; }</script><a href='#' onclick=\"toPage('1')\">下一页</a>", NEXT, None),
    "location-onclick": ("<a href='javascript:;' onclick=\"window.location.href='index_1.html'\">下一页</a>", NEXT, None),
    "location-in-href": ("<a href=\"javascript:location.href='index_1.html'\">下一页</a>", NEXT, None),
    "button": ("<input type='button' value='下一页' onclick=\"location.href='index_1.html'\">", NEXT, None),
    "jump-box": ("<select onchange='location.href=this.value'><option value='index.html' selected>1</option><option value='index_1.html'>2</option><option value='index_2.html'>3</option></select>", NEXT, None),
    "jump-box-pages": ("<select onchange='go(this)'><option value='/zwgk/fzzf/index.html'>第1页</option><option value='/zwgk/fzzf/index_1.html'>第2页</option></select>", NEXT, None),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_pager_leads_to_the_next_page_and_tells_the_number_of_pages(shape: str) -> None:
    markup, following, count = SHAPES[shape]
    assert read(markup) == (following, count)


ELSEWHERE = {
    "middle-trs": ("<script>createPageHTML(6, 4, 'index', 'html');</script>", "/c/index_4.html", "/c/index_5.html"),
    "last-trs": ("<script>createPageHTML(6, 5, 'index', 'html');</script>", "/c/index_5.html", None),
    "middle-from-one": ("<script>createPageHTML('page_div',8, 3,'list','shtml',118);</script>", "/c/list_3.shtml", "/c/list_4.shtml"),
    "last-from-one": ("<script>createPageHTML('page_div',8, 8,'list','shtml',118);</script>", "/c/list_8.shtml", None),
    "middle-shanghai": ("<script>$('.pagination').pagination({totalPage:3});</script>", "/c/index_2.html", "/c/index_3.html"),
    "last-shanghai": ("<script>$('.pagination').pagination({totalPage:3});</script>", "/c/index_3.html", None),
    "last-trs-variables": ("<script>var currentPage = 4;var countPage = 5;</script>", "/c/index_4.html", None),
    "last-off": ("<a class='disabled' href='index_9.html'>下一页</a>", "/c/index_8.html", None),
    "last-off-item": ("<ul><li class='disabled'><a href='index_9.html'>下一页</a></li></ul>", "/c/index_8.html", None),
    "last-boda": ("<span class='PrevDisabled'>上页</span><span class='NextDisabled'>下页</span>", "/c/djgz/1.htm", None),
    "descending-boda": ("<span>49条</span><span>2/5</span><a href='2.htm' class='Next'>下页</a><a href='1.htm'>尾页</a>", "/c/djgz/3.htm", "/c/djgz/2.htm"),
    "last-is-itself": ("<a href='index_9.html'>下一页</a>", "/c/index_9.html", None),
    "last-said": ("<p>第9页/共9页 <a href='index.html'>下一页</a></p>", "/c/index_8.html", None),
    "query": ("<div class='page'><a href='?page=2'>2</a> <b>3</b> <a href='?page=4'>4</a></div>", "/c/list.jsp?page=3", "/c/list.jsp?page=4"),
    "query-counted": ("<p>共9页</p>", "/c/list.aspx?id=7&pageNo=3", "/c/list.aspx?id=7&pageNo=4"),
    "query-last": ("<p>共3页</p>", "/c/list.aspx?id=7&pageNo=3", None),
    "folders": ("<div class='page'><span>1</span> <a href='/c/2/'>2</a> <a href='/c/3/'>3</a></div>", "/c/", "/c/2/"),
    "liaoning": ("<div class='page'><a href='/c/index.shtml'>1</a><span class='cur'>2</span><a href='/c/index_3.shtml'>3</a></div>", "/c/index_2.shtml", "/c/index_3.shtml"),
    "one-page": ("<p>共1页 第1页 下一页</p>", "/c/index.html", None),
    "jump-box-last": ("<select onchange='go()'><option value='index.html'>1</option><option value='index_1.html' selected>2</option></select>", "/c/index_1.html", None),
}  # fmt: skip


@pytest.mark.parametrize("shape", ELSEWHERE)
def test_a_page_in_the_middle_goes_on_and_the_last_one_ends(shape: str) -> None:
    markup, here, following = ELSEWHERE[shape]
    assert read(markup, SITE + here)[0] == following


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<a href='https://elsewhere.example.com/index_1.html'>下一页</a>",
        "<a href='javascript:;'>下一页</a>",
        "<a href='#'>下一页</a>",
        "<a href='2.html'>下一页的说明</a>",
        "<p>下一篇：<a href='/a/2.html'>关于开展检查的通知</a></p>",
        "<a href='javascript:toPage(2)'>下一页</a>",  # no script shows what toPage does
        "<script>function toPage(n){ submitForm(n); }</script><a href='javascript:toPage(2)'>下一页</a>",
        "<a href=\"javascript:__doPostBack('pager','2')\">下一页</a><form method='post' action='list.aspx'><input name='page' value='1'></form>",
        "<table class='calendar'><tr><td><a href='?d=1'>1</a></td><td><a href='?d=2'>2</a></td></tr></table>",
        "<ul><li><a href='/tj/1'>1</a></li><li><a href='/tj/2'>2</a></li></ul>",
        "<select><option value='/a/'>省司法厅</option><option value='/b/'>市司法局</option></select>",
        "<script>var totalPage = 5;</script>",
        "<script>var pageCount=4; location.href = nextUrl;</script>",
    ],
)
def test_nothing_is_guessed(markup: str) -> None:
    assert read(markup)[0] is None


def test_a_form_is_asked_for_its_next_page() -> None:
    form = "<form id='f' method='post' action='/list.do'><input type='hidden' name='col' value='9'><input name='pageNo' value='1'></form>"
    page = parse_page(HERE, f"<body>{form}<p>共3页</p><a href='javascript:next()'>下一页</a></body>")
    assert following_page(page) == Ask(f"{SITE}/list.do", form="col=9&pageNo=2")
    by_get = parse_page(HERE, f"<body>{form.replace('post', 'get')}<p>共3页</p><a href='javascript:next()'>下一页</a></body>")
    assert following_page(by_get) == Ask(f"{SITE}/list.do?col=9&pageNo=2")
    last = parse_page(HERE, f"<body>{form.replace('1', '3')}<p>共3页</p><a href='javascript:next()'>下一页</a></body>")
    assert following_page(last) is None


@pytest.mark.parametrize("hostile", ["<a href='1'>" + "下" * 50_000 + "</a>", "共" * 100_000, "<b>" * 200 + "1/" * 50_000, "createPageHTML(" * 20_000, "location=" * 20_000, "<script>pageCount=3;" + "location.href='a'+" * 3_000 + "</script>"])  # fmt: skip
def test_a_hostile_pager_is_no_pager(hostile: str) -> None:
    assert read(hostile)[0] is None
