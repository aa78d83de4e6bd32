"""What hostile words cannot do in a letter."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.deliver.letter import compose, headline
from crawler.deliver.letter_content import Content, Digest, EventLine, FailedCheck, FigureLine, LetterEvent, OutlineLine, Storm
from crawler.deliver.visible import header_line, visible
from crawler.flow import EventKind, Language
from tests.letter_stories import (
    LANGUAGES,
    STORIES,
    edited,
    envelope,
    letter,
    opened,
    paragraph,
    parts,
    published,
    revised,
    same,
    stretch,
    tree,
    withdrawn,
)
from tests.letter_stories_many import UNTIL, WATCHES, line

SEPARATORS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
HIDDEN = (
    "\x00\x01\x08\x1b\x7f\x80\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069"
)
HIDDEN += "\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\ud800\U000e0001\U000e0041\U000e0100"


def filled(text: str) -> LetterEvent:
    """An event with a text in every field that a page fills."""
    version = replace(published().new, source=text, opening=text)  # type: ignore[type-var]
    return replace(
        published(),
        title=text,
        bureau=text,
        region=text,
        summary=text,
        report_kind=text,
        old=version,
        new=version,
        changes=(
            edited(same(text), stretch(text, f"{text}2"), same(text), section=text),
            paragraph("", text, section=text),
        ),
        attachments=tuple(replace(one, name=text) for one in published().attachments),
        outline=(OutlineLine(1, text),),
        figures=(FigureLine(text, text, text, text, text),),
        checks=(FailedCheck(text, text),),
    )


def every(event: LetterEvent) -> list[Content]:
    """The event alone, in both of its forms, and among many."""
    told: tuple[EventLine, ...] = (line(event), line(replace(event, event_id=9)))
    return [
        event,
        replace(event, kind=EventKind.REVISED),
        Digest("daily", UNTIL, UNTIL, (event,), told, WATCHES),
        Storm("sfj.example.gov.cn", told, (event,)),
    ]


@pytest.mark.parametrize("character", SEPARATORS + HIDDEN, ids=lambda character: f"U+{ord(character):04X}")
def test_a_control_or_hidden_character_neither_breaks_a_header_nor_stays_hidden(character: str) -> None:
    hidden = f"总结{character}Bcc: eve@example.net"
    for content, usual in zip(every(filled(hidden)), every(filled("总结")), strict=True):
        message = letter(content)
        read = opened(message)
        assert read.keys() == opened(letter(usual)).keys()
        assert character not in str(read["Subject"])
        for text in parts(message):
            assert character == "\n" or (character not in text.replace("\r\n", "\n"))
            if character in HIDDEN:
                assert f"总结⟦U+{ord(character):04X}⟧Bcc" in text
                assert "注意：文中有不可见字符" in text


@pytest.mark.parametrize("story", STORIES)
def test_a_subscription_or_an_address_to_unsubscribe_cannot_add_a_header(story: str) -> None:
    hostile = replace(
        envelope(STORIES[story]), subscription="a\r\nBcc: eve@example.net", unsubscribe="x@example.org>\r\nBcc: e"
    )
    read = opened(compose(STORIES[story], hostile))
    assert read.keys() == opened(letter(STORIES[story])).keys()
    assert read["Bcc"] is None
    assert "eve@example.net" not in read["List-Unsubscribe"]


def test_an_edit_hidden_behind_direction_marks_is_seen() -> None:
    change = edited(same("共"), stretch("12件", "\u202e12件\u202c"), same("。"))
    read = letter(replace(revised(), changes=(change,), figures=()))
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
    for content, usual in zip(every(filled(hostile)), every(filled("总" * len(hostile))), strict=True):
        plain, markup = parts(letter(content))
        assert hostile in plain
        assert hostile in unescape(markup)
        document, model = tree(markup), tree(parts(letter(usual))[1])
        assert [node.tag for node in document.iter()] == [node.tag for node in model.iter()]
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
    attached = tuple(replace(one, url=url) for one in published().attachments)
    for content in every(replace(published(), url=url, page_url=url, attachments=attached)):
        assert list(tree(parts(letter(content))[1]).iter("a")) == []
    moved = replace(withdrawn(), kind=EventKind.MOVED, url=url, former_url=url, absence=None)
    assert list(tree(parts(letter(moved))[1]).iter("a")) == []


def test_a_title_of_ten_kilobytes_gives_a_subject_of_two_hundred_characters_with_its_edit() -> None:
    read = opened(letter(replace(revised(), title="总结" * 5000)))
    assert len(read["Subject"]) == 200
    assert read["Subject"].endswith("…》新收行政复议案件 226件→236件")


def test_a_smuggled_end_of_message_stays_within_the_body() -> None:
    smuggled = "正文\r\n.\r\nMAIL FROM:<eve@example.net>\r\n"
    message = letter(replace(revised(), summary=smuggled, changes=(paragraph("", smuggled),)))
    assert b"\r\n.\r\n" not in message
    assert not any(row.startswith(b".") for row in message.splitlines())
    assert "正文 . MAIL FROM:<eve@example.net>" in parts(message)[0]


@pytest.mark.parametrize(
    ("limit", "told"),
    [(12, "一二三⟦U+202E⟧四"), (11, "一二三…"), (5, "一二三…"), (4, "一二三…"), (3, "一二…"), (1, "…")],
)
def test_a_line_is_cut_before_a_marker_and_never_within_it(limit: int, told: str) -> None:
    assert header_line("一二三\u202e四", limit) == told


hostile_text = st.text(alphabet=st.characters(), max_size=300)


@given(hostile_text, st.integers(1, 250))
def test_a_header_line_is_one_short_line_of_visible_characters(text: str, limit: int) -> None:
    told = header_line(text, limit)
    assert len(told) <= limit
    assert told == visible(told)
    assert not set(told) & set(SEPARATORS + HIDDEN)


@settings(deadline=None, max_examples=50)
@given(text=hostile_text, spoken=st.sampled_from(LANGUAGES), shortened=st.booleans())
def test_any_words_whatever_make_a_letter_that_can_be_read_back(*, text: str, spoken: Language, shortened: bool) -> None:
    for content, usual in zip(every(filled(text)), every(filled("总结")), strict=True):
        message = letter(content, spoken, shortened=shortened)
        assert message == letter(content, spoken, shortened=shortened)
        read = opened(message)
        assert read.keys() == opened(letter(usual, spoken, shortened=shortened)).keys()
        assert read["Subject"] == headline(content, spoken)
        assert len(read["Subject"]) <= 200
        assert not shortened or len(message) < 10_000
