"""TLS as old, broken and foreign servers speak it: each ends as a page or in a class of its own, whose hint names the cure."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from spiders.failures import Failure
from tests.lone_visits import Came, LoneVisits
from tests.raw_sites import Site, answer, listening, raw_site
from tests.tls_sites import Identity, context, identity, tls_site

LEGACY_HELPS = {"tls_version", "tls_cipher", "tls_renegotiation"}


@dataclass(frozen=True)
class Trusted:
    """An authority that the visits trust, and the visits."""

    root: Identity
    folder: Path
    visits: LoneVisits

    def to(self, made: ssl.SSLContext, tls: str = "standard") -> Came:
        with tls_site(made, lambda _, __: answer()) as site:
            return self.at(site, tls)

    def at(self, site: Site, tls: str = "standard", *, timeout_s: float = 20) -> Came:
        return self.visits.to(site.url(scheme="https"), allow=(site.pair,), tls=tls, DOWNLOAD_TIMEOUT=timeout_s)

    def context(self, host: str = "127.0.0.1", *, days: int = 30, bits: int = 2048, **options: object) -> ssl.SSLContext:
        return context(identity(self.root, host, days=days, bits=bits).write(self.folder), **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trusted]:
    folder = tmp_path_factory.mktemp("tls")
    root = identity(ca=True)
    (folder / "roots.pem").write_bytes(root.certificate.public_bytes(serialization.Encoding.PEM))
    with LoneVisits(SSL_CERT_FILE=str(folder / "roots.pem"), SSL_CERT_DIR=str(folder / "none")) as visits:
        yield Trusted(root, folder, visits)


def test_f047_a_renewed_certificate_is_no_event(trusted: Trusted) -> None:
    assert [trusted.to(trusted.context()).outcome for _ in range(2)] == ["ok", "ok"]


@pytest.mark.parametrize("tls", ["standard", "legacy"])
@pytest.mark.parametrize("fault", ["expired", "self-signed", "another host", "intermediate"])
def test_f040_a_certificate_that_cannot_be_trusted_is_refused_and_told(trusted: Trusted, fault: str, tls: str) -> None:
    between = identity(trusted.root, ca=True)
    wrong = {
        "expired": identity(trusted.root, days=-1),
        "self-signed": identity(),
        "another host": identity(trusted.root, "127.0.0.9"),
        "intermediate": identity(between).alone(),
    }[fault]
    came = trusted.to(context(wrong.write(trusted.folder)), tls)
    assert came.outcome == "tls_certificate"
    assert fault in came.detail
    assert "legacy" not in Failure.TLS_CERTIFICATE.hint
    if fault == "intermediate":
        assert trusted.to(context(identity(between).write(trusted.folder)), tls).outcome == "ok"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_f041_an_old_version_is_named_and_read_under_the_setting(trusted: Trusted, version: ssl.TLSVersion) -> None:
    made = trusted.context(only=version)
    assert [trusted.to(made, tls).outcome for tls in ("standard", "legacy")] == ["tls_version", "ok"]


@pytest.mark.parametrize("ciphers", ["AES128-SHA:@SECLEVEL=0", "AES128-GCM-SHA256:AES256-SHA"])
def test_f043_rsa_key_exchange_is_read_without_any_setting(trusted: Trusted, ciphers: str) -> None:
    made = trusted.context(only=ssl.TLSVersion.TLSv1_2, ciphers=ciphers)
    assert [trusted.to(made, tls).outcome for tls in ("standard", "legacy")] == ["ok", "ok"]


def test_f043_a_key_too_short_for_today_is_named_and_read_under_the_setting(trusted: Trusted) -> None:
    made = trusted.context(bits=1024)
    assert [trusted.to(made, tls).outcome for tls in ("standard", "legacy")] == ["tls_cipher", "ok"]


def test_f042_a_server_without_rfc_5746_is_named_and_talked_to_under_the_setting(trusted: Trusted) -> None:
    """The proxy spoils the handshake's checksum too: that it comes so far shows that the setting admits the server."""
    with tls_site(trusted.context(only=ssl.TLSVersion.TLSv1_2), lambda _, __: answer()) as site, _without_rfc_5746(site) as old:
        assert trusted.at(old).outcome == "tls_renegotiation"
        under_setting = trusted.at(old, "legacy")
    assert under_setting.outcome == "tls_unsupported"
    assert "renegotiation" not in under_setting.detail


