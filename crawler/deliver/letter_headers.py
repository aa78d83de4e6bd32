"""How a letter's headers are folded. The library's own folding breaks ids, and loses or adds spaces between encoded words."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy
from functools import cache

_WORD = 45  # bytes of text in an encoded word, 60 characters of base64: RFC 2047 allows 75 with what stands around them
_LINE = 76  # characters of a line that needs no folding


@cache
def letter_policy() -> Policy:
    """The policy of messages: lines end in CRLF, ids stay as they are, a subject comes back as it was written."""
    registry = HeaderRegistry()
    registry.map_to_type("subject", _Worded)
    for name in ("message-id", "in-reply-to", "references", "list-id", "list-unsubscribe"):
        registry.map_to_type(name, _Verbatim)
    return SMTP.clone(header_factory=registry)


class _Verbatim(UnstructuredHeader, BaseHeader):
    """A header of ids. The library turns an id of more than a line into encoded words, which are no id."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Worded(UnstructuredHeader, BaseHeader):
    """A line of text, in encoded words where it is not plain. A reader drops what stands between two of these."""

    def fold(self, *, policy: Policy) -> str:
        text = str(self)
        if text.isascii() and len(text) + len(self.name) + 2 <= _LINE:
            return f"{self.name}: {text}{policy.linesep}"
        words = (f"=?utf-8?b?{b64encode(piece).decode('ascii')}?=" for piece in _pieces(text))
        return f"{self.name}: {f'{policy.linesep} '.join(words)}{policy.linesep}"


def _pieces(text: str) -> Iterator[bytes]:
    """The text in UTF-8, in pieces that end between characters."""
    piece = b""
    for character in text:
        encoded = character.encode()
        if len(piece) + len(encoded) > _WORD:
            yield piece
            piece = b""
        piece += encoded
    yield piece
