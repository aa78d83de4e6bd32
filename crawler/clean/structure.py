"""Finds a report's body where nothing has a known name: by where the prose is and the links are not. Cleans no line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.clean.plain import is_small, nearer, plain_text
from crawler.clean.prose import Weighed, is_end, weighed, without_references
from crawler.clean.runs import narrowed
from crawler.clean.title_place import TitlePlace, title_place
from spiders.lines import Line, is_block, is_hidden

_LEAST_PROSE = 40  # characters; a page with less has no body that its structure could tell from its furniture
_LEAST_ANCHORED = 8  # characters, where the page shows its title with a date or a source beside it
_LONGEST_TAB = 8  # characters
_LEAST_SHARE = 0.03  # of the prose behind the title; an element with less around the title is its head, not the article
_LEAST_BEHIND = ((("iframe", "embed", "object"), 600), (("img", "video", "canvas"), 150))
"""Characters; less prose behind and outside of what shows a document or a picture is the site's, not the report's."""


@dataclass(frozen=True)
class Body:
    """A body found by structure: the lines, and the smallest element that holds them."""

    element: HtmlElement
    lines: tuple[Line, ...]


def body_by_structure(root: HtmlElement, lines: Sequence[Line], title: str) -> Body | None:
    """The element or the run of siblings whose prose is the report's, or None where there is hardly any prose.

    From the title's own element upwards the first that holds prose is the article; from there downwards, the branch that
    holds nearly all of its prose is the text. Where none does, the text is the run of siblings made alike. All lines of the
    branch or run belong to the text, with or without sentences: 称谓, 落款, rows of a table, lists of names. Whether p,
    div, section, br or a layout table parts the paragraphs is all the same.

    Args:
        root: the page's root element.
        lines: its visible lines.
        title: the report's title; where the page shows it, the body comes after.
    """
    place = title_place(lines, title)
    behind = without_references(_until_end(weighed(lines[place.end :] if place else lines)))
    least = _LEAST_ANCHORED if place and place.anchored else _LEAST_PROSE
    depth, inside = _article(behind, place.block) if place else (1, behind)
    found = narrowed(inside, depth, least, first=place is not None)
    if place and (not found or (place.anchored and is_small(found))):
        plain = plain_text(behind, place, title)
        found = plain if nearer(found, plain, behind, place) else found
    if not found:
        return None
    chosen = _without_tabs(found)
    holder = _holder([line.block for line in chosen], root)
    prose = sum(max(0, one.weight) for one in found)
    begins = holder if prose else _own_box(chosen[0].block, place)
    if place and any(prose < least and _is_shown(place.head, begins, root, tags) for tags, least in _LEAST_BEHIND):
        return None
    return Body(holder, chosen)


def _without_tabs(lines: Sequence[Weighed]) -> tuple[Line, ...]:
    """The lines without the list of tabs above a text: items of a few characters each, all of them before any prose."""
    begins = next((position for position, one in enumerate(lines) if one.weight > 0), 0)
    bars = {one.line.block.getparent() for one in lines[:begins] if one.line.block.tag == "li"}
    for one in lines:
        above = one.line.block.getparent()
        if above in bars and (one.weight > 0 or len(one.line.text) > _LONGEST_TAB):
            bars.discard(above)
    return tuple(one.line for one in lines if one.line.block.tag != "li" or one.line.block.getparent() not in bars)


def _until_end(lines: Sequence[Weighed]) -> Sequence[Weighed]:
    """The lines before 上一篇 or the site's licence, if there was prose before that."""
    prose = 0
    for position, one in enumerate(lines):
        if prose >= _LEAST_ANCHORED and is_end(one.line):
            return lines[:position]
        prose += max(0, one.weight)
    return lines


def _article(lines: Sequence[Weighed], heading: HtmlElement) -> tuple[int, Sequence[Weighed]]:
    """The smallest element around the title that holds prose, as its depth, and the lines in it."""
    chain = [*reversed([heading, *heading.iterancestors()])]
    shared = [sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(one.path, chain, strict=False))) for one in lines]
    needed = max(_LEAST_ANCHORED, _LEAST_SHARE * sum(max(0, one.weight) for one in lines))
    for depth in range(len(chain), 1, -1):
        if sum(max(0, one.weight) for one, common in zip(lines, shared, strict=True) if common >= depth) >= needed:
            return depth, [one for one, common in zip(lines, shared, strict=True) if common >= depth]
    return 1, lines


def _is_shown(heading: HtmlElement, holder: HtmlElement, root: HtmlElement, tags: Sequence[str]) -> bool:
    """Whether a picture or a document in a frame stands between the title and the holder of what may be the text."""
    behind = False
    for node in root.iter(heading.tag, holder.tag, *tags):
        if node is holder:
            return False
        if behind and node.tag in tags and not any(above.tag == "a" or is_hidden(above) for above in node.iterancestors()):
            return True
        behind = behind or node is heading
    return False


def _own_box(block: HtmlElement, place: TitlePlace | None) -> HtmlElement:
    """The element around a plain line, where it does not hold the title too: that might be the whole page."""
    above = block.getparent()
    if above is None or place is None or above in place.head.iterancestors():
        return block
    return above


def _holder(blocks: Sequence[HtmlElement], root: HtmlElement) -> HtmlElement:
    """The smallest element that holds all blocks; never a single paragraph, whose neighbours may be attachments."""
    shared = [blocks[0], *blocks[0].iterancestors()]
    for block in dict.fromkeys(blocks[1:]):
        above = {block, *block.iterancestors()}
        shared = [node for node in shared if node in above]
    return next((node for node in shared if any(is_block(inside) for inside in node.iterdescendants())), root)
