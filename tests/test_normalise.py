"""What the fingerprint ignores, and what it must not."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.clean.normalise import fingerprint, folded
from crawler.flow import RECIPE

WHITE = ["\xa0", "\u2003", "\u3000", " ", "\t", "\n", "\r\n", "\u2028", "\x85"]
PAIRS = [
    "，,",
    "：:",
    "；;",
    "（(",
    "）)",
    "？?",
    "！!",
    "％%",
    "．.",
    "－-",
    "～~",
    '＂"',
    '“"',
    '”"',
    "‘'",
    "’'",
    "｡。",
    "､、",
    "｢「",
]
CHANGES = ["１1", "Ａa", "AА", "〇○", "。.", "—-", "件\u200b件", "\u202e件", "三3", "二工", "、,"]
TEXTS = st.text(max_size=200)


def test_the_fingerprint_of_a_known_text_is_known() -> None:
    reduced = '报告(2018)\n一、"法治"建设:共31件,增长5.2%。'
    assert fingerprint("报告（2018）", ["　　一、“法治”建设：", "共31件，增长5.2％。"]) == (
        f"{RECIPE}:{hashlib.sha256(reduced.encode()).hexdigest()}"
    )
    assert fingerprint("a", ["b"]) == "1:7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78"


@given(TEXTS, TEXTS, st.sampled_from(WHITE), st.data())
def test_white_space_anywhere_changes_nothing(title: str, body: str, white: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(body)))
    assert fingerprint(title, [body[:at] + white + body[at:]]) == fingerprint(title, [body])


@pytest.mark.parametrize("pair", PAIRS)
@given(before=TEXTS, after=TEXTS)
def test_the_width_of_punctuation_and_the_shape_of_quotation_marks_change_nothing(pair: str, before: str, after: str) -> None:
    one, other = pair[0], pair[1]
    assert fingerprint("t", [before + one + after]) == fingerprint("t", [before + other + after])


@pytest.mark.parametrize("pair", CHANGES)
def test_digits_letters_look_alikes_and_invisible_marks_are_changes(pair: str) -> None:
    one, other = pair[: len(pair) // 2 or 1], pair[len(pair) // 2 :]
    assert one != other
    assert fingerprint("t", ["有" + one]) != fingerprint("t", ["有" + other])


@given(st.lists(TEXTS, max_size=5), st.data())
def test_where_paragraphs_end_changes_nothing(body: list[str], data: st.DataObject) -> None:
    whole = "".join(body)
    at = data.draw(st.integers(0, len(whole)))
    assert fingerprint("t", body) == fingerprint("t", [whole[:at], whole[at:]])


@given(TEXTS, TEXTS)
def test_what_moves_from_the_title_into_the_body_is_a_change(title: str, body: str) -> None:
    assert (fingerprint(title + "年", [body]) == fingerprint(title, ["年" + body])) is False


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(TEXTS, TEXTS)
def test_two_texts_share_a_fingerprint_only_where_their_folded_forms_are_equal(one: str, other: str) -> None:
    assert (fingerprint("t", [one]) == fingerprint("t", [other])) == (folded(one) == folded(other))


@given(st.characters(categories=["L", "N", "M", "Cf"]))
def test_no_letter_digit_or_invisible_mark_is_folded(character: str) -> None:
    assert folded(character) == character
