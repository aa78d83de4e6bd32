"""Changes as JSON and for a terminal. Finds no change; what a page hides is shown, and nothing of it steers a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from rich.text import Text

from crawler.compare.diff import Change, Span

_CONTEXT: Final = 30
"""Characters of unchanged text shown on each side of an edit."""

# Controls, surrogates, and Unicode's Default_Ignorable_Code_Point: bidi controls, zero widths, variation selectors, fillers,
# tags. They can hide or reorder what a reader sees (CVE-2021-42574), and ESC can steer a terminal.
_INVISIBLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_HEADS: Final = {"edited": "修改", "added": "新增", "removed": "删除"}


def to_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The changes as plain values: `kind, section, old, new, spans: [[op, old, new]…], figure`, texts exact."""
    return [
        {
            "kind": change.kind,
            "section": "",
            "old": change.old,
            "new": change.new,
            "spans": [[span.op, span.old, span.new] for span in change.spans],
            "figure": None,
        }
        for change in changes
    ]


def to_terminal(changes: Sequence[Change], *, titled: bool = True) -> Text:
    """The changes for a terminal, readable without colour: [-old-] and {+new+}, long unchanged stretches cut short.

    Args:
        changes: what `compare_texts` found.
        titled: the first of the compared paragraphs is the title; the body's paragraphs are counted from the next one.
    """
    shown = Text()
    for change in changes:
        shown.append(f"{_HEADS[change.kind]} {_place(change, titled=titled)}\n", style="bold")
        for index, span in enumerate(change.spans):
            _append(shown, span, first=index == 0, last=index == len(change.spans) - 1)
        shown.append("\n")
    return shown


def visible(text: str) -> str:
    """The text with each character that cannot be seen, or that steers what is seen, as a marker such as ⟦U+202E⟧."""
    return _INVISIBLE.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", text)


def _place(change: Change, *, titled: bool) -> str:
    position = change.position_old if change.position_new is None else change.position_new
    assert position is not None, "a change has a place in the old text or in the new one"
    if titled and position == 0:
        return "标题"
    return f"{'原' if change.kind == 'removed' else ''}第{position + (not titled)}段"


def _append(shown: Text, span: Span, *, first: bool, last: bool) -> None:
    if span.op == "equal":
        shown.append(visible(_shortened(span.new, head=not first, tail=not last)))
        return
    if span.old:
        shown.append(f"[-{visible(span.old)}-]", style="red")
    if span.new:
        shown.append(f"{{+{visible(span.new)}+}}", style="green")


def _shortened(text: str, *, head: bool, tail: bool) -> str:
    start = text[:_CONTEXT] if head else ""
    end = text[-_CONTEXT:] if tail else ""
    return text if len(start) + len(end) + 1 >= len(text) else f"{start}…{end}"
