"""Finds a report's body where nothing has a known name: by where the prose is and the links are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.clean.noise import is_turn
from spiders.lines import Line, is_block, is_chrome, visible_lines
from spiders.metadata import title_length

_SENTENCE_MARKS = frozenset("。；！？;!?")
_LEAST_PROSE = 40  # characters; a page with less has no body that its structure could tell from its furniture
_END = 1_000_000  # characters; no body is so long that it would go on behind 上一篇 or the site's licence
_LEAST_LINK = 6  # characters that any line of links weighs: menus are many short ones
_SITE_END = re.compile(r"版权所有|ICP备|公网安备|网站标识码", re.IGNORECASE)
_FOOTER = re.compile(
    r"(?:主办|承办|主管)(?:单位|部门)?\s?[:：]|技术支持\s?[:：]|建议使用.{0,40}(?:浏览|分辨率)|copyright",
    re.IGNORECASE,
)
_LONGEST_FOOTER = 120  # characters; a longer line that holds such words is text


@dataclass(frozen=True)
class Body:
    """A body found by structure: the lines, and the smallest element that holds them."""

    element: HtmlElement
    lines: tuple[Line, ...]


def body_by_structure(root: HtmlElement, title: str) -> Body | None:
    """The run of lines whose prose outweighs its links by the most, or None where there is hardly any prose.

    Prose counts for itself; lines of links, the site's furniture and footers' words count against. Short plain lines weigh
    nothing: they belong to the run where they stand beside its paragraphs (称谓, 落款, date), not where another block has
    them (the heading of the next list). Whether p, div, section, br or a layout table parts the paragraphs is all the same.

    Args:
        root: the page's root element.
        title: the report's title; where the page shows it, the body comes after.
    """
    lines = _after_title(visible_lines(root), title)
    start, end, weight = _heaviest_run([_weight(line) for line in lines])
    if weight < _LEAST_PROSE:
        return None
    start, end = _with_neighbours(lines, start, end)
    run = lines[start:end]
    behind = tuple(takewhile(lambda line: _weight(line) > -_END, lines[end:]))
    chosen = (*_across_a_box(run, lines[:start]), *run, *_across_a_box(run, behind))
    return Body(_common_ancestor([line.block for line in chosen]), chosen)


def _after_title(lines: tuple[Line, ...], title: str) -> tuple[Line, ...]:
    for position, line in enumerate(lines):
        if not line.linked and (length := title_length(lines[position:], title)):
            return lines[position + length :]
    return lines


def _heaviest_run(weights: Sequence[int]) -> tuple[int, int, int]:
    """Start, end and weight of the run of numbers with the largest sum (0, 0, 0 where none is positive)."""
    best = (0, 0, 0)
    start = total = 0
    for position, weight in enumerate(weights):
        if total <= 0:
            start, total = position, 0
        total += weight
        if total > best[2]:
            best = (start, position + 1, total)
    return best


def _with_neighbours(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    """The run, widened over the plain lines that stand where its own lines stand or are made as they are."""
    blocks = [line.block for line in lines[start:end]]
    places = {*blocks, *(block.getparent() for block in blocks)}
    shapes = {_shape(block) for block in blocks}

    def is_neighbour(line: Line) -> bool:
        return _weight(line) == 0 and (
            not places.isdisjoint((line.block, line.block.getparent())) or _shape(line.block) in shapes
        )

    while start > 0 and is_neighbour(lines[start - 1]):
        start -= 1
    while end < len(lines) and is_neighbour(lines[end]):
        end += 1
    return start, end


def _across_a_box(run: Sequence[Line], others: Sequence[Line]) -> Sequence[Line]:
    """Of the lines before or after the run, those that stand beside its own: a box of links in mid-text parts a body."""
    parents = {line.block.getparent() for line in run}
    beside = [line for line in others if line.block.getparent() in parents and _weight(line) >= 0]
    return beside if any(_weight(line) > 0 for line in beside) else ()


def _weight(line: Line) -> int:
    short = len(line.text) <= _LONGEST_FOOTER
    if is_turn(line.text) or (short and _SITE_END.search(line.text)):
        return -_END
    if 2 * line.linked > len(line.text):
        return -max(line.linked, _LEAST_LINK)
    if any(is_chrome(node) for node in (line.block, *line.block.iterancestors())):
        return -len(line.text)
    if short and _FOOTER.search(line.text):
        return -len(line.text)
    return 0 if _SENTENCE_MARKS.isdisjoint(line.text) else len(line.text) - line.linked


def _shape(block: HtmlElement) -> tuple[str, ...]:
    """The tags from the page's root down to a block: the paragraphs of one body are made alike."""
    return tuple(str(node.tag) for node in (block, *block.iterancestors()))


def _common_ancestor(blocks: Sequence[HtmlElement]) -> HtmlElement:
    """The smallest element that holds all blocks; never a single paragraph, whose neighbours may be attachments."""
    shared = [blocks[0], *blocks[0].iterancestors()]
    for block in blocks[1:]:
        above = {block, *block.iterancestors()}
        shared = [node for node in shared if node in above]
    return next((node for node in shared if any(is_block(inside) for inside in node.iterdescendants())), shared[-1])
