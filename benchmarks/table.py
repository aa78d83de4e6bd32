"""Shows the outcomes as a table for a person (which is Markdown too) or as JSON. Measures nothing."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.contest import Outcome
from benchmarks.rivals import AT_ONCE

_COLUMNS = (
    "run",
    "pages",
    "s",
    "pages/s",
    "CPU ms/page",
    "start, CPU s",
    "then pages/s",
    "then CPU ms/page",
    "× Scrapy",
    "memory, MB",
)


def machine() -> dict[str, str]:
    """Where and with what it was measured."""
    named = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    versions = {name: version(name) for name in ("bureauwatch", "scrapy", "trafilatura", "lxml")}
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011  the person's own day
        "system": platform.platform(),
        "processor": f"{os.cpu_count()} cores, {named.group(1) if named else platform.machine()}",
        "python": platform.python_version(),
        "load": f"{os.getloadavg()[0]:.1f} at the start",
        **versions,
    }


def head(where: dict[str, str], reports: int, mean_bytes: int) -> str:
    """The lines above the table."""
    parts = ", ".join(f"{name} {where[name]}" for name in ("python", "bureauwatch", "scrapy", "trafilatura", "lxml"))
    return (
        f"{where['date']} · {where['processor']} · {where['system']} · load {where['load']}\n{parts}\n"
        f"loopback site of {reports} reports, {mean_bytes / 1000:.0f} kB each on average; {AT_ONCE} requests at once, no delay"
    )


def table(outcomes: Sequence[Outcome]) -> str:
    """One line a run; `× Scrapy` compares processor time a page, once started, with the first run."""
    return aligned([_COLUMNS, *(_row(outcome, outcomes[0].started_cpu_ms_a_page) for outcome in outcomes)])


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells, the first the head, as a table that reads well as plain text too."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_line(row, widths) for row in rows]
    rule = "|".join(["", "-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:]), ""])
    return "\n".join([lines[0], rule, *lines[1:]])


def as_json(where: dict[str, str], reports: int, mean_bytes: int, outcomes: Iterable[Outcome]) -> str:
    """Everything that was measured, as one JSON object."""
    runs = [
        {
            **asdict(outcome),
            "pages_a_second": outcome.pages_a_second,
            "cpu_ms_a_page": outcome.cpu_ms_a_page,
            "started_pages_a_second": outcome.started_pages_a_second,
            "started_cpu_ms_a_page": outcome.started_cpu_ms_a_page,
        }
        for outcome in outcomes
    ]
    whole: dict[str, Any] = {"machine": where, "reports": reports, "mean_bytes": mean_bytes, "at_once": AT_ONCE, "runs": runs}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _row(outcome: Outcome, plain_ms: float | None) -> tuple[str, ...]:
    own_ms = outcome.started_cpu_ms_a_page
    return (
        outcome.name,
        str(outcome.pages),
        f"{outcome.whole.wall_s:.1f}",
        f"{outcome.pages_a_second:.0f}",
        f"{outcome.cpu_ms_a_page:.2f}",
        f"{outcome.start.cpu_s:.2f}",
        _number(outcome.started_pages_a_second, 0),
        _number(own_ms, 2),
        _number(own_ms / plain_ms if own_ms is not None and plain_ms else None, 1),
        f"{outcome.whole.memory_bytes / 1e6:.0f}",
    )


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
    return f"| {' | '.join(cells)} |"
