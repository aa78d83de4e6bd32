"""`make bench`: pages a second and processor time a page, beside plain Scrapy.

With `quality`: what is read of a page, beside other extractors. With `sites`: the memory of a crawl over 1,000 sites. With
`diffs`: how exactly planted edits are found, beside other diffs.

How to read it: docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import diffs, many_sites, quality
from benchmarks.contest import RUNS, START_PAGES, outcomes
from benchmarks.measure import BenchError
from benchmarks.table import as_json, head, machine, table

LARGEST = 40_000
"""Reports (count): the most that a watch's listing pages name."""


def main() -> int:
    """Measure, and print the table."""
    if sys.argv[1:2] == ["quality"]:
        return quality.main(sys.argv[2:])
    if sys.argv[1:2] == ["diffs"]:
        return diffs.main(sys.argv[2:])
    if sys.argv[1:2] == ["sites"]:
        return many_sites.main(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000, help="reports on the site (default: 2000)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args()
    if not START_PAGES < asked.pages <= LARGEST:
        parser.error(f"--pages must be more than {START_PAGES} and at most {LARGEST}")
    where = machine()
    try:
        with tempfile.TemporaryDirectory(prefix="bureauwatch-bench-") as folder:
            done = list(outcomes(asked.pages, Path(folder), _announce))
    except BenchError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    mean_bytes = done[0][0].mean_bytes
    found = [outcome for _, outcome in done]
    if asked.json:
        print(as_json(where, asked.pages, mean_bytes, found))
    else:
        print(f"{head(where, asked.pages, mean_bytes)}\n\n{table(found)}")
    return 0


def _announce(name: str) -> None:
    if sys.stderr.isatty():
        position = [run.name for run in RUNS].index(name) + 1
        sys.stderr.write(f"\r\x1b[K{position}/{len(RUNS)} {name} ...")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
