"""Reads stored captures again by the present rules, silently, so that only like is compared with like. Visits nothing.

The rules are the recipe's number and the family that a watch's seed names. Version numbers, times and captures stay as they
are, since events speak of them; the text in a version becomes what the present rules read out of its capture, and what it was
before is kept beside it. Nobody is told anything: our change is not their change.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from crawler.capture.warc_reading import EvidenceLost, Kept, read_back
from crawler.clean.errors import CleanError
from crawler.clean.normalise import fingerprint
from crawler.compare.anew import issue_key
from crawler.compare.stored import as_stored
from crawler.context import Clean
from crawler.flow import RECIPE
from seeds.load import Target
from spiders.failures import Failure, VisitError
from storage import archive, captures, issues, recipes
from storage.captures import WarcPlace
from storage.database import Database, writing
from storage.recipes import Reading
from storage.records import CaptureRow

AT_ONCE: Final = 4
"""Captures in hand at a time (count); each reading runs in the pool, which has lanes of its own."""

log = logging.getLogger("bureauwatch.reclean")


@dataclass
class Progress:
    """How far a recleaning has come."""

    due: int  # versions to read again
    done: int = 0
    left: list[tuple[Reading, str]] = field(default_factory=list)  # those that could not be, and why


@dataclass(frozen=True)
class Recleaner:
    """What it takes to read captures again.

    Attributes:
        db: the archive.
        warc_folder: of its evidence.
        clean: reads a page in another process, with limits.
        targets: the watches of the seeds.
        now: the time, aware UTC.
    """

    db: Database
    warc_folder: Path
    clean: Clean
    targets: Sequence[Target]
    now: Callable[[], datetime]

    async def run(
        self,
        bureau_id: str | None = None,
        *,
        once_more: bool = False,
        is_stopping: Callable[[], bool] = lambda: False,
        tell: Callable[[Progress], None] = lambda _: None,
    ) -> Progress:
        """Read again every version that other rules have read, oldest first.

        Each version is stored by itself: after a stop or a crash the next call goes on where this one ended.

        Args:
            bureau_id: only versions of this bureau.
            once_more: also those that an earlier call could not read again; their evidence may be back.
            is_stopping: asked now and then; True ends the work in good order.
            tell: told how far it has come, after every few versions.
        """
        families = {target.watch_id: target.watch.family or "" for target in self.targets}
        its_watches = [target.watch_id for target in self.targets if target.bureau.id == bureau_id]
        due = [
            (reading, family)
            for reading in recipes.readings(self.db, bureau_id, its_watches)
            if _is_due(reading, family := _family(reading, families), once_more=once_more)
        ]
        progress = Progress(len(due))
        for start in range(0, len(due), AT_ONCE):
            if is_stopping():
                break
            await asyncio.gather(*(self._again(reading, family, progress) for reading, family in due[start : start + AT_ONCE]))
            tell(progress)
        return progress

    async def _again(self, reading: Reading, family: str, progress: Progress) -> None:
        try:
            kept = self._kept(reading.capture_id)
            text = (await self.clean(kept.url, kept.body, family or None, reading.listed_as)).listed_on(reading.listed)
        except (EvidenceLost, CleanError, VisitError) as error:
            self._leave(reading, family, str(error))
            progress.left.append((reading, str(error)))
        else:
            with writing(self.db):
                version = archive.version(self.db, reading.report_id, reading.number)
                assert version is not None
                recipes.read_again(self.db, version, as_stored(text), recipe=RECIPE, family=family, now=self.now())
                issues.close(self.db, issue_key(reading.report_id, reading.number), self.now())
        progress.done += 1

    def _kept(self, capture_id: int) -> Kept:
        row: CaptureRow | None = captures.get(self.db, capture_id)
        while row is not None and row.revisit_of is not None:  # ids only lead back: a revisit names an earlier capture
            row = captures.get(self.db, row.revisit_of)
        assert row is not None, "a version names a capture, and a revisit its first one"
        return read_back(self.warc_folder, WarcPlace(row.warc_file, row.warc_offset, row.warc_length), row.sha256)

    def _leave(self, reading: Reading, family: str, why: str) -> None:
        """The text stays as former rules read it, and somebody should know."""
        log.warning("report %d, version %d cannot be read again: %s", reading.report_id, reading.number, why)
        with writing(self.db):
            version = archive.version(self.db, reading.report_id, reading.number)
            assert version is not None
            present = fingerprint(version.title, version.body)
            recipes.leave(self.db, version.id, fingerprint=present, family=family, why=why)
            issues.raise_issue(
                self.db,
                key=issue_key(reading.report_id, reading.number),
                failure=Failure.EXTRACT_FAILED.value,
                outcome=Failure.EXTRACT_FAILED.outcome.value,
                bureau_id=reading.bureau_id,
                watch_id=reading.watch_id,
                url=reading.url,
                detail=f"version {reading.number} of report {reading.report_id} cannot be read again: {why}"[:500],
                hint=f"its text stays as recipe {reading.recipe} read it; put a missing WARC file back from a backup, "
                "then run: bureauwatch reclean",
                now=self.now(),
            )


def _family(reading: Reading, families: Mapping[str, str]) -> str:
    """The family that the seed names now; where the watch is no longer in the seeds, the one it named then."""
    return families.get(reading.watch_id, reading.family or "")


def _is_due(reading: Reading, family: str, *, once_more: bool) -> bool:
    is_alike = reading.fingerprint.startswith(f"{RECIPE}:") and reading.family == family
    return not is_alike or (once_more and reading.unread != "")
