"""The list of faults, number by number: each has a test named after it, or a reason why none concerns reading."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
NUMBERS = [*range(20, 39), *range(40, 48), *range(50, 71), *range(80, 92), *range(140, 156), *range(160, 174), *range(202, 209)]
NO_READING = {
    70: "an upgrade of the cleaning recipe over unchanged bytes: what is compared, not what is read",
}


def numbers_with_tests() -> set[int]:
    return {int(number) for name in _names() for number in re.findall(r"_f([0-9]{3})b?(?=_)", name)}


def _names() -> Iterator[str]:
    for path in TESTS.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_"):
                yield node.name


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: f"F{number:03}")
def test_a_fault_has_a_test_of_its_number_or_a_reason_to_have_none(number: int) -> None:
    assert (number in numbers_with_tests()) != (number in NO_READING)
