"""Keeps every request out of private networks, but for exact host:port pairs that the configuration allows."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from spiders.failures import Failure, PageRefused

_LONGEST_LOOKUP_S = 20
_CACHED_NAMES = 0  # Scrapy's cache never forgets; a daemon runs for years, and sites move
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Networks whose last 32 bits are an IPv4 address: NAT64 (RFC 6052, 8215) and the old IPv4-compatible form (RFC 4291).
_EMBEDDED_IPV4 = tuple(ipaddress.ip_network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96"))


@dataclass(frozen=True)
class Gate:
    """What may be connected to: the public internet, and the exact pairs named in `[crawl] allow_private`."""

    allowed: frozenset[str]

    @classmethod
    def of(cls, pairs: Sequence[str]) -> Self:
        """The gate for these host:port pairs."""
        return cls(frozenset(pair.lower() for pair in pairs))

    def check(self, url: str) -> None:
        """Pass an address that may be requested as far as can be said before its name is resolved.

        Raises:
            PageRefused: it is no plain http(s) address, or names a private host. Cure: see the failure's hint.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
        except ValueError as error:
            raise PageRefused(Failure.BLOCKED_HOST, url, f"no proper address: {error}") from error
        host = (parts.hostname or "").lower()
        if port is None or not host or "\\" in url or parts.username is not None:
            raise PageRefused(Failure.BLOCKED_HOST, url, "only plain http:// and https:// addresses are visited")
        if f"{host}:{port}" in self.allowed or f"[{host}]:{port}" in self.allowed:
            return
        literal = _as_ip(host)
        if (literal is not None and not is_public(literal)) or host in self.allowed_hosts or host.endswith("localhost"):
            raise PageRefused(Failure.BLOCKED_HOST, url, f"{host}:{port} is private and not named in [crawl] allow_private")

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The hosts of the allowed pairs: their names may resolve to private addresses, on the named ports only."""
        return frozenset(pair.rpartition(":")[0].strip("[]") for pair in self.allowed)


class GuardedResolver(CachingThreadedResolver):
    """Resolves a name once and refuses a private answer, so that what was checked is what is connected to."""

    def __init__(self, reactor: ReactorBase, gate: Gate) -> None:
        super().__init__(reactor, _CACHED_NAMES, _LONGEST_LOOKUP_S)
        self._gate = gate
        self._refused: dict[str, str] = {}  # private address by name: a lookup's own error cannot carry the reason

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  Twisted's name
        """The IPv4 address of a name, if it is one that may be connected to."""
        return super().getHostByName(name, timeout).addCallback(self._public, name)

    def why_refused(self, name: str) -> str | None:
        """What was wrong with a name's address; None where it was not refused."""
        address = self._refused.get(name)
        return f"{name} resolves to the private address {address}" if address is not None else None

    def _public(self, address: Any, name: str) -> Any:  # noqa: ANN401  Twisted's callback
        found = _as_ip(str(address))
        if name.lower() not in self._gate.allowed_hosts and (found is None or not is_public(found)):
            self._refused[name] = str(address)
            raise DNSLookupError(f"{name} resolves to the private address {address}")
        return address


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address belongs to the public internet, also when it wraps an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if wrapped is None and any(address in network for network in _EMBEDDED_IPV4):
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if wrapped is not None:
            return is_public(wrapped)
    return address.is_global and not address.is_multicast


def _as_ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """A literal address in any spelling a socket would take: 127.1, 0x7f.1, 2130706433, full-width digits, [::1%lo]."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        plain = host.encode("idna").decode("ascii") if not host.isascii() else host
        return ipaddress.IPv4Address(socket.inet_aton(plain.rstrip(".")))
    except (OSError, UnicodeError):
        return None
