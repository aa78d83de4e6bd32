"""Runs one coroutine on Twisted's asyncio reactor, as Scrapy needs it, and ends it in good order on a signal."""

from __future__ import annotations

import asyncio
import os
import signal
import warnings
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from scrapy.utils.reactor import install_reactor

from crawler.capture.guard import Gate, GuardedResolver

Answer = TypeVar("Answer")
LONGEST_STOP_S = 25.0
"""Seconds that an orderly end may take; service managers lose patience at 30."""
REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def run(
    work: Callable[[], Coroutine[Any, Any, Answer]],
    *,
    gate: Gate,
    on_stop: Callable[[], Coroutine[Any, Any, None]] | None = None,
    code_if_late: int = 1,
) -> Answer:
    """Run `work` to its end and return its answer, or raise its exception.

    Args:
        work: makes the coroutine; called once the reactor turns.
        gate: which private addresses names may resolve to.
        on_stop: called once at the first SIGTERM or SIGINT; a second signal ends the process at once. None: nothing to stop.
        code_if_late: exit code where the orderly end takes longer than it may; what is stored is whole at every moment.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        install_reactor(REACTOR)
    guard_names(gate)
    guard_names(gate)
    from twisted.internet import reactor as installed  # noqa: PLC0415  importing it installs one: it must come after

    reactor: Any = installed  # the module stands for whichever reactor was installed; no type says which
    loop = asyncio.get_event_loop()
    begun: list[asyncio.Future[Any]] = []

    def stop() -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            # Whoever asks twice wants no good order: what is stored is whole at every moment, so just end.
            loop.add_signal_handler(number, os._exit, 128 + number)
        loop.call_later(LONGEST_STOP_S, os._exit, code_if_late)  # a slow site or a silent mail server has had its time
        if on_stop is not None:
            begun.append(asyncio.ensure_future(on_stop()))

    def begin() -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop)
        begun.append(asyncio.ensure_future(work()))
        begun[0].add_done_callback(lambda _: reactor.stop())

    reactor.callWhenRunning(begin)
    reactor.run(installSignalHandlers=False)
    answer: Answer = begun[0].result()
    return answer


def guard_names(gate: Gate) -> None:
    """Let no name resolve to a private address from now on, but for those that the gate allows."""
    from twisted.internet import reactor  # noqa: PLC0415  importing it installs one: it must come after

    GuardedResolver(reactor, gate).install_on_reactor()
