"""Finds reports and versions in the archive by what a person calls them, and reads what they say. Shows nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from crawler.config import find_config, read_config
from crawler.errors import CrawlerError
from crawler.interpret.checks import against_last_year
from crawler.interpret.kinds import Recognised, recognise
from crawler.knowledge import Knowledge
from crawler.schedule.last_year import last_years_report
from crawler.schedule.tell import the_interpreter
from spiders.addresses import canonical_key
from storage import archive, frontier
from storage.database import Database
from storage.migrations import open_for_reading
from storage.records import VersionRow

Report = Annotated[str, typer.Argument(metavar="REPORT", help="A report's number (see `bureauwatch reports`) or its address.")]


class NoSuchReport(CrawlerError):
    """The archive holds no such report or version; `bureauwatch reports` and `bureauwatch versions` list what it holds."""


def open_the_archive(config: Path | None) -> Database:
    """The configuration's archive, for reading."""
    return open_for_reading(read_config(find_config(config)).database)


def find_report(db: Database, named: str) -> int:
    """The id of a report.

    Args:
        db: the archive.
        named: its number, or one of its addresses.

    Raises:
        NoSuchReport: there is none.
    """
    if (number := as_number(named)) is not None:
        if archive.report(db, number) is None:
            raise NoSuchReport(f"there is no report {named}; `bureauwatch reports` lists them")
        return number
    address = frontier.find(db, canonical_key(named))
    if address is None or address.report_id is None:
        raise NoSuchReport(f"no report is known under {named}; `bureauwatch reports` lists them")
    return address.report_id


def as_number(named: str) -> int | None:
    """What a person typed as the archive's number of something; None where it can be none."""
    return int(named) if named.isascii() and named.isdecimal() and len(named) < 19 else None


def find_version(db: Database, report_id: int, number: int | None) -> VersionRow:
    """A version of a report, the latest where no number is given.

    Raises:
        NoSuchReport: it has no such version.
    """
    found = archive.latest_version(db, report_id) if number is None else archive.version(db, report_id, number)
    if found is None:
        raise NoSuchReport(f"report {report_id} has no version {number}; `bureauwatch versions {report_id}` lists them")
    return found


def recognise_version(version: VersionRow) -> Recognised:
    """What sort of document a stored version is, and of which year."""
    number = version.fields.document_number
    return recognise(version.title, version.body, published=version.published, source=version.source, number=number)


def interpret_version(version: VersionRow) -> Knowledge:
    """What a stored version says."""
    number = version.fields.document_number
    return the_interpreter()(version.title, version.body, published=version.published, source=version.source, number=number)


def interpret_beside_last_year(db: Database, version: VersionRow) -> Knowledge:
    """What a stored version says, checked also against the archive's report of the year before, of its kind and issuer."""
    knowledge = interpret_version(version)
    last = last_years_report(db, version, knowledge)
    if last is None:
        return knowledge
    beside = against_last_year(knowledge.figures, interpret_version(last).figures)
    return replace(knowledge, checks=(*knowledge.checks, *beside))
