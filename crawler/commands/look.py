"""Commands that look into the archive: events, reports, versions, show, diff, status. They write nothing."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.clean.normalise import folded
from crawler.commands.attached import attachment_lines, attachments_json
from crawler.commands.options import AsJson, ConfigFile
from crawler.commands.shown import (
    FIELDS,
    complain,
    event_json,
    event_line,
    field_lines,
    local,
    report_json,
    say,
    say_json,
    version_json,
)
from crawler.compare.diff import compare_texts
from crawler.compare.show import to_json, to_terminal
from crawler.config import Config, find_config, read_config
from crawler.deliver.wording import SHANGHAI
from crawler.errors import CrawlerError
from seeds.load import Target
from spiders.addresses import canonical_key
from storage import archive, captures, frontier, issues, outbox, watches
from storage.database import Database
from storage.migrations import open_for_reading
from storage.records import IssueRow, VersionRow

Report = Annotated[str, typer.Argument(metavar="REPORT", help="A report's number (see `bureauwatch reports`) or its address.")]


class NoSuchReport(CrawlerError):
    """The archive holds no such report or version; `bureauwatch reports` and `bureauwatch versions` list what it holds."""


def events(
    since: Annotated[
        str, typer.Option(help="Only what came after this event id, or from this time on (2026-03-01, 2026-03-01T08:00).")
    ] = "0",
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Everything that happened, oldest first.

    Example: bureauwatch events --since 2026-03-01 --json
    """
    db = _archive(config)
    found = (
        archive.events(db, after_id=int(since))
        if re.fullmatch(r"[0-9]{1,18}", since)
        else archive.events(db, since=_time(since))
    )
    for event in found:
        say_json(event_json(event)) if as_json else say(event_line(event))
    if not found and not as_json:
        say("nothing has happened (yet)")


