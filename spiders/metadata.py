"""Reads title, date of publication and source of a detail page of any family. Leaves the body to `crawler.clean`.

The order of the sources of each field is the one that was right most often on 40 real government pages: a labelled date
near the title beats meta PubDate, which was the day of a site's migration on 3 of them; ArticleTitle alone was right on 34,
ContentSource alone on 36, and where a page shows a source of its own, that one is right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lxml.html import HtmlElement

from spiders.dates import first_date, published_date, split_dated_title, unlabelled_date
from spiders.lines import Line, visible_lines
from spiders.page import Page
from spiders.selecting import finding

_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "ucaptitle"})
_METAS = finding("meta[content]")
_TITLE_SPLIT = re.compile(r"[_|｜]|\s[-–—]\s|--|-(?=[^-]*(?:局|厅|部|委|网|网站|政府|门户)$)")
_LONGEST_TITLE = 200  # characters; more is a block that happens to be called a title
_NEAR_AFTER = 9  # short lines after the title in which a page prints date and source
_NEAR_BEFORE = 24  # lines before it: the 索引号 block stands there, two lines a field at most
_LONGEST_BLOCK = 2000  # characters, scripts and blanks included, of an element that may show a title
_TITLE_LINES = 3  # a long title may be broken by hand
_SHORT = 120  # characters; a longer line is the body's first
_SOURCE = re.compile(
    r"(?:信息|文章|稿件|新闻|内容|文件)?来\s{0,4}源\s{0,4}[:：∶]\s{0,8}(?:\|\s{0,4})?(\S.{0,80})",
)
# A label ends the source only with its colon: 上海发布 is a source, 发布时间： is none.
_SOURCE_END = re.compile(
    r"\s{2,}|[\u00a0\u2002\u2003\u3000|｜【\[]|\s+(?:打印|关闭|分享|字体|字号|大中小)"
    r"|(?:发布|发表|更新|录入)?(?:时间|日期)\s?[:：∶]|(?:作者|浏览|点击|阅读|访问|字体|字号|(?:责任)?编辑)(?:次数|量|数|大小)?\s?[:：∶]"
    r"|\s+\S{2,6}[:：∶]|\s*(?:19|20)\d{2}\s*[-./年]"
)


@dataclass(frozen=True)
class Metadata:
    """What a detail page says of itself."""

    title: str  # "" where the page has none
    published: date | None
    published_from: str  # "label", "title", "meta", "near-title", or "" where no date was found
    source: str  # "" where the page names none


def read_metadata(page: Page) -> Metadata:
    """Title, date of publication and source of a detail page."""
    metas = _metas(page)
    title, title_date = split_dated_title(_title(page, metas))
    before, heading, after = _around(visible_lines(page.root), title)
    beside = unlabelled_date(heading[len(title) :]) if heading.startswith(title) else split_dated_title(heading)[1]
    dates = (
        ("label", _labelled(after, plain=True) or _labelled(before, plain=False)),
        ("title", beside or title_date),
        ("meta", first_date(metas.get("pubdate") or metas.get("publishdate") or metas.get("article:published_time", ""))),
        ("near-title", next((day for line in after if (day := unlabelled_date(line))), None)),
    )
    origin, published = next(((origin, day) for origin, day in dates if day), ("", None))
    shown = next((source for line in (*after, *before) if (source := shown_source(line))), "")
    return Metadata(title, published, origin, shown or _one_line(metas.get("contentsource", "")))


def heading_of(page: Page) -> HtmlElement | None:
    """The element that shows the page's title, or None where no element of its own does."""
    title = _squeezed(split_dated_title(_title(page, _metas(page)))[0])
    if not title:
        return None
    matching = [(len(text), heading) for heading, text in _headings(page) if _squeezed(text).startswith(title)]
    return min(matching, key=lambda match: match[0], default=(0, None))[1]


