"""The letter: its golden forms, its headers, and what hostile words cannot do in it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from crawler.compare.diff import compare_texts
from crawler.deliver.errors import EmptyLetter
from crawler.deliver.excerpt import CONTEXT, excerpt
from crawler.deliver.letter import stable_message_id
from tests.letter_stories import (
    ARCHIVE,
    DATE,
    FIGURE,
    RECIPIENT,
    SENDER,
    STORIES,
    Paragraph,
    Stretch,
    edited,
    letter,
    moved,
    opened,
    parts,
    published,
    revised,
    same,
    withdrawn,
    words,
)

GOLDEN = Path(__file__).parent / "letters"


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


def test_a_moved_paragraph_is_shown_once_and_each_change_under_its_section() -> None:
    moved = Paragraph("三、不变", "三、不变", (same("三、不变"),), kind="moved", section="一、甲 > (二)乙")
    plain, html = parts(letter(replace(revised(), changes=(moved, replace(FIGURE, section="二、丙")))))
    assert "1. 移动段落 Moved · 一、甲 > (二)乙" in plain
    assert plain.count("三、不变") == 1
    assert "2. 修改 Edited · 二、丙" in plain
    assert "一、甲 &gt; (二)乙" in html


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


@pytest.mark.parametrize("story", STORIES)
def test_a_letter_fetches_nothing_from_anywhere(story: str) -> None:
    markup = parts(letter(*STORIES[story]))[1]
    document = html.document_fromstring(markup)
    assert not document.xpath("//*[@src or @background or @srcset or @poster]")
    assert not document.xpath("//link | //script | //iframe | //object | //form | //img")
    assert "url(" not in markup
    assert "@import" not in markup
    assert {link.get("href") for link in document.iter("a")} == {link.text for link in document.iter("a")}


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
