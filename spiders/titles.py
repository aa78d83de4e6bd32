"""Finds the title of a report's page, and the element and lines that show it. Reads no other field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

from spiders.bylines import shown_source
from spiders.dates import dates_in, published_date, split_dated_title
from spiders.declared import Declared, read_declared
from spiders.lines import Line, is_hidden, visible_lines
from spiders.page import Page

_TAGS = ("h1", "h2", "h3", "h4", "ucaptitle")
# Attributes are asked instead of elements: 0.1 ms where a predicate over all elements takes 2 ms (60 KB page, measured).
_NAMES = tuple(
    etree.XPath(f"//@{name}[contains(., 'itle') or contains(., 'bt') or contains(., 'biaoti') or contains(., 'headline')]")
    for name in ("class", "id")
)
_TITLE_NAME = re.compile(r"[Tt]itle|biaoti|headline|(?<![A-Za-z])bt(?![A-Za-z])")
_SUBTITLE = re.compile(r"sub|fu_?ti|fubiao|small|yinti|jianti|kicker|shoulder|second", re.IGNORECASE)
_SPLIT = re.compile(r"[_|｜]|\s[-–—]\s|--|-(?=[^-]*(?:局|厅|部|委|网|网站|政府|门户)$)")
_EVERY_SPLIT = re.compile(r"[_|｜\-–—\s>·]+")
_SITE = re.compile(r".{0,20}(?:局|厅|部|委|委员会|网|网站|人民政府|门户|平台|频道|专栏|首页)")
_SECTION = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:详情页?|详细(?:页面?|信息|内容)?|内容页|信息页|公开目录|展示页?|查看页?|浏览页?)|(?:查看|浏览|显示)[\u4e00-\u9fff]{2,4}"
)
_WELCOME = re.compile(r"^(?:热烈)?欢迎(?:您|你)?(?:光临|访问|来到|进入|使用|浏览)?")
_ORNAMENTS = " \t\u3000\u00a0:：.·*=~-—_|☆★◆●!！"
_NAMED_TITLE = re.compile(
    r"(?:信息|文章|公告|新闻|文件)?(?:标\s{0,4}题|名\s{0,4}称)\s{0,4}(?:[:：∶]\s{0,4})?\|?\s{0,4}(?=\S{6})"
)
_TELLS = re.compile(
    r"[0-9《“、，：]|关于|调研|召开|开展|举办|举行|走进|参加|组织|推进|印发|成立|检查|督导|考察|视察|慰问|莅临|赴|通报|致"
)
_GENERIC = frozenset(
    "首页 正文 详情 详情页 内容页 文章 文章页 文章详情 信息详情 内容详情 政务公开 信息公开 政府信息公开 通知公告 无标题文档 "  # noqa: SIM905  reads as a list
    "untitled document index 文档 标题 信息浏览 信息展示 信息查看 信息内容 新闻内容 浏览".split()
)
_CLOSING = frozenset("])）］】〕")
_CUT = ("…", "...")
_LABELLED = re.compile(r"[:：∶]\s{0,4}(?:\||$)")
_LONGEST_TITLE = 200  # characters; more is a block that happens to be called a title
_LONGEST_BLOCK = 2000  # characters, scripts and blanks included, of an element that may show a title
_MOST_HEADINGS = 200  # a page may call everything a title
_MOST_PARTS = 8  # of <title>
_TITLE_LINES = 5  # a long title may be broken by hand
_LOOKED_AT = 200  # lines of a page among which a part of <title> is looked for


def heading_of(page: Page, known: str | None = None) -> HtmlElement | None:
    """The element that shows the page's title, or None where none does.

    Args:
        page: the page.
        known: its title, if it was read before: reading it takes longer than finding its element.
    """
    title = _squeezed(known or split_dated_title(title_of(page, read_declared(page)))[0])
    if not title:
        return None
    matching = [(len(text), heading) for heading, text in _headings(page) if _squeezed(text).startswith(title)]
    if matching:
        return min(matching, key=lambda match: match[0])[1]
    lines = [line for line in page.lines() if not line.linked]
    named = next((line.block for line in lines if _squeezed(line.text) == title), None)
    return named if named is not None else next((line.block for line in lines if names_title(line, title)), None)


def title_length(lines: Sequence[Line], title: str) -> int:
    """How many of these lines, from the first on, spell the title: 0 where they do not begin with it, else 1 to 5.

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


