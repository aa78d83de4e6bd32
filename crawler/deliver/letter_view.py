"""Turns an event into the blocks that a letter prints, every page's text made visible. No markup here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from crawler.deliver import letter_words as say
from crawler.deliver.excerpt import Excerpt, excerpt
from crawler.deliver.letter_blocks import (
    Block,
    Edit,
    Edits,
    Facts,
    Heading,
    Items,
    Line,
    Link,
    Run,
    Table,
    Tag,
    Text,
    link,
    ours,
    theirs,
)
from crawler.deliver.letter_content import Evidence, FailedCheck, FigureLine, LetterEvent, LetterVersion
from crawler.deliver.letter_limits import Limits
from crawler.deliver.summary import told_summary
from crawler.deliver.wording import KINDS, NATURES, Words, counted, day_in, moment_in
from crawler.flow import EventKind, Language

_OPENING = 200  # characters of a new report's first paragraph
_SHORT = 60  # characters of an indicator
_IN_SHORT = 5  # figures of a shortened letter
_ADDRESSES = {EventKind.BASELINE: say.COLUMN, EventKind.OVERDUE: say.COLUMN, EventKind.ATTACHMENT_CHANGED: say.ATTACHMENT}
_REVISIONS = frozenset({EventKind.REVISED, EventKind.RESTORED, EventKind.MOVED})


def event_blocks(event: LetterEvent, language: Language, limits: Limits, *, level: int = 1) -> Iterator[Block]:
    """One event, ready to print: what happened and what changed first, then where it stands, then what proves it.

    Args:
        event: the event.
        language: of our words.
        limits: how much of it is shown.
        level: of its heading; the headings within are one lower.
    """
    yield Tag(KINDS[event.kind].said(language), event.kind.value, _whose(event))
    yield Heading(level, (theirs(event.title, limits.title),))
    yield from statements(event, language)
    yield from _figures(event, language, limits, level + 1)
    yield from _changes(event, language, limits, level + 1)
    yield from _checks(event.checks, language, limits, level + 1)
    yield from _outline(event, language, limits, level + 1)
    yield from _attachments(event, language, limits, level + 1)
    yield Heading(level + 1, (ours(say.SOURCES.said(language)),))
    yield Facts((*_links(event, language), *_facts(event, language)), say.COLON.said(language))
    proofs = tuple(_proofs(event, language))
    if proofs:
        yield Heading(level + 1, (ours(say.EVIDENCE.said(language)),))
        yield Items(proofs)


def event_in_short(event: LetterEvent, language: Language) -> Iterator[Block]:
    """Only what one must know of an event: what happened, its figures, where it stands, what proves it."""
    yield Tag(KINDS[event.kind].said(language), event.kind.value, _whose(event))
    yield Heading(1, (theirs(event.title, 200),))
    yield from statements(event, language)
    rows = [_figure_in_line(figure, language) for figure in event.figures[:_IN_SHORT]]
    if rows and event.kind is not EventKind.PUBLISHED:
        yield Items(tuple((row,) for row in rows))
    yield Facts(tuple(_links(event, language)), say.COLON.said(language))
    yield Items(tuple(_proofs(event, language)))


def statements(event: LetterEvent, language: Language) -> Iterator[Text]:
    """What happened, in whole sentences."""
    if event.absence is not None:
        absence = event.absence
        since, seen = moment_in(absence.since, language), moment_in(absence.last_seen, language)
        yield Text(
            (
                ours(
                    f"自{since} 起连续 {absence.sightings} 次未能访问（最后一次看到 {seen}）。"
                    if language == "zh"
                    else f"Absent since {since}, {counted(absence.sightings, 'visit')} in a row (last seen {seen})."
                ),
            )
        )
    elif event.summary:
        yield Text(sentence(told_summary(event.summary, language)))
    if event.kind is EventKind.WITHDRAWN:
        yield Text((ours(say.ABSENCE_NOTE.said(language)),), weight="soft")
    if event.kind is EventKind.OVERDUE:
        yield Text((ours(say.OVERDUE_NOTE.said(language)),), weight="soft")


def sentence(line: Line) -> Line:
    """A line as it begins a sentence: 3 edits, Published 2021-02-18."""
    first = line[0] if line else None
    if not isinstance(first, Run) or first.theirs:
        return line
    return (replace(first, text=first.text[:1].upper() + first.text[1:]), *line[1:])


def delta_in(delta: str, language: Language) -> str:
    """By how much a figure changed, in the letter's language."""
    return delta if language == "zh" else delta.replace("个百分点", " percentage points")


def _whose(event: LetterEvent) -> Line:
    return (theirs(event.bureau, 100),)


