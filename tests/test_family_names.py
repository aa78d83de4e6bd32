"""A family's pages are read by what the family is known by: classes and ids that its module does not speak of may be any."""

from __future__ import annotations

import inspect
import re
import sys
import zlib

import pytest

from crawler.clean.extract import clean_page
from spiders.page import decode, parse_page
from spiders.reading import families
from tests.family_sites import Fixture, fixtures

# Beginnings of names that modules know by a pattern.
_PATTERNS = ("easysite-", "ewb-", "vsb_content", "line", "fanye")
_NAMES = re.compile(r"""(\b(?:class|id)=)(["'])([^"']*)\2""")
by_fixture = pytest.mark.parametrize("fixture", fixtures(), ids=lambda fixture: fixture.name)


def renamed(fixture: Fixture, markup: bytes) -> str:
    """The page with names of its own wherever the family's module does not use the page's."""
    source = inspect.getsource(sys.modules[f"spiders.families.{fixture.family.replace('-', '_')}"])

    def other(name: str) -> str:
        if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w])", source) or name.startswith(_PATTERNS):
            return name
        return f"u{zlib.crc32(name.encode()):08x}"

    def whole(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}{' '.join(map(other, found[3].split()))}{found[2]}"

    return _NAMES.sub(whole, decode(markup))


@by_fixture
def test_lists_are_read_whatever_their_classes_are_called(fixture: Fixture) -> None:
    family = families()[fixture.family]
    for expected, answer in fixture.listings():
        if not answer.is_markup:
            continue
        page = parse_page(fixture.base + expected["ask"], renamed(fixture, answer.file.read_bytes()))
        assert family.recognises(page), expected["ask"]
        entries = family.listing(page).entries
        found = [[entry.title, entry.listed and entry.listed.isoformat()] for entry in entries]
        assert found == [[title, day] for _, title, day in expected["rows"]], expected["ask"]


@by_fixture
def test_reports_are_read_whatever_their_classes_are_called(fixture: Fixture) -> None:
    for path, expected in fixture.expected["reports"].items():
        text = clean_page(fixture.base + path, renamed(fixture, fixture.report(path)).encode(), None)
        assert list(text.body) == expected["body"], path
        assert [link.name for link in text.attachments] == [name for _, name in expected["attachments"]], path
        assert (text.title, text.source) == (expected["title"], expected["source"]), path