def names_title(line: Line, title: str) -> bool:
    """Whether this is the row of a record that gives the title beside its label: 标题 | 某某通知."""
    found = _NAMED_TITLE.match(line.text) if line.block.tag == "tr" and len(line.text) <= _LONGEST_TITLE else None
    return found is not None and _squeezed(line.text[found.end() :]) == _squeezed(title)


def title_of(page: Page, declared: Declared) -> str:
    """The page's title, perhaps with its date in brackets; "" where neither metas nor <title> nor a heading has one.

    ArticleTitle, else the longest heading that <title> contains, else the part of <title> that the page shows on a line of
    its own, else the longest part, else a heading. A title that is cut short (…) is completed from what the page shows.
    """
    if declared.title:
        return _whole(declared.title, page) if declared.title.endswith(_CUT) else _without_site(declared.title, declared.names)
    title = _one_line(page.root.findtext(".//title") or "")[:_LONGEST_BLOCK] or declared.open_graph_title
    parts = [part.strip() for part in _SPLIT.split(title) if _squeezed(part) and _squeezed(part) not in declared.names]
    part = max(parts, key=len, default="")
    found = [(node, _undated(text)) for node, text in _headings(page)]
    headings = [text for _, text in found if _squeezed(text) not in declared.names]
    contained = _spelled_as_in(max((one for one in headings if _squeezed(one) in _squeezed(title)), key=len, default=""), parts)
    longest = max((len(_squeezed(atom)) for atom in _EVERY_SPLIT.split(title)), default=0)
    # A contained heading far shorter than the rest of <title> is the site's or the column's name.
    if contained and len(_squeezed(contained)) * 2 >= longest and not is_site_name(contained):
        return contained
    if part.endswith(_CUT):
        return _whole(part, page)
    if parts and (shown := _shown_part(title, longest, page, declared.names)):
        return shown
    if part and not is_site_name(part):
        return part
    unlinked = [(node, text) for node, text in found if next(node.iter("a"), None) is None and text in headings]
    chief = _other([text for node, text in unlinked if node.tag in {"h1", "h2", "ucaptitle"}])
    shown = chief or _labelled_title(page) or _above_byline(page) or _other([text for _, text in unlinked]) or _other(headings)
    return shown or part or declared.named_like_site or max(headings, key=len, default="")


def is_site_name(text: str) -> bool:
    """Whether a text is a site's or a section's name and no document's title."""
    plain = _WELCOME.sub("", text.strip(_ORNAMENTS).lower())
    if plain in _GENERIC:
        return True
    if _SECTION.fullmatch(plain):
        return True
    pieces = plain.split()
    if 1 < len(pieces) <= _MOST_PARTS:
        return all(is_site_name(piece) for piece in pieces)
    return len(plain) <= 24 and _SITE.fullmatch(plain) is not None and _TELLS.search(plain) is None


def _headings(page: Page) -> list[tuple[HtmlElement, str]]:
    """What may show the title, with its text: no sub-titles, no links. Length is asked first: blocks may nest."""
    nodes = dict.fromkeys(islice(chain(page.root.iter(*_TAGS), _named(page.root)), _MOST_HEADINGS))
    found = []
    for node in nodes:
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if (
            node.tag in {"title", "a"}
            or _SUBTITLE.search(names)
            or is_hidden(node)
            or len(node.text_content()) > _LONGEST_BLOCK
        ):
            continue
        text = _own_text(node)
        if 0 < len(text) <= _LONGEST_TITLE:
            found.append((node, text))
    return found


def _named(root: HtmlElement) -> Iterator[HtmlElement]:
    """The elements whose class or id calls them a title."""
    for names in _NAMES:
        for name in cast("list[Any]", names(root)):
            if _TITLE_NAME.search(name):
                yield name.getparent()


def _own_text(element: HtmlElement) -> str:
    """An element's text on one line, without what it says in <small> and in sub-titles of its own."""
    if not len(element):
        return _one_line(element.text or "")
    if next(element.iter("small"), None) is None:
        lines = [line for line in visible_lines(element) if not _is_subtitle(line, element)]
        return _joined(_one_line(line.text) for line in lines)
    texts = (str(text) for text in element.xpath(".//text()[not(ancestor::small)]"))
    return _one_line("".join(texts))


