"""Runs one coroutine on Twisted's asyncio reactor, as Scrapy needs it, and ends it in good order on a signal."""

from __future__ import annotations

import asyncio
import signal
import warnings
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from scrapy.utils.reactor import install_reactor

from crawler.capture.guard import Gate, GuardedResolver

Answer = TypeVar("Answer")
REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
_DNS_TIMEOUT_S = 20
_DNS_CACHE = 10_000  # names


def run(
    work: Callable[[], Coroutine[Any, Any, Answer]],
    *,
    gate: Gate,
    on_stop: Callable[[], Coroutine[Any, Any, None]],
) -> Answer:
    """Run `work` to its end and return its answer, or raise its exception.

    Args:
        work: makes the coroutine; called once the reactor turns.
        gate: which private addresses names may resolve to.
        on_stop: called once at the first SIGTERM or SIGINT; a second signal ends the process at once.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        install_reactor(REACTOR)
    from twisted.internet import reactor as installed  # noqa: PLC0415  importing it installs one: it must come after

    reactor: Any = installed  # the module stands for whichever reactor was installed; no type says which

    GuardedResolver(reactor, _DNS_CACHE, _DNS_TIMEOUT_S, gate).install_on_reactor()
    loop = asyncio.get_event_loop()
    ended: asyncio.Future[Answer] = loop.create_future()

    async def main() -> None:
        stopping: set[asyncio.Task[None]] = set()

        def stop(number: signal.Signals) -> None:
            loop.remove_signal_handler(number)
            stopping.add(asyncio.ensure_future(on_stop()))

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop, number)
        try:
            ended.set_result(await work())
        except BaseException as error:  # noqa: BLE001  not swallowed: raised again in the caller's frame, below
            ended.set_exception(error)
        finally:
            reactor.stop()

    reactor.callWhenRunning(lambda: asyncio.ensure_future(main()))
    reactor.run(installSignalHandlers=False)
    return ended.result()