def title_length(lines: Sequence[Line], title: str) -> int:
    """How many of these lines, from the first on, spell the title: 0 where they do not begin with it, else 1 to 3.

    A date, the source and the like may follow the title on its line.
    """
    wanted, spelled = _squeezed(title), ""
    for count, line in enumerate(lines[:_TITLE_LINES], 1):
        spelled += _squeezed(line.text)
        if wanted and spelled.startswith(wanted):
            return count
        if not wanted.startswith(spelled):
            return 0
    return 0


def shown_source(line: str) -> str:
    """The source that a line shows behind 来源, or "" where it shows none."""
    found = _SOURCE.search(line)
    return _SOURCE_END.split(found.group(1), maxsplit=1)[0].strip() if found else ""


def _metas(page: Page) -> Mapping[str, str]:
    """The metas by lower-case name: `PubDate` and `pubdate` both occur. The first non-empty one counts."""
    found: dict[str, str] = {}
    for meta in _METAS(page.root):
        name, content = (meta.get("name") or meta.get("property") or "").strip().lower(), (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _title(page: Page, metas: Mapping[str, str]) -> str:
    """ArticleTitle, else the longest heading contained in <title>, else the longest part of <title>, else a heading."""
    if declared := _one_line(metas.get("articletitle", "")):
        return declared
    names = {_squeezed(metas.get(name, "")) for name in ("sitename", "columnname")}
    whole = _one_line(page.root.findtext(".//title") or "")
    parts = [part.strip() for part in _TITLE_SPLIT.split(whole) if _squeezed(part) and _squeezed(part) not in names]
    part = max(parts, key=len, default="")
    headings = [text for _, dated in _headings(page) if _squeezed(text := split_dated_title(dated)[0]) not in names]
    contained = max((text for text in headings if _squeezed(text) in _squeezed(whole)), key=len, default="")
    # A contained heading far shorter than the rest of <title> is the site's or the column's name.
    if len(contained) * 2 >= len(part) and contained:
        return contained
    return part or max(headings, key=len, default="")


def _around(lines: tuple[Line, ...], title: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The lines before the title's own, those, and the short ones after; without a title the page's head as before."""
    for position, line in enumerate(lines):
        if line.linked * 2 < len(line.text) and (length := title_length(lines[position : position + _TITLE_LINES], title)):
            before = lines[max(0, position - _NEAR_BEFORE) : position]
            heading = " ".join(item.text for item in lines[position : position + length])
            after = lines[position + length : position + length + _NEAR_AFTER]
            return tuple(item.text for item in before), heading, _short_run(after)
    return tuple(line.text for line in lines[: _NEAR_BEFORE + _NEAR_AFTER]), "", ()


def _short_run(lines: tuple[Line, ...]) -> tuple[str, ...]:
    long = next((position for position, line in enumerate(lines) if len(line.text) > _SHORT), len(lines))
    return tuple(line.text for line in lines[:long])


def _labelled(lines: tuple[str, ...], *, plain: bool) -> date | None:
    """The date labelled as that of publication: in one line, or label and date in a line each."""
    for line, following in pairwise((*lines, "")):
        if day := published_date(line, plain=plain):
            return day
        # Two lines belong together only where the second begins with the date: a row of labels has its values elsewhere.
        if len(line) <= 12 and following[:1] in "12１２[(（【" and (day := published_date(f"{line}\n{following}", plain=plain)):
            return day
    return None


def _headings(page: Page) -> list[tuple[HtmlElement, str]]:
    """What may show the title, with its text. Length is asked first: nested blocks may all be called a title."""
    named = (node for node in page.root.iter() if node.tag in _HEADING_TAGS or "title" in (node.get("class") or ""))
    texts = ((node, _own_text(node)) for node in named if len(node.text_content()) <= _LONGEST_BLOCK)
    return [(heading, text) for heading, text in texts if 0 < len(text) <= _LONGEST_TITLE]


def _own_text(element: HtmlElement) -> str:
    """An element's text on one line, without what it says in <small>."""
    small = {id(part) for part in element.iter("small")}
    if not small:
        return _one_line(" ".join(line.text for line in visible_lines(element)))
    texts = (str(text) for text in element.xpath(".//text()[not(ancestor::small)]"))
    return _one_line("".join(texts))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _squeezed(text: str) -> str:
    return "".join(text.split())
