"""Changes as JSON and on a terminal."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from crawler.compare.diff import compare_texts
from crawler.compare.show import to_json, to_terminal, visible

HOSTILE = "\x1b]0;owned\x07\u202e\u200b\r\n[red]粗体[/red]"


def test_json_has_the_promised_form() -> None:
    changes = compare_texts(["受理226件。", "旧段"], ["受理236件。"])
    assert json.loads(json.dumps(to_json(changes))) == [
        {
            "kind": "edited",
            "section": "",
            "old": "受理226件。",
            "new": "受理236件。",
            "spans": [["equal", "受理", "受理"], ["replace", "226件", "236件"], ["equal", "。", "。"]],
            "figure": None,
        },
        {"kind": "removed", "section": "", "old": "旧段", "new": "", "spans": [["delete", "旧段", ""]], "figure": None},
    ]


def test_an_edit_can_be_read_without_colour() -> None:
    shown = to_terminal(compare_texts(["题", "受理226件。", "旧段"], ["题目", "受理236件。"])).plain
    assert shown == "修改 标题\n[-题-]{+题目+}\n修改 第1段\n受理[-226件-]{+236件+}。\n删除 原第2段\n[-旧段-]\n"


def test_paragraphs_without_a_title_are_counted_from_one() -> None:
    assert to_terminal(compare_texts([], ["新段"]), titled=False).plain == "新增 第1段\n{+新段+}\n"


def test_long_unchanged_stretches_are_cut_and_edits_never() -> None:
    filler = "法治政府建设工作持续推进，" * 20
    shown = to_terminal(compare_texts([filler + "226件" + filler], [filler + "236件" + filler])).plain
    assert "[-226件-]{+236件+}" in shown
    assert "…" in shown
    assert len(shown) < 120


def test_what_a_page_hides_is_shown_and_nothing_of_it_steers_the_terminal() -> None:
    console = Console(force_terminal=True, color_system=None, width=500)
    changes = compare_texts([f"{HOSTILE}。旧{HOSTILE}"], [f"{HOSTILE}。新新{HOSTILE}新"])
    with console.capture() as captured:
        console.print(to_terminal([*changes, *compare_texts([HOSTILE], []), *compare_texts([], [HOSTILE])]))
    printed = captured.get()
    shown = "⟦U+001B⟧]0;owned⟦U+0007⟧⟦U+202E⟧⟦U+200B⟧⟦U+000D⟧⟦U+000A⟧[red]粗体[/red]"
    assert printed.count(shown) == 4
    assert not set("\x1b\x07\u202e\u200b\r") & set(printed)


@given(st.text(st.sampled_from("甲a \x00\x1b\x9b\u200b\u202e\u2066\ufeff\U000e0041"), max_size=20))
def test_markers_stand_for_what_is_hidden_and_the_rest_stays(text: str) -> None:
    assert visible(text) == "".join(char if char in "甲a " else f"⟦U+{ord(char):04X}⟧" for char in text)
