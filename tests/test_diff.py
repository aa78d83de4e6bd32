"""What changed, where, and nothing else."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crawler.compare.align import align, in_order
from crawler.compare.diff import Change, Span, compare_texts
from crawler.compare.paragraphs import ALIKE, CELLS, paragraph_matcher, shingles, similarity
from crawler.compare.tokens import tokens
from crawler.numbers import numbers

SEEDS = sorted((Path(__file__).parent.parent / "seeds" / "documents").glob("*.txt"))
REPORTS = [tuple(line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()) for path in SEEDS]
DIGITS = [
    (r, p, m.start()) for r, report in enumerate(REPORTS) for p, text in enumerate(report) for m in re.finditer(r"\d", text)
]

tokens("法治")  # the dictionary is loaded here, not within the first example
paragraph = st.text(st.sampled_from("法治政府建设 案件1234,.%件，。甲乙丙丁"), max_size=24)
texts = st.lists(paragraph, max_size=8)


def halved(text: str) -> str:
    return "".join(text.split()).translate(str.maketrans("，。；：（）", ",.;:()"))


def sides(change: Change) -> tuple[str, str]:
    return "".join(span.old for span in change.spans), "".join(span.new for span in change.spans)


@given(texts, texts)
def test_the_sides_of_the_spans_are_the_paragraphs(old: list[str], new: list[str]) -> None:
    for change in compare_texts(old, new):
        assert sides(change) == (change.old, change.new)
        assert change.old == ("" if change.position_old is None else old[change.position_old])
        assert change.new == ("" if change.position_new is None else new[change.position_new])


@given(texts, texts)
def test_the_changes_lead_from_the_old_text_to_the_new_one(old: list[str], new: list[str]) -> None:
    old, new = [text for text in old if text], [text for text in new if text]
    changes = compare_texts(old, new)
    gone = {change.position_old for change in changes if change.kind == "removed"}
    come = {change.position_new: change.new for change in changes if change.kind == "added"}
    edited = {change.position_old: change.new for change in changes if change.kind == "edited"}
    kept = iter([edited.get(at, text) for at, text in enumerate(old) if at not in gone])
    assert [come[at] if at in come else next(kept) for at in range(len(new))] == new
    assert next(kept, None) is None


@given(texts)
def test_a_text_does_not_differ_from_itself(text: list[str]) -> None:
    assert compare_texts(text, text) == ()


@given(texts, texts)
def test_equal_spans_are_equal_and_edits_are_named_after_their_sides(old: list[str], new: list[str]) -> None:
    for change in compare_texts(old, new):
        for span in change.spans:
            expected = {(True, True): "replace", (True, False): "delete", (False, True): "insert"}
            assert span.op == ("equal" if span.old == span.new else expected[bool(span.old), bool(span.new)])
        assert all("equal" in {one.op, other.op} for one, other in pairwise(change.spans))


@given(texts, texts)
def test_what_the_fold_ignores_is_never_an_edit(old: list[str], new: list[str]) -> None:
    for change in compare_texts(old, new, fold=halved):
        assert halved(change.old) != halved(change.new)
        assert sides(change) == (change.old, change.new)
        for span in change.spans:
            assert (span.op == "equal") == (halved(span.old) == halved(span.new))


@pytest.mark.parametrize("report", REPORTS, ids=["000", "003"])
def test_spaces_and_full_width_punctuation_alone_are_no_change(report: tuple[str, ...]) -> None:
    wide = [re.sub("[,;:]", lambda mark: chr(ord(mark[0]) + 0xFEE0), f"\u3000\u3000{text}\xa0") for text in report]
    assert compare_texts(report, wide, fold=halved) == ()
    assert compare_texts(report, wide) != ()


def test_every_single_digit_of_the_seed_reports_planted_anew_is_one_whole_number_replaced() -> None:
    assert len(DIGITS) > 500
    for at, position, offset in DIGITS:
        old = REPORTS[at][position]
        new = old[:offset] + str((int(old[offset]) + 1) % 10) + old[offset + 1 :]
        (change,) = compare_texts(REPORTS[at], [*REPORTS[at][:position], new, *REPORTS[at][position + 1 :]])
        assert (change.kind, change.position_old, change.position_new) == ("edited", position, position)
        (edit,) = [span for span in change.spans if span.op != "equal"]
        whole = next(run for run in re.finditer(r"\d+(?:\.\d+)*(?:余?万?[件元次名家人]|多场|个?百分点|%|项|个|年|月|日)?", old)
                     if run.start() <= offset < run.end())  # fmt: skip
        assert edit.op == "replace"
        assert whole[0] in edit.old
        assert numbers(edit.old) == (edit.old,)
        assert numbers(edit.new) == (edit.new,)


@given(st.data())
@settings(max_examples=60)
def test_one_planted_character_is_one_edit_at_its_place(data: st.DataObject) -> None:
    report = data.draw(st.sampled_from(REPORTS))
    position = data.draw(st.integers(0, len(report) - 1))
    assume(len(report[position]) >= 10)
    offset = data.draw(st.integers(0, len(report[position])))
    new = report[position][:offset] + "鑫" + report[position][offset:]
    (change,) = compare_texts(report, [*report[:position], new, *report[position + 1 :]])
    edits = [span for span in change.spans if span.op != "equal"]
    assert change.position_old == change.position_new == position
    assert sum("鑫" in span.new for span in edits) == 1
    assert sum(len(span.new) for span in edits) <= 24


@given(st.data())
@settings(max_examples=40)
def test_a_paragraph_added_or_removed_is_that_one_change(data: st.DataObject) -> None:
    report = data.draw(st.sampled_from(REPORTS))
    position = data.draw(st.integers(0, len(report) - 1))
    without = [*report[:position], *report[position + 1 :]]
    assert [(c.kind, c.position_new, c.new) for c in compare_texts(without, report)] == [("added", position, report[position])]
    assert [(c.kind, c.position_old, c.old) for c in compare_texts(report, without)] == [
        ("removed", position, report[position])
    ]


@given(st.data())
@settings(max_examples=20)
def test_digits_edited_all_over_a_report_are_found_in_their_paragraphs_and_nowhere_else(data: st.DataObject) -> None:
    report = list(REPORTS[1])
    numbered = [at for at, text in enumerate(report) if re.search(r"\d", text) and len(text) > 40]
    chosen = data.draw(st.sets(st.sampled_from(numbered), min_size=1))
    edited = [re.sub(r"\d", "7", text) + "八" if at in chosen else text for at, text in enumerate(report)]
    changes = compare_texts(report, edited)
    assert {(change.kind, change.position_old) for change in changes} == {("edited", at) for at in chosen}


def test_two_swapped_figures_are_two_edits() -> None:
    (change,) = compare_texts(["调解知识产权纠纷1282件、消费纠纷2767件。"], ["调解知识产权纠纷2767件、消费纠纷1282件。"])
    assert [span for span in change.spans if span.op != "equal"] == [
        Span("replace", "1282件", "2767件"),
        Span("replace", "2767件", "1282件"),
    ]


def test_the_short_rests_of_a_rewritten_passage_are_not_left_standing_between_its_edits() -> None:
    (change,) = compare_texts(
        ["按照市委市政府的统一部署,全面推进司法行政的深化改革工作。"],
        ["按照市委市政府的统一部署,全面加强公共法律的质量提升工作。"],
    )
    assert [span.op for span in change.spans] == ["equal", "replace", "equal"]


def test_an_unchanged_number_between_edits_is_left_standing() -> None:
    (change,) = compare_texts(["本年受理案件23件审结完毕，成效显著提高。"], ["全年办理事项23件全部办完，成效显著提高。"])
    assert any(span.op == "equal" and "23件" in span.old for span in change.spans)


def test_rewritten_words_on_both_sides_of_a_clause_mark_stay_two_edits() -> None:
    (change,) = compare_texts(["按照市委部署,加强领导,深化改革工作。"], ["按照市委部署,健全机制,推进法治工作。"])
    assert [span.old for span in change.spans if span.op != "equal"] == ["加强领导", "深化改革"]


def test_a_space_put_into_a_word_is_no_edit_of_a_paragraph_that_was_edited_elsewhere() -> None:
    (change,) = compare_texts(["推进法治建设3项。"], ["推进法 治建设4项。"], fold=halved)
    assert change.spans == (
        Span("equal", "推进法治建设", "推进法 治建设"),
        Span("replace", "3项", "4项"),
        Span("equal", "。", "。"),
    )


def test_cells_of_a_table_that_differ_in_their_numbers_only_are_paired_in_order() -> None:
    changes = compare_texts(["3", "甲1件", "甲2件", "12"], ["4", "甲5件", "甲6件", "15"])
    assert [(change.kind, change.old, change.new) for change in changes] == [
        ("edited", "3", "4"),
        ("edited", "甲1件", "甲5件"),
        ("edited", "甲2件", "甲6件"),
        ("edited", "12", "15"),
    ]


def test_an_unchanged_paragraph_is_never_given_to_a_similar_one() -> None:
    changes = compare_texts(["共甲1件", "共甲2件", "结尾"], ["共甲2件", "另外一些话"])
    assert [(change.kind, change.old, change.new) for change in changes] == [
        ("removed", "共甲1件", ""),
        ("removed", "结尾", ""),
        ("added", "", "另外一些话"),
    ]


@pytest.mark.parametrize(("report", "sharing_a_formula"), [(REPORTS[0], 0), (REPORTS[1], 1)], ids=["000", "003"])
def test_half_a_paragraph_is_alike_to_the_whole_and_other_paragraphs_are_not(
    report: tuple[str, ...], sharing_a_formula: int
) -> None:
    pieces = [(shingles(text), shingles(text[: len(text) // 2])) for text in report if len(text) > 20]
    assert all(similarity(whole, half) >= 0.6 > ALIKE for whole, half in pieces)
    others = [similarity(one, other) for at, (one, _) in enumerate(pieces) for other, _ in pieces[:at]]
    assert sum(likeness > 0.29 for likeness in others) == sharing_a_formula


def test_a_large_text_rewritten_everywhere_is_cut_at_what_it_still_shares() -> None:
    old = [text for text in REPORTS[0] + REPORTS[1] if len(text) > 40]
    new = [f"{text[: len(text) // 2]}另行{text[len(text) // 2 :]}" for text in old]
    assert len(old) * len(new) > CELLS
    changes = compare_texts(old, new)
    assert [(change.kind, change.position_old) for change in changes] == [("edited", at) for at in range(len(old))]
    assert all("另行" in "".join(span.new for span in change.spans if span.op != "equal") for change in changes)


def test_thousands_of_equal_lines_come_to_an_end() -> None:
    changes = compare_texts(["0"] * 5000 + ["1"] + ["0"] * 4000, ["0"] * 4000 + ["2"] + ["0"] * 5000)
    assert {change.kind for change in changes} <= {"edited", "added", "removed"}
    assert compare_texts(["法治，" * 20_000], ["政府。" + "法治，" * 20_000])[0].spans[0] == Span("insert", "", "政府。")


@given(st.lists(st.sampled_from("abcdef")), st.lists(st.sampled_from("abcdef")))
def test_paired_positions_rise_on_both_sides(old: list[str], new: list[str]) -> None:
    pairs = align(old, new, paragraph_matcher())
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), unique_by=lambda pair: pair[0], max_size=9))
def test_the_longest_rising_chain_is_found(pairs: list[tuple[int, int]]) -> None:
    chain = in_order(pairs)
    assert set(chain) <= set(pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(chain))
    longest = [0]
    for at, (_, j) in enumerate(sorted(pairs)):
        longest.append(1 + max((longest[b + 1] for b, (_, m) in enumerate(sorted(pairs)[:at]) if m < j), default=0))
    assert len(chain) == max(longest)
