"""Each way in which a site can fail ends in one clear issue, and nothing that is stored is lost or changed."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.capture.middleware import ATTACHMENT_CAP, PAGE_CAP
from crawler.demo.documents import MINHANG, SHANGHAI, SHANGHAI_SEED
from crawler.demo.mailbox import Mood
from crawler.demo.stage import READER, Stage
from storage import issues, outbox
from tests.standing import failures, is_sound, opened, texts, told

FAILED = 1


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A stage whose baseline is made; each test breaks something and must leave it as it was."""
    with Stage(tmp_path_factory.mktemp("bad") / "stage") as stage:
        stage.run("crawl", "--all")
        yield stage


@pytest.fixture
def broken(watched: Stage) -> Iterator[Stage]:
    """The stage, checked afterwards: mended, everything is as before and no issue is left open."""
    before = told(watched), texts(watched)
    yield watched
    assert (told(watched), texts(watched)) == before, "a failure changed what is stored"
    watched.site.mend()
    for bureau in (SHANGHAI, MINHANG):
        watched.site.bring_up(bureau)
    watched.run("crawl", "--all", "--bureau", SHANGHAI)
    assert failures(watched) == [], "a healed site leaves an issue open"
    assert (told(watched), texts(watched)) == before
    assert is_sound(watched)


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        ("empty-listing", "unexpected_structure"),
        ("challenge", "challenge"),
        ("captcha", "captcha"),
        ("maintenance", "maintenance"),
        ("short", "empty_body"),
        ("status:404", "not_found"),
        ("status:403", "forbidden"),
        ("status:500", "http_error"),
        ("busy:120", "http_error"),
        ("truncated-length", "truncated"),
        ("truncated-chunked", "truncated"),
        (f"oversize:{PAGE_CAP + 1_000_000}", "too_large"),
        ("redirect-home", "redirected_home"),
        ("redirect-loop", "redirect_loop"),
        ("drop", "network"),
    ],
)
def test_f006_f007_f008_f016_f023_f025_f036_a_listing_that_fails_is_one_issue_with_site_address_class_and_hint(
    broken: Stage, fault: str, failure: str
) -> None:
    listing = broken.site.listing_url(SHANGHAI)
    broken.site.fail(listing, fault)
    broken.run("crawl", "--all", "--bureau", SHANGHAI, accept=(FAILED,))
    assert failures(broken) == [(failure, listing)]
    issue = issues.opened(opened(broken))[0]
    assert issue.bureau_id == SHANGHAI
    assert issue.hint
    assert issue.detail
    status = next(row for row in broken.json_lines("status") if row["bureau"] == SHANGHAI)
    assert [found["failure"] for found in status["issues"]] == [failure]
    assert status["last_outcome"] == failure


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        ("challenge", "challenge"),
        ("short", "empty_body"),
        ("maintenance", "maintenance"),
        ("truncated-length", "truncated"),
        ("status:404", "broken_link"),  # the column still lists it
        (f"oversize:{PAGE_CAP + 1_000_000}", "too_large"),
    ],
)
def test_f022_f026_f027_f028_a_report_that_fails_is_one_issue_and_the_watch_goes_on(
    broken: Stage, fault: str, failure: str
) -> None:
    address = broken.site.address_of(SHANGHAI_SEED)
    broken.site.fail(SHANGHAI_SEED, fault)
    broken.run("crawl", "--all", "--bureau", SHANGHAI)
    assert failures(broken) == [(failure, address)]


@pytest.mark.parametrize(
    ("fault", "failure"),
    [("status:404", "not_found"), ("truncated-length", "truncated"), (f"oversize:{ATTACHMENT_CAP + 1_000_000}", "too_large")],
)
def test_an_attachment_that_fails_is_an_issue_of_its_own(broken: Stage, fault: str, failure: str) -> None:
    address = broken.site.attachment_address(SHANGHAI_SEED, "2018.pdf")
    broken.site.fail(address, fault)
    broken.run("crawl", "--all", "--bureau", SHANGHAI)
    assert failures(broken) == [(failure, address)]


def test_f001_a_dead_host_is_one_issue_and_the_other_watches_go_on(broken: Stage) -> None:
    broken.site.take_down(SHANGHAI)
    asked_before = len(broken.site.requests(MINHANG))
    broken.run("crawl", "--all", accept=(FAILED,))
    listing = broken.site.listing_url(SHANGHAI)
    assert ("network", listing) in failures(broken)
    assert [found for found in failures(broken) if found[1] == listing] == [("network", listing)]
    assert len(broken.site.requests(MINHANG)) > asked_before


@pytest.mark.parametrize("fault", ["status:404", "redirect-home", "truncated-length"])
def test_f020_f029_a_site_that_is_gone_as_a_whole_has_withdrawn_nothing(broken: Stage, fault: str) -> None:
    broken.site.fail(SHANGHAI, fault)
    for _ in range(4):
        broken.run("crawl", "--all", "--bureau", SHANGHAI, accept=(FAILED,))
    assert [url for _, url in failures(broken)] == [broken.site.listing_url(SHANGHAI)]


