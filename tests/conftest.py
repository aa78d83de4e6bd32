"""What many tests share: a stage with the replica, the mail server and the real command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.demo.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A fresh archive over a fresh replica."""
    with Stage(tmp_path / "stage") as fresh:
        yield fresh
