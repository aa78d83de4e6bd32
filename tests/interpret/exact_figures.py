"""The figures of the seed reports as the gold table has them, placed in the cleaned body. Reads no figure by itself."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from crawler.clean.text_file import clean_text_file
from crawler.interpret.sentences import scale_of
from crawler.knowledge import Figure

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"


@dataclass(frozen=True)
class Exact:
    """A seed's body with its figures, and how an offset of the raw text becomes one of the body."""

    body: tuple[str, ...]
    figures: tuple[Figure, ...]
    placed: Callable[[int], int]


def exact(doc: str) -> Exact:
    """The seed 000 or 003."""
    path = next((ROOT / "seeds" / "documents").glob(f"{doc}_*.txt"))
    raw = path.read_text(encoding="utf-8")
    body = clean_text_file(path.name, raw).body
    spans: list[tuple[int, int, int]] = []
    place = offset = 0
    for paragraph in body:
        at = raw.index(paragraph, place)
        spans.append((at, offset, len(paragraph)))
        place, offset = at + len(paragraph), offset + len(paragraph) + 1

    def placed(raw_offset: int) -> int:
        return next(offset + raw_offset - at for at, offset, length in spans if at <= raw_offset < at + length)

    text = "\n".join(body)
    return Exact(body, tuple(_figure(row, text, placed) for row in table("figures_gold.csv") if row["doc"] == doc), placed)


def table(name: str) -> list[dict[str, str]]:
    """The rows of a gold table."""
    with (GOLD / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def mutations(read: Exact, position: int) -> Iterator[tuple[tuple[str, ...], tuple[Figure, ...]]]:
    """The report with one digit of one figure changed, in every way."""
    figure = read.figures[position]
    text = "\n".join(read.body)
    for place, digit in enumerate(figure.value):
        for other in "0123456789":
            if digit.isdigit() and other != digit:
                value = figure.value[:place] + other + figure.value[place + 1 :]
                changed = replace(figure, value=value, value_norm=Decimal(value) * scale_of(figure))
                body = tuple((text[: figure.start] + value + text[figure.start + len(value) :]).split("\n"))
                yield body, (*read.figures[:position], changed, *read.figures[position + 1 :])


def _figure(row: dict[str, str], text: str, placed: Callable[[int], int]) -> Figure:
    start = placed(int(row["char_offset"]))
    end = start + len(row["value"])
    behind = next((mark + row["unit"] for mark in ("余", "多", "") if text.startswith(mark + row["unit"], end)), "")
    return Figure(
        indicator=row["indicator"], concept="", value=row["value"], value_norm=Decimal(row["value_norm"]), unit=row["unit"],
        unit_norm=row["unit_norm"], approx=row["approx"], qualifier=row["qualifier"], qualifier_value=row["qualifier_value"],
        direction=row["direction"], part_of=row["part_of"], period="", plan=False, section=row["section"], start=start,
        end=end + len(behind),
    )  # fmt: skip
