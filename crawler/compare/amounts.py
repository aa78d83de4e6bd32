"""What a printed number amounts to, whatever it is written in: 12000件 = 1.2万件 = 1，2000件. Finds no number in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
RATES = frozenset({"%", "％", "‰", "个百分点", "百分点"})
"""Units whose difference is told in percentage points."""
_FINE = Decimal("0.1")  # percent
_MOST = 20  # digits of a number that counts something
_SHAPE = re.compile(
    r"(?P<before>将近|大约|超过|不足|近|约|逾|超|第|百分之|千分之)?(?P<sign>[-−+])?"
    r"(?:(?P<arabic>\d[\d,.]{0,40})|(?P<han>[零〇一二三四五六七八九两十百千万亿]{1,20}(?:点[零〇一二三四五六七八九]{1,9})?))"
    r"(?P<rough1>[余多]?)(?P<scale>[百千万亿]{0,3})(?P<rough2>[余多]?)(?P<unit>.{0,8})"
)


@dataclass(frozen=True)
class Amount:
    """A number with everything that makes it another one."""

    value: Decimal
    unit: str  # without its multiplier
    rough: str  # 近 约 超 余 多 第 …


def amount(printed: str) -> Amount | None:
    """What a number with its unit amounts to; None where it is no plain number.

    Args:
        printed: one of `crawler.numbers.numbers`.
    """
    found = _SHAPE.fullmatch(printed.translate(_WIDE).replace(" ", ""))
    if found is None:
        return None
    value = _arabic(found["arabic"]) if found["arabic"] else numeral(found["han"])
    if value is None:
        return None
    for character in found["scale"]:
        value *= _SMALL.get(character) or _LARGE[character]
    before, unit = found["before"] or "", found["unit"]
    if before in {"百分之", "千分之"} and not unit:
        before, unit = "", "%" if before == "百分之" else "‰"
    negative = found["sign"] in {"-", "−"}
    return Amount(-value if negative else value, unit, before + found["rough1"] + found["rough2"])


def percent_of(before: Decimal, after: Decimal) -> Decimal | None:
    """By how much a value changed, in percent of the old one: one decimal, or two digits that count; None from 0."""
    if not before:
        return None
    change = (after - before) / abs(before) * 100
    return change.quantize(Decimal("0.1")) if abs(change) >= _FINE else Decimal(f"{change:.2g}")


def points_between(before: Decimal, after: Decimal) -> Decimal:
    """By how many percentage points a rate changed, without idle zeros."""
    return Decimal(f"{(after - before).normalize():f}")


def printed_delta(before: Amount, after: Amount) -> str:
    """（+4.4%）, （-0.5个百分点）, or nothing where two amounts cannot be set against each other."""
    if before.unit != after.unit or before.value == after.value or "第" in before.rough + after.rough:
        return ""
    if after.unit in RATES:
        return f"（{points_between(before.value, after.value):+f}个百分点）"
    percent = percent_of(before.value, after.value)
    return f"（{percent:+f}%）" if percent is not None else ""


def numeral(printed: str) -> Decimal | None:
    """The value of digits or of a Chinese numeral without its unit; None where the characters make no number."""
    if printed.isdecimal():
        return Decimal(int(printed)) if len(printed) <= _MOST else None
    whole, _, fraction = printed.partition("点")
    value = _han(whole)
    if value is None or not fraction:
        return value
    return value + Decimal("0." + "".join(str(_DIGITS[character]) for character in fraction))


def _arabic(printed: str) -> Decimal | None:
    plain = printed.replace(",", "").rstrip(".")
    return Decimal(plain) if len(plain) <= _MOST and plain.count(".") <= 1 else None


def _han(printed: str) -> Decimal | None:
    if all(character in _DIGITS for character in printed):
        return Decimal("".join(str(_DIGITS[character]) for character in printed))
    total = section = digit = 0
    for character in printed:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _SMALL:
            section += (digit or 1) * _SMALL[character]
            digit = 0
        else:
            total = (total + section + digit or 1) * _LARGE[character]
            section = digit = 0
    return Decimal(total + section + digit)
