"""The six letters as Chromium shows them: nothing sticks out, nothing is fetched, and axe finds no serious fault."""

from __future__ import annotations

from itertools import product

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.letter_pictures import PICTURES, SIX, Scheme, View, browser, every_view, shown
from tests.letter_stories import LANGUAGES

SERIOUS = {"serious", "critical"}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def watched(page: Page) -> list[str]:
    """The addresses that a page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def test_every_picture_of_the_six_letters_is_kept() -> None:
    assert {picture.name for picture in PICTURES.glob("*.png")} == {name for name, _ in every_view()}


@pytest.mark.parametrize("letter", SIX.values())
async def test_axe_finds_no_serious_fault_and_nothing_sticks_out(letter: str) -> None:
    faults = []
    async with browser() as started:
        for language, width, scheme in product(LANGUAGES, (360, 700), SCHEMES):
            async with shown(started, View(f"{letter}.{language}", width, scheme)) as page:
                asked = watched(page)
                found = (await Axe().run(page)).response
                assert found["passes"] or found["violations"], "axe looked at nothing"
                faults += [
                    (language, width, scheme, fault["id"], fault["nodes"][0]["html"][:120])
                    for fault in found["violations"]
                    if fault["impact"] in SERIOUS
                ]
                wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                faults += [(language, width, scheme, "sticks out", wide)] if wide > 0 else []
                assert not asked
    assert faults == []


async def test_axe_finds_a_planted_fault() -> None:
    async with browser() as started, shown(started, View("published.zh", 360, "light")) as page:
        await page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:#eee;background:#fff\">faint</p><img src=x:>')"
        )
        found = (await Axe().run(page)).response
    assert {fault["id"] for fault in found["violations"] if fault["impact"] in SERIOUS} >= {"color-contrast", "image-alt"}
