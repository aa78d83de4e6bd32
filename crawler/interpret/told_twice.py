"""Finds parts that are no greater than their whole, and counts that a text tells twice. Takes no two figures for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.interpret.sentences import Sentence, is_count, plain, printed
from crawler.knowledge import Check, Figure, Verdict

_AT_ONCE = re.compile(r"[^,;:。()\d]{0,16}[,;(](?:其中|包括|含)[,:]?[^,;:。()\d]{0,16}")
_GROWN = re.compile(r"总数|累计|总量|达到|达$|共有|历年|以来|增至|总")
_COUNTED_ONCE = frozenset("个家所名位支部")
_MOST_KINDS = 20
_OF_A_TEXT = ("方面", "部分", "环节", "领域")
_NOUN = re.compile(r"[\u4e00-\u9fff、(]{1,16}")


def parts_of_wholes(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """Parts behind 其中 against their wholes: HOLDS; FAILS where the first part, told at once behind 其中, is the greater."""
    for place, sentence in enumerate(sentences):
        for position, part in enumerate(sentence.figures):
            whole = _whole(sentences[max(0, place - 2) : place + 1], part) if part.part_of and is_count(part) else None
            if whole is not None:
                yield _told(part, whole, Verdict.HOLDS)
            elif position and _exceeds(sentence, sentence.figures[position - 1], part):
                yield _told(part, sentence.figures[position - 1], Verdict.FAILS)


def repeated(sentences: Sequence[Sentence]) -> Iterator[Check]:
    """Counts of the same thing that stand twice and agree: CONSISTENT, for they may be two sets. Others tell nothing."""
    seen: dict[tuple[str, str], list[tuple[Figure, str]]] = {}
    for sentence in sentences:
        for figure in sentence.figures:
            if not is_count(figure) or figure.unit_norm not in _COUNTED_ONCE or figure.plan or figure.value_norm < 5:
                continue
            match = _NOUN.match(sentence.text, figure.end)
            noun = match[0] if match else ""
            if noun.startswith(_OF_A_TEXT):
                continue
            earlier = seen.setdefault((plain(figure.value_norm), figure.unit_norm), [])
            first = next((one for one, told in earlier if _same_thing(told, noun)), None)
            if first is None and len(earlier) < _MOST_KINDS:
                earlier.append((figure, noun))
            if first is not None:
                yield Check(
                    kind="repeated",
                    verdict=Verdict.CONSISTENT,
                    relation=f"{printed(first)} = {printed(figure)}（{noun}）",
                    stated=first.value_norm,
                    computed=figure.value_norm,
                    places=(first.start, figure.start),
                    note="前后两处数字一致",
                )


def _whole(sentences: Sequence[Sentence], part: Figure) -> Figure | None:
    value = part.part_of.rpartition("=")[2]
    for sentence in reversed(sentences):
        for candidate in reversed(sentence.figures):
            same = candidate.end <= part.start and candidate.unit_norm == part.unit_norm
            if same and plain(candidate.value_norm) == value and candidate.value_norm >= part.value_norm:
                return candidate
    return None


def _exceeds(sentence: Sentence, whole: Figure, part: Figure) -> bool:
    if not (is_count(whole) and is_count(part)) or whole.unit_norm != part.unit_norm or part.value_norm <= whole.value_norm:
        return False
    return bool(_AT_ONCE.fullmatch(sentence.between(whole, part))) and not _GROWN.search(sentence.clause(part))


def _same_thing(one: str, other: str) -> bool:
    """Whether two nouns begin with the same thing: 司法鉴定机构…, 评查小组 and 小组, 街镇(工业区) and 镇、街道、…工业区."""
    if not one or not other:
        return False
    pairs = {one[place : place + 2] for place in range(min(5, len(one) - 1))}
    if any(pair in other[:6] for pair in pairs) or one[0] == other[0]:
        return True
    return len(set(one[:8]) & set(other)) >= 4


def _told(part: Figure, whole: Figure, verdict: Verdict) -> Check:
    holds = verdict is Verdict.HOLDS
    return Check(
        kind="part",
        verdict=verdict,
        relation=f"{printed(part)} {'≤' if holds else '>'} {printed(whole)}",
        stated=part.value_norm,
        computed=whole.value_norm,
        places=(part.start, whole.start),
        note="" if holds else "“其中”数大于总数",
    )
