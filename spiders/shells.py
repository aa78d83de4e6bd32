"""Tells a page that its scripts have yet to build. Starts no browser."""

from __future__ import annotations

from spiders.page import Page

_FEWEST_WORDS = 200  # characters; the shells seen hold a menu, a footer and no sentence
_OWN_WORDS = "//body//text()[not(ancestor::a or ancestor::script or ancestor::style or ancestor::noscript)]"


def is_script_built(page: Page) -> bool:
    """Whether a script may build what is missing: the page has scripts of its own to run."""
    return bool(page.root.xpath("//script[@src or string-length(normalize-space()) > 0]"))


def is_shell(page: Page) -> bool:
    """Whether a page says next to nothing before its scripts have run: a report's own words stand outside its links."""
    own_words = 0
    for text in page.root.xpath(_OWN_WORDS):
        own_words += len(text.strip())
        if own_words >= _FEWEST_WORDS:
            return False
    return is_script_built(page)
