"""Holds the duties of bureaus against the archive, and tells each overdue report once. Visits nothing, shows nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from crawler.context import RunContext, record_event
from crawler.deliver.wording import day_zh
from crawler.flow import ChangeEvent, EventKind, Significance
from crawler.interpret.duties import CHINA, RULES, Duty, Held, covered, due_years, duty, overdue
from crawler.interpret.kinds import recognise
from crawler.knowledge import ReportKind
from seeds.schema import Bureau, Watch
from storage import archive, duties, frontier, watches
from storage.database import Database
from storage.records import AddressRow, WatchRow

_YEARS_BACK = 2
"""Years whose reports may be told as overdue (count): a column that was unread for a year still tells the last two."""
_SAMPLES = {
    ReportKind.RULE_OF_LAW: ("2023年法治政府建设情况报告", "2023年度法治政府建设年度报告"),
    ReportKind.DISCLOSURE: ("2023年政府信息公开工作年度报告", "2023年度政府信息公开年报", "2023年政府信息公开年度报告"),
}
_COLUMNS = {
    ReportKind.RULE_OF_LAW: ("法治政府", "依法行政", "法治建设"),
    ReportKind.DISCLOSURE: ("信息公开年报", "信息公开年度报告", "年报"),
}
_NOT_OF_A_YEAR = ("半年", "季度", "月份")


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


def held_reports(db: Database, bureaus: Sequence[Bureau]) -> dict[str, list[Held]]:
    """The annual reports of each bureau in the archive, by what their titles and first lines say; those of others left out.

    Args:
        db: the archive.
        bureaus: whose reports are asked for.
    """
    return {bureau.id: _held(db, bureau) for bureau in bureaus}


def read_until(bureau: Bureau, kind: ReportKind, held: Sequence[Held], rows: Mapping[str, WatchRow]) -> date | None:
    """The last day until which all columns were read well in which a report of a kind would stand.

    None where there is no such column, or one of them was never read: the report may stand in that one.

    Args:
        bureau: which owes it.
        kind: of report.
        held: all its reports that we hold.
        rows: what we remember of watches, by id.
    """
    days: list[date] = []
    for watch in _columns(bureau, kind, held):
        row = rows.get(bureau.watch_id(watch))
        if row is None or row.baseline_at is None or row.last_success_at is None:
            return None
        days.append(row.last_success_at.astimezone(CHINA).date())
    return min(days, default=None)


def duties_of(bureau: Bureau, kind: ReportKind, today: date, *, count: int) -> list[Duty]:
    """What a bureau owes of a kind for the last years that are due, newest first.

    Args:
        bureau: which owes it.
        kind: of report.
        today: in China.
        count: how many years at most.
    """
    years = due_years(kind, today, count, is_government=_is_government(bureau))
    return [owed for year in years for owed in duty_of(bureau, kind, year)]


def duty_of(bureau: Bureau, kind: ReportKind, year: int) -> list[Duty]:
    """What a bureau owes of a kind for a year: one duty, or none."""
    owed = duty(bureau.id, kind, year, is_government=_is_government(bureau))
    return [] if owed is None else [owed]


def _is_government(bureau: Bureau) -> bool:
    return bureau.name.endswith("政府")


def _held(db: Database, bureau: Bureau) -> list[Held]:
    found = []
    for report, latest in archive.reports(db, bureau_id=bureau.id):
        if any(word in latest.title for word in _NOT_OF_A_YEAR):
            continue
        known = recognise(latest.title, latest.body, published=latest.published, source=latest.source, number="")
        if known.year is not None and known.kind in RULES and _is_own(known.issuer, bureau.name):
            found.append(
                Held(
                    report_id=report.id,
                    bureau_id=bureau.id,
                    watch_id=report.watch_id,
                    kind=known.kind,
                    year=known.year,
                    title=latest.title,
                    published=latest.published,
                    first_seen=report.first_seen_at.astimezone(CHINA).date(),
                    withdrawn=report.withdrawn,
                )
            )
    return found


def _is_own(issuer: str, name: str) -> bool:
    """Whether a report is the bureau's own: a city's site shows those of its districts, and its government's, too."""
    return not issuer or issuer.endswith(name) or name.endswith(issuer)


def _columns(bureau: Bureau, kind: ReportKind, held: Sequence[Held]) -> list[Watch]:
    """The columns in which a report of a kind would stand: their titles or names say so, or they showed one before."""
    showed = {report.watch_id for report in held if report.kind is kind}
    return [watch for watch in bureau.watch if watch.visit and (_is_for(watch, kind) or bureau.watch_id(watch) in showed)]


def _is_for(watch: Watch, kind: ReportKind) -> bool:
    if watch.titles:
        return any(watch.is_report(title) for title in _SAMPLES[kind])
    return any(word in watch.section for word in _COLUMNS[kind])


def _watched_since(bureau: Bureau, columns: Collection[Watch], rows: Mapping[str, WatchRow]) -> date | None:
    """The day of the first baseline of some columns; None where none has one."""
    known = [row.baseline_at for watch in columns if (row := rows.get(bureau.watch_id(watch))) is not None]
    return min((at.astimezone(CHINA).date() for at in known if at is not None), default=None)


def _is_overdue(bureau: Bureau, owed: Duty, held: Sequence[Held], rows: Mapping[str, WatchRow], today: date) -> bool:
    row = covered(owed, held, read_until=read_until(bureau, owed.kind, held, rows), today=today)
    since = _watched_since(bureau, _columns(bureau, owed.kind, held), rows)
    return bool(overdue([row], told=(), watched_since={} if since is None else {bureau.id: since}))


def _may_be(row: AddressRow, owed: Duty) -> bool:
    """Whether a row of a list may be the report that is owed, although its page could not be read yet."""
    known = recognise(row.name, (), published=row.listed, source="", number="")
    return known.kind is owed.kind and known.year in {None, owed.year}


def _record(context: RunContext, bureau: Bureau, owed: Duty, held: Sequence[Held], rows: Mapping[str, WatchRow]) -> int:
    columns, until = _columns(bureau, owed.kind, held), read_until(bureau, owed.kind, held, rows)
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
        summary=f"应于{day_zh(owed.due + timedelta(days=1))}之前公开，截至{day_zh(until)}栏目{names}中未见",
        from_version=None,
        to_version=None,
    )
    event_id = record_event(context, event)
    duties.tell(context.db, bureau.id, owed.kind.value, owed.year, event_id=event_id)
    return event_id
