"""What many tests share: a stage with the replica, the mail server and the real command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.demo.stage import Stage

SLOWEST_FIRST = (
    "test_quiet", "test_bad_input", "test_commands", "test_reclean", "test_add", "test_crashes", "test_identity", "test_daemon",
    "test_walks", "test_upheaval", "test_confirmation", "test_withdrawal", "test_overdue", "test_peers_traps", "test_story",
    "test_benchmarks", "test_mutations", "test_faults_memory", "test_faults_endless", "test_family_crawls",
)  # fmt: skip
"""Files that wait for real crawls. Each is one process's work, and whatever stands last in line is waited for alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first; within a file the order stays."""
    place = {name: at for at, name in enumerate(SLOWEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A fresh archive over a fresh replica."""
    with Stage(tmp_path / "stage") as fresh:
        yield fresh
