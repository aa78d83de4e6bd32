"""Cuts from a sentence the phrase that says what a figure counts. Changes no word and knows no concept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.interpret.phrases import (
    ASIDE,
    BARE,
    BELOW_THRESHOLD,
    CHANGED,
    CHANGING,
    GRADE,
    JOINED,
    LEADING,
    LIGHT,
    LIMITED,
    MARKS,
    NOUN,
    OPENING,
    OWNED,
    STAGE,
    STOP,
    SUBJECT_AND_VERBS,
    SUMMED_UP,
    TAKEN,
    THRESHOLD,
    TITLE,
    TRAILING,
    VERBS_AT_END,
    VERBS_AT_START,
)
from crawler.interpret.qualifiers import Stated
from crawler.interpret.units import PERCENT

_CLAUSE = re.compile(r"[,。;:!?()\n|]")
_SENTENCE = re.compile(r"[。!?\n]")
_RANK_WORDS = re.compile(
    r"(?:均)?(?:位居|位列|名列|列|居|排名)?(?P<scope>全[国省市区县州盟旗])?(?:位居|位列|名列|列|居|排名)?$"
)
_PERSONS = frozenset({"人", "名", "人次", "位"})
_TOUCHED = re.compile(r"(?:共)?(涉及|惠及|覆盖|受益|参与|参加|参训|受教育|服务)$")
_TOUCHED_NAME = re.compile(r"涉及人数$")
_COMING = re.compile(r"(?P<verb>参加|参与|参训|受益)(?=[,。;、)]|$)")
_TOGETHER = re.compile(r"(?<!公)共(?!同|享|建|和|产|青|性)(?=[\u4e00-\u9fff]{2})")
_IN_A_RUN = re.compile(r"[、,和及与 ]{0,2}")
_NAMES = re.compile(r"[、和及与]|以及")
_LONGEST = 40
_REACH = 200  # characters before a figure in which its phrase may begin


@dataclass(frozen=True)
class Named:
    """A figure's phrase, and where the words end that belong to it."""

    phrase: str
    end: int


def indicators(paragraph: str, rows: Sequence[Stated]) -> list[str]:
    """What each figure counts, in the words of the paragraph.

    Args:
        paragraph: folded to ASCII.
        rows: its figures in order.
    """
    named: list[Named] = []
    for position, row in enumerate(rows):
        following = rows[position + 1].found.start if position + 1 < len(rows) else len(paragraph)
        named.append(_named(paragraph, row, following, named, rows[:position]))
    return [one.phrase for one in _distributed(paragraph, rows, named)]


def _named(paragraph: str, row: Stated, following: int, named: Sequence[Named], before: Sequence[Stated]) -> Named:
    found = row.found
    floor = max(
        place for place in (0, *(one.end for one in named[-1:]), *(one.after for one in before[-1:])) if place <= found.start
    )
    clause = _clause(paragraph, max(floor, found.start - _REACH), found.start)
    if found.is_rank:
        return Named(_rank(clause), found.end)
    last = named[-1].phrase if named else ""
    listed = bool(named) and paragraph[floor : floor + 1] in {"、", "和", "及", "与"}
    noun, end = _noun(paragraph, found.end, following) if found.unit not in PERCENT else ("", found.end)
    direct = _CLAUSE.split(_untitled(paragraph[floor : found.start]))[-1]
    if noun and not (OPENING.match(noun) and _plain(direct)):
        return Named(_short(_unburdened(_verbs(direct, last if listed else "")) + noun), end)
    coming = _COMING.match(paragraph, found.end)
    if coming and last and found.unit_norm in _PERSONS and not _plain(clause):
        return Named(_short(coming["verb"] + last), found.end)
    phrase = _before(clause, row, last, listed=listed)
    if (
        last
        and before[-1].found.unit_norm == found.unit_norm
        and not _SENTENCE.search(paragraph, before[-1].found.end, found.start)
    ):
        phrase = _completed(phrase, last)
    return Named(_short(_unburdened(phrase) or phrase), found.end)


def _completed(phrase: str, last: str) -> str:
    """A phrase that leaves out what the one before named: 受理 → 受理行政复议申请, 省级 → 省级安置帮教基地."""
    if STAGE.search(phrase):
        return phrase + last
    if not BARE.fullmatch(phrase) and not GRADE.fullmatch(phrase):
        return phrase
    known = TAKEN.search(last) or OWNED.match(last)
    thing = last[known.end() :] if known else ""
    return phrase + thing if len(thing) >= 2 else phrase


def _unburdened(phrase: str) -> str:
    """The phrase without the verbs that only say that something was held or done: 组织开展, 举办, 推进."""
    light = LIGHT.match(phrase)
    return phrase[light.end() :] if light and len(phrase) - light.end() != 1 else phrase


def _clause(paragraph: str, floor: int, start: int) -> str:
    """The nearest words before a figure that say something: between the marks, or else one clause further back."""
    pieces = _CLAUSE.split(_SENTENCE.split(_untitled(paragraph[floor:start]))[-1])
    for piece in reversed(pieces):
        plain = TRAILING.sub("", LEADING.sub("", piece, count=1))
        if plain:
            return piece
    return ""


