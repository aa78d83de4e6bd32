"""Finds where a listing goes on, and how many pages it has, in the shapes that pagers have. Reads no rows, runs no script.

A pager that only a script or the server knows (ASP.NET's `__doPostBack`, a number kept in a session) is none here: better no
next page, which a person is told of, than a guessed one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from spiders.fetched import Ask
from spiders.page import Page
from spiders.pager_scripts import address_drawn
from spiders.pager_words import (
    ARROW,
    NEXT,
    NUMBER,
    PAGE_KEY,
    Control,
    controls_of,
    current_page,
    is_off,
    page_count,
    stands_aside,
    turns_pages,
)

__all__ = ["ends_here", "following_page", "page_count"]


def following_page(page: Page) -> Ask | None:
    """The page after this one as its pager names it; None where there is none, or none that is certain.

    Never another host's page, never this very one.
    """
    controls = list(controls_of(page))
    count, current = page_count(page), current_page(page, controls)
    if _is_last(controls) or (count is not None and current is not None and current >= count):
        return None
    finders = (
        partial(_labelled, page, controls),
        partial(_numbered, page, controls, (current or 1) + 1),
        partial(_optional, page, (current or 1) + 1),
        partial(_drawn, page, count, current),
        partial(_by_parameter, page, count),
    )
    for find in finders:
        url = find()
        if url is not None and _is_another(page, url):
            return Ask(url)
    return _by_form(page, controls, count, current)


def ends_here(page: Page) -> bool:
    """Whether the pager says that this is the last page, or the only one."""
    controls = list(controls_of(page))
    count, current = page_count(page), current_page(page, controls)
    return _is_last(controls) or (count is not None and (count <= 1 or (current is not None and current >= count)))


def _labelled(page: Page, controls: Sequence[Control]) -> str | None:
    """What 下一页 leads to; an arrow counts where no word says so."""
    said = [control for control in controls if NEXT.fullmatch(control.words) or control.element.get("rel") == "next"]
    arrows = [control for control in controls if ARROW.fullmatch(control.words)]
    usable = [
        control
        for control in (*said, *arrows)
        if control.url is not None and not is_off(control.element) and _is_another(page, control.url)
    ]
    own = next((control.url for control in usable if _is_of_column(page, control.url or "")), None)
    return own or next((control.url for control in usable if control in said and not stands_aside(control)), None)


def _numbered(page: Page, controls: Sequence[Control], wanted: int) -> str | None:
    """What the number after this page's leads to, if it stands among other numbers of pages, or is this address but for it."""
    for control in controls:
        number = NUMBER.fullmatch(control.words)
        if not number or int(number.group(1)) != wanted or control.url is None:
            continue
        if _is_own_name(page, control.url, wanted) or (
            turns_pages(control) and (_is_of_column(page, control.url) or not stands_aside(control))
        ):
            return control.url
    return None


def _is_of_column(page: Page, url: str) -> bool:
    """Whether an address lies where this page's does, or below its name: of a carousel beside the list it hardly ever does."""
    here, there = urlsplit(page.url).path, urlsplit(url).path
    stem = re.sub(r"[-_./]?\d{0,5}$", "", re.sub(r"\.\w{1,6}$", "", here))
    return (stem.count("/") > 0 and len(stem) > 1 and there.startswith(stem)) or here.rpartition("/")[0] == there.rpartition(
        "/"
    )[0]


def _is_own_name(page: Page, url: str, number: int) -> bool:
    """Whether an address is this page's own but for the page's number, in its name or as its parameter."""
    here, there = urlsplit(page.url), urlsplit(url)
    if here.path == there.path:
        own, other = dict(parse_qsl(here.query)), dict(parse_qsl(there.query))
        keys = [key for key in {*own, *other} if own.get(key) != other.get(key)]
        return len(keys) == 1 and PAGE_KEY.fullmatch(keys[0]) is not None and other.get(keys[0]) == str(number)
    return False


def _optional(page: Page, wanted: int) -> str | None:
    """What the option for the next page leads to, in a box that jumps to pages."""
    for box in islice(page.root.iter("select"), 20):
        options = list(islice(box.iter("option"), 5_000))
        leading = [option for option in options if re.search(r"[/.?]", option.get("value") or "")]
        if len(leading) < 2 or any(not NUMBER.fullmatch((option.text or "").strip()) for option in leading):
            continue
        here = next((place for place, option in enumerate(options) if "selected" in option.attrib), None)
        for place, option in enumerate(options):
            number = NUMBER.fullmatch((option.text or "").strip())
            if (here is not None and place == here + 1) or (here is None and number and int(number.group(1)) == wanted):
                return page.absolute(option.get("value") or "")
    return None


def _drawn(page: Page, count: int | None, current: int | None) -> str | None:
    """Where a pager that a script draws leads: the script says how it names its pages."""
    return address_drawn(page, count, current)


def _by_parameter(page: Page, count: int | None) -> str | None:
    """This very address with its page's number raised, where the number of pages is known to be higher."""
    parts = urlsplit(page.url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    for position, (key, value) in enumerate(pairs):
        if PAGE_KEY.fullmatch(key) and value.isdecimal() and len(value) < 6 and count is not None and int(value) < count:
            pairs[position] = (key, str(int(value) + 1))
            return urlunsplit(parts._replace(query=urlencode(pairs), fragment=""))
    return None


def _by_form(page: Page, controls: Sequence[Control], count: int | None, current: int | None) -> Ask | None:
    """A form with a field for the page's number, where a control without an address says that there is a next page."""
    goes_on = any(NEXT.fullmatch(control.words) and not is_off(control.element) for control in controls)
    if not goes_on or "__doPostBack" in page.text:
        return None
    for form in islice(page.root.iter("form"), 20):
        fields = [(field.get("name") or "", field.get("value") or "") for field in islice(form.iter("input"), 60)]
        fields = [(name, value) for name, value in fields if name]
        key = next((name for name, value in fields if PAGE_KEY.fullmatch(name) and value.isdecimal()), None)
        url = page.absolute(form.get("action") or page.url)
        if key is None or url is None or urlsplit(url).hostname != urlsplit(page.url).hostname:
            continue
        here = current or int(dict(fields)[key])
        if count is not None and here >= count:
            return None
        body = urlencode([(name, str(here + 1) if name == key else value) for name, value in fields])
        if (form.get("method") or "get").lower() == "post":
            return Ask(url, form=body)
        return Ask(urlunsplit(urlsplit(url)._replace(query=body, fragment="")))
    return None


def _is_last(controls: Sequence[Control]) -> bool:
    """Whether 下一页 stands there and leads nowhere: this is the last page."""
    said = [control for control in controls if NEXT.fullmatch(control.words)]
    return bool(said) and all(
        is_off(control.element)
        or (
            control.element.tag != "a"
            and not control.element.get("onclick")
            and control.element.getparent() is not None
            and control.element.getparent().tag != "a"
        )
        for control in said
    )


def _is_another(page: Page, url: str) -> bool:
    ours, theirs = urlsplit(page.url), urlsplit(url)
    return ours.hostname == theirs.hostname and page.url.partition("#")[0] != url.partition("#")[0]
