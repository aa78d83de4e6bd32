"""Commands that look into the archive: events, reports, versions, show, status. They write nothing."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from crawler.commands.attached import attachment_lines, attachments_json
from crawler.commands.format_only import format_only_json, format_only_lines
from crawler.commands.options import LARGEST, AsJson, ConfigFile
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
from crawler.commands.stored import (
    Report,
    find_report,
    find_version,
    interpret_beside_last_year,
    open_the_archive,
    recognise_version,
)
from crawler.commands.understood import Shown, check_lines, kind_line, knowledge_json, knowledge_lines
from crawler.config import find_config, read_config
from crawler.deliver.wording import SHANGHAI
from seeds.load import Target
from storage import archive, captures, frontier, issues, outbox, watches
from storage.database import Database
from storage.migrations import open_for_reading
from storage.records import IssueRow, VersionRow


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
    db = open_the_archive(config)
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
    db = open_the_archive(config)
    found, delisted = archive.reports(db), archive.delisted(db)
    for report, latest in found:
        if as_json:
            known = recognise_version(latest)
            said = {"kind": known.kind.value, "year": known.year, "issuer": known.issuer}
            say_json({**report_json(report, latest), **said, "delisted_at": delisted.get(report.id)})
        else:
            state = "已撤下" if report.withdrawn else f"{report.versions} 版"
            say(f"{report.id:>5}  {latest.published or '日期不明'}  {report.bureau_id}  {state}  《{latest.title}》")
    if not found and not as_json:
        say("the archive holds no report yet")


def versions(report: Report, as_json: AsJson = False, config: ConfigFile = None) -> None:
    """All versions of a report, each with its evidence.

    Example: bureauwatch versions 12
    """
    db = open_the_archive(config)
    for version in archive.versions(db, find_report(db, report)):
        capture = captures.get(db, version.capture_id)
        assert capture is not None
        if as_json:
            evidence = {
                "sha256": capture.sha256,
                "captured_at": capture.captured_at,
                "warc": capture.warc_file,
                "offset": capture.warc_offset,
            }
            say_json({**version_json(version), "evidence": evidence, "format_only": format_only_json(db, version)})
        else:
            say(f"第{version.number}版  {local(version.created_at)}  {len(version.body)} 段  《{version.title}》")
            _say_fields(version, "      ")
            say(f"      证据 {capture.warc_file} @{capture.warc_offset}  sha256 {capture.sha256}")
            for line in format_only_lines(db, version):
                say(f"      {line}")


def show(
    report: Report,
    version: Annotated[
        int | None, typer.Option(max=LARGEST, help="Number of the version; the latest where none is given.")
    ] = None,
    show: Annotated[Shown, typer.Option(help="What to show of it; --json has all of it.")] = Shown.TEXT,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """A report with its fields, and its text, outline, figures or checks.

    Example: bureauwatch show 12 --version 1

    Example: bureauwatch show 12 --show figures
    """
    db = open_the_archive(config)
    found = find_version(db, find_report(db, report), version)
    knowledge = interpret_beside_last_year(db, found)
    if as_json:
        say_json({**version_json(found), "attachments": attachments_json(db, found), **knowledge_json(knowledge)})
        return
    say(f"《{found.title}》")
    say(kind_line(knowledge))
    day, source = found.published or "日期不明", found.source or "未注明"
    say(f"发布 {day} · 来源 {source} · 第{found.number}版 · 采集 {local(found.created_at)}")
    _say_fields(found, "")
    for address in frontier.of_report(db, found.report_id):
        if address.role == "report":
            say(f"地址 {address.url}")
    for line in attachment_lines(db, found):
        say(line)
    for line in check_lines(knowledge, failed_only=True):
        say(line)
    say()
    for line in found.body if show is Shown.TEXT else knowledge_lines(knowledge, show):
        say(line)


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


def _say_fields(version: VersionRow, indent: str) -> None:
    for line in field_lines([(name, getattr(version.fields, name)) for name in FIELDS], version.fields.dates):
        say(indent + line)


def _time(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is neither an event id nor a time; write for example 12 or 2026-03-01T08:00"
        ) from None
    return (found if found.tzinfo else found.replace(tzinfo=SHANGHAI)).astimezone(UTC)
