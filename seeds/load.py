"""Reads the seed files, the product's own and a person's, and reports every error at once. Fetches nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from seeds.schema import Bureau, Watch

BUNDLED = Path(__file__).parent / "bureaus"


class SeedError(Exception):
    """One or more seed files cannot be used; the message lists every fault with file, bureau, key and cure."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Target:
    """One watch together with the bureau it belongs to: the unit of work."""

    bureau: Bureau
    watch: Watch

    @property
    def watch_id(self) -> str:
        """`bureau/slug`, the name used in storage and on the command line."""
        return self.bureau.watch_id(self.watch)


def load(paths: Iterable[Path] = (), *, bundled: bool = True) -> tuple[Bureau, ...]:
    """Read all seeds.

    Args:
        paths: the person's own seed files, or folders of them (`*.toml`).
        bundled: also read the bureaus that come with the product.

    Raises:
        SeedError: a file cannot be read or a block is wrong; every fault is listed, none is skipped.
    """
    bureaus: list[Bureau] = []
    faults: list[str] = []
    came_from: dict[str, Path] = {}
    for path in _files([BUNDLED] if bundled else [], faults) + _files(paths, faults):
        for bureau in _read(path, faults):
            if bureau.id in came_from:
                faults.append(
                    f"{path}: bureau {bureau.id!r}: this id is already used in {came_from[bureau.id]}; choose another id"
                )
                continue
            came_from[bureau.id] = path
            bureaus.append(bureau)
    if faults:
        raise SeedError(faults)
    return tuple(bureaus)


def targets(bureaus: Iterable[Bureau]) -> tuple[Target, ...]:
    """Every watch of the given bureaus that is to be visited, in the order of the files."""
    return tuple(Target(bureau, watch) for bureau in bureaus for watch in bureau.watch if watch.visit)


def _files(paths: Iterable[Path], faults: list[str]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(path.glob("*.toml"))
            files.extend(found)
            if not found:
                faults.append(f"{path}: holds no *.toml, or cannot be read; mend [seeds] paths in the configuration")
        elif path.is_file():
            files.append(path)
        else:
            faults.append(f"{path}: no such seed file or folder; mend [seeds] paths in the configuration")
    return files


def _read(path: Path, faults: list[str]) -> list[Bureau]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{path}: cannot be read as TOML: {error}")
        return []
    unknown = sorted(set(document) - {"bureau"})
    if unknown:
        faults.append(f"{path}: key {unknown[0]!r} is not known; a seed file holds [[bureau]] blocks only")
    blocks = document.get("bureau", [])
    if not isinstance(blocks, list):
        faults.append(f"{path}: bureau must be written as [[bureau]] blocks")
        return []
    bureaus: list[Bureau] = []
    for position, block in enumerate(blocks, start=1):
        try:
            bureaus.append(Bureau.model_validate(block))
        except ValidationError as error:
            who = block.get("id", f"number {position}") if isinstance(block, dict) else f"number {position}"
            faults.extend(
                f"{path}: bureau {who!r}: {'.'.join(str(part) for part in fault['loc']) or 'block'}: {fault['msg']}"
                for fault in error.errors()
            )
    return bureaus
