"""The browser's way out: holders of a pass only, checked addresses only, within limits, and nothing left behind."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from crawler.capture.egress_proxy import OURS, EgressLimits, EgressPass, EgressProxy
from crawler.capture.guard import Gate
from spiders.failures import Failure
from tests.browser_stage import Canary, Site, canary, open_files, serving, until

PRIVATE = """127.0.0.1 127.1 2130706433 0x7f.1 0x7f000001 017700000001 0 0.0.0.0 localhost foo.localhost 10.0.0.1 172.16.0.1 192.168.0.1
169.254.169.254 100.64.0.1 198.18.0.1 224.0.0.1 255.255.255.255 [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [64:ff9b::7f00:1] [2002:7f00:1::]
[fe80::1] [fc00::1] [ff02::1] [::127.0.0.1] 127.0.0.1.""".split()


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as served:
        served.page("/a?b=c", "unused")
        served.page("/a", "hello")
        yield served


@pytest_asyncio.fixture
async def bird() -> AsyncIterator[Canary]:
    async with canary("127.0.0.1") as listening:
        yield listening


@pytest_asyncio.fixture
async def proxy() -> AsyncIterator[EgressProxy]:
    running = EgressProxy(EgressLimits(head_bytes=8192, head_s=0.5, answer_s=0.5, connect_s=2, idle_s=0.5, connections=20))
    await running.start()
    yield running
    await running.close()


async def ask(proxy: EgressProxy, start: str, *headers: str, holder: EgressPass | None = None, then: bytes = b"") -> str:
    """Everything that the proxy sends until it closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(proxy.url.rpartition(":")[2]))
    if holder is not None:
        told = base64.b64encode(f"{holder.user}:{holder.secret}".encode()).decode()
        headers = (*headers, f"Proxy-Authorization: Basic {told}")
    writer.write("\r\n".join([start, *headers, "", ""]).encode() + then)
    try:
        async with asyncio.timeout(10):
            return (await reader.read()).decode("latin-1")
    except ConnectionError:
        return ""
    finally:
        writer.close()


def status(answer: str) -> int:
    return int(answer.split(" ", 2)[1])


