"""Serves one replica bureau over HTTP: keeps its state, faults, visit counter and request log. Starts no thread."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import web

from crawler.demo.answers import Answer, answer, listing_of_rows
from crawler.demo.faults import Fault, FaultKind, misbehave, plain_response
from crawler.demo.noise import Noise
from crawler.demo.state import BureauState

ALL_PAGES = "*"
"""In place of a path: every page of the site, but not robots.txt and /static/."""

_LOG_LENGTH = 10_000  # so that a replica left running for days does not grow
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Request:
    """One request as it reached the site."""

    method: str
    path: str  # with its query
    at_s: float  # seconds of a monotonic clock
    headers: Mapping[str, str]


class LiveBureau:
    """A bureau's site while it runs.

    State and faults are set from any thread and read by the server's.

    Args:
        state: what stands there at first.
        port: of 127.0.0.1; 0 takes any free one, and keeps it.
        clock: tells the time in Asia/Shanghai; pages print today's date.
        control: answers `/__control`.
    """

    def __init__(self, state: BureauState, port: int, clock: Callable[[], datetime], control: Handler) -> None:
        self.port = port
        self._state = state
        self._clock = clock
        self._control = control
        self._faults: dict[str, Fault] = {}
        self._visits = 0
        self._log: deque[Request] = deque(maxlen=_LOG_LENGTH)
        self._lock = threading.Lock()
        self._runner: web.AppRunner | None = None

    @property
    def state(self) -> BureauState:
        """The site as it stands."""
        return self._state

    @property
    def url(self) -> str:
        """Scheme, host and port, no slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def change(self, move: Callable[[BureauState], BureauState]) -> None:
        """Replace the state by what `move` makes of it; left as it was when that raises."""
        with self._lock:
            self._state = move(self._state)

    def fail(self, path: str, fault: Fault) -> None:
        """Misbehave at `path`, or at `ALL_PAGES`, until mended."""
        with self._lock:
            self._faults[path] = fault

    def mend(self) -> None:
        """Behave everywhere."""
        with self._lock:
            self._faults.clear()

    def requests(self) -> tuple[Request, ...]:
        """The last 10,000 requests, oldest first, without those to the control endpoint."""
        with self._lock:
            return tuple(self._log)

    async def start(self) -> None:
        """Listen; nothing happens where it does already."""
        if self._runner is not None:
            return
        app = web.Application()
        app.router.add_route("*", "/__control", self._control)
        app.router.add_get("/{path:.*}", self._respond)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        await web.SockSite(runner, listener).start()
        self._runner = runner

    async def stop(self) -> None:
        """Close the port; connections to it are refused from now on."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        with self._lock:
            self._log.append(Request(request.method, request.path_qs, time.monotonic(), dict(request.headers)))
            self._visits += 1
            state, visits = self._state, self._visits
        fault = self._fault_at(listing_of_rows(state, request.path))
        noise = _noise(state, request.path, visits, self._clock())
        whole = answer(state, request.path, noise, empty_listing=fault == Fault(FaultKind.EMPTY_LISTING))
        if fault is not None:
            return await misbehave(fault, request, whole)
        return plain_response(_unless_known(whole, request.headers))

    def _fault_at(self, path: str) -> Fault | None:
        with self._lock:
            if path in self._faults:
                return self._faults[path]
            aside = path == "/robots.txt" or path.startswith("/static/")
            everywhere = None if aside else self._faults.get(ALL_PAGES)
        # The home page is where this fault leads to; it would lead to itself.
        return None if path == "/" and everywhere == Fault(FaultKind.REDIRECT_HOME) else everywhere


def _noise(state: BureauState, path: str, visits: int, now: datetime) -> Noise:
    """The noise of the site's `visits`-th visit; of a steady site, the same at every visit."""
    counted = 0 if state.steady else visits
    start = random.Random(state.noise_seed).randint(1_000, 90_000)  # noqa: S311  noise, no secret
    return Noise(random.Random(f"{state.noise_seed} {path} {counted}"), start + counted, now)  # noqa: S311  as above


def _unless_known(whole: Answer, asked: Mapping[str, str]) -> Answer:
    """304 where the visitor names the tag or the date of what it has (RFC 9110, 13.1.2 and 13.1.3)."""
    headers = dict(whole.headers)
    tags = [tag.strip().removeprefix("W/") for tag in asked.get("If-None-Match", "").split(",")]
    same_tag = headers.get("ETag", "none") in tags
    same_date = "If-None-Match" not in asked and headers.get("Last-Modified", "none") == asked.get("If-Modified-Since")
    return replace(whole, status=304, body=b"") if same_tag or same_date else whole
