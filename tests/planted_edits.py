"""Plants one edit, or one noise, into a report, and says exactly what was planted. Compares nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from crawler.clean.normalise import NOISE, folded
from crawler.clean.text_file import clean_text_file
from crawler.interpret.outline import outline
from crawler.knowledge import Section, Told

SEEDS = sorted((Path(__file__).parent.parent / "seeds" / "documents").glob("*.txt"))
_READ = [clean_text_file(path.name, path.read_text(encoding="utf-8")) for path in SEEDS]
REPORTS = [Told(text.title, text.body, outline(text.body)) for text in _READ]

_NEW_WORDS = "鑫淼焱垚犇骉羴"  # in neither seed
_CLAUSES = ("并建立长效机制", "努力做到应援尽援", "同步完成数字化改造", "按季度通报落实情况")
_PARAGRAPHS = (
    "全面推行“说理式”执法文书,组织培训31场次,覆盖执法人员2465人次。",
    "健全涉企行政检查备案制度,全年减少重复检查17.5%。",
    "会同财政部门修订法律援助补贴标准,自次月起执行。",
)
_NUMERALS = "一二三四五六七八九十"
_SPACES = " \t\xa0\u2003\u3000\u2009\u202f"


@dataclass(frozen=True)
class Planted:
    """An edit: the report as it is now, and what a diff has to say."""

    kind: str  # of each change
    title: str
    body: tuple[str, ...]
    places: tuple[tuple[int | None, int | None], ...]  # of each change, 0-based in the body: old, new
    edits: tuple[tuple[int, str, str], ...] = ()  # of each edited paragraph: where, what went, what came
    moves: frozenset[tuple[int, int]] = frozenset()  # other descriptions of a move that are as short


def one_digit(report: Told, random: Random) -> Planted:
    at, offset = random.choice([(p, m.start()) for p, text in enumerate(report.body) for m in re.finditer(r"\d", text)])
    digit = random.choice([other for other in "0123456789" if other != report.body[at][offset]])
    return _edited(report, at, offset, report.body[at][offset], digit)


def one_character(report: Told, random: Random) -> Planted:
    at = random.choice([p for p, text in enumerate(report.body) if len(text) >= 10])
    offset = random.choice([m.start() for m in re.finditer("[一-鿿]", report.body[at])])
    came = random.choice(_NEW_WORDS)
    was = report.body[at][offset]
    went, now = random.choice([(was, came), (was, ""), ("", came)])
    return _edited(report, at, offset, went, now)


def a_clause(report: Told, random: Random) -> Planted:
    marks = [
        (p, m.start(), m.end())
        for p, text in enumerate(report.body)
        for m in re.finditer(r"(?<=[,。])[^,。;:“”《》()\n]{5,40}[,。]", text)
    ]
    at, start, end = random.choice(marks)
    if random.random() < 0.5:
        return _edited(report, at, start, "", random.choice(_CLAUSES) + ",")
    return _edited(report, at, start, report.body[at][start:end], "")


def a_paragraph_added(report: Told, random: Random) -> Planted:
    at = random.randrange(len(report.body) + 1)
    body = (*report.body[:at], random.choice(_PARAGRAPHS), *report.body[at:])
    return Planted("added", report.title, body, ((None, at),))


def a_paragraph_removed(report: Told, random: Random) -> Planted:
    at = random.randrange(len(report.body))
    return Planted("removed", report.title, (*report.body[:at], *report.body[at + 1 :]), ((at, None),))


def a_paragraph_moved(report: Told, random: Random) -> Planted:
    at = random.randrange(len(report.body))
    to = random.choice([place for place in range(len(report.body)) if abs(place - at) >= 2])
    rest = [*report.body[:at], *report.body[at + 1 :]]
    return Planted("moved", report.title, (*rest[:to], report.body[at], *rest[to:]), ((at, to),))


def a_paragraph_split(report: Told, random: Random) -> Planted:
    at = random.choice([p for p, text in enumerate(report.body) if len(text) >= 40])
    text = report.body[at]
    cuts = sorted(random.sample(range(5, len(text) - 5), random.choice([1, 1, 2])))
    parts = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    if any(part != part.strip() or not folded(part) for part in parts):
        return a_paragraph_split(report, random)
    return Planted("split", report.title, (*report.body[:at], *parts, *report.body[at + 1 :]), ((at, at),))


def sections_renumbered(report: Told, random: Random) -> Planted:
    """From one heading on, all ordinals of its run one higher, as where a section was forgotten."""
    headings = [section for section in _headings(report) if _numeral_of(section) is not None and section.level <= 2]
    first = random.choice(headings)
    run = [one for one in headings if one.parent == first.parent and one.level == first.level and one.start >= first.start]
    body, edits = list(report.body), []
    for section in run:
        text = body[section.paragraph]
        numeral = _numeral_of(section)
        assert numeral is not None
        offset = text.index(numeral)
        later = _NUMERALS[_NUMERALS.index(numeral) + 1]
        body[section.paragraph] = text[:offset] + later + text[offset + 1 :]
        edits.append((offset, numeral, later))
    places = tuple((section.paragraph, section.paragraph) for section in run)
    return Planted("edited", report.title, tuple(body), places, tuple(edits))


def a_heading_reworded(report: Told, random: Random) -> Planted:
    section = random.choice([one for one in _headings(report) if not one.run_in and len(one.heading) >= 4])
    text = report.body[section.paragraph]
    start = text.index(section.heading)
    size = random.randint(2, len(section.heading))
    offset = start + random.randint(0, len(section.heading) - size)
    words = "".join(random.choice(_NEW_WORDS) for _ in range(random.randint(2, 6)))
    return _edited(report, section.paragraph, offset, text[offset : offset + size], words)


EDITS: tuple[Callable[[Told, Random], Planted], ...] = (
    one_digit, one_character, a_clause, a_paragraph_added, a_paragraph_removed, a_paragraph_moved, sections_renumbered,
    a_heading_reworded, a_paragraph_split,
)  # fmt: skip


def noisy(report: Told, random: Random) -> tuple[str, tuple[str, ...]]:
    """The report with some of what a fingerprint ignores: spaces of all kinds, other widths, other quotation marks."""
    others: dict[str, list[str]] = {}
    for shape, plain in NOISE.items():
        others.setdefault(plain, [plain]).append(shape)
    body = list(report.body)
    for at in random.sample(range(len(body)), random.randint(1, min(8, len(body)))):
        text = body[at]
        for _ in range(random.randint(1, 6)):
            place = random.randrange(len(text) + 1)
            if random.random() < 0.5:
                text = text[:place] + random.choice(_SPACES) + text[place:]
            elif place < len(text):
                plain = NOISE.get(text[place], text[place])
                text = text[:place] + random.choice(others.get(plain, [text[place]])) + text[place + 1 :]
        body[at] = text
    return report.title, tuple(body)


def _edited(report: Told, at: int, offset: int, went: str, came: str) -> Planted:
    text = report.body[at]
    assert text[offset : offset + len(went)] == went
    body = (*report.body[:at], text[:offset] + came + text[offset + len(went) :], *report.body[at + 1 :])
    return Planted("edited", report.title, body, ((at, at),), ((offset, went, came),))


def _headings(report: Told) -> list[Section]:
    starts = [0, *accumulate(len(text) + 1 for text in report.body)]
    return [section for section in report.sections if section.start == starts[section.paragraph]]


def _numeral_of(section: Section) -> str | None:
    numerals = [character for character in section.ordinal if character in _NUMERALS[:-1]]
    return numerals[0] if len(numerals) == 1 and re.fullmatch(r"[(（]?.[)）、]", section.ordinal) else None


def planted(count: int, seed: int, edits: Sequence[Callable[[Told, Random], Planted]]) -> list[tuple[str, Told, Planted]]:
    """So many edits, the kinds by turns, over both seed reports by turns: name of the kind, report, edit."""
    random = Random(seed)
    return [
        (edits[at % len(edits)].__name__, report := REPORTS[at // len(edits) % 2], edits[at % len(edits)](report, random))
        for at in range(count)
    ]
