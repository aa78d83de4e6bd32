"""Takes in a page at one linear glance: its words, title, links and scripts. Builds no tree, and judges nothing."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]{0,30})")
_REFRESH = re.compile(r"http-equiv\s{0,3}=\s{0,3}[\"']?refresh\b")
_REFRESH_TO = re.compile(
    r"content\s{0,3}=\s{0,3}[\"']?\s{0,9}([0-9.]{0,9})\s{0,9}[;,]\s{0,9}url\s{0,9}=\s{0,9}[\"']?([^\"'\s>]{1,2000})"
)
_DOCUMENT_META = re.compile(r"name\s{0,3}=\s{0,3}[\"']?(articletitle|pubdate|contentsource)\b")
_RAW = frozenset(
    {"script", "style", "noscript", "title", "textarea", "template"}
)  # what stands in them are no words of the page
_SHOWS = frozenset({"iframe", "frame", "embed", "object", "img", "video", "canvas"})
_LONGEST_TAG = 3000  # characters looked at
_TO_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True)
class Glance:
    """What one glance shows."""

    title: str
    words: str  # all visible text, white space squeezed
    prose: str  # of it, what stands outside links: a menu says nothing of the page
    scripts: str  # inline ones, one below the other
    links: int
    has_script: bool
    shows: bool  # a frame, a picture: something to look at without words
    asks_password: bool
    is_document: bool  # carries the meta tags of a published document
    refresh: tuple[float, str] | None  # of a <meta http-equiv=refresh>: seconds, address


def glance(text: str) -> Glance:
    """Go through a page's markup once, from its start to its end.

    Every search begins where the last one ended, or ends the walk: a page of a million `<script>` costs what its length does.
    """
    return _Walk(text).seen()


class _Walk:
    """One way through a page."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower = text.translate(_TO_ASCII_LOWER)  # str.lower() would change the length of some letters
        self._title = ""
        self._said: list[str] = []
        self._prose: list[str] = []
        self._scripts: list[str] = []
        self._in_link = False
        self._links = 0
        self._shows = self._asks_password = self._is_document = False
        self._refresh: tuple[float, str] | None = None

    def seen(self) -> Glance:
        """Walk, and tell."""
        position = 0
        while position < len(self._text):
            opening = self._lower.find("<", position)
            self._say(self._text[position : opening if opening >= 0 else len(self._text)])
            position = self._past_tag(opening) if opening >= 0 else len(self._text)
        return Glance(
            title=self._title,
            words=_squeezed(self._said),
            prose=_squeezed(self._prose),
            scripts="\n".join(self._scripts),
            links=self._links,
            has_script=bool(self._scripts),
            shows=self._shows,
            asks_password=self._asks_password,
            is_document=self._is_document,
            refresh=self._refresh,
        )

    def _past_tag(self, opening: int) -> int:
        """Note what a tag tells; return where the text behind it begins."""
        if self._lower.startswith("<!--", opening):
            return self._behind("-->", opening + 4)
        tag = _TAG.match(self._lower, opening)
        if tag is None:
            if self._lower[opening + 1 : opening + 2] in {"!", "?"}:
                return self._behind(">", opening)
            self._say("<")
            return opening + 1
        closing = self._behind(">", opening)
        is_end, name = bool(tag[1]), tag[2]
        if not is_end and name in _RAW:
            return self._past_raw(name, closing)
        if name == "a":
            self._in_link = not is_end
            self._links += not is_end
        elif not is_end:
            self._note(name, opening, min(closing, opening + _LONGEST_TAG))
        self._say(" ")
        return closing

    def _past_raw(self, name: str, start: int) -> int:
        end = self._lower.find(f"</{name}", start)
        inside = self._text[start : end if end >= 0 else len(self._text)]
        if name == "script":
            self._scripts.append(inside)
        elif name == "title" and not self._title:
            self._title = _squeezed([inside[:2000]])
        return self._behind(">", end) if end >= 0 else len(self._text)

    def _note(self, name: str, start: int, end: int) -> None:
        if name in _SHOWS:
            self._shows = True
        elif name == "input":
            self._asks_password = self._asks_password or "password" in self._lower[start:end]
        elif name == "meta":
            lower = self._lower[start:end]
            self._is_document = self._is_document or bool(_DOCUMENT_META.search(lower))
            found = _REFRESH_TO.search(lower) if self._refresh is None and _REFRESH.search(lower) else None
            if found is not None:
                address = html.unescape(self._text[start + found.start(2) : start + found.end(2)])
                self._refresh = (_seconds(found[1]), address)

    def _say(self, said: str) -> None:
        self._said.append(said)
        if not self._in_link:
            self._prose.append(said)

    def _behind(self, mark: str, start: int) -> int:
        found = self._lower.find(mark, start)
        return found + len(mark) if found >= 0 else len(self._text)


def _seconds(spelled: str) -> float:
    try:
        return float(spelled or 0)
    except ValueError:
        return 0.0


def _squeezed(parts: list[str]) -> str:
    return " ".join(html.unescape("".join(parts)).split())
