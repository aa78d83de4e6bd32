"""Turns the bytes of a page into text and a tree, for every reader alike. Judges and fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from spiders.failures import PageUnreadable
from spiders.lines import Line, lines_of

_CLOSING = re.compile(r"</(body|html)\s*>", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_INVALID = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HOST = re.compile(r"[^\s\x00-\x20<>\"'\\^`{|}%]+")
_LONGEST_ADDRESS = 8_000  # characters; browsers and servers take no more
_DEEPEST = 250  # levels; libxml2 drops whatever lies deeper than 256, without a word
_IS_TOO_DEEP = etree.XPath(f"boolean({'/*' * _DEEPEST})")
_PARSER = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_pis=True, no_network=True)


@dataclass(frozen=True, eq=False)
class Page:
    """A page as its readers see it."""

    url: str
    text: str  # the markup, or a list service's JSON or XML, decoded

    @cached_property
    def root(self) -> HtmlElement:
        """The tree of the markup.

        Raises:
            PageUnreadable: it is nested deeper than can be read. Cure: report the page.
        """
        root = self._parsed()
        if _IS_TOO_DEEP(root):
            raise PageUnreadable(self.url, f"the markup is nested deeper than {_DEEPEST} levels; what lies below would be lost")
        return root

    def _parsed(self) -> HtmlElement:
        whole = _INVALID.sub("", _XML_DECLARATION.sub("", _without_early_end(self.text)))
        # Parsed from UTF-8 bytes: libxml2 would otherwise believe a <meta charset> that no longer holds.
        try:
            return html.document_fromstring((whole or "<html></html>").encode("utf-8", "replace"), parser=_PARSER)
        except etree.ParserError:  # nothing but a comment: an empty page, which its readers will not know
            return html.document_fromstring("<html></html>")

    def lines(self) -> Iterator[Line]:
        """The lines that a reader of the whole page sees, one by one. Each is made once, however many ask for them."""
        made, walk = self._lines_made, self._walk
        position = 0
        while True:
            if position == len(made):
                line = next(walk, None)
                if line is None:
                    return
                made.append(line)
            yield made[position]
            position += 1

    @cached_property
    def _lines_made(self) -> list[Line]:
        return []

    @cached_property
    def _walk(self) -> Iterator[Line]:
        return lines_of(self.root)

    @property
    def is_markup(self) -> bool:
        """Whether this is a page; list services answer in JSON."""
        return self.text[:200].lstrip("\ufeff \t\r\n")[:1] not in {"{", "["}

    def absolute(self, href: str) -> str | None:
        """`href` as a full http(s) address, or None where it is no such thing (javascript:, mailto:, data: …)."""
        try:
            url = urljoin(self.base_url, href.strip())
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port  # a port that is no number is an error of its own
        except ValueError:
            return None
        is_plain = parts.scheme in {"http", "https"} and host and _HOST.fullmatch(host) and len(url) <= _LONGEST_ADDRESS
        return url if is_plain else None

    @cached_property
    def base_url(self) -> str:
        """Where relative addresses start: `<base href>`, else the page's own address."""
        if not self.is_markup or "<base" not in self.text.lower():
            return self.url
        for href in self.root.xpath("//base[1]/@href"):
            return urljoin(self.url, str(href))
        return self.url


def read_page(url: str, body: bytes) -> Page:
    """Decode and parse a page.

    Args:
        url: the address the page came from (after redirects).
        body: its bytes, already decompressed.
    """
    return parse_page(url, decode(body))


def parse_page(url: str, text: str) -> Page:
    """A page whose markup is already text."""
    return Page(url=url, text=text)


def decode(body: bytes) -> str:
    """The text of a page's bytes.

    BOM, else strict UTF-8, else strict GB18030, else whichever of the two leaves fewer replacement characters. Labels in
    headers and markup are not asked: on Chinese government pages they are wrong too often (15 of 15 hard cases right
    this way, 8 of 15 by the labels; measured on about 100 real pages).
    """
    for mark, charset in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    for charset in ("utf-8", "gb18030"):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    return min((body.decode(charset, "replace") for charset in ("utf-8", "gb18030")), key=lambda text: text.count("\ufffd"))


def _without_early_end(text: str) -> str:
    """Drop all but the last </body> and </html>: templates close them in mid-page, and libxml2 then loses the article."""
    ends = list(_CLOSING.finditer(text))
    last = {match.group(1).lower(): match.start() for match in ends}
    kept, position = [], 0
    for match in ends:
        if last[match.group(1).lower()] != match.start():
            kept.append(text[position : match.start()])
            position = match.end()
    return "".join([*kept, text[position:]])
