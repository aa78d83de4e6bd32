"""Watches over good runs: a list that shrank, a column that fell silent, a report that never rests. Mails nobody."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

from crawler.compare.diff import compare_reports
from crawler.compare.remember import Desk
from crawler.compare.restless import WINDOW, is_calm, is_restless, is_weightier
from crawler.compare.significance import significance, summarise
from crawler.compare.silence import silent_since
from crawler.context import record_event
from crawler.flow import ChangeEvent, EventKind, Significance
from spiders.addresses import canonical_key
from spiders.failures import Failure
from storage import archive, frontier, issues, rhythm
from storage.records import HeldRow

FEWEST_LOST: Final = 5
"""Rows that a list must have lost to count as shrunk (count), beside more than half of them. Ours."""
NEW_NORMAL: Final = timedelta(days=30)
"""After this time a smaller list is taken for the usual one. Ours: four weekly walks."""

_CHINA = timezone(timedelta(hours=8))


def watch_list_size(desk: Desk, now: datetime) -> None:
    """Compare what a whole walk showed with what the last one did; belongs behind a walk from first page to last."""
    db, watch_id, listing = desk.context.db, desk.target.watch_id, desk.target.watch.listing_url
    shown, usual = len(frozenset[str]().union(*desk.tally.shown)), rhythm.usual_rows(db, watch_id)
    if usual is not None and shown * 2 < usual and usual - shown >= FEWEST_LOST:
        key = desk.issue_key("shrunk", listing)
        known = next((row for row in issues.opened(db, watch_id) if row.key == key), None)
        if known is None or now - known.opened_at < NEW_NORMAL:
            detail = f"the whole list shows {shown} rows; the whole walk before showed {usual}"
            desk.raise_issue("shrunk", listing, Failure.SHRUNK, detail, now)
            return
    desk.close_issue("shrunk", listing)
    rhythm.remember_rows(db, watch_id, shown)


def watch_silence(desk: Desk, baseline_at: datetime | None, now: datetime) -> None:
    """Tell of a column that has had nothing new for too long; of one that was so when it was first read nothing is told.

    Args:
        desk: of a run that read the column well.
        baseline_at: when the column was first read; None in that very run.
        now: aware.
    """
    if baseline_at is None:
        return
    listing, today = desk.target.watch.listing_url, now.astimezone(_CHINA).date()
    days = rhythm.report_days(desk.context.db, desk.target.watch_id, baseline_at=baseline_at)
    silence = silent_since(days, today)
    if silence is None or silence.since <= baseline_at.astimezone(_CHINA).date():
        desk.close_issue("silent", listing)
        return
    detail = f"latest report of {silence.last}; the longest gap before was {silence.longest_gap_days} days"
    desk.raise_issue("silent", listing, Failure.SILENT, detail, now)


def is_one_too_many(desk: Desk, row: HeldRow, now: datetime) -> bool:
    """Whether a revision is kept and told to nobody, since its report changes all the time; then an issue stands for it.

    A change that weighs more than all that were told lately is told all the same: where a counter runs, a figure that is put
    right is something else.
    """
    weight = Significance(row.significance)
    if row.kind != "revised" or weight is Significance.FORMAT:
        return False
    since = max(filter(None, (now - WINDOW, issues.last_closed_at(desk.context.db, desk.issue_key("restless", row.url)))))
    former = rhythm.revisions(desk.context.db, row.report_id, since=since)
    if not is_restless([*(at for at, _ in former), now], now):
        return False
    detail = f"{len(former) + 1} changes within {WINDOW.days} days; the latest: {row.summary}"
    desk.raise_issue("restless", row.url, Failure.RESTLESS, detail, now)
    return not is_weightier(weight, [Significance(one) for _, one in former])


def let_the_calm_go(desk: Desk, now: datetime) -> None:
    """Close the issues of reports that were restless and have come to rest, and tell the text that was left."""
    db = desk.context.db
    for issue in issues.opened(db, desk.target.watch_id):
        if issue.failure != Failure.RESTLESS.value or issue.last_seen_at >= desk.tally.started_at:
            continue
        if is_calm(issue.last_seen_at, rhythm.readings_since(db, issue.url, issue.last_seen_at), now):
            issues.close(db, issue.key, now)
            _tell_what_is_left(desk, issue.url, now)


def _tell_what_is_left(desk: Desk, url: str, now: datetime) -> None:
    """One revision, from the text that was told last to the present one, where the two differ in more than form."""
    context, address = desk.context, frontier.find(desk.context.db, canonical_key(url))
    report_id = address.report_id if address is not None else None
    told = rhythm.told_version(context.db, report_id) if report_id is not None else None
    if report_id is None or told is None:
        return
    before, latest = archive.version(context.db, report_id, told), archive.latest_version(context.db, report_id)
    if before is None or latest is None or latest.number <= told:
        return
    texts = (context.tell(one.title, one.body) for one in (before, latest))
    changes = compare_reports(*texts, fold=context.fold)
    if not changes or significance(changes) is Significance.FORMAT:
        return
    event = ChangeEvent(
        kind=EventKind.REVISED,
        at=now,
        bureau_id=desk.target.bureau.id,
        watch_id=desk.target.watch_id,
        report_id=report_id,
        url=url,
        title=latest.title,
        significance=significance(changes),
        summary=f"反复改动后已稳定：{summarise(changes)}",
        from_version=told,
        to_version=latest.number,
    )
    desk.tally.events.append(record_event(context, event))
