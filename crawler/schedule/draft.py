"""One letter that is owed, before it is kept. Gathers nothing."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Literal

from crawler.deliver.bundling import Form
from crawler.deliver.letter_content import Content
from crawler.flow import Language


@dataclass(frozen=True)
class Draft:
    """What a letter will tell to whom, and what it settles."""

    recipient: str  # an e-mail address, channel:NAME or webhook:NAME
    form: Form | Literal["health", "open-issues"]
    language: Language
    subscription: str  # by whose name it is owed
    told: tuple[str, ...]  # what makes its Message-ID: the events' ids, or the period of a digest
    content: Content
    alerts: tuple[int, ...] = ()  # their ids
    notices: tuple[tuple[int, str], ...] = ()  # an issue's id, and "opened" or "healed"

    @property
    def period(self) -> str:
        """Of a digest or a weekly list: the day it was due, of which a person gets one; "" of others."""
        return self.told[1] if self.form in {"daily", "weekly", "open-issues"} else ""


@dataclass(frozen=True)
class AtLetter(AbstractContextManager[object]):
    """Says of a bug, on its way to who stops the daemon for it, at which letter it came and how to go on without that."""

    told: str
    recipient: str

    def __exit__(self, _kind: type[BaseException] | None, bug: BaseException | None, _trace: TracebackType | None) -> None:
        """Name the letter; the bug goes on its way."""
        if bug is not None:
            bug.add_note(
                f"at the letter of {self.told} to {self.recipient}; to go on without it: "
                "`bureauwatch alerts list --state waiting`, then `bureauwatch alerts drop` its numbers"
            )
