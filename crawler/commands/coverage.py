"""The `coverage` command: which bureaus published the reports they owe, which late, which not. Visits and writes nothing."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from crawler.commands.options import AsJson, ConfigFile
from crawler.commands.shown import complain, say, say_json
from crawler.config import find_config, read_config
from crawler.interpret.duties import CHINA, Covered, State, covered
from crawler.knowledge import ReportKind
from crawler.schedule.duty_roll import duties_of, duty_of, held_reports, read_until
from seeds.schema import Bureau
from storage import watches
from storage.database import Database
from storage.migrations import open_for_reading

NONE_FOUND = 1
"""Exit code when no bureau is as asked."""
STATES = {
    State.PUBLISHED: "按期发布",
    State.LATE: "逾期发布",
    State.MISSING: "逾期未见",
    State.WITHDRAWN: "已撤下",
    State.NOT_DUE: "未到期",
    State.UNKNOWN: "无法判断",
}
"""The states in Chinese."""
_KINDS = {"rule-of-law": ReportKind.RULE_OF_LAW, "disclosure": ReportKind.DISCLOSURE}


def coverage(
    year: Annotated[int | None, typer.Option(help="Only the reports on this year; else the last three that are due.")] = None,
    region: Annotated[str, typer.Option(help="Only bureaus whose region holds this text, e.g. 上海市 or 闵行区.")] = "",
    kind: Annotated[str, typer.Option(help="Only one kind of report: rule-of-law or disclosure.")] = "",
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Which reports each watched bureau owes, and whether it published them: in time, late, not at all, withdrawn.

    法治政府建设年度报告 are due before 1 April of the next year, 政府信息公开年度报告 by 31 January (governments: 31 March).
    "Missing" is said only of a bureau whose columns were read well after the due day. Exit code 1 when no bureau is as asked.

    Example: bureauwatch coverage --year 2023

    Example: bureauwatch coverage --kind disclosure --json
    """
    if kind not in {"", *_KINDS}:
        raise typer.BadParameter(f"no kind {kind!r}; there are: {', '.join(_KINDS)}", param_hint="--kind")
    settings = read_config(find_config(config))
    chosen = [bureau for bureau in settings.bureaus if region in bureau.region and any(watch.visit for watch in bureau.watch)]
    if not chosen:
        complain(f"no watched bureau in region {region!r}; `bureauwatch bureaus` lists all")
        raise typer.Exit(NONE_FOUND)
    kinds = [_KINDS[kind]] if kind else list(_KINDS.values())
    rows = list(_rows(open_for_reading(settings.database), chosen, kinds, year, datetime.now(UTC)))
    if as_json:
        for bureau, row in rows:
            say_json(_row_json(bureau, row))
    else:
        _show(rows)


def _rows(
    db: Database, bureaus: Sequence[Bureau], kinds: Sequence[ReportKind], year: int | None, now: datetime
) -> Iterator[tuple[Bureau, Covered]]:
    today = now.astimezone(CHINA).date()
    held, remembered = held_reports(db, bureaus), watches.every(db)
    for bureau in bureaus:
        for kind in kinds:
            until = read_until(bureau, kind, held[bureau.id], remembered)
            for owed in duties_of(bureau, kind, today, count=3) if year is None else duty_of(bureau, kind, year):
                yield bureau, covered(owed, held[bureau.id], read_until=until, today=today)


def _row_json(bureau: Bureau, row: Covered) -> dict[str, Any]:
    report = row.report
    published = report.published if report else None
    return {
        "bureau": bureau.id,
        "name": bureau.name,
        "region": bureau.region,
        "kind": row.duty.kind.value,
        "year": row.duty.year,
        "due": row.duty.due,
        "state": row.state.value,
        "published": published,
        "days_late": max(0, (published - row.duty.due).days) if published else None,
        "report": report.report_id if report else None,
        "title": report.title if report else "",
    }


def _show(rows: Sequence[tuple[Bureau, Covered]]) -> None:
    lines = [("机构", "报告", "年度", "期限", "状态", "发布日期", "标题")]
    for bureau, row in rows:
        report = row.report
        day = "—" if report is None else str(report.published or "日期不明")
        lines.append((bureau.name, row.duty.kind.value, str(row.duty.year), str(row.duty.due), STATES[row.state], day,
                      f"《{report.title}》" if report else ""))  # fmt: skip
    widths = [max(_width(line[column]) for line in lines) for column in range(6)]
    for line in lines:
        cells = [text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=False)]
        say("  ".join([*cells, line[6]]).rstrip())
    counts = Counter(row.state for _, row in rows)
    say(f"共 {len(rows)} 项：" + "，".join(f"{name} {counts[state]}" for state, name in STATES.items()))


def _width(text: str) -> int:
    """Columns of a terminal that a text takes: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
