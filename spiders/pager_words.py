"""Reads the words of a pager: its controls and where they lead, this page's number, how many there are. Chooses no page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from spiders.page import Page
from spiders.page_kind import beginning_of, side_words
from spiders.pager_scripts import address_called, address_in_script, drawn_pager

NEXT = re.compile(r"[\W_]{0,9}(?:下一?页|后一?页|下1页|next(?: page)?)[\W_]{0,9}", re.IGNORECASE)
ARROW = re.compile(r"[>›＞→]{1,2}|»")
_LAST = re.compile(r"[\W_]{0,9}(?:尾页|末页|最后一?页|last(?: page)?)[\W_]{0,9}", re.IGNORECASE)
NUMBER = re.compile(r"[\[(第]?\s{0,4}(\d{1,4})\s{0,4}[\])页]?")
_OFF = re.compile(r"(?:^|[-_\s])(?:disabled?|nodisable|unable|nolink)(?:$|[-_\s])|Disabled")
_HERE = re.compile(
    r"(?:^|[-_\s])(?:current|active|cur|on|here|curr|selected|thisclass|select|this|now)(?:$|[-_\s\d])", re.IGNORECASE
)
PAGE_KEY = re.compile(
    r"(?:p|pg|pn|page|cur|current|curr)(?:[_-]?(?:no|num|number|index|id|page|p))?|nowPage|toPage|paging", re.IGNORECASE
)
_SAYS_COUNT = (
    re.compile(r"共\s{0,9}(?:<[^<>]{0,80}>\s{0,9})?(\d{1,5})\s{0,9}(?:</\w{1,9}>\s{0,9})?页"),
    re.compile(r"(?:总\s{0,9}页\s{0,9}数?|页\s{0,4}数)\s{0,9}[:：]?\s{0,9}(?:<[^<>]{0,80}>\s{0,9})?(\d{1,5})"),
)
_SAYS_BOTH = re.compile(
    r"(?:第|页次[:：]?)\s{0,9}(?:<[^<>]{0,80}>\s{0,9})?(\d{1,5})(?:\s{0,9}</\w{1,9}>)?\s{0,9}页?\s{0,9}[/／,，共]{1,2}\s{0,9}共?\s{0,9}"
    r"(?:<[^<>]{0,80}>\s{0,9})?(\d{1,5})(?:\s{0,9}</\w{1,9}>)?\s{0,9}页?"
    r"|(?<![\d/.-])(\d{1,5})\s{0,3}/\s{0,3}(\d{1,5})\s{0,3}页"
)
_SHARE = re.compile(r"\s{0,9}(\d{1,5})\s{0,3}/\s{0,3}(\d{1,5})\s{0,9}页?\s{0,9}")
_SAYS_CURRENT = re.compile(r"(?:当前|现在|当前是)?第\s{0,9}(?:<[^<>]{0,80}>\s{0,9})?(\d{1,5})(?:\s{0,9}</\w{1,9}>)?\s{0,9}页")
_SAYS_ROWS = re.compile(r"共\s{0,9}(?:<[^<>]{0,80}>\s{0,9})?(\d{1,6})\s{0,9}(?:</\w{1,9}>\s{0,9})?条")
_SAYS_SIZE = re.compile(r"每\s{0,4}页\s{0,9}(?:<[^<>]{0,80}>\s{0,9})?(\d{1,4})\s{0,9}(?:</\w{1,9}>\s{0,9})?条")
_TOLD_IN = ("data-href", "data-url", "data-link", "tagname")  # attributes that scripts take addresses from
_ADDRESS = re.compile(r"(?:https?://|\.{0,2}/)[\w./]|[\w-]{1,80}\.s?html?$")
_COUNTS = re.compile(r"[共总计/／]\s{0,9}$")
_PAGER_WORDS = re.compile(r"页|»|›|>|\.\.\.|…")
_PAGER_NAMES = re.compile(r"pag(?:e|ing|ination)|fenye", re.IGNORECASE)
_ASIDE = re.compile(
    r"(?:^|[-_\s])(?:hot\w{0,4}|rank\w{0,4}|recommend|rel(?:ated|ation)?|tuijian|sidebar|aside|slides?|slider|swiper\w{0,9}|banner|focus|"
    r"carousel|calendar)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_LONGEST_PAGER = 400  # characters
_MOST_LINKS = 10_000
_LONGEST_LABEL = 30  # characters


@dataclass(frozen=True)
class Control:
    """An element that turns pages, or that says why it does not."""

    words: str
    element: HtmlElement
    url: str | None  # where it leads, by itself or by its script


def controls_of(page: Page) -> Iterator[Control]:
    """Short words that turn pages or name them, with where they lead."""
    for node in islice(
        page.root.iter("a", "span", "strong", "b", "em", "li", "button", "div", "td", "font", "i", "input"), _MOST_LINKS
    ):
        if node.tag != "a" and len(node):
            continue
        words = _label(node)
        if not words or len(words) > _LONGEST_LABEL:
            continue
        if not (NEXT.fullmatch(words) or _LAST.fullmatch(words) or NUMBER.fullmatch(words) or _SHARE.fullmatch(words)):
            is_next = node.get("rel") == "next" or ARROW.fullmatch(words)
            if node.tag != "a" or not is_next:
                continue
        yield Control(words, node, _leads_to(page, node))


def current_page(page: Page, controls: Sequence[Control]) -> int | None:
    """The number of this page, or None where nothing tells."""
    drawn = drawn_pager(page)
    if drawn is not None and drawn.current is not None:
        return drawn.current
    both = _SAYS_BOTH.search(page.text)
    if both:
        return next(int(number) for number in both.groups() if number is not None)
    for control in controls:
        share = _SHARE.fullmatch(control.words)
        if share:
            return int(share.group(1))
    for control in controls:
        number = NUMBER.fullmatch(control.words)
        marked = _HERE.search(_names_about(control.element)) or (
            control.element.tag in {"span", "strong", "b", "em"} and not control.url
        )
        if number and marked and turns_pages(control) and not _COUNTS.search(_before(control.element)):
            return int(number.group(1))
    said = _SAYS_CURRENT.search(page.text)
    return int(said.group(1)) if said else _own_parameter(page)


def page_count(page: Page) -> int | None:
    """How many pages the list has as the page itself says, or None where it does not say."""
    drawn = drawn_pager(page)
    if drawn is not None:
        return drawn.count
    for said in _SAYS_BOTH.finditer(page.text):
        here, count = (int(number) for number in said.groups() if number is not None)
        if here <= count:
            return count
    for pattern in _SAYS_COUNT:
        found = pattern.search(page.text)
        if found:
            return int(found.group(1))
    rows, size = _SAYS_ROWS.search(page.text), _SAYS_SIZE.search(page.text)
    if rows and size and int(size.group(1)):
        return max(1, -(-int(rows.group(1)) // int(size.group(1))))
    controls = list(controls_of(page))
    for control in controls:
        share = _SHARE.fullmatch(control.words)
        if share and int(share.group(1)) <= int(share.group(2)):
            return int(share.group(2))
    return _count_by_last(controls)


def turns_pages(control: Control) -> bool:
    """Whether a number is a page's and not a day's or an item's: others, or words of a pager, stand beside it."""
    above = control.element.getparent()
    for _ in range(3):
        if above is None:
            return False
        words = beginning_of(above, _LONGEST_PAGER)
        if len(words) > _LONGEST_PAGER:
            return False
        if _PAGER_WORDS.search(words) or _PAGER_NAMES.search(f"{above.get('class') or ''} {above.get('id') or ''}"):
            return True
        above = above.getparent()
    return False


