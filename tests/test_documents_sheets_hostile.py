"""Bad OFD files and bad sheets: cut off, without a page, with more rows, columns and cells than there is room for."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from crawler.clean.documents import DocumentState, read_document
from crawler.clean.pool import CleanPool
from tests.documents import stored
from tests.documents.measured import MIB, read_and_measure, unparsed
from tests.documents.ofds import NEW, OLD, lines_of, ofd_of, ofd_parts
from tests.documents.zips import (
    without_directory,
    xlsx_of,
    zip_of,
)

# F090 and P5


def test_f090_an_ofd_without_a_zip_directory_is_read_by_its_members_headers() -> None:
    body = without_directory(ofd_of(lines_of("第一页"), lines_of("第二页")))
    read = read_document(body)
    assert (read.kind, read.state, read.lines) == ("ofd", DocumentState.TEXT, ("第一页", "第二页"))


def test_f090_an_ofd_that_was_cut_off_is_partial() -> None:
    body = ofd_of(lines_of("第一页"), lines_of("第二页"))
    cut = read_document(body[: body.find(b"Doc_0/Pages/Page_1") + 60])
    assert (cut.state, cut.lines) == (DocumentState.PARTIAL, ("第一页",))
    assert "page 2" in cut.note


@pytest.mark.parametrize("space", [NEW, OLD])
def test_f090_both_namespaces_are_read(space: str) -> None:
    assert read_document(ofd_of(lines_of("文"), space=space)).lines == ("文",)


def test_f090_a_missing_page_is_partial_and_a_file_with_none_unparsed() -> None:
    parts = ofd_parts([lines_of("第一页"), lines_of("第二页")])
    del parts["Doc_0/Pages/Page_1/Content.xml"]
    read = read_document(zip_of(parts))
    assert (read.state, read.lines) == (DocumentState.PARTIAL, ("第一页",))
    assert "page 2 (the part Doc_0/Pages/Page_1/Content.xml is missing)" in read.note
    del parts["Doc_0/Pages/Page_0/Content.xml"]
    assert "page 1" in unparsed(zip_of(parts))
    assert "declares none" in unparsed(zip_of(ofd_parts([])))
    del parts["Doc_0/Document.xml"]
    assert "Doc_0/Document.xml is missing" in unparsed(zip_of(parts))


def test_f090_back_slashes_and_signatures_do_no_harm() -> None:
    parts = ofd_parts([lines_of("文")])
    parts["Doc_0/Document.xml"] = str(parts["Doc_0/Document.xml"]).replace("Pages/Page_0/", "Pages\\Page_0\\")
    renamed = {name.replace("/", "\\"): content for name, content in parts.items()}
    renamed["Doc_0\\Signs\\Signatures.xml"] = b"\0 no xml"
    assert read_document(zip_of(renamed)).lines == ("文",)


# F091


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
NEAR = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="2"><c r="A2"><f t="shared" si="0" ref="A2:A1048576">A1</f><v>2</v></c></row>'


async def test_f091_a_huge_declared_dimension_takes_no_memory(pool: CleanPool) -> None:
    read, grown = await pool.run(read_and_measure, xlsx_of(NEAR, dimension="A1:XFD1048576"))
    assert (read.state, read.lines) == (DocumentState.TEXT, ("统计表", "1", "2"))
    assert grown < 20 * MIB


async def test_f091_cells_far_away_are_left_out_and_said(pool: CleanPool) -> None:
    read, grown = await pool.run(read_and_measure, xlsx_of(FAR, dimension="A1:XFD1048576"))
    assert (read.state, read.lines) == (DocumentState.PARTIAL, ("统计表", "1"))
    assert "below row 2,929 or right of column 1,024" in read.note
    assert grown < 20 * MIB


def test_f091_a_sheet_under_an_odd_name_is_bounded_too() -> None:
    with zipfile.ZipFile(BytesIO(xlsx_of(FAR))) as parts:
        odd = {
            name.replace("worksheets/sheet1", "odd"): parts.read(name).replace(b"worksheets/sheet1", b"odd")
            for name in parts.namelist()
        }
    assert read_document(zip_of(odd)).lines == ("统计表", "1")


def test_f091_more_rows_than_the_cap_are_partial() -> None:
    rows = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(1, 100_011))
    read = read_document(xlsx_of(rows))
    assert (read.state, len(read.lines), read.lines[-1]) == (DocumentState.PARTIAL, 100_001, "100000")


async def test_f091_a_million_shared_strings_are_read(pool: CleanPool) -> None:
    strings = "".join(f"<si><t>{number}</t></si>" for number in range(1_000_000))
    read = await pool.run(read_document, xlsx_of('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>', strings))
    assert read.lines == ("统计表", "999999")


def test_f091_an_xls_that_claims_more_than_its_format_has_is_refused() -> None:
    body = bytearray(stored("sheet.xls"))
    at = body.find(b"\x00\x02\x0e\x00")
    struct.pack_into("<II", body, at + 4, 0, 0xFFFFFFFF)
    assert "claims" in unparsed(bytes(body))


def test_f091_an_xls_whose_cells_lie_far_apart_is_refused() -> None:
    body = bytearray(stored("sheet.xls"))
    struct.pack_into("<HH", body, body.rfind(b"\xfd\x00\x0a\x00") + 4, 65_535, 255)
    assert "too far apart" in unparsed(bytes(body))


async def test_f091_repeated_rows_and_cells_of_an_ods_are_capped(pool: CleanPool) -> None:
    with zipfile.ZipFile(BytesIO(stored("sheet.ods"))) as parts:
        kept = {name: parts.read(name) for name in ("mimetype", "content.xml")}
    cell = "<text:p>1</text:p></table:table-cell></table:table-row>"
    wide = '<table:table-row><table:table-cell table:number-columns-repeated="16384">' + cell
    row = wide + '<table:table-row table:number-rows-repeated="1048576"><table:table-cell>' + cell + "</table:table>"
    kept["content.xml"] = kept["content.xml"].replace(b"</table:table>", row.encode(), 1)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        for name, content in kept.items():
            written.writestr(name, content)
    read, grown = await pool.run(read_and_measure, packed.getvalue())
    assert read.state is DocumentState.PARTIAL
    assert read.lines[:2] == ("统计表", "单位 | 件数 | 日期")
    assert read.lines[4].count("1") == 1_024
    assert len(read.lines) == 1 + 100_000
    assert grown < 100 * MIB
