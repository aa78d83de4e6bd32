"""A thousand planted edits: each is one event with exactly that change at that place. A thousand noises: none."""

from __future__ import annotations

from itertools import accumulate
from random import Random

import pytest

from crawler.change import Change
from crawler.clean.normalise import fingerprint, folded
from crawler.compare.decide import NewVersion, Unchanged, decide_read
from crawler.compare.diff import compare_reports
from crawler.compare.memory import recall
from crawler.compare.tokens import tokens
from crawler.flow import CleanText, EventKind
from crawler.interpret.outline import outline
from crawler.knowledge import Told, path_at
from crawler.numbers import NUMBER
from tests.planted_edits import EDITS, REPORTS, Planted, noisy, planted
from tests.remembered import NOW, address, report, version

COUNT = 1_000
SEED = 20261123


def decided(told: Told, title: str, body: tuple[str, ...]) -> NewVersion | Unchanged:
    known = version(fingerprint(told.title, told.body), body=told.body)
    object.__setattr__(known, "title", told.title)
    memory = recall(address(), report(), known, other_live_addresses=0)
    text = CleanText(title, None, "", "", body, (), fingerprint(title, body))
    decision = decide_read(text, memory, now=NOW, fold=folded)
    assert isinstance(decision, NewVersion | Unchanged)
    return decision


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_each_planted_edit_is_one_event_with_exactly_that_change_at_that_place(edit: object) -> None:
    for name, told, plant in (one for one in planted(COUNT, SEED, EDITS) if one[0] == getattr(edit, "__name__", "")):
        assert_one_event(told, plant)
        new = Told(plant.title, plant.body, outline(plant.body))
        changes = compare_reports(told, new, fold=folded)
        assert leads_to(changes, told, new), (name, plant.places)
        assert [change.kind for change in changes] == [plant.kind] * len(plant.places), (name, plant.places, changes)
        for at, change in enumerate(changes):
            assert_at_place(change, plant, at, told)
            assert_section(change, told, new)
            if plant.edits:
                assert_exact(change, plant.edits[at])


def assert_one_event(told: Told, plant: Planted) -> None:
    decision = decided(told, plant.title, plant.body)
    assert decision.event is not None, plant.places
    assert decision.event.kind is EventKind.REVISED


def test_a_thousand_planted_noises_are_no_event_and_no_change() -> None:
    random = Random(SEED)
    for count in range(COUNT):
        told = REPORTS[count % 2]
        title, body = noisy(told, random)
        assert decided(told, title, body).event is None
        if count % 10 == 0:
            assert compare_reports(told, Told(title, body, outline(body)), fold=folded) == ()


def assert_at_place(change: Change, plant: Planted, at: int, told: Told) -> None:
    """The planted places; where a removed, added or moved paragraph has equal neighbours, any of them."""
    old, new = plant.places[at]
    places = tuple(None if place is None else place - 1 for place in (change.position_old, change.position_new))
    if places != (old, new):
        assert plant.kind in {"removed", "added", "moved"}, (places, plant.places)
        assert (change.old, change.new) == (
            told.body[old] if old is not None else "",
            plant.body[new] if new is not None else "",
        )
    if change.kind not in {"added", "removed"} and not plant.edits:
        assert change.old.replace("\n", "") == change.new.replace("\n", "")
        assert {(span.op, span.old + span.new) for span in change.spans if span.op != "equal"} <= {("insert", "\n")}


def assert_section(change: Change, told: Told, new: Told) -> None:
    """The path of the deepest section around the edit, on the new side; on the old side of what was removed."""
    before = after = 0
    for span in change.spans:
        if span.op != "equal" and span.old + span.new != "\n":
            break
        before, after = before + len(span.old), after + len(span.new)
    else:
        before = after = 0
    side, position, offset = (told, change.position_old, 0) if change.kind == "removed" else (new, change.position_new, after)
    if change.kind in {"added", "removed"}:
        offset = 0
    assert position is not None
    starts = [0, *accumulate(len(text) + 1 for text in side.body)]
    start, length = starts[position - 1], len(side.body[position - 1])
    assert change.section == path_at(side.sections, start + min(offset, length - 1))


def assert_exact(change: Change, edit: tuple[int, str, str]) -> None:
    """One edit: what was planted, with no more around it than makes whole words and whole numbers."""
    offset, went, came = edit
    spans = [span for span in change.spans if span.op != "equal"]
    assert len(spans) == 1, spans
    start = sum(len(span.old) for span in change.spans[: change.spans.index(spans[0])])
    (begin, end_old, end_new) = expected(change.old, change.new, went, came)
    size_old, size_new = end_old - begin, end_new - begin
    assert (len(spans[0].old), len(spans[0].new)) == (size_old, size_new), (spans, change.old[begin:end_old])
    if start != begin:  # the same characters stand beside the place: any of the descriptions is as short
        assert change.old[:start] + spans[0].new + change.old[start + size_old :] == change.new
        assert abs(start - begin) <= max(size_old, size_new)
    assert start <= offset + len(went) + max(size_old, size_new)


def expected(old: str, new: str, went: str, came: str) -> tuple[int, int, int]:
    """Where the edit begins, and ends on both sides: what differs, widened to the next bounds of words or numbers."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    cut_old, cut_new = within_numbers(old), within_numbers(new)
    sides = (head, len(old) - tail), (head, len(new) - tail)
    pure = not (old[head : len(old) - tail] and new[head : len(new) - tail])
    if pure and not ({head, len(old) - tail} & cut_old or {head, len(new) - tail} & cut_new):
        return head, sides[0][1], sides[1][1]
    bounds_old, bounds_new = bounds(old), bounds(new)
    while head and (head in cut_old or head in cut_new or (head not in bounds_old and head not in bounds_new)):
        head -= 1
    shift = len(new) - len(old)
    end = sides[0][1]
    while end < len(old) and (
        end in cut_old or end + shift in cut_new or (end not in bounds_old and end + shift not in bounds_new)
    ):
        end += 1
    return head, end, end + shift


def bounds(text: str) -> set[int]:
    return {0, *accumulate(map(len, tokens(text)))}


def within_numbers(text: str) -> set[int]:
    return {at for found in NUMBER.finditer(text) for at in range(found.start() + 1, found.end())}


def leads_to(changes: tuple[Change, ...], old: Told, new: Told) -> bool:
    """Whether the changes make the new body of the old one."""
    gone: set[int] = set()
    come: dict[int, list[str]] = {}
    edited: dict[int, list[str]] = {}
    for change in changes:
        assert "".join(span.old for span in change.spans) == change.old
        assert "".join(span.new for span in change.spans) == change.new
        if change.kind in {"edited", "split", "merged"}:
            assert change.position_old is not None
            edited[change.position_old] = change.new.split("\n")
            gone.update(change.position_old + step for step in range(1, change.old.count("\n") + 1))
            continue
        if change.position_old is not None:
            gone.update(change.position_old + step for step in range(change.old.count("\n") + 1))
        if change.position_new is not None:
            come[change.position_new] = change.new.split("\n")
    kept = iter([part for at, text in enumerate(old.body, 1) if at not in gone for part in edited.get(at, [text])])
    made: list[str] = []
    while len(made) < len(new.body):
        made += come[len(made) + 1] if len(made) + 1 in come else [next(kept)]
    return tuple(made) == new.body and next(kept, None) is None