def _untitled(text: str) -> str:
    return ASIDE.sub("", TITLE.sub("", text))


def _plain(clause: str) -> str:
    bare = CHANGED.sub("", CHANGING.sub("", clause.translate(MARKS)))
    shorter = TRAILING.sub("", bare)
    lead = LEADING.match(shorter)
    return shorter[lead.end() :] if lead else shorter


def _before(clause: str, row: Stated, last: str, *, listed: bool) -> str:
    plain = _plain(clause)
    listing, _, last_words = plain.rpartition("等")
    summed = SUMMED_UP.fullmatch(last_words)
    if summed and "、" in listing:
        acting = SUBJECT_AND_VERBS.match(listing.partition("、")[0])
        plain = (acting[0] if acting else "") + summed["noun"]
    if not plain:
        return last
    if plain.startswith("占"):
        return last + plain
    if row.found.unit_norm in _PERSONS and _TOUCHED.fullmatch(plain):
        return f"{_TOUCHED_NAME.sub('', last)}{plain}人数" if last else plain
    threshold = THRESHOLD.fullmatch(plain)
    if threshold:
        return plain + BELOW_THRESHOLD.sub("", _TOUCHED_NAME.sub("", last))
    if listed and not VERBS_AT_START.match(plain):
        return _shared(last) + plain
    return _TOGETHER.sub("", plain)


def _verbs(clause: str, shared: str) -> str:
    plain = _plain(clause)
    if clause.rstrip(" 共计总约近").endswith("等"):
        match = VERBS_AT_START.match(plain)
        return match[0] if match else ""
    if not plain and shared:
        return _shared(shared)
    match = VERBS_AT_END.search(plain) or VERBS_AT_START.match(plain)
    return match[0] if match else ""


def _shared(last: str) -> str:
    """The verbs that a list's next figure shares with the one before: 成功调解 of 成功调解知识产权纠纷."""
    match = VERBS_AT_START.match(last)
    return match[0] if match and len(last) > len(match[0]) + 1 else ""


def _noun(paragraph: str, end: int, following: int) -> tuple[str, int]:
    """The counted thing behind the unit, and where it ends; "" where a mark or a verb follows."""
    match = NOUN.match(paragraph, end, min(following, end + _LONGEST))
    if not match:
        return "", end
    limit = LIMITED.match(match["noun"])
    first = match.start("noun") + (limit.end() if limit else 0)
    noun, stop = paragraph[first : match.end()], match.end()
    cut = STOP.search(noun)
    if cut:
        noun, stop = noun[: cut.start()], first + cut.start()
    elif stop == following:
        joints = [joint.start() for joint in JOINED.finditer(noun)]
        cut_at = joints[-1] if joints else len(noun)
        noun, stop = noun[:cut_at], first + cut_at
    of = noun.find("的", 2)
    if of > 0:
        noun, stop = noun[:of], first + of
    plain = noun.translate(MARKS)
    return (plain, stop) if len(plain) > 0 and plain[0] not in "、和及与" else ("", end)


def _rank(clause: str) -> str:
    plain = _plain(clause)
    match = _RANK_WORDS.search(plain)
    scope = match["scope"] or "" if match else ""
    return _short((plain[: match.start()] if match else plain) + scope + "排名")


def _short(phrase: str) -> str:
    return phrase[-_LONGEST:]


def _distributed(paragraph: str, rows: Sequence[Stated], named: list[Named]) -> list[Named]:
    """The phrases, where 分别 is said each with its own name: A、B分别为12件、13件; A 307项, B 303项, 分别占比93%、92%."""
    position = 0
    while position < len(rows):
        end = _run_end(paragraph, rows, position)
        floor = max(rows[position - 1].after, named[position - 1].end) if position else 0
        lead = paragraph[max(floor, rows[position].found.start - _REACH) : rows[position].found.start]
        subject, said, rest = _CLAUSE.split(lead)[-1].rpartition("分别")
        if said and end - position > 1:
            names = _names(subject, position, end, named)
            if len(names) == end - position:
                tail = TRAILING.sub("", rest.translate(MARKS))
                for place, name in enumerate(names, start=position):
                    named[place] = Named(_short(name + (tail if tail in {"占比", "占"} else "")), named[place].end)
        position = end
    return named


def _run_end(paragraph: str, rows: Sequence[Stated], position: int) -> int:
    end = position + 1
    while end < len(rows) and _IN_A_RUN.fullmatch(paragraph, rows[end - 1].found.end, rows[end].found.start):
        end += 1
    return end


def _names(subject: str, position: int, end: int, named: Sequence[Named]) -> list[str]:
    plain = _plain(subject)
    if plain:
        return [name for name in _NAMES.split(plain) if name]
    return [one.phrase for one in named[max(0, position - (end - position)) : position]]
