"""Turns issues that opened, healed or are still open into the blocks that a letter prints. No markup here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.deliver import letter_words as say
from crawler.deliver.letter_blocks import Block, Facts, Heading, Items, Line, Run, Text, link, ours, theirs
from crawler.deliver.letter_content import Health, IssueLine, OpenIssues, WatchCount
from crawler.deliver.letter_subject import watches_counted
from crawler.deliver.visible import cut, visible
from crawler.deliver.wording import Words, counted, minute_in
from crawler.flow import Language

_IN_FULL = 20  # issues with their facts; the others have a line
_IN_SHORT = 10  # issues of a shortened letter
_SENTENCE = 400  # characters


def health_blocks(health: Health, language: Language) -> Iterator[Block]:
    """What opened, each with its cure, then what works again."""
    opened, healed = len(health.opened), len(health.healed)
    words = Words(
        "，".join(part for part in (opened and f"{opened} 个新问题需要处理", healed and f"{healed} 个问题已恢复") if part),
        ", ".join(part for part in (opened and counted(opened, "new issue"), healed and f"{healed} working again") if part),
    )
    yield Heading(1, (ours(words.said(language)),))
    yield _watches(health.watches, language)
    if health.opened:
        yield Heading(2, (ours(say.OPENED.said(language)),))
        yield from _issues(health.opened, language)
    if health.healed:
        yield Heading(2, (ours(say.HEALED.said(language)),))
        yield Items(tuple(_healed(issue, language) for issue in health.healed))


def open_issues_blocks(open_issues: OpenIssues, language: Language) -> Iterator[Block]:
    """Everything that still needs a person, oldest first."""
    count = len(open_issues.issues)
    if not count:
        yield Heading(1, (ours(say.NO_ISSUES.said(language).rstrip("。.")),))
    else:
        words = Words(f"{count:,} 个问题仍未解决", f"{counted(count, 'issue')} still open")
        yield Heading(1, (ours(words.said(language)),))
    yield _watches(open_issues.watches, language)
    if count:
        yield Heading(2, (ours(say.STILL_OPEN.said(language)),))
        yield from _issues(open_issues.issues, language)


def issue_items(issues: Sequence[IssueLine], language: Language) -> Iterator[tuple[Line, ...]]:
    """Issues in short: where, what, the cure, the address."""
    for issue in issues:
        yield (_place(issue), (_sentence(issue),), (_cure(issue, language),), (link(issue.url),))


def issues_in_short(content: Health | OpenIssues, language: Language) -> Iterator[Block]:
    """The counts and the first issues."""
    issues = content.opened if isinstance(content, Health) else content.issues
    healed = len(content.healed) if isinstance(content, Health) else 0
    words = Words(
        f"{len(issues):,} 个问题需要处理，{healed:,} 个已恢复", f"{counted(len(issues), 'issue')}, {healed:,} working again"
    )
    yield Heading(1, (ours(words.said(language)),))
    yield _watches(content.watches, language)
    yield Items(tuple((_place(issue), (ours(cut(visible(issue.sentence), 100)),)) for issue in issues[:_IN_SHORT]))


def _issues(issues: Sequence[IssueLine], language: Language) -> Iterator[Block]:
    for issue in issues[:_IN_FULL]:
        yield Heading(3, _place(issue))
        yield Text((_sentence(issue),))
        yield Text((_cure(issue, language),))
        seen = Words(
            f"{minute_in(issue.last_seen_at, language)}（共 {issue.times} 次）",
            f"{minute_in(issue.last_seen_at, language)} ({counted(issue.times, 'time')})",
        )
        yield Facts(
            (
                (say.ISSUE_CLASS.said(language), (ours(visible(issue.failure)),)),
                (say.SINCE.said(language), (ours(minute_in(issue.opened_at, language)),)),
                (say.LAST_SEEN.said(language), (ours(seen.said(language)),)),
                (say.ADDRESS.said(language), (link(issue.url),)),
            ),
            say.COLON.said(language),
        )
    if issues[_IN_FULL:]:
        yield Items(tuple(issue_items(issues[_IN_FULL:], language)))


def _healed(issue: IssueLine, language: Language) -> tuple[Line, ...]:
    healed = minute_in(issue.healed_at, language) if issue.healed_at else ""
    opened = minute_in(issue.opened_at, language)
    when = Words(f"{opened} 出现，{healed} 恢复", f"opened {opened}, working again since {healed}")
    return (_place(issue), (_sentence(issue),), (ours(when.said(language), "soft"),))


def _place(issue: IssueLine) -> Line:
    where = (theirs(issue.bureau, 60),)
    return (*where, ours(" · "), theirs(issue.section, 60)) if issue.section else where


def _sentence(issue: IssueLine) -> Run:
    return ours(cut(visible(issue.sentence), _SENTENCE))


def _cure(issue: IssueLine, language: Language) -> Run:
    between = "：" if language == "zh" else ": "
    return ours(f"{say.CURE.said(language)}{between}{cut(visible(issue.cure), _SENTENCE)}")


def _watches(watches: WatchCount, language: Language) -> Text:
    return Text((ours(watches_counted(watches, language) + ("。" if language == "zh" else ".")),))
