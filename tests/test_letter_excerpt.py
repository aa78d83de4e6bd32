"""How a letter shows an edit: whole, with a few words around it, and readable without colour."""

from __future__ import annotations

from dataclasses import replace

from crawler.compare.diff import compare_texts
from crawler.deliver.excerpt import CONTEXT, excerpt
from tests.letter_stories import FIGURE, edited, letter, paragraph, parts, revised, same, stretch, tree, words


def test_an_edit_is_shown_whole_in_text_and_in_html() -> None:
    plain, markup = parts(letter(revised()))
    assert "行政复议案件[-226件-]{+236件+},同比" in plain
    document = tree(markup)
    assert "226件" in [node.text for node in document.iter("del")]
    assert "236件" in [node.text for node in document.iter("ins")]


def test_an_edit_can_be_told_from_the_rest_without_colour() -> None:
    document = tree(parts(letter(revised()))[1])
    assert all("line-through" in node.get("style", "") for node in document.iter("del"))
    assert all("underline" in node.get("style", "") for node in document.iter("ins"))
    assert "原 226件 → 现 236件" in words(parts(letter(revised()))[1])


def test_the_diff_of_compare_fits_into_a_letter_as_it_is() -> None:
    changes = compare_texts([FIGURE.old, "二、不变"], [FIGURE.new, "二、不变", "三、新增"])
    plain, _ = parts(letter(replace(revised(), changes=changes)))
    assert "[-226件-]{+236件+}" in plain
    assert "{+三、新增+}" in plain


def test_a_moved_paragraph_is_shown_once_and_each_change_under_its_section() -> None:
    moved_ = paragraph("三、不变", "三、不变", (same("三、不变"),), kind="moved", section="一、甲 > (二)乙")
    plain, markup = parts(letter(replace(revised(), changes=(moved_, replace(FIGURE, section="二、丙")))))
    assert "1. 移动段落 · 一、甲 > (二)乙" in plain
    assert plain.count("三、不变") == 1
    assert "2. 修改 · 二、丙" in plain
    assert "一、甲 &gt; (二)乙" in markup


def test_a_stretch_that_differs_only_in_width_is_no_edit() -> None:
    shown = excerpt(edited(stretch("全年,", "全年，", "equal"), stretch("1件", "2件")))
    assert [(fragment.op, fragment.text) for fragment in shown.fragments] == [
        ("same", "全年，"),
        ("gone", "1件"),
        ("new", "2件"),
    ]


def test_a_paragraph_without_stretches_is_shown_old_and_new() -> None:
    shown = excerpt(paragraph("旧的一段", "新的一段"))
    assert [(fragment.op, fragment.text) for fragment in shown.fragments] == [("gone", "旧的一段"), ("new", "新的一段")]


def test_only_a_few_words_are_kept_around_an_edit() -> None:
    before, between, after = "前" * 500, "中" * 500, "后" * 500
    shown = excerpt(edited(same(before), stretch("1件", "2件"), same(between), stretch("3件", "4件"), same(after)))
    texts = [fragment.text for fragment in shown.fragments if fragment.op == "same"]
    assert texts == [f"…{'前' * CONTEXT}", f"{'中' * CONTEXT}…{'中' * CONTEXT}", f"{'后' * CONTEXT}…"]


def test_edits_of_one_paragraph_beyond_a_limit_are_counted() -> None:
    spans = [one for number in range(50) for one in (same("，"), stretch(f"{number}件", f"{number + 100}件"))]
    shown = excerpt(edited(*spans, same("。")), most_edits=10)
    assert (shown.edits, shown.left_out) == (50, 40)
    assert [fragment.text for fragment in shown.fragments][-2:] == ["109件", "，"]
    plain, _ = parts(letter(replace(revised(), changes=(edited(*spans, same("。")),))))
    assert "修改 · " not in plain
    assert "（50 处，列出前 40 处）" in plain


def test_the_context_is_never_cut_within_a_number() -> None:
    tail, head = "共1234567.89" + "万" * (CONTEXT - 5), "万" * (CONTEXT - 3) + "12,345,678件以上"
    shown = excerpt(
        edited(
            same(f"开头很长很长{tail}"),
            stretch("1件", "2件"),
            same(f"{head}还有很多很多"),
        )
    )
    first, *_, last = (fragment.text for fragment in shown.fragments)
    assert first.startswith("…1234567.89")
    assert last.endswith("12,345,678…")
