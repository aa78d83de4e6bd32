"""The demo's faults: each shows itself where it was told to, and nowhere else."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from crawler.demo.documents import MINHANG, SHANGHAI, SHANGHAI_SEED
from crawler.demo.faults import Fault, FaultKind
from crawler.demo.site import ReplicaSite
from crawler.demo.state import ReplicaError
from tests.asking import get_raw


@pytest.fixture
def site() -> Iterator[ReplicaSite]:
    with ReplicaSite() as replica:
        yield replica


def unchunked(body: bytes) -> tuple[bytes, bool]:
    """The chunks put together, and whether the last one came."""
    content = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        if int(size, 16) == 0:
            return content, True
        content, body = content + rest[: int(size, 16)], rest[int(size, 16) + 2 :]
    return content, False


@pytest.mark.parametrize("status", [403, 404, 412, 429, 500, 503])
def test_a_status_is_sent_as_told_at_that_address_alone(site: ReplicaSite, status: int) -> None:
    site.fail(SHANGHAI_SEED, f"status:{status}")
    assert get_raw(site.address_of(SHANGHAI_SEED)).status == status
    assert get_raw(site.listing_url(SHANGHAI)).status == 200
    site.mend()
    assert get_raw(site.address_of(SHANGHAI_SEED)).status == 200


def test_a_fault_of_all_pages_leaves_robots_and_styles_alone(site: ReplicaSite) -> None:
    site.fail("*", "busy:30")
    for bureau in (SHANGHAI, MINHANG):
        busy = get_raw(site.listing_url(bureau))
        assert (busy.status, busy.header("Retry-After")) == (503, "30")
        assert get_raw(site.url_of(bureau) + "/robots.txt").status == 200
    assert get_raw(site.url_of(SHANGHAI) + "/static/shanghai.css").status == 200
    site.fail(site.url_of(SHANGHAI) + "/robots.txt", "status:500")
    assert get_raw(site.url_of(SHANGHAI) + "/robots.txt").status == 500


def test_a_fault_of_one_bureau_leaves_the_other_alone(site: ReplicaSite) -> None:
    site.fail(SHANGHAI, "maintenance")
    assert "网站维护中" in get_raw(site.listing_url(SHANGHAI)).body.decode()
    assert "网站维护中" not in get_raw(site.listing_url(MINHANG)).body.decode()


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ("challenge", 412, "$_ts"),
        ("challenge-once", 412, "location.reload()"),
        ("captcha", 200, "请输入验证码"),
        ("maintenance", 200, "网站维护中"),
    ],
)
def test_a_page_comes_in_place_of_the_right_one(site: ReplicaSite, fault: str, status: int, words: str) -> None:
    site.fail(SHANGHAI_SEED, fault)
    answer = get_raw(site.address_of(SHANGHAI_SEED))
    assert answer.status == status
    assert words in answer.body.decode()
    assert "法治政府建设情况报告" not in answer.body.decode()


def test_short_is_a_success_with_fifty_bytes(site: ReplicaSite) -> None:
    site.fail(SHANGHAI_SEED, "short")
    answer = get_raw(site.address_of(SHANGHAI_SEED))
    assert (answer.status, len(answer.body), answer.header("Content-Length")) == (200, 50, "50")


def test_an_empty_listing_has_its_shell_and_no_rows_static_and_by_script(site: ReplicaSite) -> None:
    rows_of_minhang = site.url_of(MINHANG) + site.state_of(MINHANG).rows_path()
    assert get_raw(rows_of_minhang).body.count(b'"url"') == 5
    for bureau in (SHANGHAI, MINHANG):
        site.fail(site.listing_url(bureau), "empty-listing")
    shell = get_raw(site.listing_url(SHANGHAI)).body.decode()
    assert 'class="pageList nowrapli"' in shell
    assert 'class="time"' not in shell
    assert '"rows": []' in get_raw(rows_of_minhang).body.decode()
    site.serve_static(on=True)
    static = get_raw(site.listing_url(MINHANG)).body.decode()
    assert 'class="xxgk_list"' in static
    assert "/content/" not in static


def test_a_truncated_body_is_shorter_than_its_length_says(site: ReplicaSite) -> None:
    site.fail(SHANGHAI_SEED, "truncated-length")
    answer = get_raw(site.address_of(SHANGHAI_SEED))
    assert answer.status == 200
    assert len(answer.body) == int(answer.header("Content-Length")) // 2
    assert b"</html>" not in answer.body


def test_a_truncated_chunked_body_never_sends_its_last_chunk(site: ReplicaSite) -> None:
    site.fail(SHANGHAI_SEED, "truncated-chunked")
    answer = get_raw(site.address_of(SHANGHAI_SEED))
    content, finished = unchunked(answer.body)
    assert answer.header("Transfer-Encoding") == "chunked"
    assert not finished
    assert content.startswith(b"<!DOCTYPE")
    assert b"</html>" not in content


def test_an_oversize_body_has_as_many_bytes_as_asked_and_does_not_announce_them(site: ReplicaSite) -> None:
    site.fail(SHANGHAI_SEED, "oversize:1000001")
    answer = get_raw(site.address_of(SHANGHAI_SEED))
    content, finished = unchunked(answer.body)
    assert (len(content), finished) == (1_000_001, True)
    assert "content-length" not in answer.head.lower()


def test_a_slow_body_comes_byte_by_byte_and_whole(site: ReplicaSite) -> None:
    address = site.url_of(SHANGHAI) + "/robots.txt"
    site.fail(address, "slow:1")
    answer = get_raw(address)
    assert unchunked(answer.body) == (b"User-agent: *\nAllow: /\n", True)
    assert answer.body.startswith(b"1\r\nU\r\n1\r\ns\r\n")


def test_a_hanging_page_does_not_keep_the_site_from_stopping() -> None:
    replica = ReplicaSite().start()
    replica.fail(SHANGHAI, "slow:600000")
    with socket.create_connection(("127.0.0.1", urlsplit(replica.url_of(SHANGHAI)).port or 0), timeout=20) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(10) == b"HTTP/1.1 2"
        replica.stop()
        assert b"</html>" not in b"".join(iter(lambda: line.recv(65536), b""))


def test_redirects_lead_home_or_round_in_a_circle(site: ReplicaSite) -> None:
    site.fail(SHANGHAI, "redirect-home")
    answer = get_raw(site.address_of(SHANGHAI_SEED))
    assert (answer.status, answer.header("Location")) == (302, "/")
    assert get_raw(site.url_of(SHANGHAI) + "/").status == 200
    site.mend()
    site.fail(SHANGHAI_SEED, "redirect-loop")
    seen = [site.address_of(SHANGHAI_SEED)]
    for _ in range(4):
        seen.append(site.url_of(SHANGHAI) + get_raw(seen[-1]).header("Location"))
    assert seen[1] != seen[2]
    assert seen[1] == seen[3]
    assert seen[2] == seen[4]


def test_a_dropped_connection_brings_not_one_byte(site: ReplicaSite) -> None:
    site.fail(SHANGHAI_SEED, "drop")
    assert get_raw(site.url_of(SHANGHAI) + "/").status == 200
    parts = urlsplit(site.address_of(SHANGHAI_SEED))
    with socket.create_connection((str(parts.hostname), parts.port or 0), timeout=20) as line:
        line.sendall(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        assert line.recv(1) == b""


def test_every_fault_can_be_named(site: ReplicaSite) -> None:
    numbers = {FaultKind.STATUS: ":500", FaultKind.BUSY: ":1", FaultKind.OVERSIZE: ":10", FaultKind.SLOW: ":5"}
    for kind in FaultKind:
        named = Fault.named(kind.value + numbers.get(kind, ""))
        assert named.kind is kind
        assert bool(named.number) == (kind in numbers)
        with pytest.raises(ReplicaError, match="there are"):
            Fault.named(kind.value + ("" if kind in numbers else ":1"))
