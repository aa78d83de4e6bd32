"""Loopback servers with TLS as it is met in the wild: old, broken, wrongly certified. Their authority is made for the test."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.raw_sites import Answering, Site, listening

_NOW = dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Identity:
    """A certificate with its key, and what issued it."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey
    chain: tuple[x509.Certificate, ...] = ()  # sent along

    def alone(self) -> Identity:
        """Without its intermediates, as careless servers send it."""
        return replace(self, chain=())

    def write(self, folder: Path) -> Path:
        """Certificates and key in one file."""
        path = folder / f"{self.certificate.serial_number:x}.pem"
        encoded = [found.public_bytes(serialization.Encoding.PEM) for found in (self.certificate, *self.chain)]
        plain = serialization.NoEncryption()
        key = self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, plain)
        path.write_bytes(b"".join([*encoded, key]))
        return path


def identity(
    issuer: Identity | None = None, host: str = "127.0.0.1", *, ca: bool = False, days: int = 30, bits: int = 2048
) -> Identity:
    """A new certificate; without an issuer it signs itself."""
    key = rsa.generate_private_key(65537, bits)
    serial = x509.random_serial_number()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{'CA' if ca else host} {serial:x}"[:60])])
    san = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(_NOW - dt.timedelta(days=60))
        .not_valid_after(_NOW + dt.timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    made = made if ca else made.add_extension(san, critical=False)
    chain = () if issuer is None or issuer.certificate.issuer == issuer.certificate.subject else (issuer.certificate,)
    return Identity(made.sign(issuer.key if issuer else key, hashes.SHA256()), key, chain)


def context(certificate: Path, *, only: ssl.TLSVersion | None = None, ciphers: str = "DEFAULT:@SECLEVEL=0") -> ssl.SSLContext:
    """A server's side, which takes what today's library would not."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.set_ciphers(ciphers)
    made.minimum_version = only or ssl.TLSVersion.TLSv1
    if only is not None:
        made.maximum_version = only
    made.load_cert_chain(certificate)
    return made


@contextmanager
def tls_site(made: ssl.SSLContext, answering: Answering) -> Iterator[Site]:
    """An HTTPS server of one answer a connection."""

    def serve(line: object, site: Site) -> None:
        with made.wrap_socket(line, server_side=True) as safe:  # type: ignore[arg-type]
            head = b""
            while b"\r\n\r\n" not in head:
                received = safe.recv(65_536)
                if not received:
                    return
                head += received
            path = head.split(b" ", 2)[1].decode("latin-1")
            site.asked.append(path)
            safe.sendall(answering(path, head))

    with listening(serve) as site:
        yield site
