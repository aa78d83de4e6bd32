"""Mutated pages: every reader answers or says that the page is unreadable, and nothing else comes out of it.

BUREAUWATCH_FUZZ sets the number of mutants (default 150; `make fuzz` takes 10,000); a mutant's seed is its number.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.frames import FRAMES, framed
from benchmarks.manuscripts import manuscripts
from crawler.clean.errors import ReadingCrashed, ReadingTimedOut
from crawler.clean.extract import clean_page
from crawler.clean.pool import CleanPool
from spiders.attachments import attachment_links
from spiders.failures import VisitError
from spiders.metadata import read_metadata
from spiders.page import read_page
from spiders.page_readers import read_listing, read_report

URL = "https://sfj.example.gov.cn/a/20190412/1.html"
MUTANTS = int(os.environ.get("BUREAUWATCH_FUZZ", "150"))
SHARDS = 6
FIXTURES = sorted((Path(__file__).parent / "families").rglob("*.*ml"))
TAG = re.compile(rb"<[^<>]{1,200}>")
JUNK = (
    b"&#0;", b"&#xD800;", b"&#x10FFFF;", b"&amp", b"&#99999999;", b"\x00", b"\xff\xfe", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!doctype x [", b"\xe2\x80\xae",
    b"<plaintext>", b"<frameset>", b"<textarea>", b"<script>", b"</script>", b"<base href='//['>", b"<base href='javascript:1'>", b"<a href='http://[::1'>x</a>",
    b"<a href='//x.gov.cn:99999999/a.pdf'>x</a>", b"<tr>", b"<td rowspan=99999999999>", b"</body></html>", b"<html>", b"<svg><math>", b"\xa1\xa1\x81\x30",
    b"2024-99-99", "来源：".encode(), "发布时间：9999年12月31日".encode(), "第99999999999999999999页".encode(), b"createPageHTML(99999999999999999999,0,'index','html')",
)  # fmt: skip

Mutation = Callable[[bytes, random.Random], bytes]


def _without_tags(body: bytes, chance: random.Random) -> bytes:
    return TAG.sub(lambda found: b"" if chance.random() < 0.1 else found.group(), body)


def _with_attributes(body: bytes, chance: random.Random) -> bytes:
    extra = b" ".join(b"a%d='%d'" % (number, number) for number in range(chance.randint(1, 300)))
    return TAG.sub(lambda found: found.group()[:-1] + b" " + extra + b">" if chance.random() < 0.01 else found.group(), body)


def _cut(body: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.choices(range(len(body) + 1), k=2))
    return body[:first] + body[last:]


def _spliced(body: bytes, chance: random.Random) -> bytes:
    other = _original(chance)
    return body[: chance.randrange(len(body) + 1)] + other[chance.randrange(len(other) + 1) :]


def _littered(body: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(body) + 1)
        body = body[:at] + chance.choice(JUNK) + body[at:]
    return body


def _recoded(body: bytes, chance: random.Random) -> bytes:
    return body.decode("utf-8", "replace").encode(
        chance.choice(("gb18030", "utf-16", "utf-16-be", "big5", "latin-1", "utf-7")), "replace"
    )


def _repeated(body: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.choices(range(len(body) + 1), k=2))
    piece = body[first : min(last, first + 2_000)]
    return body[:first] + piece * chance.randint(2, 60) + body[first:]


def _deepened(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return (
        body[:at]
        + chance.choice((b"<div>", b"<b>", b"<table><tr><td>", b"<ul><li>", b"<a href=#>")) * chance.randint(10, 400)
        + body[at:]
    )


def _flipped(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.randint(1, 200)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


MUTATIONS: tuple[Mutation, ...] = (
    _without_tags, _with_attributes, _cut, _spliced, _littered, _recoded, _repeated, _deepened, _flipped,
)  # fmt: skip
MANUSCRIPTS = manuscripts()


def _original(chance: random.Random) -> bytes:
    if chance.random() < 0.5 and FIXTURES:
        return chance.choice(FIXTURES).read_bytes() or b" "
    return framed(chance.randrange(FRAMES), chance.choice(MANUSCRIPTS)).encode()


def mutant(number: int) -> bytes:
    chance = random.Random(number)
    body = _original(chance)
    for mutation in chance.choices(MUTATIONS, k=chance.randint(1, 3)):
        body = mutation(body, chance) or b" "
    return body


def read_every_way(body: bytes) -> None:
    """Raises whatever is no VisitError."""
    readers: tuple[Callable[[], object], ...] = (
        lambda: read_metadata(read_page(URL, body)),
        lambda: attachment_links(read_page(URL, body), None),
        lambda: read_listing(URL, body, None),
        lambda: read_report(URL, body, None),
        lambda: "".join(clean_page(URL, body, None).body).encode(),
    )
    for reader in readers:
        try:
            reader()
        except VisitError:
            continue


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_mutated_page_is_read_or_unreadable_and_nothing_else(shard: int) -> None:
    for number in range(shard, MUTANTS, SHARDS):
        try:
            read_every_way(mutant(number))
        except Exception as error:
            error.add_note(f"mutant {number}")
            raise


async def test_mutated_pages_never_reach_the_parent_of_the_reading_processes() -> None:
    pool = CleanPool(lanes=1)
    try:
        for number in range(MUTANTS, MUTANTS + max(20, MUTANTS // 20)):
            try:
                await pool.run(read_every_way, mutant(number))
            except (ReadingTimedOut, ReadingCrashed) as error:
                error.add_note(f"mutant {number}")
                raise
    finally:
        await pool.close()
