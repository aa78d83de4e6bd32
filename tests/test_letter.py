"""The letter of one event: its golden forms, its headers, and what a reader is told first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from crawler.deliver.letter import headline, stable_message_id
from crawler.deliver.letter_content import Content, FigureLine
from crawler.flow import Language
from tests.letter_stories import (
    ARCHIVE,
    DATE,
    EVENTS,
    FIGURE,
    LANGUAGES,
    RECIPIENT,
    SENDER,
    TOLD,
    clause,
    edited,
    golden,
    letter,
    moved,
    opened,
    parts,
    published,
    revised,
    same,
    stretch,
    tree,
    withdrawn,
    words,
)


def told() -> Iterator[object]:
    for language in LANGUAGES:
        for story, content in TOLD[language].items():
            yield pytest.param(content, language, golden(story, language), id=f"{story}-{language}")


ALL = pytest.mark.parametrize(("content", "language", "file"), list(told()))


@ALL
def test_each_letter_is_byte_for_byte_the_one_that_was_read_by_eye(content: Content, language: Language, file: object) -> None:
    story, spoken, _ = str(getattr(file, "name", "")).split(".")
    path = golden(story, language)
    assert spoken == language
    assert path.exists(), "write it with `python -m tests.letter_stories`, and read it"
    assert letter(content, language) == path.read_bytes()


@ALL
def test_each_letter_has_its_headers_and_two_parts_and_nothing_but_ascii(
    content: Content, language: Language, file: object
) -> None:
    message = letter(content, language)
    read = opened(message)
    assert message.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", message) is None
    assert max(len(line) for line in message.splitlines()) <= 998
    assert read["Subject"] == headline(content, language)
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Precedence"] is None
    assert read["List-Id"] == "bureauwatch alerts <alerts.bureauwatch.example.org>"
    assert read["List-Unsubscribe"] == "<mailto:admin@example.org?subject=unsubscribe%20%E9%97%B5%E8%A1%8C>"
    assert read["List-Unsubscribe-Post"] is None
    assert read["Content-Language"] == ("zh-CN" if language == "zh" else "en, zh-CN")
    assert read["Date"].datetime == DATE
    assert not read.defects
    parts(message)


@ALL
def test_each_letter_is_in_one_language(content: Content, language: Language, file: object) -> None:
    plain, markup = parts(letter(content, language))
    document = tree(markup)
    assert document.get("lang") == ("zh-CN" if language == "zh" else "en")
    if language == "zh":
        fixed = set(re.findall(r"[A-Za-z]{4,}", re.sub(r"https?:\S+|\S+@\S+", "", plain)))
        assert fixed <= {
            "Asia",
            "Shanghai",
            "bureauwatch",
            "xlsx",
            "challenge",
            "silent",
            "listing_url",
            "example",
            "listing",
            "shmh",
        }
    else:
        for node in document.xpath("//*[@lang='zh-CN'] | //a | //title"):
            node.drop_tree()
        ours = html.tostring(document, method="text", encoding="unicode")
        assert re.findall("[\u4e00-\u9fff]+", ours) == []


@pytest.mark.parametrize("story", EVENTS)
def test_the_letter_of_an_event_names_it_and_links_to_where_it_stands(story: str) -> None:
    event = EVENTS[story]
    plain, markup = parts(letter(event))
    assert opened(letter(event))["X-Bureauwatch-Event"] == str(event.event_id)
    assert event.title in plain
    assert event.title in words(markup)
    for url in filter(None, (event.url, event.page_url, event.former_url)):
        assert url in plain
        assert f'href="{url}"' in markup


def test_the_subject_names_kind_bureau_report_and_what_is_counted_before_the_edit() -> None:
    report = "闵行区司法局《2020年闵行区司法局行政工作总结》"
    assert opened(letter(revised()))["Subject"] == f"[修订] {report}新收行政复议案件 226件→236件"
    assert opened(letter(revised(), "en"))["Subject"] == f"[Revised] {report}新收行政复议案件 226件→236件"
    assert opened(letter(published()))["Subject"] == f"[新发布] {report}"
    assert opened(letter(clause()))["Subject"] == f"[修订] {report}梳理更新→全面梳理 等 5 处"


def test_a_figure_without_a_name_is_in_the_subject_before_words_that_changed_earlier() -> None:
    wording = edited(same("坚持"), stretch("推动", "推进"), same("法治建设"))
    told = replace(revised(), changes=(wording, FIGURE), figures=())
    assert "226件→236件 等 2 处" in opened(letter(told))["Subject"]
    assert "226件→236件 and 1 more" in opened(letter(told, "en"))["Subject"]


def test_a_subject_comes_back_as_it_was_written_however_it_is_folded() -> None:
    for title in ("年 2 月 " * 40, "a b " * 60, "  ".join("年月日" * 20), "𠮷 " * 80):
        told = replace(published(), title=title)
        assert opened(letter(told))["Subject"] == headline(told, "zh")


def test_figures_stand_in_a_table_with_named_columns_and_rows() -> None:
    document = tree(parts(letter(revised(), "en"))[1])
    table = document.xpath("//table[thead]")[0]
    assert [head.text for head in table.xpath(".//th[@scope='col']")] == ["Figure", "Before", "Now", "Change"]
    assert [cell.text_content() for cell in table.xpath(".//td")] == ["226件", "236件", "+4.4%"]
    assert table.xpath(".//th[@scope='row']")[0].text_content().startswith("新收行政复议案件")


def test_key_figures_stand_beside_last_years_and_alone_where_there_is_none() -> None:
    plain, _ = parts(letter(published(), "en"))
    assert "Last year | This year | Change" in plain
    assert "+0.3 percentage points" in plain
    alone = replace(published(), figures=(FigureLine("人民调解", "", "", "6431件", ""),))
    plain, _ = parts(letter(alone))
    assert "上年" not in plain
    assert "6431件" in plain


def test_a_sum_that_does_not_come_out_is_written_out() -> None:
    for text in parts(letter(published())):
        assert "212件 ≠ 190件 + 11件 + 12件（= 213件）" in text


def test_what_changed_stands_before_where_and_when() -> None:
    plain, _ = parts(letter(revised()))
    assert plain.index("226件") < plain.index("[-226件-]") < plain.index("https://") < plain.index("SHA-256")


def test_a_withdrawn_report_is_said_to_be_absent_and_never_deleted() -> None:
    for text in (parts(letter(withdrawn()))[0], words(parts(letter(withdrawn()))[1])):
        assert "自北京时间 2026年3月8日 00:30:00 起连续 3 次未能访问（最后一次看到 北京时间 2026年3月7日 09:15:02）。" in text
        assert "删除了" not in text
    for text in (parts(letter(withdrawn(), "en"))[0], words(parts(letter(withdrawn(), "en"))[1])):
        assert "Absent since 2026-03-08 00:30:00 Asia/Shanghai, 3 visits in a row" in text
        assert "deleted" not in text


def test_the_evidence_of_both_versions_and_of_the_first_of_two_looks_is_shown() -> None:
    event = revised()
    assert event.old is not None
    assert event.new is not None
    assert event.new.first_evidence is not None
    for text in parts(letter(event)):
        assert event.old.evidence.sha256 in text
        assert event.new.evidence.sha256 in text
        assert event.new.first_evidence.sha256 in text
        assert "41,873" in text


def test_all_letters_of_one_report_share_a_thread() -> None:
    first, second, other = (opened(letter(event)) for event in (published(), revised(), moved()))
    assert first["References"] == second["References"] == second["In-Reply-To"] == f"<report-4.{ARCHIVE}@example.org>"
    assert other["References"] != first["References"]
    assert opened(letter(TOLD["zh"]["digest-daily"]))["References"] is None
    assert opened(letter(EVENTS["overdue"]))["References"] is None


def test_ids_stay_ids_however_long_the_domain() -> None:
    domain = f"{'x' * 60}.{'y' * 60}.example.org"
    message = letter(revised(), sender=f"watch@{domain}")
    assert opened(message)["References"] == f"<report-4.{ARCHIVE}@{domain}>"
    assert b"=?" not in next(line for line in message.splitlines() if line.startswith(b"References"))


def test_the_message_id_is_stable_and_differs_by_what_is_told_recipient_and_archive() -> None:
    ids = [
        stable_message_id(ARCHIVE, ["1", "2"], RECIPIENT, SENDER),
        stable_message_id(ARCHIVE, ["12"], RECIPIENT, SENDER),
        stable_message_id(ARCHIVE, ["1", "2"], "wang@example.org", SENDER),
        stable_message_id("0000000000000000", ["1", "2"], RECIPIENT, SENDER),
    ]
    assert len(set(ids)) == 4
    assert ids[0] == stable_message_id(ARCHIVE, ["1", "2"], RECIPIENT, SENDER)


@ALL
def test_a_letter_fetches_nothing_from_anywhere_and_shows_where_each_link_leads(
    content: Content, language: Language, file: object
) -> None:
    markup = parts(letter(content, language))[1]
    document = tree(markup)
    assert not document.xpath("//*[@src or @background or @srcset or @poster]")
    assert not document.xpath("//link | //script | //iframe | //object | //form | //img")
    assert "url(" not in markup
    assert "@import" not in markup
    assert {link.get("href") for link in document.iter("a")} == {link.text for link in document.iter("a")}


@ALL
def test_headings_begin_with_one_of_the_first_level_and_leave_none_out(
    content: Content, language: Language, file: object
) -> None:
    document = tree(parts(letter(content, language))[1])
    levels = [int(node.tag[1]) for node in document.iter() if re.fullmatch("h[1-6]", str(node.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
