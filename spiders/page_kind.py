"""Signs by which a listing is told from a report, and a list from what stands beside it. Reads no rows."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from spiders.page import Page
from spiders.selecting import Find

_SIDE = re.compile(
    r"排行|热点|热门|热文|推荐|相关|友情|链接|图片新闻|点击量|浏览量|猜你|您可能|浏览过|专题专栏|快速通道|便民服务|常用|最受关注|"
    r"上一篇|下一篇"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TITLE_NAMES = re.compile(r"tit|head|hd|bt|caption", re.IGNORECASE)
_MORE = re.compile(r"(?:更多|more)", re.IGNORECASE)
_PAGER_NAMES = re.compile(
    r"(?:^|[-_\s])(?:pager?s?|pagination|paging|fenye|pagecode|pagebar|laypage|turnpage|page_?div)(?:$|[-_\s\d])", re.IGNORECASE
)
_PAGER_SIGNS = ("下一页", "下页", "尾页", "末页", "createPage", ".pagination(", "laypage", "countPage", "totalPage")
_LONG_TEXTS = cast("Find", etree.XPath("//text()[string-length(.) > 40]/.."))
_NAMED = cast("Find", etree.XPath("//*[@class or @id][not(self::body)]"))
_LIST_NAME = re.compile(
    r"(?:(?:news|article|art|info|doc|data|content|con|main|xx|gl|text|txt|article)[-_]?)?(?:lists?|liebiao|items)(?:[-_]?(?:box|con|ul|wrap|content))?",
    re.IGNORECASE,
)
_EMPTY = 20  # characters: 加载中…, 暂无数据
_LONGEST_PAGER = 400  # characters
_MOST_NODES = 2_000
_MUCH_PROSE = 600  # characters; what introduces a list is shorter
_REACH = 200_000  # characters of markup in which a report's line of source and date is looked for
_DETAIL_METAS = {"articletitle": 2, "pubdate": 1, "contentsource": 1}
_DETAIL_WORDS = (
    ("上一篇", 2),
    ("打印本页", 1),
    ("关闭窗口", 1),
    ("【打印", 1),
    ("浏览次数", 1),
    ("字体：", 1),
    ("责任编辑", 1),
)
_SOURCE_LINE = re.compile(
    r"来\s{0,4}源\s{0,4}[:：].{0,200}?(?:时\s{0,4}间|日\s{0,4}期)\s{0,4}[:：]"
    r"|(?:时\s{0,4}间|日\s{0,4}期)\s{0,4}[:：].{0,200}?来\s{0,4}源\s{0,4}[:：]",
    re.DOTALL,
)


def beginning_of(node: HtmlElement, limit: int) -> str:
    """The first words of an element, a little more than `limit` characters at the most: hostile pages nest large texts."""
    words, length = [], 0
    for part in node.itertext():
        words.append(str(part)[: limit + 1])
        length += len(words[-1].strip())
        if length > limit:
            break
    return "".join(words)


def pager_nodes(page: Page) -> list[HtmlElement]:
    """The elements that turn pages: those that say so, and scripts that draw them."""
    present = tuple(sign for sign in _PAGER_SIGNS if sign in page.text or "&#" in page.text)
    saying = _saying(present)(page.root) if present else []
    found = [node for node in islice(saying, 40) if node.tag == "script" or _is_small(node)]
    found.extend(
        node
        for node in islice(_NAMED(page.root), _MOST_NODES)
        if _PAGER_NAMES.search(f"{node.get('class') or ''} {node.get('id') or ''}") and _is_small(node)
    )
    return found[:60]


def side_words(top: HtmlElement) -> bool:
    """Whether the heading above a list names it a hot list, a related list or links, or leads to more of it elsewhere."""
    first = next((child for child in top if isinstance(child.tag, str)), None)
    if (
        first is not None
        and next(first.iter("a"), None) is None
        and len(beginning_of(first, 20).strip()) < 20
        and _is_side_heading(first)
    ):
        return True
    for node in (top, *islice(top.iterancestors(), 2)):
        before = next((found for found in node.itersiblings(preceding=True) if isinstance(found.tag, str)), None)
        if before is not None:
            return _is_side_heading(before)
        above = node.getparent()
        if above is None or above.tag == "body":
            break
    return False


def has_empty_list(page: Page) -> bool:
    """Whether an element is there whose name says that it is the list, and that holds none: a script fills it, or nothing."""
    for node in islice(_NAMED(page.root), _MOST_NODES):
        if node.tag not in {"ul", "ol", "div", "tbody", "table", "dl", "section"}:
            continue
        if not any(_LIST_NAME.fullmatch(name) for name in f"{node.get('class') or ''} {node.get('id') or ''}".split()):
            continue
        if next(node.iter("a", "img", "input"), None) is None and len(beginning_of(node, _EMPTY).strip()) < _EMPTY:
            return True
    return False


def prose_outside(page: Page, inside: set[HtmlElement]) -> int:
    """Characters of sentences that stand neither in a link nor in a script nor inside these elements."""
    prose = 0
    for node in islice(_LONG_TEXTS(page.root), _MOST_NODES):
        if node.tag in {"script", "style", "a", "title"} or not any(part and "。" in part for part in (node.text, node.tail)):
            continue
        if not any(above in inside for above in (node, *islice(node.iterancestors(), 12))):
            prose += len(node.text or "")
    return prose


def is_detail(page: Page, prose: int, *, beside_pager: bool) -> bool:
    """Whether the page is a report rather than a listing.

    Args:
        page: the page.
        prose: characters of sentences outside the supposed list.
        beside_pager: whether a pager stands beside that list.
    """
    points = 3 if prose > _MUCH_PROSE else 2 if prose > 200 else 0
    for meta in islice(page.root.iter("meta"), 60):
        points += _DETAIL_METAS.get((meta.get("name") or "").lower(), 0) if (meta.get("content") or "").strip() else 0
    points += sum(worth for words, worth in _DETAIL_WORDS if words in page.text)
    if sum(1 for _ in islice(_SOURCE_LINE.finditer(page.text[:_REACH]), 2)) == 1:
        points += 2  # every row of a list may have such a line, a report has one
    return points >= (5 if beside_pager else 3)


@cache
def _saying(signs: tuple[str, ...]) -> Find:
    """What finds the elements whose own text holds one of the signs: each sign costs a look at all texts of the page."""
    return cast("Find", etree.XPath(f"//text()[{' or '.join(f'contains(., {sign!r})' for sign in signs)}]/.."))


def _is_side_heading(before: HtmlElement) -> bool:
    words = beginning_of(before, 30).strip()
    links = list(islice(before.iter("a"), 3))
    if len(words) > 30 or len(links) > 2:
        return False
    own = words if before.tag in _HEADINGS or _TITLE_NAMES.search(before.get("class") or "") else _beside_links(before)
    return bool(_SIDE.search(own)) or any(_MORE.search(link.text_content()) for link in links)


def _beside_links(node: HtmlElement) -> str:
    return "".join(node.xpath("descendant-or-self::text()[not(ancestor::a)]"))


def _is_small(node: HtmlElement) -> bool:
    return len(beginning_of(node, _LONGEST_PAGER).strip()) <= _LONGEST_PAGER
