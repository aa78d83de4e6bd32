"""Reads the vocabulary of indicators: phrases of many bureaus and years that count the same thing. Reads no report."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from seeds.load import SeedError

BUNDLED = Path(__file__).parent / "indicators.toml"

Phrase = Annotated[str, Field(min_length=2, max_length=40)]
Unit = Annotated[str, Field(min_length=1, max_length=6)]


class Concept(BaseModel):
    """One thing that reports count, and the words by which it is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=2, max_length=40)
    """The common name, e.g. 行政复议案件受理; stable: tables across years hang on it."""
    phrases: tuple[Phrase, ...] = Field(min_length=1, max_length=60)
    """An indicator that contains one of these counts this; `*` stands for anything between."""
    units: tuple[Unit, ...] = ()
    """Units without 万 and 亿 in which it is counted; left out, any."""
    without: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = ()
    """An indicator that contains one of these counts something else."""

    @field_validator("phrases")
    @classmethod
    def _says_something(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for phrase in phrases:
            if len(phrase.replace("*", "")) < 2 or phrase != phrase.strip():
                raise ValueError(f"{phrase!r} says too little; write at least two characters besides *, and no spaces around")
        return phrases


@dataclass(frozen=True)
class _Spelling:
    """One phrase of a concept, cut at its `*`."""

    parts: tuple[str, ...]
    concept: Concept

    def fits(self, indicator: str) -> bool:
        if self.parts[0] not in indicator:
            return False
        return _in_order(indicator, self.parts) and not any(word in indicator for word in self.concept.without)


@dataclass(frozen=True)
class Vocabulary:
    """The concepts that indicators are matched with."""

    concepts: tuple[Concept, ...] = ()

    def concept_of(self, indicator: str, unit: str) -> str:
        """The name of what an indicator counts; "" where the vocabulary has no name for it.

        The longest phrase wins, among equals the one that stands first in the file.

        Args:
            indicator: as cut from the report.
            unit: its unit without 万 and 亿.
        """
        spellings = self._of_unit.get(unit, self._of_unit[""])
        return next((spelling.concept.name for spelling in spellings if spelling.fits(indicator)), "")

    @cached_property
    def _of_unit(self) -> dict[str, list[_Spelling]]:
        """For each unit what may be counted in it, the longest phrase first; under "" what may be counted in any."""
        units = {"", *(unit for concept in self.concepts for unit in concept.units)}
        return {unit: self._spellings(unit) for unit in units}

    def _spellings(self, unit: str) -> list[_Spelling]:
        found = [
            _Spelling(tuple(phrase.split("*")), concept)
            for concept in self.concepts
            if not concept.units or unit in concept.units
            for phrase in concept.phrases
        ]
        return sorted(found, key=lambda spelling: -sum(map(len, spelling.parts)))


def read_vocabulary(path: Path = BUNDLED) -> Vocabulary:
    """Read a vocabulary file.

    Args:
        path: a file of [[concept]] blocks.

    Raises:
        SeedError: the file cannot be read or a block is wrong; every fault is listed with file, concept, key and cure.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SeedError([f"{path}: cannot be read as TOML: {error}"]) from error
    unknown = sorted(set(document) - {"concept"})
    faults = [f"{path}: key {key!r} is not known; a vocabulary holds [[concept]] blocks only" for key in unknown]
    blocks = document.get("concept", [])
    if not isinstance(blocks, list):
        raise SeedError([*faults, f"{path}: concept must be written as [[concept]] blocks"])
    concepts = _concepts(path, blocks, faults)
    if faults:
        raise SeedError(faults)
    return Vocabulary(tuple(concepts))


def _in_order(indicator: str, parts: Sequence[str]) -> bool:
    place = 0
    for part in parts:
        found = indicator.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True


def _concepts(path: Path, blocks: Sequence[object], faults: list[str]) -> list[Concept]:
    concepts: list[Concept] = []
    named: dict[str, int] = {}
    owners: dict[tuple[str, tuple[str, ...]], str] = {}
    for position, block in enumerate(blocks, start=1):
        try:
            concept = Concept.model_validate(block)
        except ValidationError as error:
            who = block.get("name", f"number {position}") if isinstance(block, dict) else f"number {position}"
            faults.extend(
                f"{path}: concept {who!r}: {'.'.join(str(part) for part in fault['loc']) or 'block'}: {fault['msg']}"
                for fault in error.errors()
            )
            continue
        if concept.name in named:
            faults.append(
                f"{path}: concept {concept.name!r}: name: already used by block {named[concept.name]}; choose another"
            )
        named.setdefault(concept.name, position)
        for phrase in concept.phrases:
            owner = owners.setdefault((phrase, concept.units), concept.name)
            if owner != concept.name:
                faults.append(
                    f"{path}: concept {concept.name!r}: phrases: {phrase!r} already belongs to {owner!r}; "
                    "lengthen one of them, or give them different units"
                )
        concepts.append(concept)
    return concepts
