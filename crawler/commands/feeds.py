"""The `feeds` command: writes Atom and JSON Feed files for static hosting. Visits no site."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer
from lxml import etree

from crawler.commands.options import AsJson, ConfigFile
from crawler.commands.shown import say, say_json
from crawler.config import find_config, read_config
from crawler.deliver.feeds import ATOM, GENERATOR, as_atom, as_json_feed, is_web_address
from crawler.schedule.feed_entries import gather_feeds
from storage import archive
from storage.database import StorageError
from storage.migrations import open_for_reading

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Where the files are written; made if it is not there.")]
HomeUrl = Annotated[
    str, typer.Option("--base-url", metavar="URL", help="Where DIR is served; feeds then name their own address.")
]
Most = Annotated[int, typer.Option("--most", min=1, max=10_000, help="Entries of each feed; the newest are kept.")]


def feeds(folder: Folder, base_url: HomeUrl = "", most: Most = 200, as_json: AsJson = False, config: ConfigFile = None) -> None:
    """Write all.atom and all.json, and a pair of feeds for each subscription, named after it.

    What is unchanged is not written again; feeds of ours whose subscription is gone are removed, other files are left alone.
    Run it after each crawl, or from cron. Exit code 73 if the folder cannot be written.

    Example: bureauwatch feeds /var/www/feeds --base-url https://watch.example.org/feeds
    """
    if base_url and (not is_web_address(base_url) or "?" in base_url or "#" in base_url):
        raise typer.BadParameter("write it with http:// or https://, without spaces, ? and #", param_hint="--base-url")
    settings = read_config(find_config(config))
    db = open_for_reading(settings.database)
    home_url = f"{base_url.rstrip('/')}/" if base_url else ""
    if folder.exists() and not folder.is_dir():
        raise StorageError(f"{folder} is no folder; name one, or one that is to be made")
    written: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for feed in gather_feeds(db, settings, home_url=home_url, most=most):
            for ending, content in ((".atom", as_atom(feed)), (".json", as_json_feed(feed))):
                file = folder / f"{feed.name}{ending}"
                is_new = _write(file, content)
                written.append(file.name)
                if as_json:
                    say_json({"file": str(file), "entries": len(feed.entries), "written": is_new})
                else:
                    say(f"{file}: {len(feed.entries)} entries{'' if is_new else ', unchanged'}")
        _remove_old(folder, written, archive.uuid(db))
    except OSError as error:
        raise StorageError(
            f"{folder}: feeds cannot be written: {error.strerror}. Check the folder's owner and its room"
        ) from error


def _write(file: Path, content: bytes) -> bool:
    """Put a file in place as a whole; whether it had to be."""
    if file.is_file() and file.read_bytes() == content:
        return False
    if file.exists() and not _archive_of(file):
        raise StorageError(f"{file} is no feed of bureauwatch, and was left as it is; choose another folder")
    beside = file.with_name(f".{file.name}.new")  # always the same: what a kill leaves, the next run writes over
    try:
        beside.write_bytes(content)
        beside.chmod(0o644)  # it is to be served
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return True


def _remove_old(folder: Path, written: Collection[str], made_of: str) -> None:
    """Remove feeds of this archive that nobody asks for any more; those of another archive are not ours to remove."""
    for file in sorted(folder.iterdir()):
        if file.suffix in {".atom", ".json"} and file.name not in written and _archive_of(file) == made_of:
            file.unlink()


def _archive_of(file: Path) -> str:
    """The name of the archive that a feed of ours was made of; "" of anything else, also of what cannot be read."""
    if not file.is_file():  # a folder, a pipe, a link that leads nowhere
        return ""
    try:
        if file.suffix == ".json":
            shown = json.loads(file.read_bytes())
            ours = shown.get("_bureauwatch") if isinstance(shown, dict) else None
            return str(ours.get("archive", "")) if isinstance(ours, dict) else ""
        root = etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except (OSError, ValueError, RecursionError, etree.XMLSyntaxError):
        return ""
    is_ours = root.findtext(f"{{{ATOM}}}generator") == GENERATOR
    # tag:bureauwatch.invalid,2026-01-02:ARCHIVE/feed/NAME
    return root.findtext(f"{{{ATOM}}}id", "").rpartition(":")[2].partition("/")[0] if is_ours else ""
