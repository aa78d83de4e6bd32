"""Turns database rows into records: one place where stored text becomes times, dates and flags. Runs no query."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, TypeVar

from storage.database import moment

Record = TypeVar("Record")


def record(kind: Callable[..., Record], row: Mapping[str, Any]) -> Record:
    """A row as a record of the given kind; columns are matched by the record's field names."""
    return kind(**{name: read(row[name]) for name, read in _readers(kind).items()})


@cache
def _readers(kind: Hashable) -> Mapping[str, Any]:
    assert isinstance(kind, type)
    hints = typing.get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}


def _reader(hint: Any) -> Any:  # noqa: ANN401  a type hint may be any object
    if isinstance(hint, UnionType):
        inner = _reader(next(part for part in hint.__args__ if part is not type(None)))
        return lambda value: None if value is None else inner(value)
    return {datetime: moment, date: date.fromisoformat, bool: bool}.get(hint, lambda value: value)
