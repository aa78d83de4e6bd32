"""How the `add` command shows what was read from a listing, and what it says of all that was not. Fetches nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.clean.errors import CleanError
from crawler.commands.seed_block import SeedBlock
from crawler.commands.shown import complain, say, say_json
from crawler.flow import CleanText
from spiders.failures import VisitError
from spiders.fetched import Ask, AttachmentLink, Entry, FailedVisit, FetchedListing

_SHOWN_ROWS = 3


@dataclass(frozen=True)
class Sample:
    """The report that was read for a sample."""

    url: str
    text: CleanText
    attachments: tuple[AttachmentLink, ...]


@dataclass(frozen=True)
class Added:
    """What was read from a listing."""

    url: str
    family: str
    confidence: float  # 0 to 1
    rendered: bool
    entries: tuple[Entry, ...]
    pages: int | None
    following: Ask | None
    second: FetchedListing | FailedVisit | None
    sample: Sample | None
    block: SeedBlock
    notices: tuple[str, ...]


def notices_of(
    first: FetchedListing,
    second: FetchedListing | FailedVisit | None,
    sample: Sample | VisitError | CleanError | None,
    already: str | None,
    same_host: str,
) -> tuple[str, ...]:
    """What could not be read, each with its cure.

    Args:
        first: the first page.
        second: the page behind it, if it was asked for.
        sample: a report, or why it could not be read.
        already: the watch that has this address, if any.
        same_host: a bureau of another seed file with this host, or "".
    """
    said: list[str] = []
    undated = sum(entry.listed is None for entry in first.entries)
    if undated:
        said.append(
            f"{undated} of {len(first.entries)} rows print no date with its year; each report's own page is asked for it"
        )
    said += _about_pages(first, second)
    said += _about_sample(sample)
    if already:
        said.append(f"this address is watched already, as {already}; you need no block")
    elif same_host:
        said.append(
            f"bureau {same_host!r} of another seed file has the same host; this block makes a bureau of its own. "
            f"To add a column to {same_host!r} instead, copy it into your file and turn the other off"
        )
    return tuple(said)


def show(added: Added, written: Path | None, *, as_json: bool) -> None:
    """What was read, on standard output; what was not, on standard error."""
    if as_json:
        say_json(_as_members(added, written))
        return
    how = "recognised" if added.family != "generic" else f"no family known, read by its structure, {added.confidence:.0%} sure"
    days = sorted(entry.listed for entry in added.entries if entry.listed)
    span = f", {days[-1]} back to {days[0]}" if days else ""
    say(added.url)
    say(f"family   {added.family} ({how}){', in a browser: a script builds the page' if added.rendered else ''}")
    say(f"rows     {len(added.entries)} on page 1{span}")
    for entry in added.entries[:_SHOWN_ROWS]:
        say(f"         {entry.listed or '日期不明'}  {entry.title}  {entry.url}")
    pages = f"{added.pages}" if added.pages is not None else "number unknown" if added.following else "1"
    second = f"; page 2 has {len(added.second.entries)} rows" if isinstance(added.second, FetchedListing) else ""
    say(f"pages    {pages}{second}")
    if added.sample is not None:
        text = added.sample.text
        say(f"sample   《{text.title}》 {text.published or '日期不明'} · 来源 {text.source or '未注明'}")
        say(f"         {len(text.body)} paragraphs, {len(text.attachments)} attachments  {added.sample.url}")
    for notice in added.notices:
        complain(f"note: {notice}")
    say()
    say(added.block.text.rstrip("\n"))
    if written is not None:
        grown = f"to bureau {added.block.bureau.id!r} in" if added.block.extends else "to"
        complain(f"added {grown} {written}; it is watched once [seeds] paths in the configuration names that file")


def _about_pages(first: FetchedListing, second: FetchedListing | FailedVisit | None) -> list[str]:
    if first.following is None:
        if first.pages is not None and first.pages > 1:
            return [
                f"the list says that it has {first.pages} pages, but not where page 2 is: only the rows of page 1 are seen. "
                "If a script asks a service for the others, try the service's own address"
            ]
        return []
    if isinstance(second, FailedVisit):
        return [f"page 2 ({second.url}) could not be read: {second.failure.value}: {second.detail} — {second.failure.hint}"]
    if second is not None and not {entry.url for entry in second.entries} - {entry.url for entry in first.entries}:
        return ["page 2 shows the same rows as page 1: the site turns no pages for us; only the newest rows are seen"]
    return []


def _about_sample(sample: Sample | VisitError | CleanError | None) -> list[str]:
    if sample is None:
        return ["no report was read for a sample"]
    if isinstance(sample, VisitError):
        return [f"the sample report could not be read: {sample} — {sample.failure.hint}"]
    if isinstance(sample, CleanError):
        return [f"the sample report could not be read: {sample}"]
    missing = [
        name
        for name, value in (
            ("date of publication", sample.text.published),
            ("source", sample.text.source),
            ("text", sample.text.body),
        )
        if not value
    ]
    return [f"the sample report shows no {' and no '.join(missing)}; look at {sample.url}"] if missing else []


def _as_members(added: Added, written: Path | None) -> dict[str, Any]:
    sample = None
    if added.sample is not None:
        text = added.sample.text
        sample = {
            "url": added.sample.url,
            "title": text.title,
            "published": text.published,
            "published_from": text.published_from,
            "source": text.source,
            "paragraphs": len(text.body),
            "attachments": [{"name": link.name, "url": link.url} for link in text.attachments],
        }
    return {
        "url": added.url,
        "family": added.family,
        "confidence": added.confidence,
        "rendered": added.rendered,
        "rows": [{"title": row.title, "url": row.url, "listed": row.listed} for row in added.entries],
        "pages": added.pages,
        "next": added.following.url if added.following else None,
        "second_page_rows": len(added.second.entries) if isinstance(added.second, FetchedListing) else None,
        "sample": sample,
        "notices": list(added.notices),
        "bureau": added.block.bureau.id,
        "seed": added.block.text,
        "written": str(written) if written else None,
    }