def _is_subtitle(line: Line, element: HtmlElement) -> bool:
    return line.block is not element and bool(_SUBTITLE.search(line.block.get("class") or "") or line.text.startswith("——"))


def _undated(text: str) -> str:
    """A text without the date in brackets that ends it; few lines end in a bracket, and looking for dates takes long."""
    return split_dated_title(text)[0] if text.rstrip()[-1:] in _CLOSING else text.strip()


def _joined(texts: Iterable[str]) -> str:
    """Lines that were broken by hand as one: Chinese goes on without a blank."""
    whole = ""
    for text in texts:
        apart = bool(whole) and (whole[-1].isascii() and text[0].isascii())
        whole += (" " if apart else "") + text
    return whole


def _spelled_as_in(heading: str, parts: Sequence[str]) -> str:
    """A heading as <title> spells it: a heading may be broken over lines in mid-word."""
    return next((part for part in parts if _squeezed(part) == _squeezed(heading)), heading)


def _shown_part(title: str, longest: int, page: Page, names: frozenset[str]) -> str:
    """The longest run of parts of <title> that the page shows as a line of its own: 标题-通知公告-某局 parts anywhere."""
    cuts = [(found.start(), found.end()) for found in _EVERY_SPLIT.finditer(title)][:_MOST_PARTS]
    if not cuts:
        return ""
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(title)]
    runs = {title[start:end].strip() for start in starts for end in ends if end > start}
    shown = {_squeezed(_undated(line.text)) for line in islice(page.lines(), _LOOKED_AT) if not line.linked}
    confirmed = [run for run in runs if _squeezed(run) in shown and _squeezed(run) not in names and not is_site_name(run)]
    best = max(confirmed, key=len, default="")
    return best if len(_squeezed(best)) * 2 >= longest else ""


def _whole(cut: str, page: Page) -> str:
    """The heading or line that goes on where a title was cut short; without one, what is left of it."""
    begun = cut.rstrip("…. ")
    squeezed = _squeezed(begun)
    for _, text in _headings(page):
        if _squeezed(text).startswith(squeezed) and not text.endswith(_CUT):
            return text
    for line in islice(page.lines(), _LOOKED_AT):
        if _squeezed(line.text).startswith(squeezed) and len(line.text) <= _LONGEST_TITLE and not line.text.endswith(_CUT):
            return line.text
    return begun


def _without_site(title: str, names: frozenset[str]) -> str:
    """A declared title without the site's name that some templates hang on it: 标题_某市司法局."""
    head, mark, tail = title.rpartition("_")
    return head.strip() if mark and _squeezed(tail) in names else title


def _other(headings: Sequence[str]) -> str:
    """The longest heading that is no site's name and long enough for a title."""
    return max((one for one in headings if len(one) > 5 and not is_site_name(one)), key=len, default="")


def _labelled_title(page: Page) -> str:
    """The title as a row of a record names it: 标题 | 某某通知."""
    for line in islice(page.lines(), _LOOKED_AT):
        if line.block.tag == "tr" and not line.linked and len(line.text) <= _LONGEST_TITLE:
            found = _NAMED_TITLE.match(line.text)
            if found and "|" not in (named := line.text[found.end() :]):
                return named.strip()
    return ""


def _above_byline(page: Page) -> str:
    """The line that stands above source and date, where nothing else shows the title: <font>, <b> and no heading at all."""
    above = ""
    for line in islice(page.lines(), _LOOKED_AT):
        if above and _is_byline(line.text):
            return above
        if len(line.text) > 30 and "。" in line.text:  # the text has begun, and its lines have no bylines
            return ""
        is_title = not line.linked and line.block.tag != "tr" and 5 < len(line.text) <= _LONGEST_TITLE
        above = line.text if is_title and not _is_byline(line.text) and not _LABELLED.search(line.text) else ""
    return ""


def _is_byline(text: str) -> bool:
    """Whether a line tells date or source, or is nothing but a date."""
    if len(text) > _LONGEST_TITLE:
        return False
    return bool(published_date(text) or shown_source(text)) or any(
        len(text) - day.end + day.start < 12 for day in dates_in(text)
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _squeezed(text: str) -> str:
    return "".join(text.split())
