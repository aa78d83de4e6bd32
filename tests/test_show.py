"""Changes as JSON and on a terminal."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from rich.console import Console

from crawler.compare.diff import compare_reports, compare_texts
from crawler.compare.show import to_json, to_terminal, visible
from crawler.compare.show_html import to_html
from crawler.interpret.outline import outline
from crawler.knowledge import Figure, Told

SECTION = "一、复议"
HOSTILE = "\x1b]0;owned\x07\u202e\u200b\r\n[red]粗体[/red]"


def told(paragraph: str, value: int) -> Told:
    body = (paragraph.format(value),)
    start = body[0].index(str(value))
    figure = Figure(
        indicator="受理", concept="", value=str(value), value_norm=Decimal(value), unit="件", unit_norm="件", approx="", qualifier="",
        qualifier_value="", direction="", part_of="", period="", plan=False, section="", start=start, end=start + len(str(value)) + 1,
    )  # fmt: skip
    return Told("题", body, outline(body), (figure,))


def test_json_has_the_promised_form() -> None:
    changes = compare_texts(["受理226件。", "旧段"], ["受理236件。"])
    first, second = json.loads(json.dumps(to_json(changes)))
    assert {key: first[key] for key in ("kind", "section", "old", "new", "spans", "figure")} == {
        "kind": "edited",
        "section": "",
        "old": "受理226件。",
        "new": "受理236件。",
        "spans": [["equal", "受理", "受理"], ["replace", "226件", "236件"], ["equal", "。", "。"]],
        "figure": None,
    }
    assert (second["kind"], second["spans"]) == ("removed", [["delete", "旧段", ""]])


def test_a_changed_figure_is_told_with_its_percent_and_its_sentence() -> None:
    (change,) = to_json(compare_reports(told(f"{SECTION}。受理{{0}}件。", 226), told(f"{SECTION}。受理{{0}}件。", 236)))
    assert change["section"] == "一、复议"
    assert change["figure"] == {
        "indicator": "受理", "old": "226", "new": "236", "unit": "件", "percent": 4.4, "points": None, "sentence": "受理236件。",
    }  # fmt: skip


def test_an_edit_can_be_read_without_colour() -> None:
    shown = to_terminal(compare_texts(["题", "受理226件。", "旧段"], ["题目", "受理236件。"])).plain
    assert shown == "修改 标题\n题{+目+}\n修改 第1段\n受理[-226件-]{+236件+}。\n删除 原第2段\n[-旧段-]\n"


def test_changes_stand_under_the_path_of_their_section() -> None:
    shown = to_terminal(compare_reports(told(f"{SECTION}。受理{{0}}件。", 226), told(f"{SECTION}。受理{{0}}件。", 236))).plain
    assert shown == "§ 一、复议\n修改 第1段\n一、复议。受理[-226件-]{+236件+}。\n  数字 受理226件→236件（+4.4%）\n"


@pytest.mark.parametrize("side_by_side", [False, True])
def test_html_shows_edits_without_colour_escapes_everything_and_runs_nothing(*, side_by_side: bool) -> None:
    hostile = "<script>alert(1)</script>\u202e&"
    page = to_html(
        compare_texts([f"{hostile}受理226件。"], [f"{hostile}受理236件。"]), side_by_side=side_by_side, heading=hostile
    )
    document = html.document_fromstring(page)
    assert [node.text for node in document.iter("del")] == ["[-226件-]"]
    assert [node.text for node in document.iter("ins")] == ["{+236件+}"]
    assert not document.xpath("//script | //@src | //@onload | //link | //iframe")
    assert "⟦U+202E RIGHT-TO-LEFT OVERRIDE⟧" in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


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
    shown = "⟦U+001B⟧]0;owned⟦U+0007⟧⟦U+202E RIGHT-TO-LEFT OVERRIDE⟧⟦U+200B ZERO WIDTH SPACE⟧⟦U+000D⟧⟦U+000A⟧[red]粗体[/red]"
    assert printed.count(shown) == 4
    assert not set("\x1b\x07\u202e\u200b\r") & set(printed)


@given(st.text(st.sampled_from("甲a \x00\x1b\x9b\u200b\u202e\u2066\ufeff\U000e0041"), max_size=20))
def test_markers_stand_for_what_is_hidden_and_the_rest_stays(text: str) -> None:
    shown = visible(text)
    assert re.sub("⟦U[^⟧]*⟧", "", shown) == "".join(char for char in text if char in "甲a ")
    marked = [int(code, 16) for code in re.findall(r"⟦U\+([0-9A-F]{4,6})[ A-Z-]*⟧", shown)]
    assert marked == [ord(char) for char in text if char not in "甲a "]
