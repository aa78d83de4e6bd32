"""Narrows the lines of an element to the run of siblings that is the text. Does not find the element, and cleans no line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml.html import HtmlElement

from crawler.clean.noise import is_furniture
from crawler.clean.prose import Weighed, is_data_row

_RIVAL_SHARE = 0.06  # of the heaviest candidate's prose; an earlier one with as much is the text, that one the comments
_DOMINANT = 0.8  # of the prose; an element with so much of it is the text's own
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS_OF_TEXT = frozenset({"table", "ul", "ol", "dl", "blockquote", "pre", "center", "figure", "p"}) | _HEADINGS
_WRAPPED = frozenset({"table", "details", "blockquote", "figure", "dl", "pre"})
_MOST_TOOLS, _LONGEST_TOOL = 3, 40  # lines of a box of tools, characters of each
_OWN_BEGIN = re.compile(r"[:：]$")  # a salutation
_OWN_END = re.compile(r"[:：]$|年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|^[附注]|(?:[局厅部委府院会处科室所]|中心)$")
_SIGNED = re.compile(r"年\s?\d{1,2}\s?月\s?\d{1,2}\s?日$")
_DAY = re.compile(
    r"(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|二[〇○零ＯO][〇○零ＯO一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_OFFICE = re.compile(r"[^：:，。]{2,40}(?:[局厅部委府院会处科室所办]|中心|小组)")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部]")
_VARIANT = re.compile(r"[-_]?(?:\d{1,3}|zh|cn|en|ch|first|last|odd|even)$", re.IGNORECASE)


def narrowed(lines: Sequence[Weighed], depth: int, least: int, *, first: bool) -> list[Weighed]:
    """The lines of the branch that holds nearly all of the prose, or of the run of siblings that does; none without prose.

    Args:
        lines: those of an element.
        depth: how many elements are above its children, the page's root being the first.
        least: characters of prose that a run must have.
        first: whether an earlier run counts before a heavier one, as behind a title.
    """
    while True:
        run = _best_run(_units(lines, depth), least, first=first)
        if run is None:
            return []
        within = _dominant(run)
        if within is None:
            return _without_tools(run)
        lines, depth = within.lines, depth + 1


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
    boxes = {_class(unit) for unit in units if unit.prose > 0} - {None}
    sections = {_name(unit) for unit in units if unit.prose > 0 and _has_heading(unit)}
    signing = _signing(units)
    for unit in units:
        if run and not gap and unit in signing:
            run.append(unit)
            continue
        is_list = unit.prose == 0 and not unit.plain and _class(unit) not in boxes and not _is_like(unit, run)
        is_list = is_list and not _is_section(unit, sections)
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


def _signing(units: Sequence[_Unit]) -> set[_Unit]:
    """The boxes directly behind prose that hold who signs and the day, in one of two lines or in two, and nothing else."""
    found: set[_Unit] = set()
    for position in range(1, len(units)):
        own = units[position : position + (1 if len(units[position].lines) == 2 else 2)]
        lines = [one.line for unit in own for one in unit.lines]
        is_signed = len(lines) == 2 and _OFFICE.fullmatch(lines[0].text) and _DAY.fullmatch(lines[1].text)
        if units[position - 1].prose > 0 and is_signed and not any(line.linked for line in lines):
            found.update(own)
    return found


def _has_heading(unit: _Unit) -> bool:
    return unit.lines[0].line.block.tag in _HEADINGS


def _is_section(unit: _Unit, sections: Collection[tuple[object, ...]]) -> bool:
    """Whether a box of tables or lists is a section of the text: numbered, or under a heading as those with prose are."""
    if any(one.line.linked for one in unit.lines):
        return False
    return _NUMBERED.match(unit.lines[0].line.text) is not None or (_has_heading(unit) and _name(unit) in sections)


def _is_like(unit: _Unit, run: Sequence[_Unit]) -> bool:
    return any(_name(one) == _name(unit) and (one.prose > 0 or unit.prose > 0) for one in run)


def _goes_with(one: _Unit, other: _Unit) -> bool:
    if _has_links(other) or _are_two_boxes(one, other):
        return False
    return (one.plain and other.plain) or _name(one) == _name(other) or (_is_loose(one) and _is_loose(other))


def _are_two_boxes(one: _Unit, other: _Unit) -> bool:
    """Whether the template names both, and differently: a text of one paragraph, and what the site says below it."""
    if not (_is_named_box(one) and _is_named_box(other) and other.prose and _class(one) and _class(other)):
        return False
    return _name(one)[:2] != _name(other)[:2]


def _has_links(unit: _Unit) -> bool:
    """Whether a box that the template names holds links beside what may be a sentence: a service, a column."""
    return not _is_loose(unit) and any(one.weight < 0 and one.line.linked for one in unit.lines)


def _goes_on(run: Sequence[_Unit], unit: _Unit) -> bool:
    is_paragraph = unit.node is not None and unit.node.tag == "p" and any(_name(one) == _name(unit) for one in run)
    return unit.plain and (is_paragraph or _is_like(unit, run))


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
    if _signing(run):
        return None
    for unit in run:
        is_leaf = unit.node is None or all(one.path[-1] is unit.node for one in unit.lines) or len(unit.lines) == 1 < len(run)
        if is_leaf or unit.prose < _DOMINANT * whole:
            continue
        if len(run) == 1 or (not _has_twin(unit, run) and (not unit.plain or _is_layout(unit))):
            return unit
    return None


def _has_twin(unit: _Unit, run: Sequence[_Unit]) -> bool:
    """Whether there is another made like it: by an editor's page breaks, with a style, or by the template, with a class.

    Templates number their parts, too: one that is only named alike counts where it holds prose, or the signature.
    Without a name, only boxes of nothing but an editor's paragraphs are twins.
    """
    tag, named, style = _name(unit) or (None, None, None)
    twins = [one for one in run if one is not unit and _name(one) == (tag, named, style)]
    if not (style or named):
        return _is_of_paragraphs(unit) and any(_is_of_paragraphs(one) for one in twins)
    return any(one.prose > 0 or _class(one) == _class(unit) or _is_signed(one) for one in twins)


def _is_of_paragraphs(unit: _Unit) -> bool:
    """Whether several paragraphs stand directly in this box, none of them with a link or the site's own words."""
    plain = (one.line.block.tag == "p" and one.line.block.getparent() is unit.node for one in unit.lines)
    return len(unit.lines) > 1 and all(plain) and all(one.weight >= 0 and not one.line.linked for one in unit.lines)


