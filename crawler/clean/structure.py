"""Finds a report's body where nothing has a known name: by where the prose is and the links are not. Cleans no line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from lxml.html import HtmlElement

from crawler.clean.noise import is_furniture
from crawler.clean.prose import Weighed, is_data_row, is_end, weighed
from crawler.clean.title_place import title_place
from spiders.lines import Line, is_block, is_hidden

_LEAST_PROSE = 40  # characters; a page with less has no body that its structure could tell from its furniture
_LEAST_ANCHORED = 8  # characters, where the page shows its title with a date or a source beside it
_LONGEST_TAB = 8  # characters
_LEAST_SHARE = 0.03  # of the prose behind the title; an element with less around the title is its head, not the article
_RIVAL_SHARE = 0.06  # of the heaviest candidate's prose; an earlier one with as much is the text, that one the comments
_LEAST_BEHIND = ((("iframe", "embed", "object"), 600), (("img", "video", "canvas"), 150))
"""Characters; less prose behind and outside of what shows a document or a picture is the site's, not the report's."""
_DOMINANT = 0.8  # of the prose; an element with so much of it is the text's own
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS_OF_TEXT = frozenset({"table", "ul", "ol", "dl", "blockquote", "pre", "center", "figure", "p"}) | _HEADINGS

_WRAPPED = frozenset({"table", "details", "blockquote", "figure", "dl", "pre"})
_VARIANT = re.compile(r"[-_]?(?:\d{1,3}|zh|cn|en|ch|first|last|odd|even)$", re.IGNORECASE)


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
    behind = _until_end(weighed(lines[place.end :] if place else lines))
    least = _LEAST_ANCHORED if place and place.anchored else _LEAST_PROSE
    depth, inside = _article(behind, place.block) if place else (1, behind)
    first = place is not None
    while True:
        run = _best_run(_units(inside, depth), least, first=first)
        if run is None:
            return None
        inside = [one for unit in run for one in unit.lines]
        within = _dominant(run)
        if within is None:
            break
        inside, depth = within.lines, depth + 1
    chosen = _without_tabs(inside)
    holder = _holder([line.block for line in chosen], root)
    prose = sum(max(0, one.weight) for one in inside)
    if place and any(prose < least and _is_shown(place.block, holder, root, tags) for tags, least in _LEAST_BEHIND):
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


@dataclass(frozen=True, eq=False)
class _Unit:
    """The lines of one child of an element, or one line of the element's own text."""

    node: HtmlElement | None
    lines: Sequence[Weighed]
    weight: int
    prose: int
    plain: bool  # a paragraph, a table, a list: what stands beside paragraphs


def _units(lines: Sequence[Weighed], depth: int) -> list[_Unit]:
    units = []
    for _, group in groupby(enumerate(lines), key=lambda item: item[1].path[depth] if len(item[1].path) > depth else item[0]):
        own = [one for _, one in group]
        node = own[0].path[depth] if len(own[0].path) > depth else None
        prose, links = (
            sum(max(0, one.weight) for one in own),
            sum(one.weight for one in own if one.line.linked and one.weight < 0),
        )
        weight = prose + links if prose else sum(one.weight for one in own)
        if len(own) > 1 and is_furniture(own[0].line.text):  # a box says at its top what it is
            weight, prose = min(weight, -prose), 0
        plain = node is None or node.tag in _PARTS_OF_TEXT or all(one.path[-1] is node for one in own) or len(own) == 1
        plain = plain or _is_wrapping(own, depth)
        units.append(_Unit(node, own, weight, prose, plain))
    return units


def _is_wrapping(lines: Sequence[Weighed], depth: int) -> bool:
    """Whether an element only wraps what editors make: a table that may scroll, questions that fold, a figure."""
    return all(len(one.path) > depth + 1 and one.path[depth + 1].tag in _WRAPPED and not one.line.linked for one in lines)