def reports(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """All reports in the archive, newest publication first.

    Example: bureauwatch reports --json
    """
    found = archive.reports(_archive(config))
    for report, latest in found:
        if as_json:
            say_json(report_json(report, latest))
        else:
            state = "已撤下" if report.withdrawn else f"{report.versions} 版"
            say(f"{report.id:>5}  {latest.published or '日期不明'}  {report.bureau_id}  {state}  《{latest.title}》")
    if not found and not as_json:
        say("the archive holds no report yet")


def versions(report: Report, as_json: AsJson = False, config: ConfigFile = None) -> None:
    """All versions of a report, each with its evidence.

    Example: bureauwatch versions 12
    """
    db = _archive(config)
    for version in archive.versions(db, _report_id(db, report)):
        capture = captures.get(db, version.capture_id)
        assert capture is not None
        if as_json:
            evidence = {
                "sha256": capture.sha256,
                "captured_at": capture.captured_at,
                "warc": capture.warc_file,
                "offset": capture.warc_offset,
            }
            say_json({**version_json(version), "evidence": evidence})
        else:
            say(f"第{version.number}版  {local(version.created_at)}  {len(version.body)} 段  《{version.title}》")
            _say_fields(version, "      ")
            say(f"      证据 {capture.warc_file} @{capture.warc_offset}  sha256 {capture.sha256}")


def show(
    report: Report,
    version: Annotated[int | None, typer.Option(help="Number of the version; the latest where none is given.")] = None,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """A report's text with its fields.

    Example: bureauwatch show 12 --version 1
    """
    db = _archive(config)
    found = _version(db, _report_id(db, report), version)
    if as_json:
        say_json({**version_json(found), "attachments": attachments_json(db, found)})
        return
    say(f"《{found.title}》")
    day, source = found.published or "日期不明", found.source or "未注明"
    say(f"发布 {day} · 来源 {source} · 第{found.number}版 · 采集 {local(found.created_at)}")
    _say_fields(found, "")
    for address in frontier.of_report(db, found.report_id):
        if address.role == "report":
            say(f"地址 {address.url}")
    for line in attachment_lines(db, found):
        say(line)
    say()
    for paragraph in found.body:
        say(paragraph)


def diff(
    report: Report,
    older: Annotated[
        int | None, typer.Option("--from", help="Number of the older version; the last but one where none is given.")
    ] = None,
    newer: Annotated[
        int | None, typer.Option("--to", help="Number of the newer version; the latest where none is given.")
    ] = None,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """What changed between two versions of a report, in words and whole numbers.

    Example: bureauwatch diff 12 --from 1 --to 3
    """
    db = _archive(config)
    report_id = _report_id(db, report)
    new = _version(db, report_id, newer)
    if new.number == 1 and older is None:
        say("there is one version only: nothing to compare") if not as_json else say_json({"changes": []})
        return
    old = _version(db, report_id, older if older is not None else new.number - 1)
    changes = compare_texts((old.title, *old.body), (new.title, *new.body), fold=folded)
    if as_json:
        say_json({"report": report_id, "from_version": old.number, "to_version": new.number, "changes": to_json(changes)})
        return
    say(f"《{new.title}》 第{old.number}版 → 第{new.number}版")
    _paint(to_terminal(changes))


def status(as_json: AsJson = False, config: ConfigFile = None) -> None:
    """How each watch fares: last success, outcome, when it is due, what needs a person.

    Example: bureauwatch status
    """
    settings = read_config(find_config(config))
    db = open_for_reading(settings.database) if settings.database.exists() else None
    for target in settings.targets:
        _show_watch(db, target, as_json=as_json)
    if db is None:
        complain("no visit has been made yet. Make the first one with: bureauwatch crawl")
        return
    if not as_json:
        waiting = outbox.counts(db)
        owed = waiting.get("pending", 0) + waiting["unbound"]
        sent, refused, failed = (waiting.get(state, 0) for state in ("sent", "refused", "failed"))
        say(f"邮件：已发 {sent} 封，待发 {owed} 封，被拒 {refused} 封，放弃 {failed} 封")


def _show_watch(db: Database | None, target: Target, *, as_json: bool) -> None:
    row = watches.get(db, target.watch_id) if db is not None else None
    open_issues = issues.opened(db, target.watch_id) if db is not None else []
    if as_json:
        say_json(
            {
                "watch": target.watch_id,
                "bureau": target.bureau.id,
                "section": target.watch.section,
                "listing_url": target.watch.listing_url,
                "baseline_at": row and row.baseline_at,
                "last_run_at": row and row.last_run_at,
                "last_success_at": row and row.last_success_at,
                "last_outcome": row.last_outcome if row else "",
                "next_due_at": row and row.next_due_at,
                "issues": [_issue_json(issue) for issue in open_issues],
            }
        )
        return
    outcome = row.last_outcome if row and row.last_outcome else "尚未访问"
    say(f"{target.watch_id}  {target.bureau.name} · {target.watch.section}")
    succeeded, due = (local(row.last_success_at), local(row.next_due_at)) if row else (local(None), local(None))
    say(f"      最近成功 {succeeded}  结果 {outcome}  下次 {due}（北京时间）")
    for issue in open_issues:
        say(f"      ! {issue.failure} ×{issue.times} 自 {local(issue.opened_at)}: {issue.url}")
        say(f"        {issue.detail} — {issue.hint}")


def _issue_json(issue: IssueRow) -> dict[str, object]:
    shown = asdict(issue)
    return {name: shown[name] for name in ("failure", "outcome", "url", "detail", "hint", "times", "opened_at", "last_seen_at")}


def _archive(config: Path | None) -> Database:
    settings: Config = read_config(find_config(config))
    return open_for_reading(settings.database)


def _report_id(db: Database, named: str) -> int:
    if named.isdigit():
        if archive.report(db, int(named)) is None:
            raise NoSuchReport(f"there is no report {named}; `bureauwatch reports` lists them")
        return int(named)
    address = frontier.find(db, canonical_key(named))
    if address is None or address.report_id is None:
        raise NoSuchReport(f"no report is known under {named}; `bureauwatch reports` lists them")
    return address.report_id


def _say_fields(version: VersionRow, indent: str) -> None:
    for line in field_lines([(name, getattr(version.fields, name)) for name in FIELDS], version.fields.dates):
        say(indent + line)


def _version(db: Database, report_id: int, number: int | None) -> VersionRow:
    found = archive.latest_version(db, report_id) if number is None else archive.version(db, report_id, number)
    if found is None:
        raise NoSuchReport(f"report {report_id} has no version {number}; `bureauwatch versions {report_id}` lists them")
    return found


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is neither an event id nor a time; write for example 12 or 2026-03-01T08:00"
        ) from None
    return (found if found.tzinfo else found.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def _paint(lines: object) -> None:
    from rich.console import Console  # noqa: PLC0415  slow to import, and needed here only

    Console(highlight=False, soft_wrap=True).print(lines)
