"""The shape of a document that was read, and the two reasons for which one is not. Reads nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

from crawler.flow import DocumentState, DocumentText

__all__ = ["DocumentState", "DocumentText"]

MOST_CHARACTERS = 5_000_000
"""The most text kept of one document: about 8,000 full pages."""
OURS = f"bureauwatch {version('bureauwatch')}"
"""The reader's name where no library but the parsers of XML and HTML takes part."""


@dataclass(frozen=True)
class Read:
    """What one kind's reader found.

    Attributes:
        lines: see DocumentText; empty ones may be among them.
        missing: what is not in the lines though the file says that it has it, each in a few words.
        has_pictures: whether there are pictures that may hold text.
    """

    lines: tuple[str, ...]
    missing: tuple[str, ...] = ()
    has_pictures: bool = False


class DocumentBroken(Exception):
    """The file is not what its kind asks for, or is refused: a bomb, a document type. Cure: open it by hand."""


class DocumentEncrypted(Exception):
    """The file wants a password. Cure: ask the bureau for it, or for an open file."""


class Capped:
    """Takes lines until the cap of characters is reached. What comes after is counted as missing, not kept."""

    def __init__(self, most_characters: int = MOST_CHARACTERS) -> None:
        self.lines: list[str] = []
        self._left = most_characters
        self._most = most_characters

    @property
    def is_full(self) -> bool:
        """Whether the cap was reached; a reader may stop then."""
        return self._left < 0

    @property
    def missing(self) -> tuple[str, ...]:
        """Says that there was more, where there was."""
        return (f"the text after {self._most:,} characters",) if self.is_full else ()

    def add(self, line: str) -> None:
        """Keep a line, or what still fits of it."""
        if not self.is_full:
            self.lines.append(line[: self._left])
            self._left -= len(line) + 1

    def extend(self, lines: Iterable[str]) -> None:
        """Keep several; ask for no more of them than fit."""
        for line in lines:
            self.add(line)
            if self.is_full:
                return
