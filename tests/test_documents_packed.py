"""What a packed attachment is said to hold: its members' names and sizes, whatever encoding or archive they are in."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from crawler.clean.documents import DocumentState, read_document
from tests.documents.archives import rar4_of, rar4_with_unicode, rar5_of, seven_zip


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_zip_is_listed_with_its_names_in_either_encoding(charset: str) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        written.writestr(zipfile.ZipInfo("placeholder"), "内容")
    read = read_document(renamed(packed.getvalue(), "附件/一览表.xls".encode(charset)))
    assert (read.kind, read.state, read.lines) == ("zip", DocumentState.LISTING, ("附件/一览表.xls | 6 bytes",))


def renamed(body: bytes, name: bytes) -> bytes:
    """A zip of one member with another name, without the flag that says UTF-8."""
    changed = body.replace(b"placeholder", name)
    local, central, end = changed.find(b"PK\3\4"), changed.find(b"PK\1\2"), changed.find(b"PK\5\6")
    mended = bytearray(changed)
    mended[local + 26] = mended[central + 28] = len(name)
    mended[end + 12 : end + 20] = (end - central).to_bytes(4, "little") + central.to_bytes(4, "little")
    return bytes(mended)


MEMBERS = [("附件1.doc", 300), ("表格/附件2.xls", 70_000)]
LISTED = ("附件1.doc | 300 bytes", "表格/附件2.xls | 70000 bytes")


@pytest.mark.parametrize("body", [rar4_of(MEMBERS), rar5_of(MEMBERS)], ids=["rar4", "rar5"])
def test_a_rar_is_listed(body: bytes) -> None:
    read = read_document(body)
    assert (read.kind, read.state, read.lines, read.note) == ("rar", DocumentState.LISTING, LISTED, "")
    cut = read_document(body[:-12])
    assert (cut.state, cut.lines) == (DocumentState.PARTIAL, LISTED)


@pytest.mark.parametrize("body", [rar4_of(MEMBERS, hides_names=True), rar5_of(MEMBERS, hides_names=True)], ids=["rar4", "rar5"])
def test_a_rar_that_hides_its_names_is_encrypted(body: bytes) -> None:
    assert read_document(body).state is DocumentState.ENCRYPTED


def test_a_name_that_rar_3_packs_is_unpacked() -> None:
    # 附 (U+9644) and 件 (U+4EF6) as two bytes each, then ".doc" taken over from the plain name
    packed = bytes([0x00, 0b10_10_11_00, 0x44, 0x96, 0xF6, 0x4E, 0x02])
    assert read_document(rar4_with_unicode(b"xx.doc", packed, 9)).lines == ("附件.doc | 9 bytes",)


def test_a_7z_says_that_it_is_not_listed() -> None:
    read = read_document(seven_zip())
    assert (read.kind, read.state) == ("7z", DocumentState.UNPARSED)
    assert "packed" in read.note
    assert "cut off" in read_document(seven_zip()[:-1]).note
