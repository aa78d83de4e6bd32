"""Spoiled documents by the thousand: each is an answer or ends its own child; none goes over a limit, none raises.

BUREAUWATCH_FUZZ says how many for each parser (`make fuzz`: 10,000), BUREAUWATCH_SEED which ones.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures.process import BrokenProcessPool

import pytest

from crawler.clean.documents import read_document
from crawler.clean.errors import CleanError, ReadingCrashed
from crawler.clean.pool import CleanPool
from tests.documents.mutants import GOOD, mutant, read_mutants

MUTANTS = int(os.environ.get("BUREAUWATCH_FUZZ", "40"))
SEED = int(os.environ.get("BUREAUWATCH_SEED", "20261123"))
BATCH = 20
READ = {"text", "partial", "listing"}


@pytest.fixture(scope="module")
async def pool() -> AsyncIterator[CleanPool]:
    children = CleanPool(1)  # with the limits that readings really have
    yield children
    await children.close()


@pytest.mark.parametrize("parser", GOOD)
def test_the_file_that_is_spoiled_is_a_good_one(parser: str) -> None:
    read = read_document(GOOD[parser]())
    assert read.state.value in READ or parser == "7z", read


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("parser", GOOD)
async def test_a_spoiled_document_is_an_answer_or_ends_its_child_alone(parser: str, pool: CleanPool) -> None:
    states: Counter[str] = Counter()
    for first in range(0, MUTANTS, BATCH):
        count = min(BATCH, MUTANTS - first)
        try:
            states += await pool.run(read_mutants, parser, first, count, SEED)
        except CleanError:
            for number in range(first, first + count):
                states[await alone(pool, parser, number)] += 1
    print(f"{parser}: {dict(states.most_common())}")
    assert states.total() == MUTANTS


async def alone(pool: CleanPool, parser: str, number: int) -> str:
    """What one mutant came to; fails where it took too long or raised what the reader should have answered."""
    try:
        return (await pool.run(read_document, mutant(parser, number, SEED))).state.value
    except ReadingCrashed as crash:
        print(f"mutant {number} of {parser}: {crash}")
        if isinstance(crash.__cause__, BrokenProcessPool | MemoryError):
            return "crashed"
        raise
    except CleanError as error:
        pytest.fail(f"mutant {number} of {parser}: {error}")
