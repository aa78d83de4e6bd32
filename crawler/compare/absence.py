"""Decides what it means that a report's address answers that there is no such document. No clock, database or network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from crawler.compare.events import News, event_of, minute
from crawler.compare.memory import Known, Memory
from crawler.flow import ChangeEvent, EventKind, Significance
from spiders.failures import Failure

BELIEVED_AFTER: Final = timedelta(days=7)
"""When a whole site's reports have been gone for so long, they are: nobody's rebuilding or outage is meant to last longer."""

_STATUS: Final = re.compile(r"status (\d{3})\b")


@dataclass(frozen=True)
class AbsenceRules:
    """When an absence becomes news."""

    sightings: int  # visits in a row that found the document gone
    hours: float  # at least, between the first sighting and the last
    confirm_after: timedelta = timedelta(0)  # between two sightings, where one would be enough


@dataclass(frozen=True)
class Sighting:
    """In what circumstances an address answered that its document is gone."""

    still_listed: bool  # its column still lists it: a broken link, no sighting
    how: str = ""  # see `how_gone`
    en_masse: bool = False  # a large share of the site's reports is gone with it; see `crawler.compare.upheaval`


@dataclass(frozen=True)
class AbsenceDecision:
    """Store these counters with the address; the report is withdrawn if `withdraws`."""

    sightings: int
    absent_since: datetime | None
    gone: bool
    event: ChangeEvent | None
    look_again: bool = False  # once more, after the time that lies between two looks
    held: bool = False  # enough for an event by itself, and part of an upheaval: told with it

    @property
    def withdraws(self) -> bool:
        """Whether the report is withdrawn from now on."""
        return self.event is not None and self.event.kind is EventKind.WITHDRAWN


def decide_gone(memory: Memory, sighting: Sighting, *, now: datetime, rules: AbsenceRules) -> AbsenceDecision:
    """What it means that a report's address answered that there is no such document.

    Args:
        memory: see `crawler.compare.memory.recall`.
        sighting: in what circumstances.
        now: aware time of the visit.
        rules: how much it takes.
    """
    address = memory.address
    if sighting.still_listed or not isinstance(memory, Known):
        return AbsenceDecision(address.sightings, address.absent_since, address.gone, None)
    sightings, since = address.sightings + 1, address.absent_since or now
    enough = sightings >= rules.sightings and now - since >= timedelta(hours=rules.hours)
    alone = enough and rules.sightings == 1 and now - since < rules.confirm_after
    gone = enough and not alone
    if address.gone or not gone or memory.report.withdrawn:
        return AbsenceDecision(sightings, since, address.gone or gone, None, look_again=alone and not address.gone)
    if sighting.en_masse and not memory.other_live_addresses and now - since < BELIEVED_AFTER:
        return AbsenceDecision(sightings, since, False, None, held=True)  # noqa: FBT003  it is not gone
    absent = f"自{minute(since)}起在原址无法打开{f'（{sighting.how}）' if sighting.how else ''}"
    if memory.other_live_addresses:
        news = News(EventKind.MOVED, Significance.WORDING, f"{absent}，在其他地址仍可见")
    else:
        delisted = f"，{minute(address.delisted_at)}已不在栏目列表中" if address.delisted_at else ""
        last_seen = f"（最后一次见到：{minute(memory.report.last_seen_at)}）"
        news = News(EventKind.WITHDRAWN, Significance.WITHDRAWN, f"{absent}{delisted}{last_seen}")
    event = event_of(news, memory, now, memory.latest.title, memory.latest.number)
    return AbsenceDecision(sightings, since, gone, event)


def how_gone(failure: Failure, detail: str) -> str:
    """How an address answers that its document is gone, in Chinese: 404, 410, 软404 (a page that says so), 跳转首页.

    Args:
        failure: of the visit.
        detail: what was seen; begins with the status where a page came.
    """
    status = _STATUS.search(detail[:200])
    if failure is Failure.REDIRECTED_HOME:
        return "跳转到首页或登录页"
    if failure is not Failure.NOT_FOUND or status is None:
        return ""
    return f"软404，页面称内容不存在（{status[1]}）" if status[1].startswith("2") else status[1]
