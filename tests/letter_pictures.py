"""Opens six letters in Chromium as mail programs do, narrow and wide, light and dark; takes their pictures. Judges none.

`python -m tests.letter_pictures` (`make pictures`) writes docs/letters/*.png anew; look at them before you keep them.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from crawler.capture.find_browser import CURE, find_browser
from tests.letter_stories import GOLDEN, parts

PICTURES = Path(__file__).parents[1] / "docs" / "letters"
SIX = {
    "new": "published",
    "figure-revised": "revised-figure",
    "clause-revised": "revised-clause",
    "withdrawn": "withdrawn",
    "digest": "digest-daily",
    "health": "health",
}
"""The name of a picture, and of the golden letter that it shows."""
COLOURS = 32
"""Of a picture: letters have few, and it takes a third of the room."""

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class View:
    """One way to look at one letter."""

    letter: str  # name of a golden letter, with its language
    width: int  # CSS pixels
    scheme: Scheme


def every_view() -> tuple[tuple[str, View], ...]:
    """The pictures' names, with what each shows: six letters, two widths, two colour schemes."""
    schemes: tuple[Scheme, ...] = ("light", "dark")
    return tuple(
        (f"{name}-{width}-{scheme}.png", View(f"{letter}.zh", width, scheme))
        for (name, letter), width, scheme in product(SIX.items(), (360, 700), schemes)
    )


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of its own, that asks no network for anything."""
    found = find_browser()
    assert found is not None, CURE
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            yield started
        finally:
            await started.close()


@asynccontextmanager
async def shown(started: Browser, view: View) -> AsyncIterator[Page]:
    """A letter's HTML part, opened without a network."""
    context = await started.new_context(
        viewport={"width": view.width, "height": 640}, color_scheme=view.scheme, offline=True, device_scale_factor=1
    )
    page = await context.new_page()
    await page.set_content(parts((GOLDEN / f"{view.letter}.eml").read_bytes())[1])
    try:
        yield page
    finally:
        await context.close()


async def take(folder: Path) -> None:
    """Take every picture, into a folder that is there."""
    async with browser() as started:
        for name, view in every_view():
            async with shown(started, view) as page:
                taken = Image.open(BytesIO(await page.screenshot(full_page=True))).convert("RGB")
                taken.quantize(COLOURS, dither=Image.Dither.NONE).save(folder / name, optimize=True)
                print(folder / name)


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if sys.argv[1:] else PICTURES
    chosen.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(chosen))
