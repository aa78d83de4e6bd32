"""Makes the seed block of a listing that was tried, and puts it into a seed file without harming what stands there."""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.errors import CrawlerError
from seeds.load import SeedError, load
from seeds.schema import Bureau, slug_of
from spiders.about_column import AboutColumn
from spiders.addresses import canonical_key

_UNKNOWN_REGION = "未注明"
_EVERYWHERE = frozenset({"www", "gov", "cn", "com", "org", "net", "edu"})
_BUREAU_HEAD = re.compile(r"^\s*\[\[\s*bureau\s*\]\]\s*(?:#.*)?$")


class SeedNotWritten(CrawlerError):
    """A block that cannot go into a seed file. The file is as it was."""


@dataclass(frozen=True)
class Wishes:
    """What the person says of the bureau; "" leaves it to the page."""

    id: str = ""
    name: str = ""
    region: str = ""
    level: str = ""


@dataclass(frozen=True)
class SeedBlock:
    """A block for a seed file."""

    text: str  # TOML, ends with a line end
    bureau: Bureau  # as the block alone makes it, or with the bureau that it belongs to
    extends: Bureau | None  # the bureau to which the block adds a column; None: it makes one


def seed_block(listing_url: str, about: AboutColumn, wishes: Wishes, own: Sequence[Bureau], taken: Iterable[str]) -> SeedBlock:
    """The block that watches a listing, checked as a seed file is.

    Args:
        listing_url: the column's first page.
        about: what the page says of itself.
        wishes: what the person says; it comes first.
        own: the bureaus of the file that the block is for: one of the same host, or of the wished id, gets a column more.
        taken: ids that may not be used.

    Raises:
        SeedNotWritten: the block would be no valid seed, as with an id or a level that is none.
    """
    section = _printable(about.section) or "列表"
    host = urlsplit(listing_url).hostname
    bureau = next((known for known in own if known.id == wishes.id), None)
    if bureau is None and not wishes.id:
        bureau = next((known for known in own if host in _hosts(known)), None)
    if bureau is not None:
        watch = _watch(section, listing_url, slugs=[known.slug for known in bureau.watch])
        return SeedBlock(watch, _checked(_bureau_lines(bureau) + watch), bureau)
    lines = [
        "[[bureau]]",
        f"id = {_quoted(wishes.id or _free_id(listing_url, set(taken)))}",
        f"name = {_quoted(wishes.name or _printable(about.name) or host or '')}",
        *_place(about, wishes),
        f"home_url = {_quoted(_home(listing_url))}",
    ]
    text = "\n".join(lines) + "\n\n" + _watch(section, listing_url, slugs=[])
    return SeedBlock(text, _checked(text), None)


def write_seed(path: Path, block: SeedBlock) -> None:
    """Put the block into a file, at its end or behind the bureau that it extends; all is checked before the file is touched.

    Raises:
        SeedNotWritten: the file cannot be read or written, is faulty, or would be with the block in it.
    """
    target = path.resolve()
    try:
        old = target.read_text(encoding="utf-8") if target.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise SeedNotWritten(f"{path}: cannot be read: {error}; nothing was written") from error
    new = _with_block(path, old, block)
    try:
        _replace(target, new, path)
    except OSError as error:
        raise SeedNotWritten(f"{path}: cannot be written: {error.strerror or error}; nothing was changed") from error


def bureaus_in(path: Path) -> tuple[Bureau, ...]:
    """The bureaus of a seed file; none where there is no such file yet.

    Raises:
        SeedNotWritten: it is faulty, or no file.
    """
    if not path.exists():
        return ()
    try:
        return (
            load([path], bundled=False) if path.is_file() and path.read_text(encoding="utf-8").strip() else _none_if_file(path)
        )
    except (SeedError, OSError, UnicodeDecodeError) as error:
        raise SeedNotWritten(f"{error}\n{path} has faults already; mend them first. Nothing was written") from error


def watched_as(listing_url: str, bureaus: Iterable[Bureau]) -> str | None:
    """The watch that has this address already."""
    key = canonical_key(listing_url)
    return next(
        (bureau.watch_id(watch) for bureau in bureaus for watch in bureau.watch if canonical_key(watch.listing_url) == key),
        None,
    )


def _none_if_file(path: Path) -> tuple[Bureau, ...]:
    if path.is_file():
        return ()
    raise SeedNotWritten(f"{path}: is no file; name a .toml file after --write")


