"""Options that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="The configuration; else BUREAUWATCH_CONFIG, else bureauwatch.toml in this folder."
    ),
]
LARGEST = 2**63 - 1
"""The largest number that the archive can be asked for (SQLite's integers)."""

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for other programmes.")]
