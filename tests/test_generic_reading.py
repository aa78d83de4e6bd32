"""What the generic reader makes of the families' sites when all families are switched off."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from crawler.clean.extract import clean_page
from spiders import generic_list
from spiders.failures import PageUnreadable
from spiders.page import read_page
from spiders.page_readers import LEAST_SURE
from tests.family_sites import Fixture, fixtures

SHARE = 0.9  # of all pages that hold rows or a report in their own markup


CUT_OFF = {"trs-recordset", "hanweb-jcms--static"}
"""Sites whose pages hold some rows and say nowhere, but in a script, that there are more."""


@dataclass(frozen=True)
class Outcome:
    """One page as the generic reader read it."""

    site: str
    kind: str  # "list" or "report"
    address: str
    is_exact: bool
    says_so: bool  # where it is not exact: it raised, or was not sure

    @property
    def is_honest(self) -> bool:
        return self.is_exact or self.says_so


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> list[Outcome]:
    monkeypatch.setattr("spiders.reading.families", dict)
    return [outcome for fixture in fixtures() for outcome in (*lists(fixture), *reports(fixture))]


def lists(fixture: Fixture) -> list[Outcome]:
    """The pages of a listing that hold their rows; a shell, whose rows lie elsewhere, is to be refused."""
    found = []
    for number, (expected, answer) in enumerate(fixture.listings(), 1):
        if not answer.is_markup:
            continue  # what a service answers is no page
        page = read_page(fixture.base + expected["ask"], answer.file.read_bytes())
        try:
            listing = generic_list.listing(page)
        except PageUnreadable:
            found.append(Outcome(fixture.name, "list", expected["ask"], is_exact=not expected["rows"], says_so=True))
            continue
        rows = [
            [entry.url.removeprefix(fixture.base), entry.title, entry.listed and entry.listed.isoformat()]
            for entry in listing.entries
        ]
        leads = listing.following and listing.following.url.removeprefix(fixture.base)
        is_sure = listing.confidence >= LEAST_SURE
        exact = rows == expected["rows"] and leads == expected["following"] and is_sure
        if not expected["rows"]:
            exact = not is_sure
        # It also says so where it tells that there are more pages than it can find the way to.
        says_more = rows == expected["rows"] and leads is None and (listing.pages or 0) > number
        found.append(Outcome(fixture.name, "list", expected["ask"], is_exact=exact, says_so=not is_sure or says_more))
    return found


def reports(fixture: Fixture) -> list[Outcome]:
    found = []
    for path, expected in fixture.expected["reports"].items():
        try:
            text = clean_page(fixture.base + path, fixture.report(path), None)
        except PageUnreadable:
            found.append(Outcome(fixture.name, "report", path, is_exact=False, says_so=True))
            continue
        day = text.published and text.published.isoformat()
        exact = (
            (text.title, text.source, list(text.body)) == (expected["title"], expected["source"], expected["body"])
            and day == (None if expected["published_from"] == "listed" else expected["published"])
            and [[link.url.removeprefix(fixture.base), link.name] for link in text.attachments] == expected["attachments"]
        )
        found.append(Outcome(fixture.name, "report", path, is_exact=exact, says_so=False))
    return found


def shares(outcomes: list[Outcome], site: str | None = None) -> str:
    cells = []
    for kind in ("list", "report"):
        of_kind = [outcome for outcome in outcomes if outcome.kind == kind and site in (None, outcome.site)]
        exact = sum(outcome.is_exact for outcome in of_kind)
        honest = sum(outcome.is_honest for outcome in of_kind)
        cells.append(f"{exact:>4} of {len(of_kind):<4}{f'(and {honest - exact} said so)' if honest > exact else '':<18}")
    return "".join(cells)


def test_the_generic_reader_alone_reads_nine_tenths(outcomes: list[Outcome]) -> None:
    for site in dict.fromkeys(outcome.site for outcome in outcomes):
        print(f"{site:<36}{shares(outcomes, site)}")
    print(f"{'all':<36}{shares(outcomes)}")
    missed = [f"{outcome.site} {outcome.address}" for outcome in outcomes if not outcome.is_exact]
    assert len(missed) <= (1 - SHARE) * len(outcomes), json.dumps(missed, indent=1)


def test_a_list_that_the_generic_reader_does_not_read_exactly_is_not_taken_for_one(outcomes: list[Outcome]) -> None:
    silent = {outcome.site for outcome in outcomes if outcome.kind == "list" and not outcome.is_honest}
    assert silent <= CUT_OFF
