"""Sets a report's paragraphs in the ways that bureaus' editors do. Knows nothing of the page around them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from enum import Enum

from markupsafe import Markup

_CHAPTER = re.compile(r"[一二三四五六七八九十]+、.{1,40}")
_RUN = re.compile(r"[0-9A-Za-z.%,]+|[^0-9A-Za-z.%,]+")
_INDENTS = ("　　", "\u2003\u2003", "&nbsp;&nbsp;&nbsp;&nbsp;")
_WORD_SPAN = '<span style="font-size:16.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:Calibri">'


class BodyTemplate(Enum):
    """How the same paragraphs are put into a page."""

    P = "p"  # a <p> each, indented by spaces of a kind
    SPAN = "span"  # pasted from Word: spans that begin and end in mid-sentence
    BR = "br"  # one <div>, paragraphs parted by <br><br>
    DIV = "div"  # a <div> each
    TABLE = "table"  # the whole article in a cell of a layout table
    SECTION = "section"  # nested as WeChat's editor does
    EARLY_END = "early-end"  # as P; the page closes body and html before the article
    GBK = "gbk"  # as P; the page is sent in GB18030, labelled gb2312


def body_markup(paragraphs: Sequence[str], template: BodyTemplate, chance: random.Random) -> Markup:
    """The paragraphs as markup, escaped.

    Args:
        paragraphs: text, one paragraph each.
        template: how they are set.
        chance: chooses the indent and where Word's spans break.
    """
    indent = Markup(chance.choice(_INDENTS))  # noqa: S704  one of three constants
    match template:
        case BodyTemplate.SPAN:
            return _lines(_word(paragraph, chance) for paragraph in paragraphs)
        case BodyTemplate.BR:
            inside = Markup("<br><br>\n").join(Markup("&nbsp;&nbsp;&nbsp;&nbsp;{}").format(text) for text in paragraphs)
            return Markup("<div>{}</div>").format(inside)
        case BodyTemplate.DIV:
            return _lines(Markup("<div>{}{}</div>").format(indent, text) for text in paragraphs)
        case BodyTemplate.TABLE:
            cell = _lines(_paragraph(text, indent) for text in paragraphs)
            return Markup('<table border="0" width="100%"><tbody><tr><td>\n{}</td></tr></tbody></table>').format(cell)
        case BodyTemplate.SECTION:
            return Markup("<section>{}</section>").format(
                _lines(Markup("<section><div><p>{}</p></div></section>").format(text) for text in paragraphs)
            )
        case BodyTemplate.P | BodyTemplate.EARLY_END | BodyTemplate.GBK:
            return _lines(_paragraph(text, indent) for text in paragraphs)


def _paragraph(text: str, indent: Markup) -> Markup:
    frame = "<p>{}<strong>{}</strong></p>" if _CHAPTER.fullmatch(text) else "<p>{}{}</p>"
    return Markup(frame).format(indent, text)  # noqa: S704  one of two constants; the text is escaped by format


def _word(text: str, chance: random.Random) -> Markup:
    """A paragraph as Word exports it: digits in spans of their own, and a break anywhere."""
    spans = Markup("")
    for run in _RUN.findall(text):
        if run.isascii():
            spans += Markup('<span lang="EN-US" style="font-size:16.0pt">{}</span>').format(run)
            continue
        cut = chance.randint(0, len(run))
        for part in (run[:cut], run[cut:]):
            if part:
                spans += Markup(_WORD_SPAN + "{}</span>").format(part)  # noqa: S704  a constant; the text is escaped by format
    return Markup('<p class="MsoNormal" style="text-indent:32.0pt;line-height:28.0pt">{}</p>').format(spans)


def _lines(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(part + Markup("\n") for part in parts)
