"""Prints a letter as HTML that fetches nothing: every text is escaped, and only http(s) addresses become links."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from crawler.deliver.letter_blocks import Page


def as_html(page: Page) -> str:
    """The whole letter."""
    return _templates().get_template("letter.html.j2").render(page=page)


def as_fragment(page: Page) -> str:
    """What the letter says, without head and foot, to be put into another page."""
    return _templates().get_template("fragment.html.j2").render(page=page)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("crawler.deliver"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