def _is_signed(unit: _Unit) -> bool:
    return len(unit.lines) <= _MOST_TOOLS and _SIGNED.search(unit.lines[-1].line.text) is not None


def _class(unit: _Unit) -> str | None:
    return None if unit.node is None else unit.node.get("class")


def _is_layout(unit: _Unit) -> bool:
    return (
        unit.node is not None and unit.node.tag in {"table", "center"} and not any(is_data_row(one.line) for one in unit.lines)
    )


def _prose(run: Iterable[_Unit]) -> int:
    return sum(unit.prose for unit in run)


def _without_tools(run: Sequence[_Unit]) -> list[Weighed]:
    """The lines of a run without the boxes around its prose that the template names and that are made unlike it."""
    prose = [position for position, unit in enumerate(run) if unit.prose > 0]
    first, last = prose[0], prose[-1]
    named = {_name(unit) for unit in run[first : last + 1]}
    in_boxes = all(_is_named_box(unit) for unit in run[first : last + 1])
    while last + 1 < len(run) and _belongs(run[last + 1], named, _OWN_END, in_boxes=in_boxes):
        last += 1
    kept = [unit for unit in run[:first] if _belongs(unit, named, _OWN_BEGIN, in_boxes=in_boxes)]
    return [one for unit in (*kept, *run[first : last + 1]) for one in unit.lines]


def _belongs(unit: _Unit, named: Collection[tuple[object, ...]], own: re.Pattern[str], *, in_boxes: bool) -> bool:
    """Whether a box without prose may be of the text's own: made like the others, or long, or saying what texts say there."""
    is_named = _is_named_box(unit) or (in_boxes and unit.node is not None and unit.node.get("class"))
    if not is_named or _name(unit) in named or len(unit.lines) > _MOST_TOOLS:
        return True
    return any(len(one.line.text) > _LONGEST_TOOL or own.search(one.line.text) for one in unit.lines)


def _is_named_box(unit: _Unit) -> bool:
    return unit.node is not None and unit.node.tag in {"div", "section"} and bool(unit.node.get("class") or unit.node.get("id"))
