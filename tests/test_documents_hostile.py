"""Bad documents: cut off, encrypted, scanned, bombs, entities, lies. Each is an answer with a note; none is taken for a whole one."""

from __future__ import annotations

import ctypes
import os
import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from crawler.clean.documents import DocumentState, DocumentText, read_document
from crawler.clean.errors import ReadingCrashed
from crawler.clean.pool import CleanPool
from crawler.demo.pdf import pdf_of
from tests.documents import stored
from tests.documents.measured import MIB, read_and_measure, unparsed
from tests.documents.ofds import NEW, lines_of, ofd_parts
from tests.documents.pdfs import encrypted_pdf, pdf_pages
from tests.documents.zips import (
    SHEET,
    docx_of,
    in_zip64,
    lying_zip,
    overlapping,
    paragraphs,
    raw_zip,
    with_flag,
    xlsx_of,
    zip_of,
)

# F081


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("name", ["notice.pdf", "notice.docx", "sheet.xlsx", "sheet.ods", "notice.rtf"])
def test_f081_a_file_that_was_cut_off_is_unparsed_and_not_half_a_report(name: str, share: float) -> None:
    body = stored(name)
    assert "cut off" in unparsed(body[: int(share * len(body))])


@pytest.mark.parametrize("name", ["notice.doc", "sheet.xls"])
def test_f081_an_ole2_file_that_was_cut_off_is_unparsed(name: str) -> None:
    body = stored(name)
    assert "could not be read" in unparsed(body[: len(body) // 2])
    missing_end = read_document(body[:-100])
    assert (missing_end.kind, missing_end.state) == (name[-3:], DocumentState.UNPARSED), "its streams' names can still be seen"


def test_f081_a_linearized_pdf_that_was_cut_off_is_known_by_the_length_it_says() -> None:
    body = pdf_of(["文"]).replace(b"1 0 obj\n<<", b"1 0 obj\n<< /Linearized 1 /L 99999", 1)
    assert "99,999" in unparsed(body)


# F082


def test_f082_what_is_encrypted_says_so() -> None:
    doc = bytearray(stored("notice.doc"))
    doc[doc.find(b"\xec\xa5") + 11] |= 1
    ooxml = renamed_stream(stored("notice.doc"), "WordDocument", "EncryptedPackage")
    bodies = {"pdf": encrypted_pdf(), "doc": bytes(doc), "ole2": ooxml, "docx": with_flag(docx_of(paragraphs("文")), 1)}
    for kind, body in bodies.items():
        read = read_document(body)
        assert (read.kind, read.state, read.lines) == (kind, DocumentState.ENCRYPTED, ())
        assert "ask the bureau" in read.note


def renamed_stream(body: bytes, name: str, other: str) -> bytes:
    """An OLE2 file with a stream under another name."""
    at = body.find(name.encode("utf-16-le") + b"\0\0")
    changed = bytearray(body)
    changed[at : at + 64] = other.encode("utf-16-le").ljust(64, b"\0")
    changed[at + 64 : at + 66] = struct.pack("<H", 2 * len(other) + 2)
    return bytes(changed)


def test_f082_an_encrypted_workbook_says_so() -> None:
    body = bytearray(stored("sheet.xls"))
    begin = body.find(
        b"\x09\x08\x10\x00\x00\x06\x05\x00"
    )  # BOF of the workbook; FILEPASS takes the place of the record after it
    size = struct.unpack_from("<H", body, begin + 2)[0]
    struct.pack_into("<H", body, begin + 4 + size, 0x2F)
    assert read_document(bytes(body)).state is DocumentState.ENCRYPTED


# F083


def test_f083_a_scan_needs_ocr_and_a_mixed_file_names_its_pages() -> None:
    scan = read_document(pdf_pages([[], []]))
    assert (scan.state, scan.lines) == (DocumentState.NEEDS_OCR, ())
    assert "OCR" in scan.note
    mixed = read_document(pdf_pages([[(72, 700, "有字")], [], [(72, 700, "也有字")], []]))
    assert (mixed.state, mixed.lines) == (DocumentState.PARTIAL, ("有字", "也有字"))
    assert "page 2, 4 has no text" in mixed.note


# F084 and P3


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


async def test_f084_a_bomb_in_one_part_is_refused_before_it_is_unpacked(pool: CleanPool) -> None:
    bomb = docx_of(f"<w:p><w:r><w:t>{'甲' * (40 * MIB)}</w:t></w:r></w:p>")
    assert len(bomb) < 2 * MIB
    read, grown = await pool.run(read_and_measure, bomb)
    assert read.state is DocumentState.UNPARSED
    assert "zip bomb" in read.note
    assert grown < 60 * MIB


async def test_f084_many_parts_are_refused_before_200_mb_in_all(pool: CleanPool) -> None:
    noise = "".join(os.urandom(20).hex() + " " * 4_000 for _ in range(2_000))  # no single part is a bomb
    page = f"<Page xmlns='x'><Content/><!--{noise}--></Page>".encode()
    assert len(page) / len(deflated(page)) < 150
    body = zip_of({name: page if name.endswith("Content.xml") else content for name, content in ofd_parts([""] * 30).items()})
    read, grown = await pool.run(read_and_measure, body)
    assert read.state is DocumentState.UNPARSED
    assert "200,000,000" in read.note
    assert grown < 300 * MIB


def test_f084_zips_inside_zips_are_listed_and_not_opened() -> None:
    inner = zip_of({"0": b"\0" * MIB})
    for _ in range(5):
        inner = zip_of({f"lib {number}.zip": inner for number in range(4)})
    read = read_document(inner)
    assert (read.state, len(read.lines)) == (DocumentState.LISTING, 4)


def test_f084_overlapping_members_are_refused() -> None:
    assert "overlap" in unparsed(overlapping(docx_of(paragraphs("文"))))


def test_f084_too_many_members_are_refused_and_in_an_archive_cut() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        for number in range(65_536):
            written.writestr(zipfile.ZipInfo(f"word/{number}"), b"")
    archive = read_document(packed.getvalue())
    assert (archive.state, len(archive.lines)) == (DocumentState.PARTIAL, 5_000)
    with zipfile.ZipFile(packed, "a") as written:
        written.writestr("[Content_Types].xml", b"")
    document = bytearray(packed.getvalue())
    types = document.find(b"[Content_Types].xml", document.find(b"PK\1\2"))
    assert types > 0
    assert read_document(bytes(document)).state is DocumentState.PARTIAL, "what comes after 5,000 members is not looked at"
    first = zip_with_first("[Content_Types].xml", 5_001)
    assert "5,000 zip members" in unparsed(first)


def zip_with_first(name: str, count: int) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        written.writestr(name, b"")
        for number in range(count):
            written.writestr(zipfile.ZipInfo(f"word/{number}"), b"")
    return packed.getvalue()


@pytest.mark.parametrize("claimed", [1, 10, 10**9])
def test_f084_a_size_that_lies_is_not_believed(claimed: int) -> None:
    document = f"<document xmlns='x'><body><p><r><t>{'文' * 500}</t></r></p></body></document>".encode()
    members = [("[Content_Types].xml", b""), ("word/document.xml", document)]
    body = raw_zip([(name, deflated(content), claimed if content else 0, zlib.crc32(content)) for name, content in members])
    assert "checksum or size" in unparsed(body)
    assert "bytes" in read_document(lying_zip("a.txt", b"x", claimed)).lines[0], "a listing only tells what is claimed"


def test_f084_a_name_that_leads_out_of_the_zip_is_refused() -> None:
    for name in ("../../etc/cron.d/x", "/etc/passwd", "C:/x", "..\\..\\x"):
        assert "leads out" in unparsed(docx_of(paragraphs("文"), {name: "x"}))


def test_f084_a_part_that_is_there_twice_is_refused() -> None:
    packed = BytesIO(docx_of(paragraphs("先")))
    with zipfile.ZipFile(packed, "a") as written, pytest.warns(UserWarning, match="Duplicate"):
        written.writestr("word/document.xml", "<x/>")
    assert "2 times" in unparsed(packed.getvalue())


def test_f084_an_honest_zip64_is_read() -> None:
    assert read_document(in_zip64(docx_of(paragraphs("文")))).lines == ("文",)


# F085


def crash(_: bytes) -> DocumentText:
    """What a parser's fault in native code does."""
    ctypes.string_at(0)
    raise AssertionError


def exhaust(_: bytes) -> DocumentText:
    return read_document(b"%PDF-" + bytes(4096 * MIB))


async def test_f085_a_parser_that_crashes_or_eats_memory_ends_its_child_alone(pool: CleanPool) -> None:
    body = pdf_of(["文"])
    for fault in (crash, exhaust):
        with pytest.raises(ReadingCrashed):
            await pool.run(fault, body)
    read = await pool.run(read_document, body)
    assert read.lines == ("文",)
    assert read.reader.startswith("pypdfium2 ")


# P4

LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
ATTACKS = {
    "laughs": (LAUGHS, "&c;"),
    "a file": ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
    "the network": ('<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>', "&e;"),
    "a parameter": ('<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>', "x"),
    "an outer type": ('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', "x"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_p4_a_document_type_is_refused_in_every_part_that_is_read(attack: str) -> None:
    head, used = ATTACKS[attack]
    page = f'{head}<ofd:Page xmlns:ofd="{NEW}"><ofd:Content>{lines_of(used)}</ofd:Content></ofd:Page>'
    content = ofd_parts([""])
    content["Doc_0/Pages/Page_0/Content.xml"] = page
    bodies = [
        docx_of(paragraphs(used), head=head),
        zip_of(ofd_parts([lines_of("文")], head=head)),
        zip_of(content),
        xlsx_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', f"<si><t>{used}</t></si>", shared_head=head),
    ]
    for body in bodies:
        assert "document type" in unparsed(body)


def test_p4_a_document_type_in_utf_16_is_refused_too() -> None:
    part = f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<sst xmlns="{SHEET}"><si><t>&c;</t></si></sst>'.encode("utf-16")
    whole = xlsx_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    with zipfile.ZipFile(BytesIO(whole)) as parts:
        changed = {name: parts.read(name) for name in parts.namelist()}
    assert "document type" in unparsed(zip_of({**changed, "xl/sharedStrings.xml": part}))


@pytest.mark.parametrize("depth", [300, 10_000])
def test_p9_nesting_over_the_limit_of_the_parser_is_said_and_not_cut(depth: int) -> None:
    deep = "<w:sdt>" * depth + paragraphs("深") + "</w:sdt>" * depth
    assert "no well-formed XML" in unparsed(docx_of(deep))
