"""Compares what bureauwatch and public extractors read of the same pages, and what it costs them. Fetches nothing.

`python -m benchmarks quality [--every N] [--rivals PYTHON]`; the rivals are installed by `make bench` into `.venv-rivals`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median, quantiles

from benchmarks.frames import FRAMES, Manuscript, framed
from benchmarks.manuscripts import manuscripts
from benchmarks.rival_readers import READERS, URL
from benchmarks.scores import BodyScore, score
from benchmarks.table import aligned, machine
from crawler.clean.extract import clean_page
from crawler.clean.normalise import folded
from spiders.failures import VisitError

EVERY = 9
"""Of the matrix of templates and texts, every so many pages are read: about 400 of 4,000."""
_LARGE = 27  # repetitions of a report's text in the pages that are large: up to 200 kB
_COLUMNS = ("", "body F1", "exact bodies", "exact title", "exact date", "failed", "median ms", "p95 ms")


@dataclass(frozen=True)
class Sample:
    """One page and the truth about it."""

    markup: str
    manuscript: Manuscript


@dataclass(frozen=True)
class Reading:
    """What one reader made of one page."""

    title: str
    day: str  # ISO, "" where it found none
    lines: tuple[str, ...]
    cpu_ms: float
    failed: bool


@dataclass(frozen=True)
class Quality:
    """One line of the table."""

    name: str
    scores: tuple[BodyScore, ...]
    titles: int  # exact ones (count)
    days: int  # exact ones (count)
    failures: int  # pages on which it raised an error (count)
    cpu_ms: tuple[float, ...]


def samples(every: int = EVERY) -> tuple[Sample, ...]:
    """The pages: every so many of the matrix, and as many large ones as there are templates."""
    pairs = [(number, manuscript) for manuscript in manuscripts() for number in range(FRAMES) if manuscript.paragraphs]
    usual = [Sample(framed(number, manuscript), manuscript) for number, manuscript in pairs[::every]]
    long = [_long(manuscript, times) for manuscript in manuscripts()[:2] for times in range(2, _LARGE, 6)]
    return (*usual, *(Sample(framed(number * 7 % FRAMES, manuscript), manuscript) for number, manuscript in enumerate(long)))


def judged(name: str, pages: Sequence[Sample], readings: Iterable[Reading]) -> Quality:
    """What a reader is worth on these pages."""
    done = list(readings)
    scores, titles, days = [], 0, 0
    for page, reading in zip(pages, done, strict=True):
        own = page.manuscript
        scores.append(score(reading.lines, own.paragraphs))
        titles += folded(reading.title) == folded(own.title)
        days += reading.day == own.day
    failures = sum(reading.failed for reading in done)
    return Quality(name, tuple(scores), titles, days, failures, tuple(reading.cpu_ms for reading in done))


def ours(pages: Sequence[Sample]) -> list[Reading]:
    """Our own reading, all fields and the body, in this process."""
    _ours(pages[0])
    return [_ours(page) for page in pages]


def theirs(name: str, python: Path, pages: Sequence[Sample]) -> tuple[str, list[Reading]]:
    """A rival's version and reading, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="bureauwatch-rivals-") as folder:
        for number, page in enumerate(pages):
            (Path(folder) / f"{number:06}.html").write_text(page.markup, encoding="utf-8")
        worker = Path(__file__).with_name("rival_readers.py")
        done = subprocess.run([python, worker, name, folder], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    readings = [
        Reading(
            page["title"],
            page["day"],
            tuple(filter(None, map(str.strip, page["body"].splitlines()))),
            page["cpu_ms"],
            bool(page["failed"]),
        )
        for page in told["pages"]
    ]
    return f"{name} {told['version']}", readings


def table(found: Sequence[Quality]) -> str:
    """One line a reader."""
    return aligned([_COLUMNS, *(_row(quality) for quality in found)])


def main(arguments: Sequence[str]) -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks quality", description=__doc__)
    parser.add_argument("--every", type=int, default=EVERY, help=f"read every so many pages of the matrix (default: {EVERY})")
    parser.add_argument("--rivals", type=Path, default=Path(".venv-rivals/bin/python"), help="Python that has the rivals")
    asked = parser.parse_args(arguments)
    pages = samples(asked.every)
    found = [judged("bureauwatch", pages, ours(pages))]
    if asked.rivals.exists():
        for name in READERS:
            called, readings = theirs(name, asked.rivals, pages)
            found.append(judged(called, pages, readings))
    else:
        print(f"no rivals: {asked.rivals} is not there; `make bench` sets it up", file=sys.stderr)
    where = machine()
    size = sum(len(page.markup.encode()) for page in pages) / len(pages)
    print(f"{where['date']} · {where['processor']} · load {where['load']}\nlxml {where['lxml']}, python {where['python']}")
    print(f"{len(pages)} pages in {FRAMES} templates, {size / 1000:.0f} kB each on average\n\n{table(found)}")
    return 0


def _long(manuscript: Manuscript, times: int) -> Manuscript:
    """The same text several times over, as the longest reports are."""
    own = manuscript
    return Manuscript(own.name, own.title, own.day, own.source, own.paragraphs * times, "<br>".join([own.markup] * times))


def _ours(page: Sample) -> Reading:
    body = page.markup.encode()
    began = time.process_time()
    try:
        text = clean_page(URL, body, None)
    except VisitError:
        return Reading("", "", (), (time.process_time() - began) * 1000, failed=True)
    cpu_ms = (time.process_time() - began) * 1000
    return Reading(text.title, str(text.published or ""), text.body, cpu_ms, failed=False)


def _row(quality: Quality) -> tuple[str, ...]:
    pages = len(quality.scores)
    return (
        quality.name,
        f"{fmean(one.f1 for one in quality.scores):.3f}",
        _share(sum(one.exact for one in quality.scores), pages),
        _share(quality.titles, pages),
        _share(quality.days, pages),
        str(quality.failures),
        f"{median(quality.cpu_ms):.1f}",
        f"{quantiles(quality.cpu_ms, n=20)[-1]:.1f}",
    )


def _share(count: int, whole: int) -> str:
    return f"{100 * count / whole:.1f} %"
