"""Makes documents for the tests: zips, OOXML, OFD, PDF, archives; and holds files that an office program wrote."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def stored(name: str) -> bytes:
    """A file of this folder."""
    return (FOLDER / name).read_bytes()
