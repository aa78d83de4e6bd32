"""What many tests share: a stage with the replica, the mail server and the real command."""

from __future__ import annotations

import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from crawler.clean.pool import CleanPool
from crawler.demo.stage import Stage
from tests.forked import ForkServer

SLOWEST_FIRST = (
    "test_walk_faults", "test_restless", "test_come_to_rest", "test_crash_steps", "test_postfix", "test_backlog",
    "test_quiet", "test_bad_input", "test_commands", "test_reclean", "test_add", "test_crashes", "test_identity",
    "test_daemon", "test_walks", "test_upheaval", "test_confirmation", "test_withdrawal", "test_overdue_crawled",
    "test_peers_traps", "test_story", "test_benchmarks", "test_mutations", "test_faults_memory", "test_faults_endless",
    "test_family_crawls",
)  # fmt: skip
"""Files that wait for real crawls. Each is one process's work, and whatever stands last in line is waited for alone."""


SAMPLED = ("test_the_seeds_come_out_paragraph_for_paragraph", "test_f006_", "test_f022_", "test_f020_")
"""Tests that run whole crawls for each of many cases. `make test` takes every third case, `make faults` all."""

SAMPLED_FILES = (
    "test_come_to_rest", "test_confirmation", "test_identity", "test_peers_traps", "test_quiet", "test_reclean",
    "test_restless", "test_upheaval", "test_walk_faults", "test_walks", "test_withdrawal",
)  # fmt: skip
"""Files whose every test is many crawls, 20 to 80 s of waiting each. Likewise."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long files first, within a file in order; of sampled tests every third case, from BUREAUWATCH_SEED on."""
    if "BUREAUWATCH_ALL" not in os.environ:
        sampled = [item for item in items if item.name.startswith(SAMPLED) or item.path.stem in SAMPLED_FILES]
        first = int(os.environ.get("BUREAUWATCH_SEED", "0")) % 3
        left_out = {item for at, item in enumerate(sampled) if at % 3 != first}
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=list(left_out))
    place = {name: at for at, name in enumerate(SLOWEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@pytest.fixture(scope="session", autouse=True)
def _commands_are_forked() -> Iterator[None]:
    """Commands that a test runs to their end come from a process that has imported everything; see `tests.forked`."""
    if "BUREAUWATCH_UNFORKED" in os.environ:
        yield
        return
    plain = subprocess.run
    server = ForkServer(plain)
    subprocess.run = server.run  # type: ignore[assignment]  # as the one it stands for, as far as tests use it
    try:
        yield
    finally:
        subprocess.run = plain
        server.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A fresh archive over a fresh replica."""
    with Stage(tmp_path / "stage") as fresh:
        yield fresh


@pytest.fixture
async def pool() -> AsyncIterator[CleanPool]:
    """One child that cleans pages and reads documents, with the limits that such children really have."""
    children = CleanPool(1)
    yield children
    await children.close()
