"""Servers that mean harm: what they send without end is cut, what they send too deep or too wide is read within bounds."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import pytest

from tests.lone_visits import Came, LoneVisits
from tests.raw_sites import REPORT, Site, answer, listening, raw_site

GROWTH = 150_000  # kB that one visit may leave the process larger by; the bodies sent here are 20 MB at the most


@pytest.fixture(scope="module")
def visits() -> Iterator[LoneVisits]:
    with LoneVisits() as child:
        yield child


def without_end(head: bytes, again: bytes) -> tuple[AbstractContextManager[Site], list[int]]:
    """A server that says `again` until the line is cut, and how many bytes it got rid of."""
    sent: list[int] = []

    def serve(line: socket.socket, _: Site) -> None:
        line.recv(65_536)
        line.sendall(head)
        with suppress(OSError):
            while True:
                line.sendall(again)
                sent.append(len(again))

    return listening(serve), sent


@pytest.mark.parametrize(
    ("head", "again"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-Odd: abc\r\n" * 1000),
        (b"HTTP/1.1 200 OK\r\nX-Odd: ", b"a" * 16_000),
        (b"HTTP/1.1 200 OK\r\nX-Odd: a\r\n", b" folded\r\n" * 1000),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500),
        (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500),
    ],
    ids=["headers", "one header", "a folded header", "100 Continue", "103 Early Hints"],
)
def test_f202_headers_without_end_are_cut(visits: LoneVisits, head: bytes, again: bytes) -> None:
    server, sent = without_end(head, again)
    with server as site:
        came = visits.to(site.url(), allow=(site.pair,))
    assert came.outcome == "protocol"
    assert sum(sent) < 20_000_000, "most of it lies in the sockets' own buffers"


def test_f202_a_flood_leaves_memory_and_files_as_they_were(visits: LoneVisits) -> None:
    server, _ = without_end(b"HTTP/1.1 200 OK\r\n", b"X-Odd: abc\r\n" * 1000)
    with server as site:
        visits.to(site.url(), allow=(site.pair,))
        memory, files = _resident_kb(visits), _files(visits)
        for _ in range(5):
            assert visits.to(site.url(), allow=(site.pair,)).outcome == "protocol"
    assert _resident_kb(visits) - memory < 20_000
    assert _files(visits) <= files + 2


BIG = {
    "a title of 10 MB": f"<html><head><title>{'报告' * 1_700_000}</title></head><body>{REPORT}</body></html>",
    "200,000 links": "<html><body>" + "<a href=x>" * 200_000,
    "an address of 1 MB": f"<html><body><a href='/{'a' * 1_000_000}.pdf'>附件</a>{REPORT}</body></html>",
    "a tag of 1 MB": f"<html><body><p title='{'a' * 1_000_000}'>{REPORT}</body></html>",
    "100,000 elements deep": "<html><body>" + "<div>" * 100_000 + REPORT,
    "3,000 attributes": "<html><body><p " + " ".join(f"a{n}=1" for n in range(3_000)) + ">" + REPORT,
}


@pytest.mark.parametrize("name", BIG)
def test_f204_what_is_far_too_long_is_read_or_refused_within_bounds(visits: LoneVisits, name: str) -> None:
    before = _resident_kb(visits)
    came = _came(visits, answer(BIG[name]))
    assert came.outcome in {"ok", "unexpected_structure"}
    assert _resident_kb(visits) - before < 3 * GROWTH


def test_f204_a_redirect_to_an_address_of_1_mb_is_no_request(visits: LoneVisits) -> None:
    with raw_site(
        lambda path, _: answer("", "Location: /" + "a" * 100_000, status="302 Found") if path == "/x" else answer()
    ) as site:
        came = visits.to(site.url("/x"), allow=(site.pair,))
    assert came.outcome == "protocol"
    assert site.asked == ["/x"]


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":1,' * 50_000])
@pytest.mark.parametrize("role", ["listing", "report"])
def test_f205_deeply_nested_json_is_no_bug(visits: LoneVisits, role: str, deep: str) -> None:
    said = answer(deep).replace(b"text/html", b"application/json")
    assert _came(visits, said, role).outcome in {"unexpected_structure", "ok"}


@pytest.mark.parametrize("name", ["report.exe", "report.pdf.exe", "..%2f..%2fetc%2fpasswd", "%00.pdf", "con.html"])
def test_f206_a_file_of_any_name_is_a_page_or_a_failure(visits: LoneVisits, name: str) -> None:
    with raw_site(lambda _, __: answer(b"MZ" + b"\0" * 1000, f'Content-Disposition: attachment; filename="{name}"')) as site:
        assert visits.to(site.url(f"/{name}"), allow=(site.pair,)).outcome in {"ok", "unexpected_structure"}


def _came(visits: LoneVisits, said: bytes, role: str = "report") -> Came:
    with raw_site(lambda _, __: said) as site:
        return visits.to(site.url(), role, allow=(site.pair,))


def _resident_kb(visits: LoneVisits) -> int:
    status = Path(f"/proc/{visits.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


def _files(visits: LoneVisits) -> int:
    return len(list(Path(f"/proc/{visits.pid}/fd").iterdir()))
