"""Finds the documents that a report links to. Tells them by their addresses and their place; fetches none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, takewhile
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from spiders.fetched import AttachmentLink
from spiders.lines import is_chrome, is_hidden, lines_of
from spiders.metadata import heading_of
from spiders.page import Page

_EXTENSION = r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar|ceb|txt|csv|pptx?)"
_DOCUMENT = re.compile(_EXTENSION + "$", re.IGNORECASE)
_MENTION = re.compile(_EXTENSION + "(?![0-9a-z])", re.IGNORECASE)
_DOWNLOAD = re.compile(
    r"/(?:\w{0,20}(?:download|attach)\w{0,20}|download/\w{1,20}|down(?:file)?)\.(?:jspx?|do|action|aspx?|ashx|php)$|/(?:download|attachments?|resource/file)$",
    re.IGNORECASE,
)
_LINKING = ("a", "iframe", "embed", "object", "button", "span", "div", "li", "img", "input")
_LEADING = frozenset({"a", "iframe", "embed", "object"})  # these always; the others where a script makes them lead
_SHOWING = frozenset({"iframe", "embed", "object"})
_SCRIPTED = re.compile(r"""\(\s{0,4}['"]([^'"\s<>]{1,2000})['"]""")
_IN_DATA = ("data-url", "data-href", "data-src", "data-file")
_VIEWED = ("file", "pdf", "src", "url")  # parameters by which a viewer is told its document
_NAMED_ATTACHMENT = re.compile(r"(?:^|[-_\s])(?:xgfj|fj|fujian|pdf-content|attach\w*|annex\w*)(?:$|[-_\s\d])", re.IGNORECASE)
_CAPTION = re.compile(r"[\s【\[]{0,8}(?:相关|下载)?附\s{0,4}件")
_SAYS_NOTHING = re.compile(r"[\W_]*(?:请|点击|立即|此处|这里|附件|文件|全文|下载|查看|打开|浏览)*[\W_]*")
_OF_THE_SITE = re.compile(r"\W{0,9}(?:网站|使用|操作|在线)?(?:帮助|说明|手册|声明|地图|指引)\W{0,9}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LONGEST_NAME = 200  # characters
_LONGEST_SCRIPT = 4_000  # characters of an onclick that are looked at
_SENTENCE = re.compile(r"[\u4e00-\u9fff].{0,200}[。；]")
_ALL_BUT = 0.8  # of a block's characters
_NEXT = 2  # elements below a text that lies directly in the page, among which a list of its documents is looked for
_PARTS_OF_A_LIST = frozenset({"li", "p", "dd", "dt", "td", "tr", "tbody", "span", "b", "i", "em", "strong", "font", "u"})


def attachment_links(page: Page, container: HtmlElement | None, title: str | None = None) -> tuple[AttachmentLink, ...]:
    """The documents of a report, each address once, in the order of the page.

    A document counts where it belongs to the article:

    1. inside the container;
    2. inside the smallest element that holds both container and title, where documents are at least half of the links of
       its list (a list of related articles that happens to hold a PDF is not the report's), or directly below a text that
       no such element holds;
    3. anywhere else in a block that calls itself 附件 or is named like one (`.xgfj`, `.pdf-content`);
    4. where the page shows it in a frame: of documents, a page shows only its own;

    and, but for the first and the last, never in the site's furniture (navigation, header, footer).

    Args:
        page: the page.
        container: the element of the body; None starts from the title's element instead, and without one counts what
            the page shows in a frame.
        title: the report's title, if it was read before.
    """
    heading = heading_of(page, title)
    start = container if container is not None else heading
    region = None if container is not None or heading is None else _around(page, heading)
    owns = _is_shown if start is None else _Article(page, region if region is not None else start, heading).owns
    names: dict[str, str] = {}
    for link in _links(page.root):
        url = _document_address(page, link)
        if url is not None and owns(link):
            names[url] = names.get(url) or _said_name(link)
    return tuple(AttachmentLink(url, name or _name_in(url)) for url, name in names.items())


def _links(root: HtmlElement) -> Iterator[HtmlElement]:
    """What may lead to a document. Most elements of a page are neither links nor have a script of their own."""
    for node in root.iter(*_LINKING):
        if node.tag in _LEADING or node.get("onclick") or any(node.get(name) for name in _IN_DATA):
            yield node


class _Article:
    """A report's place in its page. Judges each element once: a hostile page may hold a hundred thousand links."""

    def __init__(self, page: Page, start: HtmlElement, heading: HtmlElement | None) -> None:
        self._page = page
        self._start = start
        self._region = _common_ancestor(start, heading)
        self._spine = {start, self._region, *self._region.iterancestors()}
        top = next((node for node in (start, *start.iterancestors()) if _is_top(node.getparent())), start)
        below = {*islice(top.itersiblings(), _NEXT)} if _is_top(top.getparent()) else set()
        self._next = frozenset(below | {*islice(self._region.itersiblings(), _NEXT)})
        self._is_attachment_block = cache(_is_attachment_block)
        self._is_nothing_but_documents = cache(self._only_documents)
        self._is_list_of_documents = cache(self._mostly_documents)

    def owns(self, link: HtmlElement) -> bool:
        branch = list(takewhile(lambda node: node not in self._spine, (link, *link.iterancestors())))
        reached = branch[-1].getparent() if branch else link
        if any(is_hidden(node) and not _is_tab(node) for node in branch if node.tag not in _SHOWING):
            return False
        if reached is self._start or link.tag in _SHOWING:
            return True
        if any(is_chrome(node) for node in branch) or _OF_THE_SITE.fullmatch(link.text_content()[:40]):
            return False
        if any(self._is_attachment_block(node) for node in branch):
            return True
        block = next((node for node in branch[1:] if node.tag not in _PARTS_OF_A_LIST), branch[-1])
        if reached is not self._region:
            return branch[-1] in self._next and self._is_nothing_but_documents(branch[-1])
        return self._is_list_of_documents(block)

    def _only_documents(self, block: HtmlElement) -> bool:
        """Whether a block says hardly more than the names of its documents; the site's foot may link one too."""
        links = list(_links(block))
        said = sum(len(link.text_content().strip()) for link in links)
        is_said = _ALL_BUT * len(block.text_content().strip()) <= said
        return is_said and all(_document_address(self._page, link) is not None for link in links)

    def _mostly_documents(self, block: HtmlElement) -> bool:
        """Whether at least half of the links of a list are documents."""
        links = [link for link in _links(block) if next(_hrefs(link), None)]
        return 2 * sum(_document_address(self._page, link) is not None for link in links) >= len(links)


def _is_top(node: HtmlElement | None) -> bool:
    return node is None or node.tag in {"body", "html"}


def _is_tab(node: HtmlElement) -> bool:
    """Whether an element is hidden as the other tabs beside the one that is shown: made like it, but for what hides it."""
    names = node.get("class")
    return bool(names) and any(
        other.get("class") == names and not is_hidden(other) for other in node.itersiblings(node.tag, preceding=True)
    )


def _around(page: Page, heading: HtmlElement) -> HtmlElement | None:
    """The smallest element that holds the title and, behind it, a sentence or a document; None where nothing does."""
    branch = heading
    for node in heading.iterancestors():
        if any(_says_something(page, other) for other in branch.itersiblings()):
            return node
        if _is_top(node):
            return None
        branch = node
    return None


def _says_something(page: Page, element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or is_hidden(element) or is_chrome(element):
        return False
    if any(_document_address(page, link) is not None for link in _links(element)):
        return True
    return any(not line.linked and _SENTENCE.search(line.text) for line in lines_of(element))


def _is_shown(link: HtmlElement) -> bool:
    """Whether a page of which nothing else is known shows this document in a frame."""
    return link.tag in _SHOWING and not any(is_hidden(node) for node in link.iterancestors())


def _common_ancestor(start: HtmlElement, heading: HtmlElement | None) -> HtmlElement:
    """The smallest element that holds both; `start` itself where that would be the whole page."""
    if heading is None:
        return start
    above = {start, *start.iterancestors()}
    shared = next(node for node in (heading, *heading.iterancestors()) if node in above)
    return start if _is_top(shared) else shared


def _is_attachment_block(node: HtmlElement) -> bool:
    names = (node.get("class") or "", node.get("id") or "")
    return any(_NAMED_ATTACHMENT.search(name) for name in names) or bool(_CAPTION.match(node.text_content()[:80]))


def _document_address(page: Page, link: HtmlElement) -> str | None:
    """The link's address where it leads to a document: by its path, by a parameter, or by the name that the link says."""
    for href in _hrefs(link):
        said = _said_name(link) if "?" in href else ""
        # Most links of a page mention no document at all: they are not worth the making of a full address.
        if not (_MENTION.search(href) or _MENTION.search(said) or _DOWNLOAD.search(href.partition("?")[0])):
            continue
        url = page.absolute(href)
        if url is None:
            continue
        viewed = _viewed(page, url)
        if viewed is not None:
            return viewed
        url = urldefrag(url).url
        parts = urlsplit(url)
        names = (unquote(parts.path), *(value for _, value in parse_qsl(parts.query)), said)
        if any(_DOCUMENT.search(name.strip()) for name in names) or (parts.query and _DOWNLOAD.search(parts.path)):
            return url
    return None


def _hrefs(link: HtmlElement) -> Iterator[str]:
    """Where a link may lead: its address, what its data name, what its script is given. No script is run."""
    href = link.get("href") or link.get("src") or link.get("data") or ""
    is_script = href[:11].lower() == "javascript:"
    if link.tag in _LEADING and href and not is_script:
        yield href
    yield from filter(None, (link.get(name) for name in _IN_DATA))
    for script in (href if is_script else "", link.get("onclick") or ""):
        if found := _SCRIPTED.search(script[:_LONGEST_SCRIPT]):
            yield found.group(1)


def _viewed(page: Page, url: str) -> str | None:
    """The document that a viewer's address names (`viewer.html?file=/a/b.pdf`), or None where this is no viewer's."""
    parts = urlsplit(url)
    if not parts.path.lower().endswith((".html", ".htm")):
        return None
    for key, value in parse_qsl(parts.query):
        if key.lower() in _VIEWED and _DOCUMENT.search(value.partition("?")[0].strip()):
            return page.absolute(urljoin(url, value.strip()))
    return None


def _said_name(link: HtmlElement) -> str:
    """What the link says of its document, or "" where that is only 下载 or the like."""
    for text in (link.text_content(), link.get("title"), link.get("download")):
        name = _decent(text or "")
        if name and not _SAYS_NOTHING.fullmatch(name):
            return name
    return ""


def _name_in(url: str) -> str:
    """The file's name as the address has it: a parameter that looks like one, else the end of the path."""
    parts = urlsplit(url)
    named = [(key, value) for key, value in parse_qsl(parts.query) if _DOCUMENT.search(value.strip())]
    for _, value in sorted(named, key=lambda parameter: parameter[0].lower() not in {"filename", "name"}):
        return _decent(value.rsplit("/", 1)[-1])
    return _decent(unquote(parts.path).rsplit("/", 1)[-1]) or url


def _decent(name: str) -> str:
    """A name on one line, without invisible and direction-changing characters, of bearable length."""
    return " ".join(_UNPRINTABLE.sub(" ", name).split())[:_LONGEST_NAME]
