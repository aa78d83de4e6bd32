"""What differs between two reports or two texts, paragraph by paragraph and then piece by piece. Judges and shows nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from crawler.change import TITLE, Change, FigureChange, Kind, Span
from crawler.compare.align import Pairs, align
from crawler.compare.figure_changes import figures_changed, figures_of
from crawler.compare.lookalikes import hidden_edits
from crawler.compare.paragraphs import Unit, moved, paired, paragraph_matcher, rejoined
from crawler.compare.renumbering import folded_renumbering, ordinal_number
from crawler.compare.sides import Side
from crawler.compare.spans import spans_between
from crawler.knowledge import Told

__all__ = ["Change", "Span", "compare_reports", "compare_texts"]


def compare_texts(old: Sequence[str], new: Sequence[str], *, fold: Callable[[str], str] = str) -> tuple[Change, ...]:
    """The changes that lead from one text to another, in reading order: paragraphs edited, added and removed.

    Args:
        old: paragraphs as they were.
        new: paragraphs as they are.
        fold: maps text to what counts of it, character by character (say, without spaces and in half width);
            what folds to the same is the same, and a paragraph that folds to nothing is none. By default every character
            counts.
    """
    folded_old, folded_new = [fold(paragraph) for paragraph in old], [fold(paragraph) for paragraph in new]
    changes: list[Change] = []
    at_old = at_new = 0
    for i, j in [*align(folded_old, folded_new, paragraph_matcher()), (len(old), len(new))]:
        changes += (_removed(position, old[position]) for position in range(at_old, i) if folded_old[position])
        changes += (_added(position, new[position]) for position in range(at_new, j) if folded_new[position])
        if i < len(old) and folded_old[i] != folded_new[j]:
            spans = spans_between(old[i], new[j], fold)
            changes.append(Change("edited", i, j, old[i], new[j], spans, notes=hidden_edits(spans)))
        at_old, at_new = i + 1, j + 1
    return tuple(changes)


def compare_reports(old: Told, new: Told, *, fold: Callable[[str], str] = str) -> tuple[Change, ...]:
    """The changes that lead from one version of a report to another, in reading order.

    Sections are aligned by their words and what stands in them, not by their number. A paragraph is the same, edited,
    moved, split, merged, added or removed; neighbours that moved together are one change. Where a section was put in or
    taken out, the later ordinals that follow from it are told with it.

    Args:
        old: as it was.
        new: as it is.
        fold: as in `compare_texts`.
    """
    left, right = Side(old, fold), Side(new, fold)
    changes = folded_renumbering(list(_changes(left, right, fold)), left, right)
    if fold(old.title) != fold(new.title):
        spans = spans_between(old.title, new.title, fold)
        notes = hidden_edits(spans)
        changes.insert(0, Change("edited", 0, 0, old.title, new.title, spans, TITLE, TITLE, notes=notes))
    return tuple(changes)


def _changes(left: Side, right: Side, fold: Callable[[str], str]) -> Iterator[Change]:
    old, new = rejoined(right.units, left.units), rejoined(left.units, right.units)
    kept = _with_headings(paired(old, new), old, new, left, right)
    partners = dict(kept)
    rest_old = [i for i in range(len(old)) if i not in partners]
    taken = set(partners.values())
    rest_new = [j for j in range(len(new)) if j not in taken]
    elsewhere = {rest_new[j]: rest_old[i] for i, j in moved([old[i] for i in rest_old], [new[j] for j in rest_new])}
    gone = set(rest_old) - set(elsewhere.values())
    at_old = at_new = 0
    for i, j in [*kept, (len(old), len(new))]:
        yield from (_gone(left, old[at]) for at in range(at_old, i) if at in gone)
        for run in _runs(range(at_new, j), elsewhere):
            pairs = [(old[elsewhere[at]], new[at]) for at in run if at in elsewhere]
            yield _moved(left, right, pairs, fold) if pairs else _come(right, new[run[0]])
        if i < len(old) and (old[i].full != new[j].full or old[i].count != new[j].count):
            yield _edited(left, right, old[i], new[j], fold)
        at_old, at_new = i + 1, j + 1


def _with_headings(pairs: Pairs, old: Sequence[Unit], new: Sequence[Unit], left: Side, right: Side) -> Pairs:
    """With the headings that were worded anew: between the same neighbours, of the same level and number."""
    found: Pairs = []
    at_old = at_new = 0
    for i, j in [*pairs, (len(old), len(new))]:
        free = at_new
        for one in range(at_old, i):
            heading = left.headings.get(old[one].first)
            for other in range(free, j) if heading and not heading.run_in else ():
                worded = right.headings.get(new[other].first)
                if worded is None or worded.run_in or heading is None or worded.level != heading.level:
                    continue
                if ordinal_number(worded.ordinal) == ordinal_number(heading.ordinal):
                    found.append((one, other))
                    free = other + 1
                    break
        if i < len(old):
            found.append((i, j))
        at_old, at_new = i + 1, j + 1
    return found


def _runs(positions: range, elsewhere: dict[int, int]) -> Iterator[list[int]]:
    """New units one by one, neighbours that moved together as one."""
    for (is_moved, _), group in groupby(
        positions, key=lambda at: (at in elsewhere, elsewhere[at] - at if at in elsewhere else at)
    ):
        run = list(group)
        yield from [run] if is_moved else ([at] for at in run)


def _edited(left: Side, right: Side, one: Unit, other: Unit, fold: Callable[[str], str]) -> Change:
    kind: Kind = "split" if other.count > one.count else "merged" if one.count > other.count else "edited"
    return _changed(kind, left, right, [(one, other)], fold)


def _moved(left: Side, right: Side, pairs: Sequence[tuple[Unit, Unit]], fold: Callable[[str], str]) -> Change:
    return _changed("moved", left, right, pairs, fold)


def _changed(kind: Kind, left: Side, right: Side, pairs: Sequence[tuple[Unit, Unit]], fold: Callable[[str], str]) -> Change:
    spans: list[Span] = []
    figures: list[FigureChange] = []
    for one, other in pairs:
        between = _laid(left.text(one), right.text(other), fold, same=one.full == other.full)
        figures += figures_changed(left, one, right, other, between)
        spans += [Span("equal", "\n", "\n"), *between] if spans else between
    before, after = _first_edit(spans)
    return Change(
        kind,
        pairs[0][0].first + 1,
        pairs[0][1].first + 1,
        "\n".join(left.text(one) for one, _ in pairs),
        "\n".join(right.text(other) for _, other in pairs),
        _joined(spans),
        section=right.path(pairs[0][1], after) if len(pairs) == 1 else right.path(pairs[0][1], 0),
        section_old=left.path(pairs[0][0], before) if len(pairs) == 1 else left.path(pairs[0][0], 0),
        figures=tuple(figures),
        notes=hidden_edits(spans),
    )


def _laid(old: str, new: str, fold: Callable[[str], str], *, same: bool) -> tuple[Span, ...]:
    """The spans between two sides; where they differ in nothing but the ends of paragraphs, these are the edits."""
    if not same:
        return spans_between(old, new, fold)
    if "\n" not in old + new:
        return (Span("equal", old, new),)
    spans: list[Span] = []
    for whole, parts, op in ((old, new, "insert"), (new, old, "delete")):
        if "\n" in parts and "\n" not in whole:
            rest = whole
            for part in parts.split("\n"):
                if spans:
                    spans.append(Span("insert", "", "\n") if op == "insert" else Span("delete", "\n", ""))
                size = _reach(rest, len(fold(part)), fold)
                sides = (rest[:size], part) if op == "insert" else (part, rest[:size])
                spans.append(Span("equal", *sides))
                rest = rest[size:]
            if rest:
                spans.append(Span("equal", rest, "") if op == "insert" else Span("equal", "", rest))
            return tuple(spans)
    return (Span("equal", old, new),)


def _reach(text: str, counts: int, fold: Callable[[str], str]) -> int:
    """How much of a text has so many characters that count."""
    if len(fold(text[:counts])) == counts:
        return counts
    reached = 0
    for at, character in enumerate(text):
        if reached == counts:
            return at
        reached += len(fold(character))
    return len(text)


def _first_edit(spans: Sequence[Span]) -> tuple[int, int]:
    """Where the first edit begins on both sides; 0 where there is none."""
    before = after = 0
    for span in spans:
        if span.op != "equal" and (span.old + span.new) != "\n":
            return before, after
        before, after = before + len(span.old), after + len(span.new)
    return 0, 0


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbouring equal spans as one."""
    found: list[Span] = []
    for span in spans:
        if found and found[-1].op == span.op == "equal":
            found[-1] = Span("equal", found[-1].old + span.old, found[-1].new + span.new)
        else:
            found.append(span)
    return tuple(found)


def _gone(side: Side, unit: Unit) -> Change:
    path = side.path(unit, 0)
    change = _removed(unit.first + 1, side.text(unit))
    return replace(change, section=path, section_old=path, figures=figures_of(side, unit, came=False))


def _come(side: Side, unit: Unit) -> Change:
    change = _added(unit.first + 1, side.text(unit))
    return replace(change, section=side.path(unit, 0), figures=figures_of(side, unit, came=True))


def _removed(position: int, text: str) -> Change:
    return Change("removed", position, None, text, "", (Span("delete", text, ""),))


def _added(position: int, text: str) -> Change:
    return Change("added", None, position, "", text, (Span("insert", "", text),))
