"""What one page, and one browser, may cost. Numbers only; they are kept elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class BrowserLimits:
    """The limits that a browser keeps. Tests shorten them, and `[crawl] browser_wait_s` the waits."""

    page_s: float = 60.0  # for each try of a page, all in all
    rows_s: float = 30.0  # for rows, or a text at rest, once the page is there; slow sites seen from abroad need about 15 s
    challenge_s: float = 45.0  # for a challenge's script; 30 to 45 s were observed, 20 s cut it off
    challenge_tries: int = 2  # a page that is still a challenge then stays one
    download_s: float = 30.0
    starting_s: float = 150.0  # for the browser: Playwright's driver, and the up to four ways in which Chromium is tried
    opening_s: float = 30.0  # for an empty page: a browser that does not open one is taken for hung
    closing_s: float = 5.0  # for a page or a browser to close by itself
    idle_s: float = 120.0  # without a page, after which the browser is closed
    again_s: float = 60.0  # after a browser that did not start, before it is tried again
    poll_s: float = 0.25
    steady_polls: int = 3  # in a row with a text of the same length: it is at rest
    dialogs: int = 5
    popups: int = 10  # each is closed at once; more than that is a storm
    navigations: int = 10  # of the page itself, in one try
    requests: int = 500  # of one page; further ones are not let out
    requests_in_all: int = 2000  # refusing costs time as well: a page that goes on and on is given up
    page_bytes: int = 20 * 1024 * 1024
    pages_at_once: int = 4
    pages_per_browser: int = 100  # then a new one takes its place: Chromium and its driver grow with every page
    renderer_bytes: int = 1024**3  # resident; a page that needs more loses its renderer
    memory_s: float = 0.5  # between two looks at that

    @classmethod
    def waiting(cls, longest_s: float) -> Self:
        """The limits where rows, and a challenge, are waited for no longer than so many seconds."""
        return cls(page_s=longest_s + 15, rows_s=min(30.0, longest_s), challenge_s=longest_s)