def _best_run(units: Sequence[_Unit], least: int, *, first: bool) -> list[_Unit] | None:
    """The run of siblings that is the text or holds it: the first worth mentioning behind a title, else the heaviest."""
    runs = [run for run in _runs(units) if sum(unit.prose for unit in run) >= least]
    if not runs:
        return None
    heaviest = max(runs, key=_prose)
    if not first:
        return heaviest
    return next(run for run in runs if _prose(run) >= _RIVAL_SHARE * _prose(heaviest))


def _runs(units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """Siblings that go together. A box of links ends a run, unless the same kind of paragraphs goes on behind it.

    What only reads like furniture stays where paragraphs made alike follow it: a text may speak of surveys too.
    """
    run: list[_Unit] = []
    doubtful: list[_Unit] = []
    gap = False
    for unit in units:
        is_list = unit.prose == 0 and not unit.plain and not _is_like(unit, run)
        if unit.weight < 0 or is_list:
            gap = gap or bool(run)
            doubtful += [unit] if unit.plain and not any(one.line.linked for one in unit.lines) else []
            continue
        if run and not (_goes_on(run, unit) if gap else _goes_with(run[-1], unit)):
            yield run
            run = []
        run += [*(one for one in doubtful if _name(one) == _name(unit)), unit]
        doubtful, gap = [], False
    if run:
        yield run


def _is_like(unit: _Unit, run: Sequence[_Unit]) -> bool:
    return any(_name(one) == _name(unit) and one.prose > 0 for one in run)


def _goes_with(one: _Unit, other: _Unit) -> bool:
    if _has_links(other):
        return False
    return (one.plain and other.plain) or _name(one) == _name(other) or (_is_loose(one) and _is_loose(other))


def _has_links(unit: _Unit) -> bool:
    """Whether a box that the template names holds links beside what may be a sentence: a service, a column."""
    return not _is_loose(unit) and any(one.weight < 0 and one.line.linked for one in unit.lines)


def _goes_on(run: Sequence[_Unit], unit: _Unit) -> bool:
    return unit.plain and _is_like(unit, run)


def _is_loose(unit: _Unit) -> bool:
    """Whether this may be of an editor's making: templates name the elements that hold their parts."""
    return unit.plain or unit.node is None or not (unit.node.get("class") or unit.node.get("id"))


def _name(unit: _Unit) -> tuple[object, ...]:
    """How an element is made; the last of several made alike may say so: `box2`, `text-en`."""
    if unit.node is None:
        return ()
    named = unit.node.get("class")
    return (unit.node.tag, named and _VARIANT.sub("", named), unit.node.get("style"))


def _dominant(run: Sequence[_Unit]) -> _Unit | None:
    """The element in which to look further, or None where the run itself is the text."""
    whole = _prose(run)
    for unit in run:
        is_leaf = unit.node is None or all(one.path[-1] is unit.node for one in unit.lines) or len(unit.lines) == 1 < len(run)
        if is_leaf or unit.prose < _DOMINANT * whole:
            continue
        if len(run) == 1 or (not _has_twin(unit, run) and (not unit.plain or _is_layout(unit))):
            return unit
    return None


def _has_twin(unit: _Unit, run: Sequence[_Unit]) -> bool:
    """Whether there is another made like it: by an editor's page breaks, with a style, or by the template, with a class."""
    tag, named, style = _name(unit) or (None, None, None)
    return bool(style or named) and any(one is not unit and _name(one) == (tag, named, style) for one in run)


def _is_layout(unit: _Unit) -> bool:
    return (
        unit.node is not None and unit.node.tag in {"table", "center"} and not any(is_data_row(one.line) for one in unit.lines)
    )


def _prose(run: Iterable[_Unit]) -> int:
    return sum(unit.prose for unit in run)


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


def _holder(blocks: Sequence[HtmlElement], root: HtmlElement) -> HtmlElement:
    """The smallest element that holds all blocks; never a single paragraph, whose neighbours may be attachments."""
    shared = [blocks[0], *blocks[0].iterancestors()]
    for block in dict.fromkeys(blocks[1:]):
        above = {block, *block.iterancestors()}
        shared = [node for node in shared if node in above]
    return next((node for node in shared if any(is_block(inside) for inside in node.iterdescendants())), root)
