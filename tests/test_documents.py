"""The text of attached documents, exact, by kind; and how the kind is told."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from crawler.clean.documents import DocumentState, read_document, sniff
from crawler.demo.pdf import pdf_of
from tests.documents import stored
from tests.documents.archives import rar5_of, seven_zip
from tests.documents.ofds import OLD, lines_of, ofd_of, ofd_parts, text_object
from tests.documents.pdfs import pdf_pages
from tests.documents.zips import docx_of, paragraphs, xlsx_of, zip_of

NOTICE = (
    "关于印发《某市司法行政工作要点》的通知",
    "各区司法局：",
    "现将工作要点印发给你们，详见附表，请结合实际认真贯彻执行。",
    "项目 | 数量 | 备注",
    "行政复议 （含应诉） | 1,234件",
    "| 56件 | 增长7.5%",
    "特此通知。",
    "某市司法局",
    "2026年3月5日",
)
NOTE = "脚注：含派出机构。"
SHEET = ("统计表", "单位 | 件数 | 日期", "某区司法局 | 12 | 2026-03-05", "| 7.5")
HTML_TABLE = "<html><head><title>x</title></head><body><table><tr><td>单位</td><td>件数</td></tr><tr><td>某局</td><td>12</td></tr></table></body></html>"


def lines(body: bytes) -> tuple[str, ...]:
    """The text of a file that has nothing wrong with it."""
    read = read_document(body)
    assert (read.state, read.note) == (DocumentState.TEXT, ""), read
    return read.lines


@pytest.mark.parametrize("name", ["notice.doc", "notice.docx"])
def test_a_word_file_of_an_office_program_is_read_exactly(name: str) -> None:
    assert lines(stored(name)) == (*NOTICE, NOTE)


@pytest.mark.parametrize("name", ["sheet.xls", "sheet.xlsx", "sheet.ods"])
def test_a_workbook_of_an_office_program_is_read_exactly(name: str) -> None:
    assert lines(stored(name)) == SHEET


def test_an_rtf_file_of_an_office_program_is_read_but_for_its_notes() -> None:
    read = read_document(stored("notice.rtf"))
    assert read.lines == NOTICE
    assert read.state is DocumentState.PARTIAL
    assert "footnotes" in read.note


def test_a_pdf_of_an_office_program_is_read_exactly() -> None:
    table = ("项目 数量 备注", "行政复议", "（含应诉）", "1,234件", "56件 增长7.5%")  # a PDF knows no tables
    third = NOTICE[2].replace("结合实际", "结合实际1")
    assert lines(stored("notice.pdf")) == ("某市司法局页眉", *NOTICE[:2], third, *table, *NOTICE[6:], "1 " + NOTE)


def test_every_reader_names_its_library_and_version() -> None:
    bodies = [stored("notice.doc"), stored("sheet.xls"), pdf_of(["文"])]
    names = [read_document(body).reader for body in bodies]
    assert [name.rpartition(" ")[0] for name in names] == ["legacy-doc", "python-calamine", "pypdfium2"]
    assert all(name.rpartition(" ")[2][0].isdigit() for name in names)


def test_the_lines_of_a_pdf_are_joined_to_paragraphs_over_lines_and_pages() -> None:
    full = "甲" * 34
    first = [
        (98.0, 770.0, "第一段" + full[:29]),
        (72.0, 750.0, full),
        (72.0, 730.0, "甲" * 33 + "。"),
        (98.0, 710.0, "第二段" + full[:28] + "。"),
        (72.0, 690.0, full),
    ]
    second = [(72.0, 770.0, "在次页结束。"), (98.0, 750.0, "第三段。")]
    assert lines(pdf_pages([first, second])) == (
        "第一段" + full[:29] + full + "甲" * 33 + "。",
        "第二段" + full[:28] + "。" + full + "在次页结束。",
        "第三段。",
    )


def test_a_heading_and_a_short_line_of_a_pdf_stand_alone() -> None:
    written = ["关于某事的通知", "各区司法局：", "一、总体情况", "甲" * 34 + "乙。", "特此通知", "某市司法局"]
    assert lines(pdf_of(written)) == tuple(written)


def test_on_a_page_of_short_lines_none_goes_on_in_the_next() -> None:
    assert lines(pdf_of(["关于某事的通知的附件", "某市司法局", "办公室"])) == ("关于某事的通知的附件", "某市司法局", "办公室")


def test_what_most_pages_repeat_is_no_text_and_what_one_page_has_is() -> None:
    def page(number: int) -> list[tuple[float, float, str]]:
        head = "某市司法局文件" if number != 4 else "另起的标题"
        return [(200.0, 800.0, head), (98.0, 700.0, f"第{'一二三四'[number - 1]}页的正文。"), (280.0, 30.0, f"— {number} —")]

    read = lines(pdf_pages([page(number) for number in (1, 2, 3, 4)]))
    assert read == ("第一页的正文。", "第二页的正文。", "第三页的正文。", "另起的标题", "第四页的正文。")
    assert lines(pdf_pages([page(1), page(2)]))[0] == "某市司法局文件", "two pages repeat nothing"


def test_a_docx_keeps_what_is_inserted_and_drops_what_is_deleted_or_hidden() -> None:
    body = (
        "<w:p><w:r><w:t>保留</w:t></w:r><w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText><w:br/></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>可见</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:noBreakHyphen/><w:tab/><w:t>尾</w:t><w:br/><w:t>换行</w:t></w:r></w:p>"
    )
    assert lines(docx_of(body)) == ("保留新增可见-\t尾", "换行")


def test_a_docx_says_a_text_box_once_and_no_header_or_comment() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>"
        f"{box}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    more = {"word/header1.xml": "<x>页眉</x>", "word/comments.xml": "<x>批注</x>"}
    assert lines(docx_of(body, more)) == ("正文", "框内")


def test_a_docx_in_a_content_control_and_with_a_table_in_a_table_is_read_whole() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraphs('内')}</w:tc><w:tc>{paragraphs('层')}</w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{paragraphs('外')}</w:tc><w:tc>{inner}</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraphs('删')}</w:tc></w:tr></w:tbl>"
    body = f"<w:sdt><w:sdtContent>{paragraphs('控件')}{table}</w:sdtContent></w:sdt>"
    assert lines(docx_of(body)) == ("控件", "外 | 内 | 层")


def test_a_docx_whose_main_part_has_another_name_is_found_by_its_relations() -> None:
    plain = docx_of(paragraphs("正文"))
    with zipfile.ZipFile(BytesIO(plain)) as parts:
        content = parts.read("word/document.xml")
    relation = '<Relationships><Relationship Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    assert lines(zip_of({"[Content_Types].xml": "", "_rels/.rels": relation, "word/document2.xml": content})) == ("正文",)


def test_the_cells_of_a_workbook_are_written_as_a_person_would() -> None:
    cells = '<c r="A1" t="inlineStr"><is><t>多行\n文字 </t></is></c><c r="B1"><v>12.0</v></c><c r="C1"><v>0.30000000000000004</v></c><c r="D1" t="b"><v>1</v></c><c r="F1"><v>-7</v></c>'
    assert lines(xlsx_of(f'<row r="1">{cells}</row><row r="3"><c r="A3"><v>1234567890123</v></c></row>')) == (
        "统计表",
        "多行 文字 | 12 | 0.3 | TRUE |  | -7",
        "1234567890123",
    )


def test_an_ofd_is_read_line_by_line_from_top_to_bottom() -> None:
    second = (
        text_object("右", 60, 40) + text_object("左", 40, 40) + text_object("页脚下", 40, 250) + text_object("连着", 65, 40.4)
    )
    assert lines(ofd_of(lines_of("关于某事的通知", "各区司法局："), second)) == (
        "关于某事的通知",
        "各区司法局：",
        "左 右连着",
        "页脚下",
    )


def test_the_lines_of_an_ofd_are_joined_to_paragraphs() -> None:
    page = (
        text_object("开头" + "甲" * 26, 40, 30)
        + text_object("乙" * 30, 30, 40)
        + text_object("结尾。", 30, 50)
        + text_object("次段。", 40, 60)
    )
    assert lines(ofd_of(page)) == ("开头" + "甲" * 26 + "乙" * 30 + "结尾。", "次段。")


def test_the_letterhead_in_the_template_of_an_ofd_is_text() -> None:
    parts = ofd_parts([lines_of("正文")])
    document, page = "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"
    parts[document] = str(parts[document]).replace(
        "</ofd:CommonData>", '<ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/></ofd:CommonData>'
    )
    parts[page] = str(parts[page]).replace("<ofd:Content>", '<ofd:Template TemplateID="7"/><ofd:Content>')
    parts["Doc_0/Tpls/T.xml"] = f'<ofd:Page xmlns:ofd="{OLD}">{text_object("某市司法局文件", 60, 10)}</ofd:Page>'
    assert lines(zip_of(parts)) == ("某市司法局文件", "正文")


def test_a_page_under_the_name_of_a_workbook_is_read_row_by_row() -> None:
    assert lines(HTML_TABLE.encode("gb18030")) == ("单位 | 件数", "某局 | 12")


def test_a_web_archive_is_read_page_by_page() -> None:
    part = "Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
    archive = f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n{part}PHA+vNc8L3A+\n--b\n{part}PHA+0tI8L3A+\n--b--\n'
    assert sniff(archive.encode()) == "mht"
    assert lines(archive.encode()) == ("甲", "乙")


def test_rtf_in_chinese_code_pages_and_in_unicode_is_the_same_text() -> None:
    raw = "司法局".encode("gb18030")
    escaped = "".join(f"\\'{byte:02x}" for byte in raw).encode()
    by_page = b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0 SimSun;}}\\pard " + escaped + b"\\par}"
    by_font = b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\\pard\\f0 " + escaped + b"\\par}"
    by_number = b"{\\rtf1\\ansi\\uc1\\pard\\u21496?\\u27861?{\\*\\x hidden}\\u23616?\\par}"
    assert [lines(body) for body in (by_page, by_font, by_number)] == [("司法局",)] * 3


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_read_in_every_encoding_that_windows_writes(charset: str) -> None:
    assert lines("第一行\r\n\r\n 第二行 ".encode(charset)) == ("第一行", "第二行")


PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)
MISMATCHES = {
    "a.doc is HTML": (HTML_TABLE.encode(), "html"),
    "a.xls is HTML with an XML declaration": (b'<?xml version="1.0"?>\n<html><body>x</body></html>', "html"),
    "a.xls is HTML after a comment": (b"<!-- made by x -->\n<table><tr><td>1</td></tr></table>", "html"),
    "a.xls is an xlsx": (stored("sheet.xlsx"), "xlsx"),
    "a.xlsx is an xls": (stored("sheet.xls"), "xls"),
    "a.et is an xls": (stored("sheet.xls"), "xls"),
    "a.wps is a doc": (stored("notice.doc"), "doc"),
    "a.doc is a docx": (stored("notice.docx"), "docx"),
    "a.doc is RTF": (stored("notice.rtf"), "rtf"),
    "a.docx is a PDF": (pdf_of(["文"]), "pdf"),
    "a.pdf is an OFD": (ofd_of(lines_of("文")), "ofd"),
    "a.pdf is HTML that speaks of %PDF-": (b"<html><body><script>%PDF-1.4</script></body></html>", "html"),
    "a.pdf has junk before its header": (b"\r\n\r\n" + pdf_of(["文"]), "pdf"),
    "a.zip is a RAR": (rar5_of([("a.doc", 300)]), "rar"),
    "a.rar is a zip": (zip_of({"a.txt": "x"}), "zip"),
    "a.zip is a 7z": (seven_zip(), "7z"),
    "a.pdf is a picture": (PNG, "image"),
    "a.doc is plain text in GB18030": ("关于某事的通知".encode("gb18030"), "txt"),
    "a.xlsx is an ods": (stored("sheet.ods"), "ods"),
    "a.doc is nothing known": (b"\0\1\2\3 nothing", "unknown"),
    "a.txt is empty": (b"", "unknown"),
    "a.doc is Excel 2003 XML": (b'<?xml version="1.0"?><Workbook/>', "xml"),
}


@pytest.mark.parametrize("case", MISMATCHES)
def test_p8_the_kind_is_told_by_the_bytes_and_not_by_the_name(case: str) -> None:
    body, kind = MISMATCHES[case]
    assert sniff(body) == kind


def test_a_picture_needs_ocr_and_what_is_unknown_says_how_it_begins() -> None:
    assert read_document(PNG).state is DocumentState.NEEDS_OCR
    unknown = read_document(b"\0\1\2\3 nothing")
    assert (unknown.state, unknown.lines) == (DocumentState.UNKNOWN_KIND, ())
    assert "00 01 02 03" in unknown.note


def test_an_empty_document_is_empty_and_one_with_only_pictures_needs_ocr() -> None:
    assert read_document(docx_of("<w:p/>")).state is DocumentState.EMPTY
    assert read_document(docx_of("<w:p><w:r><w:pict><v:imagedata/></w:pict></w:r></w:p>")).state is DocumentState.NEEDS_OCR
    assert read_document(ofd_of("<ofd:ImageObject/>")).state is DocumentState.NEEDS_OCR


def test_a_kind_without_a_reader_says_so() -> None:
    read = read_document(zip_of({"[Content_Types].xml": "", "ppt/presentation.xml": ""}))
    assert (read.kind, read.state) == ("pptx", DocumentState.UNPARSED)
    assert "PowerPoint" in read.note
