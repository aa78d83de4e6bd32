"""What an event is about, as far as subscriptions ask for it. Gathers nothing and judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.change import Change
from crawler.flow import ChangeEvent
from crawler.knowledge import ReportKind

_SENTENCE_ENDS = re.compile("[。；！？;!?\n]")


@dataclass(frozen=True)
class Passage:
    """A stretch of a report in which something happened."""

    section: str  # path
    text: str
    indicators: tuple[str, ...] = ()  # whose figures changed, or stand there: in the report's words, and as concepts


@dataclass(frozen=True)
class Matter:
    """An event with what its bureau and its report are."""

    event: ChangeEvent
    region: str  # of the bureau: 上海市/闵行区; "" where the bureau is in no seed any more
    level: str  # of the bureau: district; "" likewise
    report: ReportKind | None  # None for an event that concerns no report
    passages: tuple[Passage, ...] = ()  # what changed; all of a report that is new, gone or back


def touched(change: Change) -> str:
    """The sentences of a changed paragraph in which something changed, as they were and as they are, a line each.

    A paragraph that came, went or moved is touched as a whole.
    """
    edits = any(span.op != "equal" for span in change.spans)
    if not (change.old and change.new and edits):
        return "\n".join(side for side in dict.fromkeys((change.old, change.new)) if side)
    old = [(span.op != "equal", span.old) for span in change.spans]
    new = [(span.op != "equal", span.new) for span in change.spans]
    return "\n".join(dict.fromkeys((*_sentences(old), *_sentences(new))))


def _sentences(stretches: Sequence[tuple[bool, str]]) -> Iterator[str]:
    """The sentences of one side that an edit lies in or touches."""
    text = "".join(stretch for _, stretch in stretches)
    at = 0
    for edited, stretch in stretches:
        end = at + len(stretch)
        if edited:
            before = max((found.end() for found in _SENTENCE_ENDS.finditer(text, 0, at)), default=0)
            after = _SENTENCE_ENDS.search(text, max(end - 1, at))
            yield text[before : after.end() if after else len(text)]
        at = end
