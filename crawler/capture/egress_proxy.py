"""The only way out for Chromium: resolves each name once, checks every address, connects to what was checked. Reads no page.

A browser follows redirects, opens sockets and fetches ahead by itself, and no hook of its own sees all of that. So it is
given a proxy and nothing else (`--proxy-bypass-list=<-loopback>`), and the gate stands in the proxy.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import ipaddress
import secrets
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from crawler.capture.egress_head import (
    Destination,
    Head,
    HeadError,
    destination,
    lone_answer,
    read_head,
    to_browser,
    to_origin,
)
from crawler.capture.egress_tunnel import End, Tunnel
from crawler.capture.guard import Gate, is_public
from spiders.failures import Failure, PageRefused

OURS = "x-bureauwatch-egress"
"""A header that only the proxy's own answers bear; its value is the pass's secret, which no site knows."""
_MOST_NOTES = 500
_MOST_INTERIM_ANSWERS = 10  # e.g. 103 Early Hints; nobody sends more in earnest


@dataclass(frozen=True)
class EgressLimits:
    """What one browser may ask of the proxy."""

    connections: int = 128  # at once; Chromium opens at most 32 per proxy and profile by itself
    head_bytes: int = 64 * 1024
    head_s: float = 20.0  # seconds for the browser's own head, once its connection stands
    answer_s: float = 60.0  # seconds for a site's head; no page is given longer
    lookup_s: float = 20.0  # seconds, as for plain requests
    connect_s: float = 20.0  # seconds for each address of a host
    idle_s: float = 90.0  # seconds without a byte in either direction; longer than any page is given
    connection_bytes: int = 128 * 1024 * 1024  # that a site may send over one connection; attachments may have 100 MiB


@dataclass(frozen=True)
class Trouble:
    """Why a host was not reached."""

    failure: Failure
    detail: str


class UnreachedError(Exception):
    """A connection that was not made."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.detail)
        self.trouble = trouble


@dataclass
class EgressPass:
    """The right to go out through the proxy, for one site's browser context: its gate, and what came of its connections."""

    gate: Gate
    user: str = field(default_factory=lambda: secrets.token_hex(8))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    refusals: int = 0  # connections into private networks that were asked for
    troubles: dict[str, Trouble] = field(default_factory=dict)  # by host:port, as it stands now

    def note(self, pair: str, trouble: Trouble | None) -> None:
        """Keep what became of a connection to this host:port."""
        self.troubles.pop(pair, None)
        if trouble is None:
            return
        self.refusals += trouble.failure is Failure.BLOCKED_HOST
        if len(self.troubles) < _MOST_NOTES:
            self.troubles[pair] = trouble


LookUp = Callable[[str], Awaitable[list[str]]]


