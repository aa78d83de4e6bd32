"""The letter: its golden forms, its headers, and what hostile words cannot do in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter_stories import FIGURE, STORIES, Paragraph, Stretch, edited, moved, published, revised, same, withdrawn
from lxml import html

from crawler.compare.diff import compare_texts
from crawler.deliver.errors import EmptyLetter
from crawler.deliver.excerpt import CONTEXT, excerpt
from crawler.deliver.letter import compose, stable_message_id
from crawler.deliver.letter_content import LetterEvent
from crawler.deliver.visible import header_line, visible

GOLDEN = Path(__file__).parent / "letters"
RECIPIENT, SENDER, ARCHIVE = "li@example.org", "watch@example.org", "9f86d081884c7d65"
DATE = datetime(2026, 3, 12, 3, 0, tzinfo=UTC)

SEPARATORS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
HIDDEN = (
    "\x00\x01\x08\x1b\x7f\x80\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069"
)
HIDDEN += "\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\ud800\U000e0001\U000e0041\U000e0100"


def letter(*events: LetterEvent, recipient: str = RECIPIENT, sender: str = SENDER) -> bytes:
    message_id = stable_message_id(ARCHIVE, [event.event_id for event in events], recipient, sender)
    return compose(events, recipient=recipient, sender=sender, message_id=message_id, date=DATE)


def opened(message: bytes) -> EmailMessage:
    """The letter as a mail program reads it."""
    read = message_from_bytes(message, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def parts(message: bytes) -> tuple[str, str]:
    """Its plain text and its HTML."""
    plain, rich = opened(message).iter_parts()
    assert (plain.get_content_type(), rich.get_content_type()) == ("text/plain", "text/html")
    return plain.get_content(), rich.get_content()


def words(markup: str) -> str:
    """What a person reads of the HTML."""
    return " ".join(html.tostring(html.document_fromstring(markup), method="text", encoding="unicode").split())


@pytest.mark.parametrize("story", STORIES)
def test_each_letter_is_byte_for_byte_the_one_that_was_read_by_eye(story: str) -> None:
    composed, golden = letter(*STORIES[story]), GOLDEN / f"{story}.eml"
    if not golden.exists():
        GOLDEN.mkdir(exist_ok=True)
        golden.write_bytes(composed)
        pytest.fail(f"{golden} is new: read it by eye, in a mail program and as text, then run again")
    assert composed == golden.read_bytes()


@pytest.mark.parametrize("story", STORIES)
def test_each_letter_has_its_headers_and_two_parts_and_nothing_but_ascii(story: str) -> None:
    message = letter(*STORIES[story])
    read = opened(message)
    assert message.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", message) is None
    assert max(len(line) for line in message.splitlines()) <= 998
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["List-Id"] == "bureauwatch alerts <alerts.bureauwatch.example.org>"
    assert read["X-Bureauwatch-Event"] == ", ".join(str(event.event_id) for event in STORIES[story])
    assert read["Content-Language"] == "zh-CN, en"
    assert read["Date"].datetime == DATE
    assert not read.defects
    plain, markup = parts(message)
    for event in STORIES[story]:
        assert event.title in plain
        assert event.title in words(markup)
        assert event.url in plain
        assert f'href="{event.url}"' in markup


def test_the_subject_names_kind_bureau_report_and_edit() -> None:
    assert opened(letter(revised()))["Subject"] == "[修订] 闵行区司法局《2020年闵行区司法局行政工作总结》226件→236件"
    assert opened(letter(published()))["Subject"] == "[新发布] 闵行区司法局《2020年闵行区司法局行政工作总结》"
    assert (
        opened(letter(revised(), withdrawn(), moved()))["Subject"]
        == "[汇总] 3 项变化：修订 1、撤下 1、迁址 1 · 闵行区司法局等 2 家"
    )


def test_a_figure_is_named_in_the_subject_before_words_that_changed_earlier() -> None:
    wording = edited(same("坚持"), Stretch("推动", "推进"), same("法治建设"))
    assert "226件→236件 等 2 处" in opened(letter(replace(revised(), changes=(wording, FIGURE))))["Subject"]


def test_an_edit_is_shown_whole_in_text_and_in_html() -> None:
    plain, markup = parts(letter(revised()))
    assert "行政复议案件[-226件-]{+236件+},同比" in plain
    document = html.document_fromstring(markup)
    assert "226件" in [node.text for node in document.iter("del")]
    assert "236件" in [node.text for node in document.iter("ins")]


def test_an_edit_can_be_told_from_the_rest_without_colour() -> None:
    document = html.document_fromstring(parts(letter(revised()))[1])
    assert all("line-through" in node.get("style", "line-through") for node in document.iter("del"))
    assert all("underline" in node.get("style", "underline") for node in document.iter("ins"))


def test_the_diff_of_compare_fits_into_a_letter_as_it_is() -> None:
    changes = compare_texts([FIGURE.old, "二、不变"], [FIGURE.new, "二、不变", "三、新增"])
    plain, _ = parts(letter(replace(revised(), changes=changes)))
    assert "[-226件-]{+236件+}" in plain
    assert "{+三、新增+}" in plain


def test_a_stretch_that_differs_only_in_width_is_no_edit() -> None:
    shown = excerpt(edited(Stretch("全年,", "全年，", "equal"), Stretch("1件", "2件")))
    assert [(fragment.op, fragment.text) for fragment in shown.fragments] == [
        ("same", "全年，"),
        ("gone", "1件"),
        ("new", "2件"),
    ]


def test_a_paragraph_without_stretches_is_shown_old_and_new() -> None:
    shown = excerpt(Paragraph("旧的一段", "新的一段"))
    assert [(fragment.op, fragment.text) for fragment in shown.fragments] == [("gone", "旧的一段"), ("new", "新的一段")]


def test_only_a_few_words_are_kept_around_an_edit() -> None:
    before, between, after = "前" * 500, "中" * 500, "后" * 500
    shown = excerpt(edited(same(before), Stretch("1件", "2件"), same(between), Stretch("3件", "4件"), same(after)))
    texts = [fragment.text for fragment in shown.fragments if fragment.op == "same"]
    assert texts == [f"…{'前' * CONTEXT}", f"{'中' * CONTEXT}…{'中' * CONTEXT}", f"{'后' * CONTEXT}…"]


def test_the_context_is_never_cut_within_a_number() -> None:
    tail, head = "共1234567.89" + "万" * (CONTEXT - 5), "万" * (CONTEXT - 3) + "12,345,678件以上"
    shown = excerpt(
        edited(
            same(f"开头很长很长{tail}"),
            Stretch("1件", "2件"),
            same(f"{head}还有很多很多"),
        )
    )
    first, *_, last = (fragment.text for fragment in shown.fragments)
    assert first.startswith("…1234567.89")
    assert last.endswith("12,345,678…")


def test_a_withdrawn_report_is_said_to_be_absent_and_never_deleted() -> None:
    plain, markup = parts(letter(withdrawn()))
    for text in (plain, words(markup)):
        assert "自北京时间 2026年3月8日 00:30:00 起连续 3 次未能访问（最后一次看到 北京时间 2026年3月7日 09:15:02）。" in text
        assert "Absent since 2026-03-08 00:30:00 Asia/Shanghai" in text
        assert "删除了" not in text
        assert "deleted" not in text


def test_the_evidence_of_both_versions_is_shown() -> None:
    event = revised()
    assert event.old is not None
    assert event.new is not None
    for text in parts(letter(event)):
        assert event.old.evidence.sha256 in text
        assert event.new.evidence.sha256 in text
        assert "41,873" in text


def test_all_letters_of_one_report_share_a_thread_and_those_of_several_none() -> None:
    first, second, other = (opened(letter(event)) for event in (published(), revised(), moved()))
    assert first["References"] == second["References"] == second["In-Reply-To"] == f"<report-4.{ARCHIVE}@example.org>"
    assert other["References"] != first["References"]
    assert opened(letter(revised(), moved()))["References"] is None


def test_ids_stay_ids_however_long_the_domain() -> None:
    domain = f"{'x' * 60}.{'y' * 60}.example.org"
    read = opened(letter(revised(), sender=f"watch@{domain}"))
    assert read["References"] == f"<report-4.{ARCHIVE}@{domain}>"
    assert b"=?" not in next(
        line for line in letter(revised(), sender=f"watch@{domain}").splitlines() if line.startswith(b"References")
    )


def test_the_message_id_is_stable_and_differs_by_event_recipient_and_archive() -> None:
    ids = [
        stable_message_id(ARCHIVE, [1, 2], RECIPIENT, SENDER),
        stable_message_id(ARCHIVE, [12], RECIPIENT, SENDER),
        stable_message_id(ARCHIVE, [1, 2], "wang@example.org", SENDER),
        stable_message_id("0000000000000000", [1, 2], RECIPIENT, SENDER),
    ]
    assert len(set(ids)) == 4
    assert ids[0] == stable_message_id(ARCHIVE, [1, 2], RECIPIENT, SENDER)


def test_a_letter_of_nothing_cannot_be_composed() -> None:
    with pytest.raises(EmptyLetter, match=re.escape(RECIPIENT)):
        letter()


@pytest.mark.parametrize("character", SEPARATORS + HIDDEN, ids=lambda character: f"U+{ord(character):04X}")
def test_a_control_or_hidden_character_neither_breaks_a_header_nor_stays_hidden(character: str) -> None:
    hostile = replace(revised(), title=f"总结{character}Bcc: eve@example.net", bureau=f"闵行{character}司法局")
    message = letter(hostile)
    read = opened(message)
    assert read.keys() == opened(letter(revised())).keys()
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


@pytest.mark.parametrize("story", STORIES)
def test_a_letter_fetches_nothing_from_anywhere(story: str) -> None:
    markup = parts(letter(*STORIES[story]))[1]
    document = html.document_fromstring(markup)
    assert not document.xpath("//*[@src or @background or @srcset or @poster]")
    assert not document.xpath("//link | //script | //iframe | //object | //form | //img")
    assert "url(" not in markup
    assert "@import" not in markup
    assert {link.get("href") for link in document.iter("a")} == {link.text for link in document.iter("a")}


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


def test_a_long_list_of_changes_is_counted_where_it_is_not_shown() -> None:
    changes = tuple(Paragraph("", f"新增第{number}段") for number in range(1, 101))
    for text in parts(letter(replace(revised(), changes=changes))):
        assert "新增第40段" in text
        assert "新增第41段" not in text
        assert "另有 60 段改动未列出" in text


def test_a_long_digest_has_every_event_with_its_address() -> None:
    events = [
        replace(published(), event_id=number, title=f"第{number}号报告", url=f"https://example.org/{number}.html")
        for number in range(60)
    ]
    plain, markup = parts(letter(*events))
    for event in events:
        assert f"{event.title}》" in plain
        assert event.url in [line.strip() for line in plain.splitlines()]
        assert f'href="{event.url}"' in markup


hostile_text = st.text(alphabet=st.characters(), max_size=300)


@given(hostile_text, st.integers(1, 250))
def test_a_header_line_is_one_short_line_of_visible_characters(text: str, limit: int) -> None:
    line = header_line(text, limit)
    assert len(line) <= limit
    assert line == visible(line)
    assert line.count("⟦") - text.count("⟦") <= line.count("⟧")
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
