"""The `reclean` command: stored captures are read again by the present rules. Tells no subscriber anything."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands.options import AsJson, ConfigFile
from crawler.commands.shown import FIELDS, complain, say, say_json
from crawler.config import Config, find_config, read_config
from crawler.flow import RECIPE
from storage import recipes
from storage.database import Database

if TYPE_CHECKING:
    from crawler.schedule.recleaning import Progress

LEFT = 1
"""Exit code where a version could not be read again."""
_NAMES = {"title": "标题", "published": "发布日期", "source": "来源", "attachments": "附件", "order of paragraphs": "段落次序"}

_SUMS = {
    "read_again": "versions read again",
    "unreadable": "could not be",
    "altered": "altered",
    "fields": "fields",
    "paragraphs_gone": "paragraphs gone",
    "paragraphs_come": "paragraphs come",
}


def reclean(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be altered; store nothing.")] = False,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """Read all stored captures again that other rules have read (an older recipe, another family in the seed).

    Nobody is told: our change is not their change. A crawl does it by itself for the bureaus that it visits; this does it for
    all, and shows what was altered. After a stop it goes on where it was.

    Exit code 0; 1 where a version could not be read again, which `bureauwatch status` shows as an issue.

    Example: bureauwatch reclean --dry-run
    """
    settings = read_config(find_config(config))
    if not settings.database.exists():
        complain("there is no archive yet, so there is nothing to read again. Make the first visit with: bureauwatch crawl")
        return
    if not dry_run:
        raise typer.Exit(_reclean(settings, as_json=as_json))
    from crawler.schedule.rehearsal import rehearsal_of  # noqa: PLC0415  Scrapy takes a second to import; other commands need none

    with tempfile.TemporaryDirectory(prefix="bureauwatch-rehearsal-") as folder:
        raise typer.Exit(_reclean(rehearsal_of(settings, Path(folder)), as_json=as_json))


def _reclean(settings: Config, *, as_json: bool) -> int:
    from crawler.capture.guard import Gate  # noqa: PLC0415  as above
    from crawler.schedule import engine  # noqa: PLC0415  as above
    from crawler.schedule.session import Session  # noqa: PLC0415  as above

    session = Session.open(settings)

    async def work() -> Progress:
        try:
            progress = await session.recleaner.run(once_more=True, is_stopping=lambda: session.stopping, tell=_show)
            _report(session.db, progress, as_json=as_json)
            return progress
        finally:
            await session.close()

    progress = engine.run(work, gate=Gate.of(settings.settings.crawl.allow_private), on_stop=session.stop)
    if progress.done < progress.due:
        complain(f"stopped after {progress.done} of {progress.due}; `bureauwatch reclean` goes on from there")
    return LEFT if progress.left or progress.done < progress.due else 0


def _show(progress: Progress) -> None:
    """One line that is written over, on a terminal only."""
    if sys.stderr.isatty():
        end = "\n" if progress.done == progress.due else ""
        sys.stderr.write(f"\r\x1b[K{progress.done}/{progress.due} versions read again{end}")
        sys.stderr.flush()


def _report(db: Database, progress: Progress, *, as_json: bool) -> None:
    """What the present rules altered, by report, an earlier run's and a crawl's share included; then the sums."""
    altered, pairs = recipes.alterations(db, RECIPE), recipes.alike(db)
    for one in altered:
        if as_json:
            say_json({"report": one.report_id, "version": one.number, "title": one.title, "fields": list(one.fields),
                      "paragraphs_gone": one.gone, "paragraphs_come": one.come})  # fmt: skip
            continue
        parts = [_NAMES.get(name) or FIELDS.get(name, name) for name in one.fields]
        parts += [f"少 {one.gone} 段"] * bool(one.gone) + [f"多 {one.come} 段"] * bool(one.come)
        say(f"{one.report_id:>5}  第{one.number}版  《{one.title}》  {'，'.join(parts)}")
    sums = {
        "recipe": RECIPE,
        "read_again": progress.done - len(progress.left),
        "unreadable": len(progress.left),
        "waiting": progress.due - progress.done,
        "altered": len({(one.report_id, one.number) for one in altered}),
        "fields": sum(len(one.fields) for one in altered),
        "paragraphs_gone": sum(one.gone for one in altered),
        "paragraphs_come": sum(one.come for one in altered),
        "alike": [{"report": report, "versions": [number, following]} for report, number, following in pairs],
    }
    if as_json:
        say_json(sums)
        return
    for report, number, following in pairs:
        say(f"{report:>5}  第{number}版、第{following}版 are alike by the present rules; both are kept")
    say(", ".join(f"{sums[name]} {words}" for name, words in _SUMS.items()) + f" (recipe {RECIPE})")
    for reading, why in progress.left:
        complain(f"! report {reading.report_id}, version {reading.number}: {why}")
