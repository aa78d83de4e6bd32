"""Ends a run's account: what was held is told, one by one or as one thing that befell the whole site. Visits nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from crawler.compare.remember import Desk
from crawler.compare.rhythm import is_one_too_many, let_the_calm_go
from crawler.compare.upheaval import is_large_share, stand_out, upheaval
from crawler.context import record_event
from crawler.event_rows import as_event
from crawler.flow import ChangeEvent, EventKind, Significance
from spiders.addresses import canonical_key
from spiders.failures import Failure
from storage import held, issues, suspicions, watches
from storage.records import HeldRow

_TOLD_IN_ONE_LINE: Final = {
    EventKind.MOVED: (Significance.WORDING, "份报告的地址已一并更换"),
    EventKind.RESTORED: (Significance.WITHDRAWN, "份报告一并恢复可见"),
    EventKind.WITHDRAWN: (Significance.WITHDRAWN, "份报告一并在原址无法打开已逾七日，最后的文本均已保留"),
}
_NAMED: Final = 3  # titles written out in such a line
_QUIET_DAYS: Final = 7


def close_books(desk: Desk) -> None:
    """Tell what waited for the end of this run, and let one issue stand for what befell many reports at once."""
    rows = held.of_watch(desk.context.db, desk.target.watch_id)
    known = watches.report_count(desk.context.db, desk.target.watch_id)
    alike = upheaval({row.id: frozenset(row.marks) for row in rows}, known=known)
    together = alike - stand_out({row.id: Significance(row.significance) for row in rows if row.id in alike}, known=known)
    for row in rows:
        if row.id not in together:
            silent = is_one_too_many(desk, row, desk.context.now())
            desk.tally.events.append(record_event(desk.context, as_event(row), silent=silent))
    _tell_together(desk, [row for row in rows if row.id in together], known)
    held.let_go(desk.context.db, [row.id for row in rows])
    let_the_calm_go(desk, desk.context.now())
    _gather_issues(desk)


def _tell_together(desk: Desk, rows: Sequence[HeldRow], known: int) -> None:
    now, listing = desk.context.now(), desk.target.watch.listing_url
    by_kind: dict[EventKind, list[HeldRow]] = {}
    for row in rows:
        by_kind.setdefault(EventKind(row.kind), []).append(row)
    untold = [row for kind, some in by_kind.items() if kind not in _TOLD_IN_ONE_LINE for row in some]
    for kind, some in by_kind.items():
        if kind in _TOLD_IN_ONE_LINE:
            significance, words = _TOLD_IN_ONE_LINE[kind]
            event = ChangeEvent(
                kind=kind,
                at=now,
                bureau_id=desk.target.bureau.id,
                watch_id=desk.target.watch_id,
                report_id=None,
                url=listing,
                title=f"{desk.target.bureau.name} · {desk.target.watch.section}",
                significance=significance,
                summary=f"{len(some)}{words}：{_named(some)}",
                from_version=None,
                to_version=None,
            )
            desk.tally.events.append(record_event(desk.context, event))
    if untold:
        counted = Counter(mark for row in untold for mark in row.marks)
        detail = f"{len(untold)} of {known} reports were changed alike in one run ({counted.most_common(1)[0][0][:60]!r}); "
        desk.raise_issue("changed alike", listing, Failure.UPHEAVAL, f"{detail}their new texts are kept: {_named(untold)}", now)
    else:
        issues.close_if_quiet(desk.context.db, desk.issue_key("changed alike", listing), now, days=_QUIET_DAYS)


def _gather_issues(desk: Desk) -> None:
    """Where many known reports cannot be had, one issue of the host, or else of the watch, stands for those of each."""
    db, now, target = desk.context.db, desk.context.now(), desk.target
    host = canonical_key(target.watch.listing_url).partition("/")[0]
    here, there = suspicions.of_a_watch(db, target.watch_id), suspicions.of_a_host(db, host)
    watch_key, host_key = desk.issue_key("many reports", target.watch.listing_url), f"{host} many reports"
    host_wide = is_large_share(there.absent + there.failing, there.known)
    watch_wide = not host_wide and is_large_share(here.absent + here.failing, here.known)
    for key, troubles, where, applies in (
        (host_key, there, host, host_wide),
        (watch_key, here, target.watch_id, watch_wide),
    ):
        if not applies:
            issues.close(db, key, now)
            continue
        detail = (
            f"of {troubles.known} known reports of {where} {troubles.absent} are gone and {troubles.failing} cannot be read"
        )
        desk.raise_under(key, target.watch.listing_url, Failure.UPHEAVAL, detail, now)
        issues.close_those_of_reports(db, target.watch_id, now)


def _named(rows: Sequence[HeldRow]) -> str:
    titles = list(dict.fromkeys(row.title[:60] for row in rows))
    return "、".join(f"《{title}》" for title in titles[:_NAMED]) + ("等" if len(titles) > _NAMED else "")
