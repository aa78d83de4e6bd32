"""Prints a letter as plain text, readable in any mail program. Chooses no words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from crawler.deliver.letter_blocks import Block, Break, Edit, Edits, Facts, Heading, Items, Page, Table, Tag, Text, said
from crawler.deliver.visible import cut

_RULE = "=" * 40
_THIN = "-" * 40
_WIDEST = 24  # columns of a table's cell that is padded; a wider one stands as it is


def as_text(page: Page) -> str:
    """The whole letter; lines end in a newline."""
    return "\n".join([*body_lines(page.blocks), _RULE, *(said(line) for line in page.foot)]) + "\n"


def body_lines(blocks: Sequence[Block]) -> list[str]:
    """The lines of some blocks, no two empty ones in a row."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Tag) or (isinstance(block, Heading) and block.level > 1 and not isinstance(before, Tag)):
            lines.append("")
        lines += _lines(block)
        before = block
    return [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]


def shortened(lines: Sequence[str], limit: int, rest: str) -> str:
    """As many whole lines as fit into so many characters; where not all do, `rest` says so at the end.

    Args:
        lines: of the text.
        limit: most characters of the answer, at least 1.
        rest: where the whole is, in one line.
    """
    whole = "\n".join(lines)
    if len(whole) <= limit:
        return whole
    room = limit - len(rest) - 1
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return "\n".join([*kept, rest]) if kept else cut(rest, limit)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Tag():
            yield f"{block.kind} · {said(block.line)}"
        case Heading():
            yield from _heading(block)
        case Text():
            yield said(block.line)
        case Edits():
            yield block.legend[1]
            yield ""
            for number, edit in enumerate(block.edits, 1):
                yield from _edit(number, edit)
        case Table():
            yield from _table(block)
            yield ""
        case Facts():
            yield from (f"{name}{block.colon}{said(line)}" for name, line in block.rows)
            yield ""
        case Items():
            yield from _items(block)
            yield ""
        case Break():
            yield from ("", _RULE, "")


def _heading(heading: Heading) -> Iterator[str]:
    yield said(heading.line)
    if heading.level == 2:
        yield _THIN


def _edit(number: int, edit: Edit) -> Iterator[str]:
    yield f"{number}. {said(edit.head)}"
    yield from (f"   {edit.was} {old} → {edit.now} {now}" for old, now in edit.shown.pairs)
    marks = {"gone": ("[-", "-]"), "new": ("{+", "+}"), "same": ("", "")}
    yield "   " + "".join(f"{marks[part.op][0]}{part.text}{marks[part.op][1]}" for part in edit.shown.fragments)
    yield ""


def _items(block: Items) -> Iterator[str]:
    depths = block.depths or (0,) * len(block.items)
    for number, (item, depth) in enumerate(zip(block.items, depths, strict=True), 1):
        mark = "  " * depth + (f"{number}. " if block.ordered else "- ")
        for at, line in enumerate(item):
            yield (mark if at == 0 else " " * len(mark)) + said(line)


def _table(table: Table) -> Iterator[str]:
    """Rows with the first lines of their cells side by side, and the others below."""
    firsts = [table.heads, *(tuple(said(cell[0]) for cell in row) for row in table.rows)]
    widths = [min(max(_width(row[at]) for row in firsts), _WIDEST) if table.narrow else 0 for at in range(len(table.heads))]
    for row, first in zip(((), *table.rows), firsts, strict=True):
        yield " | ".join(_padded(cell, width) for cell, width in zip(first, widths, strict=True)).rstrip()
        yield from (f"    {said(line)}" for cell in row for line in cell[1:])


def _padded(cell: str, width: int) -> str:
    return cell + " " * max(width - _width(cell), 0)


def _width(text: str) -> int:
    """Columns that a text takes where Chinese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