def test_a_page_in_the_place_of_a_file_is_no_change_of_the_file(broken: Stage) -> None:
    address = broken.site.attachment_address(SHANGHAI_SEED, "2018.pdf")
    for fault in ("maintenance", "short", "captcha"):
        broken.site.fail(address, fault)
        broken.run("crawl", "--all", "--bureau", SHANGHAI)
        assert [url for _, url in failures(broken)] == [address]


@pytest.mark.parametrize(
    "header", ["Content-Encoding: gzip", "Content-Encoding: br", "Content-Encoding: deflate", "Location: http://["]
)
def test_f033_a_header_that_lies_is_an_issue_and_no_bug(tmp_path: Path, header: str) -> None:
    status = "302 Found" if header.startswith("Location") else "200 OK"
    answer = f"HTTP/1.1 {status}\r\n{header}\r\nContent-Length: 400\r\nConnection: close\r\n\r\n{'x' * 400}".encode()
    with _raw_site(answer) as port, Stage(tmp_path / "stage") as stage:
        _watch_only(stage, f"http://127.0.0.1:{port}/fzzf/index.html", port)
        stage.run("crawl", "--all", accept=(FAILED,))
        assert failures(stage) == [("protocol", f"http://127.0.0.1:{port}/fzzf/index.html")]


def test_a_mail_server_that_is_down_keeps_the_letter_waiting_and_it_is_sent_later(stage: Stage) -> None:
    stage.run("crawl", "--all")
    stage.mailbox.stop()
    stage.site.publish("minhang-2021")
    assert [event["kind"] for event in stage.json_lines("crawl", "--all", "--bureau", MINHANG)] == ["published"]
    letter = outbox.letters(opened(stage))[0]
    assert (letter.state, letter.attempts) == ("pending", 1)
    assert "unreachable" in letter.last_error
    stage.mailbox.start()
    _let_time_pass(stage)
    stage.run("crawl", "--bureau", MINHANG)
    assert [found.read() for found in stage.letters()] == [letter.message], "the very bytes, once"
    assert outbox.letters(opened(stage))[0].state == "sent"
    stage.run("crawl", "--bureau", MINHANG)
    assert len(stage.letters()) == 1


def test_a_mail_server_that_refuses_is_final_and_one_that_hesitates_is_tried_again(stage: Stage) -> None:
    stage.run("crawl", "--all")
    stage.site.publish("minhang-2021")
    stage.mailbox.mood = Mood.TRY_LATER
    stage.run("crawl", "--all", "--bureau", MINHANG)
    assert outbox.letters(opened(stage))[0].state == "pending"
    stage.mailbox.mood = Mood.ACCEPTING
    stage.mailbox.refuse([READER])
    _let_time_pass(stage)
    stage.run("crawl", "--bureau", MINHANG)
    assert outbox.letters(opened(stage))[0].state == "refused"
    assert stage.letters() == ()


def test_f040_a_wrong_certificate_is_an_issue_and_no_byte_is_asked_for(tmp_path: Path) -> None:
    with _tls_site(tmp_path) as port, Stage(tmp_path / "stage") as stage:
        _watch_only(stage, f"https://127.0.0.1:{port}/fzzf/index.html", port)
        stage.run("crawl", "--all", accept=(FAILED,))
        assert failures(stage) == [("tls_certificate", f"https://127.0.0.1:{port}/fzzf/index.html")]
        assert _Page.asked == []


class _Page(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012  what the server was asked for

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _tls_site:  # noqa: N801  used as a context manager
    """An HTTPS server whose certificate nobody vouches for."""

    def __init__(self, folder: Path) -> None:
        key, certificate = folder / "key.pem", folder / "cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate),
             "-days", "30", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
            check=True, capture_output=True,
        )  # fmt: skip
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def __enter__(self) -> int:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return int(self._server.server_address[1])

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def _raw_site(answer: bytes) -> Iterator[int]:
    """A server that says the same bytes to everybody, and 404 to whoever asks for robots.txt."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                asked = connection.recv(65_536)
                connection.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n" if b"robots.txt" in asked else answer)
                connection.close()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.close()


def _watch_only(stage: Stage, listing: str, port: int) -> None:
    seed = f"""
[[bureau]]
id = "odd"
name = "某某司法局"
region = "某省"
level = "city"
home_url = "{listing.rpartition("/fzzf")[0]}/"
[[bureau.watch]]
section = "报告"
listing_url = "{listing}"
"""
    (stage.folder / "replica.toml").write_text(seed, encoding="utf-8")
    allowed = stage.config.read_text(encoding="utf-8").replace("allow_private = [", f'allow_private = ["127.0.0.1:{port}", ')
    stage.config.write_text(allowed, encoding="utf-8")


def _let_time_pass(stage: Stage) -> None:
    """The waiting letter's next try is due now. The one thing a test may change: the time."""
    db = opened(stage)
    db.conn.execute("UPDATE letter SET next_attempt_at = created_at WHERE state = 'pending'")