def _figures(event: LetterEvent, language: Language, limits: Limits, level: int) -> Iterator[Block]:
    """The figures as a small table: those of a revision before and now, those of a new report beside last year's."""
    if not event.figures:
        return
    shown, new = event.figures[: limits.figures], event.kind is EventKind.PUBLISHED
    beside = not new or any(figure.old for figure in shown)
    title = (say.KEY_FIGURES_BESIDE if beside else say.KEY_FIGURES) if new else say.FIGURES_CHANGED
    heads = (say.LAST_YEAR, say.THIS_YEAR) if new else (say.BEFORE, say.NOW)
    named = (say.INDICATOR, *heads, say.DELTA) if beside else (say.INDICATOR, say.THIS_YEAR)
    yield Heading(level, (ours(title.said(language)),))
    yield Table(
        heads=tuple(words.said(language) for words in named),
        rows=tuple(_figure_row(figure, language, beside=beside) for figure in shown),
        narrow=True,
    )
    if left := len(event.figures) - len(shown):
        yield _left_out(Words(f"另有 {left} 项数据未列出。", f"{counted(left, 'more figure')} not shown."), language)


def _figure_row(figure: FigureLine, language: Language, *, beside: bool) -> tuple[tuple[Line, ...], ...]:
    name: tuple[Line, ...] = ((theirs(figure.indicator, _SHORT),),)
    if figure.section:
        name += ((theirs(figure.section, _SHORT, "soft"),),)
    old, new = ((theirs(side, 40),) if side else (ours("—"),) for side in (figure.old, figure.new))
    if not beside:
        return (name, (new,))
    delta = theirs(delta_in(figure.delta, language), 40) if figure.delta else ours("—")
    return (name, (old,), (new,), ((delta,),))


def _figure_in_line(figure: FigureLine, language: Language) -> Line:
    delta = f"（{delta_in(figure.delta, language)}）" if figure.delta else ""
    return (theirs(f"{figure.indicator} {figure.old or '—'} → {figure.new or '—'}{delta}", 200),)


def _changes(event: LetterEvent, language: Language, limits: Limits, level: int) -> Iterator[Block]:
    if not event.changes:
        return
    excerpts = [excerpt(change, whole=limits.stretch, most_edits=limits.edits) for change in event.changes[: limits.changes]]
    yield Heading(level, (ours(say.CHANGED.said(language)),))
    legend = say.LEGEND_HTML.said(language), say.LEGEND_TEXT.said(language)
    edits = (
        Edit(tuple(_edit_head(shown, language)), say.OLD.said(language), say.NEW.said(language), shown) for shown in excerpts
    )
    yield Edits(tuple(edits), legend)
    if left := len(event.changes) - len(excerpts):
        words = Words(
            f"另有 {left} 段改动未列出，请见原文。", f"{counted(left, 'more changed paragraph')} not shown; see the original."
        )
        yield _left_out(words, language)


def _edit_head(shown: Excerpt, language: Language) -> Iterator[Run | Link]:
    yield ours(say.EDITS[shown.kind].said(language), "strong")
    if shown.section:
        yield ours(" · ")
        yield theirs(shown.section)
    if shown.left_out:
        listed = shown.edits - shown.left_out
        words = Words(f"（{shown.edits} 处，列出前 {listed} 处）", f" ({shown.edits} edits, the first {listed} shown)")
        yield ours(words.said(language))


def _checks(checks: Sequence[FailedCheck], language: Language, limits: Limits, level: int) -> Iterator[Block]:
    if not checks or not limits.checks:
        return
    yield Heading(level, (ours(say.CHECKS_FAILED.said(language)),))
    yield Items(tuple(_check(check) for check in checks[: limits.checks]))
    left = len(checks) - limits.checks
    if left > 0:
        yield _left_out(Words(f"另有 {left} 项未列出。", f"{left} more not shown."), language)
    yield Text((ours(say.CHECKS_NOTE.said(language)),), weight="soft")


def _check(check: FailedCheck) -> tuple[Line, ...]:
    lines: tuple[Line, ...] = ((theirs(check.relation, 400),),)
    return (*lines, (theirs(check.note, 200, "soft"),)) if check.note else lines


