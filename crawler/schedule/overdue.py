"""Tells each overdue report once, at the end of the run that shows it to be. Visits nothing; `interpret.duties` decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from crawler.context import RunContext, record_event
from crawler.deliver.wording import day_zh
from crawler.flow import ChangeEvent, EventKind, Significance
from crawler.interpret.duties import CHINA, RULES, Duty, Held, covered, overdue
from crawler.interpret.kinds import recognise
from crawler.schedule.duty_roll import columns_for, duties_of, held_reports, read_until
from seeds.schema import Bureau, Watch
from storage import duties, frontier, watches
from storage.records import AddressRow, WatchRow

_YEARS_BACK = 2
"""Years whose reports may be told as overdue (count): a column that was unread for a year still tells the last two."""


def tell_overdue(context: RunContext, bureau: Bureau) -> list[int]:
    """Record every report of a bureau that is overdue by now and was not told yet; returns the ids of the events.

    Belongs into the transaction that ends a run of one of the bureau's watches, after the run's success was noted: only a good
    reading of a column after the due day makes its silence mean anything, so between two runs nothing becomes overdue.

    Args:
        context: of the run.
        bureau: whose watch was read.
    """
    db, today = context.db, context.now().astimezone(CHINA).date()
    rows, told = watches.every(db), duties.told(db, bureau.id)
    since = _watched_since(bureau, bureau.watch, rows)
    owed = [
        one
        for kind in RULES
        for one in duties_of(bureau, kind, today, count=_YEARS_BACK)
        if (kind.value, one.year) not in told and since is not None and one.due >= since
    ]
    if not owed:  # nearly always: texts are read for nothing else
        return []
    held, unread = held_reports(db, [bureau])[bureau.id], frontier.unread(db, bureau.id)
    return [
        _record(context, bureau, one, held, rows)
        for one in owed
        if _is_overdue(bureau, one, held, rows, today) and not any(_may_be(row, one) for row in unread)
    ]


def _watched_since(bureau: Bureau, columns: Collection[Watch], rows: Mapping[str, WatchRow]) -> date | None:
    """The day of the first baseline of some columns; None where none has one."""
    known = [row.baseline_at for watch in columns if (row := rows.get(bureau.watch_id(watch))) is not None]
    return min((at.astimezone(CHINA).date() for at in known if at is not None), default=None)


def _is_overdue(bureau: Bureau, owed: Duty, held: Sequence[Held], rows: Mapping[str, WatchRow], today: date) -> bool:
    row = covered(owed, held, read_until=read_until(bureau, owed.kind, held, rows), today=today)
    since = _watched_since(bureau, columns_for(bureau, owed.kind, held), rows)
    return bool(overdue([row], told=(), watched_since={} if since is None else {bureau.id: since}))


def _may_be(row: AddressRow, owed: Duty) -> bool:
    """Whether a row of a list may be the report that is owed, although its page could not be read yet."""
    known = recognise(row.name, (), published=row.listed, source="", number="")
    return known.kind is owed.kind and known.year in {None, owed.year}


def _record(context: RunContext, bureau: Bureau, owed: Duty, held: Sequence[Held], rows: Mapping[str, WatchRow]) -> int:
    columns, until = columns_for(bureau, owed.kind, held), read_until(bureau, owed.kind, held, rows)
    assert until is not None, "what is overdue was read"
    names = "、".join(f"“{watch.section}”" for watch in columns)
    event = ChangeEvent(
        kind=EventKind.OVERDUE,
        at=context.now(),
        bureau_id=bureau.id,
        watch_id=bureau.watch_id(columns[0]),
        report_id=None,
        url=columns[0].listing_url,
        title=f"{owed.kind.value}（{owed.year}年度）",
        significance=Significance.CLAUSE,
        summary=f"应于{day_zh(owed.due + timedelta(days=1))}之前公开，截至{day_zh(until)}，栏目{names}中未见",
        from_version=None,
        to_version=None,
    )
    event_id = record_event(context, event)
    duties.tell(context.db, bureau.id, owed.kind.value, owed.year, event_id=event_id)
    return event_id