# An alert, as a server sends it that finds nothing in a ClientHello to agree to; TLCP (GB/T 38636) has version 1.1, not 3.3.
ALERTS = {
    "TLS": b"\x15\x03\x03\x00\x02\x02\x28",
    "TLCP": b"\x15\x01\x01\x00\x02\x02\x28",
    "silence": b"",
    "HTTP": b"HTTP/1.1 400 Bad\r\n\r\n",
}


@pytest.mark.parametrize(
    ("said", "standard"),
    [("TLS", "tls_cipher"), ("TLCP", "tls_unsupported"), ("silence", "tls_unsupported"), ("HTTP", "tls_unsupported")],
)
def test_f044_a_server_of_another_encryption_is_named(trusted: Trusted, said: str, standard: str) -> None:
    def serve(line: socket.socket, _: Site) -> None:
        line.recv(65_536)
        line.sendall(ALERTS[said])

    with listening(serve) as site:
        assert [trusted.at(site, tls).outcome for tls in ("standard", "legacy")] == [standard, "tls_unsupported"]
    assert "国密" in Failure.TLS_UNSUPPORTED.hint


def wait(gone: threading.Event) -> None:
    gone.wait(30)


@pytest.mark.parametrize("tls", ["standard", "legacy"])
def test_f045_a_handshake_that_hangs_ends_in_time(trusted: Trusted, tls: str) -> None:
    gone = threading.Event()
    with listening(lambda _, __: wait(gone)) as site:
        assert trusted.at(site, tls, timeout_s=1).outcome == "timeout"
    gone.set()


@pytest.mark.parametrize("how", ["302", "meta"])
@pytest.mark.parametrize(("allowed", "outcome"), [(False, "downgrade"), (True, "ok")])
def test_f046_a_way_out_of_encryption_is_taken_only_if_the_seed_says_so(
    trusted: Trusted, how: str, *, allowed: bool, outcome: str
) -> None:
    with raw_site(lambda _, __: answer()) as plain:
        if how == "meta":  # leads to another port: another site
            outcome = "unexpected_structure"
            said = answer(f"<meta http-equiv=refresh content='0;url={plain.url()}'>" + " " * 300)
        else:
            said = answer("", f"Location: {plain.url()}", status="302 Found")
        with tls_site(trusted.context(), lambda _, __: said) as site:
            came = trusted.visits.to(site.url(scheme="https"), allow=(site.pair, plain.pair), allow_http=allowed)
    assert came.outcome == outcome
    assert len(plain.asked) == (outcome == "ok")


def test_the_hints_name_the_setting_where_it_helps() -> None:
    for failure in Failure:
        if failure.value in LEGACY_HELPS:
            assert 'set tls = "legacy"' in failure.hint
        elif failure is not Failure.TLS_UNSUPPORTED:
            assert "legacy" not in failure.hint


def test_a_legacy_host_changes_nothing_for_another(trusted: Trusted) -> None:
    """The seed of one host is legacy; the old server it redirects to is another host, and stays refused."""
    made = context(identity(trusted.root, "127.0.0.1").write(trusted.folder), only=ssl.TLSVersion.TLSv1)
    with (
        tls_site(made, lambda _, __: answer()) as old,
        raw_site(lambda _, __: answer("", f"Location: {old.url(scheme='https')}", status="302 Found"), "127.0.0.2") as site,
    ):
        came = trusted.visits.to(site.url(), allow=(site.pair, old.pair), tls="legacy")
    assert came.outcome == "tls_version"


def _without_rfc_5746(site: Site) -> AbstractContextManager[Site]:
    """A proxy that gives the ServerHello's renegotiation extension (ff01) a name that nobody knows."""

    def serve(line: socket.socket, _: Site) -> None:
        with socket.create_connection((site.host, site.port)) as behind:
            threading.Thread(target=_pass, args=(line, behind), daemon=True).start()
            _pass(behind, line, is_server=True)

    return listening(serve)


def _pass(source: socket.socket, target: socket.socket, *, is_server: bool = False) -> None:
    with suppress(OSError):
        while received := source.recv(65_536):
            target.sendall(received.replace(b"\xff\x01\x00\x01\x00", b"\xfa\xfa\x00\x01\x00", 1) if is_server else received)
        target.shutdown(socket.SHUT_WR)