def stands_aside(control: Control) -> bool:
    """Whether a control stands in a carousel, a hot list or a list of related pages, which it turns."""
    for node in islice(control.element.iterancestors(), 6):
        if node.tag in {"body", "html"}:
            return False
        if _ASIDE.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
        if side_words(node):
            return True
    return False


def _label(node: HtmlElement) -> str:
    words = (beginning_of(node, _LONGEST_LABEL) if len(node) else (node.text or "")[: _LONGEST_LABEL * 9]).strip()
    if not words and node.tag in {"a", "input", "button"}:
        picture = next(node.iter("img"), None)
        words = (
            node.get("title")
            or node.get("aria-label")
            or node.get("value")
            or ("" if picture is None else picture.get("alt") or "")
        )
    return words.strip()


def _leads_to(page: Page, node: HtmlElement) -> str | None:
    href = (node.get("href") or "").strip()
    script = node.get("onclick") or (href[11:] if href[:11].lower() == "javascript:" else "")
    if href and not href.startswith("#") and href[:11].lower() != "javascript:":
        return page.absolute(href)
    told = next((value for name in _TOLD_IN if (value := node.get(name)) and _ADDRESS.match(value)), None)
    if told is not None:
        return page.absolute(told)
    if not script or is_off(node):
        return None
    return address_in_script(page, script) or address_called(page, script)


def _before(node: HtmlElement) -> str:
    """The words right before an element."""
    previous, parent = node.getprevious(), node.getparent()
    return ((parent.text if parent is not None else "") if previous is None else previous.tail) or ""


def _own_parameter(page: Page) -> int | None:
    for key, value in parse_qsl(urlsplit(page.url).query):
        if PAGE_KEY.fullmatch(key) and value.isdecimal() and len(value) < 6:
            return int(value)
    return None


def _names_about(node: HtmlElement) -> str:
    parent = node.getparent()
    return " ".join(about.get("class") or "" for about in (node, parent) if about is not None)


def _count_by_last(controls: Sequence[Control]) -> int | None:
    """The number of the page that 尾页 leads to, if a number leads there too."""
    last = next((control.url for control in controls if _LAST.fullmatch(control.words) and control.url), None)
    numbers = {control.url: number for control in controls if (number := NUMBER.fullmatch(control.words)) and control.url}
    return int(numbers[last].group(1)) if last in numbers else None


def is_off(link: HtmlElement) -> bool:
    """Whether a control is shown but turns nothing: on the last page 下一页 is often so."""
    parent = link.getparent()
    return "disabled" in link.attrib or any(_OFF.search(node.get("class") or "") for node in (link, parent) if node is not None)
