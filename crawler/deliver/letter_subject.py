"""Writes the one line that says what a letter is about: its subject. Lays out no letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.deliver.excerpt import edits, pairs
from crawler.deliver.letter_content import (
    Content,
    Digest,
    EventLine,
    Health,
    IssueLine,
    LetterEvent,
    OpenIssues,
    Storm,
    WatchCount,
)
from crawler.deliver.visible import header_line
from crawler.deliver.wording import KINDS, Words, counted, day_of
from crawler.flow import EventKind, Language

SUBJECT = 200
"""Most characters of a subject."""

_EDIT = 70  # characters of a subject that the edit may take
_INDICATOR = 24  # of these, those that what is counted may take

DIGESTS = {
    "daily": Words("每日汇总", "Daily digest"),
    "weekly": Words("每周汇总", "Weekly digest"),
    "backlog": Words("补发汇总", "Backlog"),
    "cap": Words("超出每日上限", "Over the daily limit"),
}
"""What a digest is called, by its reason."""


def headline(content: Content, language: Language) -> str:
    """The subject: at most `SUBJECT` characters, all of them visible."""
    match content:
        case LetterEvent():
            return _of_event(content, language)
        case Digest():
            return _of_digest(content, language)
        case Storm():
            return _of_storm(content, language)
        case Health():
            return _of_health(content, language)
        case OpenIssues():
            return _of_open_issues(content, language)


def edit_in_short(event: LetterEvent, language: Language) -> str:
    """The edit in a few characters: 行政复议案件 226件→236件; "" where nothing was edited."""
    changed = [figure for figure in event.figures if figure.old and figure.new] if event.kind is not EventKind.PUBLISHED else []
    if changed:
        first = changed[0]
        named = header_line(first.indicator, _INDICATOR)
        line = f"{named} {header_line(first.old, 20)}→{header_line(first.new, 20)}"
        return header_line(line + _and_more(len(changed), language), _EDIT)
    short = [pair for change in event.changes for pair in pairs(change)]
    count = sum(edits(change) for change in event.changes)
    with_figure = (pair for pair in short if any(letter.isdigit() for letter in "".join(pair)))
    first_pair = next(with_figure, short[0] if short else None)
    if first_pair is None:
        return Words(f"{count} 处改动", f" {counted(count, 'edit')}").said(language) if count else ""
    return header_line(f"{first_pair[0]}→{first_pair[1]}{_and_more(count, language)}", _EDIT)


def kinds_counted(events: Sequence[EventLine], language: Language) -> str:
    """How many of each kind, the most frequent first: 新发布 6、修订 2."""
    kinds = Counter(KINDS[event.kind].said(language) for event in events)
    between = "、" if language == "zh" else ", "
    return between.join(f"{kind} {count:,}" for kind, count in kinds.most_common())


def first_readings(storm: Storm) -> bool:
    """Whether nothing happened but that columns were read for the first time."""
    return bool(storm.events) and all(event.kind is EventKind.BASELINE for event in storm.events)


def nothing_changed(digest: Digest) -> Words:
    """How a digest without a change says so; it does not deny what its reader was told otherwise."""
    return Words("没有其他变化", "nothing else changed") if digest.elsewhere else Words("没有变化", "nothing changed")


def watches_counted(watches: WatchCount, language: Language) -> str:
    """How the columns fare: 312 个栏目正常，4 个需要您处理."""
    if language == "zh":
        first = f"，{watches.never_read:,} 个尚未首次读完" if watches.never_read else ""
        return f"{watches.fine:,} 个栏目正常，{watches.need_you:,} 个需要您处理{first}"
    first = f", {watches.never_read:,} not read through yet" if watches.never_read else ""
    needs = "needs" if watches.need_you == 1 else "need"
    return f"{counted(watches.fine, 'column')} fine, {watches.need_you:,} {needs} you{first}"


def _and_more(count: int, language: Language) -> str:
    if count < 2:
        return ""
    return Words(f" 等 {count} 处", f" and {count - 1} more").said(language)


def _of_event(event: LetterEvent, language: Language) -> str:
    before = f"[{KINDS[event.kind].said(language)}] {header_line(event.bureau, 60)}《"
    after = f"》{edit_in_short(event, language)}"
    return f"{before}{header_line(event.title, max(SUBJECT - len(before) - len(after), 20))}{after}"


def _of_digest(digest: Digest, language: Language) -> str:
    count, day = len(digest.lines), day_of(digest.until, language)
    changes = Words(f"{count:,} 项变化", counted(count, "change")) if count else nothing_changed(digest)
    told = {
        "daily": Words(f"{day}：", f"{day}: "),
        "weekly": Words(f"截至 {day}：", f"to {day}: "),
        "backlog": Words("延迟发出的 ", "held up: "),
        "cap": Words("昨日未发的 ", "not sent yesterday: "),
    }[digest.reason]
    watches = watches_counted(digest.watches, language)
    between = "，" if language == "zh" else "; "
    line = f"[{DIGESTS[digest.reason].said(language)}] {told.said(language)}{changes.said(language)}{between}{watches}"
    return header_line(line, SUBJECT)


def _of_storm(storm: Storm, language: Language) -> str:
    count, host = len(storm.events), header_line(storm.host, 80)
    if first_readings(storm):
        where = header_line(storm.events[0].bureau, 60) if len({event.bureau for event in storm.events}) == 1 else host
        words = Words(
            f"[首次读取] {where}：{count} 个栏目已首次读完，此后有变化才会通知",
            f"[First reading] {where}: {counted(count, 'column')} read for the first time",
        )
    else:
        kinds = kinds_counted(storm.events, language)
        words = Words(f"[集中变化] {host}：{count:,} 项（{kinds}）", f"[Burst] {host}: {counted(count, 'change')} ({kinds})")
    return header_line(words.said(language), SUBJECT)


def _of_health(health: Health, language: Language) -> str:
    opened, healed = len(health.opened), len(health.healed)
    if opened == 1 and not healed:
        words = Words(
            f"[需处理] {_place(health.opened[0], language)}：{health.opened[0].sentence}",
            f"[Needs you] {_place(health.opened[0], language)}: {health.opened[0].sentence}",
        )
    elif healed == 1 and not opened:
        place = _place(health.healed[0], language)
        words = Words(f"[已恢复] {place}：恢复正常", f"[Working again] {place}")
    elif not opened:
        words = Words(f"[已恢复] {healed} 个问题已恢复正常", f"[Working again] {counted(healed, 'issue')} healed")
    else:
        also = Words(f"，{healed} 个已恢复", f", {healed} working again").said(language) if healed else ""
        words = Words(f"[需处理] {opened} 个新问题{also}", f"[Needs you] {counted(opened, 'new issue')}{also}")
    return header_line(words.said(language), SUBJECT)


def _of_open_issues(open_issues: OpenIssues, language: Language) -> str:
    count, watches = len(open_issues.issues), watches_counted(open_issues.watches, language)
    words = Words(
        f"[待处理] {f'{count} 个问题仍未解决' if count else '没有未解决的问题'} · {watches}",
        f"[Open issues] {f'{count} still open' if count else 'none'} · {watches}",
    )
    return header_line(words.said(language), SUBJECT)


def _place(issue: IssueLine, language: Language) -> str:
    section = Words(f"“{issue.section}”", f" “{issue.section}”").said(language) if issue.section else ""
    return header_line(f"{issue.bureau}{section}", 80)