async def test_an_allowed_pair_is_reached_in_both_forms(proxy: EgressProxy, site: Site) -> None:
    holder = proxy.admit(Gate.of([site.pair]))
    answer = await ask(
        proxy,
        f"GET {site.url('/a?b=c')} HTTP/1.1",
        f"Host: {site.pair}",
        "Proxy-Connection: keep-alive",
        "Cookie: x=y",
        holder=holder,
    )
    assert (status(answer), "hello" in answer, "Connection: close" in answer) == (200, True, True)
    (asked,) = site.asked
    assert (asked.path_qs, asked.headers["Cookie"], asked.headers["Connection"]) == ("/a?b=c", "x=y", "close")
    assert not [name for name in asked.headers if name.lower().startswith("proxy")]
    through = await ask(
        proxy, f"CONNECT {site.pair} HTTP/1.1", holder=holder, then=b"GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    assert through.startswith("HTTP/1.1 200 Connection established")
    assert "hello" in through


async def test_a_body_is_passed_on_and_what_follows_it_is_not(proxy: EgressProxy) -> None:
    heard = bytearray()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(4096):
            heard.extend(chunk)
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    pair = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    then = b"page=2" + b"GET http://another.example/ HTTP/1.1\r\nCookie: meant=for-another\r\n\r\n"
    holder = proxy.admit(Gate.of([pair]))
    await ask(proxy, f"POST http://{pair}/post HTTP/1.1", "Host: x", "Content-Length: 6", holder=holder, then=then)
    assert bytes(heard).startswith(b"POST /post HTTP/1.1\r\n")
    assert bytes(heard).endswith(b"\r\n\r\npage=2")
    server.close()


@pytest.mark.parametrize("host", PRIVATE)
async def test_no_private_address_is_reached_in_any_spelling(proxy: EgressProxy, bird: Canary, host: str) -> None:
    holder = proxy.admit(Gate.of([]))
    for start in (f"CONNECT {host}:{bird.port} HTTP/1.1", f"GET http://{host}:{bird.port}/ HTTP/1.1"):
        answer = await ask(proxy, start, "Host: x", holder=holder)
        assert (status(answer), f"{OURS}: {holder.secret}" in answer) == (403, True)
    assert holder.refusals == 2
    assert bird.heard == []


async def test_an_allowed_host_is_open_on_its_port_only(proxy: EgressProxy, site: Site, bird: Canary) -> None:
    holder = proxy.admit(Gate.of([site.pair]))
    assert status(await ask(proxy, f"CONNECT 127.0.0.1:{bird.port} HTTP/1.1", holder=holder)) == 403
    assert bird.heard == []


async def test_each_pass_has_a_gate_of_its_own(proxy: EgressProxy, site: Site) -> None:
    wide, narrow = proxy.admit(Gate.of([site.pair])), proxy.admit(Gate.of([]))
    told = [status(await ask(proxy, f"GET {site.url('/a')} HTTP/1.1", "Host: x", holder=holder)) for holder in (wide, narrow)]
    assert told == [200, 403]
    assert (wide.refusals, narrow.refusals) == (0, 1)


async def test_without_a_pass_nobody_gets_out(proxy: EgressProxy, site: Site) -> None:
    withdrawn = proxy.admit(Gate.of([site.pair]))
    proxy.withdraw(withdrawn)
    forged = EgressPass(Gate.of([site.pair]), user=proxy.admit(Gate.of([site.pair])).user, secret="guessed")
    for holder in (None, withdrawn, forged):
        assert status(await ask(proxy, f"GET {site.url('/a')} HTTP/1.1", "Host: x", holder=holder)) == 407
    for odd in ("Basic", "Basic !!", "Basic w6k=", "Bearer abc", ""):
        assert status(await ask(proxy, f"GET {site.url('/a')} HTTP/1.1", f"Proxy-Authorization: {odd}")) == 407
    assert site.asked == []


async def test_f208_a_name_is_looked_up_once_and_one_private_answer_is_enough(site: Site, bird: Canary) -> None:
    lookups: list[str] = []

    async def rebinding(name: str) -> list[str]:
        lookups.append(name)
        return {"mixed.example": ["8.8.8.8", "127.0.0.1"], "v6.example": ["::ffff:127.0.0.1"]}.get(
            name, ["127.0.0.1"] if len(lookups) == 1 else ["127.0.0.9"]
        )

    proxy = EgressProxy(look_up=rebinding)
    await proxy.start()
    allowed = proxy.admit(Gate.of([f"rebinds.example:{site.port}"]))
    assert status(await ask(proxy, f"GET http://rebinds.example:{site.port}/a HTTP/1.1", "Host: x", holder=allowed)) == 200
    assert lookups == ["rebinds.example"]
    closed = proxy.admit(Gate.of([]))
    for name in ("mixed.example", "v6.example", "rebinds.example"):
        for start in (f"CONNECT {name}:{bird.port} HTTP/1.1", f"GET http://{name}:{bird.port}/ HTTP/1.1"):
            assert status(await ask(proxy, start, holder=closed)) == 403
    await proxy.close()
    assert bird.heard == []


@pytest.mark.parametrize(
    ("start", "header"),
    [
        ("GET /a HTTP/1.1", ""),
        ("GET ftp://127.0.0.1/a HTTP/1.1", ""),
        ("GET file:///etc/passwd HTTP/1.1", ""),
        ("CONNECT 127.0.0.1 HTTP/1.1", ""),
        ("CONNECT :80 HTTP/1.1", ""),
        ("CONNECT [::1 HTTP/1.1", ""),
        ("GET http://[::1/ HTTP/1.1", ""),
        ("GET http://127.0.0.1:99999/ HTTP/1.1", ""),
        ("nonsense", ""),
        ("POST {site} HTTP/1.1", "Transfer-Encoding: chunked"),
        ("POST {site} HTTP/1.1", "Content-Length: -1"),
        ("POST {site} HTTP/1.1", "Content-Length: ٣"),
        ("GET {site} HTTP/1.1", "X: " + "a" * 9000),
        ("GET {site} HTTP/1.1", "\r\n".join(f"X{n}: {'a' * 500}" for n in range(30))),
    ],
)
async def test_f202_what_is_no_proper_request_is_turned_away(proxy: EgressProxy, site: Site, start: str, header: str) -> None:
    holder = proxy.admit(Gate.of([site.pair]))
    answer = await ask(proxy, start.format(site=site.url("/a")), *([header] if header else []), holder=holder)
    assert answer == "" or status(answer) in (400, 407)
    assert site.asked == []


@pytest.mark.parametrize(
    ("sends", "expected"),
    [
        (b"", ""),
        (b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"),
        (
            b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nKeep-Alive: timeout=5\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok",
        ),
        (b"no http at all\r\n\r\nok", "no http at all\r\n\r\nok"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 50, "502"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: " + b"a" * 9000 + b"\r\n\r\n", "502"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 300, "502"),
        (b"HTTP/1.1 200 OK\r\nX: no end", ""),
    ],
    ids=["nothing", "bare line feeds", "early hints", "no head", "100 without end", "long line", "many headers", "half a head"],
)
async def test_f202_a_sites_odd_head_is_handed_on_or_cut_off(proxy: EgressProxy, sends: bytes, expected: str) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(sends)
        if not sends.endswith(b"no end"):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    pair = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    holder = proxy.admit(Gate.of([pair]))
    told = await ask(proxy, f"GET http://{pair}/ HTTP/1.1", "Host: x", holder=holder)
    assert (told[9:12] if expected == "502" else told) == expected
    if expected == "502":
        assert holder.troubles[pair].failure is Failure.PROTOCOL
    server.close()


async def test_why_a_host_was_not_reached_is_noted_until_it_is(proxy: EgressProxy, site: Site) -> None:
    holder = proxy.admit(Gate.of([site.pair, "127.0.0.1:1", "no-such-name.invalid:80"]))
    for pair, failure in (("127.0.0.1:1", Failure.NETWORK), ("no-such-name.invalid:80", Failure.DNS)):
        assert status(await ask(proxy, f"CONNECT {pair} HTTP/1.1", holder=holder)) == 502
        assert holder.troubles[pair].failure is failure
    assert holder.refusals == 0


async def test_a_crowd_is_turned_away(site: Site) -> None:
    proxy = EgressProxy(EgressLimits(connections=5))
    await proxy.start()
    port = int(proxy.url.rpartition(":")[2])
    silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
    await until(lambda: proxy.open_connections == 5)
    turned_away = await ask(proxy, f"GET {site.url('/a')} HTTP/1.1", "Host: x", holder=proxy.admit(Gate.of([site.pair])))
    assert turned_away == "" or status(turned_away) == 503
    assert site.asked == []
    await proxy.close()
    assert [await reader.read() for reader, _ in silent] == [b""] * 5
    for _, writer in silent:
        writer.close()


async def test_silence_and_floods_are_cut_off_and_leave_nothing(site: Site) -> None:
    proxy = EgressProxy(EgressLimits(head_s=0.3, idle_s=0.3, answer_s=0.3, connection_bytes=100_000))
    await proxy.start()
    port = int(proxy.url.rpartition(":")[2])
    holder = proxy.admit(Gate.of([site.pair]))
    files = open_files()
    silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
    assert [await reader.read() for reader, _ in silent] == [b""] * 5
    for _, writer in silent:
        writer.close()
    assert (await ask(proxy, f"CONNECT {site.pair} HTTP/1.1", holder=holder)).endswith("established\r\n\r\n")  # idle, then cut
    site.bytes("/flood", b"x" * 1_000_000)
    flood = await ask(proxy, f"GET {site.url('/flood')} HTTP/1.1", "Host: x", holder=holder)
    assert 90_000 < len(flood) < 110_000
    await until(lambda: not proxy.open_connections and open_files() <= files + 1)
    await proxy.close()


async def test_closing_cuts_what_is_open(proxy: EgressProxy, site: Site) -> None:
    holder = proxy.admit(Gate.of([site.pair]))
    asking = [asyncio.ensure_future(ask(proxy, f"CONNECT {site.pair} HTTP/1.1", holder=holder)) for _ in range(5)]
    await until(lambda: proxy.open_connections == 5)
    await asyncio.sleep(0.1)
    await proxy.close()
    assert proxy.open_connections == 0
    assert all("established" in told for told in await asyncio.gather(*asking))


async def test_a_busy_line_is_not_idle_however_quiet_its_other_direction(site: Site) -> None:
    proxy = EgressProxy(EgressLimits(idle_s=2))
    await proxy.start()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(12):
            writer.write(b".")
            await asyncio.sleep(0.25)
        writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    pair = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    told = await ask(proxy, f"CONNECT {pair} HTTP/1.1", holder=proxy.admit(Gate.of([pair])))
    assert told.endswith("." * 12)
    server.close()
    await proxy.close()
