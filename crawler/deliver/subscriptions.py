"""Decides who is owed an alert of an event, why, and when it is due. Reads no clock, writes no row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from crawler.deliver.matter import Matter, Passage
from crawler.deliver.wording import SHANGHAI
from crawler.flow import Alert, EventKind, Language, Significance, When
from crawler.knowledge import ReportKind
from seeds.schema import in_region

DELIVERY_HOUR = 8
"""Hour of the day, Asia/Shanghai, at which daily and weekly letters are due."""

_WEIGHTS = list(Significance)  # least first


@dataclass(frozen=True)
class Subscription:
    """What some people want to be told, as the configuration says it; every condition that is set must hold."""

    name: str
    to: tuple[str, ...]
    bureaus: tuple[str, ...] = ()  # ids; none: all
    regions: tuple[str, ...] = ()  # beginnings: 上海市, 广东省/深圳市
    levels: tuple[str, ...] = ()
    reports: tuple[ReportKind, ...] = ()
    kinds: tuple[EventKind, ...] = ()  # none: all but BASELINE
    least: Significance = Significance.WORDING  # of a revision
    words: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    when: When = "at-once"
    quiet: tuple[time, time] | None = None  # from and until, Asia/Shanghai
    language: Language = "zh"
    most_a_day: int = 20  # letters (count)

    @property
    def asks_for_content(self) -> bool:
        """Whether it can only be judged by what a report says."""
        return bool(self.reports or self.words or self.indicators or self.sections)


@dataclass(frozen=True)
class Verdict:
    """Whether a subscription wants an event, and why: one English line for each condition that was looked at."""

    wanted: bool
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()  # those of them that do not hold


def alerts_for(matter: Matter, subscriptions: Sequence[Subscription], now: datetime) -> tuple[Alert, ...]:
    """The alerts that an event owes: one for each recipient, however many subscriptions name them.

    Where several subscriptions want an event, the earliest due wins, then the first of them. Two spellings of an address that
    differ in case only are one recipient, spelt as in the winning subscription.

    Args:
        matter: what happened, and to what.
        subscriptions: all of them, in the order of the configuration.
        now: aware; daily and weekly letters are due at the first delivery hour after it.
    """
    owed: dict[str, Alert] = {}
    for wanted in subscriptions:
        if not judge(wanted, matter).wanted:
            continue
        due_at = _due_at(wanted, matter.event.at, now)
        for recipient in wanted.to:
            known = owed.get(recipient.casefold())
            if known is None or due_at < known.due_at:
                owed[recipient.casefold()] = Alert(recipient, wanted.name, due_at, wanted.when, wanted.language)
    return tuple(owed.values())


def judge(wanted: Subscription, matter: Matter) -> Verdict:
    """Whether a subscription wants an event, and why.

    A revision of punctuation or spaces alone is kept and shown, and wanted by nobody.

    Args:
        wanted: the subscription.
        matter: what happened, and to what.
    """
    answers = tuple(_answers(wanted, matter))
    against = tuple(reason for holds, reason in answers if not holds)
    return Verdict(not against, tuple(reason for _, reason in answers), against)


def delivery_after(moment: datetime, when: Literal["daily", "weekly"]) -> datetime:
    """The first delivery of digests after a moment: 08:00 Asia/Shanghai, of a weekly one on Monday. Aware UTC."""
    local = moment.astimezone(SHANGHAI)
    due = local.replace(hour=DELIVERY_HOUR, minute=0, second=0, microsecond=0)
    if due <= local:
        due += timedelta(days=1)
    if when == "weekly":
        due += timedelta(days=-due.weekday() % 7)
    return due.astimezone(UTC)


def delivery_before(moment: datetime, when: Literal["daily", "weekly"]) -> datetime:
    """The last delivery of digests at or before a moment. Aware UTC."""
    period = timedelta(days=1 if when == "daily" else 7)
    return delivery_after(moment, when) - period


def end_of_quiet(moment: datetime, quiet: tuple[time, time]) -> datetime | None:
    """The end of the quiet hours that a moment lies in, aware UTC; None where it lies in none.

    Args:
        moment: aware.
        quiet: from and until, Asia/Shanghai; they may run past midnight.
    """
    begin, end = quiet
    local = moment.astimezone(SHANGHAI)
    clock = local.time()
    inside = begin <= clock < end if begin < end else clock >= begin or clock < end
    if not inside:
        return None
    until = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return (until if until > local else until + timedelta(days=1)).astimezone(UTC)


def _answers(wanted: Subscription, matter: Matter) -> Iterator[tuple[bool, str]]:
    """Each condition with whether it holds, the cheap ones first."""
    event = matter.event
    if wanted.kinds:
        yield event.kind in wanted.kinds, f"kind {event.kind.value}: asked for are {', '.join(k.value for k in wanted.kinds)}"
    else:
        yield event.kind is not EventKind.BASELINE, f"kind {event.kind.value}: asked for is everything but baseline"
    if event.kind is EventKind.REVISED:
        enough = _WEIGHTS.index(event.significance) >= _WEIGHTS.index(wanted.least)
        yield enough, f"significance {event.significance.value}: asked for is {wanted.least.value} or more"
    if wanted.bureaus:
        yield event.bureau_id in wanted.bureaus, f"bureau {event.bureau_id}: asked for are {', '.join(wanted.bureaus)}"
    if wanted.regions:
        inside = any(in_region(matter.region, region) for region in wanted.regions)
        yield inside, f"region {matter.region or 'unknown'}: asked for are {', '.join(wanted.regions)}"
    if wanted.levels:
        yield matter.level in wanted.levels, f"level {matter.level or 'unknown'}: asked for are {', '.join(wanted.levels)}"
    if wanted.reports:
        kind = matter.report.value if matter.report else "none"
        yield matter.report in wanted.reports, f"kind of report {kind}: asked for are {_listed(wanted.reports)}"
    yield from _about_content(wanted, matter)


def _about_content(wanted: Subscription, matter: Matter) -> Iterator[tuple[bool, str]]:
    """One passage must answer all that is asked of the content: a word in one section and a figure in another do not."""
    asked = (("section", wanted.sections), ("word", wanted.words), ("indicator", wanted.indicators))
    if not any(terms for _, terms in asked):
        return
    left = list(matter.passages)
    for name, terms in asked:
        if not terms:
            continue
        found = [(passage, term) for passage in left if (term := next(_terms_in(name, terms, passage), ""))]
        left = [passage for passage, _ in found]
        hits = ", ".join(dict.fromkeys(term for _, term in found))
        yield bool(found), f"{name} {hits}: found" if found else f"{name}: none of {', '.join(terms)} where something happened"


def _terms_in(name: str, terms: Sequence[str], passage: Passage) -> Iterator[str]:
    places = {"section": (passage.section,), "word": (passage.text,), "indicator": passage.indicators}[name]
    folded = [_folded(place) for place in places]
    return (term for term in terms if any(_folded(term) in place for place in folded))


def _folded(text: str) -> str:
    """Without spaces, width and case: 行政 复议 is 行政复议."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _listed(kinds: Sequence[ReportKind]) -> str:
    return ", ".join(kind.value for kind in kinds)


def _due_at(wanted: Subscription, at: datetime, now: datetime) -> datetime:
    if wanted.when != "at-once":
        return delivery_after(now, wanted.when)
    return (end_of_quiet(at, wanted.quiet) if wanted.quiet else None) or at
