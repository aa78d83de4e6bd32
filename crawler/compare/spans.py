"""Finds what was edited within a paragraph, in whole words and whole numbers. Pairs no paragraphs and judges nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, groupby

from crawler.change import Span
from crawler.compare.align import Matcher, Pairs, align, nothing
from crawler.compare.tokens import tokens
from crawler.numbers import NUMBER, numbers

_CRUMB = 4
"""Characters. An unchanged stretch up to this length between two rewritten ones tells a reader nothing."""
_WORDS = 8_000
"""Characters of both sides. Longer stretches are compared clause by clause first: cutting 100,000 into words takes 60 ms."""
_CONTEXT = 200
"""Characters before an edit in which a clause's mark is looked for; from there on a text is cut into the same pieces."""

_CLAUSE_MARK = re.compile("[,，.。;；:：、!！?？()（）《》]")
_SURE_MARK = re.compile(r"[。；：、;:\n]|[,，](?!\d)")
_CLAUSE = re.compile(r"[^。；，,;\n]*(?:[。；;\n]|[，,](?!\d)|[，,]|$)")


def spans_between(old: str, new: str, fold: Callable[[str], str]) -> tuple[Span, ...]:
    """The stretches that lead from one paragraph to the other, equal ones and edits by turns.

    Args:
        old: as it was.
        new: as it is.
        fold: as in `compare_texts`.
    """
    head, tail = _common_ends(old, new)
    core_old, core_new = old[head : len(old) - tail], new[head : len(new) - tail]
    stretches = [Span("equal", old[:head], new[:head]), *_stretches(core_old, core_new, fold)]
    stretches.append(Span("equal", old[len(old) - tail :], new[len(new) - tail :]))
    spans = []
    for _, neighbours in groupby(stretches, key=lambda stretch: stretch.op == "equal"):
        group = list(neighbours)
        sides = "".join(stretch.old for stretch in group), "".join(stretch.new for stretch in group)
        if any(sides):
            spans.append(Span("equal", *sides) if group[0].op == "equal" else edit(*sides))
    return tuple(_without_crumbs(spans))


def edit(old: str, new: str) -> Span:
    """An edit named after its sides."""
    return Span("replace" if old and new else "delete" if old else "insert", old, new)


