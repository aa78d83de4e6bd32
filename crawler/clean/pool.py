"""Runs what reads hostile pages in child processes with limits of time and memory. Knows nothing of pages."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import ParamSpec, TypeVar

from crawler.clean.errors import ReadingCrashed, ReadingTimedOut
from spiders.failures import VisitError

P = ParamSpec("P")
T = TypeVar("T")

LONGEST_READING_S = 20.0
"""Wall-clock limit. A page of 60 KB takes about 10 ms; one of 32 MiB in 700,000 paragraphs, the most we keep, took 14 s."""
MEMORY_BYTES = 1536 * 1024 * 1024
"""Limit of a child's address space: 0.2 GiB after its imports, 0.65 GiB at the peak of that page, and as much again."""
READINGS_PER_CHILD = 400
"""Readings after which a child is replaced: the allocators of lxml and Python never give back what a large page took."""
_LONGEST_START_S = 60.0  # to start a child and its imports on a busy machine
_PRELOADED = ["crawler.clean.report"]


class CleanPool:
    """Lanes of one child process each, started when first needed, killed and replaced when stuck.

    The children come from a fork server, not from us: forking a process with Twisted's threads and sockets in it is not safe.

    Args:
        lanes: most readings at a time; by default 2, or 1 where there is one core.
        longest_s: wall-clock limit of one reading, seconds; waiting for a lane and starting it do not count.
        memory_bytes: limit of a child's address space.
        readings_per_child: after so many a child is replaced (count; finding out its process id is the first).
    """

    def __init__(
        self,
        lanes: int | None = None,
        *,
        longest_s: float = LONGEST_READING_S,
        memory_bytes: int = MEMORY_BYTES,
        readings_per_child: int = READINGS_PER_CHILD,
    ) -> None:
        self._readings_per_child = readings_per_child
        self._longest_s = longest_s
        self._memory_bytes = memory_bytes
        self._lanes = asyncio.Semaphore(lanes or min(2, os.cpu_count() or 1))
        self._idle: list[_Lane] = []
        self._busy: set[_Lane] = set()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function` returns, run in a child.

        Args:
            function: a function at the top level of a module.
            args: its arguments; they and the answer are pickled.
            kwargs: likewise.

        Raises:
            VisitError: raised by the function, as it is.
            ReadingTimedOut: it took longer than the limit; the child was killed. Cure: report the page.
            ReadingCrashed: it ended the child, or raised anything else. Cure: report the page.
        """
        async with self._lanes:
            lane = self._idle.pop() if self._idle else _Lane(self._memory_bytes)
            self._busy.add(lane)
            try:
                await lane.started()
                answer = await lane.run(self._longest_s, function, *args, **kwargs)
            finally:
                self._busy.discard(lane)
                if lane.is_usable and lane.readings < self._readings_per_child:
                    self._idle.append(lane)
                else:
                    lane.kill()
                    lane.end(wait=False)
            return answer

    async def close(self) -> None:
        """End every child, a busy one too."""
        lanes = [*self._idle, *self._busy]
        self._idle.clear()
        for lane in lanes:
            lane.kill()
        for lane in lanes:
            await asyncio.to_thread(lane.end, wait=True)


class _Lane:
    """One child process."""

    def __init__(self, memory_bytes: int) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        self._executor = ProcessPoolExecutor(1, context, initializer=_limit, initargs=(memory_bytes,))
        self._pid: int | None = None
        self.is_usable = True
        self.readings = 0

    async def started(self) -> None:
        """Have the child running and know its process id."""
        if self._pid is None:
            self._pid = await self.run(_LONGEST_START_S, os.getpid)

    async def run(self, longest_s: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function in the child. After anything but an answer or a VisitError the lane is used up."""
        self.is_usable = False
        self.readings += 1
        try:
            answer = asyncio.wrap_future(self._executor.submit(function, *args, **kwargs))
        except BrokenProcessPool as broken:
            self._pid = None  # it ended by itself, and its number may be another process's by now
            raise ReadingCrashed(f"the child that should read it was gone: {broken}") from broken
        try:
            await asyncio.wait({answer}, timeout=longest_s)
            return self._checked(answer, longest_s)
        finally:
            answer.cancel()

    def kill(self) -> None:
        """End the child now, whatever it does. It holds nothing that would have to be saved."""
        if self._pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def end(self, *, wait: bool) -> None:
        """Let the executor go, and with it the child if it lives; perhaps wait until both have ended."""
        self._executor.shutdown(wait=wait, cancel_futures=True)

    def _checked(self, answer: asyncio.Future[T], longest_s: float) -> T:
        if not answer.done():
            raise ReadingTimedOut(f"reading took longer than {longest_s:g} s and was stopped")
        error = answer.exception()
        if error is None or isinstance(error, VisitError):
            self.is_usable = True
            return answer.result()
        if isinstance(error, BrokenProcessPool):
            self._pid = None
        raise ReadingCrashed(f"reading failed: {type(error).__name__}: {error}") from error


def _limit(memory_bytes: int) -> None:
    """In the child: take no more memory than allowed, and end when the parent ends, however it ends."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
