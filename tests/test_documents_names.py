"""The names of downloaded files: found however servers encode them, and safe to write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.clean.documents.file_names import file_name

NAME = "附件1：工作要点.docx"
URL = "https://sfj.example/download?id=7"


def wired(raw: bytes) -> str:
    """Header bytes as HTTP libraries hand them over."""
    return raw.decode("latin-1")


F088 = {
    "RFC 5987": "attachment; filename*=UTF-8''%E9%99%84%E4%BB%B61%EF%BC%9A%E5%B7%A5%E4%BD%9C%E8%A6%81%E7%82%B9.docx",
    "RFC 5987 in GBK": "attachment; filename*=GBK''%B8%BD%BC%FE1%A3%BA%B9%A4%D7%F7%D2%AA%B5%E3.docx",
    "RFC 6266, both": "attachment; filename=\"x.docx\"; filename*=utf-8'zh-CN'%E9%99%84%E4%BB%B61%EF%BC%9A%E5%B7%A5%E4%BD%9C%E8%A6%81%E7%82%B9.docx",
    "RFC 5987 with a wrong charset": "attachment; filename*=x-y''%E9%99%84%E4%BB%B61%EF%BC%9A%E5%B7%A5%E4%BD%9C%E8%A6%81%E7%82%B9.docx",
    "raw GBK": wired(f'attachment; filename="{NAME}"'.encode("gbk")),
    "raw GBK without quotes": wired(f"attachment;filename={NAME}".encode("gbk")),
    "raw UTF-8": wired(f'attachment; filename="{NAME}"'.encode()),
    "RFC 2047": "attachment; filename==?UTF-8?B?6ZmE5Lu2Me+8muW3peS9nOimgeeCuS5kb2N4?=",
    "RFC 2047 in GBK": 'attachment; filename="=?GBK?Q?=B8=BD=BC=FE1=A3=BA=B9=A4=D7=F7=D2=AA=B5=E3.docx?="',
    "%-escapes": "attachment; filename=%E9%99%84%E4%BB%B61%EF%BC%9A%E5%B7%A5%E4%BD%9C%E8%A6%81%E7%82%B9.docx",
    "%-escapes in GBK": 'attachment; FileName="%B8%BD%BC%FE1%A3%BA%B9%A4%D7%F7%D2%AA%B5%E3.docx"',
    "text": f'attachment; filename="{NAME}"',
}


@pytest.mark.parametrize("case", F088)
def test_f088_the_name_in_the_header_is_decoded(case: str) -> None:
    assert file_name([("Date", "x"), ("content-disposition", F088[case])], URL, "下载", "docx") == NAME


def test_f088_the_charset_that_the_header_says_is_believed() -> None:
    header = "attachment; filename*=ISO-8859-1'fr'r%E9sum%E9.pdf"
    assert file_name([("Content-Disposition", header)], URL, "", "pdf") == "résumé.pdf"


def test_f088_a_gbk_name_whose_second_byte_is_a_back_slash_or_a_bar_stays_whole() -> None:
    header = wired('attachment; filename="侌誠.xls"'.encode("gbk"))
    assert b"\\" in header.encode("latin-1")
    assert file_name([("Content-Disposition", header)], URL, "", "xls") == "侌誠.xls"


WITHOUT_HEADER = {
    "https://sfj.example/a/P0202.pdf": "P0202.pdf",
    "https://sfj.example/a/%E9%99%84%E4%BB%B6.pdf?x=1": "附件.pdf",
    "https://sfj.example/a/%B8%BD%BC%FE.pdf": "附件.pdf",
    "https://sfj.example/d.jsp?path=/x&filename=%E9%99%84%E4%BB%B6.doc": "附件.doc",
    "https://sfj.example/d.jsp?fileName=%B8%BD%BC%FE.doc": "附件.doc",
    "https://sfj.example/download?id=7": "附件：说明",
    "https://[broken/download": "附件：说明",
}


@pytest.mark.parametrize("url", WITHOUT_HEADER)
def test_without_a_header_the_address_names_the_file_or_else_the_link(url: str) -> None:
    assert file_name([], url, "附件：说明", "pdf") == WITHOUT_HEADER[url]


def test_with_no_name_at_all_there_is_one() -> None:
    assert file_name([("Content-Disposition", "attachment")], URL, " \u200b ", "ofd") == "file.ofd"


F087 = {
    "../../etc/x": "x",
    "..\\..\\windows\\x.doc": "x.doc",
    "/etc/passwd": "passwd",
    "C:\\a\\b.xls": "b.xls",
    "CON": "_CON",
    "con.pdf": "_con.pdf",
    "Lpt1.tar.pdf": "_Lpt1.tar.pdf",
    "COM¹.pdf": "_COM¹.pdf",
    "consul.pdf": "consul.pdf",
    "附\0件\x1b.pdf": "附件.pdf",
    "报告\u202efdp.exe": "报告fdp.exe",
    "零\u200b宽\u2060\ufeff.pdf": "零宽.pdf",
    "a\r\nb\tc.pdf": "a b c.pdf",
    'x<y>:"|?*.pdf': "x_y______.pdf",
    " . 附件.pdf . ": "附件.pdf",
    "...": "file.pdf",
    "..": "file.pdf",
    "???": "file.pdf",
    ".htaccess": "htaccess",
    "甲" * 300 + ".docx": "甲" * 65 + ".docx",
    "a" * 300 + ".docx": "a" * 115 + ".docx",
    "a" * 300: "a" * 120,
    "😀" * 100 + ".pdf": "😀" * 49 + ".pdf",
}


@pytest.mark.parametrize("said", F087)
def test_f087_a_hostile_name_is_made_safe(said: str) -> None:
    made = file_name([], URL, said, "pdf")
    assert made == F087[said]
    assert len(made) <= 120
    assert len(made.encode()) <= 200


@given(st.text(max_size=400), st.text(max_size=200), st.text(max_size=400))
def test_f087_no_name_at_all_is_unsafe(header: str, path: str, said: str) -> None:
    made = file_name([("Content-Disposition", f"attachment; filename={header}")], f"https://x/{path}", said, "bin")
    assert made
    assert made not in {".", ".."}
    assert not set(made) & set('/\\\0<>:"|?*\u202e\u200b\n\r')
    assert len(made) <= 120
    assert len(made.encode()) <= 200
    assert made == file_name([], "", made, "bin"), "a safe name stays as it is"