def _hosts(bureau: Bureau) -> set[str | None]:
    return {urlsplit(url).hostname for url in (bureau.home_url, *(watch.listing_url for watch in bureau.watch))}


def _free_id(listing_url: str, taken: set[str]) -> str:
    """An id from the host's own words, the larger first: sfj.sh.gov.cn gives sh-sfj."""
    words = [re.sub(r"[^a-z0-9]+", "-", word).strip("-") for word in (urlsplit(listing_url).hostname or "").lower().split(".")]
    telling = [word for word in words if word and word not in _EVERYWHERE] or ["site"]
    is_number = all(word.isdecimal() for word in telling)
    wanted = "-".join(telling if is_number else reversed(telling))[:50].strip("-")
    return next(name for name in (wanted, *(f"{wanted}-{number}" for number in range(2, 1_000))) if name not in taken)


def _place(about: AboutColumn, wishes: Wishes) -> list[str]:
    region, level = wishes.region or _printable(about.region), wishes.level or about.level
    return [
        f"region = {_quoted(region)}"
        if region
        else f"region = {_quoted(_UNKNOWN_REGION)}  # fill in: province first, as 江苏省/南京市",
        f"level = {_quoted(level)}" if level else 'level = "city"  # a guess: ministry, province, city, district or county',
    ]


def _watch(section: str, listing_url: str, slugs: Sequence[str]) -> str:
    lines = ["[[bureau.watch]]", f"section = {_quoted(section)}", f"listing_url = {_quoted(listing_url)}"]
    slug = slug_of(listing_url)
    if slug in slugs:
        free = next(name for number in range(2, 1_000) if (name := f"{slug[:55]}-{number}") not in slugs)
        lines.append(f"slug = {_quoted(free)}")
    return "\n".join(lines) + "\n"


def _bureau_lines(bureau: Bureau) -> str:
    """An existing bureau as TOML, as far as a check of a new column needs it."""
    lines = [
        "[[bureau]]",
        *(f"{key} = {_quoted(str(getattr(bureau, key)))}" for key in ("id", "name", "region", "level", "home_url")),
    ]
    for watch in bureau.watch:
        lines += [
            "[[bureau.watch]]",
            *(f"{key} = {_quoted(str(getattr(watch, key)))}" for key in ("section", "listing_url", "slug")),
        ]
    return "\n".join(lines) + "\n"


def _checked(text: str) -> Bureau:
    with tempfile.TemporaryDirectory(prefix="bureauwatch-") as folder:
        alone = Path(folder) / "block.toml"
        alone.write_text(text, encoding="utf-8")
        try:
            return load([alone], bundled=False)[0]
        except SeedError as error:
            raise SeedNotWritten(str(error).replace(f"{alone}: ", "the new block: ")) from error


def _with_block(path: Path, old: str, block: SeedBlock) -> str:
    """The file's text with the block in it, which changes nothing else that it says."""
    if block.extends is None:
        return f"{old.rstrip()}\n\n{block.text}".lstrip("\n") if old.strip() else block.text
    lines = old.splitlines(keepends=True)
    heads = [number for number, line in enumerate(lines) if _BUREAU_HEAD.match(line)]
    before = tomllib.loads(old)
    place = next(place for place, known in enumerate(before["bureau"]) if known["id"] == block.extends.id)
    end = heads[place + 1] if place + 1 < len(heads) else len(lines)
    while end > 0 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1  # what stands above the next bureau belongs to it
    kept = "".join(lines[:end])
    new = f"{kept.rstrip()}\n\n{block.text}" + ("\n" if end < len(lines) and lines[end].strip() else "") + "".join(lines[end:])
    before["bureau"][place].setdefault("watch", []).extend(tomllib.loads("[[bureau]]\n" + block.text)["bureau"][0]["watch"])
    if tomllib.loads(new) != before:
        raise SeedNotWritten(
            f"{path}: bureau {block.extends.id!r} is written in a way that cannot be added to; add the block by hand"
        )
    return new


def _replace(target: Path, text: str, shown: Path) -> None:
    """Write beside the file, check, and only then take its place."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".toml")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            load([Path(name)], bundled=False)
        except SeedError as error:
            raise SeedNotWritten(str(error).replace(name, str(shown)) + "\nnothing was changed") from error
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~mask)
        Path(name).replace(target)
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _home(listing_url: str) -> str:
    parts = urlsplit(listing_url)
    return f"{parts.scheme}://{parts.netloc}/"


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable()).strip()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
