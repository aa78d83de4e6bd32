"""Reduces a report to what must be equal for two texts to be the same. Changes no text that is stored.

The whole noise floor, and the reason of each line:

    ignored                                             why
    white space of every kind, blank paragraphs         layout: NBSP, em and ideographic spaces
    full or half width of ASCII punctuation ！ to ～      editors and input methods; the sign is the same
    half-width forms of Chinese punctuation ｡｢｣､･        likewise
    the shape of quotation marks “”„‟〝〞〟＂, ‘’‚‛＇      editors "smarten" and straighten them
    counters and the date of today                      said for the moment (`crawler.clean.passing`)

    a change                                            why
    where paragraphs end                                a split is another text; it weighs as format, and is not mailed
    every format character (Cf): zero-width, bidi,      they hide an edit; the soft hyphen and U+FEFF, at the start of a
      soft hyphen, U+FEFF, tags                         text too, are no exception: what decoding takes off is gone before
    digits and letters of other width: １ 1, Ａ A        a number look-alike is how a figure is changed unseen
    look-alikes: 〇 ○ 零 0, А A, ⼀ 一, 隆 in two codes   NFC and NFKC would swallow them, so neither is applied
    é as one character or two                           as above; Chinese pages have no honest reason to change it
    the decimal point, comma, stop: 1.5 1,5 1。5         other signs, not other widths: they make other figures
    minus, hyphen, dash, wave, ratio: − - — – 〜 ∶       a range or a sign is at stake
    brackets of another kind: 〔〕 [] 【】 「」             a document number is cited by them; width alone is ignored
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Iterable

from crawler.clean.passing import without_passing
from crawler.flow import RECIPE

NOISE = (
    {chr(ord(mark) + 0xFEE0): mark for mark in string.punctuation}
    | dict(zip("｡｢｣､･", "。「」、・", strict=True))
    | dict.fromkeys("“”„‟〝〞〟＂", '"')
    | dict.fromkeys("‘’‚‛＇", "'")
)
"""Signs that are the same sign in another shape, and the shape they are compared in."""

_FOLD = str.maketrans(NOISE)
_SHORT = 200  # characters


def fingerprint(title: str, body: Iterable[str]) -> str:
    """The identity of a report's text, `<recipe>:<sha256 in hex>`.

    Two texts share it exactly where they differ in nothing but noise, as the table above has it.

    Args:
        title: the report's title.
        body: its paragraphs; blank ones do not count.
    """
    reduced = "\n".join([folded(title), *filter(None, map(folded, without_passing(body)))])
    return f"{RECIPE}:{hashlib.sha256(reduced.encode('utf-8', 'surrogatepass')).hexdigest()}"


def folded(text: str) -> str:
    """The text without white space, punctuation in half width, quotation marks straight."""
    text = "".join(text.split())
    if len(text) < _SHORT:
        return text.translate(_FOLD)
    for sign, shape in NOISE.items():  # for long texts: str.translate looks up each character, at eight times the cost
        if sign in text:
            text = text.replace(sign, shape)
    return text
