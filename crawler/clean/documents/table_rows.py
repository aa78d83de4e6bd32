"""Turns the row of a table into lines, alike for every kind of document. Knows no format."""

from __future__ import annotations

from collections.abc import Sequence

_LONG_CELL = 8  # lines; a cell with more is a page's layout, not a table's value (as in spiders.lines)


def row_lines(cells: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One line with the cells joined by " | ", or the lines of the cells where the row only serves the layout.

    Args:
        cells: the lines of each cell, in the order of the row; an empty cell has none.
    """
    shown = [[stripped for line in lines if (stripped := line.strip())] for lines in cells]
    filled = [lines for lines in shown if lines]
    if len(filled) < 2 or any(len(lines) > _LONG_CELL for lines in filled):
        return tuple(line for lines in filled for line in lines)
    return (joined_cells([" ".join(lines) for lines in shown]),)


def joined_cells(cells: Sequence[str]) -> str:
    """The cells of a row as one line; empty ones at its end are dropped, the others keep their place."""
    filled = len(cells)
    while filled and not cells[filled - 1]:
        filled -= 1
    return " | ".join(cells[:filled])
