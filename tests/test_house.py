"""The rules of the house that can be tested: sizes, names, docstrings, no comment that puts work off, no blanket excuse."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SAMPLED_FILES, SLOWEST_FIRST
from tests.pages import ROOT, name_of

PACKAGES = ("crawler", "spiders", "seeds", "storage")
MODULES = sorted(module for package in PACKAGES for module in (ROOT / package).rglob("*.py"))
SOURCES = [*MODULES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "benchmarks").glob("*.py"))]
LONGEST_FILE, LONGEST_FUNCTION = 300, 50  # lines
NO_NAME = {"util", "utils", "helper", "helpers", "common", "manager", "misc", "data", "info", "temp", "stuff", "base"}
NO_VARIABLE = {"data", "info", "obj", "result", "temp", "tmp", "misc"}
HOOKS = {
    *(
        "process_item",
        "process_request",
        "process_response",
        "process_exception",
        "process_start",
        "process_spider_output",
        "handle_referer",
    ),
    *("handle_MAIL", "handle_RCPT", "handle_DATA"),
}
"""Names that Scrapy and aiosmtpd call, with the arguments that they give."""
MAY_CATCH_ALL = {"crawler/schedule/daemon.py"}  # a bug in a visit ends the daemon, said aloud

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(module: Path) -> Iterator[Function]:
    yield from (node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, Function))


@pytest.mark.parametrize("module", SOURCES, ids=name_of)
def test_a_file_and_its_functions_are_short(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    long = [one.name for one in functions(module) if (one.end_lineno or 0) - one.lineno + 1 > LONGEST_FUNCTION]
    assert long == []


@pytest.mark.parametrize("module", SOURCES, ids=name_of)
def test_a_module_opens_with_a_docstring(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


@pytest.mark.parametrize("module", SOURCES, ids=name_of)
def test_no_comment_puts_work_off(module: Path) -> None:
    words = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"))  # taken apart, so that this file passes too
    assert re.findall(rf"\b(?:{words})\b", module.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_names_say_what_a_thing_is(module: Path) -> None:
    assert module.stem not in NO_NAME
    assert module.parent.name not in NO_NAME
    ours = [one for one in functions(module) if one.name not in HOOKS]
    assert [one.name for one in ours if re.match(r"_?(?:process|handle|do)_", one.name)] == []
    tree = ast.parse(module.read_text(encoding="utf-8"))
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    given = {argument.arg for one in ours for argument in one.args.args + one.args.kwonlyargs}
    assert NO_VARIABLE & (stored | given) == set()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_nothing_is_caught_that_is_not_named(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    blanket = [
        handler.lineno
        for handler in ast.walk(tree)
        if isinstance(handler, ast.ExceptHandler) and _catches_all(handler) and not _raises_again(handler)
    ]
    assert not blanket or name_of(module) in MAY_CATCH_ALL


def _catches_all(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"})


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_what_is_sampled_is_run_whole_by_make_faults_and_every_file_that_is_named_is_there() -> None:
    (crawled,) = re.findall(r"^CRAWLED := .*%\.py,(.*)\)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(f"test_{name}" for name in crawled.split()) == sorted(SAMPLED_FILES)
    assert [name for name in (*SAMPLED_FILES, *SLOWEST_FIRST) if not (ROOT / "tests" / f"{name}.py").exists()] == []
