"""Nothing private is connected to, in whatever spelling, but for the exact pairs that are allowed."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.capture.guard import Gate, is_public
from spiders.failures import Failure, PageRefused

CLOSED = Gate.of(())
PRIVATE = """
127.0.0.1 127.1 127.0.1 2130706433 0x7f.1 0x7f000001 017700000001 0177.0.0.1 0 0.0.0.0 localhost LOCALHOST foo.localhost
10.0.0.1 10.1 172.16.0.1 172.31.255.255 192.168.0.1 192.168.1 169.254.169.254 100.64.0.1 100.127.255.255 198.18.0.1 224.0.0.1
240.0.0.1 255.255.255.255 192.0.0.1 192.0.2.1 198.51.100.1 203.0.113.1 127.0.0.1. 127.255.255.254 0.0.0.1 0300.0250.0.1 3232235521 0xa9fea9fe 198.19.255.255 10.255.255.255 ip6.localhost
[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::a00:1] [2002:7f00:1::] [2002:a00:1::]
[2001:0:7f00:1::] [fe80::1] [fe80::1%25lo] [fc00::1] [fd12:3456::1] [ff02::1] [2001:db8::1] [100::1] [::127.0.0.1]
１２７．０．０．１ ①②⑦.0.0.1 127。0。0。1
""".split()


@pytest.mark.parametrize("host", PRIVATE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_private_host_is_refused_in_every_spelling(scheme: str, host: str) -> None:
    with pytest.raises(PageRefused) as refused:
        CLOSED.check(f"{scheme}://{host}/")
    assert refused.value.failure is Failure.BLOCKED_HOST


def test_the_table_is_long_enough() -> None:
    assert len(PRIVATE) >= 60


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://sfj.sh.gov.cn/", "http://user:pw@sfj.sh.gov.cn/", "http://a\\@127.0.0.1/", "http:///x", "javascript:1",
     "http://sfj.sh.gov.cn:99999/", "http://[::1/"],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(PageRefused):
        CLOSED.check(url)


@pytest.mark.parametrize(
    "url", ["https://sfj.sh.gov.cn/", "http://8.8.8.8/", "https://sfj.sh.gov.cn:8443/a?b=c", "http://[2400:3200::1]/"]
)
def test_the_public_internet_is_open(url: str) -> None:
    CLOSED.check(url)


def test_an_allowed_pair_opens_that_port_only() -> None:
    gate = Gate.of(["127.0.0.1:8801", "intranet.example:80", "[::1]:9000"])
    gate.check("http://127.0.0.1:8801/x")
    gate.check("http://intranet.example/")
    gate.check("http://[::1]:9000/")
    for other in ("http://127.0.0.1:8802/", "http://127.0.0.1/", "https://intranet.example/", "http://[::1]:9001/"):
        with pytest.raises(PageRefused):
            gate.check(other)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_wrapped_in_ipv6_is_as_public_as_itself(address: ipaddress.IPv4Address) -> None:
    mapped = ipaddress.IPv6Address(b"\x00" * 10 + b"\xff\xff" + address.packed)
    translated = ipaddress.IPv6Address(ipaddress.IPv6Address("64:ff9b::").packed[:12] + address.packed)
    assert is_public(mapped) is is_public(address)
    assert is_public(translated) is is_public(address)
