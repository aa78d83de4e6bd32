"""Changes as one HTML page, inline or side by side. Finds no change; the page runs no script and loads nothing.

Readable without colour: what went is struck through and in [- -], what came is underlined and in {+ +}.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from crawler.change import Change, Span
from crawler.compare.lookalikes import visible
from crawler.compare.show import HEADS, place_of, shortened
from crawler.compare.significance import told_figure, weigh

_STYLE: Final = """
:root{color-scheme:light dark}
body{font:16px/1.7 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;margin:0 auto;
max-width:64rem;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.25rem}h2{font-size:1rem;margin:1.5rem 0 .25rem;border-bottom:1px solid #8886}
article{margin:.75rem 0;padding:.5rem .75rem;border-left:4px solid #888}
article.figure{border-left-color:#b00020}
h3{font-size:.95rem;margin:0 0 .25rem}p{margin:.25rem 0;white-space:pre-wrap}
del{background:#ffd7d5;color:#5c0011;text-decoration:line-through}
ins{background:#c8f0d2;color:#003d16;text-decoration:underline}
.num{font-weight:700}.note{font-style:italic}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:.75rem}
.sides>div{border:1px solid #8886;padding:.25rem .5rem;min-width:0}
.sides h4{margin:0;font-size:.8rem;font-weight:400}
@media(max-width:640px){.sides{grid-template-columns:1fr}}
"""


def to_html(changes: Sequence[Change], *, side_by_side: bool = False, heading: str = "", titled: bool = True) -> str:
    """A page of its own with all changes under their sections' paths.

    Args:
        changes: in reading order.
        side_by_side: old and new beside each other (below each other on a narrow screen), else the edits within one text.
        heading: the page's heading: plain text; hidden characters are shown.
        titled: as in `to_terminal`.
    """
    name = _text(heading or "改动")
    weighed = weigh(changes)
    reasons = "".join(f"<li>{_text(reason)}</li>" for reason in weighed.reasons)
    summary = f'<ul class="reasons">{reasons}</ul>' if reasons else "<p>没有改动。</p>"
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{name}</title><style>{_STYLE}</style></head>\n<body><h1>{name}</h1>\n{summary}\n"
        f"{''.join(_articles(changes, side_by_side=side_by_side, titled=titled))}</body></html>\n"
    )


def _articles(changes: Sequence[Change], *, side_by_side: bool, titled: bool) -> Iterator[str]:
    path = ""
    for change in changes:
        if change.section != path:
            path = change.section
            yield f"<h2>{_text(path)}</h2>\n"
        told = change.figures if change.kind not in {"added", "removed"} else ()
        yield f'<article class="{"figure" if told else change.kind}">'
        yield f"<h3>{HEADS[change.kind]} {place_of(change, titled=titled)}</h3>\n"
        yield from (f'<p class="num">数字：{_text(told_figure(figure))}</p>\n' for figure in told)
        yield from (f'<p class="note">注意：{_text(note)}</p>\n' for note in change.notes)
        yield _sides(change) if side_by_side else f"<p>{''.join(_inline(change))}</p>\n"
        yield "</article>\n"


def _inline(change: Change) -> Iterator[str]:
    last = len(change.spans) - 1
    for at, span in enumerate(change.spans):
        if span.op == "equal":
            only = last == 0
            yield _text(shortened(span.new, head=at > 0 or only, tail=at < last))
        else:
            yield _gone(span) + _new(span)


def _sides(change: Change) -> str:
    old = "".join(_text(span.old) if span.op == "equal" else _gone(span) for span in change.spans)
    new = "".join(_text(span.new) if span.op == "equal" else _new(span) for span in change.spans)
    return (
        f'<div class="sides"><div><h4>原文</h4><p>{old or "（无）"}</p></div>'
        f"<div><h4>现文</h4><p>{new or '（无）'}</p></div></div>\n"
    )


def _gone(span: Span) -> str:
    return f"<del>[-{_edit(span.old)}-]</del>" if span.old else ""


def _new(span: Span) -> str:
    return f"<ins>{{+{_edit(span.new)}+}}</ins>" if span.new else ""


def _edit(text: str) -> str:
    return "¶" if text == "\n" else _text(text)


def _text(text: str) -> str:
    """Escaped, hidden characters shown; the ends of paragraphs stay."""
    return "\n".join(escape(visible(line)) for line in text.split("\n"))
