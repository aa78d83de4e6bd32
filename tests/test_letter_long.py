"""Letters of much: counted where not shown, within what mail programs and channels take, short on demand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.deliver.letter import headline, plain_text
from crawler.deliver.letter_content import Content, FigureLine, LetterEvent
from crawler.flow import Language
from tests.letter_stories import (
    edited,
    letter,
    opened,
    paragraph,
    parts,
    published,
    revised,
    same,
    stretch,
)
from tests.test_letter import ALL


def test_a_long_list_of_changes_is_counted_where_it_is_not_shown() -> None:
    changes = tuple(paragraph("", f"新增第{number}段") for number in range(1, 101))
    for text in parts(letter(replace(revised(), changes=changes))):
        assert "新增第40段" in text
        assert "新增第41段" not in text
        assert "另有 60 段改动未列出" in text


@pytest.mark.parametrize("long", ["长" * 20_000, "&<>" * 20_000, "\u202e" * 20_000])
def test_a_huge_event_is_told_in_less_html_than_mail_programs_clip(long: str) -> None:
    wild = tuple(edited(*(part for _ in range(300) for part in (same(long), stretch(long, f"{long}2")))) for _ in range(3))
    whole = tuple(paragraph("", long) for _ in range(300))
    told: LetterEvent = replace(
        published(),
        title=long,
        bureau=long,
        changes=(*wild, *whole),
        figures=tuple(FigureLine(long, long, long, long, long) for _ in range(100)),
        outline=tuple(replace(published().outline[0], text=long) for _ in range(200)),
        attachments=tuple(replace(published().attachments[0], name=long) for _ in range(100)),
    )
    for event in (told, replace(told, kind=revised().kind, old=revised().old, new=revised().new)):
        plain, markup = parts(letter(event))
        assert len(markup.encode()) <= 90_000
        assert "未列出" in plain
        assert len(letter(event, shortened=True)) < 10_000


@ALL
def test_a_shortened_letter_is_small_plain_and_still_says_what_happened_where(
    content: Content, language: Language, file: object
) -> None:
    message = letter(content, language, shortened=True)
    read = opened(message)
    assert len(message) < 10_000
    assert read["Subject"] == headline(content, language)
    assert read["Message-ID"] == opened(letter(content, language))["Message-ID"]
    assert read.get_content_type() == "text/plain"
    if isinstance(content, LetterEvent):
        assert content.title in read.get_content()
        assert content.url in read.get_content()
        proof = content.new or content.old
        assert proof is None or proof.evidence.sha256 in read.get_content()
    assert "bureauwatch events" in read.get_content()


@ALL
@pytest.mark.parametrize("limit", [1, 40, 300, 2000, 100_000])
def test_plain_text_for_a_channel_is_cut_at_a_line_and_says_so(
    content: Content, language: Language, file: object, limit: int
) -> None:
    whole = plain_text(content, language, limit=1_000_000)
    text = plain_text(content, language, limit=limit)
    assert len(text) <= limit
    if len(whole) <= limit:
        assert text == whole
    elif limit >= 300:
        *kept, last = text.splitlines()
        assert kept == whole.splitlines()[: len(kept)]
        assert ("已截短" if language == "zh" else "cut short") in last
        if isinstance(content, LetterEvent):
            assert last.endswith(content.page_url or content.url)
