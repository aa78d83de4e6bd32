"""Gathers the letters about issues: what opened or healed, and the weekly list. Decides nothing itself, sends nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from crawler.config import Config
from crawler.deliver.health import BETWEEN_LETTERS, FLAP_WINDOW, needs_a_person, tidings
from crawler.deliver.issue_words import FLAPPING, words_for
from crawler.deliver.letter_content import Health, IssueLine, OpenIssues, WatchCount
from crawler.deliver.subscriptions import delivery_before
from crawler.flow import Language
from crawler.schedule.couriers import server_of
from crawler.schedule.desk import Desk
from crawler.schedule.draft import Draft
from storage import archive, issues, outbox, readers, watches
from storage.database import Database
from storage.records import IssueRow

SUBSCRIPTION = "health"
"""By this name letters about issues are owed."""

_LOOKED_BACK = 2 * FLAP_WINDOW
_ROLES = ("listing", "walk", "attachment", "document", "changed alike", "many reports", "reclean")


def issue_line(row: IssueRow, config: Config, language: Language, *, flapping: bool = False) -> IssueLine:
    """An issue as a letter tells it.

    Args:
        row: the issue.
        config: its seeds name the bureau and the column.
        language: of the letter.
        flapping: it comes and goes, and is told as such.
    """
    target = config.targets_by_id.get(row.watch_id)
    bureau = target.bureau if target else next((one for one in config.bureaus if one.id == row.bureau_id), None)
    words = words_for(row.failure, _role(row))
    sentence = words.sentence.said(language)
    if flapping:
        sentence += ("" if language == "zh" else " ") + FLAPPING.said(language)
    return IssueLine(
        issue_id=row.id,
        bureau=bureau.name if bureau else row.bureau_id,
        region=bureau.region if bureau else "",
        section=target.watch.section if target else "",
        url=row.url,
        failure=row.failure,
        sentence=sentence,
        cure=words.cure.said(language),
        opened_at=row.opened_at,
        last_seen_at=row.last_seen_at,
        times=row.times,
        healed_at=row.closed_at,
    )


def open_issues(db: Database, now: datetime) -> list[IssueRow]:
    """The open issues that are somebody's business by now, oldest first."""
    return [row for row in issues.opened(db) if needs_a_person(row, now)]


def watch_count(db: Database, config: Config, now: datetime) -> WatchCount:
    """How the watches of the configuration fare; each is counted once, one with an open issue as needing a person."""
    needing, known = {row.watch_id for row in open_issues(db, now)}, watches.every(db)
    ids = [target.watch_id for target in config.targets]
    need_you = sum(one in needing for one in ids)
    never_read = sum(one not in needing and (one not in known or known[one].baseline_at is None) for one in ids)
    return WatchCount(fine=len(ids) - need_you - never_read, need_you=need_you, never_read=never_read)


def health_drafts(desk: Desk, server: str) -> Iterator[Draft]:
    """The letters about issues that are owed now, to those whom [health] names, over one server."""
    health = desk.config.settings.health
    if health is None:
        return
    for recipient in {one.casefold(): one for one in health.to}.values():
        if server_of(recipient) == server:
            yield from _news(desk.db, desk.config, recipient, desk.now)
            yield from _weekly_list(desk, recipient)


def _news(db: Database, config: Config, recipient: str, now: datetime) -> Iterator[Draft]:
    last = readers.last_of_form(db, recipient, "health", until=now)
    if last is not None and now - last < BETWEEN_LETTERS:
        return
    noted = outbox.noted(db, recipient)
    rows = issues.perhaps_news(db, recipient, since=now - _LOOKED_BACK)
    news = tidings(rows, noted, now)
    if not news:
        return
    notices = (*((row.id, "opened") for row in news.opened), *((row.id, "healed") for row in news.healed))
    told = ("health", *(f"{issue_id} {what}" for issue_id, what in notices))
    language = _language(config)
    opened = [issue_line(row, config, language, flapping=row.id in news.flapping) for row in news.opened]
    content = Health(tuple(opened), _lines(news.healed, config, language), watch_count(db, config, now))
    yield Draft(recipient, "health", language, SUBSCRIPTION, told, content, notices=notices)


def _weekly_list(desk: Desk, recipient: str) -> Iterator[Draft]:
    """Everything that is open, on Monday morning; also that nothing is, or a silence would mean a fault."""
    db, config, now = desk.db, desk.config, desk.now
    due = delivery_before(now, "weekly")
    told = ("open-issues", f"{due:%Y-%m-%d}")
    if due <= archive.created_at(db) <= now or desk.is_written(recipient, told):
        return
    language = _language(config)
    content = OpenIssues(_lines(open_issues(db, now), config, language), watch_count(db, config, now))
    yield Draft(recipient, "open-issues", language, SUBSCRIPTION, told, content)


def _lines(rows: Sequence[IssueRow], config: Config, language: Language) -> tuple[IssueLine, ...]:
    return tuple(issue_line(row, config, language) for row in rows)


def _language(config: Config) -> Language:
    return config.settings.health.language if config.settings.health else "zh"


def _role(row: IssueRow) -> str:
    """What an issue befell, as its key says it: "<watch or host> <role> <address>"."""
    whose, _, rest = row.key.partition(" ")
    if whose in _ROLES:
        return whose
    return next((role for role in _ROLES if f"{rest} ".startswith(f"{role} ")), "report")
