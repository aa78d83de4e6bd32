"""The calendar of duties: which report a body owes by which day, and how it stood to that. Reads no archive and no clock."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from enum import Enum

from crawler.knowledge import ReportKind

CHINA = timezone(timedelta(hours=8))
"""A day of the calendar is a day in China: +08:00, no summer time since 1991."""
RULES = {
    ReportKind.RULE_OF_LAW: "法治政府建设与责任落实督察工作规定（厅字〔2019〕28号）第二十四条：每年4月1日之前公开",
    ReportKind.DISCLOSURE: "政府信息公开条例（国务院令第711号）第四十九条：政府部门1月31日前，地方人民政府3月31日前公布",
}
"""The rule behind each duty, as the quoted sources have it (docs: `bureauwatch coverage`)."""
_FIRST_YEAR = {ReportKind.RULE_OF_LAW: 2018, ReportKind.DISCLOSURE: 2019}
"""First year reported on under the rule: both rules are of May 2019; for 2018 an earlier rule asked for the same quarter."""


class State(Enum):
    """How a body stands to a duty. The values are part of the contract of `bureauwatch coverage --json`."""

    PUBLISHED = "published"  # by the due day, or of unknown day
    LATE = "late"
    MISSING = "missing"  # the due day is over, all its columns were read since, and it is not there
    WITHDRAWN = "withdrawn"
    NOT_DUE = "not-due"
    UNKNOWN = "unknown"  # a column in which it would stand was not read since the due day, or there is none


@dataclass(frozen=True)
class Duty:
    """A report that a body has to make public."""

    bureau_id: str
    kind: ReportKind
    year: int  # that it reports on
    due: date  # the last day on which it is in time


@dataclass(frozen=True)
class Held:
    """A report that we hold, as far as duties ask for it."""

    report_id: int
    bureau_id: str
    watch_id: str  # of the column that it was first seen in
    kind: ReportKind
    year: int
    title: str
    published: date | None
    first_seen: date
    withdrawn: bool


@dataclass(frozen=True)
class Covered:
    """How a body stood to one duty."""

    duty: Duty
    state: State
    report: Held | None


def duty(bureau_id: str, kind: ReportKind, year: int, *, is_government: bool = False) -> Duty | None:
    """What a body owes of a kind for a year; None where no duty is known.

    Rule-of-law reports are due before 1 April of the next year, for governments and departments of county level and up. Reports
    on disclosure are due by 31 January from departments, by 31 March from governments. Sources: `RULES`; shared facts,
    gov-sites.md §1.3.

    Args:
        bureau_id: of the body.
        kind: of report.
        year: reported on.
        is_government: a people's government, not a department of one.
    """
    if year < _FIRST_YEAR.get(kind, 9999):
        return None
    by_january = kind is ReportKind.DISCLOSURE and not is_government
    return Duty(bureau_id, kind, year, date(year + 1, 1, 31) if by_january else date(year + 1, 3, 31))


def due_years(kind: ReportKind, today: date, count: int, *, is_government: bool = False) -> tuple[int, ...]:
    """The last years whose report of a kind is overdue or published by now, newest first.

    Args:
        kind: of report.
        today: in China.
        count: how many years at most.
        is_government: as for `duty`.
    """
    found = [owed for year in range(today.year - 1, today.year - 2 - count, -1)
             if (owed := duty("", kind, year, is_government=is_government)) is not None and owed.due < today]  # fmt: skip
    return tuple(owed.year for owed in found[:count])


def covered(owed: Duty, held: Sequence[Held], *, read_until: date | None, today: date) -> Covered:
    """How a body stands to a duty.

    Args:
        owed: the duty.
        held: all reports of its body that we hold.
        read_until: the last day until which all columns in which the report would stand were read well; None: there is none, or
            one never was. The silence of a column that is not read is not a missing report.
        today: in China.
    """
    mine = [report for report in held if (report.bureau_id, report.kind, report.year) == (owed.bureau_id, owed.kind, owed.year)]
    public = sorted((report for report in mine if not report.withdrawn), key=_day)
    if public:
        late = (public[0].published or min(public[0].first_seen, owed.due)) > owed.due
        return Covered(owed, State.LATE if late else State.PUBLISHED, public[0])
    if mine:
        return Covered(owed, State.WITHDRAWN, min(mine, key=_day))
    if today <= owed.due:
        return Covered(owed, State.NOT_DUE, None)
    return Covered(owed, State.MISSING if read_until is not None and read_until > owed.due else State.UNKNOWN, None)


def overdue(rows: Iterable[Covered], *, told: Container[Duty], watched_since: Mapping[str, date]) -> list[Duty]:
    """The missing reports to tell of: each once, and only of days that we were there for.

    Args:
        rows: how bodies stand to their duties now.
        told: duties that were told as overdue before.
        watched_since: by bureau, the day of the first baseline of a column in which the reports would stand; what was due
            before is no news. A bureau that is not there is not told of.
    """
    return [
        row.duty
        for row in rows
        if row.state is State.MISSING
        and row.duty not in told
        and (since := watched_since.get(row.duty.bureau_id)) is not None
        and row.duty.due >= since
    ]


def _day(report: Held) -> date:
    return report.published or report.first_seen