def _outline(event: LetterEvent, language: Language, limits: Limits, level: int) -> Iterator[Block]:
    """What a new report is about: its headings, or where it has none its first paragraph."""
    if event.kind is not EventKind.PUBLISHED:
        return
    shown = event.outline[: limits.outline]
    if shown:
        yield Heading(level, (ours(say.OUTLINE.said(language)),))
        top = min(line.level for line in shown)
        lines = tuple(((theirs(line.text, _SHORT),),) for line in shown)
        yield Items(lines, depths=tuple(min(line.level - top, 3) for line in shown))
        if left := len(event.outline) - len(shown):
            yield _left_out(Words(f"另有 {left} 个标题未列出。", f"{counted(left, 'more heading')} not shown."), language)
    elif event.new is not None and event.new.opening:
        yield Heading(level, (ours(say.OPENING.said(language)),))
        yield Text((theirs(event.new.opening, _OPENING),))


def _attachments(event: LetterEvent, language: Language, limits: Limits, level: int) -> Iterator[Block]:
    if event.kind is not EventKind.PUBLISHED or not event.attachments or not limits.attachments:
        return
    yield Heading(level, (ours(say.ATTACHMENTS.said(language)),))
    shown = event.attachments[: limits.attachments]
    yield Items(tuple(((theirs(one.name, 200),), (link(one.url),)) for one in shown), ordered=True)
    if left := len(event.attachments) - len(shown):
        yield _left_out(Words(f"另有 {left} 个附件未列出。", f"{counted(left, 'more attachment')} not shown."), language)


def _left_out(words: Words, language: Language) -> Text:
    return Text((ours(words.said(language)),), weight="soft")


def _links(event: LetterEvent, language: Language) -> Iterator[tuple[str, Line]]:
    if event.former_url:
        yield say.FORMER_ADDRESS.said(language), (link(event.former_url),)
        yield say.PRESENT_ADDRESS.said(language), (link(event.url),)
    elif event.url:
        yield _ADDRESSES.get(event.kind, say.ORIGINAL).said(language), (link(event.url),)
    if event.page_url:
        yield say.OUR_PAGE.said(language), (link(event.page_url),)


def _facts(event: LetterEvent, language: Language) -> Iterator[tuple[str, Line]]:
    none = say.NONE.said(language)
    if sources := _both(event, lambda version: version.source, none):
        yield say.SOURCE.said(language), (theirs(sources, 200),)
    if days := _both(event, lambda version: day_in(version.published, language) if version.published else "", none):
        yield say.PUBLISHED.said(language), (ours(days),)
    if event.report_kind:
        yield say.REPORT_KIND.said(language), (theirs(event.report_kind, 60),)
    if numbers := _both(event, lambda version: _numbered(version, language), none):
        yield say.VERSION.said(language), (ours(numbers),)
    if event.kind in _REVISIONS and event.changes:
        yield say.NATURE.said(language), (ours(NATURES[event.significance].said(language)),)
    yield say.NOTICED.said(language), (ours(moment_in(event.at, language)),)


def _both(event: LetterEvent, read: Callable[[LetterVersion], str], none: str) -> str:
    """A field of the two versions: once where they agree, "old → new" where they do not."""
    read_all = [read(version) for version in (event.old, event.new) if version is not None]
    return " → ".join(dict.fromkeys(text or none for text in read_all)) if any(read_all) else ""


def _numbered(version: LetterVersion, language: Language) -> str:
    return f"第 {version.number} 版" if language == "zh" else f"version {version.number}"


def _proofs(event: LetterEvent, language: Language) -> Iterator[tuple[Line, ...]]:
    versions = [version for version in (event.old, event.new) if version is not None]
    distinct = list(dict.fromkeys(versions))
    sides = (say.OLD_VERSION, say.NEW_VERSION) if len(distinct) > 1 else (Words("", ""),)
    for version, side in zip(distinct, sides, strict=False):
        named, prefix = _numbered(version, language), side.said(language)
        head = f"{prefix}：{named}" if prefix and language == "zh" else f"{prefix}: {named}" if prefix else named
        yield (
            (ours(head, "strong"),),
            *(_evidence(version.first_evidence, say.FIRST_LOOK, language) if version.first_evidence else ()),
            *_evidence(version.evidence, say.SECOND_LOOK if version.first_evidence else say.CAPTURED, language),
        )
    if event.file is not None:
        yield _file(event.file, language)


def _file(kept: Evidence, language: Language) -> tuple[Line, ...]:
    return ((ours(say.FILE.said(language), "strong"),), *_evidence(kept, say.CAPTURED, language))


def _evidence(kept: Evidence, look: Words, language: Language) -> Iterator[Line]:
    size = f"{kept.size:,} 字节" if language == "zh" else f"{kept.size:,} bytes"
    yield (ours(f"{look.said(language)} {moment_in(kept.captured_at, language)}", "soft"), ours(f" · {size}", "soft"))
    yield (ours("SHA-256 ", "soft"), ours(kept.sha256, "exact"))
