"""Zip files, honest and not."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zip_of(parts: Mapping[str, str | bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED  # as OpenDocument asks for
            written.writestr(zipfile.ZipInfo(name), content, how)
    return packed.getvalue()


def docx_of(body: str, more: Mapping[str, str | bytes] | None = None, head: str = "") -> bytes:
    """A docx whose body holds this markup; `w:`, `mc:`, `wps:` and `v:` may be used in it."""
    spaces = (
        f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    document = f"{head}<w:document {spaces}><w:body>{body}</w:body></w:document>"
    return zip_of({"[Content_Types].xml": TYPES, "word/document.xml": document, **(more or {})})


def paragraphs(*texts: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)


def xlsx_of(rows: str, shared: str = "", *, dimension: str = "A1", shared_head: str = "") -> bytes:
    """An xlsx with one sheet 统计表; `rows` is the content of sheetData, `shared` that of the shared strings."""
    return zip_of(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="统计表" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>',
            "xl/sharedStrings.xml": f'{shared_head}<sst xmlns="{SHEET}">{shared}</sst>',
        }
    )


def lying_zip(name: str, content: bytes, claimed_size: int) -> bytes:
    """A zip with one deflated member whose headers claim another size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    return raw_zip([(name, packed, claimed_size, zlib.crc32(content))])


def raw_zip(members: list[tuple[str, bytes, int, int]]) -> bytes:
    """A zip of deflated members: name, packed bytes, size and checksum as claimed."""
    body, directory = bytearray(), bytearray()
    for name, packed, size, crc in members:
        about = struct.pack("<HHHHHLLLHH", 20, 0x800, 8, 0, 0, crc, len(packed), size, len(name.encode()), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + about + struct.pack("<HHHLL", 0, 0, 0, 0, len(body)) + name.encode()
        body += b"PK\3\4" + about + name.encode() + packed
    end = struct.pack("<HHHHLLH", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return bytes(body + directory + b"PK\5\6" + end)


def without_directory(body: bytes) -> bytes:
    """The zip without its central directory, as some OFD writers leave it."""
    return body[: body.rfind(b"PK\1\2", 0, body.find(b"PK\1\2") + 1)]


def overlapping(body: bytes) -> bytes:
    """The zip with every directory entry pointing to the first member (the trick of CVE-2024-0450)."""
    changed = bytearray(body)
    at = changed.find(b"PK\1\2")
    while at >= 0:
        changed[at + 42 : at + 46] = bytes(4)
        at = changed.find(b"PK\1\2", at + 4)
    return bytes(changed)


def with_flag(body: bytes, flag: int) -> bytes:
    """The zip with a flag set in the directory entry of each member."""
    changed = bytearray(body)
    at = changed.find(b"PK\1\2")
    while at >= 0:
        changed[at + 8] |= flag
        at = changed.find(b"PK\1\2", at + 4)
    return bytes(changed)


def in_zip64(body: bytes) -> bytes:
    """The zip with its directory described by zip64 records alone."""
    end = body.rfind(b"PK\5\6")
    count, size, offset = struct.unpack_from("<HLL", body, end + 10)
    wide = b"PK\6\6" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = b"PK\6\7" + struct.pack("<LQL", 0, end, 1)
    return body[:end] + wide + locator + b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
