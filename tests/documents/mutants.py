"""Good documents, one for each parser, and seeded ways of spoiling them."""

from __future__ import annotations

import random
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO

from crawler.clean.documents import read_document
from tests.documents import stored
from tests.documents.archives import rar4_of, rar5_of, seven_zip
from tests.documents.ofds import lines_of, ofd_of
from tests.documents.pdfs import pdf_pages
from tests.documents.zips import zip_of

MEMBERS = [("附件1.doc", 300), ("表格/附件2.xls", 70_000)]
ROWS = "<tr><td>单位</td><td>件数</td></tr>" * 5
MHT = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+vNc8L3A+\n--b--\n'
GOOD: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: pdf_pages([[(72, 700, "第一页的正文")], [], [(72, 700, "第三页")]]),
    "pdf of an office program": lambda: stored("notice.pdf"),
    "docx": lambda: stored("notice.docx"),
    "doc": lambda: stored("notice.doc"),
    "xls": lambda: stored("sheet.xls"),
    "xlsx": lambda: stored("sheet.xlsx"),
    "ods": lambda: stored("sheet.ods"),
    "ofd": lambda: ofd_of(lines_of("关于某事的通知", "各区司法局："), lines_of("第二页")),
    "html": lambda: f"<html><body><p>前言</p><table>{ROWS}</table></body></html>".encode("gb18030"),
    "mht": MHT.encode,
    "rtf": lambda: stored("notice.rtf"),
    "txt": lambda: "第一行\r\n第二行\r\n".encode("gb18030") * 20,
    "zip": lambda: zip_of({"附件/一览表.xls": b"x" * 500, "说明.txt": "说明"}),
    "rar4": lambda: rar4_of(MEMBERS),
    "rar5": lambda: rar5_of(MEMBERS),
    "7z": seven_zip,
}
ZIPPED = {"docx", "xlsx", "ods", "ofd"}
_WORDS = (
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\0\0\0\0",
    b"\1\0\0\0",
    b"\0\0\0\x80",
    b"99999999999",
    b"-1",
    b"<",
    b"]]>",
    b"(",
    b"{",
)


def mutant(parser: str, number: int, seed: int) -> bytes:
    """A spoiled copy of the parser's good file; the same for the same arguments.

    Half of the copies of a document that is a zip have a part spoiled inside a zip that is whole: otherwise none would get
    past the checksums.
    """
    chance = random.Random(f"{parser} {number} {seed}")
    body = _good(parser)
    if parser in ZIPPED and number % 2:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        spoiled = chance.choice([name for name in parts if parts[name].strip()])
        return zip_of({**parts, spoiled: _spoiled(parts[spoiled], chance)})
    return _spoiled(body, chance)


def read_mutants(parser: str, first: int, count: int, seed: int) -> Counter[str]:
    """In a child: how many mutants came to which state."""
    return Counter(read_document(mutant(parser, number, seed)).state.value for number in range(first, first + count))


@cache
def _good(parser: str) -> bytes:
    return GOOD[parser]()


def _spoiled(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        chance.choice((_flip, _flip, _overwrite, _cut, _insert, _splice, _swap))(changed, chance)
    return bytes(changed)


def _flip(body: bytearray, chance: random.Random) -> None:
    if body:
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)


def _overwrite(body: bytearray, chance: random.Random) -> None:
    """A length, an offset or a count that is not so."""
    at, word = chance.randrange(len(body) + 1), chance.choice(_WORDS)
    body[at : at + len(word)] = word


def _cut(body: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(body) + 1)
    del body[at : at + (len(body) if chance.random() < 0.2 else chance.randrange(1, 200))]


def _insert(body: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(body) + 1)
    body[at:at] = chance.choice(_WORDS) * chance.choice((1, 1, 3, 100))


def _splice(body: bytearray, chance: random.Random) -> None:
    """A piece of the file a second time, elsewhere."""
    start, at = chance.randrange(len(body) + 1), chance.randrange(len(body) + 1)
    body[at:at] = body[start : start + chance.randrange(1, 600)]


def _swap(body: bytearray, chance: random.Random) -> None:
    size = chance.choice((4, 64, 512))
    first, second = chance.randrange(len(body) + 1), chance.randrange(len(body) + 1)
    if abs(first - second) >= size and max(first, second) + size <= len(body):
        body[first : first + size], body[second : second + size] = body[second : second + size], body[first : first + size]
