"""What a family offers, and the strict selectors its readers use. Reads pages that are already here; fetches nothing."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol, runtime_checkable

from lxml.html import HtmlElement

from spiders.failures import PageUnreadable
from spiders.fetched import Ask, Entry
from spiders.page import Page


@dataclass(frozen=True)
class Listing:
    """The rows of a listing page in the site's order, and where it goes on."""

    entries: tuple[Entry, ...]
    following: Ask | None = None  # the next page or, where there are no entries, where this page's are to be asked for
    pages: int | None = None  # how many the site says there are
    newest_first: bool = True  # False: a page of known rows says nothing about the pages behind it
    confidence: float = 1.0  # 0 to 1; families are sure, the generic reader says how sure it is


@runtime_checkable
class Family(Protocol):
    """A CMS whose sites read alike. One module of `spiders.families` each, with these names."""

    NAME: str  # as written in a seed's `family`
    SIGNS: tuple[str, ...]  # one of them at least stands in the text of each of its pages; the others are not asked further

    @staticmethod
    def recognises(page: Page) -> bool:
        """Whether this page was made by the family: from its markup and scripts, never from its host."""
        ...

    @staticmethod
    def listing(page: Page) -> Listing:
        """The rows of a listing page, or of a list service's answer that this family asked for.

        Raises PageUnreadable where neither rows nor the place to ask for them are there.
        """
        ...

    @staticmethod
    def container(page: Page) -> HtmlElement | None:
        """The element that holds a report's body, or None where this page has none of the family's."""
        ...


@runtime_checkable
class LaysOut(Protocol):
    """What a family offers beside that, if the text of its reports lies in a script's data."""

    @staticmethod
    def laid_out(page: Page) -> Page:
        """The same page as plain markup: heading, metas, body, links; the page itself where nothing is to be laid out."""
        ...


def one(page: Page, css: str, within: HtmlElement | None = None) -> HtmlElement:
    """The single element that `css` selects.

    Raises:
        PageUnreadable: there are none or several; the message names selector and count.
    """
    found = (page.root if within is None else within).cssselect(css)
    if len(found) != 1:
        raise PageUnreadable(page.url, f"expected exactly 1 {css!r}, found {len(found)}")
    return found[0]


def some(page: Page, css: str, within: HtmlElement | None = None) -> list[HtmlElement]:
    """All elements that `css` selects, at least one.

    Raises:
        PageUnreadable: there are none; the message names the selector.
    """
    found: list[HtmlElement] = (page.root if within is None else within).cssselect(css)
    if not found:
        raise PageUnreadable(page.url, f"expected at least 1 {css!r}, found 0")
    return found


@cache
def families() -> Mapping[str, Family]:
    """All families by name: every module in `spiders.families` is one, registered by being there."""
    package = importlib.import_module("spiders.families")
    modules = [importlib.import_module(f"spiders.families.{found.name}") for found in pkgutil.iter_modules(package.__path__)]
    return {module.NAME: module for module in modules if isinstance(module, Family)}


def family_of(page: Page, named: str | None) -> Family:
    """The family that reads this page.

    Args:
        page: the page.
        named: the seed's `family`, or None to recognise it from the page.

    Raises:
        PageUnreadable: the named family does not exist, or no family recognises the page.
    """
    known = families()
    if named is not None:
        if named not in known:
            raise PageUnreadable(page.url, f"the seed names family {named!r}; known are {', '.join(sorted(known))}")
        return known[named]
    for family in known.values():
        if any(sign in page.text for sign in family.SIGNS) and family.recognises(page):
            return family
    raise PageUnreadable(page.url, f"no family recognises this page (tried {', '.join(sorted(known))})")
