"""Composes page templates of sites that no rule knows, each from a number. Sets no body.

Even numbers draw on the one set of furniture, odd ones on the other.
"""

# ruff: noqa: E501  a piece of markup reads best on one line

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import escape

from benchmarks.furniture import HELD_OUT, TUNED, name
from benchmarks.wild import WILD, wild

COMPOSED = 80
"""Templates made from pieces (count)."""
FRAMES = COMPOSED + len(WILD)
"""Templates (count): those, then the misleading ones."""


@dataclass(frozen=True)
class Manuscript:
    """A report that is to be set, and what must be read of it."""

    name: str
    title: str
    day: str  # ISO
    source: str
    paragraphs: tuple[str, ...]
    markup: str  # of its body
    attachments: tuple[str, ...] = ()  # paths


@dataclass(frozen=True)
class _Parts:
    """The pieces of one page."""

    top: str
    crumbs: str
    left: str
    right: str
    block: str
    title: str
    line: str
    tools: str
    body: str
    tail: str
    after: str
    bottom: str


def framed(number: int, manuscript: Manuscript) -> str:
    """The page of a manuscript in template `number`.

    Args:
        number: of the template, from 0; the same number gives the same template.
        manuscript: what it shows.
    """
    if number >= COMPOSED:
        shown = (manuscript.title, manuscript.day, manuscript.source, manuscript.markup)
        return wild(number - COMPOSED, *shown)
    chance = random.Random(number)
    own = HELD_OUT if number % 2 else TUNED
    picked = {place: chance.choice(getattr(own, place)) for place in ("crumbs", "blocks", "lines", "tools", "tails")}
    several = {place: chance.sample(getattr(own, place), 2) for place in ("before", "sides", "afters", "floats")}
    parts = _Parts(
        top="".join(piece(chance) for piece in several["before"]) + chance.choice(own.headers)(chance),
        crumbs=picked["crumbs"](chance),
        left=several["sides"][0](chance),
        right=several["sides"][1](chance),
        block=picked["blocks"](chance),
        title=chance.choice(_TITLES).format(escape(manuscript.title), name(chance)),
        line=picked["lines"](chance, manuscript.day, manuscript.source),
        tools=picked["tools"](chance),
        body=chance.choice(_WRAPPERS).replace("@", manuscript.markup).replace("~", name(chance)),
        tail=picked["tails"](chance),
        after="".join(piece(chance) for piece in several["afters"]),
        bottom=chance.choice(own.footers)(chance) + "".join(piece(chance) for piece in several["floats"]),
    )
    layout = _LAYOUTS[number // 2 % len(_LAYOUTS)]
    whole = chance.choice(_PAGE_TITLES).format(escape(manuscript.title))
    head = f'<meta charset="utf-8"><title>{whole}</title><style>.a{{color:red}}</style>'
    doctype = chance.choice(("<!DOCTYPE html>", "", '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">'))
    return f"{doctype}<html><head>{head}</head><body>{layout(parts, chance)}</body></html>"


def _columns(parts: _Parts, chance: random.Random) -> str:
    """The usual: side, article, side."""
    return (
        f'{parts.top}<div class="{name(chance)}">{parts.crumbs}<div class="{name(chance)}">{parts.left}<div class="{name(chance)}">'
        f"{parts.block}{parts.title}{parts.line}{parts.tools}{parts.body}{parts.tail}{parts.after}</div>{parts.right}</div></div>"
        f"{parts.bottom}"
    )


def _sides_first(parts: _Parts, chance: random.Random) -> str:
    """Both sides stand before the article in the source."""
    return (
        f'{parts.top}<div id="{name(chance)}">{parts.left}{parts.right}<div>{parts.crumbs}{parts.title}'
        f'<div class="{name(chance)}">{parts.line}{parts.tools}</div>{parts.block}<div>{parts.body}</div>{parts.tail}</div>{parts.after}</div>{parts.bottom}'
    )


def _flat(parts: _Parts, _chance: random.Random) -> str:
    """Nothing holds anything."""
    return (
        f"{parts.top}{parts.crumbs}{parts.block}{parts.title}{parts.line}{parts.tools}{parts.body}{parts.tail}{parts.after}"
        f"{parts.right}{parts.bottom}"
    )


def _tables(parts: _Parts, _chance: random.Random) -> str:
    """Tables in tables in tables."""
    article = "".join(
        f"<tr><td>{part}</td></tr>"
        for part in (parts.block, parts.title, parts.line, parts.tools, parts.body, parts.tail)
        if part
    )
    return (
        f'<table width="100%"><tr><td>{parts.top}</td></tr><tr><td>{parts.crumbs}</td></tr><tr><td><table><tr><td valign="top">{parts.left}</td>'
        f"<td><table>{article}</table>{parts.after}</td><td>{parts.right}</td></tr></table></td></tr><tr><td>{parts.bottom}</td></tr></table>"
    )


def _semantic(parts: _Parts, _chance: random.Random) -> str:
    """HTML5."""
    return (
        f"{parts.top}<main>{parts.crumbs}<article><header>{parts.title}{parts.line}</header>{parts.tools}"
        f"<section>{parts.body}</section><footer>{parts.tail}</footer></article>{parts.after}<aside>{parts.right}</aside></main>{parts.bottom}"
    )


def _soup(parts: _Parts, chance: random.Random) -> str:
    """Twelve wrappers deep, the head and the text in branches of their own, a form around all."""
    open_, close = "".join(f'<div class="{name(chance)}">' for _ in range(12)), "</div>" * 12
    return (
        f'<form id="aspnetForm" action="x.aspx"><input type="hidden" value="/wEPDwUK。">{parts.top}{open_}<div><div>{parts.crumbs}</div>'
        f"<div><div>{parts.title}</div><div>{parts.line}{parts.tools}</div></div><div><div><div>{parts.body}</div></div></div>"
        f"<div>{parts.tail}</div></div><div>{parts.after}{parts.right}</div>{close}{parts.bottom}</form>"
    )


def _foot_before(parts: _Parts, chance: random.Random) -> str:
    """The article floats: its source comes last but one, after lists and before the footer; tools stand before the title."""
    return (
        f'{parts.top}<div class="{name(chance)}">{parts.right}{parts.left}</div><div class="{name(chance)}">{parts.tools}'
        f"<div>{parts.title}</div>{parts.line}<div>{parts.body}{parts.tail}</div></div>{parts.after}{parts.bottom}"
    )


def _two_copies(parts: _Parts, chance: random.Random) -> str:
    """A print copy that the style sheet hides, and a copy in a template."""
    return (
        f'{parts.top}{parts.crumbs}<div class="{name(chance)}">{parts.title}{parts.line}{parts.tools}<div class="{name(chance)}">{parts.body}</div>'
        f'{parts.tail}</div><div style="width:1px;DISPLAY : none">{parts.title}{parts.body}</div><template>{parts.body}</template>'
        f"{parts.after}{parts.left}{parts.bottom}"
    )


_LAYOUTS: tuple[Callable[[_Parts, random.Random], str], ...] = (
    _columns,
    _sides_first,
    _flat,
    _tables,
    _semantic,
    _soup,
    _foot_before,
    _two_copies,
)
_TITLES = (
    "<h1>{0}</h1>",
    '<div class="{1}"><h2>{0}</h2></div>',
    '<p align="center"><b><font size="4">{0}</font></b></p>',
    '<div class="{1}">{0}</div>',
    "<h3><span>{0}</span></h3>",
)
_PAGE_TITLES = ("{}", "{}_通知公告_某市司法局", "{}-某市司法局", "某市司法局 {}", "{} | 某市司法局门户网站")
_WRAPPERS = (
    '<div class="~">@</div>',
    '<div class="~"><div id="~">@</div></div>',
    "<td>@</td>",
    "@",
    '<div class="~"><!--文章正文开始-->@<!--文章正文结束--></div>',
    '<table width="95%"><tr><td class="~">@</td></tr></table>',
)
