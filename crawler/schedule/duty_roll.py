"""The duties of bureaus and what the archive holds of them: reports, columns, until when these were read. Tells nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from crawler.interpret.duties import CHINA, RULES, Duty, Held, due_years, duty
from crawler.interpret.kinds import recognise
from crawler.knowledge import ReportKind
from seeds.schema import Bureau, Watch
from storage import archive
from storage.database import Database
from storage.records import WatchRow

_SAMPLES = {
    ReportKind.RULE_OF_LAW: ("2023年法治政府建设情况报告", "2023年度法治政府建设年度报告"),
    ReportKind.DISCLOSURE: ("2023年政府信息公开工作年度报告", "2023年度政府信息公开年报", "2023年政府信息公开年度报告"),
}
_COLUMNS = {
    ReportKind.RULE_OF_LAW: ("法治政府", "依法行政", "法治建设"),
    ReportKind.DISCLOSURE: ("信息公开年报", "信息公开年度报告", "年报"),
}
_NOT_OF_A_YEAR = ("半年", "季度", "月份")


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
    for watch in columns_for(bureau, kind, held):
        row = rows.get(bureau.watch_id(watch))
        if row is None or row.baseline_at is None or row.last_success_at is None:
            return None
        days.append(row.last_success_at.astimezone(CHINA).date())
    return min(days, default=None)


def columns_for(bureau: Bureau, kind: ReportKind, held: Sequence[Held]) -> list[Watch]:
    """The columns in which a report of a kind would stand: their titles or names say so, or they showed one before.

    Args:
        bureau: which owes it.
        kind: of report.
        held: all its reports that we hold.
    """
    showed = {report.watch_id for report in held if report.kind is kind}
    return [watch for watch in bureau.watch if watch.visit and (_is_for(watch, kind) or bureau.watch_id(watch) in showed)]


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


def _is_for(watch: Watch, kind: ReportKind) -> bool:
    if watch.titles:
        return any(watch.is_report(title) for title in _SAMPLES[kind])
    return any(word in watch.section for word in _COLUMNS[kind])
