"""Turns events into what the letter's templates print: every line ready, every page's text made visible. No markup here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from crawler.deliver.excerpt import Excerpt, excerpt
from crawler.deliver.letter_content import Absence, LetterEvent, LetterVersion
from crawler.deliver.visible import MARK, cut, header_line, visible
from crawler.deliver.wording import KINDS, NATURES, Words, day_zh, moment_en, moment_zh
from crawler.flow import EventKind

SUBJECT = 200
"""Most characters of a subject."""
CHANGES_ALONE = 40
"""Changed paragraphs shown in the letter of one event; the others are counted."""
CHANGES_IN_DIGEST = 5
"""The same for each event of a digest."""
DETAILED = 30
"""Events of a digest told in full; the others have one line and their link."""

_SPACE = re.compile(r"\s")
_EDIT = 60  # characters of a subject that the edit may take
_OPENING = 200  # characters of a new report's first paragraph


@dataclass(frozen=True)
class Link:
    """An address, shown in full; `href` is empty where it must not be a link."""

    shown: str
    href: str
    name: str = ""


@dataclass(frozen=True)
class Proof:
    """The evidence of one version."""

    words: Words
    captured: str
    size: str
    sha256: str


@dataclass(frozen=True)
class Panel:
    """One event as the templates print it."""

    kind: Words
    tone: str  # the kind's public name, for its colour
    bureau: str
    title: str
    gist: str  # one line of a digest's contents: the edit, or ""
    statements: tuple[Words, ...]
    opening: str
    excerpts: tuple[Excerpt, ...]
    more_changes: int
    facts: tuple[tuple[Words, str], ...]
    links: tuple[tuple[Words, Link], ...]
    attachments: tuple[Link, ...]
    proofs: tuple[Proof, ...]

    @property
    def has_markers(self) -> bool:
        """Whether any of its text holds characters that had to be shown as markers."""
        fragments = (fragment.text for shown in self.excerpts for fragment in shown.fragments)
        attached = (link.name + link.shown for link in (*self.attachments, *(link for _, link in self.links)))
        lines = (self.title, self.bureau, self.opening, *(words.zh for words in self.statements), *fragments, *attached)
        return any(MARK in line for line in lines)


def panel(event: LetterEvent, most_changes: int) -> Panel:
    """One event, ready to print.

    Args:
        event: the event.
        most_changes: changed paragraphs to show (count).
    """
    return Panel(
        kind=KINDS[event.kind],
        tone=event.kind.value,
        bureau=visible(event.bureau),
        title=cut(visible(event.title), 1000),
        gist=_edit(event),
        statements=tuple(_statements(event)),
        opening=_opening(event),
        excerpts=tuple(excerpt(change) for change in islice(event.changes, most_changes)),
        more_changes=max(len(event.changes) - most_changes, 0),
        facts=tuple(_facts(event)),
        links=tuple(_links(event)),
        attachments=tuple(_link(attached.url, attached.name) for attached in event.attachments),
        proofs=tuple(_proofs(event)),
    )


def subject(events: Sequence[LetterEvent]) -> str:
    """The subject: kind, bureau, report, and the edit where one line can hold it; for several events their kinds."""
    if len(events) > 1:
        kinds = Counter(KINDS[event.kind].zh for event in events)
        offices = list(dict.fromkeys(event.bureau for event in events))
        counted = "、".join(f"{kind} {count}" for kind, count in kinds.most_common())
        where = offices[0] if len(offices) == 1 else f"{offices[0]}等 {len(offices)} 家"
        return header_line(f"[汇总] {len(events)} 项变化：{counted} · {where}", SUBJECT)
    event = events[0]
    before = f"[{KINDS[event.kind].zh}] {header_line(event.bureau, 60)}《"
    after = f"》{_edit(event)}"
    return f"{before}{header_line(event.title, SUBJECT - len(before) - len(after))}{after}"


def _edit(event: LetterEvent) -> str:
    """The edit in a few characters: the first replacement with a figure in it, else the first short one."""
    excerpts = [excerpt(change) for change in event.changes]
    pairs = [pair for shown in excerpts for pair in shown.pairs]
    edits = sum(shown.edits for shown in excerpts)
    with_figure = (pair for pair in pairs if any(letter.isdigit() for letter in "".join(pair)))
    first = next(with_figure, pairs[0] if pairs else None)
    if first is None:
        return f"{edits} 处改动" if edits else ""
    line = f"{first[0]}→{first[1]}"
    return header_line(line if edits == 1 else f"{line} 等 {edits} 处", _EDIT)


def _statements(event: LetterEvent) -> Iterator[Words]:
    """What happened, in whole sentences."""
    if event.absence is not None:
        yield _absent(event.absence)
        yield Words(
            "本通知只说明我们访问该地址的结果，不说明原因，也不表示发布机关作了何种处理。",
            "This states what we could fetch and what not; it says nothing about why.",
        )
    elif event.summary:
        yield Words(cut(visible(event.summary), 500), "")
    if event.kind is EventKind.OVERDUE:
        yield Words(
            "本通知只说明所读栏目中未见该报告，不表示其未以其他方式公开。",
            "This states what the columns that we read show; the report may be public elsewhere.",
        )


def _absent(absence: Absence) -> Words:
    return Words(
        f"自{moment_zh(absence.since)} 起连续 {absence.sightings} 次未能访问（最后一次看到 {moment_zh(absence.last_seen)}）。",
        f"Absent since {moment_en(absence.since)}, {absence.sightings} visits in a row "
        f"(last seen {moment_en(absence.last_seen)}).",
    )


def _opening(event: LetterEvent) -> str:
    if event.kind is not EventKind.PUBLISHED or event.new is None:
        return ""
    return cut(visible(event.new.opening), _OPENING)


def _facts(event: LetterEvent) -> Iterator[tuple[Words, str]]:
    sources = _both(event, lambda version: visible(version.source))
    if sources:
        yield Words("来源", "Source"), sources
    days = _both(event, lambda version: day_zh(version.published) if version.published else "")
    if days:
        yield Words("发布日期", "Published"), days
    numbers = _both(event, lambda version: f"第 {version.number} 版")
    if numbers:
        yield Words("版本", "Version"), numbers
    if event.kind in {EventKind.REVISED, EventKind.ATTACHMENT_CHANGED}:
        nature = NATURES[event.significance]
        yield Words("改动性质", "Nature"), f"{nature.zh} {nature.en}"
    yield Words("发现时间", "Noticed"), moment_zh(event.at)


def _both(event: LetterEvent, read: Callable[[LetterVersion], str]) -> str:
    """A field of the two versions: once where they agree, "old → new" where they do not."""
    read_all = [read(version) for version in (event.old, event.new) if version is not None]
    return " → ".join(dict.fromkeys(text or "（无）" for text in read_all)) if any(read_all) else ""


def _links(event: LetterEvent) -> Iterator[tuple[Words, Link]]:
    if event.former_url:
        yield Words("原地址", "Former address"), _link(event.former_url)
        yield Words("现地址", "Present address"), _link(event.url)
    elif event.url:
        yield Words("原文", "Original"), _link(event.url)


def _link(url: str, name: str = "") -> Link:
    """Only an http(s) address with nothing invisible and no space in it becomes a link."""
    shown = visible(url)
    try:
        parts = urlsplit(url)
        safe = shown == url and not _SPACE.search(url) and parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        safe = False
    return Link(shown=shown, href=url if safe else "", name=visible(name))


def _proofs(event: LetterEvent) -> Iterator[Proof]:
    if event.old is not None and event.new is not None and event.old != event.new:
        yield _proof(event.old, Words("旧版", "old"))
        yield _proof(event.new, Words("新版", "new"))
    elif (version := event.new or event.old) is not None:
        yield _proof(version, Words("", ""))


def _proof(version: LetterVersion, side: Words) -> Proof:
    zh, en = f"第 {version.number} 版", f"version {version.number}"
    kept = version.evidence
    return Proof(
        words=Words(f"{side.zh}（{zh}）", f"{side.en}, {en}") if side.zh else Words(zh, en),
        captured=moment_zh(kept.captured_at),
        size=f"{kept.size:,}",
        sha256=visible(kept.sha256),
    )
