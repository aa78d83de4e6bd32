"""Reads numerals, Arabic and Chinese, into decimal numbers. Knows no units and finds nothing in a text."""

from __future__ import annotations

from decimal import Decimal

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD = _WIDE | {0x3000: 0x20, 0xA0: 0x20, 0x2003: 0x20, 0x2002: 0x20, 0x2009: 0x20, 0x202F: 0x20, 0x09: 0x20} | {
    ord("−"): ord("-"), ord("–"): ord("-"), ord("﹪"): ord("%"), ord("∶"): ord(":"), ord("﹒"): ord(".")
}  # fmt: skip
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_MOST_DIGITS = 15  # of a number that anyone counts; longer runs are codes


def folded(text: str) -> str:
    """The text in ASCII digits, punctuation and spaces, character for character: offsets stay as they are."""
    return text.translate(_FOLD)


def tidy(value: Decimal) -> Decimal:
    """The value without noughts behind its point: 67000.0 → 67000, 98.50 → 98.5."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def arabic(printed: str) -> Decimal | None:
    """The value of digits in ASCII, with their commas or spaces and point; None where it is too long to count anything."""
    plain = printed.replace(",", "").replace(" ", "")
    if len(plain) > _MOST_DIGITS:
        return None
    return Decimal(plain)


def scale(printed: str) -> int:
    """What 百 千 万 亿 behind a number multiply it by: 1 for none, 10,000 for 万, 10,000,000 for 千万."""
    factor = 1
    for character in printed:
        factor *= _SMALL.get(character) or _LARGE[character]
    return factor


def chinese(printed: str) -> Decimal | None:
    """The value of a Chinese numeral: 三百二十, 两万, 一百零五, 二〇二〇; None where the characters make no number."""
    if all(character in _DIGITS for character in printed):
        return Decimal("".join(str(_DIGITS[character]) for character in printed))
    total, section, digit = 0, 0, 0
    last = 10**9
    for character in printed:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _SMALL:
            if _SMALL[character] >= last:
                return None
            last = _SMALL[character]
            section += (digit or 1) * last
            digit = 0
        else:
            total = (total + section + digit or 1) * _LARGE[character]
            section, digit, last = 0, 0, 10**9
    return Decimal(total + section + digit)
