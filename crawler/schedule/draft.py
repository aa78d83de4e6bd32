"""One letter that is owed, before it is kept. Gathers nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from crawler.deliver.bundling import Form
from crawler.deliver.letter_content import Content, Language


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
