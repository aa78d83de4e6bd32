"""Changes as JSON and for a terminal. Finds no change; what a page hides is shown, and nothing of it steers a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich.text import Text

from crawler.change import Change, FigureChange, Span
from crawler.compare.lookalikes import visible
from crawler.compare.significance import told_figure

__all__ = ["place_of", "shortened", "to_json", "to_terminal", "visible"]

_CONTEXT: Final = 30
"""Characters of unchanged text shown on each side of an edit."""

HEADS: Final = {"edited": "修改", "added": "新增", "removed": "删除", "moved": "移位", "split": "拆分", "merged": "合并"}
"""What happened, as a reader is told."""


def to_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The changes as plain values: `kind, section, old, new, spans: [[op, old, new]…], figure`, texts exact, and more."""
    return [
        {
            "kind": change.kind,
            "section": change.section,
            "section_old": change.section_old,
            "position_old": change.position_old,
            "position_new": change.position_new,
            "old": change.old,
            "new": change.new,
            "spans": [[span.op, span.old, span.new] for span in change.spans],
            "figure": _figure(change.figure) if change.figure else None,
            "figures": [_figure(figure) for figure in change.figures],
            "notes": list(change.notes),
            "renumbered": [[one.old, one.new] for one in change.renumbered],
        }
        for change in changes
    ]


def to_terminal(changes: Sequence[Change], *, titled: bool = True) -> Text:
    """The changes for a terminal, readable without colour: [-old-] and {+new+}, long unchanged stretches cut short.

    Each section's changes stand together under its path.

    Args:
        changes: in reading order.
        titled: the first of the compared paragraphs is the title; the body's paragraphs are counted from the next one.
    """
    shown = Text()
    path = ""
    for change in changes:
        if change.section != path:
            path = change.section
            shown.append(f"§ {visible(path)}\n", style="bold cyan")
        shown.append(f"{HEADS[change.kind]} {place_of(change, titled=titled)}\n", style="bold")
        for index, span in enumerate(change.spans):
            _append(shown, span, first=index == 0, last=index == len(change.spans) - 1)
        shown.append("\n")
        for figure in change.figures if change.kind not in {"added", "removed"} else ():
            shown.append(f"  数字 {visible(told_figure(figure))}\n", style="bold red")
        for note in change.notes:
            shown.append(f"  注意 {note}\n", style="yellow")
    return shown


def place_of(change: Change, *, titled: bool = True) -> str:
    """Where a change stands, in words: 标题, 第3段, 原第4段, 第7段（原第2段）."""
    position = change.position_old if change.position_new is None else change.position_new
    assert position is not None, "a change has a place in the old text or in the new one"
    if titled and position == 0:
        return "标题"
    here = f"{'原' if change.kind == 'removed' else ''}第{position + (not titled)}段"
    if change.kind == "moved" and change.position_old is not None:
        return f"{here}（原第{change.position_old + (not titled)}段）"
    return here


def shortened(text: str, *, head: bool, tail: bool) -> str:
    """Unchanged text with what stands beside an edit; numbers may be cut.

    Args:
        text: the stretch.
        head: an edit stands before it.
        tail: an edit follows it.
    """
    start = text[:_CONTEXT] if head else ""
    end = text[-_CONTEXT:] if tail else ""
    return text if len(start) + len(end) + 1 >= len(text) else f"{start}…{end}"


def _figure(figure: FigureChange) -> dict[str, Any]:
    return {
        "indicator": figure.indicator,
        "old": figure.old,
        "new": figure.new,
        "unit": figure.unit,
        "percent": None if figure.percent is None else float(figure.percent),
        "points": None if figure.points is None else float(figure.points),
        "sentence": figure.sentence,
    }


def _append(shown: Text, span: Span, *, first: bool, last: bool) -> None:
    if span.op == "equal":
        whole = first and last  # a paragraph that only moved: its beginning says which one
        text = shortened(span.new, head=True, tail=False) if whole else shortened(span.new, head=not first, tail=not last)
        shown.append(visible(text))
        return
    if span.old + span.new == "\n":
        shown.append("{+¶+}" if span.new else "[-¶-]", style="green" if span.new else "red")
        return
    if span.old:
        shown.append(f"[-{visible(span.old)}-]", style="red")
    if span.new:
        shown.append(f"{{+{visible(span.new)}+}}", style="green")
