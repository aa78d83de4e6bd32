"""What hostile words cannot do in a letter."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawler.deliver.visible import header_line, visible
from crawler.flow import EventKind
from tests.letter_stories import Paragraph, Stretch, edited, letter, moved, opened, parts, published, revised, same

SEPARATORS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
HIDDEN = (
    "\x00\x01\x08\x1b\x7f\x80\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069"
)
HIDDEN += "\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\ud800\U000e0001\U000e0041\U000e0100"


@pytest.mark.parametrize("character", SEPARATORS + HIDDEN, ids=lambda character: f"U+{ord(character):04X}")
def test_a_control_or_hidden_character_neither_breaks_a_header_nor_stays_hidden(character: str) -> None:
    hidden = f"总结{character}Bcc: eve@example.net"
    version = replace(published().new, source=hidden, opening=hidden)  # type: ignore[type-var]
    attached = tuple(replace(link, name=hidden) for link in published().attachments)
    hostile = replace(revised(), title=hidden, bureau=hidden, summary=hidden, new=version, attachments=attached)
    message = letter(hostile, replace(hostile, kind=EventKind.PUBLISHED, report_id=9))
    read = opened(message)
    assert read.keys() == opened(letter(revised(), moved())).keys()
    assert character not in str(read["Subject"])
    for text in parts(message):
        assert character == "\n" or (character not in text.replace("\r\n", "\n"))
        if character in HIDDEN:
            assert f"总结⟦U+{ord(character):04X}⟧Bcc" in text
            assert "Invisible or direction-changing" in text


def test_an_edit_hidden_behind_direction_marks_is_seen() -> None:
    change = edited(same("共"), Stretch("12件", "\u202e12件\u202c"), same("。"))
    read = letter(replace(revised(), changes=(change,)))
    for text in (opened(read)["Subject"], *parts(read)):
        assert "⟦U+202E⟧12件⟦U+202C⟧" in text


MARKUP = (
    '<script>alert(1)</script><img src="http://evil.example/p.gif" onerror=x>',
    '</title></h1></body><a href="http://evil.example/">点此登录</a>',
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "\"'><style>*{display:none}</style>",
    "&lt;b&gt; &amp;amp; <!-- --> ]]>",
)


@pytest.mark.parametrize("hostile", MARKUP)
def test_markup_in_any_field_is_shown_and_never_obeyed(hostile: str) -> None:
    version = replace(revised().new, source=hostile, opening=hostile)  # type: ignore[type-var]
    change = edited(same(hostile), Stretch(hostile, f"{hostile}2"), same(hostile))
    attached = tuple(replace(link, name=hostile) for link in published().attachments)
    event = replace(
        revised(),
        title=hostile,
        bureau=hostile,
        summary=hostile,
        new=version,
        changes=(change, Paragraph("", hostile)),
        attachments=attached,
    )
    usual = replace(
        revised(),
        changes=(edited(same("甲"), Stretch("乙", "丙"), same("丁")), Paragraph("", "戊")),
        attachments=published().attachments,
    )
    for events, plainly in (((event,), (usual,)), ((event, event), (usual, usual))):
        plain, markup = parts(letter(*events))
        assert hostile in plain
        assert hostile in unescape(markup)
        document, model = html.document_fromstring(markup), html.document_fromstring(parts(letter(*plainly))[1])
        assert {node.tag for node in document.iter()} <= {node.tag for node in model.iter()} | {"b"}
        assert {node.get("href") for node in document.iter("a")} == {node.get("href") for node in model.iter("a")}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example/",
        "https://",
        "http://[",
        "https://www.shmh.gov.cn/\u202efdp.exe",
        "https://www.shmh.gov.cn/\nx",
        " https://www.shmh.gov.cn/",
        "https://www.shmh.gov.cn/ 请点 http://evil.example/",
    ],
)
def test_an_address_that_is_not_plain_http_is_shown_but_is_no_link(url: str) -> None:
    document = html.document_fromstring(parts(letter(replace(published(), url=url, attachments=())))[1])
    assert list(document.iter("a")) == []


def test_a_title_of_ten_kilobytes_gives_a_subject_of_two_hundred_characters_with_its_edit() -> None:
    read = opened(letter(replace(revised(), title="总结" * 5000)))
    assert len(read["Subject"]) == 200
    assert read["Subject"].endswith("…》226件→236件")


def test_a_smuggled_end_of_message_stays_within_the_body() -> None:
    smuggled = "正文\r\n.\r\nMAIL FROM:<eve@example.net>\r\n"
    message = letter(replace(revised(), summary=smuggled, changes=(Paragraph("", smuggled),)))
    assert b"\r\n.\r\n" not in message
    assert not any(line.startswith(b".") for line in message.splitlines())
    assert "正文 . MAIL FROM:<eve@example.net>" in parts(message)[0]


@pytest.mark.parametrize(
    ("limit", "line"),
    [(12, "一二三⟦U+202E⟧四"), (11, "一二三…"), (5, "一二三…"), (4, "一二三…"), (3, "一二…"), (1, "…")],
)
def test_a_line_is_cut_before_a_marker_and_never_within_it(limit: int, line: str) -> None:
    assert header_line("一二三\u202e四", limit) == line


hostile_text = st.text(alphabet=st.characters(), max_size=300)


@given(hostile_text, st.integers(1, 250))
def test_a_header_line_is_one_short_line_of_visible_characters(text: str, limit: int) -> None:
    line = header_line(text, limit)
    assert len(line) <= limit
    assert line == visible(line)
    assert not set(line) & set(SEPARATORS + HIDDEN)


@given(hostile_text, hostile_text, st.lists(st.tuples(hostile_text, hostile_text), max_size=4))
def test_any_words_whatever_make_a_letter_that_can_be_read_back(
    title: str, source: str, paragraphs: list[tuple[str, str]]
) -> None:
    version = replace(revised().new, source=source)  # type: ignore[type-var]
    changes = tuple(Paragraph(old, new) for old, new in paragraphs)
    message = letter(replace(revised(), title=title, new=version, changes=changes))
    assert message == letter(replace(revised(), title=title, new=version, changes=changes))
    assert opened(message).keys() == opened(letter(revised())).keys()
    assert len(opened(message)["Subject"]) <= 200
    assert visible(title) in parts(message)[0]