class EgressProxy:
    """A forward proxy (CONNECT, and http:// in absolute form) on a free port of 127.0.0.1, for holders of a pass only.

    Args:
        limits: what a browser may ask of it.
        look_up: the addresses of a name, or of an address in any spelling; the machine's own resolver by default.
    """

    def __init__(self, limits: EgressLimits | None = None, look_up: LookUp | None = None) -> None:
        self._limits = limits or EgressLimits()
        self._look_up = look_up or _look_up
        self._passes: dict[str, EgressPass] = {}
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self._server is not None, "start the proxy before asking for its address"
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    @property
    def open_connections(self) -> int:
        """How many connections it holds at the moment."""
        return len(self._connections)

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: this machine has no free port.
        """
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=self._limits.head_bytes)

    async def close(self) -> None:
        """Stop listening and cut every connection."""
        if self._server is not None:
            self._server.close()
        connections = list(self._connections)
        for task in connections:
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
        self._passes.clear()

    def admit(self, gate: Gate) -> EgressPass:
        """A new pass; good until it is withdrawn."""
        issued = EgressPass(gate)
        self._passes[issued.user] = issued
        return issued

    def withdraw(self, issued: EgressPass) -> None:
        """Let nobody out on this pass any more."""
        self._passes.pop(issued.user, None)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(End(reader, writer)))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _serve(self, browser: End) -> None:
        try:
            if len(self._connections) > self._limits.connections:
                browser.writer.write(lone_answer(503, "too many connections"))
            else:
                await self._answer(browser)
        except HeadError as error:
            browser.writer.write(lone_answer(400, str(error)))
        except OSError:
            pass  # one of the ends has gone, or took too long: there is nobody to tell
        finally:
            await browser.shut()

    async def _answer(self, browser: End) -> None:
        async with asyncio.timeout(self._limits.head_s):
            head, _ = await read_head(browser.reader, self._limits.head_bytes)
        if head is None:
            raise HeadError("that is no request")
        issued = self._pass_of(head)
        if issued is None:
            browser.writer.write(lone_answer(407, "a pass is needed", ("Proxy-Authenticate", 'Basic realm="egress"')))
            return
        goal = destination(head)
        try:
            await self._carry(head, browser, goal, issued)
        except UnreachedError as unreached:
            issued.note(goal.pair, unreached.trouble)
            status = 403 if unreached.trouble.failure is Failure.BLOCKED_HOST else 502
            browser.writer.write(lone_answer(status, unreached.trouble.detail, (OURS, issued.secret)))

    async def _carry(self, head: Head, browser: End, goal: Destination, issued: EgressPass) -> None:
        is_tunnel = head.start[0] == "CONNECT"
        body_bytes = None if is_tunnel else head.body_bytes
        site = await self._connected(goal, issued.gate)
        issued.note(goal.pair, None)
        tunnel = Tunnel(browser, site, self._limits.idle_s, self._limits.connection_bytes)
        try:
            if is_tunnel:
                browser.writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await tunnel.carry()
            else:
                site.writer.write(to_origin(head))
                await tunnel.carry(body_bytes, before=lambda: self._answer_head(site))
        except HeadError as error:
            raise UnreachedError(Trouble(Failure.PROTOCOL, f"{goal.pair}: {error}")) from error
        finally:
            await site.shut()

    async def _answer_head(self, site: End) -> bytes:
        """The head of a site's answer, as the browser is to see it; what is no head is handed on as it came."""
        for _ in range(_MOST_INTERIM_ANSWERS):
            async with asyncio.timeout(self._limits.answer_s):
                head, raw = await read_head(site.reader, self._limits.head_bytes)
            if head is None:
                return raw
            if not head.start[1].startswith("1"):
                return to_browser(head)
        raise HeadError("interim answers without end")

    def _pass_of(self, head: Head) -> EgressPass | None:
        scheme, _, told = (head.header("proxy-authorization") or "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            user, _, secret = base64.b64decode(told, validate=True).decode("ascii").partition(":")
        except ValueError:
            return None
        issued = self._passes.get(user)
        return issued if issued is not None and hmac.compare_digest(issued.secret, secret) else None

    async def _connected(self, goal: Destination, gate: Gate) -> End:
        """Connect to an address of the host that was checked here: the name is never looked up again."""
        error = OSError("no address")
        for address in await self._checked_addresses(goal, gate):
            try:
                async with asyncio.timeout(self._limits.connect_s):
                    return End(*await asyncio.open_connection(address, goal.port, limit=self._limits.head_bytes))
            except OSError as unanswered:  # a TimeoutError is one
                error = unanswered
        failure = Failure.TIMEOUT if isinstance(error, TimeoutError) else Failure.NETWORK
        raise UnreachedError(Trouble(failure, f"{goal.pair}: {error.strerror or 'no connection in time'}")) from error

    async def _checked_addresses(self, goal: Destination, gate: Gate) -> list[str]:
        try:
            gate.check(goal.url)
        except PageRefused as refused:
            raise UnreachedError(Trouble(Failure.BLOCKED_HOST, refused.detail)) from refused
        try:
            async with asyncio.timeout(self._limits.lookup_s):
                addresses = await self._look_up(goal.host)
        except (OSError, UnicodeError) as error:  # a TimeoutError is an OSError
            raise UnreachedError(Trouble(Failure.DNS, f"{goal.host}: no such name, or no answer about it")) from error
        if {goal.pair, f"[{goal.host}]:{goal.port}"} & gate.allowed:
            return addresses
        for address in addresses:  # one private address is enough: which of them is used is not ours to gamble on
            if not is_public(ipaddress.ip_address(address.partition("%")[0])):
                told = f"{goal.pair} resolves to the private address {address}"
                raise UnreachedError(Trouble(Failure.BLOCKED_HOST, told))
        return addresses


async def _look_up(name: str) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