def common_head(old: str, new: str) -> int:
    """How many characters two texts have in common at their beginning."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_ends(old: str, new: str) -> tuple[int, int]:
    """How much is surely the same before and after all edits: up to marks at which both are cut into pieces alike."""
    head = common_head(old, new)
    if head == len(old) == len(new):
        return head, 0
    tail = min(common_head(old[::-1], new[::-1]), min(len(old), len(new)) - head)
    marks = [found.end() for found in _SURE_MARK.finditer(old, max(0, head - _CONTEXT), head)]
    marks = [at for at in marks if not old[at : at + 1].isdigit() and not new[at : at + 1].isdigit()]
    safe_head = marks[-1] if marks else 0 if head <= _CONTEXT else head - _CONTEXT
    after = _SURE_MARK.search(old, len(old) - tail, len(old) - tail + _CONTEXT)
    safe_tail = len(old) - after.end() if after else 0 if tail <= _CONTEXT else tail - _CONTEXT
    return safe_head, safe_tail


def _stretches(old: str, new: str, fold: Callable[[str], str]) -> Iterator[Span]:
    if len(old) + len(new) <= _WORDS:
        yield from _paired(old, new, tokens(old), tokens(new), fold)
        return
    left = _WORDS
    for stretch in _paired(old, new, _clauses(old), _clauses(new), fold):
        size = len(stretch.old) + len(stretch.new)
        if stretch.op == "replace" and size <= left:
            left -= size
            yield from _paired(stretch.old, stretch.new, tokens(stretch.old), tokens(stretch.new), fold)
        else:
            yield stretch


def _clauses(text: str) -> tuple[str, ...]:
    return tuple(clause for clause in _CLAUSE.findall(text) if clause)


def _paired(
    old: str, new: str, pieces_old: Sequence[str], pieces_new: Sequence[str], fold: Callable[[str], str]
) -> Iterator[Span]:
    """The paired pieces as equal spans, and what stands between them as edits, or as equal where it folds to the same."""
    pairs = align(_folded(old, pieces_old, fold), _folded(new, pieces_new, fold), _PIECES)
    ends_old, ends_new = [0, *accumulate(map(len, pieces_old))], [0, *accumulate(map(len, pieces_new))]
    bounds = _Bounds(old, new, frozenset(ends_old), frozenset(ends_new))
    start_old = start_new = at_old = at_new = 0
    for i, j in [*pairs, (len(pieces_old) + 1, len(pieces_new) + 1)]:
        if (i, j) != (at_old, at_new):  # the run of paired pieces that began at `start` ends here
            yield Span("equal", old[ends_old[start_old] : ends_old[at_old]], new[ends_new[start_new] : ends_new[at_new]])
            begin, end = (
                (ends_old[at_old], ends_new[at_new]),
                (ends_old[min(i, len(pieces_old))], ends_new[min(j, len(pieces_new))]),
            )
            between_old, between_new = old[begin[0] : end[0]], new[begin[1] : end[1]]
            if len(between_old) + len(between_new) > _WORDS:
                yield edit(between_old, between_new)
            elif fold(between_old) == fold(between_new):
                yield Span("equal", between_old, between_new)
            else:
                yield from bounds.narrowed(begin, end, fold)
            start_old, start_new = i, j
        at_old, at_new = i + 1, j + 1


def _folded(text: str, pieces: Sequence[str], fold: Callable[[str], str]) -> Sequence[str]:
    """The pieces folded; where nothing of their text is, as they are."""
    return pieces if fold(text) == text else [fold(piece) for piece in pieces]


class _Bounds:
    """Where both sides of an edit may be cut: at the bounds of a word of either side, and never within a number."""

    def __init__(self, old: str, new: str, ends_old: frozenset[int], ends_new: frozenset[int]) -> None:
        self._old, self._new, self._ends_old, self._ends_new = old, new, ends_old, ends_new

    def narrowed(self, begin: tuple[int, int], end: tuple[int, int], fold: Callable[[str], str]) -> Iterator[Span]:
        """An edit without what is the same at its ends."""
        old, new = self._old[begin[0] : end[0]], self._new[begin[1] : end[1]]
        within_old, within_new = _within_numbers(old), _within_numbers(new)
        most = min(len(old), len(new))
        head = common_head(old, new)
        tail = min(common_head(old[::-1], new[::-1]), most - head)

        def fits(cut_old: int, cut_new: int, *, anywhere: bool) -> bool:
            if cut_old in within_old or cut_new in within_new:
                return False
            return anywhere or begin[0] + cut_old in self._ends_old or begin[1] + cut_new in self._ends_new

        whole = head + tail == most  # something was only put in or taken out
        first = head if whole and fits(head, head, anywhere=True) else None
        if first is None:
            first = next((cut for cut in range(head, 0, -1) if fits(cut, cut, anywhere=False)), 0)
        last = tail if whole and fits(len(old) - tail, len(new) - tail, anywhere=True) else None
        if last is None or (whole and first < head):
            last = next((cut for cut in range(tail, 0, -1) if fits(len(old) - cut, len(new) - cut, anywhere=False)), 0)
        if whole and last < tail:
            first = next((cut for cut in range(head, 0, -1) if fits(cut, cut, anywhere=False)), 0)
        middle_old, middle_new = old[first : len(old) - last], new[first : len(new) - last]
        yield Span("equal", old[:first], new[:first])
        yield Span("equal", middle_old, middle_new) if fold(middle_old) == fold(middle_new) else edit(middle_old, middle_new)
        yield Span("equal", old[len(old) - last :], new[len(new) - last :])


def _within_numbers(text: str) -> set[int]:
    """The places where a cut would part a number."""
    return {at for found in NUMBER.finditer(text) for at in range(found.start() + 1, found.end())}


def _longest_matches(old: Sequence[str], new: Sequence[str]) -> Pairs:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]


def _without_crumbs(spans: Sequence[Span]) -> list[Span]:
    """Join rewritten stretches across unchanged ones too short to be read; never across a number or a clause's mark."""
    joined: list[Span] = []
    for span in spans:
        joined.append(span)
        if len(joined) >= 3 and _is_crumb(*joined[-3:]):
            before, between, after = joined[-3:]
            joined[-3:] = [edit(before.old + between.old + after.old, before.new + between.new + after.new)]
    return joined


def _is_crumb(before: Span, between: Span, after: Span) -> bool:
    if between.op != "equal":
        return False
    size = max(len(between.old), len(between.new))
    smaller_edit = min(max(len(one.old), len(one.new)) for one in (before, after))
    largest = max(len(one.old) + len(one.new) for one in (before, after))
    if size > min(_CRUMB, smaller_edit) or largest > _WORDS or _CLAUSE_MARK.search(between.old):
        return False
    return not numbers("".join(side for span in (before, between, after) for side in (span.old, "\n", span.new, "\n")))


_PIECES = Matcher(closely=_longest_matches, roughly=nothing, cells=100_000)
