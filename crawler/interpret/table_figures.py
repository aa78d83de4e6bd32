"""Reads the rows of tables, turned to lines with " | ", as figures: the row's name with the column's. Reads no sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.interpret import numerals, units
from crawler.interpret.finding import Found
from crawler.numbers import any_of

_BAR = " | "
_NUMBER = re.compile(
    rf" *(?P<value>-?(?:\d{{1,3}}(?:,\d{{3}})+|"
    rf"\d{{1,12}})(?:\.\d{{1,6}})?) ?(?P<unit>(?P<scale>[万亿]?)(?P<name>{units.UNIT})?) *"
)
_EMPTY = re.compile(r" *[-—/\\无]{0,4} *")
_UNIT = re.compile(rf" *\(?(?:单位:)?(?P<unit>[百千万亿]{{0,2}}{units.UNIT})\)? *")
_DECLARED = re.compile(rf"单位: ?(?P<unit>[百千万亿]{{0,2}}{units.UNIT})")
_IN_HEADING = re.compile(rf"(?P<counted>[件人次户家份条项个场])数$|\((?:单位:)?(?P<unit>[百千万亿]{{0,2}}{units.UNIT})\)$")
_NOT_COUNTED = re.compile(any_of("电话 邮编 传真 编号 文号 年份 序号 日期 时间 账号 代码 地址 号码 网址"))
_YEAR = re.compile(r"20\d\d年?度?")
_LONGEST_CELL = 60


@dataclass(frozen=True)
class Cell:
    """A figure in a table and its name."""

    found: Found
    phrase: str
    year: str  # of a column that is a year


@dataclass(frozen=True)
class Columns:
    """What the rows above say of those below: names of columns, and the unit of all."""

    names: tuple[str, ...] = ()
    unit: str = ""

    def below(self, line: str) -> Columns:
        """What is known below another line.

        Args:
            line: folded to ASCII.
        """
        declared = _DECLARED.search(line) if len(line) <= 200 else None
        if _BAR not in line:
            return Columns((), declared["unit"] if declared else "")
        cells = tuple(cell.strip() for cell in line.split(_BAR))
        unit = declared["unit"] if declared else self.unit
        is_heading = not any(_NUMBER.fullmatch(cell) for cell in cells[1:]) and all(
            len(cell) <= _LONGEST_CELL for cell in cells
        )
        return Columns(cells, unit) if is_heading else Columns(self.names, unit)


def row_figures(line: str, columns: Columns) -> list[Cell] | None:
    """The figures of a table's row; None where the line is no row of bare numbers.

    Args:
        line: folded to ASCII.
        columns: what the lines above say.
    """
    if _BAR not in line:
        return None
    places = _cells(line)
    texts = [cell for _, cell in places]
    if any(len(cell) > _LONGEST_CELL for cell in texts):
        return None
    numbers = [_NUMBER.fullmatch(cell) for cell in texts]
    names = [position for position, cell in enumerate(texts) if not numbers[position] and not _EMPTY.fullmatch(cell)]
    if not any(numbers) or not names:
        return None
    label = "".join(texts[position].strip() for position in names if not _UNIT.fullmatch(texts[position]))
    own = next((match["unit"] for position in names if (match := _UNIT.fullmatch(texts[position]))), columns.unit)
    if any(re.search(r"\d", texts[position]) for position in names) or _NOT_COUNTED.search(label):
        return None
    heads = columns.names if len(columns.names) == len(texts) else ("",) * len(texts)
    found = [
        _cell(start, match, label, head, own)
        for (start, _), match, head, position in zip(places, numbers, heads, range(len(texts)), strict=True)
        if match is not None and position > names[0] and not _NOT_COUNTED.search(head)
    ]
    return [cell for cell in found if cell is not None]


def _cells(line: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    place = 0
    for cell in line.split(_BAR):
        found.append((place, cell))
        place += len(cell) + len(_BAR)
    return found


def _cell(start: int, match: re.Match[str], label: str, head: str, own: str) -> Cell | None:
    heading = _IN_HEADING.search(head) or _IN_HEADING.search(label)
    unit = match["unit"] or (heading["counted"] or heading["unit"] if heading else "") or own
    value = numerals.arabic(match["value"].lstrip("-"))
    if value is None:
        return None
    if match["value"].startswith("-"):
        value = -value
    begin = start + match.start("value")
    factor = numerals.scale(unit[: len(unit) - len(unit.lstrip("百千万亿"))])
    end = start + match.end("unit") if match["unit"] else start + match.end("value")
    year = head if _YEAR.fullmatch(head) else ""
    phrase = label + ("" if head == label else head)
    return Cell(
        Found(begin, start + match.end("value"), end, numerals.tidy(value * factor), unit, units.norm(unit), ""), phrase, year
    )
