"""Reads the text of RTF files: paragraphs and table rows. Leaves out headers, notes and pictures; knows no more of RTF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawler.clean.documents.document_text import Capped, DocumentBroken, Read
from crawler.clean.documents.table_rows import row_lines

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|(?P<bytes>(?:\\'[0-9A-Fa-f]{2}){1,4000})|\\(?P<symbol>[^A-Za-z])"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\"
)
_NOT_SHOWN = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf fldinst "  # noqa: SIM905  reads as a list
    "listtable listoverridetable rsidtbl generator themedata colorschememapping datastore latentstyles xmlnstbl "
    "footnote annotation atnid atnauthor bkmkstart bkmkend datafield nonshppict pgdsctbl filetbl revtbl".split()
)
_WRITTEN = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
}
_NOT_READ = {b"\\footnote": "the footnotes", b"\\shptxt": "the text boxes"}
_SYMBOLS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}"}
_LINE_ENDS = frozenset({"par", "line", "sect", "page"})
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 204: "cp1251", 161: "cp1253"}  # of \fcharset
_CODE_PAGES = {936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", 65001: "utf-8"}
_DEEPEST = 5_000  # groups in groups


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group."""

    is_shown: bool = True
    skips_after_unicode: int = 1  # \uc
    font: int = -1
    is_in_table: bool = False


def read_rtf(body: bytes) -> Read:
    """The lines of an RTF file.

    Args:
        body: the file.

    Raises:
        DocumentBroken: groups in groups without end, or the file ends inside one: it was cut off.
    """
    writer = _Writer(_font_charsets(body), _code_page(body))
    kept = Capped()
    kept.extend(writer.lines(body.decode("latin-1")))
    missing = tuple(name for word, name in _NOT_READ.items() if word in body)
    return Read(tuple(kept.lines), (*missing, *kept.missing), has_pictures=b"\\pict" in body)


def _code_page(body: bytes) -> str:
    found = re.search(rb"\\ansicpg(\d{1,5})", body[:4096])
    number = int(found[1]) if found else 1252
    return _CODE_PAGES.get(number, "cp1252")


def _font_charsets(body: bytes) -> dict[int, str]:
    """The encoding of each font that has one of its own."""
    start = body.find(b"\\fonttbl")
    found = re.findall(rb"\\f(\d{1,5})\b[^{};]{0,80}?\\fcharset(\d{1,3})", body[start : start + 200_000]) if start >= 0 else []
    return {int(font): _CHARSETS[int(charset)] for font, charset in found if int(charset) in _CHARSETS}


class _Writer:
    """Walks the tokens and gathers what is shown."""

    def __init__(self, charsets: dict[int, str], code_page: str) -> None:
        self._charsets = charsets
        self._code_page = code_page
        self._state = _State()
        self._outer: list[_State] = []
        self._parts: list[str] = []
        self._bytes = bytearray()
        self._to_skip = 0
        self._cell: list[str] = []
        self._cells: list[list[str]] = []

    def lines(self, markup: str) -> Iterator[str]:
        at = 0
        while match := _TOKEN.match(markup, at):
            at = match.end()
            if match["word"]:
                number = int(match["number"]) if match["number"] else None
                if match["word"] == "bin":
                    at += max(number or 0, 0)
                yield from self._control(match["word"], number)
            elif match["brace"]:
                self._group(opens=match["brace"] == "{")
                if not self._outer:
                    break
            else:
                self._character(match)
        if self._outer:
            raise DocumentBroken("the RTF ends inside a group: the file was cut off")
        yield from self._row()

    def _group(self, *, opens: bool) -> None:
        self._flush()
        if opens:
            self._outer.append(self._state)
            if len(self._outer) > _DEEPEST:
                raise DocumentBroken(f"more than {_DEEPEST:,} groups in groups, which is refused")
        elif self._outer:
            self._state = self._outer.pop()

    def _character(self, match: re.Match[str]) -> None:
        if match["symbol"] == "*":
            self._state = replace(self._state, is_shown=False)
        if not self._state.is_shown:
            return
        if match["bytes"]:
            written = bytes.fromhex(match["bytes"].replace("\\'", ""))
        else:  # the second half of a double byte may be written as a plain character
            written = (match["text"] or _SYMBOLS.get(match["symbol"] or "", "")).encode("latin-1")
        skipped, self._to_skip = self._to_skip, max(self._to_skip - len(written), 0)
        self._bytes += written[skipped:]

    def _control(self, word: str, number: int | None) -> tuple[str, ...]:
        if word in _NOT_SHOWN:
            self._state = replace(self._state, is_shown=False)
        elif word == "uc":
            self._state = replace(self._state, skips_after_unicode=min(max(number or 0, 0), 8))
        elif word == "u" and number is not None and self._state.is_shown:
            self._write(chr(number % 0x10000))
            self._to_skip = self._state.skips_after_unicode
        elif word in {"f", "plain"}:
            self._flush()
            self._state = replace(self._state, font=number if word == "f" and number is not None else -1)
        elif word in {"pard", "intbl"}:
            self._state = replace(self._state, is_in_table=word == "intbl")
        elif self._state.is_shown:
            return self._shown_control(word)
        return ()

    def _shown_control(self, word: str) -> tuple[str, ...]:
        if word in _WRITTEN:
            self._write(_WRITTEN[word])
        elif word in _LINE_ENDS:
            self._cell.append(self._taken())
            return () if self._state.is_in_table else self._row()
        elif word in {"cell", "nestcell"}:
            self._cells.append([*self._cell, self._taken()])
            self._cell = []
        elif word in {"row", "nestrow"}:
            return self._row()
        return ()

    def _row(self) -> tuple[str, ...]:
        lines = (*row_lines(self._cells), *self._cell, self._taken())
        self._cell, self._cells = [], []
        return lines

    def _write(self, text: str) -> None:
        self._flush()
        self._to_skip = 0
        self._parts.append(text)

    def _flush(self) -> None:
        if self._bytes:
            charset = self._charsets.get(self._state.font, self._code_page)
            self._parts.append(self._bytes.decode(charset, "replace"))
            self._bytes.clear()

    def _taken(self) -> str:
        """The text of the line so far, with its surrogates paired."""
        self._flush()
        text = "".join(self._parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._parts.clear()
        return text
