"""Draws what changes on a live page from visit to visit while its article stays. Holds no clock and no generator of its own."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from markupsafe import Markup

T = TypeVar("T")


@dataclass(frozen=True)
class Noise:
    """What one visit sees beside the article."""

    chance: random.Random
    visits: int  # the page's visit counter (count)
    now: datetime  # Asia/Shanghai

    @property
    def today(self) -> str:
        """Today's date as the head of a page prints it, e.g. 2026年11月22日 星期日."""
        return f"{self.now.year}年{self.now.month}月{self.now.day}日 星期{'一二三四五六日'[self.now.weekday()]}"

    def token(self) -> str:
        """A fresh session id or cache-busting number (16 hex digits)."""
        return f"{self.chance.getrandbits(64):016x}"

    def number(self, low: int, high: int) -> int:
        """A number between `low` and `high`, both included."""
        return self.chance.randint(low, high)

    def some(self, rows: Sequence[T], count: int) -> list[T]:
        """At most `count` of the rows, shuffled."""
        return self.chance.sample(rows, min(count, len(rows)))

    def attributes(self, named: Mapping[str, str]) -> Markup:
        """Attributes of a tag, escaped, in any order."""
        shuffled = self.chance.sample(list(named.items()), len(named))
        return Markup(" ").join(Markup('{}="{}"').format(name, value) for name, value in shuffled)
