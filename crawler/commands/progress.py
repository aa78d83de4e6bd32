"""The line that tells how a crawl is going. Pure: what was done and the time are arguments."""

from __future__ import annotations

from collections.abc import Collection

from crawler.context import Tally


def progress_line(tallies: Collection[Tally], watches_in_all: int, elapsed_s: float) -> str:
    """What has been done so far, and, where the sites say how long their lists are, about how long the rest takes.

    Args:
        tallies: of the watches visited so far, those under way included.
        watches_in_all: how many are to be visited (count).
        elapsed_s: since the crawl began, seconds.
    """
    told = [tally for tally in tallies if tally.pages_in_all is not None and not tally.walk_ended]
    parts = [
        f"{len(tallies)}/{watches_in_all} watches",
        f"{sum(tally.pages for tally in tallies)} listing pages",
        f"{sum(tally.reports for tally in tallies)} reports",
        f"{sum(len(tally.events) for tally in tallies)} events",
        f"{sum(tally.failures for tally in tallies)} failures",
        f"{elapsed_s:.0f} s",
    ]
    if told:
        longest = max(told, key=lambda tally: (tally.pages_in_all or 0) - tally.page_number)
        parts.append(f"page {longest.page_number} of {longest.pages_in_all}")
        if left := _left(longest, elapsed_s):
            parts.append(left)
    return " · ".join(parts)


def _left(tally: Tally, elapsed_s: float) -> str:
    """About how long the rest of a list takes, at the pace so far; "" before there is one."""
    pages_left = (tally.pages_in_all or 0) - tally.page_number
    if tally.pages < 2 or pages_left <= 0:
        return ""
    left_s = pages_left * elapsed_s / tally.pages
    return f"about {left_s / 60:.0f} min left" if left_s >= 90 else f"about {left_s:.0f} s left"
