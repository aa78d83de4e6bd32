"""Finds the name of a downloaded file in headers, address or link, and makes it safe. Opens and writes no file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

from spiders.page import decode

_LONGEST = 120  # characters
_MOST_BYTES = 200  # in UTF-8; file systems take 255, and a store may put a number before the name
_LONGEST_HEADER = 8_000  # characters; servers send no longer ones
_LONGEST_EXTENSION = 10  # characters, with its dot
_PARAMETER = re.compile(r";?\s{0,20}([A-Za-z][\w*-]{0,40})\s{0,20}=\s{0,20}(\"(?:[^\"\\]|\\.)*\"|[^;]*)")
_EXTENDED = re.compile(r"([\w-]{1,30})'[\w-]{0,20}'(.*)", re.DOTALL)
_ENCODED_WORD = re.compile(r"=\?[\w-]{1,30}\?[bqBQ]\?[^?]{0,2000}\?=")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_NAMING_PARAMETERS = ("filename", "file_name", "filenames", "name", "file", "title")
_EXTENSION = re.compile(r"\.[0-9A-Za-z]{1,9}")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
"""Names that Windows keeps for itself, with any extension (Microsoft: Naming Files, Paths, and Namespaces)."""


def file_name(headers: Sequence[tuple[str, str]], url: str, link_text: str, kind: str) -> str:
    """A safe name for a downloaded file: what the server calls it, else what its address or its link does.

    Args:
        headers: of the response, their values decoded as Latin-1, as HTTP libraries do.
        url: the address it came from.
        link_text: what the link to it said.
        kind: by `sniff`; the extension where there is no name at all.

    Returns:
        One path part: at most 120 characters and 200 bytes in UTF-8, without control, direction-changing and invisible
        characters, and no name that Windows keeps for itself.
    """
    said = next((value for name, value in headers if name.lower() == "content-disposition"), "")
    for name in (_disposed(said[:_LONGEST_HEADER]), _addressed(url), link_text):
        safe = _safe(name)
        if safe:
            return safe
    return f"file.{kind}"


def _disposed(header: str) -> str:
    """The name in a Content-Disposition header (RFC 6266), however its server encodes it; "" where there is none."""
    found: dict[str, str] = {}
    for match in _PARAMETER.finditer(header):
        found.setdefault(match[1].lower(), match[2].strip())
    extended = _EXTENDED.fullmatch(_unquoted(found.get("filename*", "")))
    if extended:
        try:
            return unquote_to_bytes(extended[2].encode("latin-1", "replace")).decode(extended[1])
        except (LookupError, UnicodeDecodeError):  # a wrong or unknown charset: by its bytes, as without one
            return decode(unquote_to_bytes(extended[2].encode("latin-1", "replace")))
    return _decoded(_unquoted(found.get("filename", "") or found.get("name", "") or found.get("filename*", "")))


def _unquoted(value: str) -> str:
    if len(value) < 2 or not value.startswith('"') or not value.endswith('"'):
        return value.strip('"')
    # A back-slash before anything but a quote or itself is a Windows path, not an escape.
    return re.sub(r'\\(["\\])', r"\1", value[1:-1])


def _decoded(value: str) -> str:
    """The plain parameter: RFC 2047 words, %-escapes, or raw bytes in UTF-8 or GB18030, all of which servers send."""
    if _ENCODED_WORD.search(value):
        try:
            pieces = decode_header(value)
        except (HeaderParseError, ValueError):
            return value
        return "".join(piece if isinstance(piece, str) else _in_charset(piece, charset) for piece, charset in pieces)
    raw = value.encode("latin-1") if all(character < "\u0100" for character in value) else value.encode()
    return decode(unquote_to_bytes(raw) if _PERCENT.search(value) else raw)


def _in_charset(piece: bytes, charset: str | None) -> str:
    try:
        return piece.decode(charset or "ascii")
    except (LookupError, UnicodeDecodeError):
        return decode(piece)


def _addressed(url: str) -> str:
    """The name in an address: a parameter that has an extension, else the end of the path if that has one."""
    try:
        parts = urlsplit(url)
        asked = {key.lower(): value for key, value in parse_qsl(parts.query, encoding="latin-1")}
    except ValueError:
        return ""
    for parameter in _NAMING_PARAMETERS:
        name = decode(asked.get(parameter, "").encode("latin-1", "replace"))
        if _EXTENSION.fullmatch(_split(name)[1]):
            return name
    last = parts.path.rsplit("/", 1)[-1]
    name = decode(unquote_to_bytes(last))
    return name if _EXTENSION.fullmatch(_split(name)[1]) else ""


def _safe(name: str) -> str:
    """The last part of a path, shortened and without what a file system or a reader's eye must be spared."""
    visible = "".join(" " if one.isspace() else one for one in unicodedata.normalize("NFC", name) if _is_shown(one))
    last = re.split(r"[/\\]", visible)[-1]
    cleaned = " ".join(_FORBIDDEN.sub("_", last).split()).strip(" .")
    if not cleaned.strip("_"):
        return ""
    stem, extension = _split(cleaned)
    if _DEVICES.fullmatch(cleaned.split(".")[0].strip()):
        stem = "_" + stem
    room = _LONGEST - len(extension)
    stem = stem[:room].encode()[: _MOST_BYTES - len(extension.encode())].decode(errors="ignore").rstrip(" .")
    return stem + extension


def _is_shown(character: str) -> bool:
    """Whether a character has a place in a name: no control, format (zero-width, direction), private or half one."""
    return character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs", "Cn"}


def _split(name: str) -> tuple[str, str]:
    """Stem and extension; what is too long to be an extension belongs to the stem."""
    stem, dot, extension = name.rpartition(".")
    is_extension = bool(dot and stem) and 0 < len(extension) < _LONGEST_EXTENSION and " " not in extension
    return (stem, dot + extension) if is_extension else (name, "")
