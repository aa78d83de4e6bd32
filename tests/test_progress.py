"""The line that tells how a crawl is going."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.commands.progress import progress_line
from crawler.context import Tally


def tally(*, pages: int, page_number: int, pages_in_all: int | None, walk_ended: bool = False) -> Tally:
    made = Tally(run_id=1, started_at=datetime(2026, 1, 1, tzinfo=UTC), baseline=False, walk_all=False)
    made.pages, made.page_number, made.pages_in_all, made.walk_ended = pages, page_number, pages_in_all, walk_ended
    return made


@pytest.mark.parametrize(
    ("made", "elapsed_s", "ending"),
    [
        (tally(pages=12, page_number=12, pages_in_all=262), 24, "page 12 of 262 · about 8 min left"),
        (tally(pages=10, page_number=30, pages_in_all=35), 20, "page 30 of 35 · about 10 s left"),  # resumed at page 21
        (tally(pages=1, page_number=1, pages_in_all=5), 2, "page 1 of 5"),
        (tally(pages=5, page_number=5, pages_in_all=5), 9, "page 5 of 5"),
        (tally(pages=5, page_number=5, pages_in_all=None), 9, "0 failures · 9 s"),
        (tally(pages=5, page_number=5, pages_in_all=9, walk_ended=True), 9, "0 failures · 9 s"),
    ],
)
def test_the_rest_is_estimated_from_the_pace_so_far(made: Tally, elapsed_s: float, ending: str) -> None:
    assert progress_line([made], 1, elapsed_s).endswith(ending)


def test_the_longest_rest_is_the_one_that_is_told() -> None:
    short, long = tally(pages=2, page_number=2, pages_in_all=4), tally(pages=2, page_number=2, pages_in_all=40)
    assert "page 2 of 40" in progress_line([short, long], 2, 4)
