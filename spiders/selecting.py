"""CSS selectors that are compiled once, where a module is loaded. For strict ones see `spiders.reading`."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

Find = Callable[[HtmlElement], list[HtmlElement]]


def finding(css: str) -> Find:
    """What finds all elements that `css` selects, in the order of the page; the element searched may itself be one.

    Args:
        css: the selector, names of elements in lower case. No commas: libxml2 merges what alternatives find in quadratic
            time (135 s for 30,000 links), and pages are not to be trusted; several finders or `iter()` serve as well.
    """
    return cast("Find", CSSSelector(css))
