"""What can go wrong while a page's bytes become text, apart from the page itself. Raises nothing."""

from __future__ import annotations


class CleanError(Exception):
    """Root of the failures of reading. The page's bytes are kept; cure: report the page, then clean it again."""


class ReadingTimedOut(CleanError):
    """Reading a page took longer than its limit, and the child that read it was killed."""


class ReadingCrashed(CleanError):
    """Reading a page ended the child, took all the memory it may have, or raised an error that is ours."""
