"""What counts as touched by an edit: the sentences around it, and never less than the edit itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.change import Change, Span
from crawler.deliver.matter import touched

TEXT = st.text("甲乙丙226件，。；\n", min_size=1, max_size=12)
SPANS = st.lists(
    TEXT.map(lambda same: Span("equal", same, same))
    | TEXT.map(lambda put_in: Span("insert", "", put_in))
    | TEXT.map(lambda taken: Span("delete", taken, ""))
    | st.tuples(TEXT, TEXT).map(lambda both: Span("replace", *both)),
    min_size=1,
    max_size=7,
)


def edited(*spans: Span) -> Change:
    old, new = "".join(span.old for span in spans), "".join(span.new for span in spans)
    return Change("edited", 1, 1, old, new, spans)


@pytest.mark.parametrize(
    ("spans", "lines"),
    [
        (
            [Span("equal", "甲。共", "甲。共"), Span("replace", "226件", "236件"), Span("equal", "。乙。", "。乙。")],
            ["共226件。", "共236件。"],
        ),
        ([Span("equal", "甲。", "甲。"), Span("insert", "", "乙。"), Span("equal", "丙。", "丙。")], ["丙。", "乙。"]),
        ([Span("equal", "甲。乙", "甲。乙"), Span("delete", "。", ""), Span("equal", "丙。", "丙。")], ["乙。", "乙丙。"]),
        ([Span("replace", "甲", "丁"), Span("equal", "；乙", "；乙")], ["甲；", "丁；"]),
        (
            [Span("equal", "甲，", "甲，"), Span("delete", "乙。丙", ""), Span("equal", "，丁。戊", "，丁。戊")],
            ["甲，乙。丙，丁。", "甲，，丁。"],
        ),
    ],
)
def test_the_sentences_of_an_edit_are_touched_as_they_were_and_as_they_are(spans: list[Span], lines: list[str]) -> None:
    found = touched(edited(*spans)).split("\n")
    assert set(lines) <= set(found), found
    assert "甲。" not in found, "a sentence in which nothing changed is not touched"


@pytest.mark.parametrize(
    ("old", "new", "text"), [("", "新段。又一句。", "新段。又一句。"), ("旧段。", "", "旧段。"), ("搬走。", "搬走。", "搬走。")]
)
def test_a_paragraph_that_came_went_or_moved_is_touched_as_a_whole(old: str, new: str, text: str) -> None:
    assert touched(Change("moved", 1, 2, old, new, (Span("equal", old, new),))) == text


@given(SPANS)
def test_every_edit_is_in_what_is_touched(spans: list[Span]) -> None:
    text = touched(edited(*spans))
    for span in spans:
        if span.op != "equal":
            assert span.old in text
            assert span.new in text


@given(SPANS)
def test_nothing_is_touched_that_stands_on_neither_side(spans: list[Span]) -> None:
    change = edited(*spans)
    whole = f"{change.old}\n{change.new}"
    assert all(line in whole for line in touched(change).split("\n"))
