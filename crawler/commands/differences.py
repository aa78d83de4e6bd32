"""The `diff` command: two versions of a report, or two files. Finds no change itself, writes nothing."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from crawler.change import Change
from crawler.clean.normalise import folded
from crawler.commands.options import LARGEST, AsJson, ConfigFile
from crawler.commands.shown import say, say_json
from crawler.commands.stored import find_report, find_version, open_the_archive
from crawler.compare.diff import compare_reports
from crawler.compare.show import to_json, to_terminal
from crawler.config_keys import Settings
from crawler.errors import CrawlerError
from crawler.schedule.tell import tell, the_interpreter


class Layout(Enum):
    """The values of `--html`."""

    INLINE = "inline"
    SIDE_BY_SIDE = "side-by-side"


class NotComparable(CrawlerError):
    """What was named cannot be compared; the message says why."""


def diff(
    texts: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT | FILE FILE", help="A report's number or address; or two files: pages, documents, texts."
        ),
    ],
    older: Annotated[
        int | None,
        typer.Option("--from", max=LARGEST, help="Number of the older version; the last but one where none is given."),
    ] = None,
    newer: Annotated[
        int | None, typer.Option("--to", max=LARGEST, help="Number of the newer version; the latest where none is given.")
    ] = None,
    html: Annotated[Layout | None, typer.Option(help="A page for a browser, on standard output.")] = None,
    as_json: AsJson = False,
    config: ConfigFile = None,
) -> None:
    """What changed between two versions of a report, or between two files: sections, words, whole numbers.

    Example: bureauwatch diff 12 --from 1 --to 3

    Example: bureauwatch diff before.html after.html --json

    Example: bureauwatch diff 12 --html side-by-side > diff.html
    """
    if len(texts) > 2:
        raise NotComparable("name one report, or two files")
    if len(texts) == 2:
        _show_files(texts, html, as_json=as_json)
        return
    db = open_the_archive(config)
    report_id = find_report(db, texts[0])
    new = find_version(db, report_id, newer)
    if new.number == 1 and older is None:
        say("there is one version only: nothing to compare") if not as_json else say_json({"changes": []})
        return
    old = find_version(db, report_id, older if older is not None else new.number - 1)
    changes = compare_reports(tell(old.title, old.body), tell(new.title, new.body), fold=folded)
    head = f"《{new.title}》 第{old.number}版 → 第{new.number}版"
    _show(changes, head, {"report": report_id, "from_version": old.number, "to_version": new.number}, html, as_json=as_json)


def _show_files(files: list[str], html: Layout | None, *, as_json: bool) -> None:
    from crawler.commands.reading import Reading, ReadReport, read_each  # noqa: PLC0415  Scrapy takes a second to import

    if all(not Path(file).exists() for file in files):
        raise NotComparable(f"there are no files {files[0]} and {files[1]}; two reports of the archive: bureauwatch compare")
    sides = []
    for file, read in zip(files, read_each(files, Reading.of_files(Settings(), the_interpreter())), strict=True):
        if not isinstance(read, ReadReport):
            raise NotComparable(f"{file}: {read}")
        sides.append(tell(read.text.title, read.text.body))
    old, new = sides
    _show(compare_reports(old, new, fold=folded), f"《{old.title}》 → 《{new.title}》", {"files": files}, html, as_json=as_json)


def _show(changes: tuple[Change, ...], head: str, of: dict[str, object], html: Layout | None, *, as_json: bool) -> None:
    if as_json:
        say_json({**of, "changes": to_json(changes)})
    elif html is not None:
        from crawler.compare.show_html import to_html  # noqa: PLC0415  needed here only

        typer.echo(to_html(changes, heading=head, side_by_side=html is Layout.SIDE_BY_SIDE))
    else:
        say(head)
        _paint(to_terminal(changes))
        if not changes:
            say("没有变化")


def _paint(lines: object) -> None:
    from rich.console import Console  # noqa: PLC0415  slow to import, and needed here only

    Console(highlight=False, soft_wrap=True).print(lines)
