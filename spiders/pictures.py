"""Finds the pictures that are a report where it has no words: scans, one-picture readings. Reads and fetches none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from spiders.fetched import AttachmentLink
from spiders.lines import is_chrome, is_hidden, lines_of
from spiders.metadata import heading_of, read_metadata
from spiders.page import Page

_LATE = ("data-src", "data-original", "data-lazy-src", "src")  # where a script loads late, `src` is a placeholder
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp|tiff?)$", re.IGNORECASE)
_DECORATION = re.compile(
    r"icon|logo|qr_?code|erweima|ewm|(?:^|[/_\-.])(?:qr|wx|weixin|weibo|banner|bg|share|print|close|btn|button|arrow|line|dot|blank"
    r"|spacer|loading|new|hot|code|wza|jiucuo|dzjg|beian|gov)(?:[/_\-.\d]|$)|二维码|扫一扫|扫码|关注|标识|图标|返回|无障碍",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?:^|[\s;])(?:max-)?(?:width|height)\s{0,4}:\s{0,4}(\d{1,5})px", re.IGNORECASE)
_LEAST_SIDE = 200  # pixels; a scan cannot be read at less
_SENTENCE = re.compile(r"[\u4e00-\u9fff][^。；]{11,400}[。；]")
_TOOL = re.compile(r"扫一扫|扫码|二维码|朋友圈|字号|客户端")
_MOST_TEXT = 200  # characters before the last picture; more is a text with pictures in it
_MOST_PICTURES = 200
_LONGEST_NAME = 200  # characters


def picture_links(page: Page) -> tuple[AttachmentLink, ...]:
    """The pictures that a report is made of, in their order; none where it has a text.

    They count only where nothing else says what the report says: the page shows its title and prints a date, and behind the
    title come pictures that are large, as far as the page tells, and no sentences. Pictures that link elsewhere, and those
    whose names or alternative texts call them icons, codes or logos, are never a report.

    Args:
        page: the page, in which no document was found.
    """
    heading = heading_of(page)
    if heading is None:
        return ()
    branch = heading
    for node in heading.iterancestors():
        behind = [other for other in branch.itersiblings() if _is_seen(other)]
        pictures = [list(_pictures(page, other)) for other in behind]
        shown = [other for position, other in enumerate(behind) if any(pictures[position:])]
        if _has_text(shown or behind):
            return ()
        found = [picture for inside in pictures for picture in inside][:_MOST_PICTURES]
        if found:
            return _links(found) if read_metadata(page).published else ()
        branch = node
    return ()


def _links(found: Sequence[tuple[str, str]]) -> tuple[AttachmentLink, ...]:
    names: dict[str, str] = {}
    for url, said in found:
        names[url] = names.get(url) or said or unquote(urlsplit(url).path).rsplit("/", 1)[-1] or url
    return tuple(AttachmentLink(url, name[:_LONGEST_NAME]) for url, name in names.items())


def _pictures(page: Page, element: HtmlElement) -> Iterator[tuple[str, str]]:
    """Address and alternative text of what may be a page of the report."""
    for image in element.iter("img"):
        address = next((value for name in _LATE if (value := image.get(name))), "")
        url = page.absolute(address) if address else None
        said = " ".join((image.get("alt") or image.get("title") or "").split())
        if url is None or _DECORATION.search(urlsplit(url).path) or _DECORATION.search(said) or _is_small(image, url):
            continue
        above = [image, *takewhile(lambda node: node is not element, image.iterancestors()), element]
        if not any(is_hidden(node) or is_chrome(node) or _leads_elsewhere(node) for node in above[1:]):
            yield url, said


def _is_small(image: HtmlElement, url: str) -> bool:
    """Whether the page gives it too little room; without a size, a GIF is taken for an ornament."""
    sides = [int(side) for name in ("width", "height") if (side := (image.get(name) or "").removesuffix("px")).isdecimal()]
    sides += [int(side) for side in _SIZE.findall((image.get("style") or "")[:_LONGEST_NAME])]
    if not sides:
        return urlsplit(url).path.lower().endswith(".gif")
    return min(sides) < _LEAST_SIDE


def _leads_elsewhere(node: HtmlElement) -> bool:
    """Whether a click leads to a page: a banner. A picture that leads to its own full size is none."""
    return node.tag == "a" and bool(node.get("href")) and _PICTURE.search(urlsplit(node.get("href")).path) is None


def _is_seen(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and not is_hidden(element) and not is_chrome(element)


def _has_text(elements: Sequence[HtmlElement]) -> bool:
    length = 0
    for element in elements:
        for line in lines_of(element):
            length += len(line.text) - line.linked
            is_sentence = not line.linked and _SENTENCE.search(line.text) is not None and _TOOL.search(line.text) is None
            if length > _MOST_TEXT or is_sentence:
                return True
    return False
