"""Carries bytes between a browser and one site, within limits, until either end has had enough. Checks no address."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

_CHUNK = 64 * 1024  # bytes


@dataclass
class End:
    """One end of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def shut(self) -> None:
        """Close it, whatever state it is in."""
        self.writer.close()
        try:
            async with asyncio.timeout(1):
                await self.writer.wait_closed()
        except (OSError, TimeoutError):  # it was cut, or its peer takes nothing more: either way it is closed
            self.writer.transport.abort()


@dataclass
class Tunnel:
    """Two ends and what may pass between them.

    Args:
        browser: the end that asked.
        site: the end that answers.
        idle_s: seconds without a byte in either direction after which it is cut.
        most_bytes: that the site may send.
    """

    browser: End
    site: End
    idle_s: float
    most_bytes: int
    _last: float = field(default_factory=lambda: asyncio.get_running_loop().time())

    async def carry(self, body_bytes: int | None = None, before: Callable[[], Awaitable[bytes]] | None = None) -> None:
        """Carry until one end closes, the site has sent too much, or nothing has passed for too long.

        Args:
            body_bytes: of the one request that the browser may still send the rest of; None: whatever it sends.
            before: reads what the site sends first, and says what the browser is to see in its place.
        """
        await _first_of(self._up(body_bytes), self._down(before), self._watch())

    async def _up(self, body_bytes: int | None) -> None:
        await self._pour(self.browser.reader, self.site.writer, body_bytes)
        if body_bytes is not None:
            # The connection is for this one request: whatever comes behind it may be meant for another site.
            await self.browser.reader.read(1)

    async def _down(self, before: Callable[[], Awaitable[bytes]] | None) -> None:
        if before is not None:
            self.browser.writer.write(await before())
        await self._pour(self.site.reader, self.browser.writer, self.most_bytes)

    async def _pour(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most_bytes: int | None) -> None:
        left = most_bytes
        while left is None or left > 0:
            chunk = await reader.read(_CHUNK if left is None else min(_CHUNK, left))
            if not chunk:
                return
            writer.write(chunk)
            await writer.drain()
            self._last = asyncio.get_running_loop().time()
            left = None if left is None else left - len(chunk)

    async def _watch(self) -> None:
        idle_s = 0.0
        while idle_s < self.idle_s:
            await asyncio.sleep(self.idle_s - idle_s)
            idle_s = asyncio.get_running_loop().time() - self._last


async def _first_of(*works: Coroutine[Any, Any, None]) -> None:
    """Run all until the first has ended, and raise what ended it; leave none behind."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
